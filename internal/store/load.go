package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// querier is the database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

const recordColumns = `r.cursor, r.id, r.incident, r.writer, r.n, r.hlc, r.at, r.tz, r.recorded_at, r.actor, r.kind, r.v,
	r.prev, r.digest, r.hash, r.sig, b.salt, b.json FROM record r LEFT JOIN body b ON b.cursor = r.cursor `

// records reads records in order of insertion.
func records(ctx context.Context, q querier, where string, args ...any) ([]incident.Record, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+recordColumns+where+" ORDER BY r.cursor", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []incident.Record
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func scan(rows *sql.Rows) (r incident.Record, err error) {
	var id, inc, writer, actor []byte
	var kind string
	var body sql.NullString
	err = rows.Scan(&r.Cursor, &id, &inc, &writer, &r.N, &r.HLC, &r.At, &r.TZ, &r.RecordedAt, &actor, &kind, &r.V,
		&r.Prev, &r.Digest, &r.Hash, &r.Sig, &r.Salt, &body)
	copy(r.ID[:], id)
	copy(r.Incident[:], inc)
	copy(r.Writer[:], writer)
	copy(r.Actor[:], actor)
	r.Kind = incident.Kind(kind)
	if body.Valid {
		r.Body = []byte(body.String)
	}
	return r, err
}

// Records reads an incident's records, all of them or those after a cursor, in
// order of insertion.
func (s *Store) Records(ctx context.Context, id incident.ID, after int64) ([]incident.Record, error) {
	recs, err := records(ctx, s.rdb, "WHERE r.incident = ? AND r.cursor > ?", id[:], after)
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: read records of %s: %w", id, err))
	}
	return recs, nil
}

// Since reads the records of every incident after a cursor, at most limit of them.
func (s *Store) Since(ctx context.Context, after int64, limit int) ([]incident.Record, error) {
	recs, err := records(ctx, s.rdb, "WHERE r.cursor IN (SELECT cursor FROM record WHERE cursor > ? ORDER BY cursor LIMIT ?)", after, limit)
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: read records after %d: %w", after, err))
	}
	return recs, nil
}

// Record reads one; the fault is NotFound.
func (s *Store) Record(ctx context.Context, id incident.ID) (incident.Record, error) {
	recs, err := records(ctx, s.rdb, "WHERE r.id = ?", id[:])
	if err != nil {
		return incident.Record{}, s.explain(fmt.Errorf("store: read record %s: %w", id, err))
	}
	if len(recs) == 0 {
		return incident.Record{}, fault.New(fault.NotFound, "there is no record %s", id)
	}
	return recs[0], nil
}

// Last is the highest cursor: where the log ends.
func (s *Store) Last(ctx context.Context) (int64, error) {
	var c int64
	err := s.rdb.QueryRowContext(ctx, "SELECT coalesce(max(cursor), 0) FROM record").Scan(&c)
	return c, s.explain(err)
}

// Written are the incidents in which something was written after a cursor, and the cursor
// of the latest of it; the same cursor when there is nothing.
func (s *Store) Written(ctx context.Context, after int64) (ids []incident.ID, last int64, err error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT incident, max(cursor) FROM record WHERE cursor > ? GROUP BY incident", after)
	if err != nil {
		return nil, after, s.explain(err)
	}
	defer rows.Close()
	for last = after; rows.Next(); {
		var id []byte
		var cursor int64
		if err := rows.Scan(&id, &cursor); err != nil {
			return nil, after, err
		}
		ids, last = append(ids, incident.ID(id)), max(last, cursor)
	}
	return ids, last, s.explain(rows.Err())
}

// LastAt is when the latest record was written, in ms UTC; 0 = there is none.
func (s *Store) LastAt(ctx context.Context) (int64, error) {
	var at int64
	err := s.rdb.QueryRowContext(ctx, "SELECT coalesce((SELECT recorded_at FROM record ORDER BY cursor DESC LIMIT 1), 0)").Scan(&at)
	return at, s.explain(err)
}

