package account_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"quarterdeck/internal/account"
	"quarterdeck/internal/incident"
)

// worked is an hour and a half of three people.
func worked(t *testing.T) *log {
	l := &log{t: t}
	l.add(noon, ana, &incident.Declared{Ref: "INC-1", Title: "x", Severity: "SEV2", Provisional: true, Detected: noon - 6*minute})
	l.add(noon, ana, &incident.CommandAccepted{By: ana, Term: 1})
	l.add(noon+5*minute, ana, &incident.SeveritySet{Severity: "SEV1"})
	l.add(noon+10*minute, ana, &incident.PhaseMoved{Phase: incident.PhaseInvestigate})
	l.add(noon+10*minute, ana, &incident.RoleAssigned{Role: "operations", Person: ben})
	trace := l.add(noon+20*minute, ana, &incident.ActionOpened{Text: "trace", Owner: dee, Minutes: 10})
	l.add(noon+30*minute, dee, &incident.HypothesisStated{Text: "the cache"})
	l.add(noon+40*minute, ana, &incident.ActionClosed{Action: trace})
	l.add(noon+50*minute, ana, &incident.PhaseMoved{Phase: incident.PhaseMitigate})
	l.add(noon+60*minute, ana, &incident.DecisionMade{Text: "roll back"})
	l.add(noon+80*minute, ana, &incident.PhaseMoved{Phase: incident.PhaseVerify})
	l.add(noon+90*minute, ana, &incident.PhaseMoved{Phase: incident.PhaseResolved})
	return l
}

func TestLedger(t *testing.T) {
	l := worked(t)
	got := account.LedgerOf(team, l.recs, defaultKit(t), noon+48*hour)
	want := map[string]struct {
		minutes int64
		source  account.Source
	}{
		"reacting":     {6, account.Measured},
		"coordinating": {90, account.Measured}, // the commander, from taking it on to the end
		"collecting":   {20, account.Inferred}, // ben, until the first idea
		"diagnosing":   {45, account.Inferred}, // ben, from the idea; dee's action of twenty minutes, and five until she was quiet
		"devising":     {10, account.Inferred}, // ben
		"changing":     {20, account.Inferred}, // ben, from the decision
		"verifying":    {10, account.Measured}, // ben
	}
	var sum, amount int64
	for _, line := range got.Lines {
		sum, amount = sum+line.Minutes, amount+line.Amount
		w := want[line.Phase.ID]
		if line.Minutes != w.minutes {
			t.Errorf("%s took %d minutes, want %d", line.Phase.ID, line.Minutes, w.minutes)
		}
		if w.source != "" && line.Source != w.source {
			t.Errorf("%s is %s, want %s", line.Phase.ID, line.Source, w.source)
		}
	}
	// The commander's 6 and 90 and dee's 25 at 60 an hour, ben's 80 at 90.
	if sum != got.Minutes || sum != 201 || amount != got.Amount || amount != 121*100+80*150 {
		t.Errorf("%d minutes of %d, %d cents of %d", sum, got.Minutes, amount, got.Amount)
	}
	if got.Present != (90+80+25)*minute {
		t.Errorf("present for %d minutes, want 195", got.Present/minute)
	}
}

func TestAnswersFillTheBlanks(t *testing.T) {
	l := worked(t)
	before := account.LedgerOf(team, l.recs, defaultKit(t), noon+48*hour)
	l.add(noon+24*hour, ben, &incident.EffortAnswered{Phase: "refocusing", Person: ben, Minutes: 25})
	l.add(noon+24*hour, ben, &incident.EffortAnswered{Phase: "refocusing", Person: ben, Minutes: 45}) // the later word holds
	l.add(noon+24*hour, dee, &incident.EffortAnswered{Phase: "writing", Person: dee, Minutes: 60})
	after := account.LedgerOf(team, l.recs, defaultKit(t), noon+48*hour)
	if after.Minutes-before.Minutes != 105 || after.Before != before.Before || after.Present != before.Present {
		t.Errorf("%d minutes more, %d before the end, want 105 and none", after.Minutes-before.Minutes, after.Before-before.Before)
	}
	if len(before.Blanks)-len(after.Blanks) != 2 {
		t.Errorf("%d blanks were filled, want 2", len(before.Blanks)-len(after.Blanks))
	}
}

// Every person-minute between taking it on and resolving it is booked exactly once, in
// whatever order the records come.
func TestTheLedgerBooksEveryMinuteOnceInAnyOrder(t *testing.T) {
	k := defaultKit(t)
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 7))
		l := &log{t: t}
		l.add(noon, ana, &incident.Declared{Ref: "INC-1", Title: "x", Severity: "SEV2"})
		l.add(noon, ana, &incident.CommandAccepted{By: ana, Term: 1})
		people, roles := []incident.ID{ana, ben, dee}, []string{"operations", "communications", "scribe", "deputy"}
		var open []incident.ID
		for term := 1; len(l.recs) < 40; {
			at := noon + int64(r.IntN(300))*minute + int64(r.IntN(60_000))
			p := people[r.IntN(3)]
			switch r.IntN(8) {
			case 0:
				l.add(at, p, &incident.PhaseMoved{Phase: incident.Phases[r.IntN(7)]})
			case 1:
				l.add(at, p, &incident.RoleAssigned{Role: roles[r.IntN(4)], Person: p})
			case 2:
				l.add(at, p, &incident.RoleReleased{Role: roles[r.IntN(4)]})
			case 3:
				open = append(open, l.add(at, p, &incident.ActionOpened{Text: "x", Owner: p}))
			case 4:
				if len(open) > 0 {
					l.add(at, p, &incident.ActionClosed{Action: open[r.IntN(len(open))]})
				}
			case 5:
				term++
				l.add(at, p, &incident.CommandAccepted{By: p, Term: term})
			case 6:
				l.add(at, p, &incident.NoteAdded{Text: "x"})
			case 7:
				l.add(at, p, &incident.DecisionMade{Text: "x"})
			}
		}
		l.add(noon+5*hour, ana, &incident.PhaseMoved{Phase: incident.PhaseResolved})
		got := account.LedgerOf(team, l.recs, k, noon+48*hour)
		var booked int64
		for _, line := range got.Lines {
			booked += line.Minutes
		}
		if booked != got.Minutes || got.Minutes != (got.Present+minute/2)/minute {
			t.Fatalf("seed %d: %d minutes in the lines, %d in all, %d ms present", seed, booked, got.Minutes, got.Present)
		}
		r.Shuffle(len(l.recs), func(i, j int) { l.recs[i], l.recs[j] = l.recs[j], l.recs[i] })
		if again := account.LedgerOf(team, l.recs, k, noon+48*hour); !reflect.DeepEqual(got, again) {
			t.Fatalf("seed %d: another order of the records gives another ledger", seed)
		}
	}
}

func TestThePhasesAreThoseThatAnAnswerMayName(t *testing.T) {
	var got []string
	for _, p := range account.Phases {
		got = append(got, p.ID)
	}
	if !reflect.DeepEqual(got, incident.Efforts) {
		t.Errorf("got %v, want %v", got, incident.Efforts)
	}
}
