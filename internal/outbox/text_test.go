package outbox_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/outboxtest"
)

func TestPlainReadsAsItWasTyped(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\nb\rc\u2028d":             "a\nb\nc\nd",
		"a\x00\x1b[31mb\u202ec":        "a[31mbc",
		"tab\there ":                   "tab here",
		"\n\na\n\n\n\n\nb\n":           "a\n\nb",
		"@\u200beveryone \u2060 x":     "@everyone  x",
		"\xff\xfe":                     "\ufffd",
		"👩\u200d🚒 äöü 漢字 ☕":            "👩\u200d🚒 äöü 漢字 ☕",
		"flag \U000E0067 \ufeffend":    "flag  end",
		"\u3164invisible\u115f letter": "invisible letter",
	} {
		if got := outbox.Plain(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestDeadTextReadsTheSame(t *testing.T) {
	for _, in := range []string{outboxtest.Hostile, "see https://a.b.c.de/x?y=1 and http://[::1]/, www.a.de, ana@b.example", "MAILTO:x@y.de JavaScript:alert(1)",
		"x\u200d@all", "a.b.c.d.e.f", "evil．com evil。com", "http://a.de\u200b.com", "@@all", "café.example"} {
		dead := outbox.Dead(in)
		if strings.ReplaceAll(dead, outbox.Nil, "") != strings.ReplaceAll(outbox.Plain(in), "\u200d@", "@") {
			t.Errorf("it reads differently:\n%q\n%q", outbox.Plain(in), dead)
		}
		if found := outboxtest.Alive(dead); len(found) > 0 {
			t.Errorf("%q in %q", found, dead)
		}
		if !utf8.ValidString(dead) {
			t.Errorf("%q", dead)
		}
	}
	for _, same := range []string{"We look into failing orders. Next at 14:30.", "3.5 s, v1.2.3, 10.0.0.1", "", "a\n\nb"} {
		if got := outbox.Dead(same); got != same {
			t.Errorf("%q became %q", same, got)
		}
	}
}

func TestWords(t *testing.T) {
	c := outboxtest.Content("", "It is slow.\nWe know why.")
	w := c.Words()
	want := outbox.Words{Head: "SEV2 INC-7: Checkout fails", State: "Investigating", Text: "It is slow.\nWe know why.", Foot: "Next update at 14:30 UTC. As of 14:00 UTC, 20 November 2026."}
	if w != want {
		t.Errorf("%+v", w)
	}
	if got := w.All(); got != "SEV2 INC-7: Checkout fails\nInvestigating\n\nIt is slow.\nWe know why.\n\n"+want.Foot {
		t.Errorf("%q", got)
	}
	c.Corrects, c.State = "1", "identified"
	c.Next = c.AsOf + 24*3600*1000
	if w = c.Words(); w.State != "Correction: Identified" || !strings.HasPrefix(w.Foot, "Next update at 14:00 UTC on 21 November 2026.") {
		t.Errorf("%+v", w)
	}
	for text, twice := range map[string]bool{"Next update by 14:00 UTC.": true, "Next update by 21 Nov 14:00 UTC.": false, "It broke at 21 Nov 14:00 UTC.": true} {
		if c.Text = text; strings.Contains(c.Words().Foot, "Next update") != twice {
			t.Errorf("%q for tomorrow: %+v", text, c.Words())
		}
	}
	c.Next = c.AsOf + 30*60*1000
	for text, twice := range map[string]bool{"We look. Next update by\n14:30 UTC.": false, "Next update by 14:45 UTC.": true, "Since 14:30 UTC. Next update soon.": true} {
		if c.Text = text; strings.Contains(c.Words().Foot, "Next update") != twice {
			t.Errorf("%q: %+v", text, c.Words())
		}
	}
	if got := (outbox.Content{Text: "x"}).Words().All(); got != "x" {
		t.Errorf("%q", got)
	}
}
