package browser_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"quarterdeck/app"
	"quarterdeck/app/browser"
	"quarterdeck/internal/clock"
)

func TestMain(m *testing.M) {
	for name, value := range map[string]string{"DBUS_SESSION_BUS_ADDRESS": "", "XDG_RUNTIME_DIR": os.TempDir()} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

// face is a browser face that serves a real backend on a folder of its own.
type face struct {
	t       *testing.T
	api     *app.API
	backend *app.Backend
	srv     *browser.Server
	url     string // without a path
	client  *http.Client
	stop    func() error
}

const pageText = "<!doctype html><title>the page</title>"

// serve serves to clients that may take long; not given = as in the app.
func serve(t *testing.T, long ...time.Duration) *face {
	t.Helper()
	b, err := app.Open(t.Context(), t.TempDir(), clock.NewFake(time.Date(2026, 3, 2, 14, 0, 0, 0, time.UTC)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	f := &face{t: t, api: new(app.API), backend: b}
	app.Attach(f.api, b)
	if err := b.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	dist := fstest.MapFS{"index.html": {Data: []byte(pageText)}, "assets/page.js": {Data: []byte("1")}}
	if f.srv, err = browser.Listen(0, f.api, b, dist); err != nil {
		t.Fatal(err)
	}
	for _, d := range long {
		f.srv.Hurry(d)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.srv.Serve(ctx) }()
	f.stop = func() error { cancel(); err := <-ended; ended <- err; return err }
	t.Cleanup(func() {
		if err := f.stop(); err != nil {
			t.Error(err)
		}
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	f.client = &http.Client{Jar: jar, Timeout: 10 * time.Second}
	f.url, _, _ = strings.Cut(f.link(), "/?")
	return f
}

// enter is serve with a browser that has used a link.
func enter(t *testing.T, long ...time.Duration) *face {
	f := serve(t, long...)
	if status, body, _ := f.get(f.link()); status != http.StatusOK || body != pageText {
		t.Fatalf("the link led to %d %q", status, body)
	}
	return f
}

func (f *face) link() string {
	f.t.Helper()
	link, err := f.srv.Link()
	if err != nil {
		f.t.Fatal(err)
	}
	return link
}

func (f *face) do(r *http.Request) (int, string, http.Header) {
	f.t.Helper()
	resp, err := f.client.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return resp.StatusCode, string(body), resp.Header
}

func (f *face) get(url string) (int, string, http.Header) {
	f.t.Helper()
	return f.do(f.request(http.MethodGet, url, ""))
}

func (f *face) request(method, url, body string) *http.Request {
	f.t.Helper()
	r, err := http.NewRequestWithContext(f.t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	return r
}

// call posts a call as the page does.
func (f *face) call(method, args string) (status int, result json.RawMessage, failure map[string]string) {
	f.t.Helper()
	r := f.request(http.MethodPost, f.url+"/api/"+method, args)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", f.url)
	status, body, _ := f.do(r)
	var out struct {
		Result json.RawMessage
		Error  *string
	}
	if status == http.StatusOK {
		if err := json.Unmarshal([]byte(body), &out); err != nil {
			f.t.Fatalf("%s: %v", body, err)
		}
	}
	if out.Error != nil {
		if err := json.Unmarshal([]byte(*out.Error), &failure); err != nil {
			f.t.Fatalf("%s: %v", *out.Error, err)
		}
	}
	return status, out.Result, failure
}

func TestALinkLetsInOnce(t *testing.T) {
	f := serve(t)
	status, body, _ := f.get(f.url + "/")
	if status != http.StatusForbidden || !strings.Contains(body, "quarterdeck --browser") || strings.Contains(body, pageText) {
		t.Errorf("without a session: %d %q", status, body)
	}
	link := f.link()
	plain := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := plain.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/" {
		t.Errorf("the key stays in the address bar: %d %q", resp.StatusCode, resp.Header.Get("Location"))
	}
	if len(resp.Cookies()) != 1 {
		t.Fatalf("%d cookies", len(resp.Cookies()))
	}
	c := resp.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.MaxAge != 0 || !c.Expires.IsZero() || len(c.Value) < 32 || strings.Contains(link, c.Value) {
		t.Errorf("the session is %+v", c)
	}
	if status, _, _ := f.get(link); status != http.StatusForbidden {
		t.Errorf("the link a second time: %d", status)
	}
	if status, _, _ := f.get(f.url + "/?key="); status != http.StatusForbidden {
		t.Errorf("an empty key: %d", status)
	}
	if status, _, _ := f.get(f.url + "/?key=guess"); status != http.StatusForbidden {
		t.Errorf("a guessed key: %d", status)
	}
	other := f.link()
	if status, body, _ := f.get(other); status != http.StatusOK || body != pageText {
		t.Errorf("another link: %d %q", status, body)
	}
	if status, body, _ := f.get(link); status != http.StatusOK || body != pageText {
		t.Errorf("a used link in a browser that is in: %d %q", status, body)
	}
	if r := f.request(http.MethodGet, f.url+"/", ""); true {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: "guess"})
		resp, err := plain.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusForbidden {
			t.Errorf("a guessed session: %d", resp.StatusCode)
		}
	}
}

func TestOnlyItsOwnNameIsAnswered(t *testing.T) {
	f := enter(t)
	_, port, _ := strings.Cut(strings.TrimPrefix(f.url, "http://"), ":")
	for host, want := range map[string]int{
		"127.0.0.1:" + port: http.StatusOK, "localhost:" + port: http.StatusForbidden, // ours, but the session belongs to the other name
		"evil.example:" + port: http.StatusMisdirectedRequest, "evil.example": http.StatusMisdirectedRequest,
		"127.0.0.1": http.StatusMisdirectedRequest, "127.0.0.1:1": http.StatusMisdirectedRequest, "localhost.evil.example:" + port: http.StatusMisdirectedRequest,
	} {
		r := f.request(http.MethodGet, f.url+"/", "")
		r.Host = host
		if status, body, _ := f.do(r); status != want || want != http.StatusOK && strings.Contains(body, "the page") {
			t.Errorf("Host %s: %d %q", host, status, body)
		}
	}
}

func TestCallsComeFromTheOwnPage(t *testing.T) {
	f := enter(t)
	for _, c := range []struct {
		origin, kind string
		want         int
	}{
		{f.url, "application/json", 200}, {f.url, "application/json; charset=utf-8", 200},
		{"", "application/json", 403}, {"null", "application/json", 403}, {"http://evil.example", "application/json", 403},
		{"https" + strings.TrimPrefix(f.url, "http"), "application/json", 403}, {f.url + "1", "application/json", 403},
		{f.url, "text/plain", 403}, {f.url, "", 403}, {f.url, "application/x-www-form-urlencoded", 403},
	} {
		r := f.request(http.MethodPost, f.url+"/api/Watch", `[""]`)
		for name, value := range map[string]string{"Origin": c.origin, "Content-Type": c.kind} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		if status, body, _ := f.do(r); status != c.want {
			t.Errorf("%+v: %d %q", c, status, body)
		}
	}
	r := f.request(http.MethodGet, f.url+"/api/events", "")
	r.Header.Set("Origin", "http://evil.example")
	if status, _, _ := f.do(r); status != http.StatusForbidden {
		t.Errorf("another page listens: %d", status)
	}
}

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	f := serve(t)
	headers := func(url, method, host string) {
		t.Helper()
		r := f.request(method, f.url+url, "")
		r.Host = host
		status, _, h := f.do(r)
		for name, want := range map[string]string{
			"Content-Security-Policy": browser.Policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s %s (%d): %s is %q", method, url, status, name, got)
			}
		}
		if h.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s %s lets others read", method, url)
		}
	}
	for range 2 { // outside, then inside
		for _, url := range []string{"/", "/assets/page.js", "/nowhere", "/api/Watch", "/api/nothing", "/?key=x", "/assets/", "/index.html"} {
			for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodDelete, http.MethodOptions} {
				headers(url, method, "")
			}
		}
		headers("/", http.MethodGet, "evil.example")
		f.get(f.link())
	}
	for _, rule := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(browser.Policy, rule) {
			t.Errorf("the policy lacks %s", rule)
		}
	}
	if strings.Contains(browser.Policy, "http:") || strings.Contains(browser.Policy, "*") || strings.Contains(browser.Policy, "unsafe-eval") {
		t.Errorf("the policy lets in too much: %s", browser.Policy)
	}
}

