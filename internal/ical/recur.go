package ical

import (
	"math/bits"
	"slices"
)

// walk lists the instances of a rule in wall times. Years, months, weeks and days are gone
// through one by one, with the set of days of each (RFC 5545 3.3.10); hours and finer step
// along the interval and leap over what the rule leaves out. A walk always ends: at high,
// at the rule's own end, at the last year, or when its steps are used up.
type walk struct {
	rule      *rule
	start     int64 // DTSTART
	allDay    bool  // times of the day mean nothing
	low, high int64 // instances in [low, high) are given
	steps     int   // how many days, hours, instances … may be looked at; what is left afterwards

	// The rule with what DTSTART implies.
	months    uint16
	monthDays []int
	days      []nth
	times     []int64 // seconds since midnight, in order
	inMonth   bool    // a numbered weekday counts within the month
	inYear    bool

	left  int64 // of COUNT
	end   int64 // no instance at or after it
	set   []int64
	give  func(wall int64) bool
	ended bool
	short bool // the steps did not suffice
}

// lastWall is the end of what dates can say.
var lastWall = daysOf(9999, 12, 31)*daySeconds + daySeconds

// each calls give with every instance in order until it returns false. It reports whether
// the steps sufficed.
func (w *walk) each(give func(wall int64) bool) bool {
	r := w.rule
	w.give = give
	w.left = r.count
	if r.count == 0 {
		w.left = never
	}
	w.end = min(w.high, lastWall)
	if r.hasUntil {
		until := r.until
		if r.untilDate || w.allDay {
			until = dayStart(until) + daySeconds - 1
		}
		w.end = min(w.end, until+1)
	}
	if w.end <= w.start {
		return true
	}
	w.imply()
	switch {
	case r.freq >= hourly && !w.allDay:
		if w.reachable() {
			w.fine()
		}
	case r.freq >= hourly: // a date has no hours: whatever repeats within the day is the day
		w.byDay(1)
	case r.freq == daily:
		w.byDay(r.interval)
	case r.freq == weekly:
		w.byWeek()
	default:
		w.byMonth()
	}
	return !w.short
}

// imply fills in what the rule leaves to DTSTART.
func (w *walk) imply() {
	r := w.rule
	w.months, w.monthDays, w.days = r.months, r.monthDays, r.days
	y, m, d := civil(floorDiv(w.start, daySeconds))
	if len(r.weeks)+len(r.yearDays)+len(r.monthDays)+len(r.days) == 0 {
		switch r.freq {
		case yearly:
			if r.months == 0 {
				w.months = 1 << m
			}
			w.monthDays = []int{d}
		case monthly:
			w.monthDays = []int{d}
		case weekly:
			w.days = []nth{{day: weekday(daysOf(y, m, d))}}
		}
	} else if r.freq == yearly && len(r.weeks) > 0 && len(r.yearDays)+len(r.monthDays)+len(r.days) == 0 {
		w.days = []nth{{day: weekday(daysOf(y, m, d))}}
	}
	w.inMonth = r.freq == monthly || r.freq == yearly && r.months != 0
	w.inYear = r.freq == yearly && !w.inMonth && len(r.weeks) == 0
	w.times = []int64{0}
	if !w.allDay {
		w.times = w.within(daySeconds)
	}
}

// within lists the seconds since the beginning of a day, an hour or a minute at which the
// rule sets in, from its BY parts and else from DTSTART.
func (w *walk) within(unit int64) []int64 {
	r, s := w.rule, mod(w.start, daySeconds)
	pick := func(mask uint64, implied int64, wanted bool) []int64 {
		if !wanted {
			return []int64{0}
		}
		if mask == 0 {
			return []int64{implied}
		}
		var out []int64
		for ; mask != 0; mask &= mask - 1 {
			out = append(out, int64(bits.TrailingZeros64(mask)))
		}
		return out
	}
	var out []int64
	for _, h := range pick(uint64(r.hours), s/3600, unit > 3600) {
		for _, m := range pick(r.minutes, s/60%60, unit > 60) {
			for _, sec := range pick(r.seconds, s%60, unit > 1) {
				out = append(out, h*3600+m*60+sec)
			}
		}
	}
	return out
}

