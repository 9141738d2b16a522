//go:build e2e

package e2e

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// watchFrames asks for a frame as soon as there was one, and keeps how long each kept
// waiting while something is done: what the page did meanwhile, somebody saw as standing still.
const watchFrames = `
const f = window.frames = { on: false, last: 0, gaps: [] };
const next = () => {
	const now = performance.now();
	if (f.on && f.last > 0) f.gaps.push(now - f.last);
	f.last = f.on ? now : 0;
	requestAnimationFrame(next);
};
next();`

// act is something that a person does at the cockpit: what it is called, and its keys, in
// order. A key that stands for nothing but itself is one letter; held keys stand before it.
type act struct {
	name string
	keys [][2]string // held, key
}

func typing(text string) (keys [][2]string) {
	for _, r := range text {
		keys = append(keys, [2]string{"", string(r)})
	}
	return keys
}

func times(n int, held, key string) [][2]string {
	return slices.Repeat([][2]string{{held, key}}, n)
}

// acts are a round of a night: what is written, looked up, opened and left again.
func acts(round int) []act {
	open := func(name, held, key string) act {
		return act{name, [][2]string{{held, key}, {"", keyEscape}}}
	}
	note := func(n int) act {
		return act{"note", slices.Concat(typing(fmt.Sprintf("%d: queue at %d, draining eu-%d", round, round*7%1000, n)), times(1, "", keyEnter))}
	}
	return []act{
		note(1), note(2),
		{"palette", slices.Concat(times(1, keyControl, "k"), typing("sev"), times(4, "", keyDown), times(1, "", keyEscape))},
		note(3),
		{"find", slices.Concat(times(1, keyControl, "f"), typing("eu-3"), times(4, "", keyEnter), times(1, "", keyEscape))},
		{"scroll", slices.Concat(times(12, "", keyPgUp), times(13, "", keyPgDn))},
		open("update", keyControl, "u"), open("severity", keyControl, "e"), open("roles", keyControl, "r"), open("outbox", keyControl, "3"), open("settings", keyControl, ","),
		note(4),
		{"decision", slices.Concat(typing("! drain eu-3 because errors rise"), times(1, "", keyEnter))},
		{"incidents", [][2]string{{keyControl, "o"}, {"", keyDown}, {"", keyDown}, {"", keyEnter}}},
		note(5),
		{"back", slices.Concat(times(1, keyControl, "k"), typing("inc-1"), times(1, "", keyEnter))},
		{"calendar", [][2]string{{keyControl, "4"}, {keyControl, "1"}}},
		{"cost", [][2]string{{keyControl, "7"}, {keyControl, "1"}}},
		{"theme", times(3, keyControl+keyShift, "l")},
	}
}

// hand is how long a person's finger takes to the next key, and their eye after an act.
const (
	hand = 60 * time.Millisecond
	eye  = 600 * time.Millisecond
)

// gap is a frame that came late.
type gap struct {
	ms   float64
	what string
}

// BenchmarkTrace uses the cockpit on an incident of 5,000 rows as a person would, beside a
// second incident, and in turns presses the same keys in an empty window; for TRACE, or a
// minute each. It tells the longest time that a frame kept waiting and how many kept waiting
// more than 50 ms, and at the end the memory of the web view's process.
func BenchmarkTrace(b *testing.B) {
	length := time.Minute
	if v := os.Getenv("TRACE"); v != "" {
		var err error
		if length, err = time.ParseDuration(v); err != nil {
			b.Fatal(err)
		}
	}
	d := sit(b)
	d.seed(5000)
	d.seed(200)
	ours, empty := d.open(), sit(b).hold("empty")
	ours.sees("INC-1")
	ours.chord(keyControl, "k")
	ours.write("inc-1")
	ours.chord("", keyEnter)
	ours.whole()
	windows := []*window{ours, empty}
	gaps, frames := map[*window][]gap{}, map[*window]int{}
	for _, w := range windows {
		w.js(nil, watchFrames)
	}
	begun := time.Now()
	for round := 0; time.Since(begun) < 2*length; round++ {
		for _, a := range acts(round) {
			for turn := range windows {
				w := windows[(turn+round)%len(windows)]
				late, all := w.trace(a)
				gaps[w], frames[w] = append(gaps[w], late...), frames[w]+all
			}
		}
	}
	worst := func(g gap, h gap) int { return cmp.Compare(h.ms, g.ms) }
	longest := func(w *window) float64 {
		slices.SortFunc(gaps[w], worst)
		if len(gaps[w]) == 0 {
			return 0
		}
		return gaps[w][0].ms
	}
	over := func(w *window) (n float64) {
		for _, g := range gaps[w] {
			if g.ms > 50 {
				n++
			}
		}
		return n
	}
	minutes := length.Minutes()
	say(b, "frames", figure{longest(ours), "longest-ms<=100"}, figure{over(ours) / minutes, "over-50ms/min"},
		figure{longest(ours) / max(longest(empty), 1000.0/60), "longest/empty"}, figure{longest(empty), "empty-longest-ms"}, figure{over(empty) / minutes, "empty-over-50ms/min"}, figure{float64(frames[ours]) / minutes, "frames/min"})
	if testing.Verbose() { // what to look at: of both, since a busy machine keeps an empty window waiting too
		for _, w := range windows {
			for _, g := range gaps[w][:min(25, len(gaps[w]))] {
				fmt.Printf("%3.0f ms while: %s (the empty window: %t)\n", g.ms, g.what, w == empty)
			}
		}
	}
	web, bare := ours.web(), empty.web()
	say(b, "memory", figure{web, "web-MiB<=250"}, figure{bare, "empty-web-MiB"}, figure{web / bare, "web/empty"})
}

// trace does one thing as a person would: the frames that came late, and how many there were.
func (w *window) trace(a act) (late []gap, all int) {
	w.t.Helper()
	w.js(nil, "window.frames.gaps = []; window.frames.on = true")
	for _, k := range a.keys {
		w.chord(k[0], k[1])
		time.Sleep(hand)
	}
	time.Sleep(eye)
	var took []float64
	w.js(&took, "window.frames.on = false; return window.frames.gaps")
	for _, ms := range took {
		if ms > 34 { // two frames
			late = append(late, gap{ms, a.name})
		}
	}
	return late, len(took)
}

// web is the proportional set of the process that draws the window's page, in MiB.
func (w *window) web() (mb float64) {
	w.t.Helper()
	for _, pid := range under(w.t, w.pid) {
		name, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "comm"))
		if err == nil && strings.HasPrefix(string(name), "WebKitWebProc") { // the kernel keeps fifteen letters
			mb += proportional(pid)
		}
	}
	if mb == 0 {
		w.t.Fatal("no process draws the page")
	}
	return mb
}
