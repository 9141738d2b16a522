package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// over keeps what the first page asks at each push about incidents that are over, so that
// only those are looked at again in which somebody wrote meanwhile: in a log of ten
// thousand, reading every row costs more than all else that a push does.
type over struct {
	mu     sync.Mutex
	cursor int64                        // up to which rows are taken in
	rows   map[incident.ID]incident.Row // about which something may be left to do; nil = not read yet
	list   []incident.Row               // rows in order; nil = they changed
	blanks map[incident.ID]blank        // what was found to ask
}

// blank is what there was to ask somebody about an incident when it had so many entries.
type blank struct {
	entries int
	person  incident.ID
	ask     *MineView // nil = nothing
}

// left are the incidents about which something may be left to do, the latest declared first.
func (o *over) left(ctx context.Context, st *store.Store) ([]incident.Row, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.follow(ctx, st); err != nil {
		return nil, err
	}
	if o.list == nil {
		o.list = slices.SortedFunc(maps.Values(o.rows), func(a, b incident.Row) int {
			return cmp.Or(cmp.Compare(b.Declared, a.Declared), a.ID.Compare(b.ID))
		})
	}
	return o.list, nil // which is replaced, never changed
}

// follow takes in what was written since. The caller holds mu.
func (o *over) follow(ctx context.Context, st *store.Store) error {
	if o.rows == nil {
		last, err := st.Last(ctx)
		if err != nil {
			return err
		}
		all, err := st.Rows(ctx, everything)
		if err != nil {
			return err
		}
		o.cursor, o.rows = last, map[incident.ID]incident.Row{}
		for _, r := range all {
			o.put(r)
		}
		return nil
	}
	ids, last, err := st.Written(ctx, o.cursor)
	if err != nil {
		return err
	}
	for _, id := range ids {
		r, err := st.Row(ctx, id)
		if err != nil {
			return err
		}
		o.put(r)
	}
	o.cursor = last
	return nil
}

func (o *over) put(r incident.Row) {
	if r.Phase == incident.PhaseResolved || r.Phase == incident.PhaseClosed && r.FollowUps > 0 && r.Due != 0 {
		o.rows[r.ID], o.list = r, nil
	} else if _, ok := o.rows[r.ID]; ok {
		delete(o.rows, r.ID)
		o.list = nil
	}
}

// ask answers with what there is to ask a person about an incident, which find finds out
// once for as many entries as it has.
func (o *over) ask(r *incident.Row, person incident.ID, find func() (*MineView, error)) (*MineView, error) {
	o.mu.Lock()
	known, ok := o.blanks[r.ID]
	o.mu.Unlock()
	if ok && known.entries == r.Entries && known.person == person {
		return known.ask, nil
	}
	v, err := find()
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.blanks == nil {
		o.blanks = map[incident.ID]blank{}
	}
	o.blanks[r.ID] = blank{r.Entries, person, v}
	return v, nil
}

// forget is for a log that is another one from now on.
func (o *over) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rows, o.list, o.blanks = nil, nil, nil
}
