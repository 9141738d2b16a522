package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFileGoesIntoTheLogAndOut(t *testing.T) {
	sh := opened(t)
	shot := filepath.Join(t.TempDir(), "graph.txt")
	if err := os.WriteFile(shot, []byte("errors per second"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := ask[written](sh, "attach", "INC-1", shot, "--text", "since 14:02")
	if w.Kind != "file.attached" || w.Text != "graph.txt, 17 bytes – since 14:02" {
		t.Errorf("%+v", w)
	}
	sh.has(sh.qd("attach", shot), "graph.txt")
	sh.has(sh.qd("timeline"), "graph.txt, 17 bytes", "since 14:02")
	sh.has(sh.qd("verify"), "2 attached files")
	if hits := sh.qd("search", "graph"); !strings.Contains(hits, "INC-1") {
		t.Errorf("its name is not found: %s", hits)
	}

	file := filepath.Join(t.TempDir(), "inc.json")
	sh.qd("export", "--format", "json", "-o", file)
	other := sh.elsewhere()
	if got := ask[imported](other, "import", file); got.Files != 1 || got.Lacks != nil || got.New == 0 {
		t.Errorf("%+v", got)
	}
	sh.has(other.qd("verify"), "2 attached files")

	lost, err := filepath.Glob(filepath.Join(other.dir, "attachments", "*"))
	if err != nil || len(lost) != 1 {
		t.Fatalf("%v %v", lost, err)
	}
	if err := os.WriteFile(lost[0], []byte("errors per minute"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, stderr := other.try("", "verify", "--json")
	var v verdict
	if err := json.Unmarshal([]byte(out), &v); status == done || err != nil || v.OK || len(v.Lost) != 2 || v.FirstBad == nil || v.Lost[0].Name != "graph.txt" || !strings.Contains(stderr, "not what was attached") {
		t.Errorf("%d %+v %v %s", status, v, err, stderr)
	}
	if got := ask[imported](other, "import", file); got.New != 0 {
		t.Errorf("%+v", got)
	}
	sh.has(other.qd("verify"), "2 attached files") // what was changed is there again
	if err := os.Remove(lost[0]); err != nil {
		t.Fatal(err)
	}
	other.qd("import", file) // what is missing comes back
	sh.has(other.qd("verify"), "2 attached files")
}

func TestFilesAreBackedUpAndRestored(t *testing.T) {
	sh := opened(t)
	status, _, stderr := sh.try("from a pipe", "attach", "-", "--name", "web.log")
	if status != done {
		t.Fatal(stderr)
	}
	file := filepath.Join(t.TempDir(), "copy.db")
	if c := ask[copied](sh, "backup", file); c.Files != 1 {
		t.Errorf("%+v", c)
	}
	other := sh.elsewhere()
	if c := ask[copied](other, "restore", file); c.Files != 1 {
		t.Errorf("%+v", c)
	}
	sh.has(other.qd("verify"), "1 attached file")
}

func TestFilesThatQdRefuses(t *testing.T) {
	sh := opened(t)
	dir := t.TempDir()
	large, empty := filepath.Join(dir, "large"), filepath.Join(dir, "empty")
	for path, size := range map[string]int64{large: 33 << 20, empty: 0} {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Truncate(size); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	for path, want := range map[string]string{large: "too large", empty: "empty", dir: "folder", filepath.Join(dir, "none"): "cannot be read"} {
		if status, _, stderr := sh.try("", "attach", path); status == done || !strings.Contains(stderr, want) {
			t.Errorf("%s: %d %s", path, status, stderr)
		}
	}
	if found, err := filepath.Glob(filepath.Join(sh.dir, "attachments", "*")); err != nil || len(found) != 0 {
		t.Errorf("left behind: %v %v", found, err)
	}
}
