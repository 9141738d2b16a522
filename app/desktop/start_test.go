package desktop_test

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"quarterdeck/app"
	"quarterdeck/app/desktop"
	"quarterdeck/internal/clock"
)

// run, in the environment, makes the test binary the program itself.
const run = "QUARTERDECK_TEST_RUN"

const pageText = "<!doctype html><title>the page</title>"

var dist = fstest.MapFS{"index.html": {Data: []byte(pageText)}}

func TestMain(m *testing.M) {
	if os.Getenv(run) != "" {
		os.Exit(desktop.Start(os.Args[1:], dist, os.Stdout, os.Stderr))
	}
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

// program is the program in a process of its own, on a machine without a display.
func program(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), run+"=yes", "DISPLAY=", "WAYLAND_DISPLAY=", "DBUS_SESSION_BUS_ADDRESS=", "XDG_RUNTIME_DIR="+os.TempDir())
	return cmd
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"--nonsense"}, 2, "nonsense"}, {[]string{"show"}, 2, "show"}, {[]string{"--port", "x"}, 2, "port"}, {[]string{"--port", "70000"}, 2, "70000"},
		{[]string{"--port", "-1"}, 2, "-1"}, {[]string{"--data"}, 2, "data"}, {[]string{"--version", "now"}, 2, "now"},
		{[]string{"--hidden", "--note"}, 2, "--hidden"}, {[]string{"--hidden", "--browser"}, 2, "--browser"}, {[]string{"--note", "text"}, 2, "text"},
		{[]string{"--help"}, 0, "--browser"}, {[]string{"-h"}, 0, "data folder"},
	} {
		var stdout, stderr bytes.Buffer
		if got := desktop.Start(c.args, dist, &stdout, &stderr); got != c.status || !strings.Contains(strings.ReplaceAll(stderr.String(), "  -", "  --"), c.says) || stdout.Len() > 0 {
			t.Errorf("%q: %d, %q, %q", c.args, got, stdout.String(), stderr.String())
		}
	}
	var stdout, stderr bytes.Buffer
	if got := desktop.Start([]string{"--version"}, dist, &stdout, &stderr); got != 0 || !strings.HasPrefix(stdout.String(), "quarterdeck ") || stderr.Len() > 0 {
		t.Errorf("%d, %q, %q", got, stdout.String(), stderr.String())
	}
}

func TestAFolderThatCannotBeUsed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	newer := t.TempDir()
	b, err := app.Open(t.Context(), newer, clock.System())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(newer, "quarterdeck.db"), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte{0, 0, 3, 0xE7}, 60); err != nil { // the format's version in the file's header
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, newer} {
		var stdout, stderr bytes.Buffer
		got := desktop.Start([]string{"--browser", "--data", dir}, dist, &stdout, &stderr)
		lines := strings.Split(strings.TrimSpace(stderr.String()), "\n")
		if got != 1 || len(lines) != 2 || !strings.HasPrefix(lines[0], "quarterdeck: ") || !strings.Contains(lines[0], dir) {
			t.Errorf("%d %q", got, stderr.String())
		}
	}
}

func TestAPortThatIsTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	var stdout, stderr bytes.Buffer
	if got := desktop.Start([]string{"--browser", "--port", port, "--data", t.TempDir()}, dist, &stdout, &stderr); got != 1 || !strings.Contains(stderr.String(), port) || !strings.Contains(stderr.String(), "--port") {
		t.Errorf("%d %q", got, stderr.String())
	}
}

// running is a started program that has printed its link.
type running struct {
	t      *testing.T
	cmd    *exec.Cmd
	link   string
	before string // what it said until then
	out    *bufio.Reader
}

var link = regexp.MustCompile(`http://127\.0\.0\.1:\d+/\?key=\S+`)

func launch(t *testing.T, args ...string) *running {
	t.Helper()
	r := &running{t: t, cmd: program(args...)}
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = r.cmd.Process.Kill() // it has ended, or ends now
		_ = r.cmd.Wait()         // reports that it was waited for already, or killed
	})
	r.out = bufio.NewReader(out)
	for r.link == "" {
		line, err := r.out.ReadString('\n')
		r.before += line
		if err != nil {
			t.Fatalf("no link: %v, it said %q", err, r.before)
		}
		r.link = link.FindString(line)
	}
	return r
}

// end sends a signal and answers with what was said meanwhile.
func (r *running) end(signal os.Signal) string {
	r.t.Helper()
	if err := r.cmd.Process.Signal(signal); err != nil {
		r.t.Fatal(err)
	}
	said, err := io.ReadAll(r.out)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := r.cmd.Wait(); err != nil {
		r.t.Errorf("ended with %v, saying %q", err, said)
	}
	return string(said)
}

