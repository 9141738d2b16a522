package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/workspace"
)

func TestUpdatesGoOutByHand(t *testing.T) {
	sh := opened(t)
	status, out, stderr := sh.try("", "update", "--audience", "support", "--text", "We look into it.\nCalls: say so.", "--next", "30m", "--no-wait")
	if status != done || out != "We look into it.\nCalls: say so.\n" {
		t.Errorf("status %d, %q: the text alone comes out", status, out)
	}
	sh.has(stderr, "recorded as sent to support by hand (copied)", "next promised for 2026-11-20T09:30:00Z")
	v := ask[sent](sh, "update", "INC-1", "--audience", "leadership", "--phase", "Identified", "--text", "It is the database.", "--next", "2026-11-20T12:00:00+02:00", "--how", "phone")
	sh.same([]any{v.Kind, v.Audience, v.State, v.How, v.Message, *v.Next, len(v.Records)},
		[]any{"update.requested", "leadership", "identified", "phone", "It is the database.", "2026-11-20T10:00:00Z", 2}, "an update")
	due := func() map[string]string {
		m := map[string]string{}
		for _, p := range ask[incidentView](sh, "show").Promises {
			m[p.Audience] = p.Due
		}
		return m
	}
	sh.same([]string{due()["support"], due()["leadership"]}, []string{"2026-11-20T09:30:00Z", "2026-11-20T10:00:00Z"}, "promises")
	sh.qd("promise", "support", "45m", "--reason", "the restore runs")
	sh.qd("update", "--audience", "leadership", "--text", "Still looking.", "--next", "5s")
	sh.same([]string{due()["support"], due()["leadership"]}, []string{"2026-11-20T09:45:00Z", "2026-11-20T09:00:05Z"}, "promises, moved")
	again := ask[sent](sh, "update", "--audience", "leadership", "--text", "Still looking.")
	if len(again.Advice) == 0 || again.Next != nil {
		t.Errorf("the same text again, and no next time: %+v", again)
	}
	if _, promised := due()["leadership"]; promised {
		t.Error("an update without a next time promises nothing more")
	}
	if f := sh.refuses(failed, "update", "--audience", "support", "--phase", "resolved", "--text", "Over."); f.Field != "phase" {
		t.Errorf("%+v", f)
	}
}

func TestItSaysWhenNothingRings(t *testing.T) {
	ringing(opened(t))
	deep := newShell(t) // too long a path for a socket
	deep.dir = filepath.Join(deep.dir, strings.Repeat("deep", 30))
	deep.qd("declare", "--title", "Checkout fails", "--severity", "SEV2")
	ringing(deep)
}

// ringing goes through what is said without a cockpit, beside one and after it.
func ringing(sh *shell) {
	const sentence = "nothing is ringing: no cockpit is open on this folder\n"
	t := sh.T
	quiet := func() (says string, ringing []any) {
		t.Helper()
		for _, args := range [][]string{{"note", "x"}, {"show"}, {"list"}, {"update", "--audience", "support", "--text", "x", "--next", "1h"}} {
			status, _, stderr := sh.try("", args...)
			if status != done {
				t.Fatalf("qd %q: %d", args, status)
			}
			if strings.HasSuffix(stderr, sentence) {
				says += args[0] + " "
			}
		}
		ringing = []any{ask[written](sh, "note", "x").Ringing, ask[incidentView](sh, "show").Ringing, ask[[]rowView](sh, "list")[0].Ringing}
		return says, ringing
	}
	says, ringing := quiet()
	sh.same([]any{says, ringing}, []any{"note show list update ", []bool{false, false, false}}, "without a cockpit")

	lock, err := workspace.Acquire(sh.dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Answer(sh.dir, func(string) string { return "" }); err != nil {
		t.Fatal(err)
	}
	says, ringing = quiet()
	sh.same([]any{says, ringing}, []any{"", []bool{true, true, true}}, "beside a cockpit")
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if says, _ = quiet(); says == "" {
		t.Error("a cockpit that has ended rings no more")
	}

	sh.qd("phase", "resolved", "--reason", "over")
	says, ringing = "", nil
	for _, args := range [][]string{{"show", "INC-1"}, {"list"}, {"note", "--incident", "INC-1", "x"}} {
		if _, _, stderr := sh.try("", args...); stderr != "" {
			t.Errorf("qd %q: %q: nothing is due any more", args, stderr)
		}
	}
	if r := ask[incidentView](sh, "show", "INC-1").Ringing; r != nil {
		t.Errorf("ringing is %v where nothing is due", *r)
	}
}

func TestShowTellsWhatIsLate(t *testing.T) {
	sh := opened(t)
	sh.qd("log", "@dee check the replica 5m")
	sh.clock.Advance(34 * time.Minute)
	sh.has(sh.qd("show"), "INC-1  SEV2  declare since 2026-11-20T09:00:00Z\nCheckout fails\n",
		"Promises    customers: 2026-11-20T09:15:00Z, 19 min late, told nothing yet\n",
		"Actions     dee: check the replica, due 2026-11-20T09:05:00Z, 29 min late", "Comms lead: held by the commander", "user-path ")
}
