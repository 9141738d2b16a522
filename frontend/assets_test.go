package frontend

import (
	"io/fs"
	"testing"
)

// A build empties dist first; if it lost the placeholder, the next fresh clone would not compile.
func TestPlaceholderSurvivesABuild(t *testing.T) {
	if _, err := fs.Stat(Dist(), ".gitkeep"); err != nil {
		t.Fatalf("dist must keep its placeholder (public/.gitkeep is copied there by the build): %v", err)
	}
}
