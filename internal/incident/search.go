package incident

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Search is a search as somebody typed it, taken apart.
type Search struct {
	Words   string // what is left without the filters
	Filters []Filter
}

// Filter is one part of a search such as kind:decision. Filters of one key are
// alternatives, of those of time the last one counts; keys narrow each other.
type Filter struct {
	Key      string // one of SearchKeys
	Value    string // without quotes; empty while it is being typed
	Typed    string // all of it, as it was typed
	From, To int64  // of a key of time, what it asks for: From <= at < To, ms UTC; 0 = open on that side
}

// SearchKeys are the words that begin a filter. The last three take a time: 2026, 2026-11,
// 2026-11-20, 2026-11-20T14:02, today, yesterday, or how long ago: 30m, 2h, 3d, 2w.
var SearchKeys = []string{"incident", "kind", "person", "service", "since", "until", "on"}

var aFilter = regexp.MustCompile(`^(?i)(` + strings.Join(SearchKeys, "|") + `):("[^"]*"?|\S*)`)

// ParseSearch takes apart what was typed at now, in whose zone days are meant. A word with
// a colon that begins no filter is a word, and so is what stands in quotes.
func ParseSearch(text string, now time.Time) Search {
	var s Search
	var words strings.Builder
	quoted, between := false, true // between words
	for text != "" {
		if p := aFilter.FindStringSubmatch(text); p != nil && between && !quoted {
			f := Filter{Key: strings.ToLower(p[1]), Value: strings.TrimSpace(strings.Trim(p[2], `"`)), Typed: p[0]}
			f.bound(now)
			s.Filters = append(s.Filters, f)
			text, between = text[len(p[0]):], false
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		quoted, between = quoted != (r == '"'), unicode.IsSpace(r)
		words.WriteString(text[:size])
		text = text[size:]
	}
	s.Words = strings.TrimSpace(words.String())
	return s
}

// Timed reports whether a filter is one of time.
func (f *Filter) Timed() bool { return f.Key == "since" || f.Key == "until" || f.Key == "on" }

// bound fills in what a filter of time asks for; nothing when its value cannot be read.
func (f *Filter) bound(now time.Time) {
	from, to, ago := spanOf(f.Value, now)
	switch f.Key {
	case "since":
		f.From = from
	case "on":
		f.From, f.To = from, to
	case "until":
		if f.To = to; ago {
			f.To = from
		}
	}
}

// String is the filter as it is typed.
func (f Filter) String() string {
	if strings.ContainsAny(f.Value, " \t") {
		return f.Key + `:"` + f.Value + `"`
	}
	return f.Key + ":" + f.Value
}

var aspan = regexp.MustCompile(`^(\d{1,4})([mhdw])$`)

// spanOf reads a time as the span that it means: a day as long as it is, and how long ago
// something is from then until now. All zero = it cannot be read.
func spanOf(text string, now time.Time) (from, to int64, ago bool) {
	text = strings.ToLower(text)
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch text {
	case "today":
		return midnight.UnixMilli(), midnight.AddDate(0, 0, 1).UnixMilli(), false
	case "yesterday":
		return midnight.AddDate(0, 0, -1).UnixMilli(), midnight.UnixMilli(), false
	}
	if p := aspan.FindStringSubmatch(text); p != nil {
		n, unit := 0, map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}[p[2]]
		for _, d := range p[1] {
			n = 10*n + int(d-'0')
		}
		return now.Add(-time.Duration(n) * unit).UnixMilli(), now.UnixMilli(), true
	}
	for _, form := range []struct {
		layout           string
		years, months, d int
		more             time.Duration
	}{
		{"2006", 1, 0, 0, 0}, {"2006-01", 0, 1, 0, 0}, {"2006-01-02", 0, 0, 1, 0},
		{"2006-01-02t15:04", 0, 0, 0, time.Minute}, {"2006-01-02t15:04:05", 0, 0, 0, time.Second},
		{"2006-01-02t15:04z07:00", 0, 0, 0, time.Minute}, {"2006-01-02t15:04:05z07:00", 0, 0, 0, time.Second},
	} {
		t, err := time.ParseInLocation(strings.ToUpper(form.layout), strings.ToUpper(text), now.Location())
		if err == nil {
			return t.UnixMilli(), t.AddDate(form.years, form.months, form.d).Add(form.more).UnixMilli(), false
		}
	}
	return 0, 0, false
}

// kindWords are names of kinds that are not the first word of them.
var kindWords = map[string][]Kind{
	"follow-up":  {"followup.added"},
	"checklist":  {"item.checked"},
	"handoff":    {"command.offered", "command.accepted", "command.declined"},
	"correction": {"record.amended"},
	"chat":       {"message.marked"},
	"declared":   {"incident.declared"},
}

// KindsCalled are the kinds that a word means: a whole one as it is, else those whose
// name begins with it: "decision" and "dec" mean decision.made. None = it means none.
func KindsCalled(word string) []Kind {
	word = strings.ToLower(word)
	if strings.Contains(word, ".") {
		return []Kind{Kind(word)} // also one that this version does not know
	}
	out := []Kind{}
	if word == "" {
		return out
	}
	for name, kinds := range kindWords {
		if strings.HasPrefix(name, word) {
			out = append(out, kinds...)
		}
	}
	for _, k := range Kinds() {
		if first, _, _ := strings.Cut(string(k), "."); strings.HasPrefix(first, word) {
			out = append(out, k)
		}
	}
	return out
}
