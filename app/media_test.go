package app

import (
	"maps"
	"slices"
	"testing"

	"quarterdeck/internal/workspace"
)

// TestEveryMediumCanBeOpened: a name that routes.yaml may say has something behind it.
func TestEveryMediumCanBeOpened(t *testing.T) {
	for name, open := range media {
		if name == "" || open == nil {
			t.Errorf("%q opens nothing", name)
		}
	}
	if known := workspace.Media(); !slices.Equal(known, slices.Sorted(maps.Keys(media))) {
		t.Errorf("routes.yaml may name %q, and what can be opened is %q", known, slices.Sorted(maps.Keys(media)))
	}
}
