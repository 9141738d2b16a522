package archtest

import (
	"slices"
	"strings"
	"testing"
)

// Whatever is forbidden is forbidden for a reason.
func TestEveryForbiddenPairHasAReason(t *testing.T) {
	for _, from := range kinds {
		r, ok := rules[from]
		if !ok {
			t.Errorf("%s has no rule", from)
		}
		for _, to := range kinds {
			allowed, why := slices.Contains(r.may, to), from.reason(to)
			switch {
			case allowed && r.because[to] != "":
				t.Errorf("%s may import %s, and a reason says why not", from, to)
			case allowed != (why == ""):
				t.Errorf("%s to %s: allowed %v, reason %q", from, to, allowed, why)
			}
		}
	}
	if len(rules) != len(kinds) {
		t.Error("a rule for a kind that is not in the list")
	}
}

func TestTheTableIsSound(t *testing.T) {
	for dir, r := range rooms {
		if !slices.Contains(kinds, r.kind) {
			t.Errorf("%s is of no kind", dir)
		}
		for _, other := range slices.Concat(r.also, r.inTests) {
			o, ok := rooms[other]
			switch {
			case !ok:
				t.Errorf("%s may import %s, which is not in the table", dir, other)
			case r.kind.reason(o.kind) == "":
				t.Errorf("%s names %s, which its kind may import anyway", dir, other)
			}
		}
	}
	for lib, l := range libraries {
		if l.why == "" || len(l.owners) == 0 {
			t.Errorf("%s: no owner, or no reason", lib)
		}
		for _, o := range l.owners {
			if _, ok := rooms[o]; !ok {
				t.Errorf("%s belongs to %s, which is not in the table", lib, o)
			}
		}
	}
}

func TestThePeersAreSound(t *testing.T) {
	for lib, l := range peers {
		if _, ok := rooms[l.owner]; !ok || l.why == "" {
			t.Errorf("%s: no owner, or no reason", lib)
		}
		if _, both := libraries[lib]; both {
			t.Errorf("%s ships, so it is not only a peer", lib)
		}
	}
}

