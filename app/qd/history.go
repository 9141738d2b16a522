package main

import (
	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
)

// versionView is what a record said from a time on.
type versionView struct {
	Record  string `json:"record"`
	Actor   string `json:"actor"`
	Written string `json:"written"`
	At      string `json:"at"`
	Text    string `json:"text"`
	Gone    string `json:"gone,omitempty"` // why its words were removed
	Undone  bool   `json:"undone,omitempty"`
}

func history(s *session) *cobra.Command {
	var ref string
	c := &cobra.Command{Use: "history RECORD", Short: "what a record said first, and each correction of it", Args: takes(1, 1),
		Example: "  qd history 3f9a2c1d"}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	return s.reads(c, func(args []string) error {
		if err := s.read(); err != nil {
			return err
		}
		r, err := s.record(ref, args[0])
		if err != nil {
			return err
		}
		out := []versionView{}
		err = s.cockpit.ViewTimeline(s.ctx, r.Incident, func(l *cockpit.Live) error {
			for _, v := range l.Timeline.History(r.ID) {
				out = append(out, versionView{v.Record.String(), l.State.Name(v.By), stamp(v.Written), stamp(v.At), v.Text, v.Gone, v.Undone})
			}
			return nil
		})
		if err != nil {
			return err
		}
		if s.json {
			return s.print(out)
		}
		for i, v := range out {
			said := "wrote: "
			if i > 0 {
				said = "corrected: "
			}
			text := v.Text
			if v.Gone != "" {
				text = "(redacted: " + v.Gone + ")"
			}
			if v.At != v.Written && v.At != out[max(0, i-1)].At || i == 0 && wholeSecond(v.At) != wholeSecond(v.Written) {
				text += " (at " + wholeSecond(v.At) + ")"
			}
			if v.Undone {
				text += " (taken back)"
			}
			s.block(wholeSecond(v.Written), 23, flat(v.Actor)+" "+said+text)
		}
		return nil
	})
}
