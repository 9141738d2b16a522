package main

import (
	"cmp"
	"slices"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/workspace"
)

// channelView is where an incident is talked about, and what became of each step there.
type channelView struct {
	Incident string         `json:"incident"` // its reference
	Name     string         `json:"name"`     // empty: no channel is open
	ID       string         `json:"id"`       // the channel's, there
	Route    string         `json:"route"`
	Link     string         `json:"link"`
	Steps    []deliveryView `json:"steps"` // the latest last
}

func channels(s *session) *cobra.Command {
	return group("channel", "the incident's channel: show, end",
		s.reads(&cobra.Command{Use: "show [REF]", Short: "where the channel is, and what became of each step", Args: takes(0, 1),
			Long: "A step that did not work says why: qd outbox send ROW tries it again, and qd\noutbox sent-by-hand ROW says that you have done it (--remote ID of the channel\nthat you have opened yourself)."}, s.channelShow),
		s.channelEnd(),
	)
}

func (s *session) channelShow(args []string) error {
	row, _, err := s.shown(args, 0)
	if err != nil {
		return err
	}
	v, err := s.channel(row.ID)
	if err != nil {
		return err
	}
	if s.json {
		return s.print(v)
	}
	s.channelShown(v)
	return nil
}

// channel is an incident's channel with its steps.
func (s *session) channel(id incident.ID) (v channelView, err error) {
	v.Steps = []deliveryView{}
	err = s.cockpit.View(s.ctx, id, func(l *cockpit.Live) error {
		c := l.State.Channel
		v.Incident, v.Name, v.ID, v.Route, v.Link = l.State.Declared.Ref, c.Name, c.Remote, c.Route, c.Link
		return nil
	})
	if err != nil {
		return v, err
	}
	rows, err := s.store.Deliveries(s.ctx, id)
	if err != nil {
		return v, err
	}
	slices.SortStableFunc(rows, func(a, b incident.Delivery) int { return cmp.Or(cmp.Compare(a.Created, b.Created), a.ID.Compare(b.ID)) })
	for _, d := range rows {
		if !app.OfChannel(d) {
			continue
		}
		step, err := s.delivery(d)
		if err != nil {
			return v, err
		}
		v.Steps = append(v.Steps, step)
	}
	return v, nil
}

func (s *session) channelShown(v channelView) {
	if v.ID == "" {
		s.say("%s has no open channel", v.Incident)
	} else {
		s.say("%s %s %s", v.Incident, cmp.Or(v.Name, v.ID), v.Link)
	}
	for _, d := range v.Steps {
		s.deliveryRow(d)
	}
}

// channelEnd says in the channel that it is over.
func (s *session) channelEnd() *cobra.Command {
	var archive, noWait bool
	c := &cobra.Command{
		Use: "end [REF] TEXT", Short: "say in the channel how it was resolved; --archive closes it", Args: takes(1, 2),
		Long:    "Once the incident is resolved: the text goes into its channel, and where the\ndeclaration was announced unless the incident is private. Each step can be done\nby hand as well (qd outbox list).",
		Example: "  qd channel end INC-7 'Rolled back to 8841' --archive",
	}
	c.Flags().BoolVar(&archive, "archive", false, "archive the channel after that")
	c.Flags().BoolVar(&noWait, "no-wait", false, "do not wait until it is said")
	return s.writes(c, func(args []string) error {
		ref, rest := split(args, 1)
		text, err := s.text(rest...)
		if err != nil {
			return err
		}
		row, actor, err := s.ordering(ref)
		if err != nil {
			return err
		}
		before, err := s.store.Deliveries(s.ctx, row.ID)
		if err != nil {
			return err
		}
		if err := s.outgoing.ResolveChannel(s.ctx, cockpit.Order{Incident: row.ID, Actor: actor}, text, archive); err != nil {
			return err
		}
		rows, err := s.store.Deliveries(s.ctx, row.ID)
		if err == nil {
			rows = rows[min(len(before), len(rows)):]
		}
		if err == nil && !noWait {
			rows, err = s.leave(rows)
		}
		if err != nil {
			return err
		}
		return s.ended(row.ID, rows, noWait)
	})
}

// ended says what became of ending a channel.
func (s *session) ended(id incident.ID, rows []incident.Delivery, noWait bool) error {
	v, err := s.channel(id)
	if err != nil {
		return err
	}
	if s.json {
		err = s.print(v)
	} else {
		for _, d := range rows {
			step, failed := s.delivery(d)
			if failed != nil {
				return failed
			}
			s.deliveryRow(step)
		}
		s.pending(rows)
	}
	if err == nil && !noWait {
		err = stuck(rows)
	}
	if err == nil && noWait && !workspace.Held(s.data) {
		s.warn(fault.New(fault.Unreachable, "it waits until a cockpit is open on this folder").WithHint("without --no-wait it is sent from here"))
	}
	return err
}
