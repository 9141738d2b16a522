package compose

import (
	"slices"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Hidden are the sentences of the record that a draft for people outside leaves out:
// of what is said about the impact, the cause and the goal, those with machines,
// addresses, builds, secrets or people of ours. Others are told everything.
func Hidden(s *incident.State, k *kit.Kit, audience string) []string {
	d := draft{words: words{s, k}, to: audience}
	if !d.outside(audience) || s.Declared.Security {
		return nil
	}
	texts := []string{s.Declared.Title}
	for _, name := range []string{"impact", "cause", "goal"} {
		texts = append(texts, s.Situation[name].Text)
	}
	var out []string
	for _, text := range texts {
		for _, said := range sentences(text) {
			if d.public(said) == "" && !slices.Contains(out, said) {
				out = append(out, said)
			}
		}
	}
	return out
}
