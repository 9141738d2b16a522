package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quarterdeck/internal/incident"
)

// noteKinds are the kinds of note, and belongs is which of them a flag is about.
var (
	noteKinds = []string{"note", "decision", "action", "question", "hypothesis", "followup"}
	belongs   = map[string]string{"owner": "action", "minutes": "action", "basis": "decision", "tradeoff": "decision", "expect": "decision", "check": "decision", "objections": "decision"}
)

func note(s *session) *cobra.Command {
	var ref, kind, owner, basis, tradeoff string
	var minutes int
	var x incident.Expectation
	var at instant
	c := &cobra.Command{
		Use: "note TEXT", Short: "write a line into the log, literally", Args: takes(1, 1000),
		Example: "  qd note the error rate is falling\n  qd note --kind decision --basis 'errors began with 4.2' roll back to 4.1\n  journalctl -u web -n 20 | qd note -",
	}
	f := c.Flags()
	f.StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	f.StringVar(&kind, "kind", "note", "`KIND`: one of "+strings.Join(noteKinds, ", "))
	f.Var(&at, "at", "when it happened, if not now")
	f.StringVar(&owner, "owner", "", "of an action: the one `PERSON` whose task it is")
	f.IntVar(&minutes, "minutes", incident.DefaultBox, "of an action: its time box in `MINUTES`, 0 for none")
	f.StringVar(&basis, "basis", "", "of a decision: `TEXT` on what it rests on")
	f.StringVar(&tradeoff, "tradeoff", "", "of a decision: `TEXT` on what it knowingly gives up")
	f.StringVar(&x.Objections, "objections", "", "of a decision: strong ones that were asked for, 'none' or `TEXT`")
	f.StringVar(&x.Expect, "expect", "", "of a decision: `TEXT` on the sign by which it will be seen to work")
	f.IntVar(&x.Minutes, "check", 0, "of a decision: look at it in `MINUTES`; it rings then")
	return s.writes(c, func(args []string) error {
		if err := fits(f, kind); err != nil {
			return err
		}
		text, err := s.text(args...)
		if err != nil {
			return err
		}
		w, err := s.order(ref, int64(at), func(id incident.ID) (incident.Command, error) {
			switch kind {
			case "decision":
				return &incident.MakeDecision{Text: text, Basis: basis, Tradeoff: tradeoff, Expectation: x}, nil
			case "action":
				p, err := s.person(id, owner)
				return &incident.OpenAction{Text: text, Owner: p, Minutes: minutes}, err
			case "question":
				return &incident.AskQuestion{Text: text}, nil
			case "hypothesis":
				return &incident.StateHypothesis{Text: text}, nil
			case "followup":
				return &incident.AddFollowUp{Text: text}, nil
			}
			return &incident.AddNote{Text: text}, nil
		})
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}

// fits checks that the flags belong to the kind of note.
func fits(f *pflag.FlagSet, kind string) error {
	err := choice("kind", kind, noteKinds...)
	f.Visit(func(g *pflag.Flag) {
		if of := belongs[g.Name]; of != "" && of != kind && err == nil {
			err = wrong(g.Name, "add --kind "+of+", or leave it out", "--%s belongs to --kind %s", g.Name, of)
		}
	})
	return err
}
