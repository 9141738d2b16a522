package outbox_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/secret/token"
)

func TestAddress(t *testing.T) {
	const hook = "https://discord.example/api/webhooks/1/the-secret?x=1"
	for _, c := range []struct{ api, secret, want string }{
		{"", hook, hook},
		{"", " " + hook + "\n", hook},
		{"http://127.0.0.1:99", hook, "http://127.0.0.1:99/api/webhooks/1/the-secret?x=1"},
		{"https://proxy.example/chat/", hook, "https://proxy.example/chat/api/webhooks/1/the-secret?x=1"},
		{"http://localhost:99/hook?k=v", "", "http://localhost:99/hook?k=v"},
		{"", "http://192.168.1.4/hooks/the-secret", "http://192.168.1.4/hooks/the-secret"},
	} {
		got, err := outbox.Address(outbox.Route{Name: "r", APIURL: c.api, Secret: token.New(c.secret)})
		if err != nil || got != c.want {
			t.Errorf("%q %q: %q %v", c.api, c.secret, got, err)
		}
	}
	for _, c := range []struct{ api, secret, field string }{
		{"", "", "secret"},
		{"", "the-secret", "secret"},
		{"", "http://discord.example/the-secret", "secret"},
		{"", "ftp://x/the-secret", "secret"},
		{"", "https://\x7f/the-secret", "secret"},
		{"ftp://x", hook, "api_url"},
		{"http://chat.example", hook, "api_url"},
		{"nonsense", hook, "api_url"},
	} {
		_, err := outbox.Address(outbox.Route{Name: "r", APIURL: c.api, Secret: token.New(c.secret)})
		if f := fault.Of(err); !fault.Is(err, fault.Invalid) || f.Field != c.field || f.Hint == "" || strings.Contains(f.Error()+f.Hint, "the-secret") {
			t.Errorf("%q %q: %+v", c.api, c.secret, err)
		}
	}
}

func TestOnlyWhatAMediumKnows(t *testing.T) {
	r := outbox.Route{Name: "r", Medium: "mail", Also: map[string]string{"from": "x", "form": "y"}}
	if err := outbox.Only(r, "from"); !fault.Is(err, fault.Invalid) || fault.Of(err).Field != "form" || !strings.Contains(fault.Of(err).Hint, "from") {
		t.Errorf("%v", err)
	}
	if err := outbox.Only(r, "from", "form"); err != nil {
		t.Error(err)
	}
}
