package outboxtest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
)

// Subject is a medium to put through the suite.
type Subject struct {
	// Open makes the medium for a receiver at url. timeout is its Capabilities.Timeout.
	Open func(t *testing.T, url string, timeout time.Duration) outbox.Medium
	// World makes a receiver; it ends with the test.
	World func(t *testing.T) World
	// Target is where to post to, when a message has to say it.
	Target string
	// Secret is in the medium's route, and must show nowhere.
	Secret string
	// Live lists what is alive in a payload as the receiver would read it: mentions,
	// links and markup. It is given what Render made of Hostile.
	Live func(payload []byte) []string
}

// Hostile is a text that tries to be more than text in every medium that we know.
const Hostile = "<!channel> <!here> <@U012AB3CD> @everyone @here @all @channel <users/all> *bold* _it_ ~gone~ `code` " +
	"**bold** [link](https://evil.example/) <https://evil.example|click> <b>b</b> <script>alert(1)</script> &amp; &lt; " +
	"https://evil.example/x http://evil.example www.evil.example mailto:x@evil.example <@&123> <#C1> |pipe| # head\n> quote\n- list\n```\nblock\n```\n" +
	"Subject: x\r\nBcc: victim@evil.example\r\n\r\n.\r\nQUIT\r\n\u202egnp.exe \u200b@\u200beveryone :warning: :rotating_siren: <at>Ada</at> {{x}} $ref"

// timeout is that of the media under test.
const timeout = 400 * time.Millisecond

// now is when the messages of the suite are sent.
var now = time.Date(2026, 11, 20, 14, 0, 30, 0, time.UTC)

// Run puts a medium through everything that it owes.
func Run(t *testing.T, s Subject) {
	t.Run("what it can do", s.capable)
	t.Run("render", s.render)
	t.Run("hostile text", s.hostile)
	for _, f := range Faults {
		t.Run("fault/"+strings.ReplaceAll(string(f), " ", "-"), func(t *testing.T) { s.fault(t, f) })
	}
	t.Run("broken off", s.brokenOff)
	t.Run("check", s.check)
}

// Content is an update that says text.
func Content(target, text string) outbox.Content {
	return outbox.Content{What: outbox.WhatUpdate, Target: target, Ref: "INC-7", Title: "Checkout fails", Severity: "SEV2", Audience: "Support",
		State: "investigating", Text: text, Next: now.Add(30 * time.Minute).UnixMilli(), AsOf: now.UnixMilli(), Thread: "01890000-0000-7000-8000-000000000001/support"}
}

// Key is a key, the n-th.
func Key(n int) string { return fmt.Sprintf("abcdef0123456789%016x", n) }

func (s Subject) message(t *testing.T, m outbox.Medium, n int, text string) outbox.Message {
	t.Helper()
	r, err := m.Render(Content(s.Target, text))
	if err != nil {
		t.Fatalf("render: %v", err)
	}
	return outbox.Message{Key: Key(n), Target: s.Target, What: outbox.WhatUpdate, Payload: r.Payload, Attempt: 1, First: now, Now: now}
}

func (s Subject) capable(t *testing.T) {
	c := s.Open(t, s.World(t).URL(), timeout).Capabilities()
	if c.Medium == "" || c.Medium != strings.ToLower(c.Medium) {
		t.Errorf("it is called %q", c.Medium)
	}
	if c.Timeout != timeout {
		t.Errorf("its time-out is %v, not the %v that it was opened with", c.Timeout, timeout)
	}
	if (c.Limit > 0) != (c.Measure != "") {
		t.Errorf("a limit of %d %q", c.Limit, c.Measure)
	}
	if c.Again < 0 || c.Again > 10 {
		t.Errorf("%d times again", c.Again)
	}
}

func (s Subject) render(t *testing.T) {
	m := s.Open(t, s.World(t).URL(), timeout)
	const text = "We look into failing orders – ☕ äöü 漢字."
	a, err := m.Render(Content(s.Target, text))
	if err != nil {
		t.Fatal(err)
	}
	b, err := m.Render(Content(s.Target, text))
	if err != nil || string(a.Payload) != string(b.Payload) || a.Text != b.Text {
		t.Error("it renders the same text in two ways; what was shown is not what leaves")
	}
	if !strings.Contains(a.Text, text) {
		t.Errorf("the preview does not hold what is said:\n%s", a.Text)
	}
	if !strings.Contains(a.Text, "14:30") {
		t.Errorf("the preview does not say when more comes:\n%s", a.Text)
	}
	if s.Secret != "" && (strings.Contains(string(a.Payload), s.Secret) || strings.Contains(a.Text, s.Secret)) {
		t.Error("the secret is in what is kept")
	}
	c := m.Capabilities()
	if c.Limit == 0 {
		return
	}
	long, err := m.Render(Content(s.Target, strings.Repeat("word ", c.Limit)))
	if err == nil && long.Length > c.Limit {
		t.Errorf("%d %s leave, %d fit", long.Length, c.Measure, c.Limit)
	}
	if err == nil && len(long.Notes) == 0 {
		t.Error("it cuts a text and does not say so")
	}
	if err != nil && !fault.Is(err, fault.Invalid) {
		t.Errorf("too long: %v", err)
	}
}

