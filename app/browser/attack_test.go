package browser_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/app/browser"
	"quarterdeck/internal/clock"
)

// dial is a bare connection, as a program that is no browser opens it.
func (f *face) dial() net.Conn {
	f.t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { c.Close() })
	return c
}

func (f *face) eventually(what string, holds func() bool) {
	f.t.Helper()
	for range 2000 {
		if holds() {
			return
		}
		if clock.System().Wait(f.t.Context(), 5*time.Millisecond) != nil {
			break
		}
	}
	f.t.Fatal("never:", what)
}

// session is the cookie of the browser that entered, as a header.
func (f *face) session() string {
	f.t.Helper()
	r := f.request(http.MethodGet, f.url, "")
	cookies := f.client.Jar.Cookies(r.URL)
	if len(cookies) != 1 {
		f.t.Fatalf("%d cookies", len(cookies))
	}
	return "Cookie: " + cookies[0].Name + "=" + cookies[0].Value + "\r\n"
}

// Another server on this machine is the same site to a browser, which sends it and its
// pages the session's cookie: what they ask for says where it comes from.
func TestAPageOfAnotherPortGetsNothing(t *testing.T) {
	f := enter(t)
	for _, site := range []string{"same-site", "cross-site", "none"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			r := f.request(method, f.url+"/api/"+map[string]string{http.MethodGet: "events", http.MethodPost: "Watch"}[method], `[""]`)
			r.Header.Set("Sec-Fetch-Site", site)
			r.Header.Set("Content-Type", "application/json")
			if method == http.MethodPost {
				r.Header.Set("Origin", f.url) // a forged one
			}
			if status, body, h := f.do(r); status != http.StatusForbidden || strings.Contains(body, "station") || h.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s %s: %d %.80s", site, method, status, body)
			}
		}
	}
	r := f.request(http.MethodOptions, f.url+"/api/Watch", "")
	r.Header.Set("Origin", "http://127.0.0.1:3000")
	r.Header.Set("Access-Control-Request-Method", "POST")
	if status, _, h := f.do(r); status == http.StatusOK || h.Get("Access-Control-Allow-Origin") != "" || h.Get("Access-Control-Allow-Methods") != "" {
		t.Errorf("it may ask: %d %v", status, h)
	}
}

func TestNobodyUpgradesToAnythingElse(t *testing.T) {
	f := enter(t)
	for _, path := range []string{"/", "/api/events", "/api/Watch"} {
		c := f.dial()
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: %s\r\n%sOrigin: http://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
			path, strings.TrimPrefix(f.url, "http://"), f.session())
		if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || strings.Contains(line, "101") {
			t.Errorf("%s: %q %v", path, line, err)
		}
	}
}

func TestGuessesOpenNothing(t *testing.T) {
	f := serve(t)
	link := f.link()
	key := link[strings.Index(link, "key=")+4:]
	for i := range len(key) {
		other := "A"
		if key[i] == 'A' {
			other = "B"
		}
		if status, _, _ := f.get(f.url + "/?key=" + key[:i] + other + key[i+1:]); status != http.StatusForbidden {
			t.Fatalf("%d letters right, one wrong: %d", len(key)-1, status)
		}
	}
	for _, guess := range []string{key[:len(key)-1], key + "A", strings.ToUpper(key), "%00" + key, strings.Repeat("A", 1<<15)} {
		if status, _, _ := f.get(f.url + "/?key=" + guess); status != http.StatusForbidden {
			t.Errorf("%.60q: %d", guess, status)
		}
	}
}

func TestWhoIsSlowLosesTheConnection(t *testing.T) {
	f := enter(t, 300*time.Millisecond)
	host := strings.TrimPrefix(f.url, "http://")
	head := "POST /api/Watch HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + f.url + "\r\nContent-Type: application/json\r\nContent-Length: 4000000\r\n"
	for name, sent := range map[string]string{
		"nothing":                "",
		"half a header":          "GET / HTTP/1.1\r\nHos",
		"half a body, a guest":   head + f.session() + "\r\n[",
		"half a body, a nobody":  head + "\r\n[",
		"a length and no body":   head + f.session() + "\r\n",
		"a header without end":   "GET / HTTP/1.1\r\nX: " + strings.Repeat("x", 1<<20),
		"a body that was no one": "GET / HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 9\r\n\r\n",
	} {
		c := f.dial()
		go func() { _, _ = io.WriteString(c, sent) }() // what is not taken was too much
		if err := c.SetReadDeadline(clock.System().Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, c); err != nil && strings.Contains(err.Error(), "timeout") {
			t.Errorf("%s: still there after ten seconds", name)
		}
	}
	if status, _, _ := f.get(f.url + "/"); status != http.StatusOK {
		t.Errorf("afterwards: %d", status)
	}
}

