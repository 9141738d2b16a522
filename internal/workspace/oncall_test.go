package workspace_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/workspace"
)

func TestPeopleComeBack(t *testing.T) {
	dir := t.TempDir()
	if p, err := workspace.ReadPeople(dir); err != nil || len(p) != 0 {
		t.Errorf("none yet: %v %v", err, p)
	}
	want := []oncall.Person{{Name: "Ana: \"the first\" # Lee", Email: "ana@example.com", Aliases: []string{"al", "@an"}, Phone: "+49 30 1", Zone: "Europe/Berlin", Notes: "two\nlines"}, {Name: "yes"}}
	err := workspace.ChangePeople(dir, func(p []oncall.Person) ([]oncall.Person, error) { return append(p, want...), nil })
	if err != nil {
		t.Fatal(err)
	}
	if got, err := workspace.ReadPeople(dir); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %+v", err, got)
	}
	if info, err := os.Stat(filepath.Join(dir, "people.yaml")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", err, info.Mode())
	}
	err = workspace.ChangePeople(dir, func(p []oncall.Person) ([]oncall.Person, error) {
		return append(p, oncall.Person{Name: "ben", Email: "ana@example.com"}), nil
	})
	if got, _ := workspace.ReadPeople(dir); !fault.Is(err, fault.Invalid) || len(got) != 2 {
		t.Errorf("an address twice: %v", err)
	}
}

func TestCalendarsComeBack(t *testing.T) {
	dir := t.TempDir()
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	want := oncall.Settings{
		Calendars: []oncall.Calendar{
			{Name: "a", URL: "https://example.org/x?t=1", Role: "commander", Roles: map[string]string{"L1": "deputy"}, Preset: oncall.Grafana, ByDesign: []string{"Sat-Sun"}, Zone: "UTC", Refresh: 30 * time.Minute, Local: true, Shared: true},
			{Name: "b", File: "/x.ics", Schedule: "a", Override: true, Title: "(?P<person>.+)", Person: "ana", Skip: []string{"Holiday"}},
			{Name: "c", Secret: "rota"},
		},
		Overrides: []oncall.Override{{ID: "1", Schedule: "a", Role: "commander", Person: "dee", From: noon, To: noon.Add(time.Hour), Note: "swap"}},
	}
	if err := workspace.ChangeCalendars(dir, func(s *oncall.Settings) error { *s = want; return nil }); err != nil {
		t.Fatal(err)
	}
	if got, err := workspace.ReadCalendars(dir); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %+v", err, got)
	}
	if info, err := os.Stat(filepath.Join(dir, "calendars.yaml")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", err, info.Mode())
	}
}

// What is wrong is named with its line and a remedy, and stays as it is.
func TestMistakesInFilesAreNamedByLine(t *testing.T) {
	people := func(dir string) error { _, err := workspace.ReadPeople(dir); return err }
	calendars := func(dir string) error { _, err := workspace.ReadCalendars(dir); return err }
	for name, c := range map[string]struct {
		file, text, says string
		read             func(string) error
	}{
		"an unknown field":   {"people.yaml", "people:\n- name: a\n  colour: red\n", "people.yaml:3: unknown field", people},
		"no YAML":            {"people.yaml", "people: [\n", "people.yaml:", people},
		"no name":            {"people.yaml", "people:\n- name: a\n- email: b@example.com\n", "people.yaml:3: a name is missing", people},
		"no zone":            {"people.yaml", "people:\n- name: a\n  zone: Mars\n", `people.yaml:3: "Mars" is no time zone`, people},
		"one alias twice":    {"people.yaml", "people:\n- name: a\n  aliases: [x]\n- name: b\n  aliases: [y, X]\n", "people.yaml:5: \"X\" stands for two people", people},
		"a list":             {"people.yaml", "- a\n", "people.yaml:1:", people},
		"no place":           {"calendars.yaml", "calendars:\n- name: a\n  role: x\n", "calendars.yaml:2: a calendar comes from one place", calendars},
		"no time":            {"calendars.yaml", "calendars:\n- name: a\n  file: x\noverrides:\n- person: b\n  role: x\n  from: now\n  to: 2026-01-01T00:00:00Z\n", "calendars.yaml:7: that is no time", calendars},
		"no length of time":  {"calendars.yaml", "calendars:\n- name: a\n  file: x\n  refresh: often\n", "calendars.yaml:4:", calendars},
		"no days":            {"calendars.yaml", "calendars:\n- name: a\n  file: x\n  by_design:\n  - Sat\n  - never\n", "calendars.yaml:6:", calendars},
		"two of one name":    {"calendars.yaml", "calendars:\n- name: a\n  file: x\n- name: A\n  file: y\n", "calendars.yaml:4:", calendars},
		"a secret that lies": {"calendars.yaml", "calendars:\n- name: a\n  url: gopher://s3cr3t\n", "calendars.yaml:3: this is no address", calendars},
		"a bomb":             {"people.yaml", "a: &a [x,x,x]\nb: &b [*a,*a,*a]\npeople: [*b,*b]\n", "people.yaml:", people},
		"far too much":       {"people.yaml", "people:\n" + strings.Repeat("- name: a\n", 30_000), "goes on for too long", people},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, c.file)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		err := c.read(dir)
		if f := fault.Of(err); !fault.Is(err, fault.Invalid) || f.Hint == "" || !strings.Contains(f.Message, c.says) || strings.Contains(f.Error(), "s3cr3t") {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		change := workspace.ChangePeople(dir, func(p []oncall.Person) ([]oncall.Person, error) { return append(p, oncall.Person{Name: "z"}), nil })
		if c.file == "calendars.yaml" {
			change = workspace.ChangeCalendars(dir, func(*oncall.Settings) error { return nil })
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != c.text || change == nil {
			t.Errorf("%s: the file was changed: %v %v", name, err, change)
		}
	}
}
