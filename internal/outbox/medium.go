package outbox

import (
	"context"
	"time"

	"quarterdeck/internal/secret/token"
)

// Medium is one way of leaving, set up for one route. Its methods are safe for
// concurrent use.
type Medium interface {
	Capabilities() Capabilities
	// Render makes what will leave. It is what a preview shows and what is kept until it
	// is sent; it touches no network. The fault is Invalid, with what to shorten or change.
	Render(Content) (Rendered, error)
	// Send tries once. It returns within Capabilities.Timeout and when ctx ends, and it
	// says Unknown of everything that it cannot prove.
	Send(ctx context.Context, m Message) Outcome
	// Reconcile looks for a message at the receiver. It is called only where
	// Capabilities.Reads.
	Reconcile(ctx context.Context, m Message) Finding
	// Check tries the route without posting anything.
	Check(ctx context.Context) Report
}

// Many is a medium that reaches several receivers, each by a message of its own.
type Many interface {
	// Targets are the receivers, in the order in which they are written to.
	Targets() []string
}

// Capabilities are what a medium can do.
type Capabilities struct {
	Medium  string        // its name in routes: slack, mail, webhook …
	Reads   bool          // its history can be read: an unknown outcome settles by itself
	Again   int           // how often an unknown outcome may be sent again since the receiver folds what has one Key; 0 = never
	Edits   bool          // what was posted can be changed
	Posts   []string      // what it can do besides updates, by Content.What
	Limit   int           // of an update, in the medium's own measure; 0 = none
	Measure string        // characters or bytes
	Timeout time.Duration // how long Send takes at most
	Outside bool          // whom it reaches may be outside the company, whatever the audience
}

// Content is what there is to say, before a medium shapes it. All text in it is a
// person's: none of it is markup, a link or a mention anywhere.
type Content struct {
	What     string // WhatUpdate, or a post that the medium offers
	Target   string // a channel or an address where the route leaves it open
	Ref      string // of the incident, as people outside may see it
	Title    string // likewise
	Severity string // empty where the audience is not told it
	Audience string // its name
	Outside  bool   // the text leaves the company
	State    string // investigating, identified, monitoring, resolved
	Text     string
	Next     int64  // when the next one was promised, ms UTC; 0 = none
	AsOf     int64  // when it was written, ms UTC
	Thread   string // the same for all of a stream; no secret, no name
	Corrects string // the Remote of the post that was wrong
	Mentions []Mention
	Step     []byte // of a post that the medium offers: its own JSON
}

// WhatUpdate is the Content.What that every medium takes.
const WhatUpdate = "update"

// Mention is somebody who is called, chosen with a picker and never by what is typed.
type Mention struct {
	Kind string // person, group or channel (everybody in it)
	ID   string // at the receiver
	Name string
}

// Kinds of a mention.
const (
	MentionPerson  = "person"
	MentionGroup   = "group"
	MentionChannel = "channel"
)

// Rendered is what will leave.
type Rendered struct {
	Payload []byte   // as it is kept, and given to Send
	Subject string   // where the medium has one
	Text    string   // as its reader will see it, in plain text
	Length  int      // in the medium's measure
	Notes   []string // what the medium changes or cannot say
}

// Message is one attempt to send a delivery.
type Message struct {
	Key     string // random, 32 hexadecimal digits; the same at every attempt
	Target  string
	What    string
	Payload []byte    // as Render made it
	Needs   string    // the Remote of the delivery that it needed; empty = none
	Taken   []string  // Remotes that other deliveries of this kind have made
	Attempt int       // from 1
	First   time.Time // when the first attempt began, wall clock, UTC
	Now     time.Time // wall clock, UTC
}

// Result is what is known after an attempt.
type Result int

// The results. The zero Result is the one that is always true.
const (
	Unknown   Result = iota // it may have been posted
	Posted                  // the receiver has it
	NotPosted               // provably not, or repeating it changes nothing: it may be sent again
	Refused                 // provably not, and repeating it is useless until a person mends something
)

// String names the result.
func (r Result) String() string { return [...]string{"unknown", "posted", "not posted", "refused"}[r] }

// Outcome is what came of an attempt.
type Outcome struct {
	Result Result
	Remote string        // its id at the receiver, when that gave one
	Link   string        // where it can be seen
	After  time.Duration // of NotPosted: not earlier than that; 0 = as we like
	Wide   bool          // After holds for all of the route, not for this message alone
	Odd    bool          // of Unknown: the receiver refused it for a reason that nobody here knows
	Why    string        // in words, without secrets, addresses that are secrets, or what was sent
	Hint   string        // what to do about it
}

// Finding is what reading the receiver's history showed.
type Finding struct {
	Found   bool
	Clean   bool // all of it was read that could show the message; else not finding it means nothing
	Remote  string
	Link    string
	Gone    bool   // it seems that a person has deleted it there
	Never   bool   // it cannot be read, and trying again is useless
	Useless bool   // of Clean: sending it again is, for the reason in Why
	Like    bool   // something of the same words is there without our mark: a person has to look
	Why     string // why it could not be read
	Hint    string
}

// Report is what Check found.
type Report struct {
	Works   bool
	Who     string   // as whom, and where: "Quarterdeck in Example Ltd"
	Had     []string // rights that it has
	Missing []string // rights that it needs
	Wanting []string // rights without which only some things do not work
	Why     string
	Hint    string
}

// Route is a named way out.
type Route struct {
	Name   string
	Medium string
	Target string            // a channel, an address, a list
	APIURL string            // the base address of the service; empty = its own
	Secret token.Token       // a token, an address that is a password; the zero one where none is needed
	Also   map[string]string // what else the medium asks for, by its own names
}

// Opener makes the medium of a route. The fault is Invalid and names what is missing;
// it touches no network.
type Opener func(Route) (Medium, error)
