package app_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/store"
)

// faults are the standing troubles on screen, as one text.
func (s *seat) faults() string {
	s.t.Helper()
	n, err := s.Watch("")
	s.must(err)
	var out []string
	for _, f := range n.Station.Faults {
		out = append(out, f.Message+" "+f.Hint)
	}
	return strings.Join(out, "; ")
}

// linger is pass in steps, so that every loop does its work in between.
func (s *seat) linger(d time.Duration) {
	s.t.Helper()
	for ; d > 0; d -= time.Second {
		s.pass(min(time.Second, d))
	}
}

func TestBackupsAreMadeAndKept(t *testing.T) {
	s := sit(t)
	n, err := s.Declare(app.DeclareInput{Title: "Checkout fails"})
	s.must(err)
	count := func() int {
		t.Helper()
		all, err := store.Backups(s.dir)
		s.must(err)
		return len(all)
	}
	s.linger(20 * time.Second)
	if count() != 1 {
		t.Fatalf("%d backups of a new database", count())
	}
	s.log(n.Live.ID, "a note")
	s.linger(time.Minute)
	if count() != 1 {
		t.Fatal("while an incident is open, they are an hour apart")
	}
	for range 12 {
		s.pass(time.Hour)
		s.linger(11 * time.Second)
		s.log(n.Live.ID, "another")
	}
	if count() != 10 {
		t.Fatalf("%d are kept", count())
	}
	all, err := store.Backups(s.dir)
	s.must(err)
	c, err := store.Inspect(t.Context(), all[0].Path)
	if err != nil || c.Incidents != 1 || c.Records < 10 {
		t.Fatalf("the latest holds %+v %v", c, err)
	}
	before := all[0].Path
	s.pass(3 * time.Hour)
	s.linger(11 * time.Second)
	if all, _ = store.Backups(s.dir); all[0].Path == before {
		t.Fatal("what was written last is in no backup")
	}
	before = all[0].Path
	s.pass(3 * time.Hour)
	s.linger(11 * time.Second)
	if all, _ = store.Backups(s.dir); all[0].Path != before {
		t.Fatal("nothing was written, and it was backed up")
	}
}

func TestDamageWhileRunningIsMetAndMended(t *testing.T) {
	s := sit(t)
	n, err := s.Declare(app.DeclareInput{Title: "Checkout fails"})
	s.must(err)
	s.linger(20 * time.Second) // a backup
	for i := range 100 {
		s.log(n.Live.ID, fmt.Sprintf("note %d: %s", i, strings.Repeat("words ", 40)))
	}
	s.must(s.backend.Close()) // brings the log into the file
	path := filepath.Join(s.dir, store.FileName)
	data, err := os.ReadFile(path)
	s.must(err)
	page := bytes.Index(data, []byte(`"note 50: `)) / 4096 * 4096
	clear(data[page : page+4096])
	s.must(os.WriteFile(path, data, 0o600))
	s.open()
	for range 20 { // the page may be met by looking, by writing, or by the check of all pages
		s.linger(2 * time.Second)
		if _, err := s.Watch(n.Live.ID); err == nil && strings.Contains(s.faults(), "Lost") {
			break
		}
	}
	said := s.faults()
	for _, part := range []string{"The database was damaged", "backup of 2026-03-02", "Lost: ", "of INC-1", "damaged-2026"} {
		if !strings.Contains(said, part) {
			t.Errorf("the screen says %q, without %q", said, part)
		}
	}
	s.log(n.Live.ID, "and on")
	if _, err := s.Declare(app.DeclareInput{Title: "Another one"}); err != nil {
		t.Fatal(err)
	}
	if now, err := s.Watch(n.Live.ID); err != nil || now.Live.Title != "Checkout fails" {
		t.Fatal(err)
	}
}

// small is a seat on a small disk of its own.
func small(t *testing.T) *seat {
	t.Helper()
	s := &seat{t: t, dir: t.TempDir(), clock: newClock()}
	if err := syscall.Mount("tmpfs", s.dir, "tmpfs", 0, "size=20m,mode=0700"); err != nil {
		t.Skip("mounting is not allowed here:", err)
	}
	t.Cleanup(func() { s.must(syscall.Unmount(s.dir, syscall.MNT_DETACH)) })
	s.open()
	t.Cleanup(s.close)
	s.must(s.SetPrefs(app.PrefsInput{Name: "ana"}))
	return s
}

func TestAFullDiskIsSaidAtOnceAndEndsByItselfWhereMountingIsAllowed(t *testing.T) {
	s := small(t)
	n, err := s.Declare(app.DeclareInput{Title: "Checkout fails"})
	s.must(err)
	stuffing := filepath.Join(s.dir, "stuffing")
	f, err := os.Create(stuffing)
	s.must(err)
	for size := 1 << 20; size > 0; size /= 2 {
		for {
			if _, err := f.Write(make([]byte, size)); err != nil {
				break
			}
		}
	}
	s.must(f.Close())
	for i := 0; err == nil; i++ {
		if i > 10_000 {
			t.Fatal("the disk never fills")
		}
		err = s.Log(app.LogInput{Incident: n.Live.ID, Text: strings.Repeat("words ", 1000)})
	}
	if !fault.Is(err, fault.Unreachable) {
		t.Fatal(err)
	}
	if said := s.faults(); !strings.Contains(said, "is full") || !strings.Contains(said, "free some space") {
		t.Fatalf("at once, without waiting for anything, the screen says %q", said)
	}
	s.linger(3 * time.Second)
	if said := s.faults(); !strings.Contains(said, "is full") {
		t.Fatalf("while it lasts, the screen says %q", said)
	}
	s.must(os.Remove(stuffing))
	s.linger(2 * time.Second)
	if said := s.faults(); strings.Contains(said, "is full") {
		t.Fatalf("with room again, the screen says %q", said)
	}
	s.log(n.Live.ID, "and on")
}

func TestAReadOnlyFolderIsShownAndWrittenOnceItCanWhereMountingIsAllowed(t *testing.T) {
	s := small(t)
	n, err := s.Declare(app.DeclareInput{Title: "Checkout fails"})
	s.must(err)
	s.must(s.backend.Close())
	s.must(syscall.Mount("", s.dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	s.open()
	if now, err := s.Watch(n.Live.ID); err != nil || now.Live.Title != "Checkout fails" || len(now.Timeline.Rows) == 0 {
		t.Fatal(err)
	}
	if said := s.faults(); !strings.Contains(said, "cannot be written") || !strings.Contains(said, "--data") {
		t.Fatalf("the screen says %q", said)
	}
	if err := s.Log(app.LogInput{Incident: n.Live.ID, Text: "words"}); !fault.Is(err, fault.Unreachable) {
		t.Fatal(err)
	}
	s.must(syscall.Mount("", s.dir, "", syscall.MS_REMOUNT, ""))
	s.linger(2 * time.Second)
	if said := s.faults(); said != "" {
		t.Fatalf("now that it can be written, the screen says %q", said)
	}
	s.log(n.Live.ID, "words")
}
