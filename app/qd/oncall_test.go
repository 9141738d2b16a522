package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"quarterdeck/internal/fault"
)

// weekOf is a calendar of this week, in PagerDuty's words; the shell's morning is Friday's.
const weekOf = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:On Call Schedule for Payments\r\n" +
	"BEGIN:VEVENT\r\nDTEND;VALUE=DATE-TIME:20261120T120000Z\r\nDTSTART;VALUE=DATE-TIME:20261119T120000Z\r\nATTENDEE:ada@example.com\r\nUID:1\r\nSUMMARY:On Call - Ada L. - Payments\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nDTEND;VALUE=DATE-TIME:20261122T120000Z\r\nDTSTART;VALUE=DATE-TIME:20261120T120000Z\r\nUID:2\r\nSUMMARY:On Call - Ben - Payments\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

type callLine struct {
	Schedule, Role string
	Person         struct{ Name, Email string }
	Start, End     string
	Next           *struct{ Person, Start string }
}

func TestWhoIsOnCall(t *testing.T) {
	sh := opened(t)
	sh.qd("people", "add", "Ada Lovelace", "--email", "ada@example.com", "--alias", "al", "--phone", "1234")
	sh.qd("people", "add", "Ada Lovelace", "--zone", "Europe/London")
	people := ask[[]contactView](sh, "people", "list")
	if len(people) != 1 || people[0].Phone != "1234" || people[0].Zone != "Europe/London" || people[0].Email != "ada@example.com" {
		t.Errorf("%+v", people)
	}
	file := filepath.Join(t.TempDir(), "rota.ics")
	if err := os.WriteFile(file, []byte(weekOf), 0o600); err != nil {
		t.Fatal(err)
	}
	sh.qd("calendar", "add", "payments", file, "--role", "ops")
	got := ask[[]callLine](sh, "oncall")
	if len(got) != 1 || got[0].Schedule != "payments" || got[0].Role != "ops" || got[0].Person.Name != "Ada Lovelace" || got[0].Person.Email != "ada@example.com" ||
		got[0].Start != "2026-11-19T12:00:00Z" || got[0].End != "2026-11-20T12:00:00Z" || got[0].Next == nil || got[0].Next.Person != "Ben" || got[0].Next.Start != "2026-11-20T12:00:00Z" {
		t.Errorf("%+v", got)
	}
	if got = ask[[]callLine](sh, "oncall", "--at", "2026-11-20T13:00:00+01:00"); got[0].Person.Name != "Ben" || got[0].Next != nil {
		t.Errorf("%+v", got)
	}
	sh.same(ask[[]callLine](sh, "oncall", "--at", "2026-12-24T00:00:00Z"), []callLine{}, "after the calendar's end")
	if gaps := ask[[]onCallView](sh, "oncall", "--gaps", "--at", "2026-12-24T00:00:00Z"); len(gaps) != 1 || gaps[0].Person != nil || gaps[0].State != "no_data" {
		t.Errorf("%+v", gaps)
	}
	sh.has(sh.qd("oncall"), "payments (ops)", "Ada Lovelace 1234 until 2026-11-20T12:00:00Z; next")

	sh.qd("role", "assign", "operations", "ADA@example.com")
	sh.has(sh.qd("timeline"), "Ada Lovelace is Ops lead, on call by payments until")
	// The same person by other names: in the log line, and when command is handed over.
	sh.qd("log", "@al flush the cache 5m")
	sh.has(sh.qd("timeline"), "Ada Lovelace: flush the cache (5 min)")
	sh.refuses(failed, "log", "@who@example.com flush the cache")
	sh.qd("handoff", "offer", "ada@example.com", "--worry", "the vendor is silent")
	sh.has(sh.qd("timeline"), "Command is offered to Ada Lovelace")
	sh.qd("handoff", "accept", "--as", "al", "--back", "goal")
	sh.has(sh.qd("timeline"), "Ada Lovelace takes command")
	sh.refuses(failed, "handoff", "offer", "who@example.com")
	sh.qd("override", "add", "payments", "dee", "--to", "2026-11-20T10:00:00Z", "--note", "swap")
	if got = ask[[]callLine](sh, "oncall"); len(got) != 1 || got[0].Person.Name != "dee" || got[0].Next.Person != "Ada Lovelace" {
		t.Errorf("%+v", got)
	}
	sh.has(sh.qd("override", "export", "-"), "BEGIN:VCALENDAR", "SUMMARY:dee", "Note: swap")
	pic := ask[pictureView](sh, "calendar", "show")
	if len(pic.Schedules) != 1 || len(pic.Schedules[0].Shifts) != 3 || len(pic.Load) != 3 || pic.Schedules[0].Horizon == nil {
		t.Errorf("%+v", pic)
	}
	sh.qd("override", "remove", ask[[]overrideView](sh, "override", "list")[0].ID)
	sh.qd("people", "remove", "al")
	if got = ask[[]callLine](sh, "oncall"); got[0].Person.Name != "Ada L." {
		t.Errorf("somebody unknown is not called as the title has it: %+v", got)
	}
	sh.qd("calendar", "remove", "payments")
	sh.same(ask[[]callLine](sh, "oncall"), []callLine{}, "without a calendar")
	sh.refuses(failed, "calendar", "remove", "payments")
	sh.refuses(failed, "people", "remove", "nobody")
	sh.refuses(failed, "role", "assign", "scribe", "who@example.com")
}

