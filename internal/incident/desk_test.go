package incident_test

import (
	"encoding/binary"
	"encoding/json"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

const (
	second = int64(1000)
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour

	// noon is when most tests begin: 2026-03-02 12:00:00 UTC.
	noon = int64(1_772_452_800_000)
)

// The people of the tests.
var (
	ana = incident.Person{ID: number(0xa1), Name: "Ana"}
	ben = incident.Person{ID: number(0xb2), Name: "Ben"}
	dee = incident.Person{ID: number(0xd3), Name: "Dee"}
)

// number is an id that is told apart by n.
func number(n uint64) (id incident.ID) {
	binary.BigEndian.PutUint64(id[8:], n)
	return id
}

// process is a kit that is small enough to see whole.
func process() *kit.Kit {
	promises := func(first, every int) []kit.Promise {
		return []kit.Promise{{Audience: "support", First: first, Every: every}, {Audience: "customers", First: first, Every: every}}
	}
	return &kit.Kit{
		Name: "test",
		Severities: []kit.Severity{
			{ID: "SEV1", Promises: promises(10, 15), Required: []string{"commander", "operations"}, RetroDue: 3, Exit: []kit.Exit{
				{ID: "path", Text: "a user's path works"}, {ID: "normal", Text: "measures are normal", Soak: 30}, {ID: "owned", Text: "temporary measures are owned"}}},
			{ID: "SEV2", Promises: promises(15, 30), Required: []string{"operations"}, RetroDue: 5, Exit: []kit.Exit{
				{ID: "path", Text: "a user's path works"}, {ID: "normal", Text: "measures are normal", Soak: 15}}},
			{ID: "SEV3", Promises: promises(60, 60), Exit: []kit.Exit{{ID: "normal", Text: "measures are normal"}}},
			{ID: "SEV4"},
		},
		Types:      []kit.Type{{ID: "service"}, {ID: "security", Private: true}, {ID: "people"}},
		Roles:      []kit.Role{{ID: kit.Commander}, {ID: "operations"}, {ID: "communications"}, {ID: "scribe"}},
		Assessment: kit.Assessment{Criteria: []kit.Criterion{{ID: "users", Ask: "Who?", Choices: []string{"none", "few", "some", "many", "all"}}}, Effects: []string{"latency"}},
		Audiences:  []kit.Audience{{ID: "support"}, {ID: "leadership"}, {ID: "customers", Outside: true}},
		Checklists: []kit.Checklist{
			{ID: "declare", Phase: "declare", Items: []kit.Item{{ID: "declare.title", Text: "the title says the symptom", Proof: "title"}, {ID: "declare.facts", Text: "first facts are written", Killer: true}}},
			{ID: "handoff", Items: []kit.Item{{ID: "handoff.accepted", Text: "they accepted", Proof: "accepted"}}},
		},
		Playbooks: []kit.Playbook{{ID: "roll-back", Name: "Roll back", Owner: "Ops", Steps: []kit.Step{{Text: "stop the queue"}, {Text: "put the last one back", More: "by the button"}}}},
	}
}

// desk is one database in which one incident is run.
type desk struct {
	t      *testing.T
	kit    *kit.Kit
	id     incident.ID
	writer incident.ID
	now    int64
	actor  incident.Person
	minted uint64
	recs   []incident.Record
	state  *incident.State
}

// empty is a desk on which nothing has been declared.
func empty(t *testing.T) *desk {
	d := &desk{t: t, kit: process(), id: number(0x1c), writer: number(0x01), now: noon, actor: ana, minted: 0x1000}
	d.state = incident.NewState(d.id)
	return d
}

// declared is a desk where Ana commands an incident of SEV2.
func declared(t *testing.T) *desk {
	d := empty(t)
	d.must(&incident.Declare{Declared: incident.Declared{Ref: "INC-1", Title: "checkout fails", Severity: "SEV2"}})
	return d
}

// try gives a command now and appends what it leads to.
func (d *desk) try(cmd incident.Command) ([]incident.Record, error) {
	d.t.Helper()
	return d.at(0, cmd)
}

// at gives a command about a time in the past.
func (d *desk) at(at int64, cmd incident.Command) ([]incident.Record, error) {
	d.t.Helper()
	before := asJSON(d.t, d.state)
	given := asJSON(d.t, cmd)
	events, err := incident.Decide(d.state, d.kit, cmd, incident.Now{Wall: d.now, At: at, Actor: d.actor})
	if asJSON(d.t, d.state) != before {
		d.t.Fatalf("deciding %T changed the state", cmd)
	}
	if asJSON(d.t, cmd) != given {
		d.t.Fatalf("deciding %T changed the command", cmd)
	}
	if err != nil {
		if len(events) > 0 {
			d.t.Fatalf("%T was refused and answered with %d events", cmd, len(events))
		}
		return nil, err
	}
	if at == 0 {
		at = d.now
	}
	return d.append(at, events...), nil
}

// append writes events as records, in the way of a store.
func (d *desk) append(at int64, events ...incident.Event) []incident.Record {
	d.t.Helper()
	ids := make([]incident.ID, len(events))
	for i := range ids {
		d.minted++
		ids[i] = number(uint64(d.writer[15])<<32 | d.minted)
	}
	incident.Link(events, ids)
	from := len(d.recs)
	for i, e := range events {
		kind, v, body, err := incident.Encode(e)
		if err != nil {
			d.t.Fatal(err)
		}
		r := incident.Record{
			ID: ids[i], Incident: d.id, Writer: d.writer, N: 1, At: at, TZ: 60, RecordedAt: d.now, Actor: d.actor.ID,
			Kind: kind, V: v, Salt: []byte("0123456789abcdef"), Body: body,
		}
		prev, last := incident.Root(d.id, d.writer), int64(0)
		for _, o := range d.recs {
			last = max(last, o.HLC)
			if o.Writer == d.writer && o.N >= r.N {
				r.N, prev = o.N+1, o.Hash
			}
		}
		r.HLC = incident.NextHLC(last, d.now)
		r.Seal(prev)
		d.recs = append(d.recs, r)
		if !d.state.Advance(&r) {
			d.state = incident.Fold(d.id, d.recs)
		}
	}
	return d.recs[from:]
}

// must is try for what has to be accepted. It answers with the last record.
func (d *desk) must(cmd incident.Command) incident.Record {
	d.t.Helper()
	recs, err := d.try(cmd)
	if err != nil {
		d.t.Fatalf("%T %s: %v", cmd, asJSON(d.t, cmd), err)
	}
	return recs[len(recs)-1]
}

// refused gives a command that has to be refused with a code, a field and a hint that
// says what to do (where the input is at fault).
func (d *desk) refused(cmd incident.Command, code fault.Code, field string) *fault.Error {
	d.t.Helper()
	_, err := d.try(cmd)
	return refusal(d.t, err, code, field)
}

func refusal(t *testing.T, err error, code fault.Code, field string) *fault.Error {
	t.Helper()
	if err == nil {
		t.Fatalf("accepted, where %s %q was expected", code, field)
	}
	f := fault.Of(err)
	if f.Code != code || f.Field != field {
		t.Fatalf("refused with %s %q (%v), want %s %q", f.Code, f.Field, err, code, field)
	}
	if f.Message == "" || len(f.Message) > 4000 {
		t.Fatalf("a message of %d bytes", len(f.Message))
	}
	return f
}

// pass lets time go by.
func (d *desk) pass(ms int64) { d.now += ms }

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
