package main

import (
	"slices"

	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// reads makes a command that changes nothing.
func (s *session) reads(c *cobra.Command, run func(args []string) error) *cobra.Command {
	c.RunE = func(_ *cobra.Command, args []string) error {
		s.began = true
		return run(args)
	}
	return c
}

// writes makes a command that writes, in somebody's name.
func (s *session) writes(c *cobra.Command, run func(args []string) error) *cobra.Command {
	c.Flags().StringVar(&s.as, "as", "", "`PERSON` who says it (default: you)")
	return s.reads(c, run)
}

// split takes the incident's reference off the front of arguments of which so many follow.
func split(args []string, follow int) (ref string, rest []string) {
	if len(args) > follow {
		return args[0], args[1:]
	}
	return "", args
}

// written is what an order has added: its own record, and what it leads to.
type written struct {
	recordView
	Incident string       `json:"incident"`
	Ref      string       `json:"ref"`
	Phase    string       `json:"phase"`
	Severity string       `json:"severity"`
	Records  []recordView `json:"records"` // everything that was written, in its order
	Ringing  *bool        `json:"ringing,omitempty"`
}

// order carries out a command on the incident that ref means. prepare makes the command.
func (s *session) order(ref string, at int64, prepare func(incident.ID) (incident.Command, error)) (written, error) {
	row, actor, err := s.ordering(ref)
	if err != nil {
		return written{}, err
	}
	cmd, err := prepare(row.ID)
	if err != nil {
		return written{}, err
	}
	return s.do(row, cockpit.Order{Incident: row.ID, Actor: actor, At: at, Command: cmd})
}

func (s *session) do(row incident.Row, o cockpit.Order) (written, error) {
	recs, err := s.cockpit.Do(s.ctx, o)
	if err != nil {
		return written{}, err
	}
	return s.wrote(row, recs)
}

// switched moves an audience to another route.
func (s *session) switched(row incident.Row, actor person, audience, to, reason string) (written, error) {
	recs, err := s.outgoing.Switch(s.ctx, cockpit.Order{Incident: row.ID, Actor: actor}, audience, to, reason)
	if err != nil {
		return written{}, err
	}
	return s.wrote(row, recs)
}

// wrote shows records that were written.
func (s *session) wrote(row incident.Row, recs []incident.Record) (written, error) {
	var err error
	w := written{Incident: row.ID.String()}
	if w.Ref, err = s.label(row); err != nil {
		return w, err
	}
	err = s.cockpit.View(s.ctx, row.ID, func(l *cockpit.Live) error {
		w.Phase, w.Severity, w.Ringing = string(l.State.Phase), l.State.Severity, s.ringing(l)
		t := incident.NewTimeline()
		t.Add(recs...)
		for i := range recs {
			w.Records = append(w.Records, recordOf(t.Entry(recs[i].ID), l))
		}
		return nil
	})
	w.recordView = own(w.Records)
	return w, err
}

// own is the record that an order is about: the last that a timeline shows.
func own(views []recordView) (v recordView) {
	for _, r := range views {
		if !r.Silent || v.Silent || v.ID == "" {
			v = r
		}
	}
	return v
}

// ordered carries out a command that needs no looking up, and shows what it did.
func (s *session) ordered(ref string, cmd incident.Command) error {
	w, err := s.order(ref, 0, func(incident.ID) (incident.Command, error) { return cmd, nil })
	if err != nil {
		return err
	}
	return s.confirm(w)
}

// confirm shows what an order has added.
func (s *session) confirm(w written) error {
	if s.json {
		return s.print(w)
	}
	rows := slices.DeleteFunc(slices.Clone(w.Records), func(r recordView) bool { return r.Silent })
	if len(rows) == 0 {
		rows = []recordView{w.recordView}
	}
	for _, r := range rows {
		r.Text = short(r.Text)
		s.row(r)
	}
	s.sayRinging(w.Ringing)
	return nil
}
