package ical

import (
	"html"
	"math"
	"strconv"
	"strings"
	"time"
)

// objectParts is a VCALENDAR while it is read, and what its events need of it afterwards.
type objectParts struct {
	Object
	description string
	zoneID      string
	zoneLine    int
	refresh     time.Duration
	zones       map[string]*vtimezone
	refs        map[string]*zoneRef
	ignored     bool // METHOD says that nothing in it takes place
	cancels     bool // METHOD:CANCEL
}

// builder makes a Calendar of logical lines.
type builder struct {
	report     *Report
	line       int // of the logical line at hand
	stack      []string
	objects    []*objectParts
	object     *objectParts // the one at hand; also for what stands in none
	loose      *objectParts
	events     []*vevent
	event      *vevent
	zone       *vtimezone
	part       *observance
	zones      map[string]*vtimezone // of all objects
	known      bool                  // it has a component of a calendar
	components int
	properties int
	people     int
	dates      int
	refs       int
	texts      map[string]string // short texts that repeat, kept once
	oddRules   map[string]bool   // EXRULE, X-… that were told once
}

func newBuilder() *builder {
	b := &builder{report: &Report{}, zones: map[string]*vtimezone{}, texts: map[string]string{}, oddRules: map[string]bool{}}
	b.loose = newObject()
	b.object = b.loose
	return b
}

func newObject() *objectParts {
	return &objectParts{zones: map[string]*vtimezone{}, refs: map[string]*zoneRef{}}
}

func (b *builder) note(kind Kind, line int, component, event, what, consequence string) {
	if len(b.report.Notes) >= maxNotes {
		b.report.More++
		return
	}
	b.report.Notes = append(b.report.Notes, Note{kind, line, component, event, what, consequence})
}

// told is a note about the component at hand.
func (b *builder) told(kind Kind, what, consequence string) {
	event := ""
	if b.event != nil {
		event = b.event.label()
	}
	b.note(kind, b.line, b.inside(), event, what, consequence)
}

func (b *builder) inside() string {
	if len(b.stack) == 0 {
		return ""
	}
	return b.stack[len(b.stack)-1]
}

// add takes one logical line.
func (b *builder) add(line []byte, number int) *Refusal {
	b.line = number
	p, ok := split(line)
	if !ok {
		if len(b.stack) > 0 { // what stands around the calendar is not its matter
			b.report.Skipped++
			if len(b.report.Notes) >= maxNotes { // there may be millions: they are not even worded
				b.report.More++
				return nil
			}
			b.told(Lost, "a line that is no property: "+quote(string(line[:min(len(line), 120)])), "the line is skipped")
		}
		return nil
	}
	switch string(p.name) {
	case "BEGIN":
		return b.begin(b.keep(upper(trim(string(p.value)))))
	case "END":
		b.finish(upper(trim(string(p.value))))
		return nil
	}
	if len(b.stack) == 0 {
		return nil
	}
	if b.properties++; b.properties > maxProperties {
		return refuse(TooMany, "this calendar has more than %d properties", maxProperties)
	}
	switch b.inside() {
	case "VEVENT":
		return b.eventProperty(p)
	case "VCALENDAR":
		b.calendarProperty(p)
	case "VTIMEZONE":
		b.zoneProperty(p)
	case "STANDARD", "DAYLIGHT":
		if b.part != nil {
			b.partProperty(p)
		}
	}
	return nil
}

