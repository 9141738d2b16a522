package app

import (
	"context"
	"strings"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// stops reports whether a text that gives something away must not leave, whatever is
// said: one of the secrets kept here to nobody, what looks like one not to people outside.
func stops(text, what string, outside bool) bool {
	return what != "" && (outside || compose.Secret(text) != what)
}

// unharmed refuses a text for the incident's channel that gives a secret away.
func (g *Outgoing) unharmed(text string) error {
	if what := compose.Gives(text, g.Ways.secrets.Held()); what != "" {
		return fault.Input("text", "it holds what looks like %s", what).WithHint("take it out: everybody in the channel would read it; nothing has left")
	}
	return nil
}

// harmless refuses a text that gives a secret away, unless it may leave and somebody says
// why, which is then a note in the record.
func (g *Outgoing) harmless(ctx context.Context, o cockpit.Order, d *incident.SendUpdate, why string) error {
	what := compose.Gives(d.Text, g.Ways.secrets.Held())
	if what == "" {
		return nil
	}
	to, outside := d.Audience, false
	err := g.cockpit.View(ctx, o.Incident, func(l *cockpit.Live) error {
		if a := l.Kit.Audience(d.Audience); a != nil {
			to, outside = a.Name, a.Outside
		}
		return nil
	})
	switch why = strings.TrimSpace(why); {
	case err != nil:
		return err
	case stops(d.Text, what, outside):
		return fault.Input("text", "it holds %s", what).WithHint("take it out; if it has been seen already, have it changed where it is used")
	case why == "":
		return fault.Input("despite", "it holds what looks like %s", what).WithHint("take it out, or give the reason why it must leave all the same; nothing has left")
	}
	_, err = g.cockpit.Do(ctx, cockpit.Order{Incident: o.Incident, Actor: o.Actor, Command: &incident.AddNote{Text: "An update to " + to + " leaves with what looks like " + what + ": " + why}})
	return err
}
