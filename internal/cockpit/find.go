package cockpit

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Find finds an incident by its reference or id; "" is the one open incident. A
// reference that two incidents share is refused, and both are named with a suffix:
// INC-7·a and INC-7·b, which are found.
func (c *Cockpit) Find(ctx context.Context, ref string) (incident.Row, error) {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return c.onlyOpen(ctx)
	}
	if id, err := incident.ParseID(strings.ToLower(ref)); err == nil {
		st, _, err := c.log.State(ctx, id)
		if err != nil {
			return incident.Row{}, err
		}
		return st.Row(), nil
	}
	bare, suffix, _ := strings.Cut(ref, "·")
	rows, err := c.log.ByRef(ctx, bare)
	if err != nil {
		return incident.Row{}, err
	}
	switch {
	case len(rows) == 0:
		return incident.Row{}, fault.New(fault.NotFound, "there is no incident %s", ref).WithHint("qd list shows them")
	case suffix != "":
		if i := int(suffix[0]) - 'a'; len(suffix) == 1 && i >= 0 && i < len(rows) {
			return rows[i], nil
		}
		return incident.Row{}, fault.New(fault.NotFound, "there is no incident %s", ref)
	case len(rows) > 1:
		return incident.Row{}, fault.Input("incident", "%d incidents are called %s: %s", len(rows), strings.ToUpper(bare), twins(rows)).
			WithHint("say which, with the suffix or the id")
	}
	return rows[0], nil
}

func (c *Cockpit) onlyOpen(ctx context.Context) (incident.Row, error) {
	open, err := c.log.Open(ctx)
	if err != nil {
		return incident.Row{}, err
	}
	switch len(open) {
	case 0:
		return incident.Row{}, fault.New(fault.NotFound, "no incident is open").WithHint("declare one, or name one")
	case 1:
		return open[0], nil
	}
	return incident.Row{}, fault.Input("incident", "%d incidents are open", len(open)).WithHint("say which: %s", refs(open))
}

// Distinguish gives incidents of a list that share a reference their suffixes.
func Distinguish(rows []incident.Row) {
	byRef := map[string][]*incident.Row{}
	for i := range rows {
		byRef[rows[i].Ref] = append(byRef[rows[i].Ref], &rows[i])
	}
	for _, same := range byRef {
		if len(same) == 1 {
			continue
		}
		slices.SortFunc(same, func(a, b *incident.Row) int {
			return cmp.Or(cmp.Compare(a.Declared, b.Declared), a.ID.Compare(b.ID))
		})
		for i, r := range same {
			r.Ref = fmt.Sprintf("%s·%c", r.Ref, 'a'+i)
		}
	}
}

func twins(rows []incident.Row) string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = fmt.Sprintf("%s·%c %q", r.Ref, 'a'+i, r.Title)
	}
	return strings.Join(out, ", ")
}

func refs(rows []incident.Row) string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.Ref
	}
	return strings.Join(out, ", ")
}

// Known finds somebody whom this database knows by a name, letter case ignored; the
// zero person when nobody bears it.
func (c *Cockpit) Known(ctx context.Context, name string) (incident.Person, error) {
	name, err := incident.CleanName("person", name)
	if err != nil {
		return incident.Person{}, err
	}
	return c.log.Person(ctx, name)
}

// Person finds the person that a name means: in the incident, else anywhere in this
// database, else by the other names that Called has for them, else somebody new, whom the
// order that names them will introduce. An empty name is nobody. Whoever is found by
// another name keeps the one under which the record knows them.
func (c *Cockpit) Person(ctx context.Context, id incident.ID, name string) (incident.Person, error) {
	if strings.TrimSpace(name) == "" {
		return incident.Person{}, nil
	}
	name, err := incident.CleanName("person", name)
	if err != nil {
		return incident.Person{}, err
	}
	names := []string{name}
	if c.Called != nil {
		names = append(names, c.Called(name)...)
	}
	for _, n := range names {
		if found, err := c.bears(ctx, id, n); err != nil || !found.ID.IsZero() {
			return found, err
		}
	}
	fresh, err := c.newID()
	return incident.Person{ID: fresh, Name: name}, err
}

// bears finds who bears a name, in the incident or else in this database; the zero person
// when nobody does.
func (c *Cockpit) bears(ctx context.Context, id incident.ID, name string) (found incident.Person, err error) {
	if !id.IsZero() {
		err = c.View(ctx, id, func(l *Live) error {
			if p := l.State.Person(name); !p.IsZero() {
				found = incident.Person{ID: p, Name: l.State.People[p]}
			}
			return nil
		})
	}
	if err != nil || !found.ID.IsZero() {
		return found, err
	}
	return c.log.Person(ctx, name)
}
