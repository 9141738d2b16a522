package main

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func (sh *shell) file(name, text string) string {
	sh.Helper()
	path := filepath.Join(sh.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		sh.Fatal(err)
	}
	return path
}

// slackExport writes an archive with so many messages of one channel.
func (sh *shell) slackExport(name string, messages int) string {
	sh.Helper()
	path := filepath.Join(sh.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		sh.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	put := func(name string, v any) {
		w, err := z.Create(name)
		if err == nil {
			err = json.NewEncoder(w).Encode(v)
		}
		if err != nil {
			sh.Fatal(err)
		}
	}
	put("channels.json", []any{map[string]any{"id": "C1", "name": "incident-7"}})
	put("users.json", []any{map[string]any{"id": "U1", "name": "ana", "real_name": "Ana Lee"}, map[string]any{"id": "U2", "name": "ben", "real_name": "Ben Ito"}})
	put("integration_logs.json", []any{})
	var day []any
	for i := range messages {
		day = append(day, map[string]any{"type": "message", "user": fmt.Sprintf("U%d", 1+i%2), "ts": fmt.Sprintf("%d.%06d", 1_772_460_000+i, i), "text": fmt.Sprintf("message %d", i), "reactions": []any{map[string]any{"name": "eyes"}}})
	}
	put("incident-7/2026-03-02.json", day)
	if err := z.Close(); err != nil {
		sh.Fatal(err)
	}
	return path
}

func TestASlackExportComesInOnce(t *testing.T) {
	sh := newShell(t)
	archive := sh.slackExport("export.zip", 10_000)
	dry := ask[imported](sh, "import", archive, "--dry-run")
	if _, err := os.Stat(filepath.Join(sh.dir, "quarterdeck.db")); err == nil || !dry.DryRun || dry.Records != 10_000 || dry.New != 10_000 || dry.Format != "slack" {
		t.Errorf("%+v", dry)
	}
	got := ask[imported](sh, "import", archive, "--as", "ana")
	if got.New != 10_000 || got.Ref != "INC-1" || len(got.Left) == 0 || got.Left[0].What != "the field reactions" || got.Aside == "" {
		t.Errorf("%+v", got)
	}
	if got := ask[imported](sh, "import", archive, "--as", "ana"); got.New != 0 || got.Ref != "INC-1" {
		t.Errorf("again %+v", got)
	}
	if got := ask[imported](sh, "import", sh.slackExport("later.zip", 10_010), "--as", "ana"); got.New != 10 {
		t.Errorf("what came since: %+v", got)
	}
	if n := len(sh.texts("note.added")); n != 10_010 {
		t.Errorf("%d notes", n)
	}
	v := ask[incidentView](sh, "show", "INC-1")
	if v.Title != "#incident-7" || v.Ringing != nil && *v.Ringing {
		t.Errorf("%+v", v)
	}
	if rows := ask[[]json.RawMessage](sh, "outbox", "list"); len(rows) != 0 {
		t.Errorf("something is to leave: %s", rows)
	}
	sh.has(sh.qd("verify"), "as it was written", "2 attached files")
	sh.has(sh.qd("timeline", "INC-1"), "Ana Lee: message 0", "Ben Ito: message 1")
}

func TestATableGoesIntoAnIncidentThatIsThere(t *testing.T) {
	sh := opened(t)
	table := sh.file("log.csv", "When,Who,Words,Ticket\n2026-03-01 14:02,Ana Lee,errors begin,T-1\n2026-03-01 14:05,Ben,\"decision: roll back\",T-2\nnever,Ben,x,\n2099-01-01 00:00,Ben,later,\n")
	sh.has(sh.qd("import", table, "--incident", "INC-1", "--dry-run", "--map", "text=Words"), "2 new of 2 messages would come in", "not taken over: the field Ticket (2)", "amiss", "When = time")
	got := ask[imported](sh, "import", table, "--incident", "INC-1", "--map", "text=Words", "--people", "Ben=Ben Ito")
	if got.New != 2 || got.Ref != "INC-1" || len(got.Problems) != 2 {
		t.Errorf("%+v", got)
	}
	if got := ask[imported](sh, "import", table, "--incident", "INC-1", "--map", "text=Words", "--people", "Ben=Ben Ito"); got.New != 0 {
		t.Errorf("%+v", got)
	}
	sh.has(sh.qd("timeline"), "Ben Ito: decision: roll back", "Ana Lee: errors begin")
	status, _, stderr := sh.try("", "import", table, "--incident", "INC-1")
	if status == done || !strings.Contains(stderr, "no column") || !strings.Contains(stderr, "holds the time") {
		t.Errorf("%d %s", status, stderr)
	}
}

// What we write we read: the tables of our own documents come back as the entries they are.
func TestOurOwnDocumentsComeBack(t *testing.T) {
	for _, format := range []string{"md", "csv"} {
		sh := opened(t)
		sh.qd("note", nasty)
		sh.qd("note", "--kind", "decision", "--basis", "errors began with it", "--tradeoff", "the tax rule goes", "roll *back* | now")
		sh.qd("note", "--kind", "question", "=1+1?")
		path := sh.file("inc."+format, sh.qd("export", "--format", format))
		other := sh.elsewhere()
		got := ask[imported](other, "import", path, "--as", "dee")
		if got.New == 0 || got.New != got.Records || len(got.Problems) != 0 {
			t.Errorf("%s: %+v", format, got)
		}
		for kind, want := range map[string]string{"decision.made": "roll *back* | now", "question.asked": "=1+1?"} {
			if texts := other.texts(kind); len(texts) != 1 || texts[0] != want {
				t.Errorf("%s: %s are %q", format, kind, texts)
			}
		}
		if got := ask[imported](other, "import", path, "--as", "dee"); got.New != 0 {
			t.Errorf("%s again: %+v", format, got)
		}
	}
}

func TestImportsThatQdRefuses(t *testing.T) {
	sh := opened(t)
	md := sh.file("a.md", "## 2026-03-01\n- 14:02 x\n")
	for name, args := range map[string][]string{
		"format": {"import", md, "--format", "docx"}, "days": {"import", md, "--days", "ymd"}, "zone": {"import", md, "--zone", "Moon/Base"}, "day": {"import", md, "--day", "today"}, "map": {"import", md, "--map", "time"}, "no file": {"import", md + "x"},
		"folder": {"import", sh.dir}, "incident": {"import", md, "--incident", "INC-9"},
	} {
		if status, out, stderr := sh.try("", args...); status == done || out != "" || stderr == "" {
			t.Errorf("%s: %d %s %s", name, status, out, stderr)
		}
	}
	if n := len(sh.texts("note.added")); n != 0 {
		t.Errorf("%d notes came in", n)
	}
}
