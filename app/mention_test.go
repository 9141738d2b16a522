package app_test

import (
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox/slack/slacktest"
)

// Only who was chosen is called; what is typed calls nobody, and nobody outside is called.
func TestOnlyWhoWasChosenIsCalled(t *testing.T) {
	t.Setenv("QUARTERDECK_SECRET_SLACK", slacktest.Token)
	s := sit(t)
	srv := slacktest.New(t, s.clock.Now)
	s.write("people.yaml", "people:\n  - name: Dee Lind\n    slack: U3\n  - name: Ben Ott\n    email: ben@example.com\n")
	s.write("routes.yaml", "routes:\n  chat: {medium: slack, channel: C0SUPPORT1, api_url: \""+srv.URL()+"\", secret: slack, groups: [S0ONCALL on-call]}\n"+
		"audiences:\n  support: [chat]\n  customers: [chat]\n")
	s.pass(300 * time.Millisecond)
	id := s.declare("Checkout fails")
	in := app.UpdateInput{Incident: id, Audience: "support", State: "investigating", Text: "@channel <!here> <@U1> we look"}
	may, err := s.Mentions(in)
	s.must(err)
	if len(may) != 2 || may[0].Name != "Dee Lind" || may[1].ID != "S0ONCALL" || !may[1].Group {
		t.Fatalf("%+v can be called", may)
	}
	in.Mentions = []string{"U1"}
	refused(t, s.SendUpdate(in), fault.Invalid, "mentions")
	in.Mentions = []string{"U3", "S0ONCALL"}
	v, err := s.PreviewUpdate(in)
	s.must(err)
	s.must(s.SendUpdate(in))
	s.pass(6 * time.Second)
	s.done(id)
	var blocks string
	srv.Look(func() {
		for _, c := range srv.Channels {
			for _, m := range c.Messages {
				blocks += string(m.Blocks)
			}
		}
	})
	if !strings.Contains(v.Text, "Dee Lind") || !strings.Contains(blocks, `"user_id":"U3"`) || !strings.Contains(blocks, `"usergroup_id":"S0ONCALL"`) || strings.Contains(blocks, `"user_id":"U1"`) || strings.Contains(blocks, `"broadcast"`) {
		t.Errorf("the preview is %q, and what was posted %s", v.Text, blocks)
	}
	in.Audience = "customers"
	if may, err = s.Mentions(in); err != nil || len(may) != 0 {
		t.Errorf("of people outside %+v can be called, %v", may, err)
	}
	refused(t, s.SendUpdate(in), fault.Invalid, "mentions")
}
