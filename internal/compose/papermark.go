package compose

import (
	"fmt"
	"strings"
)

// Markdown writes a paper as Markdown. Texts of people are escaped: they show as they were
// typed; of their marks only paragraphs, lists, sub-headings and linked moments are kept.
func (p Paper) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", escape(p.Title))
	if p.Lead != "" {
		fmt.Fprintf(&b, "%s\n\n", escape(p.Lead))
	}
	if len(p.Facts) > 0 {
		facts := section{Head: []string{"Fact", "Value"}}
		for _, f := range p.Facts {
			facts.add(f.Name, f.Text)
		}
		facts.markdown(&b)
	}
	to := p.led()
	for _, part := range p.Parts {
		fmt.Fprintf(&b, "## %s\n\n", escape(part.Title))
		if len(part.Written) == 0 && part.Ask != "" {
			fmt.Fprintf(&b, "*%s*\n\n", escape(part.Ask))
		}
		for _, blocks := range [][]Block{part.Written, part.Own} {
			for i, k := range blocks {
				k.markdown(&b, to)
				if k.Kind == Item && (i+1 == len(blocks) || blocks[i+1].Kind != Item) {
					b.WriteString("\n")
				}
			}
		}
	}
	fmt.Fprintf(&b, "%s\n", escape(p.Foot))
	return b.String()
}

// led are the anchors that something in the paper leads to and that are there.
func (p Paper) led() map[string]bool {
	there, out := map[string]bool{}, map[string]bool{}
	p.each(func(k Block) {
		if k.Table != nil {
			for _, r := range k.Table.Rows {
				there[r.Anchor] = r.Anchor != ""
			}
		}
	})
	p.each(func(k Block) {
		for _, r := range k.Runs {
			if there[r.To] {
				out[r.To] = true
			}
		}
	})
	return out
}

func (p Paper) each(do func(Block)) {
	for _, part := range p.Parts {
		for _, k := range part.Written {
			do(k)
		}
		for _, k := range part.Own {
			do(k)
		}
	}
}

func (k Block) markdown(b *strings.Builder, to map[string]bool) {
	switch k.Kind {
	case Para:
		fmt.Fprintf(b, "%s\n\n", strings.ReplaceAll(mark(k.Runs, to), "\n", "\\\n"))
	case Item:
		fmt.Fprintf(b, "- %s\n", strings.ReplaceAll(mark(k.Runs, to), "\n", " "))
	case Subhead:
		fmt.Fprintf(b, "### %s\n\n", mark(k.Runs, to))
	case Aside:
		fmt.Fprintf(b, "*%s*\n\n", mark(k.Runs, to))
	case Rows:
		s := section{Head: k.Table.Head}
		fmt.Fprintf(b, "| %s |\n|%s\n", strings.Join(s.Head, " | "), strings.Repeat(" --- |", len(s.Head)))
		for _, r := range k.Table.Rows {
			b.WriteString("|")
			for i, c := range r.Cells {
				anchor := ""
				if i == 0 && to[r.Anchor] {
					anchor = fmt.Sprintf("<a id=%q></a>", "m-"+r.Anchor)
				}
				if text := cell(c); r.Gone && text != "" {
					fmt.Fprintf(b, " %s~~%s~~ |", anchor, text)
				} else {
					fmt.Fprintf(b, " %s%s |", anchor, text)
				}
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
}

// mark is text with its linked moments.
func mark(runs []Run, to map[string]bool) string {
	var b strings.Builder
	for _, r := range runs {
		lines := strings.Split(r.Text, "\n")
		for i, l := range lines {
			text := escape(l)
			if strings.HasPrefix(l, " ") && text != "" {
				text = " " + text
			}
			if strings.HasSuffix(l, " ") && strings.TrimSpace(l) != "" {
				text += " "
			}
			if to[r.To] {
				text = fmt.Sprintf("[%s](#m-%s)", text, r.To)
			}
			b.WriteString(text)
			if i+1 < len(lines) {
				b.WriteString("\n")
			}
		}
	}
	return b.String()
}
