package compose_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/ical"
	"quarterdeck/internal/incident"
)

func table(t *testing.T, d *desk) [][]string {
	t.Helper()
	text, err := compose.CSV(document(d))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestCSVHasARowForEachRowOfTheTimeline(t *testing.T) {
	d := ended(t)
	rows := table(t, d)[1:]
	var shown []*incident.Entry
	for _, e := range d.entries() {
		if !compose.Silent(e) {
			shown = append(shown, e)
		}
	}
	if len(rows) != len(shown) {
		t.Fatalf("%d rows for %d records", len(rows), len(shown))
	}
	for i, e := range shown {
		at, err := time.Parse(time.RFC3339, rows[i][2])
		if err != nil || at.UnixMilli() != e.At || rows[i][1] != e.ID.String() || rows[i][4] != string(e.Kind) {
			t.Errorf("row %d is %q, not %s %s", i, rows[i], e.ID, e.Kind)
		}
	}
	text := strings.Join(column(rows, 6), "\n")
	if strings.Contains(text, "swordfish") || !strings.Contains(text, "Card payments in the EU fail.\nWallets work") {
		t.Error(text)
	}
	if notes := strings.Join(column(rows, 10), "\n"); !strings.Contains(notes, "taken back") || !strings.Contains(notes, "corrected") {
		t.Error(notes)
	}
}

func column(rows [][]string, n int) (out []string) {
	for _, r := range rows {
		out = append(out, r[n])
	}
	return out
}

func TestACellIsNoFormula(t *testing.T) {
	d := declared(t, nil)
	texts := []string{`=HYPERLINK("x")`, "+1", "-1", "@a", "a,\"b\"\nc", "é 🦊"}
	for _, text := range texts {
		d.do(&incident.AddNote{Text: text})
	}
	rows := table(t, d)
	for i, text := range texts {
		want := text
		if strings.ContainsAny(text[:1], "=+-@") {
			want = "'" + text
		}
		if got := rows[len(rows)-len(texts)+i][6]; got != want {
			t.Errorf("%q came out as %q, want %q", text, got, want)
		}
	}
}

func TestICSIsRead(t *testing.T) {
	d := ended(t)
	text, err := compose.ICS(document(d))
	if err != nil {
		t.Fatal(err)
	}
	cal, _, err := ical.Read(strings.NewReader(text), ical.Options{})
	if err != nil {
		t.Fatal(err)
	}
	occ, err := cal.Expand(time.UnixMilli(noon-24*hour), time.UnixMilli(noon+96*hour), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]ical.Occurrence{}
	for _, o := range occ {
		found[o.Summary] = o
	}
	title := d.state.Declared.Ref + " " + d.state.Declared.Title
	if o := found[title]; o.Start.UnixMilli() != noon-16*minute || o.End.UnixMilli() != d.state.Times[incident.ResolvedAt].Time {
		t.Errorf("the incident lasts %s to %s\n%s", o.Start, o.End, text)
	}
	if o, ok := found["Retrospective: "+title]; !ok || o.Start.UnixMilli() != noon+48*hour {
		t.Errorf("the retrospective is at %s", o.Start)
	}
	if again, _ := compose.ICS(document(d)); again != text {
		t.Error("the same incident makes two files")
	}
}
