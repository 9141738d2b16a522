package pdf

import (
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"quarterdeck/assets"
	"quarterdeck/internal/compose"
)

// Sizes of a page, in mm; of letters, in points.
const (
	margin = 20.0
	inner  = 210 - 2*margin
	bottom = 297 - 22.0 // where the text ends
	indent = 5.0

	body, small, line = 9.5, 8.0, 4.8
)

// printer is a paper while it is written.
type printer struct {
	*fpdf.Fpdf
	links map[string]int // by anchor
	lost  bool           // a letter could not be shown
}

// Write writes a paper. An error is the writer's, or ours.
func Write(w io.Writer, p compose.Paper) error {
	f := fpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes("inter", "", assets.InterRegular)
	f.AddUTF8FontFromBytes("inter", "B", assets.InterSemibold)
	f.SetMargins(margin, 18, margin)
	f.SetAutoPageBreak(true, 297-bottom)
	f.SetCreationDate(time.UnixMilli(p.Made).UTC())
	f.SetModificationDate(time.UnixMilli(p.Made).UTC())
	f.SetTitle(p.Title, true)
	f.SetCreator("Quarterdeck", true)
	f.SetCatalogSort(true) // the same paper is the same file
	f.SetLang("en")
	f.AliasNbPages("{all}")
	x := &printer{Fpdf: f, links: map[string]int{}}
	f.SetFooterFunc(func() { x.footer(p) })
	f.AddPage()
	x.head(p)
	for _, part := range p.Parts {
		x.part(part)
	}
	x.foot(p)
	if err := f.Output(w); err != nil {
		return fmt.Errorf("pdf: write %q: %w", p.Title, err)
	}
	return nil
}

// say is a text as the typeface can show it.
func (x *printer) say(text string) string {
	out, lost := legible(text)
	x.lost = x.lost || lost
	return out
}

func (x *printer) ink(grey int)                   { x.SetTextColor(grey, grey, grey+4) }
func (x *printer) letter(style string, p float64) { x.SetFont("inter", style, p) }

// room begins a page unless so much is left of this one, in mm.
func (x *printer) room(mm float64) {
	if x.GetY()+mm > bottom {
		x.AddPage()
	}
}

func (x *printer) footer(p compose.Paper) {
	x.SetY(-15)
	x.letter("", 7.5)
	x.ink(110)
	name := x.fit(x.say(p.Title), inner-40)
	if p.Inner {
		name = "Keep inside. " + x.fit(x.say(p.Title), inner-65)
	}
	x.CellFormat(inner-30, 5, name, "", 0, "L", false, 0, "")
	x.CellFormat(30, 5, fmt.Sprintf("%d / {all}", x.PageNo()), "", 0, "R", false, 0, "")
}

