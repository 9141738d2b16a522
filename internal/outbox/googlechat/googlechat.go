package googlechat

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"time"

	"quarterdeck/internal/outbox"
)

const (
	// limit is how long a posting may be, in bytes.
	limit = 32_000
	// again is how often what is unknown is sent once more under the same request id.
	again = 2
)

// medium is one webhook.
type medium struct {
	hook *outbox.Hook
}

// Open is the outbox.Opener of routes by Google Chat. Secret is the webhook's address.
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
	return outbox.Capabilities{Medium: "googlechat", Again: again, Limit: limit, Measure: "bytes", Timeout: m.hook.Timeout()}
}

// post is what Google Chat takes.
type post struct {
	Text   string   `json:"text,omitempty"`
	Cards  []carded `json:"cardsV2"`
	Thread *thread  `json:"thread,omitempty"`
}

type carded struct {
	ID   string `json:"cardId"`
	Card card   `json:"card"`
}

type card struct {
	Header   header    `json:"header"`
	Sections []section `json:"sections"`
}

type header struct {
	Title    string `json:"title"`
	Subtitle string `json:"subtitle,omitempty"`
}

type section struct {
	Widgets []widget `json:"widgets"`
}

type widget struct {
	Paragraph text `json:"textParagraph"`
}

type text struct {
	Text string `json:"text"`
}

type thread struct {
	Key string `json:"threadKey"`
}

// Render implements outbox.Medium.
func (m *medium) Render(c outbox.Content) (outbox.Rendered, error) {
	w := c.Words()
	var calls, notes []string
	for _, who := range c.Mentions {
		switch {
		case who.Kind == outbox.MentionChannel:
			calls = append(calls, "<users/all>")
		case who.Kind == outbox.MentionPerson && ids.MatchString(who.ID):
			calls = append(calls, "<users/"+who.ID+">")
		default:
			notes = append(notes, outbox.Line(who.Name)+" cannot be mentioned in Google Chat")
		}
	}
	p := post{Text: strings.Join(calls, " "), Cards: []carded{{"update", card{
		Header:   header{outbox.Dead(w.Head), outbox.Dead(w.State)},
		Sections: []section{{[]widget{{text{escape(w.Text)}}}}},
	}}}}
	if w.Foot != "" {
		p.Cards[0].Card.Sections = append(p.Cards[0].Card.Sections, section{[]widget{{text{escape(w.Foot)}}}})
	}
	if c.Thread != "" {
		p.Thread = &thread{c.Thread}
	}
	data, err := json.Marshal(p)
	if err != nil {
		return outbox.Rendered{}, fmt.Errorf("googlechat: render: %w", err)
	}
	if err := outbox.Fits(len(data), limit, "bytes", "Google Chat"); err != nil {
		return outbox.Rendered{}, err
	}
	return outbox.Rendered{Payload: data, Text: w.All(), Length: len(data), Notes: notes}, nil
}

// ids are those of Google's users: a number or an address.
var ids = regexp.MustCompile(`^[A-Za-z0-9._@+-]{1,128}$`)

// escape writes a text for a paragraph of a card, which reads a few tags.
func escape(s string) string {
	return strings.ReplaceAll(html.EscapeString(outbox.Dead(s)), "\n", "<br>")
}

// Send implements outbox.Medium.
func (m *medium) Send(ctx context.Context, msg outbox.Message) outbox.Outcome {
	query := url.Values{"requestId": {msg.Key}, "messageReplyOption": {"REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD"}}.Encode()
	reply, out := m.hook.Post(ctx, query, nil, msg.Payload, msg.Now)
	if out != nil {
		return *out
	}
	var kept struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(reply.Body, &kept) != nil || kept.Name == "" {
		return outbox.Outcome{Why: "Google Chat did not say that it kept the message", Hint: "look into the space"}
	}
	return outbox.Outcome{Result: outbox.Posted, Remote: kept.Name}
}

// Reconcile implements outbox.Medium; a webhook reads nothing.
func (*medium) Reconcile(context.Context, outbox.Message) outbox.Finding { return outbox.Finding{} }

// Check implements outbox.Medium.
func (m *medium) Check(ctx context.Context) outbox.Report { return m.hook.Reach(ctx) }
