package feed_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/feed"
	"quarterdeck/internal/secret/token"
)

const secret = "s3cr3t-t0k3n"

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// week is a calendar of so many days from noon on, one shift a day.
func week(days int) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
	for i := range days {
		at := noon.AddDate(0, 0, i)
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:Ada\r\nDTSTART:%s\r\nDTEND:%s\r\nEND:VEVENT\r\n", i, at.Format("20060102T150405Z"), at.AddDate(0, 0, 1).Format("20060102T150405Z"))
	}
	b.WriteString("END:VCALENDAR\r\n")
	return b.String()
}

// source is a server whose answer can be changed.
type source struct {
	*httptest.Server
	mu     sync.Mutex
	answer http.HandlerFunc
	asked  []*http.Request
}

func serve(t *testing.T) *source {
	t.Helper()
	s := &source{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r)
		answer := s.answer
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *source) says(answer http.HandlerFunc) {
	s.mu.Lock()
	s.answer = answer
	s.mu.Unlock()
}

func (s *source) last() *http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[len(s.asked)-1]
}

func (s *source) feed() feed.Feed {
	return feed.Feed{Name: "payments", Address: token.New(s.URL + "/feed.ics?token=" + secret)}
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func keeper(t *testing.T) *feed.Keeper {
	t.Helper()
	return feed.In(filepath.Join(t.TempDir(), "calendars"))
}

func must(t *testing.T) func(feed.Copy, error) feed.Copy {
	t.Helper()
	return func(c feed.Copy, err error) feed.Copy {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
}

func TestACalendarIsAskedConditionally(t *testing.T) {
	s, k := serve(t), keeper(t)
	s.says(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		text(week(7))(w, r)
	})
	c := must(t)(k.Refresh(t.Context(), s.feed(), noon))
	if c.Report.Events != 7 || c.Good != noon.UnixMilli() || c.Changed != c.Good || c.Next != noon.Add(15*time.Minute).UnixMilli() {
		t.Errorf("%d events, %+v", c.Report.Events, c.State)
	}
	later := noon.Add(time.Hour)
	c = must(t)(k.Refresh(t.Context(), s.feed(), later))
	if c.Report.Events != 7 || c.Good != later.UnixMilli() || c.Changed != noon.UnixMilli() || c.Trouble != nil {
		t.Errorf("after 304: %+v", c.State)
	}
	if h := s.last().Header; h.Get("If-None-Match") != `"1"` || h.Get("If-Modified-Since") == "" || !strings.Contains(h.Get("User-Agent"), "Quarterdeck") || h.Get("Referer") != "" {
		t.Errorf("asked with %v", h)
	}
	other := s.feed()
	other.Address = token.New(s.URL + "/other.ics")
	must(t)(k.Refresh(t.Context(), other, later))
	if s.last().Header.Get("If-None-Match") != "" {
		t.Error("another address is asked with the mark of the first")
	}
}

// Whatever a source says, the last good copy stays, with its age and what is wrong.
func TestNoFailureTakesAGoodCopyAway(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	tests := []struct {
		name   string
		answer http.HandlerFunc
		kind   feed.Kind
		code   fault.Code
		held   bool
	}{
		{"not found", status(404), feed.Revoked, fault.Refused, false},
		{"gone", status(410), feed.Revoked, fault.Refused, false},
		{"forbidden", status(403), feed.Revoked, fault.Refused, false},
		{"broken", status(500), feed.Server, fault.Unreachable, false},
		{"strange", status(418), feed.NotCalendar, fault.Refused, false},
		{"no content", status(204), feed.NotCalendar, fault.Refused, false},
		{"not modified, though nobody asked", status(304), "", "", false},
		{"nothing", text(""), feed.NotCalendar, fault.Refused, false},
		{"a page", text("<!DOCTYPE html><html><body>Sign in</body></html>"), feed.WebPage, fault.Refused, false},
		{"JSON", text(`{"error":"x"}`), feed.NotCalendar, fault.Refused, false},
		{"an empty calendar", text(week(0)), feed.Emptied, fault.Refused, true},
		{"a shrunken one", text(week(2)), feed.Shrunk, fault.Refused, true},
		{"a body without an end", func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
		}, feed.TooLarge, fault.Refused, false},
		{"a body that breaks off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			_, _ = w.Write([]byte(week(14)))
		}, feed.Offline, fault.Unreachable, false},
		{"a circle", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", r.URL.String())
			w.WriteHeader(302)
		}, feed.Astray, fault.Refused, false},
		{"a redirect to another service here", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", gone.URL+"/"+secret)
			w.WriteHeader(302)
		}, feed.Guarded, fault.Refused, false},
		{"a redirect to metadata", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://169.254.169.254/latest/"+secret)
			w.WriteHeader(307)
		}, feed.Guarded, fault.Refused, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, k := serve(t), keeper(t)
			s.says(text(week(14)))
			good := must(t)(k.Refresh(t.Context(), s.feed(), noon))
			s.says(tt.answer)
			later := noon.Add(time.Hour)
			c, err := k.Refresh(t.Context(), s.feed(), later)
			kept := must(t)(k.Copy(s.feed()))
			if kept.Data == nil || kept.Report.Events != 14 || kept.Hash != good.Hash {
				t.Fatalf("the good copy is lost: %+v", kept.State)
			}
			if tt.kind == "" {
				if err != nil || c.Good != later.UnixMilli() {
					t.Errorf("%v %+v", err, c.State)
				}
				return
			}
			if !fault.Is(err, tt.code) || fault.Of(err).Hint == "" || c.Trouble == nil || c.Trouble.Kind != tt.kind || kept.Trouble == nil || *kept.Trouble != *c.Trouble {
				t.Errorf("%v; %+v", err, c.Trouble)
			}
			if kept.Good != noon.UnixMilli() || kept.Tried != later.UnixMilli() || kept.Failures != 1 || (kept.Held != nil) != tt.held {
				t.Errorf("%+v", kept.State)
			}
			if said := fmt.Sprintf("%v %+v %+v", err, fault.Of(err), c.State); strings.Contains(said, secret) || !strings.Contains(err.Error(), "payments") {
				t.Errorf("it says %s", said)
			}
			s.says(text(week(13)))
			if c = must(t)(k.Refresh(t.Context(), s.feed(), later.Add(time.Minute))); c.Trouble != nil || c.Failures != 0 || c.Held != nil || c.Report.Events != 13 {
				t.Errorf("it does not come back: %+v", c.State)
			}
		})
	}
}

