package incident_test

import (
	"slices"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// A second change on the same thing is refused before it is announced, and can be made anyway.
func TestTwoChangesOnOneThing(t *testing.T) {
	d := declared(t)
	first := d.must(&incident.StartChange{Thing: "EU gateway", Text: "roll back 8842", By: ben, Undo: "deploy 8842 again, 6 min"})
	for _, same := range []string{"EU gateway", "eu-gateway", "gateway", "the EU gateway", "Gateway (EU)"} {
		_, err := d.try(&incident.StartChange{Thing: same, Text: "drain it", By: dee})
		if f := fault.Of(err); f == nil || f.Field != "anyway" || f.Hint == "" {
			t.Errorf("%q: %v", same, err)
		}
	}
	for _, other := range []string{"US gateway", "gatewayd", "cache"} {
		if touching := d.state.Touching(other); len(touching) > 0 {
			t.Errorf("%q touches %v", other, touching)
		}
	}
	second := d.must(&incident.StartChange{Thing: "gateway", Text: "drain it", By: dee, Anyway: true})
	if e := second.Event().(*incident.ChangeStarted); !slices.Equal(e.Beside, []incident.ID{first.ID}) {
		t.Errorf("made anyway, it names %v", e.Beside)
	}
	d.pass(minute)
	d.must(&incident.EndChange{Change: first.ID, Outcome: "better", Text: "errors at 1 %"})
	if left := d.state.InFlight(); len(left) != 1 || left[0].ID != second.ID || d.state.Changes[0].Outcome != "better" {
		t.Errorf("in flight: %+v", left)
	}
	if _, err := d.try(&incident.EndChange{Change: first.ID, Outcome: "worse"}); fault.Of(err).Code != fault.Conflict {
		t.Errorf("ended twice: %v", err)
	}
	d.refused(&incident.EndChange{Change: second.ID, Outcome: "great"}, fault.Invalid, "outcome")
	d.refused(&incident.StartChange{Thing: " - ", Text: "x"}, fault.Invalid, "thing")
	d.refused(&incident.StartChange{Thing: "cache"}, fault.Invalid, "text")
	mine := d.must(&incident.StartChange{Thing: "cache", Text: "flush"})
	if by := mine.Event().(*incident.ChangeStarted).By; by != ana.ID {
		t.Errorf("nobody is named: it is the change of %v", by)
	}
}

// A change that is taken back, or of which the start was, is not in flight.
func TestAChangeTakenBack(t *testing.T) {
	d := declared(t)
	start := d.must(&incident.StartChange{Thing: "cache", Text: "flush"})
	end := d.must(&incident.EndChange{Change: start.ID, Outcome: "undone"})
	d.must(&incident.Undo{Record: end})
	if len(d.state.InFlight()) != 1 {
		t.Error("its end was taken back and it is not in flight")
	}
	d.must(&incident.Undo{Record: start})
	if len(d.state.InFlight()) != 0 {
		t.Error("it was taken back and is in flight")
	}
}

func TestADecisionIsToBeChecked(t *testing.T) {
	d := declared(t)
	recs, err := d.try(&incident.MakeDecision{Text: "roll back", Expectation: incident.Expectation{Objections: "none", Expect: "errors < 1 %", Minutes: 5}})
	if err != nil || len(recs) != 2 {
		t.Fatalf("%d records, %v", len(recs), err)
	}
	v := d.state.Decisions[0]
	if v.ID != recs[0].ID || v.Check != noon+5*minute || v.Expect != "errors < 1 %" || v.Objections != "none" {
		t.Errorf("decided: %+v", v)
	}
	d.pass(6 * minute)
	d.must(&incident.ExpectDecision{Expectation: incident.Expectation{Minutes: 10}}) // too early to tell
	if v := d.state.Decisions[0]; v.Check != noon+16*minute || v.Expect != "errors < 1 %" {
		t.Errorf("put off: %+v", v)
	}
	d.refused(&incident.CheckDecision{Outcome: "fine"}, fault.Invalid, "outcome")
	d.must(&incident.CheckDecision{Outcome: "better", Text: "0.4 %"})
	if v := d.state.Decisions[0]; v.Outcome != "better" || v.Result != "0.4 %" || len(d.state.Unchecked()) != 0 {
		t.Errorf("checked: %+v", v)
	}
	if _, err := d.try(&incident.CheckDecision{Outcome: "same"}); fault.Of(err).Code != fault.NotFound {
		t.Errorf("nothing waits: %v", err)
	}
	d.refused(&incident.ExpectDecision{}, fault.Invalid, "expect")
}

// What was decided and expected in one breath is taken back in one.
func TestADecisionIsTakenBackWhole(t *testing.T) {
	d := declared(t)
	recs, _ := d.try(&incident.MakeDecision{Text: "roll back", Expectation: incident.Expectation{Expect: "errors < 1 %"}})
	line := incident.NewTimeline()
	line.Add(d.recs...)
	last := line.LastAct(ana.ID)
	if got := line.Act(last.ID); !slices.Equal(got, []incident.ID{recs[0].ID, recs[1].ID}) {
		t.Errorf("the last act is %v of %v and %v", got, recs[0].ID, recs[1].ID)
	}
}

func TestHypotheses(t *testing.T) {
	d := declared(t)
	idea := d.must(&incident.StateHypothesis{Text: "the new build"})
	d.must(&incident.JudgeHypothesis{Hypothesis: idea.ID, State: "open", Sort: "change", Text: "8842 at 13:41"})
	d.refused(&incident.JudgeHypothesis{Hypothesis: idea.ID, State: "confirmed"}, fault.Invalid, "text")
	d.refused(&incident.JudgeHypothesis{Hypothesis: idea.ID, State: "likely", Text: "x"}, fault.Invalid, "state")
	d.refused(&incident.JudgeHypothesis{Hypothesis: idea.ID, State: "open", Sort: "smell", Text: "x"}, fault.Invalid, "sort")
	d.must(&incident.JudgeHypothesis{Hypothesis: idea.ID, State: "ruled-out", Sort: "log", Text: "first error is older"})
	h := d.state.Hypotheses[0]
	if h.State != incident.HypothesisRuledOut || len(h.Evidence) != 2 || h.Evidence[1].Sort != "log" {
		t.Errorf("ruled out: %+v", h)
	}
	d.must(&incident.JudgeHypothesis{Hypothesis: idea.ID, State: "open"})
	if d.state.Hypotheses[0].State != incident.HypothesisOpen {
		t.Error("it is not open again")
	}
	if _, err := d.try(&incident.JudgeHypothesis{Hypothesis: number(5), State: "open"}); fault.Of(err).Code != fault.NotFound {
		t.Errorf("got %v", err)
	}
}

func TestAnActionIsReadBack(t *testing.T) {
	d := declared(t)
	his := d.must(&incident.OpenAction{Text: "roll back", Owner: ben, Minutes: 5})
	d.must(&incident.OpenAction{Text: "write", Owner: ana, Minutes: 5})
	if a := d.state.Actions; a[0].ReadBack != 0 || a[1].ReadBack == 0 {
		t.Errorf("said: %+v", a)
	}
	d.pass(minute)
	d.must(&incident.ReadBackAction{Action: his.ID})
	if d.state.Actions[0].ReadBack != noon+minute {
		t.Errorf("read back: %+v", d.state.Actions[0])
	}
	if _, err := d.try(&incident.ReadBackAction{Action: his.ID}); fault.Of(err).Code != fault.Conflict {
		t.Errorf("twice: %v", err)
	}
}

func TestAnIntermission(t *testing.T) {
	d := declared(t)
	d.must(&incident.AnswerIntermission{})
	if m := d.state.Intermission; m.At != noon || m.By != ana.ID || len(m.Needs) != 0 {
		t.Errorf("%+v", m)
	}
	d.must(&incident.AnswerIntermission{Needs: []string{"hands", "how", "how"}})
	if m := d.state.Intermission; !slices.Equal(m.Needs, []string{"how", "hands"}) {
		t.Errorf("%+v", m)
	}
	d.refused(&incident.AnswerIntermission{Needs: []string{"tea"}}, fault.Invalid, "needs")
}

// A team counts as its lead, while there is one.
func TestTeams(t *testing.T) {
	d := declared(t)
	d.must(&incident.AssignRole{Role: "operations", Person: ben})
	var all []incident.Person
	for i := range 8 {
		p := incident.Person{ID: number(0x100 + uint64(i)), Name: "P" + string(rune('a'+i))}
		all = append(all, p)
		d.must(&incident.OpenAction{Text: "look", Owner: p})
	}
	if d.state.Span() != 9 || d.state.Crowded != noon {
		t.Fatalf("span %d, crowded since %d", d.state.Span(), d.state.Crowded)
	}
	d.pass(minute)
	for _, p := range all[:3] {
		d.must(&incident.JoinTeam{Person: p, Lead: ben})
	}
	if d.state.Span() != 6 || d.state.Crowded != 0 || len(d.state.Team(ben.ID)) != 3 {
		t.Errorf("span %d, crowded since %d, team %v", d.state.Span(), d.state.Crowded, d.state.Team(ben.ID))
	}
	d.refused(&incident.JoinTeam{Person: all[4], Lead: all[5]}, fault.Invalid, "lead")
	d.refused(&incident.JoinTeam{Person: all[4], Lead: all[4]}, fault.Invalid, "lead")
	d.refused(&incident.JoinTeam{Person: ana, Lead: ben}, fault.Invalid, "person")
	d.must(&incident.AssignRole{Role: "scribe", Person: all[0]})
	d.refused(&incident.JoinTeam{Person: all[4], Lead: all[0]}, fault.Invalid, "lead") // who is led does not lead
	d.must(&incident.ReleaseRole{Role: "operations"})
	if d.state.Span() != 8 {
		t.Errorf("without its lead the team reports to the commander: span %d", d.state.Span())
	}
}

// Who handed command over stays for ten minutes, unless they are named again.
func TestADeputyForTenMinutes(t *testing.T) {
	d := declared(t)
	d.must(&incident.OfferCommand{To: ben})
	d.must(&incident.AcceptCommand{})
	if h := d.state.Deputy(kit.Commander, d.now+9*minute); h.Person != ana.ID {
		t.Errorf("the deputy is %+v", h)
	}
	if h := d.state.Deputy(kit.Commander, d.now+10*minute); !h.Person.IsZero() {
		t.Errorf("after ten minutes the deputy is %+v", h)
	}
	d.must(&incident.NameDeputy{Role: kit.Commander, Person: ana})
	if h := d.state.Deputy(kit.Commander, d.now+hour); h.Person != ana.ID {
		t.Errorf("named again, the deputy is %+v", h)
	}
}

// Two cockpits that worked apart, with offers, acceptances, claims and kinds that this
// version does not know, agree on who commands once each has the other's records: one
// person, never nobody, and the term never falls on the way.
func TestTwoCockpitsAgreeOnWhoCommands(t *testing.T) {
	moved := 0
	for seed := range uint64(120) {
		recs := merged(t, seed)
		recs = append(recs, foreign(seed, recs)...)
		want := incident.Fold(recs[0].Incident, recs)
		if want.Command.Holder.IsZero() || want.Name(want.Command.Holder) == "someone" {
			t.Fatalf("seed %d: %+v commands", seed, want.Command)
		}
		if want.Command.Term > 1 {
			moved++
		}
		// The other one has ours first and gets its own late, some of them twice.
		twice := incident.NewTimeline()
		twice.Add(shuffled(seed, recs)...)
		twice.Add(shuffled(seed+1, recs)...)
		if n := len(twice.Entries()); n != len(recs) {
			t.Fatalf("seed %d: %d of %d records after duplicates", seed, n, len(recs))
		}
		if got := asJSON(t, incident.Fold(recs[0].Incident, shuffled(seed+7, recs))); got != asJSON(t, want) {
			t.Fatalf("seed %d: they differ\n got %s\nwant %s", seed, got, asJSON(t, want))
		}
		term := 0
		sorted := inOrder(recs)
		for n := range sorted {
			if sorted[n].Kind != "command.accepted" {
				continue
			}
			s := incident.Fold(recs[0].Incident, sorted[:n+1])
			if s.Command.Holder.IsZero() || s.Command.Term < term {
				t.Fatalf("seed %d: after record %d command is %+v", seed, n, s.Command)
			}
			term = s.Command.Term
		}
	}
	if moved < 20 {
		t.Errorf("command moved in %d histories only", moved)
	}
}

// foreign are records of a later version, and corrections of what is not here yet.
func foreign(seed uint64, recs []incident.Record) []incident.Record {
	r := random(seed)
	var out []incident.Record
	for i := range 6 {
		x := pick(r, recs)
		n := uint64(0x7000 + i)
		x.ID, x.Writer, x.N, x.V, x.HLC = number(n), number(3), int64(i+1), 1, x.HLC+int64(i)
		switch i % 3 {
		case 0:
			x.Kind, x.Body = "weather.seen", []byte(`{"rain":true}`)
		case 1:
			x.Kind, x.Body = "record.undone", []byte(`{"record":"`+number(0x7fff).String()+`"}`)
		case 2:
			x.Kind, x.V, x.Body = "command.accepted", 9, []byte(`{"by":["two","people"]}`)
		}
		out = append(out, x)
	}
	return out
}
