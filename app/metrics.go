package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"quarterdeck/internal/account"
	"quarterdeck/internal/exchange"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// Ledgers reads what incidents add to the figures over many, and keeps what cannot have
// changed: a resolved incident that has no new record. It may be used from any goroutine.
type Ledgers struct {
	mu   sync.Mutex
	kept map[incident.ID]reckoned
}

type reckoned struct {
	entries int
	facts   account.Facts
}

// everything is more than any log holds.
const everything = 1 << 30

// Facts are those of every incident in the log, the latest declared last. now is ms UTC.
func (l *Ledgers) Facts(ctx context.Context, st *store.Store, now int64) ([]account.Facts, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rows, err := st.Rows(ctx, everything)
	if err != nil {
		return nil, err
	}
	fresh := make(map[incident.ID]reckoned, len(rows))
	out := make([]account.Facts, 0, len(rows))
	for _, row := range rows {
		r, ok := l.kept[row.ID]
		if !ok || r.entries != row.Entries || r.facts.Open {
			recs, err := st.Records(ctx, row.ID, 0)
			if err != nil {
				return nil, err
			}
			r = reckoned{row.Entries, account.FactsOf(row.ID, recs, now)}
		}
		fresh[row.ID] = r
		out = append(out, r.facts)
	}
	l.kept = fresh
	slices.SortStableFunc(out, func(a, b account.Facts) int { return cmp.Compare(a.Declared, b.Declared) })
	return out, nil
}

// MetricsInput says which incidents to count.
type MetricsInput struct {
	Months  int    `json:"months"`  // declared in so many months up to now; 0 = ever
	Service string `json:"service"` // empty = all
}

// MetricsView is what many incidents come to. Times are ms UTC, lengths ms.
type MetricsView struct {
	From        int64           `json:"from"` // 0 = ever
	To          int64           `json:"to"`
	Service     string          `json:"service"`
	Services    []string        `json:"services"` // that incidents name
	Live        FiguresView     `json:"live"`     // recorded while they ran
	Backfills   FiguresView     `json:"backfills"`
	Drills      int             `json:"drills"`    // left out
	Aside       int             `json:"aside"`     // left out: duplicates, and what was merged into another one
	Available   []AvailableView `json:"available"` // by service
	AvailableAs string          `json:"availableAs"`
	Loads       []BurdenView    `json:"loads"`   // by person
	Lacking     []LackView      `json:"lacking"` // times to give, each once
}

// FiguresView is what a set of incidents comes to.
type FiguresView struct {
	Incidents int          `json:"incidents"`
	Spans     []MetricView `json:"spans"`
	Kept      int          `json:"kept"` // promises
	Late      []LateView   `json:"late"` // promises that were not kept, the worst first
	InFive    int          `json:"inFive"`
	InFiveOf  int          `json:"inFiveOf"`
}

// MetricView is one kind of span: never one number alone.
type MetricView struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Definition string    `json:"definition"`
	N          int       `json:"n"`
	Median     int64     `json:"median"`
	P25        int64     `json:"p25"`
	P75        int64     `json:"p75"`
	Mean       int64     `json:"mean"`
	Least      int64     `json:"least"`
	Most       int64     `json:"most"`
	Guessed    int       `json:"guessed"` // of n, those with a time that is a guess
	Missing    int       `json:"missing"` // incidents that lack a time for it
	Dots       []DotView `json:"dots"`
}

// DotView is one incident's span.
type DotView struct {
	Incident string `json:"incident"`
	Ref      string `json:"ref"`
	Title    string `json:"title"`
	At       int64  `json:"at"`
	Span     int64  `json:"span"`
	Guessed  bool   `json:"guessed"`
}

// LateView is a promise that was not kept.
type LateView struct {
	Incident string `json:"incident"`
	Ref      string `json:"ref"`
	Audience string `json:"audience"`
	Due      int64  `json:"due"`
	By       int64  `json:"by"`
}

// AvailableView is a service, month by month.
type AvailableView struct {
	Service string      `json:"service"` // empty = incidents that name none
	Months  []MonthView `json:"months"`
}

// MonthView is a month of a service.
type MonthView struct {
	Month     string `json:"month"` // 2026-03
	Share     int64  `json:"share"` // of it without an impact, in millionths
	Down      int64  `json:"down"`
	Incidents int    `json:"incidents"`
	Guessed   bool   `json:"guessed"`
}

// BurdenView is what a person bore.
type BurdenView struct {
	Person    string `json:"person"`
	Name      string `json:"name"`
	Incidents int    `json:"incidents"`
	Present   int64  `json:"present"`
	Night     int64  `json:"night"`
	Nights    int    `json:"nights"` // incidents that took any of the night
}

// LackView is a time that keeps an incident out of figures.
type LackView struct {
	Incident  string   `json:"incident"`
	Ref       string   `json:"ref"`
	Title     string   `json:"title"`
	Milestone string   `json:"milestone"`
	Stands    int64    `json:"stands"` // the time that lies the wrong way round; 0 = there is none
	Open      bool     `json:"open"`   // the incident runs
	Spans     []string `json:"spans"`  // the names of the figures that lack it
}

// Metrics counts incidents.
func (a *API) Metrics(in MetricsInput) (v MetricsView, err error) {
	defer guard(&err)
	_, v, err = a.counted(in)
	return v, err
}

