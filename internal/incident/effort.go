package incident

import (
	"slices"
	"strings"

	"quarterdeck/internal/fault"
)

// Efforts are the phases of the work that an incident takes, from the alert until
// everybody is back at what they had planned. The names are frozen. Those after
// verifying come after the incident is resolved: half of the work.
var Efforts = []string{
	"reacting", "leaving", "classifying", "gathering", "coordinating", "collecting", "diagnosing", "informing", "devising",
	"changing", "testing", "releasing", "verifying",
	"writing", "impact", "recording", "understanding", "deciding", "improving", "sharing", "refocusing", "resting",
}

// maxEffort is the longest answer, in minutes: twelve weeks of one person.
const maxEffort = 12 * 5 * 8 * 60

// AnswerEffort says how long a part of the work took somebody, or of a person who has
// said so before, how long it really took. It is allowed at any time, also when the
// incident is closed.
type AnswerEffort struct {
	Phase   string
	Person  Person
	Minutes int
}

func (d *AnswerEffort) decide(c *context) ([]Event, error) {
	if !slices.Contains(Efforts, d.Phase) {
		return nil, fault.Input("phase", "%.40q is no phase of the work", d.Phase).WithHint("one of %s", strings.Join(Efforts, ", "))
	}
	if d.Minutes < 0 || d.Minutes > maxEffort {
		return nil, fault.Input("minutes", "%d minutes cannot be", d.Minutes).WithHint("give 0 to %d minutes", maxEffort)
	}
	p, err := c.person("person", d.Person)
	if err != nil {
		return nil, err
	}
	return append(c.named(p), &EffortAnswered{d.Phase, p.ID, d.Minutes}), nil
}
