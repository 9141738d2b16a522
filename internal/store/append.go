package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Append writes the batch and answers with the records as stamped and the state as
// advanced, which may be another one than b.State. When it returns without an error,
// everything is on disk. A batch whose first record is there already is answered with
// what is there: giving an order twice does it once.
// Faults: Unreachable when the disk is full, the file locked or read-only.
func (s *Store) Append(ctx context.Context, b incident.Batch) ([]incident.Record, *incident.State, error) {
	if len(b.Records) == 0 {
		return nil, b.State, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx = context.WithoutCancel(ctx) // what is begun is finished: nobody waits for half a note
	recs, state, err := s.append(ctx, b)
	if err == nil || errors.Is(err, incident.ErrMoved) {
		return recs, state, err
	}
	if again, ok := s.already(ctx, b.Records[0].ID); ok {
		return again, nil, nil
	}
	return nil, nil, explain(s.path, fmt.Errorf("store: append to %s: %w", b.Incident, err))
}

func (s *Store) append(ctx context.Context, b incident.Batch) ([]incident.Record, *incident.State, error) {
	tx, err := s.wdb.BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	t := &batch{s: s, tx: tx, ctx: ctx, Batch: b}
	if err := t.head(); err != nil {
		return nil, nil, err
	}
	for i := range t.Records {
		if err := t.insert(&t.Records[i]); err != nil {
			return nil, nil, err
		}
	}
	if err := t.caches(); err != nil {
		return nil, nil, err
	}
	if err := tx.Commit(); err != nil {
		return nil, nil, err
	}
	return t.Records, t.State, nil
}

// batch is an incident.Batch inside its transaction.
type batch struct {
	incident.Batch
	s    *Store
	tx   *sql.Tx
	ctx  context.Context
	n    int64
	prev []byte
	hlc  int64
	row  incident.Row
	seen bool // the incident is there already
}

// head reads where the chain and the clock stand, and checks what was expected.
func (t *batch) head() error {
	var cursor int64
	err := t.stmt(t.s.stmts.last).QueryRow(t.Incident[:], t.s.writer[:]).Scan(&t.n, &t.prev)
	if errors.Is(err, sql.ErrNoRows) {
		t.prev, err = incident.Root(t.Incident, t.s.writer), nil
	}
	if err != nil {
		return err
	}
	var row string
	err = t.stmt(t.s.stmts.row).QueryRow(t.Incident[:]).Scan(&row, &t.hlc)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return err
	default:
		t.seen = true
		if err := json.Unmarshal([]byte(row), &t.row); err != nil {
			return fmt.Errorf("read row: %w", err)
		}
	}
	if t.Ref != "" {
		var taken bool
		if err := t.tx.QueryRowContext(t.ctx, "SELECT EXISTS (SELECT 1 FROM incident WHERE ref = ?)", t.Ref).Scan(&taken); err != nil {
			return err
		} else if taken {
			return incident.ErrMoved
		}
	}
	if t.Expect == incident.Anywhere {
		if !t.seen {
			return fault.New(fault.NotFound, "there is no such incident")
		}
		return nil
	}
	if err := t.stmt(t.s.stmts.cursor).QueryRow(t.Incident[:]).Scan(&cursor); err != nil {
		return err
	}
	if cursor != t.Expect {
		return incident.ErrMoved
	}
	if t.Hash == "" {
		return nil
	}
	_, err = t.tx.ExecContext(t.ctx, "INSERT INTO kit VALUES (?, ?) ON CONFLICT DO NOTHING", t.Hash, t.Kit)
	return err
}

// insert stamps one record and writes it, its body and its search row.
func (t *batch) insert(r *incident.Record) error {
	salt, err := newSalt()
	if err != nil {
		return err
	}
	r.Incident, r.Writer = t.Incident, t.s.writer
	r.N = t.n + 1
	r.HLC = incident.NextHLC(t.hlc, r.RecordedAt)
	r.Salt, r.Sig = salt, []byte{}
	r.Seal(t.prev)
	if err := t.write(r); err != nil {
		return err
	}
	t.n, t.hlc, t.prev = r.N, r.HLC, r.Hash
	return nil
}

