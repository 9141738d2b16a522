package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/schedule"
	"quarterdeck/internal/store"
)

const minute = 60_000 // ms

var start = time.Date(2026, 3, 2, 14, 0, 0, 0, time.UTC)

// tower has deadlines to ring, a real book to keep rings in, and writes down what it hears.
type tower struct {
	t      *testing.T
	clock  *clock.Fake
	book   *store.Store
	s      *schedule.Schedule
	due    []cadence.Deadline
	bad    error // what reading deadlines fails with
	heard  []string
	chimes int // how often it sounded
	jumps  []schedule.Jump
	fails  []error
	shown  map[string]func(uint32, string) // by topic: the desktop is slow to say
}

func newTower(t *testing.T) *tower {
	t.Helper()
	w := &tower{t: t, clock: clock.NewFake(start), shown: map[string]func(uint32, string){}}
	book, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	w.book = book
	w.restart()
	return w
}

// restart is another process on the same book.
func (w *tower) restart() { w.s = schedule.New(w.clock, w, w.book, w) }

func (w *tower) Deadlines(context.Context) ([]cadence.Deadline, error) { return w.due, w.bad }

func (w *tower) Ring(_ context.Context, d cadence.Deadline, rung int, before cadence.Ring, shown func(uint32, string)) {
	line := fmt.Sprintf("%s rings %d", d.Subject, rung)
	if before.Bubble != 0 {
		line += fmt.Sprintf(" in place of %d", before.Bubble)
	}
	w.heard = append(w.heard, line)
	w.shown[d.Topic()] = shown
}

func (w *tower) Quiet(_ context.Context, topic string, last cadence.Ring) {
	_, subject, _ := strings.Cut(topic[len("promise/"):], "/")
	line := subject + " is quiet"
	if last.Bubble != 0 {
		line += fmt.Sprintf(", %d goes", last.Bubble)
	}
	w.heard = append(w.heard, line)
}

func (w *tower) Rang(context.Context) { w.chimes++ }

func (w *tower) Changed(_ context.Context, ds []cadence.Deadline, wall int64) {
	var all []string
	for i := range ds {
		all = append(all, ds[i].Subject+" looks "+string(ds[i].Look(wall)))
	}
	slices.Sort(all)
	w.heard = append(w.heard, all...)
}

func (w *tower) Jumped(_ context.Context, j schedule.Jump) { w.jumps = append(w.jumps, j) }
func (w *tower) Failed(_ context.Context, err error)       { w.fails = append(w.fails, err) }

// expect ticks and compares what was heard of rings (not of looks) since the last time.
func (w *tower) expect(want ...string) {
	w.t.Helper()
	w.s.Tick(w.t.Context())
	w.s.Tick(w.t.Context()) // once more: nothing may ring twice
	got := slices.DeleteFunc(w.heard, func(s string) bool { return strings.Contains(s, " looks ") })
	slices.Sort(got)
	w.heard = nil
	if !slices.Equal(got, want) {
		w.t.Errorf("%s: heard %q, want %q", w.clock.Now().Format(time.TimeOnly), got, want)
	}
}

// promise is due so many minutes after the start, and warns ten minutes before.
func promise(subject string, due int) cadence.Deadline {
	at := start.UnixMilli() + int64(due)*minute
	d := cadence.Deadline{Incident: incident.ID{1}, Kind: cadence.Promise, Subject: subject, From: start.UnixMilli(), Early: at - 10*minute, Due: at}
	d.Key = fmt.Sprintf("%s/%d", d.Topic(), at)
	return d
}

func TestTheLadder(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 20)}
	w.expect()
	for _, step := range []struct {
		at   string
		want []string
	}{
		{"09:59", nil}, {"10:00", []string{"support rings 0"}}, {"15:00", nil},
		{"20:00", []string{"support rings 1"}}, {"21:59", nil},
		{"22:00", []string{"support rings 2"}}, {"24:59", nil},
		{"25:00", []string{"support rings 3"}}, {"29:59", nil},
		{"30:00", []string{"support rings 4"}}, {"47:00", []string{"support rings 7"}},
	} {
		w.at(step.at)
		w.expect(step.want...)
	}
	w.due = nil
	w.expect("support is quiet")
	w.expect()
}

// at moves on to a time after the start.
func (w *tower) at(mmss string) {
	w.t.Helper()
	d, err := time.ParseDuration(strings.Replace(mmss, ":", "m", 1) + "s")
	if err != nil {
		w.t.Fatal(err)
	}
	w.clock.Advance(start.Add(d).Sub(w.clock.Now()))
}

