package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

// The machine's own tables: nothing here is a record, and none of it travels.

// KeepDraft keeps text by its place; empty text forgets it. It is as durable as a record.
func (s *Store) KeepDraft(ctx context.Context, place, text string, now int64) error {
	query, args := "INSERT INTO draft VALUES (?, ?, ?) ON CONFLICT (place) DO UPDATE SET text = excluded.text, changed = excluded.changed", []any{place, text, now}
	if text == "" {
		query, args = "DELETE FROM draft WHERE place = ?", []any{place}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.wdb.ExecContext(ctx, query, args...); err != nil {
		return s.explain(fmt.Errorf("store: keep draft %s: %w", place, err))
	}
	return nil
}

// Drafts are all that are kept, the latest first.
func (s *Store) Drafts(ctx context.Context) ([]incident.Draft, error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT place, text FROM draft ORDER BY changed DESC")
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: read drafts: %w", err))
	}
	defer rows.Close()
	var out []incident.Draft
	for rows.Next() {
		var d incident.Draft
		if err := rows.Scan(&d.Place, &d.Text); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// Rung reads how far a deadline has rung; ok is false when it never has.
func (s *Store) Rung(ctx context.Context, deadline string) (r cadence.Ring, ok bool, err error) {
	r.Deadline = deadline
	err = s.rdb.QueryRowContext(ctx, "SELECT rung, at, bubble, server FROM ring WHERE deadline = ?", deadline).Scan(&r.Rung, &r.At, &r.Bubble, &r.Server)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	return r, err == nil, s.explain(err)
}

// KeepRing writes how far a deadline has rung.
func (s *Store) KeepRing(ctx context.Context, r cadence.Ring) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.wdb.ExecContext(ctx, `INSERT INTO ring VALUES (?, ?, ?, ?, ?) ON CONFLICT (deadline)
		DO UPDATE SET rung = excluded.rung, at = excluded.at, bubble = excluded.bubble, server = excluded.server`, r.Deadline, r.Rung, r.At, r.Bubble, r.Server)
	if err != nil {
		return s.explain(fmt.Errorf("store: keep ring %s: %w", r.Deadline, err))
	}
	return nil
}

// Bubbles are the rings that still name a bubble on the desktop, the oldest first.
func (s *Store) Bubbles(ctx context.Context) ([]cadence.Ring, error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT deadline, rung, at, bubble, server FROM ring WHERE bubble <> 0 ORDER BY at")
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: read rings: %w", err))
	}
	defer rows.Close()
	var out []cadence.Ring
	for rows.Next() {
		var r cadence.Ring
		if err := rows.Scan(&r.Deadline, &r.Rung, &r.At, &r.Bubble, &r.Server); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// Changed reports whether another connection has committed since it was last asked.
func (s *Store) Changed(ctx context.Context) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.dataVersion(ctx)
	if err != nil {
		return false, s.explain(fmt.Errorf("store: look for changes: %w", err))
	}
	changed := v != s.version
	s.version = v
	return changed, nil
}

func (s *Store) dataVersion(ctx context.Context) (v int64, err error) {
	err = s.watch.QueryRowContext(ctx, "PRAGMA data_version").Scan(&v)
	return v, err
}

// room is how long the write-ahead log is kept, in bytes: some hundred notes.
const room = 4 << 20

// Tidy does what can wait until nobody types: it checkpoints the write-ahead log and
// merges the search index a little. Only the backend calls it.
//
// It leaves the log such that the next note neither lengthens the file nor begins
// the log anew, because either costs as much again as the note: the merge, which
// comes last, does the one, and a transaction that is taken back has done the other.
func (s *Store) Tidy(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.checkpoint(ctx); err != nil {
		return s.explain(fmt.Errorf("store: checkpoint: %w", err))
	}
	if err := s.scrub(ctx); err != nil {
		return explain(s.path, fmt.Errorf("store: empty the log of what was redacted: %w", err))
	}
	if err := s.unfile(ctx); err != nil {
		return s.explain(fmt.Errorf("store: take away what was redacted: %w", err))
	}
	if err := s.lengthen(ctx); err != nil {
		return s.explain(fmt.Errorf("store: lengthen the log: %w", err))
	}
	err := s.transaction(ctx, func() error {
		if _, err := s.wdb.ExecContext(ctx, "INSERT INTO search (search, rank) VALUES ('merge', ?)", mergePages); err != nil {
			return err
		}
		_, err := s.wdb.ExecContext(ctx, "INSERT OR REPLACE INTO meta SELECT 'tidied', coalesce(max(cursor), 0) FROM record")
		return err
	})
	if err != nil {
		return s.explain(fmt.Errorf("store: merge search: %w", err))
	}
	return nil
}

// lengthen gives the write-ahead log its room: a cache too small for a transaction makes
// SQLite write its pages to the log, where they stay when it is taken back.
func (s *Store) lengthen(ctx context.Context) error {
	if info, err := os.Stat(s.path + "-wal"); err != nil || info.Size() >= room {
		return err
	}
	if _, err := s.wdb.ExecContext(ctx, "PRAGMA cache_size = 10"); err != nil {
		return err
	}
	err := s.transaction(ctx, func() error {
		if _, err := s.wdb.ExecContext(ctx, "INSERT INTO kit VALUES ('', zeroblob(?))", room); err != nil {
			return err
		}
		return errTakenBack
	})
	if !errors.Is(err, errTakenBack) {
		return err
	}
	_, err = s.wdb.ExecContext(ctx, fmt.Sprintf("PRAGMA cache_size = %d", cache))
	return err
}

var errTakenBack = errors.New("taken back")

// LastPerson is whom KeepPerson kept; the zero person when nobody was kept.
func (s *Store) LastPerson(ctx context.Context) (p incident.Person, err error) {
	var id string
	err = s.rdb.QueryRowContext(ctx, `SELECT coalesce((SELECT value FROM meta WHERE key = 'person'), ''),
		coalesce((SELECT value FROM meta WHERE key = 'person_name'), '')`).Scan(&id, &p.Name)
	if err != nil || p.Name == "" {
		return incident.Person{}, s.explain(err)
	}
	p.ID, err = incident.ParseID(id)
	return p, err
}

// KeepPerson keeps who sits at this machine, for the day on which the settings cannot be
// read. What is there already costs no write.
func (s *Store) KeepPerson(ctx context.Context, p incident.Person) error {
	if kept, err := s.LastPerson(ctx); err != nil || kept == p {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.wdb.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES ('person', ?), ('person_name', ?)", p.ID.String(), p.Name)
	return s.explain(err)
}