// Size is how large the database file is, in bytes.
func (s *Store) Size() int64 {
	info, err := os.Stat(s.path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// State reads the folded state of an incident from its cache and advances it over
// what came since. The cursor is that of its latest record. The fault is NotFound
// when there is no such incident.
func (s *Store) State(ctx context.Context, id incident.ID) (*incident.State, int64, error) {
	var text string
	var folded int64
	err := s.rdb.QueryRowContext(ctx, "SELECT state, cursor FROM folded WHERE id = ?", id[:]).Scan(&text, &folded)
	none := errors.Is(err, sql.ErrNoRows)
	if err != nil && !none {
		return nil, 0, s.explain(fmt.Errorf("store: read state of %s: %w", id, err))
	}
	st := incident.NewState(id)
	if none || json.Unmarshal([]byte(text), st) != nil {
		folded, st = 0, incident.NewState(id) // a cache of another version: fold anew
	}
	recs, err := s.Records(ctx, id, folded)
	if err != nil {
		return nil, 0, err
	}
	if none && len(recs) == 0 {
		return nil, 0, fault.New(fault.NotFound, "there is no incident %s", id)
	}
	cursor := folded
	for i := range recs {
		cursor = recs[i].Cursor
		if !st.Advance(&recs[i]) {
			all, err := s.Records(ctx, id, 0)
			if err != nil {
				return nil, 0, err
			}
			return incident.Fold(id, all), all[len(all)-1].Cursor, nil
		}
	}
	return st, cursor, nil
}

// Rows lists incidents: open ones first, then the latest declared. limit bounds the list.
func (s *Store) Rows(ctx context.Context, limit int) ([]incident.Row, error) {
	return s.rows(ctx, "ORDER BY open DESC, declared DESC LIMIT ?", limit)
}

// Row is one incident as in a list; the fault is NotFound.
func (s *Store) Row(ctx context.Context, id incident.ID) (incident.Row, error) {
	rows, err := s.rows(ctx, "WHERE id = ?", id[:])
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.NotFound, "there is no incident %s", id)
	}
	if err != nil {
		return incident.Row{}, err
	}
	return rows[0], nil
}

// Open lists the incidents that are not resolved, the latest declared first.
func (s *Store) Open(ctx context.Context) ([]incident.Row, error) {
	return s.rows(ctx, "WHERE open = 1 ORDER BY declared DESC")
}

// ByRef finds the incidents that carry a reference, letter case ignored. Two may,
// when logs of two machines were brought together.
func (s *Store) ByRef(ctx context.Context, ref string) ([]incident.Row, error) {
	return s.rows(ctx, "WHERE ref = upper(?) ORDER BY declared, id", ref)
}

func (s *Store) rows(ctx context.Context, tail string, args ...any) ([]incident.Row, error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT id, row FROM incident "+tail, args...)
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: list incidents: %w", err))
	}
	defer rows.Close()
	var out []incident.Row
	var stale []int // those without a row since another version made it
	for rows.Next() {
		var id []byte
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		r := incident.Row{ID: incident.ID(id)}
		if text == "" {
			stale = append(stale, len(out))
		} else if err := json.Unmarshal([]byte(text), &r); err != nil {
			return nil, fmt.Errorf("store: read row: %w", err)
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, s.explain(err)
	}
	for _, i := range stale {
		st, _, err := s.State(ctx, out[i].ID)
		if err != nil {
			return nil, err
		}
		out[i] = st.Row()
	}
	return out, nil
}

// NextRef is the reference for the next declaration: prefix, a dash and a number.
func (s *Store) NextRef(ctx context.Context, prefix string) (string, error) {
	var n int64
	err := s.rdb.QueryRowContext(ctx, "SELECT coalesce(max(CAST(substr(ref, ?) AS INTEGER)), 0) FROM incident WHERE ref LIKE ?", len(prefix)+2, prefix+"-%").Scan(&n)
	return fmt.Sprintf("%s-%d", prefix, n+1), s.explain(err)
}

// Mine reports whether this database's writer has written in the incident.
func (s *Store) Mine(ctx context.Context, id incident.ID) (bool, error) {
	var ok bool
	writer := s.Writer()
	err := s.rdb.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM record WHERE incident = ? AND writer = ?)", id[:], writer[:]).Scan(&ok)
	return ok, s.explain(err)
}

// Person finds somebody by name, letter case ignored; the zero id when unknown.
func (s *Store) Person(ctx context.Context, name string) (incident.Person, error) {
	var id []byte
	var p incident.Person
	err := s.rdb.QueryRowContext(ctx, "SELECT id, name FROM person WHERE name = ? ORDER BY id LIMIT 1", name).Scan(&id, &p.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	copy(p.ID[:], id)
	return p, s.explain(err)
}

// People are the names of everybody known, sorted, at most limit.
func (s *Store) People(ctx context.Context, limit int) ([]string, error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT DISTINCT name FROM person ORDER BY name LIMIT ?", limit)
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}
