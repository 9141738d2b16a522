package app

// ReviewView is an incident to look back on. Times are ms UTC.
type ReviewView struct {
	ID       string        `json:"id"`
	Ref      string        `json:"ref"`
	Title    string        `json:"title"`
	Owner    string        `json:"owner"` // who sees to it; empty = it is not booked
	Time     int64         `json:"time"`  // when it is; 0 = it is not booked
	Facts    []PairView    `json:"facts"`
	Sections []SectionView `json:"sections"` // of the document, in their order
	Moments  []MomentView  `json:"moments"`  // in the order in which they happened, gaps among them; none when the page has them
	Key      string        `json:"key"`      // of the moments
	Factors  []FactorView  `json:"factors"`
	Askings  []AskedOfView `json:"askings"` // questions for moments, by sort
	Closing  []string      `json:"closing"` // for everybody who was there
}

// ReviewInput names an incident to look back on.
type ReviewInput struct {
	Incident string `json:"incident"`
	Key      string `json:"key"` // of the moments that the page has; empty = none
}

// PairView is a name with what belongs to it.
type PairView struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// SectionView is a part of the document: what people wrote, and what the record has.
type SectionView struct {
	ID     string      `json:"id"`
	Name   string      `json:"name"`
	Ask    string      `json:"ask"`
	Text   string      `json:"text"`   // as it was written
	Record string      `json:"record"` // that wrote it; a change names it; empty = nobody has written there
	At     int64       `json:"at"`
	By     string      `json:"by"`
	Blocks []BlockView `json:"blocks"` // from the record
}

// BlockView is a piece of a part: para, item, head, note or table.
type BlockView struct {
	Kind  string       `json:"kind"`
	Runs  []RunView    `json:"runs"`
	Table *TabularView `json:"table,omitempty"`
}

// RunView is a stretch of text; To names the moment that it leads to.
type RunView struct {
	Text string `json:"text"`
	To   string `json:"to"` // a moment's anchor; empty = to none
}

// TabularView is a table.
type TabularView struct {
	Head []string   `json:"head"`
	Rows [][]string `json:"rows"`
	Nums []int      `json:"nums"` // columns of numbers
}

// MomentView is an entry, or a time of which nothing is written.
type MomentView struct {
	ID         string      `json:"id"`     // of the record; of a gap it begins with gap/
	Anchor     string      `json:"anchor"` // by which texts lead here
	Cite       string      `json:"cite"`   // what a text says to lead here
	At         int64       `json:"at"`
	RecordedAt int64       `json:"recordedAt"` // when it was written down
	Until      int64       `json:"until"`      // of a gap
	Mark       string      `json:"mark"`       // as a row's, or gap
	Text       string      `json:"text"`
	Who        string      `json:"who"`
	Late       bool        `json:"late"` // written over a minute after it happened
	Undone     bool        `json:"undone"`
	Matters    bool        `json:"matters"` // one of the moments by which the story is told
	As         string      `json:"as"`      // helped, hindered or surprise; empty = not marked
	Why        string      `json:"why"`
	Asked      []AskedView `json:"asked"`
}

// AskedView is a question about a moment; open while Answer is empty.
type AskedView struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Answer string `json:"answer"`
}

// FactorView is a condition that contributed.
type FactorView struct {
	ID    string   `json:"id"`
	Text  string   `json:"text"`
	LedTo []string `json:"ledTo"` // factors
	Seen  []string `json:"seen"`  // records
}

// AskedOfView is the questions for a sort of moment.
type AskedOfView struct {
	ID  string   `json:"id"`
	Of  []string `json:"of"` // marks of entries
	Ask []string `json:"ask"`
}

// HintView is a word that judges, with a better question.
type HintView struct {
	Words string `json:"words"`
	Ask   string `json:"ask"`
}

// WrittenView is a text that stood, or stands, in a section.
type WrittenView struct {
	Record string `json:"record"`
	At     int64  `json:"at"`
	By     string `json:"by"`
	Text   string `json:"text"`
}

// SectionInput writes a section.
type SectionInput struct {
	Incident string `json:"incident"`
	Section  string `json:"section"`
	Text     string `json:"text"`
	Base     string `json:"base"`    // the record on which the text rests; empty = none
	Seconds  int    `json:"seconds"` // how long its writer was at it
}

// MarkInput marks a moment.
type MarkInput struct {
	Incident string `json:"incident"`
	Subject  string `json:"subject"` // the record
	As       string `json:"as"`      // helped, hindered, surprise; empty = not marked
	Text     string `json:"text"`
}

// FactorInput links a factor.
type FactorInput struct {
	Incident string `json:"incident"`
	Factor   string `json:"factor"`
	To       string `json:"to"`     // another factor; empty = a moment is meant
	Moment   string `json:"moment"` // a record
	Gone     bool   `json:"gone"`   // it is not so after all
}
