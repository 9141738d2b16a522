package outbox

import (
	"net/url"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outward"
)

// Address is where a route posts to when its address is a password by itself, as that of
// a chat's webhook: the secret says it whole. An api_url beside it stands in the place of
// its scheme and host; alone, the api_url is the whole address. It goes unencrypted only
// to this machine and its networks, named by number or as localhost. The fault repeats
// nothing of a secret.
func Address(r Route) (string, error) {
	base, err := address(r, r.APIURL, "api_url")
	if err != nil {
		return "", err
	}
	if r.Secret.IsZero() {
		if base == nil {
			return "", fault.Input("secret", "the route %s has no address", r.Name).
				WithHint("keep the webhook's address with qd secret set NAME, and name it as the route's secret")
		}
		return base.String(), nil
	}
	whole, err := address(r, strings.TrimSpace(r.Secret.Reveal()), "secret")
	switch {
	case err != nil:
		return "", err
	case base == nil:
		return whole.String(), nil
	}
	whole.Scheme, whole.Host, whole.User = base.Scheme, base.Host, base.User
	whole.Path = strings.TrimSuffix(base.Path, "/") + whole.Path
	whole.RawPath = ""
	return whole.String(), nil
}

// Base is the address of a route's service: its api_url, else what is usual.
func Base(r Route, usual string) (*url.URL, error) {
	if r.APIURL == "" {
		return url.Parse(usual)
	}
	return address(r, r.APIURL, "api_url")
}

func address(r Route, text, field string) (*url.URL, error) {
	if text == "" {
		return nil, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
		return nil, fault.Input(field, "the %s of the route %s is no address that begins with https://", field, r.Name).
			WithHint("copy the address once more, whole")
	}
	if u.Scheme == "http" && !outward.Home(u) {
		return nil, fault.Input(field, "the %s of the route %s would go unencrypted", field, r.Name).
			WithHint("use its https address; http is only for this machine and its networks, named by number or as localhost")
	}
	u.Fragment = ""
	return u, nil
}

// Only refuses a route that says what its medium does not know.
func Only(r Route, known ...string) error {
	for name := range r.Also {
		if !slices.Contains(known, name) {
			hint := "take it out"
			if len(known) > 0 {
				hint += "; it knows " + strings.Join(known, ", ")
			}
			return fault.Input(name, "%s is nothing that the medium %s knows, in the route %s", name, r.Medium, r.Name).WithHint("%s", hint)
		}
	}
	return nil
}

// Fits refuses a text that is longer than a medium takes. Nothing is cut off: what a
// person has written leaves whole or not at all.
func Fits(length, limit int, measure, medium string) error {
	if length <= limit {
		return nil
	}
	return fault.Input("text", "%d %s are too many: %s takes %d, with title and times", length, measure, medium, limit).
		WithHint("shorten the text by %d", length-limit)
}
