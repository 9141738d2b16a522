package incident

import "strings"

// Query is what to look for in the words of records. A list that is nil asks for
// nothing; an empty one that is not nil is met by no record.
type Query struct {
	Words     string // each may be the beginning of one; "in quotes" they stand whole and together; empty = any words
	Incidents []ID   // one of them
	Kinds     []Kind // one of them
	People    []ID   // one of them wrote it, or is to do it
	From, To  int64  // when it happened, ms UTC: From <= at < To; 0 = open on that side
	Newest    bool   // the latest written first; else the best of the newest first
	Limit     int
}

// Narrowed reports whether a query asks for more than words.
func (q *Query) Narrowed() bool {
	return q.Incidents != nil || q.Kinds != nil || q.People != nil || q.From != 0 || q.To != 0
}

// Hit is a record that a search found.
type Hit struct {
	Incident ID
	Record   ID
	Kind     Kind
	Actor    ID
	At       int64    // when it happened, as it was written, ms UTC
	Parts    []string // its words around the first that was looked for; every second part is one of those
}

// Snippet is the words of a hit in one piece.
func (h *Hit) Snippet() string { return strings.Join(h.Parts, "") }
