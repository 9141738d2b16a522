package incident

// Version is what a record said from a time on: first its own words, then each correction.
type Version struct {
	Record  ID // that said it: the record itself, or a correction of it
	By      ID
	Written int64  // when it was said, ms UTC
	At      int64  // when it happened, as it says, ms UTC
	Text    string // its words; empty when it has none of its own
	Gone    string // why its words were removed; empty = they were not
	Undone  bool   // the correction was taken back
}

// History is what a record said first, and then each correction of it, also those that
// were taken back, in the order in which they were written; none when there is no such
// record.
func (t *Timeline) History(id ID) []Version {
	r, ok := t.recs[id]
	if !ok {
		return nil
	}
	first := Version{Record: id, By: r.Actor, Written: r.RecordedAt, At: r.At, Gone: t.entries[id].Redacted}
	if words := textOf(r.Event()); words != nil && first.Gone == "" {
		first.Text = *words
	}
	out := []Version{first}
	for i := range t.fixes {
		f := &t.fixes[i]
		a, ok := f.Event().(*RecordAmended)
		if !ok || a.Record != id {
			continue
		}
		e, last := t.entries[f.ID], out[len(out)-1]
		v := Version{Record: f.ID, By: f.Actor, Written: f.RecordedAt, At: last.At, Text: last.Text, Gone: e.Redacted, Undone: !e.Undone.IsZero()}
		if a.Text != nil {
			v.Text = *a.Text
		}
		if v.Gone != "" {
			v.Text = ""
		}
		if a.Time != nil {
			v.At = *a.Time
		}
		out = append(out, v)
	}
	return out
}
