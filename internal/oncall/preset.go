package oncall

import (
	"html"
	"regexp"
	"strings"

	"quarterdeck/internal/ical"
)

// Preset is a way of reading titles.
type Preset string

// The presets. Auto finds out by who wrote the file and by what its titles have in common.
const (
	Auto       Preset = "auto"
	PagerDuty  Preset = "pagerduty"  // "On Call - NAME - SCHEDULE"
	Opsgenie   Preset = "opsgenie"   // "NAME (SCHEDULE)"
	Splunk     Preset = "splunk"     // "NAME - TEAM (Escalation)"
	Grafana    Preset = "grafana"    // "[L1] NAME"
	GoAlert    Preset = "goalert"    // "NAME On-Call (APP: SCHEDULE) Begins*", as HTML
	IncidentIO Preset = "incidentio" // "NAME on call for SCHEDULE"
	Rootly     Preset = "rootly"     // "NAME on call for SCHEDULE", "NAME - SCHEDULE"
	Attendee   Preset = "attendee"   // the title is the rota's, the people are invited
	Plain      Preset = "plain"      // the title is the person
)

// Presets are all of them.
var Presets = []Preset{Auto, PagerDuty, Opsgenie, Splunk, Grafana, GoAlert, IncidentIO, Rootly, Attendee, Plain}

// title is what a title was read as.
type title struct {
	name     string
	tag      string // "Primary", "Escalation"; empty = none
	schedule string
	level    int
	leveled  bool
	open     bool // its end is not known yet
}

var (
	reLevel    = regexp.MustCompile(`^\[L(\d{1,3})\]`)
	reBracket  = regexp.MustCompile(`^\[([^\[\]]{1,60})\]`)
	reEscalate = regexp.MustCompile(`(?i)\s*\(escalation\)`)
	reGoAlert  = regexp.MustCompile(`^(.*?)\s*\bOn-Call \(([^:()]*): (.*)\)(\s+Begins\*|\s*\[(?:Begins|Ends)[^\[\]]*\])?$`)
	// "Ada on call", "Ada is on-call for Payments", "ada on-call (late start)"
	reOnCall = regexp.MustCompile(`(?i)^(.+?)\s+(?:is\s+)?\(?on[- ]?call\b\)?\s*(?:(?:for|[:–—-])\s*(.+?))?\s*(?:\([^()]*\))?$`)
	// "Ada - On Call - Payments"
	reMiddle = regexp.MustCompile(`(?i)^(.+?)\s+[–—-]\s+on[- ]?call\s+[–—-]\s+(.+)$`)
	// "On-Call: Ada", "On call - Ada"
	reBefore = regexp.MustCompile(`(?i)^(?:on[- ]?call|on[- ]?duty|duty|bereitschaft|rufbereitschaft|rota|shift|guardia|astreinte|piket)\s*(?::|\s[–—-])\s*(.+)$`)
	// "Primary: Ada"
	rePrefix = regexp.MustCompile(`^([\pL\pN][\pL\pN ._/&+-]{0,40}?)\s*:\s+(.+)$`)
	reParen  = regexp.MustCompile(`^(.+?)\s*\(([^()]{1,80})\)$`)
)

// ranks are words for a role in a rota that stand before or behind a name.
var ranks = regexp.MustCompile(`(?i)^(?:(?:1st|2nd|3rd|first|second|third|primary|secondary|tertiary|backup|back-up|shadow|escalation|manager|lead|commander|incident commander|ic|deputy|comms|communications|ops|operations|scribe)(?: (?:on[- ]?call|responder|lead|line|engineer))?)$`)

// detect finds out who wrote a calendar; Plain when nobody known did.
func detect(c *ical.Calendar, occ []ical.Occurrence) Preset {
	product := fold(c.Product)
	for _, known := range []struct {
		word string
		is   Preset
	}{
		{"goalert", GoAlert}, {"opsgenie", Opsgenie}, {"victorops", Splunk}, {"splunk", Splunk}, {"grafana", Grafana}, {"amixr", Grafana},
		{"incident.io", IncidentIO}, {"rootly", Rootly}, {"pagerduty", PagerDuty}, {"confluence", Attendee},
	} {
		if strings.Contains(product, known.word) {
			return known.is
		}
	}
	events, dash, escalated, titles, guests := 0, 0, 0, map[string]bool{}, map[string]bool{}
	seen, invited := map[*ical.Event]bool{}, 0
	for _, o := range occ {
		if seen[o.Event] {
			continue
		}
		seen[o.Event] = true
		events++
		if strings.HasPrefix(o.Summary, "On Call - ") {
			dash++
		}
		if reEscalate.MatchString(o.Summary) {
			escalated++
		}
		titles[fold(o.Summary)] = true
		if g := invitees(o.Event); len(g) > 0 {
			invited++
			for _, a := range g {
				guests[fold(a.Email)+fold(a.Name)] = true
			}
		}
	}
	most := func(n int) bool { return events > 0 && n*5 >= events*4 }
	switch {
	case most(dash):
		return PagerDuty
	case escalated > 0:
		return Splunk
	case most(invited) && len(guests) > 1 && len(titles) < len(guests):
		return Attendee
	}
	return Plain
}

