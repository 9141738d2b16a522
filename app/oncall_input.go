package app

// SpanInput asks about a stretch of time, at most 400 days.
type SpanInput struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// AssignOnCallInput gives a role to somebody who is on call now, by a row of OnCallView.
type AssignOnCallInput struct {
	Incident string `json:"incident"`
	Role     string `json:"role"` // to give; empty = the row's own
	Schedule string `json:"schedule"`
	Lane     string `json:"lane"`
	Person   string `json:"person"` // whom of those who are on; empty = the first
}

// OverrideInput puts somebody in the place of others.
type OverrideInput struct {
	ID       string `json:"id"` // of one to change; empty = a new one
	Schedule string `json:"schedule"`
	Lane     string `json:"lane"`
	Person   string `json:"person"`
	From     int64  `json:"from"`
	To       int64  `json:"to"`
	Note     string `json:"note"`
}

// MuteInput says that nobody has to be on in a stretch of a schedule.
type MuteInput struct {
	Schedule string `json:"schedule"`
	Text     string `json:"text"` // "Sat-Sun", "Mon-Fri 18:00-09:00"; empty = From to To, once
	From     int64  `json:"from"`
	To       int64  `json:"to"`
}

// ContactInput adds somebody, or changes what is known of them.
type ContactInput struct {
	Name    string   `json:"name"`
	Email   string   `json:"email"`
	Aliases []string `json:"aliases"`
	Phone   string   `json:"phone"`
	Zone    string   `json:"zone"`
	Notes   string   `json:"notes"`
	Slack   string   `json:"slack"` // the id of their account there
}

// AddCalendarInput adds a calendar: one of File, URL and Text.
type AddCalendarInput struct {
	Name     string `json:"name"`
	Role     string `json:"role"` // which its shifts fill; empty = as the titles say
	Schedule string `json:"schedule"`
	Zone     string `json:"zone"` // for times without one; an IANA name, empty = the machine's for Text, else UTC
	File     string `json:"file"` // a full path on this machine
	URL      string `json:"url"`  // kept as a secret: no method gives it back
	Text     string `json:"text"` // of an .ics file, or a list as people type it
	Override bool   `json:"override"`
	Local    bool   `json:"local"` // the address may lie in the local network
}
