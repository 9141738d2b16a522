package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/account"
	"quarterdeck/internal/exchange"
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
	Backfills figuresView     `json:"backfills"`
	Drills    int             `json:"drills"`
	Loads     []burdenView    `json:"load"`
	Available []availableView `json:"availability"`
}

type burdenView struct {
	Name      string  `json:"name"`
	Incidents int     `json:"incidents"`
	Present   float64 `json:"present_s"`
	Night     float64 `json:"night_s"` // of it, between 22:00 and 06:00
	Nights    int     `json:"nights"`  // incidents that took any of the night
}

type availableView struct {
	Service string      `json:"service"`
	Months  []monthView `json:"months"`
}

type monthView struct {
	Month     string  `json:"month"`
	Share     float64 `json:"share"` // without an impact, of 1
	Down      float64 `json:"down_s"`
	Incidents int     `json:"incidents"`
}

func burdensOf(list []account.Load) []burdenView {
	out := []burdenView{}
	for _, l := range list {
		out = append(out, burdenView{l.Name, l.Incidents, seconds(l.Present), seconds(l.Night), l.Nights})
	}
	return out
}

func availableOf(list []account.Available) []availableView {
	out := []availableView{}
	for _, a := range list {
		v := availableView{a.Service, []monthView{}}
		for _, m := range a.Months {
			v.Months = append(v.Months, monthView{monthName(m), float64(m.Share()) / 1_000_000, seconds(m.Down), m.Incidents})
		}
		out = append(out, v)
	}
	return out
}

func monthName(m account.Month) string { return time.UnixMilli(m.Begin).UTC().Format("2006-01") }

// borne says who bore what.
func (s *session) borne(list []account.Load) {
	for _, l := range list {
		text := fmt.Sprintf("%s, %s", count(l.Incidents, "incident"), span(l.Present))
		if l.Night > 0 {
			text += fmt.Sprintf(", of it %s at night", span(l.Night))
		}
		s.block(flat(l.Name), 20, text)
	}
}

// available says of each service which months had an impact.
func (s *session) available(list []account.Available) {
	for _, a := range list {
		name := flat(a.Service)
		if name == "" {
			name = "no service named"
		}
		for _, m := range a.Months {
			if m.Incidents > 0 {
				s.block(name, 20, fmt.Sprintf("%s: %.3f %% without an impact, %s with one", monthName(m), float64(m.Share())/10_000, span(m.Down)))
			}
		}
	}
}

func metrics(s *session) *cobra.Command {
	var from, to edge
	var service string
	var sheet bool
	var format, file string
	c := &cobra.Command{Use: "metrics", Short: "how long detecting, taking on and repairing took", Args: takes(0, 0),
		Long: "Of the incidents declared from --from until before --to: how many, the\n" +
			"median, the middle half, and the mean beside them. Quartiles are linear\n" +
			"between the nearest two. Drills never count; incidents entered afterwards are\n" +
			"counted apart. An incident that lacks a time is left out of what needs it, and\n" +
			"named."}
	c.Flags().Var(&from, "from", "declared at this `TIME` or later")
	c.Flags().Var(&to, "to", "declared before this `TIME`")
	c.Flags().StringVar(&service, "service", "", "only incidents that name this `SERVICE`")
	c.Flags().BoolVar(&sheet, "csv", false, "a table with a row an incident, for a spreadsheet")
	onPaper(c, &format, &file)
	return s.reads(c, func([]string) error {
		if format != "" {
			if err := choice("format", format, papers...); err != nil {
				return err
			}
		}
		if from != 0 && to != 0 && to <= from {
			return wrong("to", "give a later --to", "the period ends before it begins")
		}
		facts, err := s.facts(service)
		if err != nil {
			return err
		}
		if sheet {
			return exchange.WriteSheet(&s.out, slices.DeleteFunc(facts, func(f account.Facts) bool {
				return from != 0 && f.Declared < int64(from) || to != 0 && f.Declared >= int64(to)
			}))
		}
		if format != "" {
			doc, err := app.MetricsPaper(facts, service, format, int64(from), int64(to), s.now())
			if err != nil {
				return err
			}
			return s.hand(doc, file, false)
		}
		m := account.MetricsOf(facts, int64(from), int64(to))
		if s.json {
			return s.print(metricsView{figuresOf(m.Live), figuresOf(m.Backfills), m.Drills,
				burdensOf(account.LoadOf(facts, int64(from), int64(to))), availableOf(account.AvailabilityOf(facts, int64(from), int64(to), s.now()))})
		}
		s.figures("", m.Live)
		if m.Backfills.Incidents > 0 {
			s.out.WriteString("\n")
			s.figures(" entered afterwards", m.Backfills)
		}
		s.borne(account.LoadOf(facts, int64(from), int64(to)))
		s.available(account.AvailabilityOf(facts, int64(from), int64(to), s.now()))
		if m.Aside > 0 {
			s.say("%s left out: they go on in others", count(m.Aside, "incident"))
		}
		if m.Drills > 0 {
			s.say("%s left out", count(m.Drills, "drill"))
		}
		return nil
	})
}

func (s *session) facts(service string) ([]account.Facts, error) {
	if err := s.read(); err != nil {
		return nil, err
	}
	facts, err := new(app.Ledgers).Facts(s.ctx, s.store, s.now())
	return account.Of(service, facts), err
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
			m.Guessed, missing(m.Missing), m.Definition}
	}
	return v
}

func missing(list []account.Missing) []string {
	out := make([]string, 0, len(list))
	for _, m := range list {
		out = append(out, m.Ref)
	}
	return out
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
