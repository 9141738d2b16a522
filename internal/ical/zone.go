package ical

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Windows and small containers have no zone data of their own
)

// zoneRef is a TZID as an object of the file uses it. It is resolved when the whole file is
// known, because a VTIMEZONE may stand behind the events that need it.
type zoneRef struct {
	id   string
	line int
	loc  *time.Location // nil: unknown, floating
	// The wall times that are written in it, for comparing a VTIMEZONE with the system's zone.
	low, high int64
}

// system finds a zone of the time zone database, by its name or one that Windows uses.
func system(id string) *time.Location {
	if loc := load(id); loc != nil {
		return loc
	}
	if name, ok := windowsZones[strings.ToLower(id)]; ok {
		return load(name)
	}
	return nil
}

// load finds a zone of the time zone database. It never asks for one by a path.
func load(id string) *time.Location {
	if id == "" || len(id) > 64 || strings.EqualFold(id, "local") || !zoneName.MatchString(id) {
		return nil
	}
	switch id {
	case "Z", "z", "utc", "Utc", "gmt", "Gmt":
		return time.UTC
	}
	for _, other := range []string{"posix/", "right/"} { // variants on disk that other systems lack
		id = strings.TrimPrefix(id, other)
	}
	if loc, err := time.LoadLocation(id); err == nil {
		return loc
	}
	if proper := capitals(id); proper != id {
		if loc, err := time.LoadLocation(proper); err == nil {
			return loc
		}
	}
	return nil
}

