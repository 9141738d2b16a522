package main

import (
	"errors"
	"strconv"
	"strings"

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

	Files int        `json:"files,omitempty"` // attached, and looked at byte by byte
	Lost  []lostFile `json:"lost,omitempty"`  // of them, those that are missing or not what was attached
}

// lostFile is a file that is not what its record says.
type lostFile struct {
	Incident string `json:"incident"`
	Record   string `json:"record"`
	Name     string `json:"name"`
	Reason   string `json:"reason"`
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
			if err := s.verifyFiles(&v, id); err != nil {
				return err
			}
		}
		if s.json {
			if err := s.print(v); err != nil {
				return err
			}
		}
		if len(v.Lost) > 0 && (v.Reason == v.Lost[0].Reason) {
			return fault.New(fault.Refused, "the record is as it was written, but of %s %s", count(v.Files, "attached file"), lostWords(v.Lost)).
				WithHint("bring them back from a backup that qd backup wrote or from an export, or attach them again")
		}
		if !v.OK {
			return fault.New(fault.Refused, "the record is not as it was written: %s: %s", *v.FirstBad, v.Reason).
				WithHint("keep the file; compare with an export or a copy of it")
		}
		if !s.json {
			files := ""
			if v.Files > 0 {
				files = ", " + count(v.Files, "attached file")
			}
			s.say("the record is as it was written: %s, %s%s", count(v.Incidents, "incident"), count(v.Records, "record"), files)
		}
		return nil
	})
}

// verifyFiles reads every file that records of an incident name.
func (s *session) verifyFiles(v *verdict, id incident.ID) error {
	all, err := s.store.Files(s.ctx, id)
	if err != nil {
		return err
	}
	for _, f := range all {
		v.Files++
		_, err := s.store.File(f.Hash)
		if err == nil {
			continue
		}
		row, _ := s.find(id.String()) // its reference is only for people
		v.Lost = append(v.Lost, lostFile{row.Ref, f.Record.String(), f.Name, fault.Of(err).Message})
		if v.OK {
			first := f.Record.String()
			v.OK, v.FirstBad, v.Reason = false, &first, fault.Of(err).Message
		}
	}
	return nil
}

// lostWords names files that are lost, at most five.
func lostWords(lost []lostFile) string {
	var out []string
	for _, f := range lost[:min(len(lost), 5)] {
		out = append(out, flat(f.Name)+" in "+f.Incident+" ["+handle(f.Record)+"]: "+f.Reason)
	}
	if n := len(lost) - len(out); n > 0 {
		out = append(out, count(n, "more"))
	}
	verb := " are lost: "
	if len(lost) == 1 {
		verb = " is lost: "
	}
	return strconv.Itoa(len(lost)) + verb + strings.Join(out, "; ")
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
