package app

import (
	"context"
	"strings"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/outbox/slack"
)

// OfferInput offers command to the person of that name, with what only the one who offers
// it knows. For the one to whom it is offered already it is completed.
type OfferInput struct {
	Incident string `json:"incident"`
	Person   string `json:"person"`
	Worry    string `json:"worry"`
	Undone   string `json:"undone"`
	Care     string `json:"care"`
}

// AcceptInput says that the one to whom command is offered takes it.
type AcceptInput struct {
	Incident string   `json:"incident"`
	Voice    bool     `json:"voice"` // said aloud, and whoever sits here vouches for it; else said here
	Back     []string `json:"back"`  // what was said back
	Time     int64    `json:"time"`  // when it was said; 0 = now
}

// HandoffView is what the handing over of command needs.
type HandoffView struct {
	Parts    []PartView `json:"parts"`    // the brief, ten of them
	Back     []SaidView `json:"back"`     // to be said back
	Announce string     `json:"announce"` // what everybody should hear once it is accepted
	Text     string     `json:"text"`     // all of it as Markdown
}

// PartView is a line of the brief.
type PartView struct {
	Head  string   `json:"head"`
	Lines []string `json:"lines"` // none: not stated
}

// SaidView is something to be said back.
type SaidView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Text string `json:"text"`
}

// OfferView is an open offer of command.
type OfferView struct {
	To     PersonView `json:"to"`
	At     int64      `json:"at"`
	Worry  string     `json:"worry"`
	Undone string     `json:"undone"`
	Care   string     `json:"care"`
}

func offerView(s *incident.State) *OfferView {
	c := s.Command
	if c.Offered.IsZero() {
		return nil
	}
	return &OfferView{PersonView{c.Offered.String(), s.Name(c.Offered)}, c.Asked, c.Worry, c.Undone, c.Care}
}

// Handoff answers with the brief to hand over.
func (a *API) Handoff(id string) (v HandoffView, err error) {
	defer guard(&err)
	v = HandoffView{Parts: []PartView{}, Back: []SaidView{}}
	ctx, b, inc, err := a.about(id)
	if err != nil {
		return v, err
	}
	err = b.cockpit.View(ctx, inc, func(l *cockpit.Live) error {
		now := b.now()
		for _, p := range compose.Briefing(l.State, l.Kit, now) {
			v.Parts = append(v.Parts, PartView{p.Head, append([]string{}, p.Lines...)})
		}
		for _, s := range compose.SayBack(l.State, l.Kit, now) {
			v.Back = append(v.Back, SaidView(s))
		}
		v.Announce, v.Text = compose.Announcement(l.State, now), compose.Handoff(l.State, l.Kit, now)
		return nil
	})
	return v, err
}

// OfferCommand offers command; until it is accepted nothing changes hands.
func (a *API) OfferCommand(in OfferInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		p, err := b.person(ctx, id, in.Person)
		if err == nil && p.ID.IsZero() {
			err = fault.Input("person", "to whom?").WithHint("give a name")
		}
		return &incident.OfferCommand{To: p, Handover: incident.Handover{Worry: in.Worry, Undone: in.Undone, Care: in.Care}}, err
	})
}

// AcceptCommand moves command to the one to whom it is offered. What is not by voice they
// say here themselves, so that the record is theirs.
func (a *API) AcceptCommand(in AcceptInput) (err error) {
	defer guard(&err)
	ctx, b, id, err := a.about(in.Incident)
	if err != nil {
		return err
	}
	o := cockpit.Order{Incident: id, At: in.Time, Command: &incident.AcceptCommand{Voice: in.Voice, Back: in.Back}}
	if o.Actor, err = b.me(); err != nil {
		return err
	}
	if !in.Voice {
		err = b.cockpit.View(ctx, id, func(l *cockpit.Live) error {
			if to := l.State.Command.Offered; !to.IsZero() {
				o.Actor = incident.Person{ID: to, Name: l.State.Name(to)}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return b.do(ctx, o)
}

// WithdrawOffer ends an open offer of command, for the reason in Text, which may be empty.
func (a *API) WithdrawOffer(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.DeclineCommand{Reason: in.Text}))
}

// ClaimCommand takes command for whoever sits here from one who cannot be reached; Text
// says how that was tried.
func (a *API) ClaimCommand(in TextInput) error {
	return a.order(in.Incident, "", 0, func(_ context.Context, b *Backend, _ incident.ID) (incident.Command, error) {
		me, err := b.me()
		return &incident.ClaimCommand{By: me, Reason: in.Text}, err
	})
}

// Announce says in the incident's channel who commands.
func (a *API) Announce(in TextInput) (err error) {
	defer guard(&err)
	return a.leaving(in.Incident, "", func(ctx context.Context, b *Backend, o cockpit.Order) error {
		return b.outgoing.Announce(ctx, o, in.Text)
	})
}

// Announce is API.Announce.
func (g *Outgoing) Announce(ctx context.Context, o cockpit.Order, text string) error {
	if err := g.unharmed(text); err != nil {
		return err
	}
	route := ""
	var parts []part
	err := g.cockpit.View(ctx, o.Incident, func(l *cockpit.Live) error {
		c := l.State.Channel
		switch text = strings.TrimSpace(text); {
		case c.Remote == "":
			return fault.New(fault.NotFound, "%s has no channel", l.State.Declared.Ref).WithHint("copy the text and say it where people listen")
		case !l.State.Command.Offered.IsZero():
			return fault.New(fault.Conflict, "command is offered and not accepted").WithHint("announce it once it is")
		case text == "":
			return fault.Input("text", "what is to be announced?")
		}
		route = c.Route
		parts = []part{{slack.StepMessage, slack.Step{Channel: c.Remote, Head: "Command", Text: text}, -1, "command", "Say in the channel who commands.", ""}}
		return nil
	})
	if err != nil {
		return err
	}
	return g.request(ctx, o, route, parts)
}
