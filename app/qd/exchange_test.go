package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/exchange"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// elsewhere is a shell on another folder.
func (sh *shell) elsewhere() *shell {
	return &shell{sh.T, filepath.Join(sh.TempDir(), "other"), clock.NewFake(sh.clock.Now())}
}

func TestAnIncidentTravels(t *testing.T) {
	sh := opened(t)
	w := ask[written](sh, "note", nasty)
	sh.qd("amend", w.ID, "--text", "corrected")
	file := filepath.Join(t.TempDir(), "inc.json")
	sh.qd("export", "--format", "json", "-o", file)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v: an export is for this account only", info, err)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != sh.qd("export", "INC-1", "--format", "json") || string(data) != sh.qd("export", "--format=json", "--json") {
		t.Errorf("the file is not what comes out: %v", err)
	}
	other := sh.elsewhere()
	got := ask[imported](other, "import", file)
	if got.New != got.Records || got.New == 0 || got.Ref != "INC-1" || got.Incident != w.Incident {
		t.Errorf("first import: %+v", got)
	}
	if got = ask[imported](other, "import", file); got.New != 0 {
		t.Errorf("second import: %+v", got)
	}
	sh.same(other.qd("timeline", "--json", "INC-1"), sh.qd("timeline", "--json"), "timeline")
	// It was not declared here: it stays silent until somebody acts in it.
	if r := ask[incidentView](other, "show").Ringing; r == nil || *r {
		t.Errorf("ringing is %v", r)
	}
	sh.qd("note", "later")
	sh.qd("export", "--format", "json", "-o", file)
	if got = ask[imported](other, "import", file); got.New != 1 {
		t.Errorf("what came since: %+v", got)
	}
	// Both wrote on: what each has goes on from the same beginning.
	other.qd("note", "from the other side", "--as", "ben")
	status, _, stderr := sh.try(other.qd("export", "--format", "json"), "import", "-")
	if status != done {
		t.Errorf("status %d, %s", status, stderr)
	}
	sh.same(sh.texts("note.added"), []string{"corrected", "later", "from the other side"}, "notes")
	if v := ask[verdict](sh, "verify"); !v.OK {
		t.Errorf("%+v", v)
	}
}

func TestWhatDoesNotFitIsNotImported(t *testing.T) {
	sh := opened(t)
	sh.qd("note", "the second replica")
	whole := sh.qd("export", "--format", "json")
	other := sh.elsewhere()
	for name, c := range map[string]struct{ code, doc string }{
		"nothing":        {"invalid", ""},
		"not ours":       {"invalid", `{"incidents": []}`},
		"cut off":        {"invalid", whole[:len(whole)/2]},
		"a changed word": {"refused", strings.Replace(whole, "second replica", "third replica!", 1)},
		"a lost record":  {"refused", dropRecord(whole)},
		"a lost end":     {"refused", dropEnd(whole)},
		"a newer format": {"", strings.Replace(whole, `"version":2`, `"version":99`, 1)},
	} {
		status, out, stderr := other.try(c.doc, "import", "-", "--json")
		if status != failed || out != "" || !strings.Contains(stderr, `"code":"`+c.code) {
			t.Errorf("%s: status %d, %s%s", name, status, out, stderr)
		}
	}
	if n := len(ask[[]rowView](other, "list")); n != 0 {
		t.Errorf("%d incidents came in", n)
	}
}

// dropRecord leaves the second record out; each stands on a line.
func dropRecord(doc string) string {
	lines := strings.Split(doc, "\n")
	return strings.Join(append(lines[:2:2], lines[3:]...), "\n")
}

// dropEnd leaves the last record out.
func dropEnd(doc string) string {
	lines := strings.Split(doc, "\n")
	n := len(lines) - 3 // behind it stand the end and nothing
	return strings.TrimSuffix(strings.Join(lines[:n], "\n"), ",") + "\n" + strings.Join(lines[n+1:], "\n")
}

