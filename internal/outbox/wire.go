package outbox

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"quarterdeck/internal/outward"
)

// Bounds of what a service of ours answers.
const (
	connect = 5 * time.Second
	answer  = 4 << 20
)

// Client is what a medium over HTTP posts with: bounded, without redirects, to the
// address that the route names, which may lie near when it was typed so.
func Client(apiURL string, timeout time.Duration) *outward.Client {
	return outward.New(outward.Options{Timeout: timeout, Connect: min(connect, timeout), MaxBody: answer, Typed: apiURL, Local: true})
}

// Call sends a request once. When the outcome is not nil, there is no answer, and the
// outcome says what is known.
func Call(ctx context.Context, c *outward.Client, req outward.Request) (outward.Reply, *Outcome) {
	reply, err := c.Fetch(ctx, req)
	if err != nil {
		out := Broken(err)
		return reply, &out
	}
	return reply, nil
}

// Broken is what is known when there was no answer: what did not leave was not posted.
func Broken(err error) Outcome {
	e := outward.Of(err)
	switch {
	case e == nil:
		return Outcome{Why: "no answer that can be read"}
	case e.Kind == outward.BadAddress, e.Kind == outward.Guarded:
		return Outcome{Result: Refused, Why: e.Error(), Hint: "give the route the address of its service"}
	case !e.Sent:
		return Outcome{Result: NotPosted, Why: "no connection: " + e.Error()}
	}
	return Outcome{Why: e.Error()}
}

// Judged is what the status of an answer says where the medium knows nothing better.
// 2xx is Posted; the medium has to look into the body, where its service has one. now
// is for a Retry-After that is a date. A redirect is Unknown: mostly it is a network
// that wants a log-in first, which passes.
func Judged(a outward.Reply, now time.Time) Outcome {
	switch s := a.Status; {
	case s >= 200 && s < 300:
		return Outcome{Result: Posted}
	case s == http.StatusTooManyRequests:
		after, _ := RetryAfter(a.Header, now)
		return Outcome{Result: NotPosted, After: after, Wide: true, Why: "too many messages at once (429)"}
	case s >= 300 && s < 400:
		return Outcome{Why: fmt.Sprintf("the address answers with a redirect (%d), which is not followed", s), Hint: "see whether this network asks for a log-in; else give the route the address that it leads to"}
	case s == http.StatusRequestTimeout || s >= 500 || s < 200:
		return Outcome{Why: fmt.Sprintf("the service failed (%d)", s)}
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		return Outcome{Result: Refused, Why: fmt.Sprintf("the service does not let us in (%d)", s), Hint: "give the route a secret that is in force"}
	case s == http.StatusNotFound || s == http.StatusGone:
		return Outcome{Result: Refused, Why: fmt.Sprintf("there is nothing at that address (%d)", s), Hint: "make the address anew and give it to the route"}
	}
	return Outcome{Result: Refused, Why: fmt.Sprintf("the service refused it (%d)", a.Status)}
}

// Pauses: for how long a service that says "too many" without saying for how long is
// left alone, and the longest that it is believed.
const (
	pause   = 30 * time.Second
	longest = 15 * time.Minute
)

// RetryAfter reads the header: seconds, with a fraction or without, or a date. said is
// false when there is none that can be read, and then a pause of ours is the answer.
func RetryAfter(h http.Header, now time.Time) (after time.Duration, said bool) {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.ParseFloat(text, 64); err == nil && s >= 0 && s < 1e9 {
		return min(time.Duration(s*float64(time.Second)), longest), true
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(at.Sub(now), 0), longest), true
	}
	return pause, false
}
