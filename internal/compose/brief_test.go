package compose_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
)

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