func TestAFileOfAnotherPastDoesNotFit(t *testing.T) {
	sh := opened(t)
	file := filepath.Join(sh.dir, store.FileName)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sh.qd("note", "in one past")
	doc := sh.qd("export", "--format", "json")
	if err := os.WriteFile(file, before, 0o600); err != nil { // put back in its place: the same file goes another way
		t.Fatal(err)
	}
	sh.qd("note", "in another")
	status, _, stderr := sh.try(doc, "import", "-")
	if status != failed {
		t.Errorf("status %d", status)
	}
	sh.has(stderr, "does not fit what is here", "nothing was imported")
	sh.same(sh.texts("note.added"), []string{"in another"}, "notes")
}

func TestTwoIncidentsWithOneReference(t *testing.T) {
	sh := opened(t)
	other := sh.elsewhere()
	other.qd("declare", "--title", "Elsewhere", "--as", "ben")
	status, _, stderr := sh.try(other.qd("export", "--format", "json"), "import", "-")
	if status != done {
		t.Fatalf("status %d, %s", status, stderr)
	}
	f := sh.refuses(failed, "show", "INC-1")
	sh.has(f.Message, `INC-1·a`, `INC-1·b`, "Elsewhere", "Checkout fails")
	refs := map[string]string{}
	for _, r := range ask[[]rowView](sh, "list") {
		refs[r.Ref] = r.Title
	}
	for _, ref := range []string{"INC-1·a", "INC-1·b"} {
		v := ask[incidentView](sh, "show", ref)
		if refs[ref] != v.Title || v.Ref != ref {
			t.Errorf("%s is %q in the list and %q by itself", ref, refs[ref], v.Title)
		}
	}
	sh.same(len(refs), 2, "references")
}

func TestEveryIncidentLeavesAndComesBack(t *testing.T) {
	sh := opened(t)
	sh.qd("note", nasty)
	sh.qd("declare", "--title", "Another")
	other := sh.elsewhere()
	other.qd("declare", "--title", "Elsewhere", "--as", "ben")
	if status, _, stderr := sh.try(other.qd("export", "--format", "json"), "import", "-"); status != done { // a second INC-1
		t.Fatal(stderr)
	}
	folder := filepath.Join(t.TempDir(), "out", "all")
	for _, format := range formats {
		files := ask[[]exported](sh, "export", "--all", "--format", format, "-o", folder)
		sh.same(len(files), 3, format)
		for _, f := range files {
			if info, err := os.Stat(f.File); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 || filepath.Dir(f.File) != folder {
				t.Errorf("%s: %v", f.File, err)
			}
		}
	}
	back := &shell{t, filepath.Join(t.TempDir(), "back"), sh.clock}
	for _, f := range ask[[]exported](sh, "export", "--all", "--format", "json", "-o", folder) {
		back.qd("import", f.File)
	}
	sh.same(ask[verdict](back, "verify"), ask[verdict](sh, "verify"), "what came back")
	sh.refuses(misuse, "export", "--all")
	sh.refuses(misuse, "export", "--all", "INC-2", "-o", folder)
}

