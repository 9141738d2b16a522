package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/account"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// costView is what an incident took.
type costView struct {
	Phases []effortView `json:"phases"`
	Total  int64        `json:"total_minutes"`
	Cost   amountView   `json:"total_cost"`
	Before int64        `json:"before_resolved_minutes"`
	Blanks []blankView  `json:"blanks"`
}

type effortView struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Minutes int64  `json:"minutes"` // person-minutes
	Source  string `json:"source"`  // measured, inferred, asked or blank
	People  int    `json:"people"`
	Amount  int64  `json:"amount_minor"`
	After   bool   `json:"after_resolved"`
}

type amountView struct {
	Minor    int64  `json:"amount_minor"`
	Currency string `json:"currency"`
}

type blankView struct {
	Phase  string `json:"phase"`
	Person string `json:"person"`
	Asks   string `json:"asks"`
}

func cost(s *session) *cobra.Command {
	var format, file string
	c := &cobra.Command{Use: "cost [REF]", Short: "what an incident took: minutes, people and money, phase by phase", Args: takes(0, 1),
		Long: "Every person-minute from taking it on to the end is booked once. Measured comes\n" +
			"from the record, inferred from a rule over it, asked from a person (qd effort);\n" +
			"blank is what nobody has said yet. Rates and currency are the kit's."}
	onPaper(c, &format, &file)
	return s.reads(c, func(args []string) error {
		if format != "" {
			if err := choice("format", format, papers...); err != nil {
				return err
			}
			return s.costPaper(args, format, file)
		}
		l, err := s.ledger(args)
		if err != nil {
			return err
		}
		if s.json {
			return s.print(costOf(l))
		}
		for _, line := range l.Lines {
			if line.Source != account.Blank {
				s.say("%-32s %7d min  %-9s %12s  %s", line.Phase.Name, line.Minutes, line.Source, money(line.Amount, l.Currency), count(line.People, "person"))
			}
		}
		s.styled(bold, func() { s.say("%-32s %7d min  %-9s %12s", "Together", l.Minutes, "", money(l.Amount, l.Currency)) })
		if l.Over {
			s.say("%d person-minutes until it was resolved, %d after", l.Before, l.Minutes-l.Before)
		} else {
			s.say("it is not resolved: this is what it took so far, in person-minutes")
		}
		if n := len(l.Blanks); n > 0 {
			s.say("%s: qd effort PHASE MINUTES --person NAME fills one", count(n, "blank"))
		}
		return nil
	})
}

// onPaper has a command that answers in figures write them on paper as well.
func onPaper(c *cobra.Command, format, file *string) {
	c.Flags().StringVar(format, "format", "", "on paper, as `FORMAT`: "+strings.Join(papers, ", "))
	c.Flags().StringVarP(file, "output", "o", "", "with --format, write to `FILE` instead of standard output")
}

func (s *session) costPaper(args []string, format, file string) error {
	row, _, err := s.shown(args, 0)
	if err != nil {
		return err
	}
	doc, err := app.CostPaper(s.ctx, s.store, s.cockpit, row.ID, format, s.now())
	if err != nil {
		return err
	}
	return s.hand(doc, file, false)
}

func (s *session) ledger(args []string) (*account.Ledger, error) {
	if err := s.read(); err != nil {
		return nil, err
	}
	ref := ""
	if len(args) > 0 {
		ref = args[0]
	}
	row, err := s.find(ref)
	if err != nil {
		return nil, err
	}
	recs, err := s.store.Records(s.ctx, row.ID, 0)
	if err != nil {
		return nil, err
	}
	var l *account.Ledger
	err = s.cockpit.View(s.ctx, row.ID, func(live *cockpit.Live) error {
		l = account.LedgerOf(row.ID, recs, live.Kit, s.now())
		return nil
	})
	return l, err
}

func costOf(l *account.Ledger) costView {
	v := costView{Phases: []effortView{}, Total: l.Minutes, Cost: amountView{l.Amount, l.Currency}, Before: l.Before, Blanks: []blankView{}}
	for _, line := range l.Lines {
		v.Phases = append(v.Phases, effortView{line.Phase.ID, line.Phase.Name, line.Minutes, string(line.Source), line.People, line.Amount, line.Phase.After})
	}
	for _, q := range l.Blanks {
		v.Blanks = append(v.Blanks, blankView{q.Phase.ID, q.Name, q.Phase.Asks})
	}
	return v
}

// money is an amount for people.
func money(minor int64, currency string) string {
	return fmt.Sprintf("%d.%02d %s", minor/100, minor%100, currency)
}

// effort fills a blank of the cost.
func effort(s *session) *cobra.Command {
	var who string
	c := &cobra.Command{Use: "effort [REF] PHASE MINUTES", Short: "say how long a part of the work took somebody", Args: takes(2, 3),
		Long:    "It answers what the record cannot tell, as qd cost lists it; a later answer\nreplaces an earlier one.",
		Example: "  qd effort INC-7 refocusing 25 --person ben",
	}
	c.Flags().StringVar(&who, "person", "", "`PERSON` whom it took so long (default: you)")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 2)
		minutes, err := strconv.Atoi(rest[1])
		if err != nil {
			return wrong("minutes", "a whole number, such as 25", "%.60q is no number of minutes", rest[1])
		}
		w, err := s.order(ref, 0, func(id incident.ID) (incident.Command, error) {
			p, err := s.actor(id)
			if who != "" {
				p, err = s.person(id, who)
			}
			return &incident.AnswerEffort{Phase: rest[0], Person: p, Minutes: minutes}, err
		})
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}
