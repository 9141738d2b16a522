package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrongUsageIsToldFromRefusal(t *testing.T) {
	sh := opened(t)
	for _, c := range []struct {
		status int
		code   string
		field  string
		args   []string
	}{
		{misuse, "invalid", "command", []string{}},
		{misuse, "invalid", "command", []string{"shwo"}},
		{misuse, "invalid", "command", []string{"shwo", "--bogus"}},
		{misuse, "invalid", "command", []string{"role"}},
		{misuse, "invalid", "command", []string{"role", "asign", "scribe", "dee"}},
		{misuse, "invalid", "command", []string{"config", "INC-1"}},
		{misuse, "invalid", "bogus", []string{"list", "--bogus"}},
		{misuse, "invalid", "bogus", []string{"--bogus", "list"}},
		{misuse, "invalid", "title", []string{"declare"}},
		{misuse, "invalid", "title", []string{"declare", "--title"}},
		{misuse, "invalid", "", []string{"declare", "Checkout", "--title", "x"}},
		{misuse, "invalid", "", []string{"note"}},
		{misuse, "invalid", "", []string{"phase"}},
		{misuse, "invalid", "", []string{"phase", "INC-1", "assess", "now"}},
		{misuse, "invalid", "at", []string{"note", "--at", "yesterday", "x"}},
		{misuse, "invalid", "minutes", []string{"note", "--kind", "action", "--minutes", "ten", "x"}},
		{misuse, "invalid", "kind", []string{"note", "--kind", "rumour", "x"}},
		{misuse, "invalid", "owner", []string{"note", "--owner", "dee", "x"}},
		{misuse, "invalid", "basis", []string{"note", "--kind", "action", "--basis", "dee", "x"}},
		{misuse, "invalid", "state", []string{"check", "declare.start", "maybe"}},
		{misuse, "invalid", "state", []string{"exit", "backlog", "maybe"}},
		{misuse, "invalid", "audience", []string{"update", "--text", "x"}},
		{misuse, "invalid", "text", []string{"update", "--audience", "support"}},
		{misuse, "invalid", "next", []string{"update", "--audience", "support", "--text", "x", "--next", "30"}},
		{misuse, "invalid", "next", []string{"promise", "support", "soon"}},
		{misuse, "invalid", "time", []string{"milestone", "started", "9:00"}},
		{misuse, "invalid", "format", []string{"export", "--format", "doc"}},
		{misuse, "invalid", "key", []string{"config", "get", "colour"}},
		{misuse, "invalid", "theme", []string{"config", "set", "theme", "pink"}},
		{misuse, "invalid", "font", []string{"config", "set", "font", "comic"}},
		{misuse, "invalid", "size", []string{"config", "set", "size", "200"}},
		{misuse, "invalid", "size", []string{"config", "set", "size", "large"}},
		{misuse, "invalid", "volume", []string{"config", "set", "volume", "0"}},
		{misuse, "invalid", "local", []string{"config", "set", "local", "perhaps"}},
		{misuse, "invalid", "command", []string{"kit"}},
		{misuse, "invalid", "", []string{"kit", "check"}},
		{misuse, "invalid", "dir", []string{"kit", "init", ""}},
		{failed, "not_found", "", []string{"kit", "check", "/nowhere/at/all"}},
		{failed, "not_found", "", []string{"config", "set", "kit", "/nowhere/at/all"}},
		{failed, "not_found", "", []string{"show", "INC-9"}},
		{failed, "invalid", "severity", []string{"severity", "SEV9"}},
		{failed, "conflict", "", []string{"severity", "sev2"}},
		{failed, "invalid", "phase", []string{"phase", "lunch"}},
		{failed, "invalid", "reason", []string{"severity", "3"}},
		{failed, "invalid", "reason", []string{"phase", "resolved"}},
		{failed, "invalid", "text", []string{"note", " "}},
		{failed, "invalid", "owner", []string{"log", "@someone do it"}},
		{failed, "invalid", "at", []string{"note", "--at", "9999-12-31T23:59:59Z", "x"}},
		{failed, "invalid", "at", []string{"note", "--at", "1970-01-01T00:00:00Z", "x"}},
		{failed, "invalid", "owner", []string{"note", "--kind", "action", "x"}},
		{failed, "invalid", "audience", []string{"update", "--audience", "world", "--text", "x"}},
		{failed, "invalid", "phase", []string{"update", "--audience", "support", "--text", "x", "--phase", "fixed"}},
		{failed, "invalid", "next", []string{"update", "--audience", "support", "--text", "x", "--next", "-5m"}},
		{failed, "not_found", "", []string{"check", "declare.nothing", "done"}},
		{failed, "invalid", "record", []string{"undo", "the last one"}},
		{failed, "not_found", "", []string{"undo", "00000000"}},
		{failed, "not_found", "", []string{"amend", "00000000-0000-7000-8000-000000000001", "--text", "x"}},
		{failed, "invalid", "role", []string{"role", "assign", "cook", "dee"}},
		{failed, "unreachable", "", []string{"import", "/nowhere/at/all.json"}},
	} {
		name := strings.Join(c.args, " ")
		if f := sh.refuses(c.status, c.args...); f.Code != c.code || f.Field != c.field && c.field != "" {
			t.Errorf("qd %s: %+v, want code %s, field %q", name, f, c.code, c.field)
		}
		status, _, stderr := sh.try("", c.args...)
		if len(c.args) > 0 && (status != c.status || !strings.HasPrefix(stderr, "qd: ")) {
			t.Errorf("qd %s: status %d, stderr %q", name, status, stderr)
		}
	}
	if n := len(sh.texts("note.added")); n != 0 {
		t.Errorf("%d notes were written by refused commands", n)
	}
}

