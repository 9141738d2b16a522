package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"quarterdeck/internal/outbox"
	"quarterdeck/internal/secret/token"
)

// FuzzReply holds that no answer of another side breaks a medium, that only a success
// counts as one, and that what is said about it is short and plain.
func FuzzReply(f *testing.F) {
	for which := range uint8(7) {
		f.Add(which, uint16(200), []byte(`{"ok":true,"channel":"C1","ts":"1.2","message":{"text":"x"},"id":"1","name":"n","incidents":[]}`))
		f.Add(which, uint16(429), []byte(`{"retry_after":1e300,"message":"\u0000<b>","global":true}`))
		f.Add(which, uint16(400), []byte(`{"ok":false,"error":["x"],"errors":{"a":[null]},"response_metadata":{"messages":["y"]}}`))
		f.Add(which, uint16(200), []byte("<html>\xff\x00"+strings.Repeat("[", 10_000)))
		f.Add(which, uint16(307), []byte("null"))
	}
	type answer struct {
		status int
		body   []byte
	}
	var says atomic.Pointer[answer] // a call that was given up may still be read by the server
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		a := says.Load()
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body) // the other side may have had enough
	}))
	f.Cleanup(srv.Close)
	names := []string{"slack", "statuspage", "webhook", "discord", "googlechat", "teams", "mattermost"}
	opened := map[string]outbox.Medium{}
	for _, name := range names {
		key := token.New("https://chat.example/hooks/ZebraQuartz")
		if name == "slack" || name == "statuspage" || name == "webhook" {
			key = token.New("xoxb-ZebraQuartz")
		}
		m, err := media[name](outbox.Route{Name: name, Medium: name, Target: "C1", APIURL: srv.URL + "/", Secret: key})
		if err != nil {
			f.Fatal(name, err)
		}
		opened[name] = m
	}
	f.Fuzz(func(t *testing.T, which uint8, code uint16, said []byte) {
		name := names[int(which)%len(names)]
		m := opened[name]
		status := 200 + int(code)%400
		says.Store(&answer{status, said})
		r, err := m.Render(outbox.Content{What: outbox.WhatUpdate, Ref: "INC-1", Title: "t", State: "investigating", Text: "We look.", Thread: "a/b"})
		if err != nil {
			t.Fatal(err)
		}
		msg := outbox.Message{Key: strings.Repeat("a", 32), What: outbox.WhatUpdate, Payload: r.Payload, Attempt: 1, First: time.UnixMilli(0), Now: time.UnixMilli(1000)}
		out := m.Send(t.Context(), msg)
		if out.Result == outbox.Posted && status >= 300 {
			t.Errorf("%s: %d counts as posted", name, status)
		}
		if out.Result != outbox.Posted && out.Why == "" {
			t.Errorf("%s: %d: nobody says why", name, status)
		}
		words := []string{out.Why, out.Hint}
		if m.Capabilities().Reads {
			found := m.Reconcile(t.Context(), msg)
			words = append(words, found.Why, found.Hint)
		}
		check := m.Check(t.Context())
		for _, s := range append(words, check.Who, check.Why, check.Hint) {
			if len(s) > 1000 || !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\n\x1b") || strings.Contains(s, "ZebraQuartz") && !strings.Contains(string(said), "ZebraQuartz") {
				t.Errorf("%s: it says %q", name, s)
			}
		}
	})
}
