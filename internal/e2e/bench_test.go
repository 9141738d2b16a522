//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit/load"
	"quarterdeck/internal/store"
)

// The benchmarks say what the window costs as ratios to an empty window, or to itself with
// nothing in it, measured beside it in turns. A unit that ends in <= and a number
// names its limit. They choose their own rounds, so -benchtime means nothing to them.

// measured are the values of one figure over all rounds.
type measured []float64

func (m measured) at(p float64) float64 {
	sorted := slices.Sorted(slices.Values(m))
	return sorted[int(p*float64(len(sorted)-1)+0.5)]
}

func (m measured) median() float64 { return m.at(0.5) }

// figure is one value of a benchmark.
type figure struct {
	value float64
	unit  string
}

// say reports figures under a name of their own.
func say(b *testing.B, name string, figures ...figure) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		b.ReportMetric(0, "ns/op") // nothing is done here
		for _, f := range figures {
			b.ReportMetric(f.value, f.unit)
		}
	})
}

// seed puts an incident into the desk's folder that was declared some minutes ago and
// has so many records: mostly notes, and every tenth something that changes its state.
func (d *desk) seed(records int) {
	d.t.Helper()
	ok := func(err error) {
		d.t.Helper()
		if err != nil {
			d.t.Fatal(err)
		}
	}
	ctx := d.t.Context()
	ok(os.MkdirAll(d.data, 0o700))
	st, err := store.Open(ctx, d.data)
	ok(err)
	k, err := load.Default()
	ok(err)
	clk := clock.NewFake(time.Now().Add(-3 * time.Minute))
	c, err := cockpit.New(st, clk, k, store.NewID)
	ok(err)
	me, err := c.Person(ctx, incident.ID{}, "ana")
	ok(err)
	id, err := c.Declare(ctx, incident.ID{}, me, 0, incident.Declare{Declared: incident.Declared{Title: "Checkout fails for EU customers"}})
	ok(err)
	have := func() int {
		recs, err := st.Records(ctx, id, 0)
		ok(err)
		return len(recs)
	}
	step := 2 * time.Minute / time.Duration(max(records, 1))
	for n := have(); n < records; n++ {
		clk.Advance(step)
		text := fmt.Sprintf("pool %d: error rate %d.%d %%, draining node eu-%d and watching the queue", n%7, n%31, n%10, n%12)
		var cmd incident.Command = &incident.AddNote{Text: text}
		switch n % 20 {
		case 9:
			cmd = &incident.SetSituation{Field: "impact", Text: text}
		case 19:
			cmd = &incident.MakeDecision{Text: text, Basis: "the graphs agree", Tradeoff: "slower for a while"}
		}
		_, err := c.Do(ctx, cockpit.Order{Incident: id, Actor: me, Command: cmd})
		ok(err)
	}
	if n := have(); n < records || n > records+20 {
		d.t.Fatalf("%d records, want %d", n, records)
	}
	ok(st.Close())
	d.qd(nil, "config", "set", "name", "ana")
}
