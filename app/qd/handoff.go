package main

import (
	"github.com/spf13/cobra"

	"quarterdeck/internal/incident"
)

func handoff(s *session) *cobra.Command {
	return group("handoff", "hand command over: offer, say back, accept", offer(s), accept(s), decline(s), claim(s), handoffExport(s), handoffOpen(s))
}

// hands makes a command that carries out an order about who commands.
func (s *session) hands(c *cobra.Command, follow int, prepare func(id incident.ID, rest []string) (incident.Command, error)) *cobra.Command {
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, follow)
		w, err := s.order(ref, 0, func(id incident.ID) (incident.Command, error) { return prepare(id, rest) })
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}

func offer(s *session) *cobra.Command {
	var h incident.Handover
	c := &cobra.Command{
		Use: "offer [REF] PERSON", Short: "offer command to a person; until they accept you command", Args: takes(1, 2),
		Long: "PERSON may be a name, an e-mail address or an alias of\npeople.yaml. qd export REF shows what to hand over. The flags hold what no log\nknows; what is left out is not stated.",
	}
	c.Flags().StringVar(&h.Worry, "worry", "", "`TEXT`: what worries you most")
	c.Flags().StringVar(&h.Undone, "undone", "", "`TEXT`: what you decided not to do, and why")
	c.Flags().StringVar(&h.Care, "care", "", "`TEXT`: who is tired, difficult or waiting")
	return s.hands(c, 1, func(id incident.ID, rest []string) (incident.Command, error) {
		name, err := s.whom(rest[0])
		if err != nil {
			return nil, err
		}
		p, err := s.person(id, name)
		return &incident.OfferCommand{To: p, Handover: h}, err
	})
}

func accept(s *session) *cobra.Command {
	var voice bool
	var back []string
	c := &cobra.Command{
		Use: "accept [REF]", Short: "take the command that is offered", Args: takes(0, 1),
		Long:    "Who takes over first says back the goal, the riskiest live action and the next\npromise. --voice notes that they accepted aloud and that you heard it.",
		Example: "  qd handoff accept INC-7 --as fay --back goal,risk,promise\n  qd handoff accept INC-7 --voice --back goal,promise",
	}
	c.Flags().BoolVar(&voice, "voice", false, "they accepted aloud; you vouch for it")
	c.Flags().StringSliceVar(&back, "back", nil, "`WORDS` said back: goal, risk, promise")
	return s.hands(c, 0, func(id incident.ID, _ []string) (incident.Command, error) {
		cmd := &incident.AcceptCommand{Voice: voice, Back: back}
		if voice {
			return cmd, nil
		}
		var err error
		cmd.By, err = s.successor(id)
		return cmd, err
	})
}

// successor is who takes over: --as by any of their names, else who gives the order.
func (s *session) successor(id incident.ID) (person, error) {
	if s.as == "" {
		return s.actor(id)
	}
	name, err := s.whom(s.as)
	if err != nil {
		return person{}, err
	}
	return s.person(id, name)
}

func decline(s *session) *cobra.Command {
	var reason string
	c := &cobra.Command{Use: "decline [REF]", Short: "decline the command that is offered, or withdraw the offer", Args: takes(0, 1)}
	c.Flags().StringVar(&reason, "reason", "", "`TEXT`: why")
	return s.hands(c, 0, func(incident.ID, []string) (incident.Command, error) {
		return &incident.DeclineCommand{Reason: reason}, nil
	})
}

func claim(s *session) *cobra.Command {
	var reason string
	c := &cobra.Command{Use: "claim [REF] --reason TEXT", Short: "take command from one who cannot be reached", Args: takes(0, 1)}
	c.Flags().StringVar(&reason, "reason", "", "`TEXT`: how they were tried to reach")
	return s.hands(c, 0, func(id incident.ID, _ []string) (incident.Command, error) {
		p, err := s.successor(id)
		return &incident.ClaimCommand{By: p, Reason: reason}, err
	})
}
