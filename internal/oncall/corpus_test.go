package oncall_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/ical"
	"quarterdeck/internal/oncall"
)

// corpus is a collection of real and hand-written calendars with what they should say. It
// is not part of the repository; where it is missing the tests beside this one have to do.
const corpus = "../../../shared/calendars"

func source(t *testing.T, path string, c oncall.Calendar) oncall.Source {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cal, _, err := ical.Read(f, ical.Options{})
	if err != nil {
		t.Fatal(path, err)
	}
	if c.Name == "" {
		c.Name = strings.TrimSuffix(filepath.Base(path), ".ics")
	}
	return oncall.Source{Calendar: c, Data: cal}
}

// on are the names of all who are on at an instant, in all lanes.
func on(r *oncall.Roster, at time.Time) []string {
	names := []string{}
	for i := range r.Lanes {
		for _, turn := range r.Lanes[i].At(at).On {
			names = append(names, turn.Who.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestWhoIsOnInTheCorpus(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(corpus, "oncall_cases.json"))
	if err != nil {
		t.Skip("the corpus is not beside the repository")
	}
	var cases []struct {
		Files          []string
		Zone, Why      string
		At             time.Time
		ExpectedPeople []string
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	right := 0
	for _, c := range cases {
		var sources []oncall.Source
		for _, f := range c.Files {
			sources = append(sources, source(t, filepath.Join(corpus, f), oncall.Calendar{Schedule: "all", Zone: c.Zone, Override: strings.Contains(f, "override.ics")}))
		}
		r := oncall.New(sources, nil, nil, c.At.AddDate(0, 0, -35), c.At.AddDate(0, 0, 95))
		slices.Sort(c.ExpectedPeople)
		if got := on(r, c.At); !slices.Equal(got, c.ExpectedPeople) {
			t.Errorf("%v at %v: %q, want %q: %s", c.Files, c.At, got, c.ExpectedPeople, c.Why)
			continue
		}
		right++
	}
	t.Logf("%d of %d are right", right, len(cases))
}
