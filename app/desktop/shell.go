package desktop

import (
	"context"
	"encoding/base64"
	"os"

	frame "github.com/wailsapp/wails/v2/pkg/runtime"

	"quarterdeck/internal/fault"
)

// Shell is what only a window can do for the page.
type Shell struct{ window *window }

// Save asks where to put a document and writes it. The answer is its path; empty when
// the person changed their mind.
func (s *Shell) Save(name, text string) (string, error) {
	return s.save(name, []byte(text))
}

// SaveFile is Save for the file that a record of an incident names.
func (s *Shell) SaveFile(incident, record string) (string, error) {
	b := s.window.opened.wait()
	if b == nil {
		return "", fault.New(fault.Unreachable, "the data folder is not open").WithHint("mend what the window says of it first")
	}
	name, data, err := b.FileBytes(context.Background(), incident, record)
	if err != nil {
		return "", err
	}
	return s.save(name, data)
}

func (s *Shell) save(name string, data []byte) (string, error) {
	ctx := s.window.ctx.Load()
	if ctx == nil {
		return "", fault.New(fault.Unreachable, "the window is still starting").WithHint("try again in a moment")
	}
	path, err := frame.SaveFileDialog(*ctx, frame.SaveDialogOptions{DefaultFilename: name, Title: "Save " + name})
	if err != nil || path == "" {
		return "", err
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return "", fault.New(fault.Unreachable, "%s cannot be written", path).WithHint("choose another place").WithCause(err)
	}
	return path, nil
}

// SaveBytes is Save for what is no text: it comes in base64.
func (s *Shell) SaveBytes(name, data string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return "", fault.New(fault.Invalid, "%s is damaged on its way here", name).WithHint("try once more").WithCause(err)
	}
	return s.Save(name, string(raw))
}

// Quitting names what will not ring once the cockpit is quit; empty when nothing is due.
func (s *Shell) Quitting() []string {
	if b := s.window.opened.now(); b != nil {
		return b.Running()
	}
	return []string{}
}

// Quit ends the cockpit.
func (s *Shell) Quit() { s.window.quit() }
