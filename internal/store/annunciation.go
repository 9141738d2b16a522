package store

import (
	"context"
	"fmt"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

// KeepAnnunciations writes annunciations as they stand now: one is known by its key, its
// rule and when it began.
func (s *Store) KeepAnnunciations(ctx context.Context, list []cadence.Annunciation) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.transaction(ctx, func() error {
		for _, a := range list {
			if _, err := s.wdb.ExecContext(ctx, `INSERT INTO annunciation VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key, rule, at)
				DO UPDATE SET cleared = excluded.cleared, again = excluded.again, seen = excluded.seen`,
				a.Key, a.Rule, string(a.Look), a.Incident[:], a.At, a.Cleared, a.Again, a.Seen); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return explain(s.path, fmt.Errorf("store: keep annunciations: %w", err))
	}
	return nil
}

// LitAnnunciations are those that are lit, or ended after a time.
func (s *Store) LitAnnunciations(ctx context.Context, since int64) ([]cadence.Annunciation, error) {
	return s.annunciations(ctx, "WHERE cleared = 0 OR cleared > ? ORDER BY at", since)
}

// Annunciations are those of an incident, the oldest first.
func (s *Store) Annunciations(ctx context.Context, id incident.ID) ([]cadence.Annunciation, error) {
	return s.annunciations(ctx, "WHERE incident = ? ORDER BY at", id[:])
}

func (s *Store) annunciations(ctx context.Context, tail string, args ...any) ([]cadence.Annunciation, error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT key, rule, look, incident, at, cleared, again, seen FROM annunciation "+tail, args...)
	if err != nil {
		return nil, explain(s.path, fmt.Errorf("store: read annunciations: %w", err))
	}
	defer rows.Close()
	var out []cadence.Annunciation
	for rows.Next() {
		var a cadence.Annunciation
		var id []byte
		if err := rows.Scan(&a.Key, &a.Rule, &a.Look, &id, &a.At, &a.Cleared, &a.Again, &a.Seen); err != nil {
			return nil, err
		}
		copy(a.Incident[:], id)
		out = append(out, a)
	}
	return out, explain(s.path, rows.Err())
}
