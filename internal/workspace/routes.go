package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
)

// Routes are the ways out of this workspace: routes.yaml in the data folder. It holds
// names of secrets and never a secret itself.
type Routes struct {
	Routes map[string]Route
	// Audiences are ladders of routes, the first choice first. They take the place of those
	// that the kit names; an empty one is by hand.
	Audiences map[string][]string
}

// Route is where one named way leads.
type Route struct {
	Medium string
	Target string            // channel, address, or to: whichever stands there; the entries of a list are parted by commas
	APIURL string            // the base address of the service; empty = its own
	Secret string            // the name of its secret
	Also   map[string]string // what else the medium asks for
	Drills bool              // drills may leave by it; without it, nothing of theirs does
	Line   int               // in the file
}

// RoutesFile is the file's name in the data folder.
const RoutesFile = "routes.yaml"

// byHand is the route that is always there.
const byHand = "hand"

// targets are the keys under which a route says where it leads.
var targets = []string{"channel", "address", "to", "recipients", "page"}

// RoutesEdition is what stands in the folder now.
func RoutesEdition(dir string) Edition { return edition(filepath.Join(Home(dir), RoutesFile)) }

// The bounds of the file.
const (
	longRoutes = 256 << 10 // bytes
	mostTokens = 20_000    // the parser's time grows with their square
	mostPeople = 50        // recipients of one route; a longer list is a mailing list's address
)

// ReadRoutes reads them; a folder without any has none. The fault Invalid names the line
// and what to write there; nothing of such a file is used. The file is made readable to
// this account alone.
func ReadRoutes(dir string) (Routes, error) {
	path := filepath.Join(Home(dir), RoutesFile)
	data, err := readUpTo(path, longRoutes+1)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Routes{}, nil
	case err != nil:
		return Routes{}, fault.New(fault.Unreachable, "%s cannot be read", path).WithHint("give yourself the right to read it").WithCause(err)
	case len(data) > longRoutes:
		return Routes{}, fault.New(fault.Invalid, "%s is too long to be a list of routes", path).WithHint("a route takes a few lines")
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(path, 0o600); err != nil {
			return Routes{}, fault.New(fault.Refused, "%s can be read by other accounts", path).WithHint("chmod 600 it").WithCause(err)
		}
	}
	return parseRoutes(path, data)
}

// parseRoutes reads a text as ReadRoutes does; path names it in the fault.
func parseRoutes(path string, data []byte) (Routes, error) {
	r := &routeReader{out: Routes{Routes: map[string]Route{}, Audiences: map[string][]string{}}}
	r.read(data)
	if len(r.problems) > 0 {
		p := r.problems[0]
		text := fmt.Sprintf("%s, line %d: %s", path, p.line, p.text)
		if n := len(r.problems) - 1; n > 0 {
			text += fmt.Sprintf(" (and %d more)", n)
		}
		return Routes{}, fault.New(fault.Invalid, "%s", text).WithHint("%s", p.hint)
	}
	return r.out, nil
}

// routeReader reads the file's tree, to name the line of each mistake.
type routeReader struct {
	out      Routes
	problems []routeProblem
}

type routeProblem struct {
	line       int
	text, hint string
}

func (r *routeReader) wrong(at ast.Node, hint, format string, args ...any) {
	line := 1
	if at != nil && at.GetToken() != nil {
		line = at.GetToken().Position.Line
	}
	r.problems = append(r.problems, routeProblem{line, fmt.Sprintf(format, args...), hint})
}

func (r *routeReader) read(data []byte) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		r.wrong(nil, "save it as UTF-8", "the file is not text")
		return
	}
	tokens := lexer.Tokenize(string(data))
	if len(tokens) > mostTokens {
		r.wrong(nil, "a route takes a few lines", "the file goes on for too long")
		return
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // duplicates are named here
	if err != nil {
		line := 1
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			line = at.GetToken().Position.Line
		}
		r.problems = append(r.problems, routeProblem{line, "it is not YAML", "indent by two blanks, put a blank after each colon, and quote what begins with # or @"})
		return
	}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			r.document(doc.Body)
		}
	}
}

func (r *routeReader) document(body ast.Node) {
	for key, value := range r.entries(body, "begin with routes: and name each of them below it") {
		switch key {
		case "routes":
			for name, node := range r.entries(value, "name each route, and indent what belongs to it") {
				r.route(name, node)
			}
		case "audiences":
			for name, node := range r.entries(value, "write audience: [route, route]") {
				r.ladder(name, node)
			}
		default:
			r.wrong(value, "routes: and audiences: stand at the beginning of a line", "%.40q is nothing that is known here", key)
		}
	}
	r.together()
	for _, audience := range slices.Sorted(maps.Keys(r.out.Audiences)) {
		for _, name := range r.out.Audiences[audience] {
			if _, known := r.out.Routes[name]; !known && name != byHand {
				r.wrong(body, "name some of: "+strings.Join(append(slices.Sorted(maps.Keys(r.out.Routes)), byHand), ", "), "the audience %s has a route %q, which is not in this file", audience, name)
			}
		}
	}
}

