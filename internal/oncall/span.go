package oncall

import (
	"slices"
	"time"
)

// Span is a stretch of time, from Start on, up to and without End.
type Span struct{ Start, End time.Time }

// Has reports whether t lies in it.
func (s Span) Has(t time.Time) bool { return !t.Before(s.Start) && t.Before(s.End) }

// Len is how long it is.
func (s Span) Len() time.Duration { return s.End.Sub(s.Start) }

// cut is what remains of [from, to) when spans are taken out of it.
func cut(from, to time.Time, out []Span) []Span {
	slices.SortFunc(out, func(a, b Span) int { return a.Start.Compare(b.Start) })
	var left []Span
	for _, s := range out {
		if s.Start.After(from) {
			left = append(left, Span{from, earlier(s.Start, to)})
		}
		from = later(from, s.End)
		if !from.Before(to) {
			return left
		}
	}
	return append(left, Span{from, to})
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
