package incident

import "encoding/json"

// Kind names what happened. Kinds are frozen: they stand in every database.
type Kind string

// Event is something that has happened: the body of a record.
type Event interface{ Kind() Kind }

// Declared opens an incident. Its record's At is the milestone declared.
type Declared struct {
	Ref          string   `json:"ref"`
	Title        string   `json:"title"`
	Summary      string   `json:"summary,omitempty"`
	Type         string   `json:"type"`
	Kit          string   `json:"kit"` // hash of the kit in force
	Severity     string   `json:"severity"`
	Provisional  bool     `json:"provisional,omitempty"` // nobody has judged it yet
	Source       string   `json:"source,omitempty"`      // alert, user or noticed
	Reporter     string   `json:"reporter,omitempty"`
	Thread       string   `json:"thread,omitempty"`
	Video        string   `json:"video,omitempty"`
	Impact       string   `json:"impact,omitempty"`
	Environments []string `json:"environments,omitempty"`
	Regions      []string `json:"regions,omitempty"`
	Services     []string `json:"services,omitempty"`
	Invited      []string `json:"invited,omitempty"`
	Signs        []string `json:"signs,omitempty"` // by which it was seen to be an incident, by the kit's ids
	Security     bool     `json:"security,omitempty"`
	Drill        bool     `json:"drill,omitempty"`
	Backfill     bool     `json:"backfill,omitempty"` // entered after the fact: nothing is due
	Started      int64    `json:"started,omitempty"`
	Detected     int64    `json:"detected,omitempty"`
}

// PersonNamed gives a person's id its name in this incident.
type PersonNamed struct {
	Person ID     `json:"person"`
	Name   string `json:"name"`
}

// NoteAdded is a line of the log.
type NoteAdded struct {
	Text   string `json:"text"`
	Approx bool   `json:"approx,omitempty"` // its time is a guess, or only its order is known
}

// DecisionMade is a decision with what it rests on and what it knowingly gives up.
type DecisionMade struct {
	Text     string `json:"text"`
	Basis    string `json:"basis,omitempty"`
	Tradeoff string `json:"tradeoff,omitempty"`
	Approx   bool   `json:"approx,omitempty"`
}

// ActionOpened gives one person something to do within a time box.
type ActionOpened struct {
	Text    string `json:"text"`
	Owner   ID     `json:"owner"`
	Minutes int    `json:"minutes"` // time box; 0 = none
	Approx  bool   `json:"approx,omitempty"`
}

// ActionExtended gives an action a new time box that starts at the record's At.
type ActionExtended struct {
	Action  ID  `json:"action"`
	Minutes int `json:"minutes"`
}

// ActionClosed ends an action.
type ActionClosed struct {
	Action  ID     `json:"action"`
	Dropped bool   `json:"dropped,omitempty"`
	Text    string `json:"text,omitempty"` // the result
}

// QuestionAsked is a question that stays open until it is answered.
type QuestionAsked struct {
	Text   string `json:"text"`
	Approx bool   `json:"approx,omitempty"`
}

// QuestionAnswered answers one.
type QuestionAnswered struct {
	Question ID     `json:"question"`
	Text     string `json:"text"`
}

// HypothesisStated is an idea about what is going on.
type HypothesisStated struct {
	Text   string `json:"text"`
	Approx bool   `json:"approx,omitempty"`
}

// FollowUpAdded is work for after the incident.
type FollowUpAdded struct {
	Text   string `json:"text"`
	Approx bool   `json:"approx,omitempty"`
	FollowUpTerms
	Why string `json:"why,omitempty"` // why there are so many
}

// SituationSet says anew what the impact, the goal or the believed cause is.
type SituationSet struct {
	Field string `json:"field"` // one of SituationFields
	Text  string `json:"text"`
}

// SituationFields are the parts of the situation.
var SituationFields = []string{"impact", "goal", "cause"}

// SeveritySet is the commander's judgement.
type SeveritySet struct {
	Severity   string      `json:"severity"`
	Reason     string      `json:"reason,omitempty"`
	From       string      `json:"from,omitempty"`       // what was in force when it was said
	Assessment *Assessment `json:"assessment,omitempty"` // the answers behind it; nil = set directly
}

// Assessment is the answers behind a severity, and what they came to.
type Assessment struct {
	Answers    []Answer `json:"answers"`
	Likelihood int      `json:"likelihood,omitempty"` // 1 to 5; 0 = not known
	Trend      string   `json:"trend,omitempty"`      // one of Trends; empty = not said
	Effect     string   `json:"effect,omitempty"`     // the kind of effect, by the kit
	Score      int      `json:"score"`                // of 100
	Impact     int      `json:"impact"`               // 1 to 5, after the floors
	Proposed   string   `json:"proposed,omitempty"`   // the severity that they came to
}

// Answer is one to a question of the kit.
type Answer struct {
	Criterion string `json:"criterion"`
	Value     int    `json:"value"` // 0 to 4; NotKnown
}

// NotKnown is the answer of somebody who cannot tell.
const NotKnown = -1

// Trends say where it went in the last ten minutes.
var Trends = []string{"worse", "same", "better"}

