package assess

import (
	"slices"

	"quarterdeck/internal/kit"
)

// Declaring says which of the kit's rules call something with these signs an incident.
// enough is the sign that decides by itself, such as the word of who is on call; empty
// when none of those is seen.
func Declaring(k *kit.Kit, signs []string) (matched []kit.Rule, enough string) {
	for _, s := range k.Declaring.Signs {
		if s.Always && slices.Contains(signs, s.ID) {
			enough = s.Text
			break
		}
	}
	for _, r := range k.Declaring.Rules {
		if r.Matches(signs) {
			matched = append(matched, r)
		}
	}
	return matched, enough
}
