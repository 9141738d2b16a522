package app

import (
	"context"
	"slices"
	"strings"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/slack"
)

// alsoGroups are the groups that updates by a Slack route may call: each an id and a name.
const alsoGroups = "groups"

// MentionView is somebody whom an update can call, as a picker offers them.
type MentionView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Group bool   `json:"group"`
}

// Mentions are those whom an update by its route can call: people of people.yaml with an
// id there, and the groups of the route. What is typed calls nobody.
func (a *API) Mentions(in UpdateInput) (out []MentionView, err error) {
	defer guard(&err)
	out = []MentionView{}
	ctx, b, inc, err := a.about(in.Incident)
	if err != nil {
		return out, err
	}
	err = b.cockpit.View(ctx, inc, func(l *cockpit.Live) error {
		route := in.Route
		if route == "" {
			route = b.outgoing.Ways.Rung(l.State, l.Kit, in.Audience)
		}
		for _, m := range b.outgoing.Ways.callable(l.Kit, in.Audience, route) {
			out = append(out, MentionView{m.ID, m.Name, m.Kind == outbox.MentionGroup})
		}
		return nil
	})
	return out, err
}

// callable are those whom an update to an audience by a route can call; nobody outside.
func (w *Ways) callable(k *kit.Kit, audience, route string) (out []outbox.Mention) {
	r, _ := w.Route(route)
	if a := k.Audience(audience); r.Medium != slack.Name || a != nil && a.Outside {
		return nil
	}
	for _, entry := range strings.Split(r.Also[alsoGroups], ",") {
		id, name, _ := strings.Cut(strings.TrimSpace(entry), " ")
		if oncall.IsSlackID("U" + strings.TrimPrefix(id, "S")) {
			out = append(out, outbox.Mention{Kind: outbox.MentionGroup, ID: id, Name: outbox.Line(strings.TrimPrefix(strings.TrimSpace(name), "@"))})
		}
	}
	for _, p := range w.people() {
		if p.Slack != "" {
			out = append(out, outbox.Mention{Kind: outbox.MentionPerson, ID: p.Slack, Name: p.Name})
		}
	}
	slices.SortStableFunc(out, func(a, b outbox.Mention) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return out
}

// called are the mentions that were chosen, by id or by name; none that cannot be chosen.
func (g *Outgoing) called(ctx context.Context, o cockpit.Order, audience, route string, chosen []string) (out []outbox.Mention, err error) {
	if len(chosen) == 0 {
		return nil, nil
	}
	err = g.cockpit.View(ctx, o.Incident, func(l *cockpit.Live) error {
		may := g.Ways.callable(l.Kit, audience, route)
		for _, who := range chosen {
			i := slices.IndexFunc(may, func(m outbox.Mention) bool {
				return m.ID == who || strings.EqualFold(m.Name, strings.TrimPrefix(strings.TrimSpace(who), "@"))
			})
			if i < 0 {
				return fault.Input("mentions", "%.60q cannot be called by the route %s", who, route).WithHint("people need slack: with their member ID in people.yaml, groups stand in the route's groups:, and nobody outside is called")
			}
			if !slices.Contains(out, may[i]) {
				out = append(out, may[i])
			}
		}
		return nil
	})
	return out, err
}
