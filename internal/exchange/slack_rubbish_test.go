package exchange

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Whatever stands in an archive, nothing that somebody said is lost without a word.
func TestARoughSlackArchiveLosesNothing(t *testing.T) {
	const channel = "störung-日本"
	at := func(s int) string { return fmt.Sprintf("%d.000100", 1795000000+s) }
	one := []any{ // the latest first
		map[string]any{"type": "message", "subtype": "thread_broadcast", "user": "U2", "text": "a reply for all", "ts": at(5), "thread_ts": at(0), "root": map[string]any{"text": "how it begins"}},
		map[string]any{"type": "message", "user": "U1", "text": "how it begins", "ts": at(0), "thread_ts": at(0)},
		map[string]any{"type": "message", "subtype": "bot_message", "text": "first app", "ts": at(6)},
		map[string]any{"type": "message", "subtype": "bot_message", "text": "second app in the same moment", "ts": at(6)},
		map[string]any{"type": "message", "subtype": "bot_message", "text": "first app", "ts": at(6)},
		map[string]any{"type": "message", "user": "U1", "text": "before", "ts": at(7)},
		map[string]any{"type": "message", "subtype": "message_changed", "ts": at(8), "message": map[string]any{"type": "message", "user": "U1", "text": "after it was changed", "ts": at(7)}},
		map[string]any{"type": "message", "subtype": "message_deleted", "ts": at(9), "previous_message": map[string]any{"text": "taken away", "ts": at(3)}},
	}
	two := []any{
		"no object", nil, 5, map[string]any{"type": "message", "text": "who is a number", "user": 42, "ts": at(10)},
		map[string]any{"type": "message", "subtype": "bot_message", "text": "", "ts": at(11), "blocks": []any{
			map[string]any{"type": "header", "text": map[string]any{"type": "plain_text", "text": "An alert"}},
			map[string]any{"type": "section", "fields": []any{map[string]any{"type": "mrkdwn", "text": "cpu &amp; memory"}, map[string]any{"type": "mrkdwn", "text": "high"}}},
			map[string]any{"type": "rich_text", "elements": []any{map[string]any{"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": "ask "}, map[string]any{"type": "user", "user_id": "U9"}}}}},
		}},
		map[string]any{"type": "message", "subtype": "bot_message", "text": "", "ts": at(12), "attachments": []any{map[string]any{"title": "Errors", "fields": []any{map[string]any{"title": "rate", "value": "12 %"}}}}},
		map[string]any{"type": "message", "user": "U1", "text": "", "ts": at(13), "files": []any{map[string]any{"mode": "hidden_by_limit"}}},
	}
	file := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	folder := norm.NFD.String(channel)   // as another system packs it
	data := zipped(t, map[string]string{ // without users.json
		"channels.json": file([]any{map[string]any{"id": "C1", "name": channel}}), folder + "/2026-11-19.json": file(one), folder + "/2026-11-20.json": file(two)})
	src, err := Foreign(data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, l := range src.Lines {
		said = append(said, l.Text)
	}
	want := []string{"how it begins", "In reply to “how it begins”: a reply for all", "first app", "second app in the same moment", "before", "after it was changed",
		"An alert\ncpu & memory\nhigh\nask @U9", "Errors\nrate: 12 %", "File in Slack: hidden_by_limit"}
	if got := strings.Join(said, "|"); got != strings.Join(want, "|") {
		t.Errorf("%q\nwant %q", said, want)
	}
	if len(src.Problems) != 4 {
		t.Errorf("named as amiss: %q", src.Problems)
	}
	keys := map[string]bool{}
	for _, l := range src.Lines {
		if keys[l.Key] {
			t.Errorf("%q twice", l.Key)
		}
		keys[l.Key] = true
	}
	again, err := Foreign(data, Options{})
	for i := range again.Lines {
		if err != nil || again.Lines[i].Key != src.Lines[i].Key {
			t.Errorf("a second reading names %q otherwise: %v", again.Lines[i].Text, err)
		}
	}
}
