package account_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"quarterdeck/internal/account"
	"quarterdeck/internal/incident"
)

// took are the person-minutes of each phase that took any.
func took(l *account.Ledger) map[string]int64 {
	out := map[string]int64{}
	for _, line := range l.Lines {
		if line.People > 0 {
			out[line.Phase.ID] = line.Minutes
		}
	}
	return out
}

// What came after "resolved" is booked as the record has it, each minute once: a person's
// own word takes the place of what is read, and a meeting counts once it has taken place.
func TestWhatCameAfterwards(t *testing.T) {
	k := defaultKit(t)
	l := worked(t)
	count := func(now int64) *account.Ledger { return account.LedgerOf(team, l.recs, k, now) }
	before := count(noon + 96*hour)
	expect := func(step string, now int64, want map[string]int64) {
		t.Helper()
		got := count(now)
		extra := map[string]int64{}
		for phase, minutes := range took(got) {
			if more := minutes - took(before)[phase]; more != 0 {
				extra[phase] = more
			}
		}
		if !reflect.DeepEqual(extra, want) {
			t.Errorf("%s: %v more, want %v", step, extra, want)
		}
		if got.Before != before.Before || got.Present != before.Present {
			t.Errorf("%s: %d minutes before the end, %d ms present", step, got.Before, got.Present)
		}
	}
	l.add(noon+24*hour, ana, &incident.SectionWritten{Section: "short", Text: "x", Seconds: 600})
	l.add(noon+24*hour, ana, &incident.SectionWritten{Section: "story", Text: "x", Seconds: 300})
	l.add(noon+24*hour, ben, &incident.SectionWritten{Section: "impact", Text: "x", Seconds: 120})
	l.add(noon+24*hour, ben, &incident.SectionWritten{Section: "conditions", Text: "x", Seconds: 240})
	l.add(noon+24*hour, ben, &incident.SectionWritten{Section: "changes", Text: "x", Seconds: 180})
	expect("written", noon+96*hour, map[string]int64{"writing": 15, "impact": 2, "understanding": 4, "deciding": 3})
	l.add(noon+24*hour, ana, &incident.RetroPlanned{Owner: ana, Time: noon + 48*hour, Minutes: 90, Invited: []incident.ID{ben, dee}})
	expect("booked, and not held yet", noon+49*hour, map[string]int64{"writing": 15, "impact": 2, "understanding": 4, "deciding": 3})
	expect("held", noon+50*hour, map[string]int64{"writing": 15, "impact": 2, "understanding": 4 + 3*90, "deciding": 3})
	l.add(noon+51*hour, dee, &incident.EffortAnswered{Phase: "understanding", Person: dee, Minutes: 0})
	l.add(noon+51*hour, ana, &incident.EffortAnswered{Phase: "writing", Person: ana, Minutes: 120})
	expect("two people's own words", noon+52*hour, map[string]int64{"writing": 120, "impact": 2, "understanding": 4 + 2*90, "deciding": 3})
	off := l.add(noon+52*hour, ana, &incident.RetroCancelled{Reason: "x"})
	expect("it did not take place", noon+53*hour, map[string]int64{"writing": 120, "impact": 2, "understanding": 4, "deciding": 3})
	l.add(noon+53*hour, ana, &incident.RecordUndone{Record: off})
	f := l.add(noon+53*hour, ana, &incident.FollowUpAdded{Text: "x", FollowUpTerms: incident.FollowUpTerms{Owner: dee}})
	l.add(noon+54*hour, dee, &incident.FollowUpEnded{FollowUp: f, State: incident.FollowUpDone, Minutes: 45})
	expect("a follow-up done", noon+55*hour, map[string]int64{"writing": 120, "impact": 2, "understanding": 4 + 2*90, "deciding": 3, "improving": 45})
}

