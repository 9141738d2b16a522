package incident

import (
	"slices"

	"quarterdeck/internal/fault"
)

// Sections are the parts of the retrospective's document, in their order. What stands in
// them from the record is composed; what people write beside it is a record for each text.
// The names are frozen.
var Sections = []string{"short", "impact", "story", "sense", "well", "hard", "conditions", "changes", "cost", "process", "open"}

// MomentMarks are what a record can be marked as. The names are frozen.
var MomentMarks = []string{"helped", "hindered", "surprise"}

// SectionWritten is what people wrote into a section of the retrospective: the whole of
// it. The last one stands, and those before it are its history.
type SectionWritten struct {
	Section string `json:"section"`           // one of Sections
	Text    string `json:"text"`              // Markdown; empty = taken away
	Seconds int    `json:"seconds,omitempty"` // how long its writer was at it since the last time, pauses left out
}

// FactorNamed is a condition that contributed. There are several; none is the cause.
type FactorNamed struct {
	Text string `json:"text"`
}

// FactorLinked says that a factor led to another one, or where it is seen. Of To and
// Moment one is given.
type FactorLinked struct {
	Factor ID   `json:"factor"`
	To     ID   `json:"to,omitzero"`     // the factor that it contributed to
	Moment ID   `json:"moment,omitzero"` // the record in which it is seen
	Gone   bool `json:"gone,omitempty"`  // it is not so after all
}

// MomentMarked says of a record what it did to the course of things.
type MomentMarked struct {
	Record ID     `json:"record"`
	Mark   string `json:"mark,omitempty"` // one of MomentMarks; empty = none any more
	Text   string `json:"text,omitempty"` // how
}

// MomentAsked is a question about a moment, for those who were there.
type MomentAsked struct {
	Record ID     `json:"record"`
	Text   string `json:"text"`
}

// MomentAnswered is what they said. The last answer stands.
type MomentAnswered struct {
	Question ID     `json:"question"`
	Text     string `json:"text"`
}

// Kind implements Event.
func (*SectionWritten) Kind() Kind { return "section.written" }

// Kind implements Event.
func (*FactorNamed) Kind() Kind { return "factor.named" }

// Kind implements Event.
func (*FactorLinked) Kind() Kind { return "factor.linked" }

// Kind implements Event.
func (*MomentMarked) Kind() Kind { return "moment.marked" }

// Kind implements Event.
func (*MomentAsked) Kind() Kind { return "moment.asked" }

// Kind implements Event.
func (*MomentAnswered) Kind() Kind { return "moment.answered" }

// Review is what people wrote when they looked back.
type Review struct {
	Sections map[string]Section `json:"sections,omitempty"`
	Factors  []Factor           `json:"factors,omitempty"`
	Links    []FactorLinked     `json:"links,omitempty"` // as they were said; Causes and SeenAt leave out what is gone
	Marks    map[ID]MomentMark  `json:"marks,omitempty"` // by record
	Asked    []Asked            `json:"asked,omitempty"`
}

// Section is the text that stands in one.
type Section struct {
	Record ID `json:"record"` // that wrote it
	Mark
}

// Factor is a condition that contributed.
type Factor struct {
	ID ID `json:"id"`
	Mark
}

// MomentMark is what a record is marked as.
type MomentMark struct {
	As string `json:"as"`
	Mark
}

// Asked is a question about a moment; open while Answer is empty.
type Asked struct {
	ID     ID     `json:"id"`
	Moment ID     `json:"moment"`
	Answer string `json:"answer,omitempty"`
	Mark
}

// review folds what people wrote when they looked back.
func (s *State) review(r *Record, e Event) {
	v, mark := &s.Review, func(text string) Mark { return Mark{text, r.At, r.Actor} }
	switch e := e.(type) {
	case *SectionWritten:
		if e.Section != "" {
			v.Sections = put(v.Sections, e.Section, Section{r.ID, mark(e.Text)})
		}
	case *FactorNamed:
		if e.Text != "" {
			v.Factors = append(v.Factors, Factor{r.ID, mark(e.Text)})
		}
	case *FactorLinked:
		same := func(l FactorLinked) bool { return l.Factor == e.Factor && l.To == e.To && l.Moment == e.Moment }
		if v.Links = slices.DeleteFunc(v.Links, same); !e.Gone && !e.Factor.IsZero() {
			v.Links = append(v.Links, *e)
		}
	case *MomentMarked:
		switch {
		case e.Record.IsZero():
		case e.Mark == "":
			delete(v.Marks, e.Record)
		default:
			v.Marks = put(v.Marks, e.Record, MomentMark{e.Mark, mark(e.Text)})
		}
	case *MomentAsked:
		if !e.Record.IsZero() {
			v.Asked = append(v.Asked, Asked{ID: r.ID, Moment: e.Record, Mark: mark(e.Text)})
		}
	case *MomentAnswered:
		if i := slices.IndexFunc(v.Asked, func(a Asked) bool { return a.ID == e.Question }); i >= 0 {
			v.Asked[i].Answer = e.Text
		}
	}
}

// Factor finds one; nil when there is none, or when it was taken back.
func (v *Review) Factor(id ID) *Factor {
	if i := slices.IndexFunc(v.Factors, func(f Factor) bool { return f.ID == id }); i >= 0 {
		return &v.Factors[i]
	}
	return nil
}

// Causes are the factors that a factor led to, in the order in which that was said.
func (v *Review) Causes(id ID) []ID {
	return v.linked(id, func(l FactorLinked) ID {
		if v.Factor(l.To) == nil {
			return ID{}
		}
		return l.To
	})
}

