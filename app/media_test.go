package app

import "testing"

// TestEveryMediumCanBeOpened: a name that routes.yaml may say has something behind it.
func TestEveryMediumCanBeOpened(t *testing.T) {
	for name, open := range media {
		if name == "" || open == nil {
			t.Errorf("%q opens nothing", name)
		}
	}
	if len(media) == 0 {
		t.Error("nothing can leave")
	}
}
