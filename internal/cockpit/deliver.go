package cockpit

import (
	"context"

	"quarterdeck/internal/incident"
)

// Settle writes down what became of a delivery, in the name of who asked for it: the
// record and the change of its row, together. incident.ErrDelivery says that the row went
// on meanwhile, and then nothing has happened.
func (c *Cockpit) Settle(ctx context.Context, t incident.Transition, found bool) error {
	return c.Decide(ctx, t, incident.Person{ID: t.To.Actor}, found, "")
}

// Decide is Settle in the name of a person who decided it; how says by what they sent it.
func (c *Cockpit) Decide(ctx context.Context, t incident.Transition, actor incident.Person, found bool, how string) error {
	_, err := c.Do(ctx, Order{
		Incident: t.To.Incident, Actor: actor, Transitions: []incident.Transition{t},
		Command: &incident.SettleDelivery{Delivery: t.To, Found: found, How: how},
	})
	return err
}
