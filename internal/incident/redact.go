package incident

import (
	"encoding/json"
	"fmt"

	"quarterdeck/internal/fault"
)

// Gone stands where words that must not be empty have been removed.
const Gone = "(redacted)"

// Redact removes the words of a record for good. What it did stays, with the reason.
type Redact struct {
	Record Record // as it stands in the log
	At     int64  // when it happened, as corrected, ms UTC; 0 = as it was written
	Reason string
}

func (d *Redact) decide(*context) ([]Event, error) {
	e := d.Record.Event()
	if _, unknown := e.(*Unknown); !unknown && !wordy(e) {
		return nil, fault.Input("record", "a record of the kind %s holds no words to remove", d.Record.Kind).WithHint("take it back instead")
	}
	if d.Record.Body == nil {
		return nil, fault.New(fault.Conflict, "its words have been removed already")
	}
	reason, err := clean("reason", d.Reason, maxWords)
	if err != nil {
		return nil, err
	}
	out := &RecordRedacted{Record: d.Record.ID, Reason: reason}
	if bare := wordless(e); bare != nil {
		if out.Kept, err = json.Marshal(bare); err != nil {
			return nil, fmt.Errorf("incident: keep what %s did: %w", d.Record.ID, err)
		}
	}
	if d.At != 0 && d.At != d.Record.At { // the correction that says so may go with its words
		out.Time = &d.At
	}
	return []Event{out}, nil
}

// wordy reports whether an event holds anything that a person wrote.
func wordy(e Event) bool {
	switch e.(type) {
	case *ActionExtended, *MilestoneSet, *RoleAssigned, *RoleReleased, *DeadlineSnoozed,
		*WorkResumed, *SoakStarted, *FactorLinked, *RecordUndone, *RecordRedacted, *ClockStepped, *ActionReadBack, *TeamJoined:
		return false
	}
	return true
}

