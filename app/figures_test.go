package app_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
)

// What an incident took, what a year takes and what many come to are papers too, with the
// figures of the page.
func TestFiguresOnPaper(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.pass(90 * time.Minute)
	cost, err := s.Cost(id)
	s.must(err)
	year, err := s.Calculator(app.CalculatorInput{Incidents: 12, Rows: []app.EstimateInput{{Phase: "writing", Minutes: 60, People: 2, PerHour: 8000}}})
	s.must(err)
	for _, c := range []struct {
		name, says string
		make       func(format string) (app.ExportView, error)
	}{
		{"INC-1-cost", compose.Money(cost.Amount, cost.Currency), func(f string) (app.ExportView, error) {
			return s.CostPaper(app.ExportInput{Incident: id, Format: f})
		}},
		{"incidents-a-year", compose.Money(year.Cost, year.Currency), func(f string) (app.ExportView, error) {
			return s.CalculatorPaper(app.CalculatorPaperInput{Incidents: 12, Rows: []app.EstimateInput{{Phase: "writing", Minutes: 60, People: 2, PerHour: 8000}}, Format: f})
		}},
		{"metrics", "Counted", func(f string) (app.ExportView, error) { return s.MetricsPaper(app.MetricsPaperInput{Format: f}) }},
	} {
		md, err := c.make("md")
		s.must(err)
		if md.Name != c.name+".md" || !strings.Contains(strings.ReplaceAll(md.Text, "\\", ""), c.says) {
			t.Errorf("%s does not say %q:\n%s", md.Name, c.says, md.Text)
		}
		pdf, err := c.make("pdf")
		s.must(err)
		raw, err := base64.StdEncoding.DecodeString(pdf.Text)
		s.must(err)
		if !pdf.Base64 || !strings.HasPrefix(string(raw), "%PDF-") {
			t.Errorf("%s begins with %.10q", pdf.Name, raw)
		}
		if _, err := c.make("doc"); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s as what there is not: %v", c.name, err)
		}
	}
}

// On paper a private incident is its reference.
func TestThePaperOfAPrivateIncidentHasNoTitle(t *testing.T) {
	s := sit(t)
	n, err := s.Declare(app.DeclareInput{Title: "keys were stolen", Security: true})
	s.must(err)
	md, err := s.CostPaper(app.ExportInput{Incident: n.Live.ID, Format: "md"})
	s.must(err)
	if strings.Contains(md.Text, "stolen") {
		t.Error(md.Text)
	}
}
