package app

// Inputs are what a page sends. Times are ms UTC, 0 = now or none. Empty
// Incident means none was chosen, which is refused. ID, when not empty, is the
// UUIDv7 that the page has already given to the record, so that its pending row
// and a retry are recognised.

// DeclareInput declares an incident.
type DeclareInput struct {
	ID       string `json:"id"` // of the incident
	Title    string `json:"title"`
	Type     string `json:"type"`
	Severity string `json:"severity"` // empty: provisional
	Impact   string `json:"impact"`
	Started  int64  `json:"started"`
	Detected int64  `json:"detected"`

	Summary      string   `json:"summary"`
	Source       string   `json:"source"` // alert, user, noticed or empty
	Reporter     string   `json:"reporter"`
	Thread       string   `json:"thread"` // where it is talked about
	Video        string   `json:"video"`
	Environments []string `json:"environments"`
	Regions      []string `json:"regions"`
	Services     []string `json:"services"`
	Invited      []string `json:"invited"`
	Signs        []string `json:"signs"` // by which it is an incident: the kit's, by id
	Security     bool     `json:"security"`
	Backfill     bool     `json:"backfill"`   // entered after the fact: nothing of it is due, sent or rung
	DeclaredAt   int64    `json:"declaredAt"` // when it was declared; 0 = now
	Channel      string   `json:"channel"`    // the template of its channel's name; empty: the route's own
}

// LogInput is a line as typed.
type LogInput struct {
	Incident string `json:"incident"`
	ID       string `json:"id"`
	Text     string `json:"text"`
	As       string `json:"as"` // who says it; empty = the commander at this window
}

// TextInput is words about a record or a field of an incident.
type TextInput struct {
	Incident string `json:"incident"`
	Subject  string `json:"subject"`
	Text     string `json:"text"`
}

// AckInput names a deadline by its key; empty = all that are lit.
type AckInput struct {
	Key string `json:"key"`
}

// UndoInput asks for the last act to be taken back, or to be done again.
type UndoInput struct {
	Incident string `json:"incident"`
	As       string `json:"as"` // for whom the line speaks; empty = only for whoever sits here
}

// CheckInput is a word on a checklist item or an exit criterion.
type CheckInput struct {
	Incident string `json:"incident"`
	Subject  string `json:"subject"`
	State    string `json:"state"`
	Text     string `json:"text"`
}

// RoleInput gives a role to somebody, or to nobody.
type RoleInput struct {
	Incident string `json:"incident"`
	Role     string `json:"role"`
	Person   string `json:"person"` // a name; empty releases the role
}

// CoverInput covers an open role.
type CoverInput struct {
	Incident string `json:"incident"`
	Role     string `json:"role"`
	Minutes  int    `json:"minutes"`
}

// ChangeInput moves the phase or sets the severity.
type ChangeInput struct {
	Incident string `json:"incident"`
	To       string `json:"to"`
	Reason   string `json:"reason"`

	Waivers []WaiverInput `json:"waivers"` // of exit criteria that are open when the phase is an end
}

// WaiverInput says why the incident goes on without an exit criterion.
type WaiverInput struct {
	Criterion string `json:"criterion"`
	Reason    string `json:"reason"`
}

// ActionInput extends or closes an action.
type ActionInput struct {
	Incident string `json:"incident"`
	Action   string `json:"action"`
	Minutes  int    `json:"minutes"` // over 0: more time
	Dropped  bool   `json:"dropped"`
	Result   string `json:"result"`
}

// UpdateInput sends an update by hand.
type UpdateInput struct {
	Incident string   `json:"incident"`
	ID       string   `json:"id"`
	Audience string   `json:"audience"`
	State    string   `json:"state"`
	Text     string   `json:"text"`
	Next     int64    `json:"next"`
	How      string   `json:"how"`      // by what a person has sent it; empty: by the audience's route
	Route    string   `json:"route"`    // of a preview; empty: the one in force
	Corrects string   `json:"corrects"` // the update that was wrong
	Merges   bool     `json:"merges"`   // it takes the place of everything that has not left yet
	Mentions []string `json:"mentions"` // whom it calls: ids of those that Mentions offers
	Despite  string   `json:"despite"`  // why it leaves although it gives a secret away; never to people outside
}

// DeliveryInput is about a row of the outbox.
type DeliveryInput struct {
	Row    string `json:"row"`
	How    string `json:"how"`    // by what a person sent it
	Remote string `json:"remote"` // where it is then; may be empty
}

// ChannelInput ends an incident's channel.
type ChannelInput struct {
	Incident string `json:"incident"`
	Text     string `json:"text"` // how it was resolved
	Archive  bool   `json:"archive"`
}

// SwitchInput moves an audience to another route.
type SwitchInput struct {
	Incident string `json:"incident"`
	Audience string `json:"audience"`
	Route    string `json:"route"` // empty: the next one of the ladder
	Reason   string `json:"reason"`
}

// DraftInput asks for an update to start from.
type DraftInput struct {
	Incident string `json:"incident"`
	Audience string `json:"audience"`
	State    string `json:"state"` // empty: by the phase
	Text     string `json:"text"`  // to check; empty: fill the template
	Next     int64  `json:"next"`
}

// TimeInput gives a time: of a milestone, a promise, a record or the retrospective.
type TimeInput struct {
	Incident string `json:"incident"`
	Subject  string `json:"subject"`
	Time     int64  `json:"time"`
	Approx   bool   `json:"approx"`
	Text     string `json:"text"`
}

// SnoozeInput silences a deadline.
type SnoozeInput struct {
	Incident string `json:"incident"`
	Deadline string `json:"deadline"`
	Minutes  int    `json:"minutes"`
}

// EarlierInput asks for rows before one.
type EarlierInput struct {
	Incident string `json:"incident"`
	Before   string `json:"before"` // a Sort
	Limit    int    `json:"limit"`
}

// PrefsInput changes settings; empty, 0 or nil leaves one as it is.
type PrefsInput struct {
	Name   string  `json:"name"`
	Theme  string  `json:"theme"`
	Size   int     `json:"size"` // per cent
	Font   string  `json:"font"`
	Volume int     `json:"volume"` // per cent
	Local  *bool   `json:"local,omitempty"`
	Kit    *string `json:"kit,omitempty"` // the folder of the team's own kit; "" is the built-in one
}

// KeysInput is every chord that is not the usual one.
type KeysInput struct {
	Keys []KeyView `json:"keys"`
}

// ExportInput names a document.
type ExportInput struct {
	Incident string `json:"incident"`
	Format   string `json:"format"` // md, html, json, csv, ics
}
