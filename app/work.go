package app

import (
	"cmp"
	"context"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// ChangeStartInput announces a change.
type ChangeStartInput struct {
	Incident string `json:"incident"`
	Thing    string `json:"thing"`
	Text     string `json:"text"`
	Person   string `json:"person"` // whose hands; empty = whoever sits here
	Undo     string `json:"undo"`
	Anyway   bool   `json:"anyway"` // beside another change of the same thing
}

// OutcomeInput says what a change or a decision came to.
type OutcomeInput struct {
	Incident string `json:"incident"`
	Subject  string `json:"subject"` // the change or the decision
	Outcome  string `json:"outcome"` // better, same or worse; of a change also undone
	Text     string `json:"text"`
}

// ExpectInput says by which sign a decision will be known to have worked.
type ExpectInput struct {
	Incident   string `json:"incident"`
	Decision   string `json:"decision"` // empty = the latest
	Objections string `json:"objections"`
	Expect     string `json:"expect"`
	Minutes    int    `json:"minutes"` // in which to look, from now; 0 = no time
}

// EvidenceInput says how a hypothesis stands.
type EvidenceInput struct {
	Incident   string `json:"incident"`
	Hypothesis string `json:"hypothesis"`
	State      string `json:"state"` // open, ruled-out or confirmed
	Sort       string `json:"sort"`  // change, metric, log or empty
	Text       string `json:"text"`
}

// TeamInput says to whom a person reports.
type TeamInput struct {
	Incident string `json:"incident"`
	Person   string `json:"person"`
	Lead     string `json:"lead"` // empty = the commander
}

// ChangeView is a change in flight.
type ChangeView struct {
	ID    string `json:"id"`
	Thing string `json:"thing"`
	Text  string `json:"text"`
	By    string `json:"by"`
	Undo  string `json:"undo"`
	At    int64  `json:"at"`
}

// DecisionView is a decision that is to be looked at.
type DecisionView struct {
	ID         string `json:"id"`
	Text       string `json:"text"`
	At         int64  `json:"at"`
	Objections string `json:"objections"`
	Expect     string `json:"expect"`
	Check      int64  `json:"check"`
	Look       string `json:"look"`
}

// HypothesisView is an idea and how it stands.
type HypothesisView struct {
	ID       string         `json:"id"`
	Text     string         `json:"text"`
	At       int64          `json:"at"`
	State    string         `json:"state"` // open, ruled-out, confirmed
	Evidence []EvidenceView `json:"evidence"`
}

// EvidenceView is a word on a hypothesis.
type EvidenceView struct {
	Sort string `json:"sort"` // change, metric, log or empty
	Text string `json:"text"`
	At   int64  `json:"at"`
	By   string `json:"by"`
}

// TeamView is a lead, and who reports to them.
type TeamView struct {
	Lead    PersonView   `json:"lead"`
	Members []PersonView `json:"members"`
}

// WorkView is what is being done and thought, beside the actions.
type WorkView struct {
	Changes    []ChangeView     `json:"changes"`    // in flight, the oldest first
	Decisions  []DecisionView   `json:"decisions"`  // to be looked at, the earliest first
	Hypotheses []HypothesisView `json:"hypotheses"` // open ones first
	Teams      []TeamView       `json:"teams"`
	Reports    []PersonView     `json:"reports"` // who reports to the commander
}

func workView(s *incident.State, ds []cadence.Deadline, now int64) WorkView {
	v := WorkView{Changes: []ChangeView{}, Decisions: []DecisionView{}, Hypotheses: []HypothesisView{}, Teams: []TeamView{}, Reports: []PersonView{}}
	for _, c := range s.InFlight() {
		v.Changes = append(v.Changes, ChangeView{c.ID.String(), c.Thing, cmp.Or(c.Text, incident.Gone), s.Name(c.By), c.Undo, c.At})
	}
	for _, d := range s.Unchecked() {
		v.Decisions = append(v.Decisions, DecisionView{d.ID.String(), cmp.Or(d.Text, incident.Gone), d.At, d.Objections, d.Expect, d.Check, lookOf(deadline(ds, cadence.Check, d.ID.String()), now)})
	}
	for _, open := range []bool{true, false} {
		for _, h := range s.Hypotheses {
			if (h.State == incident.HypothesisOpen) != open {
				continue
			}
			hv := HypothesisView{ID: h.ID.String(), Text: cmp.Or(h.Text, incident.Gone), At: h.At, State: h.State, Evidence: []EvidenceView{}}
			for _, e := range h.Evidence {
				hv.Evidence = append(hv.Evidence, EvidenceView{e.Sort, e.Text, e.At, s.Name(e.By)})
			}
			v.Hypotheses = append(v.Hypotheses, hv)
		}
	}
	person := func(id incident.ID) PersonView { return PersonView{id.String(), s.Name(id)} }
	for _, p := range s.Reports() {
		v.Reports = append(v.Reports, person(p))
		t := TeamView{Lead: person(p), Members: []PersonView{}}
		for _, m := range s.Team(p) {
			t.Members = append(t.Members, person(m))
		}
		if len(t.Members) > 0 {
			v.Teams = append(v.Teams, t)
		}
	}
	return v
}

// StartChange announces a change. Beside another one on the same thing it is refused with
// the field "anyway", before anybody hears of it.
func (a *API) StartChange(in ChangeStartInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		p, err := b.person(ctx, id, in.Person)
		return &incident.StartChange{Thing: in.Thing, Text: in.Text, By: p, Undo: in.Undo, Anyway: in.Anyway}, err
	})
}

