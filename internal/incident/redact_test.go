package incident_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// word stands in every text of these tests and nowhere after a redaction.
const word = "SESAME"

// A redaction takes the words and leaves what the record did.
func TestWhatARedactedRecordDidStays(t *testing.T) {
	d := declared(t)
	action := d.must(&incident.OpenAction{Text: word, Owner: ben, Minutes: 5})
	question := d.must(&incident.AskQuestion{Text: word + "?"})
	d.pass(minute)
	told, _ := d.try(&incident.SendUpdate{Audience: "customers", State: incident.Investigating, Text: word, Next: noon + hour, How: word})
	for name, r := range map[string]incident.Record{
		"declaration": d.recs[1], "update": told[0], "delivery": told[1], "action": action, "question": question,
		"severity":  d.must(&incident.SetSeverity{Severity: "SEV3", Reason: word}),
		"phase":     d.must(&incident.MovePhase{Phase: incident.PhaseVerify, Reason: word}),
		"item":      d.must(&incident.CheckItem{Item: "declare.facts", State: incident.ItemDone, Text: word}),
		"criterion": d.must(&incident.JudgeExit{Criterion: "normal", State: incident.ExitMet, Text: word}),
		"answer":    d.must(&incident.AnswerQuestion{Question: question.ID, Text: word}),
		"promise":   d.must(&incident.MovePromise{Audience: "support", Next: noon + hour, Reason: word}),
		"situation": d.must(&incident.SetSituation{Field: "goal", Text: word}),
		"result":    d.must(&incident.CloseAction{Action: action.ID, Result: word}),
		"note":      d.must(&incident.AddNote{Text: word}),
		"decision":  d.must(&incident.MakeDecision{Text: word, Basis: word, Tradeoff: word}),
	} {
		d.must(&incident.Redact{Record: r, Reason: "a " + name})
	}
	s := d.state
	if s.Declared.Ref != "INC-1" || s.Declared.Title != incident.Gone || s.Command.Holder != ana.ID {
		t.Errorf("the declaration has become %s", asJSON(t, s.Declared))
	}
	if s.Severity != "SEV3" || s.Provisional || s.Phase != incident.PhaseVerify || s.Times[incident.Mitigated].Time != noon+minute {
		t.Errorf("severity %s, phase %s, mitigated %d", s.Severity, s.Phase, s.Times[incident.Mitigated].Time)
	}
	if a := s.Audiences["customers"]; a.Told != 1 || a.Text != "" || a.State != incident.Investigating || a.Promise.Due != noon+hour {
		t.Errorf("customers: %s", asJSON(t, a))
	}
	if p := s.Audiences["support"].Promise.Due; p != noon+hour {
		t.Errorf("support hears at %d", p)
	}
	if len(s.OpenActions()) != 0 || len(s.Actions) != 1 || s.Actions[0].Owner != ben.ID || len(s.OpenQuestions()) != 0 {
		t.Errorf("actions %s, questions %s", asJSON(t, s.Actions), asJSON(t, s.Questions))
	}
	if s.Checks["declare.facts"].State != incident.ItemDone || s.Exits["normal"].State != incident.ExitMet {
		t.Errorf("checks %s, exits %s", asJSON(t, s.Checks), asJSON(t, s.Exits))
	}
	if text := asJSON(t, s); strings.Contains(text, word) {
		t.Errorf("the state still holds it: %s", text)
	}
	for _, r := range d.recs {
		if r.Kind == "record.redacted" && strings.Contains(string(r.Body), word) {
			t.Errorf("the redaction repeats it: %s", r.Body)
		}
	}
}

func TestTheTimeOfARedactedRecordStays(t *testing.T) {
	for _, tt := range []struct {
		name   string
		before *incident.Amend
		at     int64
		after  *int64
		want   int64
	}{
		{"as written", nil, 0, nil, noon},
		{"as corrected with its words", &incident.Amend{Text: ptr(word), Time: ptr(noon - minute)}, noon - minute, nil, noon - minute},
		{"corrected again afterwards", &incident.Amend{Text: ptr(word), Time: ptr(noon - minute)}, noon - minute, ptr(noon - hour), noon - hour},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := declared(t)
			action := d.must(&incident.OpenAction{Text: word, Owner: ben, Minutes: 5})
			if tt.before != nil {
				tt.before.Record = action
				fix := d.must(tt.before)
				defer func() { _ = fix }()
			}
			d.must(&incident.Redact{Record: action, At: tt.at, Reason: "a secret"})
			for i := range d.recs { // as a store drops them
				if r := &d.recs[i]; r.ID == action.ID || r.Kind == "record.amended" {
					r.Salt, r.Body = nil, nil
				}
			}
			if tt.after != nil {
				d.must(&incident.Amend{Record: action, Time: tt.after})
			}
			s := incident.Fold(d.id, d.recs)
			if got := s.Actions[0].At; got != tt.want || s.Actions[0].Text != "" {
				t.Errorf("%s, want it at %d", asJSON(t, s.Actions[0]), tt.want)
			}
			if ok, _, why := incident.Verify(d.recs); !ok {
				t.Error(why)
			}
		})
	}
}

