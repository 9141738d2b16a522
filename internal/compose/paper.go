package compose

import "quarterdeck/internal/incident"

// Paper is a document to be read by people who were not there: headings, prose and
// tables, whatever it is written down as.
type Paper struct {
	Title string
	Lead  string // under the title
	Facts []Pair
	Parts []Part
	Foot  string
	Inner bool  // it is to stay inside
	Made  int64 // when it was made, ms UTC
}

// Pair is a name with what belongs to it.
type Pair struct{ Name, Text string }

// Part is a piece of a paper under a heading.
type Part struct {
	ID, Title string
	Ask       string  // what to write there; shown while nothing is written
	Written   []Block // by people
	Own       []Block // from the record
}

// Block is a piece of a part: a paragraph, a line of a list, or a table.
type Block struct {
	Kind  string // one of para, item, head, note, table
	Runs  []Run
	Table *Table
}

// Kinds of a block.
const (
	Para    = "para"
	Item    = "item"
	Subhead = "head"
	Aside   = "note" // about the document itself
	Rows    = "table"
)

// Run is a stretch of text; To names the row of a table that it leads to.
type Run struct{ Text, To string }

// Table is rows under a head.
type Table struct {
	Head []string
	Wide []int // how wide the columns are, each in comparison to the others
	Rows []TableRow
	Nums []int // columns that hold numbers
}

// TableRow is one of a table.
type TableRow struct {
	Anchor string // by which runs lead here; may be empty
	Mark   string // what sort of row it is, as a sentence's Mark
	Gone   bool   // taken back
	Cells  []string
}

// Anchor names a record within a document; empty for none.
func Anchor(id incident.ID) string {
	s := id.String()
	return s[max(0, len(s)-12):]
}

func para(text string) Block { return Block{Kind: Para, Runs: []Run{{Text: text}}} }

func aside(text string) Block { return Block{Kind: Aside, Runs: []Run{{Text: text}}} }

func item(text string) Block { return Block{Kind: Item, Runs: []Run{{Text: text}}} }

func subhead(text string) Block { return Block{Kind: Subhead, Runs: []Run{{Text: text}}} }

func table(t Table) Block { return Block{Kind: Rows, Table: &t} }

// Text is the block's words without what they lead to.
func (k Block) Text() string {
	out := ""
	for _, r := range k.Runs {
		out += r.Text
	}
	return out
}

// Paper is an incident's document as a paper.
func (d Document) Paper() Paper {
	p := d.page()
	out := Paper{Title: p.Title, Lead: p.Lead, Foot: p.Foot, Inner: d.State.Declared.Security, Made: d.Made}
	for _, f := range p.Facts {
		out.Facts = append(out.Facts, Pair(f))
	}
	for _, s := range p.Sections {
		out.Parts = append(out.Parts, Part{Title: s.Title, Own: s.blocks()})
	}
	return out
}

// blocks are a section as a paper has it.
func (s section) blocks() []Block {
	if len(s.Rows) == 0 {
		return []Block{aside(s.None)}
	}
	t := Table{Head: s.Head}
	for _, name := range s.Head {
		t.Wide = append(t.Wide, width(name))
	}
	for _, r := range s.Rows {
		t.Rows = append(t.Rows, TableRow{Cells: r.Cells, Mark: r.Mark, Gone: r.Gone})
	}
	return []Block{table(t)}
}

// width is how wide a column is, by what it holds.
func width(head string) int {
	switch head {
	case "What", "Text", "Decision", "Action", "Follow-up", "Question", "Criterion", "Known then":
		return 44
	case "Basis", "Trade-off", "Result", "Answer", "Word", "Why":
		return 30
	case "Time", "Opened", "Closed", "Since", "Until", "Asked", "Next promised", "Due":
		return 17
	case "Kind", "Owner", "State", "Where", "Since declared":
		return 14
	}
	return 18
}
