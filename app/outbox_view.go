package app

// DeliveryView is a row of the outbox.
type DeliveryView struct {
	ID         string   `json:"id"`
	Incident   string   `json:"incident"`
	Ref        string   `json:"ref"`
	Record     string   `json:"record"` // that asked for it
	Actor      string   `json:"actor"`
	Audience   string   `json:"audience"` // empty: no update
	Route      string   `json:"route"`
	Target     string   `json:"target"`
	What       string   `json:"what"`   // update, or which step
	Step       string   `json:"step"`   // of the incident's channel: open, topic, status …; empty = none of them
	Text       string   `json:"text"`   // as its reader sees it
	ByHand     string   `json:"byHand"` // how to do it without us
	State      string   `json:"state"`  // queued, sending, unknown, held, failed, sent, superseded, cancelled
	Attempts   int      `json:"attempts"`
	Created    int64    `json:"created"`
	Changed    int64    `json:"changed"`
	NotBefore  int64    `json:"notBefore"`
	StaleAfter int64    `json:"staleAfter"` // later it does not leave by itself; 0 = never
	Recall     int64    `json:"recall"`     // until then it can be taken back; 0 = not any more
	Remote     string   `json:"remote"`
	Link       string   `json:"link"`
	Why        string   `json:"why"`
	Hint       string   `json:"hint"`
	Acts       []string `json:"acts"` // what can be decided now: recall, hold, send, drop, sent-by-hand
	Next       string   `json:"next"` // the route below this one
}

// PreviewView is an update as it would leave.
type PreviewView struct {
	Audience string   `json:"audience"`
	Route    string   `json:"route"` // hand: a person copies it
	Medium   string   `json:"medium"`
	Subject  string   `json:"subject"`
	Text     string   `json:"text"`
	Length   int      `json:"length"`
	Limit    int      `json:"limit"` // 0 = none
	Measure  string   `json:"measure"`
	Copies   int      `json:"copies"` // receivers that get one each; 0 = one
	Notes    []string `json:"notes"`
}

// RouteView is a way out.
type RouteView struct {
	Name      string   `json:"name"`
	Medium    string   `json:"medium"`
	Target    string   `json:"target"`
	Secret    string   `json:"secret"` // its name, never itself
	Audiences []string `json:"audiences"`
	Tried     int64    `json:"tried"` // when it was last used; 0 = never
	Works     bool     `json:"works"`
	Since     int64    `json:"since"` // since when it has been so
	Why       string   `json:"why"`
	Hint      string   `json:"hint"`
}

// TestView is what a test of a route showed.
type TestView struct {
	Route   string   `json:"route"`
	Works   bool     `json:"works"`
	Who     string   `json:"who"`
	Had     []string `json:"had"`     // rights
	Missing []string `json:"missing"` // rights without which nothing works
	Wanting []string `json:"wanting"` // rights without which some things do not
	Why     string   `json:"why"`
	Hint    string   `json:"hint"`
}

// ChannelView is where the incident is talked about.
type ChannelView struct {
	Route  string `json:"route"` // empty: no channel was opened
	Remote string `json:"remote"`
	Link   string `json:"link"`
	Name   string `json:"name"`
}
