package exchange

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"quarterdeck/internal/fault"
)

var (
	heading = regexp.MustCompile(`^#{1,6}\s+(.+?)\s*#*$`)
	bullet  = regexp.MustCompile(`^\s*(?:[-*+•]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$`)
	// clocked is an entry that begins with its time: a clock, with or without a day, and
	// what sets it off from the words.
	clocked = regexp.MustCompile(`^[*_` + "`" + `\[(]{0,3}((?:~|about |ca\.? )?(?:\d{4}-\d{2}-\d{2}[T ]|\d{1,2}[./]\d{1,2}[./]\d{2,4},? )?\d{1,2}[:.h]\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp]\.?[Mm]\.?\b)?(?:\s?(?:Z|UTC|GMT)\b|[+-]\d{2}:?\d{2})?)[*_` + "`" + `\])]{0,3}\s*(?:[-–—:|]+|\s)\s*(.*)$`)
	// speaker is somebody's name in front of what they say.
	speaker = regexp.MustCompile(`^[*_@<]{0,3}([\p{L}][\p{L}\p{M}.'’ -]{0,38}[\p{L}.]|\p{L})[*_>]{0,3}:[*_]{0,2}\s+(\S.*)$`)
	rule    = regexp.MustCompile(`^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$`)
)

// notNames are words with a colon behind them that name nobody.
var notNames = map[string]bool{"note": true, "decision": true, "action": true, "question": true, "hypothesis": true, "follow-up": true, "update": true, "impact": true, "status": true, "error": true, "warning": true, "todo": true, "cause": true, "goal": true,
	"severity": true, "phase": true, "summary": true, "edit": true, "result": true, "info": true, "fix": true, "ps": true, "nb": true, "fyi": true}

// markdown reads a timeline: tables whose head has a time and words, and lines that begin
// with a time, under headings that may name the day.
func (r *reader) markdown(text string) error {
	lines := strings.Split(text, "\n")
	r.Source.Title = r.titled()
	titled := false
	day := r.Day
	var times []string
	for _, l := range lines {
		if m := clocked.FindStringSubmatch(bare1(l)); m != nil {
			times = append(times, m[1])
		}
	}
	if r.order(times) {
		r.Source.Needs = fault.Input("days", "days like %s can be read in two ways", firstSlashed(times)).WithHint("say which: dmy (day first) or mdy (month first)")
		return nil
	}
	var open *Line // it may go on in the next lines
	flush := func() error {
		if open == nil {
			return nil
		}
		l := *open
		open = nil
		l.Kind, l.Text = kindOfText("", l.Text)
		if l.Kind == "decision" {
			l.Text, l.Basis, l.Tradeoff = reasons(l.Text)
		}
		return r.add(l)
	}
	fenced := false
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t\r")
		if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			fenced = !fenced
			continue
		}
		if m := heading.FindStringSubmatch(line); m != nil && !fenced {
			if err := flush(); err != nil {
				return err
			}
			if !titled {
				r.Source.Title, titled = unescape(m[1]), true
			}
			if d, ok := r.dayIn(m[1]); ok {
				day = d
			}
			if c := clocked.FindStringSubmatch(m[1]); c != nil { // an entry as a heading
				open = r.entry(c, day, i)
			}
			continue
		}
		if strings.HasPrefix(strings.TrimSpace(line), "|") && i+1 < len(lines) && rule.MatchString(lines[i+1]) && !fenced {
			if err := flush(); err != nil {
				return err
			}
			n, err := r.markdownTable(lines[i:], i, day)
			if err != nil {
				return err
			}
			i += n - 1
			continue
		}
		body := bare1(line)
		if m := clocked.FindStringSubmatch(body); m != nil && !fenced {
			if err := flush(); err != nil {
				return err
			}
			open = r.entry(m, day, i)
			continue
		}
		if d, ok := r.dayIn(body); ok && !fenced {
			if err := flush(); err != nil {
				return err
			}
			day = d
			continue
		}
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == "":
			if !fenced && open != nil && !continues(lines[i+1:]) {
				if err := flush(); err != nil {
					return err
				}
			}
		case open != nil:
			open.Text += "\n" + unescape(strings.TrimSpace(body))
		case !titled && i < 3:
		default:
			r.leave("lines without a time")
			r.keep("line "+itoa(i+1), "text", quoted(trimmed))
		}
	}
	return flush()
}

// continues reports whether what follows an empty line is indented, and so belongs to the entry before.
func continues(rest []string) bool {
	return len(rest) > 0 && strings.HasPrefix(rest[0], "  ") && !bullet.MatchString(rest[0]) && strings.TrimSpace(rest[0]) != ""
}

// bare1 is a line without the sign of a list in front.
func bare1(line string) string {
	if m := bullet.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	return strings.TrimPrefix(strings.TrimSpace(line), "> ")
}