// step counts one thing looked at.
func (w *walk) step() bool {
	if w.steps--; w.steps < 0 {
		w.ended, w.short = true, true
	}
	return !w.ended
}

// emit takes one instance, in order.
func (w *walk) emit(wall int64) {
	switch {
	case !w.step() || wall < w.start:
		return
	case wall >= w.end || w.left <= 0:
		w.ended = true
		return
	}
	w.left--
	if wall >= w.low && !w.give(wall) {
		w.ended = true
	}
}

// period emits the set of one period: days × times, in order, or the positions of it.
func (w *walk) period() {
	if len(w.rule.positions) == 0 {
		for _, d := range w.set {
			for _, t := range w.times {
				if w.emit(d*daySeconds + t); w.ended {
					return
				}
			}
		}
		return
	}
	n := len(w.set) * len(w.times)
	w.choose(n, func(i int) int64 { return w.set[i/len(w.times)]*daySeconds + w.times[i%len(w.times)] })
}

// choose emits those of n instances that BYSETPOS names.
func (w *walk) choose(n int, at func(i int) int64) {
	var which []int
	for _, p := range w.rule.positions {
		if p < 0 {
			p += n + 1
		}
		if p >= 1 && p <= n {
			which = append(which, p-1)
		}
	}
	slices.Sort(which)
	for _, i := range slices.Compact(which) {
		w.emit(at(i))
	}
}

// skip is how many whole intervals lie before low, with one to spare; none when each
// instance must be counted.
func (w *walk) skip(periods int64) int64 {
	if w.rule.count != 0 || w.low <= w.start {
		return 0
	}
	return max(0, periods/w.rule.interval-1)
}

// plain reports whether every day of a DAILY rule, or every listed day of a WEEKLY one, is
// an instance: then the ones before low need not be gone through to count them.
func (w *walk) plain() bool {
	r := w.rule
	return r.count > 0 && w.low > w.start && len(w.times) == 1 && w.times[0] == mod(w.start, daySeconds) && len(r.positions) == 0 &&
		w.months == 0 && len(w.monthDays)+len(r.yearDays)+len(r.weeks) == 0 && (r.freq == weekly || len(w.days) == 0)
}

func (w *walk) byDay(interval int64) {
	first := floorDiv(w.start, daySeconds)
	k := w.skip(floorDiv(w.low, daySeconds) - first)
	if w.plain() {
		k = max(0, (floorDiv(w.low, daySeconds)-first)/interval-1)
		w.left -= k
	}
	for day := first + k*interval; day*daySeconds < w.end && w.left > 0 && w.step(); day += interval {
		y, m, d := civil(day)
		if w.months != 0 && w.months&(1<<m) == 0 && interval == 1 && len(w.rule.positions) == 0 { // on to the next month
			day += int64(monthLength(y, m) - d)
			continue
		}
		if w.month(m) && w.day(day, y, m, d) {
			w.set = append(w.set[:0], day)
			w.period()
		}
	}
}

func (w *walk) byWeek() {
	first := floorDiv(w.start, daySeconds)
	monday := first - mod(int64(weekday(first)-w.rule.weekStart), 7) // or whichever day weeks start with
	weeks := (floorDiv(w.low, daySeconds) - monday) / 7
	k := w.skip(weeks)
	if w.plain() {
		k = max(0, weeks/w.rule.interval-1)
		if k > 0 {
			var each, passed int64
			for i := range int64(7) {
				for _, d := range w.days {
					if d.day == weekday(monday+i) {
						each++
						if monday+i < first {
							passed++
						}
						break
					}
				}
			}
			w.left -= k*each - passed
		}
	}
	for week := monday + k*7*w.rule.interval; week*daySeconds < w.end && w.left > 0 && !w.ended; week += 7 * w.rule.interval {
		w.set = w.set[:0]
		for day := week; day < week+7 && w.step(); day++ {
			if y, m, d := civil(day); w.month(m) && w.day(day, y, m, d) {
				w.set = append(w.set, day)
			}
		}
		w.period()
	}
}

