package app

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// board is the six annunciators of one incident while they are made.
type board struct {
	b     *Backend
	s     *incident.State
	now   int64
	many  map[string]bool // cautions that are shown as one
	cells [6]CellView
	acked [6]bool // everything that lights it has been acknowledged
}

// The cells in their places.
const (
	first1, first2    = 0, 1
	cellActions       = 2
	cellRoles         = 3
	cellDelivery      = 4
	cellLink          = 5
	flooded           = "flood"
	nominal, advisory = string(cadence.Nominal), string(cadence.Advisory)
)

// cells are the six annunciators: two promises, actions, roles, delivery, link. Four
// cautions that came at once are one. Of other incidents they show what is more urgent.
func (b *Backend) cells(s *incident.State, rows []incident.Delivery, ds []cadence.Deadline, now int64) []CellView {
	c := &board{b: b, s: s, now: now, many: cadence.Flood(ds, now)}
	for i, id := range []string{"promise-1", "promise-2", "actions", "roles", "delivery", "link"} {
		c.cells[i] = CellView{ID: id, Look: nominal, Kind: "none"}
		c.acked[i] = true
	}
	c.cells[cellActions].Kind, c.cells[cellActions].Count = "open", len(s.OpenActions())
	c.cells[cellRoles].Kind = "open"
	c.cells[cellDelivery], c.cells[cellLink] = delivery(s, rows, now), b.link()
	place := first1
	for i := range ds {
		d := &ds[i]
		if d.Kind == cadence.Promise {
			if place <= first2 {
				c.promise(place, d, "")
			}
			place++
			continue
		}
		c.light(d)
	}
	for _, d := range slices.Concat(b.undelivered(context.Background(), s.ID), b.own()) {
		c.light(&d)
	}
	c.elsewhere()
	if len(c.many) > 0 {
		c.collapse(ds)
	}
	out := make([]CellView, len(c.cells))
	for i := range c.cells {
		c.cells[i].Acked = c.acked[i] && cadence.Look(c.cells[i].Look).Level() >= cadence.Caution.Level()
		out[i] = c.cells[i]
	}
	return out
}

// look is how a deadline lights its cell; one of many leaves that to the one cell.
func (c *board) look(d *cadence.Deadline) cadence.Look {
	look := d.Look(c.now)
	if look == cadence.Caution && c.many[d.Key] {
		return cadence.Advisory
	}
	return look
}

func (c *board) promise(place int, d *cadence.Deadline, ref string) {
	v := &c.cells[place]
	v.Look, v.Subject, v.Due, v.Kind, v.Ref, v.Incident = string(c.look(d)), d.Subject, d.Due, "promise", ref, ""
	if ref != "" {
		v.Incident = d.Incident.String()
	}
	c.acked[place] = c.b.panel.seen(d, c.now) != 0 || c.now < d.Silent
}

// light shows a deadline in the cell that it belongs to.
func (c *board) light(d *cadence.Deadline) {
	look := c.look(d)
	switch d.Kind {
	case cadence.Action, cadence.Measure:
		if d.Look(c.now) == cadence.Caution {
			c.raise(cellActions, d, look, "late", true)
		}
	case cadence.Quiet:
		if look != cadence.Nominal && c.cells[cellActions].Look == nominal {
			c.cells[cellActions].Due = d.From
			c.raise(cellActions, d, look, "quiet", false)
		}
	case cadence.Exits:
		if c.cells[cellActions].Look == nominal || c.cells[cellActions].Kind == "quiet" {
			c.raise(cellActions, d, look, "met", false)
		}
	case cadence.Assess: // the severity is shown by NEXT, and here when its time is up
		if look != cadence.Nominal && c.cells[cellRoles].Kind == "open" && c.cells[cellRoles].Count == 0 {
			c.raise(cellRoles, d, look, "assess", false)
		}
	case cadence.Role:
		if c.cells[cellRoles].Kind != "open" {
			c.cells[cellRoles].Kind, c.cells[cellRoles].Count = "open", 0
		}
		c.raise(cellRoles, d, look, "open", true)
	case cadence.Command:
		if look != cadence.Nominal {
			c.cells[cellRoles].Due = d.Due
			c.raise(cellRoles, d, look, "command", false)
		}
	case cadence.Duty: // a tired commander is a matter of roles
		if look != cadence.Nominal && c.cells[cellRoles].Count == 0 {
			c.cells[cellRoles].Due = d.From
			c.raise(cellRoles, d, look, "duty", false)
		}
	case cadence.Span:
		if c.cells[cellRoles].Look == nominal {
			c.raise(cellRoles, d, look, "span", false)
			c.cells[cellRoles].Count = c.s.Span()
		}
	case cadence.Check: // what was decided is work like an action
		if look != cadence.Nominal {
			c.raise(cellActions, d, look, "late", true)
		}
	case cadence.Help:
		if look != cadence.Nominal && c.cells[cellRoles].Look == nominal {
			c.raise(cellRoles, d, look, "help", false)
		}
	case cadence.Log, cadence.Away, cadence.Route:
		if look.Level() > cadence.Look(c.cells[cellLink].Look).Level() {
			c.cells[cellLink].Due, c.cells[cellLink].Subject = d.From, d.Subject
			c.raise(cellLink, d, look, string(d.Kind), false)
		}
	case cadence.Delivery:
		c.raise(cellDelivery, d, look, "failed", false) // the rows themselves are counted
	}
}

