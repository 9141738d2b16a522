package app_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

func (s *seat) feed(name string) app.FeedView {
	s.t.Helper()
	for _, f := range s.station().OnCall.Feeds {
		if f.Name == name {
			return f
		}
	}
	s.t.Fatalf("no calendar %s", name)
	return app.FeedView{}
}

// refusedAt is the field that a refusal names.
func (s *seat) refusedAt(field string, err error) {
	s.t.Helper()
	if f := fault.Of(err); err == nil || f.Code != fault.Invalid || f.Field != field || f.Hint == "" {
		s.t.Errorf("%v (%+v); want a refusal of %s", err, f, field)
	}
}

func TestCalendarsAreAddedOnThePage(t *testing.T) {
	s := sit(t)
	add := func(in app.AddCalendarInput) (app.FeedView, error) { return s.AddCalendar(in) }

	v, err := add(app.AddCalendarInput{Name: "Payments", Role: "ops", Text: "Ana, Ben", Zone: "Europe/Berlin"})
	s.must(err)
	if v.Events != 52 || v.Read == 0 || v.Zone != "Europe/Berlin" {
		t.Errorf("%+v", v)
	}
	on, err := s.OnCall(0)
	s.must(err)
	if len(on.Rows) != 1 || on.Rows[0].Role != "operations" || len(on.Rows[0].On) != 1 || on.Rows[0].On[0].Name != "Ana" || on.Rows[0].Next == nil || on.Rows[0].Next.Name != "Ben" {
		t.Errorf("%+v", on.Rows)
	}

	_, err = add(app.AddCalendarInput{Name: "payments", Text: "Cem"})
	s.refusedAt("name", err)
	_, err = add(app.AddCalendarInput{Text: "Cem"})
	s.refusedAt("name", err)
	_, err = add(app.AddCalendarInput{Name: "x"})
	s.refusedAt("file", err)
	_, err = add(app.AddCalendarInput{Name: "x", Text: "Cem", File: "/x.ics"})
	s.refusedAt("file", err)
	_, err = add(app.AddCalendarInput{Name: "x", File: "/nowhere/x.ics"})
	s.refusedAt("file", err)
	_, err = add(app.AddCalendarInput{Name: "x", File: s.put("page.ics", "<html><body>Sign in</body></html>")})
	s.refusedAt("file", err)
	_, err = add(app.AddCalendarInput{Name: "x", Zone: "Moon/Sea", Text: "Cem"})
	s.refusedAt("zone", err)
	_, err = add(app.AddCalendarInput{Name: "x", URL: "ftp://example.com/a"})
	s.refusedAt("url", err)
	_, err = add(app.AddCalendarInput{Name: "x", Text: "2026-11-16 09:00 Ana\nnobody knows 7\n"})
	s.refusedAt("text", err)
	if err != nil && !strings.Contains(err.Error(), "line 2") {
		t.Errorf("the line is not named: %v", err)
	}
	if n := len(s.station().OnCall.Feeds); n != 1 {
		t.Errorf("%d calendars are left of what was refused", n)
	}
	left, err := os.ReadDir(filepath.Join(s.dir, "rotas"))
	if s.must(err); len(left) != 1 || left[0].Name() != "payments.ics" {
		t.Errorf("%v", left)
	}

	// A pasted .ics; removed, its file stays, and its name is free again.
	_, err = add(app.AddCalendarInput{Name: "Web", Text: rotaText(time.UnixMilli(s.now()).Add(-time.Hour), "Dee")})
	s.must(err)
	s.must(s.RemoveCalendar("Payments"))
	if err := s.RemoveCalendar("Payments"); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
	_, err = add(app.AddCalendarInput{Name: "Payments", Text: "Eli"})
	s.must(err)
	if on, err = s.OnCall(0); err != nil || len(on.Rows) != 2 {
		t.Errorf("%v %+v", err, on.Rows)
	}
}

// The address of a feed is as good as a password: it is shown as its host, wherever it is kept.
func TestAnAddressIsWriteOnly(t *testing.T) {
	s := sit(t)
	body := rotaText(time.UnixMilli(s.now()).Add(-time.Hour), "Ana")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/private-rotation.ics" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(body))
	}))
	defer server.Close()
	v, err := s.AddCalendar(app.AddCalendarInput{Name: "Feed", URL: server.URL + "/private-rotation.ics"})
	s.must(err)
	if v.Events != 1 || strings.Contains(v.From, "rotation") || !strings.HasPrefix(v.From, "127.0.0.1") {
		t.Errorf("%+v", v)
	}
	if f := s.feed("Feed"); f.From != v.From {
		t.Errorf("the station says %q", f.From)
	}
	// What is gone for good is not added; what cannot be reached now is.
	_, err = s.AddCalendar(app.AddCalendarInput{Name: "Gone", URL: server.URL + "/secret-beeches.ics"})
	s.refusedAt("url", err)
	if err != nil && strings.Contains(err.Error(), "beeches") {
		t.Errorf("the address is said: %v", err)
	}
	server.Close()
	down, err := s.AddCalendar(app.AddCalendarInput{Name: "Down", URL: server.URL + "/private-rotation.ics"})
	s.must(err)
	if down.Trouble == "" || down.Read != 0 || strings.Contains(down.Trouble+down.Hint, "rotation") {
		t.Errorf("%+v", down)
	}
	s.must(s.RemoveCalendar("Feed"))
	s.must(s.RemoveCalendar("Down"))
	text, err := os.ReadFile(filepath.Join(s.dir, "calendars.yaml"))
	if s.must(err); strings.Contains(string(text), "rotation") || strings.Contains(string(text), "secret:") {
		t.Errorf("%s", text)
	}
}

