package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

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
	if err == nil {
		if err := s.there(); err != nil {
			return nil, nil, err
		}
		return recs, state, nil
	}
	if errors.Is(err, incident.ErrMoved) || errors.Is(err, incident.ErrDelivery) {
		return nil, nil, err
	}
	if again, ok := s.already(ctx, b.Records[0].ID); ok {
		return again, nil, nil
	}
	if isFull(err) && spend(filepath.Dir(s.path)) {
		return nil, nil, incident.ErrMoved // there is room again: decide and write once more
	}
	return nil, nil, s.explain(fmt.Errorf("store: append to %s: %w", b.Incident, err))
}

func (s *Store) append(ctx context.Context, b incident.Batch) ([]incident.Record, *incident.State, error) {
	t := &batch{s: s, ctx: ctx, Batch: b}
	err := s.transaction(ctx, func() error {
		if err := t.head(); err != nil {
			return err
		}
		for i := range t.Records {
			if err := t.insert(&t.Records[i]); err != nil {
				return err
			}
		}
		if err := t.enqueue(); err != nil {
			return err
		}
		if err := t.redact(); err != nil {
			return err
		}
		return t.caches()
	})
	if err != nil {
		return nil, nil, err
	}
	t.spoil()
	return t.Records, t.State, nil
}

// spoil takes away the files that were redacted. What is on disk is on disk: a file that
// cannot be taken away now is when the log is tidied.
func (t *batch) spoil() {
	if !t.gone {
		return
	}
	if err := t.s.unfile(t.ctx); err != nil {
		slog.Warn("store: a file that was redacted is taken away later", "error", err)
	}
}

// batch is an incident.Batch inside its transaction.
type batch struct {
	incident.Batch
	s    *Store
	ctx  context.Context
	n    int64
	prev []byte
	hlc  int64
	row  incident.Row
	seen bool // the incident is there already
	gone bool // a redaction is among what was written
}

