package oncall

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/ical"
)

// Person is somebody whom the team knows, as people.yaml says.
type Person struct {
	Name    string
	Email   string
	Aliases []string // other names, user names and addresses
	Phone   string
	Zone    string // an IANA name; empty = not said
	Notes   string
	Slack   string // the id of their account there: U024BE7LH; empty = found by address
}

// Calendar is what the commander has said about one calendar.
type Calendar struct {
	Name     string
	File     string            // a path; or
	URL      string            // http, https or webcal; or
	Secret   string            // the name of the secret that holds the whole address
	Role     string            // which role its shifts fill; empty = as the titles say
	Roles    map[string]string // a tag of the titles ("L1", "Secondary") to a role
	Schedule string            // which schedule it feeds; empty = one of its own name
	Preset   Preset            // how its titles are read; empty = found out
	Title    string            // a regular expression with the groups person, tag and schedule; before Preset
	Person   string            // who is on in all of its events: a personal feed
	Override bool              // its shifts replace those of the schedule's other calendars
	Shared   bool              // several people at once are meant
	Local    bool              // its address may lie in the local network
	ByDesign []string          // when nobody has to be on: "Sat-Sun", "Mon-Fri 18:00-09:00"
	Skip     []string          // titles that are no shifts
	Zone     string            // an IANA name, for times without one; empty = UTC
	Refresh  time.Duration     // how often it is asked; 0 = every 15 minutes
}

// Override puts one person in the place of others for a while.
type Override struct {
	ID       string
	Schedule string
	Role     string
	Person   string
	From, To time.Time
	Note     string
}

// Settings are all calendars and overrides.
type Settings struct {
	Calendars []Calendar
	Overrides []Override
}

// Feeds names the schedule that a calendar feeds. An override that names none feeds all
// schedules with its role.
func (c *Calendar) Feeds() string {
	if c.Schedule == "" && !c.Override {
		return c.Name
	}
	return c.Schedule
}

// Location is the zone of times without one.
func (c *Calendar) Location() *time.Location { return zone(c.Zone) }

func zone(name string) *time.Location {
	if z := ical.Zone(name); z != nil {
		return z
	}
	return time.UTC
}

// Problem is a mistake in what people wrote: where (calendars[2].zone), what, and the remedy.
type Problem struct{ Path, Message, Hint string }

type problems []Problem

func (p *problems) add(path, hint, format string, args ...any) {
	*p = append(*p, Problem{path, fmt.Sprintf(format, args...), hint})
}

// longestName is how many bytes a name may have.
const longestName = 200

func (p *problems) name(path, name string) {
	switch {
	case strings.TrimSpace(name) == "":
		p.add(path, "give it one", "a name is missing")
	case len(name) > longestName || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		p.add(path, "use one line of at most 200 bytes", "%.40q is no name", name)
	}
}

func (p *problems) zone(path, name string) {
	if name == "" {
		return
	}
	if ical.Zone(name) == nil {
		p.add(path, "use a name such as Europe/Berlin or UTC", "%.40q is no time zone", name)
	}
}

var slackID = regexp.MustCompile(`^[UW][A-Z0-9]{1,20}$`)

// IsSlackID reports whether a text is the id of somebody's account in Slack.
func IsSlackID(text string) bool { return slackID.MatchString(text) }

// CheckPeople names the mistakes in a list of people.
func CheckPeople(people []Person) []Problem {
	var p problems
	seen := map[string]string{} // by folded address or alias, whose it is
	once := func(path, word, whose string) {
		key := fold(word)
		if key == "" {
			return
		}
		if other, taken := seen[key]; taken && other != whose {
			p.add(path, "keep it with one of them", "%q stands for two people: %s and %s", word, other, whose)
		}
		seen[key] = whose
	}
	for i, who := range people {
		at := fmt.Sprintf("people[%d]", i)
		p.name(at+".name", who.Name)
		p.zone(at+".zone", who.Zone)
		if who.Email != "" && !isEmail(who.Email) {
			p.add(at+".email", "write it as name@host", "%.60q is no e-mail address", who.Email)
		}
		if len(who.Phone) > 60 || strings.ContainsFunc(who.Phone, func(r rune) bool { return r < ' ' }) {
			p.add(at+".phone", "use one line of at most 60 bytes", "%.40q is no phone number", who.Phone)
		}
		if who.Slack != "" && !slackID.MatchString(who.Slack) {
			p.add(at+".slack", "copy the member ID from their profile in Slack: it looks like U024BE7LH", "%.40q is no id of an account in Slack", who.Slack)
		}
		label := fmt.Sprintf("%s (%d)", who.Name, i+1)
		once(at+".email", who.Email, label)
		for j, a := range who.Aliases {
			once(fmt.Sprintf("%s.aliases[%d]", at, j), a, label)
		}
	}
	return p
}

// Check names the mistakes in settings.
func (s *Settings) Check() []Problem {
	var p problems
	seen := map[string]bool{}
	for i := range s.Calendars {
		c := &s.Calendars[i]
		at := fmt.Sprintf("calendars[%d]", i)
		p.name(at+".name", c.Name)
		if seen[fold(c.Name)] {
			p.add(at+".name", "call one of them something else", "two calendars are called %q", c.Name)
		}
		seen[fold(c.Name)] = true
		p.calendar(at, c)
	}
	for i, o := range s.Overrides {
		at := fmt.Sprintf("overrides[%d]", i)
		p.name(at+".person", o.Person)
		if o.Schedule == "" && o.Role == "" {
			p.add(at+".schedule", "name its schedule or its role", "this override says of nothing what it overrides")
		}
		if !o.To.After(o.From) {
			p.add(at+".to", "let it end after it begins", "this override ends before it begins")
		}
	}
	return p
}

func (p *problems) calendar(at string, c *Calendar) {
	given := 0
	for _, where := range []string{c.File, c.URL, c.Secret} {
		if where != "" {
			given++
		}
	}
	if given != 1 {
		p.add(at, "give it a file, a url, or the name of a secret that holds its address", "a calendar comes from one place; %d are given", given)
	}
	if scheme, _, ok := strings.Cut(c.URL, "://"); c.URL != "" && (!ok || !slices.Contains([]string{"http", "https", "webcal", "webcals"}, strings.ToLower(scheme))) {
		p.add(at+".url", "it begins with https://, http:// or webcal://", "this is no address of a calendar") // its text may be a secret
	}
	if c.Preset != "" && !slices.Contains(Presets, c.Preset) {
		p.add(at+".preset", "one of "+words(Presets), "there is no preset %.40q", string(c.Preset))
	}
	if c.Title != "" {
		if re, err := regexp.Compile(c.Title); err != nil {
			p.add(at+".title", "see the syntax of Go's package regexp", "the expression for titles cannot be read: %v", err)
		} else if re.SubexpIndex("person") < 0 {
			p.add(at+".title", "for example ^Duty: (?P<person>.+)$", "the expression for titles has no group called person")
		}
	}
	p.zone(at+".zone", c.Zone)
	for j, text := range c.ByDesign {
		if _, err := parseQuiet(text); err != nil {
			p.add(fmt.Sprintf("%s.by_design[%d]", at, j), `for example "Sat-Sun", "Mon-Fri 18:00-09:00" or "2026-12-24 18:00 to 2026-12-27 09:00"`, "%v", err)
		}
	}
	if c.Refresh != 0 && (c.Refresh < time.Minute || c.Refresh > 24*time.Hour) {
		p.add(at+".refresh", "give between 1m and 24h", "%s is no time to wait between two looks", c.Refresh)
	}
}

func words(list []Preset) string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return strings.Join(out, ", ")
}
