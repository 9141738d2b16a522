package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/store"
)

// TestADamagedDatabaseIsSetAsideAndAnIncidentCanBeDeclared: the file stays whole, the
// screen says where it lies, and says so until somebody has taken it away.
func TestADamagedDatabaseIsSetAsideAndAnIncidentCanBeDeclared(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, store.FileName)
	damaged := bytes.Repeat([]byte("no database "), 2000)
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	faults := func() string {
		t.Helper()
		b, err := app.Open(t.Context(), dir, clock.NewFake(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)))
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		api := new(app.API)
		app.Attach(api, b)
		if err := api.SetPrefs(app.PrefsInput{Name: "ana"}); err != nil {
			t.Fatal(err)
		}
		n, err := api.Declare(app.DeclareInput{Title: "Checkout fails"})
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, f := range n.Station.Faults {
			out = append(out, f.Message)
		}
		return strings.Join(out, "; ")
	}
	kept, err := store.Aside(dir)
	if err != nil || len(kept) != 0 {
		t.Fatal(kept, err)
	}
	if got := faults(); !strings.Contains(got, "damaged-20260302T120000Z") {
		t.Fatalf("the screen says %q", got)
	}
	if kept, err = store.Aside(dir); err != nil || len(kept) != 1 {
		t.Fatalf("set aside: %v %v", kept, err)
	}
	if data, err := os.ReadFile(kept[0]); err != nil || !bytes.Equal(data, damaged) {
		t.Fatalf("the damaged file was touched (%v)", err)
	}
	if got := faults(); !strings.Contains(got, "damaged") {
		t.Fatalf("the next start says %q", got)
	}
	if err := os.Remove(kept[0]); err != nil {
		t.Fatal(err)
	}
	if got := faults(); got != "" {
		t.Fatalf("once it is taken away, it says %q", got)
	}
}