func (b *builder) begin(name string) *Refusal {
	if b.components++; b.components > maxComponents {
		return refuse(TooMany, "this calendar has more than %d components", maxComponents)
	}
	if len(b.stack) >= maxDepth {
		return refuse(TooDeep, "components stand in each other more than %d deep: this is not a calendar that people use", maxDepth)
	}
	b.separate(name)
	b.stack = append(b.stack, name)
	switch name {
	case "VCALENDAR":
		b.known = true
		b.object = newObject()
		b.objects = append(b.objects, b.object)
	case "VEVENT":
		b.known = true
		if b.event == nil { // one inside another component's part is that component's
			b.event = &vevent{object: b.object, order: len(b.events)}
			b.event.Line = b.line
		}
	case "VTIMEZONE":
		b.known = true
		b.zone = &vtimezone{line: b.line}
	case "STANDARD", "DAYLIGHT":
		if b.zone != nil && len(b.zone.rules) < maxObservances {
			b.zone.rules = append(b.zone.rules, observance{daylight: name == "DAYLIGHT"})
			b.part = &b.zone.rules[len(b.zone.rules)-1]
		}
	case "VTODO", "VJOURNAL", "VFREEBUSY":
		b.known = true
		b.told(Ignored, "a "+name, "only events are read")
	default:
		b.known = b.known || others[name] || strings.HasPrefix(name, "VCALENDAR")
	}
	return nil
}

// separate ends what was left open before a component that stands in none of its kind.
func (b *builder) separate(name string) {
	keep := len(b.stack)
	for i, open := range b.stack {
		if name == "VCALENDAR" || outermost[name] && outermost[open] {
			keep = i
			break
		}
	}
	if keep == len(b.stack) {
		return
	}
	b.told(Mended, b.inside()+" has no end before the next "+name, "it ends there")
	for len(b.stack) > keep {
		b.close()
	}
}

// others are components of calendars that hold no events.
var others = map[string]bool{"VALARM": true, "VAVAILABILITY": true, "AVAILABLE": true, "VPOLL": true, "PARTICIPANT": true, "VLOCATION": true, "VRESOURCE": true}

// outermost are the components that stand beside each other in a VCALENDAR.
var outermost = map[string]bool{"VEVENT": true, "VTODO": true, "VJOURNAL": true, "VFREEBUSY": true, "VTIMEZONE": true}

// finish closes a component, and those in it that were left open.
func (b *builder) finish(name string) {
	for i := len(b.stack) - 1; i >= 0; i-- {
		if b.stack[i] != name {
			continue
		}
		if i != len(b.stack)-1 {
			b.told(Mended, b.inside()+" has no end of its own", "it ends with "+quote(name))
		}
		for len(b.stack) > i {
			b.close()
		}
		return
	}
	if len(b.stack) > 0 {
		b.told(Mended, "END:"+quote(name)+" without a beginning", "the line is skipped")
	}
}

// close ends the innermost component.
func (b *builder) close() {
	name := b.inside()
	b.stack = b.stack[:len(b.stack)-1]
	switch name {
	case "VCALENDAR":
		b.object = b.loose
	case "VEVENT":
		if b.event != nil {
			v := b.event
			b.event = nil
			b.endEvent(v)
		}
	case "VTIMEZONE":
		if z := b.zone; z != nil && z.id != "" && len(b.zones) < maxZones {
			b.object.zones[z.id] = z
			b.zones[z.id] = z
		}
		b.zone = nil
	case "STANDARD", "DAYLIGHT":
		b.part = nil
	}
}

func (b *builder) calendarProperty(p property) {
	o := b.object
	value := func() string { return trim(unescape(string(p.value))) }
	switch string(p.name) {
	case "PRODID":
		o.Product = trim(string(p.value))
	case "METHOD":
		o.Method = upper(trim(string(p.value)))
		switch o.Method {
		case "CANCEL":
			o.cancels = true
		case "REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH":
			o.ignored = true
			b.told(Ignored, "METHOD:"+o.Method, "these are answers to an invitation: nothing in them takes place")
		}
	case "X-WR-CALNAME":
		o.Name = value()
	case "NAME":
		if o.Name == "" {
			o.Name = value()
		}
	case "X-WR-CALDESC", "DESCRIPTION":
		if o.description == "" {
			o.description = value()
		}
	case "X-WR-TIMEZONE":
		o.zoneID, o.zoneLine = strings.Trim(trim(string(p.value)), `"`), b.line
	case "REFRESH-INTERVAL", "X-PUBLISHED-TTL":
		if d, ok := parseDuration(string(p.value)); ok && o.refresh == 0 && d.days >= 0 && d.seconds >= 0 {
			o.refresh = time.Duration(d.days*daySeconds+d.seconds) * time.Second
		}
	}
}

