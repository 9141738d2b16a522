package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// asking says why somebody is asked whether they need help.
var asking = map[string]string{
	"promise": "a promise was missed", "phase": "the phase has lasted long", "span": "more than seven people report to the commander",
	"duty": "the commander has been on for hours", "raised": "it became worse",
}

func intermission(s *session) *cobra.Command {
	var fine bool
	var needs []string
	var text string
	c := &cobra.Command{
		Use: "need [REF]", Short: "do I need help? whom to call, and the answer", Args: takes(0, 1),
		Long:    "Without an answer it asks the five questions and names whom to call for each, by\nthe calendars' copies and people.yaml; no network is needed.",
		Example: "  qd need\n  qd need --no\n  qd need --yes how,hands",
	}
	c.Flags().BoolVar(&fine, "no", false, "no: we can cope")
	c.Flags().StringSliceVar(&needs, "yes", nil, "`WORDS`, what you are not sure of: "+strings.Join(incident.Needs, ", "))
	c.Flags().StringVar(&text, "text", "", "`TEXT` beside the answer")
	return s.writes(c, func(args []string) error {
		if fine && len(needs) > 0 {
			return wrong("yes", "--no says that no help is needed", "--no and --yes contradict each other")
		}
		ref, _ := split(args, 0)
		if !fine && len(needs) == 0 {
			return s.helpers(ref, nil)
		}
		w, err := s.order(ref, 0, func(incident.ID) (incident.Command, error) {
			return &incident.AnswerIntermission{Needs: needs, Text: text}, nil
		})
		if err != nil {
			return err
		}
		if err := s.confirm(w); err != nil || fine || s.json {
			return err
		}
		return s.helpers(ref, needs)
	})
}

// helpers shows whom to call: for some needs, or for all of them.
func (s *session) helpers(ref string, needs []string) error {
	if err := s.read(); err != nil {
		return err
	}
	row, err := s.find(ref)
	if err != nil {
		return err
	}
	rota, err := s.rota()
	if err != nil {
		s.warn(err)
	}
	return s.cockpit.View(s.ctx, row.ID, func(l *cockpit.Live) error {
		v := app.Intermission(l, rota, s.clock.Now())
		if s.json {
			return s.print(v)
		}
		if why := asking[v.Why]; why != "" && needs == nil {
			s.say("do you need help? %s", why)
		}
		for _, n := range v.Needs {
			if needs != nil && !strings.Contains(strings.Join(needs, ","), n.ID) {
				continue
			}
			s.block(n.ID, labels, n.Text)
			for _, h := range n.Call {
				parts := []string{h.Name}
				for _, p := range []string{h.Phone, h.Email, h.Why} {
					if p != "" {
						parts = append(parts, p)
					}
				}
				if h.Busy != "" {
					parts = append(parts, "here as "+h.Busy)
				}
				s.block("", labels, "  "+strings.Join(parts, " · "))
			}
			if len(n.Call) == 0 {
				s.block("", labels, "  nobody is known here; qd people add, qd calendar add")
			}
		}
		return nil
	})
}

func team(s *session) *cobra.Command {
	c := &cobra.Command{
		Use: "team [REF] PERSON LEAD", Short: "say to whom a person reports", Args: takes(2, 3),
		Long: "LEAD holds a role and reports to the commander; - as LEAD is the commander. Who\nis in a team counts no longer among the seven who should report to a commander.",
	}
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 2)
		w, err := s.order(ref, 0, func(id incident.ID) (incident.Command, error) {
			cmd := &incident.JoinTeam{}
			name, err := s.whom(rest[0])
			if err != nil {
				return nil, err
			}
			if cmd.Person, err = s.person(id, name); err != nil || rest[1] == "-" {
				return cmd, err
			}
			if name, err = s.whom(rest[1]); err != nil {
				return nil, err
			}
			cmd.Lead, err = s.person(id, name)
			return cmd, err
		})
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}
