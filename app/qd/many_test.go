package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit/load"
	"quarterdeck/internal/store"
)

// build makes the program.
func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "qd")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-tags", "sqlite_fts5", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

// TestFourProcessesWriteAtOnce runs the built program: four shells write 300 notes
// between them while an open cockpit follows. None is lost, each is read as it was
// written, the chain holds, and both see the same order.
func TestFourProcessesWriteAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the program 300 times")
	}
	path, sh := build(t), opened(t)
	id, err := incident.ParseID(ask[incidentView](sh, "show").ID)
	if err != nil {
		t.Fatal(err)
	}
	reader := follow(t, sh.dir)
	const shells, each = 4, 75
	var want []string
	var failures [shells]error
	var writers sync.WaitGroup
	for w := range shells {
		for n := range each {
			want = append(want, fmt.Sprintf("shell %d note %02d", w, n))
		}
		writers.Go(func() {
			for n := range each {
				cmd := exec.Command(path, "--data", sh.dir, "note", "--as", fmt.Sprintf("shell %d", w), "--json", fmt.Sprintf("shell %d note %02d", w, n))
				var stderr strings.Builder
				cmd.Stderr = &stderr
				out, err := cmd.Output()
				if err != nil || !json.Valid(out) {
					failures[w] = errors.Join(failures[w], fmt.Errorf("note %d: %w: %s%s", n, err, out, stderr.String()))
				}
			}
		})
	}
	finished := make(chan struct{})
	go func() { writers.Wait(); close(finished) }()
	seen, reads := 0, 0
	for running := true; running; reads++ {
		select {
		case <-finished:
			running = false
		default:
		}
		if err := clock.System().Wait(t.Context(), 20*time.Millisecond); err != nil {
			t.Fatal(err)
		}
		now := len(reader.notes(t, id))
		if now < seen {
			t.Fatalf("a note vanished: %d after %d", now, seen)
		}
		seen = now
	}
	if err := errors.Join(failures[:]...); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d reads while they wrote", reads)

	followed, fresh := reader.notes(t, id), sh.texts("note.added")
	sh.same(followed, fresh, "the order in the cockpit, as in a shell")
	sorted := slices.Sorted(slices.Values(fresh))
	slices.Sort(want)
	sh.same(sorted, want, "notes")
	for w := range shells { // what one shell wrote stands in its order
		mine := slices.DeleteFunc(slices.Clone(fresh), func(s string) bool { return !strings.HasPrefix(s, fmt.Sprintf("shell %d", w)) })
		if !slices.IsSorted(mine) {
			t.Errorf("shell %d: out of order", w)
		}
	}
	if v := ask[verdict](sh, "verify"); !v.OK || v.Records < shells*each {
		t.Errorf("%+v", v)
	}
}

// cockpitAside is an open cockpit on the folder, as another process has one.
type cockpitAside struct {
	store   *store.Store
	cockpit *cockpit.Cockpit
}

func follow(t *testing.T, dir string) *cockpitAside {
	t.Helper()
	st, err := store.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	k, err := load.Default()
	if err != nil {
		t.Fatal(err)
	}
	c, err := cockpit.New(st, clock.System(), k, store.NewID)
	if err == nil {
		err = c.Watch(context.Background(), func([]cockpit.Change) {})
	}
	if err != nil {
		t.Fatal(err)
	}
	return &cockpitAside{st, c}
}

// notes takes in what others wrote, and reads the notes by at.
func (a *cockpitAside) notes(t *testing.T, id incident.ID) []string {
	t.Helper()
	err := a.cockpit.Follow(context.Background())
	out := []string{}
	if err == nil {
		err = a.cockpit.ViewTimeline(context.Background(), id, func(l *cockpit.Live) error {
			for _, e := range l.Timeline.Entries() {
				if e.Kind == "note.added" {
					out = append(out, compose.Line(e, l.State, l.Kit).Text)
				}
			}
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}
