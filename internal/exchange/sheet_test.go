package exchange_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"quarterdeck/internal/account"
	"quarterdeck/internal/exchange"
	"quarterdeck/internal/incident"
)

const noon = int64(1_795_608_000_000) // 2026-11-25T12:00:00Z

// history is as many incidents as a busy company has in a year, by their records: some
// lack times, some overlap, some run on, some are drills or were entered afterwards.
func history(t *testing.T, n int) []account.Facts {
	t.Helper()
	r := rand.New(rand.NewPCG(500, 7))
	names := []string{"pay", "mail", "search", "=cmd"}
	var out []account.Facts
	for i := range n {
		var id, ana incident.ID
		id[14], id[15], ana[15] = byte(i>>8), byte(i), 1
		var recs []incident.Record
		add := func(at int64, e incident.Event) {
			kind, v, body, err := incident.Encode(e)
			if err != nil {
				t.Fatal(err)
			}
			k := int64(len(recs) + 1)
			rec := incident.Record{Incident: id, N: k, HLC: (noon + k) << 16, At: at, RecordedAt: at, Actor: ana, Kind: kind, V: v, Body: body}
			rec.ID = id
			rec.ID[0] = byte(k)
			recs = append(recs, rec)
		}
		at := noon - r.Int64N(365*24*3_600_000)
		step := func() int64 { at += int64(math.Exp(r.NormFloat64()*1.5+14)) % (12 * 3_600_000); return at }
		d := &incident.Declared{Ref: fmt.Sprintf("INC-%d", i), Title: "\"it\",\r\nfails", Severity: "SEV2", Drill: r.IntN(20) == 0, Backfill: r.IntN(10) == 0}
		for _, name := range names {
			if r.IntN(3) == 0 {
				d.Services = append(d.Services, name)
			}
		}
		if r.IntN(10) > 0 {
			d.Started = step()
		}
		if r.IntN(10) > 0 {
			d.Detected = step()
		}
		add(step(), d)
		if r.IntN(10) > 0 {
			add(at, &incident.CommandAccepted{By: ana, Term: 1})
		}
		if r.IntN(10) > 0 {
			add(step(), &incident.PhaseMoved{Phase: incident.PhaseVerify})
			add(step(), &incident.PhaseMoved{Phase: incident.PhaseResolved})
		}
		if r.IntN(15) == 0 { // somebody mistyped
			add(at, &incident.MilestoneSet{Milestone: incident.Detected, Time: at + 3_600_000})
		}
		out = append(out, account.FactsOf(id, recs, noon))
	}
	return out
}

// The figures are those that somebody else gets who has only the table.
func TestFiguresOfFiveHundredIncidentsReckonedAnew(t *testing.T) {
	facts := history(t, 500)
	var sheet bytes.Buffer
	if err := exchange.WriteSheet(&sheet, facts); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "testdata/reckon.mjs")
	cmd.Stdin = &sheet
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	type spread struct{ N, Median, P25, P75, Mean float64 }
	var theirs struct{ Live, Backfills map[string]spread }
	if err := json.Unmarshal(text, &theirs); err != nil {
		t.Fatal(err)
	}
	m := account.MetricsOf(facts, 0, 0)
	compare := func(which string, ours account.Figures, theirs map[string]spread, least int) {
		for _, s := range ours.Spans {
			a, b := s.Spread, theirs[s.ID]
			if a.N < least {
				t.Errorf("%s %s: only %d incidents, which proves little", which, s.ID, a.N)
			}
			for name, pair := range map[string][2]float64{"n": {float64(a.N), b.N}, "median": {float64(a.Median), b.Median}, "p25": {float64(a.P25), b.P25}, "p75": {float64(a.P75), b.P75}, "mean": {float64(a.Mean), b.Mean}} {
				if math.Abs(pair[0]-pair[1]) > 0.51 {
					t.Errorf("%s %s: %s is %v here and %v there", which, s.ID, name, pair[0], pair[1])
				}
			}
		}
	}
	compare("live", m.Live, theirs.Live, 30)
	compare("afterwards", m.Backfills, theirs.Backfills, 5)
}

func TestTheSheetHasNoFormulas(t *testing.T) {
	var sheet strings.Builder
	f := account.Facts{Ref: "INC-1", Title: "=HYPERLINK(\"http://x\")", Services: []string{"@pay"}, Declared: noon}
	if err := exchange.WriteSheet(&sheet, []account.Facts{f}); err != nil {
		t.Fatal(err)
	}
	if s := sheet.String(); !strings.Contains(s, `"'=HYPERLINK(""http://x"")"`) || !strings.Contains(s, "'@pay") {
		t.Errorf("got %s", s)
	}
}
