package main

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/workspace"
)

func declare(s *session) *cobra.Command {
	var d incident.Declared
	var severity, commander, responder, template, name string
	var started, detected, declared instant
	c := &cobra.Command{
		Use: "declare --title T", Short: "open an incident", Args: takes(0, 0),
		Example: "  qd declare --title 'Checkout fails for a third of customers' --severity SEV1",
	}
	f := c.Flags()
	f.StringVar(&d.Title, "title", "", "`TITLE`: what is wrong, as those who feel it would say")
	f.StringVar(&severity, "severity", "", "`SEV`: SEV1 (worst) to SEV5 (default: provisional "+incident.ProvisionalSeverity+", until somebody judges)")
	f.StringVar(&d.Summary, "summary", "", "`TEXT` that says more than the title")
	f.StringVar(&d.Impact, "impact", "", "`TEXT`: who cannot do what")
	f.StringArrayVar(&d.Environments, "environment", nil, "where: an `ENVIRONMENT`; may be repeated")
	f.StringArrayVar(&d.Regions, "region", nil, "where: a `REGION`; may be repeated")
	f.StringArrayVar(&d.Services, "service", nil, "a `SERVICE` that is affected; may be repeated")
	f.StringVar(&d.Source, "source", "", "`SOURCE`: alert, user or noticed")
	f.StringVar(&d.Reporter, "reporter", "", "the `PERSON` who reported it")
	f.StringVar(&d.Thread, "thread", "", "`URL` of the thread in which it was reported")
	f.StringVar(&d.Video, "video", "", "`URL` of the video call")
	f.Var(&started, "started-at", "when the impact started")
	f.Var(&detected, "detected-at", "when it was first seen")
	f.Var(&declared, "declared-at", "when it was declared, if not now")
	f.StringVar(&commander, "commander", "", "the `PERSON` in command (default: you)")
	f.StringVar(&responder, "responder", "", "the `PERSON` who leads the repair")
	f.StringArrayVar(&d.Invited, "invite", nil, "a `PERSON` to invite; may be repeated")
	f.StringVar(&d.Type, "type", "", "`TYPE`: service, security or people (default: service)")
	f.BoolVar(&d.Security, "security", false, "nothing of it is shown outside")
	f.StringVar(&template, "template", "", "begin with the kit's template `ID`; what is given besides takes the place of its words")
	f.StringVar(&name, "channel", "", "`NAME` of its channel, as it is or with {name}, {ref}, {date}, {time} and {2jan2006} (default: as the route says)")
	f.Bool("no-wait", false, "do not wait until its channel is open")
	f.BoolVar(&d.Backfill, "backfill", false, "entered after the fact: nothing is due")
	return s.writes(c, func([]string) (err error) {
		if !f.Changed("title") {
			return wrong("title", c.UseLine(), "--title is missing")
		}
		if err := s.found(); err != nil {
			return err
		}
		if err := app.Shaped(name); err != nil {
			return err
		}
		if severity != "" {
			d.Severity = app.Level(severity)
		}
		if template != "" {
			t, err := draft(s.cockpit.Kit(), template)
			if err != nil {
				return err
			}
			d.Begin(t)
		}
		d.Started, d.Detected = int64(started), int64(detected)
		order := incident.Declare{Declared: d}
		actor, err := s.actor(incident.ID{})
		if err != nil {
			return err
		}
		if order.Commander, err = s.person(incident.ID{}, commander); err != nil {
			return err
		}
		if order.Responder, err = s.person(incident.ID{}, responder); err != nil {
			return err
		}
		id, err := s.cockpit.Declare(s.ctx, incident.ID{}, actor, int64(declared), order)
		if err != nil {
			return err
		}
		if err := s.outgoing.OpenChannel(s.ctx, cockpit.Order{Incident: id, Actor: actor}, name); err != nil {
			s.warn(err) // the incident is declared all the same
		} else if noWait, _ := f.GetBool("no-wait"); !noWait && !workspace.Held(s.data) {
			s.opening(id)
		}
		return s.look(id, s.brief)
	})
}

// draft finds a template of the kit.
func draft(k *kit.Kit, id string) (*kit.Draft, error) {
	t := k.Declaring.Draft(id)
	if t != nil {
		return t, nil
	}
	var ids []string
	for _, other := range k.Declaring.Drafts {
		ids = append(ids, other.ID)
	}
	return nil, fault.Input("template", "the kit has no template %.60q", id).WithHint("one of %s", cmp.Or(strings.Join(ids, ", "), "none: its declaring.yaml has no templates"))
}

// opening opens the channel of an incident where no cockpit is there to do it, and says
// what is still to be done.
func (s *session) opening(id incident.ID) {
	rows, err := s.store.Deliveries(s.ctx, id)
	if err == nil && len(rows) > 0 {
		rows, err = s.leave(rows)
	}
	if err != nil {
		s.warn(err) // the incident is declared all the same
	}
	s.pending(rows)
	if err := stuck(rows); err != nil {
		s.warn(err)
	}
}

// brief says in a few lines what an incident is.
func (s *session) brief(l *cockpit.Live, v *incidentView) {
	s.headline(v)
	s.block("Commander", labels, flat(v.Commander))
}
