package compose

import (
	"encoding/csv"
	"fmt"
	"strings"
	"time"
)

// csvHead are the columns. New ones come behind them: scripts count on the order.
var csvHead = []string{"incident", "record", "at", "recorded_at", "kind", "actor", "text", "basis", "tradeoff", "approx", "note"}

// CSV writes the timeline of a document as RFC 4180 text with a head, one row a record:
// times are RFC 3339 in UTC with milliseconds, kinds as they are recorded. A cell that a
// spreadsheet would take for a formula has an apostrophe in front.
func CSV(d Document) (string, error) {
	var b strings.Builder
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	rows := [][]string{csvHead}
	for _, e := range d.Entries {
		if Silent(e) {
			continue
		}
		l := Line(e, d.State, d.Kit)
		text := l.Text
		if l.More != "" {
			text += "\n" + l.More
		}
		approx := ""
		if l.Approx {
			approx = "yes"
		}
		row := []string{d.State.Declared.Ref, e.ID.String(), stamp(e.At), stamp(e.RecordedAt), string(e.Kind), d.State.Name(e.Actor), text, l.Basis, l.Tradeoff, approx, notes(e)}
		for i := range row {
			row[i] = tame(row[i])
		}
		rows = append(rows, row)
	}
	if err := out.WriteAll(rows); err != nil {
		return "", fmt.Errorf("compose: write rows: %w", err)
	}
	return b.String(), nil
}

// tame keeps a spreadsheet from running a cell (OWASP, CSV injection).
func tame(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// stamp is an instant for programs.
func stamp(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z") }
