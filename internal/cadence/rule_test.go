package cadence_test

import (
	"fmt"
	"strings"
	"testing"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// The list is short and closed: each kind of deadline is one of its rules, in the look
// that the rule has, and the rule says what to do.
func TestTheListOfAlarms(t *testing.T) {
	var ids []string
	byID := map[string]cadence.Rule{}
	for _, r := range cadence.Rules {
		ids = append(ids, r.ID)
		byID[r.ID] = r
		if r.When == "" || r.Act == "" || r.Ends == "" || r.Look != cadence.Advisory && (r.Ignored == "" || r.Minutes == 0) {
			t.Errorf("%s does not say everything", r.ID)
		}
		if want := map[byte]cadence.Look{'W': cadence.Warning, 'C': cadence.Caution, 'A': cadence.Advisory}[r.ID[0]]; r.Look != want {
			t.Errorf("%s is %s", r.ID, r.Look)
		}
	}
	if got := strings.Join(ids, " "); got != "W1 W2 W3 C1 C2 C3 C4 C5 C6 C7 C8 A1 A2 A3 A4 A5 A6" {
		t.Errorf("the list is %s", got)
	}
	for _, kind := range []cadence.Kind{cadence.Promise, cadence.Command, cadence.Log, cadence.Action, cadence.Assess, cadence.Role, cadence.Delivery,
		cadence.Away, cadence.Duty, cadence.Route, cadence.Span, cadence.Quiet, cadence.Exits, cadence.Check, cadence.Help} {
		d := cadence.Deadline{Kind: kind, Early: noon, Due: noon + minute}
		if r, ok := byID[d.Rule(noon+minute)]; !ok || d.Look(noon+minute) != r.Look {
			t.Errorf("%s, when due, is %q and looks %s", kind, d.Rule(noon+minute), d.Look(noon+minute))
		}
		if rung := d.Rung(noon + minute); (rung >= 0) != (d.Look(noon+minute) != cadence.Advisory) {
			t.Errorf("%s stands on rung %d: what is only to be known does not sound, the rest does", kind, rung)
		}
	}
	early := cadence.Deadline{Kind: cadence.Promise, Early: noon, Due: noon + minute}
	if early.Rule(noon) != "C1" || early.Look(noon) != cadence.Caution {
		t.Error("an early warning is C1")
	}
}

func TestAdvisories(t *testing.T) {
	wide := begin(t, "SEV4")
	for i := range uint64(8) {
		if d := wide.find(cadence.Span, ""); (d != nil) != (i > 7) {
			t.Errorf("with %d people: %s", i, brief(d))
		}
		wide.on(minute, &incident.RoleAssigned{Role: fmt.Sprint("r", i), Person: number(0x70 + i)})
	}
	if wide.find(cadence.Span, "") == nil {
		t.Error("eight people are no advisory")
	}
	done := begin(t, "SEV4")
	done.kit.Severities[3].Exit = []kit.Exit{{ID: "a"}, {ID: "b"}}
	done.on(minute, &incident.ExitJudged{Criterion: "a", State: incident.ExitMet})
	if d := done.find(cadence.Exits, ""); d != nil {
		t.Errorf("one of two met: %s", brief(d))
	}
	done.on(2*minute, &incident.ExitJudged{Criterion: "b", State: incident.ExitMet})
	if got := brief(done.find(cadence.Exits, "")); got != "from 2 early 2 due 2" {
		t.Errorf("both met: %s", got)
	}
	put := begin(t, "SEV4")
	put.on(4*hour, &incident.DeadlineSnoozed{Deadline: put.find(cadence.Duty, ana.String()).Key, Until: noon + 4*hour + 30*minute})
	if d := put.find(cadence.Duty, ana.String()); d.Look(noon+4*hour+minute) != cadence.Advisory || d.Look(noon+4*hour+31*minute) != cadence.Caution {
		t.Error("a relief that is put off is a caution again after half an hour, not before")
	}
}

// Four cautions within two minutes are one; three are not, nor four further apart.
func TestFlood(t *testing.T) {
	caution := func(name string, after int64) cadence.Deadline {
		return cadence.Deadline{Key: name, Kind: cadence.Action, Subject: name, Early: noon + after, Due: noon + after}
	}
	for _, tt := range []struct {
		name  string
		after []int64
		want  int
	}{
		{"none", nil, 0},
		{"three", []int64{0, 0, 0}, 0},
		{"four at once", []int64{0, 0, 0, 0}, 4},
		{"four within two minutes", []int64{0, minute, minute, 2 * minute}, 4},
		{"four, the last too late", []int64{0, minute, minute, 2*minute + 1}, 0},
		{"a chain of them", []int64{0, minute, 2 * minute, 2 * minute, 3 * minute, 9 * minute}, 5},
		{"one of them yet to come", []int64{0, 0, 0, 20 * minute}, 0},
	} {
		var ds []cadence.Deadline
		for i, after := range tt.after {
			ds = append(ds, caution(fmt.Sprint(i), after))
		}
		warning := cadence.Deadline{Key: "late", Kind: cadence.Promise, Due: noon}
		if got := cadence.Flood(append(ds, warning), noon+10*minute); len(got) != tt.want || got["late"] {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestSplit(t *testing.T) {
	var list []cadence.Annunciation
	for look, n := range map[cadence.Look]int{cadence.Advisory: 16, cadence.Caution: 3, cadence.Warning: 1} {
		for range n {
			list = append(list, cadence.Annunciation{Look: look})
		}
	}
	s := cadence.SplitOf(list, 100*minute)
	if s.Total() != 20 || s.PerTen() != 2 || s.Percent(s.Advisory) != 80 || s.Percent(s.Warning) != 5 || s.Minutes != 100 {
		t.Errorf("%+v: %f", s, s.PerTen())
	}
	if s := cadence.SplitOf(nil, 0); s.PerTen() != 0 || s.Percent(s.Warning) != 0 || s.Minutes != 1 {
		t.Errorf("of nothing: %+v", s)
	}
}