// A page that takes nothing any more, a stopped browser for one, costs no memory for ever.
func TestAPageThatTakesNothingIsSentAway(t *testing.T) {
	f := enter(t, 300*time.Millisecond)
	f.call("SetPrefs", `[{"name":"ana"}]`)
	c := f.dial()
	if err := c.(*net.TCPConn).SetReadBuffer(4096); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(c, "GET /api/events HTTP/1.1\r\nHost: %s\r\n%s\r\n", strings.TrimPrefix(f.url, "http://"), f.session())
	f.eventually("it listens", func() bool { return f.srv.Listening() == 1 })
	_, result, _ := f.call("Declare", `[{"title":"t"}]`)
	var n app.Notify
	if err := json.Unmarshal(result, &n); err != nil {
		t.Fatal(err)
	}
	id, long := n.Live.ID, strings.Repeat("x", 60_000)
	f.eventually("it is sent away", func() bool {
		if _, _, failure := f.call("Log", `[{"incident":"`+id+`","text":"`+long+`"}]`); failure != nil {
			t.Fatal(failure)
		}
		return f.srv.Listening() == 0
	})
}

func TestAFloodOfListenersIsBounded(t *testing.T) {
	f := enter(t)
	for range browser.Streams {
		resp, err := (&http.Client{Jar: f.client.Jar}).Do(f.request(http.MethodGet, f.url+"/api/events", ""))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { resp.Body.Close() })
	}
	if status, body, _ := f.get(f.url + "/api/events"); status != http.StatusServiceUnavailable || !strings.Contains(body, "close") {
		t.Errorf("one more: %d %s", status, body)
	}
	if status, _, _ := f.call("Watch", `[""]`); status != http.StatusOK {
		t.Errorf("a call beside them: %d", status)
	}
}

func TestAFloodOfConnectionsKeepsNoPageOut(t *testing.T) {
	f := enter(t)
	for range browser.Crowd + 100 {
		f.dial()
	}
	if status, body, _ := f.get(f.url + "/"); status != http.StatusOK || body != pageText {
		t.Errorf("the page: %d %q", status, body)
	}
	f.eventually("the oldest are gone", func() bool { return f.srv.Guests() <= browser.Crowd })
	if status, _, failure := f.call("Watch", `[""]`); status != http.StatusOK || failure != nil {
		t.Errorf("a call: %d %v", status, failure)
	}
}

// Files are taken from the cockpit's own page only, and shown to it only.
func TestFilesAreForTheOwnPageOnly(t *testing.T) {
	f := enter(t)
	if err := f.api.SetPrefs(app.PrefsInput{Name: "ana"}); err != nil {
		t.Fatal(err)
	}
	n, err := f.api.Declare(app.DeclareInput{Title: "checkout fails", Severity: "SEV2"})
	if err != nil {
		t.Fatal(err)
	}
	send := func(client *http.Client, method, path string, body io.Reader, head map[string]string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, f.url+path, body)
		if err != nil {
			t.Fatal(err)
		}
		for k, v := range head {
			r.Header.Set(k, v)
		}
		res, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		return res.StatusCode
	}
	to := "/files/" + n.Live.ID + "?name=a.txt"
	own := map[string]string{"Origin": f.url, "Content-Type": "application/octet-stream", "Sec-Fetch-Site": "same-origin"}
	without := func(k, v string) map[string]string {
		out := map[string]string{}
		for a, b := range own {
			out[a] = b
		}
		if out[k] = v; v == "" {
			delete(out, k)
		}
		return out
	}
	for name, tt := range map[string]struct {
		client *http.Client
		head   map[string]string
		body   io.Reader
		want   int
	}{
		"the page":               {f.client, own, strings.NewReader("a"), http.StatusOK},
		"a stranger":             {&http.Client{}, own, strings.NewReader("a"), http.StatusForbidden},
		"another origin":         {f.client, without("Origin", "http://evil.example"), strings.NewReader("a"), http.StatusForbidden},
		"no origin":              {f.client, without("Origin", ""), strings.NewReader("a"), http.StatusForbidden},
		"a form":                 {f.client, without("Content-Type", "text/plain"), strings.NewReader("a"), http.StatusForbidden},
		"another site":           {f.client, without("Sec-Fetch-Site", "cross-site"), strings.NewReader("a"), http.StatusForbidden},
		"nobody knows how large": {f.client, own, io.MultiReader(strings.NewReader("a")), http.StatusLengthRequired},
	} {
		if got := send(tt.client, http.MethodPost, to, tt.body, tt.head); got != tt.want {
			t.Errorf("%s: %d, not %d", name, got, tt.want)
		}
	}
	all, err := f.api.Watch(n.Live.ID)
	if err != nil {
		t.Fatal(err)
	}
	rows := all.Timeline.Rows
	path := "/files/" + n.Live.ID + "/" + rows[len(rows)-1].ID
	if got := send(f.client, http.MethodGet, path, nil, nil); got != http.StatusOK {
		t.Errorf("the page is shown %d", got)
	}
	if got := send(&http.Client{}, http.MethodGet, path, nil, nil); got != http.StatusForbidden {
		t.Errorf("a stranger is shown %d", got)
	}
	if got := send(f.client, http.MethodGet, path, nil, map[string]string{"Sec-Fetch-Site": "cross-site"}); got != http.StatusForbidden {
		t.Errorf("another site is shown %d", got)
	}
}