func TestWhatCannotBeRedacted(t *testing.T) {
	d := declared(t)
	note := d.must(&incident.AddNote{Text: word})
	role := d.must(&incident.AssignRole{Role: "scribe", Person: ben})
	d.refused(&incident.Redact{Record: note}, fault.Invalid, "reason")
	d.refused(&incident.Redact{Record: role, Reason: "x"}, fault.Invalid, "record")
	red := d.must(&incident.Redact{Record: note, Reason: "x"})
	d.refused(&incident.Redact{Record: red, Reason: "x"}, fault.Invalid, "record")
	note.Body, note.Salt = nil, nil
	d.refused(&incident.Redact{Record: note, Reason: "x"}, fault.Conflict, "")
}

// What is taken back and done again is the last act, whoever else writes meanwhile.
func TestTheLastActAndTheLastUndo(t *testing.T) {
	d := declared(t)
	tl := incident.NewTimeline()
	seen := 0
	last := func() (act, undo incident.ID) {
		tl.Add(d.recs[seen:]...)
		seen = len(d.recs)
		if e := tl.LastAct(ana.ID); e != nil {
			act = e.ID
		}
		if e := tl.LastUndo(ana.ID); e != nil {
			undo = e.ID
		}
		return act, undo
	}
	check := func(what string, act, undo incident.ID) {
		t.Helper()
		if a, u := last(); a != act || u != undo {
			t.Errorf("%s: the last act is %s, want %s; the last undo is %s, want %s", what, a, act, u, undo)
		}
	}
	none := incident.ID{}
	check("declared", none, none)
	one := d.must(&incident.AddNote{Text: "one"})
	two := d.must(&incident.SetSituation{Field: "goal", Text: "two"})
	d.actor = ben
	d.must(&incident.AddNote{Text: "Ben's"})
	d.actor = ana
	check("two acts", two.ID, none)
	u2 := d.must(&incident.Undo{Record: two})
	check("one undone", one.ID, u2.ID)
	u1 := d.must(&incident.Undo{Record: one})
	check("both undone", none, u1.ID)
	d.must(&incident.Undo{Record: u1})
	check("one done again", one.ID, u2.ID)
	d.must(&incident.Undo{Record: u2})
	check("both done again", two.ID, none)
	d.must(&incident.Undo{Record: two})
	three := d.must(&incident.AddNote{Text: "three"})
	check("something else since", three.ID, none)
}

// An act that wrote several records is taken back whole, and done again whole.
func TestAnActIsTakenBackWhole(t *testing.T) {
	d := declared(t)
	d.pass(hour)
	recs, err := d.try(&incident.MovePhase{Phase: incident.PhaseResolved, Reason: "enough"})
	if err != nil || len(recs) != 3 {
		t.Fatalf("%d records %v", len(recs), err)
	}
	move := recs[2]
	tl := incident.NewTimeline()
	tl.Add(d.recs...)
	d.pass(minute)
	d.must(&incident.Undo{Record: move, With: tl.Act(move.ID)})
	if d.state.Phase != incident.PhaseDeclare || len(d.state.Exits) != 0 || d.state.Times[incident.ResolvedAt].Time != 0 {
		t.Errorf("phase %s, exits %s", d.state.Phase, asJSON(t, d.state.Exits))
	}
	tl.Add(d.recs...)
	undo := tl.LastUndo(ana.ID)
	d.must(&incident.Undo{Record: undo.Record, With: tl.Act(undo.ID)})
	if d.state.Phase != incident.PhaseResolved || len(d.state.Exits) != 2 {
		t.Errorf("done again: phase %s, exits %s", d.state.Phase, asJSON(t, d.state.Exits))
	}
}

// A record's time cannot be corrected to where its milestone would be out of order.
func TestAnAmendedTimeKeepsTheMilestonesInOrder(t *testing.T) {
	d := empty(t)
	d.must(&incident.Declare{Declared: incident.Declared{Ref: "INC-1", Title: "x"}})
	declaration := d.recs[1]
	d.pass(hour)
	d.must(&incident.SetSeverity{Severity: "SEV1"})
	d.pass(hour)
	verify := d.must(&incident.MovePhase{Phase: incident.PhaseVerify})
	d.must(&incident.SetMilestone{Milestone: incident.Started, Time: noon - hour})
	for _, tt := range []struct {
		name string
		r    incident.Record
		at   int64
		ok   bool
	}{
		{"mitigated before it was assessed", verify, noon, false},
		{"mitigated when it was assessed", verify, noon + hour, true},
		{"declared before it began", declaration, noon - 2*hour, false},
		{"declared after it was assessed", declaration, noon + hour + minute, false},
		{"declared and taken on earlier", declaration, noon - minute, true},
	} {
		cmd := &incident.Amend{Record: tt.r, Time: &tt.at}
		_, err := d.try(cmd)
		if tt.ok != (err == nil) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if !tt.ok && err != nil {
			refusal(t, err, fault.Invalid, "at")
		}
	}
	if got := d.state.Times[incident.Mitigated].Time; got != noon+hour {
		t.Errorf("mitigated at %d", got)
	}
}
