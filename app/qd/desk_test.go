package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSearchIsBestFirst(t *testing.T) {
	sh := opened(t)
	sh.qd("note", "the replica lags")
	want := ask[written](sh, "note", "replica replica replica")
	found := ask[[]hitView](sh, "search", "repl")
	sh.same([]any{len(found), found[0].Record, found[0].Incident, found[0].Ref, found[0].At}, []any{2, want.ID, want.Incident, "INC-1", "2026-11-20T09:00:00Z"}, "hits")
	sh.same(len(ask[[]hitView](sh, "search", "replica", "lags")), 1, "both words")
	sh.same(len(ask[[]hitView](sh, "search", "nothing of the kind")), 0, "no hit")
	sh.has(sh.qd("search", "nothing of the kind"), "nothing found")
}

func TestSettings(t *testing.T) {
	sh := newShell(t)
	sh.qd("config", "set", "name", " Ana  Lee ")
	sh.qd("config", "set", "local", "true")
	sh.same(sh.qd("config", "set", "theme", "light", "--json"), `{"name":"Ana Lee","theme":"light","local":true,"kit":"","size":100,"font":"inter","volume":100,"secrets":"","brief":""}`+"\n", "settings")
	sh.qd("config", "set", "size", "125%")
	sh.qd("config", "set", "theme", "night")
	sh.same([]string{sh.qd("config", "get", "size"), sh.qd("config", "get", "theme")}, []string{"125\n", "night\n"}, "how it looks")
	sh.qd("config", "set", "theme", "light")
	sh.same([]string{sh.qd("config", "get", "name"), sh.qd("config", "get", "local")}, []string{"Ana Lee\n", "true\n"}, "one setting")
	sh.has(sh.qd("config", "list"), "name    Ana Lee\ntheme   light\nlocal   true\n")
	v := ask[incidentView](sh, "declare", "--title", "Checkout fails", "--responder", "ana lee")
	sh.same([]any{v.Commander, v.Roles[1].Holder}, []any{"Ana Lee", "Ana Lee"}, "who declares")
	if n := len(sh.texts("person.named")); n != 1 {
		t.Errorf("Ana Lee is %d people", n)
	}
	// Settings that cannot be read stop nobody from writing.
	if err := os.WriteFile(filepath.Join(sh.dir, "settings.yaml"), []byte("name: [broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, _, stderr := sh.try("", "note", "still possible")
	if status != done {
		t.Errorf("status %d", status)
	}
	sh.has(stderr, "settings.yaml cannot be read", "mend that line", "until then you are Ana Lee")
	if f := sh.refuses(failed, "config", "list"); f.Code != "invalid" {
		t.Errorf("%+v", f)
	}
	sh.qd("config", "set", "name", "Ana Lee") // sets the broken file aside
	if n := len(sh.texts("person.named")); n != 1 {
		t.Errorf("a note under broken settings made %d people of Ana Lee", n)
	}
}

// Whom broken settings name, and who never wrote under good ones, is not guessed.
func TestBrokenSettingsMakeNobodyUp(t *testing.T) {
	fresh := newShell(t)
	if err := os.MkdirAll(fresh.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(fresh.dir, "settings.yaml"), []byte("name: [broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, _, stderr := fresh.try("", "declare", "--title", "Checkout fails")
	if status != failed {
		t.Errorf("status %d", status)
	}
	fresh.has(stderr, "nobody knows who you are", "--as NAME", "settings.yaml cannot be read")
	if status, _, _ = fresh.try("", "declare", "--title", "Checkout fails", "--as", "ana"); status != done {
		t.Errorf("who says their name is not heard: status %d", status)
	}
}

func TestExportForPeople(t *testing.T) {
	sh := opened(t)
	sh.qd("note", "<script>alert(1)</script>")
	if html := sh.qd("export", "--format", "html"); strings.Contains(html, "<script>") || !strings.Contains(html, "&lt;script&gt;") {
		t.Error("the text of people became markup")
	}
	sh.has(sh.qd("export"), "Checkout fails", "alert(1)")
	v := ask[exported](sh, "export", "INC-1", "--format", "html")
	sh.same([]string{v.Name, v.Type}, []string{"INC-1.html", "text/html"}, "a document")
	if f := sh.refuses(failed, "export", "-o", filepath.Join(sh.dir, "no", "such", "folder.md")); f.Code != "unreachable" {
		t.Errorf("%+v", f)
	}
	if status := run([]string{"--data", sh.dir, "list"}, strings.NewReader(""), fullDisk{}, new(strings.Builder), sh.clock); status != failed {
		t.Errorf("status %d where the output is lost", status)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, os.ErrClosed }
