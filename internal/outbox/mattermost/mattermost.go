package mattermost

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"quarterdeck/internal/outbox"
)

// limit is how long a message may be, in characters.
const limit = 16_383

// medium is one webhook.
type medium struct {
	hook   *outbox.Hook
	target string
}

// Open is the outbox.Opener of routes by Mattermost. Secret is the webhook's address,
// Target a channel when it is not the webhook's own.
func Open(r outbox.Route) (outbox.Medium, error) { return open(r, outbox.Timeout) }

func open(r outbox.Route, timeout time.Duration) (outbox.Medium, error) {
	hook, err := outbox.NewHook(r, timeout)
	if err != nil {
		return nil, err
	}
	return &medium{hook, r.Target}, nil
}

// Capabilities implements outbox.Medium.
func (m *medium) Capabilities() outbox.Capabilities {
	return outbox.Capabilities{Medium: "mattermost", Limit: limit, Measure: "characters", Timeout: m.hook.Timeout()}
}

// post is what Mattermost takes.
type post struct {
	Text    string `json:"text"`
	Channel string `json:"channel,omitempty"`
}

// Render implements outbox.Medium.
func (m *medium) Render(c outbox.Content) (outbox.Rendered, error) {
	w := c.Words()
	lines := []string{"**" + escape(w.Head) + "**", "*" + escape(w.State) + "*", "", escape(w.Text), "", escape(w.Foot)}
	if w.Head == "" {
		lines = lines[1:]
	}
	var calls, notes []string
	for _, who := range c.Mentions {
		switch {
		case who.Kind == outbox.MentionChannel:
			calls = append(calls, "@channel")
		case names.MatchString(who.ID):
			calls = append(calls, "@"+who.ID)
		default:
			notes = append(notes, outbox.Line(who.Name)+" cannot be mentioned in Mattermost")
		}
	}
	if len(calls) > 0 {
		lines = append(lines, "", strings.Join(calls, " "))
	}
	p := post{Text: strings.TrimSpace(strings.Join(lines, "\n")), Channel: strings.TrimPrefix(m.target, "#")}
	if c.Target != "" {
		p.Channel = strings.TrimPrefix(c.Target, "#")
	}
	length := utf8.RuneCountInString(p.Text)
	if err := outbox.Fits(length, limit, "characters", "Mattermost"); err != nil {
		return outbox.Rendered{}, err
	}
	data, err := json.Marshal(p)
	if err != nil {
		return outbox.Rendered{}, fmt.Errorf("mattermost: render: %w", err)
	}
	return outbox.Rendered{Payload: data, Text: w.All(), Length: length, Notes: notes}, nil
}

// names are those of Mattermost's users and groups.
var names = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// escape makes a text show as it was typed. A backslash takes the meaning from a sign that
// has one in its Markdown, at the beginning of a line or anywhere; signs that begin the
// name of a channel, a tag, an emoji or a link of Slack's form, or underline a title, have
// a sign of no width beside them, since no backslash helps there.
func escape(text string) string {
	var b strings.Builder
	for line := range strings.Lines(outbox.Dead(text)) {
		for i, r := range strings.TrimLeft(line, " ") { // four blanks would begin a block of code
			switch {
			case strings.ContainsRune("\\`*_~|[]>", r), i == 0 && strings.ContainsRune("#-+", r):
				b.WriteByte('\\')
			case i == 0 && r == '=':
				b.WriteString(outbox.Nil)
			}
			b.WriteRune(r)
			if strings.ContainsRune("<#~:", r) {
				b.WriteString(outbox.Nil)
			}
		}
	}
	return numbered.ReplaceAllString(b.String(), `$1\.`)
}

var numbered = regexp.MustCompile(`(?m)^([0-9]+)\.`)

// Send implements outbox.Medium.
func (m *medium) Send(ctx context.Context, msg outbox.Message) outbox.Outcome {
	reply, out := m.hook.Post(ctx, "", nil, msg.Payload, msg.Now)
	if out != nil {
		return *out
	}
	if strings.TrimSpace(string(reply.Body)) != "ok" {
		return outbox.Outcome{Why: "Mattermost did not say that it took the message", Hint: "look into the channel"}
	}
	return outbox.Outcome{Result: outbox.Posted}
}

// Reconcile implements outbox.Medium; a webhook reads nothing.
func (*medium) Reconcile(context.Context, outbox.Message) outbox.Finding { return outbox.Finding{} }

// Check implements outbox.Medium.
func (m *medium) Check(ctx context.Context) outbox.Report { return m.hook.Reach(ctx) }
