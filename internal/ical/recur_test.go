package ical

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
)

func TestSeries(t *testing.T) {
	const at, hour = "SUMMARY:a\r\nDTSTART;TZID=Europe/Berlin:20260105T090000", "DURATION:PT1H" // a Monday
	for _, c := range []struct {
		name  string
		lines []string
		want  string // the starts, without year: in the event's zone
	}{
		{"COUNT with EXDATE", []string{at, hour, "RRULE:FREQ=DAILY;COUNT=4", "EXDATE;TZID=Europe/Berlin:20260106T090000"}, "0105T09 0107T09 0108T09"},
		{"several EXDATEs in a line", []string{at, hour, "RRULE:FREQ=DAILY;COUNT=5", "EXDATE;TZID=Europe/Berlin:20260106T090000,20260107T090000", "EXDATE:20260105T080000Z"}, "0108T09 0109T09"},
		{"EXDATE as a day", []string{at, hour, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260106"}, "0105T09 0107T09"},
		{"EXDATE in another zone", []string{at, hour, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=America/New_York:20260106T030000"}, "0105T09 0107T09"},
		{"EXDATE without a zone", []string{at, hour, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260106T090000"}, "0105T09 0107T09"},
		{"EXDATE that meets nothing", []string{at, hour, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;TZID=Europe/Berlin:20260106T080000"}, "0105T09 0106T09"},
		{"UNTIL as a day includes it", []string{at, hour, "RRULE:FREQ=DAILY;UNTIL=20260107"}, "0105T09 0106T09 0107T09"},
		{"UNTIL in UTC", []string{at, hour, "RRULE:FREQ=DAILY;UNTIL=20260107T080000Z"}, "0105T09 0106T09 0107T09"},
		{"UNTIL in UTC, just before", []string{at, hour, "RRULE:FREQ=DAILY;UNTIL=20260107T075959Z"}, "0105T09 0106T09"},
		{"UNTIL without a zone is local", []string{at, hour, "RRULE:FREQ=DAILY;UNTIL=20260107T090000"}, "0105T09 0106T09 0107T09"},
		{"UNTIL before DTSTART leaves nothing", []string{at, hour, "RRULE:FREQ=DAILY;UNTIL=20260104"}, ""},
		{"DTSTART that the rule does not have", []string{at, hour, "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2"}, "0105T09 0106T09 0113T09"},
		{"two rules", []string{at, hour, "RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=DAILY;COUNT=2"}, "0105T09 0106T09 0112T09"},
		{"RDATE without a rule", []string{at, hour, "RDATE;TZID=Europe/Berlin:20260107T100000,20260108T100000"}, "0105T09 0107T10 0108T10"},
		{"RDATE of another zone", []string{at, hour, "RDATE:20260107T080000Z"}, "0105T09 0107T09"},
		{"RDATE that is there already", []string{at, hour, "RRULE:FREQ=DAILY;COUNT=2", "RDATE:20260106T080000Z"}, "0105T09 0106T09"},
		{"RDATE as a day", []string{at, hour, "RDATE;VALUE=DATE:20260107"}, "0105T09 0107T09"},
		{"empty RDATE and RRULE", []string{at, hour, "RDATE:", "RRULE:"}, "0105T09"},
		{"blanks, small letters, a semicolon too many", []string{at, hour, "RRULE: freq=daily; count=2 ;"}, "0105T09 0106T09"},
		{"COUNT=-1 is endless, INTERVAL=0 is 1", []string{at, hour, "RRULE:FREQ=MONTHLY;COUNT=-1;INTERVAL=0;UNTIL=20260310"}, "0105T09 0205T09 0305T09"},
		{"what is not known is ignored", []string{at, hour, "RRULE:FREQ=DAILY;COUNT=2;X-EVERY=2"}, "0105T09 0106T09"},
		{"what is not understood happens once", []string{at, hour, "RRULE:FREQ=DAILY;RSCALE=HEBREW"}, "0105T09"},
		{"EXRULE is not followed", []string{at, hour, "RRULE:FREQ=DAILY;COUNT=2", "EXRULE:FREQ=DAILY"}, "0105T09 0106T09"},
		{"weekdays with and without numbers", []string{at, hour, "RRULE:FREQ=MONTHLY;BYDAY=2MO,FR;UNTIL=20260131"}, "0105T09 0109T09 0112T09 0116T09 0123T09 0130T09"}, // 2 January is before the start
		{"the last working day", []string{at, hour, "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"}, "0105T09 0130T09 0227T09 0331T09"},
		{"positions count from the whole first week", []string{"SUMMARY:a\r\nDTSTART;TZID=Europe/Berlin:20260107T090000", hour, "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,3;COUNT=3"}, "0107T09 0112T09 0114T09"},
		{"the last days of months", []string{"DTSTART:20260131T090000Z", hour, "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4"}, "0131T09 0228T09 0331T09 0430T09"},
		{"the 31st", []string{"DTSTART:20260131T090000Z", hour, "RRULE:FREQ=MONTHLY;COUNT=3"}, "0131T09 0331T09 0531T09"},
		{"weeks that start on Sunday", []string{"DTSTART:20260106T090000Z", hour, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"}, "0106T09 0118T09 0120T09 0201T09"},
		{"weeks that start on Monday", []string{"DTSTART:20260106T090000Z", hour, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"}, "0106T09 0111T09 0120T09 0125T09"},
		{"hours of the day", []string{"DTSTART:20260105T090000Z", "RRULE:FREQ=HOURLY;INTERVAL=6;COUNT=4"}, "0105T09 0105T15 0105T21 0106T03"},
		{"a date that repeats by the hour repeats by the day", []string{"DTSTART:20260105", "RRULE:FREQ=HOURLY;COUNT=2"}, "0105T00 0106T00"},
		{"hours mean nothing to a date", []string{"DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=DAILY;COUNT=2;BYHOUR=9,10"}, "0105T00 0106T00"},
		{"all day, UNTIL in UTC", []string{"DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=DAILY;UNTIL=20260106T000000Z"}, "0105T00 0106T00"},
		{"all day, EXDATE with a time", []string{"DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260106T000000Z"}, "0105T00 0107T00"},
	} {
		text := event(append(c.lines, "UID:u")...)
		cal, report := read(t, text)
		all, err := cal.Expand(yearFrom, yearTo, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range all {
			got = append(got, o.Start.Format("0102T15"))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s\n got  %s\n want %s\n %+v", c.name, s, c.want, report.Notes)
		}
		if strings.Contains(c.name, "not understood") && !noted(report, Lost, "Gregorian") || strings.HasPrefix(c.name, "EXRULE") && !noted(report, Ignored, "EXRULE") {
			t.Errorf("%s: %+v", c.name, report.Notes)
		}
	}
}

func TestLengths(t *testing.T) {
	const zone = ";TZID=Europe/Berlin:"
	for _, c := range []struct{ name, lines, want string }{
		{"a week over the change", "DTSTART" + zone + "20260323T090000\r\nDTEND" + zone + "20260330T090000", "03-23T09:00+01:00 03-30T09:00+02:00"},
		{"a day on the clock", "DTSTART" + zone + "20260328T120000\r\nDURATION:P1D", "03-28T12:00+01:00 03-29T12:00+02:00"},
		{"24 hours", "DTSTART" + zone + "20260328T120000\r\nDURATION:PT24H", "03-28T12:00+01:00 03-29T13:00+02:00"},
		{"weeks", "DTSTART:20260302T090000Z\r\nDURATION:P2W", "03-02T09:00+00:00 03-16T09:00+00:00"},
		{"all of it", "DTSTART:20260302T090000Z\r\nDURATION:+P1DT2H3M4S", "03-02T09:00+00:00 03-03T11:03+00:00"},
		{"no end of a time", "DTSTART:20260302T090000Z", "03-02T09:00+00:00 03-02T09:00+00:00"},
		{"no end of a day", "DTSTART:20260302", "03-02T00:00+00:00 03-03T00:00+00:00"},
		{"days of a day", "DTSTART;VALUE=DATE:20260302\r\nDURATION:P3D", "03-02T00:00+00:00 03-05T00:00+00:00"},
		{"an end in another zone", "DTSTART" + zone + "20260302T090000\r\nDTEND;TZID=America/New_York:20260302T090000", "03-02T09:00+01:00 03-02T15:00+01:00"},
		{"an end without a zone", "DTSTART" + zone + "20260302T090000\r\nDTEND:20260302T100000", "03-02T09:00+01:00 03-02T10:00+01:00"},
		{"an end in UTC", "DTSTART" + zone + "20260302T090000\r\nDTEND:20260302T100000Z", "03-02T09:00+01:00 03-02T11:00+01:00"},
		{"an end before the start", "DTSTART:20260302T100000Z\r\nDTEND:20260302T090000Z", "03-02T09:00+00:00 03-02T10:00+00:00"},
		{"end and duration", "DTSTART:20260302T100000Z\r\nDURATION:PT5H\r\nDTEND:20260302T110000Z", "03-02T10:00+00:00 03-02T11:00+00:00"},
		{"a duration that cannot be", "DTSTART:20260302T100000Z\r\nDURATION:P99999999999999999999W", "03-02T10:00+00:00 03-02T10:00+00:00"},
		{"a date in a time's clothes", "DTSTART;VALUE=DATE:20260302T100000\r\nDTEND;VALUE=DATE:20260303T000000", "03-02T00:00+00:00 03-03T00:00+00:00"},
		{"the second 60, the hour 24", "DTSTART:20260302T235960Z\r\nDTEND:20260303T240000Z", "03-02T23:59+00:00 03-04T00:00+00:00"},
		{"as ISO 8601 writes it", "DTSTART:2026-03-02T10:00:00Z\r\nDTEND:2026-03-02T11:00:00Z", "03-02T10:00+00:00 03-02T11:00+00:00"},
		{"a zone with a colon", "DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna:20260302T090000\r\nDURATION:PT1H", "03-02T09:00+01:00 03-02T10:00+01:00"},
		{"a quote that ends too late", "DTSTART;TZID=\"W. Europe Standard Time:20260302T090000\"\r\nDURATION:PT1H", "03-02T09:00+01:00 03-02T10:00+01:00"},
	} {
		cal, _ := read(t, event(c.lines))
		all, err := cal.Expand(yearFrom, yearTo, time.UTC)
		if err != nil || len(all) != 1 {
			t.Fatal(c.name, all, err)
		}
		if got := all[0].Start.Format("01-02T15:04-07:00") + " " + all[0].End.Format("01-02T15:04-07:00"); got != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.name, got, c.want)
		}
	}
}

// several puts a calendar around events, each given as its properties.
func several(events ...string) string {
	var s strings.Builder
	for _, e := range events {
		s.WriteString("BEGIN:VEVENT\r\n" + e + "\r\nEND:VEVENT\r\n")
	}
	return "BEGIN:VCALENDAR\r\n" + s.String() + "END:VCALENDAR\r\n"
}

func TestOverrides(t *testing.T) {
	const weekly = "UID:w\r\nSUMMARY:Ada\r\nDTSTART;TZID=Europe/Berlin:20260302T090000\r\nDTEND;TZID=Europe/Berlin:20260302T170000\r\nRRULE:FREQ=WEEKLY;COUNT=4" // 2, 9, 16, 23 March
	const daily = "UID:d\r\nSUMMARY:Day\r\nDTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=DAILY;COUNT=3"
	ben := func(recurs, start string, more ...string) string {
		return strings.Join(append([]string{"UID:w", "SUMMARY:Ben", "RECURRENCE-ID" + recurs, "DTSTART;TZID=Europe/Berlin:" + start, "DURATION:PT1H"}, more...), "\r\n")
	}
	const on9 = ";TZID=Europe/Berlin:20260309T090000"
	for _, c := range []struct {
		name, text, want string
	}{
		{"moved", several(weekly, ben(on9, "20260310T120000")), "0302T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"before its series in the file", several(ben(on9, "20260310T120000"), weekly), "0302T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"named in UTC", several(weekly, ben(":20260309T080000Z", "20260310T120000")), "0302T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"named by its day", several(weekly, ben(";VALUE=DATE:20260309", "20260310T120000")), "0302T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"named without a zone", several(weekly, ben(":20260309T090000", "20260310T120000")), "0302T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"moved out of the window", several(weekly, ben(on9, "20260501T120000")), "0302T09 Ada, 0316T09 Ada, 0323T09 Ada"},
		{"moved into the window", several(strings.Replace(weekly, "COUNT=4", "COUNT=40", 1), ben(";TZID=Europe/Berlin:20260601T090000", "20260303T120000")), "0302T09 Ada, 0303T12 Ben, 0309T09 Ada, 0316T09 Ada, 0323T09 Ada, 0330T09 Ada"},
		{"without a series", several(ben(on9, "20260310T120000")), "0310T12 Ben"},
		{"of nothing in the series", several(weekly, ben(":19700101T010000Z", "20260310T120000")), "0302T09 Ada, 0309T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"called off", several(weekly, ben(on9, "20260309T090000", "STATUS:CANCELLED")), "0302T09 Ada, 0316T09 Ada, 0323T09 Ada"},
		{"called off, without a start", several(weekly, "UID:w\r\nRECURRENCE-ID"+on9+"\r\nSTATUS:CANCELLED"), "0302T09 Ada, 0316T09 Ada, 0323T09 Ada"},
		{"the series called off", several(weekly+"\r\nSTATUS:CANCELLED", ben(on9, "20260310T120000")), ""},
		{"that repeats itself", several(weekly, ben(on9, "20260310T120000", "RRULE:FREQ=WEEKLY;COUNT=4")), "0302T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"the higher revision", several(weekly, ben(on9, "20260310T120000", "SEQUENCE:2"), ben(on9, "20260311T120000", "SEQUENCE:1")), "0302T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"the later revision", several(weekly, ben(on9, "20260310T120000", "DTSTAMP:20260202T000000Z"), ben(on9, "20260311T120000", "DTSTAMP:20260201T000000Z")), "0302T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"the last of equals", several(weekly, ben(on9, "20260310T120000"), ben(on9, "20260311T120000")), "0302T09 Ada, 0311T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"this and all later", several(weekly, strings.Replace(ben(on9, "20260310T120000"), "RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE", 1)), "0302T09 Ada, 0310T12 Ben, 0317T12 Ben, 0324T12 Ben"},
		{"this and all later, named in UTC", several(weekly, ben(";RANGE=THISANDFUTURE:20260309T080000Z", "20260310T120000")), "0302T09 Ada, 0310T12 Ben, 0317T12 Ben, 0324T12 Ben"},
		{"this and all later called off", several(weekly, ben(";RANGE=THISANDFUTURE"+on9, "20260309T090000", "STATUS:CANCELLED")), "0302T09 Ada"},
		{"one of the later", several(weekly, ben(";RANGE=THISANDFUTURE"+on9, "20260310T120000"), strings.Replace(ben(";TZID=Europe/Berlin:20260316T090000", "20260318T080000"), "Ben", "Cat", 1)), "0302T09 Ada, 0310T12 Ben, 0318T08 Cat, 0324T12 Ben"},
		{"later still", several(weekly, ben(";RANGE=THISANDFUTURE"+on9, "20260310T120000"), strings.Replace(ben(";RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260323T090000", "20260323T090000"), "Ben", "Cat", 1)), "0302T09 Ada, 0310T12 Ben, 0317T12 Ben, 0323T09 Cat"},
		{"of a day", several(daily, "UID:d\r\nSUMMARY:Ben\r\nRECURRENCE-ID;VALUE=DATE:20260303\r\nDTSTART;VALUE=DATE:20260320"), "0302T00 Day, 0304T00 Day, 0320T00 Ben"},
		{"of a day, named by a time", several(daily, "UID:d\r\nSUMMARY:Ben\r\nRECURRENCE-ID:20260303T000000\r\nDTSTART;VALUE=DATE:20260320"), "0302T00 Day, 0304T00 Day, 0320T00 Ben"},
		{"of a day, by a time", several(daily, "UID:d\r\nSUMMARY:Ben\r\nRECURRENCE-ID;VALUE=DATE:20260303\r\nDTSTART:20260303T090000"), "0302T00 Day, 0303T09 Ben, 0304T00 Day"},
		{"of a time, by a day", several(weekly, "UID:w\r\nSUMMARY:Ben\r\nRECURRENCE-ID"+on9+"\r\nDTSTART;VALUE=DATE:20260309"), "0302T09 Ada, 0309T00 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"of an RDATE", several("UID:w\r\nSUMMARY:Ada\r\nDTSTART;TZID=Europe/Berlin:20260302T090000\r\nRDATE;TZID=Europe/Berlin:20260309T090000", ben(on9, "20260310T120000")), "0302T09 Ada, 0310T12 Ben"},
		{"of the first", several(weekly, ben(";TZID=Europe/Berlin:20260302T090000", "20260303T120000")), "0303T12 Ben, 0309T09 Ada, 0316T09 Ada, 0323T09 Ada"},
		{"that is excluded, too", several(weekly+"\r\nEXDATE"+on9, ben(on9, "20260310T120000")), "0302T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
		{"revisions of a series", several(weekly, strings.NewReplacer("Ada", "Eve", "T090000", "T100000", "COUNT=4", "COUNT=2").Replace(weekly)+"\r\nSEQUENCE:1"), "0302T10 Eve, 0309T10 Eve"},
		{"equal revisions at different times", several("UID:s\r\nSUMMARY:A\r\nDTSTART:20260302T090000Z", "UID:s\r\nSUMMARY:B\r\nDTSTART:20260303T090000Z"), "0302T09 A, 0303T09 B"},
		{"the same twice", several("UID:s\r\nSUMMARY:A\r\nDTSTART:20260302T090000Z", "UID:s\r\nSUMMARY:A\r\nDTSTART:20260302T090000Z"), "0302T09 A"},
		{"two people under one UID", several("UID:s\r\nSUMMARY:A\r\nDTSTART:20260302T090000Z", "UID:s\r\nSUMMARY:B\r\nDTSTART:20260302T090000Z"), "0302T09 A, 0302T09 B"},
		{"no UID", several("SUMMARY:A\r\nDTSTART:20260302T090000Z", "SUMMARY:B\r\nDTSTART:20260302T090000Z", "SUMMARY:A\r\nDTSTART:20260302T090000Z"), "0302T09 A, 0302T09 B"},
		{"METHOD:CANCEL", strings.Replace(several("UID:s\r\nSUMMARY:A\r\nDTSTART:20260302T090000Z"), "BEGIN:VEVENT", "METHOD:CANCEL\r\nBEGIN:VEVENT", 1), ""},
		{"METHOD:REPLY", strings.Replace(several("UID:s\r\nSUMMARY:A\r\nDTSTART:20260302T090000Z"), "BEGIN:VEVENT", "METHOD:REPLY\r\nBEGIN:VEVENT", 1), ""},
		{"across objects of a file", several(weekly) + several(ben(on9, "20260310T120000")), "0302T09 Ada, 0310T12 Ben, 0316T09 Ada, 0323T09 Ada"},
	} {
		cal, report := read(t, c.text)
		all, err := cal.Expand(instantOf(t, "2026-03-01"), instantOf(t, "2026-04-01"), Zone("Europe/Berlin"))
		if err != nil {
			t.Fatal(c.name, err)
		}
		var got []string
		for _, o := range all {
			got = append(got, o.Start.Format("0102T15")+" "+o.Summary)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s\n got  %s\n want %s\n %+v", c.name, s, c.want, report.Notes)
		}
	}
	// What a moved one replaces can be told, whatever the window.
	cal, _ := read(t, several(weekly, ben(on9, "20260310T120000")))
	all, _ := cal.Expand(instantOf(t, "2026-03-10"), instantOf(t, "2026-03-11"), nil)
	if len(all) != 1 || !all[0].Override || !all[0].RecurrenceID.Equal(instantOf(t, "2026-03-09T08:00:00Z")) || all[0].UID != "w" {
		t.Errorf("%+v", all)
	}
}

func TestPeriods(t *testing.T) {
	text := event("SUMMARY:p", "DTSTART:20260302T090000Z", "DTEND:20260302T100000Z", "RDATE;VALUE=PERIOD:20260303T090000Z/PT3H,20260304T090000Z/20260304T093000Z,20260302T090000Z/PT5H", "RDATE:20260305T090000Z")
	same2(t, "periods have ends of their own", says(t, text, "2026-03-01", "2026-04-01"), []string{
		"2026-03-02T09:00+00:00 2026-03-02T14:00+00:00 p", "2026-03-03T09:00+00:00 2026-03-03T12:00+00:00 p", "2026-03-04T09:00+00:00 2026-03-04T09:30+00:00 p", "2026-03-05T09:00+00:00 2026-03-05T10:00+00:00 p"})
}

// The window is half open, and what began long before it is found.
func TestTheWindow(t *testing.T) {
	long := event("SUMMARY:l", "DTSTART:20200101T000000Z", "DURATION:P3000D")
	year := event("SUMMARY:y", "DTSTART:20240229", "DURATION:P800D", "RRULE:FREQ=YEARLY")
	for _, c := range []struct {
		text, from, to string
		want           int
	}{
		{long, "2026-01-01", "2026-01-02", 1},
		{year, "2026-01-01", "2026-01-02", 1},
		{event("DTSTART:20260302T090000Z", "DTEND:20260227T090000Z", "RRULE:FREQ=WEEKLY"), "2026-03-07", "2026-03-08", 1}, // it ends before it starts: 6 to 9 March
		{event(shift), "2026-03-02T17:00:00Z", "2026-03-03T00:00:00Z", 0},
		{event(shift), "2026-03-02T16:59:59Z", "2026-03-03T00:00:00Z", 1},
		{event(shift), "2026-03-01T00:00:00Z", "2026-03-02T09:00:00Z", 0},
		{event(shift), "2026-03-01T00:00:00Z", "2026-03-02T09:00:01Z", 1},
		{event("DTSTART:20260302T090000Z"), "2026-03-02T09:00:00Z", "2026-03-02T09:00:01Z", 1},
		{event("DTSTART:20260302T090000Z"), "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z", 0},
		{event("DTSTART:99991231T230000Z", "RRULE:FREQ=DAILY"), "9999-12-01", "9999-12-31", 0},
		{event("DTSTART:99991230T230000Z", "RRULE:FREQ=HOURLY"), "9999-12-01T00:00:00Z", "9999-12-31T23:59:59Z", 25},
		{event("DTSTART:00010101T000000Z", "RRULE:FREQ=YEARLY"), "2026-01-01", "2027-01-01", 1},
		{event("DTSTART:20240229", "RRULE:FREQ=YEARLY"), "2024-01-01", "2033-01-01", 3},
		{event("DTSTART;TZID=Pacific/Apia:20111229T120000", "RRULE:FREQ=DAILY;COUNT=3"), "2011-12-01", "2012-01-15", 2}, // 30 December did not exist there: it is the 31st's noon
	} {
		if got := says(t, c.text, c.from, c.to); len(got) != c.want {
			t.Errorf("%q from %s to %s: %v", c.text, c.from, c.to, got)
		}
	}
	if got := says(t, event(shift), "2026-03-03", "2026-03-02"); len(got) != 0 {
		t.Errorf("a window that ends before it begins has %v", got)
	}
}

// The bounds cut what is too much and say so; what was found by then is there.
func TestWhatIsTooMuchIsCut(t *testing.T) {
	c, _ := read(t, several("SUMMARY:s\r\nDTSTART:20200101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY", "SUMMARY:one\r\nDTSTART:20260301T000000Z"))
	all, err := c.Expand(yearFrom, yearTo, nil)
	if no, ok := err.(*Refusal); !ok || no.Reason != TooMany || len(all) != maxRuleDates+1 || !all[0].Start.Equal(yearFrom) || all[len(all)-1].Summary != "one" {
		t.Errorf("%d, %v", len(all), err)
	}
	if all, err = c.Expand(yearFrom, yearFrom.Add(time.Hour), nil); err != nil || len(all) != 3600 {
		t.Errorf("an hour has %d seconds, %v", len(all), err)
	}
}

// Where rrule-go is right it is a second voice: random rules give the same instances. It is
// not asked for what it is known to get wrong or to hang on.
func TestRandomRulesAgreeWithAnother(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5545))
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	checked, some := 0, 0
	for range 1_000 {
		freq := pick("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
		parts := []string{"FREQ=" + freq}
		add := func(chance float64, s string) {
			if r.Float64() < chance {
				parts = append(parts, s)
			}
		}
		add(0.4, fmt.Sprintf("INTERVAL=%d", 1+r.IntN(5)))
		add(0.3, fmt.Sprintf("COUNT=%d", 1+r.IntN(40)))
		add(0.3, "BYMONTH="+pick("1", "2,3", "12", "6,9,11"))
		if freq != "WEEKLY" {
			add(0.2, "BYMONTHDAY="+pick("1", "15,31", "-1", "29,30", "-3,2"))
		}
		if freq == "YEARLY" {
			add(0.1, "BYYEARDAY="+pick("1,100", "-1", "366", "60,61"))
		}
		switch days := pick("MO", "TU,TH", "SA,SU", "MO,TU,WE,TH,FR"); freq {
		case "MONTHLY", "YEARLY":
			add(0.4, "BYDAY="+pick(days, "1MO", "-1FR", "2TU,-2WE", "5SU"))
		default:
			add(0.5, "BYDAY="+days)
		}
		if freq != "HOURLY" {
			add(0.2, "BYHOUR="+pick("0", "9,17", "23"))
		}
		add(0.15, "BYMINUTE="+pick("0,30", "59"))
		add(0.3, "WKST="+pick("SU", "MO", "WE"))
		text := strings.Join(parts, ";")
		start := time.Date(2020+r.IntN(6), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), r.IntN(60), 0, 0, time.UTC)
		low := start.AddDate(r.IntN(4), r.IntN(12), 0)
		high := low.AddDate(0, 18, 0)
		if freq == "HOURLY" {
			high = low.AddDate(0, 1, 0)
		}

		o, err := rrule.StrToROption(text)
		if err != nil {
			t.Fatal(text, err)
		}
		o.Dtstart, o.Until = start, high
		theirs, err := rrule.NewRRule(*o)
		if err != nil {
			t.Fatal(text, err)
		}
		var want, got []string
		for _, at := range theirs.Between(low, high.Add(-time.Second), true) {
			want = append(want, wallText(at.Unix()))
		}
		rule, err := parseRule(text)
		if err != nil {
			t.Fatal(text, err)
		}
		w := walk{rule: rule, start: start.Unix(), low: low.Unix(), high: high.Unix(), steps: maxRuleSteps}
		if !w.each(func(wall int64) bool { got = append(got, wallText(wall)); return true }) {
			t.Errorf("%s from %s: the steps do not suffice", text, start)
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s from %s, %s to %s\n got  %d %.200s\n want %d %.200s", text, start, low, high, len(got), got, len(want), want)
		}
		checked++
		if len(want) > 0 {
			some++
		}
	}
	t.Logf("%d rules agree, %d of them with instances", checked, some)
}
