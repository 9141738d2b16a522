package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/kit/load"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

const second = time.Second

// ourKit is a folder with a kit that is called Ours and has a first item of its own.
func (s *seat) ourKit() string {
	s.t.Helper()
	dir := filepath.Join(s.t.TempDir(), "kit")
	_, err := load.Init(dir)
	s.must(err)
	s.edit(dir, "kit.yaml", "name: Default kit", "name: Ours")
	s.edit(dir, "checklists/declare.yaml", "text: ", "text: Ours, ")
	return dir
}

// edit replaces a text in a file, once.
func (s *seat) edit(dir, file, old, new string) {
	s.t.Helper()
	path := filepath.Join(dir, file)
	data, err := os.ReadFile(path)
	s.must(err)
	if !strings.Contains(string(data), old) {
		s.t.Fatalf("%s does not hold %q", file, old)
	}
	s.must(os.WriteFile(path, []byte(strings.Replace(string(data), old, new, 1)), 0o644))
}

// useKit sets the kit's folder as another process would, and lets it be noticed.
func (s *seat) useKit(dir string) {
	s.t.Helper()
	set, err := workspace.ReadSettings(s.dir)
	s.must(err)
	set.Kit = dir
	s.must(workspace.WriteSettings(s.dir, set))
	s.pass(200 * time.Millisecond)
	s.look()
}

// look lets the backend look at the kit's folder, once.
func (s *seat) look() { s.t.Helper(); s.pass(2 * second) }

// kit expects a kit in force and, when broken is not empty, what is said about the one
// that cannot be used.
func (s *seat) kit(name, broken string) {
	s.t.Helper()
	v := s.station()
	if v.Kit.Name != name || (len(v.Faults) == 0) != (broken == "") {
		s.t.Fatalf("in force is %q, faults %+v", v.Kit.Name, v.Faults)
	}
	if broken == "" {
		return
	}
	f := v.Faults[0]
	if all := f.Message + " | " + f.Hint; len(v.Faults) != 1 || !strings.Contains(all, broken) || !strings.Contains(f.Hint, fmt.Sprintf("until then the kit %q stays in force", name)) {
		s.t.Fatalf("faults %+v, want %q", v.Faults, broken)
	}
}

func (s *seat) firstItem(id string) string {
	s.t.Helper()
	return s.live(id).Checklist.Items[0].Text
}

