package compose_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/account"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
)

// lookedBack is an incident that was brought to its end and looked back on.
func lookedBack(t *testing.T) *desk {
	d := ended(t)
	d.pass(24 * hour)
	var decision, note incident.Record
	for _, r := range d.recs {
		switch r.Kind {
		case "decision.made":
			decision = r
		case "note.added":
			if note.ID.IsZero() {
				note = r
			}
		}
	}
	d.do(&incident.Write{Section: "short", Text: "Card payments failed in the EU.\n\n- because [11:41 the change](#" + compose.Anchor(note.ID) + ")\n- nobody <b>saw</b> it\n  for a while"})
	d.do(&incident.Write{Section: "sense", Text: "## What we saw\nThe dashboards showed **EU only**, at " + compose.Cite("12:05 Roll back", decision.ID) + "."})
	d.do(&incident.MarkMoment{Record: decision, As: "helped", Text: "the way back was rehearsed"})
	d.do(&incident.MarkMoment{Record: note, As: "surprise"})
	q := d.do(&incident.AskMoment{Record: decision, Text: "Which other options were on the table?"})
	d.do(&incident.AnswerMoment{Question: q.ID, Text: "to route over the US"})
	d.do(&incident.AskMoment{Record: note, Text: "What told you?"})
	a := d.do(&incident.NameFactor{Text: "No alert on failed payments"})
	b := d.do(&incident.NameFactor{Text: "Seen 16 minutes late"})
	d.do(&incident.LinkFactor{Factor: a.ID, To: b.ID})
	d.do(&incident.LinkFactor{Factor: b.ID, Moment: &note})
	return d
}

func retro(d *desk) compose.Retro {
	return compose.Retro{
		Document: document(d), Look: &d.kit.Retro, Records: d.recs,
		Facts: account.FactsOf(d.state.ID, d.recs, d.now), Ledger: account.LedgerOf(d.state.ID, d.recs, d.kit, d.now),
	}
}

func TestRetrospective(t *testing.T) {
	d := lookedBack(t)
	p := retro(d).Paper()
	golden(t, "retrospective.md", p.Markdown())
	html, err := p.HTML()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "retrospective.html", html)
	for i, part := range p.Parts {
		if part.ID != incident.Sections[i] || part.Title == "" || part.Ask == "" {
			t.Errorf("part %d is %s %q", i, part.ID, part.Title)
		}
	}
}

// What people type is text in every form of the document, whatever it looks like.
func TestProseIsText(t *testing.T) {
	d := ended(t)
	d.do(&incident.Write{Section: "hard", Text: "<img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](#zzzzzzzzzzzz) [c](#000000000000) | x | `y`\n# <i>head</i>\n1. one\n\u202eevil"})
	p := retro(d).Paper()
	html, err := p.HTML()
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<img", "<i>", "href=\"javascript", "#m-0000", "\u202e"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	md := strings.NewReplacer(`\<`, "", `\]`, "", `\(`, "").Replace(p.Markdown())
	for _, bad := range []string{"<img", "<i>", "](javascript", "#m-0000", "\u202e"} {
		if strings.Contains(md, bad) {
			t.Errorf("the Markdown holds %q: %s", bad, md)
		}
	}
}

// What was found out, corrected or added later does not stand beside a decision.
func TestWhatWasKnownAtADecision(t *testing.T) {
	d := declared(t, nil)
	d.do(&incident.SetSituation{Field: "cause", Text: "the tax rule"})
	q := d.do(&incident.AskQuestion{Text: "Are refunds hit?"})
	d.pass(minute)
	first := d.do(&incident.MakeDecision{Text: "Roll back"})
	d.pass(minute)
	d.do(&incident.SetSituation{Field: "cause", Text: "a full disk"})
	d.do(&incident.AnswerQuestion{Question: q.ID, Text: "no"})
	d.pass(minute)
	better := "are the refunds hit as well?"
	d.do(&incident.Amend{Record: q, Text: &better})
	second := d.do(&incident.MakeDecision{Text: "Clean the disk"})
	p := retro(d).Paper()
	rows := map[string]string{}
	for _, part := range p.Parts {
		if part.ID == "sense" {
			for _, r := range part.Own[0].Table.Rows {
				rows[r.Cells[1]] = r.Cells[3]
			}
		}
	}
	if got := rows["Roll back"]; !strings.Contains(got, "the tax rule") || !strings.Contains(got, "Are refunds hit?") || strings.Contains(got, "disk") {
		t.Errorf("at %s was known: %s", first.ID, got)
	}
	if got := rows["Clean the disk"]; !strings.Contains(got, "a full disk") || strings.Contains(got, "refunds") {
		t.Errorf("at %s was known: %s", second.ID, got)
	}
}

func TestGapsAreLongerThanTheKitSays(t *testing.T) {
	d := declared(t, nil)
	d.pass(15 * minute)
	d.do(&incident.AddNote{Text: "a quarter of an hour is no gap"})
	d.pass(15*minute + 1)
	d.do(&incident.AddNote{Text: "this one is"})
	d.pass(hour)
	gaps := compose.Gaps(d.state, d.entries(), 15)
	if len(gaps) != 1 || gaps[0] != [2]int64{noon + 15*minute, noon + 30*minute + 1} {
		t.Errorf("gaps %v", gaps)
	}
	if len(compose.Gaps(d.state, d.entries(), 0)) != 0 {
		t.Error("nobody asked for gaps")
	}
}

func TestHints(t *testing.T) {
	look := declared(t, nil).kit.Retro
	for text, want := range map[string]string{
		"We should  have\nseen it":                   "should  have",
		"SHOULDN’T HAVE":                             "SHOULDN’T HAVE",
		"the root cause was a person's carelessness": "root cause|carelessness",
		"shoulder have":                              "",
		"Ämter failed to":                            "failed to",
		"obviouslyness":                              "",
		"":                                           "",
	} {
		var got []string
		for _, h := range compose.Hints(text, look.Wording) {
			if h.Words != text[h.Begin:h.End] || h.Ask == "" {
				t.Errorf("%q: %+v", text, h)
			}
			got = append(got, h.Words)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if n := len(compose.Hints(strings.Repeat("root cause ", 20_000), look.Wording)); n > 50 {
		t.Errorf("%d hints", n)
	}
}
