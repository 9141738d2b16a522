package discord

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/outboxtest"
	"quarterdeck/internal/secret/token"
)

const path = "/api/webhooks/123/the-secret-of-it"

// channel is Discord as far as a webhook sees it. It knows no keys: one test, one message.
type channel struct {
	mu   sync.Mutex
	kept []post
}

func (c *channel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Path != path {
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"message":"Unknown Webhook","code":10015}`)
		return
	}
	if r.Method == http.MethodGet {
		fmt.Fprint(w, `{"id":"123","name":"Status","channel_id":"9"}`)
		return
	}
	var p post
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil || p.Content == "" || r.URL.Query().Get("wait") != "true" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	c.kept = append(c.kept, p)
	fmt.Fprintf(w, `{"id":"%d","content":"x"}`, 1000+len(c.kept))
}

func (c *channel) Copies(string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.kept)
}

func posting(r *http.Request) bool { return r.Method == http.MethodPost }

func opened(t *testing.T, url string, timeout time.Duration) outbox.Medium {
	t.Helper()
	m, err := open(outbox.Route{Name: "d", Medium: "discord", APIURL: url, Secret: token.New("https://discord.com" + path)}, timeout)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestDiscordIsAMedium(t *testing.T) {
	outboxtest.Run(t, outboxtest.Subject{
		Open: opened, Secret: "the-secret-of-it", Live: alive,
		World: func(t *testing.T) outboxtest.World { return outboxtest.NewWeb(t, &channel{}, posting) },
	})
}

// bare is a sign of Discord's Markdown without a backslash before it.
var bare = regexp.MustCompile("(?m)(^|[^\\\\])[*_~`|>\\[\\]<]|^ *[#+-]|^ *[0-9]+\\.")

func alive(payload []byte) []string {
	var p post
	if err := json.Unmarshal(payload, &p); err != nil {
		return []string{err.Error()}
	}
	var out []string
	if len(p.Mentions.Parse)+len(p.Mentions.Users)+len(p.Mentions.Roles) > 0 || !strings.Contains(string(payload), `"parse":[]`) || p.Flags&noEmbeds == 0 {
		out = append(out, "mentions or embeds")
	}
	text := p.Content
	for _, frame := range []string{"**", "*"} { // our own: a line that they begin and end
		text = regexp.MustCompile(`(?m)^`+regexp.QuoteMeta(frame)+`(.*)`+regexp.QuoteMeta(frame)+`$`).ReplaceAllString(text, "$1")
	}
	if at := bare.FindString(text); at != "" {
		out = append(out, "markup "+at)
	}
	return append(out, outboxtest.Alive(strings.ReplaceAll(text, "\\", ""), regexp.MustCompile(`<(@[!&]?|#|a?:\w+:)\d`))...)
}

func TestTextKeepsItsSigns(t *testing.T) {
	got := escape("**b** _i_ `c` ~~s~~ ||x|| # h\n> q\n- l\n1. n [t](u) <@1> a:b:")
	if unescaped := bare.FindString(got); unescaped != "" {
		t.Errorf("%q is alive in %s", unescaped, got)
	}
	plain := regexp.MustCompile(`\\(.)`).ReplaceAllString(strings.ReplaceAll(got, outbox.Nil, ""), "$1")
	if plain != "**b** _i_ `c` ~~s~~ ||x|| # h\n> q\n- l\n1. n [t](u) <@1> a:b:" {
		t.Errorf("it reads %q", plain)
	}
}

func TestOnlyThePickedAreMentioned(t *testing.T) {
	m := opened(t, "http://127.0.0.1:1", time.Second)
	c := outboxtest.Content("", "see @everyone")
	c.Mentions = []outbox.Mention{{Kind: outbox.MentionPerson, ID: "123456789012345678", Name: "Ada"}, {Kind: outbox.MentionGroup, ID: "223456789012345678"}, {Kind: outbox.MentionPerson, ID: "1> @everyone", Name: "Mallory"}}
	r, err := m.Render(c)
	if err != nil {
		t.Fatal(err)
	}
	var p post
	if err := json.Unmarshal(r.Payload, &p); err != nil {
		t.Fatal(err)
	}
	if len(p.Mentions.Parse) != 0 || len(p.Mentions.Users) != 1 || len(p.Mentions.Roles) != 1 || !strings.Contains(p.Content, "<@123456789012345678> <@&223456789012345678>") || strings.Contains(p.Content, "@everyone") {
		t.Errorf("%+v", p)
	}
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "Mallory") {
		t.Errorf("%q", r.Notes)
	}
}

func TestWhenToComeAgain(t *testing.T) {
	if d := later(http.Header{}, []byte(`{"message":"You are being rate limited.","retry_after":0.35}`), time.Time{}); d != 350*time.Millisecond {
		t.Errorf("%v", d)
	}
}

func TestARouteThatCannotBe(t *testing.T) {
	for name, r := range map[string]outbox.Route{
		"no address": {}, "too much": {Secret: token.New("https://x.example/y"), Also: map[string]string{"channel_name": "a"}},
	} {
		if _, err := Open(r); !fault.Is(err, fault.Invalid) || fault.Of(err).Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A preview has no secret; what would leave says that it cannot.
func TestASecretThatIsNoAddress(t *testing.T) {
	m, err := Open(outbox.Route{Name: "d", Secret: token.New("the-secret")})
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Render(outboxtest.Content("", "x"))
	if err != nil {
		t.Fatal(err)
	}
	if out := m.Send(t.Context(), outbox.Message{Payload: r.Payload}); out.Result != outbox.Refused || out.Hint == "" || strings.Contains(out.Why, "the-secret") {
		t.Errorf("%+v", out)
	}
	if rep := m.Check(t.Context()); rep.Works || rep.Hint == "" || strings.Contains(rep.Why, "the-secret") {
		t.Errorf("%+v", rep)
	}
}
