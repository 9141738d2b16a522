package compose_test

import (
	"encoding/binary"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/kit/load"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	minute = int64(60_000)
	hour   = 60 * minute
	noon   = int64(1_772_452_800_000) // 2026-03-02 12:00 UTC
)

var (
	ana = incident.Person{ID: number(0xa1), Name: "Ana"}
	ben = incident.Person{ID: number(0xb2), Name: "Ben"}
	dee = incident.Person{ID: number(0xd3), Name: "Dee"}
)

func number(n uint64) (id incident.ID) {
	binary.BigEndian.PutUint64(id[8:], n)
	return id
}

// desk is one incident that is run under the built-in kit.
type desk struct {
	t     *testing.T
	kit   *kit.Kit
	now   int64
	recs  []incident.Record
	state *incident.State
}

// declared is an incident that Ana declared at noon and commands.
func declared(t *testing.T, change func(*incident.Declared)) *desk {
	t.Helper()
	k, err := load.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, kit: k, now: noon, state: incident.NewState(number(0x1c))}
	e := incident.Declared{Ref: "INC-7", Title: "Checkout fails for EU customers"}
	if change != nil {
		change(&e)
	}
	d.do(&incident.Declare{Declared: e})
	return d
}

// do carries a command out, now, and answers with its last record.
func (d *desk) do(cmd incident.Command) incident.Record {
	d.t.Helper()
	return d.at(0, cmd)
}

// at is do for what happened earlier.
func (d *desk) at(at int64, cmd incident.Command) incident.Record {
	d.t.Helper()
	events, err := incident.Decide(d.state, d.kit, cmd, incident.Now{Wall: d.now, At: at, Actor: ana})
	if err != nil {
		d.t.Fatalf("%T: %v", cmd, err)
	}
	if at == 0 {
		at = d.now
	}
	return d.append(at, events...)
}

func (d *desk) append(at int64, events ...incident.Event) incident.Record {
	d.t.Helper()
	ids := make([]incident.ID, len(events))
	for i := range ids {
		ids[i] = number(uint64(0x1000 + len(d.recs) + i))
	}
	incident.Link(events, ids)
	for i, e := range events {
		kind, v, body, err := incident.Encode(e)
		if err != nil {
			d.t.Fatal(err)
		}
		r := incident.Record{
			ID: ids[i], Incident: d.state.ID, Writer: number(1), N: int64(len(d.recs) + 1), At: at, RecordedAt: d.now, Actor: ana.ID,
			Kind: kind, V: v, Salt: []byte("0123456789abcdef"), Body: body,
		}
		r.HLC = incident.NextHLC(d.state.Last.HLC, d.now)
		prev := incident.Root(r.Incident, r.Writer)
		if len(d.recs) > 0 {
			prev = d.recs[len(d.recs)-1].Hash
		}
		r.Seal(prev)
		d.recs = append(d.recs, r)
		d.state = incident.Fold(d.state.ID, d.recs)
	}
	return d.recs[len(d.recs)-1]
}

func (d *desk) pass(ms int64) { d.now += ms }

// tell tells an audience something.
func (d *desk) tell(audience string, state incident.PublicState, text string, next int64) {
	d.t.Helper()
	d.do(&incident.SendUpdate{Audience: audience, State: state, Text: text, Next: next, How: "copied"})
}

func (d *desk) entries() []*incident.Entry {
	t := incident.NewTimeline()
	t.Add(d.recs...)
	return t.Entries()
}

// line is the sentence of a record.
func (d *desk) line(r incident.Record) compose.Sentence {
	d.t.Helper()
	t := incident.NewTimeline()
	t.Add(d.recs...)
	return compose.Line(t.Entry(r.ID), d.state, d.kit)
}

// golden compares with a file in testdata, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run the test with -update and look at the difference. Got:\n%s", path, got)
	}
}
