package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/feed"
	"quarterdeck/internal/ical"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/oncall"
)

func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return clock.Milli(t)
}

// onCallView shapes who is on call at an instant.
func (r *Rota) onCallView(k *kit.Kit, at, now time.Time) *OnCallView {
	roster := r.Around(at)
	copies, _ := r.Copies()
	v := &OnCallView{At: milli(at), Rows: []OnCallRow{}, Soon: []HandoverView{}, Feeds: r.feedViews(now)}
	for i := range roster.Lanes {
		v.Rows = append(v.Rows, onCallRow(k, &roster.Lanes[i], copies, v.Feeds, at, now))
	}
	order := func(role string) int {
		if i := slices.IndexFunc(k.Roles, func(x kit.Role) bool { return x.ID == role }); i >= 0 {
			return i
		}
		return len(k.Roles)
	}
	slices.SortStableFunc(v.Rows, func(a, b OnCallRow) int { return cmp.Compare(order(a.Role), order(b.Role)) })
	for _, h := range roster.Handovers(at) {
		hv := HandoverView{Role: kitRole(k, h.Role), Schedule: h.Schedule, At: milli(h.At), From: []string{}}
		for _, w := range h.From {
			hv.From = append(hv.From, w.Name)
		}
		if h.To != nil {
			hv.To = h.To.Name
		}
		v.Soon = append(v.Soon, hv)
	}
	return v
}

// kitRole is the kit's role that a calendar means; empty when it means none.
func kitRole(k *kit.Kit, word string) string {
	if word == "" {
		return ""
	}
	if id := Role(k, word); k.Role(id) != nil {
		return id
	}
	return ""
}

func onCallRow(k *kit.Kit, l *oncall.Lane, copies map[string]feed.Copy, feeds []FeedView, at, now time.Time) OnCallRow {
	a := l.At(at)
	row := OnCallRow{Role: kitRole(k, l.Role), Lane: l.Role, Schedule: l.Schedule, Word: string(a.Word), On: []OnDutyView{}, Until: milli(a.Until),
		Contested: a.Contested, Horizon: milli(l.Horizon), Look: string(cadence.Nominal)}
	for _, t := range a.On {
		row.On = append(row.On, onDutyView(&t, at))
	}
	if a.Next != nil {
		n := turnView(a.Next)
		row.Next = &n
	}
	if a.Previous != nil {
		p := turnView(a.Previous)
		row.Previous = &p
	}
	for _, name := range l.Calendars {
		if read := copies[name].Good; row.Read == 0 || read < row.Read {
			row.Read = read
		}
		for _, f := range feeds {
			if f.Name == name && row.Stale == "" && f.Look != string(cadence.Nominal) {
				row.Stale, row.Look = cmp.Or(f.Trouble, "it has not been looked at for long"), f.Look
			}
		}
	}
	switch {
	case a.Word == oncall.Nobody:
		row.Look = string(cadence.Warning)
	case a.Contested:
		row.Look = worse(row.Look, cadence.Caution)
	case !l.Horizon.IsZero() && l.Horizon.Before(now.Add(48*time.Hour)):
		row.Look = worse(row.Look, cadence.Caution)
	}
	return row
}

func onDutyView(t *oncall.Turn, at time.Time) OnDutyView {
	v := OnDutyView{Name: t.Who.Name, Email: t.Who.Email, Phone: t.Who.Phone, Zone: t.Who.Zone, Known: t.Who.Known, Start: milli(t.Start), End: milli(t.End),
		Open: t.Shift.Open, Override: t.Shift.Override, Title: t.Shift.Title, Calendar: t.Shift.Calendar}
	if v.Zone == "" {
		return v
	}
	if z := ical.Zone(v.Zone); z != nil {
		local := at.In(z)
		_, offset := local.Zone()
		v.Offset, v.Night = offset/60, local.Hour() >= 22 || local.Hour() < 8
	}
	return v
}

func turnView(t *oncall.Turn) TurnView {
	v := TurnView{Name: t.Who.Name, Known: t.Who.Known, Start: milli(t.Start), End: milli(t.End), Open: t.Shift.Open, Override: t.Shift.Override,
		Tentative: t.Shift.Tentative, AllDay: t.Shift.AllDay, Title: t.Shift.Title, Calendar: t.Shift.Calendar}
	if v.Calendar == "" {
		v.ID = t.Shift.UID
	}
	return v
}

// old is after how long without a look a copy is worth a word, and a loud one.
const (
	oldIntervals = 2
	tooOld       = 24 * time.Hour
)

// usualLook is how often a calendar is looked at when nothing is said.
const usualLook = 15 * time.Minute

// Feeds is every calendar and how its copy is, by name.
func (r *Rota) Feeds(now time.Time) []FeedView { return r.feedViews(now) }

