package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/outbox"
)

// The steps: what Slack can do besides updates.
const (
	StepChannel  = incident.PostChannel // opens a channel
	StepTopic    = "topic"
	StepPurpose  = "purpose"
	StepInvite   = "invite"
	StepMessage  = "message" // a message that is no update: it is read back like one
	StepPin      = "pin"     // the message that it needs
	StepBookmark = "bookmark"
	StepEdit     = "edit" // changes a message of ours
	StepArchive  = "archive"
)

// Step is the content of one step. Where no channel is named, it is that of what the
// step needs.
type Step struct {
	Channel string           `json:"channel,omitempty"`
	Name    string           `json:"name,omitempty"` // of a new channel
	Private bool             `json:"private,omitempty"`
	Text    string           `json:"text,omitempty"`   // of a topic, a purpose
	People  []string         `json:"people,omitempty"` // to invite: ids, e-mail addresses, @handles of groups
	Title   string           `json:"title,omitempty"`  // of a bookmark
	URL     string           `json:"url,omitempty"`
	Head    string           `json:"head,omitempty"` // of a message: its first line, in bold
	Links   []Link           `json:"links,omitempty"`
	Calls   []outbox.Mention `json:"calls,omitempty"`
	TS      string           `json:"ts,omitempty"`     // of the message to change
	Points  bool             `json:"points,omitempty"` // of a message: to the channel of what it needs
}

// MaxTopic is how long a topic or a purpose may be, in characters.
const MaxTopic = 250

// Content is the step as the outbox renders it.
func (s Step) Content(what string) (outbox.Content, error) {
	data, err := json.Marshal(s)
	return outbox.Content{What: what, Step: data}, err
}

func renderStep(c outbox.Content) (outbox.Rendered, error) {
	var s Step
	if err := json.Unmarshal(c.Step, &s); err != nil {
		return outbox.Rendered{}, fault.Input("step", "that is no step of Slack's").WithCause(err)
	}
	switch c.What {
	case StepMessage, StepEdit:
		if n := utf8.RuneCountInString(s.Text); n > Limit {
			return outbox.Rendered{}, fault.Input("text", "%d characters are too many for Slack; %d fit", n, Limit).WithHint("shorten it")
		}
		l := letter{Channel: s.Channel, Head: s.Head, Body: s.Text, Links: s.Links, Mentions: s.Calls, TS: s.TS, Points: s.Points}
		l.Fallback = escaped(glance(s.Head, s.Text))
		return l.rendered()
	case StepTopic, StepPurpose:
		s.Text = escaped(cutRunes(s.Text, MaxTopic, escaped))
	}
	data, err := json.Marshal(s)
	return outbox.Rendered{Payload: data, Text: s.words(c.What), Length: utf8.RuneCountInString(s.Text)}, err
}

// words are a step in words.
func (s Step) words(what string) string {
	switch what {
	case StepChannel:
		return "#" + s.Name
	case StepInvite:
		return strings.Join(s.People, ", ")
	case StepBookmark:
		return s.Title + ": " + s.URL
	}
	return s.Text
}

// cutRunes shortens a text until what is made of it is no longer than most runes.
func cutRunes(text string, most int, made func(string) string) string {
	r := []rune(text)
	if utf8.RuneCountInString(made(text)) <= most {
		return text
	}
	for n := min(len(r), most); n > 0; n-- {
		if t := string(r[:n-1]) + "…"; utf8.RuneCountInString(made(t)) <= most {
			return t
		}
	}
	return ""
}

// sendStep does a step. All of them may be repeated, so that what is not known is done
// once more.
func (m *Medium) sendStep(ctx context.Context, msg outbox.Message) outbox.Outcome {
	var s Step
	if err := json.Unmarshal(msg.Payload, &s); err != nil {
		return outbox.Outcome{Result: outbox.Refused, Why: "what was kept to be done cannot be read", Hint: "do it by hand"}
	}
	if msg.What == StepChannel {
		return again(m.open(ctx, msg, s), msg.Attempt)
	}
	at := place(msg.Needs)
	channel, out := m.channel(ctx, orElse(orElse(s.Channel, at.channel), orElse(msg.Target, m.target)))
	if out.Result != outbox.Posted {
		return out
	}
	if channel == "" {
		return outbox.Outcome{Result: outbox.Refused, Why: "there is no channel to do it in", Hint: "do it by hand"}
	}
	switch msg.What {
	case StepInvite:
		return again(m.invite(ctx, msg.Now, channel, s.People), msg.Attempt)
	case StepBookmark:
		return again(m.bookmark(ctx, msg.Now, channel, s), msg.Attempt)
	}
	var failed error
	out, _ = m.call(ctx, msg.Now, func(ctx context.Context, api *slack.Client) error {
		failed = do(ctx, api, msg, s, channel, at)
		return failed
	})
	if already[code(failed)] {
		out = outbox.Outcome{Result: outbox.Posted}
	}
	if out.Result == outbox.Posted {
		out.Remote = channel
		if ts := orElse(s.TS, at.ts); ts != "" {
			out.Remote = remote(channel, ts)
		}
	}
	return again(out, msg.Attempt)
}

