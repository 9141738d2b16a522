package incident_test

import (
	"slices"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

func ptr[T any](v T) *T { return &v }

func TestAmend(t *testing.T) {
	d := declared(t)
	note := d.must(&incident.AddNote{Text: "at firts"})
	extend := func() incident.Record {
		a := d.must(&incident.OpenAction{Text: "look", Owner: ben, Minutes: 5})
		return d.must(&incident.ExtendAction{Action: a.ID, Minutes: 5})
	}()
	gone := note
	gone.Body, gone.Salt = nil, nil
	title := d.recs[slices.IndexFunc(d.recs, func(r incident.Record) bool { return r.Kind == "incident.declared" })]
	goal := d.must(&incident.SetSituation{Field: "goal", Text: "pay again"})
	tests := []struct {
		name  string
		cmd   *incident.Amend
		want  incident.RecordAmended
		code  fault.Code
		field string
	}{
		{name: "the text", cmd: &incident.Amend{Record: note, Text: ptr(" at first ")}, want: incident.RecordAmended{Record: note.ID, Text: ptr("at first")}},
		{name: "the time", cmd: &incident.Amend{Record: note, Time: ptr(noon - minute)}, want: incident.RecordAmended{Record: note.ID, Time: ptr(noon - minute)}},
		{name: "both", cmd: &incident.Amend{Record: note, Text: ptr("x"), Time: ptr(noon)}, want: incident.RecordAmended{Record: note.ID, Text: ptr("x"), Time: ptr(noon)}},
		{name: "neither", cmd: &incident.Amend{Record: note}, code: fault.Invalid, field: "text"},
		{name: "to nothing", cmd: &incident.Amend{Record: note, Text: ptr(" ")}, code: fault.Invalid, field: "text"},
		{name: "to too much", cmd: &incident.Amend{Record: note, Text: ptr(repeat("x", incident.MaxText+1))}, code: fault.Invalid, field: "text"},
		{name: "to tomorrow", cmd: &incident.Amend{Record: note, Time: ptr(noon + day)}, code: fault.Invalid, field: "at"},
		{name: "to 1970", cmd: &incident.Amend{Record: note, Time: ptr(int64(0))}, code: fault.Invalid, field: "at"},
		{name: "words that are not there", cmd: &incident.Amend{Record: extend, Text: ptr("x")}, code: fault.Invalid, field: "text"},
		{name: "words that are gone", cmd: &incident.Amend{Record: gone, Text: ptr("x")}, code: fault.Refused},
		{name: "the title", cmd: &incident.Amend{Record: title, Text: ptr("a\nb")}, want: incident.RecordAmended{Record: title.ID, Text: ptr("a b")}},
		{name: "the title, to an essay", cmd: &incident.Amend{Record: title, Text: ptr(repeat("x", 201))}, code: fault.Invalid, field: "text"},
		{name: "the goal, to an essay", cmd: &incident.Amend{Record: goal, Text: ptr(repeat("x", 2001))}, code: fault.Invalid, field: "text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.code != "" {
				d.refused(tt.cmd, tt.code, tt.field)
				return
			}
			r := d.must(tt.cmd)
			if got := asJSON(t, r.Event()); got != asJSON(t, tt.want) {
				t.Errorf("got %s", got)
			}
		})
	}
	if got := d.state.Declared.Title; got != "a b" {
		t.Errorf("the title is %q", got)
	}
}

func TestWhatCannotBeUndone(t *testing.T) {
	mk := func(k incident.Kind, v int) incident.Record { return incident.Record{ID: number(5), Kind: k, V: v} }
	for _, k := range incident.Kinds() {
		refused := slices.Contains([]incident.Kind{
			"incident.declared", "command.accepted", "command.offered", "person.named", "record.redacted", "update.requested", "delivery.confirmed",
			"post.requested", "delivery.refused", "delivery.held", "delivery.dropped",
		}, k)
		d := declared(t)
		if refused {
			if f := d.refused(&incident.Undo{Record: mk(k, 1)}, fault.Refused, ""); f.Hint == "" {
				t.Errorf("%s: it does not say what to do instead", k)
			}
			continue
		}
		d.must(&incident.Undo{Record: mk(k, 1)})
	}
	// A body that this version cannot read may be any of those.
	declared(t).refused(&incident.Undo{Record: mk("command.accepted", 2)}, fault.Refused, "")
	declared(t).refused(&incident.Undo{Record: mk("weather.seen", 1)}, fault.Refused, "")
}

// fixed is an incident with an action and corrections of it, which stand before it in
// fold order, after it, or around it. Each correction is a record of its own.
type fixed struct {
	name  string
	fixes []incident.Event // they name the action as number(100), each other as number(1), number(2), …
	text  string           // of the action; - when it is undone
	at    int64
}

