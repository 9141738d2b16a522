package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/kit/load"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

func TestPlayLeavesAnIncidentUnderWay(t *testing.T) {
	dir := t.TempDir()
	before := clock.System().Now()
	var out, errs bytes.Buffer
	if code := run([]string{"--data", dir}, &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, &errs)
	}
	after := clock.System().Now()
	db, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Open(t.Context())
	if err != nil || len(rows) != 1 {
		t.Fatalf("open incidents: %v, %v", rows, err)
	}
	last := time.UnixMilli(rows[0].LastAt)
	if last.Before(before.Add(-time.Second)) || last.After(after) {
		t.Errorf("the last record was written at %s, want about %s", last, before)
	}
	state, _, err := db.State(t.Context(), rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	k, err := load.Default()
	if err != nil {
		t.Fatal(err)
	}
	if act := cadence.Acts(state, k, clock.Milli(after))[0]; act.Kind != cadence.ActPromiseLate {
		t.Errorf("the cockpit would begin with %s, want a promise that is late", act.Kind)
	}
	mine, err := db.Mine(t.Context(), rows[0].ID)
	if err != nil || !mine {
		t.Errorf("the incident would not ring here: %v, %v", mine, err)
	}
	s, err := workspace.ReadSettings(dir)
	if err != nil || s.Name != rows[0].Commander || s.Person != state.Command.Holder.String() {
		t.Errorf("settings %+v, %v; want those of %s", s, err, rows[0].Commander)
	}
	if code := run([]string{"--data", dir}, &out, &errs); code != 1 || !strings.Contains(errs.String(), "holds a database already") {
		t.Errorf("a second time: exit %d: %s", code, &errs)
	}
}

func TestPlayToTheEnd(t *testing.T) {
	dir := t.TempDir()
	var out, errs bytes.Buffer
	if code := run([]string{"--data", dir, "--story", "well-managed", "--whole"}, &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, &errs)
	}
	db, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Rows(t.Context(), 10)
	if err != nil || len(rows) != 1 || rows[0].Phase != "closed" {
		t.Errorf("%+v, %v", rows, err)
	}
	if rows[0].LastAt > clock.Milli(clock.System().Now()) {
		t.Error("it ends in the future")
	}
}

func TestPlayAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "short.story")
	if err := os.WriteFile(file, []byte("story Short\nstart 2025-01-08 10:00\npeople ana\n\nT+0:00\nas ana\ndeclare SEV3 Search is slow\nnote it began at noon\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run([]string{"--data", t.TempDir(), "--story", file}, &out, &errs); code != 0 || !strings.HasPrefix(out.String(), "Short: ") {
		t.Errorf("exit %d: %s%s", code, &out, &errs)
	}
	if code := run([]string{"--data", t.TempDir(), "--story", file + ".story"}, &out, &errs); code != 1 || !strings.Contains(errs.String(), "cannot be read") {
		t.Errorf("a file that is not there: exit %d: %s", code, &errs)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"--data", "x", "y"}, {"--nonsense"}} {
		var out, errs bytes.Buffer
		if code := run(args, &out, &errs); code != 2 || errs.Len() == 0 {
			t.Errorf("%v: exit %d, %q", args, code, &errs)
		}
	}
	var out, errs bytes.Buffer
	if code := run([]string{"--data", t.TempDir(), "--story", "none"}, &out, &errs); code != 1 || !strings.Contains(errs.String(), "checkout, gitlab-2017, well-managed") {
		t.Errorf("exit %d: %s", code, &errs)
	}
}
