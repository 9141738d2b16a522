package account

import (
	"cmp"
	"maps"
	"slices"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Source is how an amount of time is known.
type Source string

// Sources, from the surest.
const (
	Measured Source = "measured" // the record says it: a role, an action, two milestones
	Inferred Source = "inferred" // a rule over the record says it
	Asked    Source = "asked"    // a person has said it
	Blank    Source = "blank"    // nobody has said it yet
)

// Line is what one phase of the work took.
type Line struct {
	Phase   Phase
	Source  Source
	Minutes int64 // person-minutes; the lines' sum is the ledger's
	Amount  int64 // minor units; likewise
	People  int
}

// Ledger is what an incident took. Every person-minute between taking it on and
// resolving it is booked once: to the phase of the person's open action, else to
// coordinating for the commander, the deputy and the scribe, to informing for who keeps
// people informed, else to what the incident's phase is about. Minutes and amounts are
// rounded once, in the total; the lines share them out by largest remainder, so that
// they add up.
type Ledger struct {
	Lines    []Line // of all Phases, in their order
	Minutes  int64  // person-minutes
	Amount   int64  // minor units of Currency
	Currency string
	Before   int64 // of Minutes, until it was resolved
	Over     bool  // it is resolved
	Present  int64 // ms that people were present; the lines of the time between are exactly these
	Blanks   []Question
}

// Question is a blank: what to ask whom. A zero Person is the incident's own.
type Question struct {
	Phase  Phase
	Person incident.ID
	Name   string
}

type answerKey struct {
	phase  string
	person incident.ID
}

// booking gathers a phase, in person-milliseconds and in minor units times
// milliseconds per hour.
type booking struct {
	ms, worth int64
	by        map[Source]int64
	people    map[incident.ID]bool
}

// books is a ledger while it is written.
type books struct {
	course *course
	kit    *kit.Kit
	lines  map[string]*booking
}

// LedgerOf counts an incident. recs are all of its records, in any order; k is its kit;
// now, ms UTC, ends one that is not resolved.
func LedgerOf(id incident.ID, recs []incident.Record, k *kit.Kit, now int64) *Ledger {
	b := &books{course: read(id, recs, now), kit: k, lines: map[string]*booking{}}
	for _, p := range Phases {
		b.lines[p.ID] = &booking{by: map[Source]int64{}, people: map[incident.ID]bool{}}
	}
	var present int64
	people := b.course.people()
	for _, p := range people {
		for _, s := range b.course.present(p) {
			present += s.end - s.begin
			b.walk(p, s)
		}
	}
	b.react()
	b.afterwards(now)
	for key, minutes := range b.course.answers {
		b.book(key.phase, key.person, minutes*60_000, Asked, b.rate(key.person, b.course.end-1))
	}
	l := b.close()
	l.Present, l.Over, l.Blanks = present, b.course.state.Phase.Over(), b.blanks(people)
	return l
}

// people are those who were there at some time, by id.
func (c *course) people() []incident.ID {
	seen := map[incident.ID]bool{}
	for p := range c.roles {
		seen[p] = true
	}
	for p := range c.actions {
		seen[p] = true
	}
	for p := range c.marks {
		seen[p] = true
	}
	delete(seen, incident.ID{}) // whose name is gone, or the machine
	out := slices.Collect(maps.Keys(seen))
	slices.SortFunc(out, incident.ID.Compare)
	return slices.DeleteFunc(out, func(p incident.ID) bool { return len(c.present(p)) == 0 })
}

// walk books a stretch of a person's presence, piece by piece between the times at
// which something changes.
func (b *books) walk(p incident.ID, s stretch) {
	cuts := []int64{s.begin, s.end, b.course.insight, b.course.remedy, b.course.assessed()}
	for _, t := range b.course.phases {
		cuts = append(cuts, t.at)
	}
	for _, d := range slices.Concat(b.course.roles[p], b.course.actions[p]) {
		cuts = append(cuts, d.begin, d.end)
	}
	slices.Sort(cuts)
	last := s.begin
	for _, t := range cuts {
		if t <= last || t > s.end {
			continue
		}
		work, source := b.work(p, last)
		b.book(work, p, t-last, source, b.rate(p, last))
		last = t
	}
}

// work is what a person did at a time.
func (b *books) work(p incident.ID, t int64) (phase string, s Source) {
	if tag, ok := at(b.course.actions[p], t); ok {
		return tag, Measured
	}
	switch role, _ := at(b.course.roles[p], t); role {
	case kit.Commander, "deputy", "scribe":
		return "coordinating", Measured
	case "communications", "liaison":
		return "informing", Measured
	}
	switch b.course.phase(t) {
	case incident.PhaseDeclare, incident.PhaseAssess:
		if a := b.course.assessed(); a != 0 && t >= a {
			return "gathering", Inferred
		}
		return "classifying", Measured
	case incident.PhaseCommunicate:
		return "informing", Inferred
	case incident.PhaseStaff:
		return "gathering", Inferred
	case incident.PhaseInvestigate:
		if b.course.insight != 0 && t >= b.course.insight {
			return "diagnosing", Inferred
		}
		return "collecting", Inferred
	case incident.PhaseMitigate:
		if b.course.remedy != 0 && t >= b.course.remedy {
			return "changing", Inferred
		}
		return "devising", Inferred
	}
	return "verifying", Measured
}

func (c *course) assessed() int64 { return c.state.SeveritySet.At }

// react books the time from the first signal to taking it on, of the one who did.
func (b *books) react() {
	signal := b.course.state.Times[incident.Detected].Time
	if signal == 0 || b.course.begin <= signal {
		return
	}
	who := b.course.declarer
	if _, told := b.course.answers[answerKey{"reacting", who}]; told {
		return
	}
	b.book("reacting", who, b.course.begin-signal, Measured, b.rate(who, b.course.begin))
}

func (b *books) book(phase string, p incident.ID, ms int64, s Source, rate int64) {
	line, ok := b.lines[phase]
	if !ok {
		return // of a version to come
	}
	line.ms += ms
	line.worth += ms * rate
	line.by[s] += ms
	line.people[p] = true
}

// rate is what an hour of a person costs at a time, in minor units: by the dearest of
// their roles, else the kit's for everybody.
func (b *books) rate(p incident.ID, t int64) int64 {
	rate := int64(-1)
	for _, d := range b.course.roles[p] {
		if d.begin <= t && t < d.end {
			if r, ok := b.kit.Cost.Rate(d.what); ok {
				rate = max(rate, int64(r))
			}
		}
	}
	if rate < 0 {
		rate = int64(b.kit.Cost.PerHour)
	}
	return rate
}

const msPerHour = 3_600_000

// close rounds, and shares the rounding out.
func (b *books) close() *Ledger {
	l := &Ledger{Currency: b.kit.Cost.Currency}
	var ms, worth []int64
	for _, p := range Phases {
		ms, worth = append(ms, b.lines[p.ID].ms), append(worth, b.lines[p.ID].worth)
	}
	minutes, amounts := shared(ms, 60_000), shared(worth, msPerHour)
	for i, p := range Phases {
		line := b.lines[p.ID]
		l.Lines = append(l.Lines, Line{p, line.source(), minutes[i], amounts[i], len(line.people)})
		l.Minutes += minutes[i]
		l.Amount += amounts[i]
		if !p.After {
			l.Before += minutes[i]
		}
	}
	return l
}

// source is how most of a line is known; of two that know as much, the less sure one.
func (b *booking) source() Source {
	best := Blank
	for _, s := range []Source{Asked, Inferred, Measured} {
		if ms, ok := b.by[s]; ok && (best == Blank || ms > b.by[best]) {
			best = s
		}
	}
	return best
}

// shared divides parts by a unit so that the results add up to their rounded sum: the
// largest remainders get what is left. The order of equal remainders is theirs.
func shared(parts []int64, unit int64) []int64 {
	out := make([]int64, len(parts))
	var sum, given int64
	order := make([]int, len(parts))
	for i, p := range parts {
		sum += p
		out[i] = p / unit
		given += out[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(parts[b]%unit, parts[a]%unit) })
	for _, i := range order[:rounded(sum, unit)-given] {
		out[i]++
	}
	return out
}

// blanks are what nobody has said yet and the record cannot tell: of everybody who was
// there how long leaving and coming back took, of the rest once.
func (b *books) blanks(people []incident.ID) []Question {
	var out []Question
	for _, p := range Phases {
		switch {
		case p.Asks == "":
		case slices.Contains(each, p.ID):
			for _, who := range people {
				if _, told := b.course.answers[answerKey{p.ID, who}]; !told {
					out = append(out, Question{p, who, b.course.state.Name(who)})
				}
			}
		case len(b.lines[p.ID].by) == 0:
			out = append(out, Question{Phase: p})
		}
	}
	return out
}
