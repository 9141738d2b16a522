package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/fault"
)

// copies are all files of a folder that hold a copy of the database, or did: backups and
// what was set aside.
func copies(dir string) ([]string, error) {
	all, err := Backups(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, b := range all {
		out = append(out, b.Path)
	}
	aside, err := filepath.Glob(filepath.Join(escapeGlob(dir), FileName+".*-*")) // .damaged-, .replaced-, and .before- of earlier versions
	for _, f := range aside {
		if tail := filepath.Ext(f); tail != ".txt" && !strings.HasSuffix(f, "-wal") && !strings.HasSuffix(f, "-shm") {
			out = append(out, f)
		}
	}
	return out, err
}

// holds counts the records, of those named, whose words a file still has. A file that
// cannot be read may have them all.
func holds(ctx context.Context, file string, records ...[]byte) int {
	as := reading
	if info, err := os.Stat(file + "-wal"); err != nil || info.Size() == 0 {
		as = frozen
	}
	db, _ := pool(file, as, "", 1)
	defer db.Close()
	n := 0
	for _, id := range records {
		var has bool
		err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM record r JOIN body b ON b.cursor = r.cursor WHERE r.id = ?)", id).Scan(&has)
		if err != nil {
			return len(records)
		}
		if has {
			n++
		}
	}
	return n
}

// redacted are the ids of the records whose words are gone.
func (s *Store) redacted(ctx context.Context) ([][]byte, error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT id FROM record WHERE cursor NOT IN (SELECT cursor FROM body)")
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var out [][]byte
	for rows.Next() {
		var id []byte
		if err := rows.Scan(&id); err != nil {
			return nil, s.explain(err)
		}
		out = append(out, id)
	}
	return out, s.explain(rows.Err())
}

// Held is a file beside the database, and how many records it has the words of that have
// since been redacted.
type Held struct {
	Path     string
	Redacted int
}

// Held are all copies of the database in its folder.
func (s *Store) Held(ctx context.Context) ([]Held, error) {
	gone, err := s.redacted(ctx)
	if err != nil {
		return nil, err
	}
	files, err := copies(filepath.Dir(s.path))
	var out []Held
	for _, f := range files {
		out = append(out, Held{f, holds(ctx, f, gone...)})
	}
	return out, err
}

// Purge takes away the backups that still have redacted words, once a new backup,
// which has everything else that they have, has been made and read back. What was set
// aside, damaged or replaced, may be all that is left of something: it stays, and
// is named.
func (s *Store) Purge(ctx context.Context, now time.Time) (made Backup, removed, left []string, err error) {
	all, err := s.Held(ctx)
	if err != nil {
		return made, nil, nil, err
	}
	dir := filepath.Join(filepath.Dir(s.path), backups)
	for _, h := range all {
		switch {
		case h.Redacted == 0:
		case filepath.Dir(h.Path) == dir:
			removed = append(removed, h.Path)
		default:
			left = append(left, h.Path)
		}
	}
	if len(removed) == 0 {
		return made, nil, left, nil
	}
	if made, err = s.BackUp(ctx, now); err != nil {
		return made, nil, left, err
	}
	if slices.Contains(removed, made.Path) {
		return made, nil, left, fault.New(fault.Conflict, "a backup was made this very second").WithHint("try again")
	}
	for _, f := range removed {
		if e := os.Remove(f); e != nil && !errors.Is(e, os.ErrNotExist) { // or it was the oldest of too many
			err = errors.Join(err, e)
		}
	}
	return made, removed, left, s.explain(err)
}
