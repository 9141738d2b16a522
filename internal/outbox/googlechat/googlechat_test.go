package googlechat

import (
	"encoding/json"
	"fmt"
	"html"
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

// space is Google Chat as far as a webhook sees it: it answers a request id that it has
// seen with the message that it has.
type space struct {
	mu     sync.Mutex
	kept   map[string]int
	copies map[string]int
}

func newSpace() *space { return &space{kept: map[string]int{}, copies: map[string]int{}} }

func (s *space) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	q := r.URL.Query()
	if r.URL.Path != "/v1/spaces/A/messages" || q.Get("key") != "k" || q.Get("token") != "the-secret-of-it" {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	var p post
	if err := json.NewDecoder(r.Body).Decode(&p); r.Method != http.MethodPost || err != nil || len(p.Cards) == 0 {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	id := q.Get("requestId")
	if s.kept[id] == 0 {
		s.kept[id] = len(s.kept) + 1
		s.copies[id]++
	}
	fmt.Fprintf(w, `{"name":"spaces/A/messages/%d"}`, s.kept[id])
}

func (s *space) Copies(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.copies[key]
}

func opened(t *testing.T, url string, timeout time.Duration) outbox.Medium {
	t.Helper()
	m, err := open(outbox.Route{Name: "g", Medium: "googlechat", APIURL: url, Secret: token.New("https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=the-secret-of-it")}, timeout)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestGoogleChatIsAMedium(t *testing.T) {
	outboxtest.Run(t, outboxtest.Subject{
		Open: opened, Secret: "the-secret-of-it", Live: alive,
		World: func(t *testing.T) outboxtest.World {
			return outboxtest.NewWeb(t, newSpace(), func(r *http.Request) bool { return r.Method == http.MethodPost })
		},
	})
}

func alive(payload []byte) []string {
	var p post
	if err := json.Unmarshal(payload, &p); err != nil {
		return []string{err.Error()}
	}
	var out []string
	if p.Text != "" {
		out = append(out, "a text above the card: "+p.Text)
	}
	c := p.Cards[0].Card
	out = append(out, outboxtest.Alive(c.Header.Title+"\n"+c.Header.Subtitle)...)
	for _, s := range c.Sections {
		for _, w := range s.Widgets {
			text := strings.ReplaceAll(w.Paragraph.Text, "<br>", "\n")
			if tag := regexp.MustCompile(`<[^ ]*`).FindString(text); tag != "" {
				out = append(out, "the tag "+tag)
			}
			out = append(out, outboxtest.Alive(html.UnescapeString(text))...)
		}
	}
	return out
}

func TestOnlyThePickedAreMentioned(t *testing.T) {
	c := outboxtest.Content("", "see <users/all>")
	c.Mentions = []outbox.Mention{{Kind: outbox.MentionPerson, ID: "1234", Name: "Ada"}, {Kind: outbox.MentionPerson, ID: "1> <users/all", Name: "Mallory"}}
	r, err := opened(t, "http://127.0.0.1:1", time.Second).Render(c)
	if err != nil {
		t.Fatal(err)
	}
	var p post
	if err := json.Unmarshal(r.Payload, &p); err != nil || p.Text != "<users/1234>" || len(r.Notes) != 1 || p.Thread == nil || p.Thread.Key != c.Thread {
		t.Errorf("%v %+v %q", err, p, r.Notes)
	}
}
