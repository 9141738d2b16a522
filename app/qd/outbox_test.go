package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/outbox/slack/slacktest"
)

// hasty is a clock on which waiting takes no time.
type hasty struct{ *clock.Fake }

func (h hasty) Wait(ctx context.Context, d time.Duration) error {
	h.Advance(d)
	return ctx.Err()
}

// slacked is an opened shell whose folder has a route to a Slack for support.
func slacked(t *testing.T) (*shell, *slacktest.Server) {
	sh := opened(t)
	s := slacktest.New(t, sh.clock.Now)
	t.Setenv("QUARTERDECK_SECRET_SLACK", slacktest.Token)
	sh.routes("routes:\n  chat:\n    medium: slack\n    channel: \"#support\"\n    api_url: " + s.URL() + "\n    secret: slack\naudiences:\n  support: [chat]\n")
	return sh, s
}

func TestAnIncidentShowsWhereItsChannelIs(t *testing.T) {
	sh := named(t)
	s := slacktest.New(t, sh.clock.Now)
	t.Setenv("QUARTERDECK_SECRET_SLACK", slacktest.Token)
	sh.routes("routes:\n  chat:\n    medium: slack\n    api_url: " + s.URL() + "\n    secret: slack\n    incident_channel: \"inc_{name}\"\n")
	if status, _, err := sh.away("declare", "--title", "Checkout fails", "--severity", "SEV2"); status != done {
		t.Fatal(err)
	}
	if v := ask[incidentView](sh, "show"); !strings.HasPrefix(v.URL, "http") || !strings.Contains(v.URL, "/archives/C") {
		t.Errorf("its channel is at %q", v.URL)
	}
}

func (sh *shell) routes(text string) {
	sh.Helper()
	if err := os.WriteFile(filepath.Join(sh.dir, "routes.yaml"), []byte(text), 0o600); err != nil {
		sh.Fatal(err)
	}
}

// away runs a command on a clock on which nobody waits.
func (sh *shell) away(args ...string) (status int, out, err string) {
	var o, e bytes.Buffer
	status = run(append([]string{"--data", sh.dir}, args...), strings.NewReader(""), &o, &e, hasty{sh.clock})
	if strings.Contains(o.String()+e.String(), slacktest.Token) {
		sh.Errorf("the token shows: %s%s", &o, &e)
	}
	return status, o.String(), e.String()
}

func (sh *shell) outbox(args ...string) (rows []deliveryView) {
	sh.Helper()
	return ask[[]deliveryView](sh, append([]string{"outbox", "list"}, args...)...)
}

func TestAnUpdateLeavesByItsRoute(t *testing.T) {
	sh, s := slacked(t)
	status, out, stderr := sh.away("--json", "update", "--audience", "support", "--text", "We look into it.", "--next", "30m")
	var v sent
	if err := json.Unmarshal([]byte(out), &v); err != nil || status != done {
		t.Fatalf("status %d %v %s%s", status, err, out, stderr)
	}
	if v.Route != "chat" || v.How != "" || len(v.Deliveries) != 1 || v.Deliveries[0].State != "sent" || !strings.HasPrefix(v.Deliveries[0].RemoteID, "C0SUPPORT1/") {
		t.Errorf("%+v", v)
	}
	if texts := s.Texts("C0SUPPORT1"); len(texts) != 1 || !strings.Contains(texts[0], "We look into it.") {
		t.Errorf("there is %q", texts)
	}
	if due := ask[incidentView](sh, "show").Promises; len(due) == 0 || due[0].Audience == "" {
		t.Errorf("promised is %+v", due)
	}
	if rows := sh.outbox(); len(rows) != 0 {
		t.Errorf("open is %+v", rows)
	}
	if rows := sh.outbox("--all"); len(rows) != 1 || rows[0].Incident != "INC-1" || rows[0].Attempts != 1 {
		t.Errorf("all is %+v", rows)
	}
	// By hand stays by hand, where somebody says so and where no route is.
	for _, args := range [][]string{{"--audience", "support", "--how", "phone"}, {"--audience", "leadership"}} {
		if _, out, _ := sh.away(append([]string{"update", "--text", "Still looking."}, args...)...); out != "Still looking.\n" {
			t.Errorf("%q: %q", args, out)
		}
	}
	if n := s.Called("chat.postMessage"); n != 1 {
		t.Errorf("%d messages left", n)
	}
}

