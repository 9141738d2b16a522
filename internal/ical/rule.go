package ical

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// freq is how long a period of a rule is.
type freq int

const (
	yearly freq = iota
	monthly
	weekly
	daily
	hourly
	minutely
	secondly
)

var freqs = map[string]freq{"YEARLY": yearly, "MONTHLY": monthly, "WEEKLY": weekly, "DAILY": daily, "HOURLY": hourly, "MINUTELY": minutely, "SECONDLY": secondly}

// nth is a part of BYDAY: every such weekday (n 0), or the nth of the month or year.
type nth struct{ n, day int }

// rule is a RRULE that has passed all checks.
type rule struct {
	freq      freq
	interval  int64
	noStep    bool  // it says INTERVAL=0, which is read as 1
	count     int64 // 0: endless
	until     int64 // wall time, inclusive
	hasUntil  bool
	untilUTC  bool // until is in UTC, and not yet put into the event's zone
	untilDate bool
	weekStart int // Sunday is 0

	months    uint16 // bit m
	monthDays []int
	yearDays  []int
	weeks     []int
	days      []nth
	hours     uint32
	minutes   uint64
	seconds   uint64
	positions []int
}

var weekdays = map[string]int{"SU": 0, "MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6}

var errNoValue = errors.New("without a usable value")

// parseRule reads a RRULE. It takes lower case, blanks, parts that it does not know and
// empty parts; values out of range never match and are dropped. What it refuses, and says
// why, it cannot expand rightly or within the bounds.
func parseRule(text string) (*rule, error) {
	if len(text) > maxRuleText {
		return nil, fmt.Errorf("it is longer than %d bytes", maxRuleText)
	}
	r := &rule{interval: 1, weekStart: 1, freq: -1}
	text = strings.TrimPrefix(upper(trim(text)), "RRULE:")
	for text != "" {
		part, rest, _ := strings.Cut(text, ";")
		text = rest
		if part = trim(part); part == "" {
			continue
		}
		key, value, has := strings.Cut(part, "=")
		if !has {
			return nil, fmt.Errorf("%s is no part of a rule", quote(part))
		}
		if err := r.part(trim(key), trim(value)); err != nil {
			return nil, fmt.Errorf("%s: %w", quote(part), err)
		}
	}
	if r.freq < 0 {
		return nil, errors.New("it has no FREQ")
	}
	n := max(1, bits.OnesCount32(r.hours)) * max(1, bits.OnesCount64(r.minutes)) * max(1, bits.OnesCount64(r.seconds))
	if n > maxTimesADay {
		return nil, fmt.Errorf("it repeats %d times a day", n)
	}
	return r, nil
}

func (r *rule) part(key, value string) (err error) {
	switch key {
	case "FREQ":
		f, known := freqs[value]
		if !known {
			return errors.New("no such frequency")
		}
		r.freq = f
	case "INTERVAL":
		r.interval, err = number(value, 0, maxInterval)
		r.noStep, r.interval = err == nil && r.interval == 0, max(1, r.interval)
	case "COUNT": // Android writes -1 for endless
		r.count, err = number(value, 0, maxInterval)
	case "UNTIL":
		s, ok := parseStamp(value)
		if !ok {
			return errors.New("no date")
		}
		r.until, r.hasUntil, r.untilUTC, r.untilDate = s.wall, true, s.utc, s.date
	case "WKST":
		d, known := weekdays[value]
		if !known {
			return errors.New("no such weekday")
		}
		r.weekStart = d
	case "BYMONTH":
		var m uint64
		m, err = mask(value, 1, 12)
		r.months = uint16(m)
	case "BYMONTHDAY":
		r.monthDays, err = numbers(value, 31)
	case "BYYEARDAY":
		r.yearDays, err = numbers(value, 366)
	case "BYWEEKNO":
		r.weeks, err = numbers(value, 53)
	case "BYSETPOS":
		r.positions, err = numbers(value, 366)
	case "BYHOUR":
		var m uint64
		m, err = mask(value, 0, 23)
		r.hours = uint32(m)
	case "BYMINUTE":
		r.minutes, err = mask(value, 0, 59)
	case "BYSECOND":
		r.seconds, err = mask(value, 0, 60)
		if r.seconds&(1<<60) != 0 { // a leap second is read as the one before it
			r.seconds = r.seconds&^(1<<60) | 1<<59
		}
	case "BYDAY":
		return r.byDay(value)
	case "BYEASTER":
		return errors.New("the rule counts from Easter, which is not worked out")
	case "RSCALE":
		if value != "GREGORIAN" {
			return errors.New("only the Gregorian calendar is known")
		}
	case "SKIP":
		if value != "OMIT" {
			return errors.New("days that do not exist are only left out, not moved")
		}
	}
	return err
}

func (r *rule) byDay(value string) error {
	for v := range strings.SplitSeq(value, ",") {
		if v = strings.ReplaceAll(v, " ", ""); v == "" {
			continue
		}
		if len(v) < 2 {
			return errors.New("no such weekday")
		}
		day, known := weekdays[v[len(v)-2:]]
		if !known {
			return errors.New("no such weekday")
		}
		d := nth{day: day}
		if text := v[:len(v)-2]; text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n == 0 || n > 53 || n < -53 {
				return errors.New("no such weekday")
			}
			d.n = n
		}
		if !slices.Contains(r.days, d) {
			r.days = append(r.days, d)
		}
	}
	if len(r.days) == 0 {
		return errNoValue
	}
	return nil
}

// number reads an integer and moves it into [low, high].
func number(s string, low, high int64) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) { // then n is the nearest there is
		return low, errors.New("no number")
	}
	return min(max(n, low), high), nil
}

// numbers reads a list of integers from 1 to high and from -high to -1, in order.
func numbers(s string, high int) ([]int, error) {
	var out []int
	for v := range strings.SplitSeq(s, ",") {
		if v = trim(v); v == "" {
			continue
		}
		n, err := number(v, -1<<31, 1<<31)
		if err != nil {
			return nil, err
		}
		if n != 0 && n <= int64(high) && n >= -int64(high) {
			out = append(out, int(n))
		}
	}
	if len(out) == 0 {
		return nil, errNoValue
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// mask reads a list of integers from low to high as bits.
func mask(s string, low, high int64) (m uint64, err error) {
	for v := range strings.SplitSeq(s, ",") {
		if v = trim(v); v == "" {
			continue
		}
		n, err := number(v, -1<<31, 1<<31)
		if err != nil {
			return 0, err
		}
		if n >= low && n <= high {
			m |= 1 << n
		}
	}
	if m == 0 {
		return 0, errNoValue
	}
	return m, nil
}