func TestAChangedKitIsForNewIncidents(t *testing.T) {
	s := sit(t)
	old := s.declare("checkout fails")
	before := s.firstItem(old)
	dir := s.ourKit()
	s.edit(dir, "roles.yaml", "aliases: [dep]", "aliases: [second]")
	page := s.listen()
	s.useKit(dir)
	n := page.next("the kit", func(n app.Notify) bool { return n.Station != nil && n.Station.Kit.Name == "Ours" })
	if k := n.Station.Kit; k.Source != dir || len(k.Hash) != 64 {
		t.Errorf("%q %q", k.Source, k.Hash)
	}
	fresh := s.declare("search fails")
	if got := []string{s.firstItem(old), s.firstItem(fresh)}; got[0] != before || got[1] != "Ours, "+before {
		t.Errorf("%q, before %q", got, before)
	}
	if own := s.live(old).Kit; own == nil || own.Name != "Default kit" || s.live(fresh).Kit != nil {
		t.Errorf("%+v", own)
	}
	for id, alias := range map[string]string{old: "dep", fresh: "second"} {
		s.log(id, "/role "+alias+" dee")
	}

	// The next change, in one look; and after a restart all of it still stands.
	s.edit(dir, "kit.yaml", "name: Ours", "name: Ours, anew")
	s.edit(dir, "checklists/declare.yaml", "text: Ours, ", "text: Anew, ")
	s.look()
	s.kit("Ours, anew", "")
	third := s.declare("login fails")
	s.reopen()
	for id, want := range map[string]string{old: before, fresh: "Ours, " + before, third: "Anew, " + before} {
		if got := s.firstItem(id); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	s.useKit("")
	s.kit("Default kit", "")
	if v := s.station().Kit; v.Source != "" {
		t.Errorf("%q", v.Source)
	}
}

func TestABrokenKitStopsNothing(t *testing.T) {
	s := sit(t)
	dir := s.ourKit()
	s.useKit(dir)
	page := s.listen()
	s.edit(dir, "types.yaml", "name: People", "nam: People")
	s.look()
	page.next("what is wrong", func(n app.Notify) bool { return n.Station != nil && len(n.Station.Faults) == 1 })
	s.kit("Ours", `types.yaml:39: there is no key "nam" here | use one of id, name, private`)
	if got := s.firstItem(s.declare("checkout fails")); !strings.HasPrefix(got, "Ours, ") {
		t.Errorf("%q", got)
	}
	s.edit(dir, "types.yaml", "private: true", "private: maybe")
	s.look()
	s.kit("Ours", "one more mistake is there")

	s.reopen()
	s.kit("Ours", "types.yaml:")
	if got := s.firstItem(s.declare("search fails")); !strings.HasPrefix(got, "Ours, ") {
		t.Errorf("%q", got)
	}
	s.must(os.Rename(dir, dir+" aside"))
	s.look()
	s.kit("Ours", "there is no folder "+dir)
	s.reopen()
	s.kit("Ours", "there is no folder "+dir)
	s.must(os.Rename(dir+" aside", dir))
	s.edit(dir, "types.yaml", "private: maybe", "private: true")
	s.edit(dir, "types.yaml", "nam: People", "name: People")
	s.edit(dir, "kit.yaml", "name: Ours", "name: Mended")
	s.look()
	s.kit("Mended", "")
}

func TestAFolderWithoutAKitNeverTakesOver(t *testing.T) {
	s := sit(t)
	s.useKit(filepath.Join(t.TempDir(), "nowhere"))
	s.kit("Default kit", "there is no folder")
	first := s.ourKit()
	s.useKit(first)
	s.kit("Ours", "")
	s.useKit(t.TempDir())
	s.kit("Ours", "kit.yaml: the file is missing")
	s.reopen()
	s.kit("Ours", "kit.yaml: the file is missing")
	if v := s.station().Kit; v.Source != first {
		t.Errorf("from %q", v.Source)
	}
	s.useKit("") // and what was in force before is forgotten
	s.useKit("nowhere")
	s.reopen()
	s.kit("Default kit", "there is no folder "+filepath.Join(s.dir, "nowhere"))
	_, err := load.Init(filepath.Join(s.dir, "nowhere"))
	s.must(err)
	s.look()
	s.kit("Default kit", "")
	if v := s.station().Kit; v.Source != filepath.Join(s.dir, "nowhere") {
		t.Errorf("from %q", v.Source)
	}
}

func TestStrangeFolders(t *testing.T) {
	link := func(from, to string) error {
		if err := os.RemoveAll(from); err != nil {
			return err
		}
		return os.Symlink(to, from)
	}
	for name, c := range map[string]struct {
		change func(dir string) error
		says   string
	}{
		"a link to itself":     {func(d string) error { return link(filepath.Join(d, "types.yaml"), "types.yaml") }, "types.yaml: it cannot be read"},
		"a link to nothing":    {func(d string) error { return link(filepath.Join(d, "types.yaml"), "gone") }, "types.yaml: the file is missing"},
		"lists within lists":   {func(d string) error { return link(filepath.Join(d, "checklists", "more"), "..") }, ""},
		"lists that loop":      {func(d string) error { return link(filepath.Join(d, "checklists"), "checklists") }, "checklists: it cannot be read"},
		"the kit as its lists": {func(d string) error { return link(filepath.Join(d, "checklists"), ".") }, "checklists/assessment.yaml"},
		"a folder that loops":  {func(d string) error { return link(d, filepath.Base(d)) }, "cannot be read"},
		"a link to the folder": {func(d string) error { return errors.Join(os.Rename(d, d+" 2"), os.Symlink(d+" 2", d)) }, ""},
		"a file":               {func(d string) error { return errors.Join(os.RemoveAll(d), os.WriteFile(d, nil, 0o600)) }, "is not a folder"},
		"a file for the lists": {func(d string) error {
			return errors.Join(os.RemoveAll(d+"/checklists"), os.WriteFile(d+"/checklists", nil, 0o600))
		}, "checklists: it cannot be read"},
		"10,000 files":          {func(d string) error { return many(d, "file%d.txt") }, "more than 1000 files"},
		"10,000 lists":          {func(d string) error { return many(d, "checklists/list%d.yaml") }, "more than 64 files"},
		"a file of two MB":      {func(d string) error { return os.Truncate(d+"/roles.yaml", 2<<20) }, "larger than 1 MiB"},
		"an empty file":         {func(d string) error { return os.Truncate(d+"/roles.yaml", 0) }, "roles.yaml:1: the file is empty"},
		"a file gives nothing":  {func(d string) error { return link(d+"/roles.yaml", "/proc/self/mem") }, "roles.yaml: it cannot be read"},
		"nothing but the names": {func(d string) error { return os.Truncate(d+"/types.yaml", 1<<10) }, "types.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS != "linux" && name == "a file gives nothing" {
				t.Skip("nothing here that everybody may open and nobody read")
			}
			s := sit(t)
			dir := s.ourKit()
			s.useKit(dir)
			s.kit("Ours", "")
			s.must(c.change(dir))
			s.look()
			s.kit("Ours", c.says)
			s.declare("checkout fails")
			s.reopen()
			s.kit("Ours", c.says)
		})
	}
}

func many(dir, name string) error {
	for i := range 10_000 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf(name, i)), nil, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func TestBrokenSettingsTakeNobodysKitAway(t *testing.T) {
	s := sit(t)
	s.useKit(s.ourKit())
	s.must(os.WriteFile(filepath.Join(s.dir, "settings.yaml"), []byte("kit: [\n"), 0o600))
	s.pass(200 * time.Millisecond)
	s.look()
	s.reopen()
	if v := s.station(); v.Kit.Name != "Ours" || len(v.Faults) != 1 || !strings.Contains(v.Faults[0].Message, "settings.yaml") {
		t.Errorf("%q, %+v", v.Kit.Name, v.Faults)
	}
	s.must(s.SetPrefs(app.PrefsInput{Name: "ana"})) // writes them anew
	s.look()
	s.kit("Ours", "")
}

func TestAKitKeptByAnotherVersionIsNoHindrance(t *testing.T) {
	for _, kept := range []string{`{"name":"without anything"}`, `no JSON`} {
		s := sit(t)
		s.close()
		st, err := store.Open(t.Context(), s.dir)
		s.must(err)
		s.must(st.KeepKit(t.Context(), []byte(kept), "/elsewhere"))
		s.must(st.Close())
		s.open()
		s.kit("Default kit", "")
	}
}
