package store

import (
	"context"
	"fmt"

	"quarterdeck/internal/incident"
)

// Corrections are the records of an incident that correct, take back or redact others, in
// order of insertion.
func (s *Store) Corrections(ctx context.Context, id incident.ID) ([]incident.Record, error) {
	recs, err := records(ctx, s.rdb, "WHERE r.incident = ? AND r.kind IN ('record.amended', 'record.undone', 'record.redacted')", id[:])
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: read corrections of %s: %w", id, err))
	}
	return recs, nil
}

// Everybody is everybody whom this database knows, by id.
func (s *Store) Everybody(ctx context.Context) ([]incident.Person, error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT id, name FROM person ORDER BY name, id")
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var out []incident.Person
	for rows.Next() {
		var id []byte
		var p incident.Person
		if err := rows.Scan(&id, &p.Name); err != nil {
			return nil, s.explain(err)
		}
		copy(p.ID[:], id)
		out = append(out, p)
	}
	return out, s.explain(rows.Err())
}

// Serving are the incidents that were declared for a service, by its name or the
// beginning of it, letter case ignored.
func (s *Store) Serving(ctx context.Context, service string) ([]incident.ID, error) {
	rows, err := s.rdb.QueryContext(ctx, `SELECT r.incident FROM record r INDEXED BY record_declared JOIN body b ON b.cursor = r.cursor
		WHERE r.kind = 'incident.declared' AND EXISTS (SELECT 1 FROM json_each(b.json, '$.services') WHERE lower(substr(value, 1, length(?1))) = lower(?1))`, service)
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: find the incidents of a service: %w", err))
	}
	defer rows.Close()
	out := []incident.ID{}
	for rows.Next() {
		var id []byte
		if err := rows.Scan(&id); err != nil {
			return nil, s.explain(err)
		}
		out = append(out, incident.ID(id))
	}
	return out, s.explain(rows.Err())
}

// Services are those that incidents were declared for, sorted, at most limit.
func (s *Store) Services(ctx context.Context, limit int) ([]string, error) {
	rows, err := s.rdb.QueryContext(ctx, `SELECT DISTINCT j.value FROM record r INDEXED BY record_declared JOIN body b ON b.cursor = r.cursor, json_each(b.json, '$.services') j
		WHERE r.kind = 'incident.declared' ORDER BY j.value LIMIT ?`, limit)
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: list services: %w", err))
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, s.explain(err)
		}
		out = append(out, name)
	}
	return out, s.explain(rows.Err())
}
