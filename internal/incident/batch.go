package incident

import "errors"

// ErrDelivery says that a delivery went on since it was looked at: look again.
var ErrDelivery = errors.New("the delivery moved on")

// ErrMoved says that an incident went on since a decision was made: load it and
// decide again.
var ErrMoved = errors.New("the incident moved on")

// Anywhere as Batch.Expect appends whatever has happened meanwhile.
const Anywhere = -1

// Batch is what one decision appends to one incident's log.
type Batch struct {
	Incident ID
	// Expect is the incident's last cursor that the decision saw (0 for a new
	// incident), or Anywhere, which only Plain records may use.
	Expect int64
	// Records carry ID, At, TZ, RecordedAt, Actor, Kind, V and Body; the log stamps the rest.
	Records []Record
	// State is the incident folded up to Expect. The log advances it, and it must be
	// thrown away when appending fails. It may be nil when every record is Plain.
	State *State
	// Ref, when not empty, is the reference that the batch declares; another incident
	// that has it already is ErrMoved.
	Ref string
	// Deliveries join the work queue with the records; the log stamps Writer and Seq.
	Deliveries []Delivery
	// Transitions change rows of it. One that does not hold any more is ErrDelivery.
	Transitions []Transition
	// Kit, when not empty, is kept under Hash.
	Kit  []byte
	Hash string
}

// Draft is text that was typed and not sent, kept by the place where it was typed.
type Draft struct{ Place, Text string }
