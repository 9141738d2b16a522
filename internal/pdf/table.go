package pdf

import (
	"slices"

	"quarterdeck/internal/compose"
)

const (
	tall = 4.1 // of a line of a table, mm
	pad  = 1.1 // above and below a row
	gap  = 3.0 // between columns
)

// table writes rows under a head that stands on every page. A row is whole on a page,
// unless it is longer than one. facts have no head, and their names are grey.
func (x *printer) table(t *compose.Table, facts bool) {
	if len(t.Rows) == 0 {
		return
	}
	wide := columns(t)
	head := func() {
		if len(t.Head) == 0 {
			return
		}
		x.letter("B", small)
		x.ink(95)
		x.row(t, t.Head, wide, "", false)
	}
	x.room(22)
	head()
	for _, r := range t.Rows {
		x.style(r, facts)
		lines := make([][]string, len(wide))
		most := 1
		for i := range wide {
			if i < len(r.Cells) {
				lines[i] = x.wrap(x.say(r.Cells[i]), wide[i]-gap)
			}
			most = max(most, len(lines[i]))
		}
		for from := 0; from < most; {
			left := int((bottom - x.GetY() - 2*pad) / tall)
			n := most - from
			if n > left && (float64(n)*tall <= bottom-40 || left < 4) { // it has room on a page of its own, or none here
				x.AddPage()
				head()
				x.style(r, facts)
				left = int((bottom - x.GetY() - 2*pad) / tall)
			}
			n = min(n, left)
			if from == 0 && r.Anchor != "" {
				x.SetLink(x.link(r.Anchor), x.GetY(), x.PageNo())
			}
			x.lines(t, lines, wide, from, n, r, facts)
			from += n
		}
	}
	x.SetX(margin)
}

// style is how a row looks.
func (x *printer) style(r compose.TableRow, facts bool) {
	weight, grey := "", 30
	switch {
	case r.Gone, r.Mark == "gap":
		grey = 120
	case r.Mark == "decision":
		weight = "B"
	}
	x.letter(weight, small)
	if facts {
		x.letter("", 9)
	}
	x.ink(grey)
}

// lines writes some lines of a row's cells.
func (x *printer) lines(t *compose.Table, cells [][]string, wide []float64, from, n int, r compose.TableRow, facts bool) {
	top := x.GetY()
	high := float64(n)*tall + 2*pad
	if r.Mark == "decision" {
		x.SetFillColor(238, 241, 245)
		x.Rect(margin, top, inner, high, "F")
	}
	left := margin
	for i, c := range cells {
		if facts {
			x.ink(95 - 65*min(i, 1))
		}
		for j := from; j < min(from+n, len(c)); j++ {
			x.SetXY(left, top+pad+float64(j-from)*tall)
			x.CellFormat(wide[i]-gap, tall, c[j], "", 0, align(t, i), false, 0, "")
			if w := x.GetStringWidth(c[j]); r.Gone && w > 0 {
				x.SetDrawColor(120, 120, 124)
				x.Line(left+1, top+pad+float64(j-from)*tall+tall/2, left+1+w, top+pad+float64(j-from)*tall+tall/2)
			}
		}
		left += wide[i]
	}
	x.SetDrawColor(214, 219, 225)
	x.Line(margin, top+high, 210-margin, top+high)
	x.SetXY(margin, top+high)
}

// row writes cells of one line.
func (x *printer) row(t *compose.Table, cells []string, wide []float64, mark string, facts bool) {
	lines := make([][]string, len(wide))
	for i := range wide {
		if i < len(cells) {
			lines[i] = x.wrap(x.say(cells[i]), wide[i]-gap)
		}
	}
	n := 1
	for _, l := range lines {
		n = max(n, len(l))
	}
	x.lines(t, lines, wide, 0, n, compose.TableRow{Mark: mark}, facts)
}

func align(t *compose.Table, column int) string {
	if slices.Contains(t.Nums, column) {
		return "R"
	}
	return "L"
}

// columns shares the width of the page out.
func columns(t *compose.Table) []float64 {
	n := max(len(t.Head), len(t.Wide))
	for _, r := range t.Rows {
		n = max(n, len(r.Cells))
	}
	out, sum := make([]float64, n), 0.0
	for i := range out {
		out[i] = 20
		if i < len(t.Wide) && t.Wide[i] > 0 {
			out[i] = float64(t.Wide[i])
		}
		sum += out[i]
	}
	for i := range out {
		out[i] *= inner / sum
	}
	return out
}
