package statuspage

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

// page is a Statuspage with its incidents, newest first.
type page struct {
	mu        sync.Mutex
	incidents []*kept
	updates   map[string]int // by the last key
}

type kept struct {
	ID       string                     `json:"id"`
	Name     string                     `json:"name"`
	Status   string                     `json:"status"`
	Link     string                     `json:"shortlink"`
	Metadata map[string]json.RawMessage `json:"metadata"`
	Bodies   []string                   `json:"-"`
	Notified []bool                     `json:"-"`
	Affected []string                   `json:"-"`
}

func newPage() *page { return &page{updates: map[string]int{}} }

func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if r.Header.Get("Authorization") != "OAuth the-secret-key" {
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"error":"Could not authenticate"}`)
		return
	}
	switch path := strings.TrimPrefix(r.URL.Path, "/v1/pages/p1"); {
	case r.Method == http.MethodGet && path == "":
		fmt.Fprint(w, `{"id":"p1","name":"Example status"}`)
	case r.Method == http.MethodGet && path == "/incidents":
		_ = json.NewEncoder(w).Encode(p.incidents)
	case r.Method == http.MethodPost && path == "/incidents":
		k := &kept{ID: fmt.Sprintf("i%d", len(p.incidents)+1), Link: "https://stspg.io/x"}
		if p.take(w, r, k) {
			p.incidents = append([]*kept{k}, p.incidents...)
			w.WriteHeader(http.StatusCreated)
			_ = json.NewEncoder(w).Encode(k)
		}
	case r.Method == http.MethodPatch:
		for _, k := range p.incidents {
			if path == "/incidents/"+k.ID && p.take(w, r, k) {
				_ = json.NewEncoder(w).Encode(k)
				return
			}
		}
		w.WriteHeader(http.StatusNotFound)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (p *page) take(w http.ResponseWriter, r *http.Request, k *kept) bool {
	var in struct {
		Incident struct {
			Name       string                     `json:"name"`
			Status     string                     `json:"status"`
			Body       string                     `json:"body"`
			Notify     bool                       `json:"deliver_notifications"`
			Components []string                   `json:"component_ids"`
			Metadata   map[string]json.RawMessage `json:"metadata"`
		} `json:"incident"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || k.Name == "" && in.Incident.Name == "" {
		w.WriteHeader(http.StatusUnprocessableEntity)
		return false
	}
	if in.Incident.Name != "" {
		k.Name = in.Incident.Name
	}
	k.Status, k.Metadata = in.Incident.Status, in.Incident.Metadata
	k.Bodies, k.Notified = append(k.Bodies, in.Incident.Body), append(k.Notified, in.Incident.Notify)
	k.Affected = append(k.Affected, in.Incident.Components...)
	var o ours
	_ = json.Unmarshal(k.Metadata["quarterdeck"], &o)
	if keys := strings.Fields(o.Keys); len(keys) > 0 {
		p.updates[keys[len(keys)-1]]++
	}
	return true
}

func (p *page) Copies(key string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.updates[key]
}

