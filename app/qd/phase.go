package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/incident"
)

func phase(s *session) *cobra.Command {
	var reason string
	var waive []string
	c := &cobra.Command{
		Use: "phase [REF] PHASE", Short: "move the incident to a phase", Args: takes(1, 2),
		Long: "The phases: declare, assess, communicate, staff, investigate, mitigate, verify,\nresolved, closed. Going back, and going on with something open, takes a reason.\nEach exit criterion that is open may have its own: --waive data='on Monday'.",
	}
	c.Flags().StringVar(&reason, "reason", "", "`TEXT` on why it goes back, or goes on with criteria open")
	c.Flags().StringArrayVar(&waive, "waive", nil, "`CRITERION=TEXT` on why it goes on without; may be repeated")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 1)
		d := &incident.MovePhase{Phase: incident.Phase(strings.ToLower(rest[0])), Reason: reason}
		for _, w := range waive {
			criterion, why, ok := strings.Cut(w, "=")
			if !ok {
				return wrong("waive", "such as --waive data='checked on Monday'", "%.60q has no reason", w)
			}
			d.Waivers = append(d.Waivers, incident.Waiver{Criterion: strings.TrimSpace(criterion), Reason: why})
		}
		return s.ordered(ref, d)
	})
}

func severity(s *session) *cobra.Command {
	var reason string
	c := &cobra.Command{Use: "severity [REF] SEV", Short: "judge how bad it is: SEV1 (worst) to SEV5", Args: takes(1, 2)}
	c.Flags().StringVar(&reason, "reason", "", "`TEXT` on why it is lowered")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 1)
		return s.ordered(ref, &incident.SetSeverity{Severity: app.Level(rest[0]), Reason: reason})
	})
}
