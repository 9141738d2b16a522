package incident

import (
	"cmp"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
)

// DecisionExpected says by which sign a decision will be known to have worked, and by
// when; said again, it takes the place of what was said before.
type DecisionExpected struct {
	Decision   ID     `json:"decision"`
	Objections string `json:"objections,omitempty"` // strong ones, asked for: "none" or what they were; empty = not asked
	Expect     string `json:"expect,omitempty"`     // the sign
	Check      int64  `json:"check,omitempty"`      // when to look, ms UTC; 0 = not said
}

// DecisionChecked says what a decision came to.
type DecisionChecked struct {
	Decision ID     `json:"decision"`
	Outcome  string `json:"outcome"` // one of Outcomes
	Text     string `json:"text,omitempty"`
}

// Kind implements Event.
func (*DecisionExpected) Kind() Kind { return "decision.expected" }

// Kind implements Event.
func (*DecisionChecked) Kind() Kind { return "decision.checked" }

// Decision is kept for "what did we decide, and did it work".
type Decision struct {
	ID         ID     `json:"id"`
	Text       string `json:"text"`
	At         int64  `json:"at"`
	Basis      bool   `json:"basis"` // it says what it rests on
	Objections string `json:"objections,omitempty"`
	Expect     string `json:"expect,omitempty"`
	Check      int64  `json:"check,omitempty"`   // when to look, ms UTC
	Checked    int64  `json:"checked,omitempty"` // when somebody looked
	Outcome    string `json:"outcome,omitempty"`
	Result     string `json:"result,omitempty"`
}

// Unchecked are the decisions of which somebody said when to look, and at which nobody
// has looked; the earliest first.
func (s *State) Unchecked() []Decision {
	var out []Decision
	for i := range s.Decisions {
		if d := &s.Decisions[i]; d.Check != 0 && d.Checked == 0 {
			out = append(out, *d)
		}
	}
	slices.SortStableFunc(out, func(a, b Decision) int { return cmp.Compare(a.Check, b.Check) })
	return out
}

// Expectation is what goes with a decision: whether strong objections were asked for, the
// expected sign, and in how many minutes to look.
type Expectation struct {
	Objections string
	Expect     string
	Minutes    int // from the decision; 0 = no time
}

// event is the expectation as it is kept; nil when nothing is expected.
func (x Expectation) event(decision ID, at int64) (*DecisionExpected, error) {
	if x == (Expectation{}) {
		return nil, nil
	}
	e := &DecisionExpected{Decision: decision}
	var err error
	if e.Objections, err = cleanOptional("objections", x.Objections, maxWords); err != nil {
		return nil, err
	}
	if e.Expect, err = cleanOptional("expect", x.Expect, maxWords); err != nil {
		return nil, err
	}
	if x.Minutes < 0 || x.Minutes > maxBox {
		return nil, fault.Input("minutes", "a decision cannot be checked in %d minutes", x.Minutes).WithHint("1 to %d minutes, or 0 for no time", maxBox)
	}
	if x.Minutes > 0 {
		e.Check = box(at, x.Minutes)
	}
	if *e == (DecisionExpected{Decision: decision}) {
		return nil, nil
	}
	return e, nil
}

// ExpectDecision says anew what a decision is expected to do, and by when.
type ExpectDecision struct {
	Decision ID // zero = the latest one
	Expectation
}

func (d *ExpectDecision) decide(c *context) ([]Event, error) {
	v, err := c.decision(d.Decision)
	if err != nil {
		return nil, err
	}
	e, err := d.event(v.ID, c.now.At)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, fault.Input("expect", "nothing is expected").WithHint("say the sign by which it will be seen, and in how many minutes to look")
	}
	return []Event{e}, nil
}

// CheckDecision says what a decision came to.
type CheckDecision struct {
	Decision ID     // zero = the one that is to be checked first
	Outcome  string // one of Outcomes
	Text     string
}

func (d *CheckDecision) decide(c *context) ([]Event, error) {
	id := d.Decision
	if id.IsZero() {
		due := c.Unchecked()
		if len(due) == 0 {
			return nil, fault.New(fault.NotFound, "no decision waits to be checked").WithHint("name the decision")
		}
		id = due[0].ID
	}
	v, err := c.decision(id)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Outcomes, d.Outcome) {
		return nil, fault.Input("outcome", "%.40q is no outcome of a decision", d.Outcome).WithHint("one of %s; if it is too early to tell, give it more minutes", strings.Join(Outcomes, ", "))
	}
	text, err := cleanOptional("text", d.Text, maxWords)
	return one(&DecisionChecked{v.ID, d.Outcome, text}, err)
}

// decision finds one; zero means the latest.
func (c *context) decision(id ID) (Decision, error) {
	for _, v := range slices.Backward(c.Decisions) {
		if v.ID == id || id.IsZero() {
			return v, nil
		}
	}
	if id.IsZero() {
		return Decision{}, fault.New(fault.NotFound, "nothing has been decided")
	}
	return Decision{}, fault.New(fault.NotFound, "there is no such decision")
}

func (s *State) decided(id ID, change func(*Decision)) {
	if i := slices.IndexFunc(s.Decisions, func(d Decision) bool { return d.ID == id }); i >= 0 {
		change(&s.Decisions[i])
	}
}
