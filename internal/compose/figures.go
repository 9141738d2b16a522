package compose

import (
	"fmt"
	"strings"
	"time"

	"quarterdeck/internal/account"
	"quarterdeck/internal/incident"
)

// CostPaper is what an incident took, on a page to hand on. Of a private incident it says
// the reference alone. made is ms UTC.
func CostPaper(s *incident.State, l *account.Ledger, private bool, made int64) Paper {
	p := Paper{Title: "Cost of " + s.Declared.Ref, Lead: s.Declared.Title, Inner: private, Made: made, Foot: "Every figure is counted anew from the record. Rates are the kit's."}
	if private {
		p.Lead = ""
	}
	state := "until " + full(made) + ", and not resolved yet"
	if l.Over {
		state = fmt.Sprintf("%d until it was resolved, %d after", l.Before, l.Minutes-l.Before)
	}
	p.Facts = []Pair{{"Cost", Money(l.Amount, l.Currency)}, {"Person-minutes", fmt.Sprintf("%d: %s", l.Minutes, state)}}
	p.Parts = []Part{{ID: "cost", Title: "Phase by phase", Own: ledger(l)}}
	if blanks := blanks(l); len(blanks) > 0 {
		p.Parts = append(p.Parts, Part{ID: "blanks", Title: "Not answered yet", Own: blanks})
	}
	return p
}

// blanks are the questions that nobody has answered, by phase.
func blanks(l *account.Ledger) (out []Block) {
	who := map[string][]string{}
	var order []account.Phase
	for _, q := range l.Blanks {
		if who[q.Phase.ID] == nil {
			order = append(order, q.Phase)
		}
		name := q.Name
		if q.Person.IsZero() {
			name = "whoever knows"
		}
		who[q.Phase.ID] = append(who[q.Phase.ID], name)
	}
	for _, p := range order {
		out = append(out, item(p.Name+": "+p.Asks+" ("+strings.Join(who[p.ID], ", ")+")"))
	}
	return out
}

// ledger is a ledger as a table.
func ledger(l *account.Ledger) []Block {
	if l == nil || l.Minutes == 0 {
		return []Block{aside("Nothing is booked.")}
	}
	t := Table{Head: []string{"Part of the work", "Known by", "People", "Minutes", "Cost"}, Wide: []int{40, 18, 12, 14, 16}, Nums: []int{2, 3, 4}}
	for _, x := range l.Lines {
		if x.Minutes == 0 && x.Amount == 0 {
			continue
		}
		t.Rows = append(t.Rows, TableRow{Cells: []string{x.Phase.Name, string(x.Source), fmt.Sprint(x.People), fmt.Sprint(x.Minutes), Money(x.Amount, l.Currency)}})
	}
	t.Rows = append(t.Rows, TableRow{Cells: []string{"Together", "", "", fmt.Sprint(l.Minutes), Money(l.Amount, l.Currency)}})
	return []Block{table(t), aside("Each person-minute is booked once. Measured comes from the record, inferred from a rule over it, asked from a person.")}
}

// Year is what incidents take in a year.
type Year struct {
	Currency           string
	Incidents, Counted int // a year; of how many the medians are
	Rows               []YearRow
	Minutes, Amount    int64 // of one incident
	Year, Before, Cost int64 // of a year: person-minutes, those until incidents are resolved, money
}

// YearRow is one phase of the work.
type YearRow struct {
	Name, Source    string
	N               int // incidents that a measured one is the median of
	Minutes, People int // of each person
	PerHour         int // minor units
	Takes           int64
	Year, Cost      int64
}

// Paper is the calculator on a page.
func (y Year) Paper(made int64) Paper {
	t := Table{Head: []string{"Part of the work", "Minutes", "People", "An hour", "Known by", "Minutes a year", "Cost a year"}, Wide: []int{34, 11, 10, 15, 18, 16, 20}, Nums: []int{1, 2, 3, 5, 6}}
	for _, r := range y.Rows {
		known := r.Source
		switch r.Source {
		case string(account.Measured):
			known = fmt.Sprintf("median of %d", r.N)
		case string(account.Asked):
			known = "published guess"
		case string(account.Blank):
			known = "nobody has said"
		}
		t.Rows = append(t.Rows, TableRow{Cells: []string{r.Name, fmt.Sprint(r.Minutes), fmt.Sprint(r.People), Money(int64(r.PerHour), y.Currency), known, fmt.Sprint(r.Year), Money(r.Cost, y.Currency)}})
	}
	t.Rows = append(t.Rows, TableRow{Cells: []string{"Together", "", "", "", "", fmt.Sprint(y.Year), Money(y.Cost, y.Currency)}})
	return Paper{
		Title: "What incidents take in a year", Lead: fmt.Sprintf("%d incidents a year", y.Incidents), Made: made,
		Facts: []Pair{
			{"A year", fmt.Sprintf("%s, %d person-minutes", Money(y.Cost, y.Currency), y.Year)},
			{"One incident", fmt.Sprintf("%s, %d person-minutes", Money(y.Amount, y.Currency), y.Minutes)},
			{"Until resolved", fmt.Sprintf("%d person-minutes a year; %d after", y.Before, y.Year-y.Before)},
		},
		Parts: []Part{{ID: "year", Title: "Phase by phase", Own: []Block{table(t), aside(fmt.Sprintf("Minutes by people by what an hour costs by incidents a year. Medians are of %d incidents that were resolved in the last twelve months; drills and those entered afterwards are not among them.", y.Counted))}}},
	}
}

