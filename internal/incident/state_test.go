package incident_test

import (
	"slices"
	"testing"

	"quarterdeck/internal/incident"
)

func TestActionsFromOpenToClosed(t *testing.T) {
	d := declared(t)
	a := d.must(&incident.OpenAction{Text: "a", Owner: ben, Minutes: 20})
	b := d.must(&incident.OpenAction{Text: "b", Owner: ben, Minutes: 10})
	c := d.must(&incident.OpenAction{Text: "c", Owner: ben})
	order := func() (out string) {
		for _, x := range d.state.OpenActions() {
			out += x.Text
		}
		return out
	}
	if order() != "bac" {
		t.Errorf("in the order %s: the earliest due first, those without a time box last", order())
	}
	d.pass(15 * minute)
	d.must(&incident.ExtendAction{Action: b.ID, Minutes: 10})
	if due := d.state.OpenActions()[1].Due; order() != "abc" || due != noon+25*minute {
		t.Errorf("in the order %s, due %d: more time counts from when it is given", order(), due)
	}
	d.must(&incident.ExtendAction{Action: a.ID, Minutes: 0})
	if order() != "bac" {
		t.Errorf("in the order %s", order())
	}
	closed := d.must(&incident.CloseAction{Action: c.ID, Dropped: true, Result: "no use"})
	if x := d.state.Actions[2]; x.Closed != d.now || !x.Dropped || x.Result != "no use" || order() != "ba" {
		t.Errorf("%+v", x)
	}
	d.must(&incident.Undo{Record: closed})
	if order() != "bac" || d.state.Actions[2].Result != "" {
		t.Error("undoing does not open it again")
	}
}

func TestQuestions(t *testing.T) {
	d := declared(t)
	q := d.must(&incident.AskQuestion{Text: "is it DNS?"})
	d.must(&incident.AskQuestion{Text: "who is hurt?"})
	d.must(&incident.AnswerQuestion{Question: q.ID, Text: "no"})
	if open := d.state.OpenQuestions(); len(open) != 1 || open[0].Text != "who is hurt?" || d.state.Questions[0].Answer != "no" {
		t.Errorf("%+v", d.state.Questions)
	}
}

func TestSituation(t *testing.T) {
	d := declared(t)
	d.must(&incident.SetSituation{Field: "goal", Text: "pay again"})
	d.pass(minute)
	d.actor = ben
	d.must(&incident.SetSituation{Field: "goal", Text: ""})
	if got := d.state.Situation["goal"]; got != (incident.Mark{At: d.now, By: ben.ID}) {
		t.Errorf("%+v", got)
	}
}

func TestRolesHaveOneHolderSinceWhen(t *testing.T) {
	d := declared(t)
	d.must(&incident.AssignRole{Role: "operations", Person: ben})
	d.pass(minute)
	d.append(d.now, &incident.RoleAssigned{Role: "operations", Person: ben.ID}) // another machine says so too
	if h := d.state.Holder("operations"); h != (incident.Held{Person: ben.ID, Since: noon}) {
		t.Errorf("%+v", h)
	}
	d.must(&incident.AssignRole{Role: "operations", Person: dee})
	if h := d.state.Holder("operations"); h != (incident.Held{Person: dee.ID, Since: d.now}) {
		t.Errorf("%+v", h)
	}
	if h := d.state.Holder("scribe"); h != (incident.Held{}) {
		t.Errorf("%+v", h)
	}
}

// Two people of one name are told apart the same way each time.
func TestPeopleByName(t *testing.T) {
	d := declared(t)
	twin := incident.Person{ID: number(0xb1), Name: "BEN"} // the smaller id
	d.must(&incident.AssignRole{Role: "operations", Person: ben})
	d.must(&incident.AssignRole{Role: "scribe", Person: twin})
	for range 50 {
		if got := d.state.Person(" ben "); got != twin.ID {
			t.Fatalf("found %s", got)
		}
	}
	if got := d.state.Person("eve"); !got.IsZero() {
		t.Errorf("found %s", got)
	}
	if got := d.state.Person(""); !got.IsZero() {
		t.Errorf("nobody is %s", got)
	}
	d.append(d.now, &incident.PersonNamed{Person: twin.ID, Name: "Ben"})
	if got := d.state.Names(); !slices.Equal(got, []string{"Ana", "Ben"}) {
		t.Errorf("names %q", got)
	}
}

// What makes no sense changes nothing: words that are gone, or a foreign hand.
func TestEmptyBodiesChangeNothing(t *testing.T) {
	d := declared(t)
	d.must(&incident.SendUpdate{Audience: "support", State: "investigating", Text: "x", Next: noon + hour})
	d.must(&incident.AssignRole{Role: "operations", Person: ben})
	before := *d.state
	for _, k := range incident.Kinds() {
		switch k {
		case "action.opened", "question.asked", "decision.made", "followup.added", "record.amended", "record.undone", "record.redacted":
			continue // that they happened counts; corrections of nothing are tested elsewhere
		}
		r := incident.Record{ID: number(600), HLC: d.state.Last.HLC + 1, Writer: d.writer, N: 1, At: d.now, Kind: k, V: 1}
		if !d.state.Advance(&r) {
			t.Fatalf("%s is not folded", k)
		}
		s := d.state
		if s.Severity != "SEV2" || s.Phase != "declare" || s.Command != before.Command || len(s.Roles) != 1 || s.Retro != nil ||
			s.Holder("operations").Person != ben.ID || s.Declared.Ref != "INC-1" || len(s.Times) != 3 || len(s.People) != 2 || len(s.Updates) != 0 {
			t.Fatalf("after an empty %s: %s", k, asJSON(t, s))
		}
		if a := s.Audiences["support"]; a.Told != 1 || a.Promise.Due != noon+hour {
			t.Fatalf("after an empty %s: %+v", k, a)
		}
	}
}

func TestRow(t *testing.T) {
	d := declared(t)
	d.pass(minute)
	d.must(&incident.AddNote{Text: "x"})
	want := incident.Row{
		ID: d.id, Ref: "INC-1", Title: "checkout fails", Type: "service", Severity: "SEV2", Phase: "declare", Commander: "Ana",
		Declared: noon, Entries: len(d.recs), LastAt: noon + minute,
	}
	if got := d.state.Row(); got != want {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}
