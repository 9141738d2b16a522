package app_test

import (
	"strings"
	"sync"
	"testing"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/store"
)

// What a page types is found, marked, and said of each filter.
func TestAPageSearches(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.log(id, "!no failover because replication is behind")
	s.log(id, "the failover is asked for again")
	look := func(text string) app.SearchView {
		t.Helper()
		v, err := s.Search(app.SearchInput{Page: "p", Text: text, Limit: 50})
		s.must(err)
		n, err := s.SearchCount(app.SearchInput{Page: "p", Text: text})
		s.must(err)
		if n.Count != len(v.Hits) {
			t.Errorf("%s: %d hits, counted %d", text, len(v.Hits), n.Count)
		}
		return v
	}
	v := look("failov kind:decision")
	if len(v.Hits) != 1 || strings.Join(v.Hits[0].Parts, "|") != "no |failover| replication is behind" || v.Hits[0].Mark != "decision" || v.Hits[0].Kind != "decision" || v.Hits[0].Actor != "ana" || v.Hits[0].Ref != "INC-1" {
		t.Errorf("%+v", v.Hits)
	}
	if len(v.Filters) != 1 || v.Filters[0].Text != "kind:decision" || v.Filters[0].Unmet != "" || !v.Words {
		t.Errorf("%+v", v.Filters)
	}
	if v = look(`person:"zoe" Kind:note`); len(v.Hits) != 0 || v.Filters[0].Unmet == "" || v.Filters[1].Text != "Kind:note" {
		t.Errorf("%+v", v)
	}
	if v, err := s.Search(app.SearchInput{Text: "failover", Limit: 1, Best: true}); err != nil || len(v.Hits) != 1 || !v.More {
		t.Errorf("%+v %v", v, err)
	}
	if _, err := s.Search(app.SearchInput{Text: strings.Repeat("w ", 100)}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a hundred words: %v", err)
	}
	if c, err := s.SearchChoices(); err != nil || len(c.People) != 1 || len(c.Services) != 0 {
		t.Errorf("%+v %v", c, err)
	}
}

// Of searches that overtake each other, each either answers or says that it was given up.
func TestSearchesThatOvertakeEachOther(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	for range 50 {
		s.log(id, "the failover is asked for again")
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			v, err := s.Search(app.SearchInput{Page: "p", Text: "failover", Limit: 50})
			if err != nil && !fault.Is(err, fault.Conflict) || err == nil && len(v.Hits) != 50 {
				t.Errorf("%d hits, %v", len(v.Hits), err)
			}
		})
	}
	all.Wait()
	if v, err := s.Search(app.SearchInput{Page: "p", Text: "failover", Limit: 50}); err != nil || len(v.Hits) != 50 {
		t.Errorf("the last one: %d hits, %v", len(v.Hits), err)
	}
}

// A backup that holds words which were redacted since is named, and taken away.
func TestBackupsThatHoldWhatWasRedacted(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.log(id, "the password is swordfish")
	s.log(id, "nothing to hide")
	if v, err := s.Copies(); err != nil || len(v.Copies) != 0 {
		t.Fatalf("%+v %v", v, err)
	}
	beside, err := store.Open(t.Context(), s.dir)
	s.must(err)
	_, err = beside.BackUp(t.Context(), s.clock.Now())
	s.must(err)
	s.must(beside.Close())
	_, err = s.Redact(app.TextInput{Incident: id, Subject: s.row(id, "the password is swordfish").ID, Text: "a password"})
	s.must(err)
	if v, err := s.Copies(); err != nil || len(v.Copies) != 1 || v.Copies[0].Redacted != 1 || v.Copies[0].At == 0 {
		t.Fatalf("%+v %v", v, err)
	}
	s.clock.Advance(1e9)
	got, err := s.PurgeCopies()
	if err != nil || got.Made == "" || len(got.Removed) != 1 || len(got.Left) != 0 {
		t.Fatalf("%+v %v", got, err)
	}
	if v, err := s.Copies(); err != nil || len(v.Copies) != 1 || v.Copies[0].Redacted != 0 {
		t.Errorf("%+v %v", v, err)
	}
}

// searching are the methods that answer to nothing with nothing.
var searching = map[string]bool{"Search": true, "SearchCount": true, "SearchChoices": true, "Copies": true, "PurgeCopies": true}
