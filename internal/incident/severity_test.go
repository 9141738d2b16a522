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
