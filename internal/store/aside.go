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

// What a file's name gets that was set aside, before the time.
const (
	damagedAside  = ".damaged-"
	replacedAside = ".replaced-"
)

// replace puts a finished database in the place of a folder's, which is set aside,
// whole, under the name that it answers with; empty when there was none. At no moment
// is there no database. Nobody may have either open.
func replace(dir, with, aside string, now time.Time) (string, error) {
	path := filepath.Join(dir, FileName)
	to := path + aside + now.UTC().Format(stampForm)
	err := os.Link(path, to)
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist):
		to = ""
	default: // a file system without links: for a moment there is none after all
		err = os.Rename(path, to)
		if err != nil {
			return "", explain(path, fmt.Errorf("store: set %s aside: %w", path, err))
		}
	}
	for _, tail := range []string{"-wal", "-shm"} {
		err := os.Rename(path+tail, to+tail)
		if to == "" {
			err = os.Remove(path + tail) // of no database
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", explain(path, fmt.Errorf("store: set %s aside: %w", path+tail, err))
		}
	}
	if err := os.Rename(with, path); err != nil {
		return "", explain(path, fmt.Errorf("store: put %s in place: %w", with, err))
	}
	return to, explain(path, syncFile(dir))
}

// Aside are the damaged databases that were set aside in a folder, the oldest first.
func Aside(dir string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(escapeGlob(dir), FileName+damagedAside+"*Z"))
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
