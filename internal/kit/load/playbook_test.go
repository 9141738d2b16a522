package load

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"quarterdeck/internal/kit"
)

const checkout = `---
service: checkout
owner: Payments team
verified-on: 2026-05-21
expires: 2026-11-21
approved-by: Platform team
---
# Bring checkout back

For when nobody can pay.

1. Switch to the second gateway
   In the console, under Gateways:

   ` + "```" + `
   1. is no step in here
   ` + "```" + `
2. Look at the payments of the last minute

## Afterwards

- [ ] Tell support
`

func TestAPlaybookIsRead(t *testing.T) {
	f := folder(t)
	f["playbooks/checkout.md"] = &fstest.MapFile{Data: []byte(checkout)}
	k, problems, err := Load(f)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	p := k.Playbook("checkout")
	if p == nil || p.Name != "Bring checkout back" || p.Intro != "For when nobody can pay." || !slices.Equal(p.Services, []string{"checkout"}) || p.Owner != "Payments team" {
		t.Fatalf("%+v", p)
	}
	var steps []string
	for _, s := range p.Steps {
		steps = append(steps, s.Text)
	}
	if want := []string{"Switch to the second gateway", "Look at the payments of the last minute", "Tell support"}; !slices.Equal(steps, want) {
		t.Errorf("steps %q, want %q", steps, want)
	}
	if !strings.Contains(p.Steps[0].More, "under Gateways") || !strings.Contains(p.Steps[0].More, "is no step") {
		t.Errorf("what belongs to a step is lost: %q", p.Steps[0].More)
	}
	last := time.Date(2026, 11, 20, 23, 59, 0, 0, time.UTC).UnixMilli()
	if got := p.Warnings(last); len(got) != 0 {
		t.Errorf("on its last day: %q", got)
	}
	if got := p.Warnings(last + 60_000); len(got) != 1 || !strings.Contains(got[0], "out of date since 2026-11-21") {
		t.Errorf("the day after: %q", got)
	}
	own, others := k.PlaybooksFor([]string{"Checkout"})
	if own[0].ID != "checkout" || len(own) != 3 || len(others) != 0 {
		t.Errorf("for its service: %d, the first %s", len(own), own[0].ID)
	}
	if own, others = k.PlaybooksFor([]string{"search"}); len(own) != 2 || len(others) != 1 {
		t.Errorf("for another service: %d and %d", len(own), len(others))
	}
}

func TestMistakesOfAPlaybookAreNamed(t *testing.T) {
	for name, c := range map[string]struct{ old, new, where, says, hint string }{
		"no front matter":  {"---\nservice", "service", ":1", "whose it is", "---"},
		"unknown key":      {"owner:", "ownr:", ":3", `no key "ownr"`, "approved-by"},
		"no owner":         {"owner: Payments team", "owner:", ":3", "missing", "write it"},
		"approves oneself": {"approved-by: Platform team", "approved-by: payments TEAM", ":6", "approves it too", "somebody else"},
		"no day":           {"2026-05-21", "May 21", ":4", "is no day", "2026-11-21"},
		"no expiry":        {"expires: 2026-11-21\n", "", ":4", "until when", "expires: 2026-11-21"},
		"expires first":    {"expires: 2026-11-21", "expires: 2026-05-21", ":5", "before", "later day"},
		"no steps":         {"1. Switch to the second gateway\n", "", "", "", ""},
		"a long step":      {"Tell support", strings.Repeat("x", 161), ":22", "161 characters", "shorten"},
	} {
		t.Run(name, func(t *testing.T) {
			f := folder(t)
			text := strings.Replace(checkout, c.old, c.new, 1)
			if name == "no steps" {
				head, _, _ := strings.Cut(checkout, "1. Switch")
				text, c.where, c.says, c.hint = head, ":8", "no steps", "1. first"
			}
			f["playbooks/checkout.md"] = &fstest.MapFile{Data: []byte(text)}
			_, problems, err := Load(f)
			if err != nil || len(problems) == 0 {
				t.Fatal("no mistake is named", err)
			}
			p := problems[0]
			if p.Where != "playbooks/checkout.md"+c.where || !strings.Contains(p.Message, c.says) || !strings.Contains(p.Hint, c.hint) {
				t.Errorf("%+v", p)
			}
		})
	}
	f := folder(t)
	f["playbooks/checkout.txt"] = &fstest.MapFile{Data: []byte(checkout)}
	f["playbooks/Über uns.md"] = &fstest.MapFile{Data: []byte(checkout)}
	if _, problems, _ := Load(f); len(problems) != 2 || !strings.Contains(problems[0].Message+problems[1].Message, "cannot be used") {
		t.Errorf("%+v", problems)
	}
}

// Those of the built-in kit say themselves that nobody has worked through them.
func TestTheBuiltInPlaybooksAreWarnedOf(t *testing.T) {
	k := builtInKit(t)
	if len(k.Playbooks) < 2 {
		t.Fatalf("%d playbooks", len(k.Playbooks))
	}
	for _, p := range k.Playbooks {
		if got := p.Warnings(1_800_000_000_000); len(got) != 2 || len(p.Steps) < 5 || len(p.Steps) > kit.MaxSteps {
			t.Errorf("%s: %q, %d steps", p.ID, got, len(p.Steps))
		}
	}
}
