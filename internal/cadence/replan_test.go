package cadence_test

import (
	"fmt"
	"slices"
	"testing"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// TestReplanned: what another severity would change is what changes when it is set, and
// nobody is moved by it.
func TestReplanned(t *testing.T) {
	for _, tt := range []struct {
		name     string
		given    *live
		at       int64
		to       string
		promises []cadence.PromiseChange
		required []string
		released []string
	}{
		{"raised before anybody was told", begin(t, "SEV2"), 2 * minute, "SEV1",
			[]cadence.PromiseChange{{"customers", noon + 15*minute, noon + 12*minute, 30, 30}, {"support", noon + 15*minute, noon + 7*minute, 30, 15}}, []string{kit.Commander, "communications"}, nil},
		{"raised after one was told", begin(t, "SEV2").told("support", minute, 31*minute), 20 * minute, "SEV1",
			[]cadence.PromiseChange{{"support", noon + 31*minute, noon + 20*minute, 30, 15}}, []string{kit.Commander, "communications"}, nil},
		{"lowered: what was told stands", begin(t, "SEV1").told("support", minute, 16*minute), 10 * minute, "SEV3",
			[]cadence.PromiseChange{{"customers", noon + 10*minute, 0, 30, 0}, {"support", noon + 16*minute, noon + 16*minute, 15, 60}}, nil, []string{kit.Commander, "operations", "communications"}},
		{"the same", begin(t, "SEV2"), minute, "SEV2", nil, nil, nil},
		{"one that the kit does not have", begin(t, "SEV2"), minute, "SEV9", nil, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.given.state()
			p := cadence.Replanned(s, tt.given.kit, tt.to, noon+tt.at)
			if !slices.Equal(p.Promises, tt.promises) || !slices.Equal(p.Required, tt.required) || !slices.Equal(p.Released, tt.released) {
				t.Errorf("%+v", p)
			}
			roles := fmt.Sprint(s.Roles, s.Command)
			after := tt.given.on(tt.at, &incident.SeveritySet{Severity: tt.to}).state()
			if fmt.Sprint(after.Roles, after.Command) != roles {
				t.Error("a role has moved")
			}
			for _, c := range p.Promises {
				if d := find(cadence.Deadlines(after, tt.given.kit), c.Audience); d != c.Due {
					t.Errorf("%s: said %d, is %d", c.Audience, c.Due, d)
				}
			}
		})
	}
}

func find(ds []cadence.Deadline, audience string) int64 {
	for _, d := range ds {
		if d.Kind == cadence.Promise && d.Subject == audience {
			return d.Due
		}
	}
	return 0
}

// TestRaisingOnlyShortens: no audience waits longer after a worse severity than before.
func TestRaisingOnlyShortens(t *testing.T) {
	levels := []string{"SEV4", "SEV3", "SEV2", "SEV1"}
	for from := range levels {
		for to := from + 1; to < len(levels); to++ {
			for _, at := range []int64{0, minute, 9 * minute, 40 * minute} {
				l := begin(t, levels[from]).told("support", minute/2, 45*minute)
				for _, c := range cadence.Replanned(l.state(), l.kit, levels[to], noon+at).Promises {
					if c.Was != 0 && (c.Due == 0 || c.Due > c.Was) {
						t.Errorf("%s to %s after %d min: %s was due at %d, now at %d", levels[from], levels[to], at/minute, c.Audience, (c.Was-noon)/minute, (c.Due-noon)/minute)
					}
				}
			}
		}
	}
}

// TestLookingAgain: a judged severity asks again, shows it and never rings.
func TestLookingAgain(t *testing.T) {
	l := begin(t, "SEV2")
	l.kit.Assessment.Again = 15
	var d *cadence.Deadline
	look := func() {
		d = nil
		ds := cadence.Deadlines(l.state(), l.kit)
		for i := range ds {
			if ds[i].Kind == cadence.Reassess {
				d = &ds[i]
			}
		}
	}
	if look(); d == nil || d.Due != noon+15*minute || d.Look(d.Due-1) != cadence.Nominal || d.Look(d.Due) != cadence.Advisory {
		t.Fatalf("%+v", d)
	}
	for _, at := range []int64{d.Due - 1, d.Due, d.Due + hour} {
		if d.Rung(at) != cadence.Silent {
			t.Errorf("it rings at %d", at)
		}
	}
	has := func(at int64) bool {
		return slices.ContainsFunc(cadence.Acts(l.state(), l.kit, at), func(a cadence.Act) bool { return a.Kind == cadence.ActReassess })
	}
	if has(noon+15*minute-1) || !has(noon+15*minute) {
		t.Error("NEXT does not ask when it is time")
	}
	l.on(16*minute, &incident.SeveritySet{Severity: "SEV2"})
	if look(); d.Due != noon+31*minute {
		t.Errorf("%+v", d)
	}
	l.on(20*minute, &incident.PhaseMoved{Phase: incident.PhaseVerify})
	if look(); d != nil {
		t.Error("it is asked while the relief is being verified")
	}
}

// TestCovering: the commander covers a role until a time; then it is open again.
func TestCovering(t *testing.T) {
	l := begin(t, "SEV2").on(5*minute, &incident.RoleCovered{Role: "operations", Until: noon + 25*minute})
	for _, d := range cadence.Deadlines(l.state(), l.kit) {
		if d.Kind == cadence.Role && d.Due != noon+25*minute {
			t.Errorf("%+v", d)
		}
	}
	l = begin(t, "SEV2").on(minute, &incident.RoleCovered{Role: "operations", Until: noon + 2*minute})
	for _, d := range cadence.Deadlines(l.state(), l.kit) {
		if d.Kind == cadence.Role && d.Due != noon+10*minute {
			t.Errorf("covering shortly must not bring it forward: %+v", d)
		}
	}
}
