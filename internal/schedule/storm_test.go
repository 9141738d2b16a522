package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/cadence"
)

// TestTortureStormsOfTheClock goes through hours in which the machine sleeps, its clock is set
// forwards and back, its zone changes and the cockpit is started anew, and holds the
// schedule to what must be true after each look:
//
//   - the rung that a deadline stands on has been heard;
//   - nothing rings twice in one look, and one look sounds once at most;
//   - a rung is heard again when the clock was set back behind it, and only then;
//   - what rings is the rung that the deadline stands on, never one that was passed;
//   - a sleep, or a clock that was set, is told by the next look, and nothing else is.
func TestTortureStormsOfTheClock(t *testing.T) {
	for seed := range uint64(storms) {
		if storm(t, seed); t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// heardRing is one ring of a deadline.
type heardRing struct {
	rung int
	wall int64
}

func storm(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 9))
	w := newTower(t)
	for i := range 1 + r.IntN(5) {
		w.due = append(w.due, promise(fmt.Sprintf("audience-%d", i), 5+r.IntN(300)))
	}
	rang, lowest := map[string]heardRing{}, map[string]int64{} // of each: the last ring, and how far back the clock was since
	zones := []*time.Location{time.UTC, time.FixedZone("", 14*3600), time.FixedZone("", -11*3600)}
	for range 400 {
		told := false
		switch r.IntN(12) {
		case 0:
			d := time.Duration(1+r.IntN(40*60)) * time.Second
			w.clock.Suspend(d)
			told = d > 2*time.Second
		case 1:
			d := time.Duration(r.IntN(7200)-3600) * time.Second
			w.clock.Step(d)
			told = d > 2*time.Second || d < -2*time.Second
		case 2:
			w.clock.Step(time.Duration(r.IntN(3000)-1500) * time.Millisecond) // the time service
		case 3:
			w.restart() // what was before it is not told
		case 4:
			w.clock.SetZone(zones[r.IntN(len(zones))])
		default:
			w.clock.Advance(time.Duration(1+r.IntN(240)) * 500 * time.Millisecond)
		}
		w.heard, w.jumps, w.chimes = nil, nil, 0
		w.s.Tick(t.Context())
		wall := w.clock.Now().UnixMilli()
		if len(w.jumps) > 1 || told != (len(w.jumps) == 1) {
			t.Errorf("jumps %+v, want one: %v", w.jumps, told)
		}
		if w.chimes > 1 {
			t.Errorf("one look sounded %d times", w.chimes)
		}
		rings := map[string][]int{}
		for _, line := range w.heard {
			var who string
			var rung int
			if n, _ := fmt.Sscanf(line, "%s rings %d", &who, &rung); n == 2 && strings.Contains(line, " rings ") {
				rings[who] = append(rings[who], rung)
			}
		}
		for _, d := range w.due {
			stands := d.Rung(wall)
			lowest[d.Subject] = min(lowest[d.Subject], wall)
			now, last := rings[d.Subject], rang[d.Subject]
			if last.wall > wall+2000 && last.rung > stands { // set back: what is above will come again
				last = heardRing{stands, wall}
				rang[d.Subject] = last
			}
			switch {
			case len(now) > 1:
				t.Errorf("%s rang %v in one look", d.Subject, now)
			case len(now) == 1 && now[0] != stands:
				t.Errorf("%s rang %d and stands on %d", d.Subject, now[0], stands)
			case len(now) == 1 && last.wall != 0 && now[0] <= last.rung && lowest[d.Subject] >= last.wall:
				t.Errorf("%s rang %d after %d though the clock was not set back", d.Subject, now[0], last.rung)
			case len(now) == 0 && stands != cadence.Silent && (last.wall == 0 || last.rung < stands):
				t.Errorf("%s stands on %d and has rung %d", d.Subject, stands, last.rung)
			}
			if len(now) == 1 {
				rang[d.Subject], lowest[d.Subject] = heardRing{now[0], wall}, wall
			}
		}
	}
}
