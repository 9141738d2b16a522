package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"quarterdeck/internal/fault"
)

// foreign reads a text and spells its lines out.
func foreign(t *testing.T, text string, o Options) (Source, []string) {
	t.Helper()
	s, err := Foreign([]byte(text), o)
	if err != nil {
		t.Fatalf("%v: %s", err, fault.Of(err).Hint)
	}
	var out []string
	for _, l := range s.Lines {
		at := time.UnixMilli(l.At).UTC().Format("2006-01-02 15:04:05")
		if l.Approx {
			at = "~" + at
		}
		line := at + " " + l.Author + " [" + l.Kind + "] " + l.Text
		if l.Basis+l.Tradeoff != "" {
			line += " {" + l.Basis + "|" + l.Tradeoff + "}"
		}
		out = append(out, line)
	}
	return s, out
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

var march2 = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func TestChatsAsTheyAreCopied(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		text string
		zone *time.Location
		want []string
	}{
		"irc":          {"[14:02:03] <ana> errors begin\n[14:02:09] <@ben> looking\n  at the gateway", nil, []string{"2026-03-02 14:02:03 ana [note] errors begin", "2026-03-02 14:02:09 ben [note] looking\n  at the gateway"}},
		"irc acts":     {"14:02 * ana restarts node 4\n14:03 <ben> ok", nil, []string{"2026-03-02 14:02:00 ana [note] restarts node 4", "2026-03-02 14:03:00 ben [note] ok"}},
		"weechat":      {"14:02:03  @ana | errors begin\n14:02:09   ben | looking", nil, []string{"2026-03-02 14:02:03 ana [note] errors begin", "2026-03-02 14:02:09 ben [note] looking"}},
		"slack":        {"Ana Lee\n  2:03 PM\nerrors begin\nin the EU\n[2:05 PM] and grow\nBen Ito  2:06 PM\nlooking", nil, []string{"2026-03-02 14:03:00 Ana Lee [note] errors begin\nin the EU", "2026-03-02 14:05:00 Ana Lee [note] and grow", "2026-03-02 14:06:00 Ben Ito [note] looking"}},
		"teams":        {"[14:03] Ana Lee\nerrors begin\n\n[14:06] Ben Ito\nlooking", nil, []string{"2026-03-02 14:03:00 Ana Lee [note] errors begin", "2026-03-02 14:06:00 Ben Ito [note] looking"}},
		"teams, a day": {"[3/13/2026 2:03 PM] Ana Lee\nerrors begin\n[3/13/2026 2:06 PM] Ben Ito\nlooking", nil, []string{"2026-03-13 14:03:00 Ana Lee [note] errors begin", "2026-03-13 14:06:00 Ben Ito [note] looking"}},
		"whatsapp":     {"02.03.26, 14:02 - Ana: errors begin\n02.03.26, 14:05 - Ben: looking: at the gateway", nil, []string{"2026-03-02 14:02:00 Ana [note] errors begin", "2026-03-02 14:05:00 Ben [note] looking: at the gateway"}},
		"zoom":         {"14:02:03 From Ana Lee to Everyone: errors begin\n14:02:09 From Ben to Everyone: looking", nil, []string{"2026-03-02 14:02:03 Ana Lee [note] errors begin", "2026-03-02 14:02:09 Ben [note] looking"}},
		"discord":      {"Ana — Today at 2:03 PM\nerrors begin\nBen — Today at 2:05 PM\nlooking", nil, []string{"2026-03-02 14:03:00 Ana [note] errors begin", "2026-03-02 14:05:00 Ben [note] looking"}},
		"midnight":     {"23:58 <ana> late\n00:02 <ana> early", nil, []string{"2026-03-02 23:58:00 ana [note] late", "2026-03-03 00:02:00 ana [note] early"}},
		"a zone":       {"14:02 <ana> a\n14:03 <ben> b", berlin, []string{"2026-03-02 13:02:00 ana [note] a", "2026-03-02 13:03:00 ben [note] b"}},
	} {
		t.Run(name, func(t *testing.T) {
			if n := ChatLines(tt.text); n != len(tt.want) {
				t.Errorf("offered as %d messages, not %d", n, len(tt.want))
			}
			_, got := foreign(t, tt.text, Options{Format: Chat, Zone: tt.zone, Day: march2})
			same(t, got, tt.want...)
		})
	}
}

