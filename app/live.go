package app

import (
	"cmp"
	"fmt"
	"slices"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// liveView shapes an incident for the page.
func (b *Backend) liveView(l *cockpit.Live, now int64) *LiveView {
	s, k := l.State, l.Kit
	rows := b.deliveries(l)
	ds := cadence.Deadlines(s, k)
	v := &LiveView{
		ID: s.ID.String(), Ref: s.Declared.Ref, Title: s.Declared.Title, Summary: s.Declared.Summary, Type: s.Declared.Type,
		Security: s.Declared.Security, Backfill: s.Declared.Backfill, Mine: l.Mine, Severity: s.Severity, Provisional: s.Provisional,
		Assessment: assessmentView(s.Assessment), Span: s.Span(), MaxSpan: incident.MaxSpan,
		Phase: string(s.Phase), PhaseSince: s.PhaseSince, Commander: PersonView{s.Command.Holder.String(), s.Name(s.Command.Holder)},
		Term: s.Command.Term, Roles: roleViews(s, k, ds, now), Checklist: checklistView(s, k, k.Checklist(string(s.Phase))), Interrupted: []ChecklistView{}, Rail: railView(s.Phase),
		Situation: SituationView{s.Situation["impact"].Text, s.Situation["goal"].Text, s.Situation["cause"].Text},
		Work:      workView(s, ds, now), Actions: actionViews(s, ds, now), Questions: []QuestionView{}, Gate: gateView(s, k), Audiences: b.audienceViews(s, k, ds, now),
		Cells: b.cells(s, rows, ds, now), People: s.Names(), Entries: s.Entries, Saved: s.LastAt, Milestones: []MilestoneView{},
	}
	if !s.Provisional {
		v.Assessed = s.SeveritySet.At
	}
	for _, list := range s.Interrupted(k) {
		v.Interrupted = append(v.Interrupted, checklistView(s, k, list))
	}
	v.Offer = offerView(s)
	v.Hold = holdView(s, k, now)
	v.Outbox = b.deliveryViews(l, rows, now)
	v.Channel = ChannelView(s.Channel)
	if v.People == nil {
		v.People = []string{}
	}
	for _, q := range s.OpenQuestions() {
		v.Questions = append(v.Questions, QuestionView{q.ID.String(), cmp.Or(q.Text, incident.Gone), q.At})
	}
	for _, m := range incident.Milestones {
		v.Milestones = append(v.Milestones, MilestoneView{string(m), s.Times[m].Time, s.Times[m].Approx})
	}
	if s.Declared.Kit != b.inForce().Hash {
		own := kitView(KitInForce{Kit: k, Hash: s.Declared.Kit})
		v.Kit = &own
	}
	if s.Phase.Over() {
		v.Alarms = b.alarms(s)
	}
	acts := cadence.Acts(s, k, now)
	v.Next = actView(acts[0])
	if len(acts) > 1 {
		then := actView(acts[1])
		v.Then = &then
	}
	return v
}

func actView(a cadence.Act) ActView { return ActView{string(a.Kind), a.Subject, a.Text, a.Due} }

// deadline finds the one about a subject; nil when none runs.
func deadline(ds []cadence.Deadline, kind cadence.Kind, subject string) *cadence.Deadline {
	for i := range ds {
		if ds[i].Kind == kind && ds[i].Subject == subject {
			return &ds[i]
		}
	}
	return nil
}

func lookOf(d *cadence.Deadline, now int64) string {
	if d == nil {
		return string(cadence.Nominal)
	}
	return string(d.Look(now))
}

func roleViews(s *incident.State, k *kit.Kit, ds []cadence.Deadline, now int64) []RoleView {
	out := []RoleView{}
	var required []string
	if v := k.Severity(s.Severity); v != nil {
		required = v.Required
	}
	who := func(id incident.ID) PersonView {
		if id.IsZero() {
			return PersonView{}
		}
		return PersonView{id.String(), s.Name(id)}
	}
	for _, r := range s.RoleList(k) {
		h, asked := s.Holder(r.ID), s.Asked[r.ID]
		v := RoleView{ID: r.ID, Name: r.Name, Short: r.Short, Since: h.Since, Required: slices.Contains(required, r.ID), Look: lookOf(deadline(ds, cadence.Role, r.ID), now),
			Asked: who(asked.Person), AskedAt: asked.Since, Deputy: who(s.Deputy(r.ID, now).Person), Critical: r.Critical, Many: r.Many}
		if s.Covered[r.ID] > now && h.Person.IsZero() {
			v.Covered = s.Covered[r.ID]
		}
		if r.ID == kit.Commander {
			v.Look = lookOf(deadline(ds, cadence.Duty, h.Person.String()), now)
		}
		v.Shown = r.Shown || v.Required || !h.Person.IsZero()
		v.Person = who(h.Person)
		if r.ID == kit.Commander && v.Deputy.ID == "" {
			v.Deputy = who(s.Roles["deputy"].Person)
		}
		out = append(out, v)
	}
	return out
}

func checklistView(s *incident.State, k *kit.Kit, list *kit.Checklist) ChecklistView {
	v := ChecklistView{Items: []ItemView{}}
	if list == nil {
		return v
	}
	v.ID, v.Name, v.Mode, v.When = list.ID, list.Name, list.Mode, list.When
	for _, it := range s.Items(k, list) {
		iv := ItemView{ID: it.ID, Text: it.Item.Text, Hint: it.Value, Why: it.Why, Killer: it.Killer, Act: it.Act, State: it.State, Value: it.Text, At: it.At, Self: it.Self}
		if !it.By.IsZero() {
			iv.By = s.Name(it.By)
		}
		switch {
		case it.State != incident.ItemOpen:
			v.Done++
		case v.Here == 0:
			v.Here = len(v.Items) + 1
		}
		if it.State != incident.ItemOpen {
			v.Paused = max(v.Paused, it.At)
		}
		v.Items = append(v.Items, iv)
	}
	if v.Here == 0 {
		v.Paused = 0
	}
	return v
}

// phaseNames are the phases as people read them.
var phaseNames = map[incident.Phase]string{
	incident.PhaseDeclare: "Declare", incident.PhaseAssess: "Assess", incident.PhaseCommunicate: "Communicate", incident.PhaseStaff: "Staff",
	incident.PhaseInvestigate: "Investigate", incident.PhaseMitigate: "Mitigate", incident.PhaseVerify: "Verify", incident.PhaseResolved: "Resolved", incident.PhaseClosed: "Closed",
}

func railView(here incident.Phase) []StepView {
	out := make([]StepView, len(incident.Phases))
	for i, p := range incident.Phases {
		out[i] = StepView{string(p), phaseNames[p], i < here.Rank(), p == here}
	}
	return out
}

func actionViews(s *incident.State, ds []cadence.Deadline, now int64) []ActionView {
	out := []ActionView{}
	for _, a := range s.OpenActions() {
		out = append(out, ActionView{a.ID.String(), cmp.Or(a.Text, incident.Gone), s.Name(a.Owner), a.Due, lookOf(deadline(ds, cadence.Action, a.ID.String()), now), a.ReadBack})
	}
	return out
}

func gateView(s *incident.State, k *kit.Kit) GateView {
	g := s.Gate(k)
	v := GateView{Criteria: []CriterionView{}, Open: g.Open, Owed: append([]string{}, g.Owed...), Missing: []string{}, Actions: g.Actions, Retro: g.Retro, FollowUps: len(s.FollowUps)}
	for _, c := range g.Criteria {
		v.Criteria = append(v.Criteria, CriterionView{c.ID, c.Text, c.Soak, c.State, c.Word, c.At, c.Since, c.Until, c.Dips})
	}
	for _, m := range g.Missing {
		v.Missing = append(v.Missing, string(m))
	}
	if lv := k.Severity(s.Severity); lv != nil && lv.RetroDue > 0 {
		v.RetroBy = max(s.LastAt, s.Times[incident.ResolvedAt].Time) + int64(lv.RetroDue)*24*3600_000
	}
	return v
}

func (b *Backend) audienceViews(s *incident.State, k *kit.Kit, ds []cadence.Deadline, now int64) []AudienceView {
	out := []AudienceView{}
	for _, a := range k.Audiences {
		t := s.Audiences[a.ID]
		v := AudienceView{ID: a.ID, Name: a.Name, Outside: a.Outside, Told: t.Told, At: t.At, Text: t.Text, State: string(t.State),
			Every: k.Severity(s.Severity).Promise(a.ID).Every, Look: string(cadence.Nominal)}
		v.Ladder, v.Route = append([]string{}, b.outgoing.Ways.Ladder(k, a.ID)...), b.outgoing.Ways.Rung(s, k, a.ID)
		if d := deadline(ds, cadence.Promise, a.ID); d != nil {
			v.Due, v.First, v.Look, v.Key, v.Snoozes, v.Silent = d.Due, d.First, string(d.Look(now)), d.Key, d.Snoozes, d.Silent
		}
		out = append(out, v)
	}
	return out
}

// timelineView shapes entries as rows, leaving out the kinds that are no rows of their own.
func timelineView(l *cockpit.Live, entries []*incident.Entry, earlier int) *TimelineView {
	v := &TimelineView{Incident: l.State.ID.String(), Rows: []LineView{}, Earlier: earlier}
	for _, e := range entries {
		if !compose.Silent(e) {
			v.Rows = append(v.Rows, lineView(e, l.State, l.Kit))
		}
	}
	return v
}

// lateBy is how long after it happened something is written before it is marked as added later.
const lateBy = 60_000 // ms

// foldWithin is how soon after it was written a row must be taken back to be folded away.
const foldWithin = 60_000 // ms

func lineView(e *incident.Entry, s *incident.State, k *kit.Kit) LineView {
	line := compose.Line(e, s, k)
	v := LineView{
		ID: e.ID.String(), Sort: sortKey(e), At: e.At, RecordedAt: e.RecordedAt, Kind: string(e.Kind), Mark: line.Mark, Actor: s.Name(e.Actor),
		Text: line.Text, Basis: line.Basis, More: line.More, Tradeoff: line.Tradeoff, Approx: line.Approx, Late: e.RecordedAt-e.At > lateBy,
		Amended: e.Amended, Undone: !e.Undone.IsZero(), Redacted: e.Redacted, Editable: line.Editable, Link: line.Link, Worded: line.Worded,
		Folded: !e.Undone.IsZero() && e.UndoneAt-e.RecordedAt <= foldWithin,
	}
	v.File = fileView(e)
	if line.Words != line.Text {
		v.Words = line.Words
	}
	return v
}

// sortKey orders rows as text: by when it happened, then by fold order.
func sortKey(e *incident.Entry) string {
	return fmt.Sprintf("%015d.%019d.%s.%09d", e.At, e.HLC, e.Writer, e.N)
}
