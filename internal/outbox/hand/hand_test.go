package hand

import (
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"net/url"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/outboxtest"
)

var now = time.Date(2026, 11, 20, 14, 0, 30, 0, time.UTC)

func hostile() outbox.Content {
	c := outboxtest.Content("", outboxtest.Hostile)
	c.Title, c.Ref = outboxtest.Hostile, "INC-7\r\nBcc: victim@evil.example"
	return c
}

func TestTheClipboardHoldsNothingLive(t *testing.T) {
	if found := outboxtest.Alive(Copy(hostile())); len(found) > 0 {
		t.Errorf("%q", found)
	}
	got := Copy(outboxtest.Content("", "We look into it."))
	if got != "SEV2 INC-7: Checkout fails\nInvestigating\n\nWe look into it.\n\nNext update at 14:30 UTC. As of 14:00 UTC, 20 November 2026." {
		t.Errorf("%q", got)
	}
}

func TestMailto(t *testing.T) {
	text, err := Mailto(outboxtest.Content("", "50 % + more & so on?\nÄ"), []string{"ana@company.example", "Ben <ben+x@company.example>"})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "mailto" || strings.Contains(text, "+") {
		t.Fatalf("%v %s", err, text)
	}
	q := u.Query()
	if q.Get("bcc") != "ana@company.example,ben+x@company.example" || q.Get("subject") != "INC-7: Checkout fails" || !strings.Contains(q.Get("body"), "50 % + more & so on?\r\nÄ") {
		t.Errorf("%v", q)
	}
	text, err = Mailto(hostile(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if u, err = url.Parse(text); err != nil || len(u.Query()) != 2 || strings.ContainsAny(u.Query().Get("subject"), "\r\n") {
		t.Errorf("a header came in: %v %v", err, u)
	}
	for name, do := range map[string]func() error{
		"many": func() error { _, err := Mailto(outbox.Content{}, make([]string, 31)); return err },
		"long": func() error { _, err := Mailto(outboxtest.Content("", strings.Repeat("long ", 3000)), nil); return err },
		"bad":  func() error { _, err := Mailto(outbox.Content{}, []string{"nobody&bcc=me"}); return err },
	} {
		if err := do(); !fault.Is(err, fault.Invalid) || fault.Of(err).Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEML(t *testing.T) {
	data, err := EML(hostile(), "Incidents <incidents@company.example>", []string{"ana@company.example", "Bén <ben@company.example>"}, now)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(data), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %.80q", len(line), line)
		}
	}
	m, err := mail.ReadMessage(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	bcc, err := m.Header.AddressList("Bcc")
	if err != nil || len(bcc) != 2 || bcc[1].Address != "ben@company.example" {
		t.Errorf("%v %v", bcc, err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || len(outboxtest.Alive(subject)) > 0 || !strings.HasPrefix(strings.ReplaceAll(subject, outbox.Nil, ""), "INC-7 Bcc: victim") {
		t.Errorf("%v %q", err, subject)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil || len(outboxtest.Alive(strings.ReplaceAll(string(body), "\r", ""))) > 0 || !strings.Contains(string(body), "Next update at 14:30 UTC.") {
		t.Errorf("%v\n%s", err, body)
	}
	if _, err := EML(outbox.Content{}, "nobody", nil, now); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
}

func TestNothingLeavesByItself(t *testing.T) {
	m, err := Open(outbox.Route{Name: "h", Medium: "hand", Target: "the town hall"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Render(hostile())
	if err != nil || len(outboxtest.Alive(string(r.Payload))) > 0 {
		t.Errorf("%v %q", err, r.Payload)
	}
	if out := m.Send(t.Context(), outbox.Message{Payload: r.Payload}); out.Result != outbox.Refused || out.Why == "" || out.Hint == "" {
		t.Errorf("%+v", out)
	}
	if rep := m.Check(t.Context()); !rep.Works || !strings.Contains(rep.Who, "the town hall") {
		t.Errorf("%+v", rep)
	}
}
