package compose

import (
	"fmt"
	"strings"

	"quarterdeck/internal/incident"
)

// slot is what the record has for a blank of a template; "" when it has nothing, or
// nothing that this audience may read.
func (d draft) slot(name string) string {
	switch name {
	case "id":
		return d.s.Declared.Ref
	case "sev":
		return d.severity()
	case "next":
		return d.time(d.next)
	case "prev":
		return d.time(d.s.Audiences[d.to].At)
	case "promised":
		if due := d.s.Audiences[d.to].Promise.Due; due <= d.now {
			return d.time(due)
		}
		return ""
	case "since", "start":
		return d.stamp(incident.Started, incident.Detected)
	case "end":
		return d.stamp(incident.Mitigated, incident.ResolvedAt)
	case "time":
		if d.state == incident.Resolved {
			return d.stamp(incident.ResolvedAt, incident.Mitigated)
		}
		return d.stamp(incident.Mitigated)
	case "duration":
		return d.duration()
	case "met":
		return d.met()
	}
	return d.known(name)
}

// known is a blank that is filled with what people wrote.
func (d draft) known(name string) string {
	outside := d.outside(d.to)
	if outside && (d.s.Declared.Security || name == "ic") {
		return ""
	}
	var text string
	switch name {
	case "title", "symptom":
		text = d.s.Declared.Title
	case "ic":
		text = d.s.People[d.s.Command.Holder]
	case "goal":
		text = d.s.Situation["goal"].Text
	case "impact":
		if text = d.s.Situation["impact"].Text; text == "" {
			text, _ = d.value("what")
		}
	case "who":
		text, _ = d.value("who")
		text = people(text)
	case "doing":
		text = d.doing(outside)
	default:
		text, _ = d.value(name)
	}
	if outside {
		text = d.public(text)
	}
	return line(text)
}

// value is what was written beside the checklist item that is named after a slot:
// assess.who for {who}. So a team's own list can fill a blank of its own templates.
func (d draft) value(name string) (text string, at int64) {
	for _, list := range d.k.Checklists {
		for _, it := range list.Items {
			c := d.s.Checks[it.ID]
			if strings.HasSuffix(it.ID, "."+name) && c.State == incident.ItemDone && c.Text != "" {
				return c.Text, c.At
			}
		}
	}
	return "", 0
}

// people turns the one-word answers to "who is hurt" into words for a sentence.
func people(share string) string {
	switch strings.ToLower(strings.TrimSpace(share)) {
	case "none", "no one", "nobody":
		return "nobody as far as we know"
	case "few":
		return "a few users"
	case "some", "many", "all":
		return strings.ToLower(strings.TrimSpace(share)) + " users"
	}
	return share
}

// doing is the work under way: inside who does what, outside what the phase says.
func (d draft) doing(outside bool) string {
	if outside {
		switch d.s.Phase {
		case incident.PhaseInvestigate:
			return "We are looking for the reason"
		case incident.PhaseMitigate:
			return "We are putting a measure in place"
		}
		return ""
	}
	var list []string
	for _, a := range d.s.OpenActions() {
		if len(list) == 3 {
			break
		}
		list = append(list, d.s.Name(a.Owner)+": "+strings.TrimRight(line(a.Text), "."))
	}
	switch {
	case len(list) > 0:
		return strings.Join(list, "; ")
	case d.s.Phase == incident.PhaseInvestigate:
		return "finding out what is wrong"
	case d.s.Phase == incident.PhaseMitigate:
		return "putting a measure in place"
	case d.s.Phase == incident.PhaseVerify:
		return "checking that it holds"
	}
	return ""
}

// public is what of a text may leave the company: the sentences without machines,
// addresses, builds, secrets and people of ours.
func (d draft) public(text string) string {
	var out []string
	for _, s := range sentences(text) {
		if len(internals(s)) == 0 && Secret(s) == "" && d.person(s) == "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

func (d draft) met() string {
	g := d.s.Gate(d.k)
	if len(g.Criteria) == 0 {
		return ""
	}
	waived := 0
	for _, c := range g.Criteria {
		if c.State == incident.ExitWaived {
			waived++
		}
	}
	text := fmt.Sprintf("%d of %d", len(g.Criteria)-g.Open-waived, len(g.Criteria))
	if waived > 0 {
		text += fmt.Sprintf(", %d waived", waived)
	}
	return text
}

func (d draft) time(ms int64) string {
	if ms == 0 {
		return ""
	}
	return said(ms, d.now)
}

// duration is how long people felt it, when both ends are known.
func (d draft) duration() string {
	from, known := d.s.Times[incident.Started]
	if !known {
		from = d.s.Times[incident.Detected]
	}
	to, over := d.s.Times[incident.Mitigated]
	if !over {
		to = d.s.Times[incident.ResolvedAt]
	}
	if from.Time == 0 || to.Time <= from.Time {
		return ""
	}
	return about(span(to.Time-from.Time), from.Approx || to.Approx)
}

// stamp is the first of the milestones that has a time.
func (d draft) stamp(list ...incident.Milestone) string {
	for _, m := range list {
		if t, ok := d.s.Times[m]; ok {
			return about(d.time(t.Time), t.Approx)
		}
	}
	return ""
}