// Answer is the answer to a question; NotKnown when there is none.
func (a *Assessment) Answer(criterion string) int {
	if a != nil {
		for _, v := range a.Answers {
			if v.Criterion == criterion {
				return v.Value
			}
		}
	}
	return NotKnown
}

// PhaseMoved moves the incident to a phase.
type PhaseMoved struct {
	Phase  Phase  `json:"phase"`
	Reason string `json:"reason,omitempty"`
}

// MilestoneSet corrects a milestone's time.
type MilestoneSet struct {
	Milestone Milestone `json:"milestone"`
	Time      int64     `json:"time"`
	Approx    bool      `json:"approx,omitempty"`
}

// RoleAssigned gives a role to a person. The commander's role moves by CommandAccepted only.
type RoleAssigned struct {
	Role   string `json:"role"`
	Person ID     `json:"person"`
	Shift  *Shift `json:"shift,omitempty"` // what a calendar said for it; nil = nobody asked one
}

// Shift is what a calendar said when somebody was given a role: the evidence for it. It
// is a copy; what becomes of the calendar later changes nothing here.
type Shift struct {
	Schedule string `json:"schedule"`
	Person   string `json:"person"`             // as the calendar has it
	Start    int64  `json:"start"`              // of their turn
	End      int64  `json:"end"`                // of their turn; 0 = not known
	Calendar string `json:"calendar,omitempty"` // empty = an override made in place
	UID      string `json:"uid,omitempty"`      // of the event
	Read     int64  `json:"read,omitempty"`     // when the calendar was last known to say so
}

// RoleReleased leaves a role without a holder.
type RoleReleased struct {
	Role string `json:"role"`
}

// RoleAsked says that a person was asked to take a role. Asked is not taken: it is
// assigned once they have said yes.
type RoleAsked struct {
	Role   string `json:"role"`
	Person ID     `json:"person"`
}

// RoleCovered says that the commander covers an open role for a while.
type RoleCovered struct {
	Role  string `json:"role"`
	Until int64  `json:"until"`
}

// DeputyNamed says who stands in for the holder of a role; the zero person for nobody.
type DeputyNamed struct {
	Role   string `json:"role"`
	Person ID     `json:"person"`
	Until  int64  `json:"until,omitempty"` // ms UTC; 0 = until somebody else is named
}

// CommandOffered offers command to a person; the holder stays in command.
type CommandOffered struct {
	To    ID   `json:"to"`
	Given bool `json:"given,omitempty"` // accepted in the same breath
	Handover
}

// Handover is what no log can hold: what only the one who hands command over knows. An
// empty part was not stated.
type Handover struct {
	Worry  string `json:"worry,omitempty"`  // what worries them most
	Undone string `json:"undone,omitempty"` // what they decided not to do, and why
	Care   string `json:"care,omitempty"`   // who is tired, difficult or waiting
}

// CommandDeclined ends an offer; the holder stays in command.
type CommandDeclined struct {
	Withdrawn bool   `json:"withdrawn,omitempty"` // by the one who commands
	Reason    string `json:"reason,omitempty"`
}

// CommandAccepted moves command. The highest term commands; of one term, the first in fold order.
type CommandAccepted struct {
	By    ID   `json:"by"`
	Term  int  `json:"term"`            // from 1, one more than the term seen
	Voice bool `json:"voice,omitempty"` // said aloud, and vouched for by the record's actor
	// Back is what the one who takes over has said back aloud: words of ReadBack.
	Back    []string `json:"back,omitempty"`
	Claimed string   `json:"claimed,omitempty"` // why it was taken without an offer; empty = it was offered
	Shift   *Shift   `json:"shift,omitempty"`   // what a calendar said for it
}

// ItemChecked is a person's word on a checklist item.
type ItemChecked struct {
	Item  string `json:"item"`
	State string `json:"state"`          // done, skipped or open
	Text  string `json:"text,omitempty"` // the value that proves it, or why it was skipped
}

// States of a checklist item.
const (
	ItemDone    = "done"
	ItemSkipped = "skipped"
	ItemOpen    = "open"
)

// UpdateRequested is an update as written, for one audience.
type UpdateRequested struct {
	Audience string      `json:"audience"`
	State    PublicState `json:"state"`
	Text     string      `json:"text"`
	Next     int64       `json:"next,omitempty"`    // when the next one was promised; 0 = none
	Route    string      `json:"route"`             // by which it is to leave
	Rows     int         `json:"rows,omitempty"`    // messages that it leaves as; 0 = one
	Corrects ID          `json:"corrects,omitzero"` // the update that was wrong
}

// PostRequested asks for something to leave that is no update: a channel, its topic, who
// is invited, a message that is kept up to date.
type PostRequested struct {
	Post  string `json:"post"` // which, by the medium's name for it
	Route string `json:"route"`
	Text  string `json:"text,omitempty"` // what it says or does, in words
}

// PostChannel is the Post that opens the incident's channel.
const PostChannel = "channel"

