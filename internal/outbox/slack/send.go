package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"quarterdeck/internal/outbox"
)

// Send implements outbox.Medium.
func (m *Medium) Send(ctx context.Context, msg outbox.Message) outbox.Outcome {
	if msg.What != outbox.WhatUpdate && msg.What != StepMessage {
		return m.sendStep(ctx, msg)
	}
	if m.team != "" { // a token that was swapped must not speak to strangers
		if _, out := m.identity(ctx); out.Result != outbox.Posted {
			return out
		}
	}
	l, channel, out := m.letter(ctx, msg)
	if out.Result != outbox.Posted {
		return out
	}
	m.askWho()
	var at, ts string
	var failed error
	out, _ = m.call(ctx, msg.Now, func(ctx context.Context, api *slack.Client) error {
		at, ts, failed = api.PostMessageContext(ctx, channel, l.options(msg.Key, place(msg.Needs).channel)...)
		return failed
	})
	switch {
	case code(failed) == "not_in_channel" && m.join(ctx, channel):
		return outbox.Outcome{Result: outbox.NotPosted, After: time.Second, Why: "the app was not in the channel and has joined it"}
	case out.Result != outbox.Posted:
		m.answered(msg.Key, out)
		if code(failed) == "channel_not_found" {
			m.forget(channel)
		}
		return out
	case ts == "":
		return outbox.Outcome{Why: "the answer is not Slack's"}
	}
	if at == "" {
		at = channel
	}
	if channelID.MatchString(at) {
		m.know(orElse(msg.Target, m.target), at)
	}
	out.Remote, out.Link = remote(at, ts), m.link(at, ts)
	return out
}

// puzzles is how many messages are remembered that Slack answered with an error that
// nobody here knows.
const puzzles = 200

// answered remembers with what unknown error a message was answered: when its history
// shows that it is not there, sending it again would bring the same.
func (m *Medium) answered(key string, out outbox.Outcome) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.puzzled, key)
	if out.Odd && len(m.puzzled) < puzzles {
		m.puzzled[key] = out
	}
}

// askWho finds out in which workspace we are, for links, while a message is on its way.
func (m *Medium) askWho() {
	m.mu.Lock()
	ask := m.who == nil && !m.asking
	m.asking = true
	m.mu.Unlock()
	if !ask {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), m.timeout)
		defer cancel()
		_, _ = m.identity(ctx)
		m.mu.Lock()
		m.asking = false
		m.mu.Unlock()
	}()
}

// letter reads what was rendered, and finds where it goes.
func (m *Medium) letter(ctx context.Context, msg outbox.Message) (l letter, channel string, out outbox.Outcome) {
	if err := json.Unmarshal(msg.Payload, &l); err != nil {
		return l, "", outbox.Outcome{Result: outbox.Refused, Why: "what was kept to be sent cannot be read", Hint: "write it anew"}
	}
	to := orElse(orElse(l.Channel, msg.Target), place(msg.Needs).channel)
	if to = orElse(to, m.target); to == "" {
		return l, "", outbox.Outcome{Result: outbox.Refused, Why: "no channel is named", Hint: "give the route a channel"}
	}
	channel, out = m.channel(ctx, to)
	return l, channel, out
}

// spot is a channel, or a message in one.
type spot struct{ channel, ts string }

// remote is a message's id for us: channel/timestamp.
func remote(channel, ts string) string { return channel + "/" + ts }

// place reads what remote wrote.
func place(s string) spot {
	c, ts, _ := strings.Cut(s, "/")
	return spot{c, ts}
}

// Reconcile implements outbox.Medium: it reads the channel's history back to before the
// first attempt. What was posted into a thread is no update.
func (m *Medium) Reconcile(ctx context.Context, msg outbox.Message) outbox.Finding {
	l, channel, out := m.letter(ctx, msg)
	if out.Result != outbox.Posted {
		return outbox.Finding{Why: out.Why, Hint: out.Hint, Never: out.Result == outbox.Refused}
	}
	if !channelID.MatchString(channel) {
		return outbox.Finding{Never: true, Why: "Slack's channel is not known by its id, so that its history cannot be read", Hint: "give the route the channel's id"}
	}
	like := false
	f := m.history(ctx, channel, msg.First, msg.Now, func(x *slack.Message) bool {
		like = like || m.resembles(x, l, msg.First)
		return carries(x, msg.Key)
	})
	if f.Found || !f.Clean {
		return f
	}
	m.mu.Lock()
	out, f.Useless = m.puzzled[msg.Key]
	m.mu.Unlock()
	if f.Useless {
		f.Why, f.Hint = out.Why, out.Hint
	}
	f.Like = like
	return f
}

