package incident

import (
	"slices"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// ReadBack is what the one who takes over says back aloud before accepting: the goal,
// the riskiest live action, the next promise.
var ReadBack = []string{"goal", "risk", "promise"}

// StaysFor is how long the one who handed command over stays as deputy, ms.
const StaysFor = 10 * 60_000

// OfferCommand offers command to a person, with what only the one who offers it knows.
// Until it is accepted the holder commands. An open offer to somebody else is replaced;
// one to the same person is completed, and runs on from when it was made.
type OfferCommand struct {
	To Person
	Handover
}

func (d *OfferCommand) decide(c *context) ([]Event, error) {
	p, err := c.person("person", d.To)
	if err != nil {
		return nil, err
	}
	if p.ID == c.Command.Holder {
		return nil, fault.New(fault.Conflict, "%s commands already", p.Name)
	}
	e := &CommandOffered{To: p.ID, Handover: d.Handover}
	for _, t := range []struct {
		name string
		text *string
	}{{"worry", &e.Worry}, {"undone", &e.Undone}, {"care", &e.Care}} {
		if *t.text, err = cleanOptional(t.name, *t.text, maxWords); err != nil {
			return nil, err
		}
	}
	if p.ID == c.Command.Offered && e.Handover == c.Command.Handover {
		return nil, fault.New(fault.Conflict, "command is offered to %s already", p.Name).WithHint("wait for the acceptance, or withdraw the offer first")
	}
	return append(c.named(p), e), nil
}

// AcceptCommand moves command to the person to whom it is offered. By voice somebody
// else has heard it and vouches for it. The one who commanded stays as deputy for ten
// minutes, unless there is one who does not take over. Of two acceptances the first holds.
type AcceptCommand struct {
	By    Person // zero = the one to whom it is offered
	Voice bool
	Back  []string // what they have said back: words of ReadBack
}

func (d *AcceptCommand) decide(c *context) ([]Event, error) {
	to := c.Command.Offered
	if to.IsZero() {
		return nil, fault.New(fault.Conflict, "command is offered to nobody; %s commands", c.Name(c.Command.Holder)).
			WithHint("have it offered first, or claim it with a reason when the commander cannot be reached")
	}
	if c.now.At < c.Command.Asked {
		return nil, fault.Input("at", "command was offered only after that").WithHint("give the time at which they accepted")
	}
	if by := d.By.ID; !by.IsZero() && by != to || by.IsZero() && d.By.Name != "" && !sameName(d.By.Name, c.Name(to)) {
		return nil, fault.New(fault.Refused, "command is offered to %s", c.Name(to)).WithHint("offer it to the one who takes over")
	}
	back := []string{}
	for _, word := range ReadBack {
		if slices.Contains(d.Back, word) {
			back = append(back, word)
		}
	}
	for _, word := range d.Back {
		if !slices.Contains(ReadBack, word) {
			return nil, fault.Input("back", "%.40q is nothing to say back", word).WithHint("one of goal, risk, promise")
		}
	}
	out := []Event{&CommandAccepted{By: to, Term: c.Command.Term + 1, Voice: d.Voice, Back: back}}
	if old, deputy := c.Command.Holder, c.Deputy(kit.Commander, c.now.At).Person; !old.IsZero() && (deputy.IsZero() || deputy == to) && !c.Phase.Over() {
		out = append(out, &DeputyNamed{kit.Commander, old, c.now.At + StaysFor})
	}
	return out, nil
}

// DeclineCommand ends an open offer: declined by the one to whom it was made, or
// withdrawn by the one who commands.
type DeclineCommand struct{ Reason string }

func (d *DeclineCommand) decide(c *context) ([]Event, error) {
	if c.Command.Offered.IsZero() {
		return nil, fault.New(fault.Conflict, "command is offered to nobody")
	}
	t, err := cleanOptional("reason", d.Reason, maxWords)
	return one(&CommandDeclined{c.now.Actor.ID == c.Command.Holder, t}, err)
}

// ClaimCommand takes command from one who cannot be reached.
type ClaimCommand struct {
	By     Person
	Reason string
}

func (d *ClaimCommand) decide(c *context) ([]Event, error) {
	p, err := c.person("person", d.By)
	if err != nil {
		return nil, err
	}
	if p.ID == c.Command.Holder {
		return nil, fault.New(fault.Conflict, "%s commands already", p.Name)
	}
	t, err := cleanOptional("reason", d.Reason, maxWords)
	if err != nil {
		return nil, err
	}
	if t == "" {
		return nil, fault.Input("reason", "claiming command needs a reason").WithHint("say how %s was tried to reach", c.Name(c.Command.Holder))
	}
	return append(c.named(p), &CommandAccepted{By: p.ID, Term: c.Command.Term + 1, Claimed: t}), nil
}
