package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// sent is what an update has added, with what speaks against it.
type sent struct {
	written
	Audience   string         `json:"audience"`
	State      string         `json:"state"`
	Next       *string        `json:"next"`
	How        string         `json:"how"`
	Route      string         `json:"route"`      // hand: it is for you to send
	Deliveries []deliveryView `json:"deliveries"` // what it leaves as, by a route
	Message    string         `json:"message"`    // the text alone, as it is to leave
	Advice     []string       `json:"advice"`
}

func update(s *session) *cobra.Command {
	var d incident.SendUpdate
	var state, text string
	var next ahead
	var merges bool
	var reason string
	var mentions []string
	c := &cobra.Command{
		Use: "update [REF] --audience A --text T", Short: "send an update to an audience, or record one that goes out by hand", Args: takes(0, 1),
		Long: "By the route of the audience it is sent: by the open cockpit, else from here,\n" +
			"waiting up to 30 seconds. Without a route, or with --how, it is for you to send:\n" +
			"the text comes out on stdout, to be copied or piped to where it is to go, and is\n" +
			"recorded as sent by hand. What speaks against it is said on stderr.",
		Example: "  qd update --audience leadership --text - --next 30m <news | mail leads",
	}
	f := c.Flags()
	f.StringVar(&d.Audience, "audience", "", "`AUDIENCE` that is told: responders, support, leadership, customers, partners")
	f.StringVar(&state, "phase", "", "`STATE` that it says: investigating, identified, monitoring, resolved (default: by the phase)")
	f.StringVar(&text, "text", "", "the `TEXT`; - reads it from standard input")
	f.Var(&next, "next", "when the next one comes: 30m, or a time")
	f.StringVar(&d.How, "how", "copied", "by what you send it yourself (`HOW`): phone, mail …")
	f.StringArrayVar(&mentions, "mention", nil, "call a `PERSON` of people.yaml or a group of the route; may be repeated")
	f.StringVar(&reason, "reason", "", "`WHY` it must leave although it holds what looks like a secret; never to people outside")
	f.Bool("no-wait", false, "do not wait until it is sent")
	f.BoolVar(&merges, "merge", false, "it takes the place of everything that has not left yet")
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
		row, actor, err := s.subject(ref)
		if err != nil {
			return err
		}
		if bad := s.outgoing.Ways.Trouble(); bad != nil && !f.Changed("how") { // it would count as told, and nobody was
			return fault.New(fault.Refused, "nothing is written: the routes cannot be read, so nothing would leave").
				WithHint("mend routes.yaml; or send it yourself and say by what: --how phone").WithCause(bad)
		}
		out := sent{Audience: d.Audience, Advice: []string{}, Deliveries: []deliveryView{}}
		now := s.now()
		d.State, d.Next = incident.PublicState(strings.ToLower(state)), next.from(now)
		err = s.cockpit.View(s.ctx, row.ID, func(l *cockpit.Live) error {
			if state == "" {
				d.State = l.State.Phase.PublicState()
			}
			if route := s.outgoing.Ways.Rung(l.State, l.Kit, d.Audience); !f.Changed("how") && route != "" && route != incident.RouteHand && s.outgoing.Ways.Sends(l.State) {
				d.How = "" // by that route
			}
			out.Advice = append(out.Advice, compose.Advice(l.State, l.Kit, d.Audience, d.State, d.Text, d.Next, now)...)
			return nil
		})
		if err != nil {
			return err
		}
		recs, rows, err := s.outgoing.Update(s.ctx, cockpit.Order{Incident: row.ID, Actor: actor}, &d, mentions, merges, reason)
		if err != nil {
			return err
		}
		if out.written, err = s.wrote(row, recs); err != nil {
			return err
		}
		out.State, out.Next, out.How, out.Route = string(d.State), maybe(d.Next), d.How, d.Route
		if out.Route == "" {
			out.Route = incident.RouteHand
		}
		if out.Message, err = s.message(out.ID); err != nil {
			return err
		}
		if noWait, _ := f.GetBool("no-wait"); len(rows) > 0 && !noWait {
			if rows, err = s.leave(rows); err != nil {
				return err
			}
		}
		for _, r := range rows {
			v, err := s.delivery(r)
			if err != nil {
				return err
			}
			out.Deliveries = append(out.Deliveries, v)
		}
		if s.json {
			err = s.print(out)
		} else {
			s.spell(out)
			s.pending(rows)
		}
		if err == nil {
			err = stuck(rows)
		}
		return err
	})
}

// subject is the incident that ref means, and who speaks.
func (s *session) subject(ref string) (row incident.Row, actor person, err error) {
	if err = s.read(); err != nil {
		return row, actor, err
	}
	if row, err = s.find(ref); err != nil {
		return row, actor, err
	}
	actor, err = s.actor(row.ID)
	return row, actor, err
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
	next := "nothing more promised"
	if v.Next != nil {
		next = "next promised for " + wholeSecond(*v.Next)
	}
	if v.Route == incident.RouteHand {
		s.document(v.Message + "\n")
		s.aside("%s: recorded as sent to %s by hand (%s), %s", v.Ref, v.Audience, v.How, next)
	} else {
		for _, d := range v.Deliveries {
			s.deliveryRow(d)
		}
		s.aside("%s: to %s by %s, %s", v.Ref, v.Audience, v.Route, next)
	}
	for _, a := range v.Advice {
		s.aside("advice: %s", a)
	}
	s.sayRinging(v.Ringing)
}
