package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox/slack/slacktest"
)

// slacked is a seat with a route to a Slack for support, and by mail that nobody set up below it.
func slacked(t *testing.T) (*seat, *slacktest.Server, string) {
	t.Setenv("QUARTERDECK_SECRET_SLACK", slacktest.Token)
	s := sit(t)
	srv := slacktest.New(t, s.clock.Now)
	s.write("routes.yaml", "routes:\n  chat: {medium: slack, channel: C0SUPPORT1, api_url: \""+srv.URL()+"\", secret: slack}\n"+
		"  spare: {medium: slack, channel: \"#general\", api_url: \""+srv.URL()+"\", secret: slack}\n"+
		"audiences:\n  support: [chat, spare]\n  customers: [chat]\n")
	s.pass(300 * time.Millisecond)
	return s, srv, s.declare("Checkout fails")
}

func (s *seat) write(name, text string) {
	s.t.Helper()
	s.must(os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600))
}

// say sends an update to support.
func (s *seat) say(id, text string) {
	s.t.Helper()
	s.must(s.SendUpdate(app.UpdateInput{Incident: id, Audience: "support", State: "investigating", Text: text, Next: s.now() + 30*minute}))
}

// until lets time pass until a row of the incident's is in a state.
func (s *seat) until(id, state string) app.DeliveryView {
	s.t.Helper()
	var row app.DeliveryView
	eventually(s.t, "a row is "+state, func() bool {
		s.pass(500 * time.Millisecond)
		rows, err := s.Outbox(id)
		s.must(err)
		i := slices.IndexFunc(rows, func(r app.DeliveryView) bool { return r.State == state })
		if i >= 0 {
			row = rows[i]
		}
		return i >= 0
	})
	return row
}

func delivery(v *app.LiveView) app.CellView { return cell(v, "delivery") }

func TestAnUpdateLeavesAfterItsRecallAndIsShownOnItsWay(t *testing.T) {
	s, srv, id := slacked(t)
	p, err := s.PreviewUpdate(app.UpdateInput{Incident: id, Audience: "support", State: "investigating", Text: "We look into it.", Next: s.now() + 30*minute})
	s.must(err)
	if p.Route != "chat" || p.Medium != "slack" || p.Limit == 0 || !strings.Contains(p.Text, "INC-1 SEV2 Checkout fails") {
		t.Errorf("the preview is %+v", p)
	}
	s.say(id, "We look into it.")
	live := s.live(id)
	if c := delivery(live); c.Kind != "recall" || c.Subject != "support" || c.Due != s.now()+5000 {
		t.Errorf("the cell says %+v", c)
	}
	if row := live.Outbox[0]; row.Text != p.Text || row.Recall == 0 || !slices.Contains(row.Acts, "recall") || row.Next != "spare" || row.ByHand == "" {
		t.Errorf("the row is %+v, and shown was\n%s", row, p.Text)
	}
	if a := audience(live, "support"); a.Told != 0 || a.Route != "chat" || !slices.Equal(a.Ladder, []string{"chat", "spare"}) {
		t.Errorf("it has not left: %+v", a)
	}
	s.pass(4 * time.Second)
	if srv.Called("chat.postMessage") != 0 {
		t.Error("it left while it could be recalled")
	}
	sent := s.until(id, "sent")
	if srv.Copies("") == 0 || sent.Remote == "" || len(sent.Acts) != 0 {
		t.Errorf("it is %+v", sent)
	}
	live = s.live(id)
	if a := audience(live, "support"); a.Told != 1 || a.Due == 0 {
		t.Errorf("it left: %+v", a)
	}
	if c := delivery(live); c.Kind != "sent" || c.Count != 1 {
		t.Errorf("the cell says %+v", c)
	}
	s.row(id, "Update to Support delivered by chat")
	if routes, err := s.Routes(); err != nil || len(routes) != 2 || !routes[0].Works || routes[0].Tried == 0 || !slices.Equal(routes[0].Audiences, []string{"support", "customers"}) {
		t.Errorf("%v %+v", err, routes)
	}
}

func TestPeopleOutsideAreToldNoneOfOurWords(t *testing.T) {
	s, srv, id := slacked(t)
	in := app.UpdateInput{Incident: id, Audience: "customers", State: "investigating", Text: "Payments fail."}
	p, err := s.PreviewUpdate(in)
	s.must(err)
	s.must(s.SendUpdate(in))
	s.until(id, "sent")
	for _, text := range append(srv.Texts("C0SUPPORT1"), p.Text) {
		for _, ours := range []string{"INC-1", "SEV2", "Checkout"} {
			if strings.Contains(text, ours) {
				t.Errorf("%s in %q", ours, text)
			}
		}
	}
}

func TestWhatWasRecalledWasNeverSaid(t *testing.T) {
	s, srv, id := slacked(t)
	s.say(id, "oops")
	s.must(s.Recall(s.live(id).Outbox[0].ID))
	s.pass(10 * time.Second)
	if row := s.live(id).Outbox[0]; row.State != "cancelled" || srv.Called("chat.postMessage") != 0 || audience(s.live(id), "support").Told != 0 {
		t.Errorf("%+v", row)
	}
	s.row(id, "Update to Support was not sent by chat – recalled")
	refused(t, s.Recall(s.live(id).Outbox[0].ID), fault.Conflict, "")
}

