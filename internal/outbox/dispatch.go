package outbox

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Ledger keeps the queue. Its methods are safe for concurrent use and by several
// processes; a method that changes a row does so only while it is what was expected,
// and answers incident.ErrDelivery otherwise.
type Ledger interface {
	// Writer is the database file; rows of another one are never sent.
	Writer() incident.ID
	Lease(ctx context.Context, name, holder string, now, until int64) (bool, error)
	Release(ctx context.Context, name, holder string) error
	// Holder is who has a lease, also one that has run out; empty when nobody has.
	Holder(ctx context.Context, name string) (string, error)
	OpenDeliveries(ctx context.Context) ([]incident.Delivery, error)
	Delivery(ctx context.Context, id incident.ID) (incident.Delivery, error)
	Remotes(ctx context.Context, route, what string) ([]string, error)
	Move(ctx context.Context, t incident.Transition) error
	KeepHealth(ctx context.Context, h incident.RouteHealth) error
}

// Recorder writes outcomes down: the record and the change of the row in one transaction.
type Recorder interface {
	Settle(ctx context.Context, t incident.Transition, found bool) error
}

// Routes finds the medium of a route. Faults: Unreachable when it cannot be told now (a
// keyring that does not answer), any other when somebody has to mend something.
type Routes interface {
	Medium(ctx context.Context, route string) (Medium, error)
	// Blot takes every secret that we hold out of what another side said: it may repeat
	// the key that it was shown.
	Blot(text string) string
}

// Dispatcher sends what is in the queue. Several may run; the lease lets one of them.
type Dispatcher struct {
	ledger   Ledger
	recorder Recorder
	routes   Routes
	clock    clock.Clock
	holder   string
	changed  func(incident.ID) // an incident's rows look different
	point    func(string)      // for tests that kill: where we are
	ended    func(string) bool // whether the process with a mark has ended

	mu     sync.Mutex // what follows
	until  int64      // of the lease; 0 = not held
	busy   map[incident.ID]bool
	routed map[string]int // sends under way, by route
	paused map[string]int64
	under  sync.WaitGroup
}

// Bounds of the dispatcher.
const (
	leaseName = "outbox"
	lease     = 60 * time.Second
	parallel  = 4 // sends of one route at once
	glance    = 250 * time.Millisecond
	// Grace is for how long after an attempt not finding a message at the receiver means
	// nothing, on top of the medium's own time-out: a server may store what it was given
	// after we have given up.
	Grace = 30 * time.Second
	// Apart is how far two readings of a history are apart at least; Clean is how many of
	// them, all of them whole and after the grace, show that a message was not posted.
	Apart = 5 * time.Second
	Clean = 2
	// Tardy is how long after its claim a send may begin: who wakes up later has slept,
	// and somebody else may have taken over.
	tardy = 5 * time.Second
)

// New makes a dispatcher. changed is told of every row that changes; it must return soon.
func New(l Ledger, r Recorder, routes Routes, clk clock.Clock, changed func(incident.ID)) (*Dispatcher, error) {
	var id [16]byte
	if _, err := rand.Read(id[:]); err != nil {
		return nil, fmt.Errorf("outbox: name a dispatcher: %w", err)
	}
	return &Dispatcher{
		ledger: l, recorder: r, routes: routes, clock: clk, holder: hex.EncodeToString(id[:]), changed: changed, point: func(string) {}, ended: func(string) bool { return false },
		busy: map[incident.ID]bool{}, routed: map[string]int{}, paused: map[string]int64{},
	}, nil
}

// Within says in which process it runs, by a mark of it, and by what it is told that the
// process with a mark has ended: what a dead one held is taken over at once. It is given
// before the first pass.
func (d *Dispatcher) Within(process string, ended func(process string) bool) {
	d.holder += " " + process
	d.ended = ended
}

// AtPoints has a function called wherever the process may die between two things that
// belong together: "before claim", "after claim", "after send", "after found" and "after
// commit". It is for tests that end the process there, and is given before the first pass.
func (d *Dispatcher) AtPoints(do func(point string)) { d.point = do }

// NewKey makes the key of a delivery: 128 random bits.
func NewKey() (string, error) {
	var k [16]byte
	if _, err := rand.Read(k[:]); err != nil {
		return "", fmt.Errorf("outbox: make a key: %w", err)
	}
	return hex.EncodeToString(k[:]), nil
}

// Run sends until ctx ends, then waits for what is under way and gives the lease back.
func (d *Dispatcher) Run(ctx context.Context, trouble func(error)) {
	for {
		err := d.Pass(ctx)
		if ctx.Err() != nil {
			break
		}
		trouble(err)
		if d.clock.Wait(ctx, glance) != nil {
			break
		}
	}
	d.Close(context.WithoutCancel(ctx))
}

// Close waits for what is under way and gives the lease back.
func (d *Dispatcher) Close(ctx context.Context) {
	d.under.Wait()
	d.mu.Lock()
	held := d.until != 0
	d.until = 0
	d.mu.Unlock()
	if held {
		if err := d.ledger.Release(ctx, leaseName, d.holder); err != nil {
			slog.Warn("the outbox's lease runs out by itself", "error", err)
		}
	}
}

