package app

// Notify is the one shape that reaches a page, by Watch and by the event "cockpit".
// A missing part is unchanged; what Watch answers is complete for one incident. Parts
// may overtake each other, so a page takes a part when no later Seq of the same Boot
// has brought that part already.
type Notify struct {
	Boot     string        `json:"boot"` // names the running backend; another one starts at Seq 1
	Seq      int64         `json:"seq"`
	Now      int64         `json:"now"` // the backend's wall clock, for counting down
	Station  *StationView  `json:"station,omitempty"`
	Live     *LiveView     `json:"live,omitempty"`     // one incident, whole
	Timeline *TimelineView `json:"timeline,omitempty"` // rows to put in or to replace
	Ring     *RingView     `json:"ring,omitempty"`     // sound this, once
	Show     *ShowView     `json:"show,omitempty"`     // go there: somebody pressed a notification
}

// StationView is everything that belongs to no incident.
type StationView struct {
	Version   string        `json:"version"`
	Data      string        `json:"data"`      // the data folder
	Drill     bool          `json:"drill"`     // everything here is an exercise
	Me        PersonView    `json:"me"`        // empty id: the name has not been asked yet
	Suggested string        `json:"suggested"` // the account's full name
	Theme     string        `json:"theme"`     // dark, light, night or system
	Size      int           `json:"size"`      // of text, in per cent of the usual
	Font      string        `json:"font"`      // inter or atkinson
	Volume    int           `json:"volume"`    // of the page's own tones, in per cent
	Keys      []KeyView     `json:"keys"`      // chords that are not the usual ones, by id
	Folder    string        `json:"folder"`    // of the team's own kit, as the settings name it; empty = built in
	Local     bool          `json:"local"`     // times in the machine's zone instead of UTC
	Zone      string        `json:"zone"`      // the machine's zone, as it is called now
	Shifts    []ShiftView   `json:"shifts"`    // how far east of UTC that zone is, and from when
	Incidents []RowView     `json:"incidents"` // open ones first, then the latest; at most 200
	Kit       KitView       `json:"kit"`       // in force for new incidents
	Alerts    AlertsView    `json:"alerts"`
	Away      *AwayView     `json:"away,omitempty"` // until it is read
	Faults    []FaultView   `json:"faults"`         // standing troubles, the worst first
	OnCall    OnCallView    `json:"onCall"`         // who is on call now
	Explain   []ExplainView `json:"explain"`        // snoozes without a reason
	Due       []DueView     `json:"due"`            // what is lit, the most urgent first
}

// KeyView is a chord that the commander has chosen.
type KeyView struct {
	ID    string `json:"id"`    // what it does
	Chord string `json:"chord"` // "Mod+Shift+M"; empty = it has none
}

// RowView is an incident in a list.
type RowView struct {
	ID          string `json:"id"`
	Ref         string `json:"ref"`
	Title       string `json:"title"`
	Severity    string `json:"severity"`
	Provisional bool   `json:"provisional"`
	Phase       string `json:"phase"`
	Commander   string `json:"commander"`
	Declared    int64  `json:"declared"`
	Ended       int64  `json:"ended"` // 0 = open
	Entries     int    `json:"entries"`
	Look        string `json:"look"` // the most urgent of its deadlines
	Into        string `json:"into"` // the incident in which it goes on, by its reference
}

// AlertsView says whether the desktop can show pop-ups, and how long sounds are silenced.
type AlertsView struct {
	Desktop bool   `json:"desktop"`
	Reason  string `json:"reason"` // why not, in words
	Silent  int64  `json:"silent"` // until then; 0 = sounds are on
}

// AwayView is what happened while the machine slept or its clock jumped.
type AwayView struct {
	From  int64      `json:"from"`
	To    int64      `json:"to"`
	Slept bool       `json:"slept"` // else the clock was set
	Came  []AwayItem `json:"came"`  // what came due meanwhile
}

// AwayItem is a deadline that passed while nobody looked.
type AwayItem struct {
	Incident string `json:"incident"`
	Ref      string `json:"ref"`
	Kind     string `json:"kind"`
	Subject  string `json:"subject"`
	Text     string `json:"text"`
	Due      int64  `json:"due"`
	Look     string `json:"look"`
}

// FaultView is a failure as it is shown.
type FaultView struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Field   string `json:"field"`
}

