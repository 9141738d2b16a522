package account_test

import (
	"testing"
	"time"

	"quarterdeck/internal/account"
	"quarterdeck/internal/incident"
)

func at(text string) int64 {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t.UnixMilli()
}

// hurt is an incident with an impact on services; an end of 0 is one that runs.
func hurt(n byte, began, ended int64, services ...string) account.Facts {
	f := account.Facts{ID: id(n), Declared: began, Services: services, End: ended, Times: map[incident.Milestone]incident.Stamp{incident.Started: {Time: began}}}
	if ended != 0 {
		f.Times[incident.ResolvedAt] = incident.Stamp{Time: ended}
	}
	return f
}

func TestAvailabilityCountsOverlapsOnceAndSplitsAtMonths(t *testing.T) {
	relieved := hurt(3, at("2026-02-10 00:00"), at("2026-02-10 09:00"), "pay")
	relieved.Times[incident.Mitigated] = incident.Stamp{Time: at("2026-02-10 01:00"), Approx: true}
	drill := hurt(4, at("2026-02-11 00:00"), at("2026-02-12 00:00"), "pay")
	drill.Drill = true
	running := hurt(5, at("2026-03-10 10:00"), 0, "mail")
	running.End, running.Open = at("2026-03-10 12:00"), true
	now := at("2026-03-10 12:00")
	got := account.AvailabilityOf([]account.Facts{
		hurt(1, at("2026-01-31 22:00"), at("2026-02-01 02:00"), "pay", "mail"),
		hurt(2, at("2026-01-31 23:00"), at("2026-02-01 03:00"), "pay"), // an hour more than the first
		relieved, drill, running,
	}, 0, 0, now)
	if len(got) != 2 || got[0].Service != "mail" || got[1].Service != "pay" {
		t.Fatalf("services %+v", got)
	}
	down := func(a account.Available) (out []int64) {
		for _, m := range a.Months {
			out = append(out, m.Down/minute)
		}
		return out
	}
	for i, want := range [][]int64{{120, 120, 120}, {120, 180 + 60, 0}} {
		if d := down(got[i]); len(d) != 3 || d[0] != want[0] || d[1] != want[1] || d[2] != want[2] {
			t.Errorf("%s: %v minutes with an impact, want %v", got[i].Service, d, want)
		}
	}
	feb := got[1].Months[1]
	if feb.Incidents != 3 || !feb.Guessed || feb.Share() != 1_000_000-(240*1_000_000+28*24*30)/(28*24*60) {
		t.Errorf("February of pay: %+v, %d", feb, feb.Share())
	}
	if march := got[0].Months[2]; march.End != now {
		t.Errorf("March ends at %d, not now", march.End)
	}
}

func TestImpactWithoutABeginningIsNoOutage(t *testing.T) {
	f := hurt(1, at("2026-01-02 00:00"), at("2026-01-01 00:00"), "pay") // the wrong way round
	none := hurt(2, 0, at("2026-01-01 00:00"), "pay")
	endless := hurt(3, at("2026-01-01 00:00"), 0, "pay")
	endless.Open, endless.Backfill, endless.End = true, true, at("2026-02-01 00:00")
	if got := account.AvailabilityOf([]account.Facts{f, none, endless}, 0, 0, at("2026-02-01 00:00")); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestNightsAreThoseOfThePersonsOwnClock(t *testing.T) {
	l := &log{t: t}
	begin := at("2026-11-25 20:30") // 21:30 an hour to the east
	l.add(begin, ana, &incident.Declared{Ref: "INC-1", Title: "x", Severity: "SEV2"})
	l.add(begin, ana, &incident.CommandAccepted{By: ana, Term: 1})
	l.add(begin, ana, &incident.PersonNamed{Person: ana, Name: "Ana"})
	l.add(begin+10*hour, ana, &incident.PhaseMoved{Phase: incident.PhaseResolved})
	for i := range l.recs {
		l.recs[i].TZ = 60
	}
	f := account.FactsOf(team, l.recs, begin+48*hour)
	loads := account.LoadOf([]account.Facts{f, f}, 0, 0)
	if len(loads) != 1 || loads[0].Name != "Ana" || loads[0].Incidents != 2 || loads[0].Nights != 2 || loads[0].Present != 20*hour || loads[0].Night != 16*hour {
		t.Errorf("load %+v; want twice ten hours, eight of them at night", loads)
	}
}

func TestOfAService(t *testing.T) {
	got := account.Of("mail", []account.Facts{hurt(1, 1, 2, "pay", "mail"), hurt(2, 1, 2, "pay"), hurt(3, 1, 2)})
	if len(got) != 1 || got[0].ID != id(1) || len(got[0].Services) != 1 {
		t.Errorf("got %+v", got)
	}
}
