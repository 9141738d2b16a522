package cockpit

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Asked is a search as it was understood.
type Asked struct {
	incident.Search
	Query incident.Query
	// Unmet says of a filter, by its place, why no record can meet it; empty = it may.
	Unmet []string
}

// Found is a hit as it is to be shown.
type Found struct {
	incident.Hit
	Ref   string // of its incident, told apart from others of the same
	Title string
	Name  string // who wrote it
	// Open is the record to be opened at: another one when the hit is a correction of it.
	Open      incident.ID
	Corrected bool // other words stand there by now, or have been removed
	Undone    bool
}

// Ask takes a search apart and finds out whom and what its filters mean. now says in
// which zone days are meant.
func (c *Cockpit) Ask(ctx context.Context, text string, now time.Time) (Asked, error) {
	a := Asked{Search: incident.ParseSearch(text, now)}
	a.Query.Words = a.Words
	a.Unmet = make([]string, len(a.Filters))
	n := narrowing{Query: &a.Query}
	for i, f := range a.Filters {
		if f.Value == "" {
			continue // somebody is typing it
		}
		var err error
		if a.Unmet[i], err = c.narrow(ctx, &n, f); err != nil {
			return a, err
		}
	}
	switch {
	case n.services == nil:
	case a.Query.Incidents == nil:
		a.Query.Incidents = n.services
	default:
		a.Query.Incidents = slices.DeleteFunc(a.Query.Incidents, func(id incident.ID) bool { return !slices.Contains(n.services, id) })
	}
	return a, nil
}

// narrowing is a query to which filters are added.
type narrowing struct {
	*incident.Query
	services []incident.ID // the incidents of the services
}

// narrow adds a filter to a query, and says why nothing can meet it.
func (c *Cockpit) narrow(ctx context.Context, q *narrowing, f incident.Filter) (string, error) {
	switch f.Key {
	case "kind":
		found := incident.KindsCalled(f.Value)
		q.Kinds = either(q.Kinds, found)
		if len(found) == 0 {
			return "no kind is called so", nil
		}
	case "person":
		found, err := c.people(ctx, f.Value)
		q.People = either(q.People, found)
		if err == nil && len(found) == 0 {
			return "nobody is called so", nil
		}
		return "", err
	case "incident":
		found, err := c.incidents(ctx, f.Value)
		q.Incidents = either(q.Incidents, found)
		if err == nil && len(found) == 0 {
			return "there is no such incident", nil
		}
		return "", err
	case "service":
		found, err := c.log.Serving(ctx, f.Value)
		q.services = either(q.services, found)
		if err == nil && len(found) == 0 {
			return "no incident was declared for it", nil
		}
		return "", err
	default:
		if f.From == 0 && f.To == 0 {
			q.Kinds = []incident.Kind{} // none until it can be read
			return "a time is written 2026-11-20, 2026-11, today, 3d or 2h", nil
		}
		q.From, q.To = cmp.Or(f.From, q.From), cmp.Or(f.To, q.To)
	}
	return "", nil
}

// either is what one filter or the other means: not nil, for something was asked.
func either[T any](a, b []T) []T {
	return append(append(make([]T, 0, len(a)+len(b)), a...), b...)
}

// incidents are those that a reference means: both, where two share it.
func (c *Cockpit) incidents(ctx context.Context, ref string) ([]incident.ID, error) {
	row, err := c.Find(ctx, ref)
	if err == nil {
		return []incident.ID{row.ID}, nil
	}
	if !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Invalid) {
		return nil, err
	}
	twins, err := c.log.ByRef(ctx, ref)
	out := []incident.ID{}
	for _, t := range twins {
		out = append(out, t.ID)
	}
	return out, err
}

// people are those whose name, or a word of it, begins with what was typed.
func (c *Cockpit) people(ctx context.Context, typed string) ([]incident.ID, error) {
	all, err := c.log.Everybody(ctx)
	out := []incident.ID{}
	for _, p := range all {
		if called(p.Name, typed) {
			out = append(out, p.ID)
		}
	}
	return out, err
}

// called reports whether a name, or a word of it, begins with what was typed.
func called(name, typed string) bool {
	name, typed = strings.ToLower(name), strings.ToLower(typed)
	if strings.HasPrefix(name, typed) {
		return true
	}
	return slices.ContainsFunc(strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" -.'", r) }),
		func(w string) bool { return strings.HasPrefix(w, typed) })
}

// Search finds records and what has to be known to show them.
func (c *Cockpit) Search(ctx context.Context, q incident.Query) ([]Found, error) {
	hits, err := c.log.Search(ctx, q)
	if err != nil || len(hits) == 0 {
		return nil, err
	}
	all, err := c.log.Everybody(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[incident.ID]string, len(all))
	for _, p := range all {
		names[p.ID] = p.Name
	}
	seen := map[incident.ID]*background{}
	out := make([]Found, len(hits))
	for i, h := range hits {
		b := seen[h.Incident]
		if b == nil {
			if b, err = c.background(ctx, h.Incident); err != nil {
				return nil, err
			}
			seen[h.Incident] = b
		}
		out[i] = Found{Hit: h, Ref: b.row.Ref, Title: b.row.Title, Name: names[h.Actor], Open: h.Record}
		if err := c.correct(ctx, b, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Count is how many records a query finds.
func (c *Cockpit) Count(ctx context.Context, q incident.Query) (int, error) {
	return c.log.Count(ctx, q)
}

// background is what is known of an incident that hits are in.
type background struct {
	row   incident.Row
	fixes []incident.Record
	by    map[incident.ID]incident.ID // what each of them corrects
}

func (c *Cockpit) background(ctx context.Context, id incident.ID) (*background, error) {
	b := &background{by: map[incident.ID]incident.ID{}}
	var err error
	if b.row, err = c.log.Row(ctx, id); err != nil {
		return nil, err
	}
	same, err := c.log.ByRef(ctx, b.row.Ref)
	if err != nil {
		return nil, err
	}
	Distinguish(same)
	for _, r := range same {
		if r.ID == id {
			b.row = r
		}
	}
	if b.fixes, err = c.log.Corrections(ctx, id); err != nil {
		return nil, err
	}
	for i := range b.fixes {
		b.by[b.fixes[i].ID] = incident.Target(b.fixes[i].Event())
	}
	return b, nil
}

// correct says what became of a hit after it was written.
func (c *Cockpit) correct(ctx context.Context, b *background, f *Found) error {
	of := b.by[f.Record]
	touched := !of.IsZero()
	for _, at := range b.by {
		touched = touched || at == f.Record
	}
	if !touched {
		return nil
	}
	r, err := c.log.Record(ctx, cmp.Or(of, f.Record))
	if fault.Is(err, fault.NotFound) { // a correction may come before what it corrects
		return nil
	}
	if err != nil {
		return err
	}
	t := incident.NewTimeline()
	t.Add(append([]incident.Record{r}, b.fixes...)...)
	e := t.Entry(r.ID)
	f.Open, f.At, f.Undone = r.ID, e.At, !e.Undone.IsZero()
	f.Corrected = !t.Stands(f.Record)
	return nil
}
