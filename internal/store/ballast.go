package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ballastFile takes room on the disk that is given back when the disk is full.
const ballastFile = "ballast"

// Ballast is how many bytes the ballast takes: thousands of notes.
const Ballast = 32 << 20

// spend gives the ballast's room back; false when there is none left.
func spend(dir string) bool {
	return os.Remove(filepath.Join(dir, ballastFile)) == nil
}

// Spent reports whether a folder has no ballast.
func Spent(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, ballastFile))
	return err != nil || info.Size() < Ballast
}

// fill reserves room by writing to it.
func fill(f *os.File, size int) error {
	block := make([]byte, 1<<20)
	for i := range block {
		block[i] = byte(i * 7) // a file system that packs zeros would give no room back for them
	}
	for range size / len(block) {
		if _, err := f.Write(block); err != nil {
			return err
		}
	}
	return f.Sync()
}

// Load puts the ballast into a folder, where it is missing and the disk has room for it
// four times over. Only the backend calls it.
func Load(dir string) error {
	path := filepath.Join(dir, ballastFile)
	if !Spent(dir) {
		return nil
	}
	if free, err := Free(dir); err != nil || free < 4*Ballast {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return explain(path, fmt.Errorf("store: ballast: %w", err))
	}
	if err = errors.Join(reserve(f, Ballast), f.Close()); err != nil {
		if gone := os.Remove(path); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
		return explain(path, fmt.Errorf("store: ballast: %w", err))
	}
	return nil
}
