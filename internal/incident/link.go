package incident

import (
	"slices"

	"quarterdeck/internal/fault"
)

// Linked says how the incident stands to another. The other one has a record of its own
// that says the same from its side. Of one pair the last one in fold order counts.
type Linked struct {
	Other ID     `json:"other"`
	Ref   string `json:"ref"`             // the other's reference
	Title string `json:"title,omitempty"` // the other's, when it was linked
	How   string `json:"how"`             // one of Links
}

// How an incident stands to another.
const (
	LinkRelated   = "related"
	LinkDuplicate = "duplicate" // this one says again what the other says
	LinkOriginal  = "original"  // the other one is a duplicate of this one
	LinkMerged    = "merged"    // this one goes on in the other
	LinkHome      = "home"      // the other one goes on in this one
)

// Links are the ways in which incidents stand to each other. The words are frozen.
var Links = []string{LinkRelated, LinkDuplicate, LinkOriginal, LinkMerged, LinkHome}

// Kind implements Event.
func (*Linked) Kind() Kind { return "incident.linked" }

// Mirror is how the other incident stands to this one; empty for a word that is none of Links.
func Mirror(how string) string {
	switch how {
	case LinkRelated:
		return LinkRelated
	case LinkDuplicate:
		return LinkOriginal
	case LinkOriginal:
		return LinkDuplicate
	case LinkMerged:
		return LinkHome
	case LinkHome:
		return LinkMerged
	}
	return ""
}

// Tie is how the incident stands to another one.
type Tie struct {
	ID    ID     `json:"id"` // the record that says so
	Other ID     `json:"other"`
	Ref   string `json:"ref"`
	Title string `json:"title,omitempty"`
	How   string `json:"how"`
	At    int64  `json:"at"`
}

// Aside is where the incident goes on: the one that it was merged into or is a duplicate
// of. It is nil while it stands by itself. An incident that is aside has no deadlines and
// counts in no figure; taking the link back brings all of it back.
func (s *State) Aside() *Tie {
	for i := len(s.Ties) - 1; i >= 0; i-- {
		if t := &s.Ties[i]; t.How == LinkDuplicate || t.How == LinkMerged {
			return t
		}
	}
	return nil
}

// Tie is how the incident stands to another; nil when they are not linked.
func (s *State) Tie(other ID) *Tie {
	if i := slices.IndexFunc(s.Ties, func(t Tie) bool { return t.Other == other }); i >= 0 {
		return &s.Ties[i]
	}
	return nil
}

func (s *State) link(r *Record, e *Linked) {
	if e.Other.IsZero() || e.Other == s.ID || !slices.Contains(Links, e.How) {
		return
	}
	s.Ties = slices.DeleteFunc(s.Ties, func(t Tie) bool { return t.Other == e.Other })
	s.Ties = append(s.Ties, Tie{r.ID, e.Other, e.Ref, e.Title, e.How, r.At})
}

// LinkTo links the incident with another one. An incident goes on in one place only, and
// not in one that goes on in it.
type LinkTo struct {
	Other      ID
	Ref, Title string
	How        string // one of Links
	Mirrors    bool   // the other side has been written already: what it says is taken over
}

func (d *LinkTo) decide(c *context) ([]Event, error) {
	if !slices.Contains(Links, d.How) {
		return nil, fault.Input("how", "%.40q is no link", d.How).WithHint("one of %s, %s, %s", LinkRelated, LinkDuplicate, LinkMerged)
	}
	if d.Other.IsZero() {
		return nil, fault.Input("other", "no other incident is named").WithHint("give its reference, such as INC-7")
	}
	if d.Other == c.ID {
		return nil, fault.Input("other", "an incident cannot be linked with itself").WithHint("name another one")
	}
	ref, err := cleanLine("other", d.Ref, maxTitle)
	if err != nil {
		return nil, err
	}
	title, err := cleanOptional("title", d.Title, maxTitle)
	if err != nil {
		return nil, err
	}
	out := []Event{&Linked{d.Other, ref, title, d.How}}
	if d.Mirrors {
		return out, nil
	}
	switch t, aside := c.Tie(d.Other), c.Aside(); {
	case t != nil && t.How == d.How:
		return nil, fault.New(fault.Conflict, "%s is linked with %s in that way already", c.Declared.Ref, ref)
	case t != nil && (t.How == LinkHome || t.How == LinkOriginal) && (d.How == LinkMerged || d.How == LinkDuplicate):
		return nil, fault.New(fault.Conflict, "%s goes on in %s; the two cannot go on in each other", ref, c.Declared.Ref).WithHint("take that link back first")
	case aside != nil && aside.Other != d.Other && d.How != LinkRelated:
		return nil, fault.New(fault.Conflict, "%s goes on in %s already", c.Declared.Ref, aside.Ref).WithHint("link %s instead, or take that link back first", aside.Ref)
	}
	return out, nil
}