// entry makes a line of what clocked has found; nil when its time cannot be read.
func (r *reader) entry(m []string, day time.Time, i int) *Line {
	at, approx, ok := r.when(m[1], day)
	if !ok {
		if day.IsZero() {
			r.problem("line %d: %s names no day, and no heading above it does", i+1, strings.TrimSpace(m[1]))
		} else {
			r.problem("line %d: %.40q is no time that can be read", i+1, m[1])
		}
		return nil
	}
	l := &Line{At: at, Approx: approx, Text: unescape(strings.TrimSpace(m[2]))}
	if s := speaker.FindStringSubmatch(l.Text); s != nil && !notNames[strings.ToLower(s[1])] && len(strings.Fields(s[1])) <= 4 {
		l.Author, l.Text = strings.TrimSpace(s[1]), s[2]
	}
	return l
}

// dayIn is the day that a line names and nothing else, or that stands in a heading.
func (r *reader) dayIn(text string) (time.Time, bool) {
	text = strings.Trim(strings.TrimSpace(text), "*_:`[]() ")
	for _, l := range days {
		if t, err := time.ParseInLocation(l, text, r.Zone); err == nil && t.Year() > 1 {
			return t, true
		}
	}
	if m := slashed.FindStringSubmatch(text); m != nil && m[4] == "" {
		return r.slashedDay(m)
	}
	if m := isoDay.FindString(text); m != "" && len(strings.Fields(text)) <= 6 {
		t, err := time.ParseInLocation("2006-01-02", m, r.Zone)
		return t, err == nil
	}
	return time.Time{}, false
}

var isoDay = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// markdownTable reads the table that begins here, and answers how many lines it takes.
// One without a time and words is passed over.
func (r *reader) markdownTable(lines []string, first int, day time.Time) (int, error) {
	head := cells(lines[0])
	n := 2
	var rows [][]string
	var places []int
	for ; n < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[n]), "|"); n++ {
		rows, places = append(rows, cells(lines[n])), append(places, first+n+1)
	}
	at, err := r.mapped(head)
	if err != nil && len(r.Columns) > 0 { // the columns may be those of another table
		at = fieldsOf(head)
	}
	_, hasText := at["text"]
	_, hasTime := at["time"]
	_, hasDate := at["date"]
	if !hasText || !hasTime && !hasDate || strings.EqualFold(head[0], "Milestone") || isRegister(head) {
		r.left["tables that are no timeline"]++
		return n, nil
	}
	saved := r.Source.Columns
	r.Source.Columns = nil
	before := len(r.Source.Lines)
	if err := r.table(head, rows, places, day); err != nil {
		return n, err
	}
	for i := before; i < len(r.Source.Lines); i++ {
		if l := &r.Source.Lines[i]; l.Kind == "decision" && l.Basis == "" {
			l.Text, l.Basis, l.Tradeoff = reasons(l.Text)
		}
	}
	r.Source.Columns = append(saved, r.Source.Columns...)
	return n, nil
}

// isRegister reports whether a table is one of those in our own document that say again
// what its timeline says.
func isRegister(head []string) bool {
	switch strings.Join(head, "|") {
	case "Time|Decision|Basis|Trade-off|By", "Time|To|State|Text|Next promised|Left", "Opened|Owner|Action|Closed|Result", "Asked|Question|Answer":
		return true
	}
	return false
}

// reasons takes "because …" and "but …" out of the lines of a decision.
func reasons(text string) (words, basis, tradeoff string) {
	var keep []string
	for _, l := range strings.Split(text, "\n") {
		switch low := strings.ToLower(l); {
		case strings.HasPrefix(low, "because ") && len(keep) > 0:
			basis = strings.TrimSpace(l[len("because "):])
		case strings.HasPrefix(low, "but ") && len(keep) > 0:
			tradeoff = strings.TrimSpace(l[len("but "):])
		default:
			keep = append(keep, l)
		}
	}
	return strings.Join(keep, "\n"), basis, tradeoff
}

// cells splits a row of a table; \| is a bar in a cell.
func cells(row string) []string {
	row = strings.TrimSpace(row)
	row = strings.TrimPrefix(row, "|")
	var out []string
	var b strings.Builder
	for i := 0; i < len(row); i++ {
		switch {
		case row[i] == '\\' && i+1 < len(row):
			b.WriteByte(row[i])
			i++
			b.WriteByte(row[i])
		case row[i] == '|':
			out = append(out, b.String())
			b.Reset()
		default:
			b.WriteByte(row[i])
		}
	}
	if strings.TrimSpace(b.String()) != "" {
		out = append(out, b.String())
	}
	for i := range out {
		c := breaks.ReplaceAllString(out[i], "\n")
		out[i] = strings.TrimSpace(unescape(c))
	}
	return out
}

var breaks = regexp.MustCompile(`(?i)<br\s*/?>`)

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "&quot;", `"`, "&#39;", "'", "&nbsp;", " ", "&#124;", "|")

// unescape is Markdown's text as people read it: \* is a star.
func unescape(text string) string {
	var b strings.Builder
	all := []rune(text)
	for i := 0; i < len(all); i++ {
		if all[i] == '\\' && i+1 < len(all) && all[i+1] < 0x80 && (unicode.IsPunct(all[i+1]) || unicode.IsSymbol(all[i+1])) {
			i++
		}
		b.WriteRune(all[i])
	}
	return entities.Replace(b.String())
}
