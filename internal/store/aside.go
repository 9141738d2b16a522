package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"
)

// Damaged reports whether an error of Open says that the file is no sound database.
func Damaged(err error) bool {
	var e sqlite3.Error
	var u errUnsound
	return errors.As(err, &u) || errors.As(err, &e) && (e.Code == sqlite3.ErrCorrupt || e.Code == sqlite3.ErrNotADB)
}

// aside is what a damaged file's name gets, before the time.
const aside = ".damaged-"

// SetAside renames the database of a folder and what belongs to it, so that a new one
// can take its place, and answers with the new name. Nothing of it is lost.
func SetAside(dir string, now time.Time) (string, error) {
	path := filepath.Join(dir, FileName)
	to := path + aside + now.UTC().Format("20060102T150405Z")
	for _, tail := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(path+tail, to+tail); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", explain(path, fmt.Errorf("store: set %s aside: %w", path+tail, err))
		}
	}
	return to, nil
}

// Aside are the damaged databases that were set aside in a folder, the oldest first.
func Aside(dir string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(escapeGlob(dir), FileName+aside+"*Z"))
	if err != nil {
		return nil, fmt.Errorf("store: look for damaged files: %w", err)
	}
	return found, nil
}

// escapeGlob keeps a folder's name from being read as a pattern.
func escapeGlob(dir string) string {
	out := make([]rune, 0, len(dir))
	for _, r := range dir {
		if r == '*' || r == '?' || r == '[' || r == '\\' {
			out = append(out, '\\')
		}
		out = append(out, r)
	}
	return string(out)
}
