package compose

import (
	"strings"

	"quarterdeck/internal/incident"
)

// outcomes are what a change or a decision came to, as it is called aloud.
var outcomes = map[string]string{"better": "Better", "same": "Same", "worse": "Worse", incident.OutcomeUndone: "Taken back"}

// sorts are the sorts of evidence, as people say them.
var sorts = map[string]string{"change": "what changed", "metric": "a measure", "log": "first error"}

// needs are the questions of an intermission as statements.
var needs = map[string]string{
	"what": "not sure what is wrong", "how": "not sure how to fix it", "whether": "not sure whether it can be fixed",
	"cope": "not sure of being able to deal with it", "hands": "not enough hands",
}

// NeedText is one of the five questions of an intermission as a statement.
func NeedText(need string) string { return upper(needs[need]) }

// command is what is being changed, what was expected and found, and who needs help.
func (w words) command(e incident.Event) string {
	switch v := e.(type) {
	case *incident.ChangeStarted:
		text := w.s.Name(v.By) + " changes " + v.Thing + ": " + v.Text
		if v.Undo != "" {
			text += "\nundo: " + v.Undo
		}
		if len(v.Beside) > 0 {
			text += "\nbeside a change of the same thing that was in flight"
		}
		return text
	case *incident.ChangeEnded:
		return with(sayable(outcomes, v.Outcome)+": "+w.change(v.Change), v.Text)
	case *incident.DecisionExpected:
		return w.expected(v)
	case *incident.DecisionChecked:
		return with(sayable(outcomes, v.Outcome)+": "+w.decision(v.Decision), v.Text)
	case *incident.HypothesisJudged:
		return w.evidence(v)
	case *incident.ActionReadBack:
		return "Read back: " + w.action(v.Action)
	case *incident.IntermissionAnswered:
		if len(v.Needs) == 0 {
			return with("Do we need help? No", v.Text)
		}
		list := make([]string, len(v.Needs))
		for i, n := range v.Needs {
			list[i] = sayable(needs, n)
		}
		return with("Help is needed: "+strings.Join(list, ", "), v.Text)
	case *incident.TeamJoined:
		if v.Lead.IsZero() {
			return w.s.Name(v.Person) + " reports to the commander"
		}
		return w.s.Name(v.Person) + " reports to " + w.s.Name(v.Lead)
	}
	return ""
}

// sayable is a word of the record as people say it; one that this version does not know stays.
func sayable(list map[string]string, word string) string {
	if t := list[word]; t != "" {
		return t
	}
	return word
}

func (w words) expected(v *incident.DecisionExpected) string {
	text := "Expected of “" + w.decision(v.Decision) + "”"
	if v.Expect != "" {
		text += ": " + v.Expect
	}
	if v.Check != 0 {
		text += ", by " + w.at(v.Check)
	}
	if v.Objections != "" {
		text += "\nstrong objections: " + v.Objections
	}
	return text
}

func (w words) evidence(v *incident.HypothesisJudged) string {
	head := map[string]string{incident.HypothesisRuledOut: "Ruled out", incident.HypothesisConfirmed: "Confirmed", incident.HypothesisOpen: "Open"}
	text := sayable(head, v.State) + ": " + w.hypothesis(v.Hypothesis)
	if v.Text == "" {
		return text
	}
	if v.Sort != "" {
		return text + " – " + sayable(sorts, v.Sort) + ": " + v.Text
	}
	return with(text, v.Text)
}

func (w words) change(id incident.ID) string {
	return wordsOf(w.s.Changes, func(c incident.Change) bool { return c.ID == id }, func(c incident.Change) string { return c.Thing + ": " + kept(c.Text) }, "a change")
}

func (w words) decision(id incident.ID) string {
	return wordsOf(w.s.Decisions, func(d incident.Decision) bool { return d.ID == id }, func(d incident.Decision) string { return kept(d.Text) }, "a decision")
}

func (w words) hypothesis(id incident.ID) string {
	return wordsOf(w.s.Hypotheses, func(h incident.Hypothesis) bool { return h.ID == id }, func(h incident.Hypothesis) string { return kept(h.Text) }, "a hypothesis")
}

// inFlight is a change that has not ended, with how it is taken back.
func (w words) inFlight(c incident.Change) string {
	text := w.s.Name(c.By) + " changes " + c.Thing + ": " + kept(c.Text)
	if c.Undo != "" {
		text += " (undo: " + c.Undo + ")"
	}
	return text
}

// ideas are the hypotheses: what is open, what was ruled out and what was confirmed, each
// with the last word on it.
func (w words) ideas() []string {
	var out []string
	for _, state := range [][2]string{{incident.HypothesisConfirmed, "Confirmed: "}, {incident.HypothesisOpen, "Hypothesis, open: "}, {incident.HypothesisRuledOut, "Ruled out: "}} {
		for _, h := range w.s.Hypotheses {
			if h.State != state[0] {
				continue
			}
			text := state[1] + kept(h.Text)
			if n := len(h.Evidence); n > 0 {
				text = with(text, h.Evidence[n-1].Text)
			}
			out = append(out, text)
		}
	}
	return out
}
