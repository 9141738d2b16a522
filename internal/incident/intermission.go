package incident

import (
	"slices"
	"strings"

	"quarterdeck/internal/fault"
)

// Needs are the five questions of an intermission, by their short names. Whoever answers
// one of them with yes needs help: not sure what is wrong, how to fix it, whether it can
// be fixed by those who are there, whether I can deal with it, whether I have the hands.
var Needs = []string{"what", "how", "whether", "cope", "hands"}

// IntermissionAnswered is a commander's answer to "do I need help?".
type IntermissionAnswered struct {
	Needs []string `json:"needs,omitempty"` // of Needs; none = we can cope
	Text  string   `json:"text,omitempty"`
}

// Kind implements Event.
func (*IntermissionAnswered) Kind() Kind { return "intermission.answered" }

// Intermission is the last answer to "do I need help?".
type Intermission struct {
	At    int64    `json:"at"`
	By    ID       `json:"by"`
	Needs []string `json:"needs,omitempty"`
}

// AnswerIntermission answers "do I need help?". Without a need it says that they can cope.
type AnswerIntermission struct {
	Needs []string
	Text  string
}

func (d *AnswerIntermission) decide(*context) ([]Event, error) {
	var needs []string
	for _, n := range Needs { // in their order, each once
		if slices.Contains(d.Needs, n) {
			needs = append(needs, n)
		}
	}
	for _, n := range d.Needs {
		if !slices.Contains(Needs, n) {
			return nil, fault.Input("needs", "%.40q is none of the five questions", n).WithHint("one of %s, or none", strings.Join(Needs, ", "))
		}
	}
	text, err := cleanOptional("text", d.Text, maxWords)
	return one(&IntermissionAnswered{needs, text}, err)
}
