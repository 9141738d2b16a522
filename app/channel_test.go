package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox/slack/slacktest"
)

// hosted is a seat with a route that opens channels.
func hosted(t *testing.T) (*seat, *slacktest.Server) {
	t.Setenv("QUARTERDECK_SECRET_SLACK", slacktest.Token)
	s := sit(t)
	srv := slacktest.New(t, s.clock.Now)
	s.write("routes.yaml", "routes:\n  chat:\n    medium: slack\n    api_url: \""+srv.URL()+"\"\n    secret: slack\n    incident_channel: \"inc_{name}_{2jan2006}\"\n"+
		"    broadcast: C0GENERAL1\n    document: https://docs.example/template\n    invite: [\"@oncall\"]\n    emojis: [pushpin]\n")
	s.pass(300 * time.Millisecond)
	return s, srv
}

// done lets time pass until an incident has nothing open in its outbox.
func (s *seat) done(id string) {
	s.t.Helper()
	eventually(s.t, "nothing is open", func() bool {
		s.pass(500 * time.Millisecond)
		return !slices.ContainsFunc(s.live(id).Outbox, func(r app.DeliveryView) bool {
			return r.State == "queued" || r.State == "sending" || r.State == "unknown"
		})
	})
}

func channel(srv *slacktest.Server, name string) (c slacktest.Channel) {
	srv.Look(func() {
		for _, x := range srv.Channels {
			if x.Name == name {
				c = *x
			}
		}
		c.Members, c.Messages = slices.Clone(c.Members), slices.Clone(c.Messages) // the server goes on writing in its own
		for i, m := range c.Messages {
			said := *m
			c.Messages[i] = &said
		}
	})
	return c
}

func TestDeclaringOpensTheChannelWithAllThatBelongsToIt(t *testing.T) {
	s, srv := hosted(t)
	srv.Break("conversations.setTopic", slacktest.FailBefore, slacktest.DropAfter)
	srv.Break("pins.add", slacktest.DropAfter)
	srv.Break("conversations.invite", slacktest.Slow)
	preview, err := s.PreviewChannel(app.DeclareInput{Title: "Checkout fails!"})
	s.must(err)
	n, err := s.Declare(app.DeclareInput{Title: "Checkout fails!", Severity: "SEV2", Impact: "1 in 5 payments", Regions: []string{"eu"}, Invited: []string{"ana@example.com", "Bob"}, Video: "https://meet.example/x"})
	s.must(err)
	id := n.Live.ID
	s.done(id)
	for range 12 {
		s.pass(time.Second)
	}
	s.done(id)
	if preview.Name != "inc_checkout-fails_2mar2026" {
		t.Errorf("the preview is %+v", preview)
	}
	c := channel(srv, preview.Name)
	slices.Sort(c.Members)
	if c.Private || !slices.Equal(c.Members, []string{slacktest.Bot, "U1", "U2", "U3"}) || !strings.Contains(c.Topic, "SEV2") || len([]rune(c.Topic)) > 250 || !strings.Contains(c.Purpose, "1 in 5") {
		t.Errorf("the channel is %+v", c)
	}
	if len(c.Pins) != 1 || len(c.Bookmarks) != 2 || len(c.Messages) != 2 || len(srv.Texts("C0GENERAL1")) != 1 {
		t.Errorf("%d pins, %d bookmarks, %d messages, %d announcements", len(c.Pins), len(c.Bookmarks), len(c.Messages), len(srv.Texts("C0GENERAL1")))
	}
	live := s.live(id)
	if live.Channel.Remote != c.ID || live.Channel.Name != "#"+preview.Name || live.Channel.Link == "" {
		t.Errorf("it is known as %+v", live.Channel)
	}
	s.row(id, "Channel #"+preview.Name+" opened by chat")

	// The status is kept up to date by changing the one message.
	s.pass(2 * time.Minute)
	s.must(s.SetSituation(app.TextInput{Incident: id, Subject: "cause", Text: "the cache"}))
	eventually(t, "the status says so", func() bool {
		s.pass(5 * time.Second)
		return slices.ContainsFunc(channel(srv, preview.Name).Messages, func(m *slacktest.Message) bool { return m.Edits > 0 && strings.Contains(string(m.Blocks), "the cache") })
	})
	// A reminder comes every half an hour, and none once it is resolved.
	reminders := func() (n int) {
		for _, text := range srv.Texts(c.ID) {
			if strings.Contains(text, "Reminder for ana") {
				n++
			}
		}
		return n
	}
	for range 70 {
		s.pass(time.Minute)
		s.done(id)
	}
	if got := reminders(); got != 2 {
		t.Errorf("%d reminders in 72 minutes", got)
	}
	refused(t, s.ResolveChannel(app.ChannelInput{Incident: id, Text: "rolled back"}), fault.Conflict, "")
	s.must(s.MovePhase(app.ChangeInput{Incident: id, To: "resolved", Reason: "test"}))
	s.must(s.ResolveChannel(app.ChannelInput{Incident: id, Text: "rolled back", Archive: true}))
	s.done(id)
	for range 40 {
		s.pass(time.Minute)
	}
	if c := channel(srv, preview.Name); !c.Archived || reminders() != 2 || !strings.Contains(strings.Join(srv.Texts(c.ID), ""), "rolled back") || len(srv.Texts("C0GENERAL1")) != 2 {
		t.Errorf("archived %v, %d reminders", c.Archived, reminders())
	}
}

