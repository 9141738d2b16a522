package app

import (
	"context"
	"slices"
	"strings"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/outbox/slack"
	"quarterdeck/internal/workspace"
)

// part is one step on the way to an open channel.
type part struct {
	what   string
	step   slack.Step
	needs  int // the part that must be done before; -1 = none
	stream string
	byHand string
	says   string // what it will do, in words; empty: it goes with the one before
}

// post is what the record calls it.
func (p part) post() string {
	if p.what == slack.StepChannel || p.what == slack.StepEdit {
		return p.what
	}
	return p.stream
}

// OpenChannel asks for the incident's channel and everything that belongs to it, where a
// route opens channels. Its name follows template; empty is the route's own. Every part is
// a delivery of its own: one that fails stops none but those that need it.
func (g *Outgoing) OpenChannel(ctx context.Context, o cockpit.Order, template string) error {
	name, r, ok := g.Ways.host()
	if !ok {
		return nil
	}
	var parts []part
	err := g.cockpit.View(ctx, o.Incident, func(l *cockpit.Live) error {
		if l.State.Sendable(g.Ways.drills) && l.State.Channel.Remote == "" && l.State.Open() {
			parts, _ = g.opening(l.State, l.Kit, r, template)
		}
		return nil
	})
	if err != nil || len(parts) == 0 {
		return err
	}
	return g.request(ctx, o, name, parts)
}

// inside is where a route leads that opens channels and names none for itself: into the
// incident's own. It is empty for every other route. The fault is Conflict while that
// channel is not open.
func (w *Ways) inside(s *incident.State, route string) (string, error) {
	r, _ := w.Route(route)
	switch {
	case r.Medium != slack.Name || r.Target != "" || r.Also[alsoChannel] == "":
		return "", nil
	case s.Channel.Remote == "":
		return "", fault.New(fault.Conflict, "the route %s leads into the incident's channel, which is not open", route).WithHint("send it once the channel is open, or by the next route; to have it elsewhere give the route a channel: in routes.yaml")
	}
	return s.Channel.Remote, nil
}

// named is the name that an incident's channel gets by a template.
func (g *Outgoing) named(template, title, ref string, hidden bool) (name, problem string) {
	if hidden {
		title = "" // a name is seen by people who are not in the channel
	}
	return slack.ChannelName(template, title, ref, g.clock.Now().In(g.clock.Zone()))
}

// opening are the parts of opening a channel; left are those who cannot be invited.
func (g *Outgoing) opening(s *incident.State, k *kit.Kit, r workspace.Route, template string) (parts []part, left []string) {
	hidden := private(s, k)
	if template == "" {
		template = r.Also[alsoChannel]
	}
	name, _ := g.named(template, s.Declared.Title, s.Declared.Ref, hidden)
	facts := factsOf(s, hidden)
	opens := "opens the channel #" + name
	if hidden {
		opens = "opens the private channel #" + name
	}
	parts = []part{
		{slack.StepChannel, slack.Step{Name: name, Private: hidden}, -1, "open", "Open a channel #" + name + ", then say so with its id.", opens},
		{slack.StepTopic, slack.Step{Text: facts}, 0, "topic", "Set the channel's topic to this text.", "sets its topic and purpose"},
		{slack.StepPurpose, slack.Step{Text: facts}, 0, "purpose", "Set the channel's purpose to this text.", ""},
	}
	people, names, left := invited(s, r, g.Ways.people(), hidden)
	if len(people) > 0 {
		parts = append(parts, part{slack.StepInvite, slack.Step{People: people}, 0, "invite", "Invite them into the channel.", "invites " + strings.Join(names, ", ")})
	}
	status := len(parts)
	parts = append(parts,
		part{slack.StepMessage, slack.Step{Head: "Status", Text: statusOf(s, k)}, 0, "status", "Post this text into the channel and keep it up to date.", "posts the status, pins it and keeps it up to date"},
		part{slack.StepPin, slack.Step{}, status, "pin", "Pin the status message.", ""})
	if doc := r.Also[alsoDocument]; web(doc) {
		parts = append(parts,
			part{slack.StepBookmark, slack.Step{Title: "Incident document", URL: doc}, 0, "document", "Bookmark the incident document in the channel.", "points to the incident document"},
			part{slack.StepMessage, slack.Step{Text: "Begin the incident document here.", Links: []slack.Link{{Title: "Document", URL: doc}}}, 0, "pointer", "Post the document's address into the channel.", ""})
	}
	if video := s.Declared.Video; web(video) {
		parts = append(parts, part{slack.StepBookmark, slack.Step{Title: "Video call", URL: video}, 0, "video", "Bookmark the video call in the channel.", "bookmarks the video call"})
	}
	if to := r.Also[alsoBroadcast]; to != "" && !hidden { // nothing of what is private is announced
		parts = append(parts, part{slack.StepMessage, slack.Step{Channel: to, Head: "Incident declared: " + s.Declared.Title, Text: facts, Points: true}, 0, "broadcast", "Announce the incident in " + to + ".", "announces the incident in " + to})
	}
	return parts, left
}

