//go:build e2e

package e2e

import (
	"fmt"
	"testing"
	"time"
)

// watch measures in the page, from the key press until the frame that shows its effect
// has been drawn. A row is durable when it does not look pending any more.
const watch = `
const drawn = (from, to) => requestAnimationFrame(() => setTimeout(() => to.push(performance.now() - from)));
const m = window.measured = { key: [], row: [], durable: [], pressed: 0, text: '', seen: false };
addEventListener('keydown', (e) => {
	m.pressed = e.timeStamp;
	if (e.key !== 'Enter') drawn(e.timeStamp, m.key);
}, true);
new MutationObserver(() => {
	if (m.text === '') return;
	const rows = document.querySelectorAll('#timeline [role=listitem]');
	const row = rows[rows.length - 1];
	if (!row || !row.textContent.includes(m.text)) return;
	if (!m.seen) {
		m.seen = true;
		drawn(m.pressed, m.row);
	}
	if (row.querySelector('.row.note')) {
		m.text = '';
		drawn(m.pressed, m.durable);
	}
}).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });`

// BenchmarkRow types notes into an incident of 5,000 rows, all of them in the page, and in
// turns into one that has none and into the field of an empty window. The page's clock counts
// whole milliseconds, of which a key in an empty window takes two or three: the ratios to it
// leave room for one more.
func BenchmarkRow(b *testing.B) {
	const rounds = 120
	none, many, empty := filled(b, 0), filled(b, 5000), sit(b).hold("empty")
	empty.js(nil, watch)
	windows := []*window{none, many, empty}
	for round := range rounds {
		for turn := range windows {
			w := windows[(turn+round)%len(windows)]
			text := fmt.Sprintf("%04d", round)
			w.js(nil, "measured.text = arguments[0]; measured.seen = false", text)
			for _, key := range text {
				w.chord("", string(key))
				time.Sleep(40 * time.Millisecond) // a fast hand; a faster one would measure its own queue
			}
			if w == empty {
				continue
			}
			w.chord("", keyEnter)
			eventually(b, "the note is durable", func() bool { return len(w.measured().Durable) == round+1 })
		}
	}
	ours, peer, bare := many.measured(), none.measured(), empty.measured()
	compare := func(name string, limit int, ours, peer, bare measured) {
		figures := []figure{{ours.median() / peer.median(), "p50/none"}, {ours.at(0.95) / peer.at(0.95), "p95/none"}, {ours.median(), "p50-ms"}, {ours.at(0.95), fmt.Sprint("p95-ms<=", limit)}}
		if bare != nil {
			figures = append(figures, figure{ours.median() / bare.median(), "p50/empty<=2"}, figure{ours.at(0.95) / bare.at(0.95), "p95/empty<=3"}, figure{bare.at(0.95), "empty-p95-ms"})
		}
		say(b, name, figures...)
	}
	compare("key-to-paint", 16, ours.Key, peer.Key, bare.Key)
	compare("enter-to-paint", 50, ours.Row, peer.Row, nil)
	compare("enter-to-durable", 150, ours.Durable, peer.Durable, nil)
}

// filled is the cockpit on an incident of so many records, every row of it in the page
// and the end in sight.
func filled(b *testing.B, records int) *window {
	b.Helper()
	d := sit(b)
	d.seed(records)
	w := d.open()
	w.sees("INC-1")
	w.whole()
	w.js(nil, watch)
	return w
}

// whole brings every row of the incident into the page, goes to the end and into the line.
func (w *window) whole() {
	w.t.Helper()
	eventually(w.t, "every row is in the page", func() (all bool) {
		w.js(&all, `const box = document.querySelector('#timeline');
			if (!box) return false;
			const all = document.querySelector('.earlier') === null;
			box.scrollTop = all ? box.scrollHeight : box.scrollTop < 100 ? 200 : 0; // each time a scroll, which asks for more
			return all && box.scrollTop + box.clientHeight >= box.scrollHeight - 32`)
		return all
	})
	w.js(nil, "document.querySelector('#line').focus()")
}

// timings are what watch has measured, in milliseconds.
type timings struct{ Key, Row, Durable measured }

func (w *window) measured() (t timings) {
	w.t.Helper()
	w.js(&t, "return { Key: measured.key, Row: measured.row, Durable: measured.durable }")
	return t
}
