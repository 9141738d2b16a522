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
		now.At = now.Wall // taken as it is: a machine whose clock is wrong still keeps the log
	} else if err := plausible("at", now.At, now.Wall); err != nil {
		return nil, err
	}
	if name := now.Actor.Name; name != "" {
		var err error
		if now.Actor.Name, err = CleanName("actor", name); err != nil {
			return nil, err
		}
	}
	if _, declaring := cmd.(*Declare); !declaring && s.Phase == "" {
		return nil, fault.New(fault.NotFound, "there is no such incident")
	}
	c := &context{s, k, now}
	events, err := cmd.decide(c)
	if err != nil {
		return nil, err
	}
	out := c.named(now.Actor)
	for _, e := range events { // who gives the order may be named in it as well
		if p, ok := e.(*PersonNamed); !ok || p.Person != now.Actor.ID || p.Name != now.Actor.Name {
			out = append(out, e)
		}
	}
	return out, nil
}

// named introduces people whose name the incident does not know yet.
func (c *context) named(people ...Person) []Event {
	var out []Event
	for _, p := range people {
		if p.Name != "" && !p.ID.IsZero() && c.People[p.ID] != p.Name {
			out = append(out, &PersonNamed{p.ID, p.Name})
		}
	}
	return out
}

// Bounds of what people type, in runes unless they say otherwise.
const (
	MaxText  = 64 << 10 // bytes of one record's text
	maxWords = 2000     // of a reason, a value, a part of the situation
	maxTitle = 200
	maxName  = 80
)

// ahead is by how much a time may lie in the future, ms: clocks differ, minutes are typed rounded.
const ahead = 60_000

const year2000 = 946_684_800_000 // ms UTC

// plausible refuses times that no clock of a running incident shows.
func plausible(field string, at, wall int64) error {
	if at > wall+ahead {
		return fault.Input(field, "that time lies in the future").WithHint("give the time at which it happened; plans belong into the text")
	}
	if at < min(year2000, wall-366*24*60*60_000) { // a machine that has lost its clock still keeps a log
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

// tidy is text without what cannot be seen: what remains is empty when nothing can.
// Marks of direction stay, since right-to-left scripts need them; embeddings and
// overrides go, since they make what follows read other than it is.
func tidy(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			return '\n'
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, s)
	if !strings.ContainsFunc(s, visible) {
		return ""
	}
	return strings.TrimSpace(s)
}

func visible(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }

// cleanLine is clean for what stands on one line.
func cleanLine(field, text string, most int) (string, error) {
	return clean(field, strings.Join(strings.Fields(tidy(text)), " "), most)
}

// cleanLineOptional is cleanLine for what may be empty.
func cleanLineOptional(field, text string, most int) (string, error) {
	return cleanOptional(field, strings.Join(strings.Fields(tidy(text)), " "), most)
}

// CleanName gives a person's name as it is kept: one line, trimmed.
func CleanName(field, name string) (string, error) { return cleanLine(field, name, maxName) }

func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// nobody are words that name no person; an action has one owner.
var nobody = map[string]bool{"someone": true, "somebody": true, "anyone": true, "anybody": true, "everyone": true, "everybody": true, "all": true, "team": true, "we": true, "nobody": true, "here": true, "channel": true}

// owner refuses a name that is nobody's in particular.
func owner(field, name string) error {
	name, err := CleanName(field, name)
	if err != nil {
		return err
	}
	if nobody[strings.ToLower(name)] {
		return fault.Input(field, "%q is nobody in particular", name).WithHint("name one person; it is theirs until they say otherwise")
	}
	return nil
}

// person gives somebody in particular as the record keeps them: with an id and a clean name.
func (c *context) person(field string, p Person) (Person, error) {
	if p.Name == "" {
		p.Name = c.People[p.ID]
	}
	if p.ID.IsZero() || p.Name == "" {
		return p, fault.Input(field, "nobody is named").WithHint("name one person")
	}
	if err := owner(field, p.Name); err != nil {
		return p, err
	}
	var err error
	p.Name, err = CleanName(field, p.Name)
	return p, err
}
