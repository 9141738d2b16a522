package incident_test

import (
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

func TestSetSeverity(t *testing.T) {
	tests := []struct {
		name             string
		provisional      bool
		severity, reason string
		code             fault.Code
		field            string
		raised           bool
	}{
		{name: "raised", severity: "SEV1", raised: true},
		{name: "raised with a reason", severity: "SEV1", reason: "data is lost", raised: true},
		{name: "lowered without a reason", severity: "SEV3", code: fault.Invalid, field: "reason"},
		{name: "lowered with a reason", severity: "SEV3", reason: "a way round"},
		{name: "the same", severity: "SEV2", code: fault.Conflict},
		{name: "the provisional one judged right", provisional: true, severity: "SEV2"},
		{name: "the provisional one judged too high", provisional: true, severity: "SEV4", code: fault.Invalid, field: "reason"},
		{name: "the provisional one judged too low", provisional: true, severity: "SEV1", raised: true},
		{name: "none of the kit", severity: "SEV5", code: fault.Invalid, field: "severity"},
		{name: "nothing", severity: "", code: fault.Invalid, field: "severity"},
		{name: "in small letters", severity: "sev1", code: fault.Invalid, field: "severity"},
		{name: "a novel", severity: "SEV3", reason: repeat("x", 2001), code: fault.Invalid, field: "reason"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := declared(t)
			if tt.provisional {
				d = empty(t)
				d.must(&incident.Declare{Declared: incident.Declared{Ref: "INC-1", Title: "x"}})
			}
			d.pass(minute)
			cmd := &incident.SetSeverity{Severity: tt.severity, Reason: tt.reason}
			if tt.code != "" {
				d.refused(cmd, tt.code, tt.field)
				return
			}
			d.must(cmd)
			s := d.state
			if s.Severity != tt.severity || s.Provisional || s.SeveritySet != (incident.Mark{Text: tt.reason, At: d.now, By: ana.ID}) {
				t.Errorf("%s", asJSON(t, s))
			}
			if got := s.Raised.At == d.now; got != tt.raised {
				t.Errorf("raised: %v", got)
			}
			if tt.provisional && s.Times[incident.Assessed].Time != d.now {
				t.Error("the assessment has no time")
			}
		})
	}
}

// assessed is a judgement with its answers.
func assessed(severity string, users int, trend string) *incident.SetSeverity {
	return &incident.SetSeverity{Severity: severity, Assessment: &incident.Assessment{
		Answers: []incident.Answer{{Criterion: "users", Value: users}}, Likelihood: 4, Trend: trend, Effect: "latency", Score: 5, Impact: 1, Proposed: severity,
	}}
}

// TestAnswersAreTheReason: the first judgement needs none besides; a later one that
// lowers does. The answers stay, with both severities.
func TestAnswersAreTheReason(t *testing.T) {
	d := empty(t)
	d.must(&incident.Declare{Declared: incident.Declared{Ref: "INC-1", Title: "x"}})
	d.must(assessed("SEV4", 1, "same"))
	d.pass(3 * minute)
	d.refused(&incident.SetSeverity{Severity: "SEV4"}, fault.Conflict, "")
	d.must(assessed("SEV4", 1, "better"))
	raised := d.must(&incident.SetSeverity{Severity: "SEV1"})
	e, ok := raised.Event().(*incident.SeveritySet)
	if !ok || e.From != "SEV4" || e.Assessment != nil {
		t.Errorf("%+v", e)
	}
	if a := d.state.Assessment; a == nil || a.Trend != "better" || a.Answer("users") != 1 || a.Answer("data") != incident.NotKnown {
		t.Errorf("the last answers are gone: %+v", a)
	}
	d.refused(assessed("SEV3", 1, "same"), fault.Invalid, "reason")
	d.must(&incident.Undo{Record: raised})
	if d.state.Severity != "SEV4" || len(d.state.Levels) != 3 {
		t.Errorf("%s %v", d.state.Severity, d.state.Levels)
	}
}

func TestAnswersThatTheKitDoesNotHave(t *testing.T) {
	change := func(f func(*incident.Assessment)) *incident.SetSeverity {
		c := assessed("SEV1", 1, "same")
		f(c.Assessment)
		return c
	}
	for field, cmd := range map[string]*incident.SetSeverity{
		"answers":    change(func(a *incident.Assessment) { a.Answers[0].Criterion = "ghosts" }),
		"likelihood": change(func(a *incident.Assessment) { a.Likelihood = 6 }),
		"trend":      change(func(a *incident.Assessment) { a.Trend = "up" }),
		"effect":     change(func(a *incident.Assessment) { a.Effect = "smell" }),
	} {
		declared(t).refused(cmd, fault.Invalid, field)
	}
	declared(t).refused(assessed("SEV1", 5, ""), fault.Invalid, "answers")
	declared(t).refused(assessed("SEV1", -2, ""), fault.Invalid, "answers")
}

// TestWhatWouldBeIsOnlyLookedAt: asking for another severity's plan changes nothing.
func TestWhatWouldBeIsOnlyLookedAt(t *testing.T) {
	d := declared(t)
	before := asJSON(t, d.state)
	then := d.state.Judged("SEV1", d.now+minute)
	if then.Severity != "SEV1" || len(then.Levels) != 2 || then.Raised.At != d.now+minute {
		t.Errorf("%s", asJSON(t, then))
	}
	if asJSON(t, d.state) != before {
		t.Error("the state itself has changed")
	}
}

func TestUndoingASeverityBringsTheEarlierOneBack(t *testing.T) {
	d := declared(t)
	before := *d.state
	d.pass(minute)
	raised := d.must(&incident.SetSeverity{Severity: "SEV1"})
	d.must(&incident.Undo{Record: raised})
	if d.state.Severity != "SEV2" || d.state.Raised != before.Raised || d.state.SeveritySet != before.SeveritySet {
		t.Errorf("%s", asJSON(t, d.state))
	}
}
