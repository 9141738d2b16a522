package slack

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"quarterdeck/internal/outbox"
)

// Marked is a message that somebody marked in a channel.
type Marked struct {
	Remote string // channel/timestamp
	At     int64  // when it was written, ms UTC
	Author string
	Text   string
	Link   string
	How    string // pin, or the emoji's name
}

// Pin is the How of a pinned message.
const Pin = "pin"

// Marked reads the latest messages of a channel, and the answers in threads that have
// some since the last time, for what is pinned or bears one of the emojis. It is asked
// every half a minute: what somebody marks is read with the message itself. Now and then it
// looks further back, since what is marked may be old.
func (m *Medium) Marked(ctx context.Context, channel string, emojis []string, now time.Time) ([]Marked, outbox.Outcome) {
	back := perPage
	m.mu.Lock()
	if m.readings[channel]%seldom == 0 {
		back = farBack
	}
	m.readings[channel]++
	m.mu.Unlock()
	_, _ = m.identity(ctx) // for links; without it there are none
	var found []Marked
	look := func(list []slack.Message) {
		for i := range list {
			if how := marked(&list[i], channel, emojis); how != "" && !ours(&list[i]) {
				found = append(found, m.taken(ctx, channel, &list[i], how))
			}
		}
	}
	list, out := m.read(ctx, now, back, func(ctx context.Context, api *slack.Client, cursor string) ([]slack.Message, string, error) {
		h, err := api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: channel, Limit: perPage, Cursor: cursor})
		if err != nil {
			return nil, "", err
		}
		return h.Messages, h.ResponseMetaData.NextCursor, nil
	})
	look(list)
	if out.Result != outbox.Posted {
		return found, out
	}
	for i := range list {
		x := &list[i]
		if x.ReplyCount == 0 || x.ThreadTimestamp != x.Timestamp || !m.fresh(channel, x) {
			continue
		}
		answers, heard := m.read(ctx, now, farBack, func(ctx context.Context, api *slack.Client, cursor string) ([]slack.Message, string, error) {
			list, _, next, err := api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: x.Timestamp, Limit: perPage, Cursor: cursor})
			return list, next, err
		})
		look(slices.DeleteFunc(answers, func(a slack.Message) bool { return a.Timestamp == x.Timestamp }))
		if heard.Result != outbox.Posted {
			return found, heard // the rest comes with the next reading
		}
	}
	return found, out
}

// How far back is looked for what is marked: every time by a page, and at the first and
// every so many further readings by so many messages.
const (
	seldom  = 15
	farBack = 1000
)

// read reads pages until there are no more, or so many messages.
func (m *Medium) read(ctx context.Context, now time.Time, most int, page func(ctx context.Context, api *slack.Client, cursor string) ([]slack.Message, string, error)) (all []slack.Message, out outbox.Outcome) {
	for cursor, n := "", 0; ; n++ {
		var list []slack.Message
		var next string
		out, _ = m.call(ctx, now, func(ctx context.Context, api *slack.Client) (err error) {
			list, next, err = page(ctx, api, cursor)
			return err
		})
		all = append(all, list...)
		if out.Result != outbox.Posted || next == "" || next == cursor || len(all) >= most || n == pages {
			return all, out
		}
		cursor = next
	}
}

// recent is how many readings a thread is read in after its last answer: what is marked
// there shows only in the thread itself.
const recent = 10

// fresh reports whether a thread has to be read: it has answers that were not read, or
// had some not long ago.
func (m *Medium) fresh(channel string, x *slack.Message) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := remote(channel, x.Timestamp)
	last, times, _ := strings.Cut(m.threads[key], " ")
	n, err := strconv.Atoi(times)
	if err != nil || last != x.LatestReply {
		n = 0
	}
	m.threads[key] = x.LatestReply + " " + strconv.Itoa(n+1)
	return n < recent
}

// ours reports whether a message came from us: what we wrote stands in the log already.
func ours(x *slack.Message) bool {
	return x.Metadata.EventType == event || slices.ContainsFunc(x.Blocks.BlockSet, func(b slack.Block) bool { return strings.HasPrefix(b.ID(), mark("")) })
}

// marked says how a message is marked; empty when it is not.
func marked(x *slack.Message, channel string, emojis []string) string {
	for _, r := range x.Reactions {
		if name, _, _ := strings.Cut(r.Name, "::"); slices.Contains(emojis, name) { // without the tone of skin
			return name
		}
	}
	if slices.Contains(x.PinnedTo, channel) {
		return Pin
	}
	return ""
}

func (m *Medium) taken(ctx context.Context, channel string, x *slack.Message, how string) Marked {
	return Marked{
		Remote: remote(channel, x.Timestamp), At: millis(x.Timestamp), Author: m.name(ctx, x), Text: m.plain(ctx, x.Text),
		Link: m.link(channel, x.Timestamp), How: how,
	}
}

// millis is a Slack timestamp as the record keeps times.
func millis(ts string) int64 {
	s, frac, _ := strings.Cut(ts, ".")
	sec, err := strconv.ParseInt(s, 10, 64)
	if err != nil || sec < 0 || sec > 1<<40 {
		return 0
	}
	ms, err := strconv.ParseInt((frac + "000")[:3], 10, 64)
	if err != nil {
		ms = 0
	}
	return sec*1000 + ms
}

// name is who wrote a message, looked up once.
func (m *Medium) name(ctx context.Context, x *slack.Message) string {
	if x.User == "" {
		return orElse(x.Username, "an app")
	}
	return m.called(ctx, x.User)
}

func (m *Medium) called(ctx context.Context, id string) string {
	m.mu.Lock()
	name := m.names[id]
	m.mu.Unlock()
	if name != "" {
		return name
	}
	out, _ := m.call(ctx, time.Time{}, func(ctx context.Context, api *slack.Client) error {
		u, err := api.GetUserInfoContext(ctx, id)
		if err == nil {
			name = orElse(orElse(u.RealName, u.Profile.DisplayName), u.Name)
		}
		return err
	})
	if out.Result != outbox.Posted || name == "" {
		return id // looked up anew with the next message
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.names[id] = name
	return name
}

// plain reads Slack's own marks as people see them.
func (m *Medium) plain(ctx context.Context, text string) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(text, "<")
		b.WriteString(before)
		if !open {
			break
		}
		inside, after, closed := strings.Cut(rest, ">")
		if !closed {
			b.WriteString("<" + rest)
			break
		}
		b.WriteString(m.sign(ctx, inside))
		text = after
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(b.String())
}

func (m *Medium) sign(ctx context.Context, s string) string {
	head, label, labelled := strings.Cut(s, "|")
	switch {
	case strings.HasPrefix(head, "@") && labelled:
		return "@" + label
	case strings.HasPrefix(head, "@"):
		return "@" + m.called(ctx, head[1:])
	case strings.HasPrefix(head, "#"):
		return "#" + orElse(label, head[1:])
	case strings.HasPrefix(head, "!"):
		return "@" + orElse(strings.TrimPrefix(label, "@"), strings.TrimPrefix(head, "!"))
	case labelled && label != head:
		return label + " (" + head + ")"
	}
	return head
}