func TestWhatIsNoChatIsNotOffered(t *testing.T) {
	for _, text := range []string{"", "one line", "14:02 one: line", "we met at 14:02\nand left at 15:03\nquite happy", "goroutine 1 [running]:\nmain.main()\n\t/x/main.go:12 +0x1d", strings.Repeat("a line of a log\n", 100) + "14:02 <ana> x\n14:03 <ana> y",
		"2026-03-02T14:02:03Z error: no\n2026-03-02T14:02:04Z error: no", "key: value\nother: value", "func main() {\n\tx := 14:02\n}"} {
		if n := ChatLines(text); n != 0 {
			t.Errorf("%.40q is offered as %d messages", text, n)
		}
	}
}

func TestTimelinesThatPeopleWriteByHand(t *testing.T) {
	text := `# INC-7 Checkout fails

Some words about it.

## 2026-03-02

- 14:02 Errors begin
- **14:05** – Ana: looks at the gateway
  and finds 504s
* ~14:10 Decision: roll back
  because errors began with it
  but the tax rule goes
1. 14:12 UTC - Question: are refunds affected?
- no time here

### 14:20 A heading is an entry

[2026-03-03 00:05] after midnight
2 March 2026
15:00 | Note: not a name

| Time | Who | What | Sev |
| --- | --- | --- | --- |
| 2026-03-02 15:10 | Ben | a \| b<br>c | SEV1 |
| soon | Ben | no time | |
`
	s, got := foreign(t, text, Options{Name: "x.md"})
	same(t, got,
		"2026-03-02 14:02:00  [note] Errors begin",
		"2026-03-02 14:05:00 Ana [note] looks at the gateway\nand finds 504s",
		"~2026-03-02 14:10:00  [decision] roll back {errors began with it|the tax rule goes}",
		"2026-03-02 14:12:00  [question] are refunds affected?\nno time here",
		"2026-03-02 14:20:00  [note] A heading is an entry",
		"2026-03-02 15:00:00  [note] Note: not a name",
		"2026-03-02 15:10:00 Ben [note] a | b\nc",
		"2026-03-03 00:05:00  [note] after midnight",
	)
	if s.Title != "INC-7 Checkout fails" || len(s.Problems) != 1 || !strings.Contains(s.Problems[0], "soon") || !bytes.Contains(s.Aside, []byte("SEV1")) || !bytes.Contains(s.Aside, []byte("Some words about it")) {
		t.Errorf("%q %q %s", s.Title, s.Problems, s.Aside)
	}
}

func TestTablesOfAnybody(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		o    Options
		want []string
	}{
		"commas":       {"Time,Who,What happened\n2026-03-02T14:02:00Z,Ana,errors begin\n2026-03-02T14:03:00+01:00,Ben,\"a, b\nc\"\n", Options{}, []string{"2026-03-02 13:03:00 Ben [note] a, b\nc", "2026-03-02 14:02:00 Ana [note] errors begin"}},
		"semicolons":   {"\ufeffDatum;Uhrzeit;Was\n02.03.2026;14:02;x\n", Options{Columns: map[string]string{"time": "Uhrzeit"}}, []string{"2026-03-02 14:02:00  [note] x"}},
		"tabs, mapped": {"A\tB\tC\n1772460120\tx\tana\n", Options{Format: CSV, Columns: map[string]string{"time": "a", "text": "B", "author": "C"}}, []string{"2026-03-02 14:02:00 ana [note] x"}},
		"day first":    {"time,text\n13/3/2026 14:02,x\n1/2/2026 14:02,y\n", Options{}, []string{"2026-02-01 14:02:00  [note] y", "2026-03-13 14:02:00  [note] x"}},
		"month first":  {"time,text\n3/13/2026 2:02 pm,x\n", Options{}, []string{"2026-03-13 14:02:00  [note] x"}},
		"said":         {"time,text\n3/4/2026 14:02,x\n", Options{Days: "mdy"}, []string{"2026-03-04 14:02:00  [note] x"}},
		"kinds":        {"time,kind,text,basis\n2026-03-02 14:02,decision,x,y\n2026-03-02 14:03,,Hypothesis: z,\n2026-03-02 14:04,chat,w,\n", Options{}, []string{"2026-03-02 14:02:00  [decision] x {y|}", "2026-03-02 14:03:00  [hypothesis] z", "2026-03-02 14:04:00  [note] w"}},
		"who is who":   {"time,who,text\n2026-03-02 14:02,anal,x\n", Options{People: map[string]string{"anal": "Ana Lee"}}, []string{"2026-03-02 14:02:00 Ana Lee [note] x"}},
		"formulas":     {"time,text\n2026-03-02 14:02,'=1+1\n", Options{}, []string{"2026-03-02 14:02:00  [note] =1+1"}},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.o.Name == "" {
				tt.o.Name = "x.csv"
			}
			_, got := foreign(t, tt.text, tt.o)
			same(t, got, tt.want...)
		})
	}
}

