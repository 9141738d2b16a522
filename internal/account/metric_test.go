package account_test

import (
	"slices"
	"testing"

	"quarterdeck/internal/account"
	"quarterdeck/internal/incident"
)

// promised is an incident whose customers were told at 5 and 40 minutes, the second time
// ten minutes late, and whose last promise was kept by resolving.
func promised(t *testing.T) *log {
	l := &log{t: t}
	l.add(noon, ana, &incident.Declared{Ref: "INC-1", Title: "x", Severity: "SEV2", Provisional: true, Started: noon - 20*minute, Detected: noon - 5*minute, Services: []string{"pay"}})
	l.add(noon, ana, &incident.CommandAccepted{By: ana, Term: 1})
	l.add(noon+4*minute, ana, &incident.SeveritySet{Severity: "SEV1"})
	tell := func(at, next int64) {
		u := l.add(at, ana, &incident.UpdateRequested{Audience: "customers", State: incident.Investigating, Text: "we know", Next: next, Route: incident.RouteHand})
		l.add(at, ana, &incident.DeliveryConfirmed{Update: u, Route: incident.RouteHand, Audience: "customers"})
	}
	tell(noon+5*minute, noon+30*minute)
	tell(noon+40*minute, noon+70*minute)
	tell(noon+60*minute, noon+90*minute)
	l.add(noon+80*minute, ana, &incident.PhaseMoved{Phase: incident.PhaseVerify})
	l.add(noon+85*minute, ana, &incident.PhaseMoved{Phase: incident.PhaseResolved})
	return l
}

func TestFacts(t *testing.T) {
	f := account.FactsOf(team, promised(t).recs, noon+48*hour)
	if f.Kept != 1 || len(f.Late) != 1 || f.Late[0].By != 10*minute {
		t.Errorf("kept %d, late %+v; want one kept, one late by ten minutes, and nothing owed after the end", f.Kept, f.Late)
	}
	m := account.MetricsOf([]account.Facts{f}, 0, 0)
	want := map[string]int64{"mttd": 15, "mtta": 5, "declare": 5, "mitigate": 100, "mttr": 85}
	for _, s := range m.Live.Spans {
		if ms, ok := want[s.ID]; ok && (s.Spread.N != 1 || s.Spread.Median != ms*minute) {
			t.Errorf("%s: %+v, want %d minutes", s.ID, s.Spread, ms)
		}
	}
	if m.Live.InFive != (account.Share{Of: 1, All: 1}) {
		t.Errorf("assessed in five minutes: %+v", m.Live.InFive)
	}
}

func TestACorrectedTimeChangesWhatDependsOnItAndNothingElse(t *testing.T) {
	l := promised(t)
	before := account.FiguresOf([]account.Facts{account.FactsOf(team, l.recs, noon+48*hour)})
	l.add(noon+2*hour, ana, &incident.MilestoneSet{Milestone: incident.Detected, Time: noon - 15*minute})
	after := account.FiguresOf([]account.Facts{account.FactsOf(team, l.recs, noon+48*hour)})
	for i, s := range after.Spans {
		changed := s.Spread != before.Spans[i].Spread
		if depends := slices.Contains([]string{"mttd", "mtta", "declare"}, s.ID); changed != depends {
			t.Errorf("%s changed: %v, want %v", s.ID, changed, depends)
		}
	}
}

func TestWhatLacksATimeIsLeftOutAndNamed(t *testing.T) {
	l := &log{t: t}
	l.add(noon, ana, &incident.Declared{Ref: "INC-9", Title: "x", Severity: "SEV2"})
	m := account.MetricsOf([]account.Facts{account.FactsOf(team, l.recs, noon+hour)}, 0, 0)
	for _, s := range m.Live.Spans {
		if s.Spread.N != 0 || len(s.Missing) != 1 || s.Missing[0].Ref != "INC-9" || !s.Missing[0].Open {
			t.Errorf("%s: %+v, missing %v", s.ID, s.Spread, s.Missing)
		}
	}
}

func TestDrillsAndBackfillsAreApart(t *testing.T) {
	f := account.FactsOf(team, promised(t).recs, noon+48*hour)
	drill, after, early := f, f, f
	drill.Drill, after.Backfill, early.Declared = true, true, noon-hour
	m := account.MetricsOf([]account.Facts{f, drill, after, early}, noon, noon+hour)
	if m.Live.Incidents != 1 || m.Backfills.Incidents != 1 || m.Drills != 1 {
		t.Errorf("%d live, %d after the fact, %d drills; want one each", m.Live.Incidents, m.Backfills.Incidents, m.Drills)
	}
	if m.Backfills.InFive.All != 0 || m.Backfills.Promises != (account.Promises{}) {
		t.Errorf("an incident entered afterwards promised nobody anything: %+v", m.Backfills)
	}
}

func TestBetweenIncidentsOfAService(t *testing.T) {
	fact := func(n byte, service string, started, resolved int64) account.Facts {
		f := account.Facts{ID: id(n), Ref: "INC-" + string('0'+n), Declared: noon + int64(n), Times: map[incident.Milestone]incident.Stamp{incident.Started: {Time: started}}}
		if service != "" {
			f.Services = []string{service}
		}
		if resolved != 0 {
			f.Times[incident.ResolvedAt] = incident.Stamp{Time: resolved}
		}
		return f
	}
	m := account.FiguresOf([]account.Facts{
		fact(1, "pay", noon, noon+hour),
		fact(2, "pay", noon+30*minute, noon+40*minute), // within the first: no gap
		fact(3, "pay", noon+5*hour, noon+6*hour),       // four hours after the first
		fact(4, "mail", noon+2*hour, 0),                // never resolved
		fact(5, "mail", noon+9*hour, noon+10*hour),     // so this one has no gap
		fact(6, "", noon+7*hour, noon+8*hour),          // of no service: their own row
		fact(7, "", noon+10*hour, 0),
	})
	gaps := m.Spans[len(m.Spans)-1]
	var got []int64
	for _, d := range gaps.Dots {
		got = append(got, d.Span/hour)
	}
	slices.Sort(got)
	if !slices.Equal(got, []int64{2, 4}) {
		t.Errorf("gaps of %v hours, want 2 and 4", got)
	}
}

// What goes on in another incident is counted there, not twice.
func TestWhatWasMergedDoesNotCount(t *testing.T) {
	l := promised(t)
	l.add(noon+2*minute, ana, &incident.Linked{Other: incident.ID{9}, Ref: "INC-2", How: incident.LinkMerged})
	f := account.FactsOf(team, l.recs, noon+48*hour)
	if m := account.MetricsOf([]account.Facts{f}, 0, 0); m.Aside != 1 || m.Live.Incidents != 0 {
		t.Errorf("%d aside, %d counted", m.Aside, m.Live.Incidents)
	}
	if got := account.LoadOf([]account.Facts{f}, 0, 0); len(got) != 0 {
		t.Errorf("its hours count: %+v", got)
	}
}
