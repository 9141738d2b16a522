package notify

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for name, c := range map[string]struct {
		in    string
		limit int
		lines bool
		want  string
	}{
		"plain":                {"Update due", 20, false, "Update due"},
		"exactly the limit":    {"12345", 5, false, "12345"},
		"one over":             {"123456", 5, false, "1234…"},
		"blank before the cut": {"123 456", 5, false, "123…"},
		"accent before cut":    {"abce\u0301fg", 5, false, "abc…"},
		"joiner before cut":    {"ab\U0001F469\u200d\U0001F680xyz", 5, false, "ab\U0001F469…"},
		"control characters":   {"a\x00b\x1b[31mc\x07\u0085d\x7f", 20, false, "ab[31mc d"},
		"lines joined":         {"one\r\ntwo\n\n\nthree\tfour", 30, false, "one two three four"},
		"lines kept":           {"  one\r\ntwo \n \n three\tfour\n", 30, true, "one\ntwo\nthree four"},
		"old Mac lines":        {"one\rtwo\u2028three", 30, true, "one\ntwo\nthree"},
		"writing direction":    {"\u200fשלום\u200e \u2067x\u2069", 30, false, "\u200fשלום\u200e \u2067x\u2069"},
		"not UTF-8":            {"a\xffb", 30, false, "a\ufffdb"},
		"non-characters":       {"a\ufffe\uffff\ufdd0b", 30, false, "ab"},
		"nothing but blanks":   {" \n\t ", 30, true, ""},
		"a megabyte":           {strings.Repeat("x", 1<<20), 10, true, "xxxxxxxxx…"},
		"nothing but accents":  {strings.Repeat("\u0301", 50), 10, false, "…"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := clean(c.in, c.limit, c.lines); got != c.want {
				t.Errorf("clean(%.40q, %d) = %q, want %q", c.in, c.limit, got, c.want)
			}
		})
	}
}

func TestTidied(t *testing.T) {
	m := Message{
		Title: "\x00\n", Body: strings.Repeat("é", 500), Sound: "bell\n",
		Actions: []Action{{"write", strings.Repeat("w", 50)}, {"snooze", ""}},
	}.tidied()
	if m.Title != Name {
		t.Errorf("empty title became %q", m.Title)
	}
	if n := utf8.RuneCountInString(m.Body); n != maxBody {
		t.Errorf("body has %d characters", n)
	}
	if m.Sound != "bell" || m.Actions[1].Label != "snooze" || utf8.RuneCountInString(m.Actions[0].Label) != maxLabel {
		t.Errorf("%+v", m)
	}
}

func TestHarmless(t *testing.T) {
	in := "-e `id` $(id) <b>x</b>\u202e]]>\n\"@\u00a0é"
	want := "-e 'id' ＄(id) ‹b›x‹/b›]]› \"@ é"
	if got := harmless(in); got != want {
		t.Errorf("harmless(%q) = %q, want %q", in, got, want)
	}
}

func TestCheck(t *testing.T) {
	good := Message{Key: "k", Urgency: Critical, Actions: []Action{{"write", "Write"}, {"snooze-5.min", ""}}}
	if err := good.check(); err != nil {
		t.Errorf("%+v: %v", good, err)
	}
	for name, m := range map[string]Message{
		"no key":        {Title: "t"},
		"no id":         {Key: "k", Actions: []Action{{"", "x"}}},
		"id with blank": {Key: "k", Actions: []Action{{"a b", "x"}}},
		"many actions":  {Key: "k", Actions: make([]Action, 5)},
		"urgency":       {Key: "k", Urgency: 3},
	} {
		if m.check() == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("Update due\nnow", 10)
	f.Add("a\xff\x00\u202e\u0301", 3)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit = 1 + max(limit, -limit, 0)%500
		for _, lines := range []bool{false, true} {
			got := clean(s, limit, lines)
			if utf8.RuneCountInString(got) > limit || !utf8.ValidString(got) {
				t.Fatalf("clean(%q, %d) = %q", s, limit, got)
			}
			if again := clean(got, limit, lines); again != got {
				t.Fatalf("clean is not stable: %q, then %q", got, again)
			}
			for _, r := range got {
				if unicode.IsControl(r) && (r != '\n' || !lines) {
					t.Fatalf("clean(%q) kept %q", s, r)
				}
			}
		}
		if plain := harmless(s); strings.ContainsAny(plain, "<>$`\n\r\x00") {
			t.Fatalf("harmless(%q) = %q", s, plain)
		}
	})
}
