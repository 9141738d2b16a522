package kit

import "slices"

// Declaring is how to tell whether something is an incident.
type Declaring struct {
	Signs  []Sign  `json:"signs" yaml:"signs"`
	Rules  []Rule  `json:"rules" yaml:"rules"`
	Drafts []Draft `json:"templates,omitempty" yaml:"templates"`
}

// Draft is what a declaration may begin with: whatever of it is the same each time.
// People see it as a template.
type Draft struct {
	ID           string   `json:"id" yaml:"id"`
	Name         string   `json:"name" yaml:"name"`
	Title        string   `json:"title,omitempty" yaml:"title"` // its first words
	Type         string   `json:"type,omitempty" yaml:"type"`
	Severity     string   `json:"severity,omitempty" yaml:"severity"`
	Summary      string   `json:"summary,omitempty" yaml:"summary"`
	Impact       string   `json:"impact,omitempty" yaml:"impact"`
	Source       string   `json:"source,omitempty" yaml:"source"` // one of Sources
	Video        string   `json:"video,omitempty" yaml:"video"`
	Environments []string `json:"environments,omitempty" yaml:"environments"`
	Regions      []string `json:"regions,omitempty" yaml:"regions"`
	Services     []string `json:"services,omitempty" yaml:"services"`
	Invited      []string `json:"invite,omitempty" yaml:"invite"`
}

// Sources are where an incident may come from.
var Sources = []string{"alert", "user", "noticed"}

// Draft finds one by its id; nil when there is none.
func (d *Declaring) Draft(id string) *Draft {
	return find(d.Drafts, func(t *Draft) bool { return t.ID == id })
}

// Sign is something that can be seen of what happens.
type Sign struct {
	ID     string `json:"id" yaml:"id"`
	Text   string `json:"text" yaml:"text"`
	Always bool   `json:"always" yaml:"always"` // it is enough by itself, whatever the rules say
}

// Rule calls something an incident: when every sign of All is seen and, where Any names
// some, at least one of them.
type Rule struct {
	ID   string   `json:"id" yaml:"id"`
	Name string   `json:"name" yaml:"name"`
	All  []string `json:"all" yaml:"all"`
	Any  []string `json:"any" yaml:"any"`
}

// Matches reports whether the rule calls what shows these signs an incident.
func (r *Rule) Matches(signs []string) bool {
	seen := func(id string) bool { return slices.Contains(signs, id) }
	for _, id := range r.All {
		if !seen(id) {
			return false
		}
	}
	return len(r.Any) == 0 && len(r.All) > 0 || slices.ContainsFunc(r.Any, seen)
}