// byMonth goes through months or years.
func (w *walk) byMonth() {
	y, m, _ := civil(floorDiv(w.start, daySeconds))
	ly, lm, _ := civil(floorDiv(w.low, daySeconds))
	if w.rule.freq == yearly && len(w.rule.weeks) > 0 {
		w.byWeekYear()
		return
	}
	if w.rule.freq == yearly {
		for y += int(w.skip(int64(ly-y)) * w.rule.interval); y <= 9999 && daysOf(y, 1, 1)*daySeconds < w.end && w.left > 0 && w.step(); y += int(w.rule.interval) {
			w.set = w.set[:0]
			for m := 1; m <= 12; m++ {
				w.daysOfMonth(y, m)
			}
			w.period()
		}
		return
	}
	months := int64(y)*12 + int64(m) - 1
	for months += w.skip(int64(ly)*12+int64(lm)-1-months) * w.rule.interval; w.left > 0 && w.step(); months += w.rule.interval {
		y, m = int(months/12), int(months%12)+1
		if y > 9999 || daysOf(y, m, 1)*daySeconds >= w.end {
			return
		}
		w.set = w.set[:0]
		w.daysOfMonth(y, m)
		w.period()
	}
}

// byWeekYear goes through the years that are made of whole weeks: its first and last days
// may lie in the calendar's year before or after.
func (w *walk) byWeekYear() {
	start := w.rule.weekStart
	y := weekYear(floorDiv(w.start, daySeconds), start)
	ly := weekYear(floorDiv(w.low, daySeconds), start)
	for y += int(w.skip(int64(ly-y)) * w.rule.interval); y <= 9999 && w.left > 0 && w.step(); y += int(w.rule.interval) {
		first, last := firstWeek(y, start), firstWeek(y+1, start)
		if first*daySeconds >= w.end {
			return
		}
		w.set = w.set[:0]
		for day := first; day < last && w.step(); day++ {
			if y, m, d := civil(day); w.month(m) && w.day(day, y, m, d) {
				w.set = append(w.set, day)
			}
		}
		w.period()
	}
}

// daysOfMonth adds the days of a month that the rule names to the set.
func (w *walk) daysOfMonth(y, m int) {
	if !w.month(m) {
		return
	}
	first, length := daysOf(y, m, 1), monthLength(y, m)
	if len(w.monthDays) == 1 && w.monthDays[0] > 0 && len(w.days)+len(w.rule.yearDays)+len(w.rule.weeks) == 0 { // the usual case
		if w.monthDays[0] <= length {
			w.set = append(w.set, first+int64(w.monthDays[0])-1)
		}
		return
	}
	for d := 1; d <= length && w.step(); d++ {
		if day := first + int64(d) - 1; w.day(day, y, m, d) {
			w.set = append(w.set, day)
		}
	}
}

func (w *walk) month(m int) bool { return w.months == 0 || w.months&(1<<m) != 0 }

// day reports whether the rule's parts that name days, other than BYMONTH, name this one.
func (w *walk) day(day int64, y, m, d int) bool {
	r := w.rule
	if len(w.monthDays) > 0 && !slices.Contains(w.monthDays, d) && !slices.Contains(w.monthDays, d-monthLength(y, m)-1) {
		return false
	}
	ofYear := 0
	if len(r.yearDays) > 0 || w.inYear {
		ofYear = int(day-daysOf(y, 1, 1)) + 1
	}
	if len(r.yearDays) > 0 && !slices.Contains(r.yearDays, ofYear) && !slices.Contains(r.yearDays, ofYear-yearLength(y)-1) {
		return false
	}
	if len(r.weeks) > 0 {
		n, of := weekNumber(day, r.weekStart)
		if !slices.Contains(r.weeks, n) && !slices.Contains(r.weeks, n-of-1) {
			return false
		}
	}
	if len(w.days) == 0 {
		return true
	}
	on := weekday(day)
	for _, wanted := range w.days {
		if wanted.day != on {
			continue
		}
		switch {
		case wanted.n == 0 || !w.inMonth && !w.inYear:
			return true
		case w.inMonth && (wanted.n == (d-1)/7+1 || wanted.n == -((monthLength(y, m)-d)/7+1)):
			return true
		case w.inYear && (wanted.n == (ofYear-1)/7+1 || wanted.n == -((yearLength(y)-ofYear)/7+1)):
			return true
		}
	}
	return false
}

