package ical

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// seeds are calendars to start from: our own, and the large corpus where it is present.
func seeds(tb testing.TB) [][]byte {
	tb.Helper()
	var out [][]byte
	for _, dir := range corpora {
		files, err := filepath.Glob(filepath.Join(dir, "*", "*.ics"))
		if err != nil {
			tb.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				tb.Fatal(err)
			}
			out = append(out, data)
		}
	}
	return out
}

// FuzzRead holds that no input makes reading or expanding panic or take long, that
// occurrences are in order and within the window, and that a window's parts make the whole.
func FuzzRead(f *testing.F) {
	for _, s := range seeds(f) {
		if len(s) < 10_000 { // large ones slow the search down
			f.Add(s)
		}
	}
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	middle, to := from.AddDate(0, 1, 3), from.AddDate(0, 3, 0)
	f.Fuzz(func(t *testing.T, data []byte) {
		c, report, err := Read(bytes.NewReader(data), Options{})
		if report == nil || (err == nil) != (c != nil) {
			t.Fatal(c, report, err)
		}
		if err != nil {
			return
		}
		whole, err := c.Expand(from, to, time.UTC)
		for i, o := range whole {
			if o.End.Before(o.Start) || !o.Start.Before(to) || o.End.Before(from) {
				t.Fatalf("%v – %v is not in the window", o.Start, o.End)
			}
			if i > 0 && o.Start.Before(whole[i-1].Start) {
				t.Fatal("not in order")
			}
		}
		if err != nil {
			return
		}
		a, errA := c.Expand(from, middle, time.UTC)
		b, errB := c.Expand(middle, to, time.UTC)
		if errA != nil || errB != nil {
			return
		}
		both := 0
		for _, o := range b {
			if o.Start.Before(middle) {
				both++
			}
		}
		if len(a)+len(b)-both != len(whole) {
			t.Fatalf("%d and %d, of which %d in both, are not %d", len(a), len(b), both, len(whole))
		}
	})
}

// FuzzRule holds that any rule that is taken is expanded within its steps, in order.
func FuzzRule(f *testing.F) {
	for _, s := range []string{
		"FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=10", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH",
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29,30", "FREQ=HOURLY;INTERVAL=2;BYHOUR=2", "FREQ=SECONDLY;BYSETPOS=366", "FREQ=MINUTELY;BYMINUTE=1,59;INTERVAL=7",
		"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1", "FREQ=MONTHLY;INTERVAL=9223372036854775807", "FREQ=DAILY;UNTIL=20260301", "FREQ=YEARLY;BYYEARDAY=-366,366,1",
	} {
		f.Add(s, int64(1_767_225_600), false)
	}
	f.Fuzz(func(t *testing.T, text string, start int64, allDay bool) {
		r, err := parseRule(text)
		if err != nil || start < daysOf(1, 1, 1)*daySeconds || start >= lastWall {
			return
		}
		if allDay {
			start = dayStart(start)
		}
		low := daysOf(2026, 1, 1) * daySeconds
		w := walk{rule: r, start: start, allDay: allDay, low: low, high: low + 100*daySeconds, steps: 20_000}
		last, n := int64(-never), 0
		w.each(func(wall int64) bool {
			if wall <= last || wall < low || wall >= w.high || wall < start {
				t.Fatalf("%s from %s: %s after %s", text, wallText(start), wallText(wall), wallText(last))
			}
			last = wall
			n++
			return n < 5_000
		})
	})
}
