package main

import (
	"github.com/spf13/cobra"

	"quarterdeck/internal/incident"
)

func promise(s *session) *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "promise [REF] AUDIENCE TIME", Short: "promise an audience another time, without news", Args: takes(2, 3),
		Example: "  qd promise leadership 20m --reason 'waiting for the restore'",
	}
	c.Flags().StringVar(&reason, "reason", "", "`TEXT`: what they are waiting for")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 2)
		var next ahead
		if err := timeArg("next", rest[1], &next); err != nil {
			return err
		}
		return s.ordered(ref, &incident.MovePromise{Audience: rest[0], Next: next.from(s.now()), Reason: reason})
	})
}

func milestone(s *session) *cobra.Command {
	var approx bool
	c := &cobra.Command{
		Use: "milestone [REF] NAME TIME", Short: "correct the time of a milestone", Args: takes(2, 3),
		Long: "The milestones: started, detected, acknowledged, declared, assessed, mitigated,\nresolved, closed.",
	}
	c.Flags().BoolVar(&approx, "approx", false, "the time is a guess")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 2)
		var at instant
		if err := timeArg("time", rest[1], &at); err != nil {
			return err
		}
		return s.ordered(ref, &incident.SetMilestone{Milestone: incident.Milestone(rest[0]), Time: int64(at), Approx: approx})
	})
}

func retro(s *session) *cobra.Command {
	var minutes int
	var place string
	var invited []string
	c := &cobra.Command{
		Use: "retro [REF] OWNER TIME", Short: "book the retrospective, or move it", Args: takes(2, 3),
		Long:    "qd invite makes the invitation that goes into calendars.",
		Example: "  qd retro INC-7 dee 2026-11-24T10:00:00Z --invite ben,fay --place 'room 4'",
	}
	f := c.Flags()
	f.IntVar(&minutes, "minutes", 0, "how long it is, in `MINUTES`")
	f.StringVar(&place, "place", "", "`TEXT`: a room or an address")
	f.StringSliceVar(&invited, "invite", nil, "`PEOPLE` besides the owner")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 2)
		var at ahead
		if err := timeArg("time", rest[1], &at); err != nil {
			return err
		}
		w, err := s.order(ref, 0, func(id incident.ID) (incident.Command, error) {
			p, err := s.called(id, rest[0])
			cmd := &incident.PlanRetro{Owner: p, Time: at.from(s.now()), Minutes: minutes, Place: place}
			for _, name := range invited {
				var who person
				if err == nil {
					who, err = s.called(id, name)
				}
				cmd.Invited = append(cmd.Invited, who)
			}
			return cmd, err
		})
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}
