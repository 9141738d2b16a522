package incident_test

import (
	"reflect"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// order is one line of a table: a command, and either the events that it leads to or
// the refusal. The author of these tests is known by name, so nobody is introduced.
type order struct {
	name  string
	cmd   incident.Command
	want  []incident.Event
	code  fault.Code
	field string
}

func (o *order) run(t *testing.T, d *desk) {
	t.Helper()
	recs, err := d.try(o.cmd)
	if o.code != "" {
		f := refusal(t, err, o.code, o.field)
		if o.code == fault.Invalid && f.Field == "" {
			t.Error("the input at fault is not named")
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var got []incident.Event
	for i := range recs {
		got = append(got, recs[i].Event())
	}
	if !reflect.DeepEqual(got, o.want) {
		t.Errorf("got  %s\nwant %s", asJSON(t, got), asJSON(t, o.want))
	}
}

func events(e ...incident.Event) []incident.Event { return e }

func TestOrdersOnALiveIncident(t *testing.T) {
	var d *desk
	var action, gone, question incident.Record
	setUp := func(t *testing.T) {
		d = declared(t)
		action = d.must(&incident.OpenAction{Text: "flush the cache", Owner: ben, Minutes: 5})
		gone = d.must(&incident.OpenAction{Text: "restart", Owner: ben})
		d.must(&incident.CloseAction{Action: gone.ID})
		question = d.must(&incident.AskQuestion{Text: "is it the cache?"})
		d.must(&incident.AssignRole{Role: "scribe", Person: dee})
		d.pass(minute)
	}
	setUp(t)
	stranger := incident.Person{ID: number(0xee), Name: "Eve"}
	long := func(n int) string { return string(make([]byte, 0, n)) + repeat("x", n) }
	tests := []order{
		{name: "a note", cmd: &incident.AddNote{Text: " all quiet "}, want: events(&incident.NoteAdded{Text: "all quiet"})},
		{name: "a note about some time", cmd: &incident.AddNote{Text: "x", Approx: true}, want: events(&incident.NoteAdded{Text: "x", Approx: true})},
		{name: "an empty note", cmd: &incident.AddNote{Text: " \n "}, code: fault.Invalid, field: "text"},
		{name: "a long note", cmd: &incident.AddNote{Text: long(incident.MaxText)}, want: events(&incident.NoteAdded{Text: long(incident.MaxText)})},
		{name: "a note that is too long", cmd: &incident.AddNote{Text: long(incident.MaxText + 1)}, code: fault.Invalid, field: "text"},

		{name: "a decision", cmd: &incident.MakeDecision{Text: "roll back", Basis: "errors since 12:00", Tradeoff: "no coupons"},
			want: events(&incident.DecisionMade{Text: "roll back", Basis: "errors since 12:00", Tradeoff: "no coupons"})},
		{name: "a decision on nothing", cmd: &incident.MakeDecision{Text: "roll back"}, want: events(&incident.DecisionMade{Text: "roll back"})},
		{name: "no decision", cmd: &incident.MakeDecision{Basis: "b"}, code: fault.Invalid, field: "text"},
		{name: "an endless basis", cmd: &incident.MakeDecision{Text: "x", Basis: long(incident.MaxText + 1)}, code: fault.Invalid, field: "basis"},
		{name: "an endless trade-off", cmd: &incident.MakeDecision{Text: "x", Tradeoff: long(incident.MaxText + 1)}, code: fault.Invalid, field: "tradeoff"},

		{name: "an action", cmd: &incident.OpenAction{Text: "look", Owner: ben, Minutes: 10}, want: events(&incident.ActionOpened{Text: "look", Owner: ben.ID, Minutes: 10})},
		{name: "an action for somebody new", cmd: &incident.OpenAction{Text: "look", Owner: stranger},
			want: events(&incident.PersonNamed{Person: stranger.ID, Name: "Eve"}, &incident.ActionOpened{Text: "look", Owner: stranger.ID})},
		{name: "an action without words", cmd: &incident.OpenAction{Owner: ben}, code: fault.Invalid, field: "text"},
		{name: "an action of nobody", cmd: &incident.OpenAction{Text: "look"}, code: fault.Invalid, field: "owner"},
		{name: "an action of someone", cmd: &incident.OpenAction{Text: "look", Owner: incident.Person{ID: number(9), Name: "SomeOne"}}, code: fault.Invalid, field: "owner"},
		{name: "an action of a name without an id", cmd: &incident.OpenAction{Text: "look", Owner: incident.Person{Name: "Eve"}}, code: fault.Invalid, field: "owner"},
		{name: "an action of an id without a name", cmd: &incident.OpenAction{Text: "look", Owner: incident.Person{ID: number(9)}}, code: fault.Invalid, field: "owner"},
		{name: "an action of a known id", cmd: &incident.OpenAction{Text: "look", Owner: incident.Person{ID: ben.ID}}, want: events(&incident.ActionOpened{Text: "look", Owner: ben.ID})},
		{name: "a negative time box", cmd: &incident.OpenAction{Text: "look", Owner: ben, Minutes: -1}, code: fault.Invalid, field: "minutes"},
		{name: "a week", cmd: &incident.OpenAction{Text: "look", Owner: ben, Minutes: 7 * 24 * 60}, want: events(&incident.ActionOpened{Text: "look", Owner: ben.ID, Minutes: 7 * 24 * 60})},
		{name: "more than a week", cmd: &incident.OpenAction{Text: "look", Owner: ben, Minutes: 7*24*60 + 1}, code: fault.Invalid, field: "minutes"},
		{name: "more time", cmd: &incident.ExtendAction{Action: action.ID, Minutes: 5}, want: events(&incident.ActionExtended{Action: action.ID, Minutes: 5})},
		{name: "less than no time", cmd: &incident.ExtendAction{Action: action.ID, Minutes: -5}, code: fault.Invalid, field: "minutes"},
		{name: "more time for what is over", cmd: &incident.ExtendAction{Action: gone.ID, Minutes: 5}, code: fault.Conflict},
		{name: "more time for nothing", cmd: &incident.ExtendAction{Action: number(5), Minutes: 5}, code: fault.NotFound},
		{name: "done", cmd: &incident.CloseAction{Action: action.ID, Result: "hit rate is back"}, want: events(&incident.ActionClosed{Action: action.ID, Text: "hit rate is back"})},
		{name: "dropped", cmd: &incident.CloseAction{Action: action.ID, Dropped: true}, want: events(&incident.ActionClosed{Action: action.ID, Dropped: true})},
		{name: "done twice", cmd: &incident.CloseAction{Action: gone.ID}, code: fault.Conflict},
		{name: "an endless result", cmd: &incident.CloseAction{Action: action.ID, Result: long(incident.MaxText + 1)}, code: fault.Invalid, field: "result"},

		{name: "a question", cmd: &incident.AskQuestion{Text: "why?"}, want: events(&incident.QuestionAsked{Text: "why?"})},
		{name: "no question", cmd: &incident.AskQuestion{Text: "\x00"}, code: fault.Invalid, field: "text"},
		{name: "an answer", cmd: &incident.AnswerQuestion{Question: question.ID, Text: "yes"}, want: events(&incident.QuestionAnswered{Question: question.ID, Text: "yes"})},
		{name: "no answer", cmd: &incident.AnswerQuestion{Question: question.ID}, code: fault.Invalid, field: "text"},
		{name: "an answer to nothing", cmd: &incident.AnswerQuestion{Question: action.ID, Text: "yes"}, code: fault.NotFound},
		{name: "a hypothesis", cmd: &incident.StateHypothesis{Text: "the cache"}, want: events(&incident.HypothesisStated{Text: "the cache"})},
		{name: "no hypothesis", cmd: &incident.StateHypothesis{}, code: fault.Invalid, field: "text"},
		{name: "a follow-up", cmd: &incident.AddFollowUp{Text: "alert on it"}, want: events(&incident.FollowUpAdded{Text: "alert on it"})},
		{name: "no follow-up", cmd: &incident.AddFollowUp{}, code: fault.Invalid, field: "text"},

		{name: "an offer", cmd: &incident.OfferCommand{To: ben, Handover: incident.Handover{Worry: " the vendor is silent "}}, want: events(&incident.CommandOffered{To: ben.ID, Handover: incident.Handover{Worry: "the vendor is silent"}})},
		{name: "an offer to the commander", cmd: &incident.OfferCommand{To: ana}, code: fault.Conflict},
		{name: "an offer to nobody", cmd: &incident.OfferCommand{}, code: fault.Invalid, field: "person"},
		{name: "an acceptance of nothing", cmd: &incident.AcceptCommand{By: ben}, code: fault.Conflict},
		{name: "a refusal of nothing", cmd: &incident.DeclineCommand{}, code: fault.Conflict},
		{name: "a claim", cmd: &incident.ClaimCommand{By: ben, Reason: "asleep, three calls"}, want: events(&incident.CommandAccepted{By: ben.ID, Term: 2, Claimed: "asleep, three calls"})},
		{name: "a claim without a reason", cmd: &incident.ClaimCommand{By: ben}, code: fault.Invalid, field: "reason"},
		{name: "a claim by the commander", cmd: &incident.ClaimCommand{By: ana, Reason: "x"}, code: fault.Conflict},

		{name: "an effort", cmd: &incident.AnswerEffort{Phase: "leaving", Person: ana, Minutes: 10}, want: events(&incident.EffortAnswered{Phase: "leaving", Person: ana.ID, Minutes: 10})},
		{name: "no effort", cmd: &incident.AnswerEffort{Phase: "leaving", Person: ana}, want: events(&incident.EffortAnswered{Phase: "leaving", Person: ana.ID})},
		{name: "an effort at nothing", cmd: &incident.AnswerEffort{Phase: "idling", Person: ana, Minutes: 10}, code: fault.Invalid, field: "phase"},
		{name: "an effort of years", cmd: &incident.AnswerEffort{Phase: "leaving", Person: ana, Minutes: 1_000_000}, code: fault.Invalid, field: "minutes"},
		{name: "an effort of nobody", cmd: &incident.AnswerEffort{Phase: "leaving"}, code: fault.Invalid, field: "person"},

		{name: "the impact", cmd: &incident.SetSituation{Field: "impact", Text: "some cannot pay"}, want: events(&incident.SituationSet{Field: "impact", Text: "some cannot pay"})},
		{name: "another field", cmd: &incident.SetSituation{Field: "mood", Text: "grim"}, code: fault.Invalid, field: "field"},
		{name: "the goal, which is empty already", cmd: &incident.SetSituation{Field: "goal", Text: " "}, code: fault.Conflict},
		{name: "an essay on the goal", cmd: &incident.SetSituation{Field: "goal", Text: long(2001)}, code: fault.Invalid, field: "text"},

		{name: "an item", cmd: &incident.CheckItem{Item: "declare.facts", State: "done", Text: "5xx"}, want: events(&incident.ItemChecked{Item: "declare.facts", State: "done", Text: "5xx"})},
		{name: "an item reopened", cmd: &incident.CheckItem{Item: "declare.facts", State: "open"}, want: events(&incident.ItemChecked{Item: "declare.facts", State: "open"})},
		{name: "an item skipped", cmd: &incident.CheckItem{Item: "declare.facts", State: "skipped", Text: "n.a."}, want: events(&incident.ItemChecked{Item: "declare.facts", State: "skipped", Text: "n.a."})},
		{name: "an item skipped without a word", cmd: &incident.CheckItem{Item: "declare.facts", State: "skipped", Text: " "}, code: fault.Invalid, field: "reason"},
		{name: "an item that is not there", cmd: &incident.CheckItem{Item: "declare.none", State: "done"}, code: fault.NotFound},
		{name: "an item in no state", cmd: &incident.CheckItem{Item: "declare.facts", State: "nearly"}, code: fault.Invalid, field: "state"},
		{name: "an essay on an item", cmd: &incident.CheckItem{Item: "declare.facts", State: "done", Text: long(2001)}, code: fault.Invalid, field: "text"},

		{name: "a role", cmd: &incident.AssignRole{Role: "operations", Person: ben}, want: events(&incident.RoleAssigned{Role: "operations", Person: ben.ID})},
		{name: "a role that they hold", cmd: &incident.AssignRole{Role: "scribe", Person: dee}, code: fault.Conflict},
		{name: "a role that nobody knows", cmd: &incident.AssignRole{Role: "mascot", Person: ben}, code: fault.Invalid, field: "role"},
		{name: "a role for nobody", cmd: &incident.AssignRole{Role: "operations"}, code: fault.Invalid, field: "person"},
		{name: "a role for everyone", cmd: &incident.AssignRole{Role: "operations", Person: incident.Person{ID: number(9), Name: "everyone"}}, code: fault.Invalid, field: "person"},
		{name: "a role released", cmd: &incident.ReleaseRole{Role: "scribe"}, want: events(&incident.RoleReleased{Role: "scribe"})},
		{name: "a role released that nobody holds", cmd: &incident.ReleaseRole{Role: "operations"}, code: fault.Conflict},
		{name: "command released", cmd: &incident.ReleaseRole{Role: kit.Commander}, code: fault.Invalid, field: "role"},

		{name: "a criterion met", cmd: &incident.JudgeExit{Criterion: "path", State: "met", Text: "paid"}, want: events(&incident.ExitJudged{Criterion: "path", State: "met", Text: "paid"})},
		{name: "a criterion waived", cmd: &incident.JudgeExit{Criterion: "path", State: "waived", Text: "no test user"}, want: events(&incident.ExitJudged{Criterion: "path", State: "waived", Text: "no test user"})},
		{name: "a criterion waived without a word", cmd: &incident.JudgeExit{Criterion: "path", State: "waived"}, code: fault.Invalid, field: "reason"},
		{name: "a criterion in no state", cmd: &incident.JudgeExit{Criterion: "path", State: "maybe"}, code: fault.Invalid, field: "state"},
		{name: "a criterion of another severity", cmd: &incident.JudgeExit{Criterion: "owned", State: "met"}, code: fault.NotFound},

		{name: "the retrospective", cmd: &incident.PlanRetro{Owner: ben, Time: noon + 3*day}, want: events(&incident.RetroPlanned{Owner: ben.ID, Time: noon + 3*day})},
		{name: "the retrospective yesterday", cmd: &incident.PlanRetro{Owner: ben, Time: noon - day}, code: fault.Invalid, field: "time"},
		{name: "the retrospective in the year 9999", cmd: &incident.PlanRetro{Owner: ben, Time: year9999}, code: fault.Invalid, field: "time"},
		{name: "the retrospective of nobody", cmd: &incident.PlanRetro{Time: noon + day}, code: fault.Invalid, field: "owner"},

		{name: "the clock jumped", cmd: &incident.NoteStep{By: -3 * hour}, want: events(&incident.ClockStepped{By: -3 * hour})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			setUp(t) // ids are the same each time
			tt.run(t, d)
		})
	}
}

// An author whom the incident does not know yet is introduced before what they write,
// once, and again when they change their name.
func TestWhoWritesIsIntroduced(t *testing.T) {
	d := declared(t)
	d.actor = dee
	for _, tt := range []struct {
		name string
		want int
	}{{"Dee", 2}, {"Dee", 1}, {"Dee Q.", 2}, {"Dee Q.", 1}, {"", 1}} {
		d.actor.Name = tt.name
		recs, err := d.try(&incident.AddNote{Text: "here"})
		if err != nil {
			t.Fatal(err)
		}
		if len(recs) != tt.want || recs[len(recs)-1].Kind != "note.added" {
			t.Errorf("%q wrote %d records, want %d", tt.name, len(recs), tt.want)
		}
	}
	if got := d.state.Name(dee.ID); got != "Dee Q." {
		t.Errorf("they are called %q", got)
	}
	if got := d.state.Name(number(77)); got != "someone" {
		t.Errorf("a stranger is called %q", got)
	}
}

func TestNothingCanBeOrderedBeforeTheDeclaration(t *testing.T) {
	for _, cmd := range everyCommand() {
		if _, ok := cmd.(*incident.Declare); ok {
			continue
		}
		empty(t).refused(cmd, fault.NotFound, "")
	}
}