// fit cuts a text to a width, in mm.
func (x *printer) fit(text string, wide float64) string {
	if x.GetStringWidth(text) <= wide {
		return text
	}
	r := []rune(text)
	for len(r) > 0 && x.GetStringWidth(string(r)+"…") > wide {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}

func (x *printer) head(p compose.Paper) {
	x.letter("B", 19)
	x.ink(15)
	x.MultiCell(inner, 8.5, x.say(p.Title), "", "L", false)
	if p.Lead != "" {
		x.Ln(1.5)
		x.letter("", 11)
		x.ink(60)
		x.MultiCell(inner, 5.6, x.say(p.Lead), "", "L", false)
	}
	if p.Inner {
		x.Ln(1.5)
		x.letter("B", body)
		x.ink(15)
		x.MultiCell(inner, line, "A security incident: keep this document inside.", "", "L", false)
	}
	x.Ln(3)
	if len(p.Facts) > 0 {
		t := compose.Table{Wide: []int{20, 80}}
		for _, f := range p.Facts {
			t.Rows = append(t.Rows, compose.TableRow{Cells: []string{f.Name, f.Text}})
		}
		x.table(&t, true)
	}
}

func (x *printer) foot(p compose.Paper) {
	x.Ln(4)
	x.letter("", small)
	x.ink(110)
	text := x.say(p.Foot)
	if x.lost {
		text += " Letters that its typeface lacks show as " + x.lack() + "; the HTML of the same paper has them."
	}
	x.MultiCell(inner, 4, text, "", "L", false)
}

// lack is what stands for a letter that cannot be shown.
func (x *printer) lack() string {
	sign, _ := legible("\U0010FFFD")
	return sign
}

func (x *printer) part(part compose.Part) {
	x.Ln(5)
	x.room(48) // a heading does not stand alone at the foot of a page
	x.Bookmark(x.say(part.Title), 0, -1)
	x.letter("B", 13)
	x.ink(15)
	x.MultiCell(inner, 6.5, x.say(part.Title), "", "L", false)
	x.SetDrawColor(190, 196, 204)
	x.Line(margin, x.GetY()+0.8, 210-margin, x.GetY()+0.8)
	x.Ln(2.5)
	if len(part.Written) == 0 && part.Ask != "" {
		x.block(compose.Block{Kind: compose.Aside, Runs: []compose.Run{{Text: "Nobody has written here yet. " + part.Ask}}})
	}
	for _, blocks := range [][]compose.Block{part.Written, part.Own} {
		for _, b := range blocks {
			x.block(b)
		}
	}
}

func (x *printer) block(b compose.Block) {
	switch b.Kind {
	case compose.Rows:
		x.Ln(1)
		x.table(b.Table, false)
		x.Ln(2)
	case compose.Subhead:
		x.Ln(1.5)
		x.room(16)
		x.letter("B", 10.5)
		x.ink(30)
		x.MultiCell(inner, 5.2, x.say(b.Text()), "", "L", false)
		x.Ln(0.8)
	case compose.Item:
		x.room(line)
		x.letter("", body)
		x.ink(30)
		x.SetX(margin)
		x.CellFormat(indent, line, "•", "", 0, "L", false, 0, "")
		x.SetLeftMargin(margin + indent)
		x.runs(b.Runs)
		x.SetLeftMargin(margin)
		x.Ln(line + 0.8)
	case compose.Aside:
		x.letter("", small)
		x.ink(110)
		x.MultiCell(inner, 4.2, x.say(b.Text()), "", "L", false)
		x.Ln(1.4)
	default:
		x.room(line)
		x.letter("", body)
		x.ink(30)
		x.runs(b.Runs)
		x.Ln(line + 1.8)
	}
}

// runs flows text, with what it leads to.
func (x *printer) runs(runs []compose.Run) {
	for _, r := range runs {
		text := x.say(r.Text)
		if r.To == "" {
			x.Fpdf.Write(line, text)
			continue
		}
		x.SetTextColor(11, 87, 168)
		x.WriteLinkID(line, text, x.link(r.To))
		x.ink(30)
	}
}

func (x *printer) link(anchor string) int {
	if _, ok := x.links[anchor]; !ok {
		x.links[anchor] = x.AddLink()
		x.SetLink(x.links[anchor], 0, 1) // until its row comes
	}
	return x.links[anchor]
}

// wrap breaks a text into lines of a width, in mm, between words, or within one that is
// wider than the line. A line is as wide as its letters together.
func (x *printer) wrap(text string, wide float64) []string {
	var out []string
	blank := x.GetStringWidth(" ")
	for _, l := range strings.Split(text, "\n") {
		var now strings.Builder
		is := 0.0
		for i, word := range strings.Split(l, " ") {
			w := x.GetStringWidth(word)
			if i > 0 && is+blank+w <= wide {
				now.WriteString(" " + word)
				is += blank + w
				continue
			}
			if i > 0 {
				out = append(out, now.String())
				now.Reset()
				is = 0
			}
			if w <= wide {
				now.WriteString(word)
				is = w
				continue
			}
			for _, r := range word {
				w := x.GetStringWidth(string(r))
				if is+w > wide && is > 0 {
					out = append(out, now.String())
					now.Reset()
					is = 0
				}
				now.WriteRune(r)
				is += w
			}
		}
		out = append(out, now.String())
	}
	return out
}
