package incident

import (
	"cmp"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
)

// sendable refuses to let anything leave by itself that must not.
func (c *context) sendable(drills bool) error {
	switch {
	case c.Declared.Backfill:
		return fault.New(fault.Refused, "%s was entered afterwards; nothing of it is sent", c.Declared.Ref).WithHint("write it down as sent by hand")
	case c.Declared.Drill && !drills:
		return fault.New(fault.Refused, "%s is a drill; nothing of it is sent", c.Declared.Ref).WithHint("write it down as sent by hand, or mark a route with drills: yes")
	}
	return nil
}

// Sendable reports whether messages of the incident may leave by themselves: of a drill
// only by routes for drills, of all others only by the rest.
func (s *State) Sendable(drills bool) bool { return !s.Declared.Backfill && s.Declared.Drill == drills }

// DrillMark stands before every text that a drill says to anybody.
const DrillMark = "[DRILL]"

// Saying is a text as anybody is to read it: one of a drill says that it is.
func (s *State) Saying(text string) string {
	if !s.Declared.Drill || text == "" || strings.HasPrefix(text, DrillMark) {
		return text
	}
	return DrillMark + " " + text
}

// RequestPosts asks for things to leave that are no updates.
type RequestPosts struct {
	Posts  []PostRequested
	Drills bool // they leave by a route that is marked for drills
}

func (d *RequestPosts) decide(c *context) ([]Event, error) {
	if len(d.Posts) == 0 {
		return nil, fault.Input("posts", "there is nothing to send")
	}
	if err := c.sendable(d.Drills); err != nil {
		return nil, err
	}
	out := make([]Event, len(d.Posts))
	for i := range d.Posts {
		p := d.Posts[i]
		var err error
		if p.Post, err = cleanLine("posts", p.Post, maxName); err != nil {
			return nil, err
		}
		if p.Route, err = cleanLine("route", p.Route, maxTitle); err != nil {
			return nil, err
		}
		if p.Text, err = cleanOptional("text", p.Text, MaxText); err != nil {
			return nil, err
		}
		out[i] = &p
	}
	return out, nil
}

// SettleDelivery writes down what became of a delivery. It refuses nothing: it has happened.
type SettleDelivery struct {
	Delivery Delivery // as it is now
	Found    bool     // sent, as the receiver's history shows
	How      string   // sent by a person: copied, phone …
}

func (d *SettleDelivery) decide(c *context) ([]Event, error) {
	v := d.Delivery
	post := c.Posts[v.Record].Post
	v.Audience, v.Route, v.Remote, v.Link = cut(v.Audience, maxName), cut(v.Route, maxTitle), cut(v.Remote, maxWords), cut(v.Link, maxWords)
	why, how := cut(v.Why, maxWords), cut(d.How, maxTitle)
	switch v.State {
	case DeliverySent:
		route := v.Route
		if how != "" && v.Remote == "" {
			route = RouteHand
		}
		return []Event{&DeliveryConfirmed{Update: v.Record, Route: route, How: cmp.Or(how, why), Audience: v.Audience, Post: post, Delivery: v.ID, Remote: v.Remote, Link: v.Link, Found: d.Found}}, nil
	case DeliveryFailed:
		return []Event{&DeliveryRefused{v.Record, v.ID, v.Audience, post, v.Route, why}}, nil
	case DeliveryHeld:
		return []Event{&DeliveryOnHold{v.Record, v.ID, v.Audience, post, v.Route, why}}, nil
	case DeliverySuperseded, DeliveryCancelled:
		return []Event{&DeliveryDropped{v.Record, v.ID, v.Audience, post, v.Route, string(v.State), why}}, nil
	}
	return nil, fault.Input("state", "%.40q is no outcome of a delivery", v.State)
}

// cut is a text on one line, no longer than most runes: what has happened is not refused.
func cut(text string, most int) string {
	r := []rune(strings.Join(strings.Fields(tidy(text)), " "))
	return string(r[:min(len(r), most)])
}

// SwitchRoute moves an audience to another rung of its ladder.
type SwitchRoute struct{ Audience, From, To, Reason string }

func (d *SwitchRoute) decide(c *context) ([]Event, error) {
	if c.kit.Audience(d.Audience) == nil {
		return nil, fault.Input("audience", "the kit knows no audience %q", d.Audience)
	}
	from, to := cut(d.From, maxTitle), cut(d.To, maxTitle)
	switch {
	case to == "":
		return nil, fault.Input("to", "no route is named").WithHint("name one of the audience's ladder")
	case from == to:
		return nil, fault.New(fault.Conflict, "it goes by %s already", to)
	}
	reason, err := cleanOptional("reason", d.Reason, maxWords)
	return one(&RouteSwitched{d.Audience, from, to, reason}, err)
}

// MarkMessage takes a message in that somebody marked in the incident's channel.
type MarkMessage struct{ MessageMarked }

func (d *MarkMessage) decide(c *context) ([]Event, error) {
	m := d.MessageMarked
	m.Route, m.Remote, m.Link, m.How, m.Author = cut(m.Route, maxTitle), cut(m.Remote, maxTitle), cut(m.Link, maxWords), cut(m.How, maxName), cut(m.Author, maxTitle)
	if m.Remote == "" {
		return nil, fault.Input("remote", "a message needs its id there")
	}
	if c.Marked[m.Remote] {
		return nil, fault.New(fault.Conflict, "that message is in the timeline already")
	}
	var err error
	m.Text, err = clean("text", m.Text, MaxText)
	return one(&m, err)
}

// Requests reports whether an event asks for something to leave.
func Requests(e Event) bool {
	switch e.(type) {
	case *UpdateRequested, *PostRequested:
		return true
	}
	return false
}

// Attach gives new deliveries the records that ask for them: the n-th of Of is that of
// the n-th request among recs.
func Attach(rows []Delivery, of []int, recs []Record) []Delivery {
	out := slices.Clone(rows)
	var asked []ID
	for i := range recs {
		if Requests(recs[i].Event()) {
			asked = append(asked, recs[i].ID)
		}
	}
	for i := range out {
		if i < len(of) && of[i] < len(asked) {
			out[i].Record = asked[of[i]]
		}
	}
	return out
}
