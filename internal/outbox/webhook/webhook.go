package webhook

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/secret/token"
)

// again is how often what is unknown is sent once more under the same id.
const again = 3

// medium is one receiver.
type medium struct {
	hook *outbox.Hook
	key  token.Token // of the signature; the zero one signs nothing
}

// Open is the outbox.Opener of routes by a webhook. APIURL or Target is the address,
// Secret the key of the signature: whsec_ and base64 as Standard Webhooks have it, or any
// other text as it is.
func Open(r outbox.Route) (outbox.Medium, error) { return open(r, outbox.Timeout) }

func open(r outbox.Route, timeout time.Duration) (outbox.Medium, error) {
	where := r
	if where.Secret = (token.Token{}); where.APIURL == "" {
		where.APIURL = r.Target
	}
	if where.APIURL == "" {
		return nil, fault.Input("address", "the route %s has no address", r.Name).WithHint("give it the receiver's address; its secret is the key of the signature")
	}
	hook, err := outbox.NewHook(where, timeout)
	if err != nil {
		return nil, err
	}
	key, err := signingKey(r)
	if err != nil {
		return nil, err
	}
	return &medium{hook, key}, nil
}

// least is how many bytes a key in base64 has at least, by the specification.
const least = 24

// signingKey reads the key as the specification writes one.
func signingKey(r outbox.Route) (token.Token, error) {
	text := strings.TrimSpace(r.Secret.Reveal())
	coded, marked := strings.CutPrefix(text, "whsec_")
	raw, err := base64.StdEncoding.DecodeString(coded)
	switch {
	case marked && err != nil:
		return token.Token{}, fault.Input("secret", "the key of the route %s begins with whsec_ and is not base64", r.Name).WithHint("copy it once more, whole")
	case err == nil && (marked || len(raw) >= least):
		return token.New(string(raw)), nil
	}
	return token.New(text), nil
}

// Capabilities implements outbox.Medium.
func (m *medium) Capabilities() outbox.Capabilities {
	return outbox.Capabilities{Medium: "webhook", Again: again, Timeout: m.hook.Timeout()}
}

// event is what is posted. Times are RFC 3339 in UTC.
type event struct {
	Type      string `json:"type"`
	Timestamp string `json:"timestamp"`
	Data      data   `json:"data"`
}

type data struct {
	Ref      string    `json:"ref"`
	Title    string    `json:"title"`
	Severity string    `json:"severity,omitempty"`
	Audience string    `json:"audience"`
	State    string    `json:"state"`
	Text     string    `json:"text"`
	Next     string    `json:"next,omitempty"`
	Thread   string    `json:"thread,omitempty"`
	Corrects string    `json:"corrects,omitempty"`
	Mentions []mention `json:"mentions,omitempty"`
}

type mention struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Render implements outbox.Medium.
func (m *medium) Render(c outbox.Content) (outbox.Rendered, error) {
	e := event{"incident.update", stamp(c.AsOf), data{
		Ref: outbox.Line(c.Ref), Title: outbox.Line(c.Title), Severity: outbox.Line(c.Severity), Audience: outbox.Line(c.Audience),
		State: c.State, Text: outbox.Plain(c.Text), Next: stamp(c.Next), Thread: c.Thread, Corrects: c.Corrects,
	}}
	for _, who := range c.Mentions {
		e.Data.Mentions = append(e.Data.Mentions, mention(who))
	}
	body, err := json.Marshal(e)
	if err != nil {
		return outbox.Rendered{}, fmt.Errorf("webhook: render: %w", err)
	}
	return outbox.Rendered{Payload: body, Text: c.Words().All(), Length: len(body)}, nil
}

// stamp is RFC 3339 in UTC; "" of none.
func stamp(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z")
}

// Send implements outbox.Medium.
func (m *medium) Send(ctx context.Context, msg outbox.Message) outbox.Outcome {
	at := strconv.FormatInt(msg.Now.Unix(), 10)
	h := http.Header{"Webhook-Id": {msg.Key}, "Webhook-Timestamp": {at}}
	if !m.key.IsZero() {
		h.Set("Webhook-Signature", sign(m.key, msg.Key, at, msg.Payload))
	}
	if _, out := m.hook.Post(ctx, "", h, msg.Payload, msg.Now); out != nil {
		return *out
	}
	return outbox.Outcome{Result: outbox.Posted}
}

// sign is the symmetric signature: HMAC-SHA256 over id.timestamp.body.
func sign(key token.Token, id, at string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(key.Reveal()))
	mac.Write([]byte(id + "." + at + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Reconcile implements outbox.Medium; a webhook reads nothing.
func (*medium) Reconcile(context.Context, outbox.Message) outbox.Finding { return outbox.Finding{} }

// Check implements outbox.Medium.
func (m *medium) Check(ctx context.Context) outbox.Report { return m.hook.Reach(ctx) }
