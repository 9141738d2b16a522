package ical

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apognu/gocal"
	arran4 "github.com/arran4/golang-ical"
	goical "github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"
)

// The benchmarks put reading and expanding a year beside what others do for the same file.
// Each library works in a process of its own, which is this test binary started again, so
// that its memory is its own; the runs alternate, and of each figure the median is told.

// The window of all of them.
var yearFrom, yearTo = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)

// outcome is what a library made of a file.
type outcome struct {
	Count int
	Sum   int64 // of the starts, in Unix seconds
	Took  time.Duration
	Peak  int64 // KiB of memory that the process held at most; 0 where the system does not tell
}

// libraries are the ways to expand a file, by name.
var libraries = map[string]func(data []byte) (n int, sum int64, err error){
	"ours": func(data []byte) (n int, sum int64, err error) {
		c, _, err := Read(bytes.NewReader(data), Options{})
		if err != nil {
			return 0, 0, err
		}
		all, err := c.Expand(yearFrom, yearTo, time.UTC)
		for _, o := range all {
			sum += o.Start.Unix()
		}
		return len(all), sum, err
	},
	"go-ical": func(data []byte) (n int, sum int64, err error) { // its own path, with the iterator that it brings
		c, err := goical.NewDecoder(bytes.NewReader(data)).Decode()
		if err != nil {
			return 0, 0, err
		}
		for _, e := range c.Events() {
			start, err := e.DateTimeStart(time.UTC)
			if err != nil {
				return 0, 0, err
			}
			end, err := e.DateTimeEnd(time.UTC)
			if err != nil {
				return 0, 0, err
			}
			if _, err = e.Props.Text("SUMMARY"); err != nil {
				return 0, 0, err
			}
			set, err := e.RecurrenceSet(time.UTC)
			if err != nil {
				return 0, 0, err
			}
			count(&n, &sum, start, end, set)
		}
		return n, sum, nil
	},
	"arran4": func(data []byte) (n int, sum int64, err error) { // it only reads: rules are expanded as go-ical does it
		c, err := arran4.ParseCalendar(bytes.NewReader(data))
		if err != nil {
			return 0, 0, err
		}
		for _, e := range c.Events() {
			start, err := e.GetStartAt()
			if err != nil {
				return 0, 0, err
			}
			end, err := e.GetEndAt()
			if err != nil {
				return 0, 0, err
			}
			var set *rrule.Set
			if p := e.GetProperty(arran4.ComponentPropertyRrule); p != nil {
				o, err := rrule.StrToROption(p.Value)
				if err != nil {
					return 0, 0, err
				}
				o.Dtstart = start
				r, err := rrule.NewRRule(*o)
				if err != nil {
					return 0, 0, err
				}
				set = &rrule.Set{}
				set.RRule(r)
				for _, x := range e.GetProperties(arran4.ComponentPropertyExdate) {
					for v := range strings.SplitSeq(x.Value, ",") {
						if t, err := time.ParseInLocation("20060102T150405", v, start.Location()); err == nil {
							set.ExDate(t)
						}
					}
				}
			}
			count(&n, &sum, start, end, set)
		}
		return n, sum, nil
	},
	"gocal": func(data []byte) (n int, sum int64, err error) {
		c := gocal.NewParser(bytes.NewReader(data))
		c.Strict = gocal.StrictParams{Mode: gocal.StrictModeFailAttribute}
		c.Start, c.End = &yearFrom, &yearTo
		if err := c.Parse(); err != nil {
			return 0, 0, err
		}
		for _, e := range c.Events {
			if e.Start != nil && e.End != nil && e.Start.Before(yearTo) && e.End.After(yearFrom) {
				n++
				sum += e.Start.Unix()
			}
		}
		return n, sum, nil
	},
}

