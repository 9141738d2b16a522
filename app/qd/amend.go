package main

import (
	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

func amend(s *session) *cobra.Command {
	var ref, text string
	var at instant
	c := &cobra.Command{Use: "amend RECORD", Short: "correct the text or the time of a record; its history is kept", Args: takes(1, 1),
		Example: "  qd amend 3f9a2c1d --text 'it was the second replica'"}
	f := c.Flags()
	f.StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	f.Var(&at, "at", "when it happened")
	f.StringVar(&text, "text", "", "the corrected `TEXT`")
	return s.writes(c, func(args []string) error {
		fix := &incident.Amend{}
		if f.Changed("text") {
			t, err := s.text(text)
			if err != nil {
				return err
			}
			fix.Text = &t
		}
		if at != 0 {
			ms := int64(at)
			fix.Time = &ms
		}
		return s.correct(ref, args[0], func(r incident.Record) incident.Command {
			fix.Record = r
			return fix
		})
	})
}

func undo(s *session) *cobra.Command {
	var ref string
	c := &cobra.Command{Use: "undo RECORD", Short: "take back what a record did; the record stays", Args: takes(1, 1)}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	return s.writes(c, func(args []string) error {
		return s.correct(ref, args[0], func(r incident.Record) incident.Command { return &incident.Undo{Record: r} })
	})
}

// correct carries out a correction of a record, and shows that record as it now stands.
func (s *session) correct(ref, text string, prepare func(incident.Record) incident.Command) error {
	if err := s.read(); err != nil {
		return err
	}
	r, err := s.record(ref, text)
	if err != nil {
		return err
	}
	w, err := s.order(r.Incident.String(), 0, func(incident.ID) (incident.Command, error) { return prepare(r), nil })
	if err != nil {
		return err
	}
	err = s.cockpit.ViewTimeline(s.ctx, r.Incident, func(l *cockpit.Live) error {
		w.recordView = recordOf(l.Timeline.Entry(r.ID), l)
		return nil
	})
	if err != nil {
		return err
	}
	return s.confirm(w)
}