// An incident of five thousand records comes back record by record, hash by hash; looked
// at first, it leaves nothing behind.
func TestALongIncidentTravels(t *testing.T) {
	sh := opened(t)
	b, err := exchange.Read(strings.NewReader(sh.qd("export", "--format", "json")))
	if err != nil {
		t.Fatal(err)
	}
	last := b.Records[len(b.Records)-1]
	for i := range 5000 {
		kind, v, body, err := incident.Encode(&incident.NoteAdded{Text: fmt.Sprintf("line %d of it, \"<é🦊>\"", i)})
		if err != nil {
			t.Fatal(err)
		}
		r := last
		if r.ID, err = store.NewID(); err != nil {
			t.Fatal(err)
		}
		r.N, r.HLC, r.Kind, r.V, r.Body, r.Salt = last.N+1, last.HLC+1, kind, v, body, []byte{byte(i), byte(i >> 8)}
		r.Seal(last.Hash)
		b.Records = append(b.Records, r)
		last = r
	}
	var text strings.Builder
	if err := exchange.Write(&text, b); err != nil {
		t.Fatal(err)
	}
	other := sh.elsewhere()
	_, out, stderr := other.try(text.String(), "import", "-", "--dry-run", "--json")
	sh.has(out, fmt.Sprintf(`"new":%d`, len(b.Records)), `"dry_run":true`)
	if _, err := os.Stat(other.dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("looking made the folder: %v %s", err, stderr)
	}
	if status, _, stderr := other.try(text.String(), "import", "-"); status != done {
		t.Fatal(stderr)
	}
	_, out, _ = other.try(text.String(), "import", "-", "--dry-run")
	sh.has(out, fmt.Sprintf("0 new of %d records", len(b.Records)), "nothing was written")
	back, err := exchange.Read(strings.NewReader(other.qd("export", "INC-1", "--format", "json")))
	if err != nil || !reflect.DeepEqual(back.Records, b.Records) {
		t.Errorf("other records came back: %v", err)
	}
	sh.same(ask[verdict](other, "verify"), verdict{OK: true, Incidents: 1, Records: len(b.Records)}, "verdict")
}

func TestAFileNameStaysInItsFolder(t *testing.T) {
	for ref, want := range map[string]string{"INC-7.md": "INC-7.md", "../../x.md": "-..-x.md", "a/b\\c\x00.md": "a-b-c-.md", ".hidden": "hidden", "Störung 1.md": "Störung-1.md"} {
		if got := fileName(ref); got != want {
			t.Errorf("%q became %q, want %q", ref, got, want)
		}
	}
}

func TestVerifyFindsWhatWasChanged(t *testing.T) {
	sh := opened(t)
	w := ask[written](sh, "note", "the second replica")
	sh.qd("declare", "--title", "Another")
	v := ask[verdict](sh, "verify")
	if !v.OK || v.Incidents != 2 || v.Records != 7 || v.FirstBad != nil {
		t.Errorf("%+v", v)
	}
	if one := ask[verdict](sh, "verify", "INC-1"); !one.OK || one.Incidents != 1 || one.Records >= v.Records {
		t.Errorf("%+v", one)
	}
	tamper(t, sh.dir, "UPDATE body SET json = replace(json, 'second', 'third')")
	status, out, stderr := sh.try("", "verify", "--json")
	if status != failed {
		t.Errorf("status %d", status)
	}
	sh.has(out, `"ok":false`, `"first_bad":"`+w.ID+`"`)
	sh.has(stderr, `"code":"refused"`, w.ID)
	if status, out, _ := sh.try("", "verify"); status != failed || out != "" {
		t.Errorf("status %d, %q", status, out)
	}
	sh.qd("verify", "INC-2")
}

// tamper changes the database behind its own back.
func tamper(t *testing.T, dir, change string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT name FROM sqlite_master WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	var drops []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		drops = append(drops, `DROP TRIGGER "`+name+`"`)
	}
	for _, q := range append(drops, change) {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(q, err)
		}
	}
}

func TestCachesAreMadeAnew(t *testing.T) {
	sh := opened(t)
	sh.qd("note", "a word that is found")
	before := sh.qd("show", "--json") + sh.qd("list", "--json") + sh.qd("search", "found", "--json")
	tamper(t, sh.dir, `UPDATE incident SET row = replace(row, 'Checkout', 'Nothing'); UPDATE folded SET state = replace(state, 'Checkout', 'Nothing')`)
	if sh.qd("list", "--json")+sh.qd("show", "--json") == before {
		t.Fatal("the caches were not changed")
	}
	sh.has(sh.qd("rebuild"), "made anew from the log: 1 incident")
	sh.same(sh.qd("show", "--json")+sh.qd("list", "--json")+sh.qd("search", "found", "--json"), before, "what is read")
}