func TestCalls(t *testing.T) {
	f := enter(t)
	if status, _, failure := f.call("SetPrefs", `[{"name":"ana","theme":"light"}]`); status != 200 || failure != nil {
		t.Fatalf("%d %v", status, failure)
	}
	_, result, failure := f.call("Declare", `[{"title":"checkout fails"}]`)
	var n app.Notify
	if err := json.Unmarshal(result, &n); err != nil || failure != nil || n.Live == nil || n.Live.Ref != "INC-1" || n.Station.Me.Name != "ana" {
		t.Fatalf("%v %v %s", err, failure, result)
	}
	if _, result, failure := f.call("ReadAway", `[]`); failure != nil || string(result) != "null" {
		t.Errorf("%v %s", failure, result)
	}
	for name, c := range map[string]struct{ method, args, code, field string }{
		"a fault":            {"Declare", `[{"title":""}]`, "invalid", "title"},
		"too few":            {"Declare", `[]`, "invalid", ""},
		"too many":           {"Watch", `["",""]`, "invalid", ""},
		"not a list":         {"Watch", `{"id":""}`, "invalid", ""},
		"nothing":            {"ReadAway", ``, "invalid", ""},
		"half":               {"Watch", `["`, "invalid", ""},
		"of the wrong kind":  {"Silence", `["ten"]`, "invalid", ""},
		"a huge number":      {"Silence", `[1e300]`, "invalid", ""},
		"half a minute":      {"Silence", `[0.5]`, "invalid", ""},
		"nobody knows it":    {"Watch", `["00000000-0000-7000-8000-000000000000"]`, "not_found", ""},
		"over eight MB":      {"Keep", `[{"place":"x","text":"` + strings.Repeat("x", 8<<20) + `"}]`, "invalid", ""},
		"nested without end": {"Watch", strings.Repeat("[", 1<<20), "invalid", ""},
	} {
		status, _, failure := f.call(c.method, c.args)
		if status != 200 || failure["code"] != c.code || failure["field"] != c.field || failure["message"] == "" {
			t.Errorf("%s: %d %v", name, status, failure)
		}
	}
	if status, _, _ := f.call("Watch", `[""]`); status != 200 {
		t.Errorf("afterwards: %d", status)
	}
	for _, name := range []string{"Nothing", "watch", "", "Watch/", "../Watch", "order", "Attach"} {
		if status, _, _ := f.call(name, `[]`); status == 200 {
			t.Errorf("%q is a call", name)
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete} {
		r := f.request(method, f.url+"/api/ReadAway", "[]")
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Origin", f.url)
		if status, _, _ := f.do(r); status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, status)
		}
	}
}

