package app

// Times are ms UTC, 0 = none or not known.

// OnCallView is who is on call at an instant, by the calendars. The station has the one
// for now, sent anew whenever it changes.
type OnCallView struct {
	At    int64          `json:"at"`
	Rows  []OnCallRow    `json:"rows"`  // roles of the kit first, in its order; then by schedule
	Soon  []HandoverView `json:"soon"`  // hand-overs within an hour, by time
	Feeds []FeedView     `json:"feeds"` // every calendar, by name
}

// OnCallRow is what one schedule says about one role.
type OnCallRow struct {
	Role      string       `json:"role"` // of the kit; empty = it says nothing about a role of the kit
	Lane      string       `json:"lane"` // the role as the calendar has it; with schedule it names the row
	Schedule  string       `json:"schedule"`
	Word      string       `json:"word"`  // on, gap, by_design, no_data
	On        []OnDutyView `json:"on"`    // the one to propose first
	Until     int64        `json:"until"` // until they stop being on, or somebody starts
	Next      *TurnView    `json:"next,omitempty"`
	Previous  *TurnView    `json:"previous,omitempty"` // who was on last, while nobody is
	Contested bool         `json:"contested"`          // several claim what one should have
	Read      int64        `json:"read"`               // when the calendars behind it were last known to be current
	Stale     string       `json:"stale"`              // why that is long ago, in a sentence; empty = it is not
	Horizon   int64        `json:"horizon"`            // behind it the calendars say nothing
	Look      string       `json:"look"`
}

// OnDutyView is somebody who is on.
type OnDutyView struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Phone    string `json:"phone"`
	Zone     string `json:"zone"`   // an IANA name; empty = not known
	Offset   int    `json:"offset"` // minutes east of UTC where they are; only with zone
	Night    bool   `json:"night"`  // it is between 22:00 and 08:00 there
	Known    bool   `json:"known"`  // people.yaml has them
	Start    int64  `json:"start"`  // of their turn
	End      int64  `json:"end"`
	Open     bool   `json:"open"`     // it goes on at least so long
	Override bool   `json:"override"` // somebody was put in the place of others
	Title    string `json:"title"`    // as the calendar has it
	Calendar string `json:"calendar"` // empty = an override made here
}

// TurnView is a turn of somebody.
type TurnView struct {
	Name      string `json:"name"`
	Known     bool   `json:"known"`
	Start     int64  `json:"start"`
	End       int64  `json:"end"`
	Open      bool   `json:"open"`
	Override  bool   `json:"override"`
	Tentative bool   `json:"tentative"`
	AllDay    bool   `json:"allDay"`
	Title     string `json:"title"`
	Calendar  string `json:"calendar"`
	ID        string `json:"id"` // of an override made here; else empty
}

// HandoverView is a change of who is on.
type HandoverView struct {
	Role     string   `json:"role"`
	Schedule string   `json:"schedule"`
	At       int64    `json:"at"`
	From     []string `json:"from"`
	To       string   `json:"to"` // empty = nobody, or nobody is known
}

// FeedView is a calendar, and how its copy is.
type FeedView struct {
	Name     string   `json:"name"`
	From     string   `json:"from"` // a path, or the host of an address
	Schedule string   `json:"schedule"`
	Role     string   `json:"role"`
	Preset   string   `json:"preset"`
	Override bool     `json:"override"`
	ByDesign []string `json:"byDesign"` // when nobody has to be on
	Zone     string   `json:"zone"`
	Read     int64    `json:"read"`    // when the copy was last known to be current
	Tried    int64    `json:"tried"`   // when it was last looked at
	Next     int64    `json:"next"`    // when it is looked at again
	Changed  int64    `json:"changed"` // when the copy last became another one
	Events   int      `json:"events"`
	Kind     string   `json:"kind"` // of trouble; empty = none
	Trouble  string   `json:"trouble"`
	Hint     string   `json:"hint"`
	Since    int64    `json:"since"`   // of the trouble
	Held     bool     `json:"held"`    // what came was not taken: AcceptCalendar takes it
	Skipped  int      `json:"skipped"` // lines and events that could not be read
	Notes    []string `json:"notes"`   // the first of what was remarked while reading
	Look     string   `json:"look"`
}

// CalendarView is a picture of the calendars.
type CalendarView struct {
	From      int64          `json:"from"`
	To        int64          `json:"to"`
	Lanes     []LaneView     `json:"lanes"`  // in the order of OnCallView.Rows
	Events    []EventView    `json:"events"` // incidents and retrospectives, by start
	Overrides []OverrideView `json:"overrides"`
	Loads     []LoadView     `json:"loads"` // the longest first
	Feeds     []FeedView     `json:"feeds"`
	Problems  []string       `json:"problems"` // what could not be used, in sentences
}

// LaneView is what one schedule says about one role. Stretches may begin before the
// picture and end after it; all are by start.
type LaneView struct {
	Role      string        `json:"role"`
	Lane      string        `json:"lane"`
	Schedule  string        `json:"schedule"`
	Zone      string        `json:"zone"`
	Calendars []string      `json:"calendars"`
	Turns     []TurnView    `json:"turns"`
	Gaps      []SpanView    `json:"gaps"`
	Quiet     []SpanView    `json:"quiet"` // nobody is on, by design
	Overlaps  []OverlapView `json:"overlaps"`
	Horizon   int64         `json:"horizon"` // behind it nothing is known; 0 = beyond the picture
}

// SpanView is a stretch of time.
type SpanView struct {
	Start int64 `json:"start"`
	End   int64 `json:"end"`
}

// OverlapView is a stretch that several people claim.
type OverlapView struct {
	Start int64    `json:"start"`
	End   int64    `json:"end"`
	Names []string `json:"names"`
}

// EventView is something of ours in the picture.
type EventView struct {
	Kind     string `json:"kind"` // incident or retrospective
	Incident string `json:"incident"`
	Ref      string `json:"ref"`
	Title    string `json:"title"`
	Severity string `json:"severity"`
	Start    int64  `json:"start"`
	End      int64  `json:"end"` // 0 = it goes on
}

// OverrideView is an override made here.
type OverrideView struct {
	ID       string `json:"id"`
	Schedule string `json:"schedule"`
	Lane     string `json:"lane"`
	Person   string `json:"person"`
	From     int64  `json:"from"`
	To       int64  `json:"to"`
	Note     string `json:"note"`
}

// LoadView is what somebody carries in the picture.
type LoadView struct {
	Name    string `json:"name"`
	Minutes int    `json:"minutes"` // on call, in however many schedules at once
	Nights  int    `json:"nights"`
	Weekend int    `json:"weekend"` // days
	Turns   int    `json:"turns"`
}

// ReliefView is somebody who could take over.
type ReliefView struct {
	Name    string `json:"name"`
	Email   string `json:"email"`
	Phone   string `json:"phone"`
	Why     string `json:"why"`   // on_call, next, known
	Start   int64  `json:"start"` // of the turn that names them
	End     int64  `json:"end"`
	Minutes int    `json:"minutes"` // on call in the week before
	Night   bool   `json:"night"`
}

// ContactView is somebody whom the team knows.
type ContactView struct {
	Name    string   `json:"name"`
	Email   string   `json:"email"`
	Aliases []string `json:"aliases"`
	Phone   string   `json:"phone"`
	Zone    string   `json:"zone"`
	Notes   string   `json:"notes"`
	Slack   string   `json:"slack"`
}
