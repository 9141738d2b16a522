package app_test

import (
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// A tap fills a blank, adds its minutes, and brings up what waited behind it.
func TestCostAsksAtMostFiveThingsAtATime(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.pass(30 * time.Minute)
	was, err := s.Cost(id)
	s.must(err)
	if len(was.Lines) != 22 || was.Minutes != 30 || was.Present != 30*minute || len(was.Asks) != 2 {
		t.Fatalf("%+v", was)
	}
	mine, rest := was.Asks[0], was.Asks[1]
	if mine.Name != "ana" || len(mine.Blanks) != 2 || len(rest.Blanks) != 5 || rest.Later == 0 {
		t.Fatalf("%+v", was.Asks)
	}
	s.must(s.AnswerEffort(app.EffortInput{Incident: id, Phase: "refocusing", Person: mine.Person, Minutes: 25}))
	s.must(s.AnswerEffort(app.EffortInput{Incident: id, Phase: rest.Blanks[0].Phase, Minutes: 60}))
	now, err := s.Cost(id)
	s.must(err)
	if now.Minutes != was.Minutes+85 || len(now.Asks[0].Blanks) != 1 || now.Asks[1].Later != rest.Later-1 || now.Present != was.Present {
		t.Errorf("%+v", now)
	}
	var minutes, amount int64
	for _, l := range now.Lines {
		minutes, amount = minutes+l.Minutes, amount+l.Amount
	}
	if minutes != now.Minutes || amount != now.Amount {
		t.Errorf("the lines are %d min and %d, the whole %d and %d", minutes, amount, now.Minutes, now.Amount)
	}
	refused(t, s.AnswerEffort(app.EffortInput{Incident: id, Phase: "idling"}), fault.Invalid, "phase")
	if err := s.AnswerEffort(app.EffortInput{Incident: id, Phase: "refocusing", Person: "nobody"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("nobody answers: %v", err)
	}
}
