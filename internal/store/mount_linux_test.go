package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// disk mounts a small disk of its own, in memory.
func disk(t *testing.T, megabytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm,mode=0700", megabytes)); err != nil {
		t.Skip("mounting is not allowed here:", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// remount makes a disk read only, or writable again.
func remount(t *testing.T, dir string, flags uintptr) {
	t.Helper()
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT|flags, ""); err != nil {
		t.Fatal(err)
	}
}

// stuff fills a disk to the last byte; the file is its path.
func stuff(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "stuffing")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; {
		n, err := f.Write(make([]byte, size))
		switch {
		case errors.Is(err, unix.ENOSPC) && n == 0:
			size /= 2
		case err != nil && !errors.Is(err, unix.ENOSPC):
			t.Fatal(err)
		}
	}
	return path
}

// try writes a note and answers with what became of it, decided again as the cockpit does.
func try(t *testing.T, s *Store, r incident.Record, inc incident.ID) error {
	t.Helper()
	b := incident.Batch{Incident: inc, Expect: incident.Anywhere, Records: []incident.Record{r}}
	_, _, err := s.Append(t.Context(), b)
	if errors.Is(err, incident.ErrMoved) {
		_, _, err = s.Append(t.Context(), b)
	}
	return err
}

func TestAFullDiskLosesNothingWhereMountingIsAllowed(t *testing.T) {
	dir := disk(t, 200)
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	if err := Load(dir); err != nil || Spent(dir) {
		t.Fatalf("no ballast: %v", err)
	}
	stuffing := stuff(t, dir)
	var kept []incident.ID
	var waiting incident.Record
	spentAt := -1
	for i := 0; ; i++ {
		if i > 200_000 {
			t.Fatal("the disk never fills")
		}
		r := rec(t, noon, &incident.NoteAdded{Text: strings.Repeat("many words ", 500) + fmt.Sprint(i)})
		err := try(t, s, r, inc)
		if err == nil {
			if kept = append(kept, r.ID); spentAt < 0 && Spent(dir) {
				spentAt = i
			}
			continue
		}
		if !fault.Is(err, fault.Unreachable) || !strings.Contains(fault.Of(err).Message, "full") {
			t.Fatalf("note %d: %v", i, err)
		}
		waiting = r
		break
	}
	if spentAt < 0 || len(kept)-spentAt < 300 {
		t.Fatalf("the ballast went at note %d and bought %d", spentAt, len(kept)-spentAt)
	}
	// What is there can still be read, also by a new process.
	if _, _, err := s.State(t.Context(), inc); err != nil {
		t.Fatal(err)
	}
	other, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if recs, err := other.Records(t.Context(), inc, 0); err != nil || len(recs) != len(kept)+2 {
		t.Fatalf("%d of %d, %v", len(recs), len(kept)+2, err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Probe(t.Context()); !fault.Is(err, fault.Unreachable) {
		t.Fatalf("it is said to be writable: %v", err)
	}
	if err := os.Remove(stuffing); err != nil {
		t.Fatal(err)
	}
	if err := s.Probe(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := try(t, s, waiting, inc); err != nil {
		t.Fatalf("with room again: %v", err)
	}
	recs, err := s.Records(t.Context(), inc, 0)
	if ok, _, why := incident.Verify(recs); err != nil || !ok || len(recs) != len(kept)+3 {
		t.Fatalf("%d records %s %v", len(recs), why, err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := Load(dir); err != nil || Spent(dir) {
		t.Fatalf("the ballast is not laid by again: %v", err)
	}
	t.Logf("%d notes, %d of them on the ballast", len(kept), len(kept)-spentAt)
}

func TestAStartOnAFullDiskReadsWhereMountingIsAllowed(t *testing.T) {
	for _, left := range []string{"closed", "crashed", "log without its index"} {
		t.Run(left, func(t *testing.T) {
			dir := disk(t, 20)
			inc := leave(t, dir, left)
			stuffing := stuff(t, dir)
			s, err := Open(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if recs, err := s.Records(t.Context(), inc, 0); err != nil || len(recs) != 22 {
				t.Fatalf("%d records %v", len(recs), err)
			}
			if hits, err := s.Search(t.Context(), incident.Query{Words: "note 19", Limit: 5}); err != nil || len(hits) == 0 {
				t.Fatalf("%d hits %v", len(hits), err)
			}
			r := rec(t, noon, &incident.NoteAdded{Text: strings.Repeat("w", 100_000)})
			if err := try(t, s, r, inc); !fault.Is(err, fault.Unreachable) || !strings.Contains(fault.Of(err).Message, "full") {
				t.Fatalf("writing answers %v", err)
			}
			if err := os.Remove(stuffing); err != nil {
				t.Fatal(err)
			}
			if err := s.Retry(t.Context(), nightfall); err != nil {
				t.Fatal(err)
			}
			if err := try(t, s, r, inc); err != nil {
				t.Fatalf("with room again: %v", err)
			}
			if recs, err := s.Records(t.Context(), inc, 0); err != nil || len(recs) != 23 {
				t.Fatalf("%d records %v", len(recs), err)
			}
			if _, err := s.Changed(t.Context()); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// leave leaves a database with an incident and twenty notes in a folder, in one of the
// ways in which a process can end.
func leave(t *testing.T, dir, how string) incident.ID {
	t.Helper()
	from := dir
	if how != "closed" {
		from = t.TempDir()
	}
	s := open(t, from)
	inc, _ := declared(t, s, "INC-1")
	for i := range 20 {
		note(t, s, inc, fmt.Sprint("note ", i))
	}
	if how == "closed" {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		return inc
	}
	for _, tail := range map[string][]string{"crashed": {"", "-wal", "-shm"}, "log without its index": {"", "-wal"}}[how] {
		if err := copyFile(filepath.Join(from, FileName)+tail, filepath.Join(dir, FileName)+tail); err != nil {
			t.Fatal(err)
		}
	}
	return inc
}

func TestAReadOnlyDiskReadsWhereMountingIsAllowed(t *testing.T) {
	for _, left := range []string{"closed", "crashed", "log without its index"} {
		t.Run(left, func(t *testing.T) {
			dir := disk(t, 20)
			inc := leave(t, dir, left)
			remount(t, dir, unix.MS_RDONLY)
			s, err := Open(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			if recs, err := s.Records(t.Context(), inc, 0); err != nil || len(recs) != 22 {
				t.Fatalf("%d records %v", len(recs), err)
			}
			if s.ReadOnly() == nil {
				t.Fatal("it is said to be writable")
			}
			r := rec(t, noon, &incident.NoteAdded{Text: "words"})
			for range 2 {
				if err := try(t, s, r, inc); !fault.Is(err, fault.Unreachable) || fault.Of(err).Hint == "" {
					t.Fatalf("writing answers %v", err)
				}
			}
			if err := s.KeepDraft(t.Context(), "line", "half", noon); !fault.Is(err, fault.Unreachable) {
				t.Fatalf("a draft answers %v", err)
			}
			if err := s.Retry(t.Context(), nightfall); err == nil {
				t.Fatal("it is said to be writable")
			}
			remount(t, dir, 0)
			if err := s.Retry(t.Context(), nightfall); err != nil || s.ReadOnly() != nil {
				t.Fatal(err, s.ReadOnly())
			}
			if err := try(t, s, r, inc); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			recs, err := open(t, dir).Records(t.Context(), inc, 0)
			if ok, _, why := incident.Verify(recs); err != nil || !ok || len(recs) != 23 {
				t.Fatalf("%d records %s %v", len(recs), why, err)
			}
		})
	}
}

// Damage on a disk that nothing can be written to: the last good backup is read, and
// the cockpit goes on as soon as it can.
func TestDamageOnAReadOnlyDiskShowsTheBackupWhereMountingIsAllowed(t *testing.T) {
	dir := disk(t, 50)
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	note(t, s, inc, "in the backup")
	if _, err := s.BackUp(t.Context(), nightfall.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	note(t, s, inc, "after it")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, filepath.Join(dir, FileName), 0, []byte(strings.Repeat("no database ", 10)))
	remount(t, dir, unix.MS_RDONLY)
	s, err := OpenOrRecover(t.Context(), dir, nightfall)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if recs, err := s.Records(t.Context(), inc, 0); err != nil || len(recs) != 3 {
		t.Fatalf("%d records %v", len(recs), err)
	}
	if why := s.ReadOnly(); why == nil || !strings.Contains(why.Error(), "backup of 2026-03-02 22:00:00Z") {
		t.Fatalf("it says %v", why)
	}
	remount(t, dir, 0)
	if err := s.Retry(t.Context(), nightfall); err != nil {
		t.Fatal(err)
	}
	note(t, s, inc, "and on")
	if aside, err := Aside(dir); err != nil || len(aside) != 1 {
		t.Fatal(aside, err)
	}
}
