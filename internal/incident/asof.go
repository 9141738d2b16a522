package incident

import "encoding/json"

// KnownAt are the records that had been written by a time, ms UTC: what anybody could have
// known then, whenever it happened. Corrections that came later are not among them; words
// that have been removed since stay removed.
func KnownAt(recs []Record, at int64) []Record {
	kept := map[ID]json.RawMessage{}
	for i := range recs {
		if recs[i].Kind != "record.redacted" {
			continue // to read it would be most of the work
		}
		if e, ok := recs[i].Event().(*RecordRedacted); ok {
			kept[e.Record] = e.Kept
		}
	}
	var out []Record
	for _, r := range recs {
		if r.RecordedAt > at {
			continue
		}
		words, gone := kept[r.ID]
		if r.Kind == "record.amended" && !gone { // it may repeat them
			if a, ok := r.Event().(*RecordAmended); ok {
				if _, again := kept[a.Record]; again {
					words, gone = nil, true
				}
			}
		}
		if gone {
			r.Body, r.Salt = nil, nil
			if len(words) > 0 {
				r.Body = words
			}
		}
		out = append(out, r)
	}
	return out
}
