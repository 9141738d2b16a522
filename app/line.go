package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// zone is in which zone typed times are meant: that in which they are shown.
func (b *Backend) zone() *time.Location {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.settings.Local {
		return b.clock.Zone()
	}
	return time.UTC
}

// line makes an order of a line as typed.
func (b *Backend) line(ctx context.Context, id incident.ID, actor incident.Person, text string) (cockpit.Order, error) {
	o := cockpit.Order{Incident: id, Actor: actor}
	l, problem, err := b.parse(ctx, id, actor.Name, text)
	if err = cmp.Or(err, problem); err != nil {
		return o, err
	}
	o, err = LineOrder(ctx, b.cockpit, b.whom, o, l)
	return o, err
}

// LineOrder completes an order with what a line that ReadLine has read asks for. whom is
// the name of the person whom a word means.
func LineOrder(ctx context.Context, c *cockpit.Cockpit, whom func(word string) (string, error), o cockpit.Order, l incident.Line) (cockpit.Order, error) {
	if l.Kind == incident.LineEmpty {
		return o, fault.Input("text", "there is nothing to write down").WithHint("type some text")
	}
	if err := l.Check(); err != nil {
		return o, err
	}
	o.At = l.At
	if l.Kind == incident.LineCommand {
		cmd, err := Spoken(ctx, c, whom, o.Incident, l.Words)
		if role, ok := cmd.(*incident.AssignRole); ok {
			role.Person = oneself(o.Actor, role.Person)
		}
		if m, ok := cmd.(*incident.TakeMeasure); ok {
			m.Owner = oneself(o.Actor, m.Owner)
		}
		o.Command = cmd
		return o, err
	}
	owner, err := c.Person(ctx, o.Incident, l.Owner)
	o.Command = l.Command(oneself(o.Actor, owner))
	return o, err
}

// oneself is the actor when p is called alike: somebody new who names themselves is
// not two people.
func oneself(actor, p incident.Person) incident.Person {
	if strings.EqualFold(actor.Name, p.Name) {
		return actor
	}
	return p
}

func (b *Backend) spoken(ctx context.Context, id incident.ID, words []string) (incident.Command, error) {
	return Spoken(ctx, b.cockpit, b.whom, id, words)
}

// whom is the name of the person whom a word means.
func (b *Backend) whom(word string) (string, error) { return Whom(b.rota.People(), word) }

// Spoken finds the command that a line's words after "/" mean.
func Spoken(ctx context.Context, c *cockpit.Cockpit, whom func(word string) (string, error), id incident.ID, words []string) (incident.Command, error) {
	verb, rest := words[0], words[1:]
	text := strings.Join(rest, " ")
	switch verb {
	case "phase":
		if len(rest) == 0 {
			return nil, fault.Input("text", "which phase?").WithHint("/phase mitigate, and a reason when going back")
		}
		return &incident.MovePhase{Phase: incident.Phase(strings.ToLower(rest[0])), Reason: strings.Join(rest[1:], " ")}, nil
	case "sev", "severity":
		if len(rest) == 0 {
			return nil, fault.Input("text", "which severity?").WithHint("/sev 1, and a reason when lowering")
		}
		return &incident.SetSeverity{Severity: Level(rest[0]), Reason: strings.Join(rest[1:], " ")}, nil
	case "impact", "goal", "cause":
		return &incident.SetSituation{Field: verb, Text: text}, nil
	case "change", "change!":
		thing, what, ok := strings.Cut(text, ":")
		if !ok {
			return nil, fault.Input("text", "what is changed, and how?").WithHint("/change gateway: roll back 8842; /change! beside another change of it")
		}
		return &incident.StartChange{Thing: thing, Text: what, Anyway: verb == "change!"}, nil
	case "changed":
		return changed(ctx, c, id, rest)
	case "hypothesis":
		return &incident.StateHypothesis{Text: text}, nil
	case "expect":
		x := incident.Expectation{}
		x.Expect, x.Minutes = incident.Boxed(text)
		return &incident.ExpectDecision{Expectation: x}, nil
	case "check":
		if len(rest) == 0 {
			return nil, fault.Input("text", "did it work?").WithHint("/check better, same or worse, and what shows it")
		}
		return &incident.CheckDecision{Outcome: strings.ToLower(rest[0]), Text: strings.Join(rest[1:], " ")}, nil
	case "need":
		if len(rest) == 0 {
			return nil, fault.Input("text", "do you need help?").WithHint("/need no, or what you are not sure of: %s", strings.Join(incident.Needs, ", "))
		}
		return helpNeeded(rest), nil
	case "role":
		if len(rest) < 2 {
			return nil, fault.Input("text", "who takes which role?").WithHint("/role scribe name, or /role scribe - to release it")
		}
		role, err := roleOf(ctx, c, id, rest[0])
		if err != nil {
			return nil, err
		}
		if name := strings.Join(rest[1:], " "); name != "-" {
			if name, err = whom(name); err != nil {
				return nil, err
			}
			p, err := c.Person(ctx, id, name)
			return &incident.AssignRole{Role: role, Person: p}, err
		}
		return &incident.ReleaseRole{Role: role}, nil
	}
	if cmd, err := spokenHold(ctx, c, whom, id, verb, rest); cmd != nil || err != nil {
		return cmd, err
	}
	return nil, fault.Input("text", "/%s is no command", verb).WithHint("one of /phase /sev /role /impact /goal /cause /change /changed /hypothesis /expect /check /need /playbook /soak /dip /temp, and in the cockpit /as /update /declare /roles /settings; \\/ begins a note with a slash")
}

