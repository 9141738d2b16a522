package compose

import (
	"cmp"
	"fmt"
	"strings"

	"quarterdeck/internal/incident"
)

func (w writer) decisions() section {
	out := section{Title: "Decisions", Head: []string{"Time", "Decision", "Basis", "Trade-off", "By"}, None: "None was recorded."}
	standing(w, func(e *incident.Entry, v *incident.DecisionMade) {
		out.add(about(full(e.At), v.Approx), w.spoken(e, v.Text), v.Basis, v.Tradeoff, w.s.Name(e.Actor))
	})
	return out
}

// spoken is the text of an entry, or why it is gone.
func (w words) spoken(e *incident.Entry, text string) string {
	if e.Redacted != "" || e.Body == nil {
		return redacted(e.Redacted)
	}
	return text
}

func (w writer) updates() section {
	out := section{Title: "Updates", Head: []string{"Time", "To", "State", "Text", "Next promised", "Left"}, None: "Nobody was told anything."}
	left := map[incident.ID]string{}
	standing(w, func(e *incident.Entry, v *incident.DeliveryRefused) { left[v.Request] = "refused by " + v.Route })
	standing(w, func(e *incident.Entry, v *incident.DeliveryDropped) { left[v.Request] = "not sent" })
	standing(w, func(e *incident.Entry, v *incident.DeliveryConfirmed) { left[v.Update] = by(v) })
	for _, e := range w.entries {
		switch v := e.Event.(type) {
		case *incident.UpdateRequested:
			how := left[e.ID]
			if how == "" {
				how = "not known to have left"
			}
			out.add(full(e.At), w.audience(v.Audience), string(v.State), w.spoken(e, v.Text), w.promised(v.Next), how)
		case *incident.PromiseMoved:
			if e.Undone.IsZero() {
				out.add(full(e.At), w.audience(v.Audience), "", w.spoken(e, v.Text), w.promised(v.Next), "another time, no news")
			}
		}
	}
	return out
}

func (w words) promised(ms int64) string {
	if ms == 0 {
		return ""
	}
	return full(ms)
}

func (w writer) actions() section {
	out := section{Title: "Actions", Head: []string{"Opened", "Owner", "Action", "Closed", "Result"}, None: "None was recorded."}
	for _, a := range w.s.Actions {
		closed, result := "", a.Result
		switch {
		case a.Closed == 0:
			result = "open"
		case a.Dropped:
			result = with("dropped", result)
		case result == "":
			result = "done"
		}
		if a.Closed != 0 {
			closed = full(a.Closed)
		}
		out.add(full(a.At), w.s.Name(a.Owner), kept(a.Text), closed, result)
	}
	return out
}

func (w writer) questions() section {
	out := section{Title: "Questions", Head: []string{"Asked", "Question", "Answer"}, None: "None was recorded."}
	for _, q := range w.s.Questions {
		answer := q.Answer
		if answer == "" {
			answer = "open"
		}
		out.add(full(q.At), kept(q.Text), answer)
	}
	return out
}

func (w writer) criteria() section {
	out := section{Title: "Exit criteria", Head: []string{"State", "Criterion", "Word", "By", "Time"}, None: "The severity has none."}
	for _, c := range w.s.Gate(w.k).Criteria {
		who, when := "", ""
		if c.At != 0 {
			who, when = w.s.Name(c.By), full(c.At)
		}
		out.add(c.State, c.Text, c.Word, who, when)
	}
	return out
}

func (w writer) followUps() section {
	out := section{Title: "Follow-ups", Head: []string{"Follow-up", "Kind", "Owner", "Due", "State", "Where"}, None: "None was recorded."}
	for _, f := range w.s.FollowUps {
		kind, owner, due := f.Type, "nobody yet", ""
		if t := w.k.FollowUp(f.Type); t != nil {
			kind = t.Name
		}
		if !f.Owner.IsZero() {
			owner = w.s.Name(f.Owner)
		}
		if f.Due != 0 {
			due = full(f.Due)
		}
		text := cmp.Or(f.Text, incident.Gone)
		if f.Proof != "" {
			text += "\nshown by: " + f.Proof
		}
		out.add(text, kind, owner, due, with(f.State, f.Word), f.Link)
	}
	return out
}

// addedLater is how long after an event its record counts as added later, ms.
const addedLater = 60_000

func (w writer) timeline() section {
	out := section{Title: "Timeline", Head: []string{"Time", "Since declared", "What", "Who", "Note"}, None: "Nothing was recorded."}
	zero := w.s.Times[incident.DeclaredAt].Time
	if started := w.s.Times[incident.Started].Time; started != 0 {
		zero = started // as on screen: it hurts from there
	}
	for _, e := range w.entries {
		if Silent(e) {
			continue
		}
		l := Line(e, w.s, w.k)
		text := called(e.Event) + l.Text
		if l.Basis != "" {
			text += "\nbecause " + l.Basis
		}
		if l.More != "" {
			text += "\n" + l.More
		}
		if l.Tradeoff != "" {
			text += "\nbut " + l.Tradeoff
		}
		out.Rows = append(out.Rows, row{
			Cells: []string{about(exact(e.At), l.Approx), offset(e.At - zero), text, w.s.Name(e.Actor), notes(e)},
			Mark:  l.Mark,
			Gone:  !e.Undone.IsZero(),
		})
	}
	return out
}

// called is what stands before the words of a row that do not say what they are.
func called(e incident.Event) string {
	switch e.(type) {
	case *incident.DecisionMade:
		return "Decision: "
	case *incident.ActionOpened:
		return "Action: "
	case *incident.QuestionAsked:
		return "Question: "
	case *incident.FollowUpAdded:
		return "Follow-up: "
	case *incident.HypothesisStated:
		return "Hypothesis: "
	}
	return ""
}

// notes are what a reader has to know about a row besides its words.
func notes(e *incident.Entry) string {
	var out []string
	if !e.Undone.IsZero() {
		out = append(out, "taken back")
	}
	if e.Amended {
		out = append(out, "corrected")
	}
	if e.RecordedAt-e.At > addedLater {
		out = append(out, "added "+span(e.RecordedAt-e.At)+" later")
	}
	return strings.Join(out, ", ")
}

// offset is a time since the start as T+hh:mm.
func offset(ms int64) string {
	sign := "+"
	if ms < 0 {
		sign, ms = "−", -ms
	}
	m := ms / 60_000
	return fmt.Sprintf("T%s%02d:%02d", sign, m/60, m%60)
}
