package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

const outboxColumns = `id, incident, record, actor, audience, route, target, what, stream, seq, key, text, payload, by_hand, needs, keep, merges, lapses, created,
	writer, state, attempts, misses, not_before, stale_after, first_try, last_try, settles, remote, link, why, hint, changed`

// enqueue puts deliveries into the queue, inside the transaction of their records.
func (t *batch) enqueue() error {
	for i := range t.Deliveries {
		d := &t.Deliveries[i]
		d.Incident, d.Writer, d.State = t.Incident, t.s.writer, incident.DeliveryQueued
		err := t.s.wdb.QueryRowContext(t.ctx, "SELECT 1 + coalesce(max(seq), 0) FROM outbox WHERE stream = ?", d.Stream).Scan(&d.Seq)
		if err != nil {
			return fmt.Errorf("number %s: %w", d.Stream, err)
		}
		if d.Payload == nil {
			d.Payload = []byte{}
		}
		_, err = t.s.wdb.ExecContext(t.ctx, "INSERT INTO outbox ("+outboxColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
			?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			d.ID[:], d.Incident[:], d.Record[:], d.Actor[:], d.Audience, d.Route, d.Target, d.What, d.Stream, d.Seq, d.Key, d.Text, d.Payload, d.ByHand, d.Needs[:],
			d.Keep, d.Merges, d.Lapses, d.Created, d.Writer[:], string(d.State), d.Attempts, d.Misses, d.NotBefore, d.StaleAfter, d.FirstTry, d.LastTry, d.Settles,
			d.Remote, d.Link, d.Why, d.Hint, d.Changed)
		if err != nil {
			return fmt.Errorf("enqueue for %s: %w", d.Route, err)
		}
	}
	for i := range t.Transitions {
		if err := t.s.transit(t.ctx, &t.Transitions[i]); err != nil {
			return err
		}
	}
	return nil
}

// transit changes one row, when it is still what it was; the caller holds mu.
func (s *Store) transit(ctx context.Context, t *incident.Transition) error {
	if !t.Valid() {
		return fault.New(fault.Conflict, "a delivery that is %s cannot become %s", t.From.State, t.To.State).WithHint("look at the outbox again")
	}
	f, d := &t.From, &t.To
	res, err := s.wdb.ExecContext(ctx, `UPDATE outbox SET writer = ?, state = ?, attempts = ?, misses = ?, not_before = ?, stale_after = ?, first_try = ?, last_try = ?,
		settles = ?, remote = ?, link = ?, why = ?, hint = ?, changed = ? WHERE id = ? AND state = ? AND attempts = ? AND misses = ? AND writer = ?`,
		d.Writer[:], string(d.State), d.Attempts, d.Misses, d.NotBefore, d.StaleAfter, d.FirstTry, d.LastTry, d.Settles, d.Remote, d.Link, d.Why, d.Hint, d.Changed,
		f.ID[:], string(f.State), f.Attempts, f.Misses, f.Writer[:])
	if err != nil {
		return fmt.Errorf("store: %s becomes %s: %w", f.State, d.State, err)
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, incident.ErrDelivery)
	}
	return nil
}

// Move changes a row of the queue where no record has to say so. incident.ErrDelivery
// says that it went on meanwhile.
func (s *Store) Move(ctx context.Context, t incident.Transition) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.explain(s.transit(context.WithoutCancel(ctx), &t))
}

// OpenDeliveries are those with which something can still happen, in the order of
// their streams.
func (s *Store) OpenDeliveries(ctx context.Context) ([]incident.Delivery, error) {
	return s.deliveries(ctx, "WHERE state NOT IN ('sent', 'superseded', 'cancelled') ORDER BY created, stream, seq")
}

// Deliveries are those of one incident, the oldest first.
func (s *Store) Deliveries(ctx context.Context, id incident.ID) ([]incident.Delivery, error) {
	return s.deliveries(ctx, "WHERE incident = ? ORDER BY created, stream, seq", id[:])
}

// LatestDeliveries are the last ones of all incidents, the latest first.
func (s *Store) LatestDeliveries(ctx context.Context, limit int) ([]incident.Delivery, error) {
	return s.deliveries(ctx, "ORDER BY created DESC, stream, seq DESC LIMIT ?", limit)
}

// Delivery is one of them; the fault is NotFound.
func (s *Store) Delivery(ctx context.Context, id incident.ID) (incident.Delivery, error) {
	rows, err := s.deliveries(ctx, "WHERE id = ?", id[:])
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.NotFound, "there is no such row in the outbox")
	}
	if err != nil {
		return incident.Delivery{}, err
	}
	return rows[0], nil
}

