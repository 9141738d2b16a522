package incident_test

import (
	"encoding/json"
	"slices"
	"testing"

	"quarterdeck/internal/incident"
)

// fromJSON is a state as it comes back from the cache.
func fromJSON(t *testing.T, s *incident.State) *incident.State {
	t.Helper()
	out := incident.NewState(s.ID)
	if err := json.Unmarshal([]byte(asJSON(t, s)), out); err != nil {
		t.Fatal(err)
	}
	return out
}

// merged is an incident that two writers have worked on apart: the clock of the second
// one is wrong by skew, and it has seen the records of the first up to a point only.
func merged(t *testing.T, seed uint64) []incident.Record {
	r := random(seed)
	a := run(t, seed, 10)
	b := empty(t)
	b.writer, b.minted = number(2), 0x9000
	b.recs = slices.Clone(a.recs)
	b.state = incident.Fold(b.id, b.recs)
	b.now = a.now + r.Int64N(2*hour) - hour
	for _, d := range []*desk{a, b} {
		for range 15 {
			d.pass(r.Int64N(5 * minute))
			if _, err := d.try(anyCommand(r, d)); err != nil {
				continue
			}
		}
	}
	seen := map[incident.ID]bool{}
	return slices.DeleteFunc(slices.Concat(a.recs, b.recs), func(x incident.Record) bool {
		known := seen[x.ID]
		seen[x.ID] = true
		return known
	})
}

