package ical

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"time"
)

// vtimezone is a VTIMEZONE as the file has it.
type vtimezone struct {
	id       string
	alias    string // X-LIC-LOCATION or TZID-ALIAS-OF: the database's name for it
	line     int
	rules    []observance
	compiled bool
	loc      *time.Location
}

// observance is a STANDARD or DAYLIGHT part: when an offset begins to hold.
type observance struct {
	daylight bool
	name     string
	from, to int64 // offsets in seconds
	start    int64 // wall time by the offset from
	hasStart bool
	hasTo    bool
	hasFrom  bool
	repeats  []string
	dates    []stamp
}

// parseOffset reads +0100, -053000 and, against the format, +01:00.
func parseOffset(s string) (int64, bool) {
	s = strings.ReplaceAll(trim(s), ":", "")
	if len(s) != 5 && len(s) != 7 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	h, m, sec := digits(s[1:3]), digits(s[3:5]), 0
	if len(s) == 7 {
		sec = digits(s[5:7])
	}
	if h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 59 {
		return 0, false
	}
	off := int64(h)*3600 + int64(m)*60 + int64(sec)
	if s[0] == '-' {
		off = -off
	}
	return off, true
}

// Changes of offset are worked out between these years; before and after, the nearest holds.
const firstYear, lastYear = 1900, 2100

type transition struct {
	at       int64
	off      int64
	daylight bool
	name     string
}

// location is the zone, nil when the description makes none.
func (z *vtimezone) location() *time.Location {
	if z.compiled {
		return z.loc
	}
	z.compiled = true
	if z.loc = system(z.alias); z.loc != nil {
		return z.loc
	}
	z.loc = z.compile()
	return z.loc
}

func (z *vtimezone) compile() *time.Location {
	var all []transition
	before, earliest := int64(0), int64(never)
	for i := range z.rules {
		o := &z.rules[i]
		if !o.hasTo || !o.hasFrom || !o.hasStart {
			continue
		}
		name := o.name
		if name == "" {
			name = z.id
		}
		add := func(wall int64) bool {
			at := wall - o.from
			if at < earliest {
				earliest, before = at, o.from
			}
			all = append(all, transition{at, o.to, o.daylight, name})
			return len(all) < 10*maxTransitions
		}
		add(o.start)
		for _, text := range o.repeats {
			r, err := parseRule(text)
			if err != nil || r.freq > monthly {
				continue
			}
			if r.hasUntil && r.untilUTC {
				r.until += o.from
			}
			e := walk{rule: r, start: o.start, low: daysOf(firstYear, 1, 1) * daySeconds, high: daysOf(lastYear, 1, 1) * daySeconds, steps: 200_000}
			e.each(add)
		}
		for _, d := range o.dates {
			if d.utc {
				d.wall += o.from
			}
			add(d.wall)
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b transition) int { return cmp.Compare(a.at, b.at) })
	kept := all[:0]
	for _, t := range all {
		if n := len(kept); n > 0 && kept[n-1].at == t.at {
			kept[n-1] = t
			continue
		}
		kept = append(kept, t)
	}
	if n := len(kept); n > maxTransitions {
		kept = kept[n-maxTransitions:]
	}
	loc, err := time.LoadLocationFromTZData(z.id, tzif(before, kept))
	if err != nil {
		return nil
	}
	return loc
}

// tzif writes a zone in the format of RFC 8536, which is what package time takes.
func tzif(before int64, changes []transition) []byte {
	type local struct {
		off      int64
		daylight bool
		name     string
	}
	types := []local{{before, false, ""}} // the first one is for the time before all changes, and only that
	index := map[local]int{}
	names := "-\x00"
	places := map[string]int{"": 0}
	which := make([]byte, len(changes))
	for i, c := range changes {
		k := local{c.off, c.daylight, abbreviation(c.name)}
		n, known := index[k]
		if !known && len(types) < 250 {
			n = len(types)
			index[k] = n
			types = append(types, k)
			if _, has := places[k.name]; !has && len(names) < 200 {
				places[k.name] = len(names)
				names += k.name + "\x00"
			}
		}
		which[i] = byte(n)
	}
	header := func(changes, types, chars int) []byte {
		b := append([]byte("TZif2"), make([]byte, 15)...)
		for _, n := range []int{0, 0, 0, changes, types, chars} {
			b = binary.BigEndian.AppendUint32(b, uint32(n))
		}
		return b
	}
	data := append(header(0, 1, 1), make([]byte, 7)...) // version 1, which nobody reads
	data = append(data, header(len(changes), len(types), len(names))...)
	for _, c := range changes {
		data = binary.BigEndian.AppendUint64(data, uint64(c.at))
	}
	data = append(data, which...)
	for _, t := range types {
		data = binary.BigEndian.AppendUint32(data, uint32(int32(t.off)))
		daylight := byte(0)
		if t.daylight {
			daylight = 1
		}
		data = append(data, daylight, byte(places[t.name]))
	}
	return append(append(data, names...), "\n\n"...)
}

// abbreviation makes a name short enough for the format and free of what would break it.
func abbreviation(s string) string {
	var b strings.Builder
	for i := 0; i < len(s) && b.Len() < 12; i++ {
		if c := s[i]; c > ' ' && c < 0x7F {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// differs reports whether the zone has other offsets than another one between two wall
// times, and gives an instant at which it has. It looks at the first of up to 400 weeks.
func (z *vtimezone) differs(other *time.Location, low, high int64) (at int64, yes bool) {
	if low > high {
		return 0, false
	}
	own := z.compile()
	if own == nil {
		return 0, false
	}
	high = min(high+370*daySeconds, low+400*7*daySeconds)
	for at = low; at <= high; at += 7 * daySeconds {
		t := time.Unix(at, 0)
		_, a := t.In(own).Zone()
		_, b := t.In(other).Zone()
		if a != b {
			return at, true
		}
	}
	return 0, false
}
