package outward_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/outward"
)

// secret stands in every path and query here, and must not stand in any error.
const secret = "s3cr3t-t0k3n"

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// all follows every redirect that the room itself lets pass.
func all(_, _ *url.URL) error { return nil }

func fetch(t *testing.T, o outward.Options, r outward.Request) (outward.Reply, error) {
	t.Helper()
	c := outward.New(o)
	defer c.Close()
	return c.Fetch(t.Context(), r)
}

func wants(t *testing.T, err error, kind outward.Kind, sent bool) *outward.Error {
	t.Helper()
	e := outward.Of(err)
	if e == nil {
		t.Fatalf("got %v, want %s", err, kind)
	}
	if e.Kind != kind || e.Sent != sent {
		t.Errorf("got %s, sent %v (%v), want %s, sent %v", e.Kind, e.Sent, e, kind, sent)
	}
	for _, text := range chain(err) {
		if strings.Contains(text, secret) {
			t.Errorf("the address stands in %q", text)
		}
	}
	return e
}

// chain is what an error and its causes say.
func chain(err error) (out []string) {
	for ; err != nil; err = errors.Unwrap(err) {
		out = append(out, err.Error())
	}
	return out
}

func TestFetch(t *testing.T) {
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("ETag", `"1"`)
		w.WriteHeader(http.StatusTeapot)
		_, _ = io.WriteString(w, r.Method+" "+r.URL.Path+" "+r.Header.Get("X-Of")+" "+r.Header.Get("User-Agent")+" "+string(body))
	})
	got, err := fetch(t, outward.Options{Typed: at}, outward.Request{Method: "PUT", URL: at + "/a", Header: http.Header{"X-Of": {"mine"}}, Body: []byte("words")})
	if err != nil {
		t.Fatal(err)
	}
	if want := "PUT /a mine quarterdeck words"; string(got.Body) != want || got.Status != http.StatusTeapot || got.Header.Get("ETag") != `"1"` {
		t.Errorf("got %d %q %q, want %q", got.Status, got.Header.Get("ETag"), got.Body, want)
	}
}

// Nobody gets at what runs on this machine unless the commander typed just that.
func TestTheGuard(t *testing.T) {
	asked := 0
	at := serve(t, func(http.ResponseWriter, *http.Request) { asked++ })
	other := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the other service was asked") })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(at, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, typed, url string
		local            bool
		want             outward.Kind // empty: it is asked
	}{
		{"as typed", at + "/x", at + "/y", false, ""},
		{"not typed", "", at, false, outward.Guarded},
		{"another port", at, other, false, outward.Guarded},
		{"the same place by another name", at, "http://localhost:" + port, false, outward.Guarded},
		{"localhost, as typed", "http://localhost:" + port, "http://localhost:" + port, false, ""},
		{"a public one typed", "https://example.org", at, true, outward.Guarded},
		{"metadata", "https://example.org", "http://169.254.169.254/latest/" + secret, true, outward.Guarded},
		{"no http", "", "ftp://example.org/" + secret, false, outward.BadAddress},
		{"no host", "", "http:///" + secret, false, outward.BadAddress},
		{"no address", "", "http://[::1/" + secret, false, outward.BadAddress},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := asked
			_, err := fetch(t, outward.Options{Typed: tt.typed, Local: tt.local, Resolver: names(t, "127.0.0.1")}, outward.Request{URL: tt.url})
			if tt.want == "" {
				if err != nil || asked != before+1 {
					t.Errorf("asked %d times: %v", asked-before, err)
				}
				return
			}
			wants(t, err, tt.want, false)
			if asked != before {
				t.Error("it was asked all the same")
			}
		})
	}
}

