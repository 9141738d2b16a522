package oncall

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/ical"
)

// Source is a calendar as it was read, with what was said about it.
type Source struct {
	Calendar
	Data *ical.Calendar
}

// Shift is one occurrence of an event, with whom it names.
type Shift struct {
	Span
	Calendar     string // its name; empty = an override made here
	Schedule     string
	Role         string
	Who          []Who // at least one
	Title        string
	UID          string
	RecurrenceID time.Time // with UID it names the occurrence; zero = it does not repeat
	AllDay       bool
	Open         bool // its end is not known yet: it goes on at least so long
	Tentative    bool
	Override     bool
	Level        int // of shifts with one rank the highest counts

	shared     bool
	escalation bool // its title says that it is one
	rank       int
}

const (
	rankCalendar = iota
	rankOverride // of an override calendar
	rankHere     // made in place
)

// above reports whether a shift replaces another in one lane.
func (s *Shift) above(o *Shift) int {
	return cmp.Or(cmp.Compare(s.rank, o.rank), cmp.Compare(s.Level, o.Level))
}

// reader turns the occurrences of one calendar into shifts.
type reader struct {
	*Source
	people  *directory
	preset  Preset
	pattern *regexp.Regexp
	feeds   string
	tags    map[string]bool
	several bool // its titles name more than one schedule
}

func newReader(s *Source, d *directory, occ []ical.Occurrence) *reader {
	r := &reader{Source: s, people: d, preset: s.Preset, feeds: s.Feeds(), tags: map[string]bool{}}
	if r.preset == "" || r.preset == Auto {
		r.preset = detect(s.Data, occ)
	}
	if s.Title != "" {
		r.pattern, _ = regexp.Compile(s.Title) // Check has told about one that cannot be read; titles are then read by the preset
	}
	schedules := map[string]bool{}
	for i := range occ {
		t := r.title(&occ[i])
		r.tags[fold(t.tag)] = true
		schedules[fold(t.schedule)] = true
	}
	r.several = len(schedules) > 1 && (r.preset == PagerDuty || r.preset == GoAlert)
	return r
}

func (r *reader) title(o *ical.Occurrence) title {
	if r.pattern != nil {
		if m := r.pattern.FindStringSubmatch(o.Summary); m != nil {
			group := func(name string) string {
				if i := r.pattern.SubexpIndex(name); i >= 0 {
					return strings.TrimSpace(m[i])
				}
				return ""
			}
			return title{name: group("person"), tag: group("tag"), schedule: group("schedule")}
		}
	}
	own := r.Data.Name
	if o.Object != nil && o.Object.Name != "" {
		own = o.Object.Name
	}
	text := o.Summary
	if strings.TrimSpace(text) == "" { // some put the name there
		text, _, _ = strings.Cut(strings.TrimSpace(o.Description), "\n")
	}
	return r.preset.read(text, own)
}

// shift reads one occurrence; false when it is no shift.
func (r *reader) shift(o *ical.Occurrence) (Shift, bool) {
	if !o.End.After(o.Start) || slices.ContainsFunc(r.Skip, func(t string) bool { return fold(t) == fold(o.Summary) }) {
		return Shift{}, false
	}
	t := r.title(o)
	s := Shift{
		Span: Span{o.Start, o.End}, Calendar: r.Name, Schedule: r.feeds, Role: r.role(t), Title: o.Summary, UID: o.UID, RecurrenceID: o.RecurrenceID,
		AllDay: o.AllDay, Open: t.open, Tentative: o.Status == "TENTATIVE", Override: r.Override, Level: t.level, shared: r.Shared,
	}
	if r.Override {
		s.rank = rankOverride
	}
	if r.several && t.schedule != "" {
		s.Schedule += ": " + t.schedule
	}
	s.Who, s.escalation = r.who(o, t), t.tag == "Escalation"
	return s, true
}

// role is which role a shift fills: by its tag, else the calendar's.
func (r *reader) role(t title) string {
	word := t.tag
	if word == "" && t.leveled {
		for name, role := range r.Roles {
			if n, ok := strings.CutPrefix(strings.ToUpper(name), "L"); ok && n == itoa(t.level) {
				return role
			}
		}
	}
	for name, role := range r.Roles {
		if word != "" && fold(name) == fold(word) || word == "" && t.schedule != "" && fold(name) == fold(t.schedule) {
			return role
		}
	}
	first := strings.HasPrefix(fold(word), "primary") || strings.HasPrefix(fold(word), "1st") || strings.HasPrefix(fold(word), "first")
	if word == "" || r.Role != "" && (first || len(r.tags) == 1) {
		return r.Role
	}
	return strings.ToLower(word)
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return string(rune('0'+n/10)) + string(rune('0'+n%10))
}

// who are the people that an occurrence names.
func (r *reader) who(o *ical.Occurrence, t title) []Who {
	guests := invitees(o.Event)
	switch {
	case r.Person != "":
		return []Who{r.people.who(r.Person, "")}
	case r.preset == Attendee && len(guests) > 0, t.name == "" && len(guests) > 0:
		return r.guests(guests)
	case len(guests) == 1:
		name := t.name
		if r.preset == PagerDuty && fold(name) == fold(t.schedule) { // a personal feed that names only the schedule
			return r.guests(guests)
		}
		return []Who{r.people.who(name, guests[0].Email)}
	case t.name == "":
		return []Who{r.people.who(cmp.Or(strings.TrimSpace(o.Summary), "somebody"), "")}
	}
	w := r.people.who(t.name, "")
	if !w.Known && len(guests) > 1 { // the title names none of those invited
		for _, g := range guests {
			if fold(g.Name) == fold(t.name) {
				return []Who{r.people.who(t.name, g.Email)}
			}
		}
	}
	return []Who{w}
}

func (r *reader) guests(list []ical.Attendee) []Who {
	out := make([]Who, 0, len(list))
	for _, a := range list {
		w := r.people.who(cmp.Or(a.Name, a.Email), a.Email)
		if !slices.ContainsFunc(out, w.Same) {
			out = append(out, w)
		}
	}
	return out
}
