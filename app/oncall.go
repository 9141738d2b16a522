package app

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/ical"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

// OnCall says who is on call at any instant; 0 = now.
func (a *API) OnCall(at int64) (v OnCallView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return v, err
	}
	now := b.clock.Now()
	t := now
	if at != 0 {
		if t, err = moment("at", at); err != nil {
			return v, err
		}
	}
	return *b.rota.onCallView(b.inForce().Kit, t, now), nil
}

// moment is an instant that calendars can be asked about.
func moment(field string, ms int64) (time.Time, error) {
	t := time.UnixMilli(ms).UTC()
	if y := t.Year(); y < 1970 || y > 2200 {
		return t, fault.Input(field, "calendars do not reach that far").WithHint("ask about a time between 1970 and 2200")
	}
	return t, nil
}

// widest is how long a stretch can be drawn at once.
const widest = 400 * 24 * time.Hour

// Calendar is the picture of a stretch of time.
func (a *API) Calendar(in SpanInput) (v CalendarView, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	from, err := moment("from", in.From)
	if err != nil {
		return v, err
	}
	to, err := moment("to", in.To)
	if err != nil {
		return v, err
	}
	if !from.Before(to) || to.Sub(from) > widest {
		return v, fault.Input("to", "a picture shows between a moment and 400 days").WithHint("choose a shorter stretch")
	}
	v = b.rota.calendarView(b.inForce().Kit, from, to, b.clock.Now())
	v.Events, err = b.events(ctx, in.From, in.To)
	return v, err
}

// events are incidents and retrospectives in a stretch of time.
func (b *Backend) events(ctx context.Context, from, to int64) ([]EventView, error) {
	rows, err := b.store.Rows(ctx, listed)
	if err != nil {
		return nil, err
	}
	cockpit.Distinguish(rows)
	out := []EventView{}
	for _, r := range rows {
		if r.Declared < to && (r.Ended == 0 || r.Ended > from) {
			out = append(out, EventView{"incident", r.ID.String(), r.Ref, r.Title, r.Severity, r.Declared, r.Ended})
		}
		err := b.cockpit.View(ctx, r.ID, func(l *cockpit.Live) error {
			if p := l.State.Retro; p != nil && p.Time >= from && p.Time < to {
				out = append(out, EventView{"retrospective", r.ID.String(), r.Ref, r.Title, r.Severity, p.Time, p.Time + time.Hour.Milliseconds()})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b EventView) int { return cmp.Compare(a.Start, b.Start) })
	return out, nil
}

// AssignOnCall gives a role to somebody who is on call now; the record keeps what the
// calendar said.
func (a *API) AssignOnCall(in AssignOnCallInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		turn, lane, err := b.rota.onDuty(in.Schedule, in.Lane, in.Person)
		if err != nil {
			return nil, err
		}
		role := cmp.Or(in.Role, kitRole(b.inForce().Kit, in.Lane))
		if role == "" {
			return nil, fault.Input("role", "that schedule is for no role of the kit").WithHint("say which role to give")
		}
		p, err := b.cockpit.Person(ctx, id, turn.Who.Name)
		return &incident.AssignRole{Role: role, Person: p, Shift: b.rota.Evidence(lane, turn)}, err
	})
}

// onDuty finds somebody who is on now.
func (r *Rota) onDuty(schedule, lane, person string) (*oncall.Turn, *oncall.Lane, error) {
	roster, now := r.Roster(), r.clock.Now()
	for i := range roster.Lanes {
		l := &roster.Lanes[i]
		if l.Schedule != schedule || l.Role != lane {
			continue
		}
		a := l.At(now)
		for j := range a.On {
			if person == "" || a.On[j].Who.Name == person {
				return &a.On[j], l, nil
			}
		}
		if len(a.On) == 0 {
			return nil, nil, fault.New(fault.Conflict, "nobody is on call in %s now", schedule).WithHint("name the person yourself")
		}
		return nil, nil, fault.New(fault.Conflict, "%s is not on call in %s now; %s is", person, schedule, a.On[0].Who.Name).WithHint("look at the board again")
	}
	return nil, nil, fault.New(fault.NotFound, "there is no schedule %.60q for that role", schedule).WithHint("look at the board again")
}

