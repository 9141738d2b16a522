package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/lexer"

	"quarterdeck/internal/fault"
)

// maxTokens bounds the work on a file that people edit: the parser's time grows with the
// square of their number.
const maxTokens = 20_000

// document is a file of the folder that people edit, as text.
type document struct {
	path string
	data []byte
}

// readDocument reads a file into a pointer; one that is not there leaves it as it is. The
// fault Invalid names the line that cannot be read.
func readDocument(dir, name string, into any) (document, error) {
	d := document{path: filepath.Join(Home(dir), name)}
	data, err := readUpTo(d.path, most+1)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return d, nil
	case err != nil:
		return d, fault.New(fault.Unreachable, "%s cannot be read", d.path).WithHint("give yourself the right to read it").WithCause(err)
	case len(data) > most:
		return d, fault.New(fault.Invalid, "%s is too long", d.path).WithHint("it holds a megabyte at most")
	}
	d.data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.Count(d.data, []byte("\n")) > maxTokens || len(lexer.Tokenize(string(d.data))) > maxTokens {
		return d, fault.New(fault.Invalid, "%s goes on for too long", d.path).WithHint("it holds a few thousand entries at most")
	}
	if err := yaml.NewDecoder(bytes.NewReader(d.data), yaml.Strict()).Decode(into); err != nil && !errors.Is(err, io.EOF) {
		line, message := apart(err)
		return d, fault.New(fault.Invalid, "%s:%d: %s", d.path, line, message).WithHint("mend that line or the one before it; until then the last good one counts")
	}
	return d, nil
}

// apart takes the error of the decoder apart.
func apart(err error) (line int, message string) {
	var e yaml.Error
	if !errors.As(err, &e) {
		message, _, _ = strings.Cut(err.Error(), "\n")
		return 1, printable(message)
	}
	line = 1
	if t := e.GetToken(); t != nil && t.Position != nil {
		line = t.Position.Line
	}
	return line, printable(e.GetMessage())
}

// printable is text without signs that a terminal would obey: it may repeat the file.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, text)
}

// line is where something stands in the document, by its path: people[2].name. Of what is
// missing it is where the thing begins that it is missing from.
func (d document) line(path string) int {
	for path != "" {
		if p, err := yaml.PathString("$." + path); err == nil {
			if node, err := p.ReadNode(bytes.NewReader(d.data)); err == nil && node != nil && node.GetToken() != nil && node.GetToken().Position != nil {
				return node.GetToken().Position.Line
			}
		}
		cut := max(strings.LastIndexByte(path, '.'), strings.LastIndexByte(path, '['))
		path = path[:max(cut, 0)]
	}
	return 1
}

// mistakes is the fault of a file with mistakes in it; nil without any. All of them are named.
func (d document) mistakes(list []Mistake) error {
	if len(list) == 0 {
		return nil
	}
	said := make([]string, 0, len(list))
	for _, m := range list {
		said = append(said, fmt.Sprintf("%s:%d: %s", filepath.Base(d.path), d.line(m.Path), m.Message))
	}
	const shown = 5
	more := ""
	if len(said) > shown {
		more, said = fmt.Sprintf("; and %d more", len(said)-shown), said[:shown]
	}
	return fault.New(fault.Invalid, "%s", strings.Join(said, "; ")+more).WithHint("%s", list[0].Hint)
}

// Mistake is one in a file, by the path of what is wrong.
type Mistake struct{ Path, Message, Hint string }

// writeDocument writes a file whole.
func writeDocument(dir, name, head string, v any) error {
	data, err := yaml.MarshalWithOptions(v, yaml.IndentSequence(true), yaml.UseLiteralStyleIfMultiline(true))
	if err != nil {
		return fmt.Errorf("workspace: encode %s: %w", name, err)
	}
	path := filepath.Join(Home(dir), name)
	if err := write(path, append([]byte(head), data...)); err != nil {
		return fault.New(fault.Unreachable, "%s cannot be written", path).WithHint("check the disk and the folder's rights").WithCause(err)
	}
	return nil
}

// EditionOf is what stands in the folder under a name now.
func EditionOf(dir, name string) Edition {
	info, err := os.Stat(filepath.Join(Home(dir), name))
	if err != nil {
		return Edition{}
	}
	return Edition{info}
}

// change reads a file, has it changed and writes it, anew when somebody else has written
// it meanwhile.
func change(dir, name string, once func() error, put func() error) error {
	for range 5 {
		before := EditionOf(dir, name)
		if err := once(); err != nil {
			return err
		}
		if EditionOf(dir, name).Same(before) {
			return put()
		}
	}
	return fault.New(fault.Conflict, "%s is being written by somebody else", filepath.Join(Home(dir), name)).WithHint("try again in a moment")
}