// Remotes are the ids that receivers gave to what was sent by a route, of one kind.
func (s *Store) Remotes(ctx context.Context, route, what string) ([]string, error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT DISTINCT remote FROM outbox WHERE route = ? AND what = ? AND remote <> ''", route, what)
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: read what was sent by %s: %w", route, err))
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var r string
		if err := rows.Scan(&r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, s.explain(rows.Err())
}

func (s *Store) deliveries(ctx context.Context, tail string, args ...any) ([]incident.Delivery, error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT "+outboxColumns+" FROM outbox "+tail, args...)
	if err != nil {
		return nil, s.explain(fmt.Errorf("store: read the outbox: %w", err))
	}
	defer rows.Close()
	var out []incident.Delivery
	for rows.Next() {
		var d incident.Delivery
		var id, inc, rec, actor, needs, writer []byte
		var state string
		err := rows.Scan(&id, &inc, &rec, &actor, &d.Audience, &d.Route, &d.Target, &d.What, &d.Stream, &d.Seq, &d.Key, &d.Text, &d.Payload, &d.ByHand, &needs,
			&d.Keep, &d.Merges, &d.Lapses, &d.Created, &writer, &state, &d.Attempts, &d.Misses, &d.NotBefore, &d.StaleAfter, &d.FirstTry, &d.LastTry, &d.Settles,
			&d.Remote, &d.Link, &d.Why, &d.Hint, &d.Changed)
		if err != nil {
			return nil, fmt.Errorf("store: read the outbox: %w", err)
		}
		for to, from := range map[*incident.ID][]byte{&d.ID: id, &d.Incident: inc, &d.Record: rec, &d.Actor: actor, &d.Needs: needs, &d.Writer: writer} {
			copy(to[:], from)
		}
		d.State = incident.DeliveryState(state)
		out = append(out, d)
	}
	return out, s.explain(rows.Err())
}

// OutboxMark grows with every change of the queue, by whichever process.
func (s *Store) OutboxMark(ctx context.Context) (n int64, err error) {
	err = s.rdb.QueryRowContext(ctx, "SELECT n FROM outbox_mark").Scan(&n)
	return n, s.explain(err)
}

// Lease takes or renews a lease until a time; false while another holder has it. Times are ms UTC.
func (s *Store) Lease(ctx context.Context, name, holder string, now, until int64) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	res, err := s.wdb.ExecContext(ctx, `INSERT INTO lease VALUES (?1, ?2, ?4) ON CONFLICT (name) DO UPDATE SET holder = ?2, until = ?4
		WHERE lease.holder = ?2 OR lease.until <= ?3 OR lease.until > ?3 + 3600000`, name, holder, now, until) // one that ends in hours is of a clock that was set back
	if err != nil {
		return false, s.explain(fmt.Errorf("store: lease %s: %w", name, err))
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// Holder is who has a lease, also one that has run out; empty when nobody has.
func (s *Store) Holder(ctx context.Context, name string) (holder string, err error) {
	err = s.rdb.QueryRowContext(ctx, "SELECT holder FROM lease WHERE name = ?", name).Scan(&holder)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return holder, s.explain(err)
}

// Release gives a lease back.
func (s *Store) Release(ctx context.Context, name, holder string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.wdb.ExecContext(ctx, "DELETE FROM lease WHERE name = ? AND holder = ?", name, holder)
	return s.explain(err)
}

// KeepHealth notes what a call of a route showed.
func (s *Store) KeepHealth(ctx context.Context, h incident.RouteHealth) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.wdb.ExecContext(ctx, `INSERT INTO route_health VALUES (?1, ?2, ?3, ?3, ?4, ?5) ON CONFLICT (route) DO UPDATE SET
		since = CASE WHEN route_health.works = ?2 THEN route_health.since ELSE ?3 END, works = ?2, at = ?3, why = ?4, hint = ?5`, h.Route, h.Works, h.At, h.Why, h.Hint)
	return s.explain(err)
}

// Health is what the last calls of the routes showed, by their names.
func (s *Store) Health(ctx context.Context) (map[string]incident.RouteHealth, error) {
	rows, err := s.rdb.QueryContext(ctx, "SELECT route, works, at, since, why, hint FROM route_health")
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, s.explain(err)
	}
	defer rows.Close()
	out := map[string]incident.RouteHealth{}
	for rows.Next() {
		var h incident.RouteHealth
		if err := rows.Scan(&h.Route, &h.Works, &h.At, &h.Since, &h.Why, &h.Hint); err != nil {
			return nil, err
		}
		out[h.Route] = h
	}
	return out, s.explain(rows.Err())
}
