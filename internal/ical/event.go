package ical

import (
	"io"
	"mime/quotedprintable"
	"strconv"
	"strings"
	"time"
)

// eventProperty takes a property of a VEVENT. The first of each name counts.
func (b *builder) eventProperty(p property) *Refusal {
	v := b.event
	if v == nil {
		return nil
	}
	switch string(p.name) {
	case "UID":
		if v.UID == "" {
			v.UID = trim(string(p.value))
		}
	case "DTSTART":
		if v.hasStart {
			break
		}
		if v.start, v.hasStart = b.single(p); !v.hasStart {
			v.badStart, v.badLine = "DTSTART cannot be read: "+quote(string(p.value)), b.line
		}
	case "DTEND":
		if v.hasEnd {
			break
		}
		if v.end, v.hasEnd = b.single(p); !v.hasEnd {
			b.told(Lost, "DTEND cannot be read: "+quote(string(p.value)), "the event ends as if it had none")
		}
	case "DURATION":
		if v.length, v.hasSpan = parseDuration(string(p.value)); !v.hasSpan {
			b.told(Lost, "DURATION cannot be read: "+quote(string(p.value)), "the event ends as if it had none")
		}
	case "RECURRENCE-ID":
		if v.override {
			break
		}
		if v.recurs, v.override = b.single(p); v.override {
			v.future = strings.EqualFold(p.get("RANGE"), "THISANDFUTURE")
		} else {
			b.told(Lost, "RECURRENCE-ID cannot be read: "+quote(string(p.value)), "the event is read as one of its own")
		}
	case "RRULE":
		b.rule(v, string(p.value))
	case "EXRULE":
		b.told(Ignored, "EXRULE, which the format has given up", "the occurrences that it takes out are shown")
	case "RDATE":
		b.rdates(v, p)
	case "EXDATE":
		b.exdates(v, p)
	case "SUMMARY":
		if v.Summary == "" {
			v.Summary = b.keep(b.text(p))
		}
	case "DESCRIPTION":
		if v.Description == "" {
			v.Description = b.keep(b.text(p))
		}
	case "LOCATION":
		if v.Location == "" {
			v.Location = b.keep(b.text(p))
		}
	case "URL":
		if v.URL == "" {
			v.URL = b.keep(trim(string(p.value)))
		}
	case "CATEGORIES":
		if len(v.Categories) < 100 {
			for _, c := range list(string(p.value)) {
				v.Categories = append(v.Categories, b.keep(c))
			}
		}
	case "STATUS":
		v.Status = b.keep(upper(trim(string(p.value))))
	case "TRANSP":
		v.Transparent = strings.EqualFold(trim(string(p.value)), "TRANSPARENT")
	case "SEQUENCE":
		v.Sequence, _ = strconv.Atoi(trim(string(p.value)))
	case "PRIORITY":
		v.Priority, _ = strconv.Atoi(trim(string(p.value)))
	case "LAST-MODIFIED":
		if s, ok := parseStamp(string(p.value)); ok {
			v.Modified = time.Unix(s.wall, 0).UTC()
		}
	case "DTSTAMP":
		if s, ok := parseStamp(string(p.value)); ok && v.Modified.IsZero() {
			v.Modified = time.Unix(s.wall, 0).UTC()
		}
	case "ORGANIZER":
		if v.Organizer.URI == "" && b.room(&b.people, maxPeople, "people") {
			v.Organizer = b.attendee(p)
		}
	case "ATTENDEE":
		if b.room(&b.people, maxPeople, "people") {
			v.Attendees = append(v.Attendees, b.attendee(p))
		}
	}
	return nil
}

// room counts something of which a file may hold only so many.
func (b *builder) room(n *int, most int, of string) bool {
	if *n++; *n <= most {
		return true
	}
	b.told(Cut, "more "+of+" than "+strconv.Itoa(most), "the rest is left out")
	return false
}

func (b *builder) text(p property) string {
	value := string(p.value)
	if len(p.params) > 0 && strings.EqualFold(p.get("ENCODING"), "QUOTED-PRINTABLE") { // of vCalendar 1.0
		if plain, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(value))); err == nil {
			value = strings.ToValidUTF8(string(plain), "\uFFFD")
		}
	}
	return trim(entities(b.object, unescape(value)))
}

// attendee reads who is meant by ATTENDEE or ORGANIZER: an address with or without mailto:.
func (b *builder) attendee(p property) Attendee {
	uri := trim(string(p.value))
	if i := strings.Index(strings.ToLower(uri), "mailto:"); i > 0 { // an unquoted name with a colon in it
		uri = uri[i:]
	}
	a := Attendee{URI: b.keep(uri)}
	if len(p.params) > 0 {
		a.Name = b.keep(trim(entities(b.object, p.get("CN"))))
		a.Partstat = b.keep(upper(p.get("PARTSTAT")))
		a.Role = b.keep(upper(p.get("ROLE")))
		a.Email = address(p.get("EMAIL"))
	}
	if e := address(uri); e != "" {
		a.Email = e
	}
	a.Email = b.keep(a.Email)
	return a
}