func count(n *int, sum *int64, start, end time.Time, set *rrule.Set) {
	take := func(t time.Time) {
		if t.Before(yearTo) && t.Add(end.Sub(start)).After(yearFrom) {
			*n++
			*sum += t.Unix()
		}
	}
	if set == nil {
		take(start)
		return
	}
	for _, t := range set.Between(yearFrom.Add(start.Sub(end)), yearTo, true) {
		take(t)
	}
}

const askedFor = "ICAL_BENCH_LIBRARY"

// TestMain is the benchmarks' other processes, too.
func TestMain(m *testing.M) {
	name := os.Getenv(askedFor)
	if name == "" {
		os.Exit(m.Run())
	}
	data, err := os.ReadFile(os.Getenv("ICAL_BENCH_FILE"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var out outcome
	rounds := 1
	if len(data) < 1<<20 {
		rounds = 20 // a short file is over before a clock can tell
	}
	start := time.Now()
	for range rounds {
		if out.Count, out.Sum, err = libraries[name](data); err != nil {
			fmt.Fprintln(os.Stderr, err)
			if name != "ours" || os.Getenv("ICAL_BENCH_HOSTILE") == "" {
				os.Exit(1)
			}
		}
	}
	out.Took = time.Since(start) / time.Duration(rounds)
	out.Peak = highWater()
	_ = json.NewEncoder(os.Stdout).Encode(out)
	os.Exit(0)
}

// highWater is the most memory that this process has held, in KiB.
func highWater() (n int64) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if v, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			_, _ = fmt.Sscanf(v, "%d", &n)
		}
	}
	return n
}

// peerFolder holds the peers that are not written in Go; make bench fetches them.
const peerFolder = "../../build/peers"

