package account

import (
	"cmp"
	"slices"
	"time"
)

// Available says how a service was, month by month.
type Available struct {
	Service string // empty = incidents that name none
	Months  []Month
}

// Month is a month of UTC, cut to what has passed.
type Month struct {
	Begin, End int64 // ms UTC
	Down       int64 // ms of it with an impact; where several overlap they count once
	Incidents  int   // whose impact touches it
	Guessed    bool  // one of their times is a guess
}

// Share is the part of the month without an impact, in millionths.
func (m Month) Share() int64 {
	if m.End <= m.Begin {
		return 1_000_000
	}
	return rounded((m.End-m.Begin-m.Down)*1_000_000, m.End-m.Begin)
}

// AvailabilityDefinition stands beside the figures.
const AvailabilityDefinition = "time without an impact ÷ time of the month (UTC); an impact runs from its start to relief, else to resolved; overlapping ones count once; it says that somebody was hurt, not how many"

const mostMonths = 36

// AvailabilityOf is the availability of every service that incidents name, in the months
// that [from, to) touches, ms UTC, up to now; a from of 0 is the start of the first impact,
// a to of 0 is now. At most the last 36 months are looked at. Incidents that were entered
// after the fact hurt as much as others and count; drills do not, nor those of which
// nobody has said when the impact began.
func AvailabilityOf(all []Facts, from, to, now int64) []Available {
	if to == 0 || to > now {
		to = now
	}
	type hurt struct {
		stretch
		guessed bool
	}
	by := map[string][]hurt{}
	first := to
	for i := range all {
		f := &all[i]
		begin, end, guessed, ok := f.Hurt()
		if !ok || f.Drill {
			continue
		}
		first = min(first, begin)
		names := f.Services
		if len(names) == 0 {
			names = []string{""}
		}
		for _, name := range names {
			by[name] = append(by[name], hurt{stretch{begin, end}, guessed})
		}
	}
	if from == 0 {
		from = first
	}
	var months []Month
	for t := from; t < to && len(by) > 0; {
		at := time.UnixMilli(t).UTC()
		begin := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
		t = begin.AddDate(0, 1, 0).UnixMilli()
		months = append(months, Month{Begin: begin.UnixMilli(), End: min(t, now)})
	}
	months = months[max(0, len(months)-mostMonths):]
	var out []Available
	for name, hurts := range by {
		a := Available{name, slices.Clone(months)}
		touched := false
		for i := range a.Months {
			m := &a.Months[i]
			var down []stretch
			for _, h := range hurts {
				if h.begin < m.End && (h.end > m.Begin || h.begin >= m.Begin) {
					m.Incidents++
					m.Guessed = m.Guessed || h.guessed
					touched = true
				}
				down = append(down, h.stretch)
			}
			for _, s := range joined(down, stretch{m.Begin, m.End}) {
				m.Down += s.end - s.begin
			}
		}
		if touched {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b Available) int { return cmp.Compare(a.Service, b.Service) })
	return out
}
