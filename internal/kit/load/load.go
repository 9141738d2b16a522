package load

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"quarterdeck/internal/assess"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// Bounds of a folder. A file of the built-in kit has a hundredth of them.
const (
	maxFiles    = 64      // in the folder of checklists
	maxEntries  = 1000    // of any other kind that may lie beside them
	maxBytes    = 1 << 20 // of a file
	maxProblems = 100     // that are worth reading
)

const listFolder = "checklists"

// optional files say how things are proposed, what they cost and what comes afterwards; a
// kit may leave that out.
var optional = []string{"assessment.yaml", "declaring.yaml", "cost.yaml", "need.yaml", "retrospective.yaml", "followups.yaml", "cleanup.yaml"}

const initHint = "`qd kit init DIR` writes a complete kit to copy it from"

// head is what kit.yaml says.
type head struct {
	Name string `yaml:"name"`
}

// Load reads the kit whose kit.yaml stands at the root of fsys. Either the kit or
// a list of problems is given, never both. The error is for a folder that cannot
// be read at all: a fault, not_found or unreachable. A kit is the same, and has
// the same hash, whatever the comments, the line ends and the layout of its files.
func Load(fsys fs.FS) (*kit.Kit, []kit.Problem, error) {
	l := &loader{fsys: fsys, lines: lines{}, unread: map[string]bool{}}
	k, err := l.load()
	if err != nil {
		return nil, nil, err
	}
	if len(l.problems) == 0 || l.readable() {
		known := places(l.problems)
		for _, p := range k.Check() {
			path := p.Where
			p.Where = l.lines.find(path)
			if _, written := l.lines[path]; !l.follows(path, p) && !known.echo(p, written) {
				l.problems = append(l.problems, p)
			}
		}
		if len(l.problems) == 0 {
			l.weigh(k)
		}
	}
	if n := len(l.problems); n > maxProblems {
		more := kit.Problem{Where: l.problems[maxProblems].Where, Message: fmt.Sprintf("%d more problems from here on", n-maxProblems), Hint: "mend those above and check again"}
		l.problems = append(l.problems[:maxProblems], more)
	}
	if len(l.problems) > 0 {
		return nil, l.problems, nil
	}
	return k, nil, nil
}

// readable reports whether anything can be said about the kit as a whole: some of it was read.
func (l *loader) readable() bool { return len(l.unread) < len(nouns) }

// nouns are what is said to be missing when a part could not be read, by the part.
var nouns = map[string]string{
	"severities": "severity", "types": "type", "roles": "role", "audiences": "audience", "templates": "slot", "assessment": "criterion", "declaring": "sign", "checklists": "checklist",
}

// follows reports whether a problem is only there because something could not be read: it
// stands in an unread part, or asks for something of one.
func (l *loader) follows(path string, p kit.Problem) bool {
	for part := range l.unread {
		if part == "" && path == "name" || path == part || strings.HasPrefix(path, part+"[") || strings.HasPrefix(path, part+".") {
			return true
		}
		if noun := nouns[part]; noun != "" && strings.HasPrefix(p.Message, "there is no "+noun+" ") {
			return true
		}
	}
	return false
}

// bad are the lines and the files in which something could not be read.
type bad struct{ lines, files map[string]bool }

func places(problems []kit.Problem) bad {
	b := bad{map[string]bool{}, map[string]bool{}}
	for _, p := range problems {
		file, _, _ := strings.Cut(p.Where, ":")
		b.lines[p.Where], b.files[file] = true, true
	}
	return b
}

// echo reports whether a problem only repeats one of those: it is of the same line, or of
// something that is not written down in a file of which a line could not be read.
func (b bad) echo(p kit.Problem, written bool) bool {
	file, _, _ := strings.Cut(p.Where, ":")
	absent := strings.Contains(p.Message, "is missing") || strings.Contains(p.Message, "is empty") || strings.Contains(p.Message, "there is no type")
	return b.lines[p.Where] || absent && !written && b.files[file]
}

// weigh refuses comparisons that contradict each other.
func (l *loader) weigh(k *kit.Kit) {
	a := &k.Assessment
	if a.None() {
		return
	}
	w := assess.Weigh(assess.Criteria(a), a.Judges)
	if w.Refused == "" {
		return
	}
	at := "assessment.judges"
	for i, j := range w.Judges {
		if j.Contrary != "" {
			at = fmt.Sprintf("assessment.judges[%d].pairs", i)
			break
		}
	}
	l.add(l.lines.find(at), w.Hint, "%s", w.Refused)
}

// loader gathers the parts of one kit and their problems.
type loader struct {
	fsys     fs.FS
	lines    lines
	problems []kit.Problem
	unread   map[string]bool // parts of which nothing could be read
}

func (l *loader) add(where, hint, format string, args ...any) {
	l.problems = append(l.problems, kit.Problem{Where: where, Message: fmt.Sprintf(format, args...), Hint: hint})
}

