package story

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"quarterdeck/internal/fault"
)

// Parse reads a script. name is the file's, for errors, which are Invalid and name the line.
func Parse(name, text string) (*Script, error) {
	r := &reader{Script: &Script{Name: name, Zone: time.UTC}}
	for i, line := range joined(text) {
		if line == "" {
			continue
		}
		r.line = i + 1
		if err := r.read(line); err != nil {
			f := fault.Of(err)
			return nil, r.fail(r.line, "%s", f.Message).WithHint("%s", f.Hint)
		}
	}
	if r.Title == "" {
		return nil, r.fail(1, "the story has no title").WithHint("begin with: story \"what it tells\"")
	}
	return r.Script, r.settle()
}

// joined are the lines without comments, each at its place, with those that go on
// moved up to where they began.
func joined(text string) []string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	head := 0
	for i, line := range lines {
		t := strings.TrimSpace(line)
		switch {
		case t == "" || line[0] == '#':
			lines[i] = ""
		case line[0] == ' ' || line[0] == '\t':
			lines[head], lines[i] = strings.TrimSpace(lines[head]+" "+t), ""
		default:
			lines[i], head = t, i
		}
	}
	return lines
}

// reader is a script on its way to being read.
type reader struct {
	*Script
	line  int
	actor string
}

// read takes one line in.
func (r *reader) read(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if take := r.header(word); take != nil {
		if len(r.moments) > 0 {
			return bad("%q belongs to the top of the file", word).WithHint("move it above the first moment")
		}
		return take(rest)
	}
	switch {
	case word == "as":
		if err := r.known(rest); err != nil {
			return err
		}
		r.actor = rest
		return nil
	case line == "between":
		r.moments = append(r.moments, &moment{line: r.line, between: true, approx: true})
		return nil
	case word == "earlier":
		return r.moment(rest, true)
	case dated.MatchString(line) || relative.MatchString(line):
		return r.moment(line, false)
	}
	a, err := r.act(line)
	if err != nil {
		return err
	}
	if len(r.moments) == 0 {
		return bad("no moment has come yet").WithHint("write a line with a time above it, such as 2017-01-31 19:00")
	}
	m := r.moments[len(r.moments)-1]
	m.acts = append(m.acts, a)
	return nil
}

// header answers with what reads a header line; nil when the word is none.
func (r *reader) header(word string) func(string) error {
	switch word {
	case "story":
		return func(t string) error { r.Title = strings.Trim(t, `"`); return nil }
	case "about":
		return func(t string) error { r.About = t; return nil }
	case "people":
		return func(t string) error {
			for n := range strings.SplitSeq(t, ",") {
				r.People = append(r.People, strings.TrimSpace(n))
			}
			return nil
		}
	case "zone":
		return func(t string) (err error) {
			if r.Zone, err = time.LoadLocation(t); err != nil {
				return bad("%q is no time zone", t).WithHint("UTC, or a name such as Europe/Berlin")
			}
			return nil
		}
	case "start":
		return func(t string) (err error) { r.Start, _, err = r.time(t); return err }
	}
	return nil
}

func (r *reader) moment(text string, earlier bool) error {
	at, approx, err := r.time(text)
	if err != nil {
		return err
	}
	r.moments = append(r.moments, &moment{line: r.line, at: at, approx: approx, earlier: earlier})
	return nil
}

var (
	dated    = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)( \d\d:\d\d(?::\d\d)?)?( ~)?$`)
	relative = regexp.MustCompile(`^T([+-])(\d{1,3}):(\d\d)( ~)?$`)
)

// time reads a time; approx tells whether only about then, or only the day, is known.
func (r *reader) time(text string) (at time.Time, approx bool, err error) {
	wrong := bad("%q is no time", text).WithHint("2017-01-31, 2017-01-31 19:00, 2017-01-31 23:27:10 or T+0:05; \" ~\" after it says about then")
	if m := relative.FindStringSubmatch(text); m != nil {
		if r.Start.IsZero() {
			return at, false, bad("%q counts from a start that is not given", text).WithHint("add a header such as: start 2025-01-08 03:00")
		}
		h, _ := strconv.Atoi(m[2]) // one to three digits
		min, _ := strconv.Atoi(m[3])
		d := time.Duration(h)*time.Hour + time.Duration(min)*time.Minute
		if m[1] == "-" {
			d = -d
		}
		return r.Start.Add(d), m[4] != "", nil
	}
	m := dated.FindStringSubmatch(text)
	if m == nil {
		return at, false, wrong
	}
	form := time.DateOnly
	switch len(m[2]) {
	case len(" 15:04"):
		form = "2006-01-02 15:04"
	case len(" 15:04:05"):
		form = time.DateTime
	}
	if at, err = time.ParseInLocation(form, m[1]+m[2], r.Zone); err != nil {
		return at, false, wrong
	}
	return at, m[2] == "" || m[3] != "", nil
}

// length reads 20m or 1h30m, in whole minutes.
func length(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d%time.Minute != 0 {
		return 0, bad("%q is no length of time", text).WithHint("20m, 2h or 1h30m")
	}
	return d, nil
}

// known refuses a name that the header does not introduce.
func (r *reader) known(name string) error {
	if !slices.Contains(r.People, name) {
		return bad("nobody is called %q", name).WithHint("one of %s; a new person is added to the header \"people\"", strings.Join(r.People, ", "))
	}
	return nil
}

func bad(format string, args ...any) *fault.Error { return fault.New(fault.Invalid, format, args...) }
