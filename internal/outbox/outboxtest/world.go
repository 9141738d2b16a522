package outboxtest

// World is a receiver with what can go wrong on the way to it.
type World interface {
	// URL is where the receiver is.
	URL() string
	// Break arms a fault for the next posting, once. It answers false where this world
	// has no such fault.
	Break(f Fault) bool
	// Settle waits until what was under way has been kept or thrown away.
	Settle()
	// Copies is how many copies of what has this Key the receiver keeps.
	Copies(key string) int
	// Posts is how many postings have arrived, kept or not.
	Posts() int
}

// Fault is what goes wrong with a posting.
type Fault string

// The faults. "Kept" says whether the receiver has the message afterwards.
const (
	None        Fault = "none"        // kept
	NoListener  Fault = "no listener" // not kept: the connection is refused
	DropBefore  Fault = "drop before" // not kept: read, then the connection is closed
	DropAfter   Fault = "drop after"  // kept, then the connection is closed
	ResetAfter  Fault = "reset after" // kept, then the connection is reset
	HangBefore  Fault = "hang before" // not kept: no answer ever
	HangAfter   Fault = "hang after"  // kept, no answer ever
	LateStore   Fault = "late store"  // kept once the client has given up
	Truncated   Fault = "truncated"   // kept, and the answer is cut off
	HTML        Fault = "html"        // not kept: a log-in page with 200
	Slow        Fault = "429 seconds" // not kept: come again in 7 seconds
	SlowDate    Fault = "429 date"    // not kept: come again at a date
	SlowNothing Fault = "429 nothing" // not kept: too many, and no word when
	SlowRubbish Fault = "429 rubbish" // not kept: too many, and a word that means nothing
	Redirect    Fault = "307"         // not kept: go elsewhere
	FailBefore  Fault = "500 before"  // not kept
	FailAfter   Fault = "500 after"   // kept
	Gateway     Fault = "503"         // not kept
	Forbidden   Fault = "403"         // not kept: no right to
)

// Faults are all of them.
var Faults = []Fault{None, NoListener, DropBefore, DropAfter, ResetAfter, HangBefore, HangAfter, LateStore, Truncated, HTML,
	Slow, SlowDate, SlowNothing, SlowRubbish, Redirect, FailBefore, FailAfter, Gateway, Forbidden}