func TestARestartRingsTheRungItStandsOnOnce(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 20)}
	w.at("20:00")
	w.expect("support rings 1")
	w.shown["promise/"+w.due[0].Incident.String()+"/support"](7, "desktop")
	w.expect()
	w.restart()
	w.expect() // it has rung
	w.at("26:00")
	w.restart()
	w.expect("support rings 3 in place of 7") // the one at two minutes was missed, and stays so
	w.restart()
	w.expect()
}

func TestWhatEndedWhileNobodyRanIsTakenAway(t *testing.T) {
	for what, due := range map[string][]cadence.Deadline{"support is quiet, 7 goes": nil, "support rings 0 in place of 7": {promise("support", 29)}} {
		w := newTower(t)
		w.due = []cadence.Deadline{promise("support", 20)}
		w.at("20:00")
		w.expect("support rings 1")
		w.shown[w.due[0].Topic()](7, "desktop")
		w.expect()
		w.restart()
		w.due = due // told from a shell meanwhile
		w.expect(what)
		w.restart()
		if w.due = nil; due == nil {
			w.expect() // the book knows that it went
		} else {
			w.expect("support is quiet, 7 goes")
		}
	}
}

func TestALateBubbleIsKept(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 20), promise("leadership", 20)}
	topic, other := w.due[0].Topic(), w.due[1].Topic()
	w.at("20:00")
	w.expect("leadership rings 1", "support rings 1")
	first := w.shown[topic]
	w.at("22:00")
	w.expect("leadership rings 2", "support rings 2")
	first(7, "desktop") // the desktop has been slow
	w.shown[topic](7, "desktop")
	w.shown[other](8, "desktop")
	w.expect()
	w.restart()
	w.at("25:00")
	w.expect("leadership rings 3 in place of 8", "support rings 3 in place of 7")
	late := w.shown[topic]
	w.due = w.due[1:]
	w.expect("support is quiet, 7 goes")
	late(9, "desktop") // too late: the withdrawal follows it
	w.restart()
	w.expect()
}

func TestASnoozeSilencesUntilItsEnd(t *testing.T) {
	w := newTower(t)
	d := promise("support", 20)
	w.due = []cadence.Deadline{d}
	w.at("21:00")
	w.expect("support rings 1")
	w.due[0].Silent = start.Add(26 * time.Minute).UnixMilli()
	for _, at := range []string{"22:00", "25:00", "25:59"} {
		w.at(at)
		w.expect()
	}
	w.at("26:00")
	w.expect("support rings 3")
}

func TestAClockThatIsSetBackRingsAgainLater(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 20)}
	w.at("22:00")
	w.expect("support rings 2")
	w.shown[w.due[0].Topic()](7, "desktop")
	w.clock.Step(-time.Minute) // 21:00: due, and it has rung
	w.expect()
	w.clock.Step(-500 * time.Millisecond)
	w.expect()
	w.at("22:00")
	w.expect("support rings 2 in place of 7")
	w.clock.Step(-time.Hour)
	w.expect("support is quiet, 7 goes")
	w.restart()
	w.at("10:00")
	w.expect("support rings 0")
	w.at("20:00")
	w.expect("support rings 1")
}

func TestASmallStepDoesNotRingTwice(t *testing.T) {
	w := newTower(t)
	d := promise("support", 20)
	d.Kind, d.Early = cadence.Action, d.Due
	d.Key = fmt.Sprintf("%s/%d", d.Topic(), d.Due)
	w.due = []cadence.Deadline{d}
	w.at("20:00")
	w.s.Tick(t.Context())
	w.clock.Step(-100 * time.Millisecond) // the time service corrects it
	w.s.Tick(t.Context())
	w.clock.Advance(time.Second)
	w.s.Tick(t.Context())
	rings := 0
	for _, h := range w.heard {
		if strings.Contains(h, "rings") {
			rings++
		}
	}
	if rings != 1 {
		t.Errorf("heard %q", w.heard)
	}
}

func TestASleepIsToldOnceWithWhatCameDue(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("before", 1), promise("support", 5), promise("leadership", 19), promise("after", 40)}
	w.at("02:00")
	w.s.Tick(t.Context())
	w.heard = nil
	w.clock.Suspend(20 * time.Minute)
	w.expect("before rings 6", "leadership rings 2", "support rings 5") // one each, not one a rung
	if len(w.jumps) != 1 {
		t.Fatalf("%d jumps", len(w.jumps))
	}
	j := w.jumps[0]
	if !j.Slept || j.By != 20*minute || j.From != start.UnixMilli()+2*minute || j.To != j.From+20*minute || len(j.Passed) != 2 ||
		j.Passed[0].Subject != "support" || j.Passed[1].Subject != "leadership" {
		t.Errorf("%+v", j)
	}
}