func TestSilence(t *testing.T) {
	s, k := serve(t), keeper(t)
	s.says(text(week(14)))
	must(t)(k.Refresh(t.Context(), s.feed(), noon))
	s.says(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("BEGIN"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	c, err := k.Within(100*time.Millisecond).Refresh(t.Context(), s.feed(), noon)
	if !fault.Is(err, fault.Unreachable) || c.Trouble.Kind != feed.Late || c.Report.Events != 14 {
		t.Errorf("%v %+v", err, c.State)
	}
}

func TestWhatIsHeldIsTakenWhenItIsRight(t *testing.T) {
	s, k := serve(t), keeper(t)
	if _, err := k.Accept(s.feed(), noon); !fault.Is(err, fault.Conflict) {
		t.Errorf("nothing is held: %v", err)
	}
	s.says(text(week(14)))
	must(t)(k.Refresh(t.Context(), s.feed(), noon))
	s.says(text(week(1)))
	if _, err := k.Refresh(t.Context(), s.feed(), noon); !fault.Is(err, fault.Refused) {
		t.Fatal(err)
	}
	if _, err := k.Refresh(t.Context(), s.feed(), noon.Add(time.Minute)); !fault.Is(err, fault.Refused) {
		t.Fatal("asked again, it is taken: ", err)
	}
	c := must(t)(k.Accept(s.feed(), noon.Add(time.Hour)))
	kept := must(t)(k.Copy(s.feed()))
	if c.Report.Events != 1 || kept.Report.Events != 1 || kept.Held != nil || kept.Trouble != nil || kept.Good != noon.Add(time.Minute).UnixMilli() {
		t.Errorf("%d events, %+v", c.Report.Events, kept.State)
	}
	must(t)(k.Refresh(t.Context(), s.feed(), noon.Add(2*time.Hour)))
}

// Old shifts count as well: a rota that has run out is not wiped by an empty answer.
func TestACopyThatHasRunOutIsNotWipedEither(t *testing.T) {
	s, k := serve(t), keeper(t)
	s.says(text(week(7)))
	must(t)(k.Refresh(t.Context(), s.feed(), noon))
	s.says(text(week(0)))
	for _, at := range []time.Time{noon.AddDate(0, 2, 0), noon.AddDate(5, 0, 0)} {
		if c, err := k.Refresh(t.Context(), s.feed(), at); err == nil || c.Report.Events != 7 {
			t.Errorf("at %v: %v, %d events", at, err, c.Report.Events)
		}
	}
}

func TestItIsAskedLessAndLessOftenWhileItFails(t *testing.T) {
	s, k := serve(t), keeper(t)
	s.says(status(503))
	at, waits := noon, []time.Duration{}
	for range 6 {
		c, _ := k.Refresh(t.Context(), s.feed(), at)
		waits = append(waits, time.UnixMilli(c.Next).Sub(at))
		if c.Trouble.Since != noon.UnixMilli() {
			t.Errorf("the trouble is said to have begun at %d", c.Trouble.Since)
		}
		at = time.UnixMilli(c.Next)
	}
	want := []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, time.Hour}
	if fmt.Sprint(waits) != fmt.Sprint(want) {
		t.Errorf("it waits %v, want %v", waits, want)
	}
	s.says(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(429)
	})
	if c, _ := k.Refresh(t.Context(), s.feed(), at); time.UnixMilli(c.Next).Sub(at) != 2*time.Hour {
		t.Errorf("asked for two hours of peace, it gets %v", time.UnixMilli(c.Next).Sub(at))
	}
}

