package main

import (
	"strings"
	"testing"

	"quarterdeck/internal/outbox/slack/slacktest"
)

// talked is a named shell whose folder has a route that opens channels.
func talked(t *testing.T) (*shell, *slacktest.Server) {
	sh := named(t)
	s := slacktest.New(t, sh.clock.Now)
	t.Setenv("QUARTERDECK_SECRET_SLACK", slacktest.Token)
	sh.routes("routes:\n  chat:\n    medium: slack\n    api_url: " + s.URL() + "\n    secret: slack\n    incident_channel: \"inc_{name}\"\n    broadcast: C0GENERAL1\n")
	return sh, s
}

// In a shell the channel's name is chosen, its steps are looked at, and it is ended and
// archived, as on the page.
func TestAChannelIsNamedAndEndedInAShell(t *testing.T) {
	sh, s := talked(t)
	if f := sh.refuses(failed, "declare", "--title", "x", "--channel", "a\nb"); f.Code != "invalid" || f.Field != "channel" {
		t.Errorf("%+v", f)
	}
	if status, _, err := sh.away("declare", "--title", "Checkout fails", "--severity", "SEV2", "--channel", "war-{ref}-{name}"); status != done {
		t.Fatal(err)
	}
	v := ask[channelView](sh, "channel", "show")
	if v.Name != "#war-inc-1-checkout-fails" || v.ID == "" || len(v.Steps) < 5 || v.Steps[0].State != "sent" {
		t.Fatalf("%+v", v)
	}
	if f := sh.refuses(failed, "channel", "end", "rolled back"); f.Code != "conflict" {
		t.Errorf("ended before it is resolved: %+v", f)
	}
	sh.qd("phase", "INC-1", "resolved", "--reason", "test")
	if status, out, err := sh.away("channel", "end", "INC-1", "Rolled back to 8841", "--archive"); status != done || strings.Count(out, "sent") != 3 {
		t.Fatalf("%d %s%s", status, out, err)
	}
	s.Look(func() {
		c := s.Channels[v.ID]
		if last := c.Messages[len(c.Messages)-1]; !c.Archived || !strings.Contains(last.Text, "8841") {
			t.Errorf("archived %v, last said %q", c.Archived, last.Text)
		}
	})
	if texts := s.Texts("C0GENERAL1"); len(texts) != 2 || !strings.Contains(texts[1], "resolved") {
		t.Errorf("announced %q", texts)
	}
}

// A channel that Slack does not open says why, and what to type to try again.
func TestAChannelThatIsRefusedSaysWhatToDo(t *testing.T) {
	sh, s := talked(t)
	s.Break("conversations.create", slacktest.MissingScope)
	_, _, stderr := sh.away("declare", "--title", "Checkout fails", "--severity", "SEV2")
	sh.has(stderr, "chat:write", "qd outbox send", "sent-by-hand")
	v := ask[channelView](sh, "channel", "show")
	if v.ID != "" || v.Steps[0].State != "failed" || v.Steps[1].State != "queued" {
		t.Fatalf("%+v", v)
	}
	if status, _, err := sh.away("outbox", "send", v.Steps[0].ID); status != done {
		t.Fatal(err)
	}
	if v = ask[channelView](sh, "channel", "show"); v.ID == "" {
		t.Errorf("%+v", v)
	}
}
