package cadence_test

import (
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

func TestPromises(t *testing.T) {
	sev := func(id string) incident.Event { return &incident.SeveritySet{Severity: id, Reason: "so it is"} }
	phase := func(p incident.Phase) incident.Event { return &incident.PhaseMoved{Phase: p} }
	moved := func(next int64) incident.Event { return &incident.PromiseMoved{Audience: "support", Next: noon + next} }
	tests := []struct {
		name    string
		given   *live
		support string
	}{
		{"first notice of the worst", begin(t, "SEV1"), "from 0 early 2 due 5 first"},
		{"first notice", begin(t, "SEV2"), "from 0 early 12 due 15 first"},
		{"first notice of the provisional one", begin(t, ""), "from 0 early 12 due 15 first"},
		{"first notice far off", begin(t, "SEV3"), "from 0 early 48 due 60 first"},
		{"nothing owed", begin(t, "SEV4"), "none"},
		{"a severity of another kit", begin(t, "P1"), "none"},
		{"told", begin(t, "SEV2").told("support", 10*minute, 40*minute), "from 10 early 34 due 40"},
		{"told again", begin(t, "SEV2").told("support", 10*minute, 40*minute).told("support", 30*minute, 60*minute), "from 30 early 54 due 60"},
		{"told without a next time", begin(t, "SEV2").told("support", 10*minute, 0), "none"},
		{"told somebody else", begin(t, "SEV2").told("customers", 10*minute, 40*minute), "from 0 early 12 due 15 first"},
		{"told somebody to whom nothing was owed", begin(t, "SEV4").told("support", 10*minute, 40*minute), "from 10 early 34 due 40"},
		{"written and not sent", begin(t, "SEV2").on(minute, &incident.UpdateRequested{Audience: "support", Next: noon + hour, Route: "chat"}), "from 0 early 12 due 15 first"},
		{"another time before any notice", begin(t, "SEV2").on(minute, moved(31*minute)), "from 1 early 25 due 31 first"},
		{"another time", begin(t, "SEV2").told("support", 0, 30*minute).on(29*minute, moved(59*minute)), "from 29 early 53 due 59"},
		// early is at four fifths, at least three minutes before, never before the beginning
		{"an hour", begin(t, "SEV2").told("support", 0, 60*minute), "from 0 early 48 due 60"},
		{"fifteen minutes: three before", begin(t, "SEV2").told("support", 0, 15*minute), "from 0 early 12 due 15"},
		{"ten minutes", begin(t, "SEV2").told("support", 0, 10*minute), "from 0 early 7 due 10"},
		{"three minutes", begin(t, "SEV2").told("support", 0, 3*minute), "from 0 early 0 due 3"},
		{"one minute", begin(t, "SEV2").told("support", 0, minute), "from 0 early 0 due 1"},
		{"a promise whose record was dated after it", begin(t, "SEV2").told("support", 20*minute, 10*minute), "from 20 early 10 due 10"},
		// raising shortens, lowering never lengthens what was told
		{"raised afterwards", begin(t, "SEV3").told("support", 0, 60*minute).on(5*minute, sev("SEV1")), "from 0 early 12 due 15"},
		{"raised by one step", begin(t, "SEV3").told("support", 0, 60*minute).on(5*minute, sev("SEV2")), "from 0 early 24 due 30"},
		{"raised late: due at once", begin(t, "SEV3").told("support", 0, 60*minute).on(40*minute, sev("SEV1")), "from 0 early 32 due 40"},
		{"raised before it was told", begin(t, "SEV3").on(minute, sev("SEV1")).told("support", 5*minute, 65*minute), "from 5 early 53 due 65"},
		{"raised and told a new time", begin(t, "SEV3").told("support", 0, 60*minute).on(5*minute, sev("SEV1")).on(6*minute, moved(66*minute)), "from 6 early 54 due 66"},
		{"raised to a level with a longer interval than promised", begin(t, "SEV2").told("support", 0, 5*minute).on(minute, sev("SEV1")), "from 0 early 2 due 5"},
		{"lowered", begin(t, "SEV1").told("support", 0, 15*minute).on(minute, sev("SEV3")), "from 0 early 12 due 15"},
		{"lowered to nothing owed", begin(t, "SEV1").told("support", 0, 15*minute).on(minute, sev("SEV4")), "from 0 early 12 due 15"},
		{"raised, then lowered again", begin(t, "SEV3").told("support", 0, 60*minute).on(minute, sev("SEV1")).on(2*minute, sev("SEV3")), "from 0 early 48 due 60"},
		{"raised by two, lowered by one", begin(t, "SEV3").told("support", 0, 60*minute).on(minute, sev("SEV1")).on(2*minute, sev("SEV2")), "from 0 early 24 due 30"},
		{"a first notice, raised", begin(t, "SEV3").on(minute, sev("SEV1")), "from 1 early 3 due 6 first"},
		{"a first notice, raised when nothing had been owed", begin(t, "SEV4").on(3*hour, sev("SEV1")), "from 180 early 182 due 185 first"},
		{"a first notice, raised when it was nearly due", begin(t, "SEV3").on(58*minute, sev("SEV1")), "from 0 early 48 due 60 first"},
		{"a first notice, raised twice", begin(t, "SEV3").on(50*minute, sev("SEV2")).on(58*minute, sev("SEV1")), "from 0 early 48 due 60 first"},
		{"a first notice, raised twice in time", begin(t, "SEV3").on(10*minute, sev("SEV2")).on(12*minute, sev("SEV1")), "from 12 early 14 due 17 first"},
		{"a first notice, lowered", begin(t, "SEV1").on(minute, sev("SEV3")), "from 0 early 48 due 60 first"},
		// the end, and what comes back
		{"resolved", begin(t, "SEV2").told("support", 0, 30*minute).on(minute, phase("resolved")), "none"},
		{"closed", begin(t, "SEV2").on(minute, phase("closed")), "none"},
		{"it came back", begin(t, "SEV2").told("support", 0, 30*minute).on(minute, phase("resolved")).on(2*minute, phase("mitigate")), "from 0 early 24 due 30"},
		{"it came back after they were told that it is over", begin(t, "SEV2").on(minute, phase("resolved")).over("support", 2*minute).on(20*minute, phase("mitigate")), "from 20 early 32 due 35"},
		{"it came back before anybody was told", begin(t, "SEV2").on(minute, phase("resolved")).on(2*minute, phase("mitigate")), "from 0 early 12 due 15 first"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := brief(tt.given.find(cadence.Promise, "support")); got != tt.support {
				t.Errorf("got %s, want %s", got, tt.support)
			}
			if d := tt.given.find(cadence.Promise, "leadership"); d != nil {
				t.Errorf("leadership is owed nothing and has %s", brief(d))
			}
		})
	}
}

