package account

import (
	"cmp"
	"slices"

	"quarterdeck/internal/incident"
)

// Load is what a person bore in a period.
type Load struct {
	Person    incident.ID
	Name      string
	Incidents int
	Present   int64 // ms
	Night     int64 // ms of it between 22:00 and 06:00, local
	Nights    int   // incidents that took any of the night
}

// LoadOf adds up who was there, of the incidents declared in [from, to), ms UTC; a bound
// of 0 is open. Drills do not count, nor what was entered after the fact. Who bore most of
// the night comes first, then who was there longest.
func LoadOf(all []Facts, from, to int64) []Load {
	by := map[incident.ID]*Load{}
	latest := map[incident.ID]int64{}
	for i := range all {
		f := &all[i]
		if f.Drill || f.Aside || f.Backfill || !f.within(from, to) {
			continue
		}
		for _, w := range f.Works {
			l := by[w.Person]
			if l == nil {
				l = &Load{Person: w.Person}
				by[w.Person] = l
			}
			if l.Name == "" || f.Declared > latest[w.Person] {
				l.Name, latest[w.Person] = w.Name, f.Declared // the name may have been corrected since
			}
			l.Incidents++
			l.Present += w.Present
			l.Night += w.Night
			if w.Night > 0 {
				l.Nights++
			}
		}
	}
	out := make([]Load, 0, len(by))
	for _, l := range by {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b Load) int {
		return cmp.Or(cmp.Compare(b.Night, a.Night), cmp.Compare(b.Present, a.Present), cmp.Compare(a.Name, b.Name), a.Person.Compare(b.Person))
	})
	return out
}

// within reports whether the incident was declared in [from, to); a bound of 0 is open.
func (f *Facts) within(from, to int64) bool {
	return f.Declared != 0 && (from == 0 || f.Declared >= from) && (to == 0 || f.Declared < to)
}