// ExplainView asks for the reason of a snooze.
type ExplainView struct {
	Incident string `json:"incident"`
	Deadline string `json:"deadline"`
	Kind     string `json:"kind"`
	Subject  string `json:"subject"`
}

// PersonView is a person.
type PersonView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// LiveView is one incident as the cockpit shows it.
type LiveView struct {
	ID          string          `json:"id"`
	Ref         string          `json:"ref"`
	Title       string          `json:"title"`
	Summary     string          `json:"summary"`
	Type        string          `json:"type"`
	Security    bool            `json:"security"`
	Backfill    bool            `json:"backfill"`
	Mine        bool            `json:"mine"` // this database has written in it: its deadlines ring here
	Severity    string          `json:"severity"`
	Provisional bool            `json:"provisional"`
	Assessment  *AssessmentView `json:"assessment,omitempty"` // the last answers
	Assessed    int64           `json:"assessed"`             // when the severity was judged last; 0 = not yet
	Phase       string          `json:"phase"`
	PhaseSince  int64           `json:"phaseSince"`
	Milestones  []MilestoneView `json:"milestones"` // all, in order; time 0 = not known
	Commander   PersonView      `json:"commander"`
	Term        int             `json:"term"`
	Offer       *OfferView      `json:"offer,omitempty"` // of command, while it is open
	Roles       []RoleView      `json:"roles"`
	Span        int             `json:"span"`    // people who report to the commander
	MaxSpan     int             `json:"maxSpan"` // how many should
	Checklist   ChecklistView   `json:"checklist"`
	Interrupted []ChecklistView `json:"interrupted"` // lists of earlier phases, begun and not finished
	Rail        []StepView      `json:"rail"`        // the nine phases
	Situation   SituationView   `json:"situation"`
	Actions     []ActionView    `json:"actions"` // open ones
	Work        WorkView        `json:"work"`
	Questions   []QuestionView  `json:"questions"` // open ones
	Gate        GateView        `json:"gate"`
	Audiences   []AudienceView  `json:"audiences"`
	Cells       []CellView      `json:"cells"`  // six, always in the same places
	Outbox      []DeliveryView  `json:"outbox"` // every open row, and the last that are over; the latest first
	Channel     ChannelView     `json:"channel"`
	Next        ActView         `json:"next"`
	Then        *ActView        `json:"then,omitempty"`
	People      []string        `json:"people"` // for completing names
	Entries     int             `json:"entries"`
	Saved       int64           `json:"saved"`            // when the latest record was on disk
	Kit         *KitView        `json:"kit,omitempty"`    // the one it was declared under, when another is in force by now
	Alarms      *AlarmsView     `json:"alarms,omitempty"` // once it is over
	Hold        HoldView        `json:"hold"`
}

// MilestoneView is a milestone.
type MilestoneView struct {
	ID     string `json:"id"`
	Time   int64  `json:"time"`
	Approx bool   `json:"approx"`
}

// RoleView is a role and who holds it; an empty person means that the commander covers it.
type RoleView struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Short    string     `json:"short"`
	Person   PersonView `json:"person"`
	Since    int64      `json:"since"`
	Required bool       `json:"required"`
	Shown    bool       `json:"shown"` // on the live screen
	Look     string     `json:"look"`
	Asked    PersonView `json:"asked"` // who was asked and has not said yes
	AskedAt  int64      `json:"askedAt"`
	Covered  int64      `json:"covered"` // until when the commander covers it; 0 = nobody said so
	Deputy   PersonView `json:"deputy"`
	Critical bool       `json:"critical"` // it should have a deputy
	Many     bool       `json:"many"`     // more of it can be given, each for a part
}

// ChecklistView is the list of the phase.
type ChecklistView struct {
	ID     string     `json:"id"` // empty: the phase has none
	Name   string     `json:"name"`
	Mode   string     `json:"mode"`
	When   string     `json:"when"`
	Done   int        `json:"done"`   // done or skipped
	Here   int        `json:"here"`   // the first open item, from 1; 0 = none is open
	Paused int64      `json:"paused"` // when the latest item was ticked while others are open; 0 = not begun, or done
	Items  []ItemView `json:"items"`
}

// ItemView is a checklist item.
type ItemView struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Hint   string `json:"hint"` // what to write down
	Why    string `json:"why"`
	Killer bool   `json:"killer"`
	Act    string `json:"act"`
	State  string `json:"state"` // done, skipped, open
	Value  string `json:"value"`
	By     string `json:"by"`
	At     int64  `json:"at"`
	Self   bool   `json:"self"`
}

