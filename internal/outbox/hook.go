package outbox

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outward"
)

// Timeout is how long a posting over HTTP may take.
const Timeout = 20 * time.Second

// Hook is an address that takes postings of JSON and is a password by itself.
type Hook struct {
	address string
	timeout time.Duration
	client  *outward.Client
	unread  *fault.Error // the secret is no address: nothing can leave, and everything can be rendered
}

// NewHook makes the hook of a route that has nothing of its own beside an address. The
// fault is Only's or Address's, but for a secret that is there and is no address: that is
// said by what would use it, so that a preview, which has no secret, is made by the same
// code.
func NewHook(r Route, timeout time.Duration) (*Hook, error) {
	if err := Only(r); err != nil {
		return nil, err
	}
	address, err := Address(r)
	if f := fault.Of(err); err != nil && f.Field == "secret" && !r.Secret.IsZero() {
		return &Hook{timeout: timeout, unread: f}, nil
	}
	if err != nil {
		return nil, err
	}
	return &Hook{address: address, timeout: timeout, client: Client(address, timeout)}, nil
}

// Timeout is how long a posting may take.
func (h *Hook) Timeout() time.Duration { return h.timeout }

// ask sends a request once.
func (h *Hook) ask(ctx context.Context, r outward.Request) (outward.Reply, *Outcome) {
	if h.unread != nil {
		return outward.Reply{}, &Outcome{Result: Refused, Why: h.unread.Message, Hint: h.unread.Hint}
	}
	return Call(ctx, h.client, r)
}

// Post sends a body once. query is added to the address. When the outcome is not nil,
// the receiver did not take it, or it cannot be known; else the answer has the status
// 2xx and no page for people in it.
func (h *Hook) Post(ctx context.Context, query string, header http.Header, body []byte, now time.Time) (outward.Reply, *Outcome) {
	if header == nil {
		header = http.Header{}
	}
	header.Set("Content-Type", "application/json")
	reply, out := h.ask(ctx, outward.Request{Method: http.MethodPost, URL: with(h.address, query), Header: header, Body: body})
	if out != nil {
		return reply, out
	}
	if o := Judged(reply, now); o.Result != Posted {
		return reply, &o
	}
	if Page(reply) {
		return reply, &Outcome{Why: "a page for people answered instead of the service", Hint: "see whether this network asks for a log-in"}
	}
	return reply, nil
}

func with(address, query string) string {
	switch {
	case query == "":
		return address
	case strings.Contains(address, "?"):
		return address + "&" + query
	}
	return address + "?" + query
}

// Page reports whether an answer is a page of HTML.
func Page(a outward.Reply) bool {
	head := bytes.ToLower(bytes.TrimSpace(a.Body[:min(len(a.Body), 200)]))
	return strings.Contains(strings.ToLower(a.Header.Get("Content-Type")), "text/html") || bytes.HasPrefix(head, []byte("<!doctype")) || bytes.HasPrefix(head, []byte("<html"))
}

// Reach asks whether somebody is there, without posting anything.
func (h *Hook) Reach(ctx context.Context) Report {
	reply, out := h.ask(ctx, outward.Request{Method: http.MethodHead, URL: h.address})
	switch {
	case out != nil:
		hint := out.Hint
		if hint == "" {
			hint = "see whether the network is there, and whether the address is right"
		}
		return Report{Why: out.Why, Hint: hint}
	case reply.Status >= 300 && reply.Status < 400, reply.Status == http.StatusOK && Page(reply):
		return Report{Why: "something else answers at that address", Hint: "see whether this network asks for a log-in; else copy the address once more"}
	case reply.Status == http.StatusGone || reply.Status == http.StatusUnauthorized || reply.Status == http.StatusForbidden:
		o := Judged(reply, time.Time{})
		return Report{Why: o.Why, Hint: o.Hint}
	}
	return Report{Works: true, Who: "its service answers; only a message shows whether it takes one"}
}

// Get asks the address itself.
func (h *Hook) Get(ctx context.Context) (outward.Reply, *Outcome) {
	return h.ask(ctx, outward.Request{Method: http.MethodGet, URL: h.address})
}
