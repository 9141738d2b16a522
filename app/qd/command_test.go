package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDeclareTakesEverything(t *testing.T) {
	sh := named(t)
	v := ask[incidentView](sh, "declare", "--title", "Checkout fails", "--severity", "1", "--summary", "Cards are refused", "--environment", "production",
		"--environment", "staging", "--region", "eu-1", "--service", "checkout, and pay", "--source", "user", "--reporter", "a shop", "--thread", "https://example.org/t",
		"--video", "https://example.org/v", "--started-at", "2026-11-20T09:50:00+02:00", "--detected-at", "2026-11-20T08:00:00Z", "--declared-at", "2026-11-20T08:10:00.5Z",
		"--commander", "Ben", "--responder", "ana", "--invite", "dee", "--invite", "eve", "--impact", "Nobody can pay", "--security", "--backfill")
	sh.same(v.Details, detailView{"Cards are refused", "user", "a shop", "https://example.org/t", "https://example.org/v",
		[]string{"production", "staging"}, []string{"eu-1"}, []string{"checkout, and pay"}, []string{"dee", "eve"}}, "details")
	sh.same([]any{v.Ref, v.Title, v.Severity, v.Provisional, v.Phase, v.Drill, v.Commander, v.Impact, v.Type, v.Security, v.Backfill, v.URL},
		[]any{"INC-1", "Checkout fails", "SEV1", false, "declare", false, "Ben", "Nobody can pay", "security", true, true, ""}, "what was declared")
	sh.same([]string{*v.Milestones["started"], *v.Milestones["detected"], *v.Milestones["declared"]},
		[]string{"2026-11-20T07:50:00Z", "2026-11-20T08:00:00Z", "2026-11-20T08:10:00.500Z"}, "times")
	if len(v.Promises) != 0 || v.Ringing != nil {
		t.Errorf("of an incident entered afterwards nothing is due: %+v", v.Promises)
	}
	sh.same(v.Roles[1].Holder, "ana", "who leads the repair")
	people := map[string]bool{}
	for _, r := range ask[[]recordView](sh, "timeline") {
		if r.Kind == "person.named" && people[r.Text] {
			t.Errorf("%s is two people", r.Text)
		}
		people[r.Text] = true
	}
	if second := ask[incidentView](sh, "declare", "--title", "Another"); second.Ref != "INC-2" || !second.Provisional || second.Commander != "ana" || len(second.Promises) == 0 {
		t.Errorf("an incident with a title alone: %+v", second)
	}
}

func TestAReferenceMayBeLeftOutWhileOneIsOpen(t *testing.T) {
	sh := opened(t)
	id := ask[incidentView](sh, "show", "inc-1").ID
	for _, ref := range [][]string{nil, {"INC-1"}, {id}, {strings.ToUpper(id)}} {
		sh.same(ask[incidentView](sh, append([]string{"show"}, ref...)...).ID, id, "show")
	}
	sh.qd("declare", "--title", "Another")
	if f := sh.refuses(failed, "note", "which?"); f.Field != "incident" || !strings.Contains(f.Hint, "INC-1") || !strings.Contains(f.Hint, "INC-2") {
		t.Errorf("%+v", f)
	}
	sh.qd("severity", "INC-2", "4", "--reason", "nobody is hindered")
	sh.qd("phase", "INC-2", "closed", "--reason", "declared by mistake")
	sh.qd("note", "this one")
	sh.same(sh.texts("note.added", id), []string{"this one"}, "notes")
	rows := ask[[]rowView](sh, "list")
	sh.same([]any{len(rows), rows[0].Ref, rows[0].Open, rows[1].Ref, rows[1].Open, rows[1].Phase}, []any{2, "INC-1", true, "INC-2", false, "closed"}, "list")
	sh.same(len(ask[[]rowView](sh, "list", "--open")), 1, "open ones")
}

func TestEveryKindOfNote(t *testing.T) {
	sh := opened(t)
	at := "2026-11-20T08:58:30Z"
	for kind, want := range map[string]string{"note": "note.added", "decision": "decision.made", "action": "action.opened", "question": "question.asked", "hypothesis": "hypothesis.stated", "followup": "followup.added"} {
		args := []string{"note", "--kind", kind, "--as", "dee", "--at", at, "the " + kind}
		switch kind {
		case "action":
			args = append(args, "--owner", "dee", "--minutes", "5")
		case "decision":
			args = append(args, "--basis", "the graph", "--tradeoff", "slower")
		}
		w := ask[written](sh, args...)
		if w.Kind != want || w.Actor != "dee" || w.At != at || w.RecordedAt != "2026-11-20T09:00:00Z" || !strings.Contains(w.Text, "the "+kind) || w.Ref != "INC-1" {
			t.Errorf("%s: %+v", kind, w)
		}
		if kind == "decision" && (w.Basis != "the graph" || w.Tradeoff != "slower") {
			t.Errorf("a decision without its grounds: %+v", w)
		}
	}
	v := ask[incidentView](sh, "show")
	sh.same([]any{len(v.Actions), v.Actions[0].Owner, *v.Actions[0].Due, len(v.Questions), v.FollowUps}, []any{1, "dee", "2026-11-20T09:03:30Z", 1, 1}, "what is open")
	people := slices.DeleteFunc(ask[[]recordView](sh, "timeline"), func(r recordView) bool { return r.Kind != "person.named" })
	sh.same(len(people), 2, "people: whoever names themselves as owner is one person")

	sh.qd("answer", v.Questions[0].ID, "since nine")
	sh.qd("action", handle(v.Actions[0].ID), "extend", "--minutes", "20")
	sh.same(*ask[incidentView](sh, "show").Actions[0].Due, "2026-11-20T09:20:00Z", "due")
	sh.qd("action", v.Actions[0].ID, "done", "--result", "it helped")
	if f := sh.refuses(failed, "action", v.Actions[0].ID, "drop"); f.Code != "conflict" {
		t.Errorf("an action ends once: %+v", f)
	}
	v = ask[incidentView](sh, "show")
	sh.same([]int{len(v.Actions), len(v.Questions)}, []int{0, 0}, "what is open")
}

