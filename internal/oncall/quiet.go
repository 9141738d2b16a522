package oncall

import (
	"fmt"
	"strings"
	"time"
)

// quiet is a stretch in which nobody has to be on: every week, or once.
type quiet struct {
	days     [7]bool // by time.Weekday; on which it begins
	from, to int     // minutes after midnight; to ≤ from ends on the next day
	once     bool
	begin    string // local, without a zone
	end      string
}

var weekdays = map[string]time.Weekday{"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6}

const dated = "2006-01-02 15:04"

// parseQuiet reads "Sat-Sun", "Mon-Fri 18:00-09:00", "Sat,Sun 00:00-12:00", "daily
// 22:00-06:00" or "2026-12-24 18:00 to 2026-12-27 09:00", in the calendar's zone.
func parseQuiet(text string) (quiet, error) {
	bad := fmt.Errorf("%.60q names no days and hours", text)
	if begin, end, ok := strings.Cut(text, " to "); ok {
		q := quiet{once: true, begin: strings.TrimSpace(begin), end: strings.TrimSpace(end)}
		b, err1 := time.Parse(dated, q.begin)
		e, err2 := time.Parse(dated, q.end)
		if err1 != nil || err2 != nil || !e.After(b) {
			return q, bad
		}
		return q, nil
	}
	q := quiet{to: 24 * 60}
	days, hours, timed := strings.Cut(strings.TrimSpace(text), " ")
	if strings.ContainsRune(days, ':') { // hours alone
		days, hours, timed = "daily", days, true
	}
	if !q.weekly(strings.ToLower(days)) {
		return q, bad
	}
	if timed {
		a, b, ok := strings.Cut(strings.TrimSpace(hours), "-")
		var ok1, ok2 bool
		q.from, ok1 = minutes(a)
		q.to, ok2 = minutes(b)
		if !ok || !ok1 || !ok2 {
			return q, bad
		}
	}
	return q, nil
}

func (q *quiet) weekly(text string) bool {
	if text == "daily" {
		q.days = [7]bool{true, true, true, true, true, true, true}
		return true
	}
	for _, part := range strings.Split(text, ",") {
		a, b, span := strings.Cut(part, "-")
		if !span {
			b = a
		}
		first, ok1 := weekdays[clip(a)]
		last, ok2 := weekdays[clip(b)]
		if !ok1 || !ok2 {
			return false
		}
		for d := first; ; d = (d + 1) % 7 {
			q.days[d] = true
			if d == last {
				break
			}
		}
	}
	return true
}

// clip takes Saturday for Sat.
func clip(day string) string {
	if len(day) > 3 && strings.HasSuffix(day, "day") {
		return day[:3]
	}
	return day
}

func minutes(text string) (int, bool) {
	if text = strings.TrimSpace(text); text == "24:00" {
		return 24 * 60, true
	}
	t, err := time.Parse("15:04", text)
	return t.Hour()*60 + t.Minute(), err == nil
}

// spans are its stretches that touch [from, to), in a zone.
func (q *quiet) spans(from, to time.Time, in *time.Location) []Span {
	if q.once {
		b, err1 := time.ParseInLocation(dated, q.begin, in)
		e, err2 := time.ParseInLocation(dated, q.end, in)
		if err1 != nil || err2 != nil || !b.Before(to) || !e.After(from) {
			return nil
		}
		return []Span{{b, e}}
	}
	var out []Span
	y, m, d := from.In(in).AddDate(0, 0, -1).Date()
	for ; ; d++ {
		day := time.Date(y, m, d, 0, 0, 0, 0, in)
		if !day.Before(to) {
			break
		}
		if !q.days[day.Weekday()] {
			continue
		}
		over := 0
		if q.to <= q.from {
			over = 1
		}
		s := Span{time.Date(y, m, d, 0, q.from, 0, 0, in), time.Date(y, m, d+over, 0, q.to, 0, 0, in)}
		if s.End.After(from) && s.Start.Before(to) {
			out = append(out, s)
		}
	}
	return out
}
