package slack_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/outbox/outboxtest"
	"quarterdeck/internal/outbox/slack"
)

func TestChannelNames(t *testing.T) {
	at := time.Date(2026, 11, 9, 14, 32, 0, 0, time.UTC)
	for _, c := range []struct{ template, title, want string }{
		{slack.Presets[0], "Checkout fails", "inc_checkout-fails_9nov2026"},
		{slack.Presets[1], "Checkout fails", "2026-11-09-1432-checkout-fails"},
		{"", "Über-Größe: 50 % Ausfall!", "inc_ueber-groesse-50-ausfall_9nov2026"},
		{"{ref}-{name}", "データベース", "inc-7-inc-7"},
		{"{ref}", "x", "inc-7"},
		{"#{name} {x}", "A B", "a-b-x"},
		{"{name}", "", "inc-7"},
		{"{name}", strings.Repeat("word ", 40), "word-word-word-word-word-word-word-word-word-word-word-word"},
	} {
		if got, _ := slack.ChannelName(c.template, c.title, "INC-7", at); got != c.want {
			t.Errorf("%q of %.20q is %q, want %q", c.template, c.title, got, c.want)
		}
	}
	rule := regexp.MustCompile(`^[a-z0-9_-]{1,80}$`)
	for _, title := range []string{"", " ", "---", "___", strings.Repeat("x", 500), "\x00\x1b", "🔥", outboxtest.Hostile, "a/b#c@d"} {
		for _, template := range append(slack.Presets, "{name}", "{x}", "{{{", strings.Repeat("long-", 40)+"{name}", "🔥") {
			if got, _ := slack.ChannelName(template, title, "INC-7", at); !rule.MatchString(got) {
				t.Errorf("%q of %q is %q, which Slack refuses", template, title, got)
			}
		}
	}
	if _, problem := slack.ChannelName("{nmae}", "x", "INC-7", at); problem == "" {
		t.Error("a part that nobody knows is not told")
	}
}
