package kit_test

import (
	"slices"
	"testing"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// The kit may not import the incident, so it keeps the phases' names a second time.
func TestPhasesAreThoseOfTheIncident(t *testing.T) {
	var want []string
	for _, p := range incident.Phases {
		want = append(want, string(p))
	}
	if !slices.Equal(kit.Phases, want) {
		t.Errorf("the kit knows %v, the incident %v", kit.Phases, want)
	}
}
