package workspace_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

// FuzzFiles holds that whatever stands in a file of the data folder is read or refused with
// a sentence, and that what was read of people and calendars is the same once written.
func FuzzFiles(f *testing.F) {
	names := []string{"settings.yaml", workspace.RoutesFile, workspace.PeopleFile, workspace.CalendarsFile}
	f.Add(uint8(0), []byte("name: ana\ntheme: night\nkeys: {note: Ctrl+B}\n"))
	f.Add(uint8(1), []byte(some))
	f.Add(uint8(2), []byte("people:\n  - {name: Ana Lee, email: ana@example.com, aliases: [al], zone: Europe/Berlin}\n"))
	f.Add(uint8(3), []byte("calendars:\n  - {name: a, url: \"https://example.com/a.ics\", roles: {L1: deputy}, by_design: [\"Mon-Fri 18:00-09:00\"], zone: UTC, refresh: 5m}\n"+
		"overrides:\n  - {id: a, person: Ana, from: 2026-01-01T00:00:00Z, to: 2026-01-02T00:00:00Z}\n"))
	f.Add(uint8(2), []byte("people: &a [*a, {name: !!binary AAAA, <<: {}}]\n---\n\uFEFF\x00"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		name := names[int(which)%len(names)]
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(path)
		var err error
		switch name {
		case workspace.RoutesFile:
			_, err = workspace.ReadRoutes(dir)
		case workspace.PeopleFile:
			before, e := workspace.ReadPeople(dir)
			if err = e; err == nil && len(before) > 0 {
				if e := workspace.WritePeople(dir, before); e != nil {
					t.Fatalf("read, and not written: %v", e)
				}
				if after, e := workspace.ReadPeople(dir); e != nil || !reflect.DeepEqual(plain(before), plain(after)) {
					t.Errorf("%v: %+v became %+v", e, before, after)
				}
			}
		case workspace.CalendarsFile:
			_, err = workspace.ReadCalendars(dir)
		default:
			_, err = workspace.ReadSettings(dir)
		}
		if err != nil {
			if got := fault.Of(err); got.Code != fault.Invalid || got.Message == "" || strings.ContainsRune(got.Message, 0) {
				t.Errorf("%s: %+v", name, got)
			}
		}
	})
}

// plain tells no empty list from none.
func plain[T any](list []T) []T {
	for i := range list {
		v := reflect.ValueOf(&list[i]).Elem()
		for j := range v.NumField() {
			if x := v.Field(j); x.Kind() == reflect.Slice && x.Len() == 0 {
				x.SetZero()
			}
		}
	}
	return list
}
