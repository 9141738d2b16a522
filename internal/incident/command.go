package incident

import (
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// SetSituation says what the impact, the goal or the believed cause is; empty text takes it away.
type SetSituation struct{ Field, Text string }

func (d *SetSituation) decide(c *context) ([]Event, error) {
	if !slices.Contains(SituationFields, d.Field) {
		return nil, fault.Input("field", "the situation has no part %q", d.Field).WithHint("one of impact, goal, cause")
	}
	t, err := cleanOptional("text", d.Text, maxWords)
	if err == nil && t == c.Situation[d.Field].Text {
		return nil, fault.New(fault.Conflict, "it says so already")
	}
	return one(&SituationSet{d.Field, t}, err)
}

// CheckItem is a person's word on a checklist item. Skipping needs a reason.
type CheckItem struct{ Item, State, Text string }

func (d *CheckItem) decide(c *context) ([]Event, error) {
	it := c.Item(c.kit, d.Item)
	if it == nil {
		return nil, fault.New(fault.NotFound, "no checklist has an item %q", d.Item)
	}
	t, err := cleanOptional("text", d.Text, maxWords)
	if err != nil {
		return nil, err
	}
	switch d.State {
	case ItemDone, ItemOpen:
	case ItemSkipped:
		if t == "" {
			return nil, fault.Input("reason", "skipping %q needs a reason", it.Text).WithHint("one word is enough, \"n.a.\" too")
		}
	default:
		return nil, fault.Input("state", "%q is no state of an item", d.State).WithHint("one of done, skipped, open")
	}
	return []Event{&ItemChecked{it.ID, d.State, t}}, nil
}

// AssignRole gives a role to a person. For the commander's role it records an
// offer and an acceptance by voice, vouched for by who gives the order.
type AssignRole struct {
	Role   string
	Person Person
	Shift  *Shift // what a calendar said for it; nil = nobody asked one
}

func (d *AssignRole) decide(c *context) ([]Event, error) {
	if c.kit.Role(d.Role) == nil {
		return nil, fault.Input("role", "the kit knows no role %q", d.Role)
	}
	p, err := c.person("person", d.Person)
	if err != nil {
		return nil, err
	}
	if c.Holder(d.Role).Person == p.ID {
		return nil, fault.New(fault.Conflict, "%s holds it already", p.Name)
	}
	shift, err := d.Shift.clean()
	if err != nil {
		return nil, err
	}
	out := c.named(p)
	if d.Role == kit.Commander {
		return append(out, &CommandOffered{To: p.ID, Given: true}, &CommandAccepted{By: p.ID, Term: c.Command.Term + 1, Voice: true, Shift: shift}), nil
	}
	return append(out, &RoleAssigned{d.Role, p.ID, shift}), nil
}

// clean gives a shift as it is kept.
func (s *Shift) clean() (*Shift, error) {
	if s == nil {
		return nil, nil
	}
	c := *s
	for _, f := range []struct {
		name string
		text *string
	}{{"schedule", &c.Schedule}, {"person", &c.Person}, {"calendar", &c.Calendar}, {"uid", &c.UID}} {
		t := []rune(strings.Join(strings.Fields(tidy(*f.text)), " "))
		*f.text = string(t[:min(len(t), maxName)]) // a calendar's own words: what is too long for a name is cut
	}
	if c.Schedule == "" {
		return nil, fault.Input("shift", "the shift names no schedule")
	}
	return &c, nil
}

// ReleaseRole leaves a role open. Somebody commands at every instant.
type ReleaseRole struct{ Role string }

func (d *ReleaseRole) decide(c *context) ([]Event, error) {
	if d.Role == kit.Commander {
		return nil, fault.Input("role", "an incident always has a commander").WithHint("give command to somebody else instead")
	}
	if c.Roles[d.Role].Person.IsZero() && c.Asked[d.Role].Person.IsZero() {
		return nil, fault.New(fault.Conflict, "nobody holds it")
	}
	return []Event{&RoleReleased{d.Role}}, nil
}

// AskRole notes that a person was asked to take a role.
type AskRole struct {
	Role   string
	Person Person
}

func (d *AskRole) decide(c *context) ([]Event, error) {
	if c.kit.Role(d.Role) == nil {
		return nil, fault.Input("role", "the kit knows no role %q", d.Role)
	}
	if d.Role == kit.Commander {
		return nil, fault.Input("role", "command is offered, not asked for").WithHint("hand it off, or give it by voice")
	}
	p, err := c.person("person", d.Person)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Holder(d.Role).Person == p.ID:
		return nil, fault.New(fault.Conflict, "%s holds it already", p.Name)
	case c.Asked[d.Role].Person == p.ID:
		return nil, fault.New(fault.Conflict, "%s was asked already", p.Name)
	}
	return append(c.named(p), &RoleAsked{d.Role, p.ID}), nil
}

