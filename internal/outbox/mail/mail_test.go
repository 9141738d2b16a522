package mail

import (
	"encoding/json"
	"io"
	"mime"
	"mime/quotedprintable"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/outboxtest"
	"quarterdeck/internal/secret/token"
)

const to = "ana@company.example"

func route(url string) outbox.Route {
	return outbox.Route{Name: "list", Medium: "mail", APIURL: url, Target: to, Also: map[string]string{"from": "Incidents <incidents@company.example>"}}
}

func opened(t *testing.T, url string, timeout time.Duration) outbox.Medium {
	t.Helper()
	m, err := open(route(url), timeout)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMailIsAMedium(t *testing.T) {
	outboxtest.Run(t, outboxtest.Subject{
		Open: opened, Target: to,
		World: func(t *testing.T) outboxtest.World { return newPost(t, nil, false) },
		Live: func(payload []byte) []string {
			var l letter
			if err := json.Unmarshal(payload, &l); err != nil {
				return []string{err.Error()}
			}
			return outboxtest.Alive(l.Subject + "\n" + l.Body)
		},
	})
}

func message(t *testing.T, m outbox.Medium, n int, c outbox.Content) outbox.Message {
	t.Helper()
	r, err := m.Render(c)
	if err != nil {
		t.Fatal(err)
	}
	return outbox.Message{Key: outboxtest.Key(n), Target: to, Payload: r.Payload, Now: time.UnixMilli(c.AsOf)}
}

func TestWhatArrives(t *testing.T) {
	p := newPost(t, nil, false)
	m := opened(t, p.url, 5*time.Second)
	c := outboxtest.Content(to, "Grüße ☕\n.\n.. dots\nFrom here on "+strings.Repeat("long ", 300))
	for n := range 2 {
		if out := m.Send(t.Context(), message(t, m, n, c)); out.Result != outbox.Posted || out.Remote == "" {
			t.Fatalf("%+v", out)
		}
	}
	if len(p.kept) != 2 || strings.Join(p.to, " ") != to+" "+to {
		t.Fatalf("%d kept, to %q", len(p.kept), p.to)
	}
	id := "<obx-" + outboxtest.Key(0) + "@quarterdeck.invalid>"
	h, other := p.kept[id].Header, p.kept["<obx-"+outboxtest.Key(1)+"@quarterdeck.invalid>"].Header
	if h.Get("References") == "" || h.Get("References") != other.Get("References") || strings.Contains(h.Get("References"), "01890000") {
		t.Errorf("the thread is %q and %q", h.Get("References"), other.Get("References"))
	}
	for name, want := range map[string]string{"From": `"Incidents" <incidents@company.example>`, "To": "<" + to + ">", "Auto-Submitted": "auto-generated", "Subject": "INC-7: Checkout fails", "Date": "Fri, 20 Nov 2026 14:00:30 +0000", "User-Agent": "", "X-Mailer": ""} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	body, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(p.bodies[id])))
	text := strings.ReplaceAll(string(body), "\r\n", "\n")
	if err != nil || !strings.Contains(text, "Grüße ☕\n.\n.. dots\nFrom here on long long") || !strings.Contains(text, "Next update at 14:30 UTC.") || !strings.HasPrefix(text, "SEV2 Investigating\n\n") {
		t.Errorf("%v\n%s", err, text)
	}
	if kind, _, err := mime.ParseMediaType(h.Get("Content-Type")); err != nil || kind != "text/plain" {
		t.Errorf("%s", h.Get("Content-Type"))
	}
}

func TestNoHeaderIsSmuggledIn(t *testing.T) {
	p := newPost(t, nil, false)
	m := opened(t, p.url, 5*time.Second)
	c := outboxtest.Content(to, outboxtest.Hostile)
	c.Title = outboxtest.Hostile
	c.Ref = "INC-1\r\nBcc: victim@evil.example\r\n\r\nbody"
	if out := m.Send(t.Context(), message(t, m, 1, c)); out.Result != outbox.Posted {
		t.Fatalf("%+v", out)
	}
	for _, m := range p.kept {
		if m.Header.Get("Bcc") != "" {
			t.Error("a Bcc came in")
		}
	}
	if len(p.to) != 1 || p.posts != 1 {
		t.Errorf("%d messages to %q", p.posts, p.to)
	}
}

