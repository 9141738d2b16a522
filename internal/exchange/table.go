package exchange

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/fault"
)

// heads are the names under which a column is known, by what it holds.
var heads = map[string][]string{
	"time":     {"time", "at", "timestamp", "datetime", "date time", "date/time", "when", "ts", "utc", "time utc", "time (utc)", "occurred", "occurred at", "created", "created at", "zeit", "zeitpunkt"},
	"date":     {"date", "day", "datum"},
	"author":   {"author", "actor", "who", "user", "person", "by", "name", "from", "sender", "username", "reporter", "wer"},
	"text":     {"text", "what", "message", "note", "description", "entry", "event", "comment", "body", "content", "summary", "details", "action", "was", "what happened"},
	"kind":     {"kind", "type", "category", "class"},
	"basis":    {"basis", "because", "reason", "rationale"},
	"tradeoff": {"tradeoff", "trade-off", "but"},
}

// fieldsOf says what the columns of a head hold, as far as their names tell.
func fieldsOf(head []string) map[string]int {
	out := map[string]int{}
	for _, field := range Fields {
		for _, name := range heads[field] { // the likeliest name first
			for i, h := range head {
				taken := false
				for _, at := range out {
					taken = taken || at == i
				}
				if _, has := out[field]; !has && !taken && strings.EqualFold(clearHead(h), name) {
					out[field] = i
				}
			}
		}
	}
	return out
}

func clearHead(h string) string { return strings.Trim(strings.TrimSpace(h), "*_`'\"") }

// mapped says what the columns of a head hold: as the caller says, else by their names.
func (r *reader) mapped(head []string) (map[string]int, error) {
	at := fieldsOf(head)
	for field, name := range r.Columns {
		if !slices.Contains(Fields, field) {
			return nil, fault.Input("map", "a column cannot hold %.40q", field).WithHint("one of %s", strings.Join(Fields, ", "))
		}
		i := slices.IndexFunc(head, func(h string) bool { return strings.EqualFold(clearHead(h), clearHead(name)) })
		if i < 0 {
			return nil, fault.Input("map", "there is no column %.60q", name).WithHint("the columns are %s", strings.Join(head, ", "))
		}
		for other, j := range at {
			if i == j {
				delete(at, other)
			}
		}
		if field != "leave" {
			at[field] = i
		}
	}
	return at, nil
}

// csv reads a table.
func (r *reader) csv(text string) error {
	rows, places, err := r.rows(text)
	if err != nil {
		return err
	}
	r.Source.Title = r.titled()
	return r.table(rows[0], rows[1:], places[1:], time.Time{})
}

// titled is what a file is about, by its name.
func (r *reader) titled() string {
	name := r.Name
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return name
}

// rows splits a table with whatever stands between its cells.
func (r *reader) rows(text string) (rows [][]string, places []int, err error) {
	first, _, _ := strings.Cut(text, "\n")
	comma, most := ',', 0
	for _, c := range ",;\t|" {
		if n := strings.Count(first, string(c)); n > most {
			comma, most = c, n
		}
	}
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = comma, -1, true
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := in.FieldPos(0)
		if err != nil {
			return nil, nil, fault.New(fault.Invalid, "line %d of the table cannot be read", line).WithHint("check its quotes").WithCause(err)
		}
		if len(rows) > maxLines {
			return nil, nil, fault.New(fault.Invalid, "the table has more than %d rows", maxLines).WithHint("import the days that matter")
		}
		if len(row) > 500 {
			return nil, nil, fault.New(fault.Invalid, "line %d of the table has %d cells", line, len(row)).WithHint("is it the right file?")
		}
		rows, places = append(rows, row), append(places, line)
	}
	if len(rows) < 2 {
		return nil, nil, fault.New(fault.Invalid, "the table has no rows under its head").WithHint("its first line names the columns, the others are the entries")
	}
	return rows, places, nil
}

