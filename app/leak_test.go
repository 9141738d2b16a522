package app_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret"
)

// echo is the other side as nobody wants it: it gives back all that it was told, key and
// address as well, in answers, headers and redirects, in turns.
func echo(t *testing.T) (address string, asked func(path string) int) {
	var mu sync.Mutex
	calls := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all, err := httputil.DumpRequest(r, true)
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		way, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		calls[way]++
		turn := calls[way]
		mu.Unlock()
		h := w.Header()
		h.Set("X-Request-Id", strings.ReplaceAll(r.RequestURI+r.Header.Get("Authorization"), "\n", ""))
		switch turn % 6 {
		case 1:
			h.Set("Location", "http://127.0.0.1:1"+r.RequestURI+"?key="+url.QueryEscape(r.Header.Get("Authorization")))
			w.WriteHeader(http.StatusTemporaryRedirect)
		case 2:
			h.Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			w.Write(all)
		case 3:
			h.Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprintf(w, "<title>%s</title>", all)
		case 4:
			c, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			c.Write(all) // no answer of HTTP at all: a client's error may repeat it
			c.Close()
		case 5:
			h.Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			json.NewEncoder(w).Encode(map[string]any{"ok": false, "error": string(all), "message": string(all), "errors": []string{string(all)}})
		default:
			h.Set("Content-Type", "application/json")
			json.NewEncoder(w).Encode(map[string]any{"ok": true, "id": string(all), "name": string(all), "url": r.RequestURI})
		}
	}))
	t.Cleanup(srv.Close)
	return srv.URL, func(path string) int { mu.Lock(); defer mu.Unlock(); return calls[path] }
}

// parrot is a mail server that refuses every log-in and repeats it, read aloud.
func parrot(t *testing.T) (address string, heard func() int) {
	var logins atomic.Int64
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				fmt.Fprint(c, "220 parrot\r\n")
				for lines := bufio.NewScanner(c); lines.Scan(); {
					switch line := lines.Text(); {
					case strings.HasPrefix(line, "EHLO"):
						fmt.Fprint(c, "250-parrot\r\n250-AUTH=PLAIN\r\n250 AUTH PLAIN LOGIN\r\n")
					case strings.HasPrefix(line, "AUTH"):
						logins.Add(1)
						words := strings.Fields(line)
						plain, _ := base64.StdEncoding.DecodeString(words[len(words)-1])
						fmt.Fprintf(c, "535 5.7.8 not %s, that is %q\r\n", line, strings.ReplaceAll(string(plain), "\x00", " "))
					default:
						fmt.Fprintf(c, "550 not %s\r\n", line)
					}
				}
			}()
		}
	}()
	return "smtp://" + l.Addr().String(), func() int { return int(logins.Load()) }
}

// traces are the forms in which a secret may be met.
func traces(s string) map[string]string {
	out := map[string]string{"itself": s, "hexadecimal": hex.EncodeToString([]byte(s)), "escaped": url.QueryEscape(s)}
	for shift := range 3 { // base64 of a longer text that holds it, without what its neighbours change
		code := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + s))
		out[fmt.Sprint("base64 ", shift)] = code[(shift*8+5)/6 : len(code)-2]
	}
	return out
}

