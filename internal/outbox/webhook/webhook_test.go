package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/outbox/outboxtest"
	"quarterdeck/internal/secret/token"
)

// raw is the key behind the secret, as the specification writes one.
var (
	raw    = []byte("0123456789abcdef01234567")
	secret = "whsec_" + base64.StdEncoding.EncodeToString(raw)
)

// receiver checks a posting as the specification asks of one, and drops what it has seen.
type receiver struct {
	mu   sync.Mutex
	kept map[string]int
}

func (s *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	id, at := r.Header.Get("webhook-id"), r.Header.Get("webhook-timestamp")
	mac := hmac.New(sha256.New, raw)
	mac.Write([]byte(id + "." + at + "." + string(body)))
	switch {
	case r.Method != http.MethodPost:
		w.WriteHeader(http.StatusMethodNotAllowed)
	case err != nil || !json.Valid(body) || r.Header.Get("Content-Type") != "application/json":
		w.WriteHeader(http.StatusBadRequest)
	case r.Header.Get("webhook-signature") != "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)):
		w.WriteHeader(http.StatusUnauthorized)
	default:
		s.kept[id] = 1
		w.WriteHeader(http.StatusOK)
		_, _ = io.WriteString(w, "taken")
	}
}

func (s *receiver) Copies(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept[key]
}

func opened(t *testing.T, url string, timeout time.Duration) outbox.Medium {
	t.Helper()
	m, err := open(outbox.Route{Name: "w", Medium: "webhook", Target: url + "/in", Secret: token.New(secret)}, timeout)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAWebhookIsAMedium(t *testing.T) {
	outboxtest.Run(t, outboxtest.Subject{
		Open: opened, Secret: secret,
		Live: func(payload []byte) []string { // it is data: it must be whole, and hold no tag
			var e event
			if err := json.Unmarshal(payload, &e); err != nil {
				return []string{err.Error()}
			}
			for _, b := range payload {
				if b == '<' || b == '>' || b == '&' {
					return []string{string(b)}
				}
			}
			return nil
		},
		World: func(t *testing.T) outboxtest.World {
			return outboxtest.NewWeb(t, &receiver{kept: map[string]int{}}, func(r *http.Request) bool { return r.Method == http.MethodPost })
		},
	})
}

// The example of the specification.
func TestTheSignature(t *testing.T) {
	key, err := signingKey(outbox.Route{Secret: token.New("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")})
	if err != nil {
		t.Fatal(err)
	}
	if got := sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`)); got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Errorf("%s", got)
	}
	bare, err := signingKey(outbox.Route{Secret: token.New("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")})
	if err != nil || !bare.Equal(key) {
		t.Errorf("without its mark it is another key: %v", err)
	}
	words, err := signingKey(outbox.Route{Secret: token.New("a word of ours")})
	if err != nil || words.Reveal() != "a word of ours" {
		t.Errorf("%v", err)
	}
	if _, err := signingKey(outbox.Route{Secret: token.New("whsec_!!")}); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
}

func TestWhatIsPosted(t *testing.T) {
	c := outboxtest.Content("", "a\r\nb\u202e")
	c.Mentions = []outbox.Mention{{Kind: outbox.MentionPerson, ID: "1", Name: "Ada"}}
	r, err := opened(t, "http://127.0.0.1:1", time.Second).Render(c)
	const want = `{"type":"incident.update","timestamp":"2026-11-20T14:00:30.000Z","data":{"ref":"INC-7","title":"Checkout fails","severity":"SEV2","audience":"Support","state":"investigating","text":"a\nb","next":"2026-11-20T14:30:30.000Z","thread":"01890000-0000-7000-8000-000000000001/support","mentions":[{"kind":"person","id":"1","name":"Ada"}]}}`
	if err != nil || string(r.Payload) != want {
		t.Errorf("%v\n%s", err, r.Payload)
	}
}

func TestARouteThatCannotBe(t *testing.T) {
	for name, r := range map[string]outbox.Route{"no address": {Secret: token.New(secret)}, "plain": {Target: "http://hooks.example/x"}, "too much": {Target: "https://hooks.example/x", Also: map[string]string{"from": "a"}}} {
		if _, err := Open(r); !fault.Is(err, fault.Invalid) || fault.Of(err).Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
