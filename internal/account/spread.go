package account

import "slices"

// Spread is a set of durations in a few numbers. All are milliseconds.
type Spread struct {
	N      int
	Median int64
	P25    int64 // a quarter lies at or below it
	P75    int64
	Mean   int64
	Least  int64
	Most   int64
}

// SpreadOf describes durations. The zero Spread is that of none. Quartiles are linear
// between the two nearest values (Hyndman and Fan's type 7, as in spreadsheets, R and
// NumPy); fractions of a millisecond are rounded to the nearest, halves up.
func SpreadOf(durations []int64) Spread {
	n := len(durations)
	if n == 0 {
		return Spread{}
	}
	d := slices.Sorted(slices.Values(durations))
	var sum int64
	for _, v := range d {
		sum += v
	}
	return Spread{n, quantile(d, 2), quantile(d, 1), quantile(d, 3), rounded(sum, int64(n)), d[0], d[n-1]}
}

// quantile is the value at so many quarters of sorted values.
func quantile(sorted []int64, quarters int) int64 {
	at := (len(sorted) - 1) * quarters // in quarters of a step
	low, rest := at/4, int64(at%4)
	if rest == 0 {
		return sorted[low]
	}
	return sorted[low] + rounded((sorted[low+1]-sorted[low])*rest, 4)
}

// rounded divides, to the nearest whole number, halves up. by is positive.
func rounded(v, by int64) int64 {
	q, r := v/by, v%by
	if r < 0 {
		q, r = q-1, r+by
	}
	if 2*r >= by {
		q++
	}
	return q
}