// table takes the rows of a table over. day is the one of times that name none.
func (r *reader) table(head []string, rows [][]string, places []int, day time.Time) error {
	at, err := r.mapped(head)
	if err != nil {
		return err
	}
	for i, h := range head {
		field := "leave"
		for f, j := range at {
			if i == j {
				field = f
			}
		}
		r.Source.Columns = append(r.Source.Columns, Column{clearHead(h), field})
	}
	_, hasTime := at["time"]
	_, hasDate := at["date"]
	if _, has := at["text"]; !has || !hasTime && !hasDate {
		r.Source.Needs = fault.Input("map", "no column of the table holds the %s", map[bool]string{true: "text", false: "time"}[!has]).
			WithHint("its columns are %s: say which of them holds the time, and which the text", strings.Join(head, ", "))
		return nil
	}
	cell := func(row []string, field string) string {
		if i, ok := at[field]; ok && i < len(row) {
			return strings.TrimSpace(untame(row[i]))
		}
		return ""
	}
	var times []string
	for _, row := range rows {
		times = append(times, strings.TrimSpace(cell(row, "date")+" "+cell(row, "time")))
	}
	if r.order(times) {
		r.Source.Needs = fault.Input("days", "days like %s can be read in two ways", firstSlashed(times)).WithHint("say which: dmy (day first) or mdy (month first)")
		return nil
	}
	if r.Day.IsZero() {
		r.Day = day
	}
	for n, row := range rows {
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		ms, approx, ok := r.when(times[n], r.Day)
		if !ok {
			r.problem("line %d: %.40q is no time that can be read", places[n], times[n])
			continue
		}
		l := Line{At: ms, Approx: approx || strings.EqualFold(named(head, row, "approx"), "yes"), Author: cell(row, "author"), Basis: cell(row, "basis"), Tradeoff: cell(row, "tradeoff")}
		l.Kind, l.Text = kindOfText(cell(row, "kind"), cell(row, "text"))
		if id := named(head, row, "record"); len(id) == 36 { // our own: the same record each time
			l.Key = "record " + id
		}
		before := len(r.Source.Lines)
		if err := r.add(l); err != nil {
			return err
		}
		if len(r.Source.Lines) == before {
			continue
		}
		key := r.Source.Lines[before].Key
		for i, c := range row {
			if i >= len(head) || r.Source.Columns[i].Field != "leave" || strings.TrimSpace(c) == "" {
				if i >= len(head) {
					r.keep(key, fmt.Sprintf("column %d", i+1), quoted(c))
				}
				continue
			}
			r.keep(key, clearHead(head[i]), quoted(c))
		}
	}
	return nil
}

func quoted(text string) json.RawMessage {
	data, err := json.Marshal(text)
	if err != nil {
		return json.RawMessage(`""`) // no text is refused
	}
	return data
}

// named is the cell under a head.
func named(head, row []string, name string) string {
	for i, h := range head {
		if i < len(row) && strings.EqualFold(clearHead(h), name) {
			return strings.TrimSpace(row[i])
		}
	}
	return ""
}

func firstSlashed(times []string) string {
	for _, t := range times {
		if slashed.MatchString(t) {
			return t
		}
	}
	return ""
}

// untame takes the apostrophe off that kept a spreadsheet from running a cell.
func untame(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@\t\r\n", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// kindOfText is what an entry is, by what the source calls it, else by how its text begins.
func kindOfText(kind, text string) (string, string) {
	switch k := strings.ToLower(strings.TrimSpace(kind)); {
	case strings.HasPrefix(k, "decision"):
		return "decision", text
	case k == "question.asked", k == "question":
		return "question", text
	case strings.HasPrefix(k, "hypothesis"):
		return "hypothesis", text
	case strings.HasPrefix(k, "followup"), strings.HasPrefix(k, "follow-up"):
		return "followup", text
	case k != "" && k != "note.added" && k != "note":
		return "note", text
	}
	for _, p := range []struct{ head, kind string }{{"decision:", "decision"}, {"question:", "question"}, {"hypothesis:", "hypothesis"}, {"follow-up:", "followup"}} {
		if len(text) > len(p.head) && strings.EqualFold(text[:len(p.head)], p.head) {
			return p.kind, strings.TrimSpace(text[len(p.head):])
		}
	}
	return "note", text
}
