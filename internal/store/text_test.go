package store

import (
	"encoding/json"
	"strings"
	"testing"

	"quarterdeck/internal/incident"
)

// What is shown and ranked of a record are the words that the index has of it.
func TestTheWordsOfABodyAreThoseThatAreSearched(t *testing.T) {
	s := open(t, t.TempDir())
	every := map[string]any{"more": []any{1, "]}", map[string]any{"text": "no"}}, "and": true, "none": nil}
	for i, f := range worded {
		every[f] = f + strings.Repeat("x", i)
	}
	whole, err := json.Marshal(every)
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{
		`{}`, `{"text":""}`, `{"text":"one"}`, `{"text":"one","title":"two"}`, ` { "a" : [ { "text" : "no" } , 1 ] , "text" : "a \"quoted\" é 🦊 \\ word" , "n" : 1.5e3 } `,
		`{"text":"\u0041\ud83e\udd8a\n\tb","x":{"y":{"z":"}\""}},"reason":"why"}`, string(whole),
	} {
		var want string
		if err := s.rdb.QueryRowContext(t.Context(), `SELECT concat_ws(' ', j ->> '$.`+strings.Join(worded[:], `', j ->> '$.`)+`') FROM (SELECT ? AS j)`, body).Scan(&want); err != nil {
			t.Fatal(err)
		}
		if got := textOf(body); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
	inc, _ := declared(t, s, "INC-1")
	write(t, s, inc, rec(t, noon+1000, &incident.DecisionMade{Text: "go <on> & on", Basis: "é", Tradeoff: "x"}))
	rows, err := s.rdb.QueryContext(t.Context(), "SELECT json, text FROM body")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var body, want string
		if err := rows.Scan(&body, &want); err != nil {
			t.Fatal(err)
		}
		if got := textOf(body); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
	if n < 2 || rows.Err() != nil {
		t.Errorf("%d bodies %v", n, rows.Err())
	}
}

// Whatever a body is, it is read to its end, and cut off it gives what is there.
func FuzzTextOf(f *testing.F) {
	f.Add(`{"text":"one","x":[{"a":"]"}],"reason":"two"}`, 12)
	f.Add(`{"text":"\"\\","title":"\u00e9"}`, 9)
	f.Fuzz(func(t *testing.T, body string, cut int) {
		var e struct {
			Text *string `json:"text"`
		}
		if json.Unmarshal([]byte(body), &e) == nil && e.Text != nil && strings.Count(body, `"`) == 4 && strings.Count(body, "\\") == 0 && strings.Contains(body, `"text"`) && !strings.Contains(textOf(body), strings.ToValidUTF8(*e.Text, "\uFFFD")) && !strings.Contains(*e.Text, "\uFFFD") {
			t.Errorf("%q gives %q", body, textOf(body))
		}
		textOf(body[:max(0, min(cut, len(body)))])
	})
}
