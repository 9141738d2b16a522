package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"

	"quarterdeck/internal/fault"
)

// Settings are the commander's own: settings.yaml in the data folder.
type Settings struct {
	Name   string `yaml:"name"`             // who sits here; empty until asked
	Person string `yaml:"person"`           // the id under which records know them
	Theme  string `yaml:"theme,omitempty"`  // one of Themes; empty is dark
	Size   int    `yaml:"size,omitempty"`   // of text and everything around it, in per cent of the usual, SizeLeast to SizeMost; 0 is 100
	Font   string `yaml:"font,omitempty"`   // one of Fonts; empty is inter
	Local  bool   `yaml:"local,omitempty"`  // times in the machine's zone instead of UTC
	Volume int    `yaml:"volume,omitempty"` // of the cockpit's own tones, in per cent, VolumeLeast to 100; 0 is 100
	Kit    string `yaml:"kit,omitempty"`    // the folder of the team's own kit, from the data folder on; empty is the built-in one
	Window Window `yaml:"window,omitempty"`

	Secrets string `yaml:"secrets,omitempty"` // where secrets are looked for, in this order: some of environment, keyring, file, memory; empty is all
	Brief   string `yaml:"brief,omitempty"`   // the folder of the live brief, from the data folder on; empty is none

	// Keys are the chords that the commander has chosen, by what they do: "update: Mod+Y".
	// An empty chord means that it has none. What is not named has its usual one.
	Keys map[string]string `yaml:"keys,omitempty"`
}

// What the settings of the screen may be. The theme "system" is the desktop's own choice
// of dark or light. The tones can be soft but not off: that is what Silence is for.
var (
	Themes = []string{"dark", "light", "night", "system"}
	Fonts  = []string{"inter", "atkinson"}
)

// The bounds of Size and Volume, in per cent.
const (
	SizeLeast   = 90
	SizeMost    = 175
	VolumeLeast = 10
)

// Screen fills in what is empty: what a page is to show.
func (s Settings) Screen() Settings {
	if s.Theme == "" {
		s.Theme = Themes[0]
	}
	if s.Font == "" {
		s.Font = Fonts[0]
	}
	if s.Size == 0 {
		s.Size = 100
	}
	if s.Volume == 0 {
		s.Volume = 100
	}
	return s
}

// Window is where the window stood, in pixels; zero width means never.
type Window struct {
	X         int  `yaml:"x"`
	Y         int  `yaml:"y"`
	Width     int  `yaml:"width"`
	Height    int  `yaml:"height"`
	Maximised bool `yaml:"maximised,omitempty"`
}

const settingsFile = "settings.yaml"

// most is how long a settings file may be.
const most = 1 << 20

// ReadSettings reads them; a folder without any has the zero settings. The fault
// Invalid names the line that cannot be read.
func ReadSettings(dir string) (Settings, error) {
	var s Settings
	path := filepath.Join(Home(dir), settingsFile)
	data, err := readUpTo(path, most+1)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, nil
	case err != nil:
		return s, fault.New(fault.Unreachable, "%s cannot be read", path).WithHint("give yourself the right to read it, or move it away").WithCause(err)
	case len(data) > most:
		return s, fault.New(fault.Invalid, "%s is too long to be settings", path).WithHint("move it away; it will be written anew")
	}
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&s); err != nil && !errors.Is(err, io.EOF) { // nothing but comments is none
		return Settings{}, fault.New(fault.Invalid, "%s cannot be read: %s", path, printable(yaml.FormatError(err, false, false))).
			WithHint("mend that line, or move the file away; it will be written anew")
	}
	return s, nil
}

// Edition tells one writing of the settings from another.
type Edition struct{ file fs.FileInfo } // nil: there is none

// SettingsEdition is what stands in the folder now.
func SettingsEdition(dir string) Edition { return edition(filepath.Join(Home(dir), settingsFile)) }

func edition(path string) Edition {
	info, err := os.Stat(path)
	if err != nil {
		return Edition{}
	}
	return Edition{info}
}

// Same reports whether both are one writing. Times are coarse: two writings within a
// few milliseconds have the same, but they are two files.
func (e Edition) Same(other Edition) bool {
	if e.file == nil || other.file == nil {
		return e.file == nil && other.file == nil
	}
	return os.SameFile(e.file, other.file) && e.file.ModTime().Equal(other.file.ModTime()) && e.file.Size() == other.file.Size()
}

// readUpTo reads a file's beginning.
func readUpTo(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}

// WriteSettings writes them whole. A file that cannot be read is set aside first.
func WriteSettings(dir string, s Settings) error {
	path := filepath.Join(Home(dir), settingsFile)
	if _, err := ReadSettings(dir); fault.Is(err, fault.Invalid) {
		if err := os.Rename(path, path+".unreadable"); err != nil {
			return fmt.Errorf("workspace: set %s aside: %w", path, err)
		}
	}
	data, err := yaml.Marshal(s)
	if err != nil {
		return fmt.Errorf("workspace: encode settings: %w", err)
	}
	if err := write(path, data); err != nil {
		return fault.New(fault.Unreachable, "%s cannot be written", path).WithHint("check the disk and the folder's rights").WithCause(err)
	}
	return nil
}