// invitees are the people whom an event invites, without its organizer unless that is all.
func invitees(e *ical.Event) []ical.Attendee {
	var out []ical.Attendee
	var organizer []ical.Attendee
	for _, a := range e.Attendees {
		switch {
		case a.Partstat == "DECLINED" || a.Email == "" && a.Name == "":
		case a.Email != "" && strings.EqualFold(a.Email, e.Organizer.Email):
			organizer = append(organizer, a)
		default:
			out = append(out, a)
		}
	}
	if len(out) == 0 && len(e.Attendees) == 1 {
		return organizer
	}
	return out
}

// read reads a title. own is the name of the calendar that it stands in.
func (p Preset) read(text, own string) title {
	if p == GoAlert {
		text = html.UnescapeString(text)
	}
	t := title{name: strings.Join(strings.Fields(text), " ")}
	t.tags()
	switch p {
	case PagerDuty:
		t.pagerDuty(own)
	case GoAlert:
		if m := reGoAlert.FindStringSubmatch(t.name); m != nil {
			t.name, t.schedule, t.open = m[1], m[3], strings.TrimSpace(m[4]) == "Begins*"
		}
	case Opsgenie:
		if m := reParen.FindStringSubmatch(t.name); m != nil {
			t.name, t.schedule = m[1], m[2]
		} else {
			t.words(own)
		}
	case Splunk, Rootly, IncidentIO:
		if before, after, ok := strings.Cut(t.name, " - "); ok && !reBefore.MatchString(t.name) && !ranks.MatchString(before) {
			t.name, t.schedule = before, after
		} else {
			t.words(own)
		}
	case Attendee:
	default:
		t.words(own)
	}
	t.name = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(t.name), "@"))
	return t
}

// tags takes the brackets off the front, and the mark of an escalation out.
func (t *title) tags() {
	for {
		if m := reLevel.FindStringSubmatch(t.name); m != nil {
			for _, d := range m[1] {
				t.level = t.level*10 + int(d-'0')
			}
			t.level, t.leveled = min(t.level, 99), true
			t.name = strings.TrimSpace(t.name[len(m[0]):])
		} else if m := reBracket.FindStringSubmatch(t.name); m != nil && len(t.name) > len(m[0]) {
			t.tag = strings.TrimSpace(m[1])
			t.name = strings.TrimSpace(t.name[len(m[0]):])
		} else {
			break
		}
	}
	if at := reEscalate.FindStringIndex(t.name); at != nil {
		t.tag = "Escalation"
		t.name = strings.TrimSpace(t.name[:at[0]] + t.name[at[1]:])
	}
}

// pagerDuty reads "On Call - NAME - SCHEDULE"; either part may hold " - " itself, and a
// person's own feed may leave the name out.
func (t *title) pagerDuty(own string) {
	rest, ok := strings.CutPrefix(t.name, "On Call - ")
	if !ok {
		t.words(own)
		return
	}
	own = strings.TrimSpace(strings.TrimPrefix(own, "On Call Schedule for "))
	switch {
	case own != "" && strings.HasSuffix(rest, " - "+own):
		t.name, t.schedule = strings.TrimSuffix(rest, " - "+own), own
	case own != "" && strings.HasPrefix(rest, own+" - "):
		t.name, t.schedule = own, strings.TrimPrefix(rest, own+" - ")
	default:
		t.name, t.schedule, _ = strings.Cut(rest, " - ")
		if t.schedule == "" { // the schedule of a person's own feed, or a schedule without name
			t.schedule = rest
			if t.name = rest; own != "" && !strings.EqualFold(own, rest) && own != "On Call Schedule" {
				t.name = own
			}
		}
	}
}

// words reads what people write into calendars by hand.
func (t *title) words(own string) {
	if m := reMiddle.FindStringSubmatch(t.name); m != nil {
		t.name, t.schedule = m[1], m[2]
		return
	}
	if m := reBefore.FindStringSubmatch(t.name); m != nil {
		t.name = m[1]
		t.behind(own)
		return
	}
	if m := rePrefix.FindStringSubmatch(t.name); m != nil && !strings.Contains(m[2], "://") {
		t.tag, t.name = pick(t.tag, m[1]), m[2]
		return
	}
	if before, after, ok := strings.Cut(t.name, " - "); ok && ranks.MatchString(before) {
		t.tag, t.name = pick(t.tag, before), after
		return
	}
	if m := reOnCall.FindStringSubmatch(t.name); m != nil {
		t.name, t.schedule = m[1], m[2]
		return
	}
	t.behind(own)
}

// behind takes a role, or the calendar's own name, off the end.
func (t *title) behind(own string) {
	if m := reParen.FindStringSubmatch(t.name); m != nil {
		switch {
		case ranks.MatchString(m[2]):
			t.name, t.tag = m[1], pick(t.tag, m[2])
		case own != "" && fold(m[2]) == fold(own):
			t.name, t.schedule = m[1], m[2]
		}
		return
	}
	if i := strings.LastIndex(t.name, " - "); i > 0 {
		before, after := t.name[:i], t.name[i+3:]
		switch {
		case ranks.MatchString(after):
			t.name, t.tag = before, pick(t.tag, after)
		case own != "" && fold(after) == fold(own):
			t.name, t.schedule = before, after
		}
	}
}

func pick(a, b string) string {
	if a != "" {
		return a
	}
	return strings.TrimSpace(b)
}
