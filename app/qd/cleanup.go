package main

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// boardView is what is left to do before an incident counts as closed.
type boardView struct {
	Incident string     `json:"incident"`
	Ref      string     `json:"ref"`
	Phase    string     `json:"phase"`
	Open     int        `json:"open"`
	Todos    []todoView `json:"todos"`
	Away     []string   `json:"not_back"` // who is not back at the work they had planned
}

type todoView struct {
	ID     string  `json:"id"`
	Text   string  `json:"text"`
	Done   bool    `json:"done"`
	Waived bool    `json:"waived"`
	Word   string  `json:"word"` // what shows it, what is missing, or why it is left
	Due    *string `json:"due"`
	Late   bool    `json:"late"`
}

func cleanup(s *session) *cobra.Command {
	return group("cleanup", "what is left to do before an incident counts as closed",
		cleanupShow(s), cleanupImpact(s), cleanupBack(s), cleanupShared(s), cleanupLeave(s), cleanupCancel(s))
}

func cleanupShow(s *session) *cobra.Command {
	return s.reads(&cobra.Command{Use: "show [REF]", Short: "the board, with when each part is due", Args: takes(0, 1)}, func(args []string) error {
		row, _, err := s.shown(args, 0)
		if err != nil {
			return err
		}
		v := boardView{Incident: row.ID.String(), Ref: row.Ref, Phase: string(row.Phase), Todos: []todoView{}, Away: []string{}}
		err = s.cockpit.View(s.ctx, row.ID, func(l *cockpit.Live) error {
			for _, t := range l.State.Cleanup(l.Kit) {
				if t.Open() {
					v.Open++
				}
				v.Todos = append(v.Todos, todoView{t.ID, t.Text, t.Done, t.Waived, t.Word, maybe(t.Due), t.Late(s.now())})
			}
			for _, p := range l.State.Away() {
				v.Away = append(v.Away, l.State.Name(p))
			}
			return nil
		})
		if err != nil {
			return err
		}
		if s.json {
			return s.print(v)
		}
		for _, t := range v.Todos {
			s.todo(t)
		}
		if v.Open == 0 {
			s.say("nothing is left")
		} else {
			s.say("%s left; qd cleanup leave ITEM REASON goes on without one", count(v.Open, "part"))
		}
		return nil
	})
}

func (s *session) todo(t todoView) {
	state, text := "open", t.Text
	switch {
	case t.Done:
		state = "done"
	case t.Waived:
		state = "left"
	}
	if t.Word != "" {
		text += " – " + t.Word
	}
	if state == "open" && t.Due != nil {
		text += "; due " + wholeSecond(*t.Due)
	}
	put := func() { s.block(pad(state, 5)+pad(t.ID, 10), 16, text) }
	if t.Late {
		s.styled(red, put)
		return
	}
	put()
}

func cleanupImpact(s *session) *cobra.Command {
	var how string
	c := &cobra.Command{
		Use: "impact [REF] WHO", Short: "judge the impact: who was hurt, and how badly", Args: takes(1, 2),
		Example: "  qd cleanup impact INC-7 'about 2,300 people' --how 'orders were slow'",
	}
	c.Flags().StringVar(&how, "how", "", "`TEXT`: how badly")
	return s.hands(c, 1, func(_ incident.ID, rest []string) (incident.Command, error) {
		return &incident.JudgeImpact{Who: rest[0], What: how}, nil
	})
}

func cleanupBack(s *session) *cobra.Command {
	c := &cobra.Command{Use: "back [REF] PERSON", Short: "somebody is back at the work they had planned", Args: takes(1, 2)}
	return s.hands(c, 1, func(id incident.ID, rest []string) (incident.Command, error) {
		p, err := s.called(id, rest[0])
		return &incident.ResumeWork{Person: p}, err
	})
}

