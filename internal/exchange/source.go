package exchange

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// The formats of other programs that Foreign reads.
const (
	Slack    = "slack"    // the archive that Slack exports of a workspace
	CSV      = "csv"      // a table with a head; ours, or anybody's
	Markdown = "markdown" // a timeline as a table or as a list; ours, or written by hand
	Chat     = "chat"     // messages as they are copied out of a chat
)

// Formats are all of them.
var Formats = []string{Slack, CSV, Markdown, Chat}

// Options say how a foreign file is to be read. The zero value lets the file speak.
type Options struct {
	Format  string            // one of Formats; empty = by the name and the first bytes
	Name    string            // of the file
	Channel string            // of a Slack archive, by its name or id; empty = the only one
	Columns map[string]string // of a table: which column holds what, by Fields
	People  map[string]string // who is who: names in the file, and the names to take for them
	Days    string            // how 03/04/2026 is meant: dmy or mdy; empty = as the file shows by itself
	Zone    *time.Location    // of times that name none; nil = UTC
	Day     time.Time         // of times that name no day; zero = they are refused
}

// Fields are what a column can hold.
var Fields = []string{"time", "date", "author", "text", "kind", "basis", "tradeoff", "note", "leave"}

// Line is an entry as it stood there.
type Line struct {
	Key      string // names it in its source, the same each time the source is read
	At       int64  // ms UTC
	Approx   bool   // its time was a guess
	Author   string // as called there; empty = nobody is named
	Kind     string // note, decision, question, hypothesis or followup
	Text     string
	Basis    string // of a decision
	Tradeoff string
}

// Left is something of a source that is not taken over, and how often it is there.
type Left struct {
	What  string
	Count int
}

// Column is one of a table, and what it is taken for: one of Fields.
type Column struct{ Name, Field string }

// Source is what a foreign file holds. Nothing in it is to be trusted to be anything but
// text.
type Source struct {
	Format   string
	Title    string // what it is about, as far as it says
	Key      string // names the source, the same each time it is read and when it has grown
	Channels []string
	Channel  string // the one that was read
	Columns  []Column
	People   []string // everybody who wrote, sorted
	Lines    []Line   // by time
	Left     []Left   // what was not taken over, by name; the fields among it are in Aside
	Problems []string // what could not be read, with its place; the rest is there
	Needs    error    // what has to be said before an entry can be read: a fault; its lines are missing then
	Aside    []byte   // JSON: for each line's key the fields that were not taken over; nil = none
}

// Bounds of a foreign file.
const (
	maxForeign = 256 << 20 // bytes of the file
	maxLines   = 200_000
	maxTold    = 50 // problems that are told one by one
	maxAside   = 24 << 20
)

// Foreign reads a file of another program. Faults: Invalid for what it is not, with the
// reason; a line that cannot be read is a Problem and costs no other.
func Foreign(data []byte, o Options) (Source, error) {
	if len(data) > maxForeign {
		return Source{}, fault.New(fault.Invalid, "the file is larger than %s", incident.Size(maxForeign)).WithHint("export less at once: one channel, or the days that matter")
	}
	if o.Format == "" {
		o.Format = guess(data, o.Name)
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	r := &reader{Options: o, left: map[string]int{}, aside: map[string]map[string]json.RawMessage{}, known: map[string]bool{}}
	r.Source.Format = o.Format
	var err error
	switch o.Format {
	case Slack:
		err = r.slack(data)
	case CSV, Markdown, Chat:
		var text string
		if text, err = plain(data); err != nil {
			break
		}
		switch o.Format {
		case CSV:
			err = r.csv(text)
		case Markdown:
			err = r.markdown(text)
		default:
			err = r.chat(text)
		}
	default:
		err = fault.Input("format", "%.40q is no format", o.Format).WithHint("one of json, %s", strings.Join(Formats, ", "))
	}
	if err != nil {
		return Source{}, err
	}
	return r.finish()
}

// guess is the format of a file that nobody has named.
func guess(data []byte, name string) string {
	name = strings.ToLower(name)
	head := strings.TrimSpace(string(data[:min(len(data), 4096)]))
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return Slack
	case strings.HasSuffix(name, ".csv"), strings.HasSuffix(name, ".tsv"):
		return CSV
	case strings.HasSuffix(name, ".md"), strings.HasSuffix(name, ".markdown"), strings.HasPrefix(head, "#"), strings.HasPrefix(head, "|"), strings.HasPrefix(head, "- "), strings.HasPrefix(head, "* "):
		return Markdown
	}
	if first, _, _ := strings.Cut(head, "\n"); strings.Count(first, ",")+strings.Count(first, ";")+strings.Count(first, "\t") >= 2 && len(fieldsOf(strings.FieldsFunc(first, func(r rune) bool { return strings.ContainsRune(",;\t", r) }))) >= 2 {
		return CSV
	}
	return Chat
}