// entries are the keys of a mapping with their values, in their order; none of nothing.
func (r *routeReader) entries(node ast.Node, hint string) func(func(string, ast.Node) bool) {
	return func(yield func(string, ast.Node) bool) {
		var values []*ast.MappingValueNode
		switch n := node.(type) {
		case *ast.MappingNode:
			values = n.Values
		case *ast.MappingValueNode:
			values = []*ast.MappingValueNode{n}
		case *ast.NullNode, *ast.CommentGroupNode:
			return
		default:
			r.wrong(node, hint, "keys with values are wanted here")
			return
		}
		seen := map[string]bool{}
		for _, v := range values {
			key := v.Key.GetToken().Value
			if seen[key] {
				r.wrong(v.Key, "take one of them out", "%.40q stands twice", key)
				continue
			}
			seen[key] = true
			if !yield(key, v.Value) {
				return
			}
		}
	}
}

var routeNames = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,39}$`)

func (r *routeReader) route(name string, node ast.Node) {
	out := Route{Also: map[string]string{}}
	if t := node.GetToken(); t != nil {
		out.Line = t.Position.Line
	}
	if !routeNames.MatchString(name) {
		r.wrong(node, "use small letters, digits and -", "%.40q is no name for a route", name)
		return
	}
	at := map[string]ast.Node{} // where each key stands
	fields := map[string]*string{"medium": &out.Medium, "api_url": &out.APIURL, "secret": &out.Secret}
	for key, value := range r.entries(node, "write medium: and what it needs below the route's name, indented") {
		at[key] = value
		if slices.Contains(targets, key) {
			r.target(name, &out, value)
			continue
		}
		text := strings.Join(r.list(value), ", ")
		if key == "drills" {
			if out.Drills = text == "yes" || text == "true"; !out.Drills && text != "no" && text != "false" {
				r.wrong(value, "write yes, or leave it out", "whether drills leave by the route %s is yes or no", name)
			}
			continue
		}
		if to := fields[key]; to != nil {
			*to = text
		} else {
			out.Also[key] = text
		}
	}
	out.Medium = strings.ToLower(out.Medium)
	r.fits(name, node, at, out)
	r.out.Routes[name] = out
}

// target is where a route leads. It says it once.
func (r *routeReader) target(name string, out *Route, node ast.Node) {
	list := r.list(node)
	switch {
	case out.Target != "":
		r.wrong(node, "keep one of "+strings.Join(targets, ", "), "the route %s says twice where it leads", name)
	case len(list) > mostPeople:
		r.wrong(node, "give a mailing list's address", "%d recipients are more than one route takes (%d)", len(list), mostPeople)
	}
	out.Target = strings.Join(list, ", ")
}

// secretNames are names of secrets; the room of secrets says the same.
var secretNames = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,63}$`)

func (r *routeReader) ladder(audience string, node ast.Node) {
	r.out.Audiences[audience] = r.list(node)
}

// list are the texts of a sequence; a single text is a list of one.
func (r *routeReader) list(node ast.Node) (out []string) {
	seq, ok := node.(*ast.SequenceNode)
	if !ok {
		if text, ok := r.text(node); ok {
			out = append(out, text)
		}
		return out
	}
	for _, v := range seq.Values {
		text, ok := r.text(v)
		switch {
		case !ok:
		case slices.Contains(out, text):
			r.wrong(v, "take one of them out", "%.60q stands twice", text)
		default:
			out = append(out, text)
		}
	}
	return out
}

// text is a value in one line. What looks like a secret is refused and not repeated.
func (r *routeReader) text(node ast.Node) (string, bool) {
	text := ""
	switch n := node.(type) {
	case *ast.NullNode:
		return "", true
	case *ast.StringNode:
		text = n.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		text = n.GetToken().Value
	default:
		r.wrong(node, "write one value, in quotes if it has odd signs", "a text is wanted here")
		return "", false
	}
	text = strings.TrimSpace(text)
	if what := compose.Secret(text); what != "" {
		r.wrong(node, "keep it with qd secret set NAME, and write secret: NAME here", "this looks like %s, which does not belong into a file", what)
		return "", false
	}
	if strings.ContainsAny(text, "\n\r") || len(text) > 2000 {
		r.wrong(node, "write it in one line", "one line is wanted here")
		return "", false
	}
	return text, true
}
