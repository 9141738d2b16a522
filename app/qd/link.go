package main

import (
	"context"

	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

func link(s *session) *cobra.Command {
	return s.links(&cobra.Command{Use: "link [REF] OTHER", Short: "link two incidents that have to do with each other", Args: takes(1, 2),
		Long: "Both say so from then on. --undo takes the link between the two back, whatever\nit is."}, incident.LinkRelated)
}

func duplicate(s *session) *cobra.Command {
	return s.links(&cobra.Command{Use: "duplicate [REF] OF", Short: "say that an incident is a duplicate of another one", Args: takes(1, 2),
		Long: "It goes on in the other one: nothing of it is due any more, and no figure counts\nit. --undo brings all of it back."}, incident.LinkDuplicate)
}

func merge(s *session) *cobra.Command {
	return s.links(&cobra.Command{Use: "merge [REF] INTO", Short: "let an incident go on in another one", Args: takes(1, 2),
		Long: "Nothing of it is due any more, and no figure counts it; its open actions go on\nin the other one. --undo brings all of it back."}, incident.LinkMerged)
}

// links makes a command that links the incident with another one, or takes that back.
func (s *session) links(c *cobra.Command, how string) *cobra.Command {
	undo := false
	c.Flags().BoolVar(&undo, "undo", false, "take the link between the two back")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 1)
		if err := s.read(); err != nil {
			return err
		}
		row, err := s.find(ref)
		if err != nil {
			return err
		}
		other, err := s.find(rest[0])
		if err != nil {
			return err
		}
		actor, err := s.actor(row.ID)
		if err != nil {
			return err
		}
		o := cockpit.Order{Incident: row.ID, Actor: actor}
		act := func(ctx context.Context, o cockpit.Order, other incident.ID) ([]incident.Record, error) {
			return s.cockpit.Join(ctx, o, other, how)
		}
		if undo {
			act = s.cockpit.Part
		}
		recs, err := act(s.ctx, o, other.ID)
		if err != nil {
			return err
		}
		w, err := s.wrote(row, recs)
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}
