package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"quarterdeck/internal/incident"
)

// The benchmarks say what ours costs as ratios to a peer that runs beside it, turn by turn,
// on the same disk. A unit that ends in <= and a number names its limit. They choose their
// own rounds, so -benchtime means nothing to them.

// runs is how often a figure is measured; its median is told.
const runs = 5

// BenchmarkLog measures a log without records and one of a million.
func BenchmarkLog(b *testing.B) {
	for _, size := range []int{0, 1_000_000} {
		b.Run(fmt.Sprintf("records=%d", size), func(b *testing.B) {
			dir := b.TempDir()
			s, inc := filled(b, dir, size)
			benchNote(b, s, inc, dir)
			if size > 0 {
				benchSearch(b, s)
			}
		})
	}
}

// benchNote appends notes with everything in their transaction, against appending
// as many bytes to a plain file with write and fdatasync.
//
// The middle is beyond its limit, and half of what is too much is the search index. Without
// syncing a note takes 115 µs, of which FTS5 takes 55: for each transaction it makes a part
// of its own, with the beginnings of words; to read the words out of the body takes none of
// it. The other half is seven statements, their hashes and JSON. What is written to the disk
// is nine pages of 4 KiB, where the peer writes 400 bytes: with syncing 380 µs, and 270
// without the index, which would be within the limit. The words stay in the transaction all
// the same: what is written is found at once, by every process, and whoever is
// killed leaves neither a record that nobody finds nor a word without its record.
func benchNote(b *testing.B, s *Store, inc incident.ID, dir string) {
	const turns, each = 20, 50
	raw, err := os.Create(filepath.Join(dir, "raw"))
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	line := []byte(strings.Repeat("x", 400) + "\n")
	var middle, tail, micro []float64
	for range runs {
		var ours, peers []time.Duration
		peer := func() {
			start := time.Now()
			if _, err := raw.Write(line); err != nil {
				b.Fatal(err)
			}
			if err := syscall.Fdatasync(int(raw.Fd())); err != nil {
				b.Fatal(err)
			}
			peers = append(peers, time.Since(start))
		}
		own := func() {
			text := sentence()
			start := time.Now()
			r := benchRecord(b, &incident.NoteAdded{Text: text})
			if _, _, err := s.Append(b.Context(), incident.Batch{Incident: inc, Expect: incident.Anywhere, Records: []incident.Record{r}}); err != nil {
				b.Fatal(err)
			}
			ours = append(ours, time.Since(start))
		}
		for range turns {
			if err := s.Tidy(b.Context()); err != nil { // what the backend does when nobody types
				b.Fatal(err)
			}
			for i := range each {
				if i%2 == 0 { // neither always goes first
					peer()
					own()
				} else {
					own()
					peer()
				}
			}
		}
		middle, tail = append(middle, ratio(ours, peers, 0.5)), append(tail, ratio(ours, peers, 0.99))
		micro = append(micro, float64(percentile(ours, 0.5).Microseconds()))
	}
	b.Run("note", func(b *testing.B) {
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(median(middle), "p50/fdatasync<=1.6")
		b.ReportMetric(median(tail), "p99/fdatasync<=1.8")
		b.ReportMetric(median(micro), "p50-us")
	})
}

