package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

var nightfall = time.Date(2026, 3, 2, 23, 0, 0, 0, time.UTC)

// pageOf finds the page of the file in which a text lies, and answers with its offset.
func pageOf(t *testing.T, path, text string) int64 {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(data), text)
	if at < 0 {
		t.Fatalf("%q is not in %s", text, path)
	}
	return int64(at) / 4096 * 4096
}

// spoil overwrites part of a file.
func spoil(t *testing.T, path string, at int64, with []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(with, at); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// wrecked is a folder with a backup after the tenth note and a damaged page among the
// two hundred that follow.
func wrecked(t *testing.T) (dir string, inc incident.ID, writer incident.ID) {
	t.Helper()
	dir = t.TempDir()
	s := open(t, dir)
	inc, _ = declared(t, s, "INC-1")
	for i := range 10 {
		note(t, s, inc, fmt.Sprint("early ", i))
	}
	if _, err := s.BackUp(t.Context(), nightfall.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		note(t, s, inc, fmt.Sprintf("late %d %s", i, strings.Repeat("x", 100)))
	}
	if err := s.KeepDraft(t.Context(), "line", "half a sentence", noon); err != nil {
		t.Fatal(err)
	}
	writer = s.Writer()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, FileName)
	spoil(t, path, pageOf(t, path, `"late 100 `), make([]byte, 4096))
	return dir, inc, writer
}

func TestADamagedPageCostsWhatLiesInItAndNoMore(t *testing.T) {
	dir, inc, old := wrecked(t)
	before, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Inspect(t.Context(), filepath.Join(dir, FileName)); !fault.Is(err, fault.Refused) {
		t.Fatalf("the damage is not seen: %v", err)
	}
	r, err := Recover(t.Context(), dir, nightfall)
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	recs, err := s.Records(t.Context(), inc, 0)
	if err != nil {
		t.Fatal(err)
	}
	if ok, bad, why := incident.Verify(recs); !ok {
		t.Fatalf("the chains of the new one break at %s: %s", bad, why)
	}
	texts := map[string]bool{}
	for _, r := range recs {
		texts[string(r.Body)] = true
	}
	var missing []int
	for i := range 200 {
		if !texts[fmt.Sprintf(`{"text":"late %d %s"}`, i, strings.Repeat("x", 100))] {
			missing = append(missing, i)
		}
	}
	if len(missing) == 0 || len(missing) > 40 || missing[len(missing)-1]-missing[0] != len(missing)-1 {
		t.Fatalf("missing are %v", missing)
	}
	if len(r.Lost) != 1 || r.Lost[0].Count != len(missing) || r.Lost[0].Ref != "INC-1" || r.Records != len(recs) || r.Saved != 200-len(missing) {
		t.Fatalf("it says %+v, missing are %d", r, len(missing))
	}
	// The declaration, the acceptance and ten early ones come before late 0.
	if from, to := int64(missing[0]+13), int64(missing[len(missing)-1]+13); r.Lost[0].From != from || r.Lost[0].To != to {
		t.Fatalf("it says numbers %d to %d, missing are %d to %d", r.Lost[0].From, r.Lost[0].To, from, to)
	}
	if s.Writer() == old {
		t.Fatal("the new one writes under the old name")
	}
	if hits, err := s.Search(t.Context(), incident.Query{Words: "late 199", Limit: 5}); err != nil || len(hits) != 1 {
		t.Fatalf("a saved note is found %d times, %v", len(hits), err)
	}
	if d, err := s.Drafts(t.Context()); err != nil || len(d) != 1 {
		t.Fatalf("drafts %v %v", d, err)
	}
	if st, _, err := s.State(t.Context(), inc); err != nil || st.Entries != len(recs) {
		t.Fatalf("the state knows %d of %d, %v", st.Entries, len(recs), err)
	}
	note(t, s, inc, "and on")
	if after, err := os.ReadFile(r.Aside); err != nil || string(after) != string(before) {
		t.Fatalf("the damaged file was changed (%v)", err)
	}
	for _, part := range []string{"Lost: ", "of INC-1, between number", "written", "2026-03-02 22:00:00Z", filepath.Base(r.Aside)} {
		if words := Lost(r.Aside); !strings.Contains(words, part) {
			t.Errorf("the words %q lack %q", words, part)
		}
	}
	t.Log(r.Words())
}