func (r *Rota) feedViews(now time.Time) []FeedView {
	settings := r.Settings()
	copies, hidden := r.Copies()
	shown := r.hosts()
	out := []FeedView{}
	for i := range settings.Calendars {
		c := &settings.Calendars[i]
		k := copies[c.Name]
		v := FeedView{Name: c.Name, From: cmp.Or(shown[c.Name], ShownSource(c)), Schedule: c.Feeds(), Role: c.Role, Preset: string(cmp.Or(c.Preset, oncall.Auto)), Override: c.Override, Zone: c.Zone,
			ByDesign: append([]string{}, c.ByDesign...), Read: k.Good, Tried: k.Tried, Next: k.Next, Changed: k.Changed, Held: k.Held != nil, Notes: []string{}, Look: string(cadence.Nominal)}
		if k.Report != nil {
			v.Events, v.Skipped = k.Report.Events, k.Report.Skipped
			for _, n := range k.Report.Notes[:min(len(k.Report.Notes), 5)] {
				v.Notes = append(v.Notes, strings.TrimSuffix(n.What, ".")+": "+n.Consequence)
			}
		}
		if t := k.Trouble; t != nil {
			v.Kind, v.Trouble, v.Hint, v.Since = string(t.Kind), t.Text, t.Hint, t.Since
		} else if err := hidden[c.Name]; err != nil {
			f := faultView(err)
			v.Kind, v.Trouble, v.Hint = "hidden", f.Message, f.Hint
		}
		age := milli(now) - v.Read
		every := cmp.Or(c.Refresh, usualLook)
		switch {
		case v.Read == 0 && v.Trouble == "": // not looked at yet
		case v.Read == 0, age > tooOld.Milliseconds():
			v.Look = string(cadence.Warning)
		case age > oldIntervals*every.Milliseconds(), v.Held:
			v.Look = string(cadence.Caution)
		case v.Trouble != "":
			v.Look = string(cadence.Advisory)
		}
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b FeedView) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// ShownSource is where a calendar comes from, as far as it may be seen.
func ShownSource(c *oncall.Calendar) string {
	if c.Secret != "" {
		return "the secret " + c.Secret
	}
	f, err := FeedOf(context.Background(), "", c, nil)
	if err != nil {
		return "…"
	}
	if c.File != "" {
		return c.File
	}
	return f.Shown()
}

// calendarView shapes the picture of a stretch of time.
func (r *Rota) calendarView(k *kit.Kit, from, to, now time.Time) CalendarView {
	roster := r.Between(from, to)
	v := CalendarView{From: milli(from), To: milli(to), Lanes: []LaneView{}, Events: []EventView{}, Overrides: []OverrideView{}, Loads: []LoadView{}, Feeds: r.feedViews(now),
		Problems: append([]string{}, roster.Problems...)}
	for i := range roster.Lanes {
		v.Lanes = append(v.Lanes, laneView(k, &roster.Lanes[i], from, to))
	}
	order := func(role string) int {
		if i := slices.IndexFunc(k.Roles, func(x kit.Role) bool { return x.ID == role }); i >= 0 {
			return i
		}
		return len(k.Roles)
	}
	slices.SortStableFunc(v.Lanes, func(a, b LaneView) int { return cmp.Compare(order(a.Role), order(b.Role)) })
	for _, o := range r.Settings().Overrides {
		if o.To.After(from) && o.From.Before(to) {
			v.Overrides = append(v.Overrides, OverrideView{o.ID, o.Schedule, o.Role, o.Person, milli(o.From), milli(o.To), o.Note})
		}
	}
	for _, l := range roster.Loads(from, to) {
		v.Loads = append(v.Loads, LoadView{l.Who.Name, int(l.Hours / time.Minute), l.Nights, l.Days, l.Turns})
	}
	return v
}

func laneView(k *kit.Kit, l *oncall.Lane, from, to time.Time) LaneView {
	v := LaneView{Role: kitRole(k, l.Role), Lane: l.Role, Schedule: l.Schedule, Zone: l.Zone.String(), Calendars: append([]string{}, l.Calendars...),
		Turns: []TurnView{}, Gaps: spanViews(l.Gaps(from, to)), Quiet: spanViews(l.Quiet(from, to)), Overlaps: []OverlapView{}, Horizon: milli(l.Horizon)}
	for i := range l.Turns {
		if t := &l.Turns[i]; t.End.After(from) && t.Start.Before(to) {
			v.Turns = append(v.Turns, turnView(t))
		}
	}
	for _, o := range l.Overlaps {
		if o.End.After(from) && o.Start.Before(to) {
			names := []string{}
			for _, w := range o.Who {
				names = append(names, w.Name)
			}
			v.Overlaps = append(v.Overlaps, OverlapView{milli(o.Start), milli(o.End), names})
		}
	}
	return v
}

func spanViews(spans []oncall.Span) []SpanView {
	out := make([]SpanView, len(spans))
	for i, s := range spans {
		out[i] = SpanView{milli(s.Start), milli(s.End)}
	}
	return out
}

// uncovered are the stretches soon in which nobody is on call though somebody should be.
func (r *Rota) uncovered(now time.Time) (out []cadence.Deadline) {
	roster := r.Roster()
	for i := range roster.Lanes {
		l := &roster.Lanes[i]
		for _, g := range l.Gaps(now.Add(-time.Hour), now.Add(24*time.Hour)) {
			if g.End.After(now) {
				out = append(out, cadence.Uncovered(cmp.Or(l.Schedule, l.Role), milli(g.Start)))
				break // the next one of each
			}
		}
	}
	return out
}

// changes is when the view of an instant becomes another one by itself: somebody's turn
// begins or ends, a hand-over comes near, a copy becomes old.
func (r *Rota) changes(v *OnCallView, now time.Time) int64 {
	next := milli(r.Roster().Changes(now))
	at := milli(now)
	sooner := func(t int64) {
		if t > at && t < next {
			next = t
		}
	}
	hour := time.Hour.Milliseconds()
	for i := range v.Rows {
		row := &v.Rows[i]
		sooner(row.Until - hour)
		if row.Horizon > 0 {
			sooner(row.Horizon - 48*hour)
		}
	}
	settings := r.Settings()
	for i := range settings.Calendars {
		c := &settings.Calendars[i]
		for _, f := range v.Feeds {
			if f.Name == c.Name && f.Read > 0 {
				sooner(f.Read + oldIntervals*cmp.Or(c.Refresh, usualLook).Milliseconds() + 1)
				sooner(f.Read + tooOld.Milliseconds() + 1)
			}
		}
	}
	return next
}