func (b *builder) zoneProperty(p property) {
	if b.zone == nil {
		return
	}
	switch string(p.name) {
	case "TZID":
		b.zone.id = zoneID(string(p.value))
	case "X-LIC-LOCATION", "TZID-ALIAS-OF":
		if b.zone.alias == "" {
			b.zone.alias = trim(string(p.value))
		}
	}
}

func (b *builder) partProperty(p property) {
	o := b.part
	value := string(p.value)
	switch string(p.name) {
	case "DTSTART":
		if s, ok := parseStamp(value); ok {
			o.start, o.hasStart = s.wall, true
		}
	case "TZOFFSETTO":
		o.to, o.hasTo = parseOffset(value)
	case "TZOFFSETFROM":
		o.from, o.hasFrom = parseOffset(value)
	case "TZNAME":
		if o.name == "" {
			o.name = trim(unescape(value))
		}
	case "RRULE":
		if len(o.repeats) < maxRules {
			o.repeats = append(o.repeats, value)
		}
	case "RDATE":
		for v := range strings.SplitSeq(value, ",") {
			if s, ok := parseStamp(v); ok && len(o.dates) < maxTransitions && b.dates < maxDates {
				b.dates++
				o.dates = append(o.dates, s)
			}
		}
	}
}

func zoneID(s string) string { return strings.Trim(trim(unescape(s)), `"`) }

// ref gives the object's reference to a TZID; nil when there are too many.
func (b *builder) ref(id string) *zoneRef {
	id = zoneID(id)
	if r := b.object.refs[id]; r != nil {
		return r
	}
	if b.refs++; b.refs > maxZones {
		b.told(Cut, "more zones than "+strconv.Itoa(maxZones), "the time is read in the calendar's own zone")
		return nil
	}
	r := &zoneRef{id: id, line: b.line, low: math.MaxInt64, high: math.MinInt64}
	b.object.refs[id] = r
	return r
}

// keep gives one copy of a text that is likely to come again.
func (b *builder) keep(s string) string {
	if len(s) > 64 {
		return s
	}
	if have, ok := b.texts[s]; ok {
		return have
	}
	if len(b.texts) < 10_000 {
		b.texts[s] = strings.Clone(s)
	}
	return s
}

// stamp reads a value of a property with its zone.
func (b *builder) stamp(p property, value string) (stamp, bool) {
	s, ok := parseStamp(value)
	if !ok {
		return s, false
	}
	if s.utc || s.date {
		return s, true
	}
	if len(p.params) == 0 {
		return s, true
	}
	if strings.EqualFold(p.get("VALUE"), "DATE") {
		s.wall, s.date = dayStart(s.wall), true
		return s, true
	}
	if id := p.get("TZID"); id != "" {
		if s.zone = b.ref(id); s.zone != nil {
			s.zone.low, s.zone.high = min(s.zone.low, s.wall), max(s.zone.high, s.wall)
		}
	}
	return s, true
}

// single reads a property that holds one date. A zone's name that contains a colon, unquoted,
// has taken the date apart: it is put together again.
func (b *builder) single(p property) (stamp, bool) {
	if s, ok := b.stamp(p, string(p.value)); ok {
		return s, true
	}
	if i := strings.LastIndexByte(string(p.value), ':'); i >= 0 && len(p.params) > 0 {
		if _, ok := parseStamp(string(p.value[i+1:])); ok {
			p.params = append(append(append([]byte(nil), p.params...), ':'), p.value[:i]...)
			p.value = p.value[i+1:]
			return b.stamp(p, string(p.value))
		}
	}
	return stamp{}, false
}

// entities are undone for the one exporter that writes them.
func entities(o *objectParts, s string) string {
	if strings.IndexByte(s, '&') >= 0 && strings.Contains(o.Product, "GoAlert") {
		return html.UnescapeString(s)
	}
	return s
}
