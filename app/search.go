package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
)

// SearchInput is a search as it stands in the field. A later one of the same page takes
// the place of an earlier one, which is then given up.
type SearchInput struct {
	Page  string `json:"page"` // names who searches; any text
	Turn  int64  `json:"turn"` // rises from search to search of a page: they may get here in another order
	Text  string `json:"text"`
	Best  bool   `json:"best"`  // ranked among the newest 500; else the latest written first
	Limit int    `json:"limit"` // of rows; 1 to 500
}

// SearchView is what a search found.
type SearchView struct {
	Hits    []HitView    `json:"hits"`
	More    bool         `json:"more"`  // there are more than were asked for
	Words   bool         `json:"words"` // something but filters was looked for
	Filters []FilterView `json:"filters"`
	Missing int64        `json:"missing"` // so many of the oldest entries are not found yet: the index is being made anew
}

// HitView is a record that a search found.
type HitView struct {
	Incident  string   `json:"incident"`
	Ref       string   `json:"ref"`
	Title     string   `json:"title"`  // of the incident
	Record    string   `json:"record"` // to be opened at
	ID        string   `json:"id"`     // of the hit itself: a correction is another record
	At        int64    `json:"at"`
	Kind      string   `json:"kind"` // in a word or two
	Mark      string   `json:"mark"` // as in a timeline
	Actor     string   `json:"actor"`
	Parts     []string `json:"parts"` // its words; every second part is one that was looked for
	Corrected bool     `json:"corrected"`
	Undone    bool     `json:"undone"`
}

// FilterView is a filter as it was understood.
type FilterView struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	Text  string `json:"text"`  // as it is typed
	Unmet string `json:"unmet"` // why nothing can meet it
}

// SearchCountView is how many records a search finds, all of them.
type SearchCountView struct {
	Count int `json:"count"`
}

// searches are those that are under way, by page and what they ask.
type searches struct {
	mu  sync.Mutex
	own map[string]*underWay
}

type underWay struct {
	turn   int64
	giveUp context.CancelFunc
}

// begin gives up the search before, and answers with the context of this one and how it
// ends. One that a later search has overtaken on its way here is given up itself.
func (s *searches) begin(ctx context.Context, page string, turn int64) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if before := s.own[page]; before != nil {
		if before.turn > turn {
			cancel()
			return ctx, cancel
		}
		before.giveUp()
	}
	if s.own == nil {
		s.own = map[string]*underWay{}
	}
	mine := &underWay{turn, cancel}
	s.own[page] = mine
	return ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		cancel()
		if s.own[page] == mine {
			delete(s.own, page)
		}
	}
}

// shownMost is how many rows a search answers with at most.
const shownMost = 500

// choicesMost is how many people, or services, can be chosen from.
const choicesMost = 1000

// Search finds records in every incident by words and filters, as they are typed. Faults:
// Conflict when a later search of the page took its place, Invalid for too many words.
func (a *API) Search(in SearchInput) (v SearchView, err error) {
	defer guard(&err)
	v = SearchView{Hits: []HitView{}, Filters: []FilterView{}}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	ctx, done := b.searches.begin(ctx, "rows "+in.Page, in.Turn)
	defer done()
	asked, err := b.cockpit.Ask(ctx, in.Text, b.clock.Now().In(b.zone()))
	if err != nil {
		return v, overtaken(ctx, err)
	}
	for i, f := range asked.Filters {
		v.Filters = append(v.Filters, FilterView{f.Key, f.Value, f.Typed, asked.Unmet[i]})
	}
	v.Words = strings.TrimSpace(asked.Words) != ""
	limit := min(max(in.Limit, 1), shownMost)
	q := asked.Query
	q.Newest, q.Limit = !in.Best, limit+1
	found, err := b.cockpit.Search(ctx, q)
	if err != nil {
		return v, overtaken(ctx, err)
	}
	if v.Words {
		if v.Missing, err = b.store.Unindexed(ctx); err != nil {
			return v, overtaken(ctx, err)
		}
	}
	v.More = len(found) > limit
	for i := range found[:min(limit, len(found))] {
		v.Hits = append(v.Hits, hitView(&found[i]))
	}
	return v, nil
}

func hitView(f *cockpit.Found) HitView {
	name, mark := compose.Called(f.Kind)
	return HitView{f.Incident.String(), f.Ref, f.Title, f.Open.String(), f.Record.String(), f.At, name, mark, f.Name, slices.Clone(f.Parts), f.Corrected, f.Undone}
}

// SearchCount counts what a search finds, all of it. Faults as of Search.
func (a *API) SearchCount(in SearchInput) (v SearchCountView, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	ctx, done := b.searches.begin(ctx, "count "+in.Page, in.Turn)
	defer done()
	asked, err := b.cockpit.Ask(ctx, in.Text, b.clock.Now().In(b.zone()))
	if err == nil {
		v.Count, err = b.cockpit.Count(ctx, asked.Query)
	}
	return v, overtaken(ctx, err)
}

// overtaken says why a search was given up.
func overtaken(ctx context.Context, err error) error {
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		return fault.New(fault.Conflict, "a later search took its place")
	}
	return err
}

// ChoicesView is by whom and for what a search can be narrowed.
type ChoicesView struct {
	People   []string `json:"people"`   // everybody known, sorted, at most 1,000
	Services []string `json:"services"` // of every incident, sorted, at most 1,000
}

// SearchChoices are by whom and for what a search can be narrowed.
func (a *API) SearchChoices() (v ChoicesView, err error) {
	defer guard(&err)
	v = ChoicesView{People: []string{}, Services: []string{}}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	people, err := b.store.People(ctx, choicesMost)
	if err != nil {
		return v, err
	}
	services, err := b.store.Services(ctx, choicesMost)
	v.People, v.Services = append(v.People, people...), append(v.Services, services...)
	return v, err
}
