package outboxtest_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit/load"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/slack"
	"quarterdeck/internal/outbox/slack/slacktest"
	"quarterdeck/internal/secret/token"
	"quarterdeck/internal/store"
)

var start = time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)

const support = "C0SUPPORT1"

// house is a data folder with its log, its dispatcher and a Slack to post to.
type house struct {
	t     *testing.T
	dir   string
	store *store.Store
	*cockpit.Cockpit
	outbox *outbox.Dispatcher
	clock  *clock.Fake
	slack  *slacktest.Server
	me     incident.Person
	id     incident.ID

	mu     sync.Mutex
	medium outbox.Medium
	away   error
}

// Medium implements outbox.Routes.
func (h *house) Blot(text string) string { return text }

func (h *house) Medium(context.Context, string) (outbox.Medium, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.medium, h.away
}

// build opens a folder; url is a Slack's, empty for a new one.
func build(t *testing.T, dir, url string, clk *clock.Fake) *house {
	t.Helper()
	h := &house{t: t, dir: dir, clock: clk}
	if clk == nil {
		h.clock = clock.NewFake(start)
	}
	if url == "" {
		h.slack = slacktest.New(t, h.clock.Now)
		url = h.slack.URL()
	}
	var err error
	if h.store, err = store.Open(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.store.Close() })
	k, err := load.Default()
	h.must(err)
	h.Cockpit, err = cockpit.New(h.store, h.clock, k, store.NewID)
	h.must(err)
	h.must(h.Watch(t.Context(), func([]cockpit.Change) {}))
	h.medium = openSlack(t, url)
	h.outbox = h.dispatcher()
	h.me, err = h.Person(t.Context(), incident.ID{}, "Ana")
	h.must(err)
	return h
}

func openSlack(t *testing.T, url string) outbox.Medium {
	m, err := slack.OpenWithin(outbox.Route{Name: "chat", Target: support, APIURL: url, Secret: token.New(slacktest.Token)}, 60*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (h *house) dispatcher() *outbox.Dispatcher {
	d, err := outbox.New(h.store, h, h, h.clock, func(incident.ID) {})
	h.must(err)
	return d
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) now() int64 { return clock.Milli(h.clock.Now()) }

func (h *house) declare() {
	h.t.Helper()
	var err error
	h.id, err = h.Declare(h.t.Context(), incident.ID{}, h.me, 0, incident.Declare{Declared: incident.Declared{Title: "Checkout fails", Severity: "SEV2"}})
	h.must(err)
}

var audiences = []string{"responders", "support", "leadership", "customers", "partners"}

// say asks for an update to leave; change alters its row.
func (h *house) say(audience, text string, change func(*incident.Delivery)) incident.Delivery {
	h.t.Helper()
	c := outbox.Content{What: outbox.WhatUpdate, Ref: "INC-1", Title: "Checkout fails", State: "investigating", Text: text, AsOf: h.now()}
	r, err := h.medium.Render(c)
	h.must(err)
	key, err := outbox.NewKey()
	h.must(err)
	id, err := store.NewID()
	h.must(err)
	d := incident.Delivery{
		ID: id, Actor: h.me.ID, Audience: audience, Route: "chat", What: outbox.WhatUpdate, Stream: h.id.String() + "/" + audience,
		Key: key, Text: r.Text, Payload: r.Payload, Created: h.now(), StaleAfter: outbox.StaleAfter(h.now(), 0), Changed: h.now(),
	}
	if change != nil {
		change(&d)
	}
	_, err = h.Do(h.t.Context(), cockpit.Order{
		Incident: h.id, Actor: h.me, Deliveries: []incident.Delivery{d},
		Command: &incident.SendUpdate{Audience: audience, State: "investigating", Text: text, Route: "chat"},
	})
	h.must(err)
	return d
}

// lasting is a row that is neither stale nor superseded.
func lasting(d *incident.Delivery) { d.Keep, d.StaleAfter = true, 0 }

// pass looks once and waits for what it began.
func (h *house) pass() {
	h.t.Helper()
	h.must(h.outbox.Pass(h.t.Context()))
	h.outbox.Wait()
}

// during passes, second by second.
func (h *house) during(d time.Duration) {
	h.t.Helper()
	for range int(d / time.Second) {
		h.pass()
		h.clock.Advance(time.Second)
	}
}

func (h *house) row(id incident.ID) incident.Delivery {
	h.t.Helper()
	d, err := h.store.Delivery(h.t.Context(), id)
	h.must(err)
	return d
}

func (h *house) state(d incident.Delivery, want incident.DeliveryState) incident.Delivery {
	h.t.Helper()
	got := h.row(d.ID)
	if got.State != want {
		h.t.Errorf("%.40q is %s (%s), not %s", got.Text, got.State, got.Why, want)
	}
	return got
}

// open counts rows by their states.
func (h *house) open() map[incident.DeliveryState]int {
	h.t.Helper()
	rows, err := h.store.OpenDeliveries(h.t.Context())
	h.must(err)
	n := map[incident.DeliveryState]int{}
	for _, d := range rows {
		n[d.State]++
	}
	return n
}

// kinds are the kinds of the incident's records about deliveries, in their order.
func (h *house) kinds() string {
	h.t.Helper()
	recs, err := h.store.Records(h.t.Context(), h.id, 0)
	h.must(err)
	out := ""
	for i := range recs {
		switch recs[i].Event().(type) {
		case *incident.UpdateRequested, *incident.DeliveryConfirmed, *incident.DeliveryRefused, *incident.DeliveryOnHold, *incident.DeliveryDropped:
			out += string(recs[i].Kind) + " "
		}
	}
	return out
}

// decide carries a person's decision out.
func (h *house) decide(d incident.Delivery, how func(incident.Delivery) (incident.Delivery, error)) {
	h.t.Helper()
	from := h.row(d.ID)
	to, err := how(from)
	h.must(err)
	t := incident.Transition{From: from, To: to}
	if to.State == incident.DeliveryQueued {
		h.must(h.store.Move(h.t.Context(), t))
		return
	}
	h.must(h.Decide(h.t.Context(), t, h.me, false, "seen there"))
}

func (h *house) send(d incident.Delivery) {
	h.t.Helper()
	h.decide(d, func(d incident.Delivery) (incident.Delivery, error) {
		return outbox.Send(d, h.store.Writer(), h.now())
	})
}

// offline takes the network away, or brings it back.
func (h *house) offline(yes bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if yes {
		h.medium = gone{h.medium}
		return
	}
	h.medium = h.medium.(gone).Medium
}

// gone is a medium without a network.
type gone struct{ outbox.Medium }

func (gone) Send(context.Context, outbox.Message) outbox.Outcome {
	return outbox.Outcome{Result: outbox.NotPosted, Why: "no connection"}
}

func (gone) Reconcile(context.Context, outbox.Message) outbox.Finding {
	return outbox.Finding{Why: "no connection"}
}

var errAway = fault.New(fault.Unreachable, "the keyring does not answer")

func text(n int) string { return fmt.Sprintf("message %03d", n) }