// Evidence is what a calendar said, as the record keeps it.
func (r *Rota) Evidence(l *oncall.Lane, t *oncall.Turn) *incident.Shift {
	s := &incident.Shift{Schedule: l.Schedule, Person: cmp.Or(t.Who.Title, t.Who.Name), Start: milli(t.Start), Calendar: t.Shift.Calendar, UID: t.Shift.UID}
	if !t.Shift.Open {
		s.End = milli(t.End)
	}
	copies, _ := r.Copies()
	s.Read = copies[t.Shift.Calendar].Good
	return s
}

// OnDutyFor finds somebody who is on call for a role now, by any of their names; nil when
// no calendar says so.
func (r *Rota) OnDutyFor(is func(lane string) bool, person string) *incident.Shift {
	roster, now := r.Roster(), r.clock.Now()
	for i := range roster.Lanes {
		l := &roster.Lanes[i]
		if !is(l.Role) {
			continue
		}
		a := l.At(now)
		for j := range a.On {
			if strings.EqualFold(a.On[j].Who.Name, person) {
				return r.Evidence(l, &a.On[j])
			}
		}
	}
	return nil
}

// person is the person whom a word means: by people.yaml, else by the records.
func (b *Backend) person(ctx context.Context, id incident.ID, word string) (incident.Person, error) {
	word, err := b.whom(word)
	if err != nil {
		return incident.Person{}, err
	}
	return b.cockpit.Person(ctx, id, word)
}

// Relief says who could take over from the holder of a role, the likeliest first.
func (a *API) Relief(in RoleInput) (v []ReliefView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return []ReliefView{}, err
	}
	v = []ReliefView{}
	k := b.inForce().Kit
	roster := b.rota.Roster()
	lane := in.Role
	for i := range roster.Lanes {
		if kitRole(k, roster.Lanes[i].Role) == in.Role {
			lane = roster.Lanes[i].Role
		}
	}
	for _, r := range roster.Reliefs(lane, in.Person, b.clock.Now()) {
		rv := ReliefView{Name: r.Who.Name, Email: r.Who.Email, Phone: r.Who.Phone, Why: string(r.Why), Minutes: int(r.Hours / time.Minute), Night: r.Night}
		if r.Turn != nil {
			rv.Start, rv.End = milli(r.Turn.Start), milli(r.Turn.End)
		}
		v = append(v, rv)
	}
	return v, nil
}

// Override puts somebody in the place of others for a while, or changes such an override.
func (a *API) Override(in OverrideInput) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	o := oncall.Override{ID: in.ID, Schedule: in.Schedule, Role: in.Lane, Person: strings.TrimSpace(in.Person), Note: strings.TrimSpace(in.Note)}
	if o.From, err = moment("from", in.From); err != nil {
		return err
	}
	if o.To, err = moment("to", in.To); err != nil {
		return err
	}
	switch {
	case o.Person == "":
		return fault.Input("person", "nobody is named").WithHint("name who takes it")
	case !o.From.Before(o.To):
		return fault.Input("to", "it ends before it begins").WithHint("let it end later")
	}
	err = workspace.ChangeCalendars(b.Data, func(s *oncall.Settings) error { return PutOverride(s, o) })
	return b.rotaChanged(err)
}

// PutOverride adds an override, or changes the one with its id.
func PutOverride(s *oncall.Settings, o oncall.Override) error {
	if o.ID == "" {
		id, err := store.NewID()
		if err != nil {
			return err
		}
		o.ID = id.String()
		s.Overrides = append(s.Overrides, o)
		return nil
	}
	i := slices.IndexFunc(s.Overrides, func(x oncall.Override) bool { return x.ID == o.ID })
	if i < 0 {
		return fault.New(fault.NotFound, "that override is gone").WithHint("make a new one")
	}
	s.Overrides = slices.Clone(s.Overrides)
	s.Overrides[i] = o
	return nil
}

// DropOverride takes an override away.
func (a *API) DropOverride(id string) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	if id == "" {
		return fault.Input("override", "no override is named").WithHint("say which one to take away")
	}
	err = workspace.ChangeCalendars(b.Data, func(s *oncall.Settings) error {
		return CutOverride(s, id)
	})
	return b.rotaChanged(err)
}

// CutOverride takes an override out of settings.
func CutOverride(s *oncall.Settings, id string) error {
	had := len(s.Overrides)
	s.Overrides = slices.DeleteFunc(slices.Clone(s.Overrides), func(x oncall.Override) bool { return x.ID == id })
	if len(s.Overrides) == had {
		return fault.New(fault.NotFound, "there is no such override").WithHint("nothing is left to do")
	}
	return nil
}

