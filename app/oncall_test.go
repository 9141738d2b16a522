package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// rotaText is a calendar of 12-hour shifts around the test's own time.
func rotaText(from time.Time, names ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
	for i, n := range names {
		at := from.Add(time.Duration(i) * 12 * time.Hour)
		if n != "" {
			fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:s%d\r\nSUMMARY:%s\r\nDTSTART:%s\r\nDTEND:%s\r\nEND:VEVENT\r\n", i, n, at.Format("20060102T150405Z"), at.Add(12*time.Hour).Format("20060102T150405Z"))
		}
	}
	b.WriteString("END:VCALENDAR\r\n")
	return b.String()
}

func (s *seat) put(name, text string) string {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	s.must(os.WriteFile(path, []byte(text), 0o600))
	return path
}

// onCall waits until the station says something about who is on call.
func (s *seat) onCall(about string, is func(app.OnCallView) bool) app.OnCallView {
	s.t.Helper()
	var v app.OnCallView
	for range 20 {
		s.pass(time.Second)
		if v = s.station().OnCall; is(v) {
			return v
		}
	}
	s.t.Fatalf("never: %s: %+v", about, v)
	return v
}

func TestWhoIsOnCallReachesTheBoardAndTheRecord(t *testing.T) {
	s := sit(t)
	id := s.declare("Checkout fails")
	start := time.UnixMilli(s.now()).UTC().Add(-time.Hour)
	s.put("rota.ics", rotaText(start, "ada", "Ben", "", "Cem"))
	s.put("people.yaml", "people:\n- name: Ada Lovelace\n  aliases: [ada]\n  phone: '1234'\n  zone: Asia/Tokyo\n- name: Dee Doe\n  email: dee@example.com\n")
	s.put("calendars.yaml", "calendars:\n- name: payments\n  file: rota.ics\n  role: ops\n")
	v := s.onCall("Ada is on", func(v app.OnCallView) bool { return len(v.Rows) == 1 && len(v.Rows[0].On) == 1 })
	row := v.Rows[0]
	if on := row.On[0]; row.Role != "operations" || on.Name != "Ada Lovelace" || on.Phone != "1234" || on.Offset != 540 || !on.Known || row.Next == nil || row.Next.Name != "Ben" || row.Until != row.Next.Start || row.Read == 0 {
		t.Errorf("%+v", row)
	}
	s.must(s.AssignOnCall(app.AssignOnCallInput{Incident: id, Schedule: "payments", Lane: "ops"}))
	said := func(words ...string) {
		t.Helper()
		for _, r := range s.rows(id) {
			all := true
			for _, w := range words {
				all = all && strings.Contains(r.Text, w)
			}
			if all {
				return
			}
		}
		t.Errorf("no row says %q", words)
	}
	said("Ada Lovelace is ", "on call by payments until ")
	s.must(s.AssignRole(app.RoleInput{Incident: id, Role: "scribe", Person: "DEE@example.com"}))
	said("Dee Doe is ")

	from, to := start.UnixMilli()+hour, start.UnixMilli()+61*hour
	pic, err := s.Calendar(app.SpanInput{From: from, To: to})
	s.must(err)
	if l := pic.Lanes; len(l) != 1 || len(l[0].Turns) != 3 || len(l[0].Gaps) != 1 || l[0].Horizon == 0 || len(pic.Loads) != 3 || len(pic.Events) != 1 {
		t.Errorf("%+v", pic)
	}
	gap := pic.Lanes[0].Gaps[0]
	s.must(s.Override(app.OverrideInput{Schedule: "payments", Lane: "ops", Person: "Dee Doe", From: gap.Start, To: gap.Start + hour}))
	s.must(s.MuteGap(app.MuteInput{Schedule: "payments", From: gap.Start + hour, To: gap.End}))
	pic, err = s.Calendar(app.SpanInput{From: from, To: to})
	s.must(err)
	if l := pic.Lanes[0]; len(l.Turns) != 4 || len(l.Gaps) != 0 || len(l.Quiet) != 1 || len(pic.Overrides) != 1 || !l.Turns[2].Override || l.Turns[2].ID != pic.Overrides[0].ID {
		t.Errorf("%+v", pic)
	}
	golden(t, "calendar", still(pic))
	out, err := s.ExportOverrides()
	if err != nil || !strings.Contains(out.Text, "SUMMARY:Dee Doe") || !strings.HasSuffix(out.Name, ".ics") {
		t.Errorf("%v %+v", err, out)
	}
	at, err := s.OnCall(gap.Start)
	s.must(err)
	if at.Rows[0].On[0].Name != "Dee Doe" || !at.Rows[0].On[0].Override {
		t.Errorf("%+v", at.Rows[0])
	}
	at.Feeds, at.Rows[0].Read = still(app.CalendarView{Feeds: at.Feeds}).Feeds, 1
	golden(t, "on-call", at)
	s.must(s.DropOverride(pic.Overrides[0].ID))
	if err := s.DropOverride(pic.Overrides[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("dropped twice: %v", err)
	}
	relief, err := s.Relief(app.RoleInput{Role: "operations", Person: "Ada Lovelace"})
	if err != nil || len(relief) < 2 || relief[0].Name != "Ben" || relief[0].Why != "next" {
		t.Errorf("%v %+v", err, relief)
	}
}

// still is a picture without the seconds at which the calendars were looked at.
func still(v app.CalendarView) app.CalendarView {
	for i := range v.Feeds {
		v.Feeds[i].Read, v.Feeds[i].Tried, v.Feeds[i].Next, v.Feeds[i].Changed = 1, 1, 1, 1
	}
	return v
}

const hour = int64(time.Hour / time.Millisecond)

// The board changes by itself when a turn ends, and says when a calendar is down or has
// lost its shifts; what is on stays on.
func TestTheBoardFollowsTimeAndTheFeed(t *testing.T) {
	s := sit(t)
	start := time.UnixMilli(s.now()).UTC().Add(-time.Hour)
	good := rotaText(start, "Ada", "Ben", "Cem", "Dee", "Eli", "Fay", "Gus", "Hal")
	var answer atomic.Pointer[func(http.ResponseWriter)]
	says := func(code int, text string) {
		f := func(w http.ResponseWriter) { w.WriteHeader(code); _, _ = w.Write([]byte(text)) }
		answer.Store(&f)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { (*answer.Load())(w) }))
	defer srv.Close()
	says(200, good)
	s.put("calendars.yaml", "calendars:\n- name: payments\n  url: "+srv.URL+"/x?token=s3cr3t\n  role: commander\n")
	is := func(name string) func(app.OnCallView) bool {
		return func(v app.OnCallView) bool {
			return len(v.Rows) == 1 && len(v.Rows[0].On) == 1 && v.Rows[0].On[0].Name == name
		}
	}
	v := s.onCall("Ada is on", is("Ada"))
	if f := v.Feeds[0]; f.From != strings.TrimPrefix(srv.URL, "http://")+"/…" || f.Trouble != "" || f.Events != 8 {
		t.Errorf("%+v", f)
	}
	says(500, "")
	s.pass(11*time.Hour + time.Minute)
	v = s.onCall("Ben is on, and the feed is down", func(v app.OnCallView) bool { return is("Ben")(v) && v.Feeds[0].Kind == "server" })
	if v.Rows[0].Stale == "" || v.Rows[0].Look == "nominal" {
		t.Errorf("the row does not say that its calendar is old: %+v", v.Rows[0])
	}
	says(200, rotaText(start, ""))
	s.must(s.RefreshCalendars())
	s.onCall("what came is held", func(v app.OnCallView) bool { return is("Ben")(v) && v.Feeds[0].Held })
	s.must(s.AcceptCalendar("payments"))
	s.onCall("it is taken", func(v app.OnCallView) bool {
		return len(v.Rows) == 1 && len(v.Rows[0].On) == 0 && v.Rows[0].Word == "no_data" && !v.Feeds[0].Held
	})
}