// The inspection finds what it is there for, and lets the rest be.
func TestInspect(t *testing.T) {
	imports := func(paths ...string) string {
		return "package x\nimport (\n_ \"" + strings.Join(paths, "\"\n_ \"") + "\"\n)\n"
	}
	body := func(imp, code string) string { return "package x\nimport " + imp + "\nfunc f() { " + code + " }\n" }
	tests := []struct {
		name, file, src string
		want            string // a part of the one problem; empty = none
	}{
		{"a peer in a test", "internal/ical/a_test.go", imports("github.com/apognu/gocal"), ""},
		{"a peer in what ships", "internal/ical/a.go", imports("github.com/apognu/gocal"), "for tests of internal/ical only"},
		{"a peer in another room's test", "internal/store/a_test.go", imports("github.com/apognu/gocal"), "for tests of internal/ical only"},
		{"the core imports a leaf", "internal/incident/a.go", imports("quarterdeck/internal/fault", "strings"), ""},
		{"the core imports the clock", "internal/incident/a.go", imports("quarterdeck/internal/clock"), "time is an argument"},
		{"the core imports who uses it", "internal/incident/a.go", imports("quarterdeck/internal/cadence"), "depends on nobody who uses it"},
		{"the core reads a file", "internal/incident/a.go", imports("os"), "touches nothing of the world"},
		{"a pure room listens", "internal/cadence/a.go", imports("net/http"), "touches nothing of the world"},
		{"a pure room reads an address", "internal/compose/a.go", imports("net/url"), ""},
		{"a pure room imports the log", "internal/compose/a.go", imports("quarterdeck/internal/store"), "reads no file"},
		{"a test of a pure room reads a file", "internal/cadence/a_test.go", imports("os", "testing"), ""},
		{"a leaf imports a leaf", "internal/fault/a.go", imports("quarterdeck/internal/kit"), "a leaf imports no room"},
		{"adapters import each other", "internal/store/a.go", imports("quarterdeck/internal/notify"), "replacing one touches one folder"},
		{"an adapter imports the use-cases", "internal/store/a.go", imports("quarterdeck/internal/cockpit"), "do not know their adapters"},
		{"the use-cases import an adapter", "internal/cockpit/a.go", imports("quarterdeck/internal/store"), "small interface"},
		{"their tests do", "internal/cockpit/a_test.go", imports("quarterdeck/internal/store"), ""},
		{"another adapter in their tests", "internal/cockpit/a_test.go", imports("quarterdeck/internal/notify"), "small interface"},
		{"the wiring imports a face", "app/a.go", imports("quarterdeck/app/browser"), "not the API its faces"},
		{"a room below imports the wiring", "internal/cockpit/a.go", imports("quarterdeck/app"), "upside down"},
		{"a face imports an adapter", "app/browser/a.go", imports("quarterdeck/internal/store"), "a face translates"},
		{"something shipped imports what serves tests", "internal/notify/a.go", imports("quarterdeck/internal/notify/notifytest"), "not shipped"},
		{"a program is imported", "app/a.go", imports("quarterdeck"), "not a library"},
		{"a room that nobody knows", "app/a.go", imports("quarterdeck/internal/helper"), "does not know that room"},
		{"a library out of its room", "app/a.go", imports("github.com/wailsapp/wails/v2/pkg/runtime"), "app/desktop"},
		{"a library in its room", "app/desktop/a.go", imports("github.com/wailsapp/wails/v2/pkg/runtime"), ""},
		{"a library whose name begins alike", "internal/store/a.go", imports("github.com/mattn/go-sqlite3-more"), "no room owns"},
		{"a library of nobody", "internal/store/a.go", imports("example.org/x"), "no room owns"},
		{"a library out of its room, in a test", "internal/cockpit/a_test.go", imports("github.com/mattn/go-sqlite3"), "internal/store"},
		{"names without their package", "app/a.go", "package x\nimport . \"strings\"\n", "names come with the package"},
		{"the time is read", "app/a.go", body(`"time"`, "_ = time.Now()"), "only internal/clock"},
		{"the time is read under another name", "app/a.go", body(`t "time"`, "<-t.After(t.Second)"), "time.After"},
		{"the time is passed on as a function", "app/a.go", body(`"time"`, "f := time.Now; f()"), "time.Now"},
		{"a test sleeps", "app/a_test.go", body(`"time"`, "time.Sleep(1)"), "time.Sleep"},
		{"a duration is no reading", "app/a.go", body(`"time"`, "_ = time.Second + time.UnixMilli(1).Sub(time.Time{})"), ""},
		{"the clock reads the time", "internal/clock/a.go", body(`"time"`, "_ = time.Now()"), ""},
		{"a real process is waited for", "internal/e2e/a_test.go", body(`"time"`, "time.Sleep(1)"), ""},
		{"a benchmark measures", "internal/store/bench_test.go", body(`"time"`, "_ = time.Now()"), ""},
		{"another package called time", "app/a.go", body(`time "sort"`, "time.Now()"), ""},
		{"a library prints", "internal/cockpit/a.go", body(`"fmt"`, `fmt.Println()`), "only programs print"},
		{"a library formats", "internal/cockpit/a.go", body(`"fmt"`, `fmt.Sprint(); fmt.Fprintln(nil)`), ""},
		{"a library ends the process", "app/a.go", body(`"os"`, `os.Exit(1)`), "only programs print"},
		{"a library logs and ends", "app/a.go", body(`"log"`, `log.Fatalf("")`), "log.Fatalf"},
		{"a library panics", "app/a.go", body(`"os"`, `panic(os.Args)`), "panic"},
		{"a program ends", "main.go", body(`"os"`, `os.Exit(1)`), ""},
		{"a test panics", "app/a_test.go", body(`"os"`, `panic(os.Args)`), ""},
		{"what is no Go", "app/a.go", "packag", "expected 'package'"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := inspect(tt.file, []byte(tt.src))
			switch {
			case tt.want == "" && len(got) > 0:
				t.Errorf("found %q", got)
			case tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want) || !strings.HasPrefix(got[0], tt.file)):
				t.Errorf("found %q, want one about %q", got, tt.want)
			}
		})
	}
}
