package ical

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The large corpus stands beside the repository, where it is present: it holds files that
// may not be passed on with ours. A smaller one is in testdata.
var corpora = []string{"testdata", "../../../shared/calendars"}

type wanted struct {
	Start   string `json:"start"`
	End     string `json:"end"`
	Summary string `json:"summary"`
	Status  string `json:"status"`
}

type expectation struct {
	File     string   `json:"file"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	At       string   `json:"at"`
	Basis    string   `json:"basis"`
	Expected []wanted `json:"expected"`
}

func decode(t *testing.T, file string, into any) bool {
	t.Helper()
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
	return true
}

// readings caches what is read from a corpus' files: some are asked about a dozen times.
type readings map[string]*Calendar

func (r readings) of(t *testing.T, file string) *Calendar {
	if c, has := r[file]; has {
		return c
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := Read(bytes.NewReader(data), Options{})
	if err != nil {
		c = nil
	}
	r[file] = c
	return c
}

func instantOf(t *testing.T, s string) time.Time {
	t.Helper()
	layout := time.RFC3339
	if len(s) == len("2006-01-02") {
		layout = time.DateOnly
	}
	at, err := time.Parse(layout, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// written is an occurrence as the expectations write it; a zone of an all-day one does not matter.
func written(o Occurrence) (start, end string) {
	if o.AllDay {
		return o.Start.Format(time.DateOnly), o.End.Format(time.DateOnly)
	}
	return o.Start.UTC().Format(time.RFC3339), o.End.UTC().Format(time.RFC3339)
}

// window gives the occurrences that overlap [from, to), all-day ones as days of UTC, with
// the cancelled ones, as the expectations have it.
func window(t *testing.T, c *Calendar, from, to time.Time) []string {
	t.Helper()
	got, err := c.expand(from.Add(-26*time.Hour), to.Add(26*time.Hour), time.UTC, true)
	if err != nil {
		t.Log(err)
	}
	var out []string
	for _, o := range got {
		s, e := written(o)
		a, b := instantOf(t, s), instantOf(t, e)
		if a.Before(to) && b.After(from) || a.Equal(b) && !a.Before(from) && a.Before(to) {
			out = append(out, strings.Join([]string{s, e, strings.Join(strings.Fields(o.Summary), " ")}, " | "))
		}
	}
	return out
}

// agree compares without order, and without ends where the expectation states none.
func agree(got []string, want []wanted) bool {
	if len(got) != len(want) {
		return false
	}
	var w []string
	ends, sums := true, true
	for _, o := range want {
		ends = ends && o.End != ""
	}
	for _, o := range want {
		w = append(w, strings.Join([]string{o.Start, o.End, strings.Join(strings.Fields(o.Summary), " ")}, " | "))
	}
	g := slices.Clone(got)
	if !ends || !sums {
		for i := range g {
			g[i] = strings.SplitN(g[i], " | ", 2)[0]
			w[i] = strings.SplitN(w[i], " | ", 2)[0]
		}
	}
	slices.Sort(g)
	slices.Sort(w)
	return slices.Equal(g, w)
}

func TestWindowsOfTheCorpus(t *testing.T) {
	for _, dir := range corpora {
		var all []expectation
		if !decode(t, filepath.Join(dir, "expected.json"), &all) {
			t.Logf("%s is not here", dir)
			continue
		}
		cache, right := readings{}, 0
		for _, e := range all {
			c := cache.of(t, filepath.Join(dir, e.File))
			if c == nil {
				t.Logf("%s was refused", e.File)
				continue
			}
			got := window(t, c, instantOf(t, e.From), instantOf(t, e.To))
			if agree(got, e.Expected) {
				right++
				continue
			}
			t.Logf("%s %s..%s (%s)\n%s", e.File, e.From, e.To, e.Basis, difference(got, e.Expected))
		}
		t.Logf("%s: %d of %d windows are as expected (%.1f %%)", dir, right, len(all), 100*float64(right)/float64(len(all)))
		if float64(right) < 0.995*float64(len(all)) {
			t.Errorf("%s: fewer than 99.5 %%", dir)
		}
	}
}

func difference(got []string, want []wanted) string {
	var w []string
	for _, o := range want {
		w = append(w, strings.Join([]string{o.Start, o.End, strings.Join(strings.Fields(o.Summary), " ")}, " | "))
	}
	var b strings.Builder
	n := 0
	line := func(mark, s string) {
		if n++; n <= 8 {
			fmt.Fprintf(&b, "  %s %s\n", mark, s)
		}
	}
	for _, s := range w {
		if !slices.Contains(got, s) {
			line("missing", s)
		}
	}
	for _, s := range got {
		if !slices.Contains(w, s) {
			line("too many", s)
		}
	}
	fmt.Fprintf(&b, "  %d wanted, %d got", len(w), len(got))
	return b.String()
}

func TestInstantsOfTheCorpus(t *testing.T) {
	for _, dir := range corpora {
		var all []expectation
		if !decode(t, filepath.Join(dir, "expected_instants.json"), &all) {
			continue
		}
		cache, right := readings{}, 0
		for _, e := range all {
			c := cache.of(t, filepath.Join(dir, e.File))
			at := instantOf(t, e.At)
			got, err := c.expand(at.Add(-26*time.Hour), at.Add(26*time.Hour), time.UTC, true)
			if err != nil {
				t.Error(err)
			}
			var on []string
			for _, o := range got {
				s, end := written(o)
				if !instantOf(t, s).After(at) && instantOf(t, end).After(at) {
					on = append(on, strings.Join([]string{s, end, strings.Join(strings.Fields(o.Summary), " ")}, " | "))
				}
			}
			if agree(on, e.Expected) {
				right++
				continue
			}
			t.Errorf("%s at %s\n%s", e.File, e.At, difference(on, e.Expected))
		}
		t.Logf("%s: %d of %d instants are as expected", dir, right, len(all))
	}
}

type bareRule struct {
	Rule     string   `json:"rrule"`
	Start    string   `json:"dtstart"`
	Zone     string   `json:"tz"`
	Expected []string `json:"expected"`
	Complete bool     `json:"complete"`
	Error    bool     `json:"expectError"`
	StartAt  string   `json:"startAt"`
	None     bool     `json:"noInstance"`
	Source   string   `json:"source"`
	Test     string   `json:"test"`
}

func (r bareRule) String() string { return r.Start + " " + r.Rule }

func wallText(wall int64) string {
	return time.Unix(wall, 0).UTC().Format("20060102T150405")
}

// bare gives the first instances of a rule as its peers' tests do, from low on: on the
// zone's clocks, without DTSTART unless the rule has it.
func bare(r bareRule, low int64) (got []string, err error) {
	rule, err := parseRule(r.Rule)
	if err != nil {
		return nil, err
	}
	start, ok := parseStamp(r.Start)
	if !ok {
		return nil, fmt.Errorf("bad start %q", r.Start)
	}
	clock := newDial(time.UTC)
	if loc := system(r.Zone); loc != nil {
		clock = newDial(loc)
		if rule.untilUTC {
			rule.until = clock.wall(rule.until)
		}
	}
	w := walk{rule: rule, start: start.wall, allDay: start.date, low: max(low, start.wall), high: lastWall, steps: 50_000_000}
	w.each(func(wall int64) bool {
		got = append(got, wallText(clock.wall(clock.instant(wall))))
		return r.Complete && len(got) < 10_000 || len(got) < len(r.Expected)
	})
	return got, nil
}

// expected is what a peer's test states. Some peers put DTSTART in front although their rule
// does not have it; that is a matter of the event and not of the rule.
func (r bareRule) expected(t *testing.T, got []string) []string {
	t.Helper()
	var want []string
	for _, w := range r.Expected {
		s, ok := parseStamp(w)
		if !ok {
			t.Fatal(w)
		}
		want = append(want, wallText(s.wall))
	}
	slices.Sort(want)
	start, _ := parseStamp(r.Start)
	if first := wallText(start.wall); len(want) > 0 && want[0] == first && (len(got) == 0 || got[0] != first) {
		want = want[1:]
	}
	return want
}

func TestRulesOfTheCorpus(t *testing.T) {
	for _, dir := range corpora {
		var all []bareRule
		if !decode(t, filepath.Join(dir, "rules.json"), &all) {
			continue
		}
		right, unsynced, onPurpose := 0, 0, 0
		for _, r := range all {
			got, err := bare(r, -never)
			want := r.expected(t, got)
			if len(want) < len(r.Expected) {
				unsynced++
			}
			ok := err == nil && !r.Error && slices.Equal(got[:min(len(got), max(len(want), 1))], want)
			if ok && r.Complete && len(got) > len(want) { // of a peer that counts such a DTSTART there is one more
				ok = len(want) < len(r.Expected) && len(got) == len(want)+1
			}
			if ok || r.Error && err != nil {
				right++
				continue
			}
			if why := onPurposeOtherwise(r); why != "" {
				onPurpose++
				t.Logf("%s (%s) is read otherwise: %s", r, r.Source, why)
				continue
			}
			t.Errorf("%s (%s %s) error wanted: %v\n got  %v %v\n want %v", r, r.Source, r.Test, r.Error, got[:min(len(got), 8)], err, want[:min(len(want), 8)])
		}
		t.Logf("%s: %d of %d rules are as expected (%d of them without the DTSTART that the peer puts in front), %d differ on purpose", dir, right, len(all), unsynced, onPurpose)
	}
}

// Where a walk starts must not matter: what it gives from the middle of a series on is the
// end of what it gives from the beginning.
func TestARuleMayBeEnteredAnywhere(t *testing.T) {
	for _, dir := range corpora {
		var all []bareRule
		if !decode(t, filepath.Join(dir, "rules.json"), &all) {
			continue
		}
		checked := 0
		for _, r := range all {
			whole, err := bare(r, -never)
			if err != nil || len(whole) < 2 || r.Zone != "" && r.Zone != "UTC" {
				continue
			}
			for _, from := range []int{1, len(whole) / 2, len(whole) - 1} {
				s, _ := parseStamp(whole[from])
				part, _ := bare(r, s.wall)
				part = part[:min(len(part), len(whole)-from)]
				if !slices.Equal(part, whole[from:]) {
					t.Errorf("%s from %s\n got  %v\n want %v", r, whole[from], part, whole[from:])
				}
				checked++
			}
		}
		t.Logf("%s: %d entries", dir, checked)
	}
}

// onPurposeOtherwise says why a rule is read otherwise than the peer states that tests it.
func onPurposeOtherwise(r bareRule) string {
	if strings.Contains(r.Rule, "BYEASTER") {
		return "BYEASTER is an extension of dateutil's that no calendar writes: the rule is refused, its first occurrence kept"
	}
	return differences[r.String()]
}

var differences = map[string]string{
	"20240229 FREQ=YEARLY;BYMONTHDAY=29;COUNT=3":                                      "BYMONTHDAY expands a year (RFC 5545 3.3.10): without BYMONTH it is the 29th of every month",
	"20270103T000000Z FREQ=YEARLY;BYWEEKNO=53;INTERVAL=5;BYDAY=TH;COUNT=1":            "weeks belong to the year whose week they are: DTSTART's is 2026, and the fifth after it 2031",
	"20110902T000000 FREQ=YEARLY;BYWEEKNO=-20;BYDAY=TU,FR":                            "week -1 is the last of the year, so -20 of 52 is the 33rd; the peer takes the 32nd",
	"20140802T001500 FREQ=DAILY;BYSECOND=1;BYMINUTE=1;BYYEARDAY=1;BYWEEKNO=1;COUNT=2": "the peer ignores what RFC 5545 does not allow beside DAILY; here every part narrows the rule",
	"20140802T001500 FREQ=DAILY;BYWODAN=1":                                            "a part that is not known does not spoil the rule: newer exporters write more",
	"19970902T090000 FREQ=YEARLY;COUNT=3;BYWEEKNO=20":                                 "the weekday is DTSTART's when the rule names none (RFC 5545 3.3.10: what is missing is taken from DTSTART); the peer takes all seven",
	"19970902T090000 FREQ=YEARLY":                                                     "the peer's test adds a second date to the set, which is no part of the rule",
}