func TestWhatIsNotTakenOverIsKeptAsideAndNamed(t *testing.T) {
	s, _ := foreign(t, "time,text,ticket,mood\n2026-03-02 14:02,x,T-1,\n2026-03-02 14:03,y,T-2,calm\n", Options{Name: "x.csv"})
	if fmt.Sprint(s.Left) != "[{the field ticket 2} {the field mood 1}]" {
		t.Errorf("%v", s.Left)
	}
	var aside struct {
		Fields map[string]map[string]string `json:"fields"`
	}
	if err := json.Unmarshal(s.Aside, &aside); err != nil || aside.Fields[s.Lines[1].Key]["mood"] != "calm" || aside.Fields[s.Lines[0].Key]["ticket"] != "T-1" {
		t.Errorf("%s %v", s.Aside, err)
	}
}

func TestForeignFilesThatAreRefused(t *testing.T) {
	wide := utf16.Encode([]rune("time,text\n2026-03-02 14:02,ü\n"))
	utf := []byte{0xFF, 0xFE}
	for _, u := range wide {
		utf = binary.LittleEndian.AppendUint16(utf, u)
	}
	if s, err := Foreign(utf, Options{Name: "x.csv"}); err != nil || s.Lines[0].Text != "ü" {
		t.Errorf("UTF-16 with its mark: %v", err)
	}
	for name, tt := range map[string]struct {
		data string
		o    Options
		want string
	}{
		"latin 1":        {"time,text\n2026-03-02 14:02,\xfc\n", Options{Name: "x.csv"}, "not in UTF-8: line 2"},
		"half a UTF-16":  {"\xff\xfea", Options{Name: "x.csv"}, "half a character"},
		"a picture":      {"\x89PNG\r\n\x1a\n\x00\x00", Options{Name: "x.csv"}, "no text"},
		"nothing":        {" \n", Options{Name: "x.csv"}, "empty"},
		"only a head":    {"time,text\n", Options{Name: "x.csv"}, "no rows"},
		"no time":        {"a,b\nx,y\n", Options{Format: CSV}, "no column"},
		"no such column": {"time,text\n2026-03-02 14:02,x\n", Options{Format: CSV, Columns: map[string]string{"text": "words"}}, "no column"},
		"no such field":  {"time,text\n2026-03-02 14:02,x\n", Options{Format: CSV, Columns: map[string]string{"mood": "text"}}, "cannot hold"},
		"two ways":       {"time,text\n3/4/2026 14:02,x\n", Options{Format: CSV}, "two ways"},
		"no day":         {"- 14:02 x\n", Options{Format: Markdown}, "names no day"},
		"no times":       {"# Title\n\nwords\n", Options{Format: Markdown}, "no entry"},
		"no such format": {"x", Options{Format: "docx"}, "no format"},
		"no archive":     {"PK\x03\x04 nothing", Options{}, "no archive"},
		"nobody's chat":  {"just words\nand more", Options{Format: Chat}, "no entry"},
		"too many cells": {"time,text\n2026-03-02 14:02" + strings.Repeat(",", 600) + "\n", Options{Format: CSV}, "cells"},
	} {
		s, err := Foreign([]byte(tt.data), tt.o)
		if err == nil && s.Needs != nil { // it says what has to be said, and shows its columns
			err = s.Needs
		}
		if f := fault.Of(err); err == nil || f.Code == fault.Internal || !strings.Contains(f.Message, tt.want) || f.Hint == "" {
			t.Errorf("%s: %v (%s)", name, err, fault.Of(err).Hint)
		}
	}
}

