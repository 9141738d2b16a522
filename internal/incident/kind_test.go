package incident_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/incident"
)

var update = flag.Bool("update", false, "write the golden files anew")

// frozen are the kinds that stand in every database ever written.
var frozen = []incident.Kind{
	"action.closed",
	"action.extended",
	"action.opened",
	"action.readback",
	"change.ended",
	"change.started",
	"cleanup.waived",
	"clock.stepped",
	"command.accepted",
	"command.declined",
	"command.offered",
	"deadline.snoozed",
	"decision.checked",
	"decision.expected",
	"decision.made",
	"delivery.confirmed",
	"delivery.dropped",
	"delivery.held",
	"delivery.refused",
	"deputy.named",
	"effort.answered",
	"exit.judged",
	"factor.linked",
	"factor.named",
	"file.attached",
	"followup.added",
	"followup.changed",
	"followup.ended",
	"hypothesis.judged",
	"hypothesis.stated",
	"impact.judged",
	"incident.declared",
	"incident.linked",
	"intermission.answered",
	"item.checked",
	"measure.ended",
	"measure.extended",
	"measure.taken",
	"message.marked",
	"milestone.set",
	"moment.answered",
	"moment.asked",
	"moment.marked",
	"note.added",
	"person.named",
	"phase.moved",
	"playbook.started",
	"post.requested",
	"promise.moved",
	"question.answered",
	"question.asked",
	"record.amended",
	"record.redacted",
	"record.undone",
	"retrospective.booked",
	"retrospective.cancelled",
	"retrospective.shared",
	"role.asked",
	"role.assigned",
	"role.covered",
	"role.released",
	"route.switched",
	"section.written",
	"severity.set",
	"situation.set",
	"snooze.explained",
	"soak.dipped",
	"soak.started",
	"team.joined",
	"update.requested",
	"work.resumed",
}

func TestKindsAreFrozen(t *testing.T) {
	if got := incident.Kinds(); !slices.Equal(got, frozen) {
		t.Errorf("kinds changed; one may be added, none renamed or removed\n got %q\nwant %q", got, frozen)
	}
}

func TestWordsInBodiesAreFrozen(t *testing.T) {
	got := fmt.Sprint(incident.Phases, incident.Milestones, incident.PublicStates, incident.SituationFields,
		incident.ItemDone, incident.ItemSkipped, incident.ItemOpen, incident.ExitMet, incident.ExitOpen, incident.ExitWaived, incident.RouteHand,
		incident.Outcomes, incident.OutcomeUndone, incident.HypothesisOpen, incident.HypothesisRuledOut, incident.HypothesisConfirmed, incident.Evidences, incident.Needs,
		incident.Sections, incident.MomentMarks)
	want := "[declare assess communicate staff investigate mitigate verify resolved closed]" +
		" [started detected acknowledged declared assessed mitigated resolved closed]" +
		" [investigating identified monitoring resolved] [impact goal cause]done skipped open met open waived hand" +
		"[better same worse] undone open ruled-out confirmed [change metric log] [what how whether cope hands]" +
		"[short impact story sense well hard conditions changes cost process open] [helped hindered surprise]"
	if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// full is the event of a kind with every field filled in, so that a field which
// changes its name, its place or its type changes the golden file.
func full(k incident.Kind) incident.Event {
	r := incident.Record{Kind: k, V: 1}
	e := r.Event()
	n := uint64(0)
	fill(reflect.ValueOf(e).Elem(), &n)
	return e
}

func fill(v reflect.Value, n *uint64) {
	*n++
	switch v.Interface().(type) {
	case incident.ID:
		v.Set(reflect.ValueOf(number(*n)))
		return
	case json.RawMessage:
		v.SetBytes(fmt.Appendf(nil, `{"n":%d}`, *n))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.String:
		v.SetString(fmt.Sprintf("<%d> ü", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	default:
		panic("no value for a " + v.Type().String())
	}
}

const golden = "testdata/events.jsonl"

// The golden file holds, for each kind, the body as version 1 writes it: what it says
// must be readable for ever.
func TestBodiesAreFrozen(t *testing.T) {
	var b bytes.Buffer
	for _, k := range incident.Kinds() {
		_, v, body, err := incident.Encode(full(k))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %d %s\n", k, v, body)
	}
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if !strings.Contains(string(want), line) {
			t.Errorf("not as it was frozen: %s", line)
		}
	}
	if b.Len() != len(want) {
		t.Error("the golden file holds other kinds")
	}
}

// What an earlier build wrote is read with nothing lost.
func TestFrozenBodiesAreRead(t *testing.T) {
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		f := strings.SplitN(strings.TrimSpace(line), " ", 3)
		r := incident.Record{Kind: incident.Kind(f[0]), V: 1, Body: []byte(f[2])}
		e := r.Event()
		if e.Kind() != r.Kind || !reflect.DeepEqual(e, full(r.Kind)) {
			t.Errorf("%s is read as %#v", f[0], e)
		}
	}
}

func TestEveryEventKnowsItsKind(t *testing.T) {
	for _, k := range incident.Kinds() {
		r := incident.Record{Kind: k, V: 1}
		if got := r.Event().Kind(); got != k {
			t.Errorf("a record of the kind %s holds an event that says it is %s", k, got)
		}
	}
}

func TestUnknownRecordsSurviveARoundTrip(t *testing.T) {
	tests := []struct {
		name string
		rec  incident.Record
	}{
		{"a kind from later", incident.Record{Kind: "weather.seen", V: 1, Body: []byte(`{"rain":true}`)}},
		{"a kind from later, redacted", incident.Record{Kind: "weather.seen", V: 3}},
		{"a body from later", incident.Record{Kind: "note.added", V: 2, Body: []byte(`{"text":["a","b"]}`)}},
		{"a broken body", incident.Record{Kind: "note.added", V: 1, Body: []byte(`{"text":`)}},
		{"another type", incident.Record{Kind: "note.added", V: 1, Body: []byte(`{"text":7}`)}},
		{"an empty body", incident.Record{Kind: "note.added", V: 1, Body: []byte{}}},
		{"no kind", incident.Record{V: 1, Body: []byte(`{}`)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u, ok := tt.rec.Event().(*incident.Unknown)
			if !ok {
				t.Fatalf("read as %#v", tt.rec.Event())
			}
			kind, v, body, err := incident.Encode(u)
			if err != nil || kind != tt.rec.Kind || v != tt.rec.V || !bytes.Equal(body, tt.rec.Body) {
				t.Errorf("comes back as %s %d %s, %v", kind, v, body, err)
			}
		})
	}
}

// Fields that a newer build adds to a body do not make it unreadable.
func TestUnknownFieldsAreReadOver(t *testing.T) {
	r := incident.Record{Kind: "note.added", V: 1, Body: []byte(`{"text":"hello","mood":"calm"}`)}
	if e, ok := r.Event().(*incident.NoteAdded); !ok || e.Text != "hello" {
		t.Errorf("read as %#v", r.Event())
	}
	if !json.Valid(r.Body) {
		t.Error("the body was touched")
	}
}

func TestARedactedBodyIsTheEmptyEvent(t *testing.T) {
	for _, k := range incident.Kinds() {
		r := incident.Record{Kind: k, V: 1}
		e := r.Event()
		if !reflect.ValueOf(e).Elem().IsZero() {
			t.Errorf("%s: %#v", k, e)
		}
	}
}
