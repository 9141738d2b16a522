package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// ours is a folder with a kit of our own, which differs from the built-in one by its
// name and by its first item.
func ours(sh *shell) string {
	sh.Helper()
	dir := filepath.Join(sh.TempDir(), "kit")
	sh.qd("kit", "init", dir)
	change(sh, dir, "kit.yaml", "name: Default kit", "name: Ours")
	change(sh, dir, "checklists/declare.yaml", "text: ", "text: Ours, ")
	return dir
}

// change replaces a text in a kit's file, once.
func change(sh *shell, dir, file, old, new string) {
	sh.Helper()
	path := filepath.Join(dir, file)
	data, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(data), old) {
		sh.Fatalf("%s does not hold %q: %v", file, old, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), old, new, 1)), 0o644); err != nil {
		sh.Fatal(err)
	}
}

// mistakes checks a kit that must have some.
func mistakes(sh *shell, dir string) []mistake {
	sh.Helper()
	status, out, stderr := sh.try("", "kit", "check", dir, "--json")
	var found []mistake
	if err := json.Unmarshal([]byte(out), &found); err != nil || status != failed || len(found) == 0 || !strings.Contains(stderr, `"code":"invalid"`) {
		sh.Fatalf("status %d, %v\n%s%s", status, err, out, stderr)
	}
	return found
}

