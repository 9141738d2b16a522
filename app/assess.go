package app

import (
	"context"

	"quarterdeck/internal/assess"
	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// AssessInput is answers to the kit's questions, and the severity that is chosen.
type AssessInput struct {
	Incident   string        `json:"incident"`
	To         string        `json:"to"` // empty: what the answers propose
	Reason     string        `json:"reason"`
	Answered   bool          `json:"answered"` // whether the answers belong to the judgement
	Answers    []AnswerInput `json:"answers"`
	Likelihood int           `json:"likelihood"` // 1 to 5; 0 = not known
	Trend      string        `json:"trend"`
	Effect     string        `json:"effect"`
}

// AnswerInput is the answer to one question.
type AnswerInput struct {
	Criterion string `json:"criterion"`
	Value     int    `json:"value"` // 0 to 4; -1 = not known
}

// AssessView is what answers propose, and what would change with the severity chosen.
type AssessView struct {
	Score      int        `json:"score"`
	ByScore    int        `json:"byScore"` // the impact that the score gives; 0 = the kit proposes nothing
	Impact     int        `json:"impact"`  // after the floors
	Floor      string     `json:"floor"`   // why it was raised
	Likelihood int        `json:"likelihood"`
	Severity   string     `json:"severity"`
	Clamp      string     `json:"clamp"`
	Unknown    []string   `json:"unknown"` // questions that count as worse because nobody knows
	Flips      []FlipView `json:"flips"`
	Plan       PlanView   `json:"plan"`
}

// FlipView is one answer that alone would change what is proposed.
type FlipView struct {
	Criterion string `json:"criterion"` // likelihood for the last question
	Answer    int    `json:"answer"`
	Severity  string `json:"severity"`
}

// PlanView is what changes with the severity. Nobody is moved.
type PlanView struct {
	From      string            `json:"from"`
	To        string            `json:"to"`
	Lower     bool              `json:"lower"` // it needs a reason
	Promises  []PlanPromiseView `json:"promises"`
	Required  []string          `json:"required"` // names of roles that must be held from now on
	Released  []string          `json:"released"`
	More      []string          `json:"more"` // exit criteria
	Less      []string          `json:"less"`
	Effort    string            `json:"effort"`
	EffortWas string            `json:"effortWas"`
	Command   string            `json:"command"`
	Retro     string            `json:"retro"`
	RetroWas  string            `json:"retroWas"`
}

// PlanPromiseView is what one audience hears differently.
type PlanPromiseView struct {
	Audience string `json:"audience"` // its name
	Was      int64  `json:"was"`      // 0 = nothing was due
	Due      int64  `json:"due"`
	EveryWas int    `json:"everyWas"`
	Every    int    `json:"every"`
}

// AssessmentView is the last answers given, to begin the next ones with.
type AssessmentView struct {
	Answers    []AnswerInput `json:"answers"`
	Likelihood int           `json:"likelihood"`
	Trend      string        `json:"trend"`
	Effect     string        `json:"effect"`
	Proposed   string        `json:"proposed"`
}

func (in *AssessInput) assessment() *incident.Assessment {
	a := &incident.Assessment{Answers: []incident.Answer{}, Likelihood: in.Likelihood, Trend: in.Trend, Effect: in.Effect}
	for _, v := range in.Answers {
		a.Answers = append(a.Answers, incident.Answer(v))
	}
	return a
}

// Assess says what answers propose and what would change. Nothing is recorded.
func (a *API) Assess(in AssessInput) (v AssessView, err error) {
	defer guard(&err)
	ctx, b, id, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	now := b.now()
	err = b.cockpit.View(ctx, id, func(l *cockpit.Live) error {
		p := assess.Judge(l.Kit, in.assessment())
		v = AssessView{Score: p.Score, ByScore: p.ByScore, Impact: p.Impact, Floor: p.Floor, Likelihood: p.Likelihood, Severity: p.Severity, Clamp: p.Clamp, Unknown: append([]string{}, p.Unknown...), Flips: []FlipView{}}
		for _, f := range p.Flips {
			v.Flips = append(v.Flips, FlipView(f))
		}
		to := in.To
		if to == "" {
			to = p.Severity
		}
		v.Plan = planView(l.State, l.Kit, cadence.Replanned(l.State, l.Kit, to, now))
		v.Plan.Lower = l.Kit.Rank(to) > l.Kit.Rank(l.State.Severity) && !(in.Answered && l.State.Provisional)
		return nil
	})
	return v, err
}

// Judge sets the severity by answers, which are recorded with what they proposed.
func (a *API) Judge(in AssessInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		cmd := &incident.SetSeverity{Severity: in.To, Reason: in.Reason}
		if !in.Answered {
			return cmd, nil
		}
		err := b.cockpit.View(ctx, id, func(l *cockpit.Live) error {
			cmd.Assessment = assess.Answered(l.Kit, in.assessment())
			return nil
		})
		if cmd.Severity == "" {
			cmd.Severity = cmd.Assessment.Proposed
		}
		return cmd, err
	})
}

func planView(s *incident.State, k *kit.Kit, p cadence.Replan) PlanView {
	v := PlanView{From: p.From, To: p.To, Promises: []PlanPromiseView{}, Required: roleNames(k, p.Required), Released: roleNames(k, p.Released),
		More: exitTexts(p.More), Less: exitTexts(p.Less), Effort: p.Effort, EffortWas: p.EffortWas, Command: p.Command, Retro: p.Retro, RetroWas: p.RetroWas}
	for _, c := range p.Promises {
		if a := k.Audience(c.Audience); a != nil {
			v.Promises = append(v.Promises, PlanPromiseView{a.Name, c.Was, c.Due, c.EveryWas, c.Every})
		}
	}
	return v
}

func roleNames(k *kit.Kit, ids []string) []string {
	out := []string{}
	for _, id := range ids {
		if r := k.Role(id); r != nil {
			out = append(out, r.Name)
		}
	}
	return out
}

func exitTexts(list []kit.Exit) []string {
	out := []string{}
	for _, e := range list {
		out = append(out, e.Text)
	}
	return out
}

func assessmentView(a *incident.Assessment) *AssessmentView {
	if a == nil {
		return nil
	}
	v := &AssessmentView{Answers: []AnswerInput{}, Likelihood: a.Likelihood, Trend: a.Trend, Effect: a.Effect, Proposed: a.Proposed}
	for _, x := range a.Answers {
		v.Answers = append(v.Answers, AnswerInput(x))
	}
	return v
}

// DeclaringInput is what somebody sees.
type DeclaringInput struct {
	Signs []string `json:"signs"` // the kit's, by id
}

// DeclaringView says which rules call something an incident.
type DeclaringView struct {
	Matched []string `json:"matched"` // names of rules
	Enough  string   `json:"enough"`  // the sign that decides by itself; empty = none is seen
}

// Declaring says what the kit's rules make of the signs that somebody sees.
func (a *API) Declaring(in DeclaringInput) (v DeclaringView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return v, err
	}
	v.Matched = []string{}
	matched, enough := assess.Declaring(b.inForce().Kit, in.Signs)
	for _, r := range matched {
		v.Matched = append(v.Matched, r.Name)
	}
	v.Enough = enough
	return v, nil
}
