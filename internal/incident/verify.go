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
// the first in fold order of the records that do not fit, with the reason in words:
// one whose content was changed before any that is out of place. That the latest
// records of a chain were cut off cannot be seen in the rest of it.
func Verify(records []Record) (ok bool, firstBad ID, reason string) {
	// Each check relies on the one before it: a forged number or clock would make
	// genuine records look out of place.
	for _, check := range []func([]Record, blame){intact, linked, worded} {
		var bad *Record
		check(records, func(r *Record, why string) {
			if bad == nil || r.Pos().Compare(bad.Pos()) < 0 {
				bad, reason = r, why
			}
		})
		if bad != nil {
			return false, bad.ID, reason
		}
	}
	return true, ID{}, ""
}

// blame says of a record why it does not fit.
type blame func(r *Record, why string)

func intact(records []Record, say blame) {
	for i := range records {
		switch r := &records[i]; {
		case !r.Intact():
			say(r, "its content is not what was sealed")
		case r.N < 1:
			say(r, fmt.Sprintf("its number is %d; numbers begin at 1", r.N))
		}
	}
}

func linked(records []Record, say blame) {
	order := make([]*Record, len(records))
	for i := range records {
		order[i] = &records[i]
	}
	slices.SortStableFunc(order, func(a, b *Record) int {
		return cmp.Or(a.Incident.Compare(b.Incident), a.Writer.Compare(b.Writer), cmp.Compare(a.N, b.N))
	})
	for i, r := range order {
		last, hash := int64(0), Root(r.Incident, r.Writer)
		if i > 0 && order[i-1].Incident == r.Incident && order[i-1].Writer == r.Writer {
			last, hash = order[i-1].N, order[i-1].Hash
		}
		switch {
		case r.N == last:
			say(r, fmt.Sprintf("there are two records with the number %d", r.N))
		case r.N != last+1:
			say(r, fmt.Sprintf("record %d is missing before it", last+1))
		case !bytes.Equal(r.Prev, hash):
			say(r, "it does not follow the record before it")
		}
	}
}

// worded looks for words that are gone without a redaction. Those of an amendment go
// with the words that they corrected.
func worded(records []Record, say blame) {
	redacted := map[ID]bool{}
	for i := range records {
		if records[i].Kind != (*RecordRedacted)(nil).Kind() {
			continue
		}
		if e, ok := records[i].Event().(*RecordRedacted); ok {
			redacted[e.Record] = true
		}
	}
	for i := range records {
		if r := &records[i]; r.Body == nil && !redacted[r.ID] && r.Kind != (*RecordAmended)(nil).Kind() {
			say(r, "its words are gone and no redaction names it")
		}
	}
}
