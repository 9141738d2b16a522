package cockpit_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/kit/load"
	"quarterdeck/internal/store"
)

// desk is a cockpit on a real file, with somebody at it.
type desk struct {
	*cockpit.Cockpit
	t     testing.TB
	store *store.Store
	clock *clock.Fake
	me    incident.Person
}

var start = time.Date(2026, 3, 2, 13, 59, 0, 0, time.UTC)

func sit(t testing.TB, dir string) *desk {
	t.Helper()
	st, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	k, err := load.Default()
	if err != nil {
		t.Fatal(err)
	}
	clk := clock.NewFake(start)
	c, err := cockpit.New(st, clk, k, store.NewID)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{Cockpit: c, t: t, store: st, clock: clk}
	if d.me, err = c.Person(t.Context(), incident.ID{}, "ana"); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) declare(title string) incident.ID {
	d.t.Helper()
	id, err := d.Declare(d.t.Context(), incident.ID{}, d.me, 0, incident.Declare{Declared: incident.Declared{Title: title}})
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

func (d *desk) do(id incident.ID, cmd incident.Command) []incident.Record {
	d.t.Helper()
	recs, err := d.Do(d.t.Context(), cockpit.Order{Incident: id, Actor: d.me, Command: cmd})
	if err != nil {
		d.t.Fatalf("%T: %v", cmd, err)
	}
	return recs
}

func (d *desk) state(id incident.ID) (s incident.State) {
	d.t.Helper()
	if err := d.View(d.t.Context(), id, func(l *cockpit.Live) error { s = *l.State; return nil }); err != nil {
		d.t.Fatal(err)
	}
	return s
}

func TestDeclareNeedsOnlyATitle(t *testing.T) {
	d := sit(t, t.TempDir())
	s := d.state(d.declare("checkout fails"))
	if s.Declared.Ref != "INC-1" || s.Severity != incident.ProvisionalSeverity || !s.Provisional || s.Name(s.Command.Holder) != "ana" || s.Command.Term != 1 {
		t.Fatalf("declared as %+v", s)
	}
	ds, err := d.Deadlines(t.Context())
	if err != nil || len(ds) == 0 {
		t.Fatalf("no promise runs: %v %v", ds, err)
	}
}

func TestReferencesOfTwoProcessesDiffer(t *testing.T) {
	dir := t.TempDir()
	a, b := sit(t, dir), sit(t, dir)
	var wg sync.WaitGroup
	for _, d := range []*desk{a, b} {
		wg.Go(func() {
			for i := range 10 {
				if _, err := d.Declare(t.Context(), incident.ID{}, d.me, 0, incident.Declare{Declared: incident.Declared{Title: fmt.Sprint("one ", i)}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	rows, err := a.store.Rows(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range rows {
		seen[r.Ref] = true
	}
	if len(seen) != 20 {
		t.Fatalf("%d references for 20 incidents", len(seen))
	}
}

func TestADecisionIsMadeAnewWhenAnotherProcessWrote(t *testing.T) {
	dir := t.TempDir()
	a, b := sit(t, dir), sit(t, dir)
	id := a.declare("checkout fails")
	a.state(id)
	b.do(id, &incident.MovePhase{Phase: incident.PhaseAssess})
	_, err := a.Do(t.Context(), cockpit.Order{Incident: id, Actor: a.me, Command: &incident.MovePhase{Phase: incident.PhaseAssess}})
	if !fault.Is(err, fault.Conflict) {
		t.Fatalf("the second move to the same phase: %v", err)
	}
	a.do(id, &incident.MovePhase{Phase: incident.PhaseCommunicate})
	if got := b.state(id).Phase; got != incident.PhaseAssess {
		t.Fatalf("b sees %s before it follows", got)
	}
	if err := b.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := b.state(id).Phase; got != incident.PhaseCommunicate {
		t.Fatalf("b sees %s after it follows", got)
	}
}

func TestARepeatedOrderIsDoneOnce(t *testing.T) {
	d := sit(t, t.TempDir())
	id := d.declare("checkout fails")
	rec, err := store.NewID()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := d.Do(t.Context(), cockpit.Order{Incident: id, ID: rec, Actor: d.me, Command: &incident.AddNote{Text: "once"}}); err != nil {
			t.Fatal(err)
		}
	}
	recs, err := d.store.Records(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range recs {
		if r.Kind == "note.added" {
			n++
		}
	}
	if n != 1 {
		t.Fatalf("%d notes", n)
	}
}

func TestWatchersHearEveryRecordOnceInOrder(t *testing.T) {
	dir := t.TempDir()
	a, b := sit(t, dir), sit(t, dir)
	id := a.declare("checkout fails")
	var heard []int64
	err := a.Watch(t.Context(), func(changes []cockpit.Change) {
		for _, ch := range changes {
			for _, r := range ch.Records {
				heard = append(heard, r.Cursor)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 50 {
		d := []*desk{a, b}[i%2]
		d.do(id, &incident.AddNote{Text: fmt.Sprint(i)})
	}
	if err := a.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	last, err := a.store.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(heard) == 0 || heard[len(heard)-1] != last {
		t.Fatalf("heard up to %v of %d", heard, last)
	}
	for i := 1; i < len(heard); i++ {
		if heard[i] != heard[i-1]+1 {
			t.Fatalf("heard %d after %d", heard[i], heard[i-1])
		}
	}
}

func TestAnImportedIncidentStaysSilentUntilSomebodyActsInIt(t *testing.T) {
	here, there := sit(t, t.TempDir()), sit(t, t.TempDir())
	id := there.declare("checkout fails")
	recs, err := there.store.Records(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := here.store.Import(t.Context(), id, recs, nil); err != nil {
		t.Fatal(err)
	}
	if ds, err := here.Deadlines(t.Context()); err != nil || len(ds) != 0 {
		t.Fatalf("an imported incident rings: %v %v", ds, err)
	}
	here.do(id, &incident.AddNote{Text: "we take it from here"})
	if ds, err := here.Deadlines(t.Context()); err != nil || len(ds) == 0 {
		t.Fatalf("an incident that is worked on does not ring: %v", err)
	}
}

func TestFind(t *testing.T) {
	d := sit(t, t.TempDir())
	if _, err := d.Find(context.Background(), ""); !fault.Is(err, fault.NotFound) {
		t.Fatalf("no incident is open: %v", err)
	}
	one := d.declare("one")
	if r, err := d.Find(t.Context(), ""); err != nil || r.ID != one {
		t.Fatalf("the one open incident: %v %v", r, err)
	}
	two := d.declare("two")
	if _, err := d.Find(t.Context(), ""); !fault.Is(err, fault.Invalid) {
		t.Fatalf("two are open: %v", err)
	}
	for _, ref := range []string{"INC-2", "inc-2", two.String()} {
		if r, err := d.Find(t.Context(), ref); err != nil || r.ID != two {
			t.Fatalf("%s: %v %v", ref, r, err)
		}
	}
	if _, err := d.Find(t.Context(), "INC-9"); !fault.Is(err, fault.NotFound) {
		t.Fatalf("INC-9: %v", err)
	}
}

func TestTwoIncidentsOfOneReferenceAreTold(t *testing.T) {
	here, there := sit(t, t.TempDir()), sit(t, t.TempDir())
	mine := here.declare("ours")
	there.clock.Advance(time.Minute)
	theirs := there.declare("theirs")
	recs, err := there.store.Records(t.Context(), theirs, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := here.store.Import(t.Context(), theirs, recs, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := here.Find(t.Context(), "INC-1"); !fault.Is(err, fault.Invalid) {
		t.Fatalf("the bare reference: %v", err)
	}
	for ref, want := range map[string]incident.ID{"INC-1·a": mine, "INC-1·b": theirs} {
		if r, err := here.Find(t.Context(), ref); err != nil || r.ID != want {
			t.Fatalf("%s: %v %v", ref, r.ID, err)
		}
	}
	rows, err := here.store.Rows(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	cockpit.Distinguish(rows)
	for _, r := range rows {
		if want := map[incident.ID]string{mine: "INC-1·a", theirs: "INC-1·b"}[r.ID]; r.Ref != want {
			t.Fatalf("%s shows as %s", want, r.Ref)
		}
	}
}

// other is the built-in kit under another name.
func other(t *testing.T, k *kit.Kit, name string) *kit.Kit {
	t.Helper()
	c := *k
	c.Name = name
	if p := c.Check(); len(p) > 0 {
		t.Fatal(p)
	}
	return &c
}

func (d *desk) kitOf(id incident.ID) (name, hash string) {
	d.t.Helper()
	err := d.View(d.t.Context(), id, func(l *cockpit.Live) error {
		name, hash = l.Kit.Name, l.State.Declared.Kit
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return name, hash
}

func TestAnIncidentKeepsItsKit(t *testing.T) {
	dir := t.TempDir()
	d := sit(t, dir)
	first := d.declare("checkout fails")
	was, hash := d.kitOf(first)
	if err := d.SetKit(other(t, d.Kit(), "another")); err != nil {
		t.Fatal(err)
	}
	second := d.declare("search fails")
	if d.Kit().Name != "another" {
		t.Errorf("in force is %q", d.Kit().Name)
	}
	for range 2 { // as it stands in memory, then as it is on disk
		if name, h := d.kitOf(first); name != was || h != hash {
			t.Errorf("the first has %q", name)
		}
		if name, h := d.kitOf(second); name != "another" || h == hash {
			t.Errorf("the second has %q", name)
		}
		d = sit(t, dir)
	}
}

// Each incident names the kit that it was declared under, whatever happens meanwhile.
func TestAKitMayChangeWhileOthersWork(t *testing.T) {
	d := sit(t, t.TempDir())
	kits := []*kit.Kit{d.Kit(), other(t, d.Kit(), "another")}
	var busy sync.WaitGroup
	busy.Go(func() {
		for i := range 100 {
			if err := d.SetKit(kits[i%2]); err != nil {
				t.Error(err)
			}
		}
	})
	ids := make([]incident.ID, 20)
	for i := range ids {
		busy.Go(func() { ids[i] = d.declare(fmt.Sprintf("incident %d", i)); d.Kit() })
	}
	busy.Wait()
	hashes := map[string]string{}
	for _, k := range kits {
		_, h, err := k.Encode()
		if err != nil {
			t.Fatal(err)
		}
		hashes[h] = k.Name
	}
	for _, id := range ids {
		if name, h := d.kitOf(id); hashes[h] != name {
			t.Errorf("%q under %.12s, which is %q", name, h, hashes[h])
		}
	}
}
