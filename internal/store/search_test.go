package store

import (
	"context"
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// snippets are the words of what a query finds.
func snippets(t *testing.T, s *Store, q incident.Query) (out []string) {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 100
	}
	hits, err := s.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for i := range hits {
		out = append(out, hits[i].Snippet())
	}
	if n, err := s.Count(t.Context(), q); err != nil || q.Limit == 100 && n != len(hits) {
		t.Errorf("%+v: %d hits, counted %d %v", q, len(hits), n, err)
	}
	return out
}

// Every filter leaves what it should, whether words are looked for or not.
func TestFiltersNarrowASearch(t *testing.T) {
	s := open(t, t.TempDir())
	one, _ := declared(t, s, "INC-1")
	two, _ := declared(t, s, "INC-2")
	ana, ben := id(t), id(t)
	say := func(inc, who incident.ID, at int64, e incident.Event) {
		r := rec(t, at, e)
		r.Actor = who
		write(t, s, inc, r)
	}
	say(one, ana, noon+1000, &incident.NoteAdded{Text: "zebra one"})
	say(one, ben, noon+2000, &incident.DecisionMade{Text: "zebra two"})
	say(two, ana, noon+3000, &incident.NoteAdded{Text: "zebra three"})
	say(two, ana, noon+4000, &incident.ActionOpened{Text: "zebra four", Owner: ben})
	for name, c := range map[string]struct {
		q    incident.Query
		want string
	}{
		"nothing":             {incident.Query{}, "four three two one"},
		"an incident":         {incident.Query{Incidents: []incident.ID{one}}, "two one"},
		"both":                {incident.Query{Incidents: []incident.ID{one, two}}, "four three two one"},
		"no incident":         {incident.Query{Incidents: []incident.ID{}}, ""},
		"a kind":              {incident.Query{Kinds: []incident.Kind{"note.added"}}, "three one"},
		"kinds":               {incident.Query{Kinds: []incident.Kind{"note.added", "decision.made"}}, "three two one"},
		"who is to do it":     {incident.Query{People: []incident.ID{ben}}, "four two"},
		"who said it":         {incident.Query{People: []incident.ID{ana}}, "four three one"},
		"from then":           {incident.Query{From: noon + 2000}, "four three two"},
		"before then":         {incident.Query{To: noon + 2000}, "one"},
		"between":             {incident.Query{From: noon + 2000, To: noon + 4000}, "three two"},
		"all of them at once": {incident.Query{From: noon + 1, Incidents: []incident.ID{two}, Kinds: []incident.Kind{"action.opened"}, People: []incident.ID{ben}}, "four"},
	} {
		for _, words := range []string{"zebra", `"zebra"`, "zeb", ""} {
			q := c.q
			q.Newest = true
			if q.Words = words; words == "" {
				if !q.Narrowed() {
					continue
				}
				if q.Kinds == nil {
					q.Kinds = []incident.Kind{"note.added", "decision.made", "action.opened"} // not the declarations
				}
			}
			got := strings.ReplaceAll(strings.Join(snippets(t, s, q), " "), "zebra ", "")
			if got != c.want {
				t.Errorf("%s, %q: found %q, want %q", name, words, got, c.want)
			}
			q.Newest = false
			if got := snippets(t, s, q); len(got) != len(strings.Fields(c.want)) {
				t.Errorf("%s, %q: the best are %q", name, words, got)
			}
		}
	}
}

// The best come first: the word that stands in few words, and often.
func TestTheBestComeFirstAndTheNewestWhenAsked(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	note(t, s, inc, "zebra")
	note(t, s, inc, "somewhere in a very long sentence about quite other things there is one zebra to be found")
	if got := snippets(t, s, incident.Query{Words: "zebra"}); len(got) != 2 || got[0] != "zebra" {
		t.Errorf("best first: %q", got)
	}
	if got := snippets(t, s, incident.Query{Words: "zebra", Newest: true}); len(got) != 2 || got[1] != "zebra" {
		t.Errorf("newest first: %q", got)
	}
	if got := snippets(t, s, incident.Query{Words: "zebra", Newest: true, Limit: 1}); len(got) != 1 {
		t.Errorf("one asked for: %q", got)
	}
}

