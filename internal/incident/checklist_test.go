package incident_test

import (
	"slices"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// item is the one item of a list, as it stands.
func (d *desk) item(proof string) incident.Item {
	d.t.Helper()
	items := d.state.Items(d.kit, &kit.Checklist{Items: []kit.Item{{ID: "declare.facts", Proof: proof}}})
	if len(items) != 1 {
		d.t.Fatalf("%d items", len(items))
	}
	return items[0]
}

// What the record proves ticks itself, with the value that proves it, and loses its
// tick when the record does not prove it any more.
func TestProofs(t *testing.T) {
	told := func(audience string, state incident.PublicState, next int64) incident.Command {
		return &incident.SendUpdate{Audience: audience, State: state, Text: "x", Next: next}
	}
	role := func(name string, who incident.Person) incident.Command {
		return &incident.AssignRole{Role: name, Person: who}
	}
	end := &incident.MovePhase{Phase: "resolved", Reason: "false alarm"}
	next := noon + 30*minute
	tests := []struct {
		name  string
		proof string
		given []incident.Command
		done  bool
		value string
	}{
		{"title", "title", nil, true, "checkout fails"},
		{"commander", "commander", nil, true, "Ana"},
		{"type", "type", nil, true, "service"},
		{"severity", "severity", nil, true, "SEV2"},
		{"severity judged again", "reassess", []incident.Command{&incident.SetSeverity{Severity: "SEV1"}}, true, "SEV1"},
		{"nothing answered", "answer:users", nil, false, ""},
		{"answered", "answer:users", []incident.Command{assessed("SEV1", 2, "worse")}, true, "some"},
		{"answered that nobody knows", "answer:users", []incident.Command{assessed("SEV1", incident.NotKnown, "")}, true, "not known, counts as worse"},
		{"a question that the kit does not have", "answer:ghosts", []incident.Command{assessed("SEV1", 2, "worse")}, false, ""},
		{"no trend", "trend", []incident.Command{assessed("SEV1", 2, "")}, false, ""},
		{"a trend", "trend", []incident.Command{assessed("SEV1", 2, "worse")}, true, "worse"},
		{"nobody told", "first-notice:support", nil, false, ""},
		{"told", "first-notice:support", []incident.Command{told("support", "investigating", next)}, true, ""},
		{"one of two told", "first-notice:support,customers", []incident.Command{told("support", "investigating", next)}, false, ""},
		{"both told", "first-notice:support,customers", []incident.Command{told("support", "investigating", next), told("customers", "investigating", next)}, true, ""},
		{"nobody named", "first-notice", []incident.Command{told("support", "investigating", next)}, false, ""},
		{"a promise to somebody who was not told", "first-notice:support", []incident.Command{&incident.MovePromise{Audience: "support", Next: next}}, false, ""},
		{"no next times", "next-times", nil, false, ""},
		{"a next time", "next-times", []incident.Command{told("support", "investigating", next)}, true, ""},
		{"one told without a next time", "next-times", []incident.Command{told("support", "investigating", next), told("customers", "investigating", 0)}, false, ""},
		{"no role", "role:operations", nil, false, ""},
		{"a role", "role:operations", []incident.Command{role("operations", ben)}, true, "Ben"},
		{"a role released", "role:operations", []incident.Command{role("operations", ben), &incident.ReleaseRole{Role: "operations"}}, false, ""},
		{"the commander's role", "role:commander", nil, true, "Ana"},
		{"no role named", "role", nil, false, ""},
		{"span", "span", nil, true, ""},
		{"no decision", "decision", nil, false, ""},
		{"a decision on nothing", "decision", []incident.Command{&incident.MakeDecision{Text: "go"}}, false, ""},
		{"a decision", "decision", []incident.Command{&incident.MakeDecision{Text: "go", Basis: "5xx"}}, true, ""},
		{"a decision of an earlier phase", "decision", []incident.Command{&incident.MakeDecision{Text: "go", Basis: "5xx"}, &incident.MovePhase{Phase: "mitigate"}}, false, ""},
		{"criteria open", "exit", []incident.Command{&incident.JudgeExit{Criterion: "path", State: "met"}}, false, ""},
		{"criteria met or waived", "exit", []incident.Command{&incident.JudgeExit{Criterion: "path", State: "met"}, &incident.JudgeExit{Criterion: "normal", State: "waived", Text: "x"}}, true, ""},
		{"a last word is owed", "last-notice", []incident.Command{told("support", "investigating", next), end}, false, ""},
		{"the last word", "last-notice", []incident.Command{told("support", "investigating", next), end, told("support", "resolved", 0)}, true, ""},
		{"no retrospective", "retro", nil, false, ""},
		{"a retrospective", "retro", []incident.Command{&incident.PlanRetro{Owner: ben, Time: noon + day}}, true, "Ben"},
		{"no follow-up", "follow-up", nil, false, ""},
		{"a follow-up", "follow-up", []incident.Command{&incident.AddFollowUp{Text: "alert"}}, true, ""},
		{"not handed over", "accepted", nil, false, "Ana"},
		{"handed over", "accepted", []incident.Command{role(kit.Commander, ben)}, true, "Ben"},
		{"a proof of a later kit", "weather:rain", nil, false, ""},
		{"no proof", "", nil, false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := declared(t)
			for _, cmd := range tt.given {
				d.pass(second)
				d.must(cmd)
			}
			it := d.item(tt.proof)
			if (it.State == incident.ItemDone) != tt.done || it.Self != tt.done || tt.done && it.Text != tt.value {
				t.Errorf("it is %s %q, by itself: %v", it.State, it.Text, it.Self)
			}
		})
	}
}

