package oncall

import (
	"slices"
	"time"
)

// Word says in a word what an answer is.
type Word string

const (
	// OnCall: somebody is on.
	OnCall Word = "on"
	// Nobody is on, and somebody should be.
	Nobody Word = "gap"
	// ByDesign: nobody is on, and nobody has to be.
	ByDesign Word = "by_design"
	// NoData: the calendar ends before, or it has no shifts at all.
	NoData Word = "no_data"
)

// Answer says who is on in a lane at an instant.
type Answer struct {
	Word Word
	On   []Turn // by start, then name
	// Until is when those who are on now, and nobody else, stop being on: the end of their
	// turns without a break. It is the end of the gap when nobody is on. Zero = not known.
	Until time.Time
	// Next is the first later turn of somebody else; after a gap, of whoever comes.
	Next *Turn
	// Previous is the last turn that ended, while nobody is on.
	Previous *Turn
	// Contested says that several claim what one should have.
	Contested bool
}

// At answers for an instant within the roster.
func (l *Lane) At(t time.Time) Answer {
	var a Answer
	for i := range l.Turns {
		turn := &l.Turns[i]
		switch {
		case turn.Has(t):
			a.On = append(a.On, *turn)
		case turn.Start.After(t):
			if a.Next == nil && !slices.ContainsFunc(a.On, func(o Turn) bool { return o.Who.Same(turn.Who) }) {
				a.Next = turn
			}
		case a.Previous == nil || turn.End.After(a.Previous.End):
			a.Previous = turn
		}
	}
	a.Contested = slices.ContainsFunc(l.Overlaps, func(o Overlap) bool { return o.Has(t) })
	if len(a.On) > 0 {
		a.Word, a.Previous, a.Until = OnCall, nil, l.until(a.On)
		return a
	}
	a.Word = l.absence(t)
	if a.Next != nil {
		a.Until = a.Next.Start
	}
	return a
}

// until is where the people who are on are not the only ones any more, or not all.
func (l *Lane) until(on []Turn) time.Time {
	var first time.Time
	for _, t := range on {
		end, open := t.End, t.Shift.Open
		for i := range l.Turns {
			if n := &l.Turns[i]; n.Who.Same(t.Who) && n.Start.Equal(end) {
				end, open = n.End, n.Shift.Open
			}
		}
		if open { // it goes on, nobody knows how long
			continue
		}
		if first.IsZero() || end.Before(first) {
			first = end
		}
	}
	return first
}

// absence says why nobody is on at an instant.
func (l *Lane) absence(t time.Time) Word {
	switch {
	case len(l.Turns) == 0, !l.Horizon.IsZero() && !t.Before(l.Horizon):
		return NoData
	}
	for i := range l.quiet {
		for _, s := range l.quiet[i].spans(t, t.Add(time.Second), l.Zone) {
			if s.Has(t) {
				return ByDesign
			}
		}
	}
	return Nobody
}

// shortest is how long nobody must be on to be called a gap.
const shortest = time.Minute

// Gaps are the stretches of [from, to) in which nobody is on though somebody should be,
// up to the horizon.
func (l *Lane) Gaps(from, to time.Time) []Span {
	if !l.Horizon.IsZero() {
		to = earlier(to, l.Horizon)
	}
	if len(l.Turns) == 0 || !from.Before(to) {
		return nil
	}
	var out []Span
	for i := range l.Turns {
		out = append(out, l.Turns[i].Span)
	}
	for i := range l.quiet {
		out = append(out, l.quiet[i].spans(from, to, l.Zone)...)
	}
	return slices.DeleteFunc(cut(from, to, out), func(s Span) bool { return s.Len() < shortest })
}

// Quiet are the stretches of [from, to) in which nobody is on by design.
func (l *Lane) Quiet(from, to time.Time) []Span {
	var busy, out []Span
	for i := range l.Turns {
		busy = append(busy, l.Turns[i].Span)
	}
	for i := range l.quiet {
		for _, s := range l.quiet[i].spans(from, to, l.Zone) {
			if b, e := later(s.Start, from), earlier(s.End, to); b.Before(e) {
				out = append(out, cut(b, e, slices.Clone(busy))...)
			}
		}
	}
	slices.SortFunc(out, func(a, b Span) int { return a.Start.Compare(b.Start) })
	return out
}
