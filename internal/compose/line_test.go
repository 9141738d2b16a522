package compose_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
)

// Each step is given at noon plus its place in minutes, so times show where it stands.
func TestLine(t *testing.T) {
	d := declared(t, nil)
	declaration := d.recs[1]
	opened := d.do(&incident.OpenAction{Text: "Roll back 8842 in EU", Owner: ben, Minutes: 90})
	asked := d.do(&incident.AskQuestion{Text: "Are refunds affected?", Approx: true})
	d.pass(minute)
	promised := d.do(&incident.SendUpdate{Audience: "customers", State: incident.Identified, Text: "Card payments fail.", Next: d.now + 30*minute, How: "copied"})
	for _, c := range []struct {
		rec  incident.Record
		mark string
		text string
	}{
		{declaration, "phase", "Declared provisional SEV2: Checkout fails for EU customers"},
		{d.recs[2], "system", "Ana takes command"},
		{opened, "action", "Ben: Roll back 8842 in EU (1 h 30 min)"},
		{asked, "question", "Are refunds affected?"},
		{d.recs[len(d.recs)-2], "update", "Update to Customers (identified): Card payments fail; next 12:31Z"},
		{promised, "update", "Update to Customers delivered by hand (copied)"},
		{d.do(&incident.AddNote{Text: "504s from 13:44\nin EU only"}), "note", "504s from 13:44\nin EU only"},
		{d.do(&incident.MakeDecision{Text: "Roll back", Basis: "errors", Tradeoff: "loses the tax rule"}), "decision", "Roll back"},
		{d.do(&incident.StateHypothesis{Text: "It is the gateway"}), "hypothesis", "It is the gateway"},
		{d.do(&incident.AddFollowUp{Text: "Alert on the share of failed payments"}), "followup", "Alert on the share of failed payments"},
		{d.do(&incident.ExtendAction{Action: opened.ID, Minutes: 5}), "action", "Another 5 min: Roll back 8842 in EU"},
		{d.do(&incident.ExtendAction{Action: opened.ID}), "action", "No time box any more: Roll back 8842 in EU"},
		{d.do(&incident.CloseAction{Action: opened.ID, Result: "errors at 0.3 %"}), "action", "Done: Roll back 8842 in EU – errors at 0.3 %"},
		{d.do(&incident.AnswerQuestion{Question: asked.ID, Text: "No"}), "question", "Answer to “Are refunds affected?”: No"},
		{d.do(&incident.SetSituation{Field: "impact", Text: "EU card payments fail"}), "note", "Impact: EU card payments fail"},
		{d.do(&incident.SetSituation{Field: "cause", Text: "Build 8842"}), "note", "Believed cause: Build 8842"},
		{d.do(&incident.SetSituation{Field: "cause"}), "note", "Believed cause taken back"},
		{d.do(&incident.SetSeverity{Severity: "SEV1", Reason: "growing"}), "phase", "Severity SEV2 → SEV1 – growing"},
		{d.do(&incident.MovePhase{Phase: incident.PhaseMitigate}), "phase", "Phase Mitigate"},
		{d.do(&incident.MovePhase{Phase: incident.PhaseInvestigate, Reason: "it came back"}), "phase", "Phase Investigate – it came back"},
		{d.do(&incident.SetMilestone{Milestone: incident.Started, Time: noon - hour, Approx: true}), "phase", "Started at about 11:00Z"},
		{d.do(&incident.AssignRole{Role: "operations", Person: ben}), "system", "Ben is Ops lead"},
		{d.do(&incident.ReleaseRole{Role: "operations"}), "system", "Ops lead is held by nobody"},
		{d.do(&incident.CheckItem{Item: "mitigate.one", State: incident.ItemDone, Text: "Ben"}), "check", "✓ One change at a time, one pair of hands: Ben"},
		{d.do(&incident.CheckItem{Item: "mitigate.undo", State: incident.ItemSkipped, Text: "n.a."}), "check", "Skipped: How to undo this change, and how long that takes – n.a."},
		{d.do(&incident.CheckItem{Item: "mitigate.one", State: incident.ItemOpen}), "check", "Open again: One change at a time, one pair of hands"},
		{d.do(&incident.JudgeExit{Criterion: "backlog", State: incident.ExitMet, Text: "0 at 16:58"}), "check", "✓ Backlog empty: 0 at 16:58"},
		{d.do(&incident.JudgeExit{Criterion: "data", State: incident.ExitWaived, Text: "read-only"}), "check", "Waived: Data checked by a named person – read-only"},
		{d.do(&incident.MovePromise{Audience: "support", Next: noon + 13*hour, Reason: "still working"}), "update", "Support: next update promised for 2026-03-03 01:00Z – still working"},
		{d.do(&incident.Snooze{Deadline: "promise/" + d.state.ID.String() + "/customers/1", Minutes: 5}), "system", "Silenced until 12:06Z: the update to Customers"},
		{d.do(&incident.ExplainSnooze{Deadline: "promise/" + d.state.ID.String() + "/customers/1", Text: "writing it"}), "system", "Silenced because: writing it"},
		{d.do(&incident.PlanRetro{Owner: dee, Time: noon + 72*hour}), "system", "Retrospective on 2026-03-05 12:00Z; Dee sees to it"},
		{d.do(&incident.NoteStep{By: -1_200_000}), "system", "The clock jumped back by 20 min"},
		{d.do(&incident.AssignRole{Role: "commander", Person: ben}), "system", "Ben takes command (term 2, by voice; Ana vouches)"},
		{d.append(d.now, &incident.RecordRedacted{Record: number(98), Reason: "a password"}), "system", "The words of an entry were removed: a password"},
		{d.append(d.now, &incident.Unknown{Name: "x.y", V: 1, Raw: []byte(`{}`)}), "system", `A record of the kind "x.y" that this version cannot read`},
		{d.append(d.now, &incident.DeadlineSnoozed{Deadline: "gone", Until: d.now}), "system", "Silenced until 12:01Z: a deadline"},
		{d.append(d.now, &incident.RoleAssigned{Role: "mascot", Person: number(99)}), "system", "someone is mascot"},
	} {
		got := d.line(c.rec)
		if got.Mark != c.mark || got.Text != c.text {
			t.Errorf("%s: %s %q, want %s %q", c.rec.Kind, got.Mark, got.Text, c.mark, c.text)
		}
	}
	if l := d.line(asked); !l.Approx {
		t.Error("a guessed time is not marked")
	}
	done := d.do(&incident.AddNote{Text: "later"})
	d.append(d.now, &incident.RecordRedacted{Record: opened.ID, Reason: "a password"})
	if l := d.line(opened); l.Text != "(redacted: a password)" || l.Mark != "action" {
		t.Errorf("a redacted action says %+v", l)
	}
	for _, r := range d.recs {
		if l := d.line(r); r.ID != done.ID && strings.Contains(l.Text, "Roll back 8842") {
			t.Errorf("%s still has the words that were removed: %q", r.Kind, l.Text)
		}
	}
}