// browse is a browser that opens a link and keeps its session.
func browse(t *testing.T, link string) (*http.Client, string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Timeout: 10 * time.Second}
	resp, err := client.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%v %d", err, resp.StatusCode)
	}
	return client, string(body)
}

// call makes a call as the page does.
func call(t *testing.T, client *http.Client, link, method, args string) string {
	t.Helper()
	origin, _, _ := strings.Cut(link, "/?")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, origin+"/api/"+method, strings.NewReader(args))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", origin)
	r.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || strings.Contains(string(body), `"error"`) {
		t.Fatalf("%s: %v %d %s", method, err, resp.StatusCode, body)
	}
	return string(body)
}

func TestWithoutADisplayItServesABrowser(t *testing.T) {
	dir := t.TempDir()
	r := launch(t, "--data", dir)
	if !strings.Contains(r.before, "no display") || !strings.Contains(r.before, "works once") {
		t.Errorf("it said %q", r.before)
	}
	client, body := browse(t, r.link)
	if body != pageText {
		t.Errorf("the link led to %q", body)
	}
	call(t, client, r.link, "SetPrefs", `[{"name":"ana"}]`)
	call(t, client, r.link, "Declare", `[{"title":"checkout fails"}]`)
	for name, want := range map[string]os.FileMode{".": 0o700, "quarterdeck.log": 0o600, "quarterdeck.db": 0o600, "settings.yaml": 0o600, "cockpit.sock": 0o600, "cockpit.lock": 0o600} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", name, err, info)
		}
	}

	said, err := program("--data", dir).Output() // a second start
	again := link.FindString(string(said))
	if err != nil || again == "" || again == r.link || !strings.Contains(string(said), "running already") {
		t.Fatalf("%v %q", err, said)
	}
	if other, body := browse(t, again); body != pageText || !strings.Contains(call(t, other, again, "Watch", `[""]`), "checkout fails") {
		t.Errorf("the second link led to %q", body)
	}

	if said := r.end(syscall.SIGTERM); !strings.Contains(said, "Nothing is ringing any more for: ") || !strings.Contains(said, "INC-1 update to Customers") {
		t.Errorf("it ended with %q", said)
	}
	next := launch(t, "--browser", "--data", dir)
	client, _ = browse(t, next.link)
	if !strings.Contains(call(t, client, next.link, "Watch", `[""]`), "checkout fails") {
		t.Error("the incident is gone")
	}
	next.end(os.Interrupt)
}

func TestAfterAKillItStartsAgain(t *testing.T) {
	dir := t.TempDir()
	r := launch(t, "--data", dir)
	client, _ := browse(t, r.link)
	call(t, client, r.link, "SetPrefs", `[{"name":"ana"}]`)
	call(t, client, r.link, "Declare", `[{"title":"checkout fails"}]`)
	if err := r.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = r.cmd.Wait() // it was killed, which Wait reports
	next := launch(t, "--data", dir)
	client, _ = browse(t, next.link)
	if got := call(t, client, next.link, "Watch", `[""]`); !strings.Contains(got, "checkout fails") || !strings.Contains(got, `"name":"ana"`) {
		t.Errorf("after the kill: %s", got)
	}
	if said := next.end(syscall.SIGTERM); !strings.Contains(said, "INC-1") {
		t.Errorf("it ended with %q", said)
	}
}

// A double click starts two at once: one serves, the other one leads to it and ends.
func TestTwoStartsAtOnce(t *testing.T) {
	dir := t.TempDir()
	type said struct {
		cmd   *exec.Cmd
		link  string
		leads bool
	}
	heard := make(chan said, 2)
	for range 2 {
		cmd := program("--data", dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill() }) // it has ended, unless the test failed
		go func() {
			lines := bufio.NewScanner(out)
			for lines.Scan() {
				if found := link.FindString(lines.Text()); found != "" {
					heard <- said{cmd, found, strings.Contains(lines.Text(), "running already")}
				}
			}
		}()
	}
	first, second := <-heard, <-heard
	if first.leads == second.leads {
		t.Fatalf("%q and %q both lead, or both serve", first.link, second.link)
	}
	if first.leads {
		first, second = second, first
	}
	if err := second.cmd.Wait(); err != nil {
		t.Error(err)
	}
	for _, l := range []string{first.link, second.link} {
		if _, body := browse(t, l); body != pageText {
			t.Errorf("%s led to %q", l, body)
		}
	}
	if err := first.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := first.cmd.Wait(); err != nil {
		t.Error(err)
	}
}
