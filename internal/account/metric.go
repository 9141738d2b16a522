package account

import (
	"cmp"
	"slices"

	"quarterdeck/internal/incident"
)

// Metric is one kind of span over many incidents.
type Metric struct {
	ID         string // mttd, mtta …
	Name       string
	Definition string // in words, to stand beside the figure
	Spread     Spread
	Dots       []Dot     // one an incident, by time
	Guessed    int       // of the dots, those with a time that is a guess
	Missing    []Missing // incidents that lack a time for it, or whose times lie the wrong way round
}

// Missing is why an incident is not in a metric.
type Missing struct {
	ID       incident.ID
	Ref      string
	Lacks    incident.Milestone // the time to give; of two that lie the wrong way round, the later one
	Reversed bool               // both are there, and the later lies before the earlier
	Open     bool               // the incident runs: the time may still come
}

// Dot is one incident's span.
type Dot struct {
	ID      incident.ID
	Ref     string
	At      int64 // when the incident was declared, ms UTC
	Span    int64 // ms
	Guessed bool
}

// Promises are how updates were kept.
type Promises struct {
	Kept, Late int
	Worst      int64 // ms, the longest delay
	WorstRef   string
}

// Overdue is a promise that was not kept, and whose incident's it was.
type Overdue struct {
	ID  incident.ID
	Ref string
	Late
}

// Share is so many of so many.
type Share struct{ Of, All int }

// Figures are what a set of incidents comes to.
type Figures struct {
	Incidents int
	Spans     []Metric
	Promises  Promises
	Overdue   []Overdue // promises that were not kept, the worst first
	InFive    Share     // severity judged within five minutes of the declaration
}

// Metrics are the figures of a period.
type Metrics struct {
	Live      Figures // incidents that were recorded while they ran
	Backfills Figures // those entered after the fact: no promise ran, nobody was timed
	Drills    int     // left out
	Aside     int     // left out: duplicates, and what was merged into another one
}

// span says between which milestones a metric lies.
type span struct {
	id, name, definition string
	from, to             incident.Milestone
}

// The definitions. Those of MTTD, MTTA, MTTR and MTBF are the field's; "repair" is
// measured from the acknowledgement, so that it does not hide how long nobody knew.
var spans = []span{
	{"mttd", "Detect (MTTD)", "first signal − start of the impact", incident.Started, incident.Detected},
	{"mtta", "Acknowledge (MTTA)", "somebody takes it on − first signal", incident.Detected, incident.Acknowledged},
	{"declare", "Declare", "declared − first signal", incident.Detected, incident.DeclaredAt},
	{"mitigate", "Mitigate", "relief − start of the impact", incident.Started, incident.Mitigated},
	{"mttr", "Repair (MTTR)", "resolved − somebody takes it on", incident.Acknowledged, incident.ResolvedAt},
}

// between is the one metric that lies between two incidents.
var between = span{id: "mtbf", name: "Between (MTBF)", definition: "start of the next impact − resolved, of the same service; overlapping ones leave no gap"}

// MetricsOf counts the incidents that were declared in [from, to), ms UTC; a bound of 0
// is open. Order does not matter.
func MetricsOf(all []Facts, from, to int64) Metrics {
	var m Metrics
	var live, after []Facts
	for _, f := range all {
		switch {
		case !f.within(from, to):
		case f.Drill:
			m.Drills++
		case f.Aside:
			m.Aside++
		case f.Backfill:
			after = append(after, f)
		default:
			live = append(live, f)
		}
	}
	m.Live, m.Backfills = FiguresOf(live), FiguresOf(after)
	return m
}

// FiguresOf counts incidents, whatever they are. Order does not matter.
func FiguresOf(all []Facts) Figures {
	facts := slices.Clone(all)
	slices.SortFunc(facts, func(a, b Facts) int { return cmp.Or(cmp.Compare(a.Declared, b.Declared), a.ID.Compare(b.ID)) })
	out := Figures{Incidents: len(facts)}
	for _, s := range spans {
		out.Spans = append(out.Spans, s.over(facts))
	}
	out.Spans = append(out.Spans, gaps(facts))
	for i := range facts {
		if f := &facts[i]; !f.Backfill {
			out.count(f)
		}
	}
	slices.SortStableFunc(out.Overdue, func(a, b Overdue) int { return cmp.Compare(b.By, a.By) })
	return out
}

func (out *Figures) count(f *Facts) {
	out.Promises.Kept += f.Kept
	out.Promises.Late += len(f.Late)
	for _, l := range f.Late {
		out.Overdue = append(out.Overdue, Overdue{f.ID, f.Ref, l})
		if l.By > out.Promises.Worst {
			out.Promises.Worst, out.Promises.WorstRef = l.By, f.Ref
		}
	}
	if out.InFive.All++; f.Assessed != 0 && f.Assessed-f.Declared <= 5*60_000 {
		out.InFive.Of++
	}
}

func (s span) over(facts []Facts) Metric {
	m := Metric{ID: s.id, Name: s.name, Definition: s.definition}
	for i := range facts {
		f := &facts[i]
		if ms, wide, ok := f.Span(s.from, s.to); ok {
			m.add(Dot{f.ID, f.Ref, f.Declared, ms, wide})
		} else {
			m.Missing = append(m.Missing, f.lacks(s.from, s.to))
		}
	}
	return m.done()
}

// lacks says which of two times to give.
func (f *Facts) lacks(from, to incident.Milestone) Missing {
	m := Missing{f.ID, f.Ref, from, false, f.Open && !f.Backfill}
	switch {
	case f.Times[from].Time == 0:
	case f.Times[to].Time == 0:
		m.Lacks = to
	default:
		m.Lacks, m.Reversed = to, true
	}
	return m
}

func (m *Metric) add(d Dot) {
	m.Dots = append(m.Dots, d)
	if d.Guessed {
		m.Guessed++
	}
}

func (m *Metric) done() Metric {
	all := make([]int64, len(m.Dots))
	for i, d := range m.Dots {
		all[i] = d.Span
	}
	m.Spread = SpreadOf(all)
	return *m
}

// gaps are the times without an incident, service by service. Incidents that name no
// service are one service of their own. One that begins before all earlier ones are
// resolved leaves no gap; the next gap runs from the last to be resolved.
func gaps(facts []Facts) Metric {
	m := Metric{ID: between.id, Name: between.name, Definition: between.definition}
	byService := map[string][]*Facts{}
	var names []string
	for i := range facts {
		f := &facts[i]
		if f.Times[incident.Started].Time == 0 {
			m.Missing = append(m.Missing, f.lacks(incident.Started, incident.Started))
			continue
		}
		services := f.Services
		if len(services) == 0 {
			services = []string{""}
		}
		for _, name := range services {
			if byService[name] == nil {
				names = append(names, name)
			}
			byService[name] = append(byService[name], f)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		list := byService[name]
		slices.SortStableFunc(list, func(a, b *Facts) int {
			return cmp.Compare(a.Times[incident.Started].Time, b.Times[incident.Started].Time)
		})
		var last incident.Stamp // of the latest to be resolved
		open := false           // one of them is not resolved: nothing lies behind it
		for _, f := range list {
			start, end := f.Times[incident.Started], f.Times[incident.ResolvedAt]
			if last.Time != 0 && !open && start.Time >= last.Time {
				m.add(Dot{f.ID, f.Ref, f.Declared, start.Time - last.Time, start.Approx || last.Approx})
			}
			if open = open || end.Time == 0; end.Time > last.Time {
				last = end
			}
		}
	}
	return m.done()
}