// EndChange says what came of a change.
func (a *API) EndChange(in OutcomeInput) error {
	return a.order(in.Incident, "", 0, of(in.Subject, func(id incident.ID) incident.Command {
		return &incident.EndChange{Change: id, Outcome: in.Outcome, Text: in.Text}
	}))
}

// ExpectDecision says what a decision is expected to do, and by when.
func (a *API) ExpectDecision(in ExpectInput) error {
	return a.order(in.Incident, "", 0, of(in.Decision, func(id incident.ID) incident.Command {
		return &incident.ExpectDecision{Decision: id, Expectation: incident.Expectation{Objections: in.Objections, Expect: in.Expect, Minutes: in.Minutes}}
	}))
}

// CheckDecision says what a decision came to.
func (a *API) CheckDecision(in OutcomeInput) error {
	return a.order(in.Incident, "", 0, of(in.Subject, func(id incident.ID) incident.Command {
		return &incident.CheckDecision{Decision: id, Outcome: in.Outcome, Text: in.Text}
	}))
}

// StateHypothesis writes down an idea.
func (a *API) StateHypothesis(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.StateHypothesis{Text: in.Text}))
}

// JudgeHypothesis says how one stands.
func (a *API) JudgeHypothesis(in EvidenceInput) error {
	return a.order(in.Incident, "", 0, of(in.Hypothesis, func(id incident.ID) incident.Command {
		return &incident.JudgeHypothesis{Hypothesis: id, State: in.State, Sort: in.Sort, Text: in.Text}
	}))
}

// ReadBack notes that an action's owner has repeated it.
func (a *API) ReadBack(in TextInput) error {
	return a.order(in.Incident, "", 0, of(in.Subject, func(id incident.ID) incident.Command {
		return &incident.ReadBackAction{Action: id}
	}))
}

// JoinTeam says to whom the person of that name reports.
func (a *API) JoinTeam(in TeamInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		p, err := b.person(ctx, id, in.Person)
		if err != nil {
			return nil, err
		}
		if p.ID.IsZero() {
			return nil, fault.Input("person", "who?").WithHint("give a name")
		}
		lead, err := b.person(ctx, id, in.Lead)
		return &incident.JoinTeam{Person: p, Lead: lead}, err
	})
}
