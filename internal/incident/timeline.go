package incident

import (
	"cmp"
	"slices"
)

// Entry is a record as the timeline shows it: with its corrections.
type Entry struct {
	Record
	Event      Event // as amended
	Amended    bool
	Undone     ID     // the record that took it back; zero while it stands
	Redacted   string // why its words are gone
	WrittenFor int64  // At before it was amended
}

// Timeline is the entries of one incident by id. It takes records in any order.
type Timeline struct {
	recs    map[ID]Record
	fixes   []Record // corrections, in fold order
	entries map[ID]*Entry
}

// NewTimeline is an empty timeline.
func NewTimeline() *Timeline {
	return &Timeline{recs: map[ID]Record{}, entries: map[ID]*Entry{}}
}

// Add takes records in, ignoring those it has, and answers with the entries that are new or look different now.
func (t *Timeline) Add(recs ...Record) []*Entry {
	touched := map[ID]bool{}
	var order []ID
	touch := func(id ID) {
		if !touched[id] {
			touched[id] = true
			order = append(order, id)
		}
	}
	for _, r := range recs {
		if _, known := t.recs[r.ID]; known {
			continue
		}
		t.recs[r.ID] = r
		touch(r.ID)
		switch e := r.Event().(type) {
		case *RecordAmended:
			touch(e.Record)
			t.fixes = append(t.fixes, r)
		case *RecordUndone:
			touch(e.Record)
			t.fixes = append(t.fixes, r)
			if u, ok := t.recs[e.Record]; ok { // undoing a correction brings its target back
				if a, ok := u.Event().(*RecordAmended); ok {
					touch(a.Record)
				} else if a, ok := u.Event().(*RecordUndone); ok {
					touch(a.Record)
				}
			}
		case *RecordRedacted:
			touch(e.Record)
			t.fixes = append(t.fixes, r)
		}
	}
	var ch *changes
	if len(t.fixes) > 0 {
		slices.SortFunc(t.fixes, func(a, b Record) int { return a.Pos().Compare(b.Pos()) })
		ch = changesOf(t.fixes)
	}
	var out []*Entry
	for _, id := range order {
		if r, ok := t.recs[id]; ok {
			e := entry(r, ch)
			t.entries[id] = e
			out = append(out, e)
		}
	}
	return out
}

// Entry finds one; nil when there is none.
func (t *Timeline) Entry(id ID) *Entry { return t.entries[id] }

// Entries are all of them, in the order in which things happened.
func (t *Timeline) Entries() []*Entry {
	out := make([]*Entry, 0, len(t.entries))
	for _, e := range t.entries {
		out = append(out, e)
	}
	slices.SortFunc(out, CompareEntries)
	return out
}

// CompareEntries orders by when it happened, then by fold order.
func CompareEntries(a, b *Entry) int {
	return cmp.Or(cmp.Compare(a.At, b.At), a.Pos().Compare(b.Pos()))
}

func entry(r Record, ch *changes) *Entry {
	e := &Entry{Record: r, Event: r.Event(), WrittenFor: r.At}
	if ch == nil {
		return e
	}
	if a, ok := ch.amended[r.ID]; ok {
		e.Amended = true
		if a.text != nil {
			setText(e.Event, *a.text)
		}
		if a.time != nil {
			e.At = *a.time
		}
	}
	e.Undone = ch.undone[r.ID]
	e.Redacted = ch.redacted[r.ID]
	return e
}
