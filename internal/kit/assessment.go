package kit

// Assessment is how a severity is proposed: questions answered on a scale, weighted, lifted
// by floors, and crossed with how likely it is to get worse. The zero value proposes
// nothing: then a severity is chosen directly.
type Assessment struct {
	Criteria   []Criterion `json:"criteria" yaml:"criteria"`
	Judges     []Judge     `json:"judges" yaml:"judges"` // whose comparisons make the weights
	Levels     []int       `json:"levels" yaml:"levels"` // least score of impact 2, 3, 4 and 5; of 100
	Floors     []Floor     `json:"floors" yaml:"floors"`
	Likelihood Likelihood  `json:"likelihood" yaml:"likelihood"`
	Matrix     []Line      `json:"matrix" yaml:"matrix"` // impact 5 first
	Clamps     []Clamp     `json:"clamps" yaml:"clamps"`
	Effects    []string    `json:"effects" yaml:"effects"` // kinds of effect to choose from
	Again      int         `json:"again" yaml:"again"`     // minutes until the severity is looked at again; 0 = never asked
}

// Criterion is a question with an answer from 0 to 4.
type Criterion struct {
	ID      string   `json:"id" yaml:"id"`
	Letter  string   `json:"letter" yaml:"letter"`
	Ask     string   `json:"ask" yaml:"ask"`
	Choices []string `json:"choices" yaml:"choices"` // five words, for 0 to 4
	Unknown int      `json:"unknown" yaml:"unknown"` // what counts while the answer is not known
}

// Judge is one person's comparisons, made alone.
type Judge struct {
	Name  string `json:"name" yaml:"name"`
	Pairs []Pair `json:"pairs" yaml:"pairs"` // each two criteria once
}

// Pair says that one criterion weighs so many times what another does, on Saaty's scale.
type Pair struct {
	More string `json:"more" yaml:"more"`
	Than string `json:"than" yaml:"than"`
	By   int    `json:"by" yaml:"by"` // 1 = as much, 9 = extremely more
}

// Floor lifts the impact when all of its conditions hold.
type Floor struct {
	All    []Condition `json:"all" yaml:"all"`
	Impact int         `json:"impact" yaml:"impact"` // not below; 1 to 5
	Why    string      `json:"why" yaml:"why"`
}

// Clamp keeps the severity from being less than one when all of its conditions hold.
type Clamp struct {
	All      []Condition `json:"all" yaml:"all"`
	Severity string      `json:"severity" yaml:"severity"`
	Why      string      `json:"why" yaml:"why"`
}

// Condition holds when a criterion counts at least so much.
type Condition struct {
	Criterion string `json:"criterion" yaml:"criterion"`
	Least     int    `json:"least" yaml:"least"`
}

// Likelihood is how likely it is to get one level worse, or to last over an hour, if
// nothing more is done.
type Likelihood struct {
	Ask     string   `json:"ask" yaml:"ask"`
	Choices []string `json:"choices" yaml:"choices"` // five words, for 1 to 5
	Unknown int      `json:"unknown" yaml:"unknown"`
}

// Line is the severities of one impact, by likelihood from 1 to 5.
type Line struct {
	Impact int      `json:"impact" yaml:"impact"`
	Levels []string `json:"levels" yaml:"levels"`
}

// Scale is how many answers a question has, and levels the matrix has each way.
const Scale = 5

// None reports whether the kit proposes no severity.
func (a *Assessment) None() bool { return len(a.Criteria) == 0 }

// Criterion finds a question by id; nil when there is none.
func (a *Assessment) Criterion(id string) *Criterion {
	return find(a.Criteria, func(c *Criterion) bool { return c.ID == id })
}
