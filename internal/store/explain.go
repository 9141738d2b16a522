package store

import (
	"errors"

	"github.com/mattn/go-sqlite3"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// explain is the other one for an open store: it knows why nothing can be written, and
// remembers that a page was damaged.
func (s *Store) explain(err error) error {
	if err == nil {
		return nil
	}
	if Damaged(err) {
		s.damaged.Store(true)
	}
	if why := s.why.Load(); why != nil && isReadOnly(err) {
		return why.WithCause(err)
	}
	return explain(s.path, err)
}

// explain gives SQLite's and the system's errors a code and a sentence, by their
// numbers. Errors that have one pass.
func explain(path string, err error) error {
	if err == nil {
		return nil
	}
	var known *fault.Error
	if errors.As(err, &known) || errors.Is(err, incident.ErrMoved) || errors.Is(err, incident.ErrDelivery) {
		return err
	}
	var e sqlite3.Error
	if errors.As(err, &e) {
		if f := sqliteFault(path, e); f != nil {
			return f.WithCause(err)
		}
	}
	switch {
	case Damaged(err):
		return damaged(path).WithCause(err)
	case isFull(err):
		return full(path).WithCause(err)
	case isReadOnly(err):
		return readOnly(path).WithCause(err)
	}
	return err
}

func sqliteFault(path string, e sqlite3.Error) *fault.Error {
	if isFull(e) {
		return full(path)
	}
	switch e.Code {
	case sqlite3.ErrIoErr:
		return fault.New(fault.Unreachable, "the disk that holds %s does not answer", path).WithHint("check the disk; what was shown as saved is on it")
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fault.New(fault.Unreachable, "%s is locked by another program", path).WithHint("close what holds it, then try again")
	case sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm:
		return readOnly(path)
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return damaged(path)
	}
	return nil
}

func full(path string) *fault.Error {
	return fault.New(fault.Unreachable, "the disk that holds %s is full", path).WithHint("free some space; nothing that was shown as saved is lost")
}

func readOnly(path string) *fault.Error {
	return fault.New(fault.Unreachable, "%s cannot be written", path).WithHint("give yourself the right to write there, or start with --data and another folder")
}

func damaged(path string) *fault.Error {
	return fault.New(fault.Refused, "%s is damaged", path).
		WithHint("start the cockpit: it sets the file aside, whole, brings back all that the last backup and the file still hold, and goes on")
}
