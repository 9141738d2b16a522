package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"quarterdeck/internal/outbox"
)

// limit is how long a message may be, in characters.
const limit = 2000

// medium is one webhook.
type medium struct {
	hook *outbox.Hook
}

// Open is the outbox.Opener of routes by Discord. Secret is the webhook's address.
func Open(r outbox.Route) (outbox.Medium, error) { return open(r, outbox.Timeout) }

func open(r outbox.Route, timeout time.Duration) (outbox.Medium, error) {
	hook, err := outbox.NewHook(r, timeout)
	if err != nil {
		return nil, err
	}
	return &medium{hook}, nil
}

// Capabilities implements outbox.Medium.
func (m *medium) Capabilities() outbox.Capabilities {
	return outbox.Capabilities{Medium: "discord", Limit: limit, Measure: "characters", Timeout: m.hook.Timeout()}
}

// post is what Discord takes.
type post struct {
	Content  string   `json:"content"`
	Mentions mentions `json:"allowed_mentions"`
	Flags    int      `json:"flags"`
}

// mentions are who may be mentioned: those listed and nobody by what the text looks like.
type mentions struct {
	Parse []string `json:"parse"`
	Users []string `json:"users,omitempty"`
	Roles []string `json:"roles,omitempty"`
}

// noEmbeds keeps Discord from unfolding links (SUPPRESS_EMBEDS).
const noEmbeds = 1 << 2

// Render implements outbox.Medium.
func (m *medium) Render(c outbox.Content) (outbox.Rendered, error) {
	w := c.Words()
	p := post{Mentions: mentions{Parse: []string{}}, Flags: noEmbeds}
	lines := []string{"**" + escape(w.Head) + "**", "*" + escape(w.State) + "*", "", escape(w.Text), "", escape(w.Foot)}
	if w.Head == "" {
		lines = lines[1:]
	}
	var calls, notes []string
	for _, who := range c.Mentions {
		switch ok := snowflake.MatchString(who.ID); {
		case ok && who.Kind == outbox.MentionPerson:
			p.Mentions.Users = append(p.Mentions.Users, who.ID)
			calls = append(calls, "<@"+who.ID+">")
		case ok && who.Kind == outbox.MentionGroup:
			p.Mentions.Roles = append(p.Mentions.Roles, who.ID)
			calls = append(calls, "<@&"+who.ID+">")
		case who.Kind == outbox.MentionChannel:
			p.Mentions.Parse = []string{"everyone"}
			calls = append(calls, "@here")
		default:
			notes = append(notes, outbox.Line(who.Name)+" cannot be mentioned in Discord")
		}
	}
	if len(calls) > 0 {
		lines = append(lines, strings.Join(calls, " "))
	}
	p.Content = strings.TrimSpace(strings.Join(lines, "\n"))
	length := utf8.RuneCountInString(p.Content)
	if err := outbox.Fits(length, limit, "characters", "Discord"); err != nil {
		return outbox.Rendered{}, err
	}
	data, err := json.Marshal(p)
	if err != nil {
		return outbox.Rendered{}, fmt.Errorf("discord: render: %w", err)
	}
	return outbox.Rendered{Payload: data, Text: w.All(), Length: length, Notes: notes}, nil
}

// snowflake is an id of Discord's.
var snowflake = regexp.MustCompile(`^[0-9]{15,20}$`)

// escape makes a text show as it was typed. A backslash takes the meaning from a sign that
// has one in Discord's Markdown, at the beginning of a line or anywhere.
func escape(text string) string {
	var b strings.Builder
	for line := range strings.Lines(outbox.Dead(text)) {
		first := true
		for _, r := range line {
			if strings.ContainsRune("\\*_~`|[]<>", r) || first && strings.ContainsRune("#-+", r) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
			first = first && r == ' '
		}
	}
	return numbered.ReplaceAllString(b.String(), `$1\.`)
}

var numbered = regexp.MustCompile(`(?m)^( *[0-9]+)\.`)

// Send implements outbox.Medium.
func (m *medium) Send(ctx context.Context, msg outbox.Message) outbox.Outcome {
	reply, out := m.hook.Post(ctx, "wait=true", nil, msg.Payload, msg.Now)
	if out != nil {
		if reply.Status == http.StatusTooManyRequests {
			out.After = later(reply.Header, reply.Body, msg.Now)
		}
		return *out
	}
	var kept struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(reply.Body, &kept) != nil || kept.ID == "" {
		return outbox.Outcome{Why: "Discord did not say that it kept the message", Hint: "look into the channel"}
	}
	return outbox.Outcome{Result: outbox.Posted, Remote: kept.ID}
}

// later is when Discord wants to be asked again; it says so in the body as well.
func later(h http.Header, body []byte, now time.Time) time.Duration {
	after, said := outbox.RetryAfter(h, now)
	var wait struct {
		After float64 `json:"retry_after"`
	}
	if !said && json.Unmarshal(body, &wait) == nil && wait.After > 0 {
		after, _ = outbox.RetryAfter(http.Header{"Retry-After": {fmt.Sprint(wait.After)}}, now)
	}
	return after
}

// Reconcile implements outbox.Medium; a webhook reads nothing.
func (*medium) Reconcile(context.Context, outbox.Message) outbox.Finding { return outbox.Finding{} }

// Check implements outbox.Medium: Discord tells a webhook about itself.
func (m *medium) Check(ctx context.Context) outbox.Report {
	reply, out := m.hook.Get(ctx)
	if out == nil {
		o := outbox.Judged(reply, time.Time{})
		out = &o
	}
	var self struct {
		Name string `json:"name"`
	}
	switch {
	case out.Result != outbox.Posted:
		return outbox.Report{Why: out.Why, Hint: hint(out.Hint)}
	case json.Unmarshal(reply.Body, &self) != nil:
		return outbox.Report{Why: "something else than Discord answers", Hint: "see whether this network asks for a log-in; else copy the webhook's address once more"}
	}
	return outbox.Report{Works: true, Who: "the webhook " + outbox.Line(self.Name)}
}

func hint(text string) string {
	if text == "" {
		return "see whether the network is there, and whether the webhook still is"
	}
	return text
}
