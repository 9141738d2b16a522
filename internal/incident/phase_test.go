package incident_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

func TestPhasesInOrder(t *testing.T) {
	for i, p := range incident.Phases {
		if p.Rank() != i {
			t.Errorf("%s ranks %d", p, p.Rank())
		}
		if over := p == incident.PhaseResolved || p == incident.PhaseClosed; p.Over() != over {
			t.Errorf("%s over: %v", p, p.Over())
		}
		if want := incident.Phases[min(i+1, len(incident.Phases)-1)]; p.Next() != want {
			t.Errorf("after %s comes %s", p, p.Next())
		}
	}
	if p := incident.Phase("limbo"); p.Rank() != -1 || p.Next() != p || p.Over() {
		t.Error("limbo is no phase")
	}
}

func TestWhatAPhaseSaysOutside(t *testing.T) {
	want := map[incident.Phase]incident.PublicState{
		"declare": "investigating", "staff": "investigating", "investigate": "investigating", "mitigate": "identified",
		"verify": "monitoring", "resolved": "resolved", "closed": "resolved",
	}
	for p, s := range want {
		if p.PublicState() != s {
			t.Errorf("%s says %s, want %s", p, p.PublicState(), s)
		}
	}
}

func TestMovePhase(t *testing.T) {
	tests := []struct {
		name     string
		from, to incident.Phase
		reason   string
		code     fault.Code
		field    string
	}{
		{name: "to the next one", from: "declare", to: "assess"},
		{name: "over several", from: "declare", to: "mitigate"},
		{name: "from mitigate to verify", from: "mitigate", to: "verify"},
		{name: "back without a reason", from: "verify", to: "mitigate", code: fault.Invalid, field: "reason"},
		{name: "back for a blank reason", from: "verify", to: "mitigate", reason: " \u200b", code: fault.Invalid, field: "reason"},
		{name: "back with a reason", from: "verify", to: "mitigate", reason: "errors again"},
		{name: "back to the beginning", from: "verify", to: "declare", reason: "another incident"},
		{name: "where it is", from: "verify", to: "verify", code: fault.Conflict},
		{name: "to limbo", from: "verify", to: "limbo", code: fault.Invalid, field: "phase"},
		{name: "to nothing", from: "verify", to: "", code: fault.Invalid, field: "phase"},
		{name: "a novel as the reason", from: "verify", to: "mitigate", reason: repeat("x", 2001), code: fault.Invalid, field: "reason"},
		{name: "resolved with criteria open", from: "verify", to: "resolved", code: fault.Invalid, field: "reason"},
		{name: "resolved from the beginning", from: "declare", to: "resolved", reason: "false alarm"},
		{name: "closed from the beginning", from: "declare", to: "closed", reason: "false alarm"},
		{name: "closed from the beginning without a reason", from: "declare", to: "closed", code: fault.Invalid, field: "reason"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := declared(t)
			if tt.from != incident.PhaseDeclare {
				d.must(&incident.MovePhase{Phase: tt.from})
			}
			cmd := &incident.MovePhase{Phase: tt.to, Reason: tt.reason}
			if tt.code != "" {
				d.refused(cmd, tt.code, tt.field)
				if d.state.Phase != tt.from {
					t.Errorf("it is in %s", d.state.Phase)
				}
				return
			}
			d.pass(minute)
			d.must(cmd)
			if d.state.Phase != tt.to || d.state.PhaseSince != d.now {
				t.Errorf("it is in %s since %d", d.state.Phase, d.state.PhaseSince)
			}
		})
	}
}

func TestTheGateNamesWhatIsOpen(t *testing.T) {
	d := declared(t)
	d.must(&incident.JudgeExit{Criterion: "path", State: "met", Text: "paid 10 €"})
	f := d.refused(&incident.MovePhase{Phase: "resolved"}, fault.Invalid, "reason")
	if !strings.Contains(f.Message, "measures are normal") || strings.Contains(f.Message, "a user's path") {
		t.Errorf("it says %q", f.Message)
	}
	d.must(&incident.JudgeExit{Criterion: "normal", State: "met", Text: "the graph since 14:02"})
	d.must(&incident.MovePhase{Phase: "resolved"}) // no reason is asked for
}