// A name is judged by where it leads when the connection is made.
func TestTheGuardLooksAtWhereANameLeads(t *testing.T) {
	asked := 0
	at := serve(t, func(http.ResponseWriter, *http.Request) { asked++ })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(at, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	named := "http://rota.example.org:" + port + "/" + secret
	o := outward.Options{Typed: named, Resolver: names(t, "127.0.0.1")}
	_, err = fetch(t, o, outward.Request{URL: named})
	wants(t, err, outward.Guarded, false)
	o.Local = true
	if _, err = fetch(t, o, outward.Request{URL: named}); err != nil {
		t.Errorf("a name that may be near: %v", err)
	}
	_, err = fetch(t, o, outward.Request{URL: "http://other.example.org:" + port})
	wants(t, err, outward.Guarded, false)
	o.Resolver = names(t, "169.254.169.254")
	_, err = fetch(t, o, outward.Request{URL: named})
	wants(t, err, outward.Guarded, false)
	if asked != 1 {
		t.Errorf("asked %d times, want once", asked)
	}
}

func TestBounds(t *testing.T) {
	until := make(chan struct{})
	t.Cleanup(func() { close(until) })
	wait := func(r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-until:
		}
	}
	zeros := func() []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			t.Error(err)
		}
		if err := z.Close(); err != nil {
			t.Error(err)
		}
		return b.Bytes()
	}()
	tests := []struct {
		name   string
		max    int64
		answer http.HandlerFunc
		want   outward.Kind
	}{
		{"silence", 1000, func(_ http.ResponseWriter, r *http.Request) { wait(r) }, outward.Late},
		{"a beginning and then silence", 1000, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "BEGIN")
			w.(http.Flusher).Flush()
			wait(r)
		}, outward.Late},
		{"drops without an end", 1 << 40, func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				_, _ = io.WriteString(w, ".")
				w.(http.Flusher).Flush()
			}
		}, outward.Late},
		{"a body without an end", 1000, func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 4096)); err != nil {
					return
				}
			}
		}, outward.TooLong},
		{"one byte too many", 1000, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1001)) }, outward.TooLong},
		{"small, and long unpacked", 100_000, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(zeros)
		}, outward.TooLong},
		{"cut off", 1000, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "BEGIN")
		}, outward.Broken},
		{"hung up", 1000, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, outward.Broken},
		{"endless headers", 1000, func(w http.ResponseWriter, _ *http.Request) {
			for i := range 2000 {
				w.Header().Add("X-"+strconv.Itoa(i), strings.Repeat("x", 100))
			}
		}, outward.Broken},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at := serve(t, tt.answer)
			timeout := 10 * time.Second
			if tt.want == outward.Late {
				timeout = 100 * time.Millisecond
			}
			_, err := fetch(t, outward.Options{Typed: at, Timeout: timeout, MaxBody: tt.max}, outward.Request{URL: at + "/" + secret, Method: "POST"})
			wants(t, err, tt.want, true)
		})
	}
	t.Run("just as long as it may be", func(t *testing.T) {
		at := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1000)) })
		got, err := fetch(t, outward.Options{Typed: at, MaxBody: 1000}, outward.Request{URL: at})
		if err != nil || len(got.Body) != 1000 {
			t.Errorf("%d bytes: %v", len(got.Body), err)
		}
	})
}

func TestNobodyThere(t *testing.T) {
	at := serve(t, nil)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := "http://" + l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = fetch(t, outward.Options{Typed: gone}, outward.Request{URL: gone + "/" + secret})
	wants(t, err, outward.Offline, false)
	_, err = fetch(t, outward.Options{Resolver: names(t, "")}, outward.Request{URL: "http://nowhere.example.org/" + secret})
	wants(t, err, outward.Offline, false)
	tls := strings.Replace(at, "http:", "https:", 1)
	_, err = fetch(t, outward.Options{Typed: tls}, outward.Request{URL: tls + "/" + secret})
	wants(t, err, outward.Untrusted, false)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = outward.New(outward.Options{Typed: at}).Fetch(ctx, outward.Request{URL: at})
	wants(t, err, outward.Ended, false)
}

func TestCertificatesAreChecked(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	s.StartTLS()
	defer s.Close()
	_, err := fetch(t, outward.Options{Typed: s.URL}, outward.Request{URL: s.URL + "/" + secret})
	wants(t, err, outward.Untrusted, false)
}