// plain is a text file as text: UTF-8, or UTF-16 with its mark.
func plain(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case len(data) >= 2 && (data[0] == 0xFF && data[1] == 0xFE || data[0] == 0xFE && data[1] == 0xFF):
		if len(data)%2 != 0 {
			return "", fault.New(fault.Invalid, "the file begins as UTF-16 and ends in half a character").WithHint("it was cut off: copy it again, or save it as UTF-8")
		}
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i < len(data); i += 2 {
			if data[0] == 0xFF {
				units = append(units, uint16(data[i])|uint16(data[i+1])<<8)
			} else {
				units = append(units, uint16(data[i])<<8|uint16(data[i+1]))
			}
		}
		data = []byte(string(utf16.Decode(units)))
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return "", fault.New(fault.Invalid, "the file is no text: byte %d is zero", i+1).WithHint("choose the text itself, saved as UTF-8")
	}
	if !utf8.Valid(data) {
		line := 1 + bytes.Count(data[:firstBad(data)], []byte{'\n'})
		return "", fault.New(fault.Invalid, "the file is not in UTF-8: line %d", line).WithHint("save it as UTF-8 (in a spreadsheet: CSV UTF-8) and try again")
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return "", fault.New(fault.Invalid, "the file is empty").WithHint("choose another one")
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n"), nil
}

func firstBad(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return 0
}

// reader is a source while it is read.
type reader struct {
	Options
	Source Source
	left   map[string]int
	aside  map[string]map[string]json.RawMessage // unknown fields, by the key of their line
	kept   int                                   // bytes of them
	known  map[string]bool                       // keys that were given
	told   int
}

// problem notes what could not be read.
func (r *reader) problem(format string, args ...any) {
	if r.told++; r.told <= maxTold {
		r.Source.Problems = append(r.Source.Problems, fmt.Sprintf(format, args...))
	}
}

// leave counts something that is not taken over.
func (r *reader) leave(what string) { r.left[what]++ }

// keep puts a field aside that is not taken over.
func (r *reader) keep(key, field string, value json.RawMessage) {
	r.leave("the field " + field)
	if r.kept += len(value) + len(field); r.kept > maxAside {
		return
	}
	if r.aside[key] == nil {
		r.aside[key] = map[string]json.RawMessage{}
	}
	r.aside[key][field] = value
}

// add takes a line over. Its key is made of what it says where its source gives none.
func (r *reader) add(l Line) error {
	if len(r.Source.Lines) >= maxLines {
		return fault.New(fault.Invalid, "the file holds more than %d entries", maxLines).WithHint("export less at once: one channel, or the days that matter")
	}
	l.Text = strings.TrimSpace(l.Text)
	if l.Text == "" {
		r.leave("entries without a text")
		return nil
	}
	if name, ok := r.People[l.Author]; ok {
		l.Author = name
	}
	if l.Kind == "" {
		l.Kind = "note"
	}
	if l.Key == "" {
		l.Key = keyOf(fmt.Sprint(l.At), l.Author, l.Kind, l.Text)
		for n := 2; r.known[l.Key]; n++ { // the same words in the same second, twice
			l.Key = keyOf(fmt.Sprint(l.At), l.Author, l.Kind, l.Text, fmt.Sprint(n))
		}
	}
	if r.known[l.Key] {
		r.leave("entries that stand there twice")
		return nil
	}
	r.known[l.Key] = true
	r.Source.Lines = append(r.Source.Lines, l)
	return nil
}

func keyOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// finish puts a source in order.
func (r *reader) finish() (Source, error) {
	s := r.Source
	if r.told > maxTold {
		s.Problems = append(s.Problems, fmt.Sprintf("and %d more", r.told-maxTold))
	}
	if s.Needs != nil {
		return Source{Format: s.Format, Title: s.Title, Columns: s.Columns, Needs: s.Needs}, nil
	}
	if len(s.Lines) == 0 && len(s.Channels) < 2 {
		why := "nothing in it is an entry with a time"
		if len(s.Problems) > 0 {
			why = s.Problems[0]
		}
		return Source{}, fault.New(fault.Invalid, "no entry can be read: %s", why).WithHint("it was read as %s; name another format, or say which column holds what", s.Format)
	}
	slices.SortStableFunc(s.Lines, func(a, b Line) int { return cmp.Compare(a.At, b.At) })
	people := map[string]bool{}
	for _, l := range s.Lines {
		if l.Author != "" {
			people[l.Author] = true
		}
	}
	s.People = slices.Sorted(maps.Keys(people))
	for what, n := range r.left {
		s.Left = append(s.Left, Left{what, n})
	}
	slices.SortFunc(s.Left, func(a, b Left) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.What, b.What)) })
	if r.kept > maxAside {
		s.Problems = append(s.Problems, fmt.Sprintf("of the fields that are not taken over, %s are kept aside and the rest is not", incident.Size(maxAside)))
	}
	if len(r.aside) > 0 {
		var err error
		if s.Aside, err = json.MarshalIndent(map[string]any{"format": s.Format, "of": s.Title, "fields": r.aside}, "", " "); err != nil {
			return Source{}, fmt.Errorf("exchange: keep fields aside: %w", err)
		}
	}
	if s.Key == "" && len(s.Lines) > 0 { // it may grow at its end, and still is the same
		s.Key = keyOf(s.Format, s.Title, s.Lines[0].Key)
	}
	return s, nil
}

// bounds reads at most so many bytes.
func bounds(r io.Reader, most int64) ([]byte, bool, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	return data, int64(len(data)) > most, err
}
