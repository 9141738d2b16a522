package account

import "slices"

// Estimate is what one phase of the work takes in an incident: so many minutes of so many
// people, at so much an hour.
type Estimate struct {
	Phase   string // one of Phases
	Minutes int64  // of each person
	People  int64
	PerHour int64 // minor units
}

// Usual is an Estimate with what it rests on.
type Usual struct {
	Estimate
	Source Source // measured: the median of N incidents; asked: nobody has measured it, and the figure is a published guess; blank: nobody has said
	N      int
}

// guesses are the two figures that the time-spent calculator publishes, in minutes.
var guesses = map[string]int64{"devising": 60, "changing": 30}

// UsualOf fills the calculator in: of each phase the median of the person-minutes and of
// the people of those incidents in which somebody did it. perHour is in minor units.
func UsualOf(ledgers []*Ledger, perHour int64) []Usual {
	out := make([]Usual, len(Phases))
	for i, p := range Phases {
		var minutes, people []int64
		for _, l := range ledgers {
			if line := l.Lines[i]; line.People > 0 {
				minutes, people = append(minutes, line.Minutes), append(people, int64(line.People))
			}
		}
		u := Usual{Estimate: Estimate{Phase: p.ID, PerHour: perHour}, Source: Blank, N: len(minutes)}
		switch guess, published := guesses[p.ID]; {
		case len(minutes) > 0:
			slices.Sort(minutes)
			slices.Sort(people)
			u.People = max(1, quantile(people, 2))
			u.Minutes = rounded(quantile(minutes, 2), u.People)
			u.Source = Measured
		case published:
			u.People, u.Minutes, u.Source = 1, guess, Asked
		default:
			u.People = 1
		}
		out[i] = u
	}
	return out
}

// Yearly is what incidents take in a year. Amounts are minor units, rounded once in the
// total; the lines share them out, so that they add up.
type Yearly struct {
	Lines   []YearlyLine // as they were given
	Minutes int64        // person-minutes of one incident
	Amount  int64        // of one incident
	Year    int64        // person-minutes of a year
	Cost    int64        // of a year
	Before  int64        // of Year, until incidents are resolved
}

// YearlyLine is one phase of it.
type YearlyLine struct {
	Minutes int64 // person-minutes of one incident
	Amount  int64 // of one incident
	Year    int64 // person-minutes of a year
	Cost    int64 // of a year
}

// YearlyOf multiplies: minutes by people by rate by incidents a year.
func YearlyOf(in []Estimate, incidents int64) Yearly {
	y := Yearly{Lines: make([]YearlyLine, len(in))}
	one, all := make([]int64, len(in)), make([]int64, len(in))
	for i, e := range in {
		l := &y.Lines[i]
		l.Minutes = e.Minutes * e.People
		l.Year = l.Minutes * incidents
		one[i], all[i] = l.Minutes*e.PerHour, l.Year*e.PerHour
		y.Minutes, y.Year = y.Minutes+l.Minutes, y.Year+l.Year
		if j := slices.IndexFunc(Phases, func(p Phase) bool { return p.ID == e.Phase }); j >= 0 && !Phases[j].After {
			y.Before += l.Year
		}
	}
	amounts, costs := shared(one, 60), shared(all, 60)
	for i := range y.Lines {
		y.Lines[i].Amount, y.Lines[i].Cost = amounts[i], costs[i]
		y.Amount, y.Cost = y.Amount+amounts[i], y.Cost+costs[i]
	}
	return y
}
