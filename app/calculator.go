package app

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"quarterdeck/internal/account"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// CalculatorInput is what incidents are taken to need. Without rows they are filled in:
// medians of what was measured, else published guesses, else nothing.
type CalculatorInput struct {
	Rows      []EstimateInput `json:"rows"`
	Incidents int             `json:"incidents"` // a year; -1 = as many as in the last twelve months
}

// EstimateInput is one phase of the work in one incident.
type EstimateInput struct {
	Phase   string `json:"phase"`
	Minutes int    `json:"minutes"` // of each person
	People  int    `json:"people"`
	PerHour int    `json:"perHour"` // minor units
}

// CalculatorView is what incidents take in a year. Amounts are minor units, minutes are person-minutes.
type CalculatorView struct {
	Currency  string         `json:"currency"`
	Incidents int            `json:"incidents"` // a year
	Counted   int            `json:"counted"`   // resolved ones of the last twelve months that the medians are of
	Rows      []EstimateView `json:"rows"`
	Minutes   int64          `json:"minutes"` // of one incident
	Amount    int64          `json:"amount"`  // of one incident
	Year      int64          `json:"year"`    // minutes of a year
	Before    int64          `json:"before"`  // of them, until incidents are resolved
	Cost      int64          `json:"cost"`    // of a year
}

// EstimateView is one phase of the work.
type EstimateView struct {
	Phase   string `json:"phase"`
	Name    string `json:"name"`
	After   bool   `json:"after"` // it comes after the incident is resolved
	Minutes int    `json:"minutes"`
	People  int    `json:"people"`
	PerHour int    `json:"perHour"`
	Source  string `json:"source"` // measured, asked (a published guess), blank, or given
	N       int    `json:"n"`      // incidents that a measured one is the median of
	Takes   int64  `json:"takes"`  // person-minutes of one incident
	Year    int64  `json:"year"`   // person-minutes of a year
	Cost    int64  `json:"cost"`   // of a year
}

// Bounds of what can be calculated.
const (
	maxEach      = 12 * 5 * 8 * 60 // minutes
	maxPeople    = 10_000
	maxPerHour   = 100_000_000
	maxIncidents = 100_000
	counted      = 200 // incidents, the latest, that the medians are of
	year         = int64(365 * 24 * 3600_000)
)

// Calculator says what incidents take in a year.
func (a *API) Calculator(in CalculatorInput) (v CalculatorView, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	return b.calculate(ctx, in)
}

func (b *Backend) calculate(ctx context.Context, in CalculatorInput) (v CalculatorView, err error) {
	v.Currency = b.inForce().Kit.Cost.Currency
	v.Incidents = in.Incidents
	ledgers, n, err := b.measured(ctx)
	if err != nil {
		return v, err
	}
	v.Counted = len(ledgers)
	if v.Incidents < 0 {
		v.Incidents = n
	}
	if v.Incidents > maxIncidents {
		return v, fault.Input("incidents", "%d incidents a year cannot be", v.Incidents).WithHint("give 0 to %d", maxIncidents)
	}
	usual := account.UsualOf(ledgers, int64(b.inForce().Kit.Cost.PerHour))
	estimates := make([]account.Estimate, len(usual))
	for i, u := range usual {
		p := account.Phases[i]
		row := EstimateView{Phase: p.ID, Name: p.Name, After: p.After, Minutes: int(u.Minutes), People: int(u.People), PerHour: int(u.PerHour), Source: string(u.Source), N: u.N}
		if j := slices.IndexFunc(in.Rows, func(r EstimateInput) bool { return r.Phase == p.ID }); j >= 0 {
			g := in.Rows[j]
			if g.Minutes < 0 || g.Minutes > maxEach || g.People < 0 || g.People > maxPeople || g.PerHour < 0 || g.PerHour > maxPerHour {
				return v, fault.Input(p.ID, "%s: that many cannot be", p.Name).WithHint("0 to %d minutes, 0 to %d people", maxEach, maxPeople)
			}
			if g.Minutes != row.Minutes || g.People != row.People || g.PerHour != row.PerHour {
				row.Source, row.N = "given", 0
			}
			row.Minutes, row.People, row.PerHour = g.Minutes, g.People, g.PerHour
		}
		estimates[i] = account.Estimate{Phase: p.ID, Minutes: int64(row.Minutes), People: int64(row.People), PerHour: int64(row.PerHour)}
		v.Rows = append(v.Rows, row)
	}
	y := account.YearlyOf(estimates, int64(v.Incidents))
	for i, l := range y.Lines {
		v.Rows[i].Takes, v.Rows[i].Year, v.Rows[i].Cost = l.Minutes, l.Year, l.Cost
	}
	v.Minutes, v.Amount, v.Year, v.Before, v.Cost = y.Minutes, y.Amount, y.Year, y.Before, y.Cost
	return v, nil
}

