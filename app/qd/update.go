package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
)

// sent is what an update has added, with what speaks against it.
type sent struct {
	written
	Audience string   `json:"audience"`
	State    string   `json:"state"`
	Next     *string  `json:"next"`
	How      string   `json:"how"`
	Message  string   `json:"message"` // the text alone, as it is to leave
	Advice   []string `json:"advice"`
}

func update(s *session) *cobra.Command {
	var d incident.SendUpdate
	var state, text string
	var next ahead
	c := &cobra.Command{
		Use: "update [REF] --audience A --text T", Short: "record an update that goes out by hand", Args: takes(0, 1),
		Long: "The text comes out on stdout, to be copied or piped to where it is to go; it is\n" +
			"recorded as sent by hand. What speaks against it is said on stderr.",
		Example: "  qd update --audience leadership --text - --next 30m <news | mail leads",
	}
	f := c.Flags()
	f.StringVar(&d.Audience, "audience", "", "`AUDIENCE` that is told: responders, support, leadership, customers, partners")
	f.StringVar(&state, "phase", "", "`STATE` that it says: investigating, identified, monitoring, resolved (default: by the phase)")
	f.StringVar(&text, "text", "", "the `TEXT`; - reads it from standard input")
	f.Var(&next, "next", "when the next one comes: 30m, or a time")
	f.StringVar(&d.How, "how", "copied", "by what it goes (`HOW`): phone, mail …")
	f.Bool("no-wait", false, "do not wait until it is sent; by hand there is nothing to wait for")
	return s.writes(c, func(args []string) (err error) {
		for _, name := range []string{"audience", "text"} {
			if !f.Changed(name) {
				return wrong(name, c.UseLine(), "--%s is missing", name)
			}
		}
		if d.Text, err = s.text(text); err != nil {
			return err
		}
		ref, _ := split(args, 0)
		out := sent{Audience: d.Audience, How: d.How, Advice: []string{}}
		out.written, err = s.order(ref, 0, func(id incident.ID) (incident.Command, error) {
			now := s.now()
			d.State, d.Next = incident.PublicState(strings.ToLower(state)), next.from(now)
			return &d, s.cockpit.View(s.ctx, id, func(l *cockpit.Live) error {
				if state == "" {
					d.State = l.State.Phase.PublicState()
				}
				out.Advice = append(out.Advice, compose.Advice(l.State, l.Kit, d.Audience, d.State, d.Text, d.Next, now)...)
				return nil
			})
		})
		if err != nil {
			return err
		}
		out.State, out.Next = string(d.State), maybe(d.Next)
		if out.Message, err = s.message(out.ID); err != nil {
			return err
		}
		if s.json {
			return s.print(out)
		}
		s.spell(out)
		return nil
	})
}

// message is the text of an update as it was recorded.
func (s *session) message(record string) (string, error) {
	id, err := incident.ParseID(record)
	if err != nil {
		return "", err
	}
	r, err := s.store.Record(s.ctx, id)
	if err != nil {
		return "", err
	}
	if u, ok := r.Event().(*incident.UpdateRequested); ok {
		return u.Text, nil
	}
	return "", nil
}

// spell puts the text out to be piped on, and everything else beside it.
func (s *session) spell(v sent) {
	s.document(v.Message + "\n")
	next := "nothing more promised"
	if v.Next != nil {
		next = "next promised for " + wholeSecond(*v.Next)
	}
	s.aside("%s: recorded as sent to %s by hand (%s), %s", v.Ref, v.Audience, v.How, next)
	for _, a := range v.Advice {
		s.aside("advice: %s", a)
	}
	s.sayRinging(v.Ringing)
}
