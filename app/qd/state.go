package main

import (
	"fmt"
	"slices"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// viewOf shapes an incident.
func viewOf(l *cockpit.Live) *incidentView {
	st, d := l.State, l.State.Declared
	v := &incidentView{
		ID: st.ID.String(), Ref: d.Ref, Title: d.Title, Severity: st.Severity, Phase: string(st.Phase), Drill: d.Drill,
		Commander: st.Name(st.Command.Holder), Type: d.Type, Provisional: st.Provisional, Security: d.Security, Backfill: d.Backfill,
		Since: stamp(st.PhaseSince), Term: st.Command.Term, Impact: st.Situation["impact"].Text, Goal: st.Situation["goal"].Text,
		Cause: st.Situation["cause"].Text, URL: st.Channel.Link, FollowUps: len(st.FollowUps), Records: st.Entries,
		Roles: []roleView{}, Promises: []promiseView{}, Approximate: []incident.Milestone{}, Unfilled: []string{}, Actions: []actionView{},
		Questions: []questionView{}, Checklist: []itemView{}, Criteria: []itemView{}, Audiences: []audienceView{},
		Milestones: map[incident.Milestone]*string{},
		Details: detailView{d.Summary, d.Source, d.Reporter, d.Thread, d.Video, names(d.Environments), names(d.Regions),
			names(d.Services), names(d.Invited)},
	}
	for _, m := range incident.Milestones {
		v.Milestones[m] = maybe(st.Times[m].Time)
		if st.Times[m].Approx {
			v.Approximate = append(v.Approximate, m)
		}
	}
	v.staff(st, l.Kit)
	v.work(st, l.Kit)
	for _, due := range cadence.Deadlines(st, l.Kit) {
		if due.Kind == cadence.Promise {
			v.Promises = append(v.Promises, promiseView{due.Subject, stamp(due.Due), due.First, due.Due})
		}
	}
	for _, a := range l.Kit.Audiences {
		if t := st.Audiences[a.ID]; t.Told > 0 {
			v.Audiences = append(v.Audiences, audienceView{a.ID, t.Told, stamp(t.At), string(t.State), t.Text})
		}
	}
	if st.Retro != nil {
		v.Retro = &retroView{st.Name(st.Retro.Owner), stamp(st.Retro.Time)}
	}
	return v
}

// names is a list that is never null.
func names(list []string) []string { return append([]string{}, list...) }

// staff is who does what, and what nobody does.
func (v *incidentView) staff(st *incident.State, k *kit.Kit) {
	var required []string
	if level := k.Severity(st.Severity); level != nil {
		required = level.Required
	}
	for _, r := range st.RoleList(k) {
		h := st.Holder(r.ID)
		switch {
		case !h.Person.IsZero():
			v.Roles = append(v.Roles, roleView{r.ID, r.Name, st.Name(h.Person), stamp(h.Since)})
		case slices.Contains(required, r.ID):
			v.Unfilled = append(v.Unfilled, r.ID)
		}
	}
}

// work is what is open, and what the phase and the exit ask for.
func (v *incidentView) work(st *incident.State, k *kit.Kit) {
	for _, a := range st.OpenActions() {
		v.Actions = append(v.Actions, actionView{a.ID.String(), st.Name(a.Owner), a.Text, maybe(a.Due), maybe(a.ReadBack), a.Due})
	}
	v.Changes, v.Decisions, v.Hypotheses = []changeView{}, []decisionView{}, hypotheses(st)
	for _, c := range st.InFlight() {
		v.Changes = append(v.Changes, changeView{c.ID.String(), c.Thing, c.Text, st.Name(c.By), c.Undo, stamp(c.At)})
	}
	for _, d := range st.Unchecked() {
		v.Decisions = append(v.Decisions, decisionView{d.ID.String(), d.Text, d.Expect, stamp(d.Check), d.Check})
	}
	for _, q := range st.OpenQuestions() {
		v.Questions = append(v.Questions, questionView{q.ID.String(), q.Text, stamp(q.At)})
	}
	for _, it := range st.Items(k, k.Checklist(string(st.Phase))) {
		v.Checklist = append(v.Checklist, itemView{it.ID, it.Item.Text, it.State, it.Text})
	}
	v.Playbooks, v.Measures, v.Links = []runningView{}, []measureView{}, []linkView{}
	for _, p := range st.Playbooks {
		for _, l := range st.Running(k) {
			if l.ID != p.ID.String() {
				continue
			}
			r := runningView{p.Book, p.Name, []itemView{}}
			for i, it := range st.Items(k, l) {
				r.Steps = append(r.Steps, itemView{fmt.Sprintf("%s/%d", p.Book, i+1), it.Item.Text, it.State, it.Text})
			}
			v.Playbooks = append(v.Playbooks, r)
		}
	}
	for _, m := range st.Standing() {
		v.Measures = append(v.Measures, measureView{m.ID.String(), m.Text, st.Name(m.Owner), stamp(m.At), stamp(m.Ends), nil, ""})
	}
	for _, t := range st.Ties {
		v.Links = append(v.Links, linkView{t.Other.String(), t.Ref, t.How, compose.Tie(t)})
	}
	if t := st.Aside(); t != nil {
		v.Into = t.Ref
	}
	for _, c := range st.Gate(k).Criteria {
		v.Criteria = append(v.Criteria, itemView{c.ID, c.Text, c.State, c.Word})
	}
}