// run lets a library expand a file in a process of its own.
func run(b *testing.B, name, file string, env ...string) outcome {
	b.Helper()
	c := exec.Command(os.Args[0])
	if name == "ical.js" {
		c = exec.Command("node", filepath.Join(peerFolder, "icaljs.mjs"), file)
	}
	c.Env = append(append(os.Environ(), askedFor+"="+name, "ICAL_BENCH_FILE="+file), env...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	data, err := c.Output()
	if err != nil {
		b.Fatalf("%s: %v %s", name, err, stderr.String())
	}
	var out outcome
	if err := json.Unmarshal(data, &out); err != nil {
		b.Fatal(err)
	}
	return out
}

// pagerDuty is a feed of shifts in UTC as PagerDuty writes it.
func pagerDuty(n int) string {
	var s strings.Builder
	s.WriteString("BEGIN:VCALENDAR\r\nPRODID;X-RICAL-TZSOURCE=TZINFO:-//com.denhaven2/NONSGML ri_cal gem//EN\r\nCALSCALE:GREGORIAN\r\nVERSION:2.0\r\nX-WR-CALNAME:On Call Schedule for Primary\r\n")
	at := yearFrom.Add(-10 * 24 * time.Hour)
	for i := range n {
		end := at.Add(9 * time.Hour)
		fmt.Fprintf(&s, "BEGIN:VEVENT\r\nDTEND;VALUE=DATE-TIME:%s\r\nDTSTART;VALUE=DATE-TIME:%s\r\nATTENDEE:person%d@example.org\r\nUID:Q%08dXYZ\r\nURL:https://example.pagerduty.com/schedules#PABC123\r\nSUMMARY:On Call - Person %d - Primary\r\nEND:VEVENT\r\n",
			end.Format("20060102T150405Z"), at.Format("20060102T150405Z"), i%12, i, i%12)
		at = end
	}
	return s.String() + "END:VCALENDAR\r\n"
}

// mixed is a calendar of which a fifth repeats, on clocks that move.
func mixed(n int) string {
	var s strings.Builder
	s.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n")
	rules := []string{"FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY;COUNT=20", "FREQ=MONTHLY;COUNT=12", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260930T000000Z"}
	for i := range n {
		at := yearFrom.Add(time.Duration(i%8600) * time.Hour).Add(time.Duration(i%4) * 15 * time.Minute)
		fmt.Fprintf(&s, "BEGIN:VEVENT\r\nUID:event-%d@example.org\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Shift %d of Person %d\r\nDESCRIPTION:Call the person on duty\\, then the deputy.\r\nATTENDEE;CN=Person %d:mailto:person%d@example.org\r\n", i, i, i%40, i%40, i%40)
		if i%5 != 0 {
			fmt.Fprintf(&s, "DTSTART:%s\r\nDTEND:%s\r\n", at.Format("20060102T150405Z"), at.Add(8*time.Hour).Format("20060102T150405Z"))
		} else {
			at = yearFrom.Add(time.Duration(i%3000)*time.Hour - 1000*time.Hour)
			fmt.Fprintf(&s, "DTSTART;TZID=Europe/Berlin:%s\r\nDTEND;TZID=Europe/Berlin:%s\r\nRRULE:%s\r\n", at.Format("20060102T150405"), at.Add(8*time.Hour).Format("20060102T150405"), rules[i/5%4])
			if i/5%4 == 3 {
				fmt.Fprintf(&s, "EXDATE;TZID=Europe/Berlin:%s\r\n", at.AddDate(0, 0, 28).Format("20060102T150405"))
			}
		}
		s.WriteString("END:VEVENT\r\n")
	}
	return s.String() + "END:VCALENDAR\r\n"
}

func BenchmarkYear(b *testing.B) {
	for _, c := range []struct {
		name   string
		text   string
		beside []string
		limit  string
		memory string
	}{
		{"events=1000", pagerDuty(1000), []string{"go-ical", "arran4", "gocal", "ical.js"}, "<=2", ""},
		{"events=50000", mixed(50_000), []string{"go-ical", "arran4"}, "<=1.2", "<=200"}, // gocal and ical.js take up to minutes for it
	} {
		b.Run(c.name, func(b *testing.B) {
			file := filepath.Join(b.TempDir(), "calendar.ics")
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				b.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(peerFolder, "node_modules")); err != nil {
				b.Log("ical.js is not here: make bench fetches it")
				c.beside = slices.DeleteFunc(c.beside, func(name string) bool { return name == "ical.js" })
			}
			took := map[string][]float64{}
			peak := map[string][]float64{}
			found := map[string]outcome{}
			for range 5 {
				for _, name := range append([]string{"ours"}, c.beside...) {
					out := run(b, name, file)
					took[name] = append(took[name], float64(out.Took.Microseconds())/1000)
					peak[name] = append(peak[name], float64(out.Peak)/1024)
					found[name] = out
				}
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(middle(took["ours"]), "ms")
			b.ReportMetric(middle(peak["ours"]), "MiB"+c.memory)
			b.ReportMetric(float64(found["ours"].Count), "occurrences")
			for _, name := range c.beside {
				limit := ""
				if name == "go-ical" {
					limit = c.limit
				}
				b.ReportMetric(middle(took["ours"])/middle(took[name]), "time/"+name+limit)
				b.ReportMetric(middle(peak["ours"])/middle(peak[name]), "memory/"+name)
				if n := found[name].Count; n != found["ours"].Count {
					b.Logf("%s finds %d occurrences, ours %d", name, n, found["ours"].Count)
				}
			}
		})
	}
}

func middle(v []float64) float64 {
	v = slices.Clone(v)
	slices.Sort(v)
	return v[len(v)/2]
}

// BenchmarkHostile measures what the worst files cost until they are refused or read.
func BenchmarkHostile(b *testing.B) {
	for name, text := range hostile(1) {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			file := filepath.Join(b.TempDir(), "calendar.ics")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				b.Fatal(err)
			}
			var took, peak []float64
			for range 3 {
				out := run(b, "ours", file, "ICAL_BENCH_HOSTILE=1")
				took, peak = append(took, out.Took.Seconds()), append(peak, float64(out.Peak)/1024)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(middle(took), "s<=1")
			b.ReportMetric(middle(peak)-float64(len(text))/(1<<20), "MiB<=256") // the file itself is held by the test
		})
	}
}
