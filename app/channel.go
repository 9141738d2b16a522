package app

import (
	"cmp"
	"context"
	"strings"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/slack"
	"quarterdeck/internal/workspace"
)

// What a Slack route asks for besides, when it opens the channels of incidents.
const (
	alsoChannel   = "incident_channel" // the template of their names
	alsoBroadcast = "broadcast"        // where a declaration is announced
	alsoDocument  = "document"         // the incident document, or what it is begun from
	alsoInvite    = "invite"           // people and groups, besides those that the declaration names
	alsoEmojis    = "emojis"           // by which a message comes into the timeline
)

// host is the route that opens incidents' channels; ok is false when none does.
func (w *Ways) host() (name string, r workspace.Route, ok bool) {
	for _, name := range w.Names() {
		if r, _ := w.Route(name); r.Medium == slack.Name && r.Also[alsoChannel] != "" {
			return name, r, true
		}
	}
	return "", r, false
}

// web reports whether a text is an address that a link may lead to.
func web(s string) bool { return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") }

// factsOf are the facts of a declaration in lines.
func factsOf(s *incident.State, hidden bool) string {
	d := &s.Declared
	lines := []string{s.Declared.Ref + " · Severity: " + s.Severity, "Commander: " + s.Name(s.Command.Holder)}
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, label+": "+text)
		}
	}
	add("Environment affected", strings.Join(d.Environments, ", "))
	add("Region affected", strings.Join(d.Regions, ", "))
	if hidden {
		return strings.Join(append(lines, "This is a security related incident - available by invitation only"), "\n")
	}
	add("Impact", cmp.Or(s.Situation["impact"].Text, d.Impact))
	add("Summary", d.Summary)
	return strings.Join(lines, "\n")
}

// statusOf is the text that is kept up to date in the channel.
func statusOf(s *incident.State, k *kit.Kit) string {
	lines := []string{s.Severity + " · phase " + string(s.Phase), "Commander: " + s.Name(s.Command.Holder)}
	for _, r := range k.Roles {
		if h := s.Roles[r.ID]; !h.Person.IsZero() {
			lines = append(lines, r.Name+": "+s.Name(h.Person))
		}
	}
	for _, f := range incident.SituationFields {
		if t := s.Situation[f].Text; t != "" {
			lines = append(lines, strings.ToUpper(f[:1])+f[1:]+": "+t)
		}
	}
	text := []rune(strings.Join(lines, "\n"))
	return string(text[:min(len(text), slack.Limit)])
}

// request asks for parts to be done by a route.
func (g *Outgoing) request(ctx context.Context, o cockpit.Order, route string, parts []part) error {
	m, err := g.Ways.plain(route)
	if err != nil {
		return err
	}
	cmd := &incident.RequestPosts{Drills: g.Ways.drills}
	now := clock.Milli(g.clock.Now())
	for i, p := range parts {
		c, err := p.step.Content(p.what)
		if err != nil {
			return err
		}
		c.Text, c.Step = g.Ways.Blot(c.Text), []byte(g.Ways.Blot(string(c.Step))) // titles and fields come from the record as it was typed
		r, err := m.Render(c)
		if err != nil {
			return err
		}
		row, err := g.row(o.Incident, o.Actor, route, r)
		if err != nil {
			return err
		}
		row.What, row.ByHand, row.Stream = p.what, p.byHand, o.Incident.String()+"/channel/"+p.stream
		row.StaleAfter, row.Lapses = now+outbox.Stale.Milliseconds(), p.stream == reminders || p.what == slack.StepEdit
		if p.needs >= 0 {
			row.Needs = o.Deliveries[p.needs].ID
		}
		cmd.Posts = append(cmd.Posts, incident.PostRequested{Post: p.post(), Route: route, Text: r.Text})
		o.Deliveries, o.Asked = append(o.Deliveries, row), append(o.Asked, i)
	}
	o.Command = cmd
	_, err = g.cockpit.Do(ctx, o)
	return err
}

// The streams of what the channel hears again and again.
const (
	reminders = "reminder"
	statuses  = "status"
)

// every is how often the channel is reminded, and settle how long its status stands at
// least before it is changed again, ms.
const (
	every  = 30 * 60_000
	settle = 60_000
)

// tend keeps an incident's channel: its status message up to date, and a reminder every
// half an hour until the incident is over.
func (g *Outgoing) tend(ctx context.Context, l *channelState) error {
	rows, err := g.store.Deliveries(ctx, l.id)
	if err != nil {
		return err
	}
	now := clock.Milli(g.clock.Now())
	var parts []part
	var first, last *incident.Delivery
	reminded := l.opened
	for i := range rows {
		d := &rows[i]
		switch strings.TrimPrefix(d.Stream, l.id.String()+"/channel/") {
		case statuses:
			if first == nil {
				first = d
			}
			last = d
		case reminders:
			reminded = max(reminded, d.Created)
		}
	}
	if first != nil && first.State == incident.DeliverySent && !last.Open() && now-last.Changed >= settle {
		if _, ts, ok := strings.Cut(first.Remote, "/"); ok && !strings.Contains(last.Text, l.status) {
			parts = append(parts, part{slack.StepEdit, slack.Step{Channel: l.channel, Head: "Status", Text: l.status, TS: ts}, -1, statuses, "Change the status message to this text.", ""})
		}
	}
	if now-max(reminded, l.told) >= every {
		parts = append(parts, part{slack.StepMessage, slack.Step{Channel: l.channel, Text: "Reminder for " + l.commander + ": tell everybody how it stands, every 30 minutes until it is resolved."}, -1, reminders, "Remind the commander.", ""})
	}
	if len(parts) == 0 {
		return nil
	}
	return g.request(ctx, cockpit.Order{Incident: l.id, Actor: incident.Person{ID: l.holder}}, l.route, parts)
}