func TestAnOverrideIsRecordedAsWaivers(t *testing.T) {
	d := declared(t)
	d.must(&incident.JudgeExit{Criterion: "path", State: "met"})
	recs, err := d.try(&incident.MovePhase{Phase: "resolved", Reason: "the graph is down"})
	if err != nil {
		t.Fatal(err)
	}
	if len(recs) != 2 || recs[0].Kind != "exit.judged" || recs[1].Kind != "phase.moved" {
		t.Fatalf("recorded %d records", len(recs))
	}
	w := recs[0].Event().(*incident.ExitJudged)
	if w.Criterion != "normal" || w.State != "waived" || w.Text != "the graph is down" {
		t.Errorf("waiver %+v", w)
	}
	if g := d.state.Gate(d.kit); g.Open != 0 || g.Criteria[0].State != "met" || g.Criteria[1].State != "waived" || g.Criteria[1].By != ana.ID {
		t.Errorf("gate %s", asJSON(t, g))
	}
}

// Each open criterion may have a reason of its own; one without any stops the whole act.
func TestEachCriterionIsWaivedForItsOwnReason(t *testing.T) {
	d := declared(t)
	own := []incident.Waiver{{"path", "seen by hand"}, {"normal", "the graph is down"}}
	d.refused(&incident.MovePhase{Phase: "resolved", Waivers: own[:1]}, fault.Invalid, "reason")
	d.refused(&incident.MovePhase{Phase: "resolved", Waivers: append(own[:1:1], incident.Waiver{"normal", " "})}, fault.Invalid, "waivers")
	d.refused(&incident.MovePhase{Phase: "resolved", Waivers: append(own[:1:1], incident.Waiver{"else", "why"})}, fault.Invalid, "waivers")
	d.refused(&incident.MovePhase{Phase: "verify", Waivers: own}, fault.Invalid, "waivers")
	if d.state.Gate(d.kit).Open != 2 {
		t.Error("what was refused changed something")
	}
	d.must(&incident.MovePhase{Phase: "resolved", Waivers: own})
	for i, c := range d.state.Gate(d.kit).Criteria {
		if c.State != "waived" || c.Word != own[i].Reason {
			t.Errorf("%+v", c)
		}
	}
	d.must(&incident.MovePhase{Phase: "mitigate", Reason: "errors again"})
	d.must(&incident.MovePhase{Phase: "resolved", Waivers: own[:1], Reason: "enough"})
	if g := d.state.Gate(d.kit).Criteria; g[0].Word != "seen by hand" || g[1].Word != "enough" {
		t.Errorf("%+v", g)
	}
}

func TestClosingAsksForWhatIsLeft(t *testing.T) {
	d := declared(t)
	d.must(&incident.SendUpdate{Audience: "support", State: "investigating", Text: "we look", Next: noon + 30*minute})
	act := d.must(&incident.OpenAction{Text: "look", Owner: ben})
	d.must(&incident.MovePhase{Phase: "resolved", Reason: "false alarm"})
	f := d.refused(&incident.MovePhase{Phase: "closed"}, fault.Invalid, "reason")
	for _, want := range []string{"No action is open", "a last update", "The retrospective is booked", "At least one follow-up", "The impact is judged", "shared", "Everybody is back", "The times"} {
		if !strings.Contains(f.Message, want) {
			t.Errorf("%q does not name %q", f.Message, want)
		}
	}
	d.must(&incident.CloseAction{Action: act.ID})
	d.must(&incident.SendUpdate{Audience: "support", State: "resolved", Text: "false alarm"})
	d.must(&incident.PlanRetro{Owner: ben, Time: noon + day})
	d.must(&incident.AddFollowUp{Text: "a better alert"})
	d.must(&incident.SetMilestone{Milestone: "started", Time: noon - hour})
	d.must(&incident.SetMilestone{Milestone: "detected", Time: noon - hour})
	d.must(&incident.SetMilestone{Milestone: "mitigated", Time: noon})
	d.must(&incident.JudgeImpact{Who: "nobody"})
	d.must(&incident.ShareRetro{With: "the team"})
	d.must(&incident.ResumeWork{Person: ana})
	d.refused(&incident.MovePhase{Phase: "closed"}, fault.Invalid, "reason")
	d.must(&incident.ResumeWork{Person: ben})
	d.must(&incident.MovePhase{Phase: "closed"})
	if d.state.Open() {
		t.Error("it is open")
	}
}

func TestGate(t *testing.T) {
	d := declared(t)
	g := d.state.Gate(d.kit)
	if g.Open != 2 || len(g.Criteria) != 2 || g.Criteria[1].State != "open" || g.Criteria[1].Soak != 15 || !g.Retro || len(g.Owed) != 0 {
		t.Errorf("gate %s", asJSON(t, g))
	}
	if got := asJSON(t, g.Missing); got != `["started","detected","mitigated"]` {
		t.Errorf("missing %s", got)
	}
	d.must(&incident.SetSeverity{Severity: "SEV4", Reason: "nobody is hurt"})
	if g := d.state.Gate(d.kit); g.Open != 0 || len(g.Criteria) != 0 || g.Retro {
		t.Errorf("SEV4 has the gate %s", asJSON(t, g))
	}
	d.must(&incident.MovePhase{Phase: "resolved"})
}

