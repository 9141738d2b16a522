package incident

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
)

// Fold makes the state of an incident from all of its records, in any order.
func Fold(id ID, recs []Record) *State {
	sorted := slices.Clone(recs)
	slices.SortFunc(sorted, func(a, b Record) int { return a.Pos().Compare(b.Pos()) })
	ch := changesOf(sorted)
	s := NewState(id)
	for i := range sorted {
		s.fold(&sorted[i], sorted[i].Event(), ch)
	}
	s.Awaited = ch.awaited(sorted)
	return s
}

// Advance folds one more record and reports true; it reports false, with s
// unchanged, when the record came late, changes an earlier one or was changed before
// it came: then the incident has to be folded anew.
func (s *State) Advance(r *Record) bool {
	if s.Entries > 0 && r.Pos().Compare(s.Last) <= 0 || slices.Contains(s.Awaited, r.ID) {
		return false
	}
	e := r.Event()
	switch e.(type) {
	case *RecordAmended, *RecordUndone, *RecordRedacted:
		return false
	}
	s.fold(r, e, nil)
	return true
}

func (s *State) fold(r *Record, e Event, ch *changes) {
	s.Entries++
	s.LastAt = max(s.LastAt, r.RecordedAt)
	s.Last = r.Pos()
	if ch != nil {
		var stands bool
		if r, e, stands = ch.corrected(r, e); !stands {
			return
		}
	}
	s.reduce(r, e)
	switch e.(type) {
	case *RoleAssigned, *RoleReleased, *ActionOpened, *ActionClosed, *TeamJoined, *CommandAccepted:
		s.crowd(r.At)
	}
}

// crowd notes since when more people report to the commander than should.
func (s *State) crowd(at int64) {
	switch many := s.Span() > MaxSpan; {
	case !many:
		s.Crowded = 0
	case s.Crowded == 0:
		s.Crowded = at
	}
}

// corrected is a record as the corrections leave it; stands is false when it was undone.
func (ch *changes) corrected(r *Record, e Event) (_ *Record, _ Event, stands bool) {
	if _, undone := ch.undone[r.ID]; undone {
		return r, e, false
	}
	gone, redacted := ch.redacted[r.ID]
	if redacted { // the same, whether or not its body has been dropped here already
		e = r.bare(gone.kept)
	}
	if a, ok := ch.amended[r.ID]; ok {
		c := *r
		if a.time != nil {
			c.At = *a.time
		}
		if a.text != nil && !redacted {
			setText(e, *a.text)
		}
		r = &c
	}
	return r, e, true
}

// Replay folds an incident from all of its records, in any order, and lets look at each
// step before it is made: r is the record as corrected, and s the state that it meets.
// What was undone is no step. look must not change s.
func Replay(id ID, recs []Record, look func(s *State, r *Record, e Event)) *State {
	sorted := slices.Clone(recs)
	slices.SortFunc(sorted, func(a, b Record) int { return a.Pos().Compare(b.Pos()) })
	ch := changesOf(sorted)
	s := NewState(id)
	for i := range sorted {
		said := sorted[i].Event()
		if r, e, stands := ch.corrected(&sorted[i], said); stands {
			look(s, r, e)
		}
		s.fold(&sorted[i], said, ch)
	}
	s.Awaited = ch.awaited(sorted)
	return s
}

// changes are the corrections among an incident's records, by the record that
// they name. They may stand before it: another machine's clock decides the order.
type changes struct {
	amended  map[ID]amendment
	undone   map[ID]ID // by the record that undid it
	redacted map[ID]redaction
}

// redaction is why the words of a record are gone, and what is kept of it.
type redaction struct {
	reason string
	kept   json.RawMessage
}

type amendment struct {
	text *string
	time *int64
}

