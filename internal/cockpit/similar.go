package cockpit

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quarterdeck/internal/incident"
)

// Similar is an incident whose record holds words of a title.
type Similar struct {
	incident.Row
	Words int // of the title that it holds
}

// Bounds of looking for similar incidents while somebody types.
const (
	similarWords = 6  // of the title, the longest
	similarHits  = 60 // of each word
	wordLeast    = 4  // letters; shorter words are in every incident
)

// Similar finds incidents whose records hold words of a title: those that hold most of
// them first, then the latest. At most limit; none when fewer than two words, or half of
// them, are found.
func (c *Cockpit) Similar(ctx context.Context, title string, limit int) ([]Similar, error) {
	words := telling(title)
	held := map[incident.ID]int{}
	for _, w := range words {
		hits, err := c.log.Search(ctx, incident.Query{Words: w, Limit: similarHits})
		if err != nil {
			return nil, err
		}
		seen := map[incident.ID]bool{}
		for _, h := range hits {
			if !seen[h.Incident] {
				seen[h.Incident] = true
				held[h.Incident]++
			}
		}
	}
	var out []Similar
	for id, n := range held {
		if n < 2 && len(words) > 1 || 2*n < len(words) {
			continue
		}
		st, _, err := c.log.State(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, Similar{st.Row(), n})
	}
	slices.SortFunc(out, func(a, b Similar) int {
		return cmp.Or(cmp.Compare(b.Words, a.Words), cmp.Compare(b.Declared, a.Declared), a.ID.Compare(b.ID))
	})
	return out[:min(len(out), limit)], nil
}

// telling are the words of a title that say something: the longest, in lower case.
func telling(title string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if utf8.RuneCountInString(w) >= wordLeast && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return out[:min(len(out), similarWords)]
}
