package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"quarterdeck/internal/incident"
)

// Import puts records of one incident into the log as they are, hashes and all, and
// skips those that are here already. They must have been verified. It answers how
// many were new. kits are kept under their hashes.
func (s *Store) Import(ctx context.Context, id incident.ID, recs []incident.Record, kits map[string][]byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	err := s.transaction(ctx, func() (err error) {
		n, err = s.bring(ctx, id, recs, kits)
		return err
	})
	if err != nil {
		return 0, s.explain(fmt.Errorf("store: import %s: %w", id, err))
	}
	if n > 0 {
		(&batch{s: s, ctx: ctx, gone: true}).spoil()
	}
	return n, nil
}

func (s *Store) bring(ctx context.Context, id incident.ID, recs []incident.Record, kits map[string][]byte) (int, error) {
	for hash, data := range kits {
		if _, err := s.wdb.ExecContext(ctx, "INSERT INTO kit VALUES (?, ?) ON CONFLICT DO NOTHING", hash, data); err != nil {
			return 0, err
		}
	}
	have, err := records(ctx, s.wdb, "WHERE r.incident = ?", id[:])
	if err != nil {
		return 0, err
	}
	known := map[incident.ID]bool{}
	for i := range have {
		known[have[i].ID] = true
	}
	sorted := slices.Clone(recs)
	slices.SortFunc(sorted, func(a, b incident.Record) int {
		return cmp.Or(a.Writer.Compare(b.Writer), cmp.Compare(a.N, b.N))
	})
	t := &batch{s: s, ctx: ctx, Batch: incident.Batch{Incident: id}}
	n := 0
	for i := range sorted {
		if known[sorted[i].ID] {
			continue
		}
		if err := t.write(&sorted[i]); err != nil {
			return 0, err
		}
		n++
	}
	if n == 0 {
		return 0, nil
	}
	t.gone = true // one that was here before may name what has come now
	if err := t.redact(); err != nil {
		return 0, err
	}
	return n, s.refold(ctx, id)
}

// refold makes the caches of one incident from its records.
func (s *Store) refold(ctx context.Context, id incident.ID) error {
	all, err := records(ctx, s.wdb, "WHERE r.incident = ?", id[:])
	if err != nil {
		return err
	}
	var hlc int64
	for i := range all {
		hlc = max(hlc, all[i].HLC)
	}
	return s.keep(ctx, incident.Fold(id, all), hlc, all[len(all)-1].Cursor)
}

// atOnce is how many incidents are folded in one transaction, while whoever writes waits.
const atOnce = 8

// Freshen folds a few of the incidents whose caches another version made, the latest
// first, and reports whether there are more. Only the backend calls it.
func (s *Store) Freshen(ctx context.Context) (more bool, err error) {
	if s.ReadOnly() != nil {
		return false, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err = s.transaction(ctx, func() error {
		n, err := s.refoldSome(ctx, "WHERE row = '' ORDER BY declared DESC LIMIT ?", atOnce)
		more = n == atOnce
		return err
	})
	if err != nil {
		return false, s.explain(fmt.Errorf("store: take in older caches: %w", err))
	}
	return more, nil
}

// refoldSome makes the caches of those incidents that a query of their table picks, and
// says how many they are.
func (s *Store) refoldSome(ctx context.Context, which string, args ...any) (int, error) {
	ids, err := idsOf(ctx, s.wdb, "SELECT id FROM incident "+which, args...)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if err := s.refold(ctx, id); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// Rebuild drops every cache and the search index and makes them anew from the log. One
// that is killed has made the caches anew or left them as they were; the index is then
// filled by Index.
func (s *Store) Rebuild(ctx context.Context) error {
	s.mu.Lock()
	err := s.transaction(ctx, func() error { return s.rebuild(ctx) })
	s.mu.Unlock()
	for more := true; err == nil && more; {
		more, err = s.Index(ctx)
	}
	if err != nil {
		return s.explain(fmt.Errorf("store: rebuild: %w", err))
	}
	return nil
}

func (s *Store) rebuild(ctx context.Context) error {
	ids, err := incidents(ctx, s.wdb)
	if err != nil {
		return err
	}
	for _, q := range []string{
		"DELETE FROM incident", "DELETE FROM folded",
		"INSERT INTO search (search) VALUES ('delete-all')",
		"INSERT OR REPLACE INTO meta SELECT '" + unindexed + "', max(cursor) FROM record HAVING max(cursor) > 0",
	} {
		if _, err := s.wdb.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("%.40q: %w", q, err)
		}
	}
	if err := s.names(ctx); err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.refold(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// names makes the list of people anew.
func (s *Store) names(ctx context.Context) error {
	if _, err := s.wdb.ExecContext(ctx, "DELETE FROM person"); err != nil {
		return err
	}
	_, err := s.wdb.ExecContext(ctx, `INSERT INTO person SELECT id, name FROM (
			SELECT unhex(replace(b.json ->> '$.person', '-', '')) AS id, b.json ->> '$.name' AS name, r.cursor
			FROM record r JOIN body b ON b.cursor = r.cursor WHERE r.kind = 'person.named' AND b.json ->> '$.name' <> '' ORDER BY r.cursor)
			WHERE true ON CONFLICT (id) DO UPDATE SET name = excluded.name`)
	return err
}

// Incidents are the ids of every incident in the log, the oldest first.
func (s *Store) Incidents(ctx context.Context) ([]incident.ID, error) {
	ids, err := incidents(ctx, s.rdb)
	return ids, s.explain(err)
}

func incidents(ctx context.Context, q querier) ([]incident.ID, error) {
	return idsOf(ctx, q, "SELECT incident FROM record GROUP BY incident ORDER BY min(cursor)")
}

func idsOf(ctx context.Context, q querier, query string, args ...any) ([]incident.ID, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []incident.ID
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, err
		}
		out = append(out, incident.ID(b))
	}
	return out, rows.Err()
}
