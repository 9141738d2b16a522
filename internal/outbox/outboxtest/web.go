package outboxtest

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Receiver is the service in good health.
type Receiver interface {
	http.Handler
	Copies(key string) int
}

// Web is a World for a receiver that speaks HTTP.
type Web struct {
	receiver Receiver
	posting  func(*http.Request) bool
	server   *httptest.Server
	other    *httptest.Server // where the redirect leads
	dead     string

	mu     sync.Mutex
	fault  Fault
	posts  int
	Strays int // requests that followed the redirect
	under  sync.WaitGroup
}

// NewWeb stands in front of a receiver until the test ends. posting says which requests
// are postings; nil = all.
func NewWeb(t *testing.T, receiver Receiver, posting func(*http.Request) bool) *Web {
	if posting == nil {
		posting = func(*http.Request) bool { return true }
	}
	w := &Web{receiver: receiver, posting: posting, fault: None}
	w.server = httptest.NewServer(http.HandlerFunc(w.serve))
	w.other = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.Strays++
		w.mu.Unlock()
		w.receiver.ServeHTTP(rw, r)
	}))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.dead = "http://" + l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.server.CloseClientConnections()
		w.server.Close()
		w.other.Close()
	})
	return w
}

// URL implements World; while nobody listens, it is an address at which nobody does.
func (w *Web) URL() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fault == NoListener {
		w.fault = None
		return w.dead
	}
	return w.server.URL
}

// Break implements World.
func (w *Web) Break(f Fault) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fault = f
	return true
}

// Settle implements World.
func (w *Web) Settle() {
	w.Posts() // waits until what has arrived is counted
	w.under.Wait()
	w.Posts() // and what arrives later is counted afterwards
}

// Copies implements World.
func (w *Web) Copies(key string) int { return w.receiver.Copies(key) }

// Posts implements World.
func (w *Web) Posts() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.posts
}

func (w *Web) serve(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client has gone before it said anything
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if !w.posting(r) {
		w.receiver.ServeHTTP(rw, r)
		return
	}
	w.mu.Lock()
	w.posts++
	f := w.fault
	w.fault = None
	w.under.Add(1)
	w.mu.Unlock()
	defer w.under.Done()
	w.spoil(f, rw, r)
}

// keep has the receiver keep the posting and answers with what it would say.
func (w *Web) keep(r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	w.receiver.ServeHTTP(rec, r)
	return rec
}

func (w *Web) spoil(f Fault, rw http.ResponseWriter, r *http.Request) {
	switch f {
	case DropBefore:
		hangUp(rw, false)
	case DropAfter, ResetAfter:
		w.keep(r)
		hangUp(rw, f == ResetAfter)
	case HangBefore:
		<-r.Context().Done()
	case HangAfter:
		w.keep(r)
		<-r.Context().Done()
	case LateStore:
		<-r.Context().Done()
		w.keep(r.WithContext(context.WithoutCancel(r.Context())))
	case Truncated:
		rec := w.keep(r)
		rw.Header().Set("Content-Type", rec.Header().Get("Content-Type"))
		rw.Header().Set("Content-Length", "4000")
		rw.WriteHeader(rec.Code)
		_, _ = rw.Write(rec.Body.Bytes()[:rec.Body.Len()/2])
		if fl, ok := rw.(http.Flusher); ok {
			fl.Flush()
		}
		hangUp(rw, false)
	case HTML:
		rw.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(rw, "<!doctype html><title>Log in</title><p>Welcome to the network of the hotel.")
	case Slow, SlowDate, SlowNothing, SlowRubbish:
		after := map[Fault]string{Slow: "7", SlowDate: "Fri, 20 Nov 2026 14:00:42 GMT", SlowRubbish: "soon"}[f]
		if after != "" {
			rw.Header().Set("Retry-After", after)
		}
		rw.WriteHeader(http.StatusTooManyRequests)
	case Redirect:
		http.Redirect(rw, r, w.other.URL+r.URL.RequestURI(), http.StatusTemporaryRedirect)
	case FailBefore:
		rw.WriteHeader(http.StatusInternalServerError)
	case FailAfter:
		w.keep(r)
		rw.WriteHeader(http.StatusInternalServerError)
	case Gateway:
		rw.WriteHeader(http.StatusServiceUnavailable)
	case Forbidden:
		rw.WriteHeader(http.StatusForbidden)
	default:
		w.receiver.ServeHTTP(rw, r)
	}
}

// hangUp closes the connection without an answer.
func hangUp(rw http.ResponseWriter, reset bool) {
	h, ok := rw.(http.Hijacker)
	if !ok {
		return
	}
	c, _, err := h.Hijack()
	if err != nil {
		return
	}
	if tcp, ok := c.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0) // close sends a reset
	}
	_ = c.Close()
}