var zoneName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,3}$`)

// capitals writes europe/berlin or EUROPE/BERLIN as the database does.
func capitals(id string) string {
	if !strings.Contains(id, "/") {
		return id
	}
	b := []byte(strings.ToLower(id))
	for i := range b {
		if (i == 0 || b[i-1] == '/' || b[i-1] == '_' || b[i-1] == '-') && b[i] >= 'a' && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

// tail is an IANA name at the end of a longer one, as libical, Evolution and others write
// them: /freeassociation.sourceforge.net/Tzfile/Europe/Berlin, custom_America/New_York.
var tail = regexp.MustCompile(`(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US)/[A-Za-z_+/0-9-]+$`)

// inName is an offset that a name begins with: (UTC-05:00) Somewhere, GMT+0100, +02:00,
// (GMT+01.00) Sarajevo.
var inName = regexp.MustCompile(`^\(?(?:UTC|GMT)?\s?([+-])(\d{1,2})[:.]?(\d{2})?\)?(?:$|[\s(/])`)

// numbered is what Outlook makes of a name that is taken: Eastern Standard Time 1.
var numbered = regexp.MustCompile(`^(.+) \d+$`)

// abbreviations that a few exporters use in place of names, where they mean one thing only.
var abbreviations = map[string]string{
	"PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "MDT": "America/Denver", "CDT": "America/Chicago",
	"EDT": "America/New_York", "CEST": "Europe/Berlin", "EEST": "Europe/Athens", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
}

// guessed makes a zone of a name that is nobody's, as far as it tells one. fixed says that
// it is only an offset, which knows no daylight saving time.
func guessed(id string) (loc *time.Location, fixed bool) {
	if name := tail.FindString(id); name != "" {
		if loc = load(name); loc != nil {
			return loc, false
		}
	}
	if i := strings.IndexByte(id, '-'); i > 0 {
		if loc = load(id[:i] + "/" + id[i+1:]); loc != nil {
			return loc, false
		}
	}
	if strings.Contains(id, " ") && !strings.ContainsAny(id, "()") { // America/New York
		if loc = load(strings.ReplaceAll(id, " ", "_")); loc != nil {
			return loc, false
		}
	}
	if m := numbered.FindStringSubmatch(id); m != nil {
		if loc = system(m[1]); loc != nil {
			return loc, false
		}
	}
	if name := displayed(id); name != "" {
		return load(name), false
	}
	if name, ok := abbreviations[upper(id)]; ok {
		return load(name), false
	}
	if m := inName.FindStringSubmatch(id); m != nil {
		hours, _ := strconv.Atoi(m[2])
		minutes, _ := strconv.Atoi(m[3])
		off := hours*3600 + minutes*60
		if m[1] == "-" {
			off = -off
		}
		if hours <= 14 && minutes < 60 {
			return time.FixedZone(id, off), true
		}
	}
	return nil, false
}

// displayed finds a text that Windows shows, or showed once: it is known as a whole, or by
// the first place in it that is.
func displayed(id string) string {
	text := strings.ToLower(id)
	if _, after, has := strings.Cut(text, ") "); has && text[0] == '(' {
		text = after
	}
	text = trim(strings.ReplaceAll(text, "(us and canada)", "(us & canada)"))
	if name, ok := displayZones[text]; ok {
		return name
	}
	places := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '/' })
	if len(places) < 2 {
		return ""
	}
	for _, place := range places {
		if name, ok := displayPlaces[trim(place)]; ok {
			return name
		}
	}
	return ""
}

var displayPlaces = func() map[string]string {
	out := map[string]string{}
	for text, name := range displayZones {
		if strings.Contains(text, ", ") {
			for place := range strings.SplitSeq(text, ", ") {
				out[place] = name
			}
		}
	}
	return out
}()

// resolve finds the zone that a TZID means. The order is: the time zone database, by its
// own names and by those of Windows; the file's VTIMEZONE; what can be guessed from the
// name; the only VTIMEZONE of the file. Unknown zones stay nil, which is floating.
func (b *builder) resolve(ref *zoneRef, o *objectParts) {
	own := o.zones[ref.id]
	if own == nil {
		own = b.zones[ref.id]
	}
	if loc := system(ref.id); loc != nil {
		ref.loc = loc
		if own == nil {
			return
		}
		if at, differs := own.differs(loc, ref.low, ref.high); differs {
			b.note(Choice, own.line, "VTIMEZONE", "", "the file describes the zone "+quote(ref.id)+" otherwise than the time zone database does, for example on "+time.Unix(at, 0).UTC().Format("2006-01-02"),
				"the database is followed: exporters often write a shortened or old description")
		}
		return
	}
	if own != nil {
		if loc := own.location(); loc != nil {
			ref.loc = loc
			return
		}
		b.note(Lost, own.line, "VTIMEZONE", "", "the description of the zone "+quote(ref.id)+" cannot be read", "another reading of the name is looked for")
	}
	if loc, fixed := guessed(ref.id); loc != nil {
		ref.loc = loc
		consequence := "read as " + loc.String()
		if fixed {
			consequence = "read as that offset from UTC, without daylight saving time"
		}
		b.note(Choice, ref.line, "", "", "the zone "+quote(ref.id)+" is in no list and not described in the file", consequence)
		return
	}
	if loc := b.onlyZone(); loc != nil {
		ref.loc = loc
		b.note(Choice, ref.line, "", "", "the zone "+quote(ref.id)+" is unknown and not described in the file", "the only zone that the file describes is taken: "+loc.String())
		return
	}
	b.note(Choice, ref.line, "", "", "the zone "+quote(ref.id)+" is unknown and not described in the file", "its times are read in the calendar's own zone")
}

// onlyZone is the zone of a file that describes exactly one.
func (b *builder) onlyZone() *time.Location {
	if len(b.zones) != 1 {
		return nil
	}
	for id, own := range b.zones {
		if loc := system(id); loc != nil {
			return loc
		}
		return own.location()
	}
	return nil
}

// quote shortens what is quoted from a file.
func quote(s string) string {
	if len(s) > 80 {
		s = strings.ToValidUTF8(s[:80], "") + "…"
	}
	return strconv.Quote(s)
}

// Zone finds a zone by its name in the time zone database or the one that Windows gives it,
// in any case of letters; nil when there is none. It never is the computer's own zone.
func Zone(name string) *time.Location { return system(trim(name)) }
