package incident_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// anyOfPlaybooks is a command about links, playbooks, soaks or temporary measures.
func anyOfPlaybooks(r *rand.Rand, d *desk) incident.Command {
	text := pick(r, []string{"", "it is slow", "ж"})
	at := pick(r, []int64{0, d.now - hour, d.now + hour, year9999})
	var rec incident.Record
	if len(d.recs) > 0 {
		rec = pick(r, d.recs)
	}
	switch r.IntN(8) {
	case 0, 1:
		return &incident.LinkTo{Other: pick(r, []incident.ID{number(0x1d), number(0x1e), d.id, {}}), Ref: pick(r, []string{"INC-2", ""}), Title: text,
			How: pick(r, append(incident.Links, "")), Mirrors: r.IntN(2) == 0}
	case 2:
		return &incident.StartPlaybook{Book: pick(r, []string{"roll-back", "none"})}
	case 3:
		return &incident.StartSoak{Criterion: pick(r, []string{"", "normal", "path"})}
	case 4:
		return &incident.NoteDip{Criterion: pick(r, []string{"", "normal", "path"}), Text: text}
	case 5:
		return &incident.TakeMeasure{Text: text, Owner: pick(r, []incident.Person{ana, ben, {}}), Ends: at}
	case 6:
		return &incident.ExtendMeasure{Measure: rec.ID, Ends: at, Reason: text}
	}
	if len(d.state.Playbooks) > 0 && r.IntN(2) == 0 {
		return &incident.CheckItem{Item: d.state.Playbooks[0].ID.String() + "/1", State: pick(r, []string{"done", "skipped", "open"}), Text: text}
	}
	return &incident.EndMeasure{Measure: rec.ID, Result: text}
}

func TestLinks(t *testing.T) {
	other, third := number(0x1d), number(0x1e)
	d := declared(t)
	d.must(&incident.OpenAction{Text: "look", Owner: ben, Minutes: 5})
	d.must(&incident.LinkTo{Other: third, Ref: "INC-3", How: incident.LinkRelated})
	if !d.state.Open() || d.state.Aside() != nil || len(d.state.Ties) != 1 {
		t.Fatalf("what is related stands by itself: %+v", d.state.Ties)
	}
	merged := d.must(&incident.LinkTo{Other: other, Ref: "INC-2", Title: "the same", How: incident.LinkMerged})
	if a := d.state.Aside(); a == nil || a.Ref != "INC-2" || d.state.Open() || d.state.Row().Into != "INC-2" || d.state.Row().How != "merged" {
		t.Fatalf("merged: %+v", d.state.Row())
	}
	d.refused(&incident.LinkTo{Other: other, Ref: "INC-2", How: incident.LinkMerged}, fault.Conflict, "")
	d.refused(&incident.LinkTo{Other: third, Ref: "INC-3", How: incident.LinkDuplicate}, fault.Conflict, "")
	d.refused(&incident.LinkTo{Other: d.id, Ref: "INC-1", How: incident.LinkRelated}, fault.Invalid, "other")
	d.refused(&incident.LinkTo{Other: other, Ref: "INC-2", How: "twin"}, fault.Invalid, "how")
	d.must(&incident.Undo{Record: merged})
	if !d.state.Open() || len(d.state.OpenActions()) != 1 || d.state.Row().Into != "" {
		t.Error("taking the link back does not bring all of it back")
	}
	d.must(&incident.LinkTo{Other: other, Ref: "INC-2", How: incident.LinkHome})
	if !d.state.Open() {
		t.Error("one in which another goes on stands by itself")
	}
	if f := d.refused(&incident.LinkTo{Other: other, Ref: "INC-2", How: incident.LinkMerged}, fault.Conflict, ""); f.Hint == "" {
		t.Error("it does not say what to do about two that would go on in each other")
	}
	for _, how := range incident.Links {
		if incident.Mirror(incident.Mirror(how)) != how || incident.Mirror(how) == "" {
			t.Errorf("the mirror of %s's mirror is %s", how, incident.Mirror(incident.Mirror(how)))
		}
	}
}

