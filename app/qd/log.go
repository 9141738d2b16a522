package main

import (
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/cockpit"
)

func log(s *session) *cobra.Command {
	var ref string
	c := &cobra.Command{
		Use: "log TEXT", Short: "write a line as in the cockpit's log line, with its grammar", Args: takes(1, 1000),
		Long: "The first character decides:\n\n" +
			"  text                        a note\n" +
			"  !text because … but …       a decision, its basis, its trade-off\n" +
			"  @name text 5m               an action with a time box\n" +
			"  ?text                       a question\n" +
			"  +text                       a follow-up\n" +
			"  /phase /sev /role /impact   a command\n" +
			"  \\text                       a note, whatever it begins with\n\n" +
			"A time in front dates it back: -10m, 14:02, ~14:02. Clock times are UTC, or the\n" +
			"machine's own with qd config set local true.",
		Example: "  qd log '!roll back to 4.1 because errors began with 4.2'\n  qd log '@dee check the replica 5m'\n  qd log -- -10m first alert",
	}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	return s.writes(c, func(args []string) error {
		text, err := s.text(args...)
		if err != nil {
			return err
		}
		row, actor, err := s.ordering(ref)
		if err != nil {
			return err
		}
		var people []string
		err = s.cockpit.View(s.ctx, row.ID, func(l *cockpit.Live) error {
			people = l.State.Names()
			return nil
		})
		if err != nil {
			return err
		}
		zone := time.UTC
		if s.settings.Local {
			zone = s.clock.Zone()
		}
		line, err := app.ReadLine(text, s.now(), zone, actor.Name, people, s.known())
		if err != nil {
			return err
		}
		o, err := app.LineOrder(s.ctx, s.cockpit, s.whom, cockpit.Order{Incident: row.ID, Actor: actor}, line)
		if err != nil {
			return err
		}
		w, err := s.do(row, o)
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}
