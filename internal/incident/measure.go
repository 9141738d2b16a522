package incident

import (
	"slices"

	"quarterdeck/internal/fault"
)

// MeasureTaken is a temporary measure: something that helps now and must go again. It has
// one owner and a hard end.
type MeasureTaken struct {
	Text  string `json:"text"`
	Owner ID     `json:"owner"`
	Ends  int64  `json:"ends"` // by when it is gone, or has been made to last
}

// MeasureExtended gives a temporary measure another end.
type MeasureExtended struct {
	Measure ID     `json:"measure"`
	Ends    int64  `json:"ends"`
	Reason  string `json:"reason,omitempty"`
}

// MeasureEnded says that a temporary measure is gone, or is temporary no more.
type MeasureEnded struct {
	Measure ID     `json:"measure"`
	Text    string `json:"text,omitempty"` // what stands in its place
}

// Kind implements Event.
func (*MeasureTaken) Kind() Kind { return "measure.taken" }

// Kind implements Event.
func (*MeasureExtended) Kind() Kind { return "measure.extended" }

// Kind implements Event.
func (*MeasureEnded) Kind() Kind { return "measure.ended" }

// Measure is a temporary measure as it stands.
type Measure struct {
	ID     ID     `json:"id"`
	Text   string `json:"text"`
	Owner  ID     `json:"owner"`
	At     int64  `json:"at"`
	Ends   int64  `json:"ends"`
	Ended  int64  `json:"ended,omitempty"` // 0 = it is still there
	Result string `json:"result,omitempty"`
}

// Standing are the temporary measures that are still there, the first to end first.
func (s *State) Standing() []Measure {
	out := slices.DeleteFunc(slices.Clone(s.Measures), func(m Measure) bool { return m.Ended != 0 })
	slices.SortStableFunc(out, func(a, b Measure) int { return int(min(max(a.Ends-b.Ends, -1), 1)) })
	return out
}

func (s *State) measure(id ID, change func(*Measure)) {
	if i := slices.IndexFunc(s.Measures, func(m Measure) bool { return m.ID == id }); i >= 0 {
		change(&s.Measures[i])
	}
}

// hold folds what has to hold, or to go again, before the incident is over, and where it
// goes on.
func (s *State) hold(r *Record, e Event) {
	switch e := e.(type) {
	case *Linked:
		s.link(r, e)
	case *PlaybookStarted:
		s.play(r, e)
	case *SoakStarted:
		s.soak(e.Criterion, r.At, false)
	case *SoakDipped:
		s.soak(e.Criterion, r.At, true)
	case *MeasureTaken:
		s.Measures = append(s.Measures, Measure{ID: r.ID, Text: e.Text, Owner: e.Owner, At: r.At, Ends: e.Ends})
	case *MeasureExtended:
		s.measure(e.Measure, func(m *Measure) { m.Ends = e.Ends })
	case *MeasureEnded:
		s.measure(e.Measure, func(m *Measure) { m.Ended, m.Result = r.At, e.Text })
	}
}

// longest is how far ahead the end of a temporary measure may lie, ms.
const longest = 366 * 24 * 3600_000

// lasts refuses an end that is none.
func (c *context) lasts(ends int64) error {
	if ends <= c.now.Wall || ends > c.now.Wall+longest {
		return fault.Input("ends", "the end lies in the past or more than a year ahead").WithHint("give the day by which it has to be gone")
	}
	return nil
}

// TakeMeasure writes down a temporary measure.
type TakeMeasure struct {
	Text  string
	Owner Person
	Ends  int64
}

func (d *TakeMeasure) decide(c *context) ([]Event, error) {
	t, err := clean("text", d.Text, maxWords)
	if err != nil {
		return nil, err
	}
	p, err := c.person("owner", d.Owner)
	if err != nil {
		return nil, err
	}
	return append(c.named(p), &MeasureTaken{t, p.ID, d.Ends}), c.lasts(d.Ends)
}

// ExtendMeasure gives a temporary measure another end, for a reason: the end is a hard one.
type ExtendMeasure struct {
	Measure ID
	Ends    int64
	Reason  string
}

func (d *ExtendMeasure) decide(c *context) ([]Event, error) {
	if err := c.temporary(d.Measure); err != nil {
		return nil, err
	}
	t, err := cleanOptional("reason", d.Reason, maxWords)
	if err != nil {
		return nil, err
	}
	if t == "" {
		return nil, fault.Input("reason", "another end needs a reason").WithHint("say in a line why it has to stay for longer")
	}
	return one(&MeasureExtended{d.Measure, d.Ends, t}, c.lasts(d.Ends))
}

// EndMeasure says that a temporary measure is gone.
type EndMeasure struct {
	Measure ID
	Result  string // what stands in its place; may be empty
}

func (d *EndMeasure) decide(c *context) ([]Event, error) {
	if err := c.temporary(d.Measure); err != nil {
		return nil, err
	}
	t, err := cleanOptional("text", d.Result, maxWords)
	return one(&MeasureEnded{d.Measure, t}, err)
}

// temporary refuses what is no temporary measure that still stands.
func (c *context) temporary(id ID) error {
	i := slices.IndexFunc(c.Measures, func(m Measure) bool { return m.ID == id })
	switch {
	case i < 0:
		return fault.New(fault.NotFound, "there is no such temporary measure")
	case c.Measures[i].Ended != 0:
		return fault.New(fault.Conflict, "that measure has ended")
	}
	return nil
}
