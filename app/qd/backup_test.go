package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

func TestABackupIsRestoredUnderAnotherWriter(t *testing.T) {
	sh := opened(t)
	sh.qd("note", "before")
	file := filepath.Join(t.TempDir(), "copy.db")
	sh.has(sh.qd("backup", file), "1 incident", "read back")
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", info.Mode(), err)
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	writer := func() string {
		st, err := store.Open(t.Context(), sh.dir)
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		return st.Writer().String()
	}
	old := writer()
	sh.qd("note", "after")
	var r copied
	if err := json.Unmarshal([]byte(sh.qd("restore", file, "--json")), &r); err != nil || r.Incidents != 1 || r.Records == 0 || r.Until == nil {
		t.Fatalf("%+v %v", r, err)
	}
	if got := strings.Join(sh.texts("note.added"), ","); got != "before" {
		t.Fatalf("restored notes are %s", got)
	}
	if writer() == old {
		t.Fatal("two databases write under one name")
	}
	if _, err := store.Inspect(t.Context(), r.SetAside); err != nil {
		t.Fatalf("what was there is %s: %v", r.SetAside, err)
	}
	sh.qd("note", "and on")
	sh.has(sh.qd("verify"), "as it was written")
	if after, err := os.ReadFile(file); err != nil || string(after) != string(before) {
		t.Fatalf("restoring changed the backup (%v)", err)
	}
	sh.has(sh.qd("backup", "list"), "replaced-")
}

func TestWhatCannotBeBackedUpOrRestored(t *testing.T) {
	sh := opened(t)
	base := t.TempDir()
	file, rubbish := filepath.Join(base, "copy.db"), filepath.Join(base, "rubbish")
	sh.qd("backup", file)
	if err := os.WriteFile(rubbish, []byte("not a database at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code string
		args []string
	}{
		{"invalid", []string{"backup", file}}, // there is one
		{"unreachable", []string{"backup", filepath.Join(base, "no", "folder.db")}},
		{"invalid", []string{"restore", rubbish}},
		{"not_found", []string{"restore", filepath.Join(base, "none.db")}},
		{"invalid", []string{"restore", filepath.Join(sh.dir, store.FileName)}},
	} {
		if f := sh.refuses(failed, c.args...); f.Code != c.code || f.Hint == "" {
			t.Errorf("qd %s: %+v", c.args, f)
		}
	}
	lock, err := workspace.Acquire(sh.dir)
	if err != nil {
		t.Fatal(err)
	}
	if f := sh.refuses(failed, "restore", file); f.Code != string(fault.Refused) || !strings.Contains(f.Hint, "quit") {
		t.Errorf("under an open cockpit: %+v", f)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(base, "*.part")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	// A backup in which a byte of the words was changed is not restored.
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	forged := filepath.Join(base, "forged.db")
	if err := os.WriteFile(forged, []byte(strings.ReplaceAll(string(data), "Checkout fails", "Checkout works")), 0o600); err != nil {
		t.Fatal(err)
	}
	if f := sh.refuses(failed, "restore", forged); f.Code != string(fault.Refused) {
		t.Errorf("a forged one: %+v", f)
	}
	sh.has(sh.qd("show"), "Checkout fails")
}

func TestRedactedWordsArePurgedFromBackups(t *testing.T) {
	sh := opened(t)
	var w struct{ ID string }
	if err := json.Unmarshal([]byte(sh.qd("note", "--json", "password hunter2-xyzzy")), &w); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), sh.dir)
	if err != nil {
		t.Fatal(err)
	}
	old, err := st.BackUp(t.Context(), morning)
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	sh.clock.Advance(time.Hour)
	sh.qd("redact", w.ID, "--reason", "a password")
	sh.has(sh.qd("backup", "list"), "1 redacted record", "purge")
	var p purged
	if err := json.Unmarshal([]byte(sh.qd("backup", "purge", "--json")), &p); err != nil || len(p.Removed) != 1 || p.Removed[0] != old.Path || p.Made == "" {
		t.Fatalf("%+v %v", p, err)
	}
	err = filepath.WalkDir(sh.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(data), "hunter2-xyzzy") {
			t.Errorf("%s still holds the words", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(sh.qd("backup", "purge", "--json")), &p); err != nil || len(p.Removed) != 0 || p.Made != "" {
		t.Fatalf("a second time: %+v %v", p, err)
	}
}

func TestTheDoctorNamesWhatIsWrong(t *testing.T) {
	sh := newShell(t)
	state := func(check string, status int) finding {
		t.Helper()
		got, out, stderr := sh.try("", "doctor", "--json")
		var d diagnosis
		if err := json.Unmarshal([]byte(out), &d); err != nil || got != status || d.OK != (status == done) {
			t.Fatalf("status %d %v %s %s", got, err, out, stderr)
		}
		for _, f := range d.Checks {
			if f.State != wellState && f.Do == "" {
				t.Errorf("%+v does not say what to do", f)
			}
			if f.Check == check {
				return f
			}
		}
		return finding{}
	}
	if f := state("database", done); f.State != wellState {
		t.Errorf("an empty place: %+v", f)
	}
	sh.qd("config", "set", "name", "ana")
	sh.qd("declare", "--title", "Checkout fails")
	for _, check := range []string{"folder", "database", "pages", "record", "settings", "kit"} {
		if f := state(check, done); f.State != wellState {
			t.Errorf("in health: %+v", f)
		}
	}
	if f := state("backups", done); f.State != warnState {
		t.Errorf("without a backup: %+v", f)
	}
	path := filepath.Join(sh.dir, store.FileName)
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if f := state("folder", done); f.State != warnState || !strings.Contains(f.Says, path) {
		t.Errorf("a file that others may read: %+v", f)
	}
	sh.qd("config", "set", "theme", "dark")
	if err := os.WriteFile(filepath.Join(sh.dir, "settings.yaml"), []byte("kit: nowhere\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if f := state("kit", failed); f.State != badState {
		t.Errorf("a kit that is not there: %+v", f)
	}
	if err := os.WriteFile(filepath.Join(sh.dir, "settings.yaml"), []byte("name: ana\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(data), "Checkout fails", "Checkout works")), 0o600); err != nil {
		t.Fatal(err)
	}
	if f := state("record", failed); f.State != badState {
		t.Errorf("forged words: %+v", f)
	}
	for i := 4096; i < len(data); i++ {
		data[i] = 0
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if f := state("database", failed); f.State != badState && state("pages", failed).State != badState {
		t.Errorf("pages of nothing: %+v", f)
	}
}
