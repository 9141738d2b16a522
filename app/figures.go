package app

import (
	"context"

	"quarterdeck/internal/account"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// MetricsPaperInput says which incidents to count, and as what: md, html or pdf.
type MetricsPaperInput struct {
	Months  int    `json:"months"`
	Service string `json:"service"`
	Format  string `json:"format"`
}

// CalculatorPaperInput is what incidents are taken to need, and as what: md, html or pdf.
type CalculatorPaperInput struct {
	Rows      []EstimateInput `json:"rows"`
	Incidents int             `json:"incidents"`
	Format    string          `json:"format"`
}

// CostPaper is what an incident took, on paper: md, html or pdf.
func (a *API) CostPaper(in ExportInput) (v ExportView, err error) {
	defer guard(&err)
	ctx, b, id, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	return CostPaper(ctx, b.store, b.cockpit, id, in.Format, b.now())
}

// CostPaper is what an incident took, on paper: md, html or pdf.
func CostPaper(ctx context.Context, st *store.Store, c *cockpit.Cockpit, id incident.ID, format string, now int64) (v ExportView, err error) {
	recs, err := st.Records(ctx, id, 0)
	if err != nil {
		return v, err
	}
	err = c.View(ctx, id, func(l *cockpit.Live) error {
		p := compose.CostPaper(l.State, account.LedgerOf(id, recs, l.Kit, now), private(l.State, l.Kit), now)
		v, err = WritePaper(p, l.State.Declared.Ref+"-cost", format)
		return err
	})
	return v, err
}

// CalculatorPaper is the calculator on paper.
func (a *API) CalculatorPaper(in CalculatorPaperInput) (v ExportView, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	c, err := b.calculate(ctx, CalculatorInput{in.Rows, in.Incidents})
	if err != nil {
		return v, err
	}
	y := compose.Year{Currency: c.Currency, Incidents: c.Incidents, Counted: c.Counted, Minutes: c.Minutes, Amount: c.Amount, Year: c.Year, Before: c.Before, Cost: c.Cost}
	for _, r := range c.Rows {
		y.Rows = append(y.Rows, compose.YearRow{Name: r.Name, Source: r.Source, N: r.N, Minutes: r.Minutes, People: r.People, PerHour: r.PerHour, Takes: r.Takes, Year: r.Year, Cost: r.Cost})
	}
	return WritePaper(y.Paper(b.now()), "incidents-a-year", in.Format)
}

// MetricsPaper is what many incidents come to, on paper.
func (a *API) MetricsPaper(in MetricsPaperInput) (v ExportView, err error) {
	defer guard(&err)
	facts, m, err := a.counted(MetricsInput{Months: in.Months, Service: in.Service})
	if err != nil {
		return v, err
	}
	return MetricsPaper(facts, in.Service, in.Format, m.From, 0, m.To)
}

// MetricsPaper is what incidents that were declared in a period come to, on paper: md, html
// or pdf. The bounds and now are ms UTC; 0 is no bound.
func MetricsPaper(facts []account.Facts, service, format string, from, to, now int64) (ExportView, error) {
	p := compose.MetricsPaper(account.MetricsOf(facts, from, to), account.AvailabilityOf(facts, from, to, now), account.LoadOf(facts, from, to), service, from, now)
	return WritePaper(p, "metrics", format)
}
