package incident_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"quarterdeck/internal/incident"
)

func TestASearchIsTakenApart(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 20, 14, 2, 0, 0, zone)
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, zone)
	for text, want := range map[string]struct {
		words   string
		filters string
	}{
		"failover":                             {"failover", ""},
		"kind:decision failover person:ana":    {"failover", "kind=decision person=ana"},
		`person:"ana lima" Kind:Note`:          {"", "person=ana lima kind=Note"},
		`"kind:decision" as said`:              {`"kind:decision" as said`, ""},
		`"half open kind:decision`:             {`"half open kind:decision`, ""},
		"http://x.example/kind:note path:kind": {"http://x.example/kind:note path:kind", ""},
		"kind: note":                           {"note", "kind="},
		"  a\tincident:INC-7\nb ":              {"a\t\nb", "incident=INC-7"},
		`person:"ana`:                          {"", "person=ana"},
		"":                                     {"", ""},
		`service:payments`:                     {"", "service=payments"},
		"unkind:note":                          {"unkind:note", ""},
	} {
		s := incident.ParseSearch(text, now)
		var got []string
		for _, f := range s.Filters {
			got = append(got, f.Key+"="+f.Value)
		}
		if s.Words != want.words || fmt.Sprint(got) != fmt.Sprint("["+want.filters+"]") {
			t.Errorf("%q: words %q, filters %q", text, s.Words, got)
		}
	}
	ms := func(t time.Time) int64 { return t.UnixMilli() }
	for text, want := range map[string][2]int64{
		"since:2026-11-20":             {ms(day), 0},
		"until:2026-11-20":             {0, ms(day.AddDate(0, 0, 1))},
		"on:2026-11-20":                {ms(day), ms(day.AddDate(0, 0, 1))},
		"on:2026-11":                   {ms(day.AddDate(0, 0, -19)), ms(day.AddDate(0, 1, -19))},
		"on:2026":                      {ms(time.Date(2026, 1, 1, 0, 0, 0, 0, zone)), ms(time.Date(2027, 1, 1, 0, 0, 0, 0, zone))},
		"on:today":                     {ms(day), ms(day.AddDate(0, 0, 1))},
		"on:yesterday":                 {ms(day.AddDate(0, 0, -1)), ms(day)},
		"since:2h":                     {ms(now) - 2*3_600_000, 0},
		"until:3d":                     {0, ms(now) - 3*86_400_000},
		"on:2026-11-20T14:02":          {ms(now), ms(now) + 60_000},
		"since:2026-11-20T14:02:00Z":   {ms(now) + 3_600_000, 0},
		"since:2026-11-20t14:02+01:00": {ms(now), 0},
		"since:soon":                   {0, 0},
		"since:2026-13-40":             {0, 0},
		"on:99999999999999999999d":     {0, 0},
	} {
		f := incident.ParseSearch(text, now).Filters[0]
		if f.From != want[0] || f.To != want[1] {
			t.Errorf("%s: from %d to %d, want %d", text, f.From, f.To, want)
		}
	}
}

// What a filter looks like when it is typed is read as the filter.
func TestAFilterIsReadAsItIsWritten(t *testing.T) {
	for _, f := range []incident.Filter{{Key: "kind", Value: "decision"}, {Key: "person", Value: "ana lima"}, {Key: "incident", Value: "INC-7·a"}} {
		if got := incident.ParseSearch("x "+f.String()+" y", time.Date(2026, 11, 20, 14, 2, 0, 0, time.UTC)); len(got.Filters) != 1 || got.Filters[0].Key != f.Key || got.Filters[0].Value != f.Value {
			t.Errorf("%s: %+v", f, got)
		}
	}
}

func TestKindsAreCalledByTheBeginningOfTheirNames(t *testing.T) {
	for word, want := range map[string][]incident.Kind{
		"decision.made": {"decision.made"}, "sit": {"situation.set"}, "declared": {"incident.declared"}, "Note": {"note.added"}, "follow-up": {"followup.added"},
		"handoff": {"command.offered", "command.accepted", "command.declined"}, "later.kind": {"later.kind"}, "nonsense": {}, "": {}, "correction": {"record.amended"},
	} {
		got := incident.KindsCalled(word)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