// wordless is an event without anything that a person wrote, which still does what it
// did; nil when nothing would be left of it.
func wordless(e Event) Event {
	switch e := e.(type) {
	case *Declared:
		c := *e
		c.Title, c.Summary, c.Reporter, c.Thread, c.Video, c.Impact = Gone, "", "", "", "", ""
		c.Environments, c.Regions, c.Services, c.Invited = nil, nil, nil, nil
		return &c
	case *CommandOffered:
		return &CommandOffered{To: e.To, Given: e.Given}
	case *CommandDeclined:
		return &CommandDeclined{Withdrawn: e.Withdrawn}
	case *CommandAccepted:
		c := *e
		if c.Claimed != "" {
			c.Claimed = Gone
		}
		return &c
	case *DecisionMade:
		return &DecisionMade{Approx: e.Approx}
	case *ActionOpened:
		return &ActionOpened{Owner: e.Owner, Minutes: e.Minutes, Approx: e.Approx}
	case *ActionClosed:
		return &ActionClosed{Action: e.Action, Dropped: e.Dropped}
	case *ChangeStarted:
		return &ChangeStarted{Thing: Gone, By: e.By, Beside: e.Beside, Approx: e.Approx}
	case *ChangeEnded:
		return &ChangeEnded{Change: e.Change, Outcome: e.Outcome}
	case *DecisionExpected:
		return &DecisionExpected{Decision: e.Decision, Check: e.Check}
	case *DecisionChecked:
		return &DecisionChecked{Decision: e.Decision, Outcome: e.Outcome}
	case *HypothesisJudged:
		return &HypothesisJudged{Hypothesis: e.Hypothesis, State: e.State, Sort: e.Sort}
	case *IntermissionAnswered:
		return &IntermissionAnswered{Needs: e.Needs}
	case *QuestionAsked:
		return &QuestionAsked{Approx: e.Approx}
	case *QuestionAnswered:
		return &QuestionAnswered{Question: e.Question, Text: Gone} // without a text it would be open again
	case *SituationSet:
		return &SituationSet{Field: e.Field}
	case *SeveritySet:
		return &SeveritySet{Severity: e.Severity}
	case *PhaseMoved:
		return &PhaseMoved{Phase: e.Phase}
	case *ItemChecked:
		return &ItemChecked{Item: e.Item, State: e.State}
	case *ExitJudged:
		return &ExitJudged{Criterion: e.Criterion, State: e.State}
	case *UpdateRequested:
		c := *e
		c.Text = ""
		return &c
	case *PostRequested:
		return &PostRequested{Post: e.Post, Route: e.Route}
	case *DeliveryConfirmed:
		c := *e
		c.How = ""
		return &c
	case *DeliveryRefused:
		c := *e
		c.Reason = ""
		return &c
	case *DeliveryOnHold:
		c := *e
		c.Reason = ""
		return &c
	case *DeliveryDropped:
		c := *e
		c.Reason = ""
		return &c
	case *RouteSwitched:
		return &RouteSwitched{Audience: e.Audience, From: e.From, To: e.To}
	case *MessageMarked:
		return &MessageMarked{Remote: e.Remote, How: e.How}
	case *Linked:
		return &Linked{Other: e.Other, Ref: e.Ref, How: e.How}
	case *MeasureTaken:
		return &MeasureTaken{Owner: e.Owner, Ends: e.Ends}
	case *MeasureExtended:
		return &MeasureExtended{Measure: e.Measure, Ends: e.Ends}
	case *MeasureEnded:
		return &MeasureEnded{Measure: e.Measure}
	case *PlaybookStarted:
		c := PlaybookStarted{Book: e.Book, Name: Gone}
		for range e.Steps { // they are numbered, and some have been done
			c.Steps = append(c.Steps, Gone)
		}
		return &c
	case *SoakDipped:
		return &SoakDipped{Criterion: e.Criterion}
	case *PromiseMoved:
		return &PromiseMoved{Audience: e.Audience, Next: e.Next}
	case *SnoozeExplained:
		return &SnoozeExplained{Snooze: e.Snooze}
	case *SectionWritten:
		return &SectionWritten{Section: e.Section, Seconds: e.Seconds}
	case *FactorNamed:
		return &FactorNamed{Gone}
	case *MomentMarked:
		return &MomentMarked{Record: e.Record, Mark: e.Mark}
	case *MomentAsked:
		return &MomentAsked{e.Record, Gone}
	case *MomentAnswered:
		return &MomentAnswered{e.Question, Gone}
	case *FollowUpAdded:
		return &FollowUpAdded{Approx: e.Approx, FollowUpTerms: e.FollowUpTerms.bare()}
	case *FollowUpChanged:
		return &FollowUpChanged{e.FollowUp, e.FollowUpTerms.bare()}
	case *FollowUpEnded:
		return &FollowUpEnded{FollowUp: e.FollowUp, State: e.State, Minutes: e.Minutes}
	case *RetroPlanned:
		c := *e
		c.Place = ""
		return &c
	case *RetroCancelled:
		return &RetroCancelled{Reason: Gone}
	case *RetroShared:
		return &RetroShared{With: Gone}
	case *ImpactJudged:
		return &ImpactJudged{Who: Gone}
	case *CleanupWaived:
		c := *e
		if c.Reason != "" { // without one it would be asked for again
			c.Reason = Gone
		}
		return &c
	case *RecordAmended:
		if e.Time != nil {
			return &RecordAmended{Record: e.Record, Time: e.Time}
		}
	}
	return nil
}

// bare is what is left of the terms without anything that a person wrote.
func (t FollowUpTerms) bare() FollowUpTerms {
	t.Link, t.Proof = "", ""
	return t
}

// bare is the event of a record whose words are gone: what its redaction kept of it,
// else the kind's empty event.
func (r *Record) bare(kept json.RawMessage) Event {
	c := *r
	c.Body = nil
	if len(kept) > 0 {
		c.Body = kept
	}
	e := c.Event()
	if _, odd := e.(*Unknown); odd { // what was kept cannot be read
		c.Body = nil
		return c.Event()
	}
	return e
}