// resembles reports whether a message that came since the first attempt says what ours
// says and bears no mark of ours at all: something on the way may have taken it off.
func (m *Medium) resembles(x *slack.Message, l letter, first time.Time) bool {
	at := millis(x.Timestamp)
	return l.Fallback != "" && x.Text == l.Fallback && !ours(x) && at >= first.Add(-time.Minute).UnixMilli()
}

// carries reports whether a message has a key.
func carries(x *slack.Message, key string) bool {
	if x.Metadata.EventType == event && x.Metadata.EventPayload["key"] == key {
		return true
	}
	for _, b := range x.Blocks.BlockSet {
		if b.ID() == mark(key) {
			return true
		}
	}
	return false
}

// Bounds of reading a history: a page may hold fewer than it was asked for.
const (
	perPage = 200
	pages   = 250
	most    = 5000             // messages
	margin  = 15 * time.Minute // before the first attempt: clocks differ
)

// history reads a channel back to since until a message is as wanted. now is our clock,
// which is set against Slack's own: a clock that is an hour ahead would else read from
// after the message on.
func (m *Medium) history(ctx context.Context, channel string, since, now time.Time, wanted func(*slack.Message) bool) outbox.Finding {
	oldest, seen := since, 0
	for cursor, page := "", 0; page < pages && seen < most; page++ {
		var h *slack.GetConversationHistoryResponse
		var failed error
		out, w := m.call(ctx, now, func(ctx context.Context, api *slack.Client) error {
			h, failed = api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
				ChannelID: channel, Oldest: stamp(oldest), Inclusive: true, Limit: perPage, IncludeAllMetadata: true, Cursor: cursor,
			})
			return failed
		})
		if out.Result != outbox.Posted {
			return m.unread(ctx, channel, failed, out)
		}
		if page == 0 && !since.IsZero() {
			if earlier := since.Add(behind(w.header, now)); earlier.Before(oldest) {
				oldest, cursor = earlier, ""
				continue
			}
		}
		seen += len(h.Messages)
		for i := range h.Messages {
			if x := &h.Messages[i]; wanted(x) {
				return outbox.Finding{Found: true, Clean: true, Remote: remote(channel, x.Timestamp), Link: m.link(channel, x.Timestamp)}
			}
		}
		if next := h.ResponseMetaData.NextCursor; next != "" && next == cursor {
			return outbox.Finding{Never: true, Why: "Slack gives the same page of its history again and again"}
		} else if cursor = next; cursor == "" {
			return outbox.Finding{Clean: !h.HasMore, Why: said(h.HasMore, "Slack has more and does not say how to read on")}
		}
		if since.IsZero() { // only whether it can be read at all
			return outbox.Finding{Clean: true}
		}
	}
	return outbox.Finding{Never: true, Why: "too much was written since then to read all of it"}
}

// unread is a history that could not be read.
func (m *Medium) unread(ctx context.Context, channel string, err error, out outbox.Outcome) outbox.Finding {
	f := outbox.Finding{Why: out.Why, Hint: out.Hint}
	switch c := code(err); {
	case c == "not_in_channel":
		if m.join(ctx, channel) {
			f.Why = "the app was not in the channel and has joined it"
			return f
		}
		f.Never = true
	case out.Result == outbox.Refused:
		f.Never = c == "missing_scope" || c == "channel_not_found" || c == "method_not_supported_for_channel_type"
	}
	return f
}

// behind is by how much Slack's clock is behind ours; 0 when it is ahead, or does not say.
func behind(h http.Header, now time.Time) time.Duration {
	at, err := http.ParseTime(h.Get("Date"))
	if err != nil || now.IsZero() || !at.Before(now.Add(-time.Minute)) {
		return 0
	}
	return at.Sub(now)
}

// stamp is a time as Slack's timestamps are; the zero time is the beginning.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d.000000", t.Add(-margin).Unix())
}

func said(yes bool, text string) string {
	if yes {
		return text
	}
	return ""
}
