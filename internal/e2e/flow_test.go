//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"quarterdeck/internal/notify/notifytest"
)

// record is a row of `qd timeline --json`.
type record struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
	Text string `json:"text"`
}

func (d *desk) timeline(ref string) (rows []record) {
	d.t.Helper()
	d.qd(&rows, "timeline", ref)
	return rows
}

func count(rows []record, kind, text string) (n int) {
	for _, r := range rows {
		if r.Kind == kind && (text == "" || r.Text == text) {
			n++
		}
	}
	return n
}

// declare declares an incident by keyboard and waits for the live screen.
func (w *window) declare(title string) {
	w.t.Helper()
	w.sees("Declare an incident")
	w.chord(keyControl, "n")
	w.sees("What is wrong, and for whom?")
	w.write(title)
	w.chord("", keyEnter)
	w.sees("INC-1")
	w.sees(title)
}

// TestTheMainJobInTheWindow is a commander's first minutes, a promise that comes due, a
// crash in the middle, and the picture afterwards.
func TestTheMainJobInTheWindow(t *testing.T) {
	d := sit(t)
	d.qd(nil, "config", "set", "name", "ana")
	w := d.open()
	w.declare("Checkout fails for EU customers")
	before := len(d.timeline("INC-1"))

	const words = "restarting node 4 now"
	places := []func(){
		func() {},                     // the log line
		func() { w.chord("", keyF6) }, // the next pane
		func() { w.chord("", keyF6); w.chord("", keyF6) },
		func() { w.chord("", keyTab) },
		func() { w.js(nil, `document.querySelector("[role=log] [role=listitem], [role=log] li")?.focus()`) },
		func() { w.chord(keyControl, "u"); w.sees("Next update"); w.chord("", keyEscape) },
	}
	for i, place := range places {
		place()
		w.write(words)
		w.chord("", keyEnter)
		eventually(t, fmt.Sprintf("note %d is on disk", i+1), func() bool { return count(d.timeline("INC-1"), "note.added", words) == i+1 })
	}
	if rows := d.timeline("INC-1"); len(rows) != before+len(places) {
		t.Errorf("typing fired something else: %v", rows)
	}
	d.photo("live")

	d.qd(nil, "update", "INC-1", "--audience", "customers", "--text", "Some customers cannot pay by card.", "--next", "5s")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	call, err := d.notify.Wait(ctx, func(c notifytest.Call) bool { return c.Urgency == 2 })
	if err != nil {
		t.Fatalf("the promise came due and no urgent notification: %v in %v", err, d.notify.Calls())
	}
	if !strings.Contains(call.Title, "Customers") {
		t.Errorf("it says %q", call.Title)
	}
	w.sees("late")
	d.photo("late")
	if err := d.notify.Invoke(call.ID, "write"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the composer opens for customers", func() bool {
		var open bool
		w.js(&open, `return [...document.querySelectorAll("dialog[open]")].some(e => e.innerText.includes("Customers"))`)
		return open
	})
	d.photo("composer")
	w.chord("", keyEscape)
	w.write("half a sentence")
	eventually(t, "the draft is kept", func() bool {
		var kept bool
		w.js(&kept, `return document.getElementById("line").value === "half a sentence"`)
		return kept
	})
	time.Sleep(time.Second) // the page saves drafts every half second

	rows := d.timeline("INC-1")
	w.kill()
	w = d.open()
	w.sees("INC-1")
	w.sees(words)
	w.sees("late")
	eventually(t, "the draft is back", func() bool {
		var text string
		w.js(&text, `return document.getElementById("line").value`)
		return text == "half a sentence"
	})
	if again := d.timeline("INC-1"); fmt.Sprint(again) != fmt.Sprint(rows) {
		t.Errorf("before the crash %v\nafter it %v", rows, again)
	}
	urgent := 0
	for _, c := range d.notify.Calls() {
		if c.Urgency == 2 {
			urgent++
		}
	}
	if urgent != 1 {
		t.Errorf("the rung rang %d times", urgent)
	}
	var ok struct {
		OK bool `json:"ok"`
	}
	if d.qd(&ok, "verify"); !ok.OK {
		t.Error("the chain does not verify")
	}
	d.photo("after-the-crash")
}

// TestShellsAndWindowWriteAtOnce lets four shells write while somebody types.
func TestShellsAndWindowWriteAtOnce(t *testing.T) {
	d := sit(t)
	d.qd(nil, "config", "set", "name", "ana")
	w := d.open()
	w.declare("Checkout fails for EU customers")
	const shells, each, typed = 4, 75, 10
	var wg sync.WaitGroup
	for s := range shells {
		wg.Go(func() {
			for i := range each {
				c := exec.Command(filepath.Join(root, "build/bin/qd"), "--data", d.data, "note", fmt.Sprintf("shell %d note %d", s, i))
				c.Env = d.env
				if out, err := c.CombinedOutput(); err != nil {
					t.Errorf("%v %s", err, out)
				}
			}
		})
	}
	for i := range typed {
		w.write(fmt.Sprintf("typed %d", i))
		w.chord("", keyEnter)
	}
	wg.Wait()
	eventually(t, "everything is on disk", func() bool { return count(d.timeline("INC-1"), "note.added", "") == shells*each+typed })
	rows := d.timeline("INC-1")
	for s := range shells {
		for i := range each {
			if text := fmt.Sprintf("shell %d note %d", s, i); count(rows, "note.added", text) != 1 {
				t.Fatalf("%q stands %d times", text, count(rows, "note.added", text))
			}
		}
	}
	last := rows[len(rows)-1].ID
	var ok struct {
		OK bool `json:"ok"`
	}
	if d.qd(&ok, "verify"); !ok.OK {
		t.Error("the chain does not verify")
	}
	var shown []string
	eventually(t, "the window shows the same order", func() bool {
		w.js(&shown, `return [...document.querySelectorAll("[data-row]")].map(e => e.dataset.row)`)
		return len(shown) > 0 && shown[len(shown)-1] == last
	})
	at := len(rows) - len(shown) // the window draws only the rows in sight: the last ones
	for i, id := range shown {
		if rows[at+i].ID != id {
			t.Fatalf("row %d in the window is %s, in the shell %s", i, id, rows[at+i].ID)
		}
	}
}
