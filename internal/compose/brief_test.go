package compose_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// What is handed over is the brief, what only the one who goes knows, and what is to be
// said back; the announcement names who commands only from the acceptance on.
func TestHandoff(t *testing.T) {
	d := run(t)
	d.append(d.now, &incident.CommandOffered{To: dee.ID, Handover: incident.Handover{Worry: "the <vendor> is silent"}})
	got := compose.Handoff(d.state, d.kit, d.now)
	for _, want := range []string{"1. **What happened:**", "- **What worries most:** the", "- **Decided not to do, and why:** not stated", "- **Goal:** ", "- **Riskiest live action:** ", "- **Next promise:** "} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, "<vendor>") {
		t.Error("words are markup")
	}
	old := d.state.Name(d.state.Command.Holder)
	d.append(d.now, &incident.CommandAccepted{By: dee.ID, Term: d.state.Command.Term + 1}, &incident.DeputyNamed{Role: kit.Commander, Person: ana.ID})
	said := compose.Announcement(d.state, d.now)
	if !strings.HasPrefix(said, "Dee commands INC-") && !strings.HasPrefix(said, "dee commands INC-") || !strings.HasSuffix(said, old+" stays as deputy.") || strings.Contains(said, "UTC UTC") {
		t.Errorf("%q", said)
	}
}

func TestNothingToSayBack(t *testing.T) {
	d := declared(t, nil)
	for i, want := range []string{"not stated", "no action is open"} {
		if got := compose.SayBack(d.state, d.kit, d.now)[i].Text; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestBrief(t *testing.T) {
	d := run(t)
	d.append(d.now, &incident.CommandOffered{To: dee.ID})
	golden(t, "brief.md", compose.Brief(d.state, d.kit, d.now))
}

func TestBriefOfWhatNobodySaid(t *testing.T) {
	d := declared(t, nil)
	got := compose.Brief(d.state, d.kit, d.now)
	if n := strings.Count(got, "not stated"); n != 5 {
		t.Errorf("%d lines are not stated, want plan, actions, help, limits and worse:\n%s", n, got)
	}
	for i, head := range []string{"What happened", "State now", "Goal and exit criteria", "Plan and plan B", "Live actions", "People", "Help asked for, not yet come", "Promises", "Limits", "How it could get worse"} {
		if !strings.Contains(got, "\n"+string("123456789"[min(i, 8)])) || !strings.Contains(got, "**"+head+":**") {
			t.Errorf("line %d, %s, is missing", i+1, head)
		}
	}
}
