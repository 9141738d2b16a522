package compose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// words looks names up: people in the state, everything else in the kit.
type words struct {
	s *incident.State
	k *kit.Kit
}

func (w words) role(id string) string {
	if r := w.k.Role(id); r != nil {
		if _, part, ok := strings.Cut(id, ":"); ok {
			return r.Name + ": " + part
		}
		return r.Name
	}
	return id
}

func (w words) audience(id string) string {
	if a := w.k.Audience(id); a != nil {
		return a.Name
	}
	return id
}

// outside reports whether text for the audience leaves the company. An audience that
// the kit does not know is taken to be outside: saying less is the safer mistake.
func (w words) outside(id string) bool {
	a := w.k.Audience(id)
	return a == nil || a.Outside
}

func (w words) item(id string) string {
	if it := w.s.Item(w.k, id); it != nil {
		return it.Text
	}
	return id
}

// exit is the text of a criterion: of the severity in force, or else of any that has it.
func (w words) exit(id string) string {
	text := id
	for _, v := range w.k.Severities {
		for _, e := range v.Exit {
			if e.ID == id && (text == id || v.ID == w.s.Severity) {
				text = e.Text
			}
		}
	}
	return text
}

// wordsOf is the text of the one that is meant among some, or what stands for one that is not there.
func wordsOf[T any](some []T, meant func(T) bool, text func(T) string, instead string) string {
	if i := slices.IndexFunc(some, meant); i >= 0 {
		return text(some[i])
	}
	return instead
}

func (w words) action(id incident.ID) string {
	return wordsOf(w.s.Actions, func(a incident.Action) bool { return a.ID == id }, func(a incident.Action) string { return kept(a.Text) }, "an action")
}

func (w words) question(id incident.ID) string {
	return wordsOf(w.s.Questions, func(q incident.Question) bool { return q.ID == id }, func(q incident.Question) string { return kept(q.Text) }, "a question")
}

// at is an instant beside the day on which the incident was declared.
func (w words) at(ms int64) string { return at(ms, w.s.Times[incident.DeclaredAt].Time) }

func (w words) severity() string {
	if w.s.Provisional {
		return "provisional " + w.s.Severity
	}
	return w.s.Severity
}

// gone stands where words have been removed.
const gone = "(redacted)"

// kept is text that can only be empty because it was redacted.
func kept(text string) string {
	if text == "" {
		return gone
	}
	return text
}

// fields are the parts of the situation as people call them.
var fields = map[string]string{"impact": "Impact", "goal": "Goal", "cause": "Believed cause"}

// with appends a remark after a dash.
func with(text, remark string) string {
	if remark == "" {
		return text
	}
	return text + " – " + remark
}

// about marks a time that is a guess.
func about(time string, approx bool) string {
	if approx {
		return "about " + time
	}
	return time
}

// upper begins text with a capital, unless its first word is spelt in its own way (eBay).
func upper(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	if second, _ := utf8.DecodeRuneInString(text[n:]); n == 0 || unicode.IsUpper(second) {
		return text
	}
	return string(unicode.ToUpper(first)) + text[n:]
}

// line is text on one line.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }
