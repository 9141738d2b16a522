package ical

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// read reads a calendar that must not be refused.
func read(t *testing.T, text string) (*Calendar, *Report) {
	t.Helper()
	c, report, err := Read(strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c, report
}

// says expands what text says in a window into lines: start, end, summary. Days stand for
// all-day occurrences, and times are in their own zone with its offset.
func says(t *testing.T, text, from, to string, floating ...string) []string {
	t.Helper()
	c, _ := read(t, text)
	zone := time.UTC
	if len(floating) > 0 {
		zone = Zone(floating[0])
	}
	all, err := c.Expand(instantOf(t, from), instantOf(t, to), zone)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, o := range all {
		layout := "2006-01-02T15:04-07:00"
		if o.AllDay {
			layout = time.DateOnly
		}
		out = append(out, strings.TrimSpace(o.Start.Format(layout)+" "+o.End.Format(layout)+" "+o.Summary))
	}
	return out
}

func same2(t *testing.T, about string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s\n got  %s\n want %s", about, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
	}
}

// noted reports whether a report has a note of that kind that says something.
func noted(r *Report, kind Kind, what string) bool {
	return slices.ContainsFunc(r.Notes, func(n Note) bool { return n.Kind == kind && strings.Contains(n.What+" / "+n.Consequence, what) })
}

const shift = "UID:1\r\nSUMMARY:Ada\r\nDTSTART:20260302T090000Z\r\nDTEND:20260302T170000Z"

// However a file is encoded and its lines end, it says the same.
func TestEncodingsAndLineEnds(t *testing.T) {
	plain := event(strings.Replace(shift, "Ada", "Jürgen, – 日本 \U0001F600", 1))
	want := []string{"2026-03-02T09:00+00:00 2026-03-02T17:00+00:00 Jürgen, – 日本 \U0001F600"}
	wide := func(mark ...byte) string {
		out := mark
		for _, u := range utf16.Encode([]rune(plain)) {
			if mark[0] == 0xFF {
				out = append(out, byte(u), byte(u>>8))
			} else {
				out = append(out, byte(u>>8), byte(u))
			}
		}
		return string(out)
	}
	folded := strings.Builder{} // after every byte: within characters, too
	for line := range strings.SplitSeq(strings.TrimSuffix(plain, "\r\n"), "\r\n") {
		for i := range len(line) {
			folded.WriteByte(line[i])
			if i > 8 && i < len(line)-1 {
				folded.WriteString("\r\n\t")
			}
		}
		folded.WriteString("\r\n")
	}
	for name, text := range map[string]string{
		"CRLF": plain, "LF": strings.ReplaceAll(plain, "\r\n", "\n"), "CR": strings.ReplaceAll(plain, "\r\n", "\r"),
		"CRCRLF": strings.ReplaceAll(plain, "\r\n", "\r\r\n"), "BOM": "\uFEFF" + plain, "UTF-16LE": wide(0xFF, 0xFE), "UTF-16BE": wide(0xFE, 0xFF),
		"NUL": strings.ReplaceAll(plain, "A", "A\x00"), "no last line end": strings.TrimSpace(plain), "blank lines": "\r\n\r\n" + strings.ReplaceAll(plain, "\r\n", "\r\n\r\n"),
		"space before": strings.Replace(plain, "BEGIN", "  BEGIN", 1), "folded": folded.String(),
		"lower case": strings.NewReplacer("BEGIN:VEVENT", "begin:vevent", "END:VEVENT", "end:vevent", "SUMMARY", "Summary", "DTSTART", "dtstart", "DTEND", "dtend").Replace(plain),
		"cut off":    plain[:strings.Index(plain, "END:VEVENT")], "no end of the calendar": strings.Replace(plain, "END:VCALENDAR", "", 1), "no calendar": strings.ReplaceAll(strings.ReplaceAll(plain, "BEGIN:VCALENDAR\r\n", ""), "END:VCALENDAR\r\n", ""),
	} {
		if name == "CR" || name == "NUL" || strings.HasPrefix(name, "UTF") {
			// One byte at a time, so that nothing depends on how it arrives.
			c, _, err := Read(&slow{text}, Options{})
			if err != nil || len(c.series) != 1 {
				t.Errorf("%s, slowly: %v", name, err)
			}
		}
		same2(t, name, says(t, text, "2026-03-01", "2026-03-04"), want)
	}
	for _, c := range []struct{ raw, want string }{{"J\xFCrgen", "Jürgen"}, {"O\x92Brien \x80", "O’Brien €"}} {
		text := event(strings.Replace(shift, "Ada", c.raw, 1))
		_, report := read(t, text)
		if got := says(t, text, "2026-03-01", "2026-03-04"); len(got) != 1 || !strings.HasSuffix(got[0], c.want) || !noted(report, Choice, "UTF-8") {
			t.Errorf("%q: %v, %+v", c.raw, got, report.Notes)
		}
	}
}

type slow struct{ rest string }

func (s *slow) Read(p []byte) (int, error) {
	if s.rest == "" {
		return 0, io.EOF
	}
	p[0], s.rest = s.rest[0], s.rest[1:]
	return 1, nil
}

func TestTextAsExportersWriteIt(t *testing.T) {
	for raw, want := range map[string]string{
		`Doe\, John`: "Doe, John", `Doe, John`: "Doe, John", `a\;b\:c\\d\x`: `a;b:c\dx`, `one\ntwo\Nthree`: "one\ntwo\nthree", `end\`: `end\`,
		"  spaces\t": "spaces", "": "", `"quoted"`: `"quoted"`, "a:b;c=d": "a:b;c=d", "&amp; stays": "&amp; stays",
	} {
		c, _ := read(t, event("DTSTART:20260302T090000Z", "SUMMARY:"+raw))
		if got := c.series[0].only.Summary; got != want {
			t.Errorf("%q is read as %q, want %q", raw, got, want)
		}
	}
	c, _ := read(t, strings.Replace(event("DTSTART:20260302T090000Z", "SUMMARY:O&#39;Brien &amp; Web", "CATEGORIES:a,b\\,c", "CATEGORIES:d"), "VERSION:2.0", "PRODID:-//Dataloop//GoAlert//EN", 1))
	if e := c.series[0].only; e.Summary != "O'Brien & Web" || !slices.Equal(e.Categories, []string{"a", "b,c", "d"}) {
		t.Errorf("%q %q", e.Summary, e.Categories)
	}
	c, _ = read(t, event("DTSTART:20260302T090000Z", "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=BCrgen"))
	if e := c.series[0].only; e.Summary != "Jürgen" {
		t.Errorf("%q", e.Summary)
	}
}

func TestPeople(t *testing.T) {
	for raw, want := range map[string]Attendee{
		"ATTENDEE:ada@example.org": {Email: "ada@example.org", URI: "ada@example.org"}, // as PagerDuty writes it
		"ATTENDEE;CN=\"Doe, John\";PARTSTAT=accepted;ROLE=CHAIR:MAILTO:John@example.org": {Name: "Doe, John", Email: "John@example.org", Partstat: "ACCEPTED", Role: "CHAIR", URI: "MAILTO:John@example.org"},
		"ATTENDEE;CN=\"A\"B:mailto:a@example.org":                                        {Name: "A", Email: "a@example.org", URI: "mailto:a@example.org"},
		"ATTENDEE;CN=Team: On call:mailto:t@example.org":                                 {Name: "Team", Email: "t@example.org", URI: "mailto:t@example.org"},
		"ATTENDEE;CN=a^'b^n:invalid:nomail":                                              {Name: "a\"b", URI: "invalid:nomail"},
		"ATTENDEE;EMAIL=x@example.org;CN=X:urn:uuid:1":                                   {Name: "X", Email: "x@example.org", URI: "urn:uuid:1"},
		"ATTENDEE;X-BARE;CN=Y:mailto:y@example.org?subject=on%20call":                    {Name: "Y", Email: "y@example.org", URI: "mailto:y@example.org?subject=on%20call"},
	} {
		c, report := read(t, event("DTSTART:20260302T090000Z", raw))
		if e := c.series[0].only; len(e.Attendees) != 1 || e.Attendees[0] != want {
			t.Errorf("%s\n got  %+v\n want %+v %+v", raw, e.Attendees, want, report.Notes)
		}
	}
}

func TestBadPartsCostOnlyThemselves(t *testing.T) {
	text := "BEGIN:VCALENDAR\r\nthis is no property\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:A\r\nDTSTART;TZID=Europe/Berlin\r\nEND:VEVENT\r\n" +
		"BEGIN:VEVENT\r\nUID:b\r\nSUMMARY:B\r\nDTSTART:20261399T000000Z\r\nEND:VEVENT\r\n" +
		"BEGIN:VEVENT\r\nUID:c\r\nSUMMARY:C\r\nDTSTART:20260302T090000Z\r\nDTEND:later\r\nRRULE:FREQ=FORTNIGHTLY\r\nRDATE:20260303T090000Z,x\r\nEND:VEVENT\r\nEND:VEVENT\r\n" +
		"BEGIN:VTODO\r\nUID:d\r\nDTSTART:20260302T090000Z\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
	same2(t, "what is left", says(t, text, "2026-03-01", "2026-04-01"), []string{"2026-03-02T09:00+00:00 2026-03-02T09:00+00:00 C", "2026-03-03T09:00+00:00 2026-03-03T09:00+00:00 C"})
	_, report := read(t, text)
	for _, want := range []struct {
		kind Kind
		line int
		what string
	}{
		{Lost, 2, "this is no property"}, {Lost, 6, "no property"}, {Lost, 3, "without DTSTART"}, {Lost, 11, `DTSTART cannot be read: "20261399T000000Z"`}, {Lost, 17, "DTEND cannot be read"},
		{Lost, 18, "not understood"}, {Lost, 19, `RDATE cannot be read: "x"`}, {Mended, 21, "without a beginning"}, {Ignored, 22, "VTODO"}, {Choice, 13, "without end"},
	} {
		if !slices.ContainsFunc(report.Notes, func(n Note) bool {
			return n.Kind == want.kind && n.Line == want.line && strings.Contains(n.What, want.what) && n.Consequence != ""
		}) {
			t.Errorf("no note of line %d, %q", want.line, want.what)
		}
	}
	if report.Skipped != 4 || report.Events != 1 || report.Lines != 28 {
		t.Errorf("%d skipped, %d events, %d lines", report.Skipped, report.Events, report.Lines)
	}
}

func TestWhatIsNoCalendar(t *testing.T) {
	broken := errors.New("the line went dead")
	for _, c := range []struct {
		name string
		in   io.Reader
		o    Options
		want Reason
	}{
		{"nothing", strings.NewReader(""), Options{}, Empty},
		{"blank", strings.NewReader("\r\n \r\n\uFEFF"), Options{}, NotCalendar},
		{"a page", strings.NewReader("\n<!DOCTYPE html>\n<html lang=en><head>"), Options{}, WebPage},
		{"a page in capitals", strings.NewReader("<HTML><BODY>Sign in</BODY></HTML>"), Options{}, WebPage},
		{"xml", strings.NewReader("<?xml version='1.0'?><error/>"), Options{}, NotCalendar},
		{"json", strings.NewReader(`{"a":1}`), Options{}, NotCalendar},
		{"contacts", strings.NewReader("BEGIN:VCARD\r\nEND:VCARD\r\n"), Options{}, NotCalendar},
		{"pictures", bytes.NewReader(bytes.Repeat([]byte{0x89, 'P', 'N', 'G', 0, 0xFF}, 10_000)), Options{}, NotCalendar},
		{"too large", strings.NewReader(event(shift) + strings.Repeat("X", 2000)), Options{MaxBytes: 1000}, TooLarge},
		{"too large by one", strings.NewReader(event(shift)), Options{MaxBytes: int64(len(event(shift)) - 1)}, TooLarge},
		{"a dead line", io.MultiReader(strings.NewReader(event(shift)), &dead{broken}), Options{}, Unreadable},
	} {
		cal, report, err := Read(c.in, c.o)
		var no *Refusal
		if cal != nil || report == nil || !errors.As(err, &no) || no.Reason != c.want || no.Text == "" {
			t.Errorf("%s: %v, %v, want %s", c.name, cal, err, c.want)
		}
		if c.want == Unreadable && !errors.Is(err, broken) {
			t.Errorf("%v hides why", err)
		}
	}
	if _, _, err := Read(strings.NewReader(event(shift)), Options{MaxBytes: int64(len(event(shift)))}); err != nil {
		t.Errorf("exactly as large as allowed: %v", err)
	}
}

type dead struct{ err error }

func (d *dead) Read([]byte) (int, error) { return 0, d.err }

func TestWhatTheCalendarSaysOfItself(t *testing.T) {
	text := "BEGIN:VCALENDAR\r\nPRODID;X-RICAL-TZSOURCE=TZINFO:-//rota//EN\r\nMETHOD:publish\r\nX-WR-CALNAME:On Call\\, Primary\r\nX-WR-CALDESC:Who\r\nX-WR-TIMEZONE:\"W. Europe Standard Time\"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" +
		"BEGIN:VEVENT\r\n" + shift + "\r\nDTSTAMP:20260101T000000Z\r\nLAST-MODIFIED:20260102T000000Z\r\nSEQUENCE:3\r\nPRIORITY:2\r\nURL:https://example.org/#P\r\nLOCATION:Bridge 1\r\nORGANIZER;CN=Boss:mailto:boss@example.org\r\nTRANSP:TRANSPARENT\r\nSTATUS:tentative\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n" +
		"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Second\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART:20260302T090000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	c, _ := read(t, text)
	if c.Name != "On Call, Primary" || c.Description != "Who" || c.Product != "-//rota//EN" || c.Method != "PUBLISH" || c.Zone.String() != "Europe/Berlin" || c.Refresh != time.Hour {
		t.Errorf("%+v", c)
	}
	all, err := c.Expand(instantOf(t, "2026-03-02"), instantOf(t, "2026-03-03"), Zone("Asia/Tokyo"))
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	second, e := all[0], all[1]
	if second.Object.Name != "Second" || second.Object.Zone != nil || second.Start.Format("15:04 MST") != "09:00 JST" || !second.NoEnd {
		t.Errorf("floating, of an object without a zone: %+v", second)
	}
	if e.Object.Name != "On Call, Primary" || e.Sequence != 3 || e.Priority != 2 || e.URL == "" || e.Location != "Bridge 1" || e.Organizer.Name != "Boss" || e.Organizer.Email != "boss@example.org" ||
		!e.Transparent || e.Status != "TENTATIVE" || !e.Modified.Equal(instantOf(t, "2026-01-02")) || e.Line != 8 || e.UID != "1" || !e.RecurrenceID.IsZero() {
		t.Errorf("%+v %+v", e, e.Event)
	}
}

// One file may be expanded by many at once.
func TestACalendarIsShared(t *testing.T) {
	c, _ := read(t, event("UID:1", "SUMMARY:Ada", "DTSTART;TZID=Europe/Berlin:20260302T090000", "DURATION:P1W", "RRULE:FREQ=WEEKLY"))
	done := make(chan int)
	for i := range 8 {
		go func() {
			all, _ := c.Expand(yearFrom.AddDate(0, i, 0), yearTo, time.UTC)
			done <- len(all)
		}()
	}
	for range 8 {
		if n := <-done; n == 0 {
			t.Error("nothing")
		}
	}
}

func ExampleRead() {
	c, report, err := Read(strings.NewReader(event("UID:1", "SUMMARY:Ada", "DTSTART;TZID=W. Europe Standard Time:20260327T090000", "DURATION:P1W", "RRULE:FREQ=WEEKLY;COUNT=2")), Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	all, _ := c.Expand(yearFrom, yearTo, nil)
	for _, o := range all {
		fmt.Println(o.Start.Format(time.RFC3339), o.End.Format(time.RFC3339), o.Summary)
	}
	fmt.Println(len(report.Notes), "remarks")
	// Output:
	// 2026-03-27T09:00:00+01:00 2026-04-03T09:00:00+02:00 Ada
	// 2026-04-03T09:00:00+02:00 2026-04-10T09:00:00+02:00 Ada
	// 0 remarks
}

func TestARuleWithoutAStepIsSaid(t *testing.T) {
	_, report := read(t, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260302T080000Z\r\nRRULE:FREQ=DAILY;INTERVAL=0\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	if !noted(report, Choice, "INTERVAL=0 / it is read as INTERVAL=1") {
		t.Errorf("%+v", report.Notes)
	}
}
