package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// After "resolved" everything can be seen to in a shell, to the day on which it is closed.
func TestTheHalfThatOthersForget(t *testing.T) {
	sh := newShell(t)
	sh.qd("people", "add", "Dee Doe", "--email", "dee@example.com")
	sh.qd("declare", "--title", "checkout fails", "--severity", "SEV2")
	sh.qd("note", "--kind", "action", "--owner", "ben", "look")
	sh.qd("phase", "resolved", "--reason", "it works again")

	board := ask[boardView](sh, "cleanup", "show", "INC-1")
	sh.same(board.Open > 5 && !board.Todos[0].Late && board.Todos[0].Due != nil, true, "the board of an incident that was resolved now")
	sh.has(sh.qd("cleanup", "show", "INC-1"), "open impact", "The impact is judged", "qd cleanup leave")

	sh.qd("followup", "add", "--incident", "INC-1", "--type", "detect", "--owner", "dee@example.com", "--link", "OPS-7", "--proof", "it rang", "alert", "on", "failed payments")
	if f := sh.refuses(failed, "followup", "add", "--incident", "INC-1", "--type", "wish", "x"); f.Field != "type" || !strings.Contains(f.Hint, "detect, diagnose") {
		t.Errorf("%+v", f)
	}
	list := ask[[]followUpView](sh, "followup", "list")
	sh.same([]any{len(list), list[0].Owner, list[0].Type, list[0].Late, list[0].State}, []any{1, "Dee Doe", "detect", false, "open"}, "the follow-up")
	sh.qd("followup", "change", list[0].ID, "--owner", "ben", "--due", "48h")
	sh.clock.Advance(72 * time.Hour)
	list = ask[[]followUpView](sh, "followup", "list", "INC-1")
	sh.same([]any{list[0].Owner, list[0].Proof, list[0].Link, list[0].Late}, []any{"ben", "it rang", "OPS-7", true}, "changed, and late")
	sh.has(sh.qd("followup", "list"), "INC-1", "late", "ben: alert on failed payments")
	sh.same(ask[boardView](sh, "cleanup", "show", "INC-1").Todos[5].Late, true, "a part of the clean-up after three days")
	if f := sh.refuses(failed, "followup", "drop", list[0].ID, " "); f.Field != "text" {
		t.Errorf("dropped without a reason: %+v", f)
	}
	sh.qd("followup", "done", handle(list[0].ID), "--incident", "INC-1", "--proof", "it rang in a test", "--minutes", "90")
	sh.same(len(ask[[]followUpView](sh, "followup", "list")), 0, "open follow-ups")
	sh.qd("followup", "reopen", list[0].ID)
	sh.qd("followup", "drop", list[0].ID, "no use")
	sh.same(ask[[]followUpView](sh, "followup", "list", "--all")[0].Word, "no use", "why it was dropped")

	sh.qd("retro", "INC-1", "dee@example.com", "2026-11-28T10:00:00Z", "--minutes", "90", "--invite", "ben", "--place", "room 4")
	file := filepath.Join(t.TempDir(), "retro.ics")
	v := ask[invited](sh, "invite", "INC-1", "-o", file)
	sh.same([]any{v.Method, v.To, v.Lacks}, []any{"REQUEST", []string{"dee@example.com"}, []string{"ben"}}, "the invitation")
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), "DTEND:20261128T113000Z") {
		t.Errorf("%v\n%s", err, text)
	}
	sh.qd("cleanup", "cancel", "INC-1", "everybody is ill")
	sh.same(ask[invited](sh, "invite", "INC-1").Method, "CANCEL", "called off")

	sh.qd("cleanup", "impact", "INC-1", "about 2,300 people", "--how", "none of their orders was lost")
	sh.qd("cleanup", "back", "INC-1", "ben")
	for _, item := range []string{"times", "follow-up", "retro", "back"} {
		sh.qd("cleanup", "leave", "INC-1", item, "a test")
	}
	sh.qd("cleanup", "leave", "INC-1", "retro", "-")
	sh.qd("cleanup", "shared", "INC-1", "all of engineering", "--link", "https://wiki.example.com/1")
	sh.qd("action", ask[incidentView](sh, "show", "INC-1").Actions[0].ID, "done")
	left := []string{}
	for _, todo := range ask[boardView](sh, "cleanup", "show", "INC-1").Todos {
		if !todo.Done && !todo.Waived {
			left = append(left, todo.ID)
		}
	}
	sh.same(left, []string{"retro"}, "what is left")
	if f := sh.refuses(failed, "phase", "INC-1", "closed"); f.Field != "reason" || !strings.Contains(f.Message, "The retrospective is booked") {
		t.Errorf("%+v", f)
	}
	sh.qd("retro", "INC-1", "ben", "2026-11-28T10:00:00Z")
	sh.qd("phase", "INC-1", "closed")
}
