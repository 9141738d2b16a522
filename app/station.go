package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"os/user"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/assess"
	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// listed is how many incidents the station shows.
const listed = 200

// stationView shapes everything that belongs to no incident.
func (b *Backend) stationView(ctx context.Context, now int64) (*StationView, error) {
	rows, err := b.store.Rows(ctx, listed)
	if err != nil {
		return nil, err
	}
	cockpit.Distinguish(rows)
	at := time.UnixMilli(now).In(b.clock.Zone())
	zone, _ := at.Zone()
	v := &StationView{Version: Version, Data: b.Data, Drill: b.cockpit.Drills, Suggested: AccountName(), Zone: zone, Shifts: shifts(at),
		Incidents: []RowView{}, Kit: kitView(b.inForce()), Alerts: b.alerts(), Faults: []FaultView{}, Explain: []ExplainView{}, Due: []DueView{}}
	for _, r := range rows {
		rv := RowView{r.ID.String(), r.Ref, r.Title, r.Severity, r.Provisional, string(r.Phase), r.Commander, r.Declared, r.Ended, r.Entries, string(cadence.Nominal), r.Into}
		if r.Into != "" && rv.Ended == 0 { // it is over here
			rv.Ended = r.LastAt
		}
		if r.Open() {
			err := b.cockpit.View(ctx, r.ID, func(l *cockpit.Live) error {
				b.openRow(v, &rv, l, now)
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
		v.Incidents = append(v.Incidents, rv)
	}
	for _, d := range b.own() {
		if d.Look(now) == cadence.Nominal {
			continue
		}
		v.Due = append(v.Due, b.dueView(&d, nil, nil, now))
	}
	slices.SortStableFunc(v.Due, func(a, b DueView) int {
		return cmp.Or(cadence.Look(b.Look).Level()-cadence.Look(a.Look).Level(), cmp.Compare(a.Due, b.Due))
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	set := b.settings.Screen()
	v.Me, v.Local, v.Away = PersonView{set.Person, set.Name}, set.Local, b.away
	v.Theme, v.Size, v.Font, v.Volume, v.Folder = set.Theme, set.Size, set.Font, set.Volume, set.Kit
	v.Keys = []KeyView{}
	for _, id := range slices.Sorted(maps.Keys(set.Keys)) {
		v.Keys = append(v.Keys, KeyView{id, set.Keys[id]})
	}
	v.OnCall = OnCallView{Rows: []OnCallRow{}, Soon: []HandoverView{}, Feeds: []FeedView{}}
	if b.onCall != nil {
		v.OnCall = *b.onCall
	}
	for _, room := range slices.Sorted(maps.Keys(b.faults)) {
		v.Faults = append(v.Faults, b.faults[room])
	}
	return v, nil
}

// openRow adds what only a running incident has: its worst look, and snoozes that
// wait for their reason.
func (b *Backend) openRow(v *StationView, rv *RowView, l *cockpit.Live, now int64) {
	for _, d := range slices.Concat(cadence.Deadlines(l.State, l.Kit), b.undelivered(context.Background(), l.State.ID)) {
		rv.Look = worse(rv.Look, d.Look(now))
		if d.Look(now) != cadence.Nominal && d.Rule(now) != "" && l.Mine {
			v.Due = append(v.Due, b.dueView(&d, rv, l, now))
		}
		if z, ok := l.State.Snoozes[d.Key]; ok && !z.Why {
			v.Explain = append(v.Explain, ExplainView{rv.ID, d.Key, string(d.Kind), d.Subject})
		}
	}
}

// dueView words a deadline that is lit; rv and l are nil for one of the station's own.
func (b *Backend) dueView(d *cadence.Deadline, rv *RowView, l *cockpit.Live, now int64) DueView {
	v := DueView{Key: d.Key, Rule: d.Rule(now), Kind: string(d.Kind), Subject: d.Subject, Due: d.Due, Look: string(d.Look(now)), Acked: b.panel.seen(d, now) != 0}
	if l == nil {
		return v
	}
	v.Incident, v.Ref = rv.ID, rv.Ref
	switch d.Kind {
	case cadence.Promise, cadence.Delivery:
		if a := l.Kit.Audience(d.Subject); a != nil {
			v.Name = a.Name
		}
	case cadence.Role:
		if r := l.Kit.Role(d.Subject); r != nil {
			v.Name = r.Name
		}
	case cadence.Measure:
		for _, m := range l.State.Measures {
			if m.ID.String() == d.Subject {
				v.Name, v.Text = l.State.Name(m.Owner), cmp.Or(m.Text, incident.Gone)
			}
		}
	case cadence.Check:
		for _, x := range l.State.Decisions {
			if x.ID.String() == d.Subject {
				v.Text = cmp.Or(x.Text, incident.Gone)
			}
		}
	case cadence.Action:
		for _, a := range l.State.Actions {
			if a.ID.String() == d.Subject {
				v.Name, v.Text = l.State.Name(a.Owner), cmp.Or(a.Text, incident.Gone)
			}
		}
	}
	return v
}

func (b *Backend) alerts() AlertsView {
	v := AlertsView{}
	if b.notifier != nil {
		st := b.notifier.Status()
		v.Desktop, v.Reason = st.Desktop, st.Reason
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.silent > b.now() {
		v.Silent = b.silent
	}
	return v
}

// AccountName is the account's full name, else its login name.
func AccountName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(u.Name, ",")
	if name = strings.TrimSpace(name); name != "" {
		return name
	}
	return u.Username
}

func kitView(in KitInForce) KitView {
	k := in.Kit
	v := KitView{Name: k.Name, Source: in.Folder, Hash: in.Hash, Severities: []SeverityView{}, Assessment: questionsView(&k.Assessment), Signs: []ChoiceView{}, Templates: []TemplateView{}, Types: []TypeView{}, Roles: []KitRoleView{}, Audiences: []ChoiceView{}, Phases: []ChoiceView{}, States: []ChoiceView{}}
	for i := range k.Severities {
		s := &k.Severities[i]
		v.Severities = append(v.Severities, SeverityView{s.ID, s.Name, s.Meaning, s.Command, s.Effort, promises(k, s)})
	}
	for _, t := range k.Types {
		v.Types = append(v.Types, TypeView{t.ID, t.Name, t.Private, t.First})
	}
	for _, s := range k.Declaring.Signs {
		v.Signs = append(v.Signs, ChoiceView{s.ID, s.Text})
	}
	for _, d := range k.Declaring.Drafts {
		list := func(names []string) []string { return append([]string{}, names...) }
		v.Templates = append(v.Templates, TemplateView{d.ID, d.Name, d.Title, d.Type, d.Severity, d.Summary, d.Impact, d.Source, d.Video,
			list(d.Environments), list(d.Regions), list(d.Services), list(d.Invited)})
	}
	for _, r := range k.Roles {
		v.Roles = append(v.Roles, KitRoleView{r.ID, r.Name, r.Short, r.Duty, r.First, r.Not, r.HandOver, r.Many})
	}
	for _, a := range k.Audiences {
		v.Audiences = append(v.Audiences, ChoiceView{a.ID, a.Name})
	}
	for _, p := range incident.Phases {
		v.Phases = append(v.Phases, ChoiceView{string(p), phaseNames[p]})
	}
	for _, st := range incident.PublicStates {
		v.States = append(v.States, ChoiceView{string(st), strings.ToUpper(string(st[:1])) + string(st[1:])})
	}
	return v
}

func questionsView(a *kit.Assessment) QuestionsView {
	v := QuestionsView{Criteria: []AskView{}, Ask: a.Likelihood.Ask, Likelihood: append([]string{}, a.Likelihood.Choices...), Unknown: a.Likelihood.Unknown,
		Matrix: []MatrixView{}, Effects: append([]string{}, a.Effects...), Trends: incident.Trends, Again: a.Again}
	w := assess.Weigh(assess.Criteria(a), a.Judges)
	for i, q := range a.Criteria {
		v.Criteria = append(v.Criteria, AskView{q.ID, q.Letter, q.Ask, q.Choices, q.Unknown, int(math.Round(1000 * w.Weights[i]))})
	}
	v.Judges, v.Spread, v.Ratio = []string{}, []string{}, int(math.Round(1000*w.Ratio))
	for _, j := range w.Judges {
		v.Judges = append(v.Judges, j.Name)
	}
	for _, d := range w.Spread[:min(len(w.Spread), 3)] {
		v.Spread = append(v.Spread, d.String())
	}
	for _, r := range a.Matrix {
		v.Matrix = append(v.Matrix, MatrixView(r))
	}
	return v
}

// promises says in a line what a level promises.
func promises(k *kit.Kit, s *kit.Severity) string {
	var parts []string
	for _, p := range s.Promises {
		a := k.Audience(p.Audience)
		if a == nil || p.First == 0 && p.Every == 0 {
			continue
		}
		text := fmt.Sprintf("%s first %d min", a.Name, p.First)
		if p.Every > 0 && p.Every != p.First {
			text += fmt.Sprintf(", then %d", p.Every)
		} else if p.Every > 0 {
			text = fmt.Sprintf("%s every %d min", a.Name, p.Every)
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return "nothing promised"
	}
	return strings.Join(parts, " · ")
}
