package compose

import (
	"fmt"
	"time"
)

// at is an instant for a line of the record: 14:33Z, with its date when that is not
// the day of the instant day.
func at(ms, day int64) string {
	t, d := time.UnixMilli(ms).UTC(), time.UnixMilli(day).UTC()
	if sameDay(t, d) {
		return t.Format("15:04Z")
	}
	return t.Format("2006-01-02 15:04Z")
}

// said is an instant for people outside the record: 14:33 UTC, with day and month
// when that is not the day of now.
func said(ms, now int64) string {
	t, d := time.UnixMilli(ms).UTC(), time.UnixMilli(now).UTC()
	switch {
	case sameDay(t, d):
		return t.Format("15:04 UTC")
	case t.Year() == d.Year():
		return t.Format("2 Jan 15:04 UTC")
	}
	return t.Format("2 Jan 2006 15:04 UTC")
}

// full is an instant in a document, whose heads say UTC.
func full(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02 15:04") }

// exact is full with seconds.
func exact(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02 15:04:05") }

func sameDay(a, b time.Time) bool { return a.YearDay() == b.YearDay() && a.Year() == b.Year() }

// span is a length of time in its two largest units; negative is read as positive.
func span(ms int64) string {
	if ms < 0 {
		ms = -ms
	}
	s := ms / 1000
	two := func(n int64, unit string, rest int64, small string) string {
		if rest == 0 {
			return fmt.Sprintf("%d %s", n, unit)
		}
		return fmt.Sprintf("%d %s %d %s", n, unit, rest, small)
	}
	switch {
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600:
		return fmt.Sprintf("%d min", s/60)
	case s < 24*3600:
		return two(s/3600, "h", s%3600/60, "min")
	}
	return two(s/86400, "d", s%86400/3600, "h")
}

// minutes is a time box in words.
func minutes(n int) string { return span(int64(n) * 60_000) }