// zipped is an archive of files, as they are named.
func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// workspace is a Slack export in the layout that Slack publishes: threads, edits, files,
// bots, joins, mentions and entities, over some days and in two channels.
func workspace(t testing.TB, messages int) []byte {
	rnd := rand.New(rand.NewPCG(1, 2))
	users := []map[string]any{
		{"id": "U01", "team_id": "T1", "name": "ana", "deleted": false, "real_name": "Ana Lee", "profile": map[string]any{"real_name": "Ana Lee", "display_name": "ana", "email": "ana@example.com"}},
		{"id": "U02", "name": "ben", "profile": map[string]any{"real_name": "Ben Ito"}},
		{"id": "U03", "name": "chi", "real_name": "", "profile": map[string]any{"display_name": "chi"}},
	}
	files := map[string][]map[string]any{}
	put := func(channel string, sec int64, m map[string]any) string {
		ts := fmt.Sprintf("%d.%06d", sec, rnd.IntN(900_000))
		if m["ts"] == nil {
			m["ts"] = ts
		}
		name := channel + "/" + time.Unix(sec, 0).UTC().Format("2006-01-02") + ".json"
		files[name] = append(files[name], m)
		return m["ts"].(string)
	}
	at := march2.Add(12 * time.Hour).Unix()
	put("incident-7", at-10, map[string]any{"type": "message", "subtype": "channel_join", "user": "U01", "text": "<@U01> has joined the channel"})
	put("incident-7", at-9, map[string]any{"type": "message", "subtype": "channel_topic", "user": "U01", "topic": "EU checkout &amp; cards", "text": "<@U01> set the channel topic: EU checkout &amp; cards"})
	thread := ""
	for i := range messages {
		at += int64(1 + rnd.IntN(30))
		m := map[string]any{"client_msg_id": fmt.Sprintf("c-%d", i), "type": "message", "user": users[rnd.IntN(3)]["id"], "team": "T1", "text": fmt.Sprintf("message %d: 5 &lt; 6, <@U02> see <https://x.example/%d|the graph> in <#C02|general> <!here>", i, i), "blocks": []any{map[string]any{"type": "rich_text", "block_id": "b"}}}
		switch i % 10 {
		case 1:
			m["reactions"] = []any{map[string]any{"name": "eyes", "users": []string{"U02"}, "count": 1}}
		case 2:
			m["edited"] = map[string]any{"user": "U01", "ts": fmt.Sprintf("%d.000000", at+60)}
		case 3:
			m["files"] = []any{map[string]any{"id": "F1", "name": "graph.png", "mimetype": "image/png", "size": 12_345, "url_private_download": "https://files.slack.com/files-pri/T1-F1/download/graph.png?t=xoxe-secret"}}
			m["upload"] = true
		case 4:
			delete(m, "user")
			m["subtype"], m["bot_id"], m["username"] = "bot_message", "B1", "Grafana"
			m["text"] = ""
			m["attachments"] = []any{map[string]any{"fallback": "p99 high", "title": "Alert", "text": fmt.Sprintf("p99 is %d ms", i), "color": "danger"}}
		case 5:
			m["ts"] = fmt.Sprintf("%d.000100", at)
			m["thread_ts"], m["reply_count"], m["replies"] = m["ts"], 1, []any{map[string]any{"user": "U02", "ts": "x"}}
			thread = m["ts"].(string)
		case 6:
			m["thread_ts"], m["parent_user_id"] = thread, "U01"
		}
		put("incident-7", at, m)
	}
	put("general", at, map[string]any{"type": "message", "user": "U01", "text": "lunch?"})
	out := map[string]string{"integration_logs.json": "[]", "canvases.json": "[]"}
	encode := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	out["users.json"] = encode(users)
	out["channels.json"] = encode([]map[string]any{{"id": "C01", "name": "incident-7", "created": 1, "creator": "U01", "members": []string{"U01"}, "topic": map[string]any{"value": ""}}, {"id": "C02", "name": "general"}, {"id": "C03", "name": "empty"}})
	for name, list := range files {
		out[name] = encode(list)
	}
	return zipped(t, out)
}

