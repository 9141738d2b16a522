package compose

import (
	"fmt"
	"strings"

	"quarterdeck/internal/incident"
)

// after is what a record says that was written after "resolved"; ok is false for others.
func (w words) after(e incident.Event) (text string, ok bool) {
	switch v := e.(type) {
	case *incident.FollowUpChanged:
		return "Follow-up: " + with(w.followUp(v.FollowUp), w.terms(v.FollowUpTerms)), true
	case *incident.FollowUpEnded:
		head := map[string]string{incident.FollowUpDone: "Follow-up done", incident.FollowUpDropped: "Follow-up dropped"}[v.State]
		if head == "" {
			head = "Follow-up open again"
		}
		text := with(head+": "+w.followUp(v.FollowUp), v.Text)
		if v.Minutes > 0 {
			text += fmt.Sprintf(" (%d min)", v.Minutes)
		}
		return text, true
	case *incident.ImpactJudged:
		return with("Impact judged: "+v.Who, v.What), true
	case *incident.RetroPlanned:
		text := fmt.Sprintf("Retrospective on %s; %s sees to it", w.at(v.Time), w.s.Name(v.Owner))
		if v.Minutes > 0 {
			text += fmt.Sprintf("; %d min", v.Minutes)
		}
		if v.Place != "" {
			text += "; " + v.Place
		}
		if len(v.Invited) > 0 {
			names := make([]string, len(v.Invited))
			for i, p := range v.Invited {
				names[i] = w.s.Name(p)
			}
			text += "; invited: " + strings.Join(names, ", ")
		}
		return text, true
	case *incident.RetroCancelled:
		return with("The retrospective does not take place", v.Reason), true
	case *incident.RetroShared:
		return with("What was learnt is shared with "+v.With, v.Link), true
	case *incident.WorkResumed:
		return w.s.Name(v.Person) + " is back at the work they had planned", true
	case *incident.CleanupWaived:
		items := make([]string, len(v.Items))
		for i, id := range v.Items {
			items[i] = fmt.Sprintf("%q", w.todo(id))
		}
		if v.Reason == "" {
			return "Asked for again: " + strings.Join(items, ", "), true
		}
		return with("Left undone: "+strings.Join(items, ", "), v.Reason), true
	}
	return "", false
}

// followUp is the words of one, of which other records speak.
func (w words) followUp(id incident.ID) string {
	for _, f := range w.s.FollowUps {
		if f.ID == id && f.Text != "" {
			return f.Text
		}
	}
	return "one whose words are gone"
}

// terms are what makes a follow-up more than a wish, in words.
func (w words) terms(t incident.FollowUpTerms) string {
	var out []string
	say := func(ok bool, format string, args ...any) {
		if ok {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	name := t.Type
	if k := w.k.FollowUp(t.Type); k != nil {
		name = k.Name
	}
	say(t.Type != "", "%s", name)
	say(!t.Owner.IsZero(), "%s sees to it", w.s.Name(t.Owner))
	say(t.Due != 0, "due %s", w.at(t.Due))
	say(!t.Watcher.IsZero(), "%s watches over it", w.s.Name(t.Watcher))
	say(t.Proof != "", "shown by: %s", t.Proof)
	say(t.Link != "", "%s", t.Link)
	return strings.Join(out, "; ")
}

// todo is the words of a part of the clean-up.
func (w words) todo(id string) string {
	for _, t := range w.k.Board() {
		if t.ID == id {
			return t.Text
		}
	}
	return id
}
