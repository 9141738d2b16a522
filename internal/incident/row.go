package incident

// CacheVersion names the form of State and Row, and what Fold makes of records. A
// database whose caches were made by another version makes them anew. It goes up with
// every change that an old cache would hide.
const CacheVersion = "10"

// Row is an incident in a list: a cache, made here and nowhere else.
type Row struct {
	ID          ID     `json:"id"`
	Ref         string `json:"ref"`
	Title       string `json:"title"`
	Type        string `json:"type"`
	Severity    string `json:"severity"`
	Provisional bool   `json:"provisional"`
	Phase       Phase  `json:"phase"`
	Commander   string `json:"commander"`
	Security    bool   `json:"security"`
	Backfill    bool   `json:"backfill"`
	Declared    int64  `json:"declared"`
	Ended       int64  `json:"ended"` // resolved; 0 while it is open
	Entries     int    `json:"entries"`
	LastAt      int64  `json:"last_at"`
	Into        string `json:"into,omitempty"`       // the reference of the incident in which it goes on
	How         string `json:"how,omitempty"`        // duplicate or merged; empty = it stands by itself
	FollowUps   int    `json:"follow_ups,omitempty"` // open ones
	Due         int64  `json:"due,omitempty"`        // when the first of them is due; 0 = none has a time
}

// Row is the state in a list.
func (s *State) Row() Row {
	row := Row{
		ID: s.ID, Ref: s.Declared.Ref, Title: s.Declared.Title, Type: s.Declared.Type, Severity: s.Severity,
		Provisional: s.Provisional, Phase: s.Phase, Commander: s.People[s.Command.Holder], Security: s.Declared.Security,
		Backfill: s.Declared.Backfill, Declared: s.Times[DeclaredAt].Time,
		Entries: s.Entries, LastAt: s.LastAt,
	}
	if open := s.OpenFollowUps(); len(open) > 0 {
		row.FollowUps, row.Due = len(open), open[0].Due
	}
	if s.Phase.Over() { // the time may have been given before
		row.Ended = s.Times[ResolvedAt].Time
	}
	if t := s.Aside(); t != nil {
		row.Into, row.How = t.Ref, t.How
	}
	return row
}

// Open reports whether the incident is not over and goes on by itself.
func (row *Row) Open() bool { return !row.Phase.Over() && row.How == "" }

// Plain reports whether records of the kind change nothing of a Row but what Count
// counts, so that they can be appended without folding the incident.
func Plain(k Kind) bool { return k == "note.added" || k == "file.attached" }

// Count adds a Plain record to the row.
func (row *Row) Count(r *Record) {
	row.Entries++
	row.LastAt = max(row.LastAt, r.RecordedAt)
}
