package incident

import "slices"

// Fold makes the state of an incident from all of its records, in any order.
func Fold(id ID, recs []Record) *State {
	sorted := slices.Clone(recs)
	slices.SortFunc(sorted, func(a, b Record) int { return a.Pos().Compare(b.Pos()) })
	ch := changesOf(sorted)
	s := NewState(id)
	for i := range sorted {
		s.fold(&sorted[i], sorted[i].Event(), ch)
	}
	return s
}

// Advance folds one more record and reports true; it reports false, with s
// unchanged, when the record came late or changes an earlier one: then the
// incident has to be folded anew.
func (s *State) Advance(r *Record) bool {
	if s.Entries > 0 && r.Pos().Compare(s.Last) <= 0 {
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
		if _, undone := ch.undone[r.ID]; undone {
			return
		}
		if a, ok := ch.amended[r.ID]; ok {
			c := *r
			if a.time != nil {
				c.At = *a.time
			}
			if a.text != nil {
				setText(e, *a.text)
			}
			r = &c
		}
	}
	s.reduce(r, e)
}

// changes are the corrections among an incident's records, by the record that
// they name. They may stand before it: another machine's clock decides the order.
type changes struct {
	amended  map[ID]amendment
	undone   map[ID]ID // by the record that undid it
	redacted map[ID]string
}

type amendment struct {
	text *string
	time *int64
}

func changesOf(sorted []Record) *changes {
	ch := &changes{amended: map[ID]amendment{}, undone: map[ID]ID{}, redacted: map[ID]string{}}
	undone := map[ID]ID{} // undoing records, to find those that are undone themselves
	for i := range sorted {
		if u, ok := sorted[i].Event().(*RecordUndone); ok {
			undone[u.Record] = sorted[i].ID
		}
	}
	for i := range sorted {
		r := &sorted[i]
		if by, ok := undone[r.ID]; ok && !isUndone(undone, by) {
			continue // a correction that was taken back
		}
		switch e := r.Event().(type) {
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
			ch.undone[e.Record] = r.ID
		case *RecordRedacted:
			ch.redacted[e.Record] = e.Reason
		}
	}
	return ch
}

// isUndone reports whether the undo by is itself undone, any number of times over.
// The chain is bounded: a ring of undos could only be made by a foreign hand.
func isUndone(undone map[ID]ID, by ID) bool {
	odd := false
	for range len(undone) {
		next, ok := undone[by]
		if !ok {
			break
		}
		odd, by = !odd, next
	}
	return odd
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
	case *FollowUpAdded:
		return &e.Text
	case *SituationSet:
		return &e.Text
	case *ItemChecked:
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