// StepView is a phase on the rail.
type StepView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Past bool   `json:"past"`
	Here bool   `json:"here"`
}

// SituationView is what is known.
type SituationView struct {
	Impact string `json:"impact"`
	Goal   string `json:"goal"`
	Cause  string `json:"cause"`
}

// ActionView is an open action.
type ActionView struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Owner string `json:"owner"`
	Due   int64  `json:"due"` // 0 = no time box
	Look  string `json:"look"`
	// Back is when its owner repeated it; 0 = not yet.
	Back int64 `json:"back"`
}

// QuestionView is an open question.
type QuestionView struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	At   int64  `json:"at"`
}

// GateView is what stands between the incident and "resolved".
type GateView struct {
	Criteria  []CriterionView `json:"criteria"`
	Open      int             `json:"open"`
	Owed      []string        `json:"owed"`    // audiences without their last update
	Missing   []string        `json:"missing"` // milestones without a time
	Actions   int             `json:"actions"`
	Retro     bool            `json:"retro"`   // asked for and not planned
	RetroBy   int64           `json:"retroBy"` // a day to propose for it
	FollowUps int             `json:"followUps"`
}

// CriterionView is an exit criterion.
type CriterionView struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Soak  int    `json:"soak"` // minutes
	State string `json:"state"`
	Word  string `json:"word"`
	At    int64  `json:"at"`
	Since int64  `json:"since"` // since when it has held, where it must hold for a time; 0 = its time does not run
	Until int64  `json:"until"` // when it will have held for long enough
	Dips  int    `json:"dips"`  // how often its time had to start anew
}

// AudienceView is what one audience was told and promised.
type AudienceView struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Outside bool   `json:"outside"`
	Told    int    `json:"told"`
	At      int64  `json:"at"` // when it was last told
	Text    string `json:"text"`
	State   string `json:"state"`
	Due     int64  `json:"due"` // 0 = nothing is promised
	First   bool   `json:"first"`
	Look    string `json:"look"`
	Key     string `json:"key"` // of the deadline, for snoozing
	Snoozes int    `json:"snoozes"`
	Silent  int64  `json:"silent"` // snoozed until
	Every   int    `json:"every"`  // minutes, by the severity

	Ladder []string `json:"ladder"` // routes, the usual one first; empty = by hand
	Route  string   `json:"route"`  // the one in force; empty or hand = by hand
}

// CellView is an annunciator cell. Its words are the page's.
type CellView struct {
	ID       string `json:"id"` // promise-1, promise-2, actions, roles, delivery, link
	Look     string `json:"look"`
	Subject  string `json:"subject"` // the audience of a promise, or of what is to leave
	Due      int64  `json:"due"`
	Count    int    `json:"count"`
	Kind     string `json:"kind"`     // what is counted: late, open, none …; flood: many cautions as one
	Acked    bool   `json:"acked"`    // everything that lights it has been seen
	Incident string `json:"incident"` // another one, which it is about; empty = this one
	Ref      string `json:"ref"`      // that one's
}

// DueView is a deadline that is lit.
type DueView struct {
	Key      string `json:"key"`
	Rule     string `json:"rule"`     // W1 … A5
	Incident string `json:"incident"` // empty: the station's
	Ref      string `json:"ref"`
	Kind     string `json:"kind"`
	Subject  string `json:"subject"`
	Name     string `json:"name"` // of the audience, the role or the action's owner
	Text     string `json:"text"` // an action's
	Due      int64  `json:"due"`
	Look     string `json:"look"`
	Acked    bool   `json:"acked"`
}

// AckView is how many were acknowledged.
type AckView struct {
	Count int `json:"count"`
}

// RuleView is an alarm of the list that is all there are.
type RuleView struct {
	ID   string `json:"id"`
	Look string `json:"look"`
	When string `json:"when"`
	Act  string `json:"act"`
	Ends string `json:"ends"`
}

// AlarmsView is how much an incident alarmed here, and what a calm one keeps to.
type AlarmsView struct {
	Total         int    `json:"total"`
	Advisory      int    `json:"advisory"`
	Caution       int    `json:"caution"`
	Warning       int    `json:"warning"`
	Minutes       int    `json:"minutes"`
	PerTen        string `json:"perTen"`        // in ten minutes, with one decimal
	AdvisoryShare int    `json:"advisoryShare"` // %
	WarningShare  int    `json:"warningShare"`  // %
	MostPerTen    string `json:"mostPerTen"`
	LeastAdvisory int    `json:"leastAdvisory"` // %
	MostWarning   int    `json:"mostWarning"`   // %
}

