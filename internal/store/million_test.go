package store

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/incident"
)

// A million records that are the same on every machine: made once, kept below build/.
const (
	millionName      = "million-1" // goes up with whatever makes other records
	millionIncidents = 10_000
	millionEach      = 100 // records of one
	millionWords     = 40_000
	millionText      = "words.txt" // the same words, one record a line, for peers
)

// million answers with the folder of that database, which nobody may write in.
func million(b testing.TB) string {
	b.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "build", "bench", millionName))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, millionText)); err == nil {
		return dir
	} else if !errors.Is(err, fs.ErrNotExist) {
		b.Fatal(err)
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o700)); err != nil {
		b.Fatal(err)
	}
	if err := makeMillion(b, dir); err != nil {
		b.Fatal(err)
	}
	return dir
}

// rested opens a store and leaves its index as a cockpit does in which nobody types.
func rested(b *testing.B, dir string) *Store {
	b.Helper()
	s := openBench(b, dir)
	for more := true; more; {
		var err error
		if more, err = s.Merge(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

func makeMillion(b testing.TB, dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	defer s.Close()
	g := newGenerator()
	people := make([]incident.ID, 40)
	for i := range people {
		people[i] = g.id()
	}
	const start = 1_600_000_000_000 // ms UTC, in 2020
	for i := range millionIncidents {
		inc := g.id()
		at := int64(start + i*14_400_000)
		recs := make([]incident.Record, 0, millionEach)
		prev, hlc := incident.Root(inc, inc), int64(0)
		for n := range millionEach {
			who := people[g.IntN(len(people))]
			var e incident.Event = &incident.NoteAdded{Text: g.sentence()}
			switch {
			case n == 0:
				who = people[i%len(people)]
				e = &incident.Declared{Ref: fmt.Sprint("INC-", i+1), Title: g.sentence(), Severity: "SEV3", Type: "service", Services: []string{fmt.Sprint("service-", i%200)}}
			case n == 1:
				who = people[i%len(people)]
				e = &incident.PersonNamed{Person: who, Name: fmt.Sprint("person ", i%len(people))}
			case n%25 == 0:
				e = &incident.DecisionMade{Text: g.sentence(), Basis: g.word()}
			case n%17 == 0:
				e = &incident.ActionOpened{Text: g.sentence(), Owner: who, Minutes: 10}
			}
			kind, v, body, err := incident.Encode(e)
			if err != nil {
				return err
			}
			r := incident.Record{ID: g.id(), Incident: inc, Writer: inc, N: int64(n + 1), At: at, RecordedAt: at, Actor: who, Kind: kind, V: v, Body: body, Salt: make([]byte, 16), Sig: []byte{}}
			r.HLC = incident.NextHLC(hlc, r.RecordedAt)
			r.Seal(prev)
			prev, hlc = r.Hash, r.HLC
			recs = append(recs, r)
			at += 30_000
		}
		if _, err := s.Import(ctx, inc, recs, nil); err != nil {
			return err
		}
		if i%50 == 0 {
			if err := s.Tidy(ctx); err != nil {
				return err
			}
		}
		if i%1000 == 0 {
			b.Logf("%s: %d of %d incidents", millionName, i, millionIncidents)
		}
	}
	if err := s.Tidy(ctx); err != nil {
		return err
	}
	return spill(ctx, s, filepath.Join(dir, millionText))
}

// spill writes the words that are searched into a file, one record a line.
func spill(ctx context.Context, s *Store, to string) (err error) {
	f, err := os.Create(to + ".part")
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	rows, err := s.rdb.QueryContext(ctx, "SELECT text FROM body WHERE text <> '' ORDER BY cursor")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		fmt.Fprintln(w, text)
	}
	if err := errors.Join(rows.Err(), w.Flush(), f.Close()); err != nil {
		return err
	}
	return os.Rename(to+".part", to)
}

// generator makes words, ids and sentences from a seed.
type generator struct {
	*rand.Rand
	words []string
	zipf  []float64 // of each word, that of all before it with it
}

func newGenerator() *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(8, 1_000_000))}
	const consonants, vowels = "bcdfghjklmnprstvwz", "aeiou"
	seen := map[string]bool{}
	sum := 0.0
	for len(g.words) < millionWords {
		var w strings.Builder
		for range 2 + g.IntN(3) {
			w.WriteByte(consonants[g.IntN(len(consonants))])
			w.WriteByte(vowels[g.IntN(len(vowels))])
			if g.IntN(3) == 0 {
				w.WriteByte(consonants[g.IntN(len(consonants))])
			}
		}
		if seen[w.String()] {
			continue
		}
		seen[w.String()] = true
		g.words = append(g.words, w.String())
		sum += 1 / math.Pow(float64(len(g.words)+2), 1.05) // about as natural language has it
		g.zipf = append(g.zipf, sum)
	}
	return g
}

func (g *generator) word() string {
	i, _ := slices.BinarySearch(g.zipf, g.Float64()*g.zipf[len(g.zipf)-1])
	return g.words[min(i, len(g.words)-1)]
}

func (g *generator) sentence() string {
	out := make([]string, 6+g.IntN(24))
	for i := range out {
		out[i] = g.word()
	}
	return strings.Join(out, " ")
}

func (g *generator) id() (id incident.ID) {
	binary.BigEndian.PutUint64(id[:8], g.Uint64())
	binary.BigEndian.PutUint64(id[8:], g.Uint64())
	id[6], id[8] = 0x70|id[6]&0x0f, 0x80|id[8]&0x3f
	return id
}