func TestWhatIsRefusedIsShownAndTheNextRungTaken(t *testing.T) {
	s, srv, id := slacked(t)
	srv.Break("chat.postMessage", slacktest.Archived)
	s.say(id, "We look into it.")
	row := s.until(id, "failed")
	if c := delivery(s.live(id)); c.Kind != "failed" || c.Look != "caution" || c.Count != 1 || row.Why == "" || row.Hint == "" {
		t.Errorf("the cell says %+v of %+v", c, row)
	}
	s.must(s.SwitchRoute(app.SwitchInput{Incident: id, Audience: "support", Reason: "the channel is archived"}))
	s.row(id, "Support: by spare instead of chat from now on – the channel is archived")
	s.must(s.ByHand(app.DeliveryInput{Row: row.ID, How: "phone"}))
	if a := audience(s.live(id), "support"); a.Told != 1 || a.Route != "spare" {
		t.Errorf("told by phone: %+v", a)
	}
	s.say(id, "It is the cache.")
	s.until(id, "sent")
	eventually(t, "it is in the other channel", func() bool { s.pass(time.Second); return len(srv.Texts("C0GENERAL1")) == 1 })
}

func TestAfterAnOutageOneDraftSaysItAll(t *testing.T) {
	s, srv, id := slacked(t)
	s.write("routes.yaml", strings.ReplaceAll(read(t, s.dir, "routes.yaml"), srv.URL(), "http://127.0.0.1:9/"))
	s.pass(300 * time.Millisecond)
	for _, text := range []string{"First news.", "Second news.", "Third news."} {
		s.say(id, text)
		s.pass(6 * time.Second)
		s.pass(4 * time.Minute)
	}
	s.pass(20 * time.Minute)
	s.until(id, "held")
	s.write("routes.yaml", strings.ReplaceAll(read(t, s.dir, "routes.yaml"), "http://127.0.0.1:9/", srv.URL()))
	for range 20 {
		s.pass(10 * time.Second)
	}
	if n := srv.Called("chat.postMessage"); n != 0 {
		t.Fatalf("%d messages left by themselves", n)
	}
	if c := delivery(s.live(id)); c.Kind != "held" || c.Count != 1 {
		t.Errorf("one question: %+v", c)
	}
	d, err := s.Draft(app.DraftInput{Incident: id, Audience: "support"})
	s.must(err)
	if !d.Merges || !strings.Contains(d.Text, "First news.") || !strings.Contains(d.Text, "Third news.") {
		t.Errorf("the draft is %+v", d)
	}
	s.must(s.SendUpdate(app.UpdateInput{Incident: id, Audience: "support", State: d.State, Text: d.Text, Merges: true}))
	s.until(id, "sent")
	for _, r := range s.live(id).Outbox {
		if r.State != "sent" && r.State != "superseded" {
			t.Errorf("%s is %s", r.Text, r.State)
		}
	}
}

// What somebody has told by phone meanwhile, with or without a row, is not told again.
func TestTheDraftAfterAnOutageLeavesOutWhatWasToldByPhone(t *testing.T) {
	s, srv, id := slacked(t)
	s.write("routes.yaml", strings.ReplaceAll(read(t, s.dir, "routes.yaml"), srv.URL(), "http://127.0.0.1:9/"))
	s.pass(300 * time.Millisecond)
	say := func(text, how string) {
		s.must(s.SendUpdate(app.UpdateInput{Incident: id, Audience: "support", State: "investigating", Text: text, How: how}))
		s.pass(4 * time.Minute)
	}
	say("First news.", "")
	say("Second news, by phone.", "phone")
	say("Third news.", "")
	s.pass(20 * time.Minute)
	s.until(id, "held")
	d, err := s.Draft(app.DraftInput{Incident: id, Audience: "support"})
	s.must(err)
	if !d.Merges || strings.Contains(d.Text, "First news.") || strings.Contains(d.Text, "by phone") || !strings.Contains(d.Text, "Third news.") {
		t.Errorf("the draft is %q", d.Text)
	}
	for _, r := range s.live(id).Outbox { // the last one is phoned as well
		if strings.Contains(r.Text, "Third news.") {
			s.must(s.ByHand(app.DeliveryInput{Row: r.ID, How: "phone"}))
		}
	}
	s.pass(time.Minute)
	d, err = s.Draft(app.DraftInput{Incident: id, Audience: "support"})
	s.must(err)
	if !d.Merges || strings.Contains(d.Text, "news.") || strings.Contains(d.Text, "could not be sent") {
		t.Errorf("everything was told: %+v", d)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestNoSecretShows(t *testing.T) {
	s, srv, id := slacked(t)
	srv.Break("chat.postMessage", slacktest.HTML, slacktest.Redirect, slacktest.MissingScope)
	s.say(id, "We look into it.")
	s.until(id, "failed")
	n, err := s.Watch(id)
	s.must(err)
	v, err := s.TestRoute("chat")
	s.must(err)
	ex, err := s.Export(app.ExportInput{Incident: id, Format: "json"})
	s.must(err)
	if all := asText(n) + asText(v) + ex.Text; strings.Contains(all, slacktest.Token) || !strings.Contains(all, "chat:write") {
		t.Error("the token shows")
	}
	for _, name := range []string{"quarterdeck.db", "quarterdeck.db-wal"} {
		if strings.Contains(read(t, s.dir, name), slacktest.Token) {
			t.Errorf("the token is in %s", name)
		}
	}
}

func asText(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data)
}
