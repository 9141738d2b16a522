package incident_test

import (
	"slices"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// planned is a desk whose kit has a type of follow-up.
func planned(t *testing.T) *desk {
	d := declared(t)
	d.kit.FollowUps = []kit.FollowUpType{{ID: "detect", Name: "Detect", Days: 14}}
	return d
}

func TestAFollowUpFromItsFirstWordToItsEnd(t *testing.T) {
	d := planned(t)
	added := d.must(&incident.AddFollowUp{Text: "alert on failed payments", Terms: incident.Terms{Type: "detect", Owner: ben, Watcher: dee, Link: " OPS-7 ", Proof: "it rang"}})
	f := d.state.FollowUps[0]
	if f.ID != added.ID || f.State != "open" || f.Owner != ben.ID || f.Watcher != dee.ID || f.Due != noon+14*day || f.Link != "OPS-7" || d.state.People[dee.ID] != "Dee" {
		t.Fatalf("%s", asJSON(t, f))
	}
	terms := incident.Terms{Type: "detect", Owner: dee, Due: f.Due, Proof: "it rang"}
	d.must(&incident.ChangeFollowUp{FollowUp: added.ID, Terms: terms})
	d.refused(&incident.ChangeFollowUp{FollowUp: added.ID, Terms: terms}, fault.Conflict, "")
	if f = d.state.FollowUps[0]; f.Owner != dee.ID || !f.Watcher.IsZero() || f.Link != "" {
		t.Errorf("changed to %s", asJSON(t, f))
	}
	d.pass(15 * day)
	if f = d.state.FollowUps[0]; !f.Late(d.now) {
		t.Error("a day past its due time it is not late")
	}
	terms.Owner = ben // one that is late may keep its due time
	d.must(&incident.ChangeFollowUp{FollowUp: added.ID, Terms: terms})
	d.refused(&incident.EndFollowUp{FollowUp: added.ID, State: "dropped"}, fault.Invalid, "text")
	d.refused(&incident.EndFollowUp{FollowUp: added.ID, State: "lost"}, fault.Invalid, "state")
	done := d.must(&incident.EndFollowUp{FollowUp: added.ID, State: "done", Text: "it rang in a test", Minutes: 90})
	d.refused(&incident.EndFollowUp{FollowUp: added.ID, State: "done"}, fault.Conflict, "")
	if f = d.state.FollowUps[0]; f.Late(d.now) || f.Minutes != 90 || f.Ended != d.now || len(d.state.OpenFollowUps()) != 0 {
		t.Errorf("done: %s", asJSON(t, f))
	}
	d.must(&incident.Undo{Record: done})
	if f = d.state.FollowUps[0]; f.State != "open" || f.Owner != ben.ID {
		t.Errorf("the end undone: %s", asJSON(t, f))
	}
	d.must(&incident.Redact{Record: added, Reason: "a name"})
	if f = d.state.FollowUps[0]; f.Text != "" || f.Owner != ben.ID || f.Due == 0 {
		t.Errorf("its words gone: %s", asJSON(t, f))
	}
	d.must(&incident.Undo{Record: added})
	if len(d.state.FollowUps) != 0 {
		t.Error("undone, it is still there")
	}
}

func TestWhatIsNoFollowUp(t *testing.T) {
	d := planned(t)
	for _, tt := range []struct {
		name  string
		terms incident.Terms
		field string
	}{
		{"a type that the kit does not have", incident.Terms{Type: "wish"}, "type"},
		{"due last week", incident.Terms{Due: noon - 7*day}, "due"},
		{"due in the year 9999", incident.Terms{Due: year9999}, "due"},
		{"owned by everybody", incident.Terms{Owner: incident.Person{ID: number(9), Name: "everyone"}}, "owner"},
		{"watched by the team", incident.Terms{Watcher: incident.Person{ID: number(9), Name: "team"}}, "watcher"},
		{"a link without end", incident.Terms{Link: repeat("x", 501)}, "link"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d.t = t
			d.refused(&incident.AddFollowUp{Text: "x", Terms: tt.terms}, fault.Invalid, tt.field)
		})
	}
	d.t = t
	d.refused(&incident.EndFollowUp{FollowUp: number(1), State: "done"}, fault.NotFound, "")
}

// Of many follow-ups few are done: the eighth that is planned takes a reason. What is typed
// as a line is never refused.
func TestTheEighthFollowUpTakesAReason(t *testing.T) {
	d := planned(t)
	eighth := &incident.AddFollowUp{Text: "one more", Terms: incident.Terms{Type: "detect"}}
	for range 8 {
		d.must(eighth) // while it lasts nobody counts
	}
	d.must(&incident.MovePhase{Phase: "resolved", Reason: "over"})
	d.refused(eighth, fault.Invalid, "why")
	d.must(&incident.AddFollowUp{Text: "a bare line"})
	eighth.Why = "the law asks for it"
	d.must(eighth)
}

