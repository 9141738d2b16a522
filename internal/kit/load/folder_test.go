package load

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// broken loads a folder that must give problems.
func broken(t *testing.T, f fs.FS) []kit.Problem {
	t.Helper()
	k, problems, err := Load(f)
	if err != nil || k != nil || len(problems) == 0 {
		t.Fatalf("kit %v, problems %v, error %v", k, problems, err)
	}
	return problems
}

func TestAFolderIsTakenAsAWhole(t *testing.T) {
	big := append([]byte("name: x\n#"), bytes.Repeat([]byte("x"), maxBytes)...)
	for name, c := range map[string]struct {
		change     func(fstest.MapFS)
		where      string
		says, hint string
	}{
		"file missing":     {func(f fstest.MapFS) { delete(f, "roles.yaml") }, "roles.yaml", "missing", "qd kit init"},
		"file empty":       {func(f fstest.MapFS) { f["roles.yaml"].Data = nil }, "roles.yaml:1", "empty", "qd kit init"},
		"file too large":   {func(f fstest.MapFS) { f["kit.yaml"].Data = big }, "kit.yaml", "larger than 1 MiB", "few pages"},
		"pipe":             {func(f fstest.MapFS) { f["kit.yaml"].Mode = fs.ModeNamedPipe }, "kit.yaml", "not a file", "qd kit init"},
		"folder for file":  {func(f fstest.MapFS) { delete(f, "kit.yaml"); f["kit.yaml/a"] = &fstest.MapFile{} }, "kit.yaml", "not a file", "qd kit init"},
		"misspelt":         {func(f fstest.MapFS) { f["severity.yaml"] = f["severities.yaml"] }, "severity.yaml", "no part of a kit", "severities.yaml"},
		"other ending":     {func(f fstest.MapFS) { f["roles.yml"] = f["roles.yaml"] }, "roles.yml", "not read", ".yaml"},
		"list, other end":  {func(f fstest.MapFS) { f["checklists/a.yml"] = f["checklists/verify.yaml"] }, "checklists/a.yml", "not read", ".yaml"},
		"same list twice":  {func(f fstest.MapFS) { f["checklists/zz.yaml"] = f["checklists/handoff.yaml"] }, "checklists/zz.yaml:1", "stands twice", "another id"},
		"no lists":         {dropLists, "checklists", "missing", "qd kit init"},
		"too many lists":   {manyLists, "checklists", "more than 64", "nothing else"},
		"somebody's home":  {func(f fstest.MapFS) { fill(f, "file%d.txt", maxEntries) }, ".", "more than 1000", "nothing else"},
		"list of no lists": {func(f fstest.MapFS) { f["checklists/verify.yaml"].Data = []byte("- a\n- b\n") }, "checklists/verify.yaml:1", "keys and values", "mode"},
	} {
		t.Run(name, func(t *testing.T) {
			f := folder(t)
			c.change(f)
			p := broken(t, f)[0]
			if p.Where != c.where || !strings.Contains(p.Message, c.says) || !strings.Contains(p.Hint, c.hint) {
				t.Errorf("got %v", p)
			}
		})
	}
}

func fill(f fstest.MapFS, name string, n int) {
	for i := range n {
		f[fmt.Sprintf(name, i)] = &fstest.MapFile{Data: []byte("x")}
	}
}

func manyLists(f fstest.MapFS) { fill(f, "checklists/list%d.yaml", maxFiles) }

func dropLists(f fstest.MapFS) {
	for name := range f {
		if strings.HasPrefix(name, "checklists/") {
			delete(f, name)
		}
	}
}

