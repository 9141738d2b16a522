package main

import (
	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
)

func timeline(s *session) *cobra.Command {
	c := &cobra.Command{Use: "timeline [REF]", Short: "what happened, in the order in which it happened", Args: takes(0, 1),
		Long: "The handle at the end of each entry names it for qd amend and qd undo. With\n--json every record comes out; those that are no entry for people are marked\nsilent."}
	return s.reads(c, func(args []string) error {
		row, _, err := s.shown(args, 0)
		if err != nil {
			return err
		}
		out := []recordView{}
		err = s.cockpit.ViewTimeline(s.ctx, row.ID, func(l *cockpit.Live) error {
			for _, e := range l.Timeline.Entries() {
				out = append(out, recordOf(e, l))
			}
			return nil
		})
		if err != nil {
			return err
		}
		if s.json {
			return s.print(out)
		}
		for _, r := range out {
			if !r.Silent {
				s.row(r)
			}
		}
		return nil
	})
}
