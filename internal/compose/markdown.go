package compose

import (
	"fmt"
	"strings"
)

// Markdown writes a document as Markdown with tables. Every text of people shows as
// it was typed and is nothing but text.
func Markdown(d Document) string {
	p := d.page()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", escape(p.Title))
	if lead := cell(p.Lead); lead != "" {
		fmt.Fprintf(&b, "%s\n\n", lead)
	}
	facts := section{Head: []string{"Fact", "Value"}}
	for _, f := range p.Facts {
		facts.add(f.Name, f.Text)
	}
	facts.markdown(&b)
	for _, s := range p.Sections {
		fmt.Fprintf(&b, "## %s\n\n", escape(s.Title))
		if len(s.Rows) == 0 {
			fmt.Fprintf(&b, "%s\n\n", escape(s.None))
			continue
		}
		s.markdown(&b)
	}
	fmt.Fprintf(&b, "%s\n", escape(p.Foot))
	return b.String()
}

func (s section) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "| %s |\n|%s\n", strings.Join(s.Head, " | "), strings.Repeat(" --- |", len(s.Head)))
	for _, r := range s.Rows {
		b.WriteString("|")
		for _, c := range r.Cells {
			fmt.Fprintf(b, " %s |", cell(c))
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
}