// MetricsPaper is what many incidents come to. from is ms UTC, 0 for ever.
func MetricsPaper(m account.Metrics, available []account.Available, loads []account.Load, service string, from, made int64) Paper {
	p := Paper{Title: "Incidents in figures", Made: made, Lead: "All incidents"}
	if from != 0 {
		p.Lead = "Incidents declared since " + day(from)
	}
	if service != "" {
		p.Lead += " that name " + service
	}
	p.Facts = []Pair{{"Counted", fmt.Sprint(m.Live.Incidents)}}
	if n := m.Live.Promises.Kept + m.Live.Promises.Late; n > 0 {
		p.Facts = append(p.Facts, Pair{"Promises kept", fmt.Sprintf("%d of %d", m.Live.Promises.Kept, n)})
	}
	if m.Live.InFive.All > 0 {
		p.Facts = append(p.Facts, Pair{"Assessed in 5 min", fmt.Sprintf("%d of %d", m.Live.InFive.Of, m.Live.InFive.All)})
	}
	for _, x := range []struct {
		n    int
		name string
	}{{m.Backfills.Incidents, "Entered afterwards, apart"}, {m.Drills, "Drills, left out"}, {m.Aside, "Go on in others, left out"}} {
		if x.n > 0 {
			p.Facts = append(p.Facts, Pair{x.name, fmt.Sprint(x.n)})
		}
	}
	p.Parts = []Part{{ID: "times", Title: "Times", Own: spreads(m.Live)}}
	if m.Backfills.Incidents > 0 {
		p.Parts = append(p.Parts, Part{ID: "backfills", Title: "Of those entered afterwards", Own: spreads(m.Backfills)})
	}
	t := Table{Head: []string{"Service", "Month", "Without impact", "With impact", "Incidents"}, Wide: []int{34, 14, 18, 18, 12}, Nums: []int{2, 3, 4}}
	for _, a := range available {
		for _, mo := range a.Months {
			if mo.Incidents > 0 {
				t.Rows = append(t.Rows, TableRow{Cells: []string{orNone(a.Service), time.UnixMilli(mo.Begin).UTC().Format("2006-01"), fmt.Sprintf("%.3f %%", float64(mo.Share())/10_000), span(mo.Down), fmt.Sprint(mo.Incidents)}})
			}
		}
	}
	if len(t.Rows) > 0 {
		p.Parts = append(p.Parts, Part{ID: "available", Title: "Availability", Own: []Block{table(t), aside(account.AvailabilityDefinition)}})
	}
	if len(loads) > 0 {
		t := Table{Head: []string{"Person", "Incidents", "Present", "At night", "Nights"}, Wide: []int{36, 14, 18, 18, 12}, Nums: []int{1, 2, 3, 4}}
		for _, l := range loads {
			t.Rows = append(t.Rows, TableRow{Cells: []string{l.Name, fmt.Sprint(l.Incidents), span(l.Present), span(l.Night), fmt.Sprint(l.Nights)}})
		}
		p.Parts = append(p.Parts, Part{ID: "load", Title: "Who bore it", Own: []Block{table(t), aside("Night is from 22:00 to 06:00 where each of them was.")}})
	}
	return p
}

// spread is each kind of span with its definition: never one number alone.
func spreads(f account.Figures) []Block {
	t := Table{Head: []string{"What", "Of", "Median", "Middle half", "Mean", "How it is counted"}, Wide: []int{18, 7, 14, 22, 14, 40}, Nums: []int{1, 2, 3, 4}}
	for _, m := range f.Spans {
		cells := []string{m.Name, fmt.Sprint(m.Spread.N), "–", "–", "–", m.Definition}
		if s := m.Spread; s.N > 0 {
			cells[2], cells[3], cells[4] = about(span(s.Median), m.Guessed > 0), span(s.P25)+" to "+span(s.P75), span(s.Mean)
		}
		if n := len(m.Missing); n > 0 {
			cells[5] += fmt.Sprintf("; %d left out for want of a time", n)
		}
		t.Rows = append(t.Rows, TableRow{Cells: cells})
	}
	return []Block{table(t)}
}

func orNone(service string) string {
	if service == "" {
		return "(no service named)"
	}
	return service
}

func day(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.DateOnly) }
