package slack

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outward"
)

// wire is one call: it hands the library's requests on and remembers what came back,
// since the library's errors do not say all of it.
type wire struct {
	client *outward.Client
	status int
	header http.Header
	err    error
}

// Do implements the library's client.
func (w *wire) Do(req *http.Request) (*http.Response, error) {
	resp, err := w.client.Do(req)
	w.status, w.header, w.err = 0, nil, err
	if err == nil {
		w.status, w.header = resp.StatusCode, resp.Header
	}
	return resp, err
}

// api is the library for one call, with the wire that it goes by.
func (m *Medium) api() (*slack.Client, *wire) {
	w := &wire{client: m.client}
	return slack.New(m.token.Reveal(), slack.OptionHTTPClient(w), slack.OptionAPIURL(m.base)), w
}

// passing are what Slack answers when it may have done something all the same.
var passing = map[string]bool{
	"fatal_error": true, "internal_error": true, "service_unavailable": true, "team_added_to_org": true, "org_login_required": true, "accesslimited": true,
}

// judged says what is known after a call of the library. It is Posted when err is nil.
func (w *wire) judged(err error, now time.Time) outbox.Outcome {
	var said slack.SlackErrorResponse
	switch {
	case err == nil:
		return outbox.Outcome{Result: outbox.Posted}
	case w.err != nil:
		return outbox.Broken(w.err)
	case w.status == 0:
		return outbox.Outcome{Why: "no answer that can be read"}
	case w.status != http.StatusOK:
		return status(outbox.Judged(outward.Reply{Status: w.status, Header: w.header}, now), w.status)
	case errors.As(err, &said):
		return w.refusal(said, now)
	case outward.Of(err) != nil:
		return outbox.Broken(outward.Of(err))
	}
	return outbox.Outcome{Why: "the answer is not Slack's", Hint: "see whether this network asks for a log-in"}
}

// status mends what a status says in general: with Slack, a success is 200.
func status(out outbox.Outcome, code int) outbox.Outcome {
	if out.Result == outbox.Posted {
		return outbox.Outcome{Why: "the answer is not Slack's"}
	}
	if out.Result == outbox.Refused && code != http.StatusUnauthorized && code != http.StatusForbidden && code != http.StatusNotFound {
		return outbox.Outcome{Why: out.Why}
	}
	return out
}

// refusal says what one of Slack's own errors means.
func (w *wire) refusal(said slack.SlackErrorResponse, now time.Time) outbox.Outcome {
	code := said.Err
	switch {
	case code == "ratelimited" || code == "rate_limited":
		after, _ := outbox.RetryAfter(w.header, now)
		return outbox.Outcome{Result: outbox.NotPosted, After: after, Wide: true, Why: "too many messages at once"}
	case code == "request_timeout":
		return outbox.Outcome{Result: outbox.NotPosted, After: 2 * time.Second, Why: "Slack did not get the whole message"}
	case passing[code] || code == "":
		return outbox.Outcome{Why: strings.TrimSuffix("Slack failed ("+word(code)+")", " ()")}
	case !definite(code):
		why, hint := explain(code, said.Needed)
		return outbox.Outcome{Why: why, Hint: hint, Odd: true}
	}
	why, hint := explain(code, said.Needed)
	return outbox.Outcome{Result: outbox.Refused, Why: why, Hint: hint}
}

// sure are words in Slack's errors that say that nothing was done. An error without any
// of them is one that nobody here knows; what it left behind is not known either.
var sure = []string{"invalid", "cannot", "cant", "not", "no", "missing", "too", "restricted", "denied", "disabled", "expired", "inactive", "revoked", "archived",
	"taken", "forbidden", "unsupported", "required", "limit", "closed", "mismatch", "deprecated", "bad"}

// definite reports whether an error says that nothing was done.
func definite(code string) bool {
	_, known := meanings[code]
	return known || slices.ContainsFunc(strings.Split(code, "_"), func(w string) bool { return slices.Contains(sure, w) })
}

// meanings are Slack's errors in words, with what to do.
var meanings = map[string][2]string{
	"invalid_auth":        {"Slack does not know the token", "paste the bot token of the app anew"},
	"not_authed":          {"Slack got no token", "paste the bot token of the app"},
	"account_inactive":    {"the token's account is gone", "install the app anew and paste its token"},
	"token_revoked":       {"the token was revoked", "install the app anew and paste its token"},
	"token_expired":       {"the token has expired", "switch token rotation off in the app, install it anew and paste its token"},
	"channel_not_found":   {"Slack knows no such channel, or the app may not see it", "check the route's channel; invite the app into a private one"},
	"is_archived":         {"the channel is archived", "unarchive it, or give the route another channel"},
	"not_in_channel":      {"the app is not in the channel", "invite the app into the channel"},
	"restricted_action":   {"the workspace does not let apps do that", "ask its owners, or do it by hand"},
	"msg_too_long":        {"the text is too long for Slack", "shorten it"},
	"msg_blocks_too_long": {"the text is too long for Slack", "shorten it"},
	"no_text":             {"there is no text", "write one"},
	"cant_update_message": {"Slack does not let the app change that message", "write a new one"},
	"edit_window_closed":  {"that message is too old to be changed in this workspace", "write a new one"},
	"message_not_found":   {"that message is gone", "write a new one"},
	"name_taken":          {"a channel of that name is there already", "give it another name"},
	"user_not_found":      {"Slack knows no such person", "check the name"},
	"users_not_found":     {"Slack knows no such person", "check the name"},
}

// explain says an error in words.
func explain(code, needed string) (why, hint string) {
	if code == "missing_scope" {
		if needed = word(needed); needed == "" {
			return "the app lacks a scope", "install the app anew from the manifest"
		}
		return "the app lacks the scope " + needed, "install the app anew from the manifest, with " + needed
	}
	if m, ok := meanings[code]; ok {
		return m[0], m[1]
	}
	return "Slack refused it (" + word(code) + ")", "do it by hand, or mend what Slack names"
}

// word is a code as it may be repeated: a server can say anything.
func word(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_:.,- ", r) {
			return r
		}
		return -1
	}, s)
	return s[:min(len(s), 80)]
}

// call makes one call and judges it.
func (m *Medium) call(ctx context.Context, now time.Time, do func(context.Context, *slack.Client) error) (outbox.Outcome, *wire) {
	ctx, cancel := context.WithTimeout(ctx, m.timeout)
	defer cancel()
	api, w := m.api()
	return w.judged(do(ctx, api), now), w
}

// code is Slack's own error in err; empty when there is none.
func code(err error) string {
	var said slack.SlackErrorResponse
	if errors.As(err, &said) {
		return said.Err
	}
	return ""
}
