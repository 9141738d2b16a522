package cockpit_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// worker does every kind of write there is, one after the other, and says of each what
// must be there from then on.
type worker struct {
	*desk
	id    incident.ID
	salt  string // tells the words of one process from those of another
	notes []incident.ID
	spent int
}

// kinds are the writes of a worker. Each answers with a line for promised to check.
var kinds = []struct {
	name string
	rare int // how many rounds apart; 0 = every round
	do   func(w *worker, i int) string
}{
	{"note", 0, func(w *worker, i int) string {
		recs := w.do(w.id, &incident.AddNote{Text: w.words(i)})
		w.notes = append(w.notes, recs[0].ID)
		return "record " + recs[0].ID.String()
	}},
	{"action", 0, func(w *worker, i int) string {
		return w.recorded(&incident.OpenAction{Text: w.words(i), Owner: w.me, Minutes: 5})
	}},
	{"decision", 0, func(w *worker, i int) string {
		return w.recorded(&incident.MakeDecision{Text: w.words(i), Basis: "what is known"})
	}},
	{"update", 0, func(w *worker, i int) string {
		return w.recorded(&incident.SendUpdate{Audience: "support", State: "investigating", Text: w.words(i), How: "copied"})
	}},
	{"post", 0, func(w *worker, i int) string {
		row, err := store.NewID()
		w.must(err)
		recs, err := w.Do(w.t.Context(), cockpit.Order{Incident: w.id, Actor: w.me, Command: &incident.RequestPosts{Posts: []incident.PostRequested{{Post: "channel", Route: "chat", Text: w.words(i)}}},
			Deliveries: []incident.Delivery{{ID: row, Route: "chat", What: "channel", Stream: "chat", Key: fmt.Sprintf("%s-%d", w.salt, i), Text: w.words(i), Payload: []byte("{}")}}})
		w.must(err)
		return "delivery " + row.String() + " " + recs[0].ID.String()
	}},
	{"amendment", 0, func(w *worker, i int) string {
		text := w.words(i) + " corrected"
		return w.recorded(&incident.Amend{Record: w.record(w.notes[len(w.notes)-1]), Text: &text})
	}},
	{"undo", 1, func(w *worker, i int) string {
		return w.recorded(&incident.Undo{Record: w.record(w.notes[len(w.notes)-1])})
	}},
	{"severity", 0, func(w *worker, i int) string {
		to := "SEV1"
		if w.state(w.id).Severity == to {
			to = "SEV2"
		}
		return w.recorded(&incident.SetSeverity{Severity: to, Reason: "as it looks now"})
	}},
	{"declaration", 2, func(w *worker, i int) string {
		id := w.declare(w.words(i))
		return "incident " + id.String()
	}},
	{"draft", 0, func(w *worker, i int) string {
		w.must(w.store.KeepDraft(w.t.Context(), w.words(i), "half a sentence", 1))
		return "draft " + w.words(i)
	}},
	{"ring", 0, func(w *worker, i int) string {
		w.must(w.store.KeepRing(w.t.Context(), cadence.Ring{Deadline: w.words(i), Rung: 2, At: 1}))
		return "ring " + w.words(i)
	}},
	{"redaction", 1, func(w *worker, i int) string {
		recs := w.do(w.id, &incident.AddNote{Text: "secret " + w.words(i)})
		w.do(w.id, &incident.Redact{Record: w.record(recs[0].ID), Reason: "a secret"})
		return "redacted " + recs[0].ID.String()
	}},
	{"import", 2, func(w *worker, i int) string {
		recs, err := w.store.Records(w.t.Context(), w.id, 0)
		w.must(err)
		n, err := w.store.Import(w.t.Context(), w.id, recs, map[string][]byte{w.words(i): []byte("a kit")})
		w.must(err)
		if n != 0 {
			w.t.Fatalf("%d records are new to the log that they are from", n)
		}
		return "kit " + w.words(i)
	}},
	{"tidying", 0, func(w *worker, i int) string { w.must(w.store.Tidy(w.t.Context())); return "done" }},
	{"rebuilding", 4, func(w *worker, i int) string { w.must(w.store.Rebuild(w.t.Context())); return "done" }},
	{"backup", 4, func(w *worker, i int) string {
		w.spent++
		b, err := w.store.BackUp(w.t.Context(), start.Add(time.Duration(rand.IntN(1e9))*time.Second))
		w.must(err)
		return "backup " + b.Path
	}},
}

