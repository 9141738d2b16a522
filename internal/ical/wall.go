package ical

import "time"

// A wall time is what a clock on the wall shows, as seconds since 1970-01-01T00:00:00 of
// that clock: no zone, no daylight saving, every day 86,400 seconds. Rules are expanded in
// wall times, and each result is then put into its zone.

const daySeconds = 86_400

// daysOf counts the days from 1970-01-01 to a day of the Gregorian calendar, also before its
// invention. The formula is Howard Hinnant's days_from_civil ("chrono-Compatible Low-Level
// Date Algorithms").
func daysOf(y, m, d int) int64 {
	if m <= 2 {
		y--
	}
	era := floorDiv(int64(y), 400)
	yoe := int64(y) - era*400
	mp := int64(m+9) % 12
	doy := (153*mp+2)/5 + int64(d) - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return era*146097 + doe - 719468
}

// civil is the inverse of daysOf (civil_from_days of the same source).
func civil(days int64) (y, m, d int) {
	z := days + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d = int(doy - (153*mp+2)/5 + 1)
	m = int(mp) + 3
	if m > 12 {
		m -= 12
	}
	y = int(yoe + era*400)
	if m <= 2 {
		y++
	}
	return y, m, d
}

// weekday of a day counted as daysOf does; Sunday is 0.
func weekday(days int64) int { return int(mod(days+4, 7)) }

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func yearLength(y int) int {
	if leap(y) {
		return 366
	}
	return 365
}

func monthLength(y, m int) int {
	switch {
	case m == 2 && leap(y):
		return 29
	case m == 2:
		return 28
	case m == 4 || m == 6 || m == 9 || m == 11:
		return 30
	}
	return 31
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func mod(a, b int64) int64 { return a - floorDiv(a, b)*b }

// dayStart is the midnight before a wall time.
func dayStart(wall int64) int64 { return wall - mod(wall, daySeconds) }

const never = int64(1) << 60

// A dial puts wall times of one zone on the time line. It remembers the stretch of constant
// offset that it used last, because occurrences come in order. One goroutine uses it.
type dial struct {
	loc           *time.Location
	from, to, off int64 // the stretch [from, to) of instants, and its offset
}

// stretch is the one of constant offset around an instant.
func stretch(loc *time.Location, at int64) (from, to, off int64) {
	t := time.Unix(at, 0).In(loc)
	_, o := t.Zone()
	begin, end := t.ZoneBounds()
	from, to = -never, never
	if !begin.IsZero() {
		from = begin.Unix()
	}
	if !end.IsZero() {
		to = end.Unix()
	}
	return from, to, int64(o)
}

// instant is the Unix time at which the zone's clocks show a wall time. As RFC 5545 3.3.5
// has it, a time that occurs twice is the first one, and a time that is skipped is read
// with the offset before the gap.
func (d *dial) instant(wall int64) int64 {
	if at := wall - d.off; at >= d.from+daySeconds && at < d.to-daySeconds {
		return at
	}
	gap := int64(-never)
	for look := wall - daySeconds; ; {
		from, to, off := stretch(d.loc, look)
		at := wall - off
		if at >= from && at < to {
			d.from, d.to, d.off = from, to, off
			return at
		}
		if at >= to {
			gap = at // past the end of this stretch: unless the next one has it, it is skipped
		} else if gap != -never {
			return gap
		}
		if to > wall+daySeconds { // no offset is as much as a day
			break
		}
		look = to
	}
	if gap != -never {
		return gap
	}
	return wall
}

// wall is what the zone's clocks show at an instant.
func (d *dial) wall(at int64) int64 {
	if at < d.from || at >= d.to {
		d.from, d.to, d.off = stretch(d.loc, at)
	}
	return at + d.off
}

func newDial(loc *time.Location) *dial {
	d := &dial{loc: loc}
	d.from, d.to, d.off = stretch(loc, 0)
	return d
}