// benchSearch looks for beginnings of words that many notes have, and few.
func benchSearch(b *testing.B, s *Store) {
	var took []time.Duration
	for range runs * 10 {
		for _, query := range []string{"w1", "w2a", "w1f3", `"w1 w2"`, "w7 w8"} {
			start := time.Now()
			if _, err := s.Search(b.Context(), incident.Query{Words: query, Limit: 50}); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
	}
	b.Run("search", func(b *testing.B) {
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(percentile(took, 0.5).Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(percentile(took, 0.95).Microseconds())/1000, "p95-ms")
	})
}

// BenchmarkOpen opens a store and reads the list of a home screen, at 10,000
// incidents against an empty store.
func BenchmarkOpen(b *testing.B) {
	small, big := b.TempDir(), b.TempDir()
	s, _ := filled(b, small, 0)
	s.Close()
	s = openBench(b, big)
	for i := range 10_000 {
		inc := benchID(b)
		batch := incident.Batch{Incident: inc, Records: []incident.Record{
			benchRecord(b, &incident.Declared{Ref: fmt.Sprint("INC-", i+10), Title: sentence(), Severity: "SEV3", Type: "service"}),
			benchRecord(b, &incident.PhaseMoved{Phase: incident.PhaseResolved}),
		}}
		if _, _, err := s.Append(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	s.Close()
	visit := func(dir string) time.Duration {
		start := time.Now()
		s, err := Open(b.Context(), dir)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Rows(b.Context(), 200); err != nil {
			b.Fatal(err)
		}
		took := time.Since(start)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		return took
	}
	var ours, peers []time.Duration
	for range runs * 40 {
		peers = append(peers, visit(small))
		ours = append(ours, visit(big))
	}
	b.Run("incidents=10000", func(b *testing.B) {
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(ratio(ours, peers, 0.5), "p50/empty")
		b.ReportMetric(float64(percentile(ours, 0.5).Microseconds()), "p50-us")
		b.ReportMetric(float64(percentile(peers, 0.5).Microseconds()), "empty-p50-us")
	})
}
func openBench(b *testing.B, dir string) *Store {
	b.Helper()
	s, err := Open(context.Background(), dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

// filled is a store with so many records, and an incident to write in.
func filled(b *testing.B, dir string, size int) (*Store, incident.ID) {
	b.Helper()
	s := openBench(b, dir)
	const each = 5000
	for n := 0; n < size; n += each {
		inc := benchID(b)
		recs := make([]incident.Record, each)
		prev, hlc := incident.Root(inc, inc), int64(0)
		for i := range recs {
			var e incident.Event = &incident.NoteAdded{Text: sentence()}
			if i == 0 {
				e = &incident.Declared{Ref: fmt.Sprint("INC-", n+2), Title: sentence(), Severity: "SEV3", Type: "service"}
			}
			r := benchRecord(b, e)
			r.Incident, r.Writer, r.N, r.Salt, r.Sig = inc, inc, int64(i+1), make([]byte, 16), []byte{}
			r.HLC = incident.NextHLC(hlc, r.RecordedAt)
			r.Seal(prev)
			prev, hlc, recs[i] = r.Hash, r.HLC, r
		}
		if _, err := s.Import(b.Context(), inc, recs, nil); err != nil {
			b.Fatal(err)
		}
		if err := s.Tidy(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	inc := benchID(b)
	_, _, err := s.Append(b.Context(), incident.Batch{Incident: inc, Ref: "INC-1", Records: []incident.Record{
		benchRecord(b, &incident.Declared{Ref: "INC-1", Title: "checkout fails", Severity: "SEV2", Type: "service"})}})
	if err != nil {
		b.Fatal(err)
	}
	return s, inc
}

func benchID(b *testing.B) incident.ID {
	b.Helper()
	id, err := NewID()
	if err != nil {
		b.Fatal(err)
	}
	return id
}

func benchRecord(b *testing.B, e incident.Event) incident.Record {
	b.Helper()
	k, v, body, err := incident.Encode(e)
	if err != nil {
		b.Fatal(err)
	}
	return incident.Record{ID: benchID(b), At: noon, RecordedAt: noon, Kind: k, V: v, Body: body}
}

// sentence is a note of some length with words of very different frequency.
func sentence() string {
	var out []string
	for range 8 + rand.IntN(20) {
		out = append(out, fmt.Sprintf("w%x", int(rand.ExpFloat64()*3000)))
	}
	return strings.Join(out, " ")
}

func percentile(d []time.Duration, p float64) time.Duration {
	sorted := slices.Sorted(slices.Values(d))
	return sorted[int(p*float64(len(sorted)-1))]
}

func ratio(ours, peers []time.Duration, p float64) float64 {
	return float64(percentile(ours, p)) / float64(percentile(peers, p))
}

func median(v []float64) float64 {
	sorted := slices.Sorted(slices.Values(v))
	return sorted[len(sorted)/2]
}
