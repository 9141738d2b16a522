package compose

import (
	"fmt"

	"quarterdeck/internal/incident"
)

// lookedBack is what people wrote for the retrospective.
func (w words) lookedBack(e incident.Event) string {
	switch v := e.(type) {
	case *incident.SectionWritten:
		if v.Text == "" {
			return "Retrospective, " + v.Section + ": taken away"
		}
		return "Retrospective, " + v.Section + ": " + v.Text
	case *incident.FactorNamed:
		return "It contributed: " + v.Text
	case *incident.FactorLinked:
		text := fmt.Sprintf("“%s” led to “%s”", w.factor(v.Factor), w.factor(v.To))
		if !v.Moment.IsZero() {
			text = fmt.Sprintf("“%s” is seen in an entry", w.factor(v.Factor))
		}
		if v.Gone {
			text += ": not so after all"
		}
		return text
	case *incident.MomentMarked:
		if v.Mark == "" {
			return "An entry is not marked any more"
		}
		return with("Marked: "+v.Mark, v.Text)
	case *incident.MomentAsked:
		return "Asked about an entry: " + v.Text
	case *incident.MomentAnswered:
		return "Said about an entry: " + v.Text
	}
	return ""
}

// factor is the text of one.
func (w words) factor(id incident.ID) string {
	if f := w.s.Review.Factor(id); f != nil {
		return f.Text
	}
	return "a factor"
}