// The board is empty when all of it is so, and each part is what the record says.
func TestTheBoard(t *testing.T) {
	d := planned(t)
	d.must(&incident.SendUpdate{Audience: "support", State: "investigating", Text: "we look", Next: noon + 30*minute})
	act := d.must(&incident.OpenAction{Text: "look", Owner: ben})
	d.must(&incident.MovePhase{Phase: "verify"})
	d.pass(hour)
	d.must(&incident.MovePhase{Phase: "resolved", Reason: "it works"})
	end := d.now
	open := func() (out []string) {
		for _, item := range d.state.Cleanup(d.kit) {
			if item.Open() {
				out = append(out, item.ID)
			}
		}
		return out
	}
	expect := func(step string, want ...string) {
		t.Helper()
		if got := open(); !slices.Equal(got, want) {
			t.Errorf("%s: open are %q, want %q", step, got, want)
		}
	}
	expect("resolved", "told", "actions", "times", "follow-up", "impact", "retro", "shared", "back")
	for _, item := range d.state.Cleanup(d.kit) {
		if want := end + int64(item.Hours)*hour; item.ID != "shared" && item.Due != want || item.ID == "shared" && item.Due != want+5*day {
			t.Errorf("%s is due %d h after the end", item.ID, (item.Due-end)/hour)
		}
		if item.Late(end) || item.Open() != item.Late(item.Due+1) {
			t.Errorf("%s is late at the wrong time", item.ID)
		}
	}
	d.must(&incident.SendUpdate{Audience: "support", State: "resolved", Text: "over"})
	expect("told", "actions", "times", "follow-up", "impact", "retro", "shared", "back")
	d.must(&incident.CloseAction{Action: act.ID})
	expect("the action ended", "times", "follow-up", "impact", "retro", "shared", "back")
	d.must(&incident.SetMilestone{Milestone: "started", Time: noon - hour})
	expect("a time given", "times", "follow-up", "impact", "retro", "shared", "back")
	d.must(&incident.SetMilestone{Milestone: "detected", Time: noon - minute})
	expect("the other time given", "follow-up", "impact", "retro", "shared", "back")
	bare := d.must(&incident.AddFollowUp{Text: "an alert", Terms: incident.Terms{Type: "detect"}})
	expect("a follow-up", "impact", "retro", "shared", "back")
	d.must(&incident.EndFollowUp{FollowUp: bare.ID, State: "dropped", Text: "no use"})
	expect("the follow-up dropped", "follow-up", "impact", "retro", "shared", "back")
	d.must(&incident.AddFollowUp{Text: "another"})
	d.must(&incident.JudgeImpact{Who: "all of them", What: "a lot"})
	expect("judged", "retro", "shared", "back")
	d.must(&incident.PlanRetro{Owner: ben, Time: d.now + day, Minutes: 90, Invited: []incident.Person{ana, ben, dee, ana}, Place: "room 4"})
	if r := d.state.Retro; len(r.Invited) != 2 || r.Place != "room 4" {
		t.Errorf("booked as %s", asJSON(t, r))
	}
	expect("booked", "shared", "back")
	d.must(&incident.CancelRetro{Reason: "everybody is ill"})
	d.refused(&incident.CancelRetro{Reason: "again"}, fault.Conflict, "")
	expect("cancelled", "retro", "shared", "back")
	d.must(&incident.WaiveCleanup{Item: "retro", Reason: "nobody can come"})
	expect("left", "back") // without a retrospective there is nothing to share
	d.must(&incident.WaiveCleanup{Item: "retro"})
	expect("asked for again", "retro", "shared", "back")
	d.must(&incident.PlanRetro{Owner: ben, Time: d.now + day})
	d.must(&incident.ShareRetro{With: "everybody"})
	d.must(&incident.ResumeWork{Person: ana})
	expect("one is back", "back")
	d.refused(&incident.ResumeWork{Person: ana}, fault.Conflict, "")
	d.refused(&incident.ResumeWork{Person: dee}, fault.Conflict, "") // took no part
	d.must(&incident.AnswerEffort{Phase: "refocusing", Person: ben, Minutes: 25})
	expect("the other has said how long it took")
	d.must(&incident.MovePhase{Phase: "closed"})
}

// Closing with something left takes a reason, which is kept with what was left; reopening
// asks for it again, and who takes part again is not back.
func TestClosingWithSomethingLeft(t *testing.T) {
	d := declared(t)
	d.must(&incident.MovePhase{Phase: "resolved", Reason: "it works"})
	d.must(&incident.ResumeWork{Person: ana})
	d.refused(&incident.MovePhase{Phase: "closed"}, fault.Invalid, "reason")
	d.pass(minute)
	closed := d.must(&incident.MovePhase{Phase: "closed", Reason: "a false alarm"})
	for _, item := range d.state.Cleanup(d.kit) {
		if item.Open() || item.Waived && (item.Word != "a false alarm" || item.By != ana.ID) {
			t.Errorf("%s: %s", item.ID, asJSON(t, item))
		}
	}
	tl := incident.NewTimeline()
	tl.Add(d.recs...)
	if act := tl.Act(closed.ID); len(act) != 2 {
		t.Errorf("undoing it takes %d records back", len(act))
	}
	d.must(&incident.MovePhase{Phase: "verify", Reason: "errors again"})
	if len(d.state.Waived) != 0 || len(d.state.Away()) != 0 {
		t.Errorf("reopened: %s", asJSON(t, d.state.Waived))
	}
	d.refused(&incident.ResumeWork{Person: ana}, fault.Conflict, "") // not while it lasts
	d.must(&incident.AddNote{Text: "looking"})
	if got := d.state.Away(); !slices.Equal(got, []incident.ID{ana.ID}) {
		t.Errorf("%v are not back", got)
	}
}

// An incident that is not asked for a retrospective is not asked for sharing one.
func TestASmallIncidentHasASmallBoard(t *testing.T) {
	d := declared(t)
	d.must(&incident.SetSeverity{Severity: "SEV4", Reason: "nobody is hurt"})
	d.must(&incident.MovePhase{Phase: "resolved"})
	for _, item := range d.state.Cleanup(d.kit) {
		if (item.ID == "retro" || item.ID == "shared") && !item.Done {
			t.Errorf("%s is asked for", item.ID)
		}
	}
	d.refused(&incident.WaiveCleanup{Item: "retro"}, fault.Invalid, "reason")
	d.refused(&incident.WaiveCleanup{Item: "roof", Reason: "x"}, fault.NotFound, "")
}
