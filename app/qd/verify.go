package main

import (
	"errors"

	"github.com/spf13/cobra"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// verdict is what a check of the record has found.
type verdict struct {
	OK        bool    `json:"ok"`
	Incidents int     `json:"incidents"`
	Records   int     `json:"records"`
	FirstBad  *string `json:"first_bad"` // id of a record
	Reason    string  `json:"reason,omitempty"`
}

func verify(s *session) *cobra.Command {
	c := &cobra.Command{Use: "verify [REF]", Short: "prove that the record is as it was written", Args: takes(0, 1),
		Long: "Without REF, every incident is looked at."}
	return s.reads(c, func(args []string) error {
		ids, err := s.subjects(args)
		if err != nil {
			return err
		}
		v := verdict{OK: true, Incidents: len(ids)}
		for _, id := range ids {
			recs, err := s.store.Records(s.ctx, id, 0)
			if err != nil {
				return err
			}
			v.Records += len(recs)
			if ok, bad, why := incident.Verify(recs); !ok && v.OK {
				first := bad.String()
				v.OK, v.FirstBad, v.Reason = false, &first, why
			}
		}
		if s.json {
			if err := s.print(v); err != nil {
				return err
			}
		}
		if !v.OK {
			return fault.New(fault.Refused, "the record is not as it was written: %s: %s", *v.FirstBad, v.Reason).
				WithHint("keep the file; compare with an export or a copy of it")
		}
		if !s.json {
			s.say("the record is as it was written: %s, %s", count(v.Incidents, "incident"), count(v.Records, "record"))
		}
		return nil
	})
}

// subjects are the incidents that a command is about: the one named, else all.
func (s *session) subjects(args []string) ([]incident.ID, error) {
	err := s.read()
	if len(args) == 0 && errors.Is(err, errNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return s.store.Incidents(s.ctx)
	}
	row, err := s.find(args[0])
	return []incident.ID{row.ID}, err
}

func rebuild(s *session) *cobra.Command {
	c := &cobra.Command{Use: "rebuild", Short: "make the lists and the search index anew from the log", Args: takes(0, 0)}
	return s.reads(c, func([]string) error {
		if err := s.read(); err != nil {
			return err
		}
		if err := s.store.Rebuild(s.ctx); err != nil {
			return err
		}
		ids, err := s.store.Incidents(s.ctx)
		if err != nil {
			return err
		}
		if s.json {
			return s.print(struct {
				Incidents int `json:"incidents"`
			}{len(ids)})
		}
		s.say("made anew from the log: %s", count(len(ids), "incident"))
		return nil
	})
}