func TestDecisionKeepsItsParts(t *testing.T) {
	d := declared(t, nil)
	l := d.line(d.do(&incident.MakeDecision{Text: "Roll back", Basis: "errors", Tradeoff: "the tax rule"}))
	if l.Text != "Roll back" || l.Basis != "errors" || l.Tradeoff != "the tax rule" {
		t.Errorf("%+v", l)
	}
}

// A page edits a row by offering its text and sending it back as the record's words.
func TestEditableTextIsTheWords(t *testing.T) {
	d := declared(t, nil)
	for _, cmd := range []incident.Command{
		&incident.AddNote{Text: "a"}, &incident.MakeDecision{Text: "b", Basis: "c"}, &incident.AskQuestion{Text: "d?"},
		&incident.StateHypothesis{Text: "e"}, &incident.AddFollowUp{Text: "f"}, &incident.OpenAction{Text: "g", Owner: ben, Minutes: 5},
		&incident.SetSituation{Field: "goal", Text: "h"}, &incident.SetSeverity{Severity: "SEV1", Reason: "i"},
	} {
		r := d.do(cmd)
		before := d.line(r)
		if !before.Editable {
			continue
		}
		text := before.Text
		d.do(&incident.Amend{Record: r, Text: &text})
		if after := d.line(r); after.Text != before.Text {
			t.Errorf("%T: correcting %q with itself made %q", cmd, before.Text, after.Text)
		}
	}
	note := d.do(&incident.AddNote{Text: "x"})
	if !d.line(note).Editable {
		t.Error("a note cannot be edited")
	}
	d.do(&incident.Undo{Record: note})
	if d.line(note).Editable || d.line(note).Text != "x" {
		t.Error("what was taken back keeps its words and is not edited")
	}
	d.append(d.now, &incident.RecordRedacted{Record: note.ID, Reason: "r"})
	if l := d.line(note); l.Editable || l.Text != "(redacted: r)" || l.Mark != "note" {
		t.Errorf("redacted: %+v", l)
	}
}

