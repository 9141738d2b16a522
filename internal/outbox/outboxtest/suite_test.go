package outboxtest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/outboxtest"
	"quarterdeck/internal/outward"
)

// plain is the least that a medium can be: it posts JSON and folds by its key.
type plain struct {
	url     string
	client  *outward.Client
	timeout time.Duration
}

func (p plain) Capabilities() outbox.Capabilities {
	return outbox.Capabilities{Medium: "plain", Again: 3, Timeout: p.timeout}
}

func (p plain) Render(c outbox.Content) (outbox.Rendered, error) {
	text := c.Text
	if c.Next != 0 {
		text += " Next at " + time.UnixMilli(c.Next).UTC().Format("15:04 MST") + "."
	}
	data, err := json.Marshal(map[string]string{"text": text})
	return outbox.Rendered{Payload: data, Text: text, Length: len(text)}, err
}

func (p plain) Send(ctx context.Context, m outbox.Message) outbox.Outcome {
	a, out := outbox.Call(ctx, p.client, outward.Request{Method: http.MethodPost, URL: p.url + "/" + m.Key, Body: m.Payload})
	if out != nil {
		return *out
	}
	if o := outbox.Judged(a, m.Now); o.Result != outbox.Posted {
		return o
	}
	if string(a.Body) != "kept" {
		return outbox.Outcome{Why: "the answer is not the service's"}
	}
	return outbox.Outcome{Result: outbox.Posted, Remote: m.Key}
}

func (plain) Reconcile(context.Context, outbox.Message) outbox.Finding { return outbox.Finding{} }

func (plain) Check(context.Context) outbox.Report { return outbox.Report{Works: true} }

// shelf keeps what it is given, by the last part of the path.
type shelf struct {
	mu   sync.Mutex
	kept map[string]string
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[strings.TrimPrefix(r.URL.Path, "/")] = string(data)
	fmt.Fprint(w, "kept")
}

func (s *shelf) Copies(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.kept[key]; ok {
		return 1
	}
	return 0
}

func TestThePlainestMediumPasses(t *testing.T) {
	outboxtest.Run(t, outboxtest.Subject{
		Open: func(_ *testing.T, url string, timeout time.Duration) outbox.Medium {
			return plain{url, outbox.Client(url, timeout), timeout}
		},
		World: func(t *testing.T) outboxtest.World {
			return outboxtest.NewWeb(t, &shelf{kept: map[string]string{}}, nil)
		},
		Live: func([]byte) []string { return nil },
	})
}
