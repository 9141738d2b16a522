package slacktest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// inside is what happens in a channel that the app is in; the lock is held.
func (s *Server) inside(method string, c *Channel, v url.Values) answer {
	switch method {
	case "chat.postMessage":
		return s.post(c, v)
	case "chat.update":
		m := c.find(v.Get("ts"))
		if m == nil {
			return no("message_not_found")
		}
		if m.User != Bot {
			return no("cant_update_message")
		}
		m.Text, m.Blocks, m.Metadata, m.Edits = v.Get("text"), json.RawMessage(v.Get("blocks")), json.RawMessage(v.Get("metadata")), m.Edits+1
		return answer{"ok": true, "channel": c.ID, "ts": m.TS, "text": m.Text}
	case "conversations.setTopic", "conversations.setPurpose":
		to := &c.Topic
		text := v.Get("topic")
		if method == "conversations.setPurpose" {
			to, text = &c.Purpose, v.Get("purpose")
		}
		if len([]rune(text)) > 250 {
			return no("too_long")
		}
		*to = text
		return answer{"ok": true, "channel": s.view(c)}
	case "conversations.invite":
		return s.invite(c, strings.Split(v.Get("users"), ","))
	case "conversations.archive":
		c.Archived = true
		return answer{"ok": true}
	case "pins.add":
		if c.find(v.Get("timestamp")) == nil {
			return no("message_not_found")
		}
		if slices.Contains(c.Pins, v.Get("timestamp")) {
			return no("already_pinned")
		}
		c.Pins = append(c.Pins, v.Get("timestamp"))
		return answer{"ok": true}
	case "bookmarks.add":
		c.Bookmarks = append(c.Bookmarks, [2]string{v.Get("title"), v.Get("link")})
		return answer{"ok": true, "bookmark": answer{"id": "Bk1", "title": v.Get("title"), "link": v.Get("link")}}
	case "bookmarks.list":
		list := []answer{}
		for _, b := range c.Bookmarks {
			list = append(list, answer{"id": "Bk1", "title": b[0], "link": b[1]})
		}
		return answer{"ok": true, "bookmarks": list}
	case "conversations.history":
		return s.history(c, v, func(m *Message) bool { return m.Thread == "" || m.Thread == m.TS })
	case "conversations.replies":
		return s.history(c, v, func(m *Message) bool { return m.Thread == v.Get("ts") })
	}
	return no("unknown_method")
}

func (s *Server) post(c *Channel, v url.Values) answer {
	var md struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	text := v.Get("text")
	if raw := v.Get("metadata"); raw != "" {
		if err := json.Unmarshal([]byte(raw), &md); err != nil || md.Type == "" {
			return no("invalid_metadata_format")
		}
	}
	if text == "" && v.Get("blocks") == "" {
		return no("no_text")
	}
	if len(text) > 40_000 {
		return no("msg_too_long")
	}
	if len(v.Get("blocks")) > 13_200 {
		return no("msg_blocks_too_long")
	}
	m := s.add(c, Bot, text)
	m.Metadata, m.Blocks = json.RawMessage(v.Get("metadata")), json.RawMessage(v.Get("blocks"))
	return answer{"ok": true, "channel": c.ID, "ts": m.TS, "message": answer{"text": text, "ts": m.TS}}
}

// add writes a message; the lock is held.
func (s *Server) add(c *Channel, user, text string) *Message {
	s.seq++
	now := s.now()
	m := &Message{TS: fmt.Sprintf("%d.%06d", now.Unix(), s.seq), User: user, Text: text, visible: now}
	c.Messages = append(c.Messages, m)
	return m
}

// Say has a person write into a channel; thread is a message's timestamp, or empty.
func (s *Server) Say(channel, user, text, thread string) (ts string) {
	s.Look(func() {
		m := s.add(s.Channels[channel], user, text)
		if ts = m.TS; thread != "" {
			m.Thread = thread
			s.Channels[channel].find(thread).Thread = thread
		}
	})
	return ts
}

