package slack_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/outboxtest"
	"quarterdeck/internal/outbox/slack"
	"quarterdeck/internal/outbox/slack/slacktest"
	"quarterdeck/internal/secret/token"
)

func open(t *testing.T, url, target string, timeout time.Duration) *slack.Medium {
	t.Helper()
	m, err := slack.OpenWithin(outbox.Route{Name: "support-slack", Medium: slack.Name, Target: target, APIURL: url, Secret: token.New(slacktest.Token)}, timeout)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func posting(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/chat.postMessage") }

func TestSlackOwesWhatEveryMediumOwes(t *testing.T) {
	outboxtest.Run(t, outboxtest.Subject{
		Open: func(t *testing.T, url string, timeout time.Duration) outbox.Medium {
			return open(t, url+"/api", "C0SUPPORT1", timeout)
		},
		World: func(t *testing.T) outboxtest.World {
			return outboxtest.NewWeb(t, slacktest.New(t, nil), posting)
		},
		Target: "C0SUPPORT1",
		Secret: slacktest.Token,
		Live:   live,
	})
}

// live lists what Slack would read as more than text: everything but text elements, and
// its own marks in the fallback.
func live(payload []byte) []string {
	var out []string
	var l struct {
		Fallback string
		Mentions []any
		Links    []any
	}
	if err := json.Unmarshal(payload, &l); err != nil {
		return []string{err.Error()}
	}
	if len(l.Mentions)+len(l.Links) > 0 {
		out = append(out, "a mention or a link")
	}
	for _, sign := range []string{"<", ">", "@here", "@everyone", "@channel", "://"} {
		if strings.Contains(l.Fallback, sign) {
			out = append(out, sign+" in the fallback")
		}
	}
	return out
}

// What leaves on the wire is rich text whose elements are all plain text.
func TestWhatLeavesIsPlainText(t *testing.T) {
	s := slacktest.New(t, nil)
	m := open(t, s.URL(), "#support", 2*time.Second)
	c := outboxtest.Content("", outboxtest.Hostile)
	c.Title = outboxtest.Hostile
	r, err := m.Render(c)
	if err != nil {
		t.Fatal(err)
	}
	out := m.Send(t.Context(), outbox.Message{Key: outboxtest.Key(1), What: outbox.WhatUpdate, Payload: r.Payload, Attempt: 1, First: noon, Now: noon})
	if out.Result != outbox.Posted || !strings.HasPrefix(out.Remote, "C0SUPPORT1/") {
		t.Fatalf("%+v", out)
	}
	var blocks []struct {
		Type     string
		BlockID  string `json:"block_id"`
		Elements []struct {
			Type     string
			Elements []struct{ Type, Text string }
		}
	}
	var words strings.Builder
	s.Look(func() { err = json.Unmarshal(s.Channels["C0SUPPORT1"].Messages[0].Blocks, &blocks) })
	if err != nil || len(blocks) != 1 || blocks[0].Type != "rich_text" || blocks[0].BlockID != "quarterdeck:"+outboxtest.Key(1) {
		t.Fatalf("%v %+v", err, blocks)
	}
	for _, section := range blocks[0].Elements {
		for _, e := range section.Elements {
			if section.Type != "rich_text_section" || e.Type != "text" {
				t.Errorf("a %s in a %s", e.Type, section.Type)
			}
			words.WriteString(e.Text)
		}
	}
	if got := strings.TrimSpace(words.String()); got != strings.TrimSpace(r.Text) {
		t.Errorf("shown was\n%s\nand what left is\n%s", r.Text, got)
	}
}

var noon = time.Date(2026, 11, 20, 14, 0, 30, 0, time.UTC)
