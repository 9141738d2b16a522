package app_test

import (
	"testing"
	"time"

	"quarterdeck/app"
)

// A machine whose clock says the year 9999, or that has lost its clock, runs an incident
// like any other, also across the end of that year.
func TestAnIncidentAtTheEndsOfTime(t *testing.T) {
	for name, begin := range map[string]time.Time{
		"the year 9999":     time.Date(9999, 12, 31, 22, 0, 0, 0, time.UTC),
		"across its end":    time.Date(9999, 12, 31, 23, 50, 0, 0, time.UTC),
		"the start of 1970": time.Date(1970, 1, 1, 0, 0, 1, 0, time.UTC),
	} {
		t.Run(name, func(t *testing.T) {
			s := sit(t)
			s.clock.Step(begin.Sub(s.clock.Now()))
			s.wake()
			n, err := s.Declare(app.DeclareInput{Title: "checkout fails", Severity: "SEV2"})
			s.must(err)
			id := n.Live.ID
			for _, line := range []string{"!roll back because the deploy was at 13:50 but loses the new prices", "@ben roll back checkout 5m", "?does it hit the app as well", "-2m first complaints"} {
				s.log(id, line)
			}
			s.must(s.SendUpdate(app.UpdateInput{Incident: id, ID: mint(t), Audience: "support", State: "investigating", Text: "We look into failing orders.", Next: s.now() + 10*minute, How: "copied"}))
			s.clock.Advance(30 * time.Minute)
			s.settle()
			s.log(id, "half an hour on")
			v := s.live(id)
			if rows := s.rows(id); rows[len(rows)-1].Text != "half an hour on" {
				t.Errorf("%+v", rows[len(rows)-1])
			}
			if support := audience(v, "support"); support.Look != "warning" {
				t.Errorf("%+v", support)
			}
			for _, format := range []string{"md", "html", "json", "csv", "ics"} {
				if _, err := s.Export(app.ExportInput{Incident: id, Format: format}); err != nil {
					t.Errorf("%s: %v", format, err)
				}
			}
			s.over(id)
			if _, err := s.Metrics(app.MetricsInput{}); err != nil {
				t.Error(err)
			}
			if _, err := s.Cost(id); err != nil {
				t.Error(err)
			}
			s.reopen()
			if got := s.live(id); got.Phase != "resolved" {
				t.Error(got.Phase)
			}
			s.wake()
		})
	}
}