func TestABadAddressIsRefused(t *testing.T) {
	p := newPost(t, nil, false)
	p.refuses = to
	m := opened(t, p.url, 5*time.Second)
	msg := message(t, m, 1, outboxtest.Content(to, "x"))
	if out := m.Send(t.Context(), msg); out.Result != outbox.Refused || !strings.Contains(out.Why, "550, 5.1.1") || !strings.Contains(out.Hint, "address") {
		t.Errorf("%+v", out)
	}
	for _, bad := range []string{"nobody", "a@b.example, c@d.example", "a@b.example\r\nRCPT TO:<x@y.example>"} {
		msg.Target = bad
		if out := m.Send(t.Context(), msg); out.Result != outbox.Refused || out.Hint == "" {
			t.Errorf("%q: %+v", bad, out)
		}
	}
	if p.posts != 0 {
		t.Errorf("%d arrived", p.posts)
	}
}

func TestEncryptionAndLogIn(t *testing.T) {
	config, pool := certificate(t, clock.System().Now())
	for name, implicit := range map[string]bool{"STARTTLS": false, "implicit": true} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, config, implicit)
			r := route(p.url)
			r.Also["user"], r.Secret = "quarterdeck", token.New("the-secret")
			m, err := open(r, 5*time.Second)
			if err != nil {
				t.Fatal(err)
			}
			msg := message(t, m, 1, outboxtest.Content(to, "x"))
			if out := m.Send(t.Context(), msg); out.Result != outbox.Refused || !strings.Contains(out.Why, "certificate") {
				t.Errorf("a certificate that nobody trusts: %+v", out)
			}
			m.server.roots = pool
			if out := m.Send(t.Context(), msg); out.Result != outbox.Posted || p.logins != 1 || p.secured != 1 {
				t.Errorf("%+v, %d log-ins, %d secured", out, p.logins, p.secured)
			}
			if rep := m.Check(t.Context()); !rep.Works || p.posts != 1 {
				t.Errorf("%+v", rep)
			}
			m.server.password = token.New("wrong-secret")
			if out := m.Send(t.Context(), msg); out.Result != outbox.Refused || strings.Contains(out.Why+out.Hint, "secret") {
				t.Errorf("%+v", out)
			}
			if rep := m.Check(t.Context()); rep.Works || rep.Hint == "" {
				t.Errorf("%+v", rep)
			}
		})
	}
}

// A server elsewhere that offers no encryption gets nothing, and no password either.
func TestNothingGoesUnencryptedElsewhere(t *testing.T) {
	p := newPost(t, nil, false)
	r := route(p.url)
	r.Also["user"], r.Secret = "quarterdeck", token.New("the-secret")
	m, err := open(r, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	m.server.near = false
	if out := m.Send(t.Context(), message(t, m, 1, outboxtest.Content(to, "x"))); out.Result != outbox.Refused || out.Hint == "" || p.posts != 0 || p.logins != 0 {
		t.Errorf("%+v, %d posts, %d log-ins", out, p.posts, p.logins)
	}
}

func TestARouteThatCannotBe(t *testing.T) {
	for field, change := range map[string]func(*outbox.Route){
		"from":     func(r *outbox.Route) { delete(r.Also, "from") },
		"api_url":  func(r *outbox.Route) { r.APIURL = "" },
		"secret":   func(r *outbox.Route) { r.Also["user"] = "me" },
		"reply_to": func(r *outbox.Route) { r.Also["reply_to"] = "nobody" },
		"to":       func(r *outbox.Route) { r.Target = "ana@company.example, nobody" },
		"form":     func(r *outbox.Route) { r.Also["form"] = "x" },
	} {
		r := route("smtp://mail.example")
		change(&r)
		if _, err := Open(r); !fault.Is(err, fault.Invalid) || fault.Of(err).Field != field || fault.Of(err).Hint == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, url := range []string{"mail.company.example", "mail.company.example:25", "smtp://mail.company.example", "smtps://mail.company.example:465"} {
		if _, err := Open(route(url)); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
	for _, url := range []string{"https://mail.example", "smtp://user:the-secret@mail.example", "smtp://mail.example:0", "smtp://mail.example:99999", "smtp://"} {
		if _, err := Open(route(url)); !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "the-secret") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestEachRecipientHasAMessage(t *testing.T) {
	r := route("smtp://mail.example")
	r.Target = `ana@company.example, "Ben, the other" <ben@company.example>, ANA@company.example`
	m, err := Open(r)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.(outbox.Many).Targets(); strings.Join(got, " ") != "ana@company.example ben@company.example" {
		t.Errorf("%q", got)
	}
	msg := message(t, m, 1, outboxtest.Content("", "x"))
	msg.Target = ""
	if out := m.Send(t.Context(), msg); out.Result != outbox.Refused {
		t.Errorf("to nobody in particular: %+v", out)
	}
}
