package app_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// What is left of incidents that are over stands on the first page until it is done, what is
// late first; nothing of it rings.
func TestWhatIsUnfinishedIsNamedUntilItIsDone(t *testing.T) {
	s := sit(t)
	old := s.declare("mail was late")
	s.over(old)
	board, err := s.Board(old)
	s.must(err)
	if board.Open == 0 || len(board.Types) != 12 || len(board.Crew) != 1 || board.Todos[0].Due == 0 {
		t.Fatalf("%+v", board)
	}
	s.must(s.FollowUp(app.FollowUpInput{Incident: old, Text: "alert on it", Type: "detect", Owner: "ben", Due: s.now() + 60*minute}))
	refused(t, s.FollowUp(app.FollowUpInput{Incident: old, Text: "x", Type: "wish"}), fault.Invalid, "type")
	list, err := s.Unfinished()
	s.must(err)
	if len(list) != 2 || list[0].What != "follow-ups" || list[0].Text != "alert on it" || list[0].Late != 0 || list[1].What != "clean-up" || list[1].Count != board.Open-1 {
		t.Fatalf("%+v", list)
	}
	s.pass(100 * time.Hour)
	if live := s.live(old); len(s.station().Due) != 0 || live.Next.Kind != "clean-up" && live.Next.Kind != "retro" {
		t.Errorf("%+v %+v", s.station().Due, live.Next)
	}
	if list, err = s.Unfinished(); err != nil || list[0].Late != 1 || list[1].Late == 0 {
		t.Errorf("%+v %v", list, err)
	}
	board, err = s.Board(old)
	s.must(err)
	s.must(s.EndFollowUp(app.FollowUpEnd{Incident: old, FollowUp: board.FollowUps[0].ID, State: "done", Text: "it rang", Minutes: 30}))
	s.must(s.JudgeImpact(app.TextInput{Incident: old, Subject: "nobody", Text: "it was night"}))
	s.must(s.BookRetro(app.RetroInput{Incident: old, Owner: "ben", Time: s.now() + 60*minute, Minutes: 30, Invited: []string{"ana"}}))
	inv, err := s.Invitation(old)
	s.must(err)
	if inv.Method != "PUBLISH" || len(inv.Lacks) != 2 || !strings.HasPrefix(inv.Text, "BEGIN:VCALENDAR\r\n") {
		t.Errorf("%+v", inv)
	}
	s.must(s.CancelRetro(app.TextInput{Incident: old, Text: "nobody can"}))
	s.must(s.ShareRetro(app.TextInput{Incident: old, Text: "the team"}))
	s.must(s.ResumeWork(app.TextInput{Incident: old, Subject: board.Crew[0].Person}))
	for _, todo := range board.Todos {
		if !todo.Done && todo.ID != "impact" && todo.ID != "shared" && todo.ID != "back" {
			s.must(s.WaiveCleanup(app.TextInput{Incident: old, Subject: todo.ID, Text: "a test"}))
		}
	}
	if list, err = s.Unfinished(); err != nil || len(list) != 1 || list[0].Count != 0 {
		t.Errorf("%+v %v", list, err)
	}
	s.must(s.MovePhase(app.ChangeInput{Incident: old, To: "closed"}))
	if list, err = s.Unfinished(); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
	s.must(s.EndFollowUp(app.FollowUpEnd{Incident: old, FollowUp: board.FollowUps[0].ID, State: "open"}))
	if list, err = s.Unfinished(); err != nil || len(list) != 1 || list[0].What != "follow-ups" {
		t.Errorf("a follow-up of a closed incident that is late: %+v %v", list, err)
	}
}

// What only they know who were there is asked the next day, of each at most five things, once.
func TestBlanksAreAskedTheNextDayAndOnce(t *testing.T) {
	s := sit(t)
	id := s.declare("mail was late")
	s.pass(30 * time.Minute)
	s.over(id)
	if v, err := s.Blanks(); err != nil || len(v) != 0 {
		t.Errorf("the same day: %+v %v", v, err)
	}
	s.pass(24 * time.Hour)
	v, err := s.Blanks()
	s.must(err)
	if len(v) != 1 || v[0].Incident != id || len(v[0].Asking.Blanks) == 0 || len(v[0].Asking.Blanks) > 5 || v[0].Asking.Name != "ana" {
		t.Fatalf("the next day: %+v", v)
	}
	for _, b := range v[0].Asking.Blanks {
		s.must(s.AnswerEffort(app.EffortInput{Incident: id, Phase: b.Phase, Person: v[0].Asking.Person, Minutes: b.Minutes[0]}))
	}
	if v, err := s.Blanks(); err != nil || len(v) != 0 {
		t.Errorf("answered: %+v %v", v, err)
	}
	board, err := s.Board(id)
	s.must(err)
	if board.Crew[0].Back == 0 {
		t.Error("who has said how long it took to get back is not back")
	}
}

// The calculator begins with what was measured; its sums are those of its rows, and its
// table and its document say the same.
func TestTheCalculator(t *testing.T) {
	s := sit(t)
	none, err := s.Calculator(app.CalculatorInput{Incidents: -1})
	s.must(err)
	if none.Counted != 0 || none.Incidents != 0 || len(none.Rows) != 22 || none.Minutes != 90 || none.Cost != 0 {
		t.Fatalf("%+v", none)
	}
	id := s.declare("mail was late")
	s.pass(40 * time.Minute)
	s.over(id)
	v, err := s.Calculator(app.CalculatorInput{Incidents: -1})
	s.must(err)
	if v.Counted != 1 || v.Incidents != 1 || v.Rows[4].Phase != "coordinating" || v.Rows[4].Source != "measured" || v.Rows[4].Minutes < 40 {
		t.Fatalf("%+v", v)
	}
	in := app.CalculatorInput{Incidents: 12}
	for _, r := range v.Rows {
		in.Rows = append(in.Rows, app.EstimateInput{Phase: r.Phase, Minutes: 10, People: 2, PerHour: 6000})
	}
	if v, err = s.Calculator(in); err != nil || v.Minutes != 22*20 || v.Year != 12*440 || v.Amount != 44_000 || v.Cost != 528_000 || v.Before != 13*20*12 || v.Rows[0].Source != "given" {
		t.Errorf("%+v %v", v, err)
	}
	sheet, err := s.CalculatorSheet(in)
	s.must(err)
	rows, err := csv.NewReader(strings.NewReader(sheet.Text)).ReadAll()
	if err != nil || len(rows) != 23 || rows[1][10] != "24000" {
		t.Errorf("%v\n%s", err, sheet.Text)
	}
	doc, err := s.CalculatorDocument(in)
	s.must(err)
	var back app.CalculatorView
	if err := json.Unmarshal([]byte(doc.Text), &back); err != nil || back.Cost != v.Cost {
		t.Errorf("%v %s", err, doc.Text)
	}
	in.Rows[0].Minutes = -1
	_, err = s.Calculator(in)
	refused(t, err, fault.Invalid, "reacting")
	_, err = s.Calculator(app.CalculatorInput{Incidents: 1 << 30})
	refused(t, err, fault.Invalid, "incidents")
}