// write puts a sealed record into the log.
func (t *batch) write(r *incident.Record) error {
	res, err := t.stmt(t.s.stmts.record).Exec(r.ID[:], r.Incident[:], r.Writer[:], r.N, r.HLC, r.At, r.TZ, r.RecordedAt,
		r.Actor[:], string(r.Kind), r.V, r.Prev, r.Digest, r.Hash, r.Sig)
	if err != nil {
		return err
	}
	if r.Cursor, err = res.LastInsertId(); err != nil {
		return err
	}
	if r.Body != nil {
		if _, err := t.stmt(t.s.stmts.body).Exec(r.Cursor, r.Salt, string(r.Body)); err != nil {
			return err
		}
		if _, err := t.stmt(t.s.stmts.search).Exec(r.Cursor); err != nil {
			return err
		}
	}
	if p, ok := r.Event().(*incident.PersonNamed); ok && p.Name != "" {
		_, err = t.tx.ExecContext(t.ctx, "INSERT INTO person VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name", p.Person[:], p.Name)
	}
	return err
}

// caches brings the incident's row and state up to the records just written.
func (t *batch) caches() error {
	plain := t.seen
	for i := range t.Records {
		plain = plain && incident.Plain(t.Records[i].Kind)
	}
	if plain {
		for i := range t.Records {
			t.row.Count(&t.Records[i])
		}
		row, err := json.Marshal(t.row)
		if err != nil {
			return err
		}
		_, err = t.stmt(t.s.stmts.count).Exec(string(row), t.hlc, t.Incident[:])
		return err
	}
	if t.State == nil {
		t.State = incident.NewState(t.Incident)
	}
	for i := range t.Records {
		if !t.State.Advance(&t.Records[i]) {
			all, err := records(t.ctx, t.tx, "WHERE r.incident = ?", t.Incident[:])
			if err != nil {
				return err
			}
			t.State = incident.Fold(t.Incident, all)
			break
		}
	}
	return keep(t.ctx, t.tx, t.State, t.hlc, t.Records[len(t.Records)-1].Cursor)
}

// keep writes the caches of one incident.
func keep(ctx context.Context, tx *sql.Tx, s *incident.State, hlc, cursor int64) error {
	row, err := json.Marshal(s.Row())
	if err != nil {
		return err
	}
	state, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO incident (id, ref, open, declared, hlc, row) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id)
		DO UPDATE SET ref = excluded.ref, open = excluded.open, declared = excluded.declared, hlc = excluded.hlc, row = excluded.row`,
		s.ID[:], s.Declared.Ref, s.Open(), s.Times[incident.DeclaredAt].Time, hlc, string(row))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO folded (id, cursor, state) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor, state = excluded.state",
		s.ID[:], cursor, string(state))
	return err
}

// already finds the records of an order that was carried out before: those of its
// first record's transaction follow one another and share its time of writing.
func (s *Store) already(ctx context.Context, id incident.ID) ([]incident.Record, bool) {
	recs, err := records(ctx, s.wdb, "WHERE r.id = ?", id[:])
	return recs, err == nil && len(recs) == 1
}

func (t *batch) stmt(st *sql.Stmt) *sql.Stmt { return t.tx.StmtContext(t.ctx, st) }

// statements are those of the path from a key press to the disk.
type statements struct {
	last, row, cursor, record, body, search, count *sql.Stmt
}

func (st *statements) prepare(ctx context.Context, db *sql.DB) (err error) {
	for _, p := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&st.last, "SELECT n, hash FROM record WHERE incident = ? AND writer = ? ORDER BY n DESC LIMIT 1"},
		{&st.row, "SELECT row, hlc FROM incident WHERE id = ?"},
		{&st.cursor, "SELECT coalesce(max(cursor), 0) FROM record WHERE incident = ?"},
		{&st.record, "INSERT INTO record (id, incident, writer, n, hlc, at, tz, recorded_at, actor, kind, v, prev, digest, hash, sig) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
		{&st.body, "INSERT INTO body (cursor, salt, json) VALUES (?, ?, ?)"},
		{&st.search, "INSERT INTO search (rowid, text) SELECT cursor, text FROM body WHERE cursor = ? AND text <> ''"},
		{&st.count, "UPDATE incident SET row = ?, hlc = ? WHERE id = ?"},
	} {
		if *p.to, err = db.PrepareContext(ctx, p.sql); err != nil {
			return fmt.Errorf("prepare %q: %w", p.sql, err)
		}
	}
	return nil
}

func (st *statements) close() error {
	var errs []error
	for _, p := range []*sql.Stmt{st.last, st.row, st.cursor, st.record, st.body, st.search, st.count} {
		if p != nil {
			errs = append(errs, p.Close())
		}
	}
	return errors.Join(errs...)
}
