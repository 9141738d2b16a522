package ical

// stamp is a date or a date with time as a property gives it.
type stamp struct {
	wall int64
	zone *zoneRef // of its TZID; nil: none
	date bool     // midnight of a day
	utc  bool
}

// parseStamp reads DATE and DATE-TIME by their form: eight digits are a date. Second 60 is
// read as 59. ok is false for anything else, and for days that do not exist.
func parseStamp(s string) (st stamp, ok bool) {
	s = trim(s)
	if n := len(s); n > 0 && (s[n-1] == 'Z' || s[n-1] == 'z') {
		st.utc = true
		s = s[:n-1]
	}
	if len(s) == 10 && s[4] == '-' && s[7] == '-' { // as ISO 8601 writes it
		s = s[:4] + s[5:7] + s[8:]
	} else if len(s) == 19 && s[4] == '-' && s[13] == ':' {
		s = s[:4] + s[5:7] + s[8:13] + s[14:16] + s[17:]
	}
	if len(s) == 13 && (s[8] == 'T' || s[8] == 't') { // without seconds
		s += "00"
	}
	if len(s) != 8 && !(len(s) == 15 && (s[8] == 'T' || s[8] == 't')) {
		return stamp{}, false
	}
	y, m, d := digits(s[:4]), digits(s[4:6]), digits(s[6:8])
	if y < 1 || m < 1 || m > 12 || d < 1 || d > monthLength(y, m) {
		return stamp{}, false
	}
	st.wall = daysOf(y, m, d) * daySeconds
	if len(s) == 8 {
		st.date, st.utc = true, false
		return st, true
	}
	h, mi, sec := digits(s[9:11]), digits(s[11:13]), digits(s[13:15])
	if h == 24 && mi == 0 && sec == 0 { // the midnight at a day's end
		st.wall += daySeconds
		return st, true
	}
	if h < 0 || h > 23 || mi < 0 || mi > 59 || sec < 0 || sec > 60 {
		return stamp{}, false
	}
	st.wall += int64(h)*3600 + int64(mi)*60 + int64(min(sec, 59))
	return st, true
}

// digits reads a number; -1 when there is anything else.
func digits(s string) int {
	n := 0
	for i := range len(s) {
		c := s[i]
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// duration is nominal days and exact seconds: P1D ends at the same time of the next day,
// PT24H after 24 hours.
type duration struct {
	days, seconds int64
}

// longest is what a duration may be, in days: a hundred years.
const longest = 36_600

// parseDuration reads a DURATION. ok is false when it is none or longer than longest.
func parseDuration(s string) (d duration, ok bool) {
	s = upper(trim(s))
	sign := int64(1)
	if s != "" && (s[0] == '-' || s[0] == '+') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	if len(s) < 3 || s[0] != 'P' {
		return duration{}, false
	}
	s = s[1:]
	timed, some := false, false
	for s != "" {
		if s[0] == 'T' {
			timed, s = true, s[1:]
			continue
		}
		i := 0
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		if i == 0 || i == len(s) || i > 10 {
			return duration{}, false
		}
		n := int64(digits(s[:i]))
		switch {
		case !timed && s[i] == 'W':
			d.days += 7 * n
		case !timed && s[i] == 'D':
			d.days += n
		case timed && s[i] == 'H':
			d.seconds += n * 3600
		case timed && s[i] == 'M':
			d.seconds += n * 60
		case timed && s[i] == 'S':
			d.seconds += n
		default:
			return duration{}, false
		}
		some, s = true, s[i+1:]
	}
	if !some || d.days > longest || d.seconds > longest*daySeconds {
		return duration{}, false
	}
	d.days *= sign
	d.seconds *= sign
	return d, true
}
