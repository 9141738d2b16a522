package kit

import (
	"fmt"
	"slices"
)

// Need is when a commander is asked whether they need help, in minutes. 0 is as usual.
type Need struct {
	Promise int     `json:"promise" yaml:"promise"` // after a promise was due
	Phase   int     `json:"phase" yaml:"phase"`     // in one phase
	Phases  []Stuck `json:"phases" yaml:"phases"`   // of those that may take another time
	Duty    int     `json:"duty" yaml:"duty"`       // in command
	Again   int     `json:"again" yaml:"again"`     // after an answer, while it still holds
}

// Stuck is after how many minutes somebody may need help in a phase.
type Stuck struct {
	Phase   string `json:"phase" yaml:"phase"`
	Minutes int    `json:"minutes" yaml:"minutes"`
}

// The usual limits. Where it is only watched whether it holds, that takes longer; two
// hours of duty are well before a handoff has to be planned.
var usualNeed = Need{Promise: 5, Phase: 30, Phases: []Stuck{{"verify", 60}}, Duty: 120, Again: 30}

// Needs are the limits in force: the kit's, and the usual ones where it says nothing. Of a
// kit that says a time for phases, the usual exceptions do not hold.
func (k *Kit) Needs() Need {
	n := k.Need
	if n.Phase == 0 && len(n.Phases) == 0 {
		n.Phases = usualNeed.Phases
	}
	for _, f := range []struct {
		have *int
		want int
	}{{&n.Promise, usualNeed.Promise}, {&n.Phase, usualNeed.Phase}, {&n.Duty, usualNeed.Duty}, {&n.Again, usualNeed.Again}} {
		if *f.have == 0 {
			*f.have = f.want
		}
	}
	return n
}

// Stuck is after how many minutes in a phase the commander is asked.
func (n *Need) Stuck(phase string) int {
	if i := slices.IndexFunc(n.Phases, func(s Stuck) bool { return s.Phase == phase }); i >= 0 {
		return n.Phases[i].Minutes
	}
	return n.Phase
}

func (c *checker) need() {
	n := &c.kit.Need
	for _, f := range []struct {
		where   string
		minutes int
	}{{"promise", n.Promise}, {"phase", n.Phase}, {"duty", n.Duty}, {"again", n.Again}} {
		c.number("need."+f.where, f.minutes, MaxMinutes, "minutes")
	}
	if n.Again != 0 && n.Again < leastAgain {
		c.add("need.again", fmt.Sprintf("write %d or more", leastAgain), "asking again after %d minutes is nagging", n.Again)
	}
	seen := map[string]bool{}
	for i, s := range n.Phases {
		at := fmt.Sprintf("need.phases[%d]", i)
		switch {
		case !slices.Contains(Phases[:len(Phases)-2], s.Phase): // in the last two it is over
			c.add(at+".phase", "use one of declare to verify", "there is no phase %q in which somebody could be stuck", s.Phase)
		case seen[s.Phase]:
			c.add(at+".phase", "keep one of the two", "the phase %q has a time already", s.Phase)
		case s.Minutes < 1:
			c.add(at+".minutes", "write 1 or more", "%d minutes are no time to be stuck for", s.Minutes)
		}
		seen[s.Phase] = true
		c.number(at+".minutes", s.Minutes, MaxMinutes, "minutes")
	}
}

// leastAgain is how soon a question may be asked again, in minutes.
const leastAgain = 5