// newWorker sits down at an incident and writes its first note.
func newWorker(t *testing.T, dir, ref string) *worker {
	d := sit(t, dir)
	row, err := d.Find(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	id, err := store.NewID()
	if err != nil {
		t.Fatal(err)
	}
	return &worker{desk: d, id: row.ID, salt: id.String()}
}

// work does the i-th write, and answers with its kind and what must be there from now on.
func (w *worker) work(i int) (kind, promise string) {
	round, k := i/len(kinds), kinds[i%len(kinds)]
	if k.rare > 0 && round%(k.rare+1) != 0 {
		k = kinds[0]
	}
	return k.name, k.do(w, i)
}

func (w *worker) must(err error) {
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *worker) words(i int) string { return fmt.Sprintf("%s words %d", w.salt, i) }

func (w *worker) recorded(cmd incident.Command) string {
	recs := w.do(w.id, cmd)
	return "record " + recs[len(recs)-1].ID.String()
}

func (w *worker) record(id incident.ID) incident.Record {
	r, err := w.store.Record(w.t.Context(), id)
	w.must(err)
	return r
}

// promised checks that a folder holds what was promised, and that everything that it
// says of itself fits. It answers with what is wrong.
func promised(t *testing.T, dir string, promises map[string]bool) (wrong []string) {
	t.Helper()
	st, err := store.Open(t.Context(), dir)
	if err != nil {
		return []string{fmt.Sprint("it does not open: ", err)}
	}
	defer st.Close()
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if err := st.ReadOnly(); err != nil {
		say("read only: %v", err)
	}
	if err := st.Check(t.Context()); err != nil {
		say("unsound: %v", err)
	}
	have := map[string]bool{}
	ids, err := st.Incidents(t.Context())
	if err != nil {
		say("%v", err)
	}
	for _, id := range ids {
		have["incident "+id.String()] = true
		recs, err := st.Records(t.Context(), id, 0)
		if err != nil {
			say("%v", err)
			continue
		}
		if ok, bad, why := incident.Verify(recs); !ok {
			say("the chain breaks at %s: %s", bad, why)
		}
		for _, r := range recs {
			have["record "+r.ID.String()] = true
			if r.Body == nil {
				have["redacted "+r.ID.String()] = true
			}
		}
		state, _, err := st.State(t.Context(), id)
		if err != nil || state.Entries != len(recs) {
			say("the cache of %s knows %d of %d records (%v)", id, state.Entries, len(recs), err)
		}
		deliveries, err := st.Deliveries(t.Context(), id)
		if err != nil {
			say("%v", err)
		}
		for _, d := range deliveries {
			have["delivery "+d.ID.String()+" "+d.Record.String()] = true
			if !have["record "+d.Record.String()] {
				say("a row of the outbox without its record")
			}
		}
	}
	drafts, err := st.Drafts(t.Context())
	if err != nil {
		say("%v", err)
	}
	for _, d := range drafts {
		have["draft "+d.Place] = true
	}
	for p := range promises {
		kind, what, _ := strings.Cut(p, " ")
		switch kind {
		case "done":
		case "ring":
			if _, ok, err := st.Rung(t.Context(), what); !ok || err != nil {
				say("lost: %s (%v)", p, err)
			}
		case "kit":
			if _, err := st.Kit(t.Context(), what); err != nil {
				say("lost: %s (%v)", p, err)
			}
		case "backup": // it may have been the oldest of too many since
		default:
			if !have[p] {
				say("lost: %s", p)
			}
		}
	}
	made, err := store.Backups(dir)
	if err != nil {
		say("%v", err)
	}
	for _, b := range made {
		if _, err := store.Inspect(t.Context(), b.Path); err != nil {
			say("%v", err)
		}
	}
	return wrong
}
