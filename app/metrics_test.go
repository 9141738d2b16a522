package app_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
)

// What a page counts is counted again when a record comes, and not before.
func TestMetricsFollowTheRecord(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.pass(10 * time.Minute)
	v, err := s.Metrics(app.MetricsInput{Months: 12})
	s.must(err)
	if v.Live.Incidents != 1 || len(v.Live.Spans) != 6 || len(v.Lacking) == 0 || len(v.Loads) != 1 {
		t.Fatalf("%+v", v)
	}
	before := len(v.Lacking)
	s.must(s.SetMilestone(app.TimeInput{Incident: id, Subject: "started", Time: start.UnixMilli() - 10*minute}))
	v, err = s.Metrics(app.MetricsInput{Months: 12})
	s.must(err)
	if len(v.Lacking) >= before {
		t.Errorf("a time was given, and still %d are missing of %d", len(v.Lacking), before)
	}
	if v, err = s.Metrics(app.MetricsInput{Service: "none"}); err != nil || v.Live.Incidents != 0 {
		t.Errorf("of a service that nobody names: %d, %v", v.Live.Incidents, err)
	}
	if _, err = s.Metrics(app.MetricsInput{Months: -1}); err == nil {
		t.Error("a negative number of months was taken")
	}
}

func TestMetricsLeaveAsTableAndDocument(t *testing.T) {
	s := sit(t)
	s.declare("checkout fails")
	sheet, err := s.MetricsSheet(app.MetricsInput{})
	s.must(err)
	if lines := strings.Count(sheet.Text, "\n"); lines != 2 || sheet.Name != "metrics.csv" {
		t.Errorf("%s: %q", sheet.Name, sheet.Text)
	}
	doc, err := s.MetricsDocument(app.MetricsInput{})
	s.must(err)
	var v app.MetricsView
	if err := json.Unmarshal([]byte(doc.Text), &v); err != nil || v.Live.Incidents != 1 {
		t.Errorf("%v: %s", err, doc.Text)
	}
}