// address gives an e-mail address without mailto:, and empty for what is none.
func address(s string) string {
	if len(s) >= 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	if i := strings.IndexByte(s, '?'); i >= 0 { // mailto:a@b?subject=…
		s = s[:i]
	}
	s = strings.Trim(trim(s), `"<>`)
	if i := strings.IndexByte(s, '@'); i <= 0 || i == len(s)-1 || strings.ContainsAny(s, " \t/:,") {
		return ""
	}
	return s
}

func (b *builder) rule(v *vevent, text string) {
	if trim(text) == "" {
		return
	}
	if len(v.rules) >= maxRules {
		b.told(Cut, "more rules than "+strconv.Itoa(maxRules), "the rest is left out")
		return
	}
	r, err := parseRule(text)
	if err != nil {
		v.broken = true
		b.told(Lost, "it repeats in a way that is not understood: "+err.Error(), "only its first occurrence is shown")
		return
	}
	if r.noStep {
		b.told(Choice, "it repeats with INTERVAL=0", "it is read as INTERVAL=1")
	}
	v.rules = append(v.rules, r)
}

// rdates takes a list of starts; each may be a PERIOD with an end or a length of its own.
func (b *builder) rdates(v *vevent, p property) {
	for text := range strings.SplitSeq(string(p.value), ",") {
		if text = trim(text); text == "" {
			continue
		}
		begin, rest, period := strings.Cut(text, "/")
		s, ok := b.stamp(p, begin)
		one := span{start: s}
		if ok && period {
			if one.length, ok = parseDuration(rest); ok {
				one.kind = 'd'
			} else if one.end, ok = b.stamp(p, rest); ok {
				one.kind = 'e'
			}
		}
		if !ok {
			b.told(Lost, "a date of RDATE cannot be read: "+quote(text), "it is left out")
			continue
		}
		if !b.room(&b.dates, maxDates, "dates") {
			return
		}
		v.dates = append(v.dates, one)
	}
}

func (b *builder) exdates(v *vevent, p property) {
	for text := range strings.SplitSeq(string(p.value), ",") {
		if text = trim(text); text == "" {
			continue
		}
		s, ok := b.stamp(p, text)
		if !ok {
			b.told(Lost, "a date of EXDATE cannot be read: "+quote(text), "what it takes out is shown")
			continue
		}
		if !b.room(&b.dates, maxDates, "dates") {
			return
		}
		v.excluded = append(v.excluded, s)
	}
}

// endEvent checks a VEVENT that is complete, and keeps it.
func (b *builder) endEvent(v *vevent) {
	if !v.hasStart && v.override { // a cancelled instance needs no more
		v.start, v.hasStart = v.recurs, true
	}
	if !v.hasStart {
		b.report.Skipped++
		what, line := "an event without DTSTART", v.Line
		if v.badStart != "" {
			what, line = v.badStart, v.badLine
		}
		b.note(Lost, line, "VEVENT", v.label(), what, "the event is left out")
		return
	}
	if v.object.ignored {
		return
	}
	// Clocks: a floating end stands beside a start with a zone, dates of a series too.
	clock := func(s *stamp) {
		if s.zone == nil && !s.utc && !s.date && v.start.zone != nil {
			s.zone = v.start.zone
		}
	}
	if v.hasEnd {
		if v.start.utc && !v.end.utc && !v.end.date && v.end.zone == nil {
			v.end.utc = true
		}
		clock(&v.end)
		v.hasSpan = false
	}
	if v.override {
		if v.recurs.zone == nil && !v.recurs.utc && !v.recurs.date && v.start.utc {
			v.recurs.utc = true
		}
		clock(&v.recurs)
		if len(v.rules)+len(v.dates) > 0 || v.broken {
			v.rules, v.dates, v.broken = nil, nil, false
			b.note(Ignored, v.Line, "VEVENT", v.label(), "a replaced occurrence that repeats itself", "it takes place once")
		}
	}
	for i := range v.dates {
		clock(&v.dates[i].start)
		clock(&v.dates[i].end)
		if v.start.utc && v.dates[i].start.zone == nil && !v.dates[i].start.date {
			v.dates[i].start.utc = true
		}
	}
	for i := range v.excluded {
		clock(&v.excluded[i])
		if v.start.utc && v.excluded[i].zone == nil && !v.excluded[i].date {
			v.excluded[i].utc = true
		}
	}
	switch {
	case !v.hasEnd && !v.hasSpan && v.start.date:
		v.hasSpan, v.length = true, duration{days: 1}
	case !v.hasEnd && !v.hasSpan:
		v.NoEnd, v.hasSpan = true, true
		b.note(Choice, v.Line, "VEVENT", v.label(), "an event without end or duration", "it ends where it starts")
	case v.hasEnd && sameClock(v.start, v.end) && v.end.wall < v.start.wall:
		b.note(Choice, v.Line, "VEVENT", v.label(), "an event that ends before it starts", "start and end change places")
	}
	if v.hasEnd && v.start.date && v.end.date && v.end.wall == v.start.wall {
		b.note(Choice, v.Line, "VEVENT", v.label(), "an all-day event that ends on the day it starts, though the end does not count", "it has no length")
	}
	if v.object.cancels {
		v.Status = "CANCELLED"
	}
	b.events = append(b.events, v)
	b.report.Events++
}
