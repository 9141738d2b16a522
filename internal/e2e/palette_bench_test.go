//go:build e2e

package e2e

import (
	"testing"
	"time"
)

// watchPalette measures from a key press until the frame that shows its effect has been
// drawn, and for a letter in the palette until the narrower list is laid out.
const watchPalette = `
const drawn = (from, to) => requestAnimationFrame(() => setTimeout(() => to.push(performance.now() - from)));
const p = window.palette = { opened: [], filter: [], filtered: [], from: 0 };
addEventListener('keydown', (e) => {
	if (e.key.length > 1 || !e.isTrusted) return;
	drawn(e.timeStamp, e.ctrlKey ? p.opened : p.filtered);
	p.from = e.ctrlKey ? 0 : performance.now();
}, true);
new MutationObserver(() => {
	if (p.from === 0 || !document.querySelector('dialog[open] [role=option]')) return;
	void document.body.offsetHeight;
	p.filter.push(performance.now() - p.from);
	p.from = 0;
}).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });`

// openPalette gives the page the key itself, because between a real one and its listener
// lies the way through the window, and answers with the ms until the palette is laid out.
const openPalette = `
const from = performance.now();
document.querySelector('#line').dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true }));
return new Promise((done, fail) => {
	const look = (turns) => {
		if (document.querySelector('dialog[open] [role=option]')) {
			void document.body.offsetHeight;
			done(performance.now() - from);
		} else if (turns === 0) fail(new Error('no palette'));
		else queueMicrotask(() => look(turns - 1));
	};
	look(1000);
});`

type paletteTimings struct{ Opened, Filter, Filtered measured }

// BenchmarkPalette opens the palette over an incident of 5,000 rows and types three
// letters into it, in turns with the same keys into the field of an empty window.
func BenchmarkPalette(b *testing.B) {
	const rounds = 60
	many, empty := filled(b, 5000), sit(b).hold("empty")
	windows := []*window{many, empty}
	for _, w := range windows {
		w.js(nil, watchPalette)
	}
	gone := func() {
		b.Helper()
		many.chord("", keyEscape)
		eventually(b, "the palette is gone", func() (gone bool) {
			many.js(&gone, "return document.querySelector('dialog[open]') === null")
			return gone
		})
	}
	var open measured
	for round := range rounds {
		var ms float64
		many.js(&ms, openPalette)
		open = append(open, ms)
		gone()
		for turn := range windows {
			w := windows[(turn+round)%len(windows)]
			w.chord(keyControl, "k")
			for _, key := range []string{"s", "e", "v"} {
				time.Sleep(40 * time.Millisecond) // a fast hand
				w.chord("", key)
			}
			time.Sleep(40 * time.Millisecond)
			if w == many {
				gone()
			}
		}
	}
	var ours, bare paletteTimings
	for w, to := range map[*window]*paletteTimings{many: &ours, empty: &bare} {
		w.js(to, "return { Opened: palette.opened, Filter: palette.filter, Filtered: palette.filtered }")
	}
	if len(ours.Filter) < 2*rounds {
		b.Fatalf("the palette was filtered %d times in %d rounds", len(ours.Filter), rounds)
	}
	say(b, "open-to-layout", figure{open.median(), "p50-ms"}, figure{open.at(0.95), "p95-ms<=5"})
	say(b, "filter-to-layout", figure{ours.Filter.median(), "p50-ms"}, figure{ours.Filter.at(0.95), "p95-ms<=16"})
	say(b, "open-to-paint", figure{ours.Opened.median() / bare.Opened.median(), "p50/empty<=2"}, figure{ours.Opened.at(0.95), "p95-ms<=30"})
	say(b, "filter-to-paint", figure{ours.Filtered.median() / bare.Filtered.median(), "p50/empty"}, figure{ours.Filtered.at(0.95), "p95-ms<=16"})
}
