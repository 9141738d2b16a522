package incident

import (
	"slices"
	"strings"
	"unicode"

	"quarterdeck/internal/fault"
)

// ChangeStarted says that somebody changes something from now on.
type ChangeStarted struct {
	Thing  string `json:"thing"` // what is changed, in a few words
	Text   string `json:"text"`  // what is done to it
	By     ID     `json:"by"`
	Undo   string `json:"undo,omitempty"`   // how it is taken back
	Beside []ID   `json:"beside,omitempty"` // those in flight on the same thing, of which they knew
	Approx bool   `json:"approx,omitempty"`
}

// ChangeEnded says what came of a change: nobody has their hands on it any more.
type ChangeEnded struct {
	Change  ID     `json:"change"`
	Outcome string `json:"outcome"` // one of Outcomes, or OutcomeUndone
	Text    string `json:"text,omitempty"`
}

// Outcomes are what a change, or a decision, came to: as it is called aloud.
var Outcomes = []string{"better", "same", "worse"}

// OutcomeUndone is the outcome of a change that was taken back.
const OutcomeUndone = "undone"

// Kind implements Event.
func (*ChangeStarted) Kind() Kind { return "change.started" }

// Kind implements Event.
func (*ChangeEnded) Kind() Kind { return "change.ended" }

// Change is somebody's hands on something; in flight while Ended is 0.
type Change struct {
	ID      ID     `json:"id"`
	Thing   string `json:"thing"`
	Text    string `json:"text"`
	By      ID     `json:"by"`
	Undo    string `json:"undo,omitempty"`
	At      int64  `json:"at"`
	Ended   int64  `json:"ended,omitempty"`
	Outcome string `json:"outcome,omitempty"`
	Result  string `json:"result,omitempty"`
}

// InFlight are the changes that have not ended, the oldest first.
func (s *State) InFlight() []Change {
	var out []Change
	for i := range s.Changes {
		if s.Changes[i].Ended == 0 {
			out = append(out, s.Changes[i])
		}
	}
	return out
}

// Touching are the changes in flight on the same thing: those where the words of the one
// name are all among the words of the other. "Gateway" is the same thing as "EU gateway".
func (s *State) Touching(thing string) []Change {
	return slices.DeleteFunc(s.InFlight(), func(c Change) bool { return !sameThing(c.Thing, thing) })
}

func sameThing(a, b string) bool {
	x, y := thingWords(a), thingWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(x) > 0 && !slices.ContainsFunc(x, func(w string) bool { return !slices.Contains(y, w) })
}

func thingWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// StartChange announces a change. Beside another one on the same thing it is refused,
// unless it is made anyway.
type StartChange struct {
	Thing, Text string
	By          Person // zero = who gives the order
	Undo        string
	Anyway      bool
	Approx      bool
}

func (d *StartChange) decide(c *context) ([]Event, error) {
	thing, err := cleanLine("thing", d.Thing, maxName)
	if err != nil {
		return nil, err
	}
	if len(thingWords(thing)) == 0 {
		return nil, fault.Input("thing", "%q names nothing that can be changed", thing).WithHint("a word or two: the gateway in EU")
	}
	text, err := clean("text", d.Text, maxWords)
	if err != nil {
		return nil, err
	}
	undo, err := cleanOptional("undo", d.Undo, maxWords)
	if err != nil {
		return nil, err
	}
	by := d.By
	if by == (Person{}) {
		by = c.now.Actor
	}
	if by, err = c.person("by", by); err != nil {
		return nil, err
	}
	e := &ChangeStarted{Thing: thing, Text: text, By: by.ID, Undo: undo, Approx: d.Approx}
	if other := c.Touching(thing); len(other) > 0 {
		if err := c.beside(other[0], d.Anyway); err != nil {
			return nil, err
		}
		for _, o := range other {
			e.Beside = append(e.Beside, o.ID)
		}
	}
	return append(c.named(by), e), nil
}

// beside says what is already being done to a thing.
func (c *context) beside(o Change, anyway bool) error {
	if anyway {
		return nil
	}
	text := o.Text
	if text == "" {
		text = Gone
	}
	return fault.Input("anyway", "%s has been changing %s for %d min: %.200s", c.Name(o.By), o.Thing, max(0, c.now.At-o.At)/60_000, text).
		WithHint("two changes at once hide what either of them does: wait for its result, or announce yours anyway")
}

// EndChange says what came of a change.
type EndChange struct {
	Change  ID
	Outcome string // one of Outcomes, or OutcomeUndone
	Text    string
}

func (d *EndChange) decide(c *context) ([]Event, error) {
	i := slices.IndexFunc(c.Changes, func(x Change) bool { return x.ID == d.Change })
	switch {
	case i < 0:
		return nil, fault.New(fault.NotFound, "there is no such change")
	case c.Changes[i].Ended != 0:
		return nil, fault.New(fault.Conflict, "that change has ended already: %s", c.Changes[i].Outcome)
	case d.Outcome != OutcomeUndone && !slices.Contains(Outcomes, d.Outcome):
		return nil, fault.Input("outcome", "%.40q is no outcome of a change", d.Outcome).WithHint("one of %s, %s", strings.Join(Outcomes, ", "), OutcomeUndone)
	}
	text, err := cleanOptional("text", d.Text, maxWords)
	return one(&ChangeEnded{d.Change, d.Outcome, text}, err)
}

func (s *State) changed(id ID, change func(*Change)) {
	if i := slices.IndexFunc(s.Changes, func(c Change) bool { return c.ID == id }); i >= 0 {
		change(&s.Changes[i])
	}
}