// invited are those of a declaration and of the route whom Slack can know: ids, e-mail
// addresses, @groups, and names that people.yaml has with one of these. names are what
// they are called, left the others.
func invited(s *incident.State, r workspace.Route, people []oncall.Person, hidden bool) (out, names, left []string) {
	list := slices.Clone(s.Declared.Invited)
	if also := r.Also[alsoInvite]; also != "" && !hidden { // into what is private only by name
		list = append(list, strings.Split(also, ",")...)
	}
	for _, p := range list {
		p = strings.TrimSpace(p)
		to, name := p, p
		if found := oncall.Find(people, p); len(found) == 1 && !strings.HasPrefix(p, "@") {
			to, name = slackName(found[0]), found[0].Name
		}
		switch {
		case p == "" || slices.Contains(out, to):
		case strings.Contains(to, "@") || oncall.IsSlackID(to):
			out, names = append(out, to), append(names, name)
		default:
			left = append(left, p)
		}
	}
	return out, names, left
}

// slackName is by what Slack finds somebody; their name when it cannot.
func slackName(p oncall.Person) string {
	switch {
	case p.Slack != "":
		return p.Slack
	case p.Email != "":
		return p.Email
	}
	return p.Name
}

// people are those of people.yaml; none when it cannot be read, which the calendars say.
func (w *Ways) people() []oncall.Person {
	list, err := workspace.ReadPeople(w.dir)
	if err != nil {
		return nil
	}
	return list
}

// ChannelNameView is what declaring would open.
type ChannelNameView struct {
	Route   string       `json:"route"`   // empty: no route opens channels
	Name    string       `json:"name"`    // of the channel
	Shapes  []ChoiceView `json:"shapes"`  // templates, each with the name that it gives; the route's own first
	Problem string       `json:"problem"` // what is odd about the template
	Steps   []string     `json:"steps"`   // what will be done, in words
	Left    []string     `json:"left"`    // who cannot be invited by it
}

// PreviewChannel is the channel that declaring would open, by the code that opens it.
func (a *API) PreviewChannel(in DeclareInput) (v ChannelNameView, err error) {
	defer guard(&err)
	v = ChannelNameView{Shapes: []ChoiceView{}, Steps: []string{}, Left: []string{}}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	route, r, ok := b.outgoing.Ways.host()
	if !ok {
		return v, nil
	}
	s := incident.NewState(incident.ID{})
	s.Declared = in.declared()
	if s.Declared.Ref, err = b.store.NextRef(ctx, "INC"); err != nil {
		return v, err
	}
	k := b.cockpit.Kit()
	parts, left := b.outgoing.opening(s, k, r, in.Channel)
	v.Route, v.Left = route, append(v.Left, left...)
	for _, p := range parts {
		if p.says != "" {
			v.Steps = append(v.Steps, p.says)
		}
	}
	own := r.Also[alsoChannel]
	for _, t := range append([]string{own}, slack.Presets...) {
		name, problem := b.outgoing.named(t, in.Title, s.Declared.Ref, private(s, k))
		if t == own {
			v.Problem = problem
		}
		if !slices.ContainsFunc(v.Shapes, func(c ChoiceView) bool { return c.ID == t }) {
			v.Shapes = append(v.Shapes, ChoiceView{ID: t, Name: "#" + name})
		}
	}
	v.Name = parts[0].step.Name
	return v, nil
}

// Shaped refuses a template of a channel's name that nobody can have meant.
func Shaped(template string) error {
	if len(template) > 200 || strings.ContainsAny(template, "\n\r") {
		return fault.Input("channel", "that is no template for a channel's name").WithHint("one line, with {name}, {ref}, {2jan2006}, {date} and {time}")
	}
	return nil
}
