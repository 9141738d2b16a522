package teams

import (
	"encoding/json"
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

// flow is a workflow: it takes whatever is a card. It knows no keys: one test, one message.
type flow struct {
	mu   sync.Mutex
	kept int
}

func (f *flow) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var p post
	switch err := json.NewDecoder(r.Body).Decode(&p); {
	case r.URL.Query().Get("sig") != "the-secret-of-it":
		w.WriteHeader(http.StatusNotFound)
	case r.Method != http.MethodPost:
		w.WriteHeader(http.StatusMethodNotAllowed)
	case err != nil || p.Type != "message" || len(p.Attachments) != 1 || p.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" || len(p.Attachments[0].Content.Body) == 0:
		w.WriteHeader(http.StatusBadRequest)
	default:
		f.kept++
		w.WriteHeader(http.StatusAccepted)
	}
}

func (f *flow) Copies(string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.kept
}

func opened(t *testing.T, url string, timeout time.Duration) outbox.Medium {
	t.Helper()
	m, err := open(outbox.Route{Name: "t", Medium: "teams", APIURL: url, Secret: token.New("https://prod-12.westeurope.logic.azure.com/workflows/1/triggers/manual/paths/invoke?api-version=2016-06-01&sig=the-secret-of-it")}, timeout)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTeamsIsAMedium(t *testing.T) {
	outboxtest.Run(t, outboxtest.Subject{
		Open: opened, Secret: "the-secret-of-it", Live: alive,
		World: func(t *testing.T) outboxtest.World {
			return outboxtest.NewWeb(t, &flow{}, func(r *http.Request) bool { return r.Method == http.MethodPost })
		},
	})
}

func alive(payload []byte) []string {
	var p post
	if err := json.Unmarshal(payload, &p); err != nil {
		return []string{err.Error()}
	}
	c := p.Attachments[0].Content
	var out []string
	if c.Teams != nil {
		out = append(out, "somebody is mentioned")
	}
	for _, b := range c.Body {
		if b.Type != "RichTextBlock" || b.Text != "" {
			out = append(out, "a block that reads Markdown: "+b.Text)
		}
		for _, r := range b.Inlines {
			out = append(out, outboxtest.Alive(r.Text, regexp.MustCompile(`\{\{|\$\{|<at>|\n`))...)
		}
	}
	return out
}

func TestOnlyThePickedAreMentioned(t *testing.T) {
	c := outboxtest.Content("", "see <at>Mallory</at>")
	c.Mentions = []outbox.Mention{{Kind: outbox.MentionPerson, ID: "8:orgid:1", Name: "Ada **x** <b>"}, {Kind: outbox.MentionChannel, Name: "everybody"}}
	r, err := opened(t, "http://127.0.0.1:1", time.Second).Render(c)
	if err != nil {
		t.Fatal(err)
	}
	var p post
	if err := json.Unmarshal(r.Payload, &p); err != nil {
		t.Fatal(err)
	}
	card := p.Attachments[0].Content
	last := card.Body[len(card.Body)-1]
	if card.Teams == nil || len(card.Teams.Entities) != 1 || card.Teams.Entities[0].Mentioned.ID != "8:orgid:1" || last.Text != card.Teams.Entities[0].Text || strings.ContainsAny(strings.TrimSuffix(strings.TrimPrefix(last.Text, "<at>"), "</at>"), "<>*") || len(r.Notes) != 1 {
		t.Errorf("%+v %+v %q", card.Teams, last, r.Notes)
	}
}