// React puts an emoji to a message.
func (s *Server) React(channel, ts, emoji string) {
	s.Look(func() { m := s.Channels[channel].find(ts); m.Reactions = append(m.Reactions, emoji) })
}

func (c *Channel) find(ts string) *Message {
	for _, m := range c.Messages {
		if m.TS == ts {
			return m
		}
	}
	return nil
}

func (s *Server) invite(c *Channel, users []string) answer {
	var errs []answer
	for _, u := range users {
		switch _, known := s.Users[u]; {
		case !known:
			errs = append(errs, answer{"user": u, "ok": false, "error": "user_not_found"})
		case slices.Contains(c.Members, u):
			errs = append(errs, answer{"user": u, "ok": false, "error": "already_in_channel"})
		default:
			c.Members = append(c.Members, u)
		}
	}
	if len(errs) > 0 {
		return answer{"ok": false, "error": errs[0]["error"], "errors": errs}
	}
	return answer{"ok": true, "channel": s.view(c)}
}

func (s *Server) history(c *Channel, v url.Values, of func(*Message) bool) answer {
	limit, err := strconv.Atoi(v.Get("limit"))
	if err != nil || limit < 1 {
		limit = 100
	}
	if s.PageSize > 0 {
		limit = min(limit, s.PageSize)
	}
	oldest, now := seconds(v.Get("oldest")), s.now()
	var list []*Message
	for _, m := range c.Messages {
		if of(m) && seconds(m.TS) >= oldest && !m.visible.After(now) {
			list = append(list, m)
		}
	}
	slices.Reverse(list) // the latest first
	from, err := strconv.Atoi(strings.TrimPrefix(v.Get("cursor"), "at"))
	if err != nil || from > len(list) {
		from = 0
	}
	to := min(from+limit, len(list))
	out := []answer{}
	for _, m := range list[from:to] {
		out = append(out, s.message(c, m, v.Get("include_all_metadata") == "1" || v.Get("include_all_metadata") == "true"))
	}
	more := to < len(list)
	next := ""
	if more {
		next = fmt.Sprintf("at%d", to)
	}
	return answer{"ok": true, "messages": out, "has_more": more, "response_metadata": answer{"next_cursor": next}}
}

func (s *Server) message(c *Channel, m *Message, metadata bool) answer {
	out := answer{"type": "message", "ts": m.TS, "user": m.User, "text": m.Text}
	if metadata && len(m.Metadata) > 0 {
		out["metadata"] = m.Metadata
	}
	if len(m.Blocks) > 0 {
		out["blocks"] = m.Blocks
	}
	if slices.Contains(c.Pins, m.TS) {
		out["pinned_to"] = []string{c.ID}
	}
	var reactions []answer
	for _, r := range m.Reactions {
		reactions = append(reactions, answer{"name": r, "count": 1, "users": []string{"U1"}})
	}
	if reactions != nil {
		out["reactions"] = reactions
	}
	if m.Thread == m.TS && m.Thread != "" {
		n, last := 0, ""
		for _, x := range c.Messages {
			if x.Thread == m.TS && x != m {
				n, last = n+1, x.TS
			}
		}
		out["thread_ts"], out["reply_count"], out["latest_reply"] = m.TS, n, last
	} else if m.Thread != "" {
		out["thread_ts"] = m.Thread
	}
	return out
}

func seconds(ts string) float64 {
	f, err := strconv.ParseFloat(ts, 64)
	if err != nil {
		return 0
	}
	return f
}

// ripen keeps what was to be kept later; the lock is held.
func (s *Server) ripen() {
	now := s.now()
	s.late = slices.DeleteFunc(s.late, func(p pending) bool {
		if p.at.After(now) {
			return false
		}
		p.do()
		return true
	})
}

// Later is how long after the client has given up a late posting is kept.
const Later = 8 * time.Second