// Weeks are numbered as ISO 8601 does it, with weeks that start on any day: week 1 is the
// first with at least four days in the year.

// firstWeek is the day on which week 1 of a year starts.
func firstWeek(y, start int) int64 {
	fourth := daysOf(y, 1, 4) // it is always in week 1
	return fourth - mod(int64(weekday(fourth)-start), 7)
}

// weekYear is the year whose weeks a day belongs to.
func weekYear(day int64, start int) int {
	y, _, _ := civil(day - mod(int64(weekday(day)-start), 7) + 3)
	return y
}

// weekNumber is a day's week, and how many weeks its year has.
func weekNumber(day int64, start int) (n, of int) {
	y := weekYear(day, start)
	first := firstWeek(y, start)
	return int(day-first)/7 + 1, int(firstWeek(y+1, start)-first) / 7
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// reachable reports whether the steps of the interval ever fall on what the rule allows:
// FREQ=HOURLY;INTERVAL=2;BYHOUR=2 from nine o'clock never does.
func (w *walk) reachable() bool {
	hit := func(mask uint64, implied, size int64) bool {
		if mask == 0 {
			return true
		}
		by := gcd(w.rule.interval, size)
		for ; mask != 0; mask &= mask - 1 {
			if mod(int64(bits.TrailingZeros64(mask))-implied, by) == 0 {
				return true
			}
		}
		return false
	}
	s := mod(w.start, daySeconds)
	switch w.rule.freq {
	case hourly:
		return hit(uint64(w.rule.hours), s/3600, 24)
	case minutely:
		return hit(w.rule.minutes, s/60%60, 60)
	}
	return hit(w.rule.seconds, s%60, 60)
}

// fine goes through hours, minutes or seconds.
func (w *walk) fine() {
	r := w.rule
	unit := int64(3600)
	if r.freq == minutely {
		unit = 60
	} else if r.freq == secondly {
		unit = 1
	}
	base := w.start - mod(w.start, unit)
	by := unit * r.interval
	parts := w.within(unit)
	if len(r.positions) > 0 && !slices.ContainsFunc(r.positions, func(p int) bool { return p <= len(parts) && -p <= len(parts) }) {
		return // no hour has that many
	}
	k := w.skip((w.low - base) / unit)
	leap := func(to int64) { k = max(k+1, (to-base+by-1)/by) }
	lastDay, dayFits := int64(-never), false
	for w.left > 0 && w.step() {
		at := base + k*by
		if at >= w.end {
			return
		}
		day, s := floorDiv(at, daySeconds), mod(at, daySeconds)
		if day != lastDay {
			y, m, d := civil(day)
			lastDay, dayFits = day, w.month(m) && w.day(day, y, m, d)
		}
		switch {
		case !dayFits:
			leap((day + 1) * daySeconds)
		case r.hours != 0 && r.hours&(1<<(s/3600)) == 0:
			leap(at - s%3600 + 3600)
		case r.freq > hourly && r.minutes != 0 && r.minutes&(1<<(s/60%60)) == 0:
			leap(at - s%60 + 60)
		case r.freq > minutely && r.seconds != 0 && r.seconds&(1<<(s%60)) == 0:
			k++
		case len(r.positions) > 0:
			w.choose(len(parts), func(i int) int64 { return at + parts[i] })
			k++
		default:
			for _, p := range parts {
				w.emit(at + p)
			}
			k++
		}
		if w.ended {
			return
		}
	}
}