// DeliveryConfirmed says that what was requested left by a route.
type DeliveryConfirmed struct {
	Update   ID     `json:"update"` // the request
	Route    string `json:"route"`
	How      string `json:"how,omitempty"` // by hand: copied, phone …
	Audience string `json:"audience,omitempty"`
	Post     string `json:"post,omitempty"`    // which, of what is no update
	Delivery ID     `json:"delivery,omitzero"` // the row of the outbox; zero = a person did it without one
	Remote   string `json:"remote,omitempty"`  // its id at the receiver
	Link     string `json:"link,omitempty"`
	Found    bool   `json:"found,omitempty"` // by reading the receiver's history afterwards
}

// DeliveryRefused says that a route refused it for good.
type DeliveryRefused struct {
	Request  ID     `json:"request"`
	Delivery ID     `json:"delivery"`
	Audience string `json:"audience,omitempty"`
	Post     string `json:"post,omitempty"`
	Route    string `json:"route"`
	Reason   string `json:"reason,omitempty"`
}

// DeliveryOnHold says that a person was asked what is to become of it.
type DeliveryOnHold struct {
	Request  ID     `json:"request"`
	Delivery ID     `json:"delivery"`
	Audience string `json:"audience,omitempty"`
	Post     string `json:"post,omitempty"`
	Route    string `json:"route"`
	Reason   string `json:"reason,omitempty"`
}

// DeliveryDropped says that it did not leave and will not.
type DeliveryDropped struct {
	Request  ID     `json:"request"`
	Delivery ID     `json:"delivery"`
	Audience string `json:"audience,omitempty"`
	Post     string `json:"post,omitempty"`
	Route    string `json:"route"`
	How      string `json:"how"` // superseded or cancelled
	Reason   string `json:"reason,omitempty"`
}

// RouteSwitched moves an audience to another rung of its ladder.
type RouteSwitched struct {
	Audience string `json:"audience"`
	From     string `json:"from"`
	To       string `json:"to"`
	Reason   string `json:"reason,omitempty"`
}

// MessageMarked is a message of the incident's channel that somebody there marked. Its
// record's At is when it was written there.
type MessageMarked struct {
	Route  string `json:"route"`
	Remote string `json:"remote"` // once per incident
	Author string `json:"author"`
	Text   string `json:"text"`
	Link   string `json:"link,omitempty"`
	How    string `json:"how"` // pin, or the emoji's name
}

// RouteHand is the route that always works: a person copies the text or reads it out.
const RouteHand = "hand"

// PromiseMoved tells an audience another time without news.
type PromiseMoved struct {
	Audience string `json:"audience"`
	Next     int64  `json:"next"`
	Text     string `json:"text,omitempty"`
}

// DeadlineSnoozed silences a deadline's sound until a time. It stays due.
type DeadlineSnoozed struct {
	Deadline string `json:"deadline"` // its key
	Until    int64  `json:"until"`
}

// SnoozeExplained gives the reason for a snooze afterwards.
type SnoozeExplained struct {
	Snooze ID     `json:"snooze"`
	Text   string `json:"text"`
}

// ExitJudged says whether an exit criterion holds.
type ExitJudged struct {
	Criterion string `json:"criterion"`
	State     string `json:"state"`          // met, open or waived
	Text      string `json:"text,omitempty"` // what shows it, or why it is waived
}

// States of an exit criterion.
const (
	ExitMet    = "met"
	ExitOpen   = "open"
	ExitWaived = "waived"
)

// RetroPlanned names who sees to the retrospective, and when it is.
type RetroPlanned struct {
	Owner   ID     `json:"owner"`
	Time    int64  `json:"time"`
	Minutes int    `json:"minutes,omitempty"` // how long it is; 0 = not said
	Place   string `json:"place,omitempty"`   // a room or an address
	Invited []ID   `json:"invited,omitempty"` // besides the owner
}

// EffortAnswered says how long a part of the work took a person, where the record cannot tell.
type EffortAnswered struct {
	Phase   string `json:"phase"` // one of Efforts
	Person  ID     `json:"person"`
	Minutes int    `json:"minutes"`
}

// RecordAmended corrects the text or the time of a record. A nil part is unchanged.
type RecordAmended struct {
	Record ID      `json:"record"`
	Text   *string `json:"text,omitempty"`
	Time   *int64  `json:"time,omitempty"`
}

// RecordUndone takes back what a record did. The record stays.
type RecordUndone struct {
	Record ID `json:"record"`
}

// RecordRedacted removes the words of a record. The fact and the reason stay.
type RecordRedacted struct {
	Record ID     `json:"record"`
	Reason string `json:"reason"`
	// Kept is the record's event without its words, so that what it did stays.
	Kept json.RawMessage `json:"kept,omitempty"`
	// Time is when it happened, as corrected by then; nil = as it was written.
	Time *int64 `json:"time,omitempty"`
}

// ClockStepped says that the wall clock jumped, so that durations across it are read with care.
type ClockStepped struct {
	By int64 `json:"by"` // ms; negative = back
}

// Unknown is a record of a kind, or of a form, that this version does not know. It is kept as it is.
type Unknown struct {
	Name Kind
	V    int
	Raw  []byte
}
