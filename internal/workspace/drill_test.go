package workspace_test

import (
	"os"
	"path/filepath"
	"testing"

	"quarterdeck/internal/workspace"
)

// Drills have a folder of their own, and everything of the workspace's own from the one
// around it.
func TestDrillsReadTheFilesAroundThem(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if workspace.IsDrill(dir) {
		t.Error("a folder that is not there holds drills")
	}
	drill, err := workspace.PrepareDrill(dir)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a second time, and from within, it is the same
		if again, err := workspace.PrepareDrill(drill); err != nil || again != drill {
			t.Errorf("%q, then %q: %v", drill, again, err)
		}
	}
	if !workspace.IsDrill(drill) || workspace.IsDrill(dir) || workspace.Home(drill) != dir || workspace.Home(dir) != dir || workspace.DrillFolder(drill) != drill || workspace.DrillFolder(dir) != drill {
		t.Errorf("%s and %s", dir, drill)
	}
	if err := workspace.WriteSettings(drill, workspace.Settings{Name: "ana"}); err != nil {
		t.Fatal(err)
	}
	if s, err := workspace.ReadSettings(dir); err != nil || s.Name != "ana" {
		t.Errorf("%+v %v", s, err)
	}
	if _, err := os.Stat(filepath.Join(drill, "settings.yaml")); !os.IsNotExist(err) {
		t.Errorf("drills have settings of their own: %v", err)
	}
	text := "routes:\n  a: {medium: webhook, address: https://example.org/a, secret: a, drills: yes}\n  b: {medium: webhook, address: https://example.org/b, secret: b}\n"
	if err := workspace.WriteRoutes(dir, text, ""); err != nil {
		t.Fatal(err)
	}
	r, err := workspace.ReadRoutes(drill)
	if err != nil || !r.Routes["a"].Drills || r.Routes["b"].Drills {
		t.Errorf("%+v %v", r.Routes, err)
	}
	if err := workspace.WriteRoutes(dir, "routes:\n  a: {medium: hand, drills: perhaps}\n", text); err == nil {
		t.Error("perhaps is neither yes nor no")
	}
}
