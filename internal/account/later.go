package account

import (
	"cmp"

	"quarterdeck/internal/incident"
)

// sections are the phases of the work to which writing a section of the retrospective
// belongs; the others are writing it up.
var sections = map[string]string{
	"impact": "impact", "sense": "understanding", "well": "understanding", "hard": "understanding", "conditions": "understanding", "changes": "deciding",
}

// later is what people did for the incident after it was resolved, as the record has it.
type later struct {
	phase  string
	person incident.ID
	ms     int64
	source Source
}

// laters reads what came after "resolved". A person's own word on a phase takes the place
// of what is read here.
func (c *course) laters(now int64) []later {
	out := c.written // at the keyboard, pauses left out
	for _, f := range c.state.FollowUps {
		if f.Minutes > 0 && !f.Owner.IsZero() {
			out = append(out, later{"improving", f.Owner, int64(f.Minutes) * 60_000, Asked})
		}
	}
	if r := c.state.Retro; r != nil { // it was booked, and not called off: who was asked to come was there
		long := int64(cmp.Or(r.Minutes, incident.UsualMeeting)) * 60_000
		if r.Time+long <= now {
			for _, p := range append([]incident.ID{r.Owner}, r.Invited...) {
				out = append(out, later{"understanding", p, long, Inferred})
			}
		}
	}
	return out
}

// afterwards books what came after "resolved".
func (b *books) afterwards(now int64) {
	for _, l := range b.course.laters(now) {
		if _, told := b.course.answers[answerKey{l.phase, l.person}]; !told {
			b.book(l.phase, l.person, l.ms, l.source, b.rate(l.person, b.course.end-1))
		}
	}
}
