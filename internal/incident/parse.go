package incident

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"quarterdeck/internal/fault"
)

// The log line's grammar. The first character decides; a backslash takes its
// meaning away; a time in front dates what follows back:
//
//	text                          a note
//	!text [because …] [but …]     a decision, its basis and its trade-off
//	@name text [5m]               an action with a time box; @"a new name" in quotes
//	?text                         a question
//	+text                         a follow-up
//	-10m text    14:02 text       happened ten minutes ago, at 14:02
//	~14:02 text                   at about 14:02
//	/words                        a command

// LineKind is what a typed line would become.
type LineKind string

// The kinds of line.
const (
	LineEmpty    LineKind = ""
	LineNote     LineKind = "note"
	LineDecision LineKind = "decision"
	LineAction   LineKind = "action"
	LineQuestion LineKind = "question"
	LineFollowUp LineKind = "followup"
	LineCommand  LineKind = "command"
)

// Line is a typed line as it will be read.
type Line struct {
	Kind     LineKind
	Text     string
	Basis    string
	Tradeoff string
	Owner    string // a name, as the incident writes it when it knows the person
	Minutes  int
	At       int64 // 0 = now
	Approx   bool
	Words    []string // of a command
}

var (
	ago   = regexp.MustCompile(`^-((?:\d{1,4}[dhms])+)\s+(\S)`)
	clock = regexp.MustCompile(`^(~?)([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?\s+(\S)`)
	timed = regexp.MustCompile(`\s+(\d{1,4})(m|min|h)$`)
	unit  = regexp.MustCompile(`(\d{1,4})([dhms])`)
	words = regexp.MustCompile(`\s([Bb][Ee][Cc][Aa][Uu][Ss][Ee]|[Bb][Uu][Tt])\s`)
)

// ParseLine reads a line typed at now (ms UTC) by somebody whose clock shows zone.
// people are names by circles, the nearest first: a first name means somebody of the
// first circle that has one. It never fails: what it cannot read as anything else is a
// note; Check says what would be refused.
func ParseLine(text string, now int64, zone *time.Location, people ...[]string) Line {
	t := tidy(text)
	l := Line{Kind: LineNote}
	t = strings.TrimSpace(l.dated(t, now, zone))
	if t == "" {
		return Line{}
	}
	rest := strings.TrimSpace(t[1:])
	switch {
	case t[0] == '\\' && rest != "":
		l.Text = t[1:]
	case rest == "":
		l.Text = t
	case t[0] == '!':
		l.Kind = LineDecision
		l.Text, l.Basis, l.Tradeoff = reasons(rest)
	case t[0] == '@':
		l.Kind = LineAction
		l.task(rest, people)
	case t[0] == '?':
		l.Kind, l.Text = LineQuestion, rest
	case t[0] == '+':
		l.Kind, l.Text = LineFollowUp, rest
	case t[0] == '/':
		l.Kind, l.Words = LineCommand, strings.Fields(rest)
		l.Text = rest
	default:
		l.Text = t
	}
	return l
}

// dated takes a time in front of the line off it.
func (l *Line) dated(t string, now int64, zone *time.Location) string {
	if m := ago.FindStringSubmatchIndex(t); m != nil {
		var d time.Duration
		for _, u := range unit.FindAllStringSubmatch(t[m[2]:m[3]], -1) {
			n, _ := strconv.Atoi(u[1]) // one to four digits
			d += time.Duration(n) * map[string]time.Duration{"d": 24 * time.Hour, "h": time.Hour, "m": time.Minute, "s": time.Second}[u[2]]
		}
		l.At = now - d.Milliseconds()
		return t[m[4]:]
	}
	if m := clock.FindStringSubmatchIndex(t); m != nil {
		num := func(i int) int {
			if m[2*i] < 0 {
				return 0
			}
			n, _ := strconv.Atoi(t[m[2*i]:m[2*i+1]]) // one or two digits
			return n
		}
		l.At, l.Approx = lastShown(now, zone, num(2), num(3), num(4)), t[m[2]:m[3]] == "~"
		return t[m[10]:]
	}
	return t
}

// lastShown is the latest instant up to now at which a clock in zone showed a time
// of day: of an hour that comes twice in a night, the second one, once it has come.
// A minute ahead still counts as today, as it does for Decide. A time that the clock
// leapt over is read as if it had not.
func lastShown(now int64, zone *time.Location, hour, minute, second int) int64 {
	n := time.UnixMilli(now).In(zone)
	for day := n.Day(); ; day-- {
		t := time.Date(n.Year(), n.Month(), day, hour, minute, second, 0, zone)
		leapt := t.Hour() != hour || t.Minute() != minute
		for i, c := range []time.Time{t.Add(time.Hour), t, t.Add(-time.Hour)} { // which of two hours t is, is not specified
			shown := c.Hour() == hour && c.Minute() == minute
			if c.UnixMilli() <= now+ahead && (shown || leapt && i > 0) {
				return c.UnixMilli()
			}
		}
	}
}

