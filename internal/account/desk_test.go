package account_test

import (
	"testing"

	"quarterdeck/assets"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/kit/load"
)

const (
	minute = int64(60_000)
	hour   = 60 * minute
	noon   = int64(1_795_608_000_000) // 2026-11-25T12:00:00Z
)

var (
	team          = id(1)
	ana, ben, dee = id(2), id(3), id(4)
)

func id(n byte) (out incident.ID) {
	out[15] = n
	return out
}

// log writes records of one incident.
type log struct {
	t    *testing.T
	recs []incident.Record
}

// add writes one record that happened at a time, written at once.
func (l *log) add(at int64, actor incident.ID, e incident.Event) incident.ID {
	l.t.Helper()
	kind, v, body, err := incident.Encode(e)
	if err != nil {
		l.t.Fatal(err)
	}
	n := int64(len(l.recs) + 1)
	r := incident.Record{ID: id(byte(100 + n)), Incident: team, Writer: id(99), N: n, HLC: (noon + n) << 16, At: at, RecordedAt: at, Actor: actor, Kind: kind, V: v, Body: body}
	l.recs = append(l.recs, r)
	return r.ID
}

func defaultKit(t *testing.T) *kit.Kit {
	t.Helper()
	k, problems, err := load.Load(assets.Kit())
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	k.Cost = kit.Cost{Currency: "EUR", PerHour: 6000, Rates: []kit.Rate{{Role: "operations", PerHour: 9000}}}
	return k
}
