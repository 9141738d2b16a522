package kit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Problem is a mistake in a kit.
type Problem struct {
	Where   string `json:"where"`   // a path into the kit, roles[2].id; kit/load gives file:line instead
	Message string `json:"message"` // what is wrong
	Hint    string `json:"hint"`    // what mends it
}

// String is the problem in one line.
func (p Problem) String() string { return p.Where + ": " + p.Message + " (" + p.Hint + ")" }

// Limits of a kit. Lengths are in characters.
const (
	MaxMinutes = 7 * 24 * 60 // of a promise or a soak
	MaxDays    = 365         // of a retrospective's due date
	MaxItems   = 9           // of a checklist
	maxEntries = 200         // of any other list
	maxID      = 40
	maxName    = 60
	maxLine    = 160
	maxProse   = 600
	maxText    = 3000
)

// Check finds the mistakes that would make a kit misbehave in use: references to
// what is not there, ids that stand twice, empty lists, values out of range,
// words that are not in Phases, Proofs, Acts, Moments or Slots. A kit without
// problems can be declared under.
func (k *Kit) Check() []Problem {
	c := &checker{kit: k}
	c.text("name", k.Name, maxName, true)
	c.severities()
	c.types()
	c.roles()
	c.audiences()
	c.checklists()
	c.templates()
	c.assessment()
	c.declaring()
	c.drafts()
	c.cost()
	c.need()
	c.playbooks()
	c.retro()
	c.after()
	return c.problems
}

// checker gathers the problems of one kit.
type checker struct {
	kit      *Kit
	problems []Problem
}

func (c *checker) add(where, hint, format string, args ...any) {
	c.problems = append(c.problems, Problem{Where: where, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// size refuses lists that are empty or without end.
func (c *checker) size(where string, n, most int) {
	switch {
	case n == 0:
		c.add(where, "add at least one", "the list is empty")
	case n > most:
		c.add(where, fmt.Sprintf("leave out %d", n-most), "the list has %d entries; %d is the most", n, most)
	}
}

// id checks the form of an id and that it is the only one of its list.
func (c *checker) id(where, id string, seen map[string]bool) {
	switch {
	case id == "":
		c.add(where, "give it an id, such as a short word in lower case", "the id is missing")
	case !validID(id):
		c.add(where, fmt.Sprintf("use lower-case letters, digits, dots and hyphens, a letter first, at most %d", maxID), "the id %q cannot be used", id)
	case seen[id]:
		c.add(where, "give one of the two another id", "the id %q stands twice", id)
	}
	seen[id] = true
}

func validID(id string) bool {
	for i, r := range id {
		lower := r >= 'a' && r <= 'z'
		if !lower && (i == 0 || r != '-' && r != '.' && (r < '0' || r > '9')) {
			return false
		}
	}
	return len(id) <= maxID
}

// text checks what people read.
func (c *checker) text(where, s string, most int, required bool) {
	switch n := utf8.RuneCountInString(s); {
	case strings.TrimSpace(s) == "":
		if required {
			c.add(where, "write it", "the text is missing")
		}
	case n > most:
		c.add(where, fmt.Sprintf("shorten it by %d", n-most), "the text has %d characters; %d is the most", n, most)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
		c.add(where, "type the text anew", "the text holds characters that cannot be shown")
	}
}

// number checks a range from 0.
func (c *checker) number(where string, n, most int, unit string) {
	if n < 0 || n > most {
		c.add(where, fmt.Sprintf("use 0 to %d", most), "%d %s is out of range", n, unit)
	}
}

// oneOf checks a word against a closed list.
func (c *checker) oneOf(where, what, word string, list []string) {
	if !slices.Contains(list, word) {
		c.add(where, "use one of "+strings.Join(list, ", "), "there is no %s %q", what, word)
	}
}

// ref checks the id of something else in the kit.
func ref[T any](c *checker, where, what, id string, list []T, idOf func(T) string) {
	ids := make([]string, len(list))
	for i, v := range list {
		ids[i] = idOf(v)
	}
	c.oneOf(where, what, id, ids)
}

func (c *checker) role(where, id string) {
	ref(c, where, "role", id, c.kit.Roles, func(r Role) string { return r.ID })
}

func (c *checker) audience(where, id string) {
	ref(c, where, "audience", id, c.kit.Audiences, func(a Audience) string { return a.ID })
}
