package account

import (
	"cmp"
	"slices"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// stretch is a time from Begin up to, and without, End, ms UTC.
type stretch struct{ begin, end int64 }

// duty is a role or an action that somebody had for a while.
type duty struct {
	stretch
	what string // the role's id, or the phase of the work that an action belongs to
}

// course is what the ledger needs of an incident, read in one replay.
type course struct {
	begin, end int64 // acknowledged, and resolved or now
	phases     []turn
	insight    int64 // when the first idea, or the first decision, was written; 0 = never
	remedy     int64 // when a decision was made in mitigate, or the last one before it; 0 = never
	roles      map[incident.ID][]duty
	actions    map[incident.ID][]duty
	marks      map[incident.ID][]int64 // when they wrote something
	answers    map[answerKey]int64     // minutes
	written    []later                 // sections of the retrospective
	zones      map[incident.ID]int     // minutes east of UTC where they wrote last
	declarer   incident.ID
	state      *incident.State
}

// turn is a phase from a time on.
type turn struct {
	at    int64
	phase incident.Phase
}

// quiet is how long after something that they wrote a person still counts as present.
const quiet = 15 * 60_000

// read replays an incident. now ends one that is not resolved, ms UTC.
func read(id incident.ID, recs []incident.Record, now int64) *course {
	c := &course{roles: map[incident.ID][]duty{}, actions: map[incident.ID][]duty{}, marks: map[incident.ID][]int64{}, answers: map[answerKey]int64{}, zones: map[incident.ID]int{}}
	held := map[string]incident.Held{}
	tags := map[incident.ID]string{}
	give := func(role string, to incident.ID, at int64) {
		if h := held[role]; !h.Person.IsZero() && h.Person != to {
			c.roles[h.Person] = append(c.roles[h.Person], duty{stretch{h.Since, at}, role})
			delete(held, role)
		}
		if h := held[role]; !to.IsZero() && h.Person != to {
			held[role] = incident.Held{Person: to, Since: at}
		}
	}
	c.state = incident.Replay(id, recs, func(s *incident.State, r *incident.Record, e incident.Event) {
		switch e := e.(type) {
		case *incident.Declared:
			if len(c.phases) == 0 {
				c.declarer = r.Actor
			}
			c.phases = append(c.phases, turn{r.At, incident.PhaseDeclare})
		case *incident.PhaseMoved:
			c.phases = append(c.phases, turn{r.At, e.Phase})
		case *incident.RoleAssigned:
			if e.Role != kit.Commander {
				give(e.Role, e.Person, r.At)
			}
		case *incident.RoleReleased:
			give(e.Role, incident.ID{}, r.At)
		case *incident.CommandAccepted:
			if e.Term > s.Command.Term {
				give(kit.Commander, e.By, r.At)
			}
		case *incident.ActionOpened:
			tags[r.ID] = workOf(s.Phase)
		case *incident.HypothesisStated:
			c.insight = earliest(c.insight, r.At)
		case *incident.DecisionMade:
			c.insight = earliest(c.insight, r.At)
			if s.Phase.Rank() <= incident.PhaseMitigate.Rank() && (c.remedy == 0 || s.Phase != incident.PhaseMitigate) {
				c.remedy = r.At
			}
		case *incident.SectionWritten:
			if e.Seconds > 0 && !r.Actor.IsZero() {
				c.written = append(c.written, later{cmp.Or(sections[e.Section], "writing"), r.Actor, int64(e.Seconds) * 1000, Measured})
			}
		case *incident.EffortAnswered:
			c.answers[answerKey{e.Phase, e.Person}] = int64(e.Minutes)
		}
		c.zones[r.Actor] = r.TZ
		if !s.Phase.Over() {
			c.marks[r.Actor] = append(c.marks[r.Actor], r.At)
		}
	})
	slices.SortStableFunc(c.phases, func(a, b turn) int { return cmp.Compare(a.at, b.at) })
	c.begin, c.end = c.state.Times[incident.Acknowledged].Time, now
	if c.state.Phase.Over() {
		c.end = c.state.Times[incident.ResolvedAt].Time
	}
	for role, h := range held {
		c.roles[h.Person] = append(c.roles[h.Person], duty{stretch{h.Since, c.end}, role})
	}
	for _, a := range c.state.Actions {
		end := cmp.Or(a.Closed, c.end)
		c.actions[a.Owner] = append(c.actions[a.Owner], duty{stretch{a.At, end}, tags[a.ID]})
	}
	return c
}

func earliest(a, b int64) int64 {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// present are the times that a person was there: while they held a role or had an open
// action, and around what they wrote. They do not overlap and lie in order within the
// incident.
func (c *course) present(p incident.ID) []stretch {
	var all []stretch
	for _, d := range c.roles[p] {
		all = append(all, d.stretch)
	}
	for _, d := range c.actions[p] {
		all = append(all, d.stretch)
	}
	for _, at := range c.marks[p] {
		all = append(all, stretch{at, at + quiet})
	}
	return joined(all, stretch{c.begin, c.end})
}

// joined is the union of stretches, cut to what lies within.
func joined(all []stretch, within stretch) []stretch {
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.end, b.end)) })
	var out []stretch
	for _, s := range all {
		s.begin, s.end = max(s.begin, within.begin), min(s.end, within.end)
		switch last := len(out) - 1; {
		case s.end <= s.begin:
		case last >= 0 && s.begin <= out[last].end:
			out[last].end = max(out[last].end, s.end)
		default:
			out = append(out, s)
		}
	}
	return out
}

// at answers with the duty that covers a time; of several, the one that began last.
func at(list []duty, t int64) (what string, ok bool) {
	var since int64
	for _, d := range list {
		if d.begin <= t && t < d.end && (!ok || d.begin > since || d.begin == since && d.what < what) {
			what, since, ok = d.what, d.begin, true
		}
	}
	return what, ok
}

// phase is where the incident stood at a time.
func (c *course) phase(t int64) incident.Phase {
	now := incident.PhaseDeclare
	for _, turn := range c.phases {
		if turn.at > t {
			break
		}
		now = turn.phase
	}
	return now
}
