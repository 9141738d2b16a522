package load

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"

	"quarterdeck/internal/kit"
)

// maxTokens bounds the work on a file: the parser's time grows with the square of
// their number, and with the cube for nested brackets.
const maxTokens = 5_000

// decoder fills one part of the kit from one file.
type decoder struct {
	file     string
	lines    lines
	problems []kit.Problem
}

// decode reads a file into a pointer to a struct, or to a slice of structs. Paths
// in the lines found start at path; nil lines mean that nothing could be read.
func decode(file, path string, data []byte, into any) (lines, []kit.Problem) {
	d := &decoder{file: file, lines: lines{path: file + ":1"}}
	node := d.parse(data)
	if node == nil {
		return nil, d.problems
	}
	d.value(node, reflect.ValueOf(into).Elem(), path)
	return d.lines, d.problems
}

func (d *decoder) add(line int, hint, format string, args ...any) {
	where := fmt.Sprintf("%s:%d", d.file, line)
	d.problems = append(d.problems, kit.Problem{Where: where, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// parse gives the root of the file's only document; nil when there is none to go on with.
func (d *decoder) parse(data []byte) ast.Node {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			d.add(i+1, "save the file as UTF-8", "the line is not UTF-8 text")
			return nil
		}
	}
	tokens := lexer.Tokenize(string(data))
	if len(tokens) > maxTokens {
		d.add(tokens[maxTokens].Position.Line, "a part of a kit is a few pages at most", "the file goes on for too long")
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // duplicates are named here, all of them
	if err != nil {
		line, message := syntax(err)
		d.add(line, "mend the YAML here or in the line before: indentation, a missing quote, a colon in plain text", "this cannot be read: %s", message)
		return nil
	}
	var docs []ast.Node
	for _, doc := range file.Docs {
		if doc.Body != nil && doc.Body.Type() != ast.NullType {
			docs = append(docs, doc.Body)
		}
	}
	switch len(docs) {
	case 0:
		d.add(1, initHint, "the file says nothing")
		return nil
	case 1:
		return docs[0]
	}
	d.add(line(docs[1]), "put it into the first one, without the --- between", "a second document starts here")
	return nil
}

// syntax takes the parser's error apart.
func syntax(err error) (line int, message string) {
	var e yaml.Error
	if !errors.As(err, &e) {
		return 1, err.Error()
	}
	line = 1
	if t := e.GetToken(); t != nil && t.Position != nil {
		line = t.Position.Line
	}
	return line, e.GetMessage()
}

// line is where a node starts, 1 when it does not say.
func line(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil && t.Position.Line > 0 {
		return t.Position.Line
	}
	return 1
}

// value reads a node into v. A node without a value leaves v as it is: kit's check
// says what may not be missing.
func (d *decoder) value(n ast.Node, v reflect.Value, path string) {
	switch n.(type) {
	case *ast.NullNode:
		return
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		d.add(line(n), "write the value out", "anchors, aliases and tags are not read")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(n, v, path)
	case reflect.Slice:
		d.sequence(n, v, path)
	default:
		d.scalar(n, v)
	}
}

func (d *decoder) mapping(n ast.Node, v reflect.Value, path string) {
	var pairs []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		pairs = m.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{m}
	default:
		d.add(line(n), "write key: value lines, with the keys "+strings.Join(keys(v.Type()), ", "), "keys and values are wanted here")
		return
	}
	seen := map[string]int{}
	for _, pair := range pairs {
		at := line(pair.Key)
		key, ok := pair.Key.(*ast.StringNode)
		if !ok {
			d.add(at, "use one of "+strings.Join(keys(v.Type()), ", "), "this is not a key")
			continue
		}
		field, ok := fieldOf(v, key.Value)
		if !ok {
			d.add(at, "use one of "+strings.Join(keys(v.Type()), ", "), "there is no key %q here", key.Value)
			continue
		}
		if first := seen[key.Value]; first > 0 {
			d.add(at, "keep one of them", "the key %q stands twice, first in line %d", key.Value, first)
			continue
		}
		seen[key.Value] = at
		sub := strings.TrimPrefix(path+"."+key.Value, ".")
		d.lines[sub] = fmt.Sprintf("%s:%d", d.file, at)
		if pair.Value != nil {
			d.value(pair.Value, field, sub)
		}
	}
}

func (d *decoder) sequence(n ast.Node, v reflect.Value, path string) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		d.add(line(n), "begin each entry with a hyphen", "a list is wanted here")
		return
	}
	if len(s.Values) == 0 {
		return // nil, as if it were left out: both mean the same and hash the same
	}
	list := reflect.MakeSlice(v.Type(), len(s.Values), len(s.Values))
	for i, entry := range s.Values {
		sub := fmt.Sprintf("%s[%d]", path, i)
		d.lines[sub] = d.lines[path]
		if entry != nil {
			d.lines[sub] = fmt.Sprintf("%s:%d", d.file, line(entry))
			d.value(entry, list.Index(i), sub)
		}
	}
	v.Set(list)
}

func (d *decoder) scalar(n ast.Node, v reflect.Value) {
	switch n := n.(type) {
	case *ast.StringNode:
		if v.Kind() == reflect.String {
			v.SetString(strings.TrimSpace(n.Value))
			return
		}
	case *ast.LiteralNode:
		if v.Kind() == reflect.String && n.Value != nil {
			v.SetString(strings.TrimSpace(n.Value.Value))
			return
		}
	case *ast.BoolNode:
		if v.Kind() == reflect.Bool {
			v.SetBool(n.Value)
			return
		}
	case *ast.IntegerNode:
		if i, ok := whole(n.Value); ok && v.Kind() == reflect.Int && !v.OverflowInt(i) {
			v.SetInt(i)
			return
		}
	}
	switch v.Kind() {
	case reflect.Bool:
		d.add(line(n), "write true or false", "true or false is wanted here")
	case reflect.Int:
		d.add(line(n), "write it in digits, without a unit", "a whole number is wanted here")
	default:
		d.add(line(n), "put the text in quotes", "text is wanted here")
	}
}

// whole gives the value of an integer as the parser keeps it.
func whole(value any) (int64, bool) {
	switch i := value.(type) {
	case int64:
		return i, true
	case uint64:
		return int64(i), i < 1<<63
	}
	return 0, false
}

// fieldOf finds the field of a struct that a key is for.
func fieldOf(v reflect.Value, key string) (reflect.Value, bool) {
	for i, name := range keys(v.Type()) {
		if name == key {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// keys are the keys of a struct in their order: one a field.
func keys(t reflect.Type) []string {
	out := make([]string, t.NumField())
	for i := range out {
		out[i] = t.Field(i).Tag.Get("yaml")
	}
	return out
}