// head reads where the chain and the clock stand, and checks what was expected.
func (t *batch) head() error {
	var row []byte
	err := t.s.stmts.head.QueryRowContext(t.ctx, t.Incident[:], t.s.writer[:]).Scan(&t.n, &t.prev, &row, &t.hlc)
	if err != nil {
		return err
	}
	if t.prev == nil {
		t.prev = incident.Root(t.Incident, t.s.writer)
	}
	if row != nil && len(row) == 0 { // another version made it
		if err := t.s.refold(t.ctx, t.Incident); err != nil {
			return err
		}
		if err := t.s.stmts.head.QueryRowContext(t.ctx, t.Incident[:], t.s.writer[:]).Scan(&t.n, &t.prev, &row, &t.hlc); err != nil {
			return err
		}
	}
	switch t.seen = row != nil; {
	case !t.seen:
	case bytes.Equal(row, t.s.last.text):
		t.row = t.s.last.row
	default:
		if err := json.Unmarshal(row, &t.row); err != nil {
			return fmt.Errorf("read row: %w", err)
		}
	}
	if t.Ref != "" {
		var taken bool
		if err := t.s.wdb.QueryRowContext(t.ctx, "SELECT EXISTS (SELECT 1 FROM incident WHERE ref = ?)", t.Ref).Scan(&taken); err != nil {
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
	var cursor int64
	if err := t.s.stmts.cursor.QueryRowContext(t.ctx, t.Incident[:]).Scan(&cursor); err != nil {
		return err
	}
	if cursor != t.Expect {
		return incident.ErrMoved
	}
	if t.Hash == "" {
		return nil
	}
	_, err = t.s.wdb.ExecContext(t.ctx, "INSERT INTO kit VALUES (?, ?) ON CONFLICT DO NOTHING", t.Hash, t.Kit)
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
	if r.Sig == nil {
		r.Sig = []byte{} // as a file has it that says nothing of it; the column is never null
	}
	res, err := t.s.stmts.record.ExecContext(t.ctx, r.ID[:], r.Incident[:], r.Writer[:], r.N, r.HLC, r.At, r.TZ, r.RecordedAt,
		r.Actor[:], string(r.Kind), r.V, r.Prev, r.Digest, r.Hash, r.Sig)
	if err != nil {
		return err
	}
	if r.Cursor, err = res.LastInsertId(); err != nil {
		return err
	}
	if r.Body != nil {
		if _, err := t.s.stmts.body.ExecContext(t.ctx, r.Cursor, r.Salt, string(r.Body)); err != nil {
			return err
		}
		if _, err := t.s.stmts.search.ExecContext(t.ctx, r.Cursor); err != nil {
			return err
		}
	}
	t.gone = t.gone || r.Kind == (*incident.RecordRedacted)(nil).Kind()
	if p, ok := r.Event().(*incident.PersonNamed); ok && p.Name != "" {
		_, err = t.s.wdb.ExecContext(t.ctx, "INSERT INTO person VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name", p.Person[:], p.Name)
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
		t.s.last.text, t.s.last.row = row, t.row
		_, err = t.s.stmts.count.ExecContext(t.ctx, string(row), t.hlc, t.Incident[:])
		return err
	}
	if t.State == nil {
		t.State = incident.NewState(t.Incident)
	}
	advanced := true
	for i := range t.Records {
		if !t.State.Advance(&t.Records[i]) {
			all, err := records(t.ctx, t.s.wdb, "WHERE r.incident = ?", t.Incident[:])
			if err != nil {
				return err
			}
			t.State, advanced = incident.Fold(t.Incident, all), false
			break
		}
	}
	if advanced && t.s.folds.wait(t.Incident, len(t.Records)) {
		return t.s.keepRow(t.ctx, t.State, t.hlc)
	}
	return t.s.keep(t.ctx, t.State, t.hlc, t.Records[len(t.Records)-1].Cursor)
}

// folds is how large the state was of each incident when it was last kept, and how many
// records followed. A state is read by advancing what is kept over what followed, so a
// large one need not be written with each record: writing it costs as much as it is long,
// and a long night would slow down towards its end.
type folds map[incident.ID]struct{ size, behind int }

// perRecord is how many bytes of state one record pays for; one of less than small is
// written each time.
const (
	perRecord = 2 << 10
	small     = 32 << 10
)

// wait counts records and reports whether the state can wait for more of them.
func (f folds) wait(id incident.ID, n int) bool {
	v := f[id]
	v.behind += n
	f[id] = v
	return v.size > small && v.behind*perRecord < v.size
}

// keep writes the caches of one incident.
func (s *Store) keep(ctx context.Context, st *incident.State, hlc, cursor int64) error {
	if err := s.keepRow(ctx, st, hlc); err != nil {
		return err
	}
	state, err := json.Marshal(st)
	if err != nil {
		return err
	}
	_, err = s.wdb.ExecContext(ctx, "INSERT INTO folded (id, cursor, state) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor, state = excluded.state",
		st.ID[:], cursor, string(state))
	if err == nil { // should it be rolled back, one more is written a little later
		s.folds[st.ID] = struct{ size, behind int }{size: len(state)}
	}
	return err
}

// keepRow writes an incident's place in lists.
func (s *Store) keepRow(ctx context.Context, st *incident.State, hlc int64) error {
	row, err := json.Marshal(st.Row())
	if err != nil {
		return err
	}
	_, err = s.wdb.ExecContext(ctx, `INSERT INTO incident (id, ref, open, declared, hlc, row) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id)
		DO UPDATE SET ref = excluded.ref, open = excluded.open, declared = excluded.declared, hlc = excluded.hlc, row = excluded.row`,
		st.ID[:], st.Declared.Ref, st.Open(), st.Times[incident.DeclaredAt].Time, hlc, string(row))
	return err
}

// already finds the records of an order that was carried out before: those of its
// first record's transaction follow one another and share its time of writing.
func (s *Store) already(ctx context.Context, id incident.ID) ([]incident.Record, bool) {
	recs, err := records(ctx, s.wdb, "WHERE r.id = ?", id[:])
	return recs, err == nil && len(recs) == 1
}