func TestFiles(t *testing.T) {
	k, path := keeper(t), filepath.Join(t.TempDir(), "rota.ics")
	f := feed.Feed{Name: "rota", File: path}
	if c, err := k.Refresh(t.Context(), f, noon); !fault.Is(err, fault.Unreachable) || c.Trouble.Kind != feed.Missing {
		t.Errorf("no file: %v", err)
	}
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(week(7))
	must(t)(k.Refresh(t.Context(), f, noon))
	write(week(0))
	if c, err := k.Refresh(t.Context(), f, noon); !fault.Is(err, fault.Refused) || c.Report.Events != 7 {
		t.Errorf("an emptied file: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if c, err := k.Refresh(t.Context(), f, noon); !fault.Is(err, fault.Unreachable) || c.Report.Events != 7 {
		t.Errorf("a file that is gone: %v", err)
	}
	if _, err := k.Refresh(t.Context(), feed.Feed{Name: "x", File: "/dev/zero"}, noon); !fault.Is(err, fault.Unreachable) {
		t.Errorf("a device: %v", err)
	}
	if _, err := k.Refresh(t.Context(), feed.Feed{Name: "y", File: t.TempDir()}, noon); !fault.Is(err, fault.Unreachable) {
		t.Errorf("a folder: %v", err)
	}
}

func TestWhatIsKeptIsPrivateAndCanBeForgotten(t *testing.T) {
	s := serve(t)
	dir := filepath.Join(t.TempDir(), "calendars")
	k := feed.In(dir)
	s.says(text(week(7)))
	must(t)(k.Refresh(t.Context(), s.feed(), noon))
	s.says(text(week(1)))
	_, _ = k.Refresh(t.Context(), s.feed(), noon)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 3 {
		t.Fatalf("%v %v", files, err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v (%v)", f.Name(), info.Mode(), err)
		}
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil || strings.Contains(string(data), secret) {
			t.Errorf("%s holds the secret (%v)", f.Name(), err)
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v", info.Mode())
	}
	other := s.feed()
	other.Address = token.New(s.URL + "/another")
	if c := must(t)(k.Copy(other)); c.Data != nil {
		t.Error("another address has the copy of the first")
	}
	if err := k.Forget("payments"); err != nil {
		t.Fatal(err)
	}
	if c := must(t)(k.Copy(s.feed())); c.Data != nil || c.Good != 0 {
		t.Errorf("after that it has %+v", c.State)
	}
}

// What another process, a cut or a hand did to the kept files costs a look at most.
func TestKeptFilesThatDoNotFit(t *testing.T) {
	s := serve(t)
	s.says(func(w http.ResponseWriter, r *http.Request) { w.Header().Set("ETag", `"1"`); text(week(7))(w, r) })
	for name, harm := range map[string]func(files map[string]string) error{
		"no state":           func(f map[string]string) error { return os.Remove(f[".json"]) },
		"a state of rubbish": func(f map[string]string) error { return os.WriteFile(f[".json"], []byte("{"), 0o600) },
		"another copy":       func(f map[string]string) error { return os.WriteFile(f[".ics"], []byte(week(3)), 0o600) },
		"no copy":            func(f map[string]string) error { return os.Remove(f[".ics"]) },
		"a copy of rubbish":  func(f map[string]string) error { return os.WriteFile(f[".ics"], []byte("rubbish"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			k := feed.In(dir)
			must(t)(k.Refresh(t.Context(), s.feed(), noon))
			files := map[string]string{}
			list, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range list {
				files[filepath.Ext(f.Name())] = filepath.Join(dir, f.Name())
			}
			if err := harm(files); err != nil {
				t.Fatal(err)
			}
			c, err := k.Copy(s.feed())
			if c.Data != nil && c.ETag != "" || err != nil && fault.Of(err).Hint == "" {
				t.Errorf("%v; asked conditionally for something else: %+v", err, c.State)
			}
			if c = must(t)(k.Refresh(t.Context(), s.feed(), noon.Add(time.Hour))); c.Report.Events != 7 {
				t.Errorf("after a refresh: %d events", c.Report.Events)
			}
		})
	}
}

func TestShown(t *testing.T) {
	for address, want := range map[string]string{
		"https://acme.example.org/private/" + secret + "/feed?x=" + secret: "acme.example.org/…",
		"webcal://u:" + secret + "@cal.example.org:99/x":                   "cal.example.org:99/…",
		"http://[::1/" + secret:                                            "…",
		secret:                                                             "…",
	} {
		if got := (feed.Feed{Address: token.New(address)}).Shown(); got != want {
			t.Errorf("%q is shown as %q, want %q", address, got, want)
		}
	}
	if got := (feed.Feed{File: "/a/b.ics"}).Shown(); got != "/a/b.ics" {
		t.Error(got)
	}
}

// webcal is https; on this machine, where nobody has certificates, it is http.
func TestWebcal(t *testing.T) {
	s, k := serve(t), keeper(t)
	s.says(text(week(7)))
	f := feed.Feed{Name: "w", Address: token.New(strings.Replace(s.URL, "http:", "webcal:", 1) + "/x")}
	must(t)(k.Refresh(t.Context(), f, noon))
	f.Address = token.New(strings.Replace(s.URL, "http:", "webcals:", 1) + "/x")
	if c, err := k.Refresh(t.Context(), f, noon); err == nil || c.Trouble.Kind != feed.Untrusted {
		t.Errorf("webcals: %v", err)
	}
}