func TestKitIsWrittenAndChecked(t *testing.T) {
	sh := newShell(t)
	dir := filepath.Join(t.TempDir(), "a", "b's kit")
	out := sh.qd("kit", "init", dir)
	sh.has(out, dir, `qd kit check '`+strings.ReplaceAll(dir, "'", `'\''`)+"'", "qd config set kit")
	sh.has(sh.qd("kit", "check", dir), "Default kit: no mistakes\nhash        ", "severities  5", "checklists  11", "templates   40")
	sh.same(ask[[]mistake](sh, "kit", "check", dir), []mistake{}, "a clean kit")
	files := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() {
			files++
		}
		info, err := d.Info()
		if want := map[bool]os.FileMode{true: 0o755, false: 0o644}[d.IsDir()]; err == nil && info.Mode().Perm() != want {
			t.Errorf("%s has the mode %o", path, info.Mode().Perm())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	sh.has(out, fmt.Sprintf("%d files", files))
	if f := sh.refuses(failed, "kit", "init", dir); f.Code != "invalid" || f.Field != "dir" {
		t.Errorf("a folder that is not empty: %+v", f)
	}
	if f := sh.refuses(failed, "kit", "init", filepath.Join(dir, "kit.yaml")); f.Code != "invalid" {
		t.Errorf("a file: %+v", f)
	}
	if f := sh.refuses(failed, "kit", "init", filepath.Join(dir, "kit.yaml", "sub")); f.Code != "unreachable" || f.Hint == "" {
		t.Errorf("below a file: %+v", f)
	}
	empty := t.TempDir()
	t.Chdir(empty)
	if v := ask[kitWritten](sh, "kit", "init", "."); v.Files != files || filepath.Base(v.Folder) != filepath.Base(empty) {
		t.Errorf("%+v", v)
	}
	sh.qd("kit", "check", ".")
	if _, err := os.Stat(sh.dir); err == nil {
		t.Error("writing and checking a kit made the data folder")
	}
}

func TestEachMistakeOfAKitIsNamed(t *testing.T) {
	const mitigate = "checklists/mitigate.yaml"
	for name, c := range map[string]struct{ file, old, new, says, hint string }{
		"cannot be read":   {"types.yaml", "  name: Service", "\tname: Service", "cannot be read", "indentation"},
		"unknown key":      {"roles.yaml", "duty: What happened", "dutty: What happened", `no key "dutty"`, "hand_over"},
		"anchor":           {"types.yaml", "name: Service", "name: &n Service", "anchors", "write the value out"},
		"text for number":  {"severities.yaml", "soak: 30}", "soak: 30m}", "whole number", "digits"},
		"number for text":  {"severities.yaml", "name: critical", "name: 404", "text is wanted", "quotes"},
		"yes for a flag":   {"types.yaml", "private: true", "private: yes", "true or false", "true or false"},
		"unknown role":     {"severities.yaml", "required: [operations, communications]", "required: [operations, cooks]", `no role "cooks"`, "communications"},
		"unknown audience": {"severities.yaml", "audience: leadership, first: 15", "audience: board, first: 15", `no audience "board"`, "leadership"},
		"out of range":     {"severities.yaml", "soak: 30}", "soak: 10081}", "out of range", "10080"},
		"id stands twice":  {"roles.yaml", "- id: deputy", "- id: scribe", "stands twice", "another id"},
		"no such proof":    {mitigate, "proof: decision", "proof: decided", `no proof "decided"`, "decision"},
		"no such act":      {mitigate, "act: decision", "act: decide", `no act "decide"`, "decision"},
		"no such phase":    {mitigate, "phase: mitigate", "phase: repair", `no phase "repair"`, "investigate"},
		"no such moment":   {"templates.yaml", "moment: watching", "moment: later", `no moment "later"`, "watching"},
		"text is missing":  {"kit.yaml", "name: Default kit", "name:", "text is missing", "write it"},
		"control mark":     {"types.yaml", "name: People", `name: "a\x07"`, "cannot be shown", "anew"},
	} {
		t.Run(name, func(t *testing.T) {
			sh := newShell(t)
			dir := filepath.Join(t.TempDir(), "kit")
			sh.qd("kit", "init", dir)
			data, err := os.ReadFile(filepath.Join(dir, c.file))
			if err != nil {
				t.Fatal(err)
			}
			before, _, _ := strings.Cut(string(data), c.old)
			line := strings.Count(before, "\n") + 1
			change(sh, dir, c.file, c.old, c.new)
			m := mistakes(sh, dir)[0]
			if m.File != c.file || m.Line != line || !strings.Contains(m.Message, c.says) || !strings.Contains(m.Hint, c.hint) {
				t.Errorf("%+v, want %s:%d", m, c.file, line)
			}
			status, out, stderr := sh.try("", "kit", "check", dir)
			sh.has(out, escape(c.file+":"+strconv.Itoa(line)+": "+m.Message+"\n    "+m.Hint))
			if status != failed || !strings.HasPrefix(stderr, "qd: the kit in "+dir+" has ") {
				t.Errorf("status %d, %q", status, stderr)
			}
		})
	}
}

func TestMistakesOfAFolder(t *testing.T) {
	sh := newShell(t)
	dir := ours(sh)
	for _, name := range []string{"roles.yaml", "audiences.yaml"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "sev:2.yaml"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, m := range mistakes(sh, dir) {
		got = append(got, m.File+" "+strconv.Itoa(m.Line))
	}
	sh.same(got, []string{"roles.yaml 0", "audiences.yaml 0", "sev:2.yaml 0"}, "files without a line")
}

func TestAKitOfOnesOwn(t *testing.T) {
	sh := opened(t)
	dir := ours(sh)
	item := func(ref string) string { return ask[incidentView](sh, "show", ref).Checklist[0].Text }
	before := item("INC-1")
	sh.has(sh.qd("config", "set", "kit", dir, "--json"), `"kit":"`+dir+`"`)
	sh.same(ask[settingsView](sh, "config", "list").Kit, dir, "the setting")
	sh.qd("declare", "--title", "Another")
	sh.same([]string{item("INC-1"), item("INC-2")}, []string{before, "Ours, " + before}, "each its own kit's")

	// Broken: the last good one, with a word on stderr each time.
	change(sh, dir, "types.yaml", "name: People", "nam: People")
	status, out, stderr := sh.try("", "declare", "--title", "A third")
	if status != done || out == "" {
		t.Fatalf("status %d: %s", status, stderr)
	}
	sh.has(stderr, "the kit in "+dir+" cannot be used: types.yaml:", `there is no key "nam" here`, "use one of id, name, private", `until then the kit "Ours" stays in force`)
	status, out, stderr = sh.try("", "show", "INC-3", "--json")
	var v incidentView
	if err := json.Unmarshal([]byte(out), &v); err != nil || status != done || v.Checklist[0].Text != "Ours, "+before {
		t.Errorf("status %d, %v: %s", status, err, out)
	}
	sh.has(stderr, `{"code":"invalid","message":"the kit in `)

	// Gone, and back.
	aside := dir + " aside"
	if err := os.Rename(dir, aside); err != nil {
		t.Fatal(err)
	}
	_, _, stderr = sh.try("", "list")
	sh.has(stderr, "there is no folder "+dir, `"Ours" stays in force`)
	if err := os.Rename(aside, dir); err != nil {
		t.Fatal(err)
	}
	change(sh, dir, "types.yaml", "nam: People", "name: People")
	if _, _, stderr = sh.try("", "timeline", "INC-1"); stderr != "" {
		t.Errorf("mended, and still %q", stderr)
	}

	// Settings that cannot be read take nobody's kit away.
	if err := os.WriteFile(filepath.Join(sh.dir, "settings.yaml"), []byte("name: [broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	sh.qd("declare", "--title", "A fourth", "--as", "ana")
	_, out, _ = sh.try("", "show", "INC-4", "--json")
	sh.has(out, `"Ours, `)
	sh.qd("config", "set", "kit", "")
	sh.qd("declare", "--title", "A fifth", "--as", "ana")
	sh.same(item("INC-5"), before, "the built-in kit again")
}

func TestAKitIsTriedBeforeItIsChosen(t *testing.T) {
	sh := named(t)
	dir := ours(sh)
	change(sh, dir, "types.yaml", "name: People", "nam: People")
	if f := sh.refuses(failed, "config", "set", "kit", dir); f.Code != "invalid" || f.Field != "kit" || !strings.Contains(f.Message, "types.yaml:") || !strings.Contains(f.Hint, "nothing was changed") {
		t.Errorf("%+v", f)
	}
	if f := sh.refuses(failed, "config", "set", "kit", "kit"); f.Code != "not_found" || !strings.Contains(f.Hint, "full path") {
		t.Errorf("%+v", f)
	}
	sh.same(ask[settingsView](sh, "config", "list").Kit, "", "nothing was changed")
	sh.qd("kit", "init", filepath.Join(sh.dir, "process"))
	sh.qd("config", "set", "kit", "process")
	sh.same(sh.qd("config", "get", "kit"), "process\n", "a folder in the data folder")
	sh.qd("declare", "--title", "Checkout fails")
}

// TestWeighing: the weights with their ratio, each person's, and on what they differ.
func TestWeighing(t *testing.T) {
	sh := newShell(t)
	w := ask[weighing](sh, "kit", "weigh")
	if len(w.Weights) != 5 || w.Weights[2].Question != "data" || w.Weights[2].Weight < 0.478 || w.Weights[2].Weight > 0.480 || w.Ratio < 0.0115 || w.Ratio > 0.0125 || len(w.Judges) != 1 || len(w.Spread) != 0 {
		t.Errorf("%+v", w)
	}
	dir := filepath.Join(t.TempDir(), "kit")
	sh.qd("kit", "init", dir)
	change(sh, dir, "assessment.yaml", "levels: [8", "  - name: Second\n    pairs: ["+strings.Join([]string{
		"{more: users, than: function, by: 1}", "{more: data, than: users, by: 5}", "{more: users, than: money, by: 1}", "{more: users, than: spread, by: 1}",
		"{more: data, than: function, by: 5}", "{more: function, than: money, by: 1}", "{more: function, than: spread, by: 1}",
		"{more: data, than: money, by: 5}", "{more: data, than: spread, by: 5}", "{more: money, than: spread, by: 1}"}, ", ")+"]\nlevels: [8")
	two := ask[weighing](sh, "kit", "weigh", dir)
	if len(two.Judges) != 2 || len(two.Spread) == 0 || two.Weights[2].Weight <= w.Weights[2].Weight || two.Judges[1].Ratio > 1e-9 {
		t.Errorf("%+v", two)
	}
	change(sh, dir, "assessment.yaml", "{more: data, than: users, by: 5}", "{more: users, than: data, by: 9}")
	sh.refuses(1, "kit", "weigh", dir)
}