// Every kind has words, even when its body is empty and names nothing that exists.
func TestEveryKindHasWords(t *testing.T) {
	for _, kind := range incident.Kinds() {
		for _, body := range []string{`{}`, `{"record":"00000000-0000-0000-0000-000000000001"}`, `null`, `[]`, `{"term":9,"by":7}`} {
			r := incident.Record{Kind: kind, V: 1, Body: []byte(body)}
			l := compose.Line(&incident.Entry{Record: r, Event: r.Event()}, incident.NewState(incident.ID{}), declared(t, nil).kit)
			own := kind == "note.added" || kind == "decision.made" || kind == "question.asked" || kind == "hypothesis.stated" || kind == "followup.added"
			if l.Mark == "" || l.Text == "" && !own {
				t.Errorf("%s %s: %+v", kind, body, l)
			}
			if body == `{}` && strings.Contains(l.Text, "cannot read") {
				t.Errorf("%s has no words of its own: %q", kind, l.Text)
			}
			if strings.Contains(l.Text, "%!") {
				t.Errorf("%s: %q", kind, l.Text)
			}
		}
	}
}

func TestSilent(t *testing.T) {
	row := incident.ID{15: 1}
	for want, events := range map[bool][]incident.Event{
		true: {&incident.PersonNamed{}, &incident.RecordAmended{}, &incident.RecordUndone{}, &incident.CommandOffered{Given: true}, &incident.PostRequested{}, &incident.SectionWritten{}, &incident.FactorNamed{}, &incident.MomentMarked{},
			&incident.DeliveryConfirmed{Route: incident.RouteHand, How: "copied"}, &incident.DeliveryConfirmed{Route: "chat", Delivery: row}, &incident.DeliveryDropped{Delivery: row}},
		false: {&incident.NoteAdded{}, &incident.UpdateRequested{}, &incident.RecordRedacted{}, &incident.ClockStepped{}, &incident.Declared{}, &incident.RouteSwitched{},
			&incident.DeliveryConfirmed{Route: "chat", Delivery: row, Audience: "support"}, &incident.DeliveryConfirmed{Route: "chat", Delivery: row, How: "#inc-1"},
			&incident.DeliveryRefused{Delivery: row}, &incident.DeliveryOnHold{Delivery: row}, &incident.DeliveryDropped{Delivery: row, Audience: "support"}, &incident.MessageMarked{}},
	} {
		for _, v := range events {
			if compose.Silent(&incident.Entry{Record: incident.Record{Kind: v.Kind()}, Event: v}) != want {
				t.Errorf("%T is silent: %v", v, !want)
			}
		}
	}
}
