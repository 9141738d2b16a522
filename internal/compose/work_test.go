package compose_test

import (
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
)

// Whoever takes over hears whose hands are on what, what was ruled out and who needs help.
func TestTheBriefSaysWhatIsInFlightAndRuledOut(t *testing.T) {
	d := declared(t, nil)
	d.do(&incident.StartChange{Thing: "EU gateway", Text: "roll back 8842", By: ben, Undo: "deploy 8842"})
	idea := d.do(&incident.StateHypothesis{Text: "the database"})
	d.do(&incident.JudgeHypothesis{Hypothesis: idea.ID, State: incident.HypothesisRuledOut, Text: "no slow query"})
	d.do(&incident.StateHypothesis{Text: "the new build"})
	d.do(&incident.AnswerIntermission{Needs: []string{"how"}})
	text := compose.Handoff(d.state, d.kit, d.now)
	for _, want := range []string{"Ben changes EU gateway: roll back 8842 (undo: deploy 8842)", "Ruled out: the database – no slow query", "Hypothesis, open: the new build", "that help is needed: not sure how to fix it"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	risk := compose.SayBack(d.state, d.kit, d.now)[1].Text
	if !strings.HasPrefix(risk, "Ben changes EU gateway") {
		t.Errorf("the riskiest live action is %q", risk)
	}
	if parts := compose.Briefing(d.state, d.kit, d.now); len(parts) != 10 || !slices.Contains(parts[4].Lines, "Ben changes EU gateway: roll back 8842 (undo: deploy 8842)") {
		t.Errorf("%+v", parts[4])
	}
}