func changesOf(sorted []Record) *changes {
	ch := &changes{amended: map[ID]amendment{}, undone: map[ID]ID{}, redacted: map[ID]redaction{}}
	type fix struct {
		id ID
		e  Event
	}
	var fixes []fix
	for i := range sorted {
		if !sorted[i].corrects() {
			continue
		}
		switch e := sorted[i].Event().(type) {
		case *RecordAmended, *RecordUndone:
			fixes = append(fixes, fix{sorted[i].ID, e})
		case *RecordRedacted: // words that are gone cannot be brought back by undoing this
			kept := e.Kept
			if old, twice := ch.redacted[e.Record]; twice && len(old.kept) > 0 {
				kept = old.kept
			}
			ch.redacted[e.Record] = redaction{cmp.Or(e.Reason, "no reason given"), kept}
			if e.Time != nil {
				fixes = append(fixes, fix{sorted[i].ID, &RecordAmended{Record: e.Record, Time: e.Time}})
			}
		}
	}
	for i := range fixes { // those that were redacted say no more than what was kept of them
		if gone, ok := ch.redacted[fixes[i].id]; ok {
			r := Record{ID: fixes[i].id, Kind: fixes[i].e.Kind(), V: bodyVersion}
			fixes[i].e = r.bare(gone.kept)
		}
	}
	fixes = slices.DeleteFunc(fixes, func(f fix) bool { return Target(f.e).IsZero() })
	undoes := map[ID]ID{}
	for _, f := range fixes {
		if u, ok := f.e.(*RecordUndone); ok {
			undoes[f.id] = u.Record
		}
	}
	gone := takenBack(undoes)
	for _, f := range fixes {
		if gone[f.id] {
			continue
		}
		switch e := f.e.(type) {
		case *RecordAmended:
			a := ch.amended[e.Record]
			if e.Text != nil {
				a.text = e.Text
			}
			if e.Time != nil {
				a.time = e.Time
			}
			ch.amended[e.Record] = a
		case *RecordUndone:
			ch.undone[e.Record] = f.id
		}
	}
	return ch
}

// takenBack tells which records are undone by an undo that is not undone itself.
// undoes says what each undo names. Undos that name each other in a ring, which only
// a foreign hand could make, all stand.
func takenBack(undoes map[ID]ID) map[ID]bool {
	left := map[ID]int{} // undos of a record that are not judged yet
	for _, of := range undoes {
		left[of]++
	}
	var ripe []ID
	for id := range undoes {
		if left[id] == 0 {
			ripe = append(ripe, id)
		}
	}
	gone := map[ID]bool{}
	for len(ripe) > 0 {
		id := ripe[len(ripe)-1]
		ripe = ripe[:len(ripe)-1]
		of := undoes[id]
		if !gone[id] {
			gone[of] = true
		}
		left[of]--
		if _, undo := undoes[of]; undo && left[of] == 0 {
			ripe = append(ripe, of)
		}
	}
	return gone
}

// awaited are the records that corrections name and that are not among sorted, by id.
func (ch *changes) awaited(sorted []Record) []ID {
	out := slices.Concat(slices.Collect(maps.Keys(ch.amended)), slices.Collect(maps.Keys(ch.undone)), slices.Collect(maps.Keys(ch.redacted)))
	if len(out) == 0 {
		return nil
	}
	here := make(map[ID]bool, len(sorted))
	for i := range sorted {
		here[sorted[i].ID] = true
	}
	out = slices.DeleteFunc(out, func(id ID) bool { return here[id] })
	slices.SortFunc(out, ID.Compare)
	return slices.Compact(out)
}

// setText replaces the words of an event, where it has words of its own.
func setText(e Event, text string) {
	if p := textOf(e); p != nil {
		*p = text
	}
}

// textOf is the part of an event that a correction of its text changes; nil when it has none.
func textOf(e Event) *string {
	switch e := e.(type) {
	case *Declared:
		return &e.Title
	case *NoteAdded:
		return &e.Text
	case *DecisionMade:
		return &e.Text
	case *ActionOpened:
		return &e.Text
	case *ActionClosed:
		return &e.Text
	case *QuestionAsked:
		return &e.Text
	case *QuestionAnswered:
		return &e.Text
	case *HypothesisStated:
		return &e.Text
	case *HypothesisJudged:
		return &e.Text
	case *ChangeStarted:
		return &e.Text
	case *ChangeEnded:
		return &e.Text
	case *DecisionExpected:
		return &e.Expect
	case *DecisionChecked:
		return &e.Text
	case *IntermissionAnswered:
		return &e.Text
	case *FollowUpAdded:
		return &e.Text
	case *FactorNamed:
		return &e.Text
	case *MomentAsked:
		return &e.Text
	case *MomentAnswered:
		return &e.Text
	case *FileAttached:
		return &e.Text
	case *SituationSet:
		return &e.Text
	case *ItemChecked:
		return &e.Text
	case *MeasureTaken:
		return &e.Text
	case *MeasureEnded:
		return &e.Text
	case *MeasureExtended:
		return &e.Reason
	case *SoakDipped:
		return &e.Text
	case *ExitJudged:
		return &e.Text
	case *SeveritySet:
		return &e.Reason
	case *PhaseMoved:
		return &e.Reason
	}
	return nil
}