// channelState is what tending a channel has to know of its incident.
type channelState struct {
	id                incident.ID
	holder            incident.ID
	route, channel    string
	status, commander string
	opened, told      int64
}

// tended are the open incidents with a channel that this machine keeps.
func (b *Backend) tended(ctx context.Context) (out []channelState, err error) {
	open, err := b.store.Open(ctx)
	for _, row := range open {
		err := b.cockpit.View(ctx, row.ID, func(l *cockpit.Live) error {
			s := l.State
			if _, known := b.outgoing.Ways.Route(s.Channel.Route); !known || s.Channel.Remote == "" || !l.Mine || !s.Sendable(b.outgoing.Ways.drills) {
				return nil
			}
			c := channelState{id: s.ID, holder: s.Command.Holder, route: s.Channel.Route, channel: s.Channel.Remote, status: statusOf(s, l.Kit), commander: s.Name(s.Command.Holder), opened: s.Times[incident.DeclaredAt].Time}
			for _, a := range s.Audiences {
				c.told = max(c.told, a.At)
			}
			out = append(out, c)
			return nil
		})
		if err != nil {
			return out, err
		}
	}
	return out, err
}

// listen takes in what somebody marked in an incident's channel.
func (b *Backend) listen(ctx context.Context, c channelState) error {
	m, err := b.outgoing.Ways.Medium(ctx, c.route)
	if err != nil {
		return err
	}
	sm, ok := m.(*slack.Medium)
	if !ok {
		return nil
	}
	r, _ := b.outgoing.Ways.Route(c.route)
	var emojis []string
	for e := range strings.SplitSeq(cmp.Or(r.Also[alsoEmojis], "pushpin"), ",") {
		emojis = append(emojis, strings.Trim(strings.TrimSpace(e), ":"))
	}
	list, out := sm.Marked(ctx, c.channel, emojis, b.clock.Now())
	for _, x := range list {
		err := b.do(ctx, cockpit.Order{Incident: c.id, Actor: incident.Person{ID: c.holder}, At: x.At, Command: &incident.MarkMessage{MessageMarked: incident.MessageMarked{
			Route: c.route, Remote: x.Remote, Author: x.Author, Text: x.Text, Link: x.Link, How: x.How,
		}}})
		if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Invalid) { // it is in already, or has no words
			return err
		}
	}
	if out.Result != outbox.Posted {
		return fault.New(fault.Unreachable, "the incident's channel cannot be read: %s", out.Why).WithHint("%s", cmp.Or(out.Hint, "what is marked there comes in once it can be read again"))
	}
	return nil
}

// tending is how often the channels are looked after.
const tending = 20 * time.Second

// channels looks after the channels once.
func (b *Backend) channels(ctx context.Context) {
	list, err := b.tended(ctx)
	for i := range list { // a channel that cannot be read keeps nobody from the others
		for _, e := range []error{b.outgoing.tend(ctx, &list[i]), b.listen(ctx, list[i])} {
			if err == nil {
				err = e
			}
		}
	}
	if ctx.Err() == nil {
		b.fault("channel", err)
	}
}

// ResolveChannel tells an incident's channel, and the broadcast unless it is private,
// that it is over, and archives the channel when that is wished.
func (a *API) ResolveChannel(in ChannelInput) (err error) {
	defer guard(&err)
	return a.leaving(in.Incident, "", func(ctx context.Context, b *Backend, o cockpit.Order) error {
		return b.outgoing.ResolveChannel(ctx, o, in.Text, in.Archive)
	})
}

// ResolveChannel is API.ResolveChannel.
func (g *Outgoing) ResolveChannel(ctx context.Context, o cockpit.Order, text string, archive bool) error {
	if err := g.unharmed(text); err != nil {
		return err
	}
	var parts []part
	route := ""
	err := g.cockpit.View(ctx, o.Incident, func(l *cockpit.Live) error {
		c := l.State.Channel
		switch text = strings.TrimSpace(text); {
		case c.Remote == "":
			return fault.New(fault.NotFound, "%s has no channel", l.State.Declared.Ref).WithHint("nothing has to be said there")
		case !l.State.Phase.Over():
			return fault.New(fault.Conflict, "%s is not resolved yet", l.State.Declared.Ref).WithHint("move the phase to resolved first")
		case text == "":
			return fault.Input("text", "how was it resolved?").WithHint("say it in a line")
		}
		route = c.Route
		r, _ := g.Ways.Route(route)
		parts = append(parts, part{slack.StepMessage, slack.Step{Channel: c.Remote, Head: "Resolved", Text: text}, -1, "resolved", "Say in the channel how it was resolved.", ""})
		if to := r.Also[alsoBroadcast]; to != "" && !private(l.State, l.Kit) {
			parts = append(parts, part{slack.StepMessage, slack.Step{Channel: to, Head: l.State.Declared.Ref + " has been resolved", Text: text}, -1, "resolved-broadcast", "Say in " + to + " that it is resolved.", ""})
		}
		if archive {
			parts = append(parts, part{slack.StepArchive, slack.Step{Channel: c.Remote}, 0, "archive", "Archive the channel.", ""})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return g.request(ctx, o, route, parts)
}
