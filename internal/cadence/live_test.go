package cadence_test

import (
	"encoding/binary"
	"fmt"
	"testing"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

const (
	minute = int64(60_000)
	hour   = 60 * minute

	noon     = int64(1_772_452_800_000) // 2026-03-02 12:00:00 UTC
	year9999 = int64(253_402_300_799_000)
)

func number(n uint64) (id incident.ID) {
	binary.BigEndian.PutUint64(id[8:], n)
	return id
}

var ana, ben = number(0xa), number(0xb)

// process promises support something at every level, customers less, leadership nothing.
func process() *kit.Kit {
	return &kit.Kit{
		Severities: []kit.Severity{
			{ID: "SEV1", Promises: []kit.Promise{{Audience: "support", First: 5, Every: 15}, {Audience: "customers", First: 10, Every: 30}}, Required: []string{kit.Commander, "operations", "communications"}, RetroDue: 3},
			{ID: "SEV2", Promises: []kit.Promise{{Audience: "support", First: 15, Every: 30}, {Audience: "customers", First: 15, Every: 30}}, Required: []string{"operations"}, RetroDue: 5},
			{ID: "SEV3", Promises: []kit.Promise{{Audience: "support", First: 60, Every: 60}}},
			{ID: "SEV4"},
		},
		Audiences: []kit.Audience{{ID: "leadership"}, {ID: "customers"}, {ID: "support"}},
		Roles:     []kit.Role{{ID: kit.Commander}, {ID: "operations"}, {ID: "communications"}},
		Checklists: []kit.Checklist{
			{ID: "declare", Phase: "declare", Items: []kit.Item{
				{ID: "declare.plain", Text: "a link is there"}, {ID: "declare.killer", Text: "one person commands", Killer: true}, {ID: "declare.second", Text: "facts are there"}}},
			{ID: "assess", Phase: "assess", Items: []kit.Item{{ID: "assess.title", Text: "the title says it", Proof: "title"}}},
		},
	}
}

// live is an incident as it unfolds.
type live struct {
	t    *testing.T
	kit  *kit.Kit
	recs []incident.Record
}

// begin declares an incident of a severity at noon; Ana commands. An empty severity is
// the provisional one.
func begin(t *testing.T, severity string) *live {
	l := &live{t: t, kit: process()}
	d := &incident.Declared{Ref: "INC-1", Title: "checkout fails", Type: "service", Severity: severity}
	if severity == "" {
		d.Severity, d.Provisional = incident.ProvisionalSeverity, true
	}
	l.on(0, d, &incident.CommandAccepted{By: ana, Term: 1}, &incident.PersonNamed{Person: ben, Name: "Ben"})
	return l
}

// on appends events that happened so many milliseconds after noon.
func (l *live) on(after int64, events ...incident.Event) *live {
	l.t.Helper()
	for _, e := range events {
		kind, v, body, err := incident.Encode(e)
		if err != nil {
			l.t.Fatal(err)
		}
		n := int64(len(l.recs) + 1)
		l.recs = append(l.recs, incident.Record{
			ID: number(uint64(0x100 + n)), N: n, HLC: n, At: noon + after, RecordedAt: noon + after, Actor: ana, Kind: kind, V: v, Body: body,
		})
	}
	return l
}

// told is an update that left so many milliseconds after noon and promised the next
// one for so many after noon; 0 = none.
func (l *live) told(audience string, after, next int64) *live {
	l.t.Helper()
	if next != 0 {
		next += noon
	}
	l.on(after, &incident.UpdateRequested{Audience: audience, State: "investigating", Text: "x", Next: next, Route: incident.RouteHand})
	return l.on(after, &incident.DeliveryConfirmed{Update: l.last(), Route: incident.RouteHand})
}

// over is a last update that left so many milliseconds after noon.
func (l *live) over(audience string, after int64) *live {
	l.t.Helper()
	l.on(after, &incident.UpdateRequested{Audience: audience, State: incident.Resolved, Text: "x", Route: incident.RouteHand})
	return l.on(after, &incident.DeliveryConfirmed{Update: l.last(), Route: incident.RouteHand})
}

// last is the id of the latest record.
func (l *live) last() incident.ID { return l.recs[len(l.recs)-1].ID }

func (l *live) state() *incident.State { return incident.Fold(number(1), l.recs) }

func (l *live) deadlines() []cadence.Deadline { return cadence.Deadlines(l.state(), l.kit) }

// find is the one deadline of a kind and subject; nil when there is none.
func (l *live) find(kind cadence.Kind, subject string) *cadence.Deadline {
	l.t.Helper()
	var found *cadence.Deadline
	for _, d := range l.deadlines() {
		if d.Kind == kind && d.Subject == subject {
			if found != nil {
				l.t.Fatalf("two deadlines %s %s", kind, subject)
			}
			found = &d
		}
	}
	return found
}

// brief is a deadline in minutes after noon.
func brief(d *cadence.Deadline) string {
	if d == nil {
		return "none"
	}
	m := func(at int64) string { return fmt.Sprintf("%g", float64(at-noon)/float64(minute)) }
	s := fmt.Sprintf("from %s early %s due %s", m(d.From), m(d.Early), m(d.Due))
	if d.First {
		s += " first"
	}
	return s
}
