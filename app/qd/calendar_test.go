package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const rota = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" +
	"BEGIN:VEVENT\r\nUID:week\r\nSUMMARY:Primary: Ada\r\nDTSTART;TZID=Europe/Berlin:20260302T090000\r\nDTEND;TZID=Europe/Berlin:20260309T090000\r\n" +
	"RRULE:FREQ=WEEKLY;INTERVAL=2\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:day\r\nSUMMARY:Backup: Ben\r\nDTSTART;VALUE=DATE:20260329\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:off\r\nSUMMARY:Off\r\nSTATUS:CANCELLED\r\nDTSTART:20260330T100000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:bad\r\nDTSTART:soon\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func TestACalendarIsExpanded(t *testing.T) {
	sh := &shell{T: t}
	file := filepath.Join(t.TempDir(), "rota.ics")
	if err := os.WriteFile(file, []byte(rota), 0o600); err != nil {
		t.Fatal(err)
	}
	type line struct {
		Start, End, Summary, UID string
		AllDay                   bool `json:"all_day"`
	}
	want := []line{
		{"2026-03-16T08:00:00Z", "2026-03-23T08:00:00Z", "Primary: Ada", "week", false},
		{"2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "Backup: Ben", "day", true},
		{"2026-03-30T07:00:00Z", "2026-04-06T07:00:00Z", "Primary: Ada", "week", false}, // the clocks have moved meanwhile
	}
	args := []string{"calendar", "expand", file, "--from", "2026-03-20T00:00:00Z", "--to", "2026-04-01T02:00:00+02:00", "--zone", "europe/berlin"}
	sh.same(ask[[]line](sh, args...), want, "from a file")
	status, stdout, stderr := sh.try(rota, append(args[:2:2], append([]string{"-", "--json"}, args[3:]...)...)...)
	var got []line
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || status != done || stderr != "" {
		t.Fatalf("status %d, %v, %s", status, err, stderr)
	}
	sh.same(got, want, "from standard input")

	status, stdout, stderr = sh.try("", args...)
	if status != done || !strings.Contains(stdout, "Backup: Ben (all day in Europe/Berlin)") || !strings.Contains(stderr, "DTSTART cannot be read") || !strings.Contains(stderr, "line 24") {
		t.Errorf("status %d\n%s\n%s", status, stdout, stderr)
	}
	status, _, stderr = sh.try("", append(args, "--json", "--report")...)
	var notes []noteView
	if err := json.Unmarshal([]byte(stderr), &notes); err != nil || status != done || len(notes) == 0 || notes[0].Kind != "lost" || notes[0].Line != 24 {
		t.Errorf("status %d, %v, %s", status, err, stderr)
	}
	sh.same(ask[[]line](sh, "calendar", "expand", file, "--from", "2020-01-01", "--to", "2021-01-01"), []line{}, "a time without events")
}

func TestWhatIsNoCalendarIsRefused(t *testing.T) {
	sh := &shell{T: t}
	window := []string{"--from", "2026-01-01T00:00:00Z", "--to", "2027-01-01T00:00:00Z", "--json"}
	many := "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T000000Z\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR\n"
	for name, c := range map[string]struct{ in, code, says string }{
		"nothing":    {"", "refused", "nothing in this file"},
		"a web page": {"<!DOCTYPE html><html><body>Sign in</body></html>", "refused", "web page"},
		"json":       {`{"error":"no"}`, "refused", "not a calendar"},
		"too deep":   {strings.Repeat("BEGIN:A\n", 100_000), "refused", "deep"},
		"too often":  {many, "refused", "more than 50000 times"},
	} {
		status, _, stderr := sh.try(c.in, append([]string{"calendar", "expand", "-"}, window...)...)
		if status != failed || !strings.Contains(stderr, `"code":"`+c.code) || !strings.Contains(stderr, c.says) {
			t.Errorf("%s: status %d, %s", name, status, stderr)
		}
	}
	for field, args := range map[string][]string{
		"from": {"-", "--to", "2027-01-01T00:00:00Z"},
		"to":   {"-", "--from", "2027-01-01T00:00:00Z", "--to", "2026-01-01T00:00:00Z"},
		"zone": append([]string{"-", "--zone", "Local"}, window...),
	} {
		if f := sh.refuses(misuse, append([]string{"calendar", "expand"}, args...)...); f.Field != field {
			t.Errorf("%s: %+v", field, f)
		}
	}
	if f := sh.refuses(failed, append([]string{"calendar", "expand", filepath.Join(t.TempDir(), "none.ics")}, window...)...); f.Code != "unreachable" {
		t.Errorf("%+v", f)
	}
}