func TestThePictureHasTheDaysOfItsZone(t *testing.T) {
	s := sit(t)
	at := func(text string) int64 {
		v, err := time.Parse(time.RFC3339, text)
		s.must(err)
		return v.UnixMilli()
	}
	for _, c := range []struct {
		at, view, zone, first, end string
		week, days, short, offset  int // short: hours of the shortest or longest day
	}{
		{"2026-10-22T10:00:00Z", "week", "Europe/Berlin", "2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z", 43, 7, 25, 120},
		{"2026-03-31T23:00:00Z", "month", "Europe/Berlin", "2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z", 14, 30, 24, 120},
		{"2026-03-08T12:00:00Z", "week", "America/New_York", "2026-03-02T05:00:00Z", "2026-03-09T04:00:00Z", 10, 7, 23, -300},
		{"2026-09-06T12:00:00Z", "week", "America/Santiago", "2026-08-31T04:00:00Z", "2026-09-07T03:00:00Z", 36, 7, 23, -240}, // midnight is leapt over
		{"2027-01-01T12:00:00Z", "week", "UTC", "2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z", 53, 7, 24, 0},
		{"2026-02-10T12:00:00Z", "month", "Asia/Kathmandu", "2026-01-31T18:15:00Z", "2026-02-28T18:15:00Z", 5, 28, 24, 345},
	} {
		v, err := s.Picture(app.PictureInput{At: at(c.at), View: c.view, Zone: c.zone})
		s.must(err)
		odd := 24
		for i, d := range v.Days {
			if h := int((d.End - d.Start) / 3_600_000); h != 24 {
				odd = h
				leapt := d.Changes == 0 && c.zone == "America/Santiago"
				if !leapt && (d.Changes <= d.Start || d.Changes >= d.End || d.After == d.Offset) {
					t.Errorf("%s: %+v", c.zone, d)
				}
			}
			if i > 0 && v.Days[i-1].End != d.Start {
				t.Errorf("%s: a hole before day %d", c.zone, i)
			}
		}
		if len(v.Days) != c.days || v.Days[0].Start != at(c.first) || v.Days[len(v.Days)-1].End != at(c.end) || v.Week != c.week || odd != c.short || v.Days[0].Offset != c.offset {
			t.Errorf("%s of %s in %s: week %d, %d days, %s–%s, %d h, %+v", c.view, c.at, c.zone, v.Week, len(v.Days),
				time.UnixMilli(v.Days[0].Start).UTC(), time.UnixMilli(v.Days[len(v.Days)-1].End).UTC(), odd, v.Days[0])
		}
	}
	_, err := s.Picture(app.PictureInput{View: "year"})
	s.refusedAt("view", err)
	_, err = s.Picture(app.PictureInput{View: "week", Zone: "Moon"})
	s.refusedAt("zone", err)
	_, err = s.Picture(app.PictureInput{View: "week", At: -1 << 50})
	s.refusedAt("at", err)
}

func TestAGapIsMutedAndUnmuted(t *testing.T) {
	s := sit(t)
	start := time.UnixMilli(s.now()).UTC().Truncate(time.Hour)
	_, err := s.AddCalendar(app.AddCalendarInput{Name: "Web", Text: rotaText(start, "ada", "", "Cem", "", "", "Dee")})
	s.must(err)
	v, err := s.Picture(app.PictureInput{View: "month", Zone: "UTC"})
	s.must(err)
	golden(t, "picture", v)
	gaps := func() (int, int) {
		v, err := s.Picture(app.PictureInput{View: "month", Zone: "UTC"})
		s.must(err)
		return len(v.Calendar.Lanes[0].Gaps), len(v.Calendar.Lanes[0].Quiet)
	}
	before, _ := gaps()
	g := v.Calendar.Lanes[0].Gaps[len(v.Calendar.Lanes[0].Gaps)-1]
	in := app.MuteInput{Schedule: "Web", From: g.Start, To: g.End}
	s.must(s.MuteGap(in))
	if n, q := gaps(); n != before-1 || q != 1 || len(s.feed("Web").ByDesign) != 1 {
		t.Errorf("%d gaps of %d, %d by design, %v", n, before, q, s.feed("Web").ByDesign)
	}
	s.must(s.UnmuteGap(in))
	if n, q := gaps(); n != before || q != 0 {
		t.Errorf("%d gaps of %d, %d by design", n, before, q)
	}
	if err := s.UnmuteGap(in); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
	later, err := s.Picture(app.PictureInput{View: "week", Zone: "UTC", At: start.Add(-7 * 24 * time.Hour).UnixMilli()})
	s.must(err)
	if later.NextGap == nil || later.NextGap.Schedule != "Web" {
		t.Errorf("%+v", later.NextGap)
	}
}

func TestThePhoneListCanBePrinted(t *testing.T) {
	s := sit(t)
	if _, err := s.PhoneList(); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
	s.must(s.PutPerson(app.ContactInput{Name: "Zoe <b>", Phone: "+49 30 1", Zone: "Europe/Berlin"}))
	s.must(s.PutPerson(app.ContactInput{Name: "ana", Phone: "+1 2"}))
	_, err := s.AddCalendar(app.AddCalendarInput{Name: "Payments", Text: "ana"})
	s.must(err)
	v, err := s.PhoneList()
	s.must(err)
	if strings.Contains(v.Text, "<b>") || strings.Index(v.Text, ">ana<") > strings.Index(v.Text, "Zoe") || !strings.Contains(v.Text, "49 30 1") || !strings.Contains(v.Text, ">Payments<") {
		t.Errorf("%s", v.Text)
	}
	s.must(s.DropPerson(app.ContactInput{Name: "ana"}))
	if err := s.DropPerson(app.ContactInput{Name: "ana"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("%v", err)
	}
}