func TestFlagsStandAnywhere(t *testing.T) {
	sh := opened(t)
	for _, args := range [][]string{
		{"note", "all is well", "--as", "dee", "--json"},
		{"--json", "note", "--as", "dee", "all is well"},
		{"--as", "dee", "note", "all", "--json", "is", "well"},
		{"--as=dee", "--incident", "INC-1", "--json", "note", "all", "is", "well"},
		{"note", "--as", "dee", "--json", "--", "all is well"},
		{"note", "all", "--as", "dee", "is", "--incident=inc-1", "well", "--json"},
	} {
		status, out, stderr := sh.try("", args...)
		if status != done {
			t.Errorf("qd %q: status %d, %s", args, status, stderr)
		}
		sh.has(out, `"text":"all is well"`, `"actor":"dee"`)
	}
	// A flag without a value before the command does not swallow it; a value may be the name of a command.
	sh.has(sh.qd("--security", "--json", "declare", "--title", "note"), `"security":true`, `"title":"note"`)
	sh.has(sh.qd("--incident", "INC-1", "--as", "note", "--json", "note", "note"), `"actor":"note"`, `"text":"note"`)
	sh.has(sh.qd("--as", "dee", "role", "--json", "assign", "INC-1", "scribe", "dee"), `"kind":"role.assigned"`)
	sh.has(sh.qd("-o", filepath.Join(sh.dir, "x.md"), "export", "--json", "INC-1"), `"name":"INC-1.md"`)
}

func TestTwoDashesEndTheFlags(t *testing.T) {
	sh := opened(t)
	for _, text := range []string{"-10m is how long it took", "--json", "- a list", "--", "-h"} {
		sh.has(sh.qd("note", "--json", "--", text), `"kind":"note.added"`)
	}
	sh.same(sh.texts("note.added"), []string{"-10m is how long it took", "--json", "- a list", "--", "-h"}, "notes")
	sh.has(sh.qd("log", "-10m a call", "--json", "--as", "dee"), `"text":"a call"`, `"actor":"dee"`)
	sh.has(sh.qd("note", "--as", "-1", "-2 degrees", "--json"), `"text":"-2 degrees"`, `"actor":"-1"`)
	if f := sh.refuses(misuse, "note", "-is how long it took"); !strings.Contains(f.Hint, "put -- before a text that begins with a dash") {
		t.Errorf("the hint does not help: %+v", f)
	}
	status, _, stderr := sh.try("", "bogus", "--", "--json")
	if status != misuse || strings.HasPrefix(stderr, "{") {
		t.Errorf("status %d, stderr %q: --json after -- is no flag", status, stderr)
	}
}

func TestHelpIsReadable(t *testing.T) {
	sh := newShell(t)
	root := tree(&session{})
	lines := func(args ...string) {
		out := sh.qd(args...)
		for line := range strings.Lines(out) {
			if width(strings.TrimRight(line, "\n")) > columns {
				t.Errorf("qd %q: too wide: %s", args, line)
			}
		}
		if !strings.HasSuffix(out, "\n") || strings.Contains(out, "\n\n\n") {
			t.Errorf("qd %q: ends badly or has holes:\n%s", args, out)
		}
	}
	lines()
	lines("--help")
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			continue
		}
		lines(c.Name(), "--help")
		for _, d := range c.Commands() {
			lines(c.Name(), d.Name(), "--help")
		}
	}
	for _, kind := range []string{"bash", "zsh", "fish"} {
		sh.has(sh.qd("completion", kind), "qd")
	}
	sh.has(sh.qd("--version"), "qd ")
	sh.has(sh.qd("__complete", "ph"), "phase")
	if _, err := os.Stat(sh.dir); err == nil {
		t.Error("asking for help made the data folder")
	}
}

func TestReadingMakesNothing(t *testing.T) {
	sh := newShell(t)
	for _, c := range []struct{ want, json string }{
		{"list", "[]"}, {"list --open", "[]"}, {"search anything", "[]"},
		{"verify", `{"ok":true,"incidents":0,"records":0,"first_bad":null}`},
		{"config list", `{"name":"","theme":"dark","local":false,"kit":"","size":100,"font":"inter","volume":100,"secrets":"","brief":""}`}, {"config get local", `{"local":false}`},
	} {
		args := strings.Fields(c.want)
		if out := sh.qd(append(args, "--json")...); strings.TrimSpace(out) != c.json {
			t.Errorf("qd %s --json: %s", c.want, out)
		}
		sh.qd(args...)
	}
	sh.has(sh.qd("list"), "no incident here yet")
	for _, line := range []string{"show", "show INC-1", "timeline", "export", "verify INC-1", "note hello", "phase assess", "undo abcdef12", "rebuild", "update --audience support --text x"} {
		if f := sh.refuses(failed, strings.Fields(line)...); f.Code != "not_found" || f.Message != "no incident here yet" {
			t.Errorf("qd %s: %+v", line, f)
		}
	}
	if _, err := os.Stat(sh.dir); err == nil {
		t.Error("reading made the data folder")
	}
	sh.qd("config", "set", "theme", "light")
	sh.has(sh.qd("list"), "no incident here yet")
	if entries, err := os.ReadDir(sh.dir); err != nil || len(entries) != 1 {
		t.Errorf("a theme needs no database: %v, %v", entries, err)
	}
}
