package app

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/store"
)

// ReplayView is the times at which something was written down, to walk along. Times are
// ms UTC.
type ReplayView struct {
	First int64      `json:"first"`
	Last  int64      `json:"last"`
	Stops []StopView `json:"stops"` // by time; entries that no row shows are left out
}

// StopView is a time at which something was written down.
type StopView struct {
	At   int64  `json:"at"`
	Mark string `json:"mark"` // of what was written, as a row's
	Text string `json:"text"`
}

// ThenView is the cockpit as it was at a time: from what had been written down by then,
// whatever was added, corrected or found out later. Nothing of it can be changed.
type ThenView struct {
	At          int64          `json:"at"`
	Entries     int            `json:"entries"` // that were known
	Of          int            `json:"of"`      // all there are now
	Severity    string         `json:"severity"`
	Provisional bool           `json:"provisional"`
	Phase       string         `json:"phase"`
	Commander   string         `json:"commander"`
	Start       int64          `json:"start"` // of the impact as it was known, else the declaration; 0 = neither
	Situation   SituationView  `json:"situation"`
	Roles       []PairView     `json:"roles"`
	Actions     []ActionView   `json:"actions"`   // open ones
	Questions   []QuestionView `json:"questions"` // open ones
	Ideas       []string       `json:"ideas"`     // hypotheses that were open
	Promises    []PromisedView `json:"promises"`
	Rows        []LineView     `json:"rows"` // the latest of the log
}

// PromisedView is what an audience had been promised.
type PromisedView struct {
	Audience string `json:"audience"`
	Due      int64  `json:"due"` // 0 = nothing
	Told     int    `json:"told"`
	Late     bool   `json:"late"` // it was due
}

// AtInput names an incident and a time.
type AtInput struct {
	Incident string `json:"incident"`
	At       int64  `json:"at"`
}

// past keeps the records of the incident that was walked through last.
type past struct {
	mu   sync.Mutex
	id   incident.ID
	n    int
	recs []incident.Record
}

// records are all of an incident, read anew once there are more of them.
func (p *past) records(ctx context.Context, b *Backend, id incident.ID) (recs []incident.Record, k *kit.Kit, err error) {
	n := 0
	err = b.cockpit.View(ctx, id, func(l *cockpit.Live) error {
		n, k = l.State.Entries, l.Kit
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.id != id {
		p.id, p.n, p.recs = id, -1, nil
	}
	if p.n != n {
		if err := p.follow(ctx, b.store); err != nil {
			return nil, nil, err
		}
		p.n = n
	}
	return p.recs, k, nil
}

// follow reads what was written since; all of it where words are gone meanwhile. The caller holds mu.
func (p *past) follow(ctx context.Context, st *store.Store) error {
	var after int64
	if n := len(p.recs); n > 0 {
		after = p.recs[n-1].Cursor
	}
	fresh, err := st.Records(ctx, p.id, after)
	gone := func(r incident.Record) bool { return r.Kind == (*incident.RecordRedacted)(nil).Kind() }
	if err == nil && after > 0 && slices.ContainsFunc(fresh, gone) {
		p.recs = nil
		fresh, err = st.Records(ctx, p.id, 0)
	}
	if err != nil {
		return err
	}
	p.recs = append(slices.Clip(p.recs), fresh...) // whoever holds the list keeps theirs
	return nil
}

// forget is for a log that is another one from now on.
func (p *past) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.id, p.recs = incident.ID{}, nil
}

// Replay is where one can walk to in an incident's past.
func (a *API) Replay(id string) (v ReplayView, err error) {
	defer guard(&err)
	v.Stops = []StopView{}
	ctx, b, inc, err := a.about(id)
	if err != nil {
		return v, err
	}
	err = b.cockpit.ViewTimeline(ctx, inc, func(l *cockpit.Live) error {
		for _, e := range l.Timeline.Entries() {
			if !compose.Silent(e) {
				line := compose.Line(e, l.State, l.Kit)
				v.Stops = append(v.Stops, StopView{e.RecordedAt, line.Mark, compose.Short(line.Text)})
			}
		}
		return nil
	})
	slices.SortStableFunc(v.Stops, func(a, b StopView) int { return cmp.Compare(a.At, b.At) })
	if n := len(v.Stops); n > 0 {
		v.First, v.Last = v.Stops[0].At, v.Stops[n-1].At
	}
	return v, err
}

// shownThen is how many rows of the log are shown of a time.
const shownThen = 60

// Then is the cockpit as it was at a time.
func (a *API) Then(in AtInput) (v ThenView, err error) {
	defer guard(&err)
	ctx, b, inc, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	recs, k, err := b.past.records(ctx, b, inc)
	if err != nil {
		return v, err
	}
	known := incident.KnownAt(recs, in.At)
	if len(known) == 0 {
		return v, fault.New(fault.NotFound, "nothing was written down by then").WithHint("choose a later time")
	}
	return thenView(inc, known, len(recs), k, in.At), nil
}

func thenView(id incident.ID, known []incident.Record, of int, k *kit.Kit, at int64) ThenView {
	s := incident.Fold(id, known)
	t := incident.NewTimeline()
	t.Add(known...)
	ds := cadence.Deadlines(s, k)
	v := ThenView{
		At: at, Entries: len(known), Of: of, Severity: s.Severity, Provisional: s.Provisional, Phase: phaseNames[s.Phase], Commander: s.People[s.Command.Holder],
		Start:     cmp.Or(s.Times[incident.Started].Time, s.Times[incident.DeclaredAt].Time),
		Situation: SituationView{s.Situation["impact"].Text, s.Situation["goal"].Text, s.Situation["cause"].Text},
		Roles:     []PairView{}, Actions: actionViews(s, ds, at), Questions: []QuestionView{}, Ideas: []string{}, Promises: []PromisedView{}, Rows: []LineView{},
	}
	for _, r := range s.RoleList(k) {
		if h := s.Roles[r.ID]; !h.Person.IsZero() {
			v.Roles = append(v.Roles, PairView{r.Name, s.Name(h.Person)})
		}
	}
	for _, q := range s.OpenQuestions() {
		v.Questions = append(v.Questions, QuestionView{q.ID.String(), cmp.Or(q.Text, incident.Gone), q.At})
	}
	for _, h := range s.Hypotheses {
		if h.State == incident.HypothesisOpen {
			v.Ideas = append(v.Ideas, cmp.Or(h.Text, incident.Gone))
		}
	}
	for _, a := range k.Audiences {
		if h := s.Audiences[a.ID]; h.Told > 0 || h.Promise.Due != 0 {
			v.Promises = append(v.Promises, PromisedView{a.Name, h.Promise.Due, h.Told, h.Promise.Due != 0 && h.Promise.Due < at})
		}
	}
	rows := slices.DeleteFunc(t.Entries(), compose.Silent)
	for _, e := range rows[max(0, len(rows)-shownThen):] {
		v.Rows = append(v.Rows, lineView(e, s, k))
	}
	return v
}
