package compose

import (
	"fmt"
	"strings"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// BriefPart is one of the ten lines of a brief; without Lines nobody has said it yet.
type BriefPart struct {
	Head  string
	Lines []string
}

// Briefing is the state of an incident in the ten lines that somebody needs who takes
// over or joins.
func Briefing(s *incident.State, k *kit.Kit, now int64) []BriefPart {
	b := brief{words{s, k}, now}
	return []BriefPart{
		{"What happened", b.happened()},
		{"State now", b.state()},
		{"Goal and exit criteria", b.goal()},
		{"Plan and plan B", b.values("plan", "plan-b")},
		{"Live actions", b.actions()},
		{"People", b.people()},
		{"Help asked for, not yet come", b.help()},
		{"Promises", b.promises()},
		{"Limits", b.values("limits")},
		{"How it could get worse", b.values("worse")},
	}
}

// Brief is Briefing on one page of Markdown. What nobody has said yet is "not stated".
func Brief(s *incident.State, k *kit.Kit, now int64) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s %s\n\nState at %s UTC.\n\n", escape(s.Declared.Ref), escape(kept(s.Declared.Title)), full(now))
	for i, part := range Briefing(s, k, now) {
		fmt.Fprintf(&out, "%d. **%s:**", i+1, part.Head)
		switch len(part.Lines) {
		case 0:
			out.WriteString(" " + NotStated + "\n")
		case 1:
			fmt.Fprintf(&out, " %s\n", escape(line(part.Lines[0])))
		default:
			out.WriteString("\n")
			for _, l := range part.Lines {
				fmt.Fprintf(&out, "    - %s\n", escape(line(l)))
			}
		}
	}
	return out.String()
}

// NotStated stands where nobody has said something.
const NotStated = "not stated"

type brief struct {
	words
	now int64
}

func (b brief) happened() []string {
	var out []string
	if t := b.s.Declared.Summary; t != "" {
		out = append(out, t)
	}
	var times []string
	for _, m := range incident.Milestones {
		if t, ok := b.s.Times[m]; ok {
			times = append(times, string(m)+" "+about(said(t.Time, b.now), t.Approx))
		}
	}
	if len(times) > 0 {
		out = append(out, upper(strings.Join(times, ", ")))
	}
	if t := b.s.Situation["cause"].Text; t != "" {
		out = append(out, "Believed cause, not proven: "+t)
	}
	return out
}

func (b brief) state() []string {
	var out []string
	if b.s.Severity != "" {
		out = append(out, with(upper(b.severity()), b.s.SeveritySet.Text), fmt.Sprintf("Phase %s for %s", b.s.Phase, span(b.now-b.s.PhaseSince)))
	}
	if t := b.s.Situation["impact"]; t.Text != "" {
		out = append(out, fmt.Sprintf("Impact, as of %s: %s", said(t.At, b.now), t.Text))
	}
	out = append(out, b.values("trend")...)
	for _, q := range b.s.OpenQuestions() {
		out = append(out, fmt.Sprintf("Open question since %s: %s", said(q.At, b.now), kept(q.Text)))
	}
	return append(out, b.ideas()...)
}

func (b brief) goal() []string {
	var out []string
	if t := b.s.Situation["goal"].Text; t != "" {
		out = append(out, t)
	}
	for _, c := range b.s.Gate(b.k).Criteria {
		out = append(out, with(c.Text+": "+c.State, c.Word))
	}
	return out
}

// heads are the words before a value whose line does not say what it is.
var heads = map[string]string{"plan": "Plan: ", "plan-b": "Plan B: ", "trend": "Trend: "}

// values are what was written beside checklist items of these names.
func (b brief) values(names ...string) []string {
	var out []string
	d := draft{words: b.words}
	for _, n := range names {
		if t, _ := d.value(n); t != "" {
			out = append(out, heads[n]+t)
		}
	}
	return out
}

func (b brief) actions() []string {
	var out []string
	for _, c := range b.s.InFlight() {
		out = append(out, b.inFlight(c))
	}
	for _, a := range b.s.OpenActions() {
		text := b.s.Name(a.Owner) + ": " + kept(a.Text)
		switch {
		case a.Due == 0:
		case a.Due <= b.now:
			text += fmt.Sprintf(" (time was up at %s)", said(a.Due, b.now))
		default:
			text += fmt.Sprintf(" (until %s)", said(a.Due, b.now))
		}
		out = append(out, text)
	}
	return out
}

func (b brief) people() []string {
	var out []string
	required := map[string]bool{}
	if v := b.k.Severity(b.s.Severity); v != nil {
		for _, r := range v.Required {
			required[r] = true
		}
	}
	for _, r := range b.s.RoleList(b.k) {
		h := b.s.Holder(r.ID)
		switch {
		case !h.Person.IsZero():
			out = append(out, fmt.Sprintf("%s: %s, for %s", r.Name, b.s.Name(h.Person), span(b.now-h.Since)))
		case required[r.ID]:
			out = append(out, r.Name+": nobody; the commander covers it")
		}
	}
	return out
}

func (b brief) help() []string {
	var out []string
	if to := b.s.Command.Offered; !to.IsZero() {
		out = append(out, fmt.Sprintf("Command was offered to %s at %s and is not accepted", b.s.Name(to), said(b.s.Command.Asked, b.now)))
	}
	if m := b.s.Intermission; len(m.Needs) > 0 {
		list := make([]string, len(m.Needs))
		for i, n := range m.Needs {
			list[i] = sayable(needs, n)
		}
		out = append(out, fmt.Sprintf("%s said at %s that help is needed: %s", b.s.Name(m.By), said(m.At, b.now), strings.Join(list, ", ")))
	}
	return out
}

func (b brief) promises() []string {
	due := map[string]cadence.Deadline{}
	for _, d := range cadence.Deadlines(b.s, b.k) {
		if d.Kind == cadence.Promise {
			due[d.Subject] = d
		}
	}
	var out []string
	for _, a := range b.k.Audiences {
		t, d := b.s.Audiences[a.ID], due[a.ID]
		var text string
		switch {
		case d.Due == 0 && t.Told == 0:
			continue
		case d.Due == 0:
			text = a.Name + ": nothing promised"
		case d.First:
			text = fmt.Sprintf("%s: first notice by %s", a.Name, said(d.Due, b.now))
		default:
			text = fmt.Sprintf("%s: next update by %s", a.Name, said(d.Due, b.now))
		}
		if d.Due != 0 && d.Due <= b.now {
			text += ", late by " + span(b.now-d.Due)
		}
		if t.Told > 0 {
			text += fmt.Sprintf(". Last told at %s: “%s”", said(t.At, b.now), kept(t.Text))
		}
		out = append(out, text)
	}
	return out
}
