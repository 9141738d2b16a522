package compose

import (
	"strings"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Unsent is an update that was written and did not leave.
type Unsent struct {
	At   int64
	Text string
}

// CatchUp is one update instead of those that did not leave: how it stands, and what was
// written meanwhile, each with its time, so that nothing of it reads as news.
func CatchUp(s *incident.State, k *kit.Kit, audience string, state incident.PublicState, next, now int64, unsent []Unsent) string {
	text := Draft(s, k, audience, state, next, now)
	if len(unsent) == 0 {
		return text
	}
	lines := []string{text, "", "Our earlier messages could not be sent. What we wrote meanwhile:"}
	for _, u := range unsent {
		lines = append(lines, words{s, k}.at(u.At)+": "+strings.Join(strings.Fields(u.Text), " "))
	}
	return strings.Join(lines, "\n")
}