func TestAFeedInAShell(t *testing.T) {
	sh := newShell(t)
	var body atomic.Value
	body.Store(weekOf)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if text := body.Load().(string); text != "" {
			_, _ = w.Write([]byte(text))
			return
		}
		w.WriteHeader(http.StatusNotFound)
	}))
	defer srv.Close()
	address := srv.URL + "/private/s3cr3t/feed.ics"
	_, out, errs := sh.try(address+"\n", "calendar", "add", "payments", "-", "--role", "commander")
	if strings.Contains(out+errs, "s3cr3t") || !strings.Contains(out, "/…") {
		t.Errorf("it says %s%s", out, errs)
	}
	sh.refuses(failed, "calendar", "add", "Payments", address) // the name is taken
	sh.refuses(failed, "calendar", "add", "no", filepath.Join(t.TempDir(), "none.ics"))
	sh.refuses(failed, "calendar", "add", "no", "gopher://x")
	body.Store("")
	if f := sh.refuses(failed, "calendar", "refresh", "payments"); f.Code != string(fault.Refused) || strings.Contains(f.Message+f.Hint, "s3cr3t") {
		t.Errorf("%+v", f)
	}
	sh.refuses(failed, "calendar", "add", "gone", address)
	body.Store("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
	sh.refuses(failed, "calendar", "refresh")
	list := ask[[]feedView](sh, "calendar", "list")
	if len(list) != 1 || !list[0].Held || list[0].Events != 2 || list[0].Kind != "emptied" || len(ask[[]callLine](sh, "oncall")) != 1 {
		t.Errorf("%+v", list)
	}
	sh.refuses(misuse, "calendar", "refresh", "--accept")
	sh.qd("calendar", "refresh", "--accept", "payments")
	sh.refuses(failed, "calendar", "refresh", "--accept", "payments")
	sh.same(ask[[]callLine](sh, "oncall"), []callLine{}, "after the empty one was taken")

	body.Store(weekOf)
	var lines []occurrenceView
	status, stdout, stderr := sh.try("", "calendar", "expand", address, "--from", "2026-11-01T00:00:00Z", "--to", "2026-12-01T00:00:00Z", "--json")
	if err := json.Unmarshal([]byte(stdout), &lines); err != nil || status != done || len(lines) != 2 {
		t.Errorf("status %d, %v, %s", status, err, stderr)
	}
	data, err := os.ReadFile(filepath.Join(sh.dir, "calendars.yaml"))
	info, _ := os.Stat(filepath.Join(sh.dir, "calendars.yaml"))
	if err != nil || !strings.Contains(string(data), address) || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v\n%s", err, info.Mode(), data)
	}
}