func cleanupShared(s *session) *cobra.Command {
	var link string
	c := &cobra.Command{Use: "shared [REF] WITH", Short: "what was learnt has been shared", Args: takes(1, 2), Example: "  qd cleanup shared INC-7 'all of engineering' --link https://example.com/7"}
	c.Flags().StringVar(&link, "link", "", "`ADDRESS` at which it stands")
	return s.hands(c, 1, func(_ incident.ID, rest []string) (incident.Command, error) {
		return &incident.ShareRetro{With: rest[0], Link: link}, nil
	})
}

func cleanupLeave(s *session) *cobra.Command {
	c := &cobra.Command{
		Use: "leave [REF] ITEM REASON", Short: "leave a part undone, for a reason", Args: takes(2, 3),
		Long: "ITEM is a part's id as qd cleanup show gives it. The reason - asks for it again.",
	}
	return s.hands(c, 2, func(_ incident.ID, rest []string) (incident.Command, error) {
		return &incident.WaiveCleanup{Item: rest[0], Reason: strings.TrimPrefix(rest[1], "-")}, nil
	})
}

func cleanupCancel(s *session) *cobra.Command {
	c := &cobra.Command{Use: "cancel [REF] REASON", Short: "the retrospective that was booked does not take place", Args: takes(1, 2)}
	return s.hands(c, 1, func(_ incident.ID, rest []string) (incident.Command, error) {
		return &incident.CancelRetro{Reason: rest[0]}, nil
	})
}

// invited is an invitation that was made.
type invited struct {
	Method string   `json:"method"` // REQUEST, CANCEL or PUBLISH
	To     []string `json:"to"`
	Lacks  []string `json:"lacks"` // who is invited and has no address here
	File   string   `json:"file,omitempty"`
	Text   string   `json:"text,omitempty"` // empty when it stands in a file
	// Gone takes it out of the calendars of those who are asked no longer.
	Gone   string   `json:"gone,omitempty"`
	GoneTo []string `json:"gone_to,omitempty"`
}

func invite(s *session) *cobra.Command {
	var file string
	var dropped bool
	c := &cobra.Command{
		Use: "invite [REF]", Short: "the retrospective as an invitation for calendars (.ics)", Args: takes(0, 1),
		Long:    "Send the file by mail to those it names. After the retrospective was moved or\ncalled off, the same command makes the message that brings calendars up to date.",
		Example: "  qd invite INC-7 -o retro.ics",
	}
	c.Flags().StringVarP(&file, "output", "o", "", "write to `FILE` instead of standard output")
	c.Flags().BoolVar(&dropped, "dropped", false, "the cancellation for those who were asked and are asked no longer")
	return s.reads(c, func(args []string) error {
		row, _, err := s.shown(args, 0)
		if err != nil {
			return err
		}
		v, err := app.Invite(s.ctx, s.cockpit, row.ID, s.known(), s.now())
		if err != nil {
			return err
		}
		if dropped {
			if v.Gone == "" {
				return fault.New(fault.NotFound, "nobody was taken off the list whose address is known").WithHint("qd invite makes the invitation itself")
			}
			v.Method, v.To, v.Lacks, v.Text, v.Gone, v.GoneTo = "CANCEL", v.GoneTo, []string{}, v.Gone, "", nil
		}
		out := invited{Method: v.Method, To: v.To, Lacks: v.Lacks, Text: v.Text, Gone: v.Gone, GoneTo: v.GoneTo}
		if file != "" && file != "-" {
			if err := keep(file, v.Text); err != nil {
				return err
			}
			out.File, out.Text = file, ""
		}
		if s.json {
			return s.print(out)
		}
		if out.File == "" {
			s.document(v.Text)
		}
		s.aside("%s for %s", map[string]string{"REQUEST": "an invitation", "CANCEL": "a cancellation", "PUBLISH": "an entry, since nobody's address is known,"}[v.Method], cmp.Or(strings.Join(v.To, ", "), "whoever opens it"))
		if len(v.GoneTo) > 0 {
			s.aside("%s: asked no longer; qd invite --dropped makes the cancellation", strings.Join(v.GoneTo, ", "))
		}
		if len(v.Lacks) > 0 {
			s.aside("no address is known of %s: qd people add NAME --email ADDRESS", strings.Join(v.Lacks, ", "))
		}
		return nil
	})
}
