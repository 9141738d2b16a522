package cockpit_test

import (
	"fmt"
	"testing"
	"time"

	"quarterdeck/internal/incident"
)

// BenchmarkTenHours: what a note, a change with its result and the picture of what is due
// cost at the end of such a night, beside what they cost at its start. The cockpit is as
// quick then: the ratio stays below 2.
func BenchmarkTenHours(b *testing.B) {
	for name, do := range map[string]func(n *night, i int){
		"note": func(n *night, i int) { n.by(n.crew[5+i%35], &incident.AddNote{Text: "still falling"}) },
		"change": func(n *night, i int) {
			recs := n.by(n.crew[1], &incident.StartChange{Thing: fmt.Sprint("extra ", i), Text: "restart"})
			n.by(n.crew[1], &incident.EndChange{Change: recs[len(recs)-1].ID, Outcome: "better"})
		},
		"due": func(n *night, _ int) { n.due() },
	} {
		b.Run(name, func(b *testing.B) {
			n := begin(sit(b, b.TempDir()))
			const warm = 50
			begun := time.Now()
			for i := range warm {
				do(n, i+1_000_000) // other things than later
			}
			early := time.Since(begun) / warm
			for n.at < tenHours {
				n.pass()
			}
			rounds := 0
			for b.Loop() {
				do(n, rounds)
				rounds++
			}
			late := b.Elapsed() / time.Duration(rounds)
			b.ReportMetric(float64(late)/float64(early), "end/start")
		})
	}
}