func TestAClockThatIsSetIsToldBothWays(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 5)}
	w.expect("support rings 0")
	w.clock.Step(time.Second)
	w.clock.Step(-2 * time.Second)
	w.expect()
	if len(w.jumps) != 0 {
		t.Errorf("a second is no jump: %+v", w.jumps)
	}
	for _, by := range []time.Duration{20 * time.Minute, -30 * time.Minute} {
		w.jumps, w.heard = nil, nil
		w.clock.Step(by)
		w.s.Tick(t.Context())
		if len(w.jumps) != 1 || w.jumps[0].Slept || w.jumps[0].By != by.Milliseconds() || len(w.jumps[0].Passed) != map[bool]int{true: 1}[by > 0] {
			t.Errorf("%v: %+v", by, w.jumps)
		}
	}
}

func TestASleepIsToldEvenIfTheLogCannotBeReadAtFirst(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 5)}
	w.expect("support rings 0")
	w.clock.Suspend(20 * time.Minute)
	w.bad = errors.New("locked")
	w.expect()
	w.bad = nil
	w.expect("support rings 5")
	if len(w.jumps) != 1 || len(w.jumps[0].Passed) != 1 {
		t.Errorf("%+v", w.jumps)
	}
	if n := len(w.fails); n < 2 || w.fails[0] == nil || w.fails[n-1] != nil {
		t.Errorf("failures: %v", w.fails)
	}
}

func TestABookThatCannotBeWrittenSilencesNothing(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 5), promise("leadership", 5)}
	w.expect("leadership rings 0", "support rings 0")
	if err := w.book.Close(); err != nil {
		t.Fatal(err)
	}
	w.at("05:00")
	w.expect("leadership rings 1", "support rings 1")
	if n := len(w.fails); n == 0 || w.fails[n-1] == nil {
		t.Error("nobody said that the book cannot be written")
	}
	w.at("07:00")
	w.expect("leadership rings 2", "support rings 2")
}

func TestLooksAreToldWhenTheyChange(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 20)}
	w.s.Tick(t.Context())
	if len(w.heard) != 0 {
		t.Errorf("nothing is lit: %q", w.heard)
	}
	for _, step := range []string{"10:00 caution", "20:00 warning"} {
		at, want, _ := strings.Cut(step, " ")
		w.at(at)
		w.heard = nil
		w.s.Tick(t.Context())
		if !slices.Contains(w.heard, "support looks "+want) {
			t.Errorf("%s: %q", at, w.heard)
		}
		w.heard = nil
		w.s.Tick(t.Context())
		if len(w.heard) != 0 {
			t.Errorf("%s, and nothing changed: %q", at, w.heard)
		}
	}
}

// Whatever comes due at once sounds as one.
func TestAnotherZoneIsTold(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 20)}
	w.expect()
	w.clock.SetZone(time.FixedZone("CET", 3600))
	w.s.Tick(t.Context())
	w.s.Tick(t.Context())
	if want := []string{"support looks nominal"}; !slices.Equal(w.heard, want) {
		t.Errorf("heard %q, want %q once", w.heard, want)
	}
}

func TestWhatRingsTogetherSoundsOnce(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 20), promise("customers", 20), promise("leadership", 30)}
	w.at("10:00")
	w.expect("customers rings 0", "support rings 0")
	if w.chimes != 1 {
		t.Errorf("it sounded %d times", w.chimes)
	}
	w.at("11:00")
	w.expect()
	if w.chimes != 1 {
		t.Errorf("it sounded %d times though nothing rang", w.chimes)
	}
}

func TestRunTicksAndEnds(t *testing.T) {
	w := newTower(t)
	w.due = []cadence.Deadline{promise("support", 20)}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { w.s.Run(ctx); close(ended) }()
	sleeps := func() bool { return w.clock.Waiting() == 1 }
	eventually(t, sleeps)
	w.clock.Advance(20 * time.Minute)
	eventually(t, sleeps)
	stop()
	<-ended
	w.shown[w.due[0].Topic()](7, "desktop") // the desktop was slow to say
	if !slices.Contains(w.heard, "support rings 1") {
		t.Errorf("heard %q", w.heard)
	}
	if left, err := w.book.Bubbles(t.Context()); err != nil || len(left) != 1 || left[0].Bubble != 7 {
		t.Errorf("%v %+v is kept", err, left)
	}
}

func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for !holds() {
		if clock.System().Wait(ctx, time.Millisecond) != nil {
			t.Fatal("never")
		}
	}
}
