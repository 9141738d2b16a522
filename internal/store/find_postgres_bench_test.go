package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/incident"
)

// BenchmarkFindBesidePostgres looks for words in a million records, against PostgreSQL's
// full text with a GIN index over the same words.
func BenchmarkFindBesidePostgres(b *testing.B) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		b.Skip("PostgreSQL is not installed: apt install postgresql")
	}
	dir := million(b)
	s := rested(b, dir)
	pg := startPostgres(b, filepath.Dir(slices.Max(found)), filepath.Join(dir, millionText))
	type figures struct{ newest, best, count, pgNewest, pgBest, pgCount []time.Duration }
	of := map[string]*figures{}
	all := queriesOf(b, dir, 4)
	for turn := range runs {
		for _, q := range all {
			f := of[q.class]
			if f == nil {
				f = new(figures)
				of[q.class] = f
			}
			n := 0
			own := func(to *[]time.Duration, ask func() error) {
				start := time.Now()
				if err := ask(); err != nil {
					b.Fatal(err)
				}
				if turn > 0 { // the first turn reads from the disk
					*to = append(*to, time.Since(start))
				}
			}
			peer := func(to *[]time.Duration, query string) string {
				answer, took := pg.ask(b, query)
				if turn > 0 {
					*to = append(*to, took)
				}
				return answer
			}
			match := "FROM note, to_tsquery('simple', '" + q.pg + "') q WHERE tsv @@ q"
			own(&f.newest, func() error {
				_, err := s.Search(b.Context(), incident.Query{Words: q.typed, Newest: true, Limit: 50})
				return err
			})
			peer(&f.pgNewest, "SELECT id, text "+match+" ORDER BY id DESC LIMIT 50")
			own(&f.best, func() error {
				_, err := s.Search(b.Context(), incident.Query{Words: q.typed, Limit: 50})
				return err
			})
			peer(&f.pgBest, "SELECT id, text "+match+" ORDER BY ts_rank(tsv, q) DESC LIMIT 50")
			own(&f.count, func() (err error) {
				n, err = s.Count(b.Context(), incident.Query{Words: q.typed})
				return err
			})
			if theirs := peer(&f.pgCount, "SELECT count(*) "+match); theirs != strconv.Itoa(n) {
				b.Fatalf("%s %q: found %d records, PostgreSQL %s", q.class, q.typed, n, theirs)
			}
		}
	}
	for _, class := range []string{"rare", "mid", "common", "prefix3", "prefix5", "phrase"} {
		f := of[class]
		b.Run(class, func(b *testing.B) {
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(1/ratio(f.newest, f.pgNewest, 0.5), "newest-times-postgres>=1")
			b.ReportMetric(1/ratio(f.best, f.pgBest, 0.5), "best-times-postgres>=1")
			b.ReportMetric(1/ratio(f.count, f.pgCount, 0.5), "count-times-postgres>=2")
		})
	}
}

// postgres is a psql on a server of our own.
type postgres struct {
	in  io.Writer
	out *bufio.Scanner
}

// startPostgres starts a server on a folder beside the million's, filled once.
func startPostgres(b *testing.B, bin, text string) *postgres {
	b.Helper()
	data := filepath.Join(filepath.Dir(filepath.Dir(text)), "postgres-1")
	sock, err := os.MkdirTemp("", "pg")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { os.RemoveAll(sock) })
	// It refuses to run as root.
	as := func(args ...string) *exec.Cmd {
		if os.Geteuid() == 0 {
			args = append([]string{"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"}, args...)
		}
		return exec.Command(args[0], args[1:]...)
	}
	run := func(c *exec.Cmd) {
		b.Helper()
		if out, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%s: %v\n%s", c, err, out)
		}
	}
	_, err = os.Stat(filepath.Join(data, "filled"))
	filled := err == nil
	if errors.Is(err, fs.ErrNotExist) {
		if err := errors.Join(os.RemoveAll(data), os.MkdirAll(data, 0o700)); err != nil {
			b.Fatal(err)
		}
	}
	if os.Geteuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			b.Skip("there is no account for PostgreSQL to run in")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		// It has to reach its folder through the one above.
		if err := errors.Join(os.Chmod(filepath.Dir(data), 0o711), os.Chown(data, uid, gid), os.Chown(sock, uid, gid)); err != nil {
			b.Fatal(err)
		}
	}
	if !filled {
		run(as(filepath.Join(bin, "initdb"), "-A", "trust", "-U", "postgres", "--locale=C", "-E", "UTF8", "-D", data))
	}
	ctl := func(args ...string) *exec.Cmd {
		return as(append([]string{filepath.Join(bin, "pg_ctl"), "-D", data, "-w", "-l", filepath.Join(sock, "log")}, args...)...)
	}
	run(ctl("-o", "-k "+sock+" -c listen_addresses= -c shared_buffers=512MB -c work_mem=64MB -c maintenance_work_mem=512MB -c max_wal_size=8GB", "start"))
	b.Cleanup(func() { run(ctl("-m", "fast", "stop")) })
	psql := []string{"-X", "-q", "-A", "-t", "-h", sock, "-U", "postgres", "postgres"}
	if !filled {
		for _, q := range []string{
			"CREATE TABLE note (id bigserial PRIMARY KEY, text text, tsv tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED)",
			`\copy note (text) FROM '` + text + `'`, "CREATE INDEX ON note USING gin (tsv)", "VACUUM ANALYZE note",
		} {
			run(exec.Command("psql", append([]string{"-v", "ON_ERROR_STOP=1", "-c", q}, psql...)...))
		}
		if err := os.WriteFile(filepath.Join(data, "filled"), nil, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	c := exec.Command("psql", psql...)
	in, err1 := c.StdinPipe()
	out, err2 := c.StdoutPipe()
	if err := errors.Join(err1, err2, c.Start()); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = errors.Join(in.Close(), c.Wait()) })
	p := &postgres{in, bufio.NewScanner(out)}
	fmt.Fprintln(p.in, `\timing on`)
	return p
}

// ask answers with the first line of a query's answer, and how long psql waited for it.
func (p *postgres) ask(b *testing.B, query string) (answer string, took time.Duration) {
	b.Helper()
	fmt.Fprintln(p.in, query+";\n\\echo -- end")
	for first := true; p.out.Scan(); {
		line := p.out.Text()
		if line == "-- end" {
			if took == 0 {
				b.Fatalf("psql did not say how long it took: %s", query)
			}
			return answer, took
		}
		if ms, ok := strings.CutPrefix(line, "Time: "); ok {
			ms, _, _ = strings.Cut(ms, " ")
			t, err := strconv.ParseFloat(ms, 64)
			if err != nil {
				b.Fatal(err)
			}
			took = time.Duration(t * float64(time.Millisecond))
		} else if first && line != "" && !strings.HasPrefix(line, "Timing is") {
			answer, first = line, false
		}
	}
	b.Fatalf("psql went away: %v", p.out.Err())
	return "", 0
}
