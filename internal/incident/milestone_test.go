package incident_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

func TestSetMilestone(t *testing.T) {
	// declared, acknowledged and assessed at noon; now it is one o'clock
	tests := []struct {
		name  string
		m     incident.Milestone
		time  int64
		field string // refused
		both  []string
	}{
		{name: "started before", m: "started", time: noon - hour},
		{name: "started at the same time", m: "started", time: noon},
		{name: "started after the declaration", m: "started", time: noon + minute, field: "time", both: []string{"started at 2026-03-02 12:01:00Z", "acknowledged at 2026-03-02 12:00:00Z"}},
		{name: "mitigated after", m: "mitigated", time: noon + minute},
		{name: "mitigated before it was assessed", m: "mitigated", time: noon - minute, field: "time", both: []string{"mitigated at 2026-03-02 11:59:00Z", "acknowledged at 2026-03-02 12:00:00Z"}},
		{name: "acknowledged earlier", m: "acknowledged", time: noon - minute},
		{name: "acknowledged after the declaration", m: "acknowledged", time: noon + minute, field: "time", both: []string{"acknowledged at", "declared at"}},
		{name: "tomorrow", m: "mitigated", time: noon + day, field: "time"},
		{name: "the year 9999", m: "mitigated", time: year9999, field: "time"},
		{name: "no time", m: "mitigated", field: "time"},
		{name: "no milestone", m: "lunch", time: noon, field: "milestone"},
		{name: "nothing", time: noon, field: "milestone"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := declared(t)
			d.pass(hour)
			cmd := &incident.SetMilestone{Milestone: tt.m, Time: tt.time, Approx: true}
			if tt.field == "" {
				d.must(cmd)
				if got := d.state.Times[tt.m]; got != (incident.Stamp{Time: tt.time, Approx: true, Corrected: true}) {
					t.Errorf("set to %+v", got)
				}
				return
			}
			f := d.refused(cmd, fault.Invalid, tt.field)
			for _, want := range tt.both {
				if !strings.Contains(f.Message, want) {
					t.Errorf("%q does not say %q", f.Message, want)
				}
			}
			if f.Hint == "" {
				t.Error("it does not say what to do")
			}
		})
	}
}

// Whatever is accepted, the milestones stay in their order.
func TestMilestonesStayInOrder(t *testing.T) {
	for seed := range uint64(60) {
		d := declared(t)
		r := random(seed)
		for range 40 {
			d.pass(minute * r.Int64N(20))
			var cmd incident.Command = &incident.SetMilestone{Milestone: pick(r, incident.Milestones), Time: d.now - minute*r.Int64N(90)}
			at := int64(0)
			if r.IntN(3) == 0 {
				cmd = &incident.MovePhase{Phase: pick(r, incident.Phases), Reason: "go"}
				if r.IntN(2) == 0 {
					at = d.now - minute*r.Int64N(90)
				}
			}
			if _, err := d.at(at, cmd); err != nil {
				continue
			}
			last := int64(0)
			for _, m := range incident.Milestones {
				if s, ok := d.state.Times[m]; ok {
					if s.Time < last {
						t.Fatalf("seed %d, after %s at %d: %s", seed, asJSON(t, cmd), at, asJSON(t, d.state.Times))
					}
					last = s.Time
				}
			}
		}
	}
}

func TestAPhaseInThePastFitsItsMilestone(t *testing.T) {
	d := declared(t)
	d.pass(hour)
	_, err := d.at(noon-minute, &incident.MovePhase{Phase: "verify"})
	f := refusal(t, err, fault.Invalid, "at")
	if !strings.Contains(f.Message, "mitigated at 2026-03-02 11:59:00Z") || !strings.Contains(f.Message, "12:00:00Z") {
		t.Errorf("it says %q", f.Message)
	}
	if _, err := d.at(noon+minute, &incident.MovePhase{Phase: "verify"}); err != nil {
		t.Fatal(err)
	}
	if got := d.state.Times["mitigated"].Time; got != noon+minute {
		t.Errorf("mitigated at %d", got)
	}
}