// MetricsSheet is what is counted as a table, one row an incident.
func (a *API) MetricsSheet(in MetricsInput) (v ExportView, err error) {
	defer guard(&err)
	facts, _, err := a.counted(in)
	if err != nil {
		return v, err
	}
	var text strings.Builder
	err = exchange.WriteSheet(&text, facts)
	return ExportView{"metrics.csv", "text/csv", text.String(), []string{}, false}, err
}

// MetricsDocument is everything that Metrics answers, as a JSON document.
func (a *API) MetricsDocument(in MetricsInput) (v ExportView, err error) {
	defer guard(&err)
	_, m, err := a.counted(in)
	if err != nil {
		return v, err
	}
	text, err := json.MarshalIndent(m, "", "\t")
	return ExportView{"metrics.json", "application/json", string(text) + "\n", []string{}, false}, err
}

// counted answers with the incidents of a period and service too, drills among them.
func (a *API) counted(in MetricsInput) ([]account.Facts, MetricsView, error) {
	ctx, b, err := a.ready()
	if err != nil {
		return nil, MetricsView{}, err
	}
	if in.Months < 0 || in.Months > 1200 {
		return nil, MetricsView{}, fault.Input("months", "%d months cannot be counted", in.Months).WithHint("give 0, for ever, to 1200")
	}
	now := b.now()
	all, err := b.ledgers.Facts(ctx, b.store, now)
	if err != nil {
		return nil, MetricsView{}, err
	}
	var from int64
	if in.Months > 0 {
		from = time.UnixMilli(now).UTC().AddDate(0, -in.Months, 0).UnixMilli()
	}
	v := MetricsView{From: from, To: now, Service: in.Service, Services: services(all), AvailableAs: account.AvailabilityDefinition}
	chosen := account.Of(in.Service, all)
	m := account.MetricsOf(chosen, from, 0)
	within := slices.DeleteFunc(slices.Clone(chosen), func(f account.Facts) bool { return f.Declared == 0 || f.Declared < from })
	titles := map[incident.ID]string{}
	for _, f := range within {
		titles[f.ID] = f.Title
	}
	v.Live, v.Backfills, v.Drills, v.Aside = figuresView(m.Live, titles), figuresView(m.Backfills, titles), m.Drills, m.Aside
	v.Available = availableView(account.AvailabilityOf(chosen, from, 0, now))
	v.Loads = burdenView(account.LoadOf(chosen, from, 0))
	v.Lacking = lackView(within, titles, m.Live.Spans, m.Backfills.Spans)
	return within, v, nil
}

func services(all []account.Facts) []string {
	out := []string{}
	for _, f := range all {
		out = append(out, f.Services...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func figuresView(f account.Figures, titles map[incident.ID]string) FiguresView {
	v := FiguresView{Incidents: f.Incidents, Spans: []MetricView{}, Kept: f.Promises.Kept, Late: []LateView{}, InFive: f.InFive.Of, InFiveOf: f.InFive.All}
	for _, m := range f.Spans {
		s := m.Spread
		span := MetricView{m.ID, m.Name, m.Definition, s.N, s.Median, s.P25, s.P75, s.Mean, s.Least, s.Most, m.Guessed, len(m.Missing), []DotView{}}
		for _, d := range m.Dots {
			span.Dots = append(span.Dots, DotView{d.ID.String(), d.Ref, titles[d.ID], d.At, d.Span, d.Guessed})
		}
		v.Spans = append(v.Spans, span)
	}
	for _, o := range f.Overdue {
		v.Late = append(v.Late, LateView{o.ID.String(), o.Ref, o.Audience, o.Due, o.By})
	}
	return v
}

func availableView(list []account.Available) []AvailableView {
	out := []AvailableView{}
	for _, a := range list {
		v := AvailableView{a.Service, []MonthView{}}
		for _, m := range a.Months {
			v.Months = append(v.Months, MonthView{time.UnixMilli(m.Begin).UTC().Format("2006-01"), m.Share(), m.Down, m.Incidents, m.Guessed})
		}
		out = append(out, v)
	}
	return out
}

func burdenView(list []account.Load) []BurdenView {
	out := []BurdenView{}
	for _, l := range list {
		out = append(out, BurdenView{l.Person.String(), l.Name, l.Incidents, l.Present, l.Night, l.Nights})
	}
	return out
}

// lackView lists each time that is missing once, with all the figures that lack it.
func lackView(facts []account.Facts, titles map[incident.ID]string, metrics ...[]account.Metric) []LackView {
	times := map[incident.ID]map[incident.Milestone]incident.Stamp{}
	for _, f := range facts {
		times[f.ID] = f.Times
	}
	type key struct {
		id incident.ID
		m  incident.Milestone
	}
	at := map[key]int{}
	out := []LackView{}
	for _, m := range slices.Concat(metrics...) {
		for _, x := range m.Missing {
			if x.Open && (x.Lacks == incident.Mitigated || x.Lacks == incident.ResolvedAt) {
				continue // it has not come yet
			}
			k := key{x.ID, x.Lacks}
			i, ok := at[k]
			if !ok {
				i = len(out)
				at[k] = i
				out = append(out, LackView{x.ID.String(), x.Ref, titles[x.ID], string(x.Lacks), times[x.ID][x.Lacks].Time, x.Open, []string{}})
			}
			out[i].Spans = append(out[i].Spans, m.Name)
		}
	}
	slices.SortStableFunc(out, func(a, b LackView) int {
		if a.Open != b.Open {
			if a.Open {
				return 1
			}
			return -1
		}
		return 0
	})
	return out
}