// already are answers that say that a step was done before.
var already = map[string]bool{"already_pinned": true, "already_archived": true, "already_in_channel": true}

// odd is how often a step is tried that Slack refuses for a reason that nobody here knows.
const odd = 3

// again makes what is not known of a step repeatable: repeating it changes nothing. What
// Slack has refused often enough for whatever reason is left to a person.
func again(out outbox.Outcome, attempt int) outbox.Outcome {
	switch {
	case out.Odd && attempt >= odd:
		out.Result = outbox.Refused
		out.Why += fmt.Sprintf(", %d times", attempt)
	case out.Result == outbox.Unknown:
		out.Result, out.After = outbox.NotPosted, 3*time.Second
	}
	return out
}

// do is one call of the library.
func do(ctx context.Context, api *slack.Client, msg outbox.Message, s Step, channel string, at spot) (err error) {
	switch msg.What {
	case StepTopic:
		_, err = api.SetTopicOfConversationContext(ctx, channel, s.Text)
	case StepPurpose:
		_, err = api.SetPurposeOfConversationContext(ctx, channel, s.Text)
	case StepPin:
		err = api.AddPinContext(ctx, channel, slack.NewRefToMessage(channel, orElse(s.TS, at.ts)))
	case StepArchive:
		err = api.ArchiveConversationContext(ctx, channel)
	case StepEdit:
		var l letter
		if err = json.Unmarshal(msg.Payload, &l); err == nil {
			_, _, _, err = api.UpdateMessageContext(ctx, channel, orElse(l.TS, at.ts), l.options(msg.Key, at.channel)...)
		}
	default:
		err = slack.SlackErrorResponse{Err: "unknown_step"}
	}
	return err
}

// tries is how many numbers are tried behind a name that is taken.
const tries = 9

// open opens the incident's channel. A channel of that name that we made ourselves, that
// is no other incident's and that nobody has given a topic yet is the one that an
// attempt before this one made.
func (m *Medium) open(ctx context.Context, msg outbox.Message, s Step) outbox.Outcome {
	who, out := m.identity(ctx)
	if who == nil {
		return out
	}
	for n := 1; n <= tries; n++ {
		name := s.Name
		if n > 1 {
			name = suffixed(s.Name, n)
		}
		var c *slack.Channel
		var failed error
		out, _ = m.call(ctx, msg.Now, func(ctx context.Context, api *slack.Client) error {
			c, failed = api.CreateConversationContext(ctx, slack.CreateConversationParams{ChannelName: name, IsPrivate: s.Private})
			return failed
		})
		if code(failed) == "name_taken" {
			found, looked := m.find(ctx, name)
			if looked.Result == outbox.NotPosted && msg.Attempt < odd { // else whose it is will not be found out
				return looked
			}
			if found == nil || found.Creator != who.UserID || found.IsArchived || found.Topic.Value != "" || found.Purpose.Value != "" || slices.Contains(msg.Taken, found.ID) {
				continue
			}
			c, out = found, outbox.Outcome{Result: outbox.Posted, Why: "#" + name}
		}
		if out.Result != outbox.Posted {
			return out
		}
		if c == nil || c.ID == "" {
			return outbox.Outcome{Why: "the answer is not Slack's"}
		}
		m.know(name, c.ID)
		return outbox.Outcome{Result: outbox.Posted, Remote: c.ID, Link: m.link(c.ID, ""), Why: "#" + orElse(c.Name, name)}
	}
	return outbox.Outcome{Result: outbox.Refused, Why: fmt.Sprintf("#%s and %d like it are taken", s.Name, tries-1), Hint: "open a channel by hand and say which"}
}