// CoverRole says that the commander covers an open role for some minutes.
type CoverRole struct {
	Role    string
	Minutes int
}

func (d *CoverRole) decide(c *context) ([]Event, error) {
	if c.kit.Role(d.Role) == nil {
		return nil, fault.Input("role", "the kit knows no role %q", d.Role)
	}
	if h := c.Holder(d.Role).Person; !h.IsZero() {
		return nil, fault.New(fault.Conflict, "%s holds it", c.Name(h))
	}
	if d.Minutes < 1 || d.Minutes > maxCover {
		return nil, fault.Input("minutes", "%d minutes cannot be covered", d.Minutes).WithHint("1 to %d; a role that is open for longer needs a person", maxCover)
	}
	return []Event{&RoleCovered{d.Role, c.now.At + int64(d.Minutes)*60_000}}, nil
}

// maxCover is for how many minutes a commander can cover a role at once.
const maxCover = 4 * 60

// NameDeputy says who stands in for the holder of a role; nobody takes the deputy away.
type NameDeputy struct {
	Role   string
	Person Person // zero = nobody
}

func (d *NameDeputy) decide(c *context) ([]Event, error) {
	if c.kit.Role(d.Role) == nil {
		return nil, fault.Input("role", "the kit knows no role %q", d.Role)
	}
	if d.Person == (Person{}) {
		if c.Deputy(d.Role, c.now.At).Person.IsZero() {
			return nil, fault.New(fault.Conflict, "it has no deputy")
		}
		return []Event{&DeputyNamed{Role: d.Role}}, nil
	}
	p, err := c.person("person", d.Person)
	if err != nil {
		return nil, err
	}
	switch p.ID {
	case c.Holder(d.Role).Person:
		return nil, fault.Input("person", "%s holds it; a deputy is somebody else", p.Name)
	case c.Deputies[d.Role].Person:
		if c.Deputies[d.Role].Until == 0 { // else they stay on
			return nil, fault.New(fault.Conflict, "%s is the deputy already", p.Name)
		}
	}
	return append(c.named(p), &DeputyNamed{Role: d.Role, Person: p.ID}), nil
}

// JudgeExit says whether an exit criterion holds. A waiver needs a reason.
type JudgeExit struct{ Criterion, State, Text string }

func (d *JudgeExit) decide(c *context) ([]Event, error) {
	if !slices.ContainsFunc(c.exits(c.kit), func(e kit.Exit) bool { return e.ID == d.Criterion }) {
		return nil, fault.New(fault.NotFound, "%s has no exit criterion %q", c.Severity, d.Criterion)
	}
	t, err := cleanOptional("text", d.Text, maxWords)
	if err != nil {
		return nil, err
	}
	switch d.State {
	case ExitOpen:
	case ExitMet:
		if err := c.soaked(d.Criterion, t); err != nil {
			return nil, err
		}
	case ExitWaived:
		if t == "" {
			return nil, fault.Input("reason", "a waiver needs a reason").WithHint("say why the incident may end without it")
		}
	default:
		return nil, fault.Input("state", "%q is no state of a criterion", d.State).WithHint("one of met, waived, open")
	}
	return []Event{&ExitJudged{d.Criterion, d.State, t}}, nil
}

// NoteStep records that the wall clock jumped by so many milliseconds.
type NoteStep struct{ By int64 }

func (d *NoteStep) decide(*context) ([]Event, error) { return []Event{&ClockStepped{d.By}}, nil }