func opened(t *testing.T, url string, timeout time.Duration) outbox.Medium {
	t.Helper()
	m, err := open(outbox.Route{Name: "s", Medium: "statuspage", APIURL: url, Target: "p1", Secret: token.New("the-secret-key"), Also: map[string]string{"components": "c1, c2"}}, timeout)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func posting(r *http.Request) bool { return r.Method != http.MethodGet }

func TestAStatusPageIsAMedium(t *testing.T) {
	outboxtest.Run(t, outboxtest.Subject{
		Open: opened, Secret: "the-secret-key",
		Live: func(payload []byte) []string {
			var u update
			if err := json.Unmarshal(payload, &u); err != nil {
				return []string{err.Error()}
			}
			return outboxtest.Alive(u.Name+"\n"+u.Body, regexp.MustCompile(`<[a-zA-Z/!]|&[a-z]`))
		},
		World: func(t *testing.T) outboxtest.World { return outboxtest.NewWeb(t, newPage(), posting) },
	})
}

func send(t *testing.T, m outbox.Medium, n int, state, text string) outbox.Outcome {
	t.Helper()
	c := outboxtest.Content("", text)
	c.State = state
	r, err := m.Render(c)
	if err != nil {
		t.Fatal(err)
	}
	return m.Send(t.Context(), outbox.Message{Key: outboxtest.Key(n), Payload: r.Payload})
}

func TestAStreamIsOneIncidentOnThePage(t *testing.T) {
	p := newPage()
	p.incidents = []*kept{{ID: "theirs", Name: "Somebody's", Metadata: map[string]json.RawMessage{"quarterdeck": json.RawMessage(`"odd"`)}}, {ID: "bare"}}
	w := outboxtest.NewWeb(t, p, posting)
	m := opened(t, w.URL(), time.Second)
	first := send(t, m, 1, "investigating", "We look.")
	if first.Result != outbox.Posted || first.Remote != "i3" || first.Link != "https://stspg.io/x" {
		t.Fatalf("%+v", first)
	}
	p.incidents[0].Name = "Orders fail"                                 // somebody's words on the page
	p.incidents[0].Metadata["jira"] = json.RawMessage(`{"id":"OPS-1"}`) // another program's
	for n := 2; n <= 30; n++ {
		if out := send(t, m, n, "monitoring", fmt.Sprint("Update ", n)); out.Result != outbox.Posted || out.Remote != first.Remote {
			t.Fatalf("%d: %+v", n, out)
		}
	}
	if again := send(t, m, 30, "monitoring", "Update 30"); again.Result != outbox.Posted || p.Copies(outboxtest.Key(30)) != 1 {
		t.Errorf("what is on the page was posted again: %+v", again)
	}
	at := p.incidents[0]
	if len(p.incidents) != 3 || len(at.Bodies) != 30 || at.Status != "monitoring" || !at.Notified[0] || strings.Join(at.Affected, " ") != "c1 c2" || string(at.Metadata["jira"]) != `{"id":"OPS-1"}` || at.Name != "Orders fail" {
		t.Errorf("%+v", at)
	}
	if len(at.Metadata["quarterdeck"]) > 1000 {
		t.Errorf("the metadata grows: %d bytes", len(at.Metadata["quarterdeck"]))
	}
}

func TestNothingIsPostedBeforeThePageWasRead(t *testing.T) {
	for _, f := range []outboxtest.Fault{outboxtest.DropBefore, outboxtest.HangBefore, outboxtest.HTML, outboxtest.FailBefore, outboxtest.Truncated, outboxtest.Redirect} {
		p := newPage()
		w := outboxtest.NewWeb(t, p, func(r *http.Request) bool { return r.Method == http.MethodGet })
		w.Break(f)
		if out := send(t, opened(t, w.URL(), 300*time.Millisecond), 1, "investigating", "We look."); out.Result != outbox.NotPosted || out.Why == "" || len(p.incidents) != 0 {
			t.Errorf("%s: %+v", f, out)
		}
		w.Break(f)
		if found := opened(t, w.URL(), 300*time.Millisecond).Reconcile(t.Context(), outbox.Message{Key: outboxtest.Key(1)}); found.Clean || found.Found {
			t.Errorf("%s: %+v", f, found)
		}
	}
}

func TestAPageThatCannotBe(t *testing.T) {
	key := token.New("the-secret-key")
	for name, r := range map[string]outbox.Route{
		"no page": {Secret: key}, "no key": {Target: "p1"}, "notify": {Target: "p1", Secret: key, Also: map[string]string{"notify": "perhaps"}}, "elsewhere": {Target: "p1", Secret: key, APIURL: "http://status.example"},
	} {
		if _, err := Open(r); !fault.Is(err, fault.Invalid) || fault.Of(err).Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	m := opened(t, "http://127.0.0.1:1/v1", time.Second)
	c := outboxtest.Content("", "x")
	c.State = "thinking"
	if _, err := m.Render(c); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
	c.State, c.Title = "resolved", "" // it stays inside
	r, err := m.Render(c)
	if err != nil || !strings.Contains(string(r.Payload), `"name":"Service incident"`) || !strings.HasPrefix(r.Text, "Service incident\n") || len(r.Notes) != 1 {
		t.Errorf("%v %s %q", err, r.Payload, r.Notes)
	}
	c.Title = strings.Repeat("ä", 300)
	if r, err := m.Render(c); err != nil || len(r.Notes) != 1 {
		t.Errorf("%v %q", err, r.Notes)
	}
}
