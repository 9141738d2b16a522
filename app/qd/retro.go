package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/incident"
)

// papers are the forms of a retrospective.
var papers = []string{"md", "html", "pdf"}

// lookBack is the command that books a retrospective, and that reads it when neither owner
// nor time is given.
func lookBack(s *session) *cobra.Command {
	var format, file string
	c := retro(s)
	book := c.RunE
	c.Use, c.Short, c.Args = "retro [REF] [OWNER TIME]", "read the retrospective; with a name and a time, book it", takes(0, 3)
	c.Long = strings.TrimSpace("Without OWNER and TIME it is read: in each section what people wrote, then what\n" +
		"the record has for it - the story with its gaps, decisions with what was known\n" +
		"then, conditions, follow-ups, cost. qd write adds to it.\n\n" + c.Long)
	c.Example = strings.TrimRight("  qd retro INC-7 --format pdf -o inc-7.pdf\n"+c.Example, "\n")
	c.Flags().StringVar(&format, "format", "md", "`FORMAT`: "+strings.Join(papers, ", "))
	c.Flags().StringVarP(&file, "output", "o", "", "write to `FILE` instead of standard output")
	return s.reads(c, func(args []string) error {
		if len(args) > 1 {
			return book(c, args)
		}
		if err := choice("format", format, papers...); err != nil {
			return err
		}
		row, _, err := s.shown(args, 0)
		if err != nil {
			return err
		}
		r, err := app.Retrospective(s.ctx, s.store, s.cockpit, row.ID, s.now())
		if err != nil {
			return err
		}
		doc, err := app.WritePaper(r.Paper(), r.State.Declared.Ref+"-retrospective", format)
		if err != nil {
			return err
		}
		return s.hand(doc, file, false)
	})
}

// write puts a text into a section of the retrospective.
func write(s *session) *cobra.Command {
	var ref string
	c := &cobra.Command{
		Use: "write SECTION TEXT", Short: "write a section of the retrospective anew", Args: takes(2, 1000),
		Long:    "SECTION is one of " + strings.Join(incident.Sections[:6], ", ") + ",\n" + strings.Join(incident.Sections[6:], ", ") + ".\nThe text takes the place of the one that stands there, which is kept.",
		Example: "  qd write hard --incident INC-7 'The way in was not in the runbook'\n  qd write sense - < sense.md",
	}
	c.Flags().StringVar(&ref, "incident", "", "`REF` (default: the open one)")
	return s.writes(c, func(args []string) error {
		if err := choice("section", args[0], incident.Sections...); err != nil {
			return err
		}
		text, err := s.text(args[1:]...)
		if err != nil {
			return err
		}
		w, err := s.order(ref, 0, func(id incident.ID) (incident.Command, error) {
			st, _, err := s.store.State(s.ctx, id)
			if err != nil {
				return nil, err
			}
			return &incident.Write{Section: args[0], Text: text, Base: st.Review.Sections[args[0]].Record}, nil
		})
		if err != nil {
			return err
		}
		return s.confirm(w)
	})
}
