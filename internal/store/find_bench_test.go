package store

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/incident"
)

// asked is a search as somebody types it, and what peers are asked for the same.
type asked struct {
	class string
	typed string
	rg    string // a regular expression
	pg    string // a tsquery
}

// queriesOf are searches of every class: words that few, some and many records hold,
// beginnings of three and five letters, and two words side by side. So many of each.
func queriesOf(b *testing.B, dir string, each int) []asked {
	b.Helper()
	f, err := os.Open(filepath.Join(dir, millionText))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	begin, pairs := map[string]int{}, map[string]int{}
	lines := bufio.NewScanner(f)
	for n := 0; lines.Scan() && n < 200_000; n++ { // a fifth of them says how frequent a word is
		held := map[string]bool{}
		words := strings.Fields(lines.Text())
		for i, w := range words {
			for _, k := range []int{3, 5, len(w)} {
				held[w[:min(k, len(w))]] = true
			}
			if i > 0 && n%10 == 0 {
				pairs[words[i-1]+" "+w]++
			}
		}
		for w := range held {
			begin[w]++
		}
	}
	pick := func(class string, all map[string]int, length, least, most int, ask func(string) asked) []asked {
		var found []string
		for w, n := range all {
			if n >= least && n < most && (length == 0 || len(w) == length) {
				found = append(found, w)
			}
		}
		slices.Sort(found)
		if len(found) < each {
			b.Fatalf("%s: only %d", class, len(found))
		}
		var out []asked
		for i := range each {
			q := ask(found[i*len(found)/each])
			q.class = class
			out = append(out, q)
		}
		return out
	}
	word := func(w string) asked { return asked{typed: w, rg: `(?-u:\b)` + w, pg: w + ":*"} }
	pair := func(p string) asked {
		return asked{typed: `"` + p + `"`, rg: `(?-u:\b)` + p + `(?-u:\b)`, pg: strings.Replace(p, " ", " <-> ", 1)}
	}
	return slices.Concat(
		pick("rare", begin, 8, 8, 20, word),
		pick("mid", begin, 6, 200, 400, word),
		pick("common", begin, 4, 4000, 20_000, word),
		pick("prefix3", begin, 3, 8000, 60_000, word),
		pick("prefix5", begin, 5, 1000, 4000, word),
		pick("phrase", pairs, 0, 4, 20, pair),
	)
}

// BenchmarkFind looks for words in a million records, against ripgrep over the same words
// in one file. Who finds another number of records has failed.
func BenchmarkFind(b *testing.B) {
	dir := million(b)
	s := rested(b, dir)
	rg, err := exec.LookPath("rg")
	if err != nil {
		b.Skip("ripgrep is not installed: apt install ripgrep")
	}
	all := queriesOf(b, dir, 8)
	type figures struct{ ours, best, count, peer []time.Duration }
	of := map[string]*figures{}
	for turn := range runs + 1 {
		for _, q := range all {
			f := of[q.class]
			if f == nil {
				f = new(figures)
				of[q.class] = f
			}
			start := time.Now()
			if _, err := s.Search(b.Context(), incident.Query{Words: q.typed, Newest: true, Limit: 50}); err != nil {
				b.Fatal(err)
			}
			ours := time.Since(start)
			start = time.Now()
			if _, err := s.Search(b.Context(), incident.Query{Words: q.typed, Limit: 50}); err != nil {
				b.Fatal(err)
			}
			best := time.Since(start)
			start = time.Now()
			n, err := s.Count(b.Context(), incident.Query{Words: q.typed})
			if err != nil {
				b.Fatal(err)
			}
			count := time.Since(start)
			start = time.Now()
			out, err := exec.Command(rg, "--no-config", "-c", q.rg, filepath.Join(dir, millionText)).Output()
			if err != nil {
				b.Fatal(err)
			}
			peer := time.Since(start)
			if m, err := strconv.Atoi(string(bytes.TrimSpace(out))); err != nil || m != n {
				b.Fatalf("%s %q: found %d records, ripgrep %d %v", q.class, q.typed, n, m, err)
			}
			if turn == 0 {
				continue // everybody reads from the disk
			}
			f.ours, f.best, f.count, f.peer = append(f.ours, ours), append(f.best, best), append(f.count, count), append(f.peer, peer)
		}
	}
	var ours, best []time.Duration
	for _, class := range []string{"rare", "mid", "common", "prefix3", "prefix5", "phrase"} {
		f := of[class]
		ours, best = append(ours, f.ours...), append(best, f.best...)
		goal := 25
		if class == "common" {
			goal = 100
		}
		b.Run(class, func(b *testing.B) {
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(1/ratio(f.ours, f.peer, 0.5), fmt.Sprintf("times-ripgrep>=%d", goal))
			b.ReportMetric(1/ratio(f.count, f.peer, 0.5), "count-times-ripgrep")
			b.ReportMetric(ms(f.ours, 0.5), "newest-p50-ms")
			b.ReportMetric(ms(f.best, 0.5), "best-p50-ms")
			b.ReportMetric(ms(f.count, 0.5), "count-p50-ms")
		})
	}
	b.Run("every", func(b *testing.B) {
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(ms(ours, 0.99), "newest-p99-ms<=16")
		b.ReportMetric(ms(best, 0.99), "best-p99-ms<=16")
	})
}

func ms(d []time.Duration, p float64) float64 {
	return float64(percentile(d, p).Microseconds()) / 1000
}
