package kit

import "slices"

// Declaring is how to tell whether something is an incident.
type Declaring struct {
	Signs []Sign `json:"signs" yaml:"signs"`
	Rules []Rule `json:"rules" yaml:"rules"`
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
