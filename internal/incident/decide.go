package incident

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// Command is an order to an incident. Each is a struct of this package.
type Command interface {
	decide(c *context) ([]Event, error)
}

// Now is when, and by whom, a command is given.
type Now struct {
	Wall  int64 // ms UTC
	At    int64 // when it happened, ms UTC; 0 = now
	Actor Person
}

// Person is a name with the id under which the record knows it.
type Person struct {
	ID   ID
	Name string
}

// context is what a decision may look at.
type context struct {
	*State
	kit *kit.Kit
	now Now
}

// Decide checks a command against the state and answers with what happens. The
// error is a fault: Invalid for what cannot be accepted, Conflict for what the
// state no longer allows, NotFound for what is not there. Nothing is changed.
func Decide(s *State, k *kit.Kit, cmd Command, now Now) ([]Event, error) {
	if now.At == 0 {
		now.At = now.Wall
	}
	if err := plausible("at", now.At, now.Wall); err != nil {
		return nil, err
	}
	if _, declaring := cmd.(*Declare); !declaring && s.Phase == "" {
		return nil, fault.New(fault.NotFound, "there is no such incident")
	}
	c := &context{s, k, now}
	events, err := cmd.decide(c)
	if err != nil {
		return nil, err
	}
	return append(c.named(now.Actor), events...), nil
}

// named introduces people whose name the incident does not know yet.
func (c *context) named(people ...Person) []Event {
	var out []Event
	for _, p := range people {
		if p.Name != "" && c.People[p.ID] != p.Name {
			out = append(out, &PersonNamed{p.ID, p.Name})
		}
	}
	return out
}

// Bounds of what people type, in runes unless they say otherwise.
const (
	MaxText  = 64 << 10 // bytes of one record's text
	maxTitle = 200
	maxName  = 80
)

// plausible refuses times that no clock of a running incident shows.
func plausible(field string, at, wall int64) error {
	if at > wall+60_000 {
		return fault.Input(field, "that time lies in the future").WithHint("give the time at which it happened; plans belong into the text")
	}
	if at < 946_684_800_000 {
		return fault.Input(field, "that time lies before the year 2000").WithHint("check the date")
	}
	return nil
}

// clean gives text as it is kept: valid UTF-8, Unix line ends, without control
// characters, trimmed. It refuses what is empty or too long.
func clean(field, text string, most int) (string, error) {
	t := tidy(text)
	if t == "" {
		return "", fault.Input(field, "there is nothing to write down").WithHint("type some text")
	}
	return fits(field, t, most)
}

// cleanOptional is clean for text that may be empty.
func cleanOptional(field, text string, most int) (string, error) {
	return fits(field, tidy(text), most)
}

// fits checks the length: in bytes for whole records, in runes for names and titles.
func fits(field, t string, most int) (string, error) {
	if most == MaxText && len(t) > most {
		return "", fault.Input(field, "the text is %d KiB long; one record takes %d KiB", len(t)>>10, MaxText>>10).
			WithHint("keep it in a file and write down where the file is")
	}
	if most != MaxText && utf8.RuneCountInString(t) > most {
		return "", fault.Input(field, "%d characters are too many; %d fit", utf8.RuneCountInString(t), most).WithHint("shorten it")
	}
	return t, nil
}

func tidy(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || !unicode.IsControl(r) {
			return r
		}
		return -1
	}, s)
	return strings.TrimSpace(s)
}

// CleanName gives a person's name as it is kept: one line, trimmed.
func CleanName(field, name string) (string, error) {
	return clean(field, strings.Join(strings.Fields(tidy(name)), " "), maxName)
}

func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// nobody are words that name no person; an action has one owner.
var nobody = map[string]bool{"someone": true, "somebody": true, "anyone": true, "anybody": true, "everyone": true, "everybody": true, "all": true, "team": true, "we": true, "nobody": true, "here": true, "channel": true}

// owner refuses who is nobody in particular.
func owner(field string, p Person) error {
	if p.Name == "" && p.ID.IsZero() {
		return fault.Input(field, "nobody is named").WithHint("name one person")
	}
	if nobody[strings.ToLower(p.Name)] {
		return fault.Input(field, "%q is nobody in particular", p.Name).WithHint("name one person; it is theirs until they say otherwise")
	}
	return nil
}
