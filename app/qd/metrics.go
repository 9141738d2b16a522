package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"quarterdeck/internal/account"
)

// spanView is one kind of span over the incidents of a period. Times are in seconds.
type spanView struct {
	N          int      `json:"n"`
	Median     float64  `json:"median_s"`
	P25        float64  `json:"p25_s"`
	P75        float64  `json:"p75_s"`
	Mean       float64  `json:"mean_s"`
	Guessed    int      `json:"guessed"` // of n, those with a time that is a guess
	Missing    []string `json:"missing"` // incidents that lack a time for it
	Definition string   `json:"definition"`
}

// figuresView is what a set of incidents comes to.
type figuresView struct {
	Incidents int          `json:"incidents"`
	MTTD      spanView     `json:"mttd"`
	MTTA      spanView     `json:"mtta"`
	Declare   spanView     `json:"declare"`
	Mitigate  spanView     `json:"mitigate"`
	MTTR      spanView     `json:"mttr"`
	MTBF      spanView     `json:"mtbf"`
	Promises  promisesView `json:"promises"`
	InFive    shareView    `json:"assessed_in_five"`
}

type promisesView struct {
	Kept     int     `json:"kept"`
	Late     int     `json:"late"`
	Worst    float64 `json:"worst_s"`
	WorstRef string  `json:"worst_incident"`
}

type shareView struct {
	Of  int `json:"of"`
	All int `json:"all"`
}

// metricsView is the answer: the incidents that were recorded while they ran stand at
// the top, those entered afterwards apart.
type metricsView struct {
	figuresView
	Backfills figuresView `json:"backfills"`
	Drills    int         `json:"drills"`
}

func metrics(s *session) *cobra.Command {
	var from, to instant
	c := &cobra.Command{Use: "metrics", Short: "how long detecting, taking on and repairing took", Args: takes(0, 0),
		Long: "Of the incidents declared from --from until before --to: how many, the\n" +
			"median, the middle half, and the mean beside them. Quartiles are linear\n" +
			"between the nearest two. Drills never count; incidents entered afterwards are\n" +
			"counted apart. An incident that lacks a time is left out of what needs it, and\n" +
			"named."}
	c.Flags().Var(&from, "from", "declared at this `TIME` or later")
	c.Flags().Var(&to, "to", "declared before this `TIME`")
	return s.reads(c, func([]string) error {
		if from != 0 && to != 0 && to <= from {
			return wrong("to", "give a later --to", "the period ends before it begins")
		}
		m, err := s.metrics(int64(from), int64(to))
		if err != nil {
			return err
		}
		if s.json {
			return s.print(metricsView{figuresOf(m.Live), figuresOf(m.Backfills), m.Drills})
		}
		s.figures("", m.Live)
		if m.Backfills.Incidents > 0 {
			s.out.WriteString("\n")
			s.figures(" entered afterwards", m.Backfills)
		}
		if m.Drills > 0 {
			s.say("%s left out", count(m.Drills, "drill"))
		}
		return nil
	})
}

func (s *session) metrics(from, to int64) (account.Metrics, error) {
	ids, err := s.subjects(nil)
	if err != nil {
		return account.Metrics{}, err
	}
	facts := make([]account.Facts, 0, len(ids))
	for _, id := range ids {
		recs, err := s.store.Records(s.ctx, id, 0)
		if err != nil {
			return account.Metrics{}, err
		}
		facts = append(facts, account.FactsOf(id, recs, s.now()))
	}
	return account.MetricsOf(facts, from, to), nil
}

func figuresOf(f account.Figures) figuresView {
	v := figuresView{
		Incidents: f.Incidents,
		Promises:  promisesView{f.Promises.Kept, f.Promises.Late, seconds(f.Promises.Worst), f.Promises.WorstRef},
		InFive:    shareView(f.InFive),
	}
	into := map[string]*spanView{"mttd": &v.MTTD, "mtta": &v.MTTA, "declare": &v.Declare, "mitigate": &v.Mitigate, "mttr": &v.MTTR, "mtbf": &v.MTBF}
	for _, m := range f.Spans {
		*into[m.ID] = spanView{m.Spread.N, seconds(m.Spread.Median), seconds(m.Spread.P25), seconds(m.Spread.P75), seconds(m.Spread.Mean),
			m.Guessed, names(m.Missing), m.Definition}
	}
	return v
}

func seconds(ms int64) float64 { return float64(ms) / 1000 }

// figures puts them out for people.
func (s *session) figures(which string, f account.Figures) {
	s.styled(bold, func() { s.say("%s", count(f.Incidents, "incident")+which) })
	for _, m := range f.Spans {
		text := "no incident has both times"
		if sp := m.Spread; sp.N > 0 {
			text = fmt.Sprintf("median %s, middle half %s to %s, mean %s, of %d", span(sp.Median), span(sp.P25), span(sp.P75), span(sp.Mean), sp.N)
		}
		if len(m.Missing) > 0 {
			text += fmt.Sprintf("; %d without a time for it", len(m.Missing))
		}
		s.block(m.Name, 20, text)
		s.block("", 20, "("+m.Definition+")")
	}
	p := f.Promises
	text := fmt.Sprintf("kept %d of %d", p.Kept, p.Kept+p.Late)
	if p.Worst > 0 {
		text += fmt.Sprintf("; the longest delay %s (%s)", span(p.Worst), flat(p.WorstRef))
	}
	s.block("Promises", 20, text)
	s.block("Assessed in 5 min", 20, fmt.Sprintf("%d of %d", f.InFive.Of, f.InFive.All))
}
