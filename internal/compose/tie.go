package compose

import (
	"fmt"
	"strings"

	"quarterdeck/internal/incident"
)

// held is what has to hold, or go again, before it is over: soaks, temporary measures,
// playbooks, and other incidents.
func (w words) held(e incident.Event) string {
	switch v := e.(type) {
	case *incident.SoakStarted:
		return "Holds from now on: " + w.exit(v.Criterion)
	case *incident.SoakDipped:
		return with("It dipped, and its time runs anew: "+w.exit(v.Criterion), v.Text)
	case *incident.MeasureTaken:
		return fmt.Sprintf("Temporary until %s: %s (%s sees to it)", w.at(v.Ends), kept(v.Text), w.s.Name(v.Owner))
	case *incident.MeasureExtended:
		return with(fmt.Sprintf("Temporary until %s instead: %s", w.at(v.Ends), w.measure(v.Measure)), v.Reason)
	case *incident.MeasureEnded:
		return with("Temporary no more: "+w.measure(v.Measure), v.Text)
	case *incident.PlaybookStarted:
		text := fmt.Sprintf("Playbook started: %s, %d steps", v.Name, len(v.Steps))
		if len(v.Despite) > 0 {
			text += " – with care: " + strings.Join(v.Despite, "; ")
		}
		return text
	case *incident.Linked:
		return linked(v.How, v.Ref, v.Title)
	}
	return ""
}

func (w words) measure(id incident.ID) string {
	for _, m := range w.s.Measures {
		if m.ID == id {
			return kept(m.Text)
		}
	}
	return "a measure"
}

// linked says how an incident stands to another.
func linked(how, ref, title string) string {
	text := "Linked with " + ref
	switch how {
	case incident.LinkRelated:
		text = "Related to " + ref
	case incident.LinkDuplicate:
		text = "A duplicate of " + ref + ", where it goes on"
	case incident.LinkOriginal:
		text = ref + " is a duplicate of this one"
	case incident.LinkMerged:
		text = "Merged into " + ref + ", where it goes on"
	case incident.LinkHome:
		text = ref + " was merged into this one"
	}
	if title != "" {
		text += ": " + line(title)
	}
	return text
}

// Tie says how an incident stands to another, in a line.
func Tie(t incident.Tie) string { return linked(t.How, t.Ref, t.Title) }
