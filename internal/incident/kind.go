package incident

// Each event knows its kind.

// Kind implements Event.
func (*Declared) Kind() Kind { return "incident.declared" }

// Kind implements Event.
func (*PersonNamed) Kind() Kind { return "person.named" }

// Kind implements Event.
func (*NoteAdded) Kind() Kind { return "note.added" }

// Kind implements Event.
func (*DecisionMade) Kind() Kind { return "decision.made" }

// Kind implements Event.
func (*ActionOpened) Kind() Kind { return "action.opened" }

// Kind implements Event.
func (*ActionExtended) Kind() Kind { return "action.extended" }

// Kind implements Event.
func (*ActionClosed) Kind() Kind { return "action.closed" }

// Kind implements Event.
func (*QuestionAsked) Kind() Kind { return "question.asked" }

// Kind implements Event.
func (*QuestionAnswered) Kind() Kind { return "question.answered" }

// Kind implements Event.
func (*HypothesisStated) Kind() Kind { return "hypothesis.stated" }

// Kind implements Event.
func (*FollowUpAdded) Kind() Kind { return "followup.added" }

// Kind implements Event.
func (*SituationSet) Kind() Kind { return "situation.set" }

// Kind implements Event.
func (*SeveritySet) Kind() Kind { return "severity.set" }

// Kind implements Event.
func (*PhaseMoved) Kind() Kind { return "phase.moved" }

// Kind implements Event.
func (*MilestoneSet) Kind() Kind { return "milestone.set" }

// Kind implements Event.
func (*RoleAssigned) Kind() Kind { return "role.assigned" }

// Kind implements Event.
func (*RoleReleased) Kind() Kind { return "role.released" }

// Kind implements Event.
func (*RoleAsked) Kind() Kind { return "role.asked" }

// Kind implements Event.
func (*RoleCovered) Kind() Kind { return "role.covered" }

// Kind implements Event.
func (*DeputyNamed) Kind() Kind { return "deputy.named" }

// Kind implements Event.
func (*CommandOffered) Kind() Kind { return "command.offered" }

// Kind implements Event.
func (*CommandDeclined) Kind() Kind { return "command.declined" }

// Kind implements Event.
func (*CommandAccepted) Kind() Kind { return "command.accepted" }

// Kind implements Event.
func (*ItemChecked) Kind() Kind { return "item.checked" }

// Kind implements Event.
func (*UpdateRequested) Kind() Kind { return "update.requested" }

// Kind implements Event.
func (*DeliveryConfirmed) Kind() Kind { return "delivery.confirmed" }

// Kind implements Event.
func (*PostRequested) Kind() Kind { return "post.requested" }

// Kind implements Event.
func (*DeliveryRefused) Kind() Kind { return "delivery.refused" }

// Kind implements Event.
func (*DeliveryOnHold) Kind() Kind { return "delivery.held" }

// Kind implements Event.
func (*DeliveryDropped) Kind() Kind { return "delivery.dropped" }

// Kind implements Event.
func (*RouteSwitched) Kind() Kind { return "route.switched" }

// Kind implements Event.
func (*MessageMarked) Kind() Kind { return "message.marked" }

// Kind implements Event.
func (*PromiseMoved) Kind() Kind { return "promise.moved" }

// Kind implements Event.
func (*DeadlineSnoozed) Kind() Kind { return "deadline.snoozed" }

// Kind implements Event.
func (*SnoozeExplained) Kind() Kind { return "snooze.explained" }

// Kind implements Event.
func (*EffortAnswered) Kind() Kind { return "effort.answered" }

// Kind implements Event.
func (*ExitJudged) Kind() Kind { return "exit.judged" }

// Kind implements Event.
func (*RetroPlanned) Kind() Kind { return "retrospective.booked" }

// Kind implements Event.
func (*RecordAmended) Kind() Kind { return "record.amended" }

// Kind implements Event.
func (*RecordUndone) Kind() Kind { return "record.undone" }

// Kind implements Event.
func (*RecordRedacted) Kind() Kind { return "record.redacted" }

// Kind implements Event.
func (*ClockStepped) Kind() Kind { return "clock.stepped" }

// Kind implements Event.
func (u *Unknown) Kind() Kind { return u.Name }