// What was met or waived for one end says nothing about the next one.
func TestReopeningAsksForTheCriteriaAgain(t *testing.T) {
	d := declared(t)
	d.must(&incident.JudgeExit{Criterion: "path", State: "met"})
	d.must(&incident.MovePhase{Phase: "verify"})
	if d.state.Gate(d.kit).Open != 1 {
		t.Error("a move inside the incident took a judgement away")
	}
	d.must(&incident.MovePhase{Phase: "resolved", Reason: "the graph is down"})
	d.must(&incident.MovePhase{Phase: "closed", Reason: "enough"})
	if d.state.Gate(d.kit).Open != 0 {
		t.Error("closing took a judgement away")
	}
	d.must(&incident.MovePhase{Phase: "mitigate", Reason: "errors again"})
	if got := d.state.Gate(d.kit).Open; got != 2 {
		t.Errorf("%d criteria open after it came back, want 2", got)
	}
	d.refused(&incident.MovePhase{Phase: "resolved"}, fault.Invalid, "reason")
	// An end that was pressed by mistake and undone leaves the judgements.
	d = declared(t)
	d.must(&incident.JudgeExit{Criterion: "path", State: "met"})
	moved := d.must(&incident.MovePhase{Phase: "resolved", Reason: "slip"})
	d.must(&incident.Undo{Record: moved})
	if got := d.state.Gate(d.kit).Criteria[0].State; got != "met" {
		t.Errorf("after the undo the criterion is %s", got)
	}
}

func TestPhasesStampMilestones(t *testing.T) {
	d := declared(t)
	stamp := func(m incident.Milestone) int64 { return d.state.Times[m].Time }
	step := func(p incident.Phase) {
		d.pass(10 * minute)
		d.must(&incident.MovePhase{Phase: p, Reason: "go on"})
	}
	step("verify")
	step("resolved")
	step("closed")
	if stamp("mitigated") != noon+10*minute || stamp("resolved") != noon+20*minute || stamp("closed") != noon+30*minute {
		t.Fatalf("stamped %v", d.state.Times)
	}
	if got := d.state.Row(); got.Ended != noon+20*minute || got.Phase != "closed" {
		t.Errorf("row %+v", got)
	}
	step("verify") // back: it is neither closed nor resolved any more, but it is mitigated
	if stamp("closed") != 0 || stamp("resolved") != 0 || stamp("mitigated") != noon+10*minute || d.state.Row().Ended != 0 {
		t.Errorf("back in verify: %v", d.state.Times)
	}
	step("investigate")
	if stamp("mitigated") != 0 {
		t.Errorf("back in investigate: %v", d.state.Times)
	}
	step("verify")
	if stamp("mitigated") != d.now {
		t.Error("the second mitigation is not the one that counts")
	}
	// A time that a person gave is theirs, until what it was about does not hold any more.
	given := d.now - minute
	d.must(&incident.SetMilestone{Milestone: "mitigated", Time: given})
	step("resolved")
	step("closed")
	step("verify")
	if got := d.state.Times["mitigated"]; !got.Corrected || got.Time != given {
		t.Errorf("the corrected time became %+v", got)
	}
	step("mitigate")
	step("verify")
	if got := d.state.Times["mitigated"]; got.Corrected || got.Time != d.now {
		t.Errorf("mitigated anew at %+v", got)
	}
}

// In the sheet for resolving, times are given before the phase moves.
func TestATimeGivenBeforeThePhaseStays(t *testing.T) {
	d := declared(t)
	d.pass(hour)
	d.must(&incident.SetMilestone{Milestone: "mitigated", Time: d.now + 20*second}) // rounded up
	d.must(&incident.SetMilestone{Milestone: "resolved", Time: d.now + 30*second})
	if row := d.state.Row(); row.Ended != 0 {
		t.Errorf("a list says that it ended at %d", row.Ended)
	}
	d.must(&incident.MovePhase{Phase: "staff"})
	d.must(&incident.MovePhase{Phase: "assess", Reason: "again"})
	d.must(&incident.MovePhase{Phase: "resolved", Reason: "it is"})
	if got := d.state.Times["resolved"]; got.Time != noon+hour+30*second {
		t.Errorf("resolved at %+v", got)
	}
}

func TestClosedWithoutResolvedEndedAllTheSame(t *testing.T) {
	d := declared(t)
	d.pass(minute)
	d.must(&incident.MovePhase{Phase: "closed", Reason: "false alarm"})
	if row := d.state.Row(); row.Ended != d.now {
		t.Errorf("ended %d, want %d", row.Ended, d.now)
	}
}
