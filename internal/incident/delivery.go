package incident

import "slices"

// DeliveryState is where a delivery stands. The names are frozen: they stand in every database.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryQueued     DeliveryState = "queued"     // waits for its turn, its time or its route
	DeliverySending    DeliveryState = "sending"    // claimed: the receiver may be reading it
	DeliveryUnknown    DeliveryState = "unknown"    // it may have arrived; the receiver's history is read
	DeliveryHeld       DeliveryState = "held"       // a person is asked
	DeliveryFailed     DeliveryState = "failed"     // refused for good; a person mends what is wrong and sends it anew
	DeliverySent       DeliveryState = "sent"       // it arrived, or a person has sent it by hand
	DeliverySuperseded DeliveryState = "superseded" // a newer one of its stream took its place
	DeliveryCancelled  DeliveryState = "cancelled"  // recalled or dropped
)

// DeliveryStates in the order of a life.
var DeliveryStates = []DeliveryState{DeliveryQueued, DeliverySending, DeliveryUnknown, DeliveryHeld, DeliveryFailed, DeliverySent, DeliverySuperseded, DeliveryCancelled}

// Over reports whether nothing can happen any more.
func (s DeliveryState) Over() bool {
	return s == DeliverySent || s == DeliverySuperseded || s == DeliveryCancelled
}

// Blocks reports whether the later ones of its stream wait for it.
func (s DeliveryState) Blocks() bool {
	return s == DeliveryQueued || s == DeliverySending || s == DeliveryUnknown || s == DeliveryHeld
}

// leads are the states that each state may be followed by.
var leads = map[DeliveryState][]DeliveryState{
	DeliveryQueued:  {DeliveryQueued, DeliverySending, DeliveryHeld, DeliveryFailed, DeliverySent, DeliverySuperseded, DeliveryCancelled},
	DeliverySending: {DeliveryQueued, DeliveryUnknown, DeliveryHeld, DeliveryFailed, DeliverySent},
	DeliveryUnknown: {DeliveryUnknown, DeliveryQueued, DeliveryHeld, DeliverySent, DeliverySuperseded, DeliveryCancelled},
	DeliveryHeld:    {DeliveryQueued, DeliverySent, DeliverySuperseded, DeliveryCancelled},
	DeliveryFailed:  {DeliveryQueued, DeliverySent, DeliverySuperseded, DeliveryCancelled},
}

// Leads reports whether to may follow s. What is over leads nowhere.
func (s DeliveryState) Leads(to DeliveryState) bool { return slices.Contains(leads[s], to) }

// Delivery is one message on its way out: a row of the work queue. It is written in the
// transaction of the record that asks for it, and each of its final outcomes in that of
// the record that says so. What stands above the line never changes.
type Delivery struct {
	ID       ID
	Incident ID
	Record   ID     // that asks for it: an update or a post
	Actor    ID     // who asked
	Audience string // whom an update is for; empty for other posts
	Route    string // by its name in the workspace
	Target   string // a channel, an address; empty when the route says it all
	What     string // "update", or which post it is
	Stream   string // those of one stream leave one after the other, by Seq
	Seq      int64
	Key      string // random, 32 hexadecimal digits: names it at the receiver, the same at every attempt
	Text     string // what it says, as a person reads it
	Payload  []byte // what leaves, as the medium made it when it was asked for
	ByHand   string // how a person does it without us
	Needs    ID     // another delivery that must have been sent before; zero = none
	Keep     bool   // newer ones do not take its place: a first notice, an end
	Merges   bool   // it takes the place of every one before it
	Lapses   bool   // late, it is dropped instead of asked about: a reminder
	Created  int64  // ms UTC, as all times here

	Writer     ID // the database file that may send it
	State      DeliveryState
	Attempts   int
	Misses     int   // clean readings of the receiver's history that did not show it
	NotBefore  int64 // nothing is done about it earlier
	StaleAfter int64 // later it does not leave by itself; 0 = never
	FirstTry   int64 // when it was claimed first; 0 = never
	LastTry    int64
	Settles    int64  // until then, not finding it at the receiver means nothing
	Remote     string // its id at the receiver
	Link       string // where it can be seen
	Why        string // what came of it last, in words; never holds a secret
	Hint       string // what to do about that
	Changed    int64
}

// Open reports whether something can still happen to it.
func (d *Delivery) Open() bool { return !d.State.Over() }

// Transition changes a delivery from what it was to what it is. It holds only while the
// row is still in From's state, at its number of attempts and of misses; else it is
// ErrDelivery, and nothing of its batch happens.
type Transition struct{ From, To Delivery }

// Valid reports whether the rules allow it.
func (t *Transition) Valid() bool {
	return t.From.ID == t.To.ID && t.From.State.Leads(t.To.State) && t.To.Attempts >= t.From.Attempts
}

// RouteHealth is what the last real calls of a route showed.
type RouteHealth struct {
	Route string
	Works bool
	At    int64 // of the last call
	Since int64 // since when it has been so
	Why   string
	Hint  string
}
