package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/secret"
	"quarterdeck/internal/workspace"
)

// settingsView are the settings that can be changed here.
type settingsView struct {
	Name   string `json:"name"`
	Theme  string `json:"theme"`
	Local  bool   `json:"local"`
	Kit    string `json:"kit"` // a folder; empty = built in
	Size   int    `json:"size"`
	Font   string `json:"font"`
	Volume int    `json:"volume"`
	// Secrets and Brief are as the file has them; empty is all places, and no brief.
	Secrets string `json:"secrets"`
	Brief   string `json:"brief"`
}

var settingKeys = []string{"name", "theme", "local", "kit", "size", "font", "volume", "secrets", "brief"}

func config(s *session) *cobra.Command {
	return group("config", "your name, the theme, the zone of times, and your team's kit",
		s.reads(&cobra.Command{Use: "list", Short: "every setting", Args: takes(0, 0)}, s.configList),
		s.reads(&cobra.Command{Use: "get KEY", Short: "one setting; qd config list names them", Args: takes(1, 1)}, s.configGet),
		s.reads(&cobra.Command{Use: "set KEY VALUE", Short: "change one: theme night, size 125, local true, kit DIR …", Args: takes(2, 2),
			Long: "An open cockpit takes a change up within seconds.\n\n" +
				"  name    TEXT          local   true or false: times in this machine's zone\n" +
				"  theme   dark, light, night or system (what the desktop has)\n" +
				"  size    90 to 175     of text and all around it, in per cent\n" +
				"  font    inter or atkinson (Hyperlegible Next)\n" +
				"  volume  10 to 100     of the cockpit's own tones, in per cent\n" +
				"  kit     DIR           a folder with a kit of your own: a full path, or else\n" +
				"                        one from the data folder on; '' is the built-in kit\n" +
				"  secrets LIST          where secrets are kept, the first place first: some of\n" +
				"                        environment, keyring, file, memory; '' is all\n" +
				"  brief   DIR           a folder with a page of each open incident, written anew\n" +
				"                        within a minute of each change; '' is none"}, s.configSet),
	)
}

func (s *session) configList([]string) error {
	v, err := s.kept()
	if err != nil {
		return err
	}
	if s.json {
		return s.print(v)
	}
	for _, key := range settingKeys {
		s.say("%s %v", pad(key, 7), v.of(key))
	}
	return nil
}

func (s *session) configGet(args []string) error {
	if err := choice("key", args[0], settingKeys...); err != nil {
		return err
	}
	v, err := s.kept()
	if err != nil {
		return err
	}
	if s.json {
		return s.print(map[string]any{args[0]: v.of(args[0])})
	}
	s.say("%v", v.of(args[0]))
	return nil
}

// kept reads the settings as they stand in the folder.
func (s *session) kept() (v settingsView, err error) {
	if err := s.folder(); err != nil {
		return v, err
	}
	set, err := workspace.ReadSettings(s.data)
	return viewSettings(set), err
}

func viewSettings(set workspace.Settings) settingsView {
	set = set.Screen()
	return settingsView{set.Name, set.Theme, set.Local, set.Kit, set.Size, set.Font, set.Volume, set.Secrets, set.Brief}
}

// of is the value of one setting.
func (v settingsView) of(key string) any {
	return map[string]any{"name": v.Name, "theme": v.Theme, "local": v.Local, "kit": v.Kit, "size": v.Size, "font": v.Font, "volume": v.Volume, "secrets": v.Secrets, "brief": v.Brief}[key]
}

func (s *session) configSet(args []string) error {
	key, value := args[0], args[1]
	if err := choice("key", key, settingKeys...); err != nil {
		return err
	}
	set, err := s.changed(key, value)
	if err != nil {
		return err
	}
	if err := workspace.WriteSettings(s.data, set); err != nil {
		return err
	}
	if s.json {
		return s.print(viewSettings(set))
	}
	return nil
}

// changed are the settings with one of them changed. A name is a person's, whom the
// database may know; the others need none.
func (s *session) changed(key, value string) (set workspace.Settings, err error) {
	if key == "name" {
		if err := s.found(); err != nil {
			return set, err
		}
		return app.Named(s.ctx, s.cockpit, s.settings, value)
	}
	if err := s.put(key, value, &set); err != nil { // what is refused makes no folder
		return set, err
	}
	if err := s.prepare(); err != nil {
		return set, err
	}
	if set, err = workspace.ReadSettings(s.data); err != nil {
		s.warn(err) // that file is set aside, and written anew
	}
	return set, s.put(key, value, &set)
}

// put gives one of the settings a value.
func (s *session) put(key, value string, set *workspace.Settings) error {
	switch key {
	case "theme":
		return choose(&set.Theme, key, value, workspace.Themes)
	case "font":
		return choose(&set.Font, key, value, workspace.Fonts)
	case "size":
		return percent(&set.Size, key, value, workspace.SizeLeast, workspace.SizeMost)
	case "volume":
		return percent(&set.Volume, key, value, workspace.VolumeLeast, 100)
	case "local":
		set.Local = value == "true"
		return choice(key, value, "true", "false")
	case "secrets":
		set.Secrets = value
		_, err := secret.Order(value)
		return err
	case "brief":
		if err := s.prepare(); err != nil {
			return err
		}
		set.Brief = value
		return app.UsableBrief(s.data, value)
	}
	if err := s.folder(); err != nil {
		return err
	}
	set.Kit = value
	return app.UsableKit(s.data, value)
}

func choose(to *string, key, value string, known []string) error {
	*to = value
	return choice(key, value, known...)
}

func percent(to *int, key, value string, least, most int) error {
	n, err := strconv.Atoi(strings.TrimSuffix(value, "%"))
	if err != nil || n < least || n > most {
		return wrong(key, fmt.Sprintf("a number of per cent, %d to %d", least, most), "%.60q is not understood", value)
	}
	*to = n
	return nil
}