// A playbook's steps are copied: its list keeps its place while other work goes on, and is
// gone once each step is done, or left with a reason.
func TestPlaybook(t *testing.T) {
	d := declared(t)
	d.refused(&incident.StartPlaybook{Book: "none"}, fault.NotFound, "")
	r := d.must(&incident.StartPlaybook{Book: "roll-back"})
	d.kit.Playbooks = nil // what becomes of it later changes nothing
	list := d.state.List(d.kit, r.ID.String())
	if list == nil || len(list.Items) != 2 || list.Items[1].Text != "put the last one back" || list.Items[1].Why != "by the button" {
		t.Fatalf("%+v", list)
	}
	if e := r.Event().(*incident.PlaybookStarted); !slices.Equal(e.Despite, []string{"nobody has worked through it yet", "nobody but its owner has approved it"}) {
		t.Errorf("what was warned of is not kept: %q", e.Despite)
	}
	d.kit = process()
	d.refused(&incident.StartPlaybook{Book: "roll-back"}, fault.Conflict, "")
	d.must(&incident.CheckItem{Item: "roll-back/1", State: incident.ItemDone})
	if got := d.state.Interrupted(d.kit); len(got) != 1 || got[0].ID != list.ID {
		t.Fatalf("its place is not kept: %+v", got)
	}
	d.refused(&incident.CheckItem{Item: list.ID + "/3", State: incident.ItemDone}, fault.NotFound, "")
	d.refused(&incident.LeaveList{List: list.ID}, fault.Invalid, "reason")
	d.must(&incident.LeaveList{List: list.ID, Reason: "it was the network"})
	if got := d.state.Running(d.kit); len(got) != 0 {
		t.Errorf("left, it still runs: %+v", got)
	}
	again := d.must(&incident.StartPlaybook{Book: "roll-back"})
	if items := d.state.Items(d.kit, d.state.List(d.kit, again.ID.String())); items[0].State != incident.ItemOpen {
		t.Error("started anew, its first step is done already")
	}
	d.must(&incident.Undo{Record: again})
	if got := d.state.Running(d.kit); len(got) != 0 {
		t.Error("taken back, it still runs")
	}
}

// criterion is an exit criterion as it stands.
func criterion(d *desk, id string) incident.Criterion {
	for _, c := range d.state.Gate(d.kit).Criteria {
		if c.ID == id {
			return c
		}
	}
	d.t.Fatalf("there is no criterion %s", id)
	return incident.Criterion{}
}

func TestASoakStartsAnewOnADip(t *testing.T) {
	d := declared(t) // SEV2: measures are normal for 15 minutes
	d.refused(&incident.NoteDip{Text: "5xx"}, fault.Conflict, "")
	d.must(&incident.StartSoak{})
	d.refused(&incident.StartSoak{}, fault.Conflict, "")
	if c := criterion(d, "normal"); c.Until != noon+15*minute || c.Held(noon+15*minute-1) || !c.Held(noon+15*minute) {
		t.Fatalf("%+v", c)
	}
	d.pass(10 * minute)
	if f := d.refused(&incident.JudgeExit{Criterion: "normal", State: incident.ExitMet}, fault.Invalid, "state"); !strings.Contains(f.Message, "15 min") {
		t.Errorf("%q does not say for how long it must hold", f.Message)
	}
	dip := d.must(&incident.NoteDip{Text: "5xx at 3 %"})
	if c := criterion(d, "normal"); c.Until != noon+25*minute || c.Dips != 1 {
		t.Fatalf("after a dip: %+v", c)
	}
	d.must(&incident.Undo{Record: dip})
	if c := criterion(d, "normal"); c.Until != noon+15*minute || c.Dips != 0 {
		t.Fatalf("the dip taken back: %+v", c)
	}
	d.must(&incident.Undo{Record: d.recs[len(d.recs)-1]}) // and it was one after all
	d.pass(15 * minute)
	d.must(&incident.JudgeExit{Criterion: "path", State: incident.ExitMet})
	d.must(&incident.MovePhase{Phase: incident.PhaseResolved})
	if c := criterion(d, "normal"); c.State != incident.ExitMet || c.Word != "held since 13:10, 15 min" {
		t.Errorf("having held does not meet it: %+v", c)
	}
	d.must(&incident.MovePhase{Phase: incident.PhaseMitigate, Reason: "it is back"})
	if c := criterion(d, "normal"); c.State != incident.ExitOpen || c.Until != 0 {
		t.Errorf("reopened, it has still held: %+v", c)
	}
}