// Each of these would take a careless reader minutes, gigabytes or its stack.
func TestBombsAreRefusedInTheirFile(t *testing.T) {
	const size = maxBytes / 4 // more only takes longer to make
	laughs := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'z'; c++ {
		laughs += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	for name, text := range map[string]string{
		"laughs":        laughs + "name: *z\n",
		"cycle":         "name: &a [*a]\n",
		"cycle in keys": "&a name: *a\n",
		"cycle, merged": "&a {<<: *a, name: x}\n",
		"brackets":      strings.Repeat("[", size),
		"braces":        strings.Repeat("{a: ", size/4),
		"hyphens":       strings.Repeat("- ", size/2),
		"questions":     strings.Repeat("? ", size/2),
		"tags":          strings.Repeat("!a ", size/3),
		"anchors":       strings.Repeat("&a ", size/3),
		"colons":        strings.Repeat("a: ", size/3),
		"entries":       "{" + strings.Repeat("a,", size/2-1) + "}",
		"keys":          strings.Repeat("name: x\n", size/8),
		"documents":     strings.Repeat("---\n", size/4),
		"quotes":        strings.Repeat("'", size),
		"stairs":        stairs(1000),
		"one word":      strings.Repeat("x", size),
		"zeros":         strings.Repeat("\x00", size),
	} {
		t.Run(name, func(t *testing.T) {
			f := folder(t)
			f["kit.yaml"].Data = []byte(text)
			for _, p := range broken(t, f) {
				if !strings.HasPrefix(p.Where, "kit.yaml:") || len(p.Message) > 500 {
					t.Errorf("%.200q", p.String())
				}
			}
		})
	}
}

func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func TestAllMistakesAreNamedTogether(t *testing.T) {
	f := folder(t)
	f["types.yaml"].Data = []byte("- id: service\n  nam: Service\n- id: security\n  name: 1\n  private: maybe\n")
	f["kit.yaml"].Data = []byte("title: x\n")
	delete(f, "declaring.yaml") // its templates name types
	var got []string
	for _, p := range broken(t, f) {
		got = append(got, p.Where)
	}
	if want := "kit.yaml:1 types.yaml:2 types.yaml:4 types.yaml:5"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestAFloodOfMistakesIsCutShort(t *testing.T) {
	f := folder(t)
	f["types.yaml"].Data = []byte(strings.Repeat("- id: a\n  foo: 1\n", 500))
	got := broken(t, f)
	if last := got[len(got)-1]; len(got) != maxProblems+1 || !strings.Contains(last.Message, " more") {
		t.Errorf("%d problems, the last %v", len(got), last)
	}
}

func TestLayoutDoesNotMatter(t *testing.T) {
	f := folder(t)
	for name, file := range f {
		if strings.HasPrefix(name, bookFolder) {
			file.Data = []byte("\uFEFF" + strings.ReplaceAll(string(file.Data), "\n", "\r\n"))
			continue
		}
		text := "\uFEFF# a comment\n---\n" + string(file.Data) + "\n...\n"
		file.Data = []byte(strings.ReplaceAll(text, "\n", "\r\n"))
	}
	f["checklists/zz-first.yaml"] = f["checklists/declare.yaml"]
	delete(f, "checklists/declare.yaml")
	f["README.md"] = &fstest.MapFile{Data: []byte("notes")}
	f[".git/config.yaml"] = &fstest.MapFile{Data: []byte("{")}
	f["checklists/.swp.yaml"] = &fstest.MapFile{Data: []byte("{")}
	f["severities.yaml"].Data = bytes.Replace(f["severities.yaml"].Data, []byte("  command: A ticket."), []byte("  promises: []\r\n  required:\r\n  command: |\r\n    A ticket."), 1)
	got, problems, err := Load(f)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	_, hash, err := got.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, want, err := builtInKit(t).Encode(); err != nil || hash != want {
		t.Errorf("another layout made another kit (%v)", err)
	}
}

func TestAChangedWordMakesAnotherKit(t *testing.T) {
	f := folder(t)
	f["types.yaml"].Data = bytes.Replace(f["types.yaml"].Data, []byte("name: People"), []byte("name: People and site"), 1)
	got, problems, err := Load(f)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	_, hash, _ := got.Encode()
	if _, same, _ := builtInKit(t).Encode(); hash == same {
		t.Error("the hash did not notice")
	}
}

func TestAFolderThatCannotBeReadIsAFault(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink("loop", loop); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	for name, c := range map[string]struct {
		dir  string
		code fault.Code
	}{
		"missing": {filepath.Join(dir, "nowhere"), fault.NotFound},
		"a file":  {file, fault.NotFound},
		"a loop":  {loop, fault.Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			k, problems, err := Folder(c.dir)
			if k != nil || problems != nil || !fault.Is(err, c.code) || fault.Of(err).Hint == "" || !strings.Contains(fault.Of(err).Message, c.dir) {
				t.Errorf("kit %v, problems %v, error %v", k, problems, err)
			}
			if k, problems, err := Load(os.DirFS(c.dir)); k != nil || problems != nil || err == nil {
				t.Errorf("kit %v, problems %v, error %v", k, problems, err)
			}
		})
	}
}
