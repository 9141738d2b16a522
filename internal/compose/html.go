package compose

import (
	"bytes"
	_ "embed" // the form of the page
	"fmt"
	"html/template"
	"sync"
)

//go:embed document.html
var form string

var parsed = sync.OnceValues(func() (*template.Template, error) {
	return template.New("document").Parse(form)
})

// HTML writes a document as one self-contained page: no script, nothing from
// elsewhere, light and dark, made to be printed. An error means that the page's own
// form is broken, never that a record is.
func HTML(d Document) (string, error) {
	t, err := parsed()
	if err != nil {
		return "", fmt.Errorf("compose: read form: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, d.page()); err != nil {
		return "", fmt.Errorf("compose: fill form: %w", err)
	}
	return b.String(), nil
}
