package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "quarterdeck"

// root is the module's folder, seen from this room.
const root = "../.."

func TestTheHouse(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != root && (name == "node_modules" || name == "testdata" || name == "dist" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		dir := folder(rel)
		if _, known := rooms[dir]; !known && !seen[dir] {
			t.Errorf("%s is a room that the table does not know: give it a row in internal/archtest/table_test.go", dir)
		}
		seen[dir] = true
		for _, p := range inspect(rel, src) {
			t.Error(p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range slices.Sorted(maps.Keys(rooms)) {
		switch {
		case rooms[dir].planned && seen[dir]:
			t.Errorf("%s exists: it is not planned any more, take that out of its row", dir)
		case !rooms[dir].planned && !seen[dir]:
			t.Errorf("%s is in the table and not in the house: where did it go?", dir)
		}
	}
	if len(seen) < 10 {
		t.Errorf("only %d rooms were found: the test looks in the wrong place", len(seen))
	}
}

func folder(file string) string {
	if i := strings.LastIndexByte(file, '/'); i >= 0 {
		return file[:i]
	}
	return "."
}

// inspect lists what is wrong with one file, by its path in the module.
func inspect(file string, src []byte) []string {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, src, parser.SkipObjectResolution)
	if err != nil {
		return []string{fmt.Sprintf("%s: %v", file, err)}
	}
	in := &inspection{file: file, dir: folder(file), test: strings.HasSuffix(file, "_test.go"), set: set, names: map[string]string{}}
	for _, spec := range f.Imports {
		in.imported(spec)
	}
	ast.Inspect(f, in.visit)
	return in.problems
}

type inspection struct {
	file, dir string
	test      bool
	set       *token.FileSet
	names     map[string]string // of imported packages, by the name used here
	problems  []string
}

func (in *inspection) wrong(at token.Pos, what, why string) {
	in.problems = append(in.problems, fmt.Sprintf("%s:%d: %s: %s", in.file, in.set.Position(at).Line, what, why))
}

func (in *inspection) imported(spec *ast.ImportSpec) {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		in.wrong(spec.Pos(), spec.Path.Value, err.Error())
		return
	}
	name := path[strings.LastIndexByte(path, '/')+1:]
	if spec.Name != nil {
		name = spec.Name.Name
	}
	in.names[name] = path
	switch first, _, _ := strings.Cut(path, "/"); {
	case path == module || first == module:
		in.neighbour(spec, strings.TrimPrefix(strings.TrimPrefix(path, module), "/"))
	case strings.Contains(first, "."):
		in.outside(spec, path)
	case name == ".":
		in.wrong(spec.Pos(), path, "names come with the package that they belong to")
	case !in.test && touchesWorld(path) && (rooms[in.dir].kind == core || rooms[in.dir].kind == pure):
		in.wrong(spec.Pos(), in.dir+" imports "+path, "a pure room works on what it is given and touches nothing of the world")
	}
}

// neighbour judges the import of a room of ours.
func (in *inspection) neighbour(spec *ast.ImportSpec, to string) {
	if to == "" {
		to = "."
	}
	from, there := rooms[in.dir], rooms[to]
	if there.kind == "" {
		in.wrong(spec.Pos(), in.dir+" imports "+to, "the table does not know that room")
		return
	}
	if from.kind == "" || slices.Contains(from.also, to) || in.test && (to == in.dir || slices.Contains(from.inTests, to)) {
		return
	}
	if why := from.kind.reason(there.kind); why != "" {
		in.wrong(spec.Pos(), fmt.Sprintf("%s (%s) imports %s (%s)", in.dir, from.kind, to, there.kind), why)
	}
}

// outside judges the import of a library.
func (in *inspection) outside(spec *ast.ImportSpec, path string) {
	for lib, l := range libraries {
		if path != lib && !strings.HasPrefix(path, lib+"/") {
			continue
		}
		if !slices.Contains(l.owners, in.dir) {
			in.wrong(spec.Pos(), in.dir+" imports "+path, fmt.Sprintf("it belongs to %s: %s", strings.Join(l.owners, ", "), l.why))
		}
		return
	}
	for lib, l := range peers {
		if path != lib && !strings.HasPrefix(path, lib+"/") {
			continue
		}
		if in.dir != l.owner || !in.test {
			in.wrong(spec.Pos(), in.dir+" imports "+path, fmt.Sprintf("it is for tests of %s only: %s", l.owner, l.why))
		}
		return
	}
	in.wrong(spec.Pos(), in.dir+" imports "+path, "a library that no room owns: one outside library, one room")
}

func (in *inspection) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		pkg, ok := n.X.(*ast.Ident)
		if !ok {
			return true
		}
		path, name := in.names[pkg.Name], n.Sel.Name
		if path == "time" && reading[name] && mayReadTime(in.dir, in.file) == "" {
			in.wrong(n.Pos(), "time."+name, whyTime)
		}
		for _, end := range ending[path] {
			if begin, star := strings.CutSuffix(end, "*"); in.library() && (name == end || star && strings.HasPrefix(name, begin)) {
				in.wrong(n.Pos(), path+"."+name, whyEnding)
			}
		}
	case *ast.CallExpr:
		if id, ok := n.Fun.(*ast.Ident); ok && in.library() && (id.Name == "panic" || id.Name == "print" || id.Name == "println") {
			in.wrong(n.Pos(), id.Name, whyEnding)
		}
	}
	return true
}

// library reports whether the file is neither a program's nor a test's.
func (in *inspection) library() bool {
	r := rooms[in.dir]
	return !in.test && !r.program && r.kind != proof
}
