package exchange

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"quarterdeck/internal/account"
	"quarterdeck/internal/incident"
)

// sheetSpans are the spans that a sheet gives of each incident, by their metric's id.
var sheetSpans = []struct {
	id       string
	from, to incident.Milestone
}{
	{"mttd", incident.Started, incident.Detected},
	{"mtta", incident.Detected, incident.Acknowledged},
	{"declare", incident.Detected, incident.DeclaredAt},
	{"mitigate", incident.Started, incident.Mitigated},
	{"mttr", incident.Acknowledged, incident.ResolvedAt},
}

// WriteSheet writes incidents as CSV (RFC 4180), one row each, for spreadsheets and for
// whoever wants to reckon anew. Times are UTC with milliseconds, lengths are seconds; what
// nobody knows is empty. What a spreadsheet would take for a formula begins with '.
func WriteSheet(w io.Writer, facts []account.Facts) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	head := []string{"incident", "title", "severity", "services", "kind"}
	for _, m := range incident.Milestones {
		head = append(head, string(m))
	}
	head = append(head, "guessed")
	for _, s := range sheetSpans {
		head = append(head, s.id+"_s")
	}
	head = append(head, "promises_kept", "promises_late", "worst_delay_s", "judged_after_s", "people", "present_min", "night_min")
	if err := out.Write(head); err != nil {
		return err
	}
	for i := range facts {
		if err := out.Write(sheetRow(&facts[i])); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func sheetRow(f *account.Facts) []string {
	row := []string{literal(f.Ref), literal(f.Title), literal(f.Severity), literal(strings.Join(f.Services, "; ")), kindOf(f)}
	var guessed []string
	for _, m := range incident.Milestones {
		t := f.Times[m]
		row = append(row, instant(t.Time))
		if t.Approx {
			guessed = append(guessed, string(m))
		}
	}
	row = append(row, strings.Join(guessed, "; "))
	for _, s := range sheetSpans {
		ms, _, ok := f.Span(s.from, s.to)
		row = append(row, length(ms, ok))
	}
	var worst, present, night int64
	for _, l := range f.Late {
		worst = max(worst, l.By)
	}
	for _, w := range f.Works {
		present, night = present+w.Present, night+w.Night
	}
	minutes := func(ms int64) string { return strconv.FormatInt((ms+30_000)/60_000, 10) }
	return append(row, strconv.Itoa(f.Kept), strconv.Itoa(len(f.Late)), length(worst, worst > 0), length(f.Assessed-f.Declared, f.Assessed != 0),
		strconv.Itoa(len(f.Works)), minutes(present), minutes(night))
}

func kindOf(f *account.Facts) string {
	switch {
	case f.Drill:
		return "drill"
	case f.Backfill:
		return "backfill"
	}
	return "live"
}

func instant(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z")
}

func length(ms int64, known bool) string {
	if !known {
		return ""
	}
	return strconv.FormatFloat(float64(ms)/1000, 'f', -1, 64)
}

// literal keeps a spreadsheet from taking somebody's words for a formula.
func literal(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
