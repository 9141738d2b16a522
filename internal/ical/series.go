package ical

import (
	"cmp"
	"maps"
	"slices"
)

// series is every VEVENT of one UID: the events, and what replaces instances of them.
type series struct {
	only      *vevent // an event that neither repeats nor is replaced: the usual case
	masters   []*vevent
	overrides []*vevent
}

// inOrder gives the references of an object in the order of the file.
func inOrder(refs map[string]*zoneRef) []*zoneRef {
	return slices.SortedFunc(maps.Values(refs), func(a, b *zoneRef) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.id, b.id))
	})
}

// same is what makes two events without UID the same one.
type same struct {
	summary    string
	start, end stamp
	length     duration
}

// group brings the events of each UID together, in the order of the file.
func (b *builder) group() []*series {
	all := make([]*series, 0, len(b.events))
	byUID := make(map[string]*series, len(b.events))
	nameless := map[same]bool{}
	backing := make([]series, len(b.events))
	for i, v := range b.events {
		if v.UID == "" && !v.override {
			k := same{v.Summary, v.start, v.end, v.length}
			if nameless[k] {
				continue
			}
			nameless[k] = true
		}
		s := byUID[v.UID]
		if s == nil || v.UID == "" {
			s = &backing[i]
			all = append(all, s)
			if v.UID != "" {
				byUID[v.UID] = s
			}
			if !v.override && !v.repeats() {
				s.only = v
				continue
			}
		}
		if s.only != nil {
			s.masters, s.only = append(s.masters, s.only), nil
		}
		if v.override {
			s.overrides = append(s.overrides, v)
		} else {
			s.masters = append(s.masters, v)
		}
	}
	for _, s := range all {
		if len(s.masters) > 1 {
			s.masters = b.newest(s.masters)
		}
		if len(s.masters) == 1 && len(s.overrides) == 0 && !s.masters[0].repeats() {
			s.only, s.masters = s.masters[0], nil
		}
	}
	return all
}

// newer reports whether a is a later revision of the same thing than b, which stands before
// it in the file.
func newer(a, b *vevent) bool {
	if a.Sequence != b.Sequence {
		return a.Sequence > b.Sequence
	}
	return !a.Modified.Before(b.Modified)
}

// newest keeps, of events with one UID, those with the highest SEQUENCE. Equal ones that
// start at different times are separate; of those that start together the later revision
// counts, or both when they say different things and none is later.
func (b *builder) newest(all []*vevent) []*vevent {
	most := slices.MaxFunc(all, func(a, b *vevent) int { return cmp.Compare(a.Sequence, b.Sequence) }).Sequence
	var kept []*vevent
	byStart := map[stamp]int{}
	for _, v := range all {
		if v.Sequence != most {
			continue
		}
		i, has := byStart[v.start]
		switch {
		case !has:
			byStart[v.start] = len(kept)
			kept = append(kept, v)
		case v.Modified.Equal(kept[i].Modified) && (v.Summary != kept[i].Summary || v.end != kept[i].end || v.length != kept[i].length):
			b.note(Choice, v.Line, "VEVENT", v.label(), "two events have the same UID, start and revision and differ", "both are shown")
			kept = append(kept, v)
		case newer(v, kept[i]):
			kept[i] = v
		}
	}
	if len(kept) < len(all) {
		b.note(Choice, kept[0].Line, "VEVENT", kept[0].label(), "several revisions of one event", "the newest is shown")
	}
	return kept
}
