package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/workspace"
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
		return s.correct(ref, args[0], func(r incident.Record) (incident.Command, error) {
			fix.Record = r
			return fix, nil
		})
	})
}

func undo(s *session) *cobra.Command {
	var ref string
	c := &cobra.Command{Use: "undo RECORD", Short: "take back what a record did; the record stays", Args: takes(1, 1)}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	return s.writes(c, func(args []string) error {
		return s.correct(ref, args[0], func(r incident.Record) (incident.Command, error) {
			cmd := &incident.Undo{Record: r}
			err := s.cockpit.ViewTimeline(s.ctx, r.Incident, func(l *cockpit.Live) error {
				cmd.With = l.Timeline.Act(r.ID)
				return nil
			})
			return cmd, err
		})
	})
}

func redact(s *session) *cobra.Command {
	var ref, reason string
	c := &cobra.Command{Use: "redact RECORD --reason R", Short: "remove a record's words for good; what it did stays", Args: takes(1, 1),
		Long: "redact removes the words of a record, and of its corrections, from the\n" +
			"database, its search index and its drafts. What the record did stays with the\n" +
			"reason, and the chain still verifies. What has been exported, posted or backed\n" +
			"up before is not reached; copies that lie beside the database are named.",
		Example: "  qd redact 3f9a2c1d --reason 'a customer name'"}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	c.Flags().StringVar(&reason, "reason", "", "why; it stays in the record")
	return s.writes(c, func(args []string) error {
		var id incident.ID
		err := s.correct(ref, args[0], func(r incident.Record) (incident.Command, error) {
			id = r.ID
			return app.Redaction(s.ctx, s.cockpit, r, reason)
		})
		if err != nil {
			return err
		}
		if !workspace.Held(s.data) { // else the cockpit does it within seconds
			if err := s.store.Tidy(s.ctx); err != nil {
				return err
			}
		}
		left, err := s.store.Copies(s.ctx, id)
		for _, f := range left {
			fmt.Fprintf(s.stderr, "%s still holds the words; qd backup purge takes such backups away, and what was set aside is yours to remove\n", f)
		}
		return err
	})
}

// correct carries out a correction of a record, and shows that record as it now stands.
func (s *session) correct(ref, text string, prepare func(incident.Record) (incident.Command, error)) error {
	if err := s.read(); err != nil {
		return err
	}
	r, err := s.record(ref, text)
	if err != nil {
		return err
	}
	w, err := s.order(r.Incident.String(), 0, func(incident.ID) (incident.Command, error) { return prepare(r) })
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
