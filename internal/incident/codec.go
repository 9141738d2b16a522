package incident

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// kinds pairs each kind with its event. The strings are frozen by a test.
var kinds = map[Kind]func() Event{
	"incident.declared":    func() Event { return new(Declared) },
	"person.named":         func() Event { return new(PersonNamed) },
	"note.added":           func() Event { return new(NoteAdded) },
	"decision.made":        func() Event { return new(DecisionMade) },
	"action.opened":        func() Event { return new(ActionOpened) },
	"action.extended":      func() Event { return new(ActionExtended) },
	"action.closed":        func() Event { return new(ActionClosed) },
	"question.asked":       func() Event { return new(QuestionAsked) },
	"question.answered":    func() Event { return new(QuestionAnswered) },
	"hypothesis.stated":    func() Event { return new(HypothesisStated) },
	"followup.added":       func() Event { return new(FollowUpAdded) },
	"file.attached":        func() Event { return new(FileAttached) },
	"situation.set":        func() Event { return new(SituationSet) },
	"severity.set":         func() Event { return new(SeveritySet) },
	"phase.moved":          func() Event { return new(PhaseMoved) },
	"milestone.set":        func() Event { return new(MilestoneSet) },
	"role.assigned":        func() Event { return new(RoleAssigned) },
	"role.released":        func() Event { return new(RoleReleased) },
	"role.asked":           func() Event { return new(RoleAsked) },
	"role.covered":         func() Event { return new(RoleCovered) },
	"deputy.named":         func() Event { return new(DeputyNamed) },
	"command.offered":      func() Event { return new(CommandOffered) },
	"command.declined":     func() Event { return new(CommandDeclined) },
	"command.accepted":     func() Event { return new(CommandAccepted) },
	"item.checked":         func() Event { return new(ItemChecked) },
	"update.requested":     func() Event { return new(UpdateRequested) },
	"delivery.confirmed":   func() Event { return new(DeliveryConfirmed) },
	"post.requested":       func() Event { return new(PostRequested) },
	"delivery.refused":     func() Event { return new(DeliveryRefused) },
	"delivery.held":        func() Event { return new(DeliveryOnHold) },
	"delivery.dropped":     func() Event { return new(DeliveryDropped) },
	"route.switched":       func() Event { return new(RouteSwitched) },
	"message.marked":       func() Event { return new(MessageMarked) },
	"promise.moved":        func() Event { return new(PromiseMoved) },
	"deadline.snoozed":     func() Event { return new(DeadlineSnoozed) },
	"snooze.explained":     func() Event { return new(SnoozeExplained) },
	"effort.answered":      func() Event { return new(EffortAnswered) },
	"exit.judged":          func() Event { return new(ExitJudged) },
	"retrospective.booked": func() Event { return new(RetroPlanned) },
	"section.written":      func() Event { return new(SectionWritten) },
	"factor.named":         func() Event { return new(FactorNamed) },
	"factor.linked":        func() Event { return new(FactorLinked) },
	"moment.marked":        func() Event { return new(MomentMarked) },
	"moment.asked":         func() Event { return new(MomentAsked) },
	"moment.answered":      func() Event { return new(MomentAnswered) },
	"incident.linked":      func() Event { return new(Linked) },
	"measure.taken":        func() Event { return new(MeasureTaken) },
	"measure.extended":     func() Event { return new(MeasureExtended) },
	"measure.ended":        func() Event { return new(MeasureEnded) },
	"soak.started":         func() Event { return new(SoakStarted) },
	"soak.dipped":          func() Event { return new(SoakDipped) },
	"playbook.started":     func() Event { return new(PlaybookStarted) },
	"record.amended":       func() Event { return new(RecordAmended) },
	"record.undone":        func() Event { return new(RecordUndone) },
	"record.redacted":      func() Event { return new(RecordRedacted) },
	"clock.stepped":        func() Event { return new(ClockStepped) },

	"change.started":        func() Event { return new(ChangeStarted) },
	"change.ended":          func() Event { return new(ChangeEnded) },
	"decision.expected":     func() Event { return new(DecisionExpected) },
	"decision.checked":      func() Event { return new(DecisionChecked) },
	"hypothesis.judged":     func() Event { return new(HypothesisJudged) },
	"action.readback":       func() Event { return new(ActionReadBack) },
	"intermission.answered": func() Event { return new(IntermissionAnswered) },
	"team.joined":           func() Event { return new(TeamJoined) },

	"followup.changed":        func() Event { return new(FollowUpChanged) },
	"followup.ended":          func() Event { return new(FollowUpEnded) },
	"impact.judged":           func() Event { return new(ImpactJudged) },
	"retrospective.cancelled": func() Event { return new(RetroCancelled) },
	"retrospective.shared":    func() Event { return new(RetroShared) },
	"work.resumed":            func() Event { return new(WorkResumed) },
	"cleanup.waived":          func() Event { return new(CleanupWaived) },
}

// Kinds lists every kind that this version writes, sorted.
func Kinds() []Kind { return slices.Sorted(maps.Keys(kinds)) }

// bodyVersion is the version of the bodies that this version writes.
const bodyVersion = 1

// Encode gives the kind, version and JSON body of an event.
func Encode(e Event) (kind Kind, v int, body []byte, err error) {
	if u, ok := e.(*Unknown); ok {
		return u.Name, u.V, u.Raw, nil
	}
	body, err = json.Marshal(e)
	if err != nil {
		return "", 0, nil, fmt.Errorf("incident: encode %s: %w", e.Kind(), err)
	}
	return e.Kind(), bodyVersion, body, nil
}

// Event decodes the record's body. It never fails: a kind, a version or a body that
// this version cannot read is Unknown, and a redacted body is the kind's empty event.
func (r *Record) Event() Event {
	mk, ok := kinds[r.Kind]
	if !ok || r.V > bodyVersion {
		return &Unknown{Name: r.Kind, V: r.V, Raw: r.Body}
	}
	e := mk()
	if r.Body == nil {
		return e
	}
	if err := json.Unmarshal(r.Body, e); err != nil {
		return &Unknown{Name: r.Kind, V: r.V, Raw: r.Body} // kept whole, shown as unreadable
	}
	return e
}

// Link completes events of one decision that name a record of the same decision:
// a delivery without an update belongs to the update before it, what is expected of no
// decision to the decision before it. ids are the ids
// given to the events' records, in order.
func Link(events []Event, ids []ID) {
	for i := 1; i < len(events); i++ {
		switch e := events[i].(type) {
		case *DeliveryConfirmed:
			if e.Update.IsZero() {
				e.Update = ids[i-1]
			}
		case *DecisionExpected:
			if e.Decision.IsZero() {
				e.Decision = ids[i-1]
			}
		}
	}
}
