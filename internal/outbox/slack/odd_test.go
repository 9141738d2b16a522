package slack_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/outboxtest"
	"quarterdeck/internal/outbox/slack"
	"quarterdeck/internal/outbox/slack/slacktest"
)

// between stands before a workspace and answers some methods by itself.
func between(t *testing.T, s *slacktest.Server, answers map[string]func(w http.ResponseWriter, r *http.Request, pass func() []byte) bool) string {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body) // else nobody hears when the client gives up
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		pass := func() []byte {
			rec := httptest.NewRecorder()
			s.ServeHTTP(rec, r)
			return rec.Body.Bytes()
		}
		if do := answers[strings.TrimPrefix(r.URL.Path, "/api/")]; do != nil && do(w, r, pass) {
			return
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	return srv.URL + "/api/"
}

func update(t *testing.T, m *slack.Medium, text string) outbox.Message {
	t.Helper()
	r, err := m.Render(outboxtest.Content("", text))
	if err != nil {
		t.Fatal(err)
	}
	return outbox.Message{Key: outboxtest.Key(1), What: outbox.WhatUpdate, Payload: r.Payload, Attempt: 1, First: noon, Now: noon}
}

// An error that nobody here knows does not say that nothing was posted: the history does.
// What is not there then is not sent again by itself.
func TestAnErrorThatNobodyKnowsIsLookedUpInTheHistory(t *testing.T) {
	const odd = `{"ok":false,"error":"some_new_thing"}`
	for _, keeps := range []bool{true, false} {
		s := slacktest.New(t, nil)
		m := open(t, between(t, s, map[string]func(http.ResponseWriter, *http.Request, func() []byte) bool{
			"chat.postMessage": func(w http.ResponseWriter, _ *http.Request, pass func() []byte) bool {
				if keeps {
					pass()
				}
				_, _ = w.Write([]byte(odd))
				return true
			},
		}), "C0SUPPORT1", 2*time.Second)
		msg := update(t, m, "We are working on it.")
		if out := m.Send(t.Context(), msg); out.Result != outbox.Unknown || !out.Odd || !strings.Contains(out.Why, "some_new_thing") {
			t.Fatalf("keeps %v: %+v", keeps, out)
		}
		f := m.Reconcile(t.Context(), msg)
		if f.Found != keeps || !f.Clean || f.Useless == keeps || !keeps && !strings.Contains(f.Why, "some_new_thing") {
			t.Errorf("keeps %v: %+v", keeps, f)
		}
	}
}

// What Slack names in its documents as a refusal is one, also by a new word of its kind.
func TestARefusalIsOneAtOnce(t *testing.T) {
	for _, code := range []string{"channel_not_found", "invalid_blocks", "messages_tab_disabled", "team_access_not_granted", "two_factor_setup_required", "no_permission"} {
		s := slacktest.New(t, nil)
		m := open(t, between(t, s, map[string]func(http.ResponseWriter, *http.Request, func() []byte) bool{
			"chat.postMessage": func(w http.ResponseWriter, _ *http.Request, _ func() []byte) bool {
				_, _ = fmt.Fprintf(w, `{"ok":false,"error":%q}`, code)
				return true
			},
		}), "C0SUPPORT1", 2*time.Second)
		if out := m.Send(t.Context(), update(t, m, "x")); out.Result != outbox.Refused {
			t.Errorf("%s: %+v", code, out)
		}
	}
}

// A step may be repeated: an error that nobody knows is tried three times before a person
// is asked, and the reason is said.
func TestAStepIsTriedThriceForAReasonThatNobodyKnows(t *testing.T) {
	s := slacktest.New(t, nil)
	m := open(t, between(t, s, map[string]func(http.ResponseWriter, *http.Request, func() []byte) bool{
		"conversations.create": func(w http.ResponseWriter, _ *http.Request, _ func() []byte) bool {
			_, _ = w.Write([]byte(`{"ok":false,"error":"some_new_thing"}`))
			return true
		},
	}), "", 2*time.Second)
	r := opening(t, m)
	for attempt, want := range []outbox.Result{outbox.NotPosted, outbox.NotPosted, outbox.Refused} {
		out := m.Send(t.Context(), outbox.Message{Key: outboxtest.Key(1), What: slack.StepChannel, Payload: r.Payload, Attempt: attempt + 1, First: noon, Now: noon})
		if out.Result != want || !strings.Contains(out.Why, "some_new_thing") {
			t.Errorf("attempt %d: %+v", attempt+1, out)
		}
	}
}

// A history whose cursor leads to the same page for ever, or that never ends, is given up
// and a person asked; what stands in it is found all the same.
func TestAHistoryThatTurnsInACircleEnds(t *testing.T) {
	var calls atomic.Int32
	round := func(more bool) func(http.ResponseWriter, *http.Request, func() []byte) bool {
		return func(w http.ResponseWriter, _ *http.Request, pass func() []byte) bool {
			var a map[string]any
			if json.Unmarshal(pass(), &a) != nil {
				return false
			}
			a["has_more"], a["response_metadata"] = true, map[string]any{"next_cursor": "again"}
			if calls.Add(1); more { // each page is another one
				a["response_metadata"] = map[string]any{"next_cursor": fmt.Sprint(calls.Load())}
			}
			_ = json.NewEncoder(w).Encode(a)
			return true
		}
	}
	for _, more := range []bool{false, true} {
		calls.Store(0)
		s := slacktest.New(t, nil)
		m := open(t, between(t, s, map[string]func(http.ResponseWriter, *http.Request, func() []byte) bool{"conversations.history": round(more)}), "C0SUPPORT1", 2*time.Second)
		msg := update(t, m, "We are working on it.")
		if f := m.Reconcile(t.Context(), msg); f.Clean || f.Found || !f.Never {
			t.Errorf("never ends %v: %+v after %d pages", more, f, calls.Load())
		}
		if out := m.Send(t.Context(), msg); out.Result != outbox.Posted {
			t.Fatal(out)
		}
		if f := m.Reconcile(t.Context(), msg); !f.Found {
			t.Errorf("it is on the first page: %+v", f)
		}
	}
}

