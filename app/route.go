package app

import (
	"context"
	"slices"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Routes are the ways out by name, with how they were when they were last used.
func (g *Outgoing) Routes(ctx context.Context, k *kit.Kit) ([]RouteView, error) {
	out := []RouteView{}
	health, err := g.store.Health(ctx)
	if err != nil {
		return out, err
	}
	for _, name := range g.Ways.Names() {
		r, _ := g.Ways.Route(name)
		h := health[name]
		v := RouteView{Name: name, Medium: r.Medium, Target: r.Target, Secret: r.Secret, Tried: h.At, Since: h.Since, Works: h.Works, Why: h.Why, Hint: h.Hint, Audiences: []string{}}
		for _, a := range k.Audiences {
			if slices.Contains(g.Ways.Ladder(k, a.ID), name) {
				v.Audiences = append(v.Audiences, a.ID)
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// Test tries a route without posting anything, and keeps what it showed as its health.
func (g *Outgoing) Test(ctx context.Context, name string) (TestView, error) {
	v := TestView{Route: name, Had: []string{}, Missing: []string{}, Wanting: []string{}}
	if name == "" {
		return v, fault.Input("route", "no route is named").WithHint("choose one")
	}
	if _, known := g.Ways.Route(name); !known {
		return v, fault.New(fault.NotFound, "there is no route %.60q", name).WithHint("routes.yaml in the data folder holds them")
	}
	m, err := g.Ways.Medium(ctx, name)
	if err != nil {
		f := fault.Of(err)
		v.Why, v.Hint = f.Message, f.Hint
	} else {
		r := m.Check(ctx)
		v.Works, v.Who, v.Why, v.Hint = r.Works, r.Who, r.Why, r.Hint
		for _, said := range []*string{&v.Who, &v.Why, &v.Hint} {
			*said = g.Ways.Blot(*said)
		}
		v.Had, v.Missing, v.Wanting = append(v.Had, r.Had...), append(v.Missing, r.Missing...), append(v.Wanting, r.Wanting...)
	}
	return v, g.store.KeepHealth(ctx, incident.RouteHealth{Route: name, Works: v.Works, At: clock.Milli(g.clock.Now()), Why: v.Why, Hint: v.Hint})
}
