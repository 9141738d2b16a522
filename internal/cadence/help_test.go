package cadence_test

import (
	"fmt"
	"testing"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

// asks is why and when a commander is asked whether they need help.
func (l *live) asks() string {
	for _, d := range l.deadlines() {
		if d.Kind == cadence.Help {
			return fmt.Sprintf("%s at %d", d.Subject, (d.Due-noon)/minute)
		}
	}
	return "never"
}

func TestDoINeedHelp(t *testing.T) {
	crowd := func(l *live, at int64) *live {
		for i := range uint64(8) {
			l.on(at, &incident.RoleAssigned{Role: fmt.Sprint("r", i), Person: number(0x70 + i)})
		}
		return l
	}
	answer := &incident.IntermissionAnswered{}
	for _, tt := range []struct {
		name  string
		given *live
		want  string
	}{
		{"a phase is stuck", begin(t, "SEV4"), "phase at 30"},
		{"another phase", begin(t, "SEV4").on(10*minute, &incident.PhaseMoved{Phase: "mitigate"}), "phase at 40"},
		{"watching takes longer", begin(t, "SEV4").on(10*minute, &incident.PhaseMoved{Phase: "verify"}), "phase at 70"},
		{"answered, and it is still stuck", begin(t, "SEV4").on(31*minute, answer), "phase at 61"},
		{"a promise is missed", begin(t, "SEV4").told("support", 0, 10*minute), "promise at 15"},
		{"a promise is kept", begin(t, "SEV4").told("support", 0, 10*minute).told("support", 9*minute, 40*minute), "phase at 30"},
		{"too many report", crowd(begin(t, "SEV4"), 5*minute), "span at 5"},
		{"answered, and they still do", crowd(begin(t, "SEV4"), 5*minute).on(6*minute, answer), "phase at 30"},
		{"it became worse", begin(t, "SEV4").on(7*minute, &incident.SeveritySet{Severity: "SEV2"}), "raised at 7"},
		{"it became worse, but not bad", begin(t, "SEV4").on(7*minute, &incident.SeveritySet{Severity: "SEV3"}), "phase at 30"},
		{"that is asked once", begin(t, "SEV4").on(7*minute, &incident.SeveritySet{Severity: "SEV2"}).on(8*minute, answer).on(20*minute, &incident.PhaseMoved{Phase: "staff"}), "promise at 27"},
		{"hours on duty", begin(t, "SEV4").on(100*minute, answer, &incident.PhaseMoved{Phase: "verify"}), "duty at 120"},
		{"whoever took over begins anew", begin(t, "SEV4").on(119*minute, answer, &incident.CommandAccepted{By: ben, Term: 2}, &incident.PhaseMoved{Phase: "staff"}), "phase at 149"},
		{"it is over", begin(t, "SEV4").on(minute, &incident.PhaseMoved{Phase: "resolved"}), "never"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.given.asks(); got != tt.want {
				t.Errorf("asked %s, want %s", got, tt.want)
			}
		})
	}
}

// A decision rings once when it is to be looked at, and is put off or looked at.
func TestADecisionRingsToBeChecked(t *testing.T) {
	l := begin(t, "SEV4").on(0, &incident.DecisionMade{Text: "roll back"})
	id := l.last()
	if d := l.find(cadence.Check, id.String()); d != nil {
		t.Errorf("nobody said when: %s", brief(d))
	}
	l.on(0, &incident.DecisionExpected{Decision: id, Expect: "errors < 1 %", Check: noon + 5*minute})
	d := l.find(cadence.Check, id.String())
	if brief(d) != "from 0 early 5 due 5" || d.Rung(noon+5*minute-1) != cadence.Silent || d.Rung(noon+5*minute) != cadence.RungDue || d.Look(noon+9*minute) != cadence.Caution {
		t.Errorf("%s", brief(d))
	}
	if acts := l.acts(5 * minute); acts[0] != "check "+id.String() {
		t.Errorf("to do: %v", acts)
	}
	l.on(6*minute, &incident.DecisionExpected{Decision: id, Check: noon + 16*minute})
	if d := l.find(cadence.Check, id.String()); brief(d) != "from 0 early 16 due 16" {
		t.Errorf("put off: %s", brief(d))
	}
	l.on(16*minute, &incident.DecisionChecked{Decision: id, Outcome: "better"})
	if d := l.find(cadence.Check, id.String()); d != nil {
		t.Errorf("looked at: %s", brief(d))
	}
}
