package app

import "testing"

// Calls get here in any order: the search that was typed last is not given up for one before.
func TestASearchThatComesLateGivesUpItself(t *testing.T) {
	var s searches
	last, done := s.begin(t.Context(), "p", 8)
	late, end := s.begin(t.Context(), "p", 7)
	if last.Err() != nil || late.Err() == nil {
		t.Fatalf("the last one: %v, the one before: %v", last.Err(), late.Err())
	}
	end()
	next, over := s.begin(t.Context(), "p", 9)
	if last.Err() == nil || next.Err() != nil {
		t.Fatalf("the one before: %v, the last one: %v", last.Err(), next.Err())
	}
	other, ended := s.begin(t.Context(), "q", 1)
	if next.Err() != nil || other.Err() != nil {
		t.Errorf("two pages: %v, %v", next.Err(), other.Err())
	}
	done()
	over()
	ended()
	if len(s.own) != 0 {
		t.Errorf("%d are still there", len(s.own))
	}
}
