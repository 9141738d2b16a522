package outboxtest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/slack/slacktest"
)

// draw answers four of five postings badly, and three of ten readings.
func draw(seed uint64) func(string) slacktest.Fault {
	r := rand.New(rand.NewPCG(seed, 11))
	return func(method string) slacktest.Fault {
		switch {
		case method == "chat.postMessage" && r.IntN(5) > 0:
			return slacktest.Passing[r.IntN(len(slacktest.Passing))]
		case method == "conversations.history" && r.IntN(10) < 3:
			return []slacktest.Fault{slacktest.Gateway, slacktest.HTML, slacktest.CutBefore, slacktest.Slow, slacktest.DropBefore, slacktest.Redirect}[r.IntN(6)]
		}
		return slacktest.OK
	}
}

// TestTortureStorm: whatever goes wrong, each message arrives once and in its order. A
// sender that tries again after every failure is measured beside it.
func TestTortureStorm(t *testing.T) {
	h := build(t, t.TempDir(), "", nil)
	h.declare()
	h.slack.PageSize = 20
	h.slack.Draw(draw(storm))
	var rows []incident.Delivery
	for i := range storm {
		rows = append(rows, h.say(audiences[i%len(audiences)], text(i), lasting))
	}
	posts := 0
	for range 40 * storm {
		h.pass()
		if len(h.open()) == 0 {
			break
		}
		h.clock.Advance(2 * time.Second)
	}
	posts = h.slack.Called("chat.postMessage")
	if open := h.open(); len(open) > 0 {
		t.Fatalf("still open: %v", open)
	}
	lost, doubled := 0, 0
	for _, d := range rows {
		h.state(d, incident.DeliverySent)
		switch n := h.slack.Copies(d.Key); {
		case n == 0:
			lost++
		case n > 1:
			doubled++
		}
	}
	if lost+doubled > 0 {
		t.Errorf("of %d messages %d were lost and %d doubled", storm, lost, doubled)
	}
	if n := disorder(h.slack.Texts(support), storm); n > 0 {
		t.Errorf("%d messages arrived before one that was written earlier", n)
	}
	naiveLost, naiveDoubled, naivePosts := naive(t, draw(storm))
	if naiveDoubled == 0 {
		t.Error("the storm would not have doubled anything; it shows nothing")
	}
	t.Logf("%d messages in %d streams: %d lost, %d doubled with %d posts; trying again after every failure: %d lost, %d doubled with %d posts",
		storm, len(audiences), lost, doubled, posts, naiveLost, naiveDoubled, naivePosts)
}

// disorder counts the messages that stand behind a later one of their stream.
func disorder(texts []string, n int) (wrong int) {
	last := make([]int, len(audiences))
	for _, line := range texts {
		for i := range n {
			if strings.Contains(line, text(i)) {
				if s := i % len(audiences); i < last[s] {
					wrong++
				} else {
					last[s] = i
				}
			}
		}
	}
	return wrong
}

// naive sends the same messages through the same storm, each until it is told that it arrived.
func naive(t *testing.T, faults func(string) slacktest.Fault) (lost, doubled, posts int) {
	now := start
	s := slacktest.New(t, func() time.Time { return now })
	s.Draw(faults)
	m := openSlack(t, s.URL())
	for i := range storm {
		key := fmt.Sprintf("%032x", i+1)
		r, err := m.Render(outbox.Content{What: outbox.WhatUpdate, Text: text(i)})
		if err != nil {
			t.Fatal(err)
		}
		for attempt := 1; attempt < 100; attempt++ {
			out := m.Send(context.Background(), outbox.Message{Key: key, What: outbox.WhatUpdate, Payload: r.Payload, Attempt: attempt, First: now, Now: now})
			s.Look(func() { now = now.Add(10 * time.Second) })
			if out.Result == outbox.Posted {
				break
			}
		}
		switch n := s.Copies(key); {
		case n == 0:
			lost++
		case n > 1:
			doubled++
		}
	}
	return lost, doubled, s.Called("chat.postMessage")
}

// Each fault by itself: one copy in the end, and until then never a second.
func TestEachFaultLeavesOneCopy(t *testing.T) {
	for _, f := range slices.Concat([]slacktest.Fault{slacktest.OK}, slacktest.Passing) {
		t.Run(strings.ReplaceAll(string(f), " ", "-"), func(t *testing.T) {
			h := build(t, t.TempDir(), "", nil)
			h.declare()
			h.slack.Break("chat.postMessage", f)
			d := h.say("support", "we look", nil)
			h.during(90 * time.Second)
			if got := h.state(d, incident.DeliverySent); got.Remote == "" {
				t.Error("where it is is not known")
			}
			if n := h.slack.Copies(d.Key); n != 1 {
				t.Errorf("%d copies", n)
			}
			if k := h.kinds(); k != "update.requested delivery.confirmed " {
				t.Errorf("the record says %s", k)
			}
		})
	}
	for _, f := range slacktest.Lasting {
		t.Run(strings.ReplaceAll(string(f), " ", "-"), func(t *testing.T) {
			h := build(t, t.TempDir(), "", nil)
			h.declare()
			h.slack.Break("chat.postMessage", f)
			d := h.say("support", "we look", nil)
			h.during(90 * time.Second)
			got := h.state(d, incident.DeliveryFailed)
			if h.slack.Copies(d.Key) != 0 || got.Why == "" || got.Hint == "" || got.Attempts != 1 {
				t.Errorf("%+v", got)
			}
			h.send(d) // somebody has mended it
			h.during(2 * time.Second)
			h.state(d, incident.DeliverySent)
			if n := h.slack.Copies(d.Key); n != 1 {
				t.Errorf("%d copies", n)
			}
		})
	}
}