func shuffled(seed uint64, recs []incident.Record) []incident.Record {
	out := slices.Clone(recs)
	random(seed).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func inOrder(recs []incident.Record) []incident.Record {
	out := slices.Clone(recs)
	slices.SortFunc(out, func(a, b incident.Record) int { return a.Pos().Compare(b.Pos()) })
	return out
}

func TestAnyOrderFoldsToTheSameState(t *testing.T) {
	for seed := range uint64(60) {
		recs := merged(t, seed)
		want := asJSON(t, incident.Fold(recs[0].Incident, recs))
		for n := range uint64(4) {
			if got := asJSON(t, incident.Fold(recs[0].Incident, shuffled(seed*10+n, recs))); got != want {
				t.Fatalf("seed %d, order %d:\n got %s\nwant %s", seed, n, got, want)
			}
		}
	}
}

// Folding does not touch what it folds.
func TestFoldLeavesTheRecordsAlone(t *testing.T) {
	recs := merged(t, 3)
	before := asJSON(t, recs)
	incident.Fold(recs[0].Incident, recs)
	if asJSON(t, recs) != before {
		t.Error("the records changed")
	}
}

// Where Advance says that it folded a record in, the state is what folding all of them
// anew would give, also when it came from the cache in between. Where it declines, it
// has changed nothing.
func TestAdvanceIsFold(t *testing.T) {
	advanced := 0
	for seed := range uint64(30) {
		recs := inOrder(merged(t, seed))
		s := incident.NewState(recs[0].Incident)
		for n := range recs {
			before := asJSON(t, s)
			want := incident.Fold(s.ID, recs[:n+1])
			if !s.Advance(&recs[n]) {
				if asJSON(t, s) != before {
					t.Fatalf("seed %d: declining record %d (%s) changed the state", seed, n, recs[n].Kind)
				}
				s = want
				continue
			}
			advanced++
			if got := asJSON(t, s); got != asJSON(t, want) {
				t.Fatalf("seed %d, record %d (%s):\n got %s\nwant %s", seed, n, recs[n].Kind, got, asJSON(t, want))
			}
			s = fromJSON(t, s)
		}
	}
	if advanced < 400 {
		t.Errorf("only %d records were advanced over", advanced)
	}
}

func TestAdvanceDeclinesWhatCameLate(t *testing.T) {
	recs := inOrder(merged(t, 1))
	for n := range recs {
		all := incident.Fold(recs[0].Incident, recs)
		if all.Advance(&recs[n]) {
			t.Errorf("record %d of %d was folded twice", n, len(recs))
		}
	}
}

// Records of which the declaration is not there, or comes last, do no harm.
func TestWithoutADeclaration(t *testing.T) {
	for seed := range uint64(20) {
		recs := inOrder(merged(t, seed))
		without := slices.DeleteFunc(slices.Clone(recs), func(r incident.Record) bool { return r.Kind == "incident.declared" })
		s := incident.Fold(recs[0].Incident, without)
		s.Row()
		s.Gate(process())
		if s.Declared.Title != "" {
			t.Error("a title out of nowhere")
		}
	}
}

// Two declarations of one incident: the first in fold order counts.
func TestDeclaredOnce(t *testing.T) {
	d := declared(t)
	d.append(d.now, &incident.Declared{Ref: "INC-9", Title: "another", Severity: "SEV1", Type: "service"})
	if d.state.Declared.Title != "checkout fails" || d.state.Severity != "SEV2" {
		t.Errorf("%s", asJSON(t, d.state.Declared))
	}
}

func TestTheCacheHoldsAllOfTheState(t *testing.T) {
	for seed := range uint64(20) {
		recs := merged(t, seed)
		s := incident.Fold(recs[0].Incident, recs)
		if back := asJSON(t, fromJSON(t, s)); back != asJSON(t, s) {
			t.Errorf("seed %d:\n got %s\nwant %s", seed, back, asJSON(t, s))
		}
	}
}

// A list row that only counts Plain records is the row of the folded incident.
func TestRowsCountPlainRecords(t *testing.T) {
	for seed := range uint64(20) {
		recs := inOrder(merged(t, seed))
		row := incident.Row{}
		for n := range recs {
			want := incident.Fold(recs[0].Incident, recs[:n+1]).Row()
			if incident.Plain(recs[n].Kind) {
				row.Count(&recs[n])
			} else {
				row = want
			}
			if row != want {
				t.Fatalf("seed %d, record %d (%s):\n got %+v\nwant %+v", seed, n, recs[n].Kind, row, want)
			}
		}
	}
}

// FuzzFold: whatever records arrive, folding them ends, and in whichever order it ends alike.
func FuzzFold(f *testing.F) {
	for _, k := range incident.Kinds() {
		_, _, body, err := incident.Encode(full(k))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(k), body, string("record.undone"), []byte(`{"record":"00000000-0000-0000-0000-000000000001"}`), int64(1))
	}
	f.Add("phase.moved", []byte(`{"phase":"closed"}`), "phase.moved", []byte(`{"phase":"limbo"}`), int64(-1))
	f.Add("severity.set", []byte(`null`), "action.opened", []byte(`{"minutes":9223372036854775807}`), int64(1)<<62)
	f.Fuzz(func(t *testing.T, k1 string, b1 []byte, k2 string, b2 []byte, at int64) {
		mk := func(n int64, k string, body []byte) incident.Record {
			return incident.Record{ID: number(uint64(n)), Writer: number(uint64(n % 2)), N: n, HLC: n, At: at, V: 1, Kind: incident.Kind(k), Body: body}
		}
		recs := []incident.Record{
			mk(1, k1, b1), mk(2, k2, b2), mk(3, "incident.declared", []byte(`{"ref":"INC-1","title":"x","severity":"SEV2"}`)), mk(4, k1, b1), mk(5, k2, b2),
		}
		for i := range recs {
			kind, v, body, err := incident.Encode(recs[i].Event())
			if err != nil || kind != recs[i].Kind || v != recs[i].V && body != nil {
				t.Fatalf("%s comes back as %s %d %v", recs[i].Kind, kind, v, err)
			}
		}
		s := incident.Fold(number(9), recs)
		want := asJSON(t, s)
		slices.Reverse(recs)
		if got := asJSON(t, incident.Fold(number(9), recs)); got != want {
			t.Fatalf("backwards %s\nforwards %s", got, want)
		}
		if s.Entries != 5 {
			t.Fatalf("%d entries", s.Entries)
		}
		s.Gate(process())
		s.Row()
		s.Span()
		for i := range process().Checklists {
			s.Items(process(), &process().Checklists[i])
		}
		tl := incident.NewTimeline()
		tl.Add(recs...)
		if len(tl.Entries()) != 5 {
			t.Fatal("an entry is missing")
		}
	})
}
