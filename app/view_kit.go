package app

// KitView is what a page needs of a kit to offer choices.
type KitView struct {
	Name       string         `json:"name"`
	Source     string         `json:"source"` // the folder it was read from; empty = built in, or not known
	Hash       string         `json:"hash"`   // names it in records
	Severities []SeverityView `json:"severities"`
	Assessment QuestionsView  `json:"assessment"`
	Signs      []ChoiceView   `json:"signs"`     // by which something is an incident
	Templates  []TemplateView `json:"templates"` // what a declaration may begin with: templates
	Types      []TypeView     `json:"types"`
	Roles      []KitRoleView  `json:"roles"`
	Audiences  []ChoiceView   `json:"audiences"`
	Phases     []ChoiceView   `json:"phases"`
	States     []ChoiceView   `json:"states"` // public states of an update
}

// TypeView is a kind of incident.
type TypeView struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Private bool   `json:"private"`
	First   string `json:"first"` // who hears of it first
}

// TemplateView is what a declaration may begin with; what is empty is left as it stands.
type TemplateView struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Title        string   `json:"title"` // its first words
	Type         string   `json:"type"`
	Severity     string   `json:"severity"`
	Summary      string   `json:"summary"`
	Impact       string   `json:"impact"`
	Source       string   `json:"source"`
	Video        string   `json:"video"`
	Environments []string `json:"environments"`
	Regions      []string `json:"regions"`
	Services     []string `json:"services"`
	Invited      []string `json:"invited"`
}

// QuestionsView is how a severity is proposed; without criteria it is chosen directly.
type QuestionsView struct {
	Criteria   []AskView    `json:"criteria"`
	Ask        string       `json:"ask"`        // the question about getting worse
	Likelihood []string     `json:"likelihood"` // its answers, for 1 to 5
	Unknown    int          `json:"unknown"`    // what counts while nobody knows
	Matrix     []MatrixView `json:"matrix"`     // impact 5 first
	Effects    []string     `json:"effects"`
	Trends     []string     `json:"trends"`
	Again      int          `json:"again"`  // minutes until it is looked at again
	Judges     []string     `json:"judges"` // whose comparisons made the weights
	Ratio      int          `json:"ratio"`  // of their consistency, in thousandths; below 100
	Spread     []string     `json:"spread"` // on what they differ, the widest first, in words
}

// AskView is a question with five answers.
type AskView struct {
	ID      string   `json:"id"`
	Letter  string   `json:"letter"`
	Ask     string   `json:"ask"`
	Choices []string `json:"choices"`
	Unknown int      `json:"unknown"`
	Weight  int      `json:"weight"` // in thousandths
}

// MatrixView is the severities of one impact, by likelihood.
type MatrixView struct {
	Impact int      `json:"impact"`
	Levels []string `json:"levels"`
}

// ChoiceView is something to choose.
type ChoiceView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// SeverityView is a level.
type SeverityView struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Meaning  string `json:"meaning"`
	Command  string `json:"command"`
	Effort   string `json:"effort"`   // as agreed in calm
	Promises string `json:"promises"` // "customers first 15 min, then 30 · …"
}

// KitRoleView is a role with its card.
type KitRoleView struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Short    string `json:"short"`
	Duty     string `json:"duty"`
	First    string `json:"first"`
	Not      string `json:"not"`
	HandOver string `json:"handOver"`
	Many     bool   `json:"many"` // several hold it, each for a part
}
