package workspace

import (
	"fmt"
	"time"

	"quarterdeck/internal/oncall"
)

// CalendarsFile is the name of the file of calendars in the data folder.
const CalendarsFile = "calendars.yaml"

type calendarsYAML struct {
	Calendars []calendarYAML `yaml:"calendars"`
	Overrides []overrideYAML `yaml:"overrides,omitempty"`
}

type calendarYAML struct {
	Name     string            `yaml:"name"`
	File     string            `yaml:"file,omitempty"`
	URL      string            `yaml:"url,omitempty"`
	Secret   string            `yaml:"secret,omitempty"`
	Role     string            `yaml:"role,omitempty"`
	Roles    map[string]string `yaml:"roles,omitempty"`
	Schedule string            `yaml:"schedule,omitempty"`
	Preset   string            `yaml:"preset,omitempty"`
	Title    string            `yaml:"title,omitempty"`
	Person   string            `yaml:"person,omitempty"`
	Override bool              `yaml:"override,omitempty"`
	Shared   bool              `yaml:"shared,omitempty"`
	Local    bool              `yaml:"local,omitempty"`
	ByDesign []string          `yaml:"by_design,omitempty"`
	Skip     []string          `yaml:"skip,omitempty"`
	Zone     string            `yaml:"zone,omitempty"`
	Refresh  string            `yaml:"refresh,omitempty"`
}

type overrideYAML struct {
	ID       string `yaml:"id"`
	Schedule string `yaml:"schedule,omitempty"`
	Role     string `yaml:"role,omitempty"`
	Person   string `yaml:"person"`
	From     string `yaml:"from"`
	To       string `yaml:"to"`
	Note     string `yaml:"note,omitempty"`
}

const calendarsHead = `# The on-call calendars. An address may be a password: keep this file to yourself.
# by_design says when nobody has to be on call: "Sat-Sun", "Mon-Fri 18:00-09:00".
`

// ReadCalendars reads calendars.yaml; a folder without it has none. The fault Invalid
// names each line at fault.
func ReadCalendars(dir string) (oncall.Settings, error) {
	var y calendarsYAML
	d, err := readDocument(dir, CalendarsFile, &y)
	if err != nil {
		return oncall.Settings{}, err
	}
	s, wrong := y.settings()
	return s, d.mistakes(append(wrong, mistakesOf(s.Check())...))
}

func (y *calendarsYAML) settings() (s oncall.Settings, wrong []Mistake) {
	for i, c := range y.Calendars {
		refresh, err := time.ParseDuration(c.Refresh)
		if c.Refresh != "" && err != nil {
			wrong = append(wrong, Mistake{fmt.Sprintf("calendars[%d].refresh", i), fmt.Sprintf("%.40q is no length of time", c.Refresh), "write it as 15m or 1h"})
		}
		s.Calendars = append(s.Calendars, oncall.Calendar{
			Name: c.Name, File: c.File, URL: c.URL, Secret: c.Secret, Role: c.Role, Roles: c.Roles, Schedule: c.Schedule, Preset: oncall.Preset(c.Preset), Title: c.Title,
			Person: c.Person, Override: c.Override, Shared: c.Shared, Local: c.Local, ByDesign: c.ByDesign, Skip: c.Skip, Zone: c.Zone, Refresh: refresh,
		})
	}
	for i, o := range y.Overrides {
		v := oncall.Override{ID: o.ID, Schedule: o.Schedule, Role: o.Role, Person: o.Person, Note: o.Note}
		var ok [2]bool
		v.From, ok[0] = instant(o.From)
		v.To, ok[1] = instant(o.To)
		for j, field := range []string{"from", "to"} {
			if !ok[j] {
				wrong = append(wrong, Mistake{fmt.Sprintf("overrides[%d].%s", i, field), "that is no time", "write it as 2026-11-20T14:00:00Z"})
			}
		}
		s.Overrides = append(s.Overrides, v)
	}
	return s, wrong
}

func instant(text string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, text)
	return t, err == nil
}

// WriteCalendars writes calendars.yaml whole.
func WriteCalendars(dir string, s oncall.Settings) error {
	if err := (document{path: CalendarsFile}).mistakes(mistakesOf(s.Check())); err != nil {
		return err
	}
	y := calendarsYAML{Calendars: []calendarYAML{}}
	for i := range s.Calendars {
		c := &s.Calendars[i]
		refresh := ""
		if c.Refresh != 0 {
			refresh = c.Refresh.String()
		}
		y.Calendars = append(y.Calendars, calendarYAML{
			Name: c.Name, File: c.File, URL: c.URL, Secret: c.Secret, Role: c.Role, Roles: c.Roles, Schedule: c.Schedule, Preset: string(c.Preset), Title: c.Title,
			Person: c.Person, Override: c.Override, Shared: c.Shared, Local: c.Local, ByDesign: c.ByDesign, Skip: c.Skip, Zone: c.Zone, Refresh: refresh,
		})
	}
	for _, o := range s.Overrides {
		y.Overrides = append(y.Overrides, overrideYAML{
			ID: o.ID, Schedule: o.Schedule, Role: o.Role, Person: o.Person, From: o.From.UTC().Format(time.RFC3339), To: o.To.UTC().Format(time.RFC3339), Note: o.Note,
		})
	}
	return writeDocument(dir, CalendarsFile, calendarsHead, y)
}

// ChangeCalendars reads the calendars, has them changed, and writes them. Nothing is
// written when the change refuses, or when the file cannot be read.
func ChangeCalendars(dir string, how func(*oncall.Settings) error) error {
	var s oncall.Settings
	return change(dir, CalendarsFile, func() (err error) {
		if s, err = ReadCalendars(dir); err == nil {
			err = how(&s)
		}
		return err
	}, func() error { return WriteCalendars(dir, s) })
}