// A history that comes back without metadata has the mark in its block; one without either
// still shows that something with the same words is there, and then a person is asked.
func TestAHistoryWithoutOurMarks(t *testing.T) {
	without := func(fields ...string) func(http.ResponseWriter, *http.Request, func() []byte) bool {
		return func(w http.ResponseWriter, _ *http.Request, pass func() []byte) bool {
			var a struct {
				OK       bool             `json:"ok"`
				Messages []map[string]any `json:"messages"`
			}
			if json.Unmarshal(pass(), &a) != nil {
				return false
			}
			for _, x := range a.Messages {
				for _, f := range fields {
					delete(x, f)
				}
			}
			_ = json.NewEncoder(w).Encode(a)
			return true
		}
	}
	for _, c := range []struct {
		fields      []string
		found, like bool
	}{{[]string{"metadata"}, true, false}, {[]string{"blocks"}, true, false}, {[]string{"metadata", "blocks"}, false, true}} {
		s := slacktest.New(t, nil)
		m := open(t, between(t, s, map[string]func(http.ResponseWriter, *http.Request, func() []byte) bool{"conversations.history": without(c.fields...)}), "C0SUPPORT1", 2*time.Second)
		msg := update(t, m, "We are working on it.")
		if f := m.Reconcile(t.Context(), msg); f.Found || f.Like {
			t.Errorf("before it was sent: %+v", f)
		}
		if out := m.Send(t.Context(), msg); out.Result != outbox.Posted {
			t.Fatal(out)
		}
		if f := m.Reconcile(t.Context(), msg); f.Found != c.found || f.Like != c.like {
			t.Errorf("without %v: %+v", c.fields, f)
		}
	}
}

// A workspace whose list of channels is slow or turns in a circle keeps no update back.
func TestAListOfChannelsThatNeverEndsKeepsNothingBack(t *testing.T) {
	var pages atomic.Int32
	s := slacktest.New(t, nil)
	m := open(t, between(t, s, map[string]func(http.ResponseWriter, *http.Request, func() []byte) bool{
		"conversations.list": func(w http.ResponseWriter, r *http.Request, _ func() []byte) bool {
			if pages.Add(1) == 3 {
				<-r.Context().Done()
			}
			_, _ = fmt.Fprintf(w, `{"ok":true,"channels":[{"id":"C0OTHER1","name":"other"}],"response_metadata":{"next_cursor":"%d"}}`, pages.Load())
			return true
		},
	}), "#support", time.Second)
	if out := m.Send(t.Context(), update(t, m, "x")); out.Result != outbox.Posted || !strings.HasPrefix(out.Remote, "C0SUPPORT1/") {
		t.Errorf("%+v", out)
	}
}

// A name that is taken by an archived channel gets a number, also while the list of
// channels cannot be read.
func TestANameThatAnArchivedChannelHas(t *testing.T) {
	for _, broken := range []bool{false, true} {
		s := slacktest.New(t, nil)
		s.Look(func() {
			s.Channels["C0OLD1"] = &slacktest.Channel{ID: "C0OLD1", Name: "inc_1", Creator: slacktest.Bot, Archived: true}
		})
		m := open(t, between(t, s, map[string]func(http.ResponseWriter, *http.Request, func() []byte) bool{
			"conversations.list": func(w http.ResponseWriter, _ *http.Request, _ func() []byte) bool {
				if broken {
					w.WriteHeader(http.StatusBadGateway)
				}
				return broken
			},
		}), "", 2*time.Second)
		r := opening(t, m)
		out := m.Send(t.Context(), outbox.Message{Key: outboxtest.Key(1), What: slack.StepChannel, Payload: r.Payload, Attempt: 3, First: noon, Now: noon})
		if out.Result != outbox.Posted || out.Why != "#inc_1-2" {
			t.Errorf("list broken %v: %+v", broken, out)
		}
	}
}

// What is marked comes in from every page of a history and of a thread, and from far back
// at the first reading.
func TestWhatIsMarkedIsReadFromEveryPage(t *testing.T) {
	s := slacktest.New(t, nil)
	s.PageSize = 3
	var ts []string
	for i := range 40 {
		ts = append(ts, s.Say("C0SUPPORT1", "U1", fmt.Sprint("message ", i), ""))
	}
	var inThread string
	for i := range 10 {
		inThread = s.Say("C0SUPPORT1", "U2", fmt.Sprint("answer ", i), ts[39])
	}
	s.React("C0SUPPORT1", ts[0], "pushpin")
	s.React("C0SUPPORT1", ts[20], "pushpin")
	s.React("C0SUPPORT1", inThread, "pushpin")
	m := open(t, s.URL(), "C0SUPPORT1", 2*time.Second)
	list, out := m.Marked(t.Context(), "C0SUPPORT1", []string{"pushpin"}, noon)
	if out.Result != outbox.Posted || len(list) != 3 {
		t.Errorf("%+v %+v", out, list)
	}
}

// opening is the step that opens a channel, as a medium sends it.
func opening(t *testing.T, m outbox.Medium) outbox.Rendered {
	t.Helper()
	c, err := slack.Step{Name: "inc_1"}.Content(slack.StepChannel)
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Render(c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
