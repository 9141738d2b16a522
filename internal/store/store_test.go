package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

const noon = 1_772_452_800_000 // 2026-03-02T12:00:00Z

func open(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func id(t *testing.T) incident.ID {
	t.Helper()
	v, err := NewID()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// rec is a record before it is stamped.
func rec(t *testing.T, at int64, e incident.Event) incident.Record {
	t.Helper()
	k, v, body, err := incident.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return incident.Record{ID: id(t), At: at, RecordedAt: at, Kind: k, V: v, Body: body}
}

// declared puts an incident into the store and answers with its id and state.
func declared(t *testing.T, s *Store, ref string) (incident.ID, *incident.State) {
	t.Helper()
	inc := id(t)
	_, st, err := s.Append(t.Context(), incident.Batch{Incident: inc, Ref: ref, Records: []incident.Record{
		rec(t, noon, &incident.Declared{Ref: ref, Title: "checkout fails", Severity: "SEV2", Type: "service"}),
		rec(t, noon, &incident.CommandAccepted{By: id(t), Term: 1}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return inc, st
}

func note(t *testing.T, s *Store, inc incident.ID, text string) incident.Record {
	t.Helper()
	recs, _, err := s.Append(t.Context(), incident.Batch{Incident: inc, Expect: incident.Anywhere, Records: []incident.Record{rec(t, noon+1000, &incident.NoteAdded{Text: text})}})
	if err != nil {
		t.Fatal(err)
	}
	return recs[0]
}

func TestEveryConnectionHasThePragmas(t *testing.T) {
	s := open(t, t.TempDir())
	want := map[string]int{"synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "recursive_triggers": 1, "secure_delete": 1, "wal_autocheckpoint": 0, "mmap_size": 0}
	for i := range 5 { // the writer, and each reader at the same time
		c := s.wdb
		if i == 4 {
			c = s.watch
		} else if i > 0 {
			var err error
			if c, err = s.rdb.Conn(t.Context()); err != nil {
				t.Fatal(err)
			}
			defer c.Close()
		}
		for pragma, value := range want {
			var got int
			if err := c.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != value {
				t.Errorf("connection %d: %s = %d %v, want %d", i, pragma, got, err, value)
			}
		}
		var mode string
		if err := c.QueryRowContext(t.Context(), "PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
			t.Errorf("connection %d: journal %s %v", i, mode, err)
		}
	}
}

func TestTheLogIsAppendOnly(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	note(t, s, inc, "words")
	for _, q := range []string{
		"UPDATE record SET at = 0", "DELETE FROM record", "UPDATE body SET json = '{}'", "DELETE FROM body",
		"INSERT OR REPLACE INTO record SELECT * FROM record WHERE cursor = 1",
		"INSERT INTO record SELECT 99, randomblob(16), incident, writer, n + 5, hlc, at, tz, recorded_at, actor, kind, v, prev, digest, hash, sig FROM record WHERE cursor = 1",
	} {
		if _, err := s.wdb.ExecContext(t.Context(), q); err == nil {
			t.Errorf("%s was let through", q)
		}
	}
	recs, err := s.Records(t.Context(), inc, 0)
	if err != nil || len(recs) != 3 {
		t.Fatalf("%d records %v", len(recs), err)
	}
}

func TestTheChainHoldsOverAReopening(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	note(t, s, inc, "before")
	writer := s.Writer()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if s.Writer() != writer {
		t.Fatal("the writer changed")
	}
	note(t, s, inc, "after")
	recs, err := s.Records(t.Context(), inc, 0)
	if err != nil {
		t.Fatal(err)
	}
	prev := incident.Root(inc, writer)
	for i, r := range recs {
		if r.N != int64(i+1) || string(r.Prev) != string(prev) || !r.Intact() {
			t.Fatalf("record %d of %d does not follow", i+1, len(recs))
		}
		prev = r.Hash
	}
}

func TestAStaleDecisionIsRefused(t *testing.T) {
	s := open(t, t.TempDir())
	inc, st := declared(t, s, "INC-1")
	_, _, err := s.Append(t.Context(), incident.Batch{Incident: inc, Expect: 1, State: st, Records: []incident.Record{rec(t, noon, &incident.PhaseMoved{Phase: "assess"})}})
	if !errors.Is(err, incident.ErrMoved) {
		t.Fatalf("an old cursor: %v", err)
	}
	_, _, err = s.Append(t.Context(), incident.Batch{Incident: id(t), Ref: "INC-1", Records: []incident.Record{rec(t, noon, &incident.Declared{Ref: "INC-1", Title: "x"})}})
	if !errors.Is(err, incident.ErrMoved) {
		t.Fatalf("a reference that is taken: %v", err)
	}
	if _, _, err = s.Append(t.Context(), incident.Batch{Incident: id(t), Expect: incident.Anywhere, Records: []incident.Record{rec(t, noon, &incident.NoteAdded{Text: "x"})}}); !fault.Is(err, fault.NotFound) {
		t.Fatalf("a note to no incident: %v", err)
	}
}

func TestRebuildingTheCachesChangesNothing(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range 5 {
		inc, st := declared(t, s, fmt.Sprint("INC-", i+1))
		for j := range 20 {
			if j%5 != 0 {
				note(t, s, inc, fmt.Sprint("note ", j))
				continue
			}
			cur, _, err := s.State(t.Context(), inc)
			if err != nil {
				t.Fatal(err)
			}
			var last int64
			if err := s.wdb.QueryRowContext(t.Context(), "SELECT max(cursor) FROM record WHERE incident = ?", inc[:]).Scan(&last); err != nil {
				t.Fatal(err)
			}
			st = cur
			if _, st, err = s.Append(t.Context(), incident.Batch{Incident: inc, Expect: last, State: st, Records: []incident.Record{rec(t, noon, &incident.ActionOpened{Text: "do", Owner: id(t), Minutes: j})}}); err != nil {
				t.Fatal(err)
			}
		}
		_ = st
	}
	before := caches(t, s)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := caches(t, s)
	if before != after {
		t.Fatalf("before %s\nafter  %s", before, after)
	}
	if hits, err := s.Search(t.Context(), incident.Query{Words: "note 19", Limit: 100}); err != nil || len(hits) != 5 {
		t.Fatalf("%d hits after rebuilding, %v", len(hits), err)
	}
}

// caches is every row and every state, as a text to compare.
func caches(t *testing.T, s *Store) string {
	t.Helper()
	rows, err := s.Rows(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []any
	for _, r := range rows {
		st, cursor, err := s.State(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.Records(t.Context(), r.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		fresh := incident.Fold(r.ID, all)
		a, b := asJSON(t, st), asJSON(t, fresh)
		if a != b {
			t.Fatalf("%s: the cache says\n%s\nthe log\n%s", r.Ref, a, b)
		}
		if asJSON(t, r) != asJSON(t, fresh.Row()) {
			t.Fatalf("%s: the row says %s, the log %s", r.Ref, asJSON(t, r), asJSON(t, fresh.Row()))
		}
		out = append(out, r, st, cursor)
	}
	return asJSON(t, out)
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestTwoHandlesOneWriter(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir)
	inc, _ := declared(t, a, "INC-1")
	var wg sync.WaitGroup
	for _, s := range []*Store{a, b} {
		wg.Go(func() {
			for i := range 100 {
				if _, _, err := s.Append(t.Context(), incident.Batch{Incident: inc, Expect: incident.Anywhere, Records: []incident.Record{rec(t, noon, &incident.NoteAdded{Text: fmt.Sprint(i)})}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	recs, err := b.Records(t.Context(), inc, 0)
	if err != nil || len(recs) != 202 {
		t.Fatalf("%d records, %v", len(recs), err)
	}
	for i := 1; i < len(recs); i++ {
		if recs[i].N != recs[i-1].N+1 || recs[i].HLC <= recs[i-1].HLC || string(recs[i].Prev) != string(recs[i-1].Hash) {
			t.Fatalf("record %d does not follow", recs[i].N)
		}
	}
	if changed, err := b.Changed(t.Context()); err != nil || !changed {
		t.Fatalf("b has not noticed a: %v", err)
	}
	if changed, err := b.Changed(t.Context()); err != nil || changed {
		t.Fatalf("b notices twice: %v", err)
	}
}

func TestADatabaseOfANewerVersionIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if _, err := s.wdb.ExecContext(t.Context(), "PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	before, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir); !fault.Is(err, fault.Refused) {
		t.Fatalf("opened: %v", err)
	}
	after, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil || string(before) != string(after) {
		t.Fatalf("the file was touched (%v)", err)
	}
}

func TestADamagedDatabaseIsNamed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte("this is no database, but it is long enough to look like a page of one ............................................................................"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir); !fault.Is(err, fault.Refused) {
		t.Fatalf("opened: %v", err)
	}
}

func TestRefusalsOfTheDiskAreUnreachable(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	if _, err := s.wdb.ExecContext(t.Context(), "PRAGMA max_page_count = 1"); err != nil { // SQLite answers as on a full disk
		t.Fatal(err)
	}
	big := incident.Batch{Incident: inc, Expect: incident.Anywhere, Records: []incident.Record{rec(t, noon, &incident.NoteAdded{Text: string(make([]byte, 60_000))})}}
	if _, _, err := s.Append(t.Context(), big); !fault.Is(err, fault.Unreachable) {
		t.Fatalf("full: %v", err)
	}
	if _, err := s.Records(t.Context(), inc, 0); err != nil {
		t.Fatalf("reading while full: %v", err)
	}
	if _, err := s.wdb.ExecContext(t.Context(), "PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	note(t, s, inc, "room again")
}

func TestSearchTakesNothingForAnOperator(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	note(t, s, inc, `the gateway's "retry" AND (failover) - NEAR x*`)
	for query, want := range map[string]int{
		"gatew": 1, "g": 0, "gateway x": 1, "GATEWAY retry": 1, `"retry AND"`: 1, "AND": 1, "NOT": 0, "(": 0, `"`: 0, "x*": 1, "near(": 1, "-": 0, "checkout": 1, "'; DROP": 0, "text:gateway": 0, "ga\x00teway": 0,
	} {
		hits, err := s.Search(t.Context(), incident.Query{Words: query, Limit: 10})
		if err != nil || len(hits) != want {
			t.Errorf("%q: %d hits, %v; want %d", query, len(hits), err, want)
		}
	}
}

func TestDraftsAndRingsOutliveTheProcess(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if err := s.KeepDraft(t.Context(), "log/1", "half a sen", noon); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = open(t, dir)
	if ds, err := s.Drafts(t.Context()); err != nil || len(ds) != 1 || ds[0].Text != "half a sen" {
		t.Fatalf("%v %v", ds, err)
	}
	if err := s.KeepDraft(t.Context(), "log/1", "", noon); err != nil {
		t.Fatal(err)
	}
	if ds, err := s.Drafts(t.Context()); err != nil || len(ds) != 0 {
		t.Fatalf("%v %v", ds, err)
	}
}

func TestFilesAreForThisAccountOnly(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	declared(t, s, "INC-1")
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", f, info.Mode(), err)
		}
	}
}

func TestACopiedFileWritesUnderAnotherName(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	writer := s.Writer()
	s.Close()
	data, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, FileName), data, 0o600); err != nil {
		t.Fatal(err)
	}
	c := open(t, other)
	if c.Writer() == writer {
		t.Fatal("two files write under one name")
	}
	if mine, err := c.Mine(t.Context(), inc); err != nil || mine {
		t.Fatalf("the copy takes the incident for its own (%v)", err)
	}
	note(t, c, inc, "from the copy")
	recs, err := c.Records(t.Context(), inc, 0)
	if err != nil || recs[len(recs)-1].N != 1 || recs[len(recs)-1].HLC <= recs[0].HLC {
		t.Fatalf("the copy's chain begins with %+v (%v)", recs[len(recs)-1], err)
	}
	if s = open(t, dir); s.Writer() != writer {
		t.Fatal("the original changed its name")
	}
}

func TestTidyingLeavesRoomForNotes(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	note(t, s, inc, "before")
	if err := s.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	log := func() (size int64, salts string) {
		t.Helper()
		data, err := os.ReadFile(s.path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return int64(len(data)), string(data[16:24])
	}
	size, salts := log()
	if size < room {
		t.Errorf("the log has %d bytes, want %d", size, room)
	}
	for range 50 {
		note(t, s, inc, "after")
	}
	if longer, anew := log(); longer != size || anew != salts {
		t.Errorf("a note lengthened the log (%d bytes, then %d) or began it anew (%t)", size, longer, anew != salts)
	}
	var cached, kits int
	if err := s.wdb.QueryRowContext(t.Context(), "SELECT (SELECT cache_size FROM pragma_cache_size), (SELECT count(*) FROM kit)").Scan(&cached, &kits); err != nil || cached != cache || kits != 0 {
		t.Errorf("cache of %d, %d kits left behind, %v", cached, kits, err)
	}
}
