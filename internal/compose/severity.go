package compose

import (
	"fmt"
	"slices"
	"strings"

	"quarterdeck/internal/incident"
)

// judged says what became of the severity.
func (w words) judged(v *incident.SeveritySet) string {
	text := "Severity " + v.Severity
	switch v.From {
	case "":
	case v.Severity:
		text += " confirmed"
	default:
		text = fmt.Sprintf("Severity %s → %s", v.From, v.Severity)
	}
	return with(text, v.Reason)
}

// plan is what changed with the severity; empty when nothing did.
func (w words) plan(v *incident.SeveritySet) string {
	var parts []string
	if p := w.promises(v.From, v.Severity); p != "" {
		parts = append(parts, "promises now: "+p)
	}
	was, is := w.k.Severity(v.From), w.k.Severity(v.Severity)
	if was == nil || is == nil {
		return ""
	}
	for _, id := range is.Required {
		if !slices.Contains(was.Required, id) {
			parts = append(parts, w.role(id)+" is required")
		}
	}
	if is.Effort != was.Effort && is.Effort != "" {
		parts = append(parts, "agreed effort: "+strings.TrimRight(is.Effort, "."))
	}
	return upper(strings.Join(parts, "; "))
}

// promises are the intervals that change from one severity to another; empty when none does.
func (w words) promises(from, to string) string {
	was, is := w.k.Severity(from), w.k.Severity(to)
	if was == nil || is == nil || from == to {
		return ""
	}
	var parts []string
	for _, a := range w.k.Audiences {
		switch before, after := was.Promise(a.ID).Every, is.Promise(a.ID).Every; {
		case before == after:
		case after == 0:
			parts = append(parts, a.Name+" none")
		default:
			parts = append(parts, a.Name+" every "+minutes(after))
		}
	}
	return strings.Join(parts, ", ")
}

// answers are those behind a severity, and what they proposed.
func (w words) answers(v *incident.SeveritySet) string {
	a := v.Assessment
	if a == nil {
		return ""
	}
	var parts []string
	for _, q := range w.k.Assessment.Criteria {
		word := "not known"
		if n := a.Answer(q.ID); n >= 0 && n < len(q.Choices) {
			word = q.Choices[n]
		}
		parts = append(parts, q.Letter+" "+word)
	}
	if l := w.k.Assessment.Likelihood.Choices; a.Likelihood >= 1 && a.Likelihood <= len(l) {
		parts = append(parts, "worse if idle: "+l[a.Likelihood-1])
	}
	if a.Trend != "" {
		parts = append(parts, "trend "+a.Trend)
	}
	if a.Effect != "" {
		parts = append(parts, a.Effect)
	}
	if a.Proposed != "" {
		parts = append(parts, fmt.Sprintf("score %d, impact %d: proposed %s", a.Score, a.Impact, a.Proposed))
	}
	return strings.Join(parts, " · ")
}
