package main

import (
	"bytes"
	"compress/zlib"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"quarterdeck/internal/store"
)

// leak stands in every text below, and in an attached file; leakName in its name.
const leak, leakName = "swordfish-4711", "swordfish.txt"

// holding names the files below a folder that hold the leaked words.
func holding(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("swordfish")) || bytes.Contains(inflated(data), []byte("swordfish")) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var stream = regexp.MustCompile(`(?s)stream\r?\n(.*?)endstream`)

// inflated is what the streams of a PDF hold, which are packed and name each letter in two
// bytes.
func inflated(data []byte) []byte {
	var out []byte
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return nil
	}
	for _, m := range stream.FindAllSubmatch(data, -1) {
		if z, err := zlib.NewReader(bytes.NewReader(m[1])); err == nil {
			text, _ := io.ReadAll(z) // as far as it goes: behind its end stands white space
			out = append(out, text...)
		}
	}
	return bytes.ReplaceAll(out, []byte{0}, nil)
}

// What is redacted is nowhere: not in the database, its log, its free pages and its index,
// no draft, no waiting message, no attached file, no later backup and no export.
func TestWhatIsRedactedIsNowhere(t *testing.T) {
	sh, _ := slacked(t)
	var all []string
	write := func(args ...string) {
		t.Helper()
		all = append(all, ask[written](sh, args...).ID)
	}
	write("note", "a note with "+leak)
	write("note", "--kind", "decision", "--basis", "as "+leak+" says", "--tradeoff", "not "+leak, "a decision on "+leak)
	write("note", "--kind", "action", "--owner", "ben", "rotate "+leak)
	write("note", "--kind", "question", "who has "+leak+"?")
	write("note", "--kind", "followup", "forget "+leak)
	write("note", "--kind", "hypothesis", leak+" leaked")
	file := filepath.Join(t.TempDir(), leakName)
	if err := os.WriteFile(file, []byte("the password is "+leak+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	write("attach", file, "--text", "it is "+leak)
	amended := ask[written](sh, "note", "harmless at first").ID
	sh.qd("amend", amended, "--text", "then it was "+leak)
	all = append(all, amended)
	sh.away("update", "--audience", "support", "--text", "We look into "+leak, "--next", "30m", "--no-wait")
	for _, r := range ask[[]recordView](sh, "timeline") {
		if r.Kind == "update.requested" {
			all = append(all, r.ID)
		}
	}
	s, err := store.Open(t.Context(), sh.dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.KeepDraft(t.Context(), "log", "dear all, a note with "+leak+" and more", 1); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, in := range []string{store.FileName, "attachments"} { // the test looks in the right places
		found := false
		for _, path := range holding(t, sh.dir) {
			found = found || bytes.Contains([]byte(path), []byte(in))
		}
		if !found {
			t.Fatalf("%s does not hold it: this shows nothing", in)
		}
	}

	before := t.TempDir() // the test can see words in each of the formats but ics, which has none of these
	for _, format := range formats {
		file := filepath.Join(before, "inc."+format)
		sh.qd("export", "INC-1", "--format", format, "-o", file)
		if len(holding(t, before)) == 0 && format != "ics" {
			t.Fatalf("%s does not hold it: this shows nothing", format)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}

	for _, id := range all {
		sh.qd("redact", id, "--reason", "a password")
	}
	if left := holding(t, sh.dir); len(left) > 0 {
		t.Errorf("still in %q", left)
	}
	backup := filepath.Join(t.TempDir(), "later.db")
	sh.qd("backup", backup)
	if left := holding(t, filepath.Dir(backup)); len(left) > 0 {
		t.Errorf("a later backup holds it: %q", left)
	}
	out := t.TempDir()
	for _, format := range formats {
		sh.qd("export", "INC-1", "--format", format, "-o", filepath.Join(out, "inc."+format))
	}
	if left := holding(t, out); len(left) > 0 {
		t.Errorf("exports hold it: %q", left)
	}
	for _, args := range [][]string{{"timeline", "--json"}, {"show", "--json"}, {"list", "--json"}, {"outbox", "list", "--json"}, {"search", "sword", "--json"}, {"search", "password", "--json"}} {
		if said := sh.qd(args...); bytes.Contains([]byte(said), []byte("swordfish")) {
			t.Errorf("qd %q says it: %s", args, said)
		}
	}
	if v := ask[verdict](sh, "verify"); !v.OK {
		t.Errorf("%+v", v)
	}
}