func TestWhatIsEnteredAfterwardsRingsNothing(t *testing.T) {
	l := &live{t: t, kit: process()}
	l.on(0, &incident.Declared{Ref: "INC-1", Severity: "SEV1", Backfill: true, Provisional: true}, &incident.CommandAccepted{By: ana, Term: 1}, &incident.CommandOffered{To: ben})
	l.on(0, &incident.ActionOpened{Text: "x", Owner: ben, Minutes: 5}).told("support", 0, minute)
	if ds := l.deadlines(); len(ds) != 0 {
		t.Errorf("%d deadlines", len(ds))
	}
}

func TestNothingRingsWithoutADeclaration(t *testing.T) {
	if ds := cadence.Deadlines(incident.NewState(number(1)), process()); len(ds) != 0 {
		t.Errorf("%d deadlines", len(ds))
	}
	if ds := cadence.Deadlines(begin(t, "SEV1").state(), &kit.Kit{}); len(ds) != 3 || ds[0].Kind != cadence.Quiet || ds[1].Kind != cadence.Help || ds[2].Kind != cadence.Duty {
		t.Errorf("with an empty kit: %d deadlines", len(ds))
	}
}

func TestOtherDeadlines(t *testing.T) {
	op := &incident.RoleAssigned{Role: "operations", Person: ben}
	boxed := begin(t, "SEV4").on(minute, &incident.ActionOpened{Text: "look", Owner: ben, Minutes: 5})
	action := boxed.last()
	tests := []struct {
		name    string
		given   *live
		kind    cadence.Kind
		subject string
		want    string
	}{
		{"an action", boxed, cadence.Action, action.String(), "from 1 early 6 due 6"},
		{"an action given more time", begin(t, "SEV4").on(minute, &incident.ActionOpened{Text: "look", Owner: ben, Minutes: 5}).on(4*minute, &incident.ActionExtended{Action: action, Minutes: 5}), cadence.Action, action.String(), "from 1 early 9 due 9"},
		{"an action without a time box", begin(t, "SEV4").on(minute, &incident.ActionOpened{Text: "look", Owner: ben}), cadence.Action, action.String(), "none"},
		{"an action that is done", begin(t, "SEV4").on(minute, &incident.ActionOpened{Text: "look", Owner: ben, Minutes: 5}).on(4*minute, &incident.ActionClosed{Action: action}), cadence.Action, action.String(), "none"},
		{"not judged", begin(t, ""), cadence.Assess, "", "from 0 early 5 due 5"},
		{"judged from the first", begin(t, "SEV2"), cadence.Assess, "", "none"},
		{"judged", begin(t, "").on(minute, &incident.SeveritySet{Severity: "SEV2"}), cadence.Assess, "", "none"},
		{"a role", begin(t, "SEV2"), cadence.Role, "operations", "from 0 early 10 due 10"},
		{"a role that is held", begin(t, "SEV2").on(minute, op), cadence.Role, "operations", "none"},
		{"a role that was held", begin(t, "SEV2").on(minute, op).on(hour, &incident.RoleReleased{Role: "operations"}), cadence.Role, "operations", "from 0 early 10 due 10"},
		{"a role that the level does not ask for", begin(t, "SEV3"), cadence.Role, "operations", "none"},
		{"command is held", begin(t, "SEV1"), cadence.Role, kit.Commander, "none"},
		{"no offer", begin(t, "SEV2"), cadence.Command, ben.String(), "none"},
		{"an offer", begin(t, "SEV2").on(minute, &incident.CommandOffered{To: ben}), cadence.Command, ben.String(), "from 1 early 11 due 11"},
		{"an offer taken", begin(t, "SEV2").on(minute, &incident.CommandOffered{To: ben}).on(2*minute, &incident.CommandAccepted{By: ben, Term: 2}), cadence.Command, ben.String(), "none"},
		{"long on duty", begin(t, "SEV4"), cadence.Duty, ana.String(), "from 0 early 180 due 240"},
		{"a handoff is offered", begin(t, "SEV4").on(hour, &incident.CommandOffered{To: ben}), cadence.Duty, ana.String(), "none"},
		{"nothing is written", begin(t, "SEV4").on(minute, &incident.NoteAdded{Text: "x"}), cadence.Quiet, "", "from 1 early 16 due 16"},
		{"whoever took over begins anew", begin(t, "SEV4").on(hour, &incident.CommandAccepted{By: ben, Term: 2}), cadence.Duty, ben.String(), "from 60 early 240 due 300"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := brief(tt.given.find(tt.kind, tt.subject)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestDeadlinesInOrder(t *testing.T) {
	l := begin(t, "").on(minute, &incident.ActionOpened{Text: "x", Owner: ben, Minutes: 120}, &incident.CommandOffered{To: ben}).told("support", 0, 20*minute)
	ds := l.deadlines()
	if len(ds) != 8 {
		t.Errorf("%d deadlines", len(ds))
	}
	if !slices.IsSortedFunc(ds, func(a, b cadence.Deadline) int { return int(a.Due - b.Due) }) {
		t.Errorf("not in order: %v", ds)
	}
}

// A key stands for one deadline at one time, through restarts, and for no other.
func TestKeys(t *testing.T) {
	l := begin(t, "").on(minute, &incident.ActionOpened{Text: "x", Owner: ben, Minutes: 5}, &incident.ActionOpened{Text: "x", Owner: ben, Minutes: 5}, &incident.CommandOffered{To: ben})
	seen, topics := map[string]bool{}, map[string]bool{}
	for _, d := range l.deadlines() {
		if seen[d.Key] || topics[d.Topic()] || len(d.Key) > 300 || !strings.HasPrefix(d.Key, d.Topic()+"/") {
			t.Errorf("the key %q of %q", d.Key, d.Topic())
		}
		seen[d.Key], topics[d.Topic()] = true, true
	}
	for _, d := range l.on(2*minute, &incident.NoteAdded{Text: "x"}).deadlines() {
		if !seen[d.Key] && d.Kind != cadence.Quiet {
			t.Errorf("a note changed the key to %q", d.Key)
		}
	}
	before := *l.find(cadence.Promise, "support")
	after := l.told("support", 3*minute, hour).find(cadence.Promise, "support")
	if before.Key == after.Key || before.Topic() != after.Topic() {
		t.Errorf("the key of the next promise is %q after %q", after.Key, before.Key)
	}
}

// A snooze silences one deadline; the next one of the same topic sounds again.
func TestSnoozes(t *testing.T) {
	l := begin(t, "SEV2").told("support", 0, 10*minute)
	key := l.find(cadence.Promise, "support").Key
	l.on(10*minute, &incident.DeadlineSnoozed{Deadline: key, Until: noon + 15*minute})
	l.on(15*minute, &incident.DeadlineSnoozed{Deadline: key, Until: noon + 20*minute})
	d := l.find(cadence.Promise, "support")
	if d.Silent != noon+20*minute || d.Snoozes != 2 || d.Due != noon+10*minute || d.Look(noon+16*minute) != cadence.Warning {
		t.Errorf("%+v: a snooze silences, and it stays as due as it is", d)
	}
	if d := l.find(cadence.Promise, "customers"); d.Silent != 0 || d.Snoozes != 0 {
		t.Errorf("customers are snoozed too: %+v", d)
	}
	if d := l.told("support", 21*minute, 51*minute).find(cadence.Promise, "support"); d.Silent != 0 || d.Snoozes != 0 {
		t.Errorf("the next promise begins snoozed: %+v", d)
	}
}
