package compose

import (
	"fmt"
	"slices"
	"strings"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Sentence is one record in plain words.
type Sentence struct {
	Mark     string // note, decision, action, question, followup, hypothesis, change, file, update, phase, check or system
	Text     string
	Basis    string // of a decision, or the answers behind a severity
	More     string // what follows from it
	Tradeoff string
	Approx   bool // its time is a guess
	Editable bool // says its writer's own words and nothing else
	Words    string
	Worded   bool   // Words are its writer's own, which can be corrected; they may be empty
	Link     string // where it can be seen elsewhere; not to be trusted to be an address
}

// Line says what a record says. s is the incident's state, which knows names and the
// texts that the record refers to; k is the incident's kit, which may be empty. A
// record that was taken back still says what it said.
func Line(e *incident.Entry, s *incident.State, k *kit.Kit) Sentence {
	w := words{s, k}
	out := Sentence{Mark: marked(e.Event)}
	if e.Redacted != "" || e.Body == nil {
		out.Text = redacted(e.Redacted)
		if e.Kept && effect(e.Event) {
			out.Text = strings.TrimRight(words{s, k}.event(e), ": ") + " " + out.Text
		}
		return out
	}
	own := true
	switch v := e.Event.(type) {
	case *incident.SeveritySet:
		own = false
		out.Text, out.Basis, out.More = w.judged(v), w.answers(v), w.plan(v)
	case *incident.DecisionMade:
		out.Text, out.Basis, out.Tradeoff, out.Approx = v.Text, v.Basis, v.Tradeoff, v.Approx
	case *incident.NoteAdded:
		out.Text, out.Approx = v.Text, v.Approx
	case *incident.QuestionAsked:
		out.Text, out.Approx = v.Text, v.Approx
	case *incident.HypothesisStated:
		out.Text, out.Approx = v.Text, v.Approx
	case *incident.FollowUpAdded:
		out.Text, out.Approx, out.More = v.Text, v.Approx, with(w.terms(v.FollowUpTerms), v.Why)
	default:
		own = false
		out.Text = w.event(e)
	}
	switch v := e.Event.(type) {
	case *incident.ActionOpened:
		out.Approx = v.Approx
	case *incident.FileAttached:
		out.Approx = v.Approx
	case *incident.DeliveryConfirmed:
		out.Link = v.Link
	case *incident.MessageMarked:
		out.Link = v.Link
	}
	out.Editable = own && e.Undone.IsZero()
	if text, ok := incident.Words(e.Event); ok && e.Undone.IsZero() {
		out.Words, out.Worded = text, true
	}
	return out
}

// effect reports whether an event says something even without its words.
func effect(e incident.Event) bool {
	switch e.(type) {
	case *incident.SeveritySet, *incident.PhaseMoved, *incident.ItemChecked, *incident.ExitJudged, *incident.ActionClosed, *incident.PromiseMoved,
		*incident.ChangeEnded, *incident.DecisionChecked, *incident.HypothesisJudged, *incident.IntermissionAnswered,
		*incident.MeasureTaken, *incident.MeasureExtended, *incident.MeasureEnded, *incident.SoakDipped, *incident.Linked,
		*incident.FollowUpChanged, *incident.FollowUpEnded, *incident.RetroPlanned:
		return true
	}
	return false
}

func redacted(reason string) string {
	if reason == "" {
		return gone
	}
	return "(redacted: " + reason + ")"
}

// silent are the kinds that no row shows: what they say is seen on another row.
var silent = []incident.Kind{
	"person.named", "record.amended", "record.undone",
	"post.requested",                                                                                       // what comes of it follows
	"section.written", "factor.named", "factor.linked", "moment.marked", "moment.asked", "moment.answered", // they look back: the retrospective shows them
}

// Silent reports whether an entry is left out of a timeline for people. It stays in the
// record and in exports of it.
func Silent(e *incident.Entry) bool {
	switch v := e.Event.(type) {
	case *incident.DeliveryConfirmed: // an update by hand has left when it is written
		return v.Delivery.IsZero() || v.Audience == "" && v.How == ""
	case *incident.CommandOffered: // the acceptance stands beside it
		return v.Given
	case *incident.DeliveryDropped: // one of our own, such as a reminder
		return v.Audience == ""
	}
	return slices.Contains(silent, e.Kind)
}

// marked is the mark of an event.
func marked(e incident.Event) string {
	switch e.(type) {
	case *incident.NoteAdded, *incident.SituationSet:
		return "note"
	case *incident.DecisionMade:
		return "decision"
	case *incident.ActionOpened, *incident.ActionExtended, *incident.ActionClosed:
		return "action"
	case *incident.QuestionAsked, *incident.QuestionAnswered:
		return "question"
	case *incident.HypothesisStated, *incident.HypothesisJudged:
		return "hypothesis"
	case *incident.ChangeStarted, *incident.ChangeEnded:
		return "change"
	case *incident.ActionReadBack:
		return "action"
	case *incident.FollowUpAdded, *incident.FollowUpChanged, *incident.FollowUpEnded:
		return "followup"
	case *incident.FileAttached:
		return "file"
	case *incident.UpdateRequested, *incident.DeliveryConfirmed, *incident.PromiseMoved, *incident.PostRequested, *incident.RouteSwitched,
		*incident.DeliveryRefused, *incident.DeliveryOnHold, *incident.DeliveryDropped:
		return "update"
	case *incident.MessageMarked:
		return "note"
	case *incident.Declared, *incident.SeveritySet, *incident.PhaseMoved, *incident.MilestoneSet:
		return "phase"
	case *incident.DecisionExpected, *incident.DecisionChecked, *incident.ItemChecked, *incident.ExitJudged, *incident.SoakStarted, *incident.SoakDipped, *incident.PlaybookStarted, *incident.CleanupWaived:
		return "check"
	case *incident.MeasureTaken, *incident.MeasureExtended, *incident.MeasureEnded:
		return "action"
	}
	return "system"
}

// event is what happened, for records that are more than their own words.
func (w words) event(e *incident.Entry) string {
	switch v := e.Event.(type) {
	case *incident.Declared:
		return w.declared(v)
	case *incident.SituationSet, *incident.ItemChecked, *incident.ExitJudged,
		*incident.ActionOpened, *incident.ActionExtended, *incident.ActionClosed, *incident.QuestionAnswered:
		return w.work(v)
	case *incident.RoleAssigned, *incident.RoleReleased, *incident.RoleAsked, *incident.RoleCovered, *incident.DeputyNamed, *incident.CommandOffered, *incident.CommandDeclined, *incident.CommandAccepted, *incident.PersonNamed:
		return w.people(e, v)
	case *incident.UpdateRequested, *incident.PromiseMoved, *incident.DeadlineSnoozed, *incident.SnoozeExplained:
		return w.told(v)
	case *incident.DeliveryConfirmed, *incident.DeliveryRefused, *incident.DeliveryOnHold, *incident.DeliveryDropped,
		*incident.PostRequested, *incident.RouteSwitched, *incident.MessageMarked:
		return w.left(v)
	case *incident.ChangeStarted, *incident.ChangeEnded, *incident.DecisionExpected, *incident.DecisionChecked, *incident.HypothesisJudged,
		*incident.ActionReadBack, *incident.IntermissionAnswered, *incident.TeamJoined:
		return w.command(v)
	case *incident.SoakStarted, *incident.SoakDipped, *incident.MeasureTaken, *incident.MeasureExtended, *incident.MeasureEnded, *incident.PlaybookStarted, *incident.Linked:
		return w.held(v)
	case *incident.SeveritySet:
		return w.judged(v)
	case *incident.FileAttached:
		return with(v.Name+", "+incident.Size(v.Size), v.Text)
	case *incident.PhaseMoved:
		return with("Phase "+upper(string(v.Phase)), v.Reason)
	case *incident.MilestoneSet:
		return upper(string(v.Milestone)) + " at " + about(w.at(v.Time), v.Approx)
	case *incident.SectionWritten, *incident.FactorNamed, *incident.FactorLinked, *incident.MomentMarked, *incident.MomentAsked, *incident.MomentAnswered:
		return w.lookedBack(v)
	case *incident.RecordAmended:
		return w.amended(v)
	case *incident.RecordUndone:
		return "An entry was taken back"
	case *incident.RecordRedacted:
		return "The words of an entry were removed: " + v.Reason
	case *incident.EffortAnswered:
		return fmt.Sprintf("%s: %s took %d min", w.s.Name(v.Person), v.Phase, v.Minutes)
	case *incident.ClockStepped:
		if v.By < 0 {
			return "The clock jumped back by " + span(v.By)
		}
		return "The clock jumped ahead by " + span(v.By)
	}
	if text, ok := w.after(e.Event); ok {
		return text
	}
	return fmt.Sprintf("A record of the kind %q that this version cannot read", e.Kind)
}

func (w words) declared(v *incident.Declared) string {
	text := "Declared " + v.Severity
	if v.Provisional {
		text = "Declared provisional " + v.Severity
	}
	if v.Backfill {
		text += ", entered afterwards"
	}
	return text + ": " + v.Title
}

func (w words) amended(v *incident.RecordAmended) string {
	switch {
	case v.Text != nil:
		return "An entry was corrected: " + *v.Text
	case v.Time != nil:
		return "The time of an entry was corrected to " + w.at(*v.Time)
	}
	return "An entry was corrected"
}
