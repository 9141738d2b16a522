package oncall

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/ical"
)

// Listed is a shift that somebody has written by hand.
type Listed struct {
	Span
	Person string
}

const (
	longestList = 5000 // lines
	handover    = 9    // o'clock on a Monday, when only names are given
	ahead       = 52   // weeks that names are given turns for
	week        = 7
)

var (
	dates = `(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{1,2}:\d{2}))?(?:(?:\s*(?:-|–|—|to|until)\s*|\s+)(?:(\d{4}-\d{2}-\d{2})[ T]*)?(\d{1,2}:\d{2})?)?`
	// The name comes after its times, or before them.
	after  = regexp.MustCompile(`^` + dates + `[\s:]+(\D.*)$`)
	before = regexp.MustCompile(`^(\D.*?)[\s:]+` + dates + `$`)
	split  = regexp.MustCompile(`\s*[,;\n\t]+\s*`)
)

// ReadList reads a rota as people type it, in a zone. Each line is a time and who begins:
// "2026-11-16 09:00 Ana", with or without an end: "2026-11-16 09:00 - 2026-11-23 09:00
// Ana"; the name may stand first, and commas, semicolons or tabs between. Without an end a
// shift lasts until the next begins, the last as long as the one before it, or a week. A
// day as an end is the last one. Names alone take turns of a week from the Monday of now's
// week, 09:00, for a year. The Problems name lines, "line 3"; then there are no shifts.
func ReadList(text string, in *time.Location, now time.Time) ([]Listed, []Problem) {
	if strings.Count(text, "\n") >= longestList {
		return nil, []Problem{{"text", fmt.Sprintf("a list has at most %d lines", longestList), "make an .ics file of it"}}
	}
	if !strings.ContainsAny(text, "0123456789") {
		return turns(text, in, now)
	}
	var out []Listed
	var wrong problems
	for i, line := range strings.Split(text, "\n") {
		line = strings.Join(strings.Fields(strings.NewReplacer(",", " ", ";", " ", "\t", " ").Replace(line)), " ")
		if line == "" {
			continue
		}
		at := fmt.Sprintf("line %d", i+1)
		l, ok := readLine(line, in)
		switch {
		case !ok:
			wrong.add(at, "write it as 2026-11-16 09:00 Ana, or 2026-11-16 09:00 - 2026-11-23 09:00 Ana", "%.60q names no day and person", line)
		case !l.End.IsZero() && !l.End.After(l.Start):
			wrong.add(at, "let it end after it begins", "%.60q ends before it begins", line)
		}
		out = append(out, l)
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return settle(out), nil
}

func readLine(line string, in *time.Location) (l Listed, ok bool) {
	m := after.FindStringSubmatch(line)
	if m == nil {
		if m = before.FindStringSubmatch(line); m == nil {
			return l, false
		}
		m = append(append([]string{m[0]}, m[2:]...), m[1])
	}
	clock := func(text string) string {
		if len(text) == len("9:00") {
			return "0" + text
		}
		return text
	}
	read := func(day, hour string) (time.Time, bool) {
		if hour == "" {
			hour = "00:00"
		}
		t, err := time.ParseInLocation(dated, day+" "+clock(hour), in)
		return t, err == nil
	}
	if l.Start, ok = read(m[1], m[2]); !ok {
		return l, false
	}
	l.Person = strings.TrimSpace(m[5])
	switch {
	case m[3] == "" && m[4] == "":
	case m[3] == "": // until a time of the same day, or the next
		if l.End, ok = read(m[1], m[4]); ok && !l.End.After(l.Start) {
			y, mo, d := l.End.Date()
			l.End = time.Date(y, mo, d+1, l.End.Hour(), l.End.Minute(), 0, 0, in)
		}
	default:
		if l.End, ok = read(m[3], m[4]); m[4] == "" {
			y, mo, d := l.End.Date()
			l.End = time.Date(y, mo, d+1, 0, 0, 0, 0, in)
		}
	}
	return l, ok && l.Person != ""
}

// settle gives an end to shifts that have none.
func settle(list []Listed) []Listed {
	slices.SortStableFunc(list, func(a, b Listed) int { return a.Start.Compare(b.Start) })
	for i := range list {
		switch l := &list[i]; {
		case !l.End.IsZero():
		case i+1 < len(list) && list[i+1].Start.After(l.Start):
			l.End = list[i+1].Start
		case i > 0 && list[i-1].Len() > 0:
			l.End = l.Start.Add(list[i-1].Len())
		default:
			l.End = l.Start.AddDate(0, 0, week)
		}
	}
	return list
}

// turns are a week each.
func turns(text string, in *time.Location, now time.Time) ([]Listed, []Problem) {
	names := slices.DeleteFunc(split.Split(strings.TrimSpace(text), -1), func(n string) bool { return n == "" })
	if len(names) == 0 {
		return nil, []Problem{{"text", "nobody is named", "type two names, or a day and a name a line"}}
	}
	y, m, d := now.In(in).Date()
	d -= (int(now.In(in).Weekday()) + 6) % week // to Monday
	at := func(w int) time.Time { return time.Date(y, m, d+week*w, handover, 0, 0, 0, in) }
	back := 0
	if now.Before(at(0)) {
		back = 1 // so that somebody is on at once
	}
	var out []Listed
	for i := range ahead {
		out = append(out, Listed{Span{at(i - back), at(i - back + 1)}, names[i%len(names)]})
	}
	return out, nil
}

// Written is a list as a calendar. Its events have ids made of the name that is given.
func Written(name string, list []Listed, made time.Time) ical.Message {
	m := ical.Message{Name: name}
	for i, l := range list {
		m.Entries = append(m.Entries, ical.Entry{UID: fmt.Sprintf("%s-%d@quarterdeck", fold(name), i+1), Stamp: made, Start: l.Start, End: l.End, Summary: l.Person, Transparent: true})
	}
	return m
}
