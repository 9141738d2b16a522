package incident

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// Verify checks that records are what was once written, whole and in their order:
// for each incident and writer the numbers run from 1 without gaps, each record
// names the hash of the one before it, is what was sealed, and has its words unless
// a redaction took them. The records may come in any order. When not ok, firstBad is
// the first record in fold order that does not fit, with the reason in words. That
// the latest records of a chain were cut off cannot be seen in the rest of it.
func Verify(records []Record) (ok bool, firstBad ID, reason string) {
	order := make([]int, len(records))
	redacted := map[ID]bool{}
	for i := range records {
		order[i] = i
		if e, is := records[i].Event().(*RecordRedacted); is {
			redacted[e.Record] = true
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		p, q := &records[a], &records[b]
		return cmp.Or(p.Incident.Compare(q.Incident), p.Writer.Compare(q.Writer), cmp.Compare(p.N, q.N), cmp.Compare(a, b))
	})
	var bad, prev *Record
	blame := func(r *Record, why string) {
		if why != "" && (bad == nil || r.Pos().Compare(bad.Pos()) < 0) {
			bad, reason = r, why
		}
	}
	for _, i := range order {
		r := &records[i]
		if prev != nil && (prev.Incident != r.Incident || prev.Writer != r.Writer) {
			prev = nil
		}
		blame(r, r.misfit(prev))
		prev = r
	}
	if bad == nil { // only whole chains tell which words may be missing
		for i := range records {
			// An amendment's words go with those that they corrected.
			if r := &records[i]; r.Body == nil && !redacted[r.ID] && r.Kind != (*RecordAmended)(nil).Kind() {
				blame(r, "its words are gone and no redaction names it")
			}
		}
	}
	if bad == nil {
		return true, ID{}, ""
	}
	return false, bad.ID, reason
}

// misfit is why the record cannot follow prev in its chain; prev nil begins one.
func (r *Record) misfit(prev *Record) string {
	n, hash := int64(0), Root(r.Incident, r.Writer)
	if prev != nil {
		n, hash = prev.N, prev.Hash
	}
	switch {
	case r.N == n:
		return fmt.Sprintf("there are two records with the number %d", r.N)
	case r.N != n+1:
		return fmt.Sprintf("record %d is missing before it", n+1)
	case !r.Intact():
		return "its content is not what was sealed"
	case !bytes.Equal(r.Prev, hash):
		return "it does not follow the record before it"
	}
	return ""
}
