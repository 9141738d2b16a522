package compose

import (
	"fmt"
	"strings"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Alert is the text of a desktop notification about a deadline at now. The title
// says what to act on; it stays in the tray, so it holds no countdown. Of a security
// incident it shows neither what it is about nor whom it concerns.
func Alert(s *incident.State, k *kit.Kit, d cadence.Deadline, now int64) (title, body string) {
	w := words{s, k}
	subject, what, fact := w.alarm(d, now)
	if s.Declared.Security {
		return s.Declared.Ref + " · " + what, w.fact(d, now)
	}
	if subject != "" {
		what = subject + ": " + what
	}
	about := strings.TrimSpace(w.severity() + " " + line(kept(s.Declared.Title)))
	return s.Declared.Ref + " · " + what, fact + " " + upper(about)
}

// alarm is whom or what a deadline is about, what about it, and the fact behind it.
func (w words) alarm(d cadence.Deadline, now int64) (subject, what, fact string) {
	id, err := incident.ParseID(d.Subject)
	person := "someone"
	if err == nil {
		person = w.s.Name(id)
	}
	fact = w.fact(d, now)
	switch d.Kind {
	case cadence.Promise:
		what = "update due"
		if d.First {
			what = "first notice due"
		}
		return w.audience(d.Subject), what, fact
	case cadence.Action:
		for _, a := range w.s.Actions {
			if err == nil && a.ID == id {
				return w.s.Name(a.Owner), "time is up", upper(strings.TrimRight(line(kept(a.Text)), ".")) + "."
			}
		}
		return "", "time is up", fact
	case cadence.Measure:
		for _, m := range w.s.Measures {
			if err == nil && m.ID == id {
				return w.s.Name(m.Owner), "temporary measure has to end", upper(strings.TrimRight(line(kept(m.Text)), ".")) + "."
			}
		}
		return "", "a temporary measure has to end", fact
	case cadence.Assess:
		return "", "severity still provisional", fact
	case cadence.Role:
		return w.role(d.Subject), "role not held", fact
	case cadence.Command:
		return "", "command offered and not accepted", "Offered to " + person + " at " + said(d.From, now) + "."
	case cadence.Delivery:
		return w.audience(d.Subject), "could not be delivered", "Since " + said(d.From, now) + "."
	case cadence.Check:
		if err == nil {
			fact = upper(strings.TrimRight(line(w.decision(id)), ".")) + "."
		}
		return "", "did the decision work?", fact
	case cadence.Duty:
		return "", "plan a handoff", person + " has commanded for " + span(now-d.From) + "."
	}
	return "", "something is due", fact
}

// fact says when something was or is due and names nobody. Promised is only what
// was said; a worse severity makes an update due before that.
func (w words) fact(d cadence.Deadline, now int64) string {
	switch {
	case d.Kind == cadence.Promise && w.s.Audiences[d.Subject].Promise.Due == d.Due:
		return fmt.Sprintf("Promised for %s.", said(d.Due, now))
	case d.Kind == cadence.Command:
		return fmt.Sprintf("Offered at %s.", said(d.From, now))
	}
	return fmt.Sprintf("Due at %s.", said(d.Due, now))
}
