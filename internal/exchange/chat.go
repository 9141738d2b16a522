package exchange

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

const (
	clockForm = `\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?`
	dayForm   = `(?:(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|Today|Yesterday|today|yesterday)(?:,| at)? ?)?`
	nameForm  = `[\p{L}\d][^\n:<>\[\]|]{0,60}?`
)

// The forms in which chats give messages to the clipboard, each with the day and time, the
// name, and where it has them the words.
var (
	// IRC and what looks like it: [14:02:03] <ana> text, 14:02 <@ana> text
	ircForm = regexp.MustCompile(`^\[?(` + dayForm + clockForm + `)\]?\s+<[@+%&~ ]?([^>\n]{1,60})>\s?(.*)$`)
	// WhatsApp, Zoom, logs: [14:02] Ana: text, 02.03.26, 14:02 - Ana: text, 14:02:03 From Ana to Everyone: text
	saidForm = regexp.MustCompile(`^[\[(]?(` + dayForm + clockForm + `)[\])]?\s*(?:[-–—]\s*)?(?:From\s+)?(` + nameForm + `)(?:\s+to\s+Everyone)?:\s+(\S.*)$`)
	// weechat: 14:02:03  ana | text
	barForm = regexp.MustCompile(`^(` + dayForm + clockForm + `)\s+[@+%&~ ]?([^\s|]{1,40})\s*\|\s?(.*)$`)
	// Teams: [14:02] Ana Lee, the words below; with the words behind it, too: [2:03 PM] Ana Lee
	teamsForm = regexp.MustCompile(`^\[(` + dayForm + clockForm + `)\]\s+(` + nameForm + `)$`)
	// Slack, Discord: Ana Lee  2:03 PM, the words below; Ana — Today at 2:03 PM
	slackForm = regexp.MustCompile(`^(` + nameForm + `)\s+(?:APP\s+)?(?:[—–-]\s*)?(` + dayForm + clockForm + `)$`)
	// a name with the time in the next line
	onlyClock = regexp.MustCompile(`^\s*\[?(` + dayForm + clockForm + `)\]?$`)
	onlyName  = regexp.MustCompile(`^\p{L}[\p{L}\p{M}\d .'’()-]{0,50}$`)
	// Slack: the next message of the same person: [2:05 PM] text, or the time alone before it
	againForm = regexp.MustCompile(`^\[(` + clockForm + `)\]\s?(.*)$`)
	actForm   = regexp.MustCompile(`^\[?(` + dayForm + clockForm + `)\]?\s+\*\s+(\S{1,60})\s+(.*)$`)
)

// chat reads messages as they are copied out of a chat. What follows a message and is no
// new one belongs to it.
func (r *reader) chat(text string) error {
	lines := strings.Split(text, "\n")
	var times []string
	for _, l := range lines {
		if h, ok := headOf(strings.TrimRight(l, " \t"), false); ok {
			times = append(times, h.when)
		}
	}
	if r.order(times) {
		r.Days = "dmy" // a day in a chat is rarely far away; the preview shows what it came to
	}
	r.Source.Title = r.titled()
	var open *Line
	day, last, goesOn := r.Day, int64(0), false
	flush := func() error {
		if open == nil {
			return nil
		}
		l := *open
		open = nil
		return r.add(l)
	}
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t\r")
		h, ok := headOf(line, goesOn)
		if !ok && i+1 < len(lines) && onlyName.MatchString(strings.TrimSpace(line)) { // name, time and words each on a line
			if m := onlyClock.FindStringSubmatch(strings.TrimRight(lines[i+1], " \t\r")); m != nil {
				h, ok = began{when: m[1], who: strings.TrimSpace(line)}, true
				goesOn = true
				i++
			}
		}
		if !ok {
			if d, is := r.dayIn(line); is && line != "" {
				if err := flush(); err != nil {
					return err
				}
				day = d
				continue
			}
			switch {
			case open != nil:
				open.Text += "\n" + line
			case strings.TrimSpace(line) != "":
				r.leave("lines before the first message")
				r.keep("line "+itoa(i+1), "text", quoted(strings.TrimSpace(line)))
			}
			continue
		}
		goesOn = goesOn || slackForm.MatchString(line)
		if h.who == "" {
			if open == nil {
				r.leave("lines before the first message")
				continue
			}
			h.who = open.Author
		}
		at, approx, readable := r.when(r.said(h.when), day)
		if !readable {
			r.problem("line %d: %.40q is no time that can be read, or names no day", i+1, h.when)
			if open != nil {
				open.Text += "\n" + line
			}
			continue
		}
		// A clock that goes back by hours has passed midnight.
		if named := isDay.MatchString(h.when); !named && last != 0 && last-at > int64(6*time.Hour/time.Millisecond) {
			day = day.AddDate(0, 0, 1)
			at += int64(24 * time.Hour / time.Millisecond)
		}
		last = at
		if err := flush(); err != nil {
			return err
		}
		open = &Line{At: at, Approx: approx, Author: h.who, Text: h.text}
	}
	return flush()
}

