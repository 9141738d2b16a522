package desktop_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"quarterdeck/app"
)

// A second start with --note leads the open page to its log line; one with --hidden
// disturbs nobody and asks for no link.
func TestASecondStartForANote(t *testing.T) {
	dir := t.TempDir()
	r := launch(t, "--data", dir)
	client, _ := browse(t, r.link)
	client.Timeout = 0 // the stream has no end
	origin, _, _ := strings.Cut(r.link, "/?")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, origin+"/api/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()

	said, err := program("--hidden", "--data", dir).Output()
	if err != nil || !strings.Contains(string(said), "running already") || link.FindString(string(said)) != "" {
		t.Errorf("hidden: %v %q", err, said)
	}
	said, err = program("--note", "--data", dir).Output()
	if err != nil || link.FindString(string(said)) == "" {
		t.Errorf("a note: %v %q", err, said)
	}
	for lines := bufio.NewScanner(resp.Body); ; {
		if !lines.Scan() {
			t.Fatalf("the page heard nothing: %v", lines.Err())
		}
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var n app.Notify
		if err := json.Unmarshal([]byte(data), &n); err != nil {
			t.Fatal(err)
		}
		if n.Show == nil {
			continue
		}
		if *n.Show != (app.ShowView{Sheet: "note"}) {
			t.Errorf("it shows %+v", *n.Show)
		}
		break
	}
	client.CloseIdleConnections()
	resp.Body.Close()
	r.end(syscall.SIGTERM)
}
