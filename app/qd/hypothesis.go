package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// hypothesisView is an idea, how it stands, and what was said to it.
type hypothesisView struct {
	ID       string         `json:"id"`
	Text     string         `json:"text"`
	State    string         `json:"state"` // open, ruled-out or confirmed
	At       string         `json:"at"`
	Evidence []evidenceView `json:"evidence"`
}

type evidenceView struct {
	Sort string `json:"sort"` // change, metric, log or empty
	Text string `json:"text"`
	At   string `json:"at"`
	By   string `json:"by"`
}

func hypothesis(s *session) *cobra.Command {
	return group("hypothesis", "ideas about what is going on: open, ruled out, confirmed", hypothesisAdd(s), hypothesisList(s),
		s.judges("evidence RECORD TEXT", "write down what speaks for or against it", incident.HypothesisOpen),
		s.judges("rule-out RECORD TEXT", "rule it out, with what shows it", incident.HypothesisRuledOut),
		s.judges("confirm RECORD TEXT", "confirm it, with what shows it", incident.HypothesisConfirmed),
		s.judges("reopen RECORD [TEXT]", "hold it possible again", incident.HypothesisOpen))
}

func hypothesisAdd(s *session) *cobra.Command {
	var ref string
	c := &cobra.Command{Use: "add TEXT", Short: "write an idea down", Args: takes(1, 1000)}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	return s.writes(c, func(args []string) error {
		text, err := s.text(args...)
		if err != nil {
			return err
		}
		return s.ordered(ref, &incident.StateHypothesis{Text: text})
	})
}

func (s *session) judges(use, short, state string) *cobra.Command {
	var ref, sort string
	least := 2
	if strings.Contains(use, "[TEXT]") {
		least = 1
	}
	c := &cobra.Command{Use: use, Short: short, Args: takes(least, 1000)}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	c.Flags().StringVar(&sort, "sort", "", "`SORT` of evidence: "+strings.Join(incident.Evidences, ", "))
	return s.writes(c, func(args []string) error {
		if sort != "" {
			if err := choice("sort", sort, incident.Evidences...); err != nil {
				return err
			}
		}
		text, err := s.text(args[1:]...)
		if err != nil {
			return err
		}
		return s.about(ref, args[0], func(r incident.Record) incident.Command {
			return &incident.JudgeHypothesis{Hypothesis: r.ID, State: state, Sort: sort, Text: text}
		})
	})
}

func hypothesisList(s *session) *cobra.Command {
	c := &cobra.Command{Use: "list [REF]", Short: "all of them, and how they stand", Args: takes(0, 1)}
	return s.sees(c, func(l *cockpit.Live) error {
		out := hypotheses(l.State)
		if s.json {
			return s.print(out)
		}
		if len(out) == 0 {
			s.say("no idea has been written down; qd hypothesis add TEXT")
		}
		for _, h := range out {
			s.block(strings.ReplaceAll(h.State, "-", " "), labels, flat(short(h.Text))+" ["+handle(h.ID)+"]")
			for _, e := range h.Evidence {
				text := flat(short(e.Text))
				if e.Sort != "" {
					text = e.Sort + ": " + text
				}
				s.block("", labels, text)
			}
		}
		return nil
	})
}

func hypotheses(st *incident.State) []hypothesisView {
	out := []hypothesisView{}
	for _, h := range st.Hypotheses {
		v := hypothesisView{h.ID.String(), h.Text, h.State, stamp(h.At), []evidenceView{}}
		for _, e := range h.Evidence {
			v.Evidence = append(v.Evidence, evidenceView{e.Sort, e.Text, stamp(e.At), st.Name(e.By)})
		}
		out = append(out, v)
	}
	return out
}
