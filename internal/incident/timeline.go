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
	UndoneAt   int64  // when that was written
	Redacted   string // why its words are gone
	Kept       bool   // what it did is still known, its words are not
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

// Add takes records in, ignoring those it has.
func (t *Timeline) Add(recs ...Record) {
	fresh := recs[:0:0]
	for _, r := range recs {
		if _, known := t.recs[r.ID]; known {
			continue
		}
		t.recs[r.ID] = r
		fresh = append(fresh, r)
		if r.corrects() {
			t.fixes = append(t.fixes, r)
		}
	}
	var ch *changes
	if len(t.fixes) > 0 {
		slices.SortFunc(t.fixes, func(a, b Record) int { return a.Pos().Compare(b.Pos()) })
		ch = changesOf(t.fixes)
	}
	for _, id := range t.touched(fresh) {
		if r, ok := t.recs[id]; ok {
			e := entry(r, ch)
			e.UndoneAt = t.recs[e.Undone].RecordedAt
			t.entries[id] = e
		}
	}
}

// Touched are the entries that records made or changed, each once.
func (t *Timeline) Touched(recs ...Record) []*Entry {
	var out []*Entry
	for _, id := range t.touched(recs) {
		if e, ok := t.entries[id]; ok {
			out = append(out, e)
		}
	}
	return out
}

func (t *Timeline) touched(recs []Record) []ID {
	var out []ID
	seen := map[ID]bool{}
	touch := func(id ID) {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	for i := range recs {
		touch(recs[i].ID)
		if !recs[i].corrects() {
			continue
		}
		for at := Target(recs[i].Event()); !at.IsZero() && !seen[at]; { // undoing a correction changes what it corrected
			touch(at)
			r := t.recs[at] // of one that is not here yet nothing is known
			at = Target(r.Event())
		}
		if x, ok := recs[i].Event().(*RecordRedacted); ok {
			for j := range t.fixes { // they may repeat the words
				if a, ok := t.fixes[j].Event().(*RecordAmended); ok && a.Record == x.Record {
					touch(t.fixes[j].ID)
				}
			}
		}
	}
	return out
}

// corrects reports whether the record's kind is of those that change another one. It looks
// into no body: of an incident's records few are, and reading all of them is most of a fold.
func (r *Record) corrects() bool {
	switch r.Kind {
	case (*RecordAmended)(nil).Kind(), (*RecordUndone)(nil).Kind(), (*RecordRedacted)(nil).Kind():
		return true
	}
	return false
}

// Target is the record that an event corrects; zero when it corrects none.
func Target(e Event) ID {
	switch e := e.(type) {
	case *RecordAmended:
		return e.Record
	case *RecordUndone:
		return e.Record
	case *RecordRedacted:
		return e.Record
	}
	return ID{}
}

// Entry finds one; nil when there is none.
func (t *Timeline) Entry(id ID) *Entry { return t.entries[id] }

// Stands reports whether the words of a record, or those that it gave as a correction,
// are the ones that stand there now.
func (t *Timeline) Stands(id ID) bool {
	e := t.entries[id]
	if e == nil {
		return false
	}
	r := t.recs[id]
	said := textOf(r.Event())
	if fix, ok := e.Event.(*RecordAmended); ok {
		said = fix.Text
		if e = t.entries[fix.Record]; e == nil {
			return true
		}
	}
	now := textOf(e.Event)
	return said == nil || now == nil || *said == *now
}

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
	e.Undone = ch.undone[r.ID]
	gone := ch.redacted[r.ID]
	if fix, ok := e.Event.(*RecordAmended); ok && gone.reason == "" { // the words that it gave go with the first ones
		gone = redaction{reason: ch.redacted[fix.Record].reason}
	}
	if e.Redacted = gone.reason; e.Redacted != "" { // the body may have been loaded before it was dropped
		e.Salt, e.Body = nil, nil
		e.Event, e.Kept = r.bare(gone.kept), len(gone.kept) > 0
	}
	if a, ok := ch.amended[r.ID]; ok {
		e.Amended = true
		if a.text != nil && e.Redacted == "" {
			setText(e.Event, *a.text)
		}
		if a.time != nil {
			e.At = *a.time
		}
	}
	return e
}
