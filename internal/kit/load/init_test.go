package load

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"quarterdeck/internal/fault"
)

func TestWhatInitWritesIsTheBuiltInKit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kit")
	if _, err := Init(dir); err != nil {
		t.Fatal(err)
	}
	k, problems, err := Folder(dir)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	_, got, err := k.Encode()
	if _, want, e := builtInKit(t).Encode(); err != nil || e != nil || got != want {
		t.Errorf("hash %s, want %s (%v, %v)", got, want, err, e)
	}
}

func TestInitLeavesNothingHalf(t *testing.T) {
	dir := t.TempDir()
	occupied := filepath.Join(dir, "occupied")
	if err := os.MkdirAll(filepath.Join(occupied, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if n, err := Init(occupied); !fault.Is(err, fault.Invalid) || n != 0 {
		t.Errorf("%d files, %v", n, err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "link")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if _, err := Init(filepath.Join(dir, "link")); !fault.Is(err, fault.Unreachable) || fault.Of(err).Hint == "" {
		t.Errorf("%v", err)
	}
	var left []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		left = append(left, path)
		return err
	})
	if err != nil || len(left) != 4 { // dir, occupied, .git, link
		t.Errorf("left are %q, %v", left, err)
	}
}

func TestAStampTellsStatesApart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kit")
	seen := map[string]string{}
	is := func(what string) {
		t.Helper()
		now := Stamp(dir)
		if now != Stamp(dir) {
			t.Errorf("%s: not the same twice", what)
		}
		if before, ok := seen[now]; ok {
			t.Errorf("%s: the same as %s", what, before)
		}
		seen[now] = what
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	is("nothing")
	if _, err := Init(dir); err != nil {
		t.Fatal(err)
	}
	is("a kit")
	write("kit.yaml", "name: another\n")
	is("a changed file")
	write("checklists/more.yaml", "id: more\n")
	is("another list")
	write("types.yml", "")
	is("a stray file")
	quiet := Stamp(dir)
	write("README.md", "not read")
	write(".kit.yaml.swp", "of an editor")
	if Stamp(dir) != quiet {
		t.Error("what is not read makes a difference")
	}
	if err := os.Remove(filepath.Join(dir, "roles.yaml")); err != nil {
		t.Fatal(err)
	}
	is("a file gone")
	if err := os.Symlink("roles.yaml", filepath.Join(dir, "roles.yaml")); err != nil {
		t.Fatal(err)
	}
	is("a link to itself")
	if err := os.Rename(dir, dir+" aside"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	is("a file")
}