func TestWhatFailsSaysSoAndIsSentAnew(t *testing.T) {
	sh, s := slacked(t)
	s.Break("chat.postMessage", slacktest.MissingScope)
	status, out, stderr := sh.away("update", "--audience", "support", "--text", "We look into it.")
	if status != failed || !strings.Contains(stderr, "chat:write") || !strings.Contains(out, "failed") {
		t.Fatalf("status %d %s%s", status, out, stderr)
	}
	row := sh.outbox()[0]
	if row.State != "failed" || row.Error == "" || row.Hint == "" {
		t.Errorf("%+v", row)
	}
	if status, out, stderr := sh.away("outbox", "send", handle(row.ID)); status != done || !strings.Contains(out, "sent") {
		t.Errorf("status %d %s%s", status, out, stderr)
	}
	if f := sh.refuses(failed, "outbox", "drop", row.ID); f.Code != "conflict" {
		t.Errorf("%+v", f)
	}
}

func TestQueuedRowsAreDecidedAbout(t *testing.T) {
	sh, s := slacked(t)
	for _, c := range []struct {
		decide []string
		state  string
	}{{[]string{"hold"}, "held"}, {[]string{"drop"}, "cancelled"}, {[]string{"recall"}, "cancelled"}, {[]string{"sent-by-hand", "--how", "phone"}, "sent"}} {
		sh.away("update", "--audience", "support", "--text", "x "+c.decide[0], "--no-wait")
		row := sh.outbox()[0]
		v := ask[deliveryView](sh, append([]string{"outbox", c.decide[0], row.ID}, c.decide[1:]...)...)
		if row.State != "queued" || v.State != c.state {
			t.Errorf("%v: from %s to %s", c.decide, row.State, v.State)
		}
		if c.state == "held" {
			sh.qd("outbox", "drop", row.ID)
		}
	}
	if n := s.Called("chat.postMessage"); n != 0 {
		t.Errorf("%d messages left", n)
	}
}

func TestARouteIsTestedAndSwitched(t *testing.T) {
	sh, s := slacked(t)
	status, out, _ := sh.away("route", "test", "chat")
	if status != done || !strings.Contains(out, "quarterdeck in Example") || s.Called("chat.postMessage") != 0 {
		t.Errorf("%d %s", status, out)
	}
	s.Look(func() { s.Scopes = []string{"channels:read"} })
	if status, out, stderr := sh.away("route", "test", "chat"); status != failed || !strings.Contains(out+stderr, "chat:write") {
		t.Errorf("%d %s%s", status, out, stderr)
	}
	if _, out, _ := sh.away("route", "list"); !strings.Contains(out, "failed at") {
		t.Errorf("%s", out)
	}
	sh.has(sh.qd("route", "switch", "support", "--reason", "Slack is down"), "by hand instead of chat")
	if _, out, _ := sh.away("update", "--audience", "support", "--text", "We look into it."); out != "We look into it.\n" {
		t.Errorf("by hand now: %q", out)
	}
	sh.routes("routes: [")
	if status, _, stderr := sh.away("note", "x"); status != done || !strings.Contains(stderr, "routes.yaml") {
		t.Errorf("broken routes: %d %s", status, stderr)
	}
}

func TestBrokenRoutesTellNobody(t *testing.T) {
	sh, _ := slacked(t)
	sh.routes("routes: [")
	status, _, stderr := sh.away("update", "--audience", "support", "--text", "We look into it.", "--next", "30m")
	sh.routes("routes: {}")
	if v := ask[incidentView](sh, "show"); status != failed || len(v.Audiences) > 0 || !strings.Contains(stderr, "--how phone") {
		t.Errorf("status %d, told %+v: %s", status, v.Audiences, stderr)
	}
	sh.routes("routes: [")
	if status, _, stderr = sh.away("update", "--audience", "support", "--text", "We look into it.", "--how", "phone"); status != done {
		t.Errorf("by phone: %d %s", status, stderr)
	}
}

func TestWhatHasNotLeftIsSaid(t *testing.T) {
	sh, s := slacked(t)
	s.Draw(func(method string) slacktest.Fault {
		if method == "chat.postMessage" {
			return slacktest.Gateway
		}
		return slacktest.OK
	})
	status, _, stderr := sh.away("update", "--audience", "support", "--text", "We look into it.")
	if status != done || !strings.Contains(stderr, "not known whether it arrived by chat") || !strings.Contains(stderr, "no cockpit is open") {
		t.Errorf("status %d: %s", status, stderr)
	}
}
