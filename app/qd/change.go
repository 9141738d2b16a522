package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// changeView is a change in flight.
type changeView struct {
	ID    string `json:"id"`
	Thing string `json:"thing"`
	Text  string `json:"text"`
	By    string `json:"by"`
	Undo  string `json:"undo"`
	At    string `json:"at"`
}

func changes(s *session) *cobra.Command {
	return group("change", "who is changing what right now", changeStart(s), changeEnd(s), changeList(s))
}

func changeStart(s *session) *cobra.Command {
	var ref string
	cmd := &incident.StartChange{}
	var by string
	c := &cobra.Command{
		Use: "start THING TEXT", Short: "announce a change before it is made", Args: takes(2, 1000),
		Long:    "THING is what is changed, in a word or two: gateway, 'EU gateway'. While\nsomebody changes the same thing, a second change is refused; --anyway announces\nit all the same, and the record says that both were in flight.",
		Example: "  qd change start 'EU gateway' roll back 8842 --by ben --undo 'deploy 8842'\n  qd change end 3f9a2c1d better --result 'errors at 1 %'",
	}
	f := c.Flags()
	f.StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	f.StringVar(&by, "by", "", "`PERSON` whose hands they are (default: you)")
	f.StringVar(&cmd.Undo, "undo", "", "`TEXT`: how it is taken back, and how long that takes")
	f.BoolVar(&cmd.Anyway, "anyway", false, "announce it beside another change of the same thing")
	return s.writes(c, func(args []string) error {
		text, err := s.text(args[1:]...)
		if err != nil {
			return err
		}
		w, err := s.order(ref, 0, func(id incident.ID) (incident.Command, error) {
			cmd.Thing, cmd.Text = args[0], text
			if by == "" {
				return cmd, nil
			}
			name, err := s.whom(by)
			if err != nil {
				return nil, err
			}
			cmd.By, err = s.person(id, name)
			return cmd, err
		})
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}

func changeEnd(s *session) *cobra.Command {
	var ref, result string
	c := &cobra.Command{
		Use: "end RECORD better|same|worse|undone", Short: "say what came of a change", Args: takes(2, 2),
	}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	c.Flags().StringVar(&result, "result", "", "`TEXT`: what shows it")
	return s.writes(c, func(args []string) error {
		if err := choice("outcome", args[1], append([]string{incident.OutcomeUndone}, incident.Outcomes...)...); err != nil {
			return err
		}
		return s.about(ref, args[0], func(r incident.Record) incident.Command {
			return &incident.EndChange{Change: r.ID, Outcome: args[1], Text: result}
		})
	})
}

func changeList(s *session) *cobra.Command {
	c := &cobra.Command{Use: "list [REF]", Short: "the changes in flight", Args: takes(0, 1)}
	return s.sees(c, func(l *cockpit.Live) error {
		out := []changeView{}
		for _, x := range l.State.InFlight() {
			out = append(out, changeView{x.ID.String(), x.Thing, x.Text, l.State.Name(x.By), x.Undo, stamp(x.At)})
		}
		if s.json {
			return s.print(out)
		}
		if len(out) == 0 {
			s.say("nobody is changing anything")
		}
		for _, v := range out {
			s.block(v.Thing, 20, v.By+": "+flat(short(v.Text))+", since "+wholeSecond(v.At)+" ["+handle(v.ID)+"]")
		}
		return nil
	})
}

// sees makes a command that shows something of an incident.
func (s *session) sees(c *cobra.Command, show func(l *cockpit.Live) error) *cobra.Command {
	return s.reads(c, func(args []string) error {
		row, _, err := s.shown(args, 0)
		if err != nil {
			return err
		}
		return s.cockpit.View(s.ctx, row.ID, show)
	})
}

func decision(s *session) *cobra.Command {
	return group("decision", "what a decision is expected to do, and whether it did", expect(s), checkDecision(s))
}

func expect(s *session) *cobra.Command {
	var ref string
	var x incident.Expectation
	c := &cobra.Command{
		Use: "expect RECORD [TEXT]", Short: "say by which sign it will be seen to have worked", Args: takes(1, 1000),
		Example: "  qd decision expect 3f9a2c1d 'errors below 1 %' --minutes 5\n  qd decision expect 3f9a2c1d --minutes 10     # too early to tell",
	}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	c.Flags().IntVar(&x.Minutes, "minutes", 0, "in how many `MINUTES` to look; it rings then")
	c.Flags().StringVar(&x.Objections, "objections", "", "strong objections that were asked for: 'none', or `TEXT`")
	return s.writes(c, func(args []string) error {
		x.Expect = strings.Join(args[1:], " ")
		return s.about(ref, args[0], func(r incident.Record) incident.Command {
			return &incident.ExpectDecision{Decision: r.ID, Expectation: x}
		})
	})
}

func checkDecision(s *session) *cobra.Command {
	var ref string
	c := &cobra.Command{Use: "check RECORD better|same|worse [TEXT]", Short: "say what it came to, and what shows it", Args: takes(2, 1000)}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	return s.writes(c, func(args []string) error {
		if err := choice("outcome", args[1], incident.Outcomes...); err != nil {
			return err
		}
		return s.about(ref, args[0], func(r incident.Record) incident.Command {
			return &incident.CheckDecision{Decision: r.ID, Outcome: args[1], Text: strings.Join(args[2:], " ")}
		})
	})
}