func TestRedirects(t *testing.T) {
	var there []http.Header
	other := serve(t, func(_ http.ResponseWriter, r *http.Request) { there = append(there, r.Header) })
	mux := http.NewServeMux()
	at := serve(t, mux.ServeHTTP)
	to := func(path, where string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Location", where); w.WriteHeader(302) })
	}
	to("/near", "/there")
	to("/circle", "/circle2")
	to("/circle2", "/circle")
	to("/local", other+"/"+secret)
	to("/metadata", "http://169.254.169.254/"+secret)
	to("/file", "file:///etc/"+secret)
	to("/broken", "http://[::1/"+secret)
	for i := range 8 {
		to("/far"+strconv.Itoa(i), "/far"+strconv.Itoa(i+1))
	}
	mux.HandleFunc("/there", func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Header.Get("Authorization")) })
	header := http.Header{"Authorization": {"Bearer " + secret}}

	t.Run("not followed without a policy", func(t *testing.T) {
		got, err := fetch(t, outward.Options{Typed: at}, outward.Request{URL: at + "/near"})
		if err != nil || got.Status != 302 || got.Header.Get("Location") != "/there" {
			t.Errorf("%d %v", got.Status, err)
		}
	})
	t.Run("what was posted goes nowhere else", func(t *testing.T) {
		got, err := fetch(t, outward.Options{Typed: at, Follow: all}, outward.Request{Method: "POST", URL: at + "/near"})
		if err != nil || got.Status != 302 {
			t.Errorf("%d %v", got.Status, err)
		}
	})
	t.Run("followed at home with its header", func(t *testing.T) {
		got, err := fetch(t, outward.Options{Typed: at, Follow: all}, outward.Request{URL: at + "/near", Header: header})
		if err != nil || string(got.Body) != "Bearer "+secret || !slices.Equal(got.Moved, []string{"302 " + strings.TrimPrefix(at, "http://")}) {
			t.Errorf("%q %q %v", got.Body, got.Moved, err)
		}
	})
	t.Run("the policy decides", func(t *testing.T) {
		no := func(from, to *url.URL) error { return errors.New("not there") }
		_, err := fetch(t, outward.Options{Typed: at, Follow: no}, outward.Request{URL: at + "/near"})
		wants(t, err, outward.Astray, true)
	})
	for path, want := range map[string]outward.Kind{
		"/circle": outward.Astray, "/far0": outward.Astray, "/local": outward.Guarded, "/metadata": outward.Guarded, "/file": outward.BadAddress, "/broken": outward.BadAddress,
	} {
		t.Run(path, func(t *testing.T) {
			_, err := fetch(t, outward.Options{Typed: at, Follow: all}, outward.Request{URL: at + path, Header: header})
			wants(t, err, want, true)
		})
	}
	if len(there) > 0 {
		t.Error("the other service was asked")
	}
	t.Run("credentials stay at home", func(t *testing.T) {
		_, port, err := net.SplitHostPort(strings.TrimPrefix(other, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		// The typed name is the one that may be near; the first hop is played by a proxy.
		named := "http://rota.example.org:" + port
		proxy := func(r *http.Request) (*url.URL, error) {
			if r.URL.Host == "first.example.org" {
				return url.Parse(at)
			}
			return nil, nil
		}
		mux.HandleFunc("first.example.org/", func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") == "" {
				t.Error("the first one did not get what it was sent")
			}
			w.Header().Set("Location", named)
			w.WriteHeader(307)
		})
		o := outward.Options{Typed: named, Local: true, Follow: all, Proxy: proxy, Resolver: names(t, "127.0.0.1")}
		if _, err = fetch(t, o, outward.Request{URL: "http://first.example.org/", Header: header}); err != nil {
			t.Fatal(err)
		}
		if len(there) != 1 || there[0].Get("Authorization") != "" || there[0].Get("Referer") != "" {
			t.Errorf("the other one got %v", there)
		}
	})
	t.Run("not from https to http", func(t *testing.T) {
		s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other, http.StatusFound) }))
		defer s.Close()
		roots := s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
		_, err := fetch(t, outward.Options{Typed: s.URL, Follow: all, Roots: roots}, outward.Request{URL: s.URL})
		wants(t, err, outward.Astray, true)
	})
}

// A library brings its own requests, and gets the same bounds.
func TestDo(t *testing.T) {
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/on" {
			http.Redirect(w, r, "/there", http.StatusFound)
			return
		}
		_, _ = w.Write(make([]byte, 100))
	})
	c := outward.New(outward.Options{Typed: at, MaxBody: 50})
	defer c.Close()
	ask := func(path string) (*http.Response, error) {
		req, err := http.NewRequestWithContext(t.Context(), "GET", at+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		return c.Do(req)
	}
	resp, err := ask("/on")
	if err != nil || resp.StatusCode != 302 {
		t.Fatalf("%v %v", resp, err)
	}
	_ = resp.Body.Close()
	if resp, err = ask("/"); err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	wants(t, err, outward.TooLong, true)
	if len(got) != 50 {
		t.Errorf("%d bytes were let through, want 50", len(got))
	}
	if _, err = io.ReadAll(resp.Body); err == nil {
		t.Error("reading on succeeds")
	}
}
