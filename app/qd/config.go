package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

// settingsView are the settings that can be changed here.
type settingsView struct {
	Name  string `json:"name"`
	Theme string `json:"theme"`
	Local bool   `json:"local"`
	Kit   string `json:"kit"` // a folder; empty = built in
}

var settingKeys = []string{"name", "theme", "local", "kit"}

func config(s *session) *cobra.Command {
	return group("config", "your name, the theme, the zone of times, and your team's kit",
		s.reads(&cobra.Command{Use: "list", Short: "every setting", Args: takes(0, 0)}, s.configList),
		s.reads(&cobra.Command{Use: "get KEY", Short: "one setting: name, theme, local or kit", Args: takes(1, 1)}, s.configGet),
		s.reads(&cobra.Command{Use: "set KEY VALUE", Short: "change one: name TEXT, theme dark|light, local true|false, kit DIR", Args: takes(2, 2),
			Long: "An open cockpit takes a change up within seconds. DIR is a folder with a kit of\nyour own: a full path, or else one from the data folder on. With '' the built-in\nkit is in force again."}, s.configSet),
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
		s.say("%s %v", pad(key, 6), v.of(key))
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
	v := settingsView{set.Name, set.Theme, set.Local, set.Kit}
	if v.Theme == "" {
		v.Theme = "dark"
	}
	return v
}

// of is the value of one setting.
func (v settingsView) of(key string) any {
	return map[string]any{"name": v.Name, "theme": v.Theme, "local": v.Local, "kit": v.Kit}[key]
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
	switch key {
	case "name":
		if err := s.found(); err != nil {
			return set, err
		}
		return app.Named(s.ctx, s.cockpit, s.settings, value)
	case "theme":
		err = choice(key, value, "dark", "light")
	case "kit":
		err = s.usable(value)
	default:
		err = choice(key, value, "true", "false")
	}
	if err != nil {
		return set, err
	}
	if err := s.prepare(); err != nil {
		return set, err
	}
	if set, err = workspace.ReadSettings(s.data); err != nil {
		s.warn(err) // that file is set aside, and written anew
	}
	switch key {
	case "theme":
		set.Theme = value
	case "kit":
		set.Kit = value
	default:
		set.Local = value == "true"
	}
	return set, nil
}

// usable refuses a folder without a kit that could be in force.
func (s *session) usable(dir string) error {
	if err := s.folder(); err != nil {
		return err
	}
	_, err := app.ReadKit(app.KitFolder(s.data, dir))
	f := fault.Of(err)
	switch {
	case fault.Is(err, fault.Invalid):
		return fault.Input("kit", "%s", f.Message).WithHint("%s; qd kit check lists every mistake; nothing was changed", f.Hint)
	case fault.Is(err, fault.NotFound) && !filepath.IsAbs(dir):
		return f.WithHint("%s; write its full path when it is not in the data folder", f.Hint)
	}
	return err
}
