package kit_test

import (
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

func TestSectionsAreThoseOfTheIncident(t *testing.T) {
	if !slices.Equal(kit.RetroSections, incident.Sections) {
		t.Errorf("the kit knows %v, the incident %v", kit.RetroSections, incident.Sections)
	}
}

func TestMistakesInLookingBackAreNamed(t *testing.T) {
	good := func() kit.Retro {
		return kit.Retro{
			Gap: 15, Sections: []kit.Heading{{ID: "short", Name: "In short"}}, Closing: []string{"Would you come again?"},
			Moments: []kit.Asking{{ID: "choice", Of: []string{"decision"}, Ask: []string{"What else?"}}},
			Wording: []kit.Wording{{Words: []string{"root cause"}, Ask: "Which conditions?"}},
		}
	}
	about := func(r kit.Retro) string {
		var out []string
		for _, p := range (&kit.Kit{Retro: r}).Check() {
			if strings.HasPrefix(p.Where, "retrospective") {
				out = append(out, p.String())
			}
		}
		return strings.Join(out, "\n")
	}
	if got := about(good()); got != "" {
		t.Errorf("one without mistakes: %s", got)
	}
	for name, spoil := range map[string]func(*kit.Retro){
		`no section "blame"`: func(r *kit.Retro) { r.Sections[0].ID = "blame" },
		`stands twice`:       func(r *kit.Retro) { r.Sections = append(r.Sections, r.Sections[0]) },
		`sections[0].name`:   func(r *kit.Retro) { r.Sections[0].Name = " " },
		`moments[0].ask`:     func(r *kit.Retro) { r.Moments[0].Ask = nil },
		`moments[0].id`:      func(r *kit.Retro) { r.Moments[0].ID = "A B" },
		`closing[0]`:         func(r *kit.Retro) { r.Closing[0] = "" },
		`wording[0].words`:   func(r *kit.Retro) { r.Wording[0].Words = nil },
		`wording[0].ask`:     func(r *kit.Retro) { r.Wording[0].Ask = strings.Repeat("x", 161) },
		`gap`:                func(r *kit.Retro) { r.Gap = -1 },
	} {
		r := good()
		spoil(&r)
		if got := about(r); !strings.Contains(got, name) {
			t.Errorf("want %s, got %q", name, got)
		}
	}
}
