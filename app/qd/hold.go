package main

import (
	"slices"

	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

func soak(s *session) *cobra.Command {
	var criterion string
	var at instant
	flags := func(c *cobra.Command) *cobra.Command {
		c.Flags().StringVar(&criterion, "criterion", "", "the exit `CRITERION` (default: every one that must hold for a time)")
		c.Flags().Var(&at, "at", "when it was seen (default: now)")
		return c
	}
	timed := func(ref string, cmd incident.Command) error {
		w, err := s.order(ref, int64(at), func(incident.ID) (incident.Command, error) { return cmd, nil })
		if err != nil {
			return err
		}
		return s.confirm(w)
	}
	start := flags(&cobra.Command{Use: "start [REF]", Short: "the measures are normal: the time runs from now on", Args: takes(0, 1)})
	dip := flags(&cobra.Command{Use: "dip [REF] [TEXT]", Short: "they were not for a moment: the time runs anew", Args: takes(0, 2),
		Long: "With one argument it is the reference of an incident, or else what was seen."})
	return group("soak", "how long what an exit criterion asks for has held",
		s.writes(start, func(args []string) error {
			ref, _ := split(args, 0)
			return timed(ref, &incident.StartSoak{Criterion: criterion})
		}),
		s.writes(dip, func(args []string) error {
			cmd := &incident.NoteDip{Criterion: criterion}
			if len(args) == 1 {
				if err := s.read(); err != nil {
					return err
				}
				if _, err := s.find(args[0]); err != nil {
					args = []string{"", args[0]}
				}
			}
			ref := ""
			if len(args) > 0 {
				ref = args[0]
			}
			if len(args) == 2 {
				var err error
				if cmd.Text, err = s.text(args[1]); err != nil {
					return err
				}
			}
			return timed(ref, cmd)
		}),
	)
}

// measureView is a temporary measure for scripts.
type measureView struct {
	ID     string  `json:"id"`
	Text   string  `json:"text"`
	Owner  string  `json:"owner"`
	Taken  string  `json:"taken"`
	Ends   string  `json:"ends"`
	Ended  *string `json:"ended"` // null: it is still there
	Result string  `json:"result"`
}

func measures(s *session) *cobra.Command {
	var owner, result, reason, ref string
	var until, later ahead
	take := &cobra.Command{Use: "take [REF] TEXT --owner PERSON --until TIME", Short: "write down what helps now and must go again", Args: takes(1, 2),
		Example: "  qd measure take 'writes to search are off' --owner ben --until 48h"}
	take.Flags().StringVar(&owner, "owner", "", "`PERSON` who sees to its end (default: you)")
	take.Flags().Var(&until, "until", "its hard end: how long from now (48h), or when")
	end := &cobra.Command{Use: "end RECORD", Short: "it is gone, or temporary no more", Args: takes(1, 1)}
	end.Flags().StringVar(&result, "result", "", "`TEXT`: what stands in its place")
	end.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	extend := &cobra.Command{Use: "extend RECORD --until TIME --reason TEXT", Short: "give it another end", Args: takes(1, 1)}
	extend.Flags().Var(&later, "until", "its new end: how long from now, or when")
	extend.Flags().StringVar(&reason, "reason", "", "`TEXT`: why it has to stay for longer")
	extend.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	return group("measure", "temporary measures: each has an owner and a hard end",
		s.writes(take, func(args []string) error {
			in, rest := split(args, 1)
			text, err := s.text(rest[0])
			if err != nil {
				return err
			}
			w, err := s.order(in, 0, func(id incident.ID) (incident.Command, error) {
				cmd := &incident.TakeMeasure{Text: text, Ends: until.from(s.now())}
				var err error
				if owner == "" {
					cmd.Owner, err = s.actor(id)
				} else {
					var name string
					if name, err = s.whom(owner); err == nil {
						cmd.Owner, err = s.person(id, name)
					}
				}
				return cmd, err
			})
			if err != nil {
				return err
			}
			return s.confirm(w)
		}),
		s.reads(&cobra.Command{Use: "list [REF]", Short: "the temporary measures, those that stand first", Args: takes(0, 1)}, s.measureList),
		s.writes(end, func(args []string) error {
			return s.about(ref, args[0], func(r incident.Record) incident.Command {
				return &incident.EndMeasure{Measure: r.ID, Result: result}
			})
		}),
		s.writes(extend, func(args []string) error {
			return s.about(ref, args[0], func(r incident.Record) incident.Command {
				return &incident.ExtendMeasure{Measure: r.ID, Ends: later.from(s.now()), Reason: reason}
			})
		}),
	)
}

func (s *session) measureList(args []string) error {
	row, _, err := s.shown(args, 0)
	if err != nil {
		return err
	}
	out := []measureView{}
	err = s.cockpit.View(s.ctx, row.ID, func(l *cockpit.Live) error {
		gone := slices.DeleteFunc(slices.Clone(l.State.Measures), func(m incident.Measure) bool { return m.Ended == 0 })
		for _, m := range append(l.State.Standing(), gone...) {
			out = append(out, measureView{m.ID.String(), m.Text, l.State.Name(m.Owner), stamp(m.At), stamp(m.Ends), maybe(m.Ended), m.Result})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if s.json {
		return s.print(out)
	}
	if len(out) == 0 {
		s.say("no temporary measure was written down")
	}
	for _, m := range out {
		text := m.Owner + ": " + m.Text + " [" + handle(m.ID) + "]"
		if m.Ended != nil {
			text += " (gone)"
		}
		s.block(wholeSecond(m.Ends), 23, text)
	}
	return nil
}