// A dip after a criterion was met opens it again.
func TestADipOpensWhatWasMet(t *testing.T) {
	d := declared(t)
	d.must(&incident.JudgeExit{Criterion: "normal", State: incident.ExitMet, Text: "0.3 %"})
	d.pass(minute)
	d.must(&incident.NoteDip{})
	if c := criterion(d, "normal"); c.State != incident.ExitOpen || c.Since != noon+minute {
		t.Errorf("%+v", c)
	}
	d.refused(&incident.StartSoak{Criterion: "path"}, fault.NotFound, "")
	d.must(&incident.SetSeverity{Severity: "SEV4", Reason: "small"})
	d.refused(&incident.StartSoak{}, fault.Conflict, "")
}

func TestTemporaryMeasures(t *testing.T) {
	d := declared(t)
	d.refused(&incident.TakeMeasure{Text: "writes are off", Ends: noon + day}, fault.Invalid, "owner")
	d.refused(&incident.TakeMeasure{Text: "writes are off", Owner: ben, Ends: noon}, fault.Invalid, "ends")
	r := d.must(&incident.TakeMeasure{Text: "writes are off", Owner: ben, Ends: noon + day})
	later := d.must(&incident.TakeMeasure{Text: "two more nodes", Owner: dee, Ends: noon + 2*day})
	d.refused(&incident.ExtendMeasure{Measure: r.ID, Ends: noon + 3*day}, fault.Invalid, "reason")
	d.must(&incident.ExtendMeasure{Measure: r.ID, Ends: noon + 3*day, Reason: "the part is late"})
	if got := d.state.Standing(); len(got) != 2 || got[0].ID != later.ID || got[1].Ends != noon+3*day {
		t.Fatalf("%+v", got)
	}
	d.must(&incident.EndMeasure{Measure: r.ID, Result: "writes are on"})
	d.refused(&incident.EndMeasure{Measure: r.ID}, fault.Conflict, "")
	d.refused(&incident.EndMeasure{Measure: number(1)}, fault.NotFound, "")
	if got := d.state.Standing(); len(got) != 1 || got[0].ID != later.ID {
		t.Errorf("%+v", got)
	}
}

// What a type adds to the exit criteria is a gate as much as what the severity asks for.
func TestTheTypesCriteriaAreGates(t *testing.T) {
	k := process()
	k.Types[1].Exit = []kit.Exit{{ID: "way-in", Text: "the way in is closed"}}
	d := empty(t)
	d.kit = k.For("security")
	d.must(&incident.Declare{Declared: incident.Declared{Ref: "INC-1", Title: "odd log-ins", Severity: "SEV3", Type: "security"}})
	d.must(&incident.JudgeExit{Criterion: "normal", State: incident.ExitMet})
	if f := d.refused(&incident.MovePhase{Phase: incident.PhaseResolved}, fault.Invalid, "reason"); !strings.Contains(f.Message, "the way in is closed") {
		t.Errorf("%q does not name the type's criterion", f.Message)
	}
	d.must(&incident.JudgeExit{Criterion: "way-in", State: incident.ExitWaived, Text: "Legal keeps it open to watch"})
	d.must(&incident.MovePhase{Phase: incident.PhaseResolved})
}

func TestLinksAreFrozen(t *testing.T) {
	if got := strings.Join(incident.Links, " "); got != "related duplicate original merged home" {
		t.Errorf("%s", got)
	}
}

// What must hold for a time is met by a word on what shows it when nobody started its
// time, and never by a bare tick.
func TestATimeThatNeverRanTakesAWord(t *testing.T) {
	d := declared(t)
	if f := d.refused(&incident.JudgeExit{Criterion: "normal", State: incident.ExitMet}, fault.Invalid, "text"); !strings.Contains(f.Message, "nobody has started") || f.Hint == "" {
		t.Errorf("%+v", f)
	}
	d.must(&incident.JudgeExit{Criterion: "normal", State: incident.ExitMet, Text: "below 1 % on the graph since 14:02"})
	d.must(&incident.JudgeExit{Criterion: "path", State: incident.ExitMet}) // which asks for no time
}