// Every proof that a kit may name is one that the record can give.
func TestEveryProofCanBeGiven(t *testing.T) {
	d := declared(t)
	for _, cmd := range []incident.Command{
		&incident.AssignRole{Role: "operations", Person: ben}, &incident.AddFollowUp{Text: "x"}, &incident.PlanRetro{Owner: ben, Time: noon + day},
		&incident.SendUpdate{Audience: "support", State: "investigating", Text: "x", Next: noon + hour},
		&incident.AssignRole{Role: kit.Commander, Person: dee}, &incident.MakeDecision{Text: "x", Basis: "y"},
		&incident.JudgeExit{Criterion: "path", State: "met"}, &incident.JudgeExit{Criterion: "normal", State: "met", Text: "the graph"},
		assessed("SEV2", 3, "same"),
	} {
		d.must(cmd)
	}
	for _, p := range kit.Proofs {
		switch p {
		case "role":
			p += ":operations"
		case "first-notice":
			p += ":support"
		case "answer":
			p += ":users"
		case "last-notice":
			continue // the opposite of a notice that promised another one
		}
		if !d.item(p).Self {
			t.Errorf("%s is not proven", p)
		}
	}
}

// A person's word stands beside the proof: a skip wins, a tick stays.
func TestAPersonsWordOnAnItem(t *testing.T) {
	word := func(state, text string) incident.Command {
		return &incident.CheckItem{Item: "declare.facts", State: state, Text: text}
	}
	tests := []struct {
		name  string
		proof string
		given []incident.Command
		state string
		text  string
		self  bool
	}{
		{"nothing said", "", nil, "open", "", false},
		{"done", "", []incident.Command{word("done", "5xx")}, "done", "5xx", false},
		{"done and opened again", "", []incident.Command{word("done", "5xx"), word("open", "")}, "open", "", false},
		{"skipped though proven", "title", []incident.Command{word("skipped", "n.a.")}, "skipped", "n.a.", false},
		{"done before it is proven", "follow-up", []incident.Command{word("done", "on paper")}, "done", "on paper", false},
		{"done and proven", "title", []incident.Command{word("done", "it does")}, "done", "it does", false},
		{"opened though proven", "title", []incident.Command{word("open", "")}, "done", "checkout fails", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := declared(t)
			for _, cmd := range tt.given {
				d.must(cmd)
			}
			if it := d.item(tt.proof); it.State != tt.state || it.Text != tt.text || it.Self != tt.self {
				t.Errorf("it is %s %q, by itself: %v", it.State, it.Text, it.Self)
			}
		})
	}
	if items := declared(t).state.Items(process(), nil); items != nil {
		t.Error("a list that is not there has items")
	}
}

