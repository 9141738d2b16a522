package exchange

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// layouts are the forms of times with a day, those with a zone first.
var (
	zoned = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02 15:04:05.999999999 -0700 MST", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999 -0700", "2006-01-02 15:04Z07:00", "2006-01-02T15:04Z07:00",
		"2006-01-02 15:04 -0700", time.RFC1123Z}
	bare = []string{"2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04", "2006/01/02 15:04:05", "2006/01/02 15:04", "2.1.2006 15:04:05", "2.1.2006 15:04", "2.1.2006, 15:04:05", "2.1.2006, 15:04",
		"2.1.06, 15:04:05", "2.1.06, 15:04", "Jan 2, 2006 15:04:05", "Jan 2, 2006 15:04", "Jan 2, 2006 at 15:04", "Jan 2, 2006 3:04 PM", "Jan 2, 2006 at 3:04 PM", "January 2, 2006 15:04", "January 2, 2006 3:04 PM", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04", "2 January 2006 15:04", "Mon Jan _2 15:04:05 2006"}
	clocks   = []string{"15:04:05.999999999", "15:04", "15.04", "3:04:05 PM", "3:04 PM", "3:04PM", "15:04:05Z", "15:04Z", "15h04"}
	days     = []string{"2006-01-02", "2006/01/02", "2.1.2006", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "Monday, January 2, 2006", "Monday, 2 January 2006", "Monday, January 2", "Monday 2 January 2006"}
	slashed  = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})[ ,T]*(.*)$`)
	spaces   = regexp.MustCompile(`[\s\x{00A0}\x{202F}]+`)
	meridian = regexp.MustCompile(`(?i)\s*\b([ap])\.?m\.?$`)
)

// when reads a time. day is the one that it means when it names none; approx is true
// where it says that it is a guess.
func (r *reader) when(text string, day time.Time) (at int64, approx, ok bool) {
	text = strings.Trim(spaces.ReplaceAllString(strings.TrimSpace(text), " "), "[]()*_`")
	for _, guess := range []string{"~", "about ", "ca. ", "ca ", "circa ", "approx. ", "≈"} {
		if rest, cut := strings.CutPrefix(strings.ToLower(text), guess); cut {
			text, approx = text[len(text)-len(rest):], true
		}
	}
	text = strings.TrimSpace(text)
	for _, zone := range []string{" UTC", " GMT", "UTC", " Z"} {
		if rest, cut := strings.CutSuffix(text, zone); cut && rest != "" {
			text = strings.TrimSpace(rest) + "Z"
			break
		}
	}
	text = meridian.ReplaceAllStringFunc(text, func(s string) string {
		return " " + strings.ToUpper(string(strings.ToLower(strings.TrimSpace(s))[0])) + "M"
	})
	if t, ok := r.instant(text, day); ok {
		ms := t.UnixMilli()
		return ms, approx, ms > 0
	}
	return 0, approx, false
}

func (r *reader) instant(text string, day time.Time) (time.Time, bool) {
	for _, l := range zoned {
		if t, err := time.Parse(l, text); err == nil {
			return t, true
		}
	}
	local, zone := text, r.Zone
	if cut, z := strings.CutSuffix(text, "Z"); z {
		local, zone = strings.TrimSpace(cut), time.UTC
	}
	for _, l := range bare {
		if t, err := time.ParseInLocation(l, local, zone); err == nil {
			return t, true
		}
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && n > 900_000_000 && n < 1e14 {
		if n < 1e11 {
			return time.UnixMilli(int64(n * 1000)), true
		}
		return time.UnixMilli(int64(n)), true
	}
	if m := slashed.FindStringSubmatch(local); m != nil {
		if d, ok := r.slashedDay(m); ok {
			day, local = d, m[4]
			if local == "" {
				return d, true
			}
		}
	}
	if day.IsZero() {
		for _, l := range days {
			if t, err := time.ParseInLocation(l, local, zone); err == nil && t.Year() > 1 {
				return t, true
			}
		}
		return time.Time{}, false
	}
	for _, l := range clocks {
		if t, err := time.Parse(l, local); err == nil {
			y, m, d := day.Date()
			return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone), true
		}
	}
	return time.Time{}, false
}

// slashedDay reads 03/04/2026 in the order that is in force.
func (r *reader) slashedDay(m []string) (time.Time, bool) {
	a, _ := strconv.Atoi(m[1]) // both are digits
	b, _ := strconv.Atoi(m[2])
	y, _ := strconv.Atoi(m[3])
	if y < 100 {
		y += 2000
	}
	if r.Days != "mdy" && r.Days != "dmy" {
		return time.Time{}, false
	}
	d, mo := a, b
	if r.Days == "mdy" {
		d, mo = b, a
	}
	t := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, r.Zone)
	return t, t.Day() == d && int(t.Month()) == mo
}

// order finds out from all times of a file how their days are written, where that is
// plain: one of the two is over twelve somewhere.
func (r *reader) order(times []string) (ambiguous bool) {
	if r.Days != "" {
		return false
	}
	var dmy, mdy, any bool
	for _, t := range times {
		m := slashed.FindStringSubmatch(strings.Trim(strings.TrimSpace(t), "[]()*_`"))
		if m == nil {
			continue
		}
		any = true
		if a, _ := strconv.Atoi(m[1]); a > 12 {
			dmy = true
		}
		if b, _ := strconv.Atoi(m[2]); b > 12 {
			mdy = true
		}
	}
	switch {
	case dmy && !mdy:
		r.Days = "dmy"
	case mdy && !dmy:
		r.Days = "mdy"
	case any:
		return true
	}
	return false
}
