package main

import (
	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

func role(s *session) *cobra.Command {
	return group("role", "who holds which role", assign(s), release(s))
}

func assign(s *session) *cobra.Command {
	c := &cobra.Command{
		Use: "assign [REF] ROLE PERSON", Short: "give a role to a person", Args: takes(2, 3),
		Long:    "ROLE is a role of the kit, or its short name: commander, communications,\noperations, scribe, deputy … Giving command away says that the other has\naccepted it by voice. PERSON may be a name, an e-mail address or an\nalias of people.yaml; when they are on call for it now, the record says so.",
		Example: "  qd role assign scribe dee\n  qd role assign INC-7 commander 'Ana Lee'",
	}
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 2)
		w, err := s.order(ref, 0, func(id incident.ID) (incident.Command, error) {
			role, err := s.role(id, rest[0])
			if err != nil {
				return nil, err
			}
			name, shift, err := s.meant(rest[1], func(lane string) bool { return s.same(id, lane, role) })
			if err != nil {
				return nil, err
			}
			p, err := s.person(id, name)
			return &incident.AssignRole{Role: role, Person: p, Shift: shift}, err
		})
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}

func release(s *session) *cobra.Command {
	c := &cobra.Command{Use: "release [REF] ROLE", Short: "leave a role open", Args: takes(1, 2)}
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 1)
		w, err := s.order(ref, 0, func(id incident.ID) (incident.Command, error) {
			role, err := s.role(id, rest[0])
			return &incident.ReleaseRole{Role: role}, err
		})
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}

// same reports whether a calendar's word for a role means a role of the incident's kit.
func (s *session) same(id incident.ID, lane, role string) bool {
	found, err := s.role(id, lane)
	return err == nil && lane != "" && found == role
}

// role finds a role by what people call it, in the kit of the incident.
func (s *session) role(id incident.ID, word string) (role string, err error) {
	err = s.cockpit.View(s.ctx, id, func(l *cockpit.Live) error {
		role = app.Role(l.Kit, word)
		return nil
	})
	return role, err
}