func TestASlackExportIsRead(t *testing.T) {
	data := workspace(t, 40)
	s, err := Foreign(data, Options{Name: "export.zip"})
	if err != nil || len(s.Lines) != 0 || fmt.Sprint(s.Channels) != "[general incident-7]" {
		t.Fatalf("without a channel: %v %v", s.Channels, err)
	}
	s, err = Foreign(data, Options{Channel: "#incident-7"})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Lines) != 41 || s.Title != "#incident-7" || fmt.Sprint(s.People) != "[Ana Lee Ben Ito Grafana chi]" || len(s.Problems) != 0 {
		t.Errorf("%d lines, %q, %q, %q", len(s.Lines), s.Title, s.People, s.Problems)
	}
	text := func(n int) string {
		for _, l := range s.Lines {
			if strings.Contains(l.Text, fmt.Sprintf("message %d:", n)) || strings.Contains(l.Text, fmt.Sprintf("p99 is %d ms", n)) {
				return l.Text
			}
		}
		return ""
	}
	for n, want := range map[int]string{
		0: "message 0: 5 < 6, @Ben Ito see the graph (https://x.example/0) in #general @here",
		3: "message 3: 5 < 6, @Ben Ito see the graph (https://x.example/3) in #general @here\nFile in Slack: graph.png, 12 KiB",
		4: "Alert\np99 is 4 ms",
		6: "In reply to “message 5: 5 < 6, @Ben Ito see the graph (https://x.example…”: message 6: 5 < 6, @Ben Ito see the graph (https://x.example/6) in #general @here",
	} {
		if got := text(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
	if s.Lines[0].Text != "Topic of the channel: EU checkout & cards" {
		t.Errorf("%q", s.Lines[0].Text)
	}
	if bytes.Contains(s.Aside, []byte("xoxe")) || !bytes.Contains(s.Aside, []byte("reactions")) {
		t.Error("keys are kept aside, or fields are not")
	}
	again, err := Foreign(data, Options{Channel: "C01"})
	if err != nil || again.Key != s.Key || fmt.Sprint(again.Lines) != fmt.Sprint(s.Lines) || !bytes.Equal(again.Aside, s.Aside) {
		t.Errorf("read again it is another: %v", err)
	}
	if _, err := Foreign(data, Options{Channel: "nowhere"}); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.Of(err).Hint, "incident-7") {
		t.Errorf("%v", err)
	}
}

func TestTenThousandMessagesAreRead(t *testing.T) {
	s, err := Foreign(workspace(t, 10_000), Options{Channel: "incident-7"})
	if err != nil || len(s.Lines) != 10_001 {
		t.Fatalf("%d %v", len(s.Lines), err)
	}
	if !slices.IsSortedFunc(s.Lines, func(a, b Line) int { return int(a.At - b.At) }) {
		t.Error("they are not in order")
	}
}