// measured are the ledgers of the latest incidents that were resolved in the last twelve
// months, and how many were declared in them. Drills and back-fills do not count.
func (b *Backend) measured(ctx context.Context) (ledgers []*account.Ledger, declared int, err error) {
	rows, err := b.store.Rows(ctx, everything)
	if err != nil {
		return nil, 0, err
	}
	now := b.now()
	for _, r := range rows {
		if r.Backfill || r.Declared < now-year {
			continue
		}
		var l *account.Ledger
		drill := false
		err := b.cockpit.View(ctx, r.ID, func(live *cockpit.Live) error {
			if drill = live.State.Declared.Drill; drill || !r.Phase.Over() || len(ledgers) == counted {
				return nil
			}
			recs, err := b.store.Records(ctx, r.ID, 0)
			if err == nil {
				l = account.LedgerOf(r.ID, recs, live.Kit, now)
			}
			return err
		})
		if err != nil {
			return nil, 0, err
		}
		if !drill {
			declared++
		}
		if l != nil {
			ledgers = append(ledgers, l)
		}
	}
	return ledgers, declared, nil
}

// CalculatorSheet is the calculator as CSV, one phase a row.
func (a *API) CalculatorSheet(in CalculatorInput) (v ExportView, err error) {
	c, err := a.Calculator(in)
	if err != nil {
		return v, err
	}
	var text strings.Builder
	w := csv.NewWriter(&text)
	num := func(n int64) string { return strconv.FormatInt(n, 10) }
	w.Write([]string{"phase", "name", "after_resolved", "minutes", "people", "rate_per_hour_minor", "known_by", "median_of", "person_minutes", "person_minutes_a_year", "cost_a_year_minor", "currency", "incidents_a_year"})
	for _, r := range c.Rows {
		w.Write([]string{r.Phase, r.Name, strconv.FormatBool(r.After), strconv.Itoa(r.Minutes), strconv.Itoa(r.People), strconv.Itoa(r.PerHour), r.Source, strconv.Itoa(r.N), num(r.Takes), num(r.Year), num(r.Cost), c.Currency, strconv.Itoa(c.Incidents)})
	}
	w.Flush()
	return ExportView{Name: "incidents-a-year.csv", Type: "text/csv", Text: text.String()}, w.Error()
}

// CalculatorDocument is everything that Calculator answers, as a JSON document.
func (a *API) CalculatorDocument(in CalculatorInput) (v ExportView, err error) {
	c, err := a.Calculator(in)
	if err != nil {
		return v, err
	}
	text, err := json.MarshalIndent(c, "", "\t")
	return ExportView{Name: "incidents-a-year.json", Type: "application/json", Text: string(text) + "\n"}, err
}

// MineView is what to ask whoever sits here about one incident.
type MineView struct {
	Incident string     `json:"incident"`
	Ref      string     `json:"ref"`
	Title    string     `json:"title"`
	Asking   AskingView `json:"asking"`
}

// asked is for how long after an incident somebody is asked what it took them.
const asked = int64(30 * 24 * 3600_000) // ms

// Blanks are what to ask whoever sits here about incidents that were resolved before
// today: it is asked the next day, and not while they still sleep on it.
func (a *API) Blanks() (out []MineView, err error) {
	defer guard(&err)
	out = []MineView{}
	ctx, b, err := a.ready()
	if err != nil {
		return out, err
	}
	me, err := b.me()
	if err != nil {
		return out, nil // nobody has said who sits here
	}
	rows, err := b.store.Rows(ctx, listed)
	if err != nil {
		return out, err
	}
	now := b.now()
	for _, r := range rows {
		if len(out) == taps {
			break
		}
		if r.Ended == 0 || r.Backfill || r.Ended < now-asked || sameDay(r.Ended, now, b.zone()) {
			continue
		}
		v, err := b.over.ask(&r, me.ID, func() (*MineView, error) { return b.blanksOf(ctx, &r, me.ID, now) })
		if err != nil {
			return out, err
		}
		if v != nil {
			out = append(out, *v)
		}
	}
	return out, nil
}

// blanksOf is what to ask somebody about an incident that is over; nil when there is nothing.
func (b *Backend) blanksOf(ctx context.Context, r *incident.Row, person incident.ID, now int64) (found *MineView, err error) {
	err = b.cockpit.View(ctx, r.ID, func(l *cockpit.Live) error {
		if _, there := l.State.Crew[person]; !there || l.State.Declared.Drill {
			return nil
		}
		recs, err := b.store.Records(ctx, r.ID, 0)
		if err != nil {
			return err
		}
		for _, v := range costView(account.LedgerOf(r.ID, recs, l.Kit, now)).Asks {
			if v.Person == person.String() {
				found = &MineView{r.ID.String(), r.Ref, r.Title, v}
			}
		}
		return nil
	})
	return found, err
}

// sameDay reports whether two instants, ms UTC, lie on one day of a zone.
func sameDay(a, b int64, zone *time.Location) bool {
	return time.UnixMilli(a).In(zone).Format(time.DateOnly) == time.UnixMilli(b).In(zone).Format(time.DateOnly)
}
