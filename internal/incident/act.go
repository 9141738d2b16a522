package incident

import "slices"

// Words are those of a record that can be corrected as they stand: a note's text, an
// action's, the reason for a severity. ok is false when it has none of its own.
func Words(e Event) (text string, ok bool) {
	if p := textOf(e); p != nil {
		return *p, true
	}
	return "", false
}

// Act is everything that was written by the act that wrote a record and that has to be
// taken back with it, the record last.
func (t *Timeline) Act(id ID) []ID {
	r, ok := t.recs[id]
	if !ok {
		return nil
	}
	var out []Record
	for _, o := range t.recs {
		if o.Writer == r.Writer && o.RecordedAt == r.RecordedAt && o.Actor == r.Actor && o.ID != id && goes(&o, &r) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b Record) int { return a.Pos().Compare(b.Pos()) })
	ids := make([]ID, 0, len(out)+1)
	for _, o := range out {
		ids = append(ids, o.ID)
	}
	return append(ids, id)
}

// goes reports whether o goes with r when r is taken back: criteria that were waived on
// the way out, the other undos of an undo, and what was expected of a decision in the same
// breath.
func goes(o, r *Record) bool {
	switch r.Event().(type) {
	case *PhaseMoved:
		switch e := o.Event().(type) {
		case *ExitJudged:
			return e.State == ExitWaived
		case *CleanupWaived:
			return e.Reason != ""
		}
	case *RecordUndone:
		_, ok := o.Event().(*RecordUndone)
		return ok
	case *DecisionExpected:
		return r.Event().(*DecisionExpected).Decision == o.ID
	case *DecisionMade:
		e, ok := o.Event().(*DecisionExpected)
		return ok && e.Decision == r.ID
	}
	return false
}

// LastAct is the latest act of the actors that stands and can be taken back; nil when
// there is none.
func (t *Timeline) LastAct(actors ...ID) *Entry {
	return t.latest(func(e *Entry) bool { return slices.Contains(actors, e.Actor) && e.Undone.IsZero() && takeable(e.Event) })
}

// LastUndo is the latest undo of the actors that can be taken back itself, because they
// have done nothing else since; nil when there is none.
func (t *Timeline) LastUndo(actors ...ID) *Entry {
	undo := t.latest(func(e *Entry) bool {
		u, ok := e.Event.(*RecordUndone)
		if !ok || !e.Undone.IsZero() || !slices.Contains(actors, e.Actor) {
			return false
		}
		of := t.recs[u.Record]
		_, again := of.Event().(*RecordUndone)
		return !again && of.ID == u.Record
	})
	if undo == nil {
		return nil
	}
	newer := t.latest(func(e *Entry) bool {
		return slices.Contains(actors, e.Actor) && takeable(e.Event) && later(e, undo)
	})
	if newer != nil {
		return nil
	}
	return undo
}

// takeable reports whether an event is an act of a person that can be taken back.
func takeable(e Event) bool {
	switch e.(type) {
	case *RecordUndone, *ClockStepped:
		return false
	}
	return undoable(e) == nil
}

func later(a, b *Entry) bool { return a.Pos().Compare(b.Pos()) > 0 }

func (t *Timeline) latest(ok func(*Entry) bool) *Entry {
	var last *Entry
	for _, e := range t.entries {
		if ok(e) && (last == nil || later(e, last)) {
			last = e
		}
	}
	return last
}