// Wait waits for the sends that are under way.
func (d *Dispatcher) Wait() { d.under.Wait() }

// Pass looks once at what there is to do and begins it. What takes long goes on after it
// has returned.
func (d *Dispatcher) Pass(ctx context.Context) error {
	rows, err := d.ledger.OpenDeliveries(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	now := clock.Milli(d.clock.Now())
	if mine, err := d.hold(ctx, now); err != nil || !mine {
		return err
	}
	if rows, err = d.ledger.OpenDeliveries(ctx); err != nil { // as they stand now that nobody else moves them
		return err
	}
	needed, err := d.needed(ctx, rows)
	if err != nil {
		return err
	}
	d.mu.Lock()
	v := view{now: now, writer: d.ledger.Writer(), busy: maps.Clone(d.busy), paused: maps.Clone(d.paused), needed: needed}
	d.mu.Unlock()
	var errs []error
	for _, s := range v.plan(rows) {
		if err := d.take(ctx, s, now); err != nil && !errors.Is(err, incident.ErrDelivery) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// hold takes the lease, or renews it in time.
func (d *Dispatcher) hold(ctx context.Context, now int64) (bool, error) {
	d.mu.Lock()
	until := d.until
	d.mu.Unlock()
	if left := until - now; left > lease.Milliseconds()/2 && left <= lease.Milliseconds() {
		return true, nil
	}
	until = now + lease.Milliseconds()
	mine, err := d.ledger.Lease(ctx, leaseName, d.holder, now, until)
	if err == nil && !mine {
		mine, err = d.inherit(ctx, now, until)
	}
	if err != nil || !mine {
		until = 0
	}
	d.mu.Lock()
	d.until = until
	d.mu.Unlock()
	return mine, err
}

// inherit takes the lease of a process that has ended without giving it back. Of several
// that try, the ledger lets one.
func (d *Dispatcher) inherit(ctx context.Context, now, until int64) (bool, error) {
	holder, err := d.ledger.Holder(ctx, leaseName)
	if err != nil {
		return false, err
	}
	_, process, _ := strings.Cut(holder, " ")
	if !d.ended(process) {
		return false, nil
	}
	if err := d.ledger.Release(ctx, leaseName, holder); err != nil { // nothing, when another one was quicker
		return false, err
	}
	return d.ledger.Lease(ctx, leaseName, d.holder, now, until)
}

// needed reads the rows that others need and that are not open any more.
func (d *Dispatcher) needed(ctx context.Context, rows []incident.Delivery) (map[incident.ID]incident.Delivery, error) {
	out := map[incident.ID]incident.Delivery{}
	for i := range rows {
		id := rows[i].Needs
		if _, known := out[id]; known || id.IsZero() {
			continue
		}
		n, err := d.ledger.Delivery(ctx, id)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		out[id] = n
	}
	return out, nil
}

// take does one step of a plan, or begins it.
func (d *Dispatcher) take(ctx context.Context, s step, now int64) error {
	next := s.row
	next.Changed, next.Why, next.Hint = now, s.why, s.hint
	switch s.do {
	case actSend, actReconcile:
		return d.begin(ctx, s)
	case actRecover:
		next.State, next.NotBefore, next.Settles, next.Misses = incident.DeliveryUnknown, now, now+Grace.Milliseconds(), 0
		return d.move(ctx, s.row, next)
	case actHold:
		next.State = incident.DeliveryHeld
	case actSupersede:
		next.State = incident.DeliverySuperseded
	case actLapse, actOrphan:
		next.State = incident.DeliveryCancelled
	}
	return d.settle(ctx, s.row, next, false)
}

func (d *Dispatcher) move(ctx context.Context, from, to incident.Delivery) error {
	err := d.ledger.Move(ctx, incident.Transition{From: from, To: to})
	if err == nil {
		d.changed(to.Incident)
	}
	return err
}

func (d *Dispatcher) settle(ctx context.Context, from, to incident.Delivery, found bool) error {
	err := d.recorder.Settle(ctx, incident.Transition{From: from, To: to}, found)
	if err == nil {
		d.changed(to.Incident)
	}
	return err
}

// begin sends or reconciles on a goroutine of its own, unless the route has enough to do.
func (d *Dispatcher) begin(ctx context.Context, s step) error {
	d.mu.Lock()
	if d.routed[s.row.Route] >= parallel {
		d.mu.Unlock()
		return nil
	}
	d.routed[s.row.Route]++
	d.busy[s.row.ID] = true
	d.mu.Unlock()
	row, ready, err := s.row, true, error(nil)
	if s.do == actSend {
		d.point("before claim")
		row, ready, err = d.claim(ctx, s.row)
		d.point("after claim")
	}
	if err != nil || !ready {
		d.done(s.row)
		return err
	}
	d.under.Go(func() {
		defer d.done(s.row)
		var err error
		if s.do == actSend {
			err = d.send(ctx, row)
		} else {
			err = d.reconcile(ctx, row)
		}
		if err != nil && !errors.Is(err, incident.ErrDelivery) && ctx.Err() == nil {
			slog.Error("the outbox", "route", s.row.Route, "error", err)
		}
	})
	return nil
}

func (d *Dispatcher) done(row incident.Delivery) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.routed[row.Route]--
	delete(d.busy, row.ID)
}