var isDay = regexp.MustCompile(`\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?i:today|yesterday)`)

// said is a time with today and yesterday as days.
func (r *reader) said(when string) string {
	when = strings.NewReplacer(" at ", " ", "At ", "").Replace(when)
	for word, back := range map[string]int{"today": 0, "yesterday": -1} {
		if len(when) > len(word) && strings.EqualFold(when[:len(word)], word) && !r.Day.IsZero() {
			rest := strings.TrimLeft(when[len(word):], ", ")
			d := r.Day.AddDate(0, 0, back)
			if t, ok := r.instant(meridian.ReplaceAllStringFunc(rest, func(s string) string { return " " + strings.ToUpper(strings.TrimSpace(s)[:1]) + "M" }), d); ok {
				return t.Format(time.RFC3339Nano)
			}
		}
	}
	return when
}

// began is how a message begins.
type began struct{ when, who, text string }

// headOf finds the beginning of a message in a line. goesOn says that in this chat a time
// in brackets begins the next message of the same person.
func headOf(line string, goesOn bool) (h began, ok bool) {
	if len(line) > 4096 && !strings.ContainsAny(line[:200], ":") {
		return h, false
	}
	for _, f := range []*regexp.Regexp{ircForm, actForm, barForm, saidForm} {
		if m := f.FindStringSubmatch(line); m != nil {
			return began{m[1], strings.TrimSpace(m[2]), m[3]}, true
		}
	}
	if len(line) > 200 {
		return h, false
	}
	if m := teamsForm.FindStringSubmatch(line); m != nil && likeName(m[2]) && !goesOn {
		return began{m[1], strings.TrimSpace(m[2]), ""}, true
	}
	if m := againForm.FindStringSubmatch(line); m != nil {
		return began{m[1], "", m[2]}, true
	}
	if m := slackForm.FindStringSubmatch(line); m != nil && likeName(m[1]) {
		return began{m[2], strings.TrimSpace(m[1]), ""}, true
	}
	return h, false
}

// likeName tells a name from the end of a sentence with a time in it.
func likeName(s string) bool {
	s = strings.TrimSpace(s)
	words := strings.Fields(s)
	return len(words) > 0 && len(words) <= 5 && !strings.ContainsAny(s, "!?;=/\\{}\"") && !strings.HasSuffix(s, ",") && !small[strings.ToLower(words[len(words)-1])]
}

// small are words behind which a time is part of a sentence.
var small = map[string]bool{"at": true, "by": true, "until": true, "since": true, "from": true, "before": true, "after": true, "around": true, "about": true, "till": true, "to": true, "and": true, "is": true, "was": true, "um": true, "bis": true, "seit": true}

// ChatLines counts the messages in a text, to offer that they be taken as such: at least
// two, and as many as make up most of it.
func ChatLines(text string) int {
	if !strings.Contains(text, "\n") {
		return 0
	}
	n, filled := 0, 0
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		l = strings.TrimRight(l, " \t\r")
		if l == "" {
			continue
		}
		filled++
		if _, ok := headOf(l, false); ok {
			n++
		} else if i+1 < len(lines) && onlyName.MatchString(l) && onlyClock.MatchString(strings.TrimRight(lines[i+1], " \t\r")) {
			n++
		}
		if filled > 5000 {
			break
		}
	}
	if n < 2 || n*12 < filled {
		return 0
	}
	return n
}
