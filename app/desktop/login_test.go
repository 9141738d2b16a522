package desktop

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"quarterdeck/internal/fault"
)

func TestTheCockpitStartsAtLogInWhenThatIsWanted(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems start programs in another way")
	}
	config := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	data := filepath.Join(t.TempDir(), `on $call "50%" \`)
	s := &Shell{&window{dir: data}}
	is := func(want string) {
		t.Helper()
		if got, err := s.AtLogIn(); err != nil || got != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	is(logInOff)
	if err := s.SetAtLogIn(true); err != nil {
		t.Fatal(err)
	}
	is(logInOn)
	entry := filepath.Join(config, "autostart", "quarterdeck.desktop")
	text, err := os.ReadFile(entry)
	if err != nil || !strings.Contains(string(text), ` --hidden --data "`) || !strings.Contains(string(text), `on \\$call \\"50%%\\" \\\\"`) {
		t.Errorf("%v\n%s", err, text)
	}
	if _, err := exec.LookPath("desktop-file-validate"); err == nil {
		if out, err := exec.Command("desktop-file-validate", entry).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
	if err := os.WriteFile(entry, append(text, "Hidden=true\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	is(logInOff) // the desktop's own list has switched it off
	for range 2 {
		if err := s.SetAtLogIn(false); err != nil {
			t.Fatal(err)
		}
		is(logInOff)
	}
	if err := os.WriteFile(filepath.Join(config, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(config, "file"))
	if err := s.SetAtLogIn(true); !fault.Is(err, fault.Unreachable) || fault.Of(err).Hint == "" {
		t.Errorf("where no entry can be written: %v", err)
	}
}