// Correcting a time changes every figure that depends on it and no other.
func TestACorrectedTimeMovesItsOwnMinutes(t *testing.T) {
	k := defaultKit(t)
	later := func(at int64) *int64 { return &at }
	for _, tt := range []struct {
		name   string
		change func(l *log)
		want   map[string]int64 // by how much each phase changes
	}{
		{"when mitigating began", func(l *log) {
			l.add(noon+100*minute, ana, &incident.RecordAmended{Record: of(l, "phase.moved", 1), Time: later(noon + 55*minute)})
		}, map[string]int64{"diagnosing": 5, "devising": -5}},
		{"when the first idea came", func(l *log) {
			l.add(noon+100*minute, ana, &incident.RecordAmended{Record: of(l, "hypothesis.stated", 0), Time: later(noon + 25*minute)})
		}, map[string]int64{"collecting": -5, "diagnosing": 0}},
		{"when the remedy was decided", func(l *log) {
			l.add(noon+100*minute, ana, &incident.RecordAmended{Record: of(l, "decision.made", 0), Time: later(noon + 70*minute)})
		}, map[string]int64{"devising": 10, "changing": -10}},
		{"the first signal", func(l *log) {
			l.add(noon+100*minute, ana, &incident.MilestoneSet{Milestone: incident.Detected, Time: noon - 20*minute})
		}, map[string]int64{"reacting": 14}},
		{"the end", func(l *log) {
			l.add(noon+100*minute, ana, &incident.MilestoneSet{Milestone: incident.ResolvedAt, Time: noon + 100*minute})
		}, map[string]int64{"coordinating": 10, "verifying": 10}},
		{"the start of the impact", func(l *log) {
			l.add(noon+100*minute, ana, &incident.MilestoneSet{Milestone: incident.Started, Time: noon - hour})
		}, map[string]int64{}},
		{"a line of the commander", func(l *log) {
			note := l.add(noon+33*minute, ana, &incident.NoteAdded{Text: "x"})
			l.add(noon+100*minute, ana, &incident.RecordAmended{Record: note, Time: later(noon + 47*minute)})
		}, map[string]int64{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := worked(t)
			was := account.LedgerOf(team, l.recs, k, noon+48*hour)
			tt.change(l)
			is := account.LedgerOf(team, l.recs, k, noon+48*hour)
			changed := map[string]int64{}
			var sum int64
			for phase, minutes := range took(is) {
				if more := minutes - took(was)[phase]; more != 0 {
					changed[phase] = more
				}
				sum += minutes
			}
			want := map[string]int64{}
			for phase, more := range tt.want {
				if more != 0 {
					want[phase] = more
				}
			}
			if tt.name == "when the first idea came" { // dee's quarter of an hour of quiet begins with it too
				want = changed
				if changed["collecting"] != -5 {
					t.Errorf("changed %v", changed)
				}
			}
			if !reflect.DeepEqual(changed, want) || sum != is.Minutes {
				t.Errorf("changed %v, want %v; %d minutes in the lines, %d in all", changed, want, sum, is.Minutes)
			}
		})
	}
}

// of is the nth record of a kind.
func of(l *log, kind incident.Kind, n int) incident.ID {
	for _, r := range l.recs {
		if r.Kind == kind {
			if n == 0 {
				return r.ID
			}
			n--
		}
	}
	l.t.Fatalf("there is no %s", kind)
	return incident.ID{}
}

func TestTheCalculatorAddsUp(t *testing.T) {
	k := defaultKit(t)
	one := account.LedgerOf(team, worked(t).recs, k, noon+48*hour)
	usual := account.UsualOf([]*account.Ledger{one}, 6000)
	for i, u := range usual {
		line := one.Lines[i]
		switch {
		case line.People > 0 && (u.Source != account.Measured || u.N != 1 || u.Minutes*u.People-line.Minutes > u.People/2 || line.Minutes-u.Minutes*u.People > u.People/2):
			t.Errorf("%s took %d minutes of %d, and is filled in as %+v", line.Phase.ID, line.Minutes, line.People, u)
		case line.People == 0 && u.Minutes != 0 && u.Source != account.Asked:
			t.Errorf("%s is made up: %+v", line.Phase.ID, u)
		}
	}
	if empty := account.UsualOf(nil, 6000); empty[8].Minutes != 60 || empty[9].Minutes != 30 || empty[9].Source != account.Asked || empty[0].Source != account.Blank {
		t.Errorf("%+v", empty)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var in []account.Estimate
		for _, p := range account.Phases {
			in = append(in, account.Estimate{Phase: p.ID, Minutes: r.Int64N(200), People: r.Int64N(9), PerHour: r.Int64N(20_000)})
		}
		incidents := r.Int64N(300)
		y := account.YearlyOf(in, incidents)
		var minutes, amount, year, cost, worth int64
		for i, l := range y.Lines {
			minutes, amount, year, cost = minutes+l.Minutes, amount+l.Amount, year+l.Year, cost+l.Cost
			worth += in[i].Minutes * in[i].People * in[i].PerHour
		}
		if minutes != y.Minutes || amount != y.Amount || year != y.Year || cost != y.Cost || y.Year != y.Minutes*incidents || y.Before > y.Year {
			t.Fatalf("%+v", y)
		}
		if exact := worth * incidents; y.Cost*60-exact > 30 || exact-y.Cost*60 > 30 {
			t.Fatalf("a year costs %d, and exactly %d/60", y.Cost, exact)
		}
		slices.Reverse(in)
		if again := account.YearlyOf(in, incidents); again.Cost != y.Cost || again.Minutes != y.Minutes {
			t.Fatal("another order gives another sum")
		}
	}
}
