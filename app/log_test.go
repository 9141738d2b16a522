package app_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quarterdeck/app"
)

func TestTheProgramsOwnLogStaysSmall(t *testing.T) {
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	dir := t.TempDir()
	path, err := app.LogTo(dir)
	if err != nil || path != filepath.Join(dir, "quarterdeck.log") {
		t.Fatalf("%v %s", err, path)
	}
	slog.Warn("something", "deadline", "promise")
	if data, err := os.ReadFile(path); err != nil || !strings.Contains(string(data), "deadline=promise") {
		t.Errorf("%v %s", err, data)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", err, info)
	}
	if err := os.WriteFile(path, bytes.Repeat([]byte("x"), 6<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := app.LogTo(dir); err != nil {
		t.Fatal(err)
	}
	now, err := os.Stat(path)
	if err != nil || now.Size() > 1<<20 {
		t.Errorf("%v %v", err, now)
	}
	if old, err := os.Stat(path + ".old"); err != nil || old.Size() != 6<<20 {
		t.Errorf("%v %v", err, old)
	}
	if _, err := app.LogTo(filepath.Join(dir, "gone")); err == nil {
		t.Error("kept nowhere, and nobody says so")
	}
}
