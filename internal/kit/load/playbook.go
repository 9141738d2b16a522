package load

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"quarterdeck/internal/kit"
)

// bookFolder holds one playbook a file. A kit may do without.
const bookFolder = "playbooks"

// front is what stands between the two lines of hyphens at the top of a playbook.
type front struct {
	Name     string   `yaml:"name"`
	Service  string   `yaml:"service"`
	Services []string `yaml:"services"`
	Owner    string   `yaml:"owner"`
	Verified string   `yaml:"verified-on"`
	Approved string   `yaml:"approved-by"`
	Expires  string   `yaml:"expires"`
}

// playbooks reads one playbook a file, by file name.
func (l *loader) playbooks(k *kit.Kit) {
	names, err := l.names(bookFolder, maxEntries)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case err != nil:
		l.unreadable(bookFolder, err)
		return
	}
	for _, name := range names {
		file := path.Join(bookFolder, name)
		switch path.Ext(name) {
		case ".md":
		case ".markdown", ".txt", ".yaml", ".yml":
			l.add(file, "write it as Markdown, in a file that ends in .md", "the file is not read as a playbook")
			continue
		default:
			continue
		}
		if data := l.read(file); data != nil {
			l.playbook(k, file, strings.TrimSuffix(name, ".md"), data)
		}
	}
}

func (l *loader) playbook(k *kit.Kit, file, id string, data []byte) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	text := string(data)
	if !utf8.ValidString(text) {
		l.add(file+":1", "save the file as UTF-8", "the file is not UTF-8 text")
		return
	}
	const fence = "---\n"
	rest, ok := strings.CutPrefix(text, fence)
	head, body, closed := strings.Cut("\n"+rest, "\n---\n")
	if !ok || !closed {
		l.add(file+":1", "begin with a line ---, then owner: and service:, and another line ---", "the playbook does not say whose it is and for which service")
		return
	}
	var f front
	// An empty line takes the place of the fence, so that lines keep their numbers.
	found, problems := decode(file, "", []byte(head+"\n"), &f)
	l.problems = append(l.problems, problems...)
	if found == nil {
		return
	}
	at := fmt.Sprintf("playbooks[%d]", len(k.Playbooks))
	p := kit.Playbook{ID: id, Name: f.Name, Services: f.Services, Owner: f.Owner, Verified: f.Verified, Approved: f.Approved, Expires: f.Expires}
	if f.Service != "" {
		p.Services = append([]string{f.Service}, p.Services...)
	}
	first := strings.Count(head, "\n") + 3 // the body's first line
	m := markdown{line: first}
	m.read(body)
	if p.Name == "" {
		p.Name = m.title
	}
	p.Intro = strings.TrimSpace(m.intro.String())
	l.lines.nest(at, found)
	l.lines[at] = file + ":1"
	l.lines[at+".steps"] = fmt.Sprintf("%s:%d", file, first)
	for i, s := range m.steps {
		s.More = strings.TrimSpace(s.More)
		p.Steps = append(p.Steps, s)
		l.lines[fmt.Sprintf("%s.steps[%d]", at, i)] = fmt.Sprintf("%s:%d", file, m.at[i])
	}
	k.Playbooks = append(k.Playbooks, p)
}

// markdown takes the parts of a playbook's text apart: the heading, what stands before the
// steps, and the steps. A step is an entry of a list that is not indented; what follows it
// belongs to it.
type markdown struct {
	line  int
	title string
	intro strings.Builder
	steps []kit.Step
	at    []int // the line of each step
}

var entry = regexp.MustCompile(`^(?:\d{1,3}[.)]|[-*+](?: \[[ xX]\])?)[ \t]+(.*\S)[ \t]*$`)

func (m *markdown) read(body string) {
	code := false
	for text := range strings.Lines(body) {
		text = strings.TrimRight(text, "\n")
		m.take(text, code)
		if strings.HasPrefix(strings.TrimSpace(text), "```") {
			code = !code
		}
		m.line++
	}
}

func (m *markdown) take(text string, code bool) {
	heading := !code && strings.HasPrefix(text, "#")
	switch s := entry.FindStringSubmatch(text); {
	case s != nil && !code:
		m.steps, m.at = append(m.steps, kit.Step{Text: s[1]}), append(m.at, m.line)
	case heading && m.title == "" && len(m.steps) == 0:
		m.title = strings.TrimSpace(strings.TrimLeft(text, "#"))
	case heading: // between the steps it only parts them
	case len(m.steps) == 0:
		m.intro.WriteString(text + "\n")
	default:
		last := &m.steps[len(m.steps)-1]
		last.More += strings.TrimRight(strings.TrimPrefix(strings.TrimPrefix(text, "   "), "\t"), " ") + "\n"
	}
}
