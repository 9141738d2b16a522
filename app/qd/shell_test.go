package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/clock"
)

// shell runs commands on one data folder, on a clock that moves when it is told.
type shell struct {
	*testing.T
	dir   string
	clock *clock.Fake
}

var morning = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// newShell is a shell on a folder that is not there yet.
func newShell(t *testing.T) *shell {
	t.Setenv("QUARTERDECK_DATA", "")
	return &shell{t, filepath.Join(t.TempDir(), "data"), clock.NewFake(morning)}
}

// named is a shell in which ana sits.
func named(t *testing.T) *shell {
	sh := newShell(t)
	sh.qd("config", "set", "name", "ana")
	return sh
}

// opened is a shell with one open incident, INC-1.
func opened(t *testing.T) *shell {
	sh := named(t)
	sh.qd("declare", "--title", "Checkout fails", "--severity", "SEV2")
	return sh
}

// try runs a command and answers with its exit status and what it said.
func (sh *shell) try(stdin string, args ...string) (status int, out, err string) {
	sh.Helper()
	var o, e bytes.Buffer
	args = append([]string{"--data", sh.dir}, args...)
	status = run(args, strings.NewReader(stdin), &o, &e, sh.clock)
	return status, o.String(), e.String()
}

// qd runs a command that must succeed.
func (sh *shell) qd(args ...string) string {
	sh.Helper()
	status, out, err := sh.try("", args...)
	if status != done {
		sh.Fatalf("qd %q: status %d\n%s%s", args, status, out, err)
	}
	return out
}

// refuses runs a command that must end with a status, and answers with its fault.
func (sh *shell) refuses(status int, args ...string) faultJSON {
	sh.Helper()
	got, out, err := sh.try("", append([]string{"--json"}, args...)...)
	if got != status || out != "" {
		sh.Fatalf("qd %q: status %d, want %d\n%s%s", args, got, status, out, err)
	}
	var f faultJSON
	dec := json.NewDecoder(strings.NewReader(err))
	dec.DisallowUnknownFields()
	if e := dec.Decode(&f); e != nil || f.Message == "" {
		sh.Fatalf("qd %q: %v: stderr is no fault: %q", args, e, err)
	}
	return f
}

type faultJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Field   string `json:"field"`
}

// ask runs a command with --json and reads its one document into v.
func ask[T any](sh *shell, args ...string) (v T) {
	sh.Helper()
	status, out, stderr := sh.try("", append(args, "--json")...)
	if status != done || stderr != "" {
		sh.Fatalf("qd %q: status %d, stderr %q", args, status, stderr)
	}
	dec := json.NewDecoder(strings.NewReader(out))
	if err := dec.Decode(&v); err != nil {
		sh.Fatalf("qd %q: %v: %q", args, err, out)
	}
	if dec.More() {
		sh.Fatalf("qd %q: more than one document: %q", args, out)
	}
	return v
}

// texts are those of the records of one kind, by at.
func (sh *shell) texts(kind string, ref ...string) []string {
	sh.Helper()
	out := []string{}
	for _, r := range ask[[]recordView](sh, append([]string{"timeline"}, ref...)...) {
		if r.Kind == kind {
			out = append(out, r.Text)
		}
	}
	return out
}

func (sh *shell) same(got, want any, about string) {
	sh.Helper()
	g, err1 := json.Marshal(got)
	w, err2 := json.Marshal(want)
	if err1 != nil || err2 != nil || !bytes.Equal(g, w) {
		sh.Errorf("%s: got %s, want %s", about, g, w)
	}
}

func (sh *shell) has(text string, parts ...string) {
	sh.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			sh.Errorf("%q is missing in:\n%s", p, text)
		}
	}
}
