package ical

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// clocks are zones with their changes of 2026: in a gap and in a fold, at the instants that
// RFC 5545 3.3.5 gives them.
var clocks = []struct {
	zone      string
	gap       string // a local time that is skipped
	gapIs     string // read with the offset before it
	fold      string // a local time that comes twice
	foldIs    string // the first
	day       string // that lasts 23 hours
	long      string // that lasts 25
	midnights bool   // the change is at midnight: the day's first hour is missing
}{
	{"Europe/Berlin", "20260329T023000", "2026-03-29T01:30:00Z", "20261025T023000", "2026-10-25T00:30:00Z", "2026-03-29", "2026-10-25", false},
	{"Europe/London", "20260329T013000", "2026-03-29T01:30:00Z", "20261025T013000", "2026-10-25T00:30:00Z", "2026-03-29", "2026-10-25", false},
	{"America/New_York", "20260308T023000", "2026-03-08T07:30:00Z", "20261101T013000", "2026-11-01T05:30:00Z", "2026-03-08", "2026-11-01", false},
	{"America/Los_Angeles", "20260308T023000", "2026-03-08T10:30:00Z", "20261101T013000", "2026-11-01T08:30:00Z", "2026-03-08", "2026-11-01", false},
	{"Australia/Sydney", "20261004T023000", "2026-10-03T16:30:00Z", "20260405T023000", "2026-04-04T15:30:00Z", "2026-10-04", "2026-04-05", false},
	{"Pacific/Auckland", "20260927T023000", "2026-09-26T14:30:00Z", "20260405T023000", "2026-04-04T13:30:00Z", "2026-09-27", "2026-04-05", false},
	{"America/Santiago", "20260906T003000", "2026-09-06T04:30:00Z", "20260404T233000", "2026-04-05T02:30:00Z", "2026-09-06", "2026-04-04", true},
	{"Asia/Beirut", "20260329T003000", "2026-03-28T22:30:00Z", "20261024T233000", "2026-10-24T20:30:00Z", "2026-03-29", "2026-10-24", true},
	{"Africa/Cairo", "20260424T003000", "2026-04-23T22:30:00Z", "20261029T233000", "2026-10-29T20:30:00Z", "2026-04-24", "2026-10-29", true},
}

func TestBothChangesOfTheClock(t *testing.T) {
	for _, c := range clocks {
		at := func(local string) string {
			cal, _ := read(t, event("DTSTART;TZID="+c.zone+":"+local))
			all, err := cal.Expand(yearFrom, yearTo, time.UTC)
			if err != nil || len(all) != 1 {
				t.Fatal(c.zone, all, err)
			}
			return all[0].Start.UTC().Format(time.RFC3339)
		}
		if got := at(c.gap); got != c.gapIs {
			t.Errorf("%s: the skipped %s is %s, want %s", c.zone, c.gap, got, c.gapIs)
		}
		if got := at(c.fold); got != c.foldIs {
			t.Errorf("%s: the doubled %s is %s, want %s", c.zone, c.fold, got, c.foldIs)
		}
		for day, hours := range map[string]float64{c.day: 23, c.long: 25} {
			cal, _ := read(t, event("DTSTART;VALUE=DATE:"+strings.ReplaceAll(day, "-", "")))
			noon := instantOf(t, day).Add(12 * time.Hour)
			all, err := cal.Expand(noon.Add(-20*time.Hour), noon.Add(20*time.Hour), Zone(c.zone))
			if err != nil || len(all) != 1 || !all[0].AllDay || all[0].End.Sub(all[0].Start).Hours() != hours {
				t.Errorf("%s: %s is %v, %v, want %v hours", c.zone, day, all, err, hours)
			}
		}
		// A series does not move: it is at half past two, or where that is missing an hour
		// later, and again at half past two. Shifts from nine to nine have no gap and no overlap.
		text := event("SUMMARY:x", "DTSTART;TZID="+c.zone+":20260101T023000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=365")
		cal, _ := read(t, text)
		all, err := cal.Expand(yearFrom, yearTo, time.UTC)
		if err != nil || len(all) < 364 {
			t.Fatal(len(all), err)
		}
		odd := 0
		for _, o := range all {
			if o.Start.Format("15:04") != "02:30" {
				odd++
				if o.Start.Format("15:04") != "03:30" {
					t.Errorf("%s: %v", c.zone, o.Start)
				}
			}
		}
		if want := map[bool]int{true: 0, false: 1}[strings.HasSuffix(c.gap, "003000") || strings.HasSuffix(c.gap, "013000")]; odd != want {
			t.Errorf("%s: %d are moved, want %d", c.zone, odd, want)
		}
		cal, _ = read(t, event("DTSTART;TZID="+c.zone+":20260101T090000", "DTEND;TZID="+c.zone+":20260102T090000", "RRULE:FREQ=DAILY"))
		all, err = cal.Expand(yearFrom, yearTo, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(all); i++ {
			if !all[i].Start.Equal(all[i-1].End) {
				t.Errorf("%s: %v is followed by %v", c.zone, all[i-1].End, all[i].Start)
			}
		}
	}
}

// What a calendar says does not depend on where the computer stands, nor on whether its
// system knows zones.
func TestTheMachinesZoneDoesNotMatter(t *testing.T) {
	if os.Getenv("ICAL_ELSEWHERE") != "" {
		for _, c := range clocks {
			fmt.Println("SAYS", says(t, event("SUMMARY:a", "DTSTART;TZID="+c.zone+":20260301T090000", "DURATION:P7D", "RRULE:FREQ=WEEKLY;COUNT=10")+
				event("SUMMARY:b", "DTSTART:20260301T023000", "RRULE:FREQ=DAILY;COUNT=40")+event("SUMMARY:c", "DTSTART:20260329")+event("SUMMARY:d", "DTSTART;TZID=Local:20260329T120000"), "2026-01-01", "2027-01-01"))
		}
		return
	}
	outputs := map[string]string{}
	for _, env := range []string{"TZ=UTC", "TZ=Asia/Tokyo", "TZ=America/New_York", "TZ=Pacific/Apia", "ZONEINFO=/nonexistent"} {
		c := exec.Command(os.Args[0], "-test.run=^TestTheMachinesZoneDoesNotMatter$", "-test.v")
		c.Env = append(os.Environ(), "ICAL_ELSEWHERE=1", env)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", env, err, out)
		}
		var said strings.Builder
		for line := range strings.Lines(string(out)) {
			if strings.HasPrefix(line, "SAYS") {
				said.WriteString(line)
			}
		}
		outputs[env] = said.String()
		if said.Len() < 1000 || said.String() != outputs["TZ=UTC"] {
			t.Errorf("with %s it says\n%s\nwithout\n%s", env, said.String(), outputs["TZ=UTC"])
		}
	}
}

func TestZonesByTheNamesThatExportersUse(t *testing.T) {
	for name, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "europe/berlin": "Europe/Berlin", "AMERICA/NEW_YORK": "America/New_York", "Etc/UTC": "UTC", "UTC": "UTC", "GMT": "UTC", "Z": "UTC",
		"W. Europe Standard Time": "Europe/Berlin", "Eastern Standard Time": "America/New_York", "eastern standard time": "America/New_York", "Eastern Standard Time 1": "America/New_York",
		"(UTC-05:00) Eastern Time (US & Canada)": "America/New_York", "(UTC-05:00) Eastern Time (US and Canada)": "America/New_York", "(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "Europe/Berlin",
		"(GMT+01.00) Sarajevo/Warsaw/Zagreb": "Europe/Warsaw", "Sarajevo, Skopje, Sofija, Vilnius, Warsaw, Zagreb": "Europe/Warsaw",
		"/freeassociation.sourceforge.net/Tzfile/Europe/Berlin": "Europe/Berlin", "/citadel.org/20210210_1/America/Argentina/Buenos_Aires": "America/Argentina/Buenos_Aires",
		"/mozilla.org/20050126_1/Europe/Paris": "Europe/Paris", "custom_America/New_York": "America/New_York", "America-New_York": "America/New_York", "America/New York": "America/New_York", "US-Eastern": "US/Eastern",
		"UTC+02:00": "+2", "GMT-0500": "-5", "+05:30": "+5.5", "(UTC+13:00) Nowhere": "+13", "PST": "America/Los_Angeles", "EST5EDT": "EST5EDT",
		"../../etc/passwd": "", "/etc/localtime": "", "Local": "", "local": "", "Customized Time Zone": "", "tzone://Microsoft/Custom": "", "": "", "Floating": "", strings.Repeat("A", 1000): "", "+99:00": "",
	} {
		for _, quoted := range []string{name, `"` + name + `"`} {
			if name == "" || quoted == name && strings.ContainsAny(name, ":;,") && !strings.HasPrefix(name, "(") {
				continue
			}
			c, report := read(t, event("DTSTART;TZID="+quoted+":20260701T120000"))
			all, err := c.Expand(yearFrom, yearTo, time.FixedZone("default", 3600))
			if err != nil || len(all) != 1 {
				t.Fatal(name, all, err, report.Notes)
			}
			at := all[0].Start
			switch _, off := at.Zone(); {
			case want == "":
				if off != 3600 || !noted(report, Choice, "unknown") {
					t.Errorf("%.60s: %v, %+v: want the default and a note", name, at, report.Notes)
				}
			case want[0] == '+' || want[0] == '-':
				if fmt.Sprintf("%+g", float64(off)/3600) != want || !noted(report, Choice, "offset") {
					t.Errorf("%s: %v, %+v", name, at, report.Notes)
				}
			default:
				loc, err := time.LoadLocation(want)
				if err != nil {
					t.Fatal(err)
				}
				if expected := time.Date(2026, 7, 1, 12, 0, 0, 0, loc); !at.Equal(expected) {
					t.Errorf("%s: %v, want %v", name, at, expected)
				}
			}
		}
	}
}

func TestEveryWindowsZoneIsKnown(t *testing.T) {
	for _, table := range []map[string]string{windowsZones, displayZones} {
		for name, zone := range table {
			if load(zone) == nil {
				t.Errorf("%s stands for %s, which is no zone", name, zone)
			}
		}
	}
	if len(windowsZones) < 139 {
		t.Errorf("%d names", len(windowsZones))
	}
}

// described puts a VTIMEZONE in front of an event in it.
func described(id, parts, start string) string {
	return "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:" + id + "\r\n" + parts + "END:VTIMEZONE\r\nBEGIN:VEVENT\r\nDTSTART;TZID=\"" + id + "\":" + start + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
}

// half is a zone of a company that moves its clocks by half an hour, in May and in September.
const half = "BEGIN:STANDARD\r\nDTSTART:19700906T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1SU\r\nTZOFFSETFROM:+0400\r\nTZOFFSETTO:+0330\r\nTZNAME:HQS\r\nEND:STANDARD\r\n" +
	"BEGIN:DAYLIGHT\r\nDTSTART:19700531T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1SU\r\nTZOFFSETFROM:+0330\r\nTZOFFSETTO:+0400\r\nTZNAME:HQD\r\nEND:DAYLIGHT\r\n"

func TestAZoneThatTheFileDescribes(t *testing.T) {
	for start, want := range map[string]string{
		"20260101T120000": "2026-01-01T08:30:00Z HQS", "20260701T120000": "2026-07-01T08:00:00Z HQD",
		"20260531T015959": "2026-05-30T22:29:59Z HQS", "20260531T023000": "2026-05-30T22:30:00Z HQD",
		"20260531T021500": "2026-05-30T22:45:00Z HQD",                                                // skipped: by the offset before
		"20260906T024500": "2026-09-05T22:45:00Z HQD", "20260906T030000": "2026-09-05T23:30:00Z HQS", // twice: the first
		"20990701T120000": "2099-07-01T08:00:00Z HQD", "19500701T120000": "1950-07-01T08:30:00Z -",
	} {
		if start == "20260531T023000" {
			want = "2026-05-30T22:30:00Z HQD"
		}
		c, report := read(t, described("Company HQ", half, start))
		all, err := c.Expand(instantOf(t, "1900-01-01"), instantOf(t, "2200-01-01"), time.UTC)
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		if got := all[0].Start.UTC().Format(time.RFC3339) + " " + all[0].Start.Format("MST"); got != want && !(strings.HasSuffix(want, " -") && strings.HasPrefix(got, want[:20])) {
			t.Errorf("%s is %s, want %s", start, got, want)
		}
		for _, n := range report.Notes {
			if n.Kind == Lost {
				t.Errorf("%+v", n)
			}
		}
	}
	// It may stand behind the event, and in another object of the file.
	text := described("Company HQ", half, "20260701T120000")
	i, j := strings.Index(text, "BEGIN:VTIMEZONE"), strings.Index(text, "BEGIN:VEVENT")
	behind := text[:i] + strings.Replace(text[j:], "END:VCALENDAR", text[i:j]+"END:VCALENDAR", 1)
	other := text[:i] + text[j:] + "BEGIN:VCALENDAR\r\n" + text[i:j] + "END:VCALENDAR\r\n"
	for name, text := range map[string]string{"behind": behind, "elsewhere": other} {
		same2(t, name, says(t, text, "2026-07-01", "2026-07-02"), []string{"2026-07-01T12:00+04:00 2026-07-01T12:00+04:00"})
	}
}

func TestADescriptionThatDiffersFromTheDatabase(t *testing.T) {
	// The name is the database's: exporters shorten descriptions, so the database is followed and it is said.
	c, report := read(t, described("Europe/Berlin", half, "20260701T120000"))
	all, _ := c.Expand(yearFrom, yearTo, time.UTC)
	if len(all) != 1 || all[0].Start.UTC().Hour() != 10 || !noted(report, Choice, "otherwise than the time zone database") || !noted(report, Choice, "the database is followed") {
		t.Errorf("%v %+v", all, report.Notes)
	}
	// A right one is no remark; one that differs only long before the events neither.
	berlin := "BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n" +
		"BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
	for _, id := range []string{"Europe/Berlin", "W. Europe Standard Time"} {
		if _, report := read(t, described(id, berlin, "20260701T120000")); len(report.Notes) != 1 { // of the missing end
			t.Errorf("%+v", report.Notes)
		}
	}
	// The name is nobody's: the file decides, also against what the name looks like.
	for _, id := range []string{"Customized Time Zone", "My Europe/Berlin", "(UTC-05:00) Eastern Time (US & Canada)", "GMT+1 custom", "Berlin"} {
		c, report := read(t, described(id, half, "20260701T120000"))
		all, _ := c.Expand(yearFrom, yearTo, time.UTC)
		if len(all) != 1 || all[0].Start.UTC().Hour() != 8 || len(report.Notes) != 1 {
			t.Errorf("%s: %v %+v", id, all, report.Notes)
		}
	}
	// X-LIC-LOCATION gives the database's name; a zone that cannot be read is named.
	c, _ = read(t, described("x", "X-LIC-LOCATION:Europe/Berlin\r\n"+half, "20260701T120000"))
	if all, _ := c.Expand(yearFrom, yearTo, time.UTC); len(all) != 1 || all[0].Start.UTC().Hour() != 10 {
		t.Error(all)
	}
	if _, report := read(t, described("x", "BEGIN:STANDARD\r\nTZOFFSETTO:+9\r\nEND:STANDARD\r\n", "20260701T120000")); !noted(report, Lost, `"x" cannot be read`) {
		t.Errorf("%+v", report.Notes)
	}
}