// A search that nobody waits for any more ends.
func TestASearchIsGivenUp(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	note(t, s, inc, "zebra")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Search(ctx, incident.Query{Words: "zebra", Limit: 1}); err == nil {
		t.Error("it goes on")
	}
	if _, err := s.Search(t.Context(), incident.Query{Words: strings.Repeat("a ", 33), Limit: 1}); !fault.Is(err, fault.Invalid) {
		t.Errorf("33 words: %v", err)
	}
}

func TestAnExcerptMarksWhatWasLookedFor(t *testing.T) {
	long := strings.Repeat("before ", 40) + "the Café was shut" + strings.Repeat(" after", 40)
	for _, c := range []struct{ query, text, want string }{
		{"check", "checkout fails at check-in", "[check]out"},
		{"checkout", "checkout fails", "[checkout] fails"},
		{`"read only"`, "it is read-only, reading only", "it is [read-only], reading only"},
		{"fail check", "Checkout FAILS", "[Checkout FAILS]"},
		{"cafe", "Café", "[Café]"},
		{"straße", "in der Straße", "in der [Straße]"},
		{"x", "", ""},
		{"x", "nothing of it", "nothing of it"},
		{"", "<b>\x00</b>", "<b>\x00</b>"},
		{"日本", "日本語です", "[日本語です]"},
	} {
		var got strings.Builder
		parts := wordsOf(c.query).excerpt(c.text)
		for i, p := range parts {
			if i%2 == 1 {
				p = "[" + p + "]"
			}
			got.WriteString(p)
		}
		if c.query == "check" {
			if strings.Join(parts, "") != c.text || len(parts) != 5 || parts[1] != "checkout" || parts[3] != "check" {
				t.Errorf("%q in %q: %q", c.query, c.text, parts)
			}
			continue
		}
		if got.String() != c.want {
			t.Errorf("%q in %q: %q, want %q", c.query, c.text, got.String(), c.want)
		}
	}
	parts := wordsOf("cafe").excerpt(long)
	if whole := strings.Join(parts, ""); len(strings.Fields(whole)) > excerptWords+2 || parts[1] != "Café" || !strings.HasPrefix(whole, "…") || !strings.HasSuffix(whole, "…") {
		t.Errorf("of a long text: %q", parts)
	}
}

// Whatever stands in a text, an excerpt that is not cut holds all of it.
func FuzzExcerpt(f *testing.F) {
	f.Add("a \"b c\"", "some b c text")
	f.Add("é", "e\u0301 É")
	f.Add("\u0363", "0") // an accent without a letter
	f.Fuzz(func(t *testing.T, query, text string) {
		all := strings.Join(wordsOf(query).excerpt(text), "")
		if len(split(text)) <= excerptWords && all != text {
			t.Errorf("%q became %q", text, all)
		}
		if n := len(split(all)); n > excerptWords {
			t.Errorf("%d words", n)
		}
	})
}

// Whatever a person wrote into a record is found, in whichever field it stands.
func TestEveryWordThatSomebodyWroteIsFound(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	write(t, s, inc, rec(t, noon+1000, &incident.CommandOffered{To: id(t), Handover: incident.Handover{Worry: "the walrus", Undone: "no ocelot", Care: "a tired lemur"}}))
	for _, word := range []string{"walrus", "ocelot", "lemur"} {
		if got := snippets(t, s, incident.Query{Words: word}); len(got) != 1 {
			t.Errorf("%s: %q", word, got)
		}
	}
}

// The beginning of a long word finds every word that begins so, however many there are.
func TestTheBeginningOfAWordFindsEveryWordThatBeginsSo(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	for i := range endsMost + 5 {
		note(t, s, inc, "zebrafish"+strings.Repeat("x", i)+" Zebraé "+strings.Repeat("y", i%3+1))
		for begin, want := range map[string]int{"zebra": i + 1, "zebraf": i + 1, "ZEBRAFISH": i + 1, "zebrae": i + 1, "Zebraé": i + 1, "zebrafishx": i, "zebraq": 0, "zebra zebraf": i + 1, `zebraf "y"`: i/3 + 1} {
			if n, err := s.Count(t.Context(), incident.Query{Words: begin}); err != nil || n != want {
				t.Fatalf("%d: %s found %d %v, want %d", i, begin, n, err, want)
			}
		}
	}
}
