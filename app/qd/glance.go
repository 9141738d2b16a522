package main

import (
	"fmt"
	"strings"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// labels is how wide the column of labels is.
const labels = 12

// headline says which incident it is, how bad, and where it stands.
func (s *session) headline(v *incidentView) {
	sev := flat(v.Severity)
	if v.Provisional {
		sev += " (provisional)"
	}
	text := fmt.Sprintf("%s  %s  %s since %s", flat(v.Ref), sev, v.Phase, wholeSecond(v.Since))
	if v.Security {
		text += "  private"
	}
	if v.Backfill {
		text += "  entered afterwards"
	}
	s.styled(bold, func() { s.block("", 0, text) })
	s.block("", 0, flat(v.Title))
}

// glance says where an incident stands.
func (s *session) glance(l *cockpit.Live, v *incidentView) {
	now := s.now()
	s.headline(v)
	s.out.WriteString("\n")
	for _, f := range [][2]string{{"Summary", v.Details.Summary}, {"Impact", v.Impact}, {"Goal", v.Goal}, {"Cause", v.Cause}} {
		if f[1] != "" {
			s.block(f[0], labels, f[1])
		}
	}
	s.roles(v, l.Kit)
	s.promises(v, l.Kit, now)
	for i, a := range v.Actions {
		text := flat(a.Owner) + ": " + short(a.Text)
		if a.Due != nil {
			text += ", due " + due(a.at, now)
		}
		s.late(a.at, now, func() { s.block(first(i, "Actions"), labels, text+" ["+handle(a.ID)+"]") })
	}
	for i, c := range v.Changes {
		s.block(first(i, "In flight"), labels, flat(c.By)+" changes "+flat(c.Thing)+": "+short(flat(c.Text))+" ["+handle(c.ID)+"]")
	}
	for i, d := range v.Decisions {
		text := short(flat(d.Text)) + ", look " + due(d.at, now)
		if d.Expect != "" {
			text += " for: " + short(flat(d.Expect))
		}
		s.late(d.at, now, func() { s.block(first(i, "To check"), labels, text+" ["+handle(d.ID)+"]") })
	}
	for i, h := range v.Hypotheses {
		s.block(first(i, "Hypotheses"), labels, strings.ReplaceAll(h.State, "-", " ")+": "+short(flat(h.Text))+" ["+handle(h.ID)+"]")
	}
	for i, q := range v.Questions {
		s.block(first(i, "Questions"), labels, short(q.Text)+" ["+handle(q.ID)+"]")
	}
	s.items("Checklist", v.Checklist)
	for _, p := range v.Playbooks {
		s.items("Playbook", p.Steps)
	}
	s.items("Exit", v.Criteria)
	for i, c := range l.State.Gate(l.Kit).Criteria {
		if c.State == incident.ExitOpen && c.Until > now {
			s.block("", labels, fmt.Sprintf("%s: holds, until %s", v.Criteria[i].ID, due(c.Until, now)))
		}
	}
	for i, m := range v.Measures {
		s.block(first(i, "Temporary"), labels, fmt.Sprintf("%s: %s, until %s [%s]", flat(m.Owner), short(m.Text), wholeSecond(m.Ends), handle(m.ID)))
	}
	for i, t := range v.Links {
		s.block(first(i, "Links"), labels, short(t.Text))
	}
	s.times(v)
	after := count(v.FollowUps, "follow-up")
	if v.Retro != nil {
		after += fmt.Sprintf("; retrospective %s, %s", wholeSecond(v.Retro.Time), flat(v.Retro.Owner))
	}
	s.block("Afterwards", labels, after)
	if a := v.Alarms; l.State.Phase.Over() && a.Total > 0 {
		s.block("Alarms", labels, fmt.Sprintf("%d in %s: %d advisory, %d caution, %d warning; %s in ten minutes (at most %s; at least %d %% advisory, at most %d %% warning)",
			a.Total, count(a.Minutes, "minute"), a.Advisory, a.Caution, a.Warning, a.PerTen, a.Targets.PerTen, a.Targets.Advisory, a.Targets.Warning))
	}
}

// first is a label for the first of several lines.
func first(i int, label string) string {
	if i > 0 {
		return ""
	}
	return label
}

// late puts out in red what is past its time.
func (s *session) late(at, now int64, write func()) {
	if at != 0 && at < now {
		s.styled(red, write)
		return
	}
	write()
}

func (s *session) roles(v *incidentView, k *kit.Kit) {
	for i, r := range v.Roles {
		s.block(first(i, "Roles"), labels, fmt.Sprintf("%s: %s, since %s", r.Name, flat(r.Holder), wholeSecond(r.Since)))
	}
	for _, id := range v.Unfilled {
		name := id
		if r := k.Role(id); r != nil {
			name = r.Name
		}
		s.block("", labels, name+": held by the commander")
	}
}

func (s *session) promises(v *incidentView, k *kit.Kit, now int64) {
	for i, p := range v.Promises {
		text := p.Audience + ": " + due(p.at, now)
		if p.First {
			text += ", told nothing yet"
		}
		s.late(p.at, now, func() { s.block(first(i, "Promises"), labels, text) })
	}
	for i, a := range v.Audiences {
		s.block(first(i, "Told"), labels, fmt.Sprintf("%s: %s (%s) %s", a.Audience, wholeSecond(a.At), a.State, short(flat(a.Text))))
	}
}

// items are those of a list that are open, with how many are not.
func (s *session) items(label string, list []itemView) {
	if len(list) == 0 {
		return
	}
	var open []itemView
	for _, it := range list {
		if it.State == incident.ItemOpen {
			open = append(open, it)
		}
	}
	s.block(label, labels, fmt.Sprintf("%d of %d", len(list)-len(open), len(list)))
	for _, it := range open {
		s.block(strings.Repeat(" ", labels)+it.ID, labels+26, it.Text)
	}
}

func (s *session) times(v *incidentView) {
	i := 0
	for _, m := range incident.Milestones {
		if at := v.Milestones[m]; at != nil {
			s.block(first(i, "Times"), labels, pad(string(m), 13)+wholeSecond(*at))
			i++
		}
	}
}
