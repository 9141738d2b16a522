package incident_test

import (
	"fmt"
	"testing"

	"quarterdeck/internal/incident"
)

// The history of a record keeps its first words, every correction, and who took what back;
// a redaction takes the words of all of them.
func TestTheHistoryOfARecord(t *testing.T) {
	text, other := "second", "third"
	early := int64(noon - hour)
	rec := func(n uint64, e incident.Event) incident.Record {
		kind, v, body, err := incident.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		return incident.Record{ID: number(n), Actor: number(n + 100), N: int64(n), HLC: int64(n), At: noon + int64(n), RecordedAt: noon + int64(n), Kind: kind, V: v, Body: body}
	}
	recs := []incident.Record{
		rec(1, &incident.NoteAdded{Text: "first"}),
		rec(2, &incident.NoteAdded{Text: "another"}),
		rec(3, &incident.RecordAmended{Record: number(1), Text: &text}),
		rec(4, &incident.RecordAmended{Record: number(1), Time: &early}),
		rec(5, &incident.RecordAmended{Record: number(1), Text: &other}),
		rec(6, &incident.RecordUndone{Record: number(5)}),
	}
	say := func(recs ...incident.Record) (out string) {
		tl := incident.NewTimeline()
		tl.Add(recs...)
		for _, v := range tl.History(number(1)) {
			out += fmt.Sprintf("%d %s %d %v %s; ", v.Written-noon, v.Text, v.At-noon, v.Undone, v.Gone)
		}
		return out
	}
	if got, want := say(recs...), fmt.Sprintf("1 first 1 false ; 3 second 1 false ; 4 second %d false ; 5 third %d true ; ", -hour, -hour); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	recs = append(recs, rec(7, &incident.RecordRedacted{Record: number(1), Reason: "r"}))
	if got, want := say(recs...), fmt.Sprintf("1  1 false r; 3  1 false r; 4  %d false r; 5  %d true r; ", -hour, -hour); got != want {
		t.Errorf("redacted: %s\nwant %s", got, want)
	}
	if tl := incident.NewTimeline(); tl.History(number(1)) != nil {
		t.Error("nothing has a history")
	}
}
