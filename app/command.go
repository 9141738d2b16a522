package app

import (
	"cmp"
	"context"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/exchange"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Check is a word on a checklist item.
func (a *API) Check(in CheckInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.CheckItem{Item: in.Subject, State: in.State, Text: in.Text}))
}

// LeaveList gives up what is open of a checklist, for a reason.
func (a *API) LeaveList(in CheckInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.LeaveList{List: in.Subject, Reason: in.Text}))
}

// JudgeExit is a word on an exit criterion.
func (a *API) JudgeExit(in CheckInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.JudgeExit{Criterion: in.Subject, State: in.State, Text: in.Text}))
}

// AssignRole gives a role to the person of that name, or releases it.
func (a *API) AssignRole(in RoleInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		p, err := b.person(ctx, id, in.Person)
		if err != nil || p.ID.IsZero() {
			return &incident.ReleaseRole{Role: in.Role}, err
		}
		k := b.inForce().Kit
		shift := b.rota.OnDutyFor(func(lane string) bool { return kitRole(k, lane) == in.Role }, p.Name)
		return &incident.AssignRole{Role: in.Role, Person: p, Shift: shift}, nil
	})
}

// SetSeverity judges the severity.
func (a *API) SetSeverity(in ChangeInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.SetSeverity{Severity: in.To, Reason: in.Reason}))
}

// MovePhase moves the incident to a phase.
func (a *API) MovePhase(in ChangeInput) error {
	d := &incident.MovePhase{Phase: incident.Phase(in.To), Reason: in.Reason}
	for _, w := range in.Waivers {
		d.Waivers = append(d.Waivers, incident.Waiver(w))
	}
	return a.order(in.Incident, "", 0, plainly(d))
}

// SetSituation sets the impact, the goal or the believed cause.
func (a *API) SetSituation(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.SetSituation{Field: in.Subject, Text: in.Text}))
}

// EndAction gives an action more time, or ends it.
func (a *API) EndAction(in ActionInput) error {
	return a.order(in.Incident, "", 0, func(context.Context, *Backend, incident.ID) (incident.Command, error) {
		id, err := incident.ParseID(in.Action)
		if in.Minutes > 0 {
			return &incident.ExtendAction{Action: id, Minutes: in.Minutes}, err
		}
		return &incident.CloseAction{Action: id, Dropped: in.Dropped, Result: in.Result}, err
	})
}

// Answer answers a question.
func (a *API) Answer(in TextInput) error {
	return a.order(in.Incident, "", 0, of(in.Subject, func(id incident.ID) incident.Command {
		return &incident.AnswerQuestion{Question: id, Text: in.Text}
	}))
}

// SetMilestone gives a milestone its time.
func (a *API) SetMilestone(in TimeInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.SetMilestone{Milestone: incident.Milestone(in.Subject), Time: in.Time, Approx: in.Approx}))
}

// PlanRetro books the retrospective with the person named in Text.
func (a *API) PlanRetro(in TimeInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		p, err := b.cockpit.Person(ctx, id, in.Text)
		return &incident.PlanRetro{Owner: p, Time: in.Time}, err
	})
}

// MovePromise gives an audience another time without news.
func (a *API) MovePromise(in TimeInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.MovePromise{Audience: in.Subject, Next: in.Time, Reason: in.Text}))
}

// Snooze silences a deadline.
func (a *API) Snooze(in SnoozeInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.Snooze{Deadline: in.Deadline, Minutes: in.Minutes}))
}

// ExplainSnooze gives the reason afterwards.
func (a *API) ExplainSnooze(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.ExplainSnooze{Deadline: in.Subject, Text: in.Text}))
}

// Amend corrects a record's text, its time or both.
func (a *API) Amend(in TimeInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		r, err := b.record(ctx, id, in.Subject)
		c := &incident.Amend{Record: r}
		if in.Text != "" {
			c.Text = &in.Text
		}
		if in.Time != 0 {
			c.Time = &in.Time
		}
		return c, err
	})
}

// record finds a record of an incident.
func (b *Backend) record(ctx context.Context, id incident.ID, text string) (incident.Record, error) {
	rec, err := incident.ParseID(text)
	if err != nil {
		return incident.Record{}, err
	}
	r, err := b.store.Record(ctx, rec)
	if err == nil && r.Incident != id {
		err = fault.New(fault.NotFound, "that record belongs to another incident")
	}
	return r, err
}

// ParseLine says how a line would be read.
func (a *API) ParseLine(in LogInput) (v ParseView, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	id, err := incident.ParseID(in.Incident)
	if err != nil {
		return v, err
	}
	actor := cmp.Or(in.As, b.named())
	l, problem, err := b.parse(ctx, id, actor, in.Text)
	if err != nil {
		return v, err
	}
	v = ParseView{string(l.Kind), l.Text, l.Basis, l.Tradeoff, l.Owner, l.Minutes, l.At, l.Approx, append([]string{}, l.Words...), nil, exchange.ChatLines(in.Text)}
	problem = cmp.Or(l.Check(), problem)
	if problem == nil && l.Kind == incident.LineCommand {
		_, problem = b.spoken(ctx, id, l.Words)
	}
	if problem != nil {
		f := faultView(problem)
		v.Fault = &f
	}
	return v, nil
}

func (b *Backend) parse(ctx context.Context, id incident.ID, actor, text string) (l incident.Line, problem, err error) {
	var names []string
	if !id.IsZero() {
		err = b.cockpit.View(ctx, id, func(v *cockpit.Live) error { names = v.State.Names(); return nil })
	}
	l, problem = ReadLine(text, b.now(), b.zone(), actor, names, b.rota.People())
	return l, problem, err
}

// Log records a line as typed, or carries out the command in it.
func (a *API) Log(in LogInput) (err error) {
	defer guard(&err)
	ctx, b, id, err := a.about(in.Incident)
	if err != nil {
		return err
	}
	rec, err := incident.ParseID(in.ID)
	if err != nil {
		return err
	}
	actor, err := b.me()
	if err == nil && in.As != "" {
		actor, err = b.cockpit.Person(ctx, id, in.As)
	}
	if err != nil {
		return err
	}
	o, err := b.line(ctx, id, actor, in.Text)
	if err != nil {
		return err
	}
	o.ID = rec
	return b.do(ctx, o)
}