func TestDamageWhereNoBackupIs(t *testing.T) {
	dir, inc, _ := wrecked(t)
	if err := os.RemoveAll(filepath.Join(dir, backups)); err != nil {
		t.Fatal(err)
	}
	s := open(t, dir) // the page that was hit is met later only
	if err := s.Check(t.Context()); !fault.Is(err, fault.Refused) || !s.Damaged() {
		t.Fatalf("a check finds %v", err)
	}
	if err := s.Recover(t.Context(), nightfall); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(t.Context()); err != nil || s.Damaged() {
		t.Fatalf("afterwards a check finds %v", err)
	}
	recs, err := s.Records(t.Context(), inc, 0)
	if ok, _, why := incident.Verify(recs); err != nil || !ok || len(recs) < 170 || len(recs) > 211 {
		t.Fatalf("%d records, %v %s", len(recs), err, why)
	}
	note(t, s, inc, "and on")
}

func TestAFileThatIsNoDatabaseIsReplacedByTheBackup(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, path string){
		"header":            func(t *testing.T, path string) { spoil(t, path, 0, []byte(strings.Repeat("no database ", 20))) },
		"truncated":         func(t *testing.T, path string) { _ = os.Truncate(path, 5000) },
		"rubbish":           func(t *testing.T, path string) { spoil(t, path, 0, make([]byte, 60000)) },
		"empty schema page": func(t *testing.T, path string) { spoil(t, path, 100, make([]byte, 3900)) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, inc, _ := wrecked(t)
			damage(t, filepath.Join(dir, FileName))
			s, err := OpenOrRecover(t.Context(), dir, nightfall)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			recs, err := s.Records(t.Context(), inc, 0)
			if ok, _, why := incident.Verify(recs); err != nil || !ok || len(recs) < 12 {
				t.Fatalf("%d records, %v %s", len(recs), err, why)
			}
			all, err := Aside(dir)
			if err != nil || len(all) != 1 {
				t.Fatalf("set aside %v %v", all, err)
			}
			if words := Lost(all[0]); !strings.Contains(words, "22:00:00Z") {
				t.Errorf("it says %q", words)
			}
			note(t, s, inc, "and on")
		})
	}
}

// Whoever reads while the database is replaced gets the old or the new one: an error
// can only be the damage itself, and is gone once it is replaced.
func TestRecoveringBesideReaders(t *testing.T) {
	dir, inc, _ := wrecked(t)
	s := open(t, dir)
	stop, done := make(chan struct{}), make(chan error)
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			if _, err := s.Records(t.Context(), inc, 0); err != nil && !Damaged(err) {
				done <- err
				return
			}
		}
	}()
	err := s.Recover(t.Context(), nightfall)
	close(stop)
	if err = errors.Join(err, <-done); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if _, err := s.Records(t.Context(), inc, 0); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.rdb.Stats().OpenConnections; n > 4 {
		t.Fatalf("%d readers", n)
	}
	if _, err := s.Changed(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestADatabaseTakenAwayWhileItIsOpenIsWrittenAnew(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	note(t, s, inc, "kept")
	if err := os.Rename(s.Path(), s.Path()+".gone"); err != nil {
		t.Fatal(err)
	}
	r := rec(t, noon, &incident.NoteAdded{Text: "into the void"})
	b := incident.Batch{Incident: inc, Expect: incident.Anywhere, Records: []incident.Record{r}}
	if _, _, err := s.Append(t.Context(), b); !fault.Is(err, fault.Unreachable) {
		t.Fatalf("what nobody will read is called written: %v", err)
	}
	if err := s.Retry(t.Context(), nightfall); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Append(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	recs, err := again.Records(t.Context(), inc, 0)
	if err != nil || len(recs) != 4 {
		t.Fatalf("%d records %v", len(recs), err)
	}
	if ok, _, why := incident.Verify(recs); !ok {
		t.Fatal(why)
	}
}