func TestFilesThatCannotBeReadAreSaidAndChangeNothing(t *testing.T) {
	s := sit(t)
	s.put("rota.ics", rotaText(time.UnixMilli(s.now()).UTC().Add(-time.Hour), "Ada", "Ben"))
	s.put("calendars.yaml", "calendars:\n- name: payments\n  file: rota.ics\n")
	on := func(v app.OnCallView) bool { return len(v.Rows) == 1 && len(v.Rows[0].On) == 1 }
	s.onCall("Ada is on", on)
	s.put("calendars.yaml", "calendars:\n- name: payments\n  flie: rota.ics\n")
	said := func() bool {
		for _, f := range s.station().Faults {
			if strings.Contains(f.Message, "calendars.yaml:3") {
				return true
			}
		}
		return false
	}
	s.onCall("the mistake is said, Ada is on", func(v app.OnCallView) bool { return on(v) && said() })
	s.put("calendars.yaml", "calendars:\n- name: payments\n  file: rota.ics\n\n")
	s.onCall("the mistake is mended", func(v app.OnCallView) bool { return on(v) && !said() })
}

// A look that is asked for while another one is under way comes after it: what was
// mended meanwhile may have come too late for the first.
func TestALookThatIsAskedForDuringAnotherComesAfterIt(t *testing.T) {
	s := sit(t)
	var asked atomic.Int32
	started, answer := make(chan struct{}, 9), make(chan struct{})
	text := rotaText(time.UnixMilli(s.now()).UTC().Add(-time.Hour), "Ada", "Ben")
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			started <- struct{}{}
			<-answer
			w.WriteHeader(500)
			return
		}
		_, _ = w.Write([]byte(text))
	}))
	defer srv.Close()
	s.put("calendars.yaml", "calendars:\n- name: payments\n  url: "+srv.URL+"/x\n")
	s.clock.Advance(time.Second)
	<-started
	s.must(s.RefreshCalendars())
	eventually(t, "the loops have looked", func() bool { return s.clock.Waiting() == loops })
	s.clock.Advance(time.Second)
	eventually(t, "the loops have looked again", func() bool { return s.clock.Waiting() == loops })
	close(answer)
	s.settle()
	v := s.onCall("Ada is on", func(v app.OnCallView) bool { return len(v.Rows) == 1 && len(v.Rows[0].On) == 1 })
	if v.Feeds[0].Trouble != "" || asked.Load() != 2 {
		t.Errorf("asked %d times: %+v", asked.Load(), v.Feeds[0])
	}
}
