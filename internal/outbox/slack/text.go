package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackutilsx"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
)

// letter is what is kept of a message: its words, and who is called. Blocks are made of
// it when it leaves, with its key.
type letter struct {
	Channel  string           `json:"channel,omitempty"` // an id or #name; empty = the route's, or what it needs says
	Fallback string           `json:"fallback"`          // one line, escaped: what a notification shows
	Head     string           `json:"head,omitempty"`    // in bold
	Body     string           `json:"body"`              // never markup
	Foot     string           `json:"foot,omitempty"`    // when more comes
	Mentions []outbox.Mention `json:"mentions,omitempty"`
	Links    []Link           `json:"links,omitempty"`  // of our own: the incident's channel or document
	TS       string           `json:"ts,omitempty"`     // of an edit: the message to change
	Points   bool             `json:"points,omitempty"` // to the channel of what it needs
}

// Link is an address that a message of ours points to.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Render implements outbox.Medium.
func (m *Medium) Render(c outbox.Content) (outbox.Rendered, error) {
	if c.What != outbox.WhatUpdate {
		return renderStep(c)
	}
	if n := utf8.RuneCountInString(c.Text); n > Limit {
		return outbox.Rendered{}, fault.Input("text", "%d characters are too many for Slack; %d fit", n, Limit).WithHint("shorten it; the rest can stand in the log")
	}
	l := letter{Channel: orElse(c.Target, m.target), Body: c.Text, Mentions: c.Mentions}
	l.Head = heading(c)
	if c.Next != 0 && !c.SaysNext() {
		l.Foot = "Next update by " + at(c.Next) + "."
	}
	if c.AsOf != 0 {
		l.Foot = strings.TrimSpace(l.Foot + " As of " + at(c.AsOf) + ".")
	}
	l.Fallback = escaped(glance(l.Head, c.Text))
	return l.rendered()
}

// heading is the first line of an update.
func heading(c outbox.Content) string {
	var parts []string
	for _, p := range []string{c.Ref, c.Severity, oneLine(c.Title, 150)} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	head := strings.Join(parts, " ")
	if c.State != "" {
		head = strings.TrimPrefix(head+" – "+c.State, " – ")
	}
	if c.Corrects != "" {
		head = "Correction: " + head
	}
	return head
}

// glance is a message in the one line of a notification.
func glance(head, text string) string {
	lines := strings.FieldsFunc(outbox.Plain(text), func(r rune) bool { return r == '\n' })
	return oneLine(strings.TrimPrefix(head+" – "+strings.Join(lines, " · "), " – "), 300)
}

func (l letter) rendered() (outbox.Rendered, error) {
	data, err := json.Marshal(l)
	if err != nil {
		return outbox.Rendered{}, fmt.Errorf("slack: keep a message: %w", err)
	}
	return outbox.Rendered{Payload: data, Text: l.text(), Length: utf8.RuneCountInString(l.Body)}, nil
}

// text is the message as its reader sees it.
func (l letter) text() string {
	parts := []string{l.Head, l.Body}
	for _, x := range l.Links {
		parts = append(parts, x.Title+": "+x.URL)
	}
	if calls := l.calls(); calls != "" {
		parts = append(parts, calls)
	}
	parts = append(parts, l.Foot)
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}

func (l letter) calls() string {
	var names []string
	for _, x := range l.Mentions {
		names = append(names, "@"+x.Name)
	}
	return strings.Join(names, " ")
}

// options are the message for the library, with its key in metadata and block. points is
// the channel that it points to, where it does.
func (l letter) options(key, points string) []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(l.Fallback, false), // escaped already
		slack.MsgOptionBlocks(l.block(key, points)),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: event, EventPayload: map[string]any{"key": key}}),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(), slack.MsgOptionParse(false), slack.MsgOptionLinkNames(false),
	}
}

// event is what our metadata are called.
const event = "quarterdeck_message"

// mark is the id of a block that carries a key.
func mark(key string) string { return "quarterdeck:" + key }

// block is the message as rich text, whose text elements interpret nothing.
func (l letter) block(key, points string) *slack.RichTextBlock {
	var out []slack.RichTextElement
	section := func(el ...slack.RichTextSectionElement) { out = append(out, slack.NewRichTextSection(el...)) }
	plain := func(s string) slack.RichTextSectionElement { return slack.NewRichTextSectionTextElement(s, nil) }
	if l.Head != "" {
		section(slack.NewRichTextSectionTextElement(l.Head+"\n", &slack.RichTextSectionTextStyle{Bold: true}))
	}
	section(plain(orElse(l.Body, " ") + "\n"))
	if l.Points && channelID.MatchString(points) {
		section(plain("Channel: "), slack.NewRichTextSectionChannelElement(points, nil), plain("\n"))
	}
	for _, x := range l.Links {
		section(plain(x.Title+": "), slack.NewRichTextSectionLinkElement(x.URL, "", nil), plain("\n"))
	}
	if len(l.Mentions) > 0 {
		var el []slack.RichTextSectionElement
		for _, x := range l.Mentions {
			el = append(el, mention(x), plain(" "))
		}
		section(append(el, plain("\n"))...)
	}
	if l.Foot != "" {
		section(plain(l.Foot))
	}
	return slack.NewRichTextBlock(mark(key), out...)
}

// mention is somebody who is really called.
func mention(x outbox.Mention) slack.RichTextSectionElement {
	switch x.Kind {
	case outbox.MentionGroup:
		return slack.NewRichTextSectionUserGroupElement(x.ID)
	case outbox.MentionChannel:
		return slack.NewRichTextSectionBroadcastElement("channel")
	}
	return slack.NewRichTextSectionUserElement(x.ID, nil)
}

// escaped is text for where Slack reads its own marks. A zero-width space keeps what
// looks like an address or a call from becoming one in a notification.
func escaped(s string) string {
	s = slackutilsx.EscapeMessage(s)
	for _, sign := range []string{"@", "://"} {
		s = strings.ReplaceAll(s, sign, sign[:1]+"\u200b"+sign[1:])
	}
	return s
}

// oneLine is a text on one line, cut to so many runes.
func oneLine(s string, most int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		r = append(r[:most-1], '…')
	}
	return string(r)
}

// at is a time as people outside read it.
func at(ms int64) string { return time.UnixMilli(ms).UTC().Format("15:04 UTC") }
