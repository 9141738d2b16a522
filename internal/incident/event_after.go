package incident

// What is recorded after "resolved": the half that others forget.

// FollowUpTerms are what makes a follow-up more than a wish. Each may be missing.
type FollowUpTerms struct {
	Type    string `json:"type,omitempty"` // of the kit
	Owner   ID     `json:"owner,omitzero"`
	Due     int64  `json:"due,omitempty"` // ms UTC
	Link    string `json:"link,omitempty"`
	Watcher ID     `json:"watcher,omitzero"` // who looks after it being done
	Proof   string `json:"proof,omitempty"`  // what will show that it helped
}

// FollowUpChanged gives a follow-up other terms: all of them, as they are from now on.
type FollowUpChanged struct {
	FollowUp ID `json:"follow_up"`
	FollowUpTerms
}

// FollowUpEnded says what became of a follow-up.
type FollowUpEnded struct {
	FollowUp ID     `json:"follow_up"`
	State    string `json:"state"`             // done, dropped or open
	Text     string `json:"text,omitempty"`    // what shows that it helped, or why it was dropped
	Minutes  int    `json:"minutes,omitempty"` // that its owner spent on it
}

// States of a follow-up.
const (
	FollowUpOpen    = "open"
	FollowUpDone    = "done"
	FollowUpDropped = "dropped"
)

// ImpactJudged says who was hurt, and how badly. How long is what the milestones say.
type ImpactJudged struct {
	Who  string `json:"who"`            // how many, of whom
	What string `json:"what,omitempty"` // how badly
}

// RetroCancelled says that the retrospective that was booked does not take place.
type RetroCancelled struct {
	Reason string `json:"reason"`
}

// RetroShared says to whom what was learnt has been given.
type RetroShared struct {
	With string `json:"with"`
	Link string `json:"link,omitempty"`
}

// WorkResumed says that a person is back at the work they had planned, from the record's At on.
type WorkResumed struct {
	Person ID `json:"person"`
}

// CleanupWaived says that parts of the clean-up are left undone, and why; without a
// reason they are asked for again.
type CleanupWaived struct {
	Items  []string `json:"items"`
	Reason string   `json:"reason,omitempty"`
}

// Kind implements Event.
func (*FollowUpChanged) Kind() Kind { return "followup.changed" }

// Kind implements Event.
func (*FollowUpEnded) Kind() Kind { return "followup.ended" }

// Kind implements Event.
func (*ImpactJudged) Kind() Kind { return "impact.judged" }

// Kind implements Event.
func (*RetroCancelled) Kind() Kind { return "retrospective.cancelled" }

// Kind implements Event.
func (*RetroShared) Kind() Kind { return "retrospective.shared" }

// Kind implements Event.
func (*WorkResumed) Kind() Kind { return "work.resumed" }

// Kind implements Event.
func (*CleanupWaived) Kind() Kind { return "cleanup.waived" }