func TestSpan(t *testing.T) {
	d := declared(t)
	if d.state.Span() != 0 {
		t.Errorf("span %d", d.state.Span())
	}
	d.must(&incident.AssignRole{Role: "operations", Person: ben})
	d.must(&incident.AssignRole{Role: "scribe", Person: ben}) // one person with two roles
	d.must(&incident.OpenAction{Text: "x", Owner: ana})       // the commander
	act := d.must(&incident.OpenAction{Text: "x", Owner: dee})
	if d.state.Span() != 2 {
		t.Errorf("span %d, want Ben and Dee", d.state.Span())
	}
	d.must(&incident.CloseAction{Action: act.ID})
	if d.state.Span() != 1 {
		t.Errorf("span %d, want Ben", d.state.Span())
	}
	for i := range uint64(incident.MaxSpan) {
		d.must(&incident.OpenAction{Text: "x", Owner: incident.Person{ID: number(500 + i), Name: string(rune('k' + i))}})
	}
	if d.state.Span() != incident.MaxSpan+1 || d.item("span").State != "open" {
		t.Errorf("span %d", d.state.Span())
	}
}

// A list that a person has begun stays until it is finished or left with a word; what
// must not be missed is not left with the rest.
func TestInterruptedLists(t *testing.T) {
	d := declared(t)
	d.kit.Checklists = []kit.Checklist{
		{ID: "declare", Name: "Declare", Phase: "declare", Items: []kit.Item{{ID: "declare.title", Proof: "title"}, {ID: "declare.link"}}},
		{ID: "assess", Name: "Assess", Phase: "assess", Items: []kit.Item{{ID: "assess.who", Killer: true}, {ID: "assess.since"}, {ID: "assess.trend"}}},
		{ID: "staff", Name: "Staff", Phase: "staff", Items: []kit.Item{{ID: "staff.deputy"}}},
	}
	left := func(want ...string) {
		t.Helper()
		var got []string
		for _, l := range d.state.Interrupted(d.kit) {
			got = append(got, l.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("interrupted are %q, not %q", got, want)
		}
	}
	check := func(item, state, text string) incident.Command {
		return &incident.CheckItem{Item: item, State: state, Text: text}
	}
	d.must(&incident.MovePhase{Phase: "assess"})
	left() // nobody has begun the first
	d.must(check("assess.since", incident.ItemDone, "13:40"))
	left() // it is the phase's own
	d.must(&incident.MovePhase{Phase: "mitigate"})
	left("assess")
	d.must(&incident.MovePhase{Phase: "declare", Reason: "more came up"})
	left()
	d.must(&incident.MovePhase{Phase: "verify"})
	left("assess")
	d.refused(&incident.LeaveList{List: "assess"}, fault.Invalid, "reason")
	d.refused(&incident.LeaveList{List: "assess", Reason: "over taken by events"}, fault.Invalid, "reason")
	d.refused(&incident.LeaveList{List: "ghosts", Reason: "x"}, fault.NotFound, "")
	d.must(check("assess.who", incident.ItemSkipped, "known"))
	d.must(&incident.LeaveList{List: "assess", Reason: "overtaken by events"})
	left()
	items := d.state.Items(d.kit, d.kit.Checklist("assess"))
	if items[0].Text != "known" || items[2].State != incident.ItemSkipped || items[2].Text != "overtaken by events" || items[1].State != incident.ItemDone {
		t.Errorf("%+v", items)
	}
	d.refused(&incident.LeaveList{List: "assess", Reason: "x"}, fault.Conflict, "")
}