// SeenAt are the records in which a factor is seen, in the order in which that was said.
func (v *Review) SeenAt(id ID) []ID {
	return v.linked(id, func(l FactorLinked) ID { return l.Moment })
}

func (v *Review) linked(id ID, end func(FactorLinked) ID) []ID {
	var out []ID
	for _, l := range v.Links {
		if to := end(l); l.Factor == id && !to.IsZero() {
			out = append(out, to)
		}
	}
	return out
}

// Write puts a text into a section of the retrospective. It is allowed at any time, also
// when the incident is closed.
type Write struct {
	Section, Text string
	Base          ID  // the record on which the text rests; zero = nobody had written there
	Seconds       int // how long it took since the last time
}

// maxSitting is the longest time at a section between two records, in seconds: a day.
const maxSitting = 24 * 3600

func (d *Write) decide(c *context) ([]Event, error) {
	if !slices.Contains(Sections, d.Section) {
		return nil, fault.Input("section", "the retrospective has no section %.40q", d.Section).WithHint("one of %s", names(Sections))
	}
	t, err := cleanOptional("text", d.Text, MaxText)
	if err != nil {
		return nil, err
	}
	if d.Seconds < 0 || d.Seconds > maxSitting {
		return nil, fault.Input("seconds", "%d seconds cannot be", d.Seconds)
	}
	switch was := c.Review.Sections[d.Section]; {
	case was.Record != d.Base:
		return nil, fault.New(fault.Conflict, "somebody has written there meanwhile").WithHint("your text is kept: put the two together and save again")
	case was.Text == t:
		return nil, fault.New(fault.Conflict, "it says so already")
	}
	return []Event{&SectionWritten{Section: d.Section, Text: t, Seconds: d.Seconds}}, nil
}

// NameFactor names a condition that contributed. Amend words it anew and Undo takes it back.
type NameFactor struct{ Text string }

// MaxFactors is how many factors an incident may have.
const MaxFactors = 60

func (d *NameFactor) decide(c *context) ([]Event, error) {
	if len(c.Review.Factors) >= MaxFactors {
		return nil, fault.New(fault.Refused, "%d factors are named already", MaxFactors).WithHint("put those together that belong together")
	}
	t, err := clean("text", d.Text, maxWords)
	return one(&FactorNamed{t}, err)
}

// LinkFactor says that a factor led to another one, or in which record it is seen; with
// Gone, that it is not so after all.
type LinkFactor struct {
	Factor, To ID
	Moment     *Record // as it stands in the log; nil = To is meant
	Gone       bool
}

func (d *LinkFactor) decide(c *context) ([]Event, error) {
	if c.Review.Factor(d.Factor) == nil {
		return nil, fault.New(fault.NotFound, "there is no such factor")
	}
	e := &FactorLinked{Factor: d.Factor, To: d.To, Gone: d.Gone}
	if d.Moment != nil {
		e.To, e.Moment = ID{}, d.Moment.ID
	} else if c.Review.Factor(d.To) == nil {
		return nil, fault.New(fault.NotFound, "there is no such factor")
	}
	if e.To == e.Factor {
		return nil, fault.Input("to", "a factor does not lead to itself").WithHint("choose another one, or name what lies behind it")
	}
	there := slices.ContainsFunc(c.Review.Links, func(l FactorLinked) bool {
		return l.Factor == e.Factor && l.To == e.To && l.Moment == e.Moment
	})
	if there != d.Gone {
		return nil, fault.New(fault.Conflict, "it says so already")
	}
	return []Event{e}, nil
}

// MarkMoment says of a record that it helped, hindered or surprised; an empty As takes
// the mark away.
type MarkMoment struct {
	Record   Record // as it stands in the log
	As, Text string
}

func (d *MarkMoment) decide(c *context) ([]Event, error) {
	if d.Record.ID.IsZero() {
		return nil, fault.New(fault.NotFound, "there is no such record")
	}
	if d.As != "" && !slices.Contains(MomentMarks, d.As) {
		return nil, fault.Input("mark", "%.40q is no mark of a moment", d.As).WithHint("one of %s", names(MomentMarks))
	}
	t, err := cleanOptional("text", d.Text, maxWords)
	if err != nil {
		return nil, err
	}
	if d.As == "" {
		t = ""
	}
	if was := c.Review.Marks[d.Record.ID]; was.As == d.As && was.Text == t {
		return nil, fault.New(fault.Conflict, "it says so already")
	}
	return []Event{&MomentMarked{d.Record.ID, d.As, t}}, nil
}

// AskMoment attaches a question to a record, for those who were there.
type AskMoment struct {
	Record Record
	Text   string
}

func (d *AskMoment) decide(c *context) ([]Event, error) {
	if d.Record.ID.IsZero() {
		return nil, fault.New(fault.NotFound, "there is no such record")
	}
	t, err := clean("text", d.Text, maxWords)
	if err == nil && slices.ContainsFunc(c.Review.Asked, func(a Asked) bool { return a.Moment == d.Record.ID && a.Text == t }) {
		return nil, fault.New(fault.Conflict, "that is asked there already")
	}
	return one(&MomentAsked{d.Record.ID, t}, err)
}

// AnswerMoment writes down what was said to a question about a moment.
type AnswerMoment struct {
	Question ID
	Text     string
}

func (d *AnswerMoment) decide(c *context) ([]Event, error) {
	if !slices.ContainsFunc(c.Review.Asked, func(a Asked) bool { return a.ID == d.Question }) {
		return nil, fault.New(fault.NotFound, "there is no such question")
	}
	t, err := clean("text", d.Text, MaxText)
	return one(&MomentAnswered{d.Question, t}, err)
}