// invite invites people and the members of groups, those that can be.
func (m *Medium) invite(ctx context.Context, now time.Time, channel string, people []string) outbox.Outcome {
	var ids, missing []string
	for _, p := range people {
		got, out := m.person(ctx, now, strings.TrimSpace(p))
		switch {
		case out.Result == outbox.Posted:
			ids = append(ids, got...)
		case out.Result == outbox.NotPosted || out.Result == outbox.Unknown:
			return out
		default:
			missing = append(missing, p+" ("+out.Why+")")
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	done := outbox.Outcome{Result: outbox.Posted, Remote: channel}
	for part := range slices.Chunk(ids, 100) {
		var failed error
		out, _ := m.call(ctx, now, func(ctx context.Context, api *slack.Client) error {
			_, failed = api.ForceInviteUsersToConversationContext(ctx, channel, part...)
			return failed
		})
		left, some := refusedOf(failed)
		switch {
		case some:
			missing = append(missing, left...)
		case out.Result != outbox.Posted:
			return out
		}
	}
	if len(missing) > 0 {
		done.Why = "not invited: " + oneLine(strings.Join(missing, ", "), 300)
		if len(ids) == 0 {
			done.Result, done.Hint = outbox.Refused, "invite them by hand"
		}
	}
	return done
}

// refusedOf are the people whom an invitation left out. some is true when the rest came
// in, or were in already.
func refusedOf(err error) (left []string, some bool) {
	switch code(err) {
	case "already_in_channel", "cant_invite_self":
		return nil, true
	}
	var said slack.SlackErrorResponse
	if !errors.As(err, &said) || len(said.Errors) == 0 {
		return nil, false
	}
	for _, e := range said.Errors {
		if e.ConversationsInviteResponseError == nil {
			continue
		}
		if c := e.ConversationsInviteResponseError.Error; c != "already_in_channel" && c != "cant_invite_self" {
			left = append(left, word(e.ConversationsInviteResponseError.User)+" ("+word(c)+")")
		}
	}
	return left, true
}

// person finds the ids of somebody: an id, an e-mail address, or @handle of a group.
func (m *Medium) person(ctx context.Context, now time.Time, p string) (ids []string, out outbox.Outcome) {
	done := outbox.Outcome{Result: outbox.Posted}
	switch {
	case p == "":
		return nil, done
	case strings.Contains(p[1:], "@"):
		out, _ = m.call(ctx, now, func(ctx context.Context, api *slack.Client) error {
			u, err := api.GetUserByEmailContext(ctx, p)
			if err == nil {
				ids = []string{u.ID}
			}
			return err
		})
		return ids, out
	case strings.HasPrefix(p, "S") && channelID.MatchString("C"+p):
		return m.members(ctx, now, p)
	case strings.HasPrefix(p, "@"):
		group := ""
		out, _ = m.call(ctx, now, func(ctx context.Context, api *slack.Client) error {
			all, err := api.GetUserGroupsContext(ctx)
			for _, g := range all {
				if strings.EqualFold(g.Handle, p[1:]) {
					group = g.ID
				}
			}
			return err
		})
		if out.Result != outbox.Posted {
			return nil, out
		}
		if group == "" {
			return nil, outbox.Outcome{Result: outbox.Refused, Why: "there is no such group"}
		}
		return m.members(ctx, now, group)
	case (p[0] == 'U' || p[0] == 'W') && channelID.MatchString("C"+p):
		return []string{p}, done
	}
	return nil, outbox.Outcome{Result: outbox.Refused, Why: "neither an e-mail address nor a group"}
}

func (m *Medium) members(ctx context.Context, now time.Time, group string) (ids []string, out outbox.Outcome) {
	out, _ = m.call(ctx, now, func(ctx context.Context, api *slack.Client) (err error) {
		ids, err = api.GetUserGroupMembersContext(ctx, group)
		return err
	})
	return ids, out
}

// bookmark puts a link on top of the channel, unless it is there.
func (m *Medium) bookmark(ctx context.Context, now time.Time, channel string, s Step) outbox.Outcome {
	var list []slack.Bookmark
	out, _ := m.call(ctx, now, func(ctx context.Context, api *slack.Client) (err error) {
		list, err = api.ListBookmarksContext(ctx, channel)
		return err
	})
	if out.Result != outbox.Posted {
		return out
	}
	if slices.ContainsFunc(list, func(b slack.Bookmark) bool { return b.Link == s.URL }) {
		out.Remote = channel
		return out
	}
	out, _ = m.call(ctx, now, func(ctx context.Context, api *slack.Client) error {
		_, err := api.AddBookmarkContext(ctx, channel, slack.AddBookmarkParameters{Title: s.Title, Type: "link", Link: s.URL})
		return err
	})
	out.Remote = channel
	return out
}
