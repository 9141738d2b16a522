package incident

import (
	"slices"
	"strings"

	"quarterdeck/internal/fault"
)

// HypothesisJudged says how a hypothesis stands, and what shows it. A word of evidence
// may leave it open.
type HypothesisJudged struct {
	Hypothesis ID     `json:"hypothesis"`
	State      string `json:"state"`          // open, ruled-out or confirmed
	Sort       string `json:"sort,omitempty"` // of the evidence: one of Evidences; empty = of no sort
	Text       string `json:"text,omitempty"` // the evidence
}

// States of a hypothesis.
const (
	HypothesisOpen      = "open"
	HypothesisRuledOut  = "ruled-out"
	HypothesisConfirmed = "confirmed"
)

// Evidences are the sorts of evidence: what changed shortly before, a measure, the first
// error of a log.
var Evidences = []string{"change", "metric", "log"}

// Kind implements Event.
func (*HypothesisJudged) Kind() Kind { return "hypothesis.judged" }

// Hypothesis is an idea about what is going on, and how it stands.
type Hypothesis struct {
	ID       ID         `json:"id"`
	Text     string     `json:"text"`
	At       int64      `json:"at"`
	By       ID         `json:"by"`
	State    string     `json:"state"`
	Judged   int64      `json:"judged,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"` // in fold order
}

// Evidence is a word on a hypothesis.
type Evidence struct {
	Sort string `json:"sort,omitempty"`
	Text string `json:"text"`
	At   int64  `json:"at"`
	By   ID     `json:"by"`
}

// JudgeHypothesis says how a hypothesis stands. Ruling it out and confirming it need evidence.
type JudgeHypothesis struct {
	Hypothesis        ID
	State, Sort, Text string
}

func (d *JudgeHypothesis) decide(c *context) ([]Event, error) {
	i := slices.IndexFunc(c.Hypotheses, func(h Hypothesis) bool { return h.ID == d.Hypothesis })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "there is no such hypothesis")
	}
	if d.Sort != "" && !slices.Contains(Evidences, d.Sort) {
		return nil, fault.Input("sort", "%.40q is no sort of evidence", d.Sort).WithHint("one of %s, or none", strings.Join(Evidences, ", "))
	}
	text, err := cleanOptional("text", d.Text, maxWords)
	if err != nil {
		return nil, err
	}
	switch d.State {
	case HypothesisOpen:
		if text == "" && c.Hypotheses[i].State == HypothesisOpen {
			return nil, fault.New(fault.Conflict, "it is open already").WithHint("say what speaks for it or against it")
		}
	case HypothesisRuledOut, HypothesisConfirmed:
		if text == "" {
			return nil, fault.Input("text", "what shows that it is %s?", strings.ReplaceAll(d.State, "-", " ")).WithHint("what changed, a measure, the first error of a log")
		}
	default:
		return nil, fault.Input("state", "%.40q is no state of a hypothesis", d.State).WithHint("one of %s, %s, %s", HypothesisOpen, HypothesisRuledOut, HypothesisConfirmed)
	}
	return []Event{&HypothesisJudged{d.Hypothesis, d.State, d.Sort, text}}, nil
}

func (s *State) judge(r *Record, e *HypothesisJudged) {
	i := slices.IndexFunc(s.Hypotheses, func(h Hypothesis) bool { return h.ID == e.Hypothesis })
	if i < 0 {
		return
	}
	h := &s.Hypotheses[i]
	switch e.State {
	case HypothesisOpen, HypothesisRuledOut, HypothesisConfirmed:
		h.State, h.Judged = e.State, r.At
	}
	if e.Text != "" {
		h.Evidence = append(slices.Clip(h.Evidence), Evidence{e.Sort, e.Text, r.At, r.Actor})
	}
}
