package store

import (
	"cmp"
	"slices"
)

// Constants of BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009),
// as FTS5's own has them.
const bm25k, bm25b = 1.2, 0.75

// ranked is one of the hits that the best are looked for among.
type ranked struct {
	cursor int64
	times  []int // how often each of the words stands in it
	words  int   // that it has
}

// weigh says how often the words stand in a text, and how long it is.
func (w words) weigh(cursor int64, text string, room []token) (ranked, []token) {
	r := ranked{cursor: cursor, times: make([]int, len(w))}
	room = tokens(room[:0], text, nil)
	for i := range room {
		for j := range w {
			if w[j].at(text, room[i:]) {
				r.times[j]++
			}
		}
	}
	r.words = len(room)
	return r, room
}

// best are the cursors of the best of some hits, at most so many: in few words, and often,
// and of two that are alike the newer. It is BM25 without weights of words by how rare they
// are: every hit has all of them, and to count them would be to look at every hit there is.
func best(all []ranked, most int) []int64 {
	sum := 0
	for i := range all {
		sum += all[i].words
	}
	middle := float64(sum) / float64(max(1, len(all)))
	type place struct {
		score  float64
		cursor int64
	}
	order := make([]place, len(all))
	for i := range all {
		r, score := &all[i], 0.0
		long := bm25k * (1 - bm25b + bm25b*float64(r.words)/max(1, middle))
		for _, n := range r.times {
			score += float64(n) * (bm25k + 1) / (float64(n) + long)
		}
		order[i] = place{score, r.cursor}
	}
	slices.SortFunc(order, func(a, b place) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.cursor, a.cursor)) })
	out := make([]int64, min(most, len(order)))
	for i := range out {
		out[i] = order[i].cursor
	}
	return out
}