// A whole incident goes over every medium to servers that repeat what they are told; then
// everything that is left or shown is searched for every secret, in every form.
func TestAfterAWholeStoryNoSecretIsAnywhere(t *testing.T) {
	web, asked := echo(t)
	kept := map[string]string{
		"slack": "xoxb-17-ZebraQuartzOne", "statuspage": "ZebraQuartzTwo-84736251", "mail": "ZebraQuartzThree p&ss", "hook": "whsec_WmVicmFRdWFydHpGb3VyWmVicmE=",
		"discord": "https://discord.com/api/webhooks/1/ZebraQuartzFive", "googlechat": "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=ZebraQuartzSix",
		"teams": "https://x.webhook.office.com/webhookb2/ZebraQuartzSeven?sig=ZebraQuartzEight", "mattermost": "https://chat.example/hooks/ZebraQuartzNine", "feed": web + "/feed/ZebraQuartzTen.ics",
	}
	const passphrase = "ZebraQuartz the passphrase"
	t.Setenv("QUARTERDECK_SECRET_SLACK", kept["slack"])
	t.Setenv(secret.PassphraseVariable, passphrase)
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	s := sit(t)
	log, err := app.LogTo(s.dir)
	s.must(err)
	slog.SetDefault(slog.New(slog.NewTextHandler(writer(t, log), &slog.HandlerOptions{Level: slog.LevelDebug}))) // more than the app itself tells

	var said bytes.Buffer // everything that was answered
	tell := func(v any, err error) {
		fmt.Fprintf(&said, "%s\n%+v\n", asText(v), v)
		if err != nil {
			fmt.Fprintf(&said, "%v\n%+v\n%#v\n%s\n", err, err, err, app.FaultJSON(err))
		}
	}
	for name, value := range kept {
		if name != "slack" {
			v, err := s.SetSecret(app.SecretInput{Name: name, Value: value})
			s.must(err)
			tell(v, nil)
		}
	}
	tell(nil, s.UnlockSecrets(passphrase+", a wrong one"))

	letters, heard := parrot(t)
	ways := []string{"slack", "statuspage", "discord", "googlechat", "teams", "mattermost", "webhook", "mail"}
	s.write("routes.yaml", `routes:
  slack: {medium: slack, channel: C0SUPPORT1, api_url: "`+web+`/slack/", secret: slack}
  statuspage: {medium: statuspage, page: p1, api_url: "`+web+`/statuspage/", secret: statuspage}
  discord: {medium: discord, api_url: "`+web+`/discord/", secret: discord}
  googlechat: {medium: googlechat, api_url: "`+web+`/googlechat/", secret: googlechat}
  teams: {medium: teams, api_url: "`+web+`/teams/", secret: teams}
  mattermost: {medium: mattermost, api_url: "`+web+`/mattermost/", secret: mattermost}
  webhook: {medium: webhook, address: "`+web+`/webhook/x", secret: hook}
  mail: {medium: mail, api_url: "`+letters+`", from: a@example.com, to: [b@example.com], user: ana, secret: mail}
audiences:
  support: [`+strings.Join(ways, ", ")+`]
`)
	s.write("calendars.yaml", "calendars:\n  - {name: payments, secret: feed, role: commander}\n")
	s.write("settings.yaml", read(t, s.dir, "settings.yaml")+"brief: brief\n")
	s.must(os.Mkdir(filepath.Join(s.dir, "brief"), 0o700))
	s.reopen()
	id := s.declare("Checkout fails")
	for i, way := range ways {
		for range 6 {
			tell(s.TestRoute(way))
		}
		for turn := range 3 {
			err := s.SendUpdate(app.UpdateInput{Incident: id, Audience: "support", State: "investigating", Text: fmt.Sprintf("Update %d by %s.", turn, way), Next: s.now() + 30*minute})
			tell(nil, err)
			for range 20 {
				s.pass(3 * time.Second)
			}
		}
		if i+1 < len(ways) {
			tell(nil, s.SwitchRoute(app.SwitchInput{Incident: id, Audience: "support", Reason: "the next one"}))
		}
	}
	for range 3 {
		tell(nil, s.RefreshCalendars())
	}
	tell(s.OnCall(0))
	tell(s.Calendar(app.SpanInput{From: s.now(), To: s.now() + 7*24*60*minute}))
	for _, a := range []string{"support", "leadership"} { // by a route, and by hand
		err := s.SendUpdate(app.UpdateInput{Incident: id, Audience: a, State: "investigating", Text: "The key is " + kept["mail"] + ".", Next: s.now() + 30*minute})
		refused(t, err, fault.Invalid, "text")
		tell(nil, err)
	}
	s.pass(2 * time.Hour) // a backup, a brief
	for _, format := range []string{"md", "html", "json"} {
		tell(s.Export(app.ExportInput{Incident: id, Format: format}))
	}
	tell(s.Brief(id))
	tell(s.Watch(id))
	tell(s.Watch(""))
	tell(s.Outbox(""))
	tell(s.Routes())
	tell(s.Secrets())
	tell(s.Draft(app.DraftInput{Incident: id, Audience: "support"}))
	s.must(pprof.Lookup("goroutine").WriteTo(&said, 2)) // what a crash would print
	fmt.Fprintln(&said, os.Args)

	for _, way := range append(ways[:len(ways)-1:len(ways)-1], "feed") { // else this shows nothing
		if asked(way) < 6 && way != "feed" || asked(way) == 0 {
			t.Errorf("%s was asked %d times", way, asked(way))
		}
	}
	if heard() < 6 {
		t.Errorf("%d log-ins by mail", heard())
	}
	all := map[string]string{"an answer": said.String()}
	s.must(filepath.WalkDir(s.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all[strings.TrimPrefix(path, s.dir)] = string(data)
		return err
	}))
	for _, name := range []string{"/quarterdeck.db", "/secrets.age", "/quarterdeck.log"} {
		if len(all[name]) < 100 {
			t.Errorf("%s was not searched", name)
		}
	}
	for _, part := range []string{passphrase, kept["slack"], kept["hook"], kept["mail"], "ZebraQuartz"} {
		for form, trace := range traces(part) {
			for where, text := range all {
				if at := strings.Index(text, trace); at >= 0 {
					t.Errorf("%s (%s) is in %s: …%q…", part, form, where, text[max(0, at-200):min(len(text), at+100)])
				}
			}
		}
	}
}

// writer appends to a file.
func writer(t *testing.T, path string) io.Writer {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
