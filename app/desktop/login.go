package desktop

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

// What AtLogIn answers.
const (
	logInOn    = "on"
	logInOff   = "off"
	logInNever = "" // this system starts programs in another way
)

// logInEntry is the file that makes a desktop start the cockpit, by the XDG autostart
// specification.
func logInEntry() (string, error) {
	dir, err := os.UserConfigDir()
	return filepath.Join(dir, "autostart", "quarterdeck.desktop"), err
}

// AtLogIn tells whether the cockpit starts out of sight when this account logs in: on,
// off, or nothing where the cockpit cannot say.
func (s *Shell) AtLogIn() (string, error) {
	if runtime.GOOS != "linux" {
		return logInNever, nil
	}
	path, err := logInEntry()
	if err != nil {
		return logInNever, nil
	}
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return logInOff, nil
	case err != nil:
		return "", fault.New(fault.Unreachable, "%s cannot be read", path).WithCause(err)
	case strings.Contains(string(text), "Hidden=true"): // the desktop's own way to switch an entry off
		return logInOff, nil
	}
	return logInOn, nil
}

// SetAtLogIn makes the cockpit start out of sight at log-in, on this data folder, or not
// any more. An alarm for a promise made yesterday then rings before anybody opens it.
func (s *Shell) SetAtLogIn(yes bool) error {
	path, err := logInEntry()
	if err == nil && !yes {
		if err = os.Remove(path); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err == nil && yes {
		err = writeLogIn(path, s.window.dir)
	}
	if err != nil {
		return fault.New(fault.Unreachable, "%s cannot be changed", path).WithHint("check its rights, or use the desktop's own list of programs to start").WithCause(err)
	}
	return nil
}

func writeLogIn(path, data string) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	command := quoted(program) + " --hidden"
	if usual, err := workspace.Default(); err != nil || usual != data {
		command += " --data " + quoted(data)
	}
	text := fmt.Sprintf(`[Desktop Entry]
Type=Application
Name=Quarterdeck
Comment=Rings for promises that were made before the last log-out
Exec=%s
Icon=quarterdeck
Terminal=false
`, command)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o600)
}

// quoted writes an argument as the desktop entry specification wants it: quoted, with its
// own escapes doubled for the string that holds it, and a percent sign doubled.
func quoted(arg string) string {
	return `"` + strings.NewReplacer(`\`, `\\\\`, `"`, `\\"`, "`", "\\\\`", `$`, `\\$`, `%`, `%%`).Replace(arg) + `"`
}
