package app

import (
	"context"

	"quarterdeck/internal/incident"
)

// AskRole notes that the person of that name was asked to take a role.
func (a *API) AskRole(in RoleInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		p, err := b.person(ctx, id, in.Person)
		return &incident.AskRole{Role: in.Role, Person: p}, err
	})
}

// NameDeputy says who stands in for the holder of a role; an empty name is nobody.
func (a *API) NameDeputy(in RoleInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		p, err := b.person(ctx, id, in.Person)
		return &incident.NameDeputy{Role: in.Role, Person: p}, err
	})
}

// CoverRole says that the commander covers an open role for so many minutes.
func (a *API) CoverRole(in CoverInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.CoverRole{Role: in.Role, Minutes: in.Minutes}))
}