// What the sheet says will be done is what is done, under the name that was chosen there;
// people are found by the names that people.yaml has for them.
func TestThePreviewOfAChannelIsWhatIsOpened(t *testing.T) {
	s, srv := hosted(t)
	s.write("people.yaml", "people:\n  - name: Dee Lind\n    aliases: [dee]\n    slack: U3\n  - name: Ben Ott\n    email: ben@example.com\n")
	in := app.DeclareInput{Title: "Zahlung schlägt fehl 🔥", Severity: "SEV2", Invited: []string{"dee", "Ben Ott", "Stranger"}, Channel: "{date}-{time}-{name}"}
	v, err := s.PreviewChannel(in)
	s.must(err)
	if v.Name != "2026-03-02-1359-zahlung-schlaegt-fehl" || v.Route != "chat" || !slices.Equal(v.Left, []string{"Stranger"}) {
		t.Errorf("the preview is %+v", v)
	}
	var names []string
	for _, c := range v.Shapes {
		names = append(names, c.Name)
	}
	if want := []string{"#inc_zahlung-schlaegt-fehl_2mar2026", "#2026-03-02-1359-zahlung-schlaegt-fehl"}; !slices.Equal(names, want) {
		t.Errorf("the names to choose from are %q, want %q", names, want)
	}
	if all := strings.Join(v.Steps, "; "); !strings.Contains(all, "invites Dee Lind, Ben Ott, @oncall") || !strings.Contains(all, "announces the incident in C0GENERAL1") {
		t.Errorf("it says that it %s", all)
	}
	n, err := s.Declare(in)
	s.must(err)
	s.done(n.Live.ID)
	c := channel(srv, v.Name)
	slices.Sort(c.Members)
	if !slices.Equal(c.Members, []string{slacktest.Bot, "U2", "U3"}) {
		t.Errorf("in the channel are %q", c.Members)
	}
	for _, d := range s.live(n.Live.ID).Outbox {
		if d.Step == "" {
			t.Errorf("%s of %s is no step that can be named", d.What, d.Text)
		}
	}
	in.Security = true
	if v, err = s.PreviewChannel(in); err != nil || strings.Contains(v.Name, "zahlung") || strings.Contains(strings.Join(v.Steps, "; "), "announces") || !strings.Contains(v.Steps[0], "private") {
		t.Errorf("of a private one the preview is %+v, %v", v, err)
	}
	_, err = s.Declare(app.DeclareInput{Title: "x", Channel: "a\nb"})
	refused(t, err, fault.Invalid, "channel")
}

func TestNothingOfASecurityIncidentLeaks(t *testing.T) {
	s, srv := hosted(t)
	n, err := s.Declare(app.DeclareInput{Title: "Tokens stolen", Severity: "SEV1", Summary: "by the intern", Security: true, Invited: []string{"ben@example.com"}})
	s.must(err)
	s.done(n.Live.ID)
	c := channel(srv, "inc_inc-1_2mar2026")
	if !c.Private || slices.Contains(c.Members, "U3") || !slices.Contains(c.Members, "U2") {
		t.Errorf("the channel is %+v", c)
	}
	for _, id := range []string{"C0GENERAL1", "C0SUPPORT1"} {
		if texts := srv.Texts(id); len(texts) != 0 {
			t.Errorf("it was announced: %q", texts)
		}
	}
	if strings.Contains(c.Topic+c.Purpose, "stolen") || strings.Contains(c.Topic, "intern") {
		t.Errorf("the topic is %q", c.Topic)
	}
}

func TestAFailedStepStopsNoOther(t *testing.T) {
	s, srv := hosted(t)
	srv.Look(func() { srv.Scopes = []string{"chat:write", "channels:manage", "channels:read", "channels:history"} })
	id := s.declare("Checkout fails")
	s.done(id)
	failed := 0
	for _, r := range s.live(id).Outbox {
		if r.State == "failed" {
			failed++
			if r.Why == "" || r.ByHand == "" {
				t.Errorf("%+v", r)
			}
		}
	}
	if failed != 3 || len(srv.Texts("C0GENERAL1")) != 1 || channel(srv, "inc_checkout-fails_2mar2026").Topic == "" { // who is on call, pin, bookmark
		t.Errorf("%d failed", failed)
	}
}

func TestMarkedMessagesComeInOnce(t *testing.T) {
	s, srv := hosted(t)
	id := s.declare("Checkout fails")
	s.done(id)
	c := channel(srv, "inc_checkout-fails_2mar2026").ID
	ts := srv.Say(c, "U1", "it is the &lt;cache&gt;, says <@U2>", "")
	srv.Say(c, "U2", "hello", "")
	in := srv.Say(c, "U2", "node 4 is back", ts)
	srv.React(c, ts, "pushpin")
	srv.React(c, in, "pushpin")
	rows := func() (out []app.LineView) {
		for _, r := range s.rows(id) {
			if r.Kind == "message.marked" {
				out = append(out, r)
			}
		}
		return out
	}
	eventually(t, "both are in", func() bool { s.pass(21 * time.Second); return len(rows()) == 2 })
	for range 5 {
		s.pass(21 * time.Second)
	}
	got := rows()
	if len(got) != 2 || got[0].Text != "Ana Lind wrote in the channel: it is the <cache>, says @Ben Okafor" || !strings.HasPrefix(got[0].Link, "https://example.slack.com/archives/"+c+"/p") {
		t.Errorf("%+v", got)
	}
}