func (l *loader) load() (*kit.Kit, error) {
	var h head
	k := new(kit.Kit)
	parts := []struct {
		file, path string
		into       any
	}{
		{"kit.yaml", "", &h},
		{"severities.yaml", "severities", &k.Severities},
		{"types.yaml", "types", &k.Types},
		{"roles.yaml", "roles", &k.Roles},
		{"audiences.yaml", "audiences", &k.Audiences},
		{"templates.yaml", "templates", &k.Templates},
		{"assessment.yaml", "assessment", &k.Assessment},
		{"declaring.yaml", "declaring", &k.Declaring},
		{"cost.yaml", "cost", &k.Cost},
		{"need.yaml", "need", &k.Need},
		{"retrospective.yaml", "retrospective", &k.Retro},
		{"followups.yaml", "follow_ups", &k.FollowUps},
		{"cleanup.yaml", "cleanup", &k.Cleanup},
	}
	names, err := l.names(".", maxEntries)
	if err != nil {
		return nil, unreadable(".", err)
	}
	known := make([]string, len(parts))
	for i, p := range parts {
		known[i] = p.file
		if slices.Contains(optional, p.file) && !slices.Contains(names, p.file) {
			continue
		}
		found := l.file(p.file, p.path, p.into)
		if found == nil {
			l.unread[p.path] = true
		}
		l.lines.merge(found)
	}
	for _, name := range names {
		l.stray(name, known)
	}
	k.Name = h.Name
	l.checklists(k)
	l.playbooks(k)
	return k, nil
}

// stray points out a file that looks like a part of the kit and would be passed over.
func (l *loader) stray(name string, known []string) {
	switch ext := path.Ext(name); {
	case slices.Contains(known, name) || strings.HasPrefix(name, "."):
	case ext == ".yml":
		l.add(name, "rename it to .yaml", "the file is not read: its name ends in .yml")
	case ext == ".yaml":
		l.add(name, "the files are "+strings.Join(known, ", ")+" and those in "+listFolder, "the file is no part of a kit")
	}
}

// checklists reads one list a file. They stand in the order of their phases, those
// without a phase after them by file name.
func (l *loader) checklists(k *kit.Kit) {
	names, err := l.names(listFolder, maxFiles)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.add(listFolder, initHint, "the folder of checklists is missing")
		l.unread["checklists"] = true
		return
	case err != nil:
		l.unreadable(listFolder, err)
		l.unread["checklists"] = true
		return
	}
	type part struct {
		kit.Checklist
		lines lines
	}
	var parts []part
	for _, name := range names {
		if path.Ext(name) != ".yaml" {
			l.stray(path.Join(listFolder, name), nil)
			continue
		}
		var p part
		if p.lines = l.file(path.Join(listFolder, name), "", &p.Checklist); p.lines == nil {
			l.unread["checklists"] = true
			continue
		}
		parts = append(parts, p)
	}
	rank := func(p part) int {
		if i := slices.Index(kit.Phases, p.Phase); i >= 0 {
			return i
		}
		return len(kit.Phases)
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(rank(a), rank(b)) })
	l.lines["checklists"] = listFolder
	for i, p := range parts {
		k.Checklists = append(k.Checklists, p.Checklist)
		l.lines.nest(fmt.Sprintf("checklists[%d]", i), p.lines)
	}
}

// names lists a folder, sorted, without the hidden ones.
func (l *loader) names(dir string, most int) ([]string, error) {
	info, err := fs.Stat(l.fsys, dir) // before opening: a pipe would wait for its other end
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, errNoFolder
	}
	f, err := l.fsys.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, errNoFolder
	}
	entries, err := d.ReadDir(most + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(entries) > most {
		l.add(dir, "choose a folder that holds the kit and nothing else", "the folder holds more than %d files", most)
		entries = nil
	}
	var names []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// file reads one file into a part of the kit. Whatever is wrong with it is a problem.
func (l *loader) file(name, path string, into any) lines {
	data := l.read(name)
	if data == nil {
		return nil
	}
	found, problems := decode(name, path, data, into)
	l.problems = append(l.problems, problems...)
	return found
}

// read gives a file's bytes, nil when it has none that could be read as a part of a kit.
func (l *loader) read(name string) []byte {
	info, err := fs.Stat(l.fsys, name) // before opening: a pipe would wait for its other end
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.add(name, initHint, "the file is missing")
		return nil
	case err != nil:
		l.unreadable(name, err)
		return nil
	case !info.Mode().IsRegular():
		l.add(name, initHint, "this is not a file")
		return nil
	}
	f, err := l.fsys.Open(name)
	if err != nil {
		l.unreadable(name, err)
		return nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	switch {
	case err != nil:
		l.unreadable(name, err)
		return nil
	case len(data) > maxBytes:
		l.add(name, "a part of a kit is a few pages at most", "the file is larger than 1 MiB")
		return nil
	case len(data) == 0:
		l.add(name+":1", initHint, "the file is empty")
		return nil
	}
	return data
}

// errNoFolder is something else standing where a folder should.
var errNoFolder = errors.New("it is not a folder")

// unreadable points out a part that the system does not hand out.
func (l *loader) unreadable(name string, err error) {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err // without the place, which is said already
	}
	l.add(name, "give yourself the right to read it, or put a readable one there", "it cannot be read: %s", err)
}

func unreadable(name string, err error) error {
	code, hint := fault.Unreachable, "see that the folder may be read, and try again"
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNoFolder) {
		code, hint = fault.NotFound, "choose the folder in which kit.yaml stands"
	}
	return fault.New(code, "the kit cannot be read").WithHint("%s", hint).WithCause(fmt.Errorf("kit: read %s: %w", name, err))
}
