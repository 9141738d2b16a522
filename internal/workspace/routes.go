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

// Routes are the ways out of this workspace: routes.yaml in the data folder.
type Routes struct {
	All []Route // as they stand in the file
	// Ladders are routes by audience, the first choice first. They take the place of those
	// that the kit names.
	Ladders map[string][]string
}

// Route is where one named way leads.
type Route struct {
	Name       string
	Medium     string
	Channel    string   // or a page, a list: what the medium posts to
	Address    string   // of a receiver, when it is no secret
	Recipients []string // of mail: one message each
	APIURL     string   // the base address of the service; empty = its own
	Secret     string   // the name of its secret, never the secret
	Also       map[string]string
	Line       int // in the file
}

// Targets are what the route's messages go to, one message each: its recipients, else its
// channel or address. There is always one, which may be "".
func (r Route) Targets() []string {
	switch {
	case len(r.Recipients) > 0:
		return r.Recipients
	case r.Channel != "":
		return []string{r.Channel}
	}
	return []string{r.Address}
}

// Find finds a route by its name; nil when there is none.
func (r Routes) Find(name string) *Route {
	if i := slices.IndexFunc(r.All, func(x Route) bool { return x.Name == name }); i >= 0 {
		return &r.All[i]
	}
	return nil
}

// Ladder is an audience's: the workspace's own, else the kit's, without the routes that
// are not set up here.
func (r Routes) Ladder(audience string, kit []string) (out []string) {
	names, own := r.Ladders[audience]
	if !own {
		names = kit
	}
	for _, name := range names {
		if r.Find(name) != nil {
			out = append(out, name)
		}
	}
	return out
}

// RoutesFile is the file's name in the data folder.
const RoutesFile = "routes.yaml"

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
	path := filepath.Join(dir, RoutesFile)
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
	r := &routeReader{out: Routes{Ladders: map[string][]string{}}}
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
	for _, audience := range slices.Sorted(maps.Keys(r.out.Ladders)) {
		for _, name := range r.out.Ladders[audience] {
			if r.out.Find(name) == nil {
				r.wrong(body, "name one of: "+strings.Join(r.names(), ", "), "the audience %s has a route %q, which is not in this file", audience, name)
			}
		}
	}
}

func (r *routeReader) names() (out []string) {
	for i := range r.out.All {
		out = append(out, r.out.All[i].Name)
	}
	return out
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
	out := Route{Name: name, Also: map[string]string{}}
	if t := node.GetToken(); t != nil {
		out.Line = t.Position.Line
	}
	if !routeNames.MatchString(name) {
		r.wrong(node, "use small letters, digits and -", "%.40q is no name for a route", name)
		return
	}
	fields := map[string]*string{"medium": &out.Medium, "channel": &out.Channel, "address": &out.Address, "api_url": &out.APIURL, "secret": &out.Secret}
	for key, value := range r.entries(node, "write medium: and what it needs below the route's name, indented") {
		if key == "recipients" {
			out.Recipients = r.list(value)
			if len(out.Recipients) > mostPeople {
				r.wrong(value, "give a mailing list's address", "%d recipients are more than one route takes (%d)", len(out.Recipients), mostPeople)
			}
			continue
		}
		text, ok := r.text(value)
		switch to := fields[key]; {
		case !ok:
		case to != nil:
			*to = text
		default:
			out.Also[key] = text
		}
	}
	if out.Medium == "" {
		r.wrong(node, "add medium: with one of slack, mail, teams, discord, mattermost, googlechat, webhook, statuspage, hand", "the route %s has no medium", name)
	}
	if out.Secret != "" && !secretNames.MatchString(out.Secret) {
		r.wrong(node, "keep it with qd secret set NAME and write that name here", "the secret of the route %s is not the name of one", name)
	}
	r.out.All = append(r.out.All, out)
}

// secretNames are names of secrets; the room of secrets says the same.
var secretNames = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,63}$`)

func (r *routeReader) ladder(audience string, node ast.Node) {
	r.out.Ladders[audience] = r.list(node)
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