// changed ends the change in flight whose thing the words begin with.
func changed(ctx context.Context, c *cockpit.Cockpit, id incident.ID, words []string) (cmd incident.Command, err error) {
	i := slices.IndexFunc(words, func(w string) bool {
		w = strings.ToLower(w)
		return w == incident.OutcomeUndone || slices.Contains(incident.Outcomes, w)
	})
	if i < 0 {
		return nil, fault.Input("text", "what came of it?").WithHint("/changed gateway better, same, worse or undone, and what shows it")
	}
	err = c.View(ctx, id, func(l *cockpit.Live) error {
		found := l.State.InFlight()
		if thing := strings.Join(words[:i], " "); thing != "" {
			found = l.State.Touching(thing)
		}
		switch len(found) {
		case 0:
			return fault.Input("text", "nobody is changing that").WithHint("the board shows the changes in flight")
		case 1:
			cmd = &incident.EndChange{Change: found[0].ID, Outcome: strings.ToLower(words[i]), Text: strings.Join(words[i+1:], " ")}
			return nil
		}
		return fault.Input("text", "%d changes are in flight", len(found)).WithHint("say of which: /changed %s %s", found[0].Thing, words[i])
	})
	return cmd, err
}

// roleOf finds a role in the kit of the incident; with none chosen, in the one in force.
func roleOf(ctx context.Context, c *cockpit.Cockpit, id incident.ID, word string) (role string, err error) {
	if id.IsZero() {
		return Role(c.Kit(), word), nil
	}
	err = c.View(ctx, id, func(l *cockpit.Live) error {
		role = Role(l.Kit, word)
		return nil
	})
	return role, err
}

// Level reads a severity as people say it: 1, sev1, SEV1.
func Level(word string) string {
	word = strings.ToUpper(word)
	if len(word) == 1 {
		return "SEV" + word
	}
	return word
}

// Role finds a role by id, alias or name, letter case ignored; an unknown word is answered as it is.
// A part of one that many hold is given behind a colon: sme:payments.
func Role(k *kit.Kit, word string) string {
	if base, part, ok := strings.Cut(word, ":"); ok {
		return Role(k, base) + ":" + strings.ToLower(part)
	}
	for _, r := range k.Roles {
		if strings.EqualFold(r.ID, word) || strings.EqualFold(r.Name, word) || strings.EqualFold(r.Short, word) ||
			slices.ContainsFunc(r.Aliases, func(a string) bool { return strings.EqualFold(a, word) }) {
			return r.ID
		}
	}
	return word
}
