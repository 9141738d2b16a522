package mattermost

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/outboxtest"
	"quarterdeck/internal/secret/token"
)

const path = "/hooks/the-secret-of-it"

// channel is Mattermost as far as a webhook sees it. It knows no keys: one test, one message.
type channel struct {
	mu   sync.Mutex
	kept []post
}

func (c *channel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.URL.Path != path || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	var p post
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil || p.Text == "" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	c.kept = append(c.kept, p)
	fmt.Fprint(w, "ok")
}

func (c *channel) Copies(string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.kept)
}

func opened(t *testing.T, url string, timeout time.Duration) outbox.Medium {
	t.Helper()
	m, err := open(outbox.Route{Name: "m", Medium: "mattermost", APIURL: url, Target: "#town", Secret: token.New("https://chat.example" + path)}, timeout)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMattermostIsAMedium(t *testing.T) {
	outboxtest.Run(t, outboxtest.Subject{
		Open: opened, Secret: "the-secret-of-it", Live: alive,
		World: func(t *testing.T) outboxtest.World {
			return outboxtest.NewWeb(t, &channel{}, func(r *http.Request) bool { return r.Method == http.MethodPost })
		},
	})
}

// forms are mentions of channels, tags, emoji and Slack's links.
var forms = regexp.MustCompile(`<[!@#h]|[#~]\w|:\w+:`)

func alive(payload []byte) []string {
	var p post
	if err := json.Unmarshal(payload, &p); err != nil {
		return []string{err.Error()}
	}
	out := outboxtest.Alive(strings.ReplaceAll(p.Text, "\\", ""), forms)
	for line := range strings.SplitSeq(p.Text, "\n") {
		line = strings.Trim(line, "*") // the title's and the state's own
		if at := regexp.MustCompile("(^|[^\\\\])[*_`|>~\\[\\]]").FindString(line); at != "" {
			out = append(out, "markup "+at)
		}
		if strings.HasPrefix(line, "    ") {
			out = append(out, "a block of code")
		}
	}
	return out
}

func TestTextKeepsItsSigns(t *testing.T) {
	const in = "**b** _i_ `c` ~~s~~ |x| # h\n> q\n- l\n1. n [t](u)\n| a | b |\n:smile: ~town"
	got := strings.ReplaceAll(escape(in), outbox.Nil, "")
	if got = regexp.MustCompile(`\\(.)`).ReplaceAllString(got, "$1"); got != in {
		t.Errorf("it reads %q", got)
	}
}

func TestOnlyThePickedAreMentioned(t *testing.T) {
	c := outboxtest.Content("", "see @all")
	c.Mentions = []outbox.Mention{{Kind: outbox.MentionPerson, ID: "ada", Name: "Ada"}, {Kind: outbox.MentionPerson, ID: "x @all", Name: "Mallory"}}
	r, err := opened(t, "http://127.0.0.1:1", time.Second).Render(c)
	if err != nil {
		t.Fatal(err)
	}
	var p post
	if err := json.Unmarshal(r.Payload, &p); err != nil || !strings.HasSuffix(p.Text, "\n\n@ada") || strings.Contains(p.Text, "@all") || p.Channel != "town" || len(r.Notes) != 1 {
		t.Errorf("%v %+v %q", err, p, r.Notes)
	}
}
