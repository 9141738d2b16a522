package app

import (
	"context"

	"quarterdeck/internal/account"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// CostView is what an incident took. Minutes are person-minutes, amounts minor units.
type CostView struct {
	Currency string       `json:"currency"`
	Minutes  int64        `json:"minutes"`
	Amount   int64        `json:"amount"`
	Before   int64        `json:"before"`  // of Minutes, until it was resolved
	Present  int64        `json:"present"` // ms that people were there until then
	Lines    []EffortView `json:"lines"`   // all phases of the work, in their order
	Asks     []AskingView `json:"asks"`    // by person, as they were there; what belongs to nobody comes last
}

// EffortView is what one phase of the work took.
type EffortView struct {
	Phase   string `json:"phase"`
	Name    string `json:"name"`
	Source  string `json:"source"` // measured, inferred, asked, blank, or none where the record would tell
	Minutes int64  `json:"minutes"`
	Amount  int64  `json:"amount"`
	People  int    `json:"people"`
	After   bool   `json:"after"` // it comes after the incident is resolved
}

// AskingView is what to ask one person: at most five things at a time.
type AskingView struct {
	Person string      `json:"person"` // empty = whoever knows
	Name   string      `json:"name"`
	Blanks []BlankView `json:"blanks"`
	Later  int         `json:"later"` // blanks that are asked once these are filled
}

// BlankView is a question with answers of one tap.
type BlankView struct {
	Phase   string `json:"phase"`
	Name    string `json:"name"`
	Ask     string `json:"ask"`
	Minutes []int  `json:"minutes"`
}

// EffortInput says how long a part of the work took somebody.
type EffortInput struct {
	Incident string `json:"incident"`
	Phase    string `json:"phase"`
	Person   string `json:"person"` // empty = whoever sits here
	Minutes  int    `json:"minutes"`
}

// taps are as many questions as a person is asked at a time.
const taps = 5

// answers are the minutes that one tap gives, by phase of the work.
var answers = map[string][]int{"leaving": {0, 5, 10, 15}, "refocusing": {0, 10, 25, 45}}

var usualAnswers = []int{0, 15, 30, 60, 120}

// Cost counts what an incident took, anew from its record.
func (a *API) Cost(id string) (v CostView, err error) {
	defer guard(&err)
	ctx, b, inc, err := a.about(id)
	if err != nil {
		return v, err
	}
	err = b.cockpit.View(ctx, inc, func(l *cockpit.Live) error {
		recs, err := b.store.Records(ctx, inc, 0)
		if err != nil {
			return err
		}
		v = costView(account.LedgerOf(inc, recs, l.Kit, b.now()))
		return nil
	})
	return v, err
}

// AnswerEffort fills a blank of the cost; a later answer takes the place of an earlier one.
func (a *API) AnswerEffort(in EffortInput) error {
	return a.order(in.Incident, "", 0, func(_ context.Context, b *Backend, _ incident.ID) (incident.Command, error) {
		p, err := b.me()
		if err == nil && in.Person != "" {
			p = incident.Person{}
			p.ID, err = incident.ParseID(in.Person)
		}
		return &incident.AnswerEffort{Phase: in.Phase, Person: p, Minutes: in.Minutes}, err
	})
}

func costView(l *account.Ledger) CostView {
	v := CostView{l.Currency, l.Minutes, l.Amount, l.Before, l.Present, []EffortView{}, []AskingView{}}
	for _, line := range l.Lines {
		source := string(line.Source)
		if line.Source == account.Blank && line.Phase.Asks == "" {
			source = "none" // the record would tell
		}
		v.Lines = append(v.Lines, EffortView{line.Phase.ID, line.Phase.Name, source, line.Minutes, line.Amount, line.People, line.Phase.After})
	}
	at := map[incident.ID]int{}
	var nobodys []account.Question
	for _, q := range l.Blanks {
		if q.Person.IsZero() {
			nobodys = append(nobodys, q)
			continue
		}
		i, ok := at[q.Person]
		if !ok {
			i = len(v.Asks)
			at[q.Person] = i
			v.Asks = append(v.Asks, AskingView{q.Person.String(), q.Name, []BlankView{}, 0})
		}
		v.Asks[i].ask(q)
	}
	if len(nobodys) > 0 {
		rest := AskingView{Blanks: []BlankView{}}
		for _, q := range nobodys {
			rest.ask(q)
		}
		v.Asks = append(v.Asks, rest)
	}
	return v
}

func (v *AskingView) ask(q account.Question) {
	if len(v.Blanks) == taps {
		v.Later++
		return
	}
	minutes := answers[q.Phase.ID]
	if minutes == nil {
		minutes = usualAnswers
	}
	v.Blanks = append(v.Blanks, BlankView{q.Phase.ID, q.Phase.Name, q.Phase.Asks, minutes})
}