// ExportOverrides is all overrides made here as an .ics file, to be imported where the
// calendars are kept.
func (a *API) ExportOverrides() (v ExportView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return v, err
	}
	text, err := b.rota.ExportOverrides()
	return ExportView{Name: "on-call-overrides.ics", Type: "text/calendar", Text: text, Lost: []string{}}, err
}

// ExportOverrides is all overrides made here as an .ics file.
func (r *Rota) ExportOverrides() (string, error) {
	overrides := r.Settings().Overrides
	if len(overrides) == 0 {
		return "", fault.New(fault.NotFound, "no override was made here").WithHint("there is nothing to export")
	}
	var buf bytes.Buffer
	err := ical.Write(&buf, oncall.Message(overrides, r.People(), r.clock.Now()))
	return buf.String(), err
}

// dated is how calendars.yaml writes a local time.
const dated = "2006-01-02 15:04"

// zone is the zone in which a schedule is thought.
func (r *Rota) zone(schedule string) *time.Location {
	roster := r.Roster()
	for i := range roster.Lanes {
		if roster.Lanes[i].Schedule == schedule {
			return roster.Lanes[i].Zone
		}
	}
	return time.UTC
}

// MuteGap says that nobody has to be on in a stretch of a schedule, every week or once.
func (a *API) MuteGap(in MuteInput) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	if in.Schedule == "" {
		return fault.Input("schedule", "no schedule is named").WithHint("say whose gap is meant")
	}
	err = workspace.ChangeCalendars(b.Data, func(s *oncall.Settings) error {
		for i := range s.Calendars {
			c := &s.Calendars[i]
			if c.Override || c.Feeds() != in.Schedule {
				continue
			}
			text := strings.TrimSpace(in.Text)
			if text == "" {
				text = once(in.From, in.To, b.rota.zone(in.Schedule))
			}
			c.ByDesign = append(slices.Clone(c.ByDesign), text)
			return nil
		}
		return fault.New(fault.NotFound, "there is no schedule %.60q", in.Schedule).WithHint("look at the picture again")
	})
	return b.rotaChanged(err)
}

// RefreshCalendars looks at all calendars now. It does not wait for what they answer: the
// station says how it went.
func (a *API) RefreshCalendars() (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err == nil {
		b.lookNow()
	}
	return err
}

// AcceptCalendar takes what a calendar has sent though it lost its shifts.
func (a *API) AcceptCalendar(name string) (err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return err
	}
	if name == "" {
		return fault.Input("calendar", "no calendar is named").WithHint("say which one to take")
	}
	return b.rotaChanged(b.rota.Accept(ctx, name))
}

// People are those whom the team knows, by name.
func (a *API) People() (v []ContactView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	v = []ContactView{}
	if err != nil {
		return v, err
	}
	for _, p := range b.rota.People() {
		v = append(v, ContactView{p.Name, p.Email, append([]string{}, p.Aliases...), p.Phone, p.Zone, p.Notes, p.Slack})
	}
	slices.SortFunc(v, func(a, b ContactView) int { return strings.Compare(a.Name, b.Name) })
	return v, nil
}

// PutPerson adds somebody to the people, or changes what is known of the one with that
// name or address.
func (a *API) PutPerson(in ContactInput) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	p := oncall.Person{Name: strings.TrimSpace(in.Name), Email: strings.TrimSpace(in.Email), Aliases: in.Aliases, Phone: strings.TrimSpace(in.Phone), Zone: strings.TrimSpace(in.Zone), Notes: in.Notes, Slack: strings.TrimSpace(in.Slack)}
	return b.rotaChanged(workspace.ChangePeople(b.Data, func(list []oncall.Person) ([]oncall.Person, error) { return PutPerson(list, p), nil }))
}

// PutPerson adds somebody to a list, or changes the one with that address or, without
// one, that name.
func PutPerson(list []oncall.Person, p oncall.Person) []oncall.Person {
	i := slices.IndexFunc(list, func(x oncall.Person) bool {
		return p.Email != "" && strings.EqualFold(x.Email, p.Email) || (p.Email == "" || x.Email == "") && strings.EqualFold(x.Name, p.Name)
	})
	if i < 0 {
		return append(slices.Clone(list), p)
	}
	list = slices.Clone(list)
	list[i] = p
	return list
}
