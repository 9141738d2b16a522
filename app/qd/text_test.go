package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"quarterdeck/internal/incident"
)

// nasty drives terminals, turns text around and pretends to be markup and flags.
const nasty = "<b>bold</b> \x1b[2J\x1b]0;title\a \u009b31m \u202egnirts\u202c \u2028next \x00 %s %d $(rm) `x` \"q\" 'q' \\n – ünïcödé 日本語 🚒 e\u0301"

func TestHostileTextDrivesNoTerminal(t *testing.T) {
	sh := named(t)
	sh.qd("config", "set", "name", "ana \x1b[31m"+strings.Repeat("x", 40))
	sh.qd("declare", "--title", nasty, "--summary", nasty+"\n"+nasty, "--impact", nasty, "--service", nasty)
	sh.qd("note", nasty)
	sh.qd("note", "--as", "dee \x1b[1m", "--kind", "decision", "--basis", nasty, "--tradeoff", nasty, nasty+"\nsecond line\n\tthird")
	sh.qd("note", "--kind", "action", "--owner", "ben \u202e", nasty)
	sh.qd("update", "--audience", "support", "--text", nasty, "--how", nasty)
	for _, args := range [][]string{{"show"}, {"timeline"}, {"list"}, {"search", "bold"}, {"config", "list"}} {
		for _, args := range [][]string{args, append([]string{"--json"}, args...)} {
			out := sh.qd(args...)
			if i := strings.IndexFunc(out, func(r rune) bool { return r != '\n' && hostile(r) }); i >= 0 {
				t.Errorf("qd %q puts out %q", args, out[i:min(len(out), i+10)])
			}
			if !utf8.ValidString(out) {
				t.Errorf("qd %q puts out what is no text", args)
			}
			for line := range strings.Lines(out) {
				if w := width(strings.TrimRight(line, "\n")); w > columns && args[0] != "--json" {
					t.Errorf("qd %q: %d columns: %s", args, w, line)
				}
			}
		}
	}
	for _, args := range [][]string{{"show", nasty}, {nasty}, {"--" + nasty}, {"undo", nasty}, {"note", "--at", nasty, "x"}, {"phase", nasty}, {"--data", sh.dir + "/\x1b[2J", "show"}} {
		for _, args := range [][]string{args, append([]string{"--json"}, args...)} {
			status, out, stderr := sh.try("", args...)
			if status == done || strings.ContainsFunc(out+stderr, func(r rune) bool { return r != '\n' && hostile(r) }) {
				t.Errorf("qd %q: status %d, %q", args, status, stderr)
			}
		}
	}
}

func TestNotesAreTakenLiterally(t *testing.T) {
	sh := opened(t)
	want := []string{"!no decision", "@dee no action", "?no question", "+no follow-up", "/phase resolved", `\n`, "14:02 no time", "%d%%", "<script>", "a\n\n    b"}
	for _, text := range want {
		sh.qd("note", text)
	}
	sh.same(sh.texts("note.added"), want, "notes")
	sh.same(ask[incidentView](sh, "show").Phase, "declare", "phase")
}

func TestTextFromStandardInput(t *testing.T) {
	sh := opened(t)
	for _, c := range []struct {
		in   string
		args []string
	}{
		{"from a pipe\n", []string{"note", "-"}},
		{"!from a pipe because it is long\n", []string{"log", "-"}},
		{"from a pipe\nwith two lines\n", []string{"update", "--audience", "support", "--text", "-"}},
		{strings.Repeat("x", incident.MaxText), []string{"note", "-"}},
		{strings.Repeat("x", incident.MaxText) + strings.Repeat("\n", 5000), []string{"note", "-"}},
	} {
		if status, _, stderr := sh.try(c.in, c.args...); status != done {
			t.Errorf("qd %q: status %d, %s", c.args, status, stderr)
		}
	}
	notes := sh.texts("note.added")
	if len(notes) != 3 || notes[0] != "from a pipe" || len(notes[1]) != incident.MaxText || len(notes[2]) != incident.MaxText {
		t.Errorf("%d notes", len(notes))
	}
	sh.same(sh.texts("decision.made"), []string{"from a pipe"}, "decisions")
	for _, n := range []int{incident.MaxText + 1, 1 << 20, 3 << 20} {
		status, _, stderr := sh.try(strings.Repeat("x", n), "note", "-", "--json")
		if status != failed {
			t.Errorf("%d bytes: status %d", n, status)
		}
		sh.has(stderr, `"code":"invalid"`, `"field":"text"`, "one record takes 64 KiB", "keep it in a file")
	}
	if n := len(sh.texts("note.added")); n != 3 {
		t.Errorf("a refused text was written: %d notes", n)
	}
	// What is long is confirmed with its beginning.
	if _, out, _ := sh.try(strings.Repeat("word ", 5000), "note", "-"); strings.Count(out, "\n") > 8 {
		t.Errorf("a confirmation of %d lines", strings.Count(out, "\n"))
	}
}

func TestWrapping(t *testing.T) {
	for _, c := range []struct {
		in   string
		most int
		want string
	}{
		{"", 10, ""},
		{"one two three", 7, "one two|three"},
		{"    indented", 20, "    indented"},
		{"a\n\nb", 5, "a||b"},
		{"abcdefghij", 4, "abcd|efgh|ij"},
		{"日本語日本語", 5, "日本|語日|本語"},
		{"ab cdefghijk l", 4, "ab|cdef|ghij|k l"},
	} {
		if got := strings.Join(wrap(c.in, c.most), "|"); got != c.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.in, c.most, got, c.want)
		}
	}
}

func FuzzEscape(f *testing.F) {
	f.Add(nasty)
	f.Add("plain\ttext\nof two lines")
	f.Fuzz(func(t *testing.T, text string) {
		got := escape(text)
		if strings.ContainsFunc(got, func(r rune) bool { return r != '\n' && hostile(r) }) {
			t.Errorf("escape(%q) = %q", text, got)
		}
		for _, line := range wrap(got, 20) {
			if width(line) > 20 {
				t.Errorf("wrap(%q) gives a line of %d columns: %q", got, width(line), line)
			}
		}
	})
}