// reasons splits a decision at "because" and "but", in whichever order they come.
// Only the first of each counts.
func reasons(t string) (text, basis, tradeoff string) {
	part, from, seen := &text, 0, map[*string]bool{}
	for _, m := range words.FindAllStringSubmatchIndex(t, -1) {
		next := &basis
		if m[3]-m[2] == len("but") {
			next = &tradeoff
		}
		if seen[next] {
			continue
		}
		*part = strings.TrimSpace(t[from:m[0]])
		part, from, seen[next] = next, m[1], true
	}
	*part = strings.TrimSpace(t[from:])
	return text, basis, tradeoff
}

// task reads "name text 5m".
func (l *Line) task(t string, circles [][]string) {
	l.Minutes = DefaultBox
	name, text := t, ""
	if i := strings.IndexAny(t, " \n\t"); i > 0 {
		name, text = t[:i], strings.TrimSpace(t[i:])
	}
	name = strings.TrimRight(name, ",:")
	best := ""
	for _, p := range slices.Concat(circles...) { // a full name may have several words
		if n := len(p); n > len(best) && len(t) >= n && strings.EqualFold(t[:n], p) && (len(t) == n || strings.ContainsAny(t[n:n+1], " ,:\n\t")) {
			best = p
		}
	}
	quoted, after, closed := strings.Cut(strings.TrimPrefix(t, `"`), `"`)
	switch {
	case t[0] == '"' && closed && strings.TrimSpace(quoted) != "": // a new name of several words
		name, text = strings.TrimSpace(quoted), strings.TrimSpace(strings.TrimLeft(after, ",:"))
	case best != "":
		name, text = best, strings.TrimSpace(strings.TrimLeft(t[len(best):], ",:"))
	default:
		for _, people := range circles {
			if p, some := firstName(name, people); some {
				name = cmp.Or(p, name)
				break
			}
		}
	}
	if rest, n := Boxed(text); n > 0 || rest != text {
		l.Minutes, text = n, rest
	}
	l.Owner, l.Text = name, text
}

// Boxed takes a time box off the end of a text: "errors below 1 % 5m". 0 = it has none.
func Boxed(text string) (rest string, minutes int) {
	m := timed.FindStringSubmatchIndex(text)
	if m == nil {
		return text, 0
	}
	n, _ := strconv.Atoi(text[m[2]:m[3]]) // one to four digits
	if text[m[4]:m[5]] == "h" {
		n *= 60
	}
	return text[:m[0]], n
}

// firstName finds the one person whose first name is name; some says whether anybody bears
// it, and of several nobody is found.
func firstName(name string, people []string) (found string, some bool) {
	for _, p := range people {
		first, _, _ := strings.Cut(p, " ")
		if strings.EqualFold(first, name) {
			if some {
				return "", true
			}
			found, some = p, true
		}
	}
	return found, some
}

// Check says what Decide would refuse about the line, while it is still being typed.
func (l Line) Check() error {
	switch l.Kind {
	case LineEmpty, LineCommand:
		return nil
	case LineAction:
		if l.Text == "" {
			return fault.Input("text", "%s is to do what?", l.Owner).WithHint("@name what to do 5m")
		}
		if err := owner("owner", l.Owner); err != nil {
			return err
		}
		if err := boxed(l.Minutes); err != nil {
			return err
		}
	}
	for field, part := range map[string]string{"basis": l.Basis, "tradeoff": l.Tradeoff} {
		if _, err := cleanOptional(field, part, MaxText); err != nil {
			return err
		}
	}
	_, err := clean("text", l.Text, MaxText)
	return err
}

// Command is the order that the line gives, with its owner as the caller knows that
// person. It is nil for an empty line and for a command, which the caller looks up.
func (l Line) Command(person Person) Command {
	switch l.Kind {
	case LineNote:
		return &AddNote{l.Text, l.Approx}
	case LineDecision:
		return &MakeDecision{Text: l.Text, Basis: l.Basis, Tradeoff: l.Tradeoff, Approx: l.Approx}
	case LineAction:
		return &OpenAction{l.Text, person, l.Minutes, l.Approx}
	case LineQuestion:
		return &AskQuestion{l.Text, l.Approx}
	case LineFollowUp:
		return &AddFollowUp{Text: l.Text, Approx: l.Approx}
	}
	return nil
}