func (s Subject) hostile(t *testing.T) {
	m := s.Open(t, s.World(t).URL(), timeout)
	c := Content(s.Target, Hostile)
	c.Title, c.Audience = Hostile, "Support "+Hostile
	r, err := m.Render(c)
	if err != nil {
		t.Fatalf("render: %v", err)
	}
	for _, live := range s.Live(r.Payload) {
		t.Errorf("alive: %s", live)
	}
}

func (s Subject) fault(t *testing.T, f Fault) {
	w := s.World(t)
	if !w.Break(f) {
		return // there is no such thing in its world
	}
	m := s.Open(t, w.URL(), timeout)
	msg := s.message(t, m, 1, "We look into failing orders.")
	out := m.Send(context.Background(), msg)
	w.Settle()
	copies := w.Copies(msg.Key)
	if w.Posts() > 1 {
		t.Errorf("it posted %d times by itself", w.Posts())
	}
	if web, ok := w.(*Web); ok && web.Strays > 0 {
		t.Errorf("it followed a redirect")
	}
	switch {
	case out.Result == outbox.Posted && copies != 1, out.Result == outbox.NotPosted && copies != 0, out.Result == outbox.Refused && copies != 0:
		t.Errorf("%s, says %v; the receiver has %d copies", f, out.Result, copies)
	}
	s.words(t, out.Why, out.Hint, out.Remote, out.Link)
	switch f {
	case None:
		if out.Result != outbox.Posted {
			t.Errorf("in good health: %v, %s", out.Result, out.Why)
		}
	case NoListener:
		if out.Result != outbox.NotPosted {
			t.Errorf("nobody listens: %v, %s", out.Result, out.Why)
		}
	case Slow, SlowDate, SlowNothing, SlowRubbish:
		want := map[Fault]time.Duration{Slow: 7 * time.Second, SlowDate: 12 * time.Second}[f]
		if out.Result != outbox.NotPosted || want != 0 && out.After != want || out.After <= 0 {
			t.Errorf("%s: %v, again after %v", f, out.Result, out.After)
		}
	case HTML, Truncated, DropBefore, DropAfter, ResetAfter, HangBefore, HangAfter, LateStore, FailBefore, FailAfter, Gateway:
		if out.Result == outbox.Posted || out.Result == outbox.Refused {
			t.Errorf("%s: it says %v and cannot know", f, out.Result)
		}
	}
	if out.Result != outbox.Posted && out.Why == "" {
		t.Error("it does not say why")
	}
	if out.Result == outbox.Unknown {
		s.settle(t, m, w, msg, copies)
	}
}

// settle finds out what became of a message whose outcome is unknown.
func (s Subject) settle(t *testing.T, m outbox.Medium, w World, msg outbox.Message, copies int) {
	c := m.Capabilities()
	if c.Reads {
		found := m.Reconcile(context.Background(), msg)
		if found.Found != (copies > 0) || !found.Found && !found.Clean {
			t.Errorf("%d copies, and reading back says %+v", copies, found)
		}
		s.words(t, found.Why, found.Hint)
	}
	if c.Again > 0 {
		msg.Attempt++
		if out := m.Send(context.Background(), msg); out.Result != outbox.Posted {
			t.Errorf("again: %v, %s", out.Result, out.Why)
		}
		w.Settle()
		if n := w.Copies(msg.Key); n != 1 {
			t.Errorf("sent again, and the receiver keeps %d copies", n)
		}
	}
}

// brokenOff: a Send whose context ends must end.
func (s Subject) brokenOff(t *testing.T) {
	w := s.World(t)
	m := s.Open(t, w.URL(), timeout)
	msg := s.message(t, m, 2, "We look into failing orders.")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := m.Send(ctx, msg)
	w.Settle()
	if out.Result == outbox.Posted || out.Result != outbox.Unknown && w.Copies(msg.Key) > 0 {
		t.Errorf("broken off: %v with %d copies", out.Result, w.Copies(msg.Key))
	}
}

func (s Subject) check(t *testing.T) {
	w := s.World(t)
	m := s.Open(t, w.URL(), timeout)
	r := m.Check(context.Background())
	if !r.Works && (r.Why == "" || r.Hint == "") {
		t.Errorf("it does not work, and does not say why and what to do: %+v", r)
	}
	if w.Posts() > 0 && !m.Capabilities().Reads {
		t.Errorf("a check posted something")
	}
	s.words(t, r.Why, r.Hint, r.Who)
}

// words must not hold the secret.
func (s Subject) words(t *testing.T, words ...string) {
	t.Helper()
	for _, text := range words {
		if s.Secret != "" && strings.Contains(text, s.Secret) {
			t.Errorf("the secret is in %q", text)
		}
		if len(text) > 500 {
			t.Errorf("%d bytes are no sentence: %.80q", len(text), text)
		}
	}
}
