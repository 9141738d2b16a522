package compose

import (
	"bytes"
	_ "embed" // the form of the page
	"fmt"
	"html/template"
	"strings"
	"sync"

	"quarterdeck/internal/incident"
)

//go:embed index.html
var indexForm string

var indexParsed = sync.OnceValues(func() (*template.Template, error) {
	return template.New("index").Parse(indexForm)
})

// Page is an incident in an index: its row, and the file beside it that says more.
type Page struct {
	Row  incident.Row
	File string
}

// Index writes the page that leads to others, in their order. made is ms UTC; again is as
// in Document.
func Index(pages []Page, made int64, again int) (string, error) {
	type entry struct{ File, Title, Severity, Phase, Commander, Declared string }
	v := struct {
		Rows  []entry
		Foot  string
		Again int
	}{Foot: fmt.Sprintf("Made at %s UTC, and anew with each change.", full(made)), Again: again}
	for _, p := range pages {
		v.Rows = append(v.Rows, entry{p.File, strings.TrimSpace(p.Row.Ref + " " + line(kept(p.Row.Title))), p.Row.Severity, upper(string(p.Row.Phase)), p.Row.Commander, full(p.Row.Declared)})
	}
	t, err := indexParsed()
	if err != nil {
		return "", fmt.Errorf("compose: read form: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, v); err != nil {
		return "", fmt.Errorf("compose: fill form: %w", err)
	}
	return b.String(), nil
}
