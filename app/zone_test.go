package app_test

import (
	"testing"
	"time"
)

// Each time is shown by the offset that held then: an incident in the night of a clock
// change has rows on both sides of it.
func TestThePageKnowsWhenTheClocksChange(t *testing.T) {
	s := sit(t)
	berlin, err := time.LoadLocation("Europe/Berlin")
	s.must(err)
	s.clock.SetZone(berlin)
	east := func(at time.Time) int {
		v := s.station().Shifts
		found := v[0].East
		for _, x := range v {
			if x.From <= at.UnixMilli() {
				found = x.East
			}
		}
		return found
	}
	for at := time.UnixMilli(s.now()).AddDate(-19, 0, 0); at.Before(time.UnixMilli(s.now()).AddDate(1, 11, 0)); at = at.Add(7 * time.Hour) {
		if _, want := at.In(berlin).Zone(); east(at) != want/60 {
			t.Fatalf("%v: %d minutes east, want %d", at, east(at), want/60)
		}
	}
	s.clock.SetZone(time.FixedZone("", 5*3600+45*60))
	if v := s.station().Shifts; len(v) != 1 || v[0].East != 345 {
		t.Errorf("%+v", v)
	}
}
