package ical

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// event puts a calendar around the properties of one event.
func event(lines ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
}

// hostile are files that are meant to hurt: at part 1 in full, else that part of it.
func hostile(part int) map[string]string {
	many := func(n int, each func(i int) string) string {
		n /= part
		var s strings.Builder
		s.WriteString("BEGIN:VCALENDAR\r\n")
		for i := range n {
			fmt.Fprintf(&s, "BEGIN:VEVENT\r\nSUMMARY:%d\r\n%s\r\nEND:VEVENT\r\n", i, each(i))
		}
		return s.String() + "END:VCALENDAR\r\n"
	}
	numbers := func(n, mod int) string {
		var s strings.Builder
		for i := range n {
			fmt.Fprintf(&s, ",%d", i%mod)
		}
		return s.String()[1:]
	}
	return map[string]string{
		"three million levels": strings.Repeat("BEGIN:A\n", 3_000_000),
		"a parameter of a MB":  event(`DTSTART;X="` + strings.Repeat("a", 1<<20) + `":20260101T000000Z`),
		"a line of 31 MB":      event("DTSTART:20260101T000000Z", "SUMMARY:"+strings.Repeat("x", 31<<20/part)),
		"33 MB":                strings.Repeat("BEGIN:VCALENDAR\nEND:VCALENDAR\n", 33<<20/30),
		"empty events":         "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n", 700_000),
		"200000 events":        "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nDTSTART:20260101T000000Z\nX-A:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nEND:VEVENT\n", 199_990/part),
		"attendees":            event("DTSTART:20260101T000000Z", strings.Repeat("ATTENDEE:a@b\r\n", 2_000_000/part)),
		"properties":           event("DTSTART:20260101T000000Z", strings.Repeat("X-A:1\r\n", 3_000_000)),
		"bad lines":            event("DTSTART:20260101T000000Z", strings.Repeat("nothing\r\n", 3_000_000/part)),
		"dates":                event("DTSTART:20260101", strings.Repeat("RDATE:"+strings.Repeat("20260101,", 1000)+"20260102\r\n", 3000/part)),
		"excluded dates":       event("DTSTART:20260101", "RRULE:FREQ=DAILY", strings.Repeat("EXDATE:"+strings.Repeat("20260101,", 1000)+"20260102\r\n", 3000/part)),
		"zone names":           many(60_000, func(i int) string { return fmt.Sprintf("DTSTART;TZID=No/Zone%d:20260101T000000", i) }),
		"one UID":              many(150_000, func(i int) string { return fmt.Sprintf("UID:a\r\nDTSTART:20260101T%06d", i%2) }),
		"overrides of one UID": many(150_000, func(i int) string {
			return fmt.Sprintf("UID:a\r\nDTSTART:20260101T000000Z\r\nRECURRENCE-ID:%s", time.Unix(int64(i)*3600, 0).UTC().Format("20060102T150405Z"))
		}),
		"futures of one UID": many(20_000, func(i int) string {
			return fmt.Sprintf("UID:a\r\nDTSTART:20260101T000000Z\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:%s", time.Unix(int64(i)*3600, 0).UTC().Format("20060102T150405Z"))
		}) + event("UID:a", "DTSTART:19700101T000000Z", "RRULE:FREQ=MINUTELY"),
		"daily since 1970":       many(5_000, func(i int) string { return "DTSTART:19700101T000000Z\r\nRRULE:FREQ=DAILY" }),
		"every second":           event("DTSTART:16010101T000000Z", "RRULE:FREQ=SECONDLY"),
		"every second by itself": many(2_000, func(i int) string { return "DTSTART:16010101T000000Z\r\nRRULE:FREQ=SECONDLY;COUNT=1000000000" }),
		"never": many(3_000, func(i int) string {
			return "DTSTART:00010101T000000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5"
		}),
		"never by position": event("DTSTART:20260101T000000Z", "RRULE:FREQ=SECONDLY;BYSETPOS=366"),
		"unreachable hours": event("DTSTART:20260101T090000Z", "RRULE:FREQ=HOURLY;INTERVAL=2;BYHOUR=2"),
		"long lists":        event("DTSTART:20260101T090000Z", "RRULE:FREQ=DAILY;BYHOUR="+numbers(600, 24)+";BYMINUTE="+numbers(600, 60)+";BYSECOND="+numbers(600, 60)),
		"huge interval":     event("DTSTART:20260101T090000Z", "RRULE:FREQ=MONTHLY;INTERVAL=9223372036854775807"),
		"yearly positions": many(3_000, func(i int) string {
			return "DTSTART:00010101T000000Z\r\nRRULE:FREQ=YEARLY;COUNT=100000;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=" + numbers(24, 24) + ";BYMINUTE=" + numbers(60, 60) + ";BYSETPOS=" + numbers(300, 366)[2:]
		}),
		"a zone of rules": "BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VTIMEZONE\nTZID:x\n"+strings.Repeat("BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\nEND:STANDARD\n", 400)+"END:VTIMEZONE\n", 100) + "BEGIN:VEVENT\nDTSTART;TZID=x:20260101T000000\nEND:VEVENT\nEND:VCALENDAR\n",
		"quotes":          event("DTSTART:20260101T000000Z", strings.Repeat(`ATTENDEE;CN="`+strings.Repeat(`"`, 60_000)+":mailto:a@b\r\n", 400/part)),
		"escapes":         event("DTSTART:20260101T000000Z", strings.Repeat("CATEGORIES:"+strings.Repeat(`a\,,`, 15_000)+"\r\n", 400/part)),
	}
}

// What hostile files cost is measured by a benchmark; here they must end, without a panic
// and within the bounds.
//
// They are a tenth of their size here, but for those that go over a bound of a whole file.
func TestHostileFilesEnd(t *testing.T) {
	for name, text := range hostile(10) {
		t.Run(name, func(t *testing.T) {
			c, report, err := Read(strings.NewReader(text), Options{})
			if len(report.Notes) > maxNotes {
				t.Errorf("%d notes", len(report.Notes))
			}
			if err != nil {
				t.Log(err)
				return
			}
			all, err := c.Expand(yearFrom, yearTo, time.UTC)
			if len(all) > maxOccurrences {
				t.Errorf("%d occurrences", len(all))
			}
			t.Logf("%d occurrences, %d notes and %d more, %v", len(all), len(report.Notes), report.More, err)
		})
	}
}
