package main

import (
	"errors"

	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
)

// rowView is an incident in a list.
type rowView struct {
	ID          string  `json:"id"`
	Ref         string  `json:"ref"`
	Title       string  `json:"title"`
	Type        string  `json:"type"`
	Severity    string  `json:"severity"`
	Provisional bool    `json:"provisional"`
	Phase       string  `json:"phase"`
	Open        bool    `json:"open"`
	Into        string  `json:"into,omitempty"` // the incident in which it goes on
	Commander   string  `json:"commander"`
	Security    bool    `json:"security"`
	Backfill    bool    `json:"backfill"`
	Declared    string  `json:"declared"`
	Resolved    *string `json:"resolved"`
	Records     int     `json:"records"`
	Ringing     *bool   `json:"ringing,omitempty"`
}

func list(s *session) *cobra.Command {
	var open bool
	c := &cobra.Command{Use: "list", Short: "the incidents: open ones first, then the latest", Args: takes(0, 0)}
	c.Flags().BoolVar(&open, "open", false, "only those that are not resolved")
	return s.reads(c, func([]string) error {
		out, err := s.list(open)
		if err != nil {
			return err
		}
		if s.json {
			return s.print(out)
		}
		if len(out) == 0 {
			s.say("%s", map[bool]string{true: "no incident is open", false: "no incident here yet"}[open && s.store != nil])
		}
		var quiet *bool
		for _, v := range out {
			s.listed(v)
			if v.Ringing != nil && !*v.Ringing {
				quiet = v.Ringing
			}
		}
		s.sayRinging(quiet)
		return nil
	})
}

func (s *session) list(open bool) ([]rowView, error) {
	out := []rowView{}
	if err := s.read(); errors.Is(err, errNone) {
		return out, nil
	} else if err != nil {
		return out, err
	}
	var rows []incident.Row
	var err error
	if open {
		rows, err = s.store.Open(s.ctx)
	} else {
		rows, err = s.store.Rows(s.ctx, -1)
	}
	if err != nil {
		return out, err
	}
	if !open {
		cockpit.Distinguish(rows)
	}
	for _, r := range rows {
		v := rowView{ID: r.ID.String(), Ref: r.Ref, Title: r.Title, Type: r.Type, Severity: r.Severity, Provisional: r.Provisional,
			Phase: string(r.Phase), Open: r.Open(), Into: r.Into, Commander: r.Commander, Security: r.Security, Backfill: r.Backfill,
			Declared: stamp(r.Declared), Resolved: maybe(r.Ended), Records: r.Entries}
		if open { // one that is over may share it
			if v.Ref, err = s.label(r); err != nil {
				return out, err
			}
		}
		if v.Open {
			err := s.cockpit.View(s.ctx, r.ID, func(l *cockpit.Live) error {
				v.Ringing = s.ringing(l)
				return nil
			})
			if err != nil {
				return out, err
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// listed puts an incident of a list out for people.
func (s *session) listed(v rowView) {
	sev := v.Severity
	if v.Provisional {
		sev += "?"
	}
	label := pad(flat(v.Ref), 9) + " " + pad(flat(sev), 5) + " " + pad(v.Phase, 11) + " " + wholeSecond(v.Declared)
	title := flat(v.Title)
	if v.Open && v.Commander != "" {
		title += " (" + flat(v.Commander) + ")"
	}
	s.block(label, 50, title)
}
