package compose

import (
	"bytes"
	_ "embed" // the form of the page
	"fmt"
	"html/template"
	"slices"
	"sync"
)

//go:embed paper.html
var paperForm string

var parsedPaper = sync.OnceValues(func() (*template.Template, error) {
	return template.New("paper").Funcs(template.FuncMap{"lists": lists}).Parse(paperForm)
})

// listing is a block, or the items of one list.
type listing struct {
	Block
	Items []Block
}

// lists puts items that follow each other into one list.
func lists(blocks []Block) []listing {
	var out []listing
	for i, b := range blocks {
		switch {
		case b.Kind != Item:
			out = append(out, listing{Block: b})
		case i > 0 && blocks[i-1].Kind == Item:
			out[len(out)-1].Items = append(out[len(out)-1].Items, b)
		default:
			out = append(out, listing{Items: []Block{b}})
		}
	}
	return out
}

// Num reports whether a column holds numbers.
func (t *Table) Num(column int) bool { return slices.Contains(t.Nums, column) }

// HTML writes a paper as one self-contained page: no script, nothing from elsewhere,
// light and dark, made to be printed. An error means that the page's own form is broken,
// never that a record is.
func (p Paper) HTML() (string, error) {
	t, err := parsedPaper()
	if err != nil {
		return "", fmt.Errorf("compose: read form: %w", err)
	}
	to := p.led()
	p.Parts = slices.Clone(p.Parts)
	for i := range p.Parts {
		p.Parts[i].Written = tied(p.Parts[i].Written, to)
		p.Parts[i].Own = tied(p.Parts[i].Own, to)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return "", fmt.Errorf("compose: fill form: %w", err)
	}
	return b.String(), nil
}

// tied are blocks whose runs lead only to what is there.
func tied(blocks []Block, to map[string]bool) []Block {
	out := slices.Clone(blocks)
	for i := range out {
		out[i].Runs = slices.Clone(out[i].Runs)
		for j, r := range out[i].Runs {
			if !to[r.To] {
				out[i].Runs[j].To = ""
			}
		}
	}
	return out
}
