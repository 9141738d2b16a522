package incident

import "quarterdeck/internal/fault"

// AddNote writes a line into the log.
type AddNote struct {
	Text   string
	Approx bool
}

func (d *AddNote) decide(*context) ([]Event, error) {
	t, err := clean("text", d.Text, MaxText)
	return one(&NoteAdded{t, d.Approx}, err)
}

// MakeDecision records a decision, and what it is expected to do.
type MakeDecision struct {
	Text, Basis, Tradeoff string
	Approx                bool
	Expectation
}

func (d *MakeDecision) decide(c *context) ([]Event, error) {
	t, err := clean("text", d.Text, MaxText)
	if err != nil {
		return nil, err
	}
	b, err := cleanOptional("basis", d.Basis, MaxText)
	if err != nil {
		return nil, err
	}
	x, err := cleanOptional("tradeoff", d.Tradeoff, MaxText)
	if err != nil {
		return nil, err
	}
	out := []Event{&DecisionMade{t, b, x, d.Approx}}
	e, err := d.event(ID{}, c.now.At) // its decision is the record before it
	if err != nil {
		return nil, err
	}
	if e != nil {
		out = append(out, e)
	}
	return out, nil
}

// OpenAction gives somebody something to do.
type OpenAction struct {
	Text    string
	Owner   Person
	Minutes int // 0 = no time box
	Approx  bool
}

// DefaultBox is the time box of an action that names none, in minutes.
const DefaultBox = 10

const maxBox = 7 * 24 * 60

func (d *OpenAction) decide(c *context) ([]Event, error) {
	t, err := clean("text", d.Text, MaxText)
	if err != nil {
		return nil, err
	}
	p, err := c.person("owner", d.Owner)
	if err != nil {
		return nil, err
	}
	if err := boxed(d.Minutes); err != nil {
		return nil, err
	}
	return append(c.named(p), &ActionOpened{t, p.ID, d.Minutes, d.Approx}), nil
}

func boxed(minutes int) error {
	if minutes < 0 || minutes > maxBox {
		return fault.Input("minutes", "%d minutes are no time box", minutes).WithHint("give 1 to %d minutes, or 0 for none", maxBox)
	}
	return nil
}

// ExtendAction gives an open action more time from now.
type ExtendAction struct {
	Action  ID
	Minutes int
}

func (d *ExtendAction) decide(c *context) ([]Event, error) {
	if err := c.openAction(d.Action); err != nil {
		return nil, err
	}
	return one(&ActionExtended{d.Action, d.Minutes}, boxed(d.Minutes))
}

// CloseAction ends one: done, or dropped.
type CloseAction struct {
	Action  ID
	Dropped bool
	Result  string
}

func (d *CloseAction) decide(c *context) ([]Event, error) {
	if err := c.openAction(d.Action); err != nil {
		return nil, err
	}
	t, err := cleanOptional("result", d.Result, MaxText)
	return one(&ActionClosed{d.Action, d.Dropped, t}, err)
}

func (c *context) openAction(id ID) error {
	for _, a := range c.Actions {
		if a.ID == id && a.Closed == 0 {
			return nil
		}
		if a.ID == id {
			return fault.New(fault.Conflict, "that action is closed already")
		}
	}
	return fault.New(fault.NotFound, "there is no such action")
}

// AskQuestion opens a question.
type AskQuestion struct {
	Text   string
	Approx bool
}

func (d *AskQuestion) decide(*context) ([]Event, error) {
	t, err := clean("text", d.Text, MaxText)
	return one(&QuestionAsked{t, d.Approx}, err)
}

// AnswerQuestion answers one.
type AnswerQuestion struct {
	Question ID
	Text     string
}

func (d *AnswerQuestion) decide(c *context) ([]Event, error) {
	for _, q := range c.Questions {
		if q.ID == d.Question {
			t, err := clean("text", d.Text, MaxText)
			return one(&QuestionAnswered{d.Question, t}, err)
		}
	}
	return nil, fault.New(fault.NotFound, "there is no such question")
}

// StateHypothesis writes down an idea.
type StateHypothesis struct {
	Text   string
	Approx bool
}

func (d *StateHypothesis) decide(*context) ([]Event, error) {
	t, err := clean("text", d.Text, MaxText)
	return one(&HypothesisStated{t, d.Approx}, err)
}

// one is the answer of a command with a single event, and what always comes with it.
func one(e Event, err error, with ...Event) ([]Event, error) {
	if err != nil {
		return nil, err
	}
	return append([]Event{e}, with...), nil
}
