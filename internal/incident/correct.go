package incident

import (
	"strings"
	"time"

	"quarterdeck/internal/fault"
)

// Amend corrects the text or the time of a record. The history is kept.
type Amend struct {
	Record Record // the record to correct, as it stands in the log
	Text   *string
	Time   *int64
}

func (d *Amend) decide(c *context) ([]Event, error) {
	e := &RecordAmended{Record: d.Record.ID}
	if d.Text == nil && d.Time == nil {
		return nil, fault.Input("text", "nothing to correct").WithHint("give another text or another time")
	}
	if d.Text != nil {
		if textOf(d.Record.Event()) == nil {
			return nil, fault.Input("text", "a record of the kind %s has no text of its own", d.Record.Kind).WithHint("write a note beside it")
		}
		if d.Record.Body == nil {
			return nil, fault.New(fault.Refused, "that record has been redacted")
		}
		t, err := reword(d.Record.Event(), *d.Text)
		if err != nil {
			return nil, err
		}
		e.Text = &t
	}
	if d.Time != nil {
		if err := plausible("at", *d.Time, c.now.Wall); err != nil {
			return nil, err
		}
		if err := c.movable(d.Record.ID, *d.Time); err != nil {
			return nil, err
		}
		e.Time = d.Time
	}
	return []Event{e}, nil
}

// movable refuses another time for a record by which a milestone would come out of order.
func (c *context) movable(id ID, at int64) error {
	own := func(m Milestone) bool { t, ok := c.Times[m]; return ok && t.By == id }
	for i, m := range Milestones {
		if !own(m) {
			continue
		}
		for j, o := range Milestones {
			if t, ok := c.Times[o]; ok && !own(o) && (j < i && t.Time > at || j > i && t.Time < at) {
				return misplaced("at", m, at, o, t.Time)
			}
		}
	}
	return nil
}

// reword checks another text by the rules under which the first one was taken.
func reword(e Event, text string) (string, error) {
	switch e.(type) {
	case *Declared:
		return cleanLine("text", text, maxTitle)
	case *SituationSet, *SeveritySet, *PhaseMoved, *ItemChecked, *ExitJudged, *ChangeStarted, *ChangeEnded, *DecisionExpected, *DecisionChecked, *HypothesisJudged, *IntermissionAnswered, *FactorNamed, *MomentAsked:
		return clean("text", text, maxWords)
	case *MeasureTaken, *MeasureEnded, *MeasureExtended, *SoakDipped:
		return clean("text", text, maxWords)
	}
	return clean("text", text, MaxText)
}

// Undo takes back what a record did, and what was written with it by the same act. An
// undo is taken back in the same way, which does again what it undid.
type Undo struct {
	Record Record
	With   []ID // of the same act, as Timeline.Act names them
}

func (d *Undo) decide(*context) ([]Event, error) {
	if err := undoable(d.Record.Event()); err != nil {
		return nil, err
	}
	var out []Event
	for _, id := range d.With {
		if id != d.Record.ID && !id.IsZero() {
			out = append(out, &RecordUndone{id})
		}
	}
	return append(out, &RecordUndone{d.Record.ID}), nil
}

func undoable(e Event) error {
	switch e.(type) {
	case *Declared, *CommandAccepted, *CommandOffered, *PersonNamed, *RecordRedacted:
		return fault.New(fault.Refused, "this cannot be taken back").WithHint("an incident declared by mistake is closed; command is given back by giving it")
	case *Unknown:
		return fault.New(fault.Refused, "this version cannot read that record").WithHint("take it back where it was written")
	case *UpdateRequested, *PostRequested, *DeliveryConfirmed, *DeliveryRefused, *DeliveryOnHold, *DeliveryDropped:
		return fault.New(fault.Refused, "what was said cannot be unsaid").WithHint("send a correction")
	}
	return nil
}

// names joins a list of names for a sentence.
func names[T ~string](list []T) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return strings.Join(out, ", ")
}

// stamp is a time in an error message, UTC.
func stamp(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02 15:04:05Z") }
