package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/internal/incident"
)

func check(s *session) *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "check [REF] ITEM|LIST done|skip|open", Short: "tick an item of a checklist", Args: takes(2, 3),
		Long: "qd show lists the items of the phase. Skipping one takes a reason.\n" +
			"With the name of a list, such as investigate, skip gives up all that is open\nof it, but for what must not be missed.\n" +
			"A playbook's steps are numbered: roll-back/2.",
	}
	c.Flags().StringVar(&reason, "reason", "", "`TEXT`: why it is skipped, or the value that proves it")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 2)
		if err := choice("state", rest[1], "done", "skip", "open"); err != nil {
			return err
		}
		state := map[string]string{"done": incident.ItemDone, "skip": incident.ItemSkipped, "open": incident.ItemOpen}[rest[1]]
		if state == incident.ItemSkipped && !strings.ContainsAny(rest[0], "./") {
			return s.ordered(ref, &incident.LeaveList{List: rest[0], Reason: reason})
		}
		return s.ordered(ref, &incident.CheckItem{Item: rest[0], State: state, Text: reason})
	})
}

func exit(s *session) *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use: "exit [REF] CRITERION met|waive|open", Short: "judge an exit criterion", Args: takes(2, 3),
		Long: "qd show lists the criteria of the severity. Waiving one takes a reason.",
	}
	c.Flags().StringVar(&reason, "reason", "", "`TEXT`: why it is waived, or what shows that it holds")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 2)
		if err := choice("state", rest[1], "met", "waive", "open"); err != nil {
			return err
		}
		state := map[string]string{"met": incident.ExitMet, "waive": incident.ExitWaived, "open": incident.ExitOpen}[rest[1]]
		return s.ordered(ref, &incident.JudgeExit{Criterion: rest[0], State: state, Text: reason})
	})
}
