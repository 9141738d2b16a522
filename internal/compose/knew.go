package compose

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"quarterdeck/internal/incident"
)

// known says for each decision what was known when it was written down: from the records
// of before, without what was corrected, added or found out later. recs are all records,
// in any order; the answer goes by the decision's record.
func (w words) known(recs []incident.Record) map[incident.ID]string {
	sorted := incident.KnownAt(recs, math.MaxInt64) // words that were removed stay removed
	slices.SortStableFunc(sorted, func(a, b incident.Record) int {
		return cmp.Or(cmp.Compare(a.RecordedAt, b.RecordedAt), a.Pos().Compare(b.Pos()))
	})
	out := map[incident.ID]string{}
	s, whole := incident.NewState(w.s.ID), true
	for i := range sorted {
		r := &sorted[i]
		if r.Kind == "decision.made" {
			if !whole { // something was corrected since the last one
				s, whole = incident.Fold(w.s.ID, sorted[:i]), true
			}
			out[r.ID] = words{s, w.k}.now()
		}
		if whole {
			whole = s.Advance(r)
		}
	}
	return out
}

// now is what a state knows, in a line or a few.
func (w words) now() string {
	head := []string{w.s.Severity, "phase " + string(w.s.Phase)}
	if w.s.Provisional {
		head[0] = "provisional " + head[0]
	}
	out := []string{strings.Join(head, ", ")}
	for _, f := range incident.SituationFields {
		if t := line(w.s.Situation[f].Text); t != "" {
			out = append(out, fields[f]+": "+Short(t))
		}
	}
	if n := len(w.s.OpenActions()); n > 0 {
		out = append(out, fmt.Sprintf("under way: %d", n))
	}
	for _, q := range w.s.OpenQuestions() {
		out = append(out, "open: "+Short(q.Text))
	}
	return strings.Join(out, "; ")
}
