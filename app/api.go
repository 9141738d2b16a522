package app

import (
	"context"
	"slices"
	"sort"
	"sync/atomic"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// API is what a page may call: one method a command. Every method answers with a
// fault as its error, never panics, and may be called at any time from any goroutine.
type API struct {
	backend atomic.Pointer[Backend]
	trouble atomic.Pointer[fault.Error]
	awaited atomic.Pointer[chan struct{}] // closed when either of them is there
}

// Await makes every call wait until Attach or Refuse.
func Await(a *API) {
	c := make(chan struct{})
	a.awaited.Store(&c)
}

// Attach gives the API its backend.
func Attach(a *API, b *Backend) {
	a.backend.Store(b)
	a.release()
}

// Refuse makes every call answer with what kept the backend from opening.
func Refuse(a *API, err error) {
	a.trouble.Store(fault.Of(err))
	a.release()
}

func (a *API) release() {
	if c := a.awaited.Swap(nil); c != nil {
		close(*c)
	}
}

// ready finds the backend, and opens the context of one call.
func (a *API) ready() (context.Context, *Backend, error) {
	if c := a.awaited.Load(); c != nil {
		<-*c
	}
	b := a.backend.Load()
	if b == nil {
		if t := a.trouble.Load(); t != nil {
			return nil, nil, t
		}
		return nil, nil, fault.New(fault.Unreachable, "still starting").WithHint("try again in a moment")
	}
	return context.Background(), b, nil
}

// order carries out a command of the person at this machine.
func (a *API) order(id, record string, at int64, cmd func(context.Context, *Backend, incident.ID) (incident.Command, error)) (err error) {
	defer guard(&err)
	ctx, b, inc, err := a.about(id)
	if err != nil {
		return err
	}
	rec, err := incident.ParseID(record)
	if err != nil {
		return err
	}
	c, err := cmd(ctx, b, inc)
	if err != nil {
		return err
	}
	me, err := b.me()
	if err != nil {
		return err
	}
	return b.do(ctx, cockpit.Order{Incident: inc, ID: rec, Actor: me, At: at, Command: c})
}

// plainly makes a command that needs no looking up.
func plainly(c incident.Command) func(context.Context, *Backend, incident.ID) (incident.Command, error) {
	return func(context.Context, *Backend, incident.ID) (incident.Command, error) { return c, nil }
}

// of makes a command about something that a face names by its id.
func of(id string, about func(incident.ID) incident.Command) func(context.Context, *Backend, incident.ID) (incident.Command, error) {
	return func(context.Context, *Backend, incident.ID) (incident.Command, error) {
		named, err := incident.ParseID(id)
		return about(named), err
	}
}

// do carries out an order, and keeps a standing fault on screen while the log cannot
// be written.
func (b *Backend) do(ctx context.Context, o cockpit.Order) error {
	_, err := b.cockpit.Do(ctx, o)
	b.written(err)
	return err
}

// written notices whether the log can be written.
func (b *Backend) written(err error) {
	switch {
	case err == nil:
		b.fault("log", nil)
	case fault.Is(err, fault.Unreachable):
		if !b.hasFault("log") {
			b.sayUnwritten(err)
		}
		b.fault("log", err)
	}
}

// about is what a call about one incident needs.
func (a *API) about(id string) (context.Context, *Backend, incident.ID, error) {
	ctx, b, err := a.ready()
	if err != nil {
		return ctx, b, incident.ID{}, err
	}
	inc, err := chosen(id)
	return ctx, b, inc, err
}

func chosen(id string) (incident.ID, error) {
	inc, err := incident.ParseID(id)
	if err == nil && inc.IsZero() {
		err = fault.Input("incident", "no incident is chosen").WithHint("choose one, or declare one first")
	}
	return inc, err
}

// Watch answers with everything about the station and, when one is named, about an
// incident: what a page needs to begin. Its timeline holds the latest rows; Earlier
// gives the rest.
func (a *API) Watch(id string) (n Notify, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return n, err
	}
	inc, err := incident.ParseID(id)
	if err != nil {
		return n, err
	}
	return b.watch(ctx, inc)
}

// first is how many rows of a timeline a page begins with.
const first = 300

func (b *Backend) watch(ctx context.Context, id incident.ID) (Notify, error) {
	return b.stream.answer(func(n *Notify) (err error) {
		if n.Station, err = b.stationView(ctx, n.Now); err != nil || id.IsZero() {
			return err
		}
		return b.cockpit.ViewTimeline(ctx, id, func(l *cockpit.Live) error {
			n.Live = b.liveView(l, n.Now)
			n.Timeline = b.lookFor(l, latest(l, "", first))
			return nil
		})
	})
}

// Earlier answers with the rows before one, at most 1,000.
func (a *API) Earlier(in EarlierInput) (v TimelineView, err error) {
	defer guard(&err)
	ctx, b, inc, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	err = b.cockpit.ViewTimeline(ctx, inc, func(l *cockpit.Live) error {
		v = *b.lookFor(l, latest(l, in.Before, min(max(in.Limit, 1), 1000)))
		return nil
	})
	return v, err
}

// latest are the last rows before a place in the order; "" is the end.
func latest(l *cockpit.Live, before string, limit int) *TimelineView {
	rows := slices.DeleteFunc(l.Timeline.Entries(), func(e *incident.Entry) bool { return compose.Silent(e) })
	end := len(rows)
	if before != "" {
		end = sort.Search(len(rows), func(i int) bool { return sortKey(rows[i]) >= before })
	}
	from := max(0, end-limit)
	return timelineView(l, rows[from:end], from)
}

func (in DeclareInput) declared() incident.Declared {
	return incident.Declared{
		Title: in.Title, Type: in.Type, Severity: in.Severity, Impact: in.Impact, Started: in.Started, Detected: in.Detected,
		Summary: in.Summary, Source: in.Source, Reporter: in.Reporter, Thread: in.Thread, Video: in.Video, Security: in.Security, Backfill: in.Backfill,
		Environments: in.Environments, Regions: in.Regions, Services: in.Services, Invited: in.Invited, Signs: in.Signs,
	}
}

// Declare opens an incident and answers like Watch.
func (a *API) Declare(in DeclareInput) (n Notify, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return n, err
	}
	id, err := incident.ParseID(in.ID)
	if err != nil {
		return n, err
	}
	me, err := b.me()
	if err != nil {
		return n, err
	}
	if err := Shaped(in.Channel); err != nil {
		return n, err
	}
	id, err = b.cockpit.Declare(ctx, id, me, in.DeclaredAt, incident.Declare{Declared: in.declared()})
	b.written(err)
	if err != nil {
		return n, err
	}
	b.fault("channel", b.outgoing.OpenChannel(ctx, cockpit.Order{Incident: id, Actor: me}, in.Channel)) // the incident is declared all the same
	return b.watch(ctx, id)
}
