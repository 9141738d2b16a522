package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"quarterdeck/internal/compose"
)

const noon = int64(1_772_452_800_000)

var pages = regexp.MustCompile(`/Type /Page\b`)

func written(t *testing.T, p compose.Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) || !bytes.Contains(b.Bytes(), []byte("%%EOF")) {
		t.Fatalf("it begins with %.20q", b.Bytes())
	}
	return b.Bytes()
}

func runs(text string) []compose.Run { return []compose.Run{{Text: text}} }

func TestAPaperOfEverything(t *testing.T) {
	row := compose.TableRow{Anchor: "a1b2c3d4e5f6", Mark: "decision", Cells: []string{"12:05", "Roll back\nbecause errors began then", "1,204.00 EUR"}}
	p := compose.Paper{
		Title: "Retrospective: INC-7 Łukasz, Αθήνα, Москва, Đặng", Lead: "日本語 😀 and \x00 control", Made: noon, Inner: true,
		Facts: []compose.Pair{{Name: "Times", Text: "started 11:44\nresolved 13:10"}},
		Parts: []compose.Part{{
			Title: "1  In short", Ask: "Five lines",
			Own: []compose.Block{
				{Kind: compose.Para, Runs: []compose.Run{{Text: "See "}, {Text: "12:05 Roll back", To: "a1b2c3d4e5f6"}, {Text: " and "}, {Text: "nowhere", To: "000000000000"}}},
				{Kind: compose.Item, Runs: runs("an item")}, {Kind: compose.Subhead, Runs: runs("A head")}, {Kind: compose.Aside, Runs: runs("a note")},
				{Kind: compose.Rows, Table: &compose.Table{Head: []string{"Time", "What", "Cost"}, Wide: []int{10, 60, 20}, Nums: []int{2}, Rows: []compose.TableRow{row, {Gone: true, Cells: []string{"x"}}, {Mark: "gap", Cells: []string{"", "16 min"}}}}},
			},
		}},
		Foot: "Made now.",
	}
	a, b := written(t, p), written(t, p)
	if !bytes.Equal(a, b) {
		t.Error("the same paper is written in two ways")
	}
	if n := len(pages.FindAll(a, -1)); n != 1 {
		t.Errorf("%d pages", n)
	}
	if !bytes.Contains(a, []byte("/FontFile2")) {
		t.Error("its letters are not in it")
	}
}

// Nothing that people type keeps a paper from ending: rows longer than a page, words wider
// than a column, thousands of rows, nothing at all.
func TestPapersThatAreHardToBreak(t *testing.T) {
	table := func(rows ...compose.TableRow) compose.Paper {
		return compose.Paper{Title: "x", Made: noon, Parts: []compose.Part{{Title: "y", Own: []compose.Block{{Kind: compose.Rows, Table: &compose.Table{Head: []string{"A", "B"}, Rows: rows}}}}}}
	}
	var many []compose.TableRow
	for i := range 2000 {
		many = append(many, compose.TableRow{Cells: []string{fmt.Sprint(i), "something was seen"}})
	}
	long := strings.Repeat("a line of text\n", 400)
	for name, c := range map[string]struct {
		p    compose.Paper
		most int
	}{
		"nothing":               {compose.Paper{}, 1},
		"a row of pages":        {table(compose.TableRow{Cells: []string{"1", long}}), 12},
		"a word of a page":      {table(compose.TableRow{Cells: []string{strings.Repeat("w", 9000), "x"}}), 20},
		"two thousand rows":     {table(many...), 80},
		"more cells than heads": {table(compose.TableRow{Cells: []string{"1", "2", "3", "4"}}), 1},
		"a long title":          {compose.Paper{Title: strings.Repeat("title ", 400), Lead: long, Foot: long, Made: noon}, 30},
	} {
		if n := len(pages.FindAll(written(t, c.p), -1)); n < 1 || n > c.most {
			t.Errorf("%s takes %d pages", name, n)
		}
	}
}

func TestLettersThatTheTypefaceLacks(t *testing.T) {
	for text, want := range map[string]struct {
		is   string
		lost bool
	}{
		"Łukasz Αθήνα Москва Đặng – “x” …": {"Łukasz Αθήνα Москва Đặng – “x” …", false},
		"a\u202eb\tc\u00a0d": {"ab c\u00a0d", false},
		"✓ done":             {"OK: done", false},
	} {
		if got, lost := legible(text); got != want.is || lost != want.lost {
			t.Errorf("%q shows as %q, %v", text, got, lost)
		}
	}
	if got, lost := legible("日本"); !lost || len([]rune(got)) != 2 {
		t.Errorf("%q, %v", got, lost)
	}
	if len(covered([]byte("no font"))) != 0 {
		t.Error("letters of nothing")
	}
}