func TestCorrectionsBeforeAndAfterWhatTheyName(t *testing.T) {
	undo := func(n uint64) incident.Event { return &incident.RecordUndone{Record: number(n)} }
	word := func(text string) incident.Event { return &incident.RecordAmended{Record: number(100), Text: &text} }
	when := func(at int64) incident.Event { return &incident.RecordAmended{Record: number(100), Time: &at} }
	redact := func(n uint64) incident.Event { return &incident.RecordRedacted{Record: number(n), Reason: "a secret"} }
	const was = "flush"
	tests := []fixed{
		{"nothing", nil, was, noon},
		{"amended", []incident.Event{word("purge")}, "purge", noon},
		{"amended twice: the last word", []incident.Event{word("purge"), word("wipe")}, "wipe", noon},
		{"text and time apart", []incident.Event{word("purge"), when(noon - hour)}, "purge", noon - hour},
		{"an amendment undone", []incident.Event{word("purge"), undo(1)}, was, noon},
		{"the later of two undone", []incident.Event{word("purge"), word("wipe"), undo(2)}, "purge", noon},
		{"the earlier of two undone", []incident.Event{word("purge"), word("wipe"), undo(1)}, "wipe", noon},
		{"undone", []incident.Event{undo(100)}, "-", 0},
		{"undone and redone", []incident.Event{undo(100), undo(1)}, was, noon},
		{"undone, redone, undone", []incident.Event{undo(100), undo(1), undo(2)}, "-", 0},
		{"undone by two, redone by one", []incident.Event{undo(100), undo(100), undo(1)}, "-", 0},
		{"undone by two, redone by both", []incident.Event{undo(100), undo(100), undo(1), undo(2)}, was, noon},
		{"an undo that two take back, one of them taken back", []incident.Event{undo(100), undo(1), undo(1), undo(3)}, was, noon},
		{"amended and undone and redone", []incident.Event{word("purge"), undo(100), undo(2)}, "purge", noon},
		{"an undo undone that undid an amendment", []incident.Event{word("purge"), undo(1), undo(2)}, "purge", noon},
		{"redacted", []incident.Event{redact(100)}, "", noon},
		{"redacted, then amended", []incident.Event{redact(100), word("flush")}, "", noon},
		{"amended, then redacted", []incident.Event{word("purge"), redact(100)}, "", noon},
		{"redacted and dated", []incident.Event{redact(100), when(noon - hour)}, "", noon - hour},
		{"a redaction cannot be undone", []incident.Event{redact(100), undo(1)}, "", noon},
		{"an amendment redacted", []incident.Event{word("purge"), redact(1)}, was, noon},
		{"an undo redacted", []incident.Event{undo(100), redact(1)}, was, noon},
		{"a ring of two", []incident.Event{undo(2), undo(1)}, was, noon},
		{"a ring of one", []incident.Event{undo(1)}, was, noon},
		{"a ring of three with a tail on the action", []incident.Event{undo(2), undo(3), undo(1), undo(100)}, "-", 0},
		{"a correction of nothing", []incident.Event{undo(999), &incident.RecordAmended{Record: number(998), Text: ptr("x")}, redact(997)}, was, noon},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for place := 0; place <= len(tt.fixes); place++ { // how many corrections stand before the action
				tt.check(t, tt.records(t, place, false))
				tt.check(t, tt.records(t, place, true))
			}
		})
	}
}

// records are a declaration, and the action among its corrections. Redacted bodies are
// dropped, or are there still.
func (x *fixed) records(t *testing.T, place int, dropped bool) []incident.Record {
	t.Helper()
	var out []incident.Record
	put := func(id incident.ID, e incident.Event) {
		kind, v, body, err := incident.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		n := int64(len(out) + 1)
		out = append(out, incident.Record{ID: id, Writer: number(1), N: n, HLC: n, At: noon, Actor: ana.ID, Kind: kind, V: v, Body: body})
	}
	action := func() { put(number(100), &incident.ActionOpened{Text: "flush", Owner: ben.ID}) }
	put(number(50), &incident.Declared{Ref: "INC-1", Title: "x", Severity: "SEV2"})
	gone := map[incident.ID]bool{}
	for i, e := range x.fixes {
		if i == place {
			action()
		}
		put(number(uint64(i+1)), e)
		if r, ok := e.(*incident.RecordRedacted); ok {
			gone[r.Record] = true
		}
	}
	if place == len(x.fixes) {
		action()
	}
	for i := range out {
		if dropped && gone[out[i].ID] {
			out[i].Body = nil
		}
	}
	return out
}

func (x *fixed) check(t *testing.T, recs []incident.Record) {
	t.Helper()
	id := number(9)
	s := incident.Fold(id, recs)
	text, at := "-", int64(0)
	if len(s.Actions) > 0 {
		text, at = s.Actions[0].Text, s.Actions[0].At
	}
	if text != x.text || at != x.at {
		t.Errorf("the action is %q at %d, want %q at %d", text, at, x.text, x.at)
	}
	if s.Entries != len(recs) {
		t.Errorf("%d of %d records counted", s.Entries, len(recs))
	}
	// Record by record, folding anew only where Advance asks for it.
	step := incident.NewState(id)
	for n := range recs {
		if !step.Advance(&recs[n]) {
			step = incident.Fold(id, recs[:n+1])
		}
		if got, want := asJSON(t, step), asJSON(t, incident.Fold(id, recs[:n+1])); got != want {
			t.Fatalf("after %d records\n got %s\nwant %s", n+1, got, want)
		}
		step = fromJSON(t, step)
	}
	x.timeline(t, recs)
}

// timeline: whichever way the records come in, the entries are the same, and the action
// reads as the state has it.
func (x *fixed) timeline(t *testing.T, recs []incident.Record) {
	t.Helper()
	whole := incident.NewTimeline()
	whole.Add(recs...)
	want := asJSON(t, whole.Entries())
	for seed := range uint64(6) {
		tl, mixed := incident.NewTimeline(), shuffled(seed, recs)
		for i := range mixed {
			tl.Add(mixed[i])
			tl.Add(mixed[i]) // again, which changes nothing
		}
		if got := asJSON(t, tl.Entries()); got != want {
			t.Fatalf("in another order the timeline is\n%s\nnot\n%s", got, want)
		}
	}
	e := whole.Entry(number(100))
	if undone := x.text == "-"; undone == e.Undone.IsZero() {
		t.Errorf("undone by %s", e.Undone)
	}
	if x.text != "-" && (e.Event.(*incident.ActionOpened).Text != x.text || e.At != x.at || e.WrittenFor != noon) {
		t.Errorf("the entry reads %s at %d", asJSON(t, e.Event), e.At)
	}
}
