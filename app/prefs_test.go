package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

func TestTheScreenIsKept(t *testing.T) {
	s := sit(t)
	if v := s.station(); v.Theme != "dark" || v.Size != 100 || v.Font != "inter" || v.Volume != 100 || v.Folder != "" || len(v.Keys) != 0 {
		t.Errorf("before anything was chosen: %+v", v)
	}
	s.must(s.SetPrefs(app.PrefsInput{Theme: "night", Size: 175, Font: "atkinson", Volume: 10}))
	s.must(s.SetPrefs(app.PrefsInput{Theme: "system"}))
	s.reopen()
	if v := s.station(); v.Theme != "system" || v.Size != 175 || v.Font != "atkinson" || v.Volume != 10 {
		t.Errorf("after a restart: %+v", v)
	}
	for field, in := range map[string]app.PrefsInput{"theme": {Theme: "pink"}, "font": {Font: "comic"}, "size": {Size: 176}, "volume": {Volume: 9}} {
		refused(t, s.SetPrefs(in), fault.Invalid, field)
	}
	if v := s.station(); v.Theme != "system" || v.Size != 175 {
		t.Errorf("what was refused has changed something: %+v", v)
	}
}

func TestKeysAreKeptWhole(t *testing.T) {
	s := sit(t)
	chosen := []app.KeyView{{ID: "sheet/Alt+C", Chord: "Alt+Y"}, {ID: "tick", Chord: ""}, {ID: "update", Chord: "Mod+Shift++"}}
	s.must(s.SetKeys(app.KeysInput{Keys: chosen}))
	s.reopen()
	if v := s.station(); !slices.Equal(v.Keys, chosen) {
		t.Errorf("after a restart: %+v", v.Keys)
	}
	for _, bad := range []app.KeyView{{ID: "", Chord: "Mod+Y"}, {ID: "Update", Chord: "Mod+Y"}, {ID: "update", Chord: "Mod+"}, {ID: "update", Chord: "Super+Y"}, {ID: "update", Chord: "Mod+ "}, {ID: "update", Chord: "Mod+\n"}} {
		refused(t, s.SetKeys(app.KeysInput{Keys: []app.KeyView{bad}}), fault.Invalid, "keys")
	}
	s.must(s.SetKeys(app.KeysInput{}))
	if v := s.station(); len(v.Keys) != 0 {
		t.Errorf("after all were reset: %+v", v.Keys)
	}
}

func TestAKitThatCannotBeUsedIsNotChosen(t *testing.T) {
	s := sit(t)
	nowhere, broken := "nowhere", filepath.Join(t.TempDir(), "kit")
	s.must(os.MkdirAll(broken, 0o700))
	s.must(os.WriteFile(filepath.Join(broken, "kit.yaml"), []byte("severities: [\n"), 0o600))
	refused(t, s.SetPrefs(app.PrefsInput{Kit: &nowhere}), fault.Invalid, "kit")
	refused(t, s.SetPrefs(app.PrefsInput{Kit: &broken}), fault.Invalid, "kit")
	if v := s.station(); v.Folder != "" || len(v.Faults) != 0 {
		t.Errorf("%q %+v", v.Folder, v.Faults)
	}
	if err := s.TryAlarm(); !fault.Is(err, fault.Unreachable) {
		t.Errorf("an alarm is tried where there is no desktop: %v", err)
	}
}
