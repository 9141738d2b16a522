package app_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

var update = flag.Bool("update", false, "write testdata anew")

var uuid = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// golden compares what a page gets with testdata, which the page's own tests read.
// Ids are numbered as they come; what depends on the machine is made the same.
func golden(t *testing.T, name string, got any) {
	t.Helper()
	whole(t, name, reflect.ValueOf(got))
	if n, ok := got.(app.Notify); ok {
		n.Seq = 1
		if n.Station != nil {
			s := *n.Station
			s.Data, s.Suggested, s.Kit.Hash, n.Station = "/data", "ana", "45abe7a7f09072ef", &s
		}
		got = n
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	data := uuid.ReplaceAllStringFunc(buf.String(), func(id string) string {
		if seen[id] == "" {
			seen[id] = fmt.Sprintf("00000000-0000-7000-8000-%012d", len(seen)+1)
		}
		return seen[id]
	})
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if data != string(want) {
		is, was := strings.Split(data, "\n"), strings.Split(string(want), "\n")
		at := 0
		for at < min(len(is), len(was))-1 && is[at] == was[at] {
			at++
		}
		t.Errorf("%s is another one now (go test ./app -update writes it); line %d is\n%s\nand was\n%s", path, at+1, is[at], was[at])
	}
}

// whole checks that nothing in a view would reach the page as null or lose digits.
func whole(t *testing.T, where string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			t.Errorf("%s would be null", where)
		}
		for i := range v.Len() {
			whole(t, fmt.Sprintf("%s[%d]", where, i), v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			whole(t, where+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			whole(t, where, v.Elem())
		}
	case reflect.Int, reflect.Int64:
		if n := v.Int(); n >= 1<<53 || n <= -1<<53 {
			t.Errorf("%s: %d loses digits in the page", where, n)
		}
	}
}

func TestViewsOfAnIncident(t *testing.T) {
	s := &seat{t: t, dir: t.TempDir(), clock: newClock()}
	s.open()
	t.Cleanup(s.close)
	eventually(t, "the desktop was tried", func() bool {
		return s.station().Alerts.Reason == "There is no session bus here, so the desktop cannot show notifications."
	})
	first, err := s.Watch("")
	s.must(err)
	golden(t, "first-start", first)

	s.must(s.SetPrefs(app.PrefsInput{Name: "ana"}))
	n, err := s.Declare(app.DeclareInput{ID: mint(t), Title: "Checkout fails for <some> & others", Impact: "1 in 5 orders", Detected: s.now() - 3*minute})
	s.must(err)
	golden(t, "declared", n)
	id := n.Live.ID
	page := s.listen()
	s.pass(20 * time.Second)
	s.log(id, "error rate at 20 %")
	golden(t, "push-note", page.next("the note", func(n app.Notify) bool {
		return n.Timeline != nil && len(n.Timeline.Rows) == 1 && n.Timeline.Rows[0].Kind == "note.added"
	}))

	s.story(id)
	n, err = s.Watch(id)
	s.must(err)
	golden(t, "running", n)

	s.pass(4 * time.Minute)
	s.pass(time.Minute)
	golden(t, "push-ring", page.next("a tone", func(n app.Notify) bool { return n.Ring != nil }))
	s.clock.Suspend(40 * time.Minute)
	s.wake()
	n, err = s.Watch("")
	s.must(err)
	golden(t, "away", n)
	s.must(s.ReadAway())

	earlier, err := s.Earlier(app.EarlierInput{Incident: id, Before: s.row(id, "error rate at 20 %").Sort, Limit: 2})
	s.must(err)
	golden(t, "earlier", earlier)
	draft, err := s.Draft(app.DraftInput{Incident: id, Audience: "customers"})
	s.must(err)
	golden(t, "draft", draft)
	s.must(s.Keep(app.KeptView{Place: "log/" + id, Text: "half a line"}))
	kept, err := s.Kept()
	s.must(err)
	golden(t, "kept", kept)
	doc, err := s.Export(app.ExportInput{Incident: id, Format: "md"})
	s.must(err)
	doc.Text, _, _ = strings.Cut(doc.Text, "\n") // compose has tests of its words
	golden(t, "export", doc)
	s.over(id)
	n, err = s.Watch(id)
	s.must(err)
	golden(t, "resolved", n)
}

// story is what happens in the incident of the views: a line of every form, an amended,
// an undone and a back-dated one, checks, a role, an update, a snooze.
func (s *seat) story(id string) {
	for _, line := range []string{
		"!roll back because the deploy was at 13:50 but loses the new prices", "@ben roll back checkout 5m",
		"?does it hit the app as well", "+alert on order rate", "~13:51 first complaints", "/role scribe dee", "/sev 2", "/impact checkout fails for 1 in 5",
	} {
		s.clock.Advance(time.Second)
		s.log(id, line)
	}
	s.log(id, "a typo hre")
	s.must(s.Amend(app.TimeInput{Incident: id, Subject: s.row(id, "a typo hre").ID, Text: "a typo here"}))
	s.log(id, "wrong incident")
	s.must(s.Undo(app.TextInput{Incident: id, Subject: s.row(id, "wrong incident").ID}))
	items := s.live(id).Checklist.Items
	s.must(s.Check(app.CheckInput{Incident: id, Subject: items[len(items)-1].ID, State: "skipped", Text: "n.a."}))
	s.must(s.SendUpdate(app.UpdateInput{Incident: id, ID: mint(s.t), Audience: "support", State: "investigating", Text: "We look into failing orders.", Next: s.now() + 10*minute, How: "copied"}))
	s.must(s.Snooze(app.SnoozeInput{Incident: id, Deadline: audience(s.live(id), "customers").Key, Minutes: 5}))
	s.settle()
}

// over resolves the incident.
func (s *seat) over(id string) {
	for _, c := range s.live(id).Gate.Criteria {
		s.must(s.JudgeExit(app.CheckInput{Incident: id, Subject: c.ID, State: "waived", Text: "a test"}))
	}
	for _, a := range s.live(id).Actions {
		s.must(s.EndAction(app.ActionInput{Incident: id, Action: a.ID, Result: "done"}))
	}
	s.must(s.MovePhase(app.ChangeInput{Incident: id, To: "resolved", Reason: "it works again"}))
}

func TestViewsOfALine(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	for name, text := range map[string]string{"parse-decision": "!roll back because it began with the deploy", "parse-fault": "@someone look"} {
		v, err := s.ParseLine(app.LogInput{Incident: id, Text: text})
		s.must(err)
		golden(t, name, v)
	}
}

func TestViewOfAFault(t *testing.T) {
	golden(t, "fault", json.RawMessage(app.FaultJSON(fault.Input("reason", "lowering needs a reason").WithHint("say why"))))
}