// ActView is one thing to do. Its words are the page's.
type ActView struct {
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	Due     int64  `json:"due"`
}

// TimelineView are rows of one incident. A page puts them in by id, ordered by Sort.
type TimelineView struct {
	Incident string     `json:"incident"`
	Rows     []LineView `json:"rows"`
	Earlier  int        `json:"earlier"` // rows before the first of these that were not sent; -1 = not said
}

// LineView is a row of the timeline.
type LineView struct {
	ID         string `json:"id"`
	Sort       string `json:"sort"` // compares as text
	At         int64  `json:"at"`
	RecordedAt int64  `json:"recordedAt"`
	Kind       string `json:"kind"`
	Mark       string `json:"mark"` // note, decision, action, question, followup, hypothesis, file, update, phase, check, system
	Actor      string `json:"actor"`
	Text       string `json:"text"`
	Basis      string `json:"basis"`
	More       string `json:"more"` // what follows from it
	Tradeoff   string `json:"tradeoff"`
	Approx     bool   `json:"approx"`
	Late       bool   `json:"late"` // written over a minute after it happened
	Amended    bool   `json:"amended"`
	Undone     bool   `json:"undone"`
	Redacted   string `json:"redacted"` // why
	Editable   bool   `json:"editable"` // says its writer's words and nothing else
	Worded     bool   `json:"worded"`   // has words that can be corrected: Words
	Words      string `json:"words"`    // its writer's own; empty where they are Text
	Folded     bool   `json:"folded"`   // taken back so soon that it need not be seen
	Link       string `json:"link"`     // where it can be seen elsewhere; shown as text unless it is http(s)

	File *FileView `json:"file,omitempty"` // that is attached
}

// RedactView says where words that were redacted still are.
type RedactView struct {
	Left []string `json:"left"` // files beside the database
}

// UndoView is an act that was taken back, or done again, and how it stands now.
type UndoView struct {
	Record  string `json:"record"`
	Kind    string `json:"kind"`
	Text    string `json:"text"`
	About   string `json:"about"`   // severity, phase, role; empty = anything else
	Subject string `json:"subject"` // the role's name
	Now     string `json:"now"`     // the severity, the phase's name, the role's holder, empty when it is open
}

// RingView is a sound.
type RingView struct {
	Incident string `json:"incident"`
	Look     string `json:"look"` // caution: one soft tone; warning: two tones
}

// ShowView asks a page to go somewhere.
type ShowView struct {
	Incident string `json:"incident"`
	Sheet    string `json:"sheet"` // update; note: the log line of what is open, no incident named; or empty
	Audience string `json:"audience"`
}

// ParseView is how a typed line will be read.
type ParseView struct {
	Kind     string     `json:"kind"`
	Text     string     `json:"text"`
	Basis    string     `json:"basis"`
	Tradeoff string     `json:"tradeoff"`
	Owner    string     `json:"owner"`
	Minutes  int        `json:"minutes"`
	At       int64      `json:"at"` // 0 = now
	Approx   bool       `json:"approx"`
	Words    []string   `json:"words"`
	Fault    *FaultView `json:"fault,omitempty"` // what would be refused
	Chat     int        `json:"chat"`            // as so many messages of a chat it could be taken; 0 = it looks like none
}

// DraftView is an update to start from.
type DraftView struct {
	Audience string   `json:"audience"`
	State    string   `json:"state"`
	Text     string   `json:"text"`
	Next     int64    `json:"next"`
	Checks   []string `json:"checks"` // advice
	Merges   bool     `json:"merges"` // it takes the place of what did not leave
	Gives    string   `json:"gives"`  // the secret that it gives away, by its kind; empty = none
	Stops    bool     `json:"stops"`  // that keeps it from leaving, whatever is said
	Hidden   []string `json:"hidden"` // what the record says and this audience is not told
}

// ExportView is a finished document.
type ExportView struct {
	Name string   `json:"name"` // a file name
	Type string   `json:"type"` // media type
	Text string   `json:"text"`
	Lost []string `json:"lost"` // attached files that are not in it

	Base64 bool `json:"base64"` // Text holds bytes so
}

// KeptView is text that was typed and not sent, by place.
type KeptView struct {
	Place string `json:"place"`
	Text  string `json:"text"`
}
