package teams

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"quarterdeck/internal/outbox"
)

// limit is how long a posting may be, in bytes; Teams takes some 28 KB with its own around it.
const limit = 24_000

// medium is one workflow.
type medium struct {
	hook *outbox.Hook
}

// Open is the outbox.Opener of routes by Teams. Secret is the workflow's address.
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
	return outbox.Capabilities{Medium: "teams", Limit: limit, Measure: "bytes", Timeout: m.hook.Timeout()}
}

// post is what the workflow takes.
type post struct {
	Type        string       `json:"type"`
	Attachments []attachment `json:"attachments"`
}

type attachment struct {
	ContentType string `json:"contentType"`
	Content     card   `json:"content"`
}

type card struct {
	Schema  string  `json:"$schema"`
	Type    string  `json:"type"`
	Version string  `json:"version"`
	Body    []block `json:"body"`
	Teams   *people `json:"msteams,omitempty"`
}

// block is a RichTextBlock of runs, or the one TextBlock that mentions people.
type block struct {
	Type      string `json:"type"`
	Inlines   []run  `json:"inlines,omitempty"`
	Text      string `json:"text,omitempty"`
	Wrap      bool   `json:"wrap,omitempty"`
	Separator bool   `json:"separator,omitempty"`
}

type run struct {
	Type   string `json:"type"`
	Text   string `json:"text"`
	Weight string `json:"weight,omitempty"`
	Size   string `json:"size,omitempty"`
	Subtle bool   `json:"isSubtle,omitempty"`
}

type people struct {
	Entities []entity `json:"entities"`
}

type entity struct {
	Type      string    `json:"type"`
	Text      string    `json:"text"`
	Mentioned mentioned `json:"mentioned"`
}

type mentioned struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Render implements outbox.Medium.
func (m *medium) Render(c outbox.Content) (outbox.Rendered, error) {
	w := c.Words()
	content := card{Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Type: "AdaptiveCard", Version: "1.4"}
	add := func(text string, r run) {
		if text = still(text); text != "" {
			r.Type, r.Text = "TextRun", text
			content.Body = append(content.Body, block{Type: "RichTextBlock", Inlines: []run{r}})
		}
	}
	add(w.Head, run{Weight: "Bolder", Size: "Medium"})
	add(w.State, run{Weight: "Bolder"})
	for line := range strings.SplitSeq(w.Text, "\n") {
		add(line, run{})
	}
	add(w.Foot, run{Subtle: true, Size: "Small"})
	notes := content.mention(c.Mentions)
	data, err := json.Marshal(post{"message", []attachment{{"application/vnd.microsoft.card.adaptive", content}}})
	if err != nil {
		return outbox.Rendered{}, fmt.Errorf("teams: render: %w", err)
	}
	if err := outbox.Fits(len(data), limit, "bytes", "Teams"); err != nil {
		return outbox.Rendered{}, err
	}
	return outbox.Rendered{Payload: data, Text: w.All(), Length: len(data), Notes: notes}, nil
}

// still is a text for a run: no Markdown is read there, and the functions for dates that
// Adaptive Cards know are taken apart.
func still(text string) string {
	return strings.NewReplacer("{{", "{"+outbox.Nil+"{", "${", "$"+outbox.Nil+"{", "<at>", "<"+outbox.Nil+"at>").Replace(outbox.Dead(text))
}

// mention adds those who were picked, and says who cannot be.
func (c *card) mention(picked []outbox.Mention) (notes []string) {
	var calls []string
	for _, who := range picked {
		name := strings.Map(func(r rune) rune {
			if strings.ContainsRune("<>[]()*_`\\{}", r) {
				return ' '
			}
			return r
		}, outbox.Dead(outbox.Line(who.Name)))
		if who.Kind != outbox.MentionPerson || who.ID == "" || strings.TrimSpace(name) == "" {
			notes = append(notes, outbox.Line(who.Name)+" cannot be mentioned in Teams by a workflow")
			continue
		}
		if c.Teams == nil {
			c.Teams = &people{}
		}
		call := "<at>" + name + "</at>"
		calls = append(calls, call)
		c.Teams.Entities = append(c.Teams.Entities, entity{"mention", call, mentioned{who.ID, name}})
	}
	if len(calls) > 0 {
		c.Body = append(c.Body, block{Type: "TextBlock", Text: strings.Join(calls, " "), Wrap: true})
	}
	return notes
}

// Send implements outbox.Medium.
func (m *medium) Send(ctx context.Context, msg outbox.Message) outbox.Outcome {
	if _, out := m.hook.Post(ctx, "", nil, msg.Payload, msg.Now); out != nil {
		return *out
	}
	return outbox.Outcome{Result: outbox.Posted}
}

// Reconcile implements outbox.Medium; a workflow reads nothing.
func (*medium) Reconcile(context.Context, outbox.Message) outbox.Finding { return outbox.Finding{} }

// Check implements outbox.Medium.
func (m *medium) Check(ctx context.Context) outbox.Report { return m.hook.Reach(ctx) }