// raise lights a cell at least as a look; counted cells count what lights them.
func (c *board) raise(place int, d *cadence.Deadline, look cadence.Look, kind string, counted bool) {
	v := &c.cells[place]
	if v.Kind != kind {
		v.Kind, v.Count = kind, 0
	}
	v.Look = worse(v.Look, look)
	if counted {
		v.Count++
	}
	if look.Level() >= cadence.Caution.Level() {
		c.acked[place] = c.acked[place] && (c.b.panel.seen(d, c.now) != 0 || c.now < d.Silent)
	}
}

// elsewhere gives a promise's cell to what is more urgent in another incident, and says
// in which.
func (c *board) elsewhere() {
	for _, d := range c.b.panel.elsewhere(c.s.ID, c.now) {
		place := first2
		if cadence.Look(c.cells[first2].Look).Level() >= d.Look(c.now).Level() {
			place = first1
		}
		if cadence.Look(c.cells[place].Look).Level() >= d.Look(c.now).Level() || c.cells[place].Ref != "" {
			return
		}
		kind := string(d.Kind)
		c.promise(place, &d, c.b.ref(d.Incident))
		c.cells[place].Kind = kind
	}
}

// collapse shows many cautions in one cell.
func (c *board) collapse(ds []cadence.Deadline) {
	v := &c.cells[cellActions]
	v.Kind, v.Count, v.Look, v.Due = flooded, len(c.many), string(cadence.Caution), 0
	c.acked[cellActions] = true
	for i := range ds {
		if d := &ds[i]; c.many[d.Key] {
			c.acked[cellActions] = c.acked[cellActions] && (c.b.panel.seen(d, c.now) != 0 || c.now < d.Silent)
		}
	}
}

// link says whether alarms can reach the commander outside the window.
func (b *Backend) link() CellView {
	c := CellView{ID: "link", Look: nominal, Kind: "alerts"}
	a := b.alerts()
	switch {
	case a.Silent != 0:
		c.Kind, c.Due = "silent", a.Silent
	case !a.Desktop:
		c.Kind = "no-alerts"
	}
	return c
}

func worse(a string, b cadence.Look) string {
	if b.Level() > cadence.Look(a).Level() {
		return string(b)
	}
	return a
}

// ref is what an incident is called; empty when it cannot be said. It reads the list:
// the cockpit may be held by who asks.
func (b *Backend) ref(id incident.ID) string {
	rows, err := b.store.Open(context.Background())
	if err != nil {
		slog.Warn("the name of an incident", "error", err)
		return ""
	}
	cockpit.Distinguish(rows)
	for _, r := range rows {
		if r.ID == id {
			return r.Ref
		}
	}
	return ""
}

// alarms counts what was annunciated until the incident ended; nil when that cannot be
// said.
func (b *Backend) alarms(s *incident.State) *AlarmsView {
	b.panel.flush(context.Background())
	v, err := AlarmsOf(context.Background(), b.store, s)
	if err != nil {
		slog.Warn("how often it alarmed", "error", err)
		return nil
	}
	return &v
}

// Annunciations are kept beside the log, one list an incident.
type Annunciations interface {
	Annunciations(ctx context.Context, id incident.ID) ([]cadence.Annunciation, error)
}

// AlarmsOf counts what was annunciated in an incident on this machine, from its
// declaration until it was resolved, or until the latest record.
func AlarmsOf(ctx context.Context, book Annunciations, s *incident.State) (v AlarmsView, err error) {
	list, err := book.Annunciations(ctx, s.ID)
	if err != nil {
		return v, err
	}
	from, to := s.Times[incident.DeclaredAt].Time, s.LastAt
	if t := s.Times[incident.ResolvedAt].Time; s.Phase.Over() && t != 0 {
		to = t
	}
	split := cadence.SplitOf(list, to-from)
	return AlarmsView{
		Total: split.Total(), Advisory: split.Advisory, Caution: split.Caution, Warning: split.Warning, Minutes: split.Minutes, PerTen: fmt.Sprintf("%.1f", split.PerTen()),
		AdvisoryShare: split.Percent(split.Advisory), WarningShare: split.Percent(split.Warning),
		MostPerTen: fmt.Sprintf("%.0f", cadence.MostPerTen), LeastAdvisory: cadence.LeastAdvisory, MostWarning: cadence.MostOfWarnings,
	}, nil
}

// Acknowledge says that the commander has seen what is lit: cautions keep their frame
// only, warnings are silent for ten minutes and stay. An empty key means all of it.
func (a *API) Acknowledge(in AckInput) (v AckView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return v, err
	}
	v.Count = b.panel.acknowledge(in.Key, b.now())
	b.stream.touchOpen()
	b.stream.station()
	return v, nil
}

// Audible says whether a page can sound by itself; while none can, bubbles sound.
func (a *API) Audible(yes bool) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.audible = yes
	b.mu.Unlock()
	return nil
}

// Alarms is the list of every alarm that there is.
func (a *API) Alarms() (out []RuleView, err error) {
	defer guard(&err)
	out = []RuleView{}
	if _, _, err := a.ready(); err != nil {
		return out, err
	}
	for _, r := range cadence.Rules {
		out = append(out, RuleView{r.ID, string(r.Look), r.When, r.Act, r.Ends})
	}
	return out, nil
}