func TestTheLogLine(t *testing.T) {
	sh := opened(t)
	for _, line := range []string{"just text", "!roll back because it began with 4.2 but prices are lost", "@\"dee lee\" check the replica 5m", "?since when", "+test the failover", `\!literally`,
		"-10m first alert", "08:58 a call", "~08:30 first complaint", "/impact Nobody can pay", "/sev 1", "/role scribe dee lee", "/phase mitigate"} {
		sh.qd("log", "--", line)
	}
	v := ask[incidentView](sh, "show")
	sh.same([]any{v.Impact, v.Severity, v.Phase, v.Roles[1].Holder, v.Actions[0].Owner}, []any{"Nobody can pay", "SEV1", "mitigate", "dee lee", "dee lee"}, "state")
	sh.same(sh.texts("note.added"), []string{"first complaint", "first alert", "a call", "just text", "!literally"}, "notes, by at")
	if f := sh.refuses(failed, "log", "/lunch"); f.Code != "invalid" {
		t.Errorf("%+v", f)
	}
	zone := time.FixedZone("", 2*3600)
	sh.clock.SetZone(zone)
	sh.qd("config", "set", "local", "true")
	sh.same(ask[written](sh, "log", "10:59 in the machine's zone").At, "2026-11-20T08:59:00Z", "a clock time typed locally")
}

func TestCorrecting(t *testing.T) {
	sh := opened(t)
	w := ask[written](sh, "note", "the first replica")
	sh.clock.Advance(time.Minute)
	fixed := ask[written](sh, "amend", w.ID, "--text", "the second replica", "--at", "2026-11-20T08:59:00Z")
	sh.same([]any{fixed.ID, fixed.Text, fixed.At, fixed.Amended, fixed.Records[0].Kind}, []any{w.ID, "the second replica", "2026-11-20T08:59:00Z", true, "record.amended"}, "the record as corrected")
	sh.same(sh.texts("note.added"), []string{"the second replica"}, "notes")
	if f := sh.refuses(failed, "amend", w.ID); f.Code != "invalid" {
		t.Errorf("%+v", f)
	}
	sev := ask[written](sh, "severity", "1")
	sh.same(ask[incidentView](sh, "show").Severity, "SEV1", "severity")
	sh.has(sh.qd("undo", handle(sev.ID)), "taken back")
	sh.same(ask[incidentView](sh, "show").Severity, "SEV2", "severity, taken back")
	if f := sh.refuses(failed, "undo", ask[[]recordView](sh, "timeline")[1].ID); f.Code != "refused" {
		t.Errorf("a declaration is not taken back: %+v", f)
	}
	// A closed incident is corrected by its record's id, or by the handle and its reference.
	sh.qd("phase", "closed", "--reason", "test")
	sh.qd("amend", w.ID, "--text", "the third replica")
	sh.qd("amend", "--incident", "INC-1", handle(w.ID), "--text", "the fourth replica")
	sh.same(sh.texts("note.added", "INC-1"), []string{"the fourth replica"}, "notes")
}

func TestRolesAreFoundByWhatPeopleCallThem(t *testing.T) {
	sh := opened(t)
	sh.qd("role", "assign", "OPS", "dee")
	sh.qd("role", "assign", "INC-1", "Comms lead", "eve")
	w := ask[written](sh, "role", "assign", "ic", "ben")
	sh.same([]any{w.Kind, len(w.Records)}, []any{"command.accepted", 3}, "taking command")
	v := ask[incidentView](sh, "show")
	sh.same([]any{v.Commander, v.Term, len(v.Roles), v.Roles[0].Holder, v.Roles[1].Holder, v.Roles[2].Holder, len(v.Unfilled)}, []any{"ben", 2, 3, "ben", "eve", "dee", 0}, "roles, in the kit's order")
	sh.qd("role", "release", "ops")
	sh.same(ask[incidentView](sh, "show").Unfilled, []string{"operations"}, "unfilled")
	if f := sh.refuses(failed, "role", "release", "commander"); f.Code != "invalid" {
		t.Errorf("%+v", f)
	}
}

// What is redacted is gone from every answer, and the log still verifies.
func TestRedactInAShell(t *testing.T) {
	sh := newShell(t)
	sh.qd("declare", "--title", "checkout fails", "--severity", "SEV2")
	leak := ask[written](sh, "note", "the password is swordfish-4711")
	got := ask[written](sh, "redact", leak.ID, "--reason", "a password")
	if got.Redacted != "a password" || strings.Contains(got.Text, "swordfish") {
		t.Errorf("%+v", got.recordView)
	}
	for _, args := range [][]string{{"timeline", "INC-1"}, {"show", "INC-1"}, {"search", "swordfish"}, {"export", "INC-1", "--format", "json"}, {"export", "INC-1", "--format", "md"}} {
		if out := sh.qd(args...); strings.Contains(out, "swordfish") {
			t.Errorf("%v still says it", args)
		}
	}
	if v := ask[struct{ OK bool }](sh, "verify"); !v.OK {
		t.Error("the chain does not verify")
	}
}
