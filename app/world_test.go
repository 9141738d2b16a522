package app_test

import (
	"context"
	"log/slog"
	"os"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// TestMain keeps every test away from the desktop and the log of whoever runs it. Tests of
// notifications start a bus of their own.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"DBUS_SESSION_BUS_ADDRESS": "", "XDG_RUNTIME_DIR": os.TempDir()} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

const minute = 60_000 // ms

var start = time.Date(2026, 3, 2, 13, 59, 0, 0, time.UTC)

func newClock() *clock.Fake { return clock.NewFake(start) }

// seat is a backend that runs on a folder, with the API that its pages call.
type seat struct {
	*app.API
	t       *testing.T
	dir     string
	clock   *clock.Fake
	backend *app.Backend
}

// sit opens a fresh folder and seats ana.
func sit(t *testing.T) *seat {
	t.Helper()
	s := &seat{t: t, dir: t.TempDir(), clock: newClock()}
	s.open()
	t.Cleanup(s.close)
	s.must(s.SetPrefs(app.PrefsInput{Name: "ana"}))
	return s
}

func (s *seat) open() {
	s.t.Helper()
	b, err := app.Open(context.Background(), s.dir, s.clock)
	if err != nil {
		s.t.Fatal(err)
	}
	s.API, s.backend = new(app.API), b
	app.Attach(s.API, b)
	s.must(b.Run(context.Background()))
	s.settle()
}

func (s *seat) close() {
	if err := s.backend.Close(); err != nil {
		s.t.Error(err)
	}
}

// reopen is a restart: another backend on the same folder.
func (s *seat) reopen() {
	s.t.Helper()
	s.close()
	s.open()
}

func (s *seat) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// loops are what waits on the clock in a backend: schedule, follow, tidy, care, the looks at the kit and at the calendars, the live brief, the outbox, and the one that learns secrets.
const loops = 9

// settle waits until every loop has done its work and sleeps, and no calendar is being
// fetched: that takes real time, in which none passes here.
func (s *seat) settle() {
	s.t.Helper()
	eventually(s.t, "the loops sleep", func() bool { return s.clock.Waiting() == loops && !s.backend.Fetching() })
}

// pass lets time pass on an awake machine, and the backend see it.
func (s *seat) pass(d time.Duration) {
	s.t.Helper()
	s.clock.Advance(d)
	s.settle()
}

// wake lets the loops look at a clock that was moved.
func (s *seat) wake() { s.t.Helper(); s.pass(500 * time.Millisecond) }

func (s *seat) now() int64 { return clock.Milli(s.clock.Now()) }

// declare opens an incident that has been judged SEV2.
func (s *seat) declare(title string) string {
	s.t.Helper()
	n, err := s.Declare(app.DeclareInput{Title: title, Severity: "SEV2"})
	s.must(err)
	return n.Live.ID
}

func (s *seat) log(id, text string) {
	s.t.Helper()
	s.must(s.Log(app.LogInput{Incident: id, Text: text}))
}

func (s *seat) live(id string) *app.LiveView {
	s.t.Helper()
	n, err := s.Watch(id)
	s.must(err)
	return n.Live
}

func (s *seat) rows(id string) []app.LineView {
	s.t.Helper()
	n, err := s.Watch(id)
	s.must(err)
	return n.Timeline.Rows
}

// row is the only row of the timeline that has the text.
func (s *seat) row(id, text string) app.LineView {
	s.t.Helper()
	var found []app.LineView
	for _, r := range s.rows(id) {
		if r.Text == text {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		s.t.Fatalf("%d rows say %q", len(found), text)
	}
	return found[0]
}

func (s *seat) station() *app.StationView {
	s.t.Helper()
	n, err := s.Watch("")
	s.must(err)
	return n.Station
}

func audience(v *app.LiveView, id string) app.AudienceView {
	for _, a := range v.Audiences {
		if a.ID == id {
			return a
		}
	}
	return app.AudienceView{}
}

func cell(v *app.LiveView, id string) app.CellView {
	for _, c := range v.Cells {
		if c.ID == id {
			return c
		}
	}
	return app.CellView{}
}

// page listens as a page does.
type page struct {
	t     *testing.T
	notes <-chan app.Notify
}

func (s *seat) listen() *page {
	notes, cancel := s.backend.Subscribe()
	s.t.Cleanup(cancel)
	return &page{s.t, notes}
}

// next is the next Notify that matches; the ones before it are passed over.
func (p *page) next(what string, match func(app.Notify) bool) app.Notify {
	p.t.Helper()
	ctx := soon(p.t)
	for {
		select {
		case n, ok := <-p.notes:
			if !ok {
				p.t.Fatalf("sent away before: %s", what)
			}
			if match(n) {
				return n
			}
		case <-ctx.Done():
			p.t.Fatalf("never: %s", what)
		}
	}
}

// soon is how long a test waits for another goroutine or process.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx := soon(t)
	for !holds() {
		if clock.System().Wait(ctx, time.Millisecond) != nil {
			t.Fatalf("never: %s", what)
		}
	}
}

// refused expects a fault with a code and a field, and a sentence in it.
func refused(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	if err == nil {
		t.Fatalf("accepted, want %s %s", code, field)
	}
	f := fault.Of(err)
	if f.Code != code || f.Field != field || f.Message == "" {
		t.Fatalf("%+v, want %s %q", f, code, field)
	}
}

func mint(t *testing.T) string {
	t.Helper()
	id, err := store.NewID()
	if err != nil {
		t.Fatal(err)
	}
	return id.String()
}

func parseID(t *testing.T, text string) incident.ID {
	t.Helper()
	id, err := incident.ParseID(text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