func TestArchivesThatAreTricks(t *testing.T) {
	good := map[string]string{"channels.json": `[{"id":"C1","name":"a"}]`, "users.json": "[]", "a/2026-03-02.json": `[{"type":"message","ts":"1772460120.000100","text":"x","user":"U1"}]`}
	with := func(name, text string) []byte {
		files := map[string]string{name: text}
		for k, v := range good {
			if _, has := files[k]; !has {
				files[k] = v
			}
		}
		return zipped(t, files)
	}
	bomb := strings.Repeat(" ", maxDay) + "[]"
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"a name that leads out": {with("../../etc/cron.d/x", "x"), "leads out"},
		"an absolute name":      {with("/etc/passwd", "x"), "leads out"},
		"a drive":               {with("C:evil", "x"), "leads out"},
		"back slashes":          {with(`a\..\b`, "x"), "characters"},
		"a bell in a name":      {with("a\x07", "x"), "characters"},
		"a bomb":                {with("a/2026-03-02.json", bomb), "unpacks to more"},
		"no JSON":               {with("a/2026-03-02.json", "<html>"), "not the JSON"},
		"JSON and more":         {with("a/2026-03-02.json", "[] x"), "behind the end"},
		"not UTF-8":             {with("a/2026-03-02.json", "[\"\xff\"]"), "UTF-8"},
		"no channels":           {zipped(t, map[string]string{"x.txt": "x"}), "no channels.json"},
		"cut off":               {with("b", "b")[:200], "no archive"},
	} {
		_, err := Foreign(tt.data, Options{Format: Slack})
		if f := fault.Of(err); err == nil || f.Code == fault.Internal || !strings.Contains(f.Message, tt.want) || f.Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s, err := Foreign(with("a/2026-03-03.json", `[{"ts":"never","text":"x"},{"type":7},{"ts":"1772460121.0","text":"y","user":"U9"}]`), Options{}); err != nil || len(s.Lines) != 2 || len(s.Problems) != 2 || s.Lines[1].Author != "U9" {
		t.Errorf("%+v %v", s, err)
	}
	inner := map[string]string{}
	for k, v := range good {
		inner["my export/"+k] = v
	}
	if s, err := Foreign(zipped(t, inner), Options{}); err != nil || len(s.Lines) != 1 {
		t.Errorf("packed with its folder: %v", err)
	}
}

// Whatever a file holds: no panic, no internal fault, lines in order with a key each.
func fuzzed(t *testing.T, data []byte, o Options) {
	s, err := Foreign(data, o)
	if err != nil {
		if f := fault.Of(err); f.Code == fault.Internal {
			t.Fatal(err)
		}
		return
	}
	seen := map[string]bool{}
	for i, l := range s.Lines {
		if l.Key == "" || seen[l.Key] || l.Text == "" || i > 0 && l.At < s.Lines[i-1].At {
			t.Fatalf("%d: %+v", i, l)
		}
		seen[l.Key] = true
	}
	again, err := Foreign(data, o)
	if err != nil || fmt.Sprint(again.Lines) != fmt.Sprint(s.Lines) || again.Key != s.Key {
		t.Fatal("read again it is another")
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("time,text\n2026-03-02 14:02,x\n")
	f.Add("when;who;what;x\n3/13/26 2:02 pm;a;\"b\n;\";'=1\n")
	f.Fuzz(func(t *testing.T, text string) { fuzzed(t, []byte(text), Options{Format: CSV, Day: march2}) })
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# T\n## 2026-03-02\n- 14:02 x\n  y\n| Time | What |\n|---|---|\n| 14:03 | z |\n")
	f.Add("~~~\n14:02\n~~~\n- **~14:02** – Ana: x\\*\n")
	f.Fuzz(func(t *testing.T, text string) { fuzzed(t, []byte(text), Options{Format: Markdown, Day: march2}) })
}

func FuzzChat(f *testing.F) {
	f.Add("[14:02] <ana> x\n14:03 <ben> y\nAna Lee\n  2:03 PM\nz\n")
	f.Add("02.03.26, 14:02 - Ana: x\nAna — Today at 2:05 PM\ny")
	f.Fuzz(func(t *testing.T, text string) {
		ChatLines(text)
		fuzzed(t, []byte(text), Options{Format: Chat, Day: march2})
	})
}

func FuzzSlack(f *testing.F) {
	f.Add(`[{"type":"message","ts":"1772460120.000100","text":"<@U1> &lt; <http://x|y>","user":"U1","files":[{"name":"a"}],"x":{"u":"http://h/?k=1"}}]`)
	f.Fuzz(func(t *testing.T, day string) {
		fuzzed(t, zipped(t, map[string]string{"channels.json": `[{"id":"C1","name":"a"}]`, "users.json": `[{"id":"U1","name":"ana"}]`, "a/2026-03-02.json": day}), Options{Format: Slack})
	})
}

func FuzzSlackArchive(f *testing.F) {
	f.Add(workspace(f, 3))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data, Options{Format: Slack}) })
}