func TestOnlyThePageIsServed(t *testing.T) {
	f := enter(t)
	if status, body, h := f.get(f.url + "/assets/page.js"); status != 200 || body != "1" || !strings.Contains(h.Get("Content-Type"), "javascript") {
		t.Errorf("%d %q %q", status, body, h.Get("Content-Type"))
	}
	for _, path := range []string{"/../server.go", "/%2e%2e/server.go", "/assets/../../server.go", "//etc/passwd", "/assets/%5c..%5c..%5cserver.go", "/quarterdeck.db", "/assets/", "/assets", "/."} {
		r := f.request(http.MethodGet, f.url+"/", "")
		r.URL.Opaque = path
		if status, body, _ := f.do(r); status == 200 && body != pageText {
			t.Errorf("%s: %q", path, body)
		}
	}
}

func TestEventsReachThePageAndEndWithTheServer(t *testing.T) {
	f := enter(t)
	f.call("SetPrefs", `[{"name":"ana"}]`)
	f.client.Timeout = 0
	resp, err := f.client.Do(f.request(http.MethodGet, f.url+"/api/events", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if kind := resp.Header.Get("Content-Type"); resp.StatusCode != 200 || kind != "text/event-stream" {
		t.Fatalf("%d %s", resp.StatusCode, kind)
	}
	events := make(chan app.Notify)
	go func() {
		defer close(events)
		lines := bufio.NewScanner(resp.Body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if data, ok := bytes.CutPrefix(lines.Bytes(), []byte("data: ")); ok {
				var n app.Notify
				if err := json.Unmarshal(data, &n); err != nil {
					t.Error(err)
				}
				events <- n
			}
		}
	}()
	deadline, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	next := func(what string) (app.Notify, bool) {
		t.Helper()
		select {
		case n, ok := <-events:
			return n, ok
		case <-deadline.Done():
			t.Fatal("never:", what)
		}
		return app.Notify{}, false
	}
	if _, _, failure := f.call("Declare", `[{"title":"a line\nof <b>markup</b>"}]`); failure != nil {
		t.Fatal(failure)
	}
	for {
		n, ok := next("the incident")
		if !ok {
			t.Fatal("it ended early")
		}
		if n.Live != nil && n.Live.Ref == "INC-1" {
			break
		}
	}
	if err := f.stop(); err != nil {
		t.Error(err)
	}
	for ok := true; ok; _, ok = next("the end") {
	}
}

func TestAPortThatIsTaken(t *testing.T) {
	f := serve(t)
	var port int
	_, text, _ := strings.Cut(strings.TrimPrefix(f.url, "http://"), ":")
	if err := json.Unmarshal([]byte(text), &port); err != nil {
		t.Fatal(err)
	}
	_, err := browser.Listen(port, f.api, f.backend, fstest.MapFS{})
	if err == nil || !strings.Contains(err.Error(), text) {
		t.Errorf("%v", err)
	}
}

func TestListensOnLoopbackOnly(t *testing.T) {
	if f := serve(t); !strings.HasPrefix(f.url, "http://127.0.0.1:") {
		t.Error(f.url)
	}
}
