package workspace_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

func TestSettingsComeBack(t *testing.T) {
	dir := t.TempDir()
	if s, err := workspace.ReadSettings(dir); err != nil || !reflect.DeepEqual(s, workspace.Settings{}) {
		t.Errorf("none yet: %v %+v", err, s)
	}
	want := workspace.Settings{Name: "ana: \"the first\"\n# no comment", Person: "1", Theme: "light", Size: 125, Font: "atkinson", Volume: 40, Local: true, Keys: map[string]string{"update": "Mod+Y", "tick": ""}, Window: workspace.Window{X: -5, Y: 7, Width: 1000, Height: 800, Maximised: true}}
	if err := workspace.WriteSettings(dir, want); err != nil {
		t.Fatal(err)
	}
	if got, err := workspace.ReadSettings(dir); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %+v", err, got)
	}
	if info, err := os.Stat(filepath.Join(dir, "settings.yaml")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", err, info.Mode())
	}
}

func TestSettingsThatCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"broken":     {"name: ana\ntheme: [\n", "settings.yaml"},
		"unknown":    {"name: ana\ncolour: red\n", "2"}, // the line
		"wrong kind": {"name: ana\nlocal: perhaps\n", "2"},
		"a list":     {"- ana\n", "settings.yaml"},
		"twice":      {"name: ana\nname: ben\n", "2"},
		"binary":     {"\x00\x01\xff", "settings.yaml"},
		"two MB":     {"name: " + strings.Repeat("a", 2<<20), "too long"},
		"a bomb":     {"name: &a [x,x,x,x]\nperson: &b [*a,*a,*a,*a]\ntheme: [*b,*b,*b,*b]\n", "settings.yaml"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "settings.yaml")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := workspace.ReadSettings(dir)
		f := fault.Of(err)
		if !fault.Is(err, fault.Invalid) || f.Hint == "" || !strings.Contains(f.Message, path) || !strings.Contains(strings.ReplaceAll(f.Message, path, "settings.yaml"), c.says) || !reflect.DeepEqual(s, workspace.Settings{}) {
			t.Errorf("%s: %v %+v", name, err, s)
		}
		if len(f.Message) > 2000 {
			t.Errorf("%s: the sentence has %d bytes", name, len(f.Message))
		}
		if err := workspace.WriteSettings(dir, workspace.Settings{Name: "ana"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if aside, err := os.ReadFile(path + ".unreadable"); err != nil || string(aside) != c.text {
			t.Errorf("%s: not set aside: %v", name, err)
		}
		if s, err := workspace.ReadSettings(dir); err != nil || s.Name != "ana" {
			t.Errorf("%s: %v %+v", name, err, s)
		}
	}
}

func TestEmptySettingsAreNone(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing yet\n", "{}\n"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "settings.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := workspace.ReadSettings(dir); err != nil || !reflect.DeepEqual(s, workspace.Settings{}) {
			t.Errorf("%q: %v %+v", text, err, s)
		}
	}
}

func TestSettingsThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	if err := workspace.WriteSettings(filepath.Join(dir, "gone"), workspace.Settings{}); !fault.Is(err, fault.Unreachable) || fault.Of(err).Hint == "" {
		t.Errorf("%v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "settings.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.ReadSettings(dir); !fault.Is(err, fault.Unreachable) || fault.Of(err).Hint == "" {
		t.Errorf("a folder in the way: %v", err)
	}
	if err := workspace.WriteSettings(dir, workspace.Settings{}); !fault.Is(err, fault.Unreachable) {
		t.Errorf("a folder in the way: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "settings.yaml.*")); err != nil || len(left) != 0 {
		t.Errorf("%v: left are %q", err, left)
	}
}

func TestSettingsAreWhole(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("a long name ", 1000)
	var writers, readers sync.WaitGroup
	if err := workspace.WriteSettings(dir, workspace.Settings{Name: long}); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	readers.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			if s, err := workspace.ReadSettings(dir); err != nil || s.Name != long && s.Name != "short" {
				t.Errorf("%v %.20q", err, s.Name)
				return
			}
		}
	})
	for _, name := range []string{long, "short"} {
		writers.Go(func() {
			for range 25 {
				if err := workspace.WriteSettings(dir, workspace.Settings{Name: name}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) != 1 {
		t.Errorf("%v: left are %q", err, left)
	}
}

func TestEditions(t *testing.T) {
	dir := t.TempDir()
	seen := []workspace.Edition{workspace.SettingsEdition(dir)}
	for range 20 { // quicker than the file system's clock
		if err := workspace.WriteSettings(dir, workspace.Settings{Name: "ana"}); err != nil {
			t.Fatal(err)
		}
		now := workspace.SettingsEdition(dir)
		if now.Same(seen[len(seen)-1]) || !now.Same(workspace.SettingsEdition(dir)) {
			t.Fatalf("writing %d", len(seen))
		}
		seen = append(seen, now)
	}
	if none := workspace.SettingsEdition(t.TempDir()); !none.Same(seen[0]) || none.Same(seen[1]) {
		t.Error("none is not none")
	}
}
