package incident_test

import (
	"reflect"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// people are those whom the incident of these tests knows.
var people = []string{"Ben", "Ana María", "Ana Lopez", "Анна Каренина", "Зоя", "Jo", "O'Brien", "Dee, MD"}

func TestParseLine(t *testing.T) {
	note := func(text string) incident.Line { return incident.Line{Kind: "note", Text: text} }
	decision := func(text, basis, tradeoff string) incident.Line {
		return incident.Line{Kind: "decision", Text: text, Basis: basis, Tradeoff: tradeoff}
	}
	action := func(owner, text string, minutes int) incident.Line {
		return incident.Line{Kind: "action", Owner: owner, Text: text, Minutes: minutes}
	}
	at := func(l incident.Line, at int64, approx bool) incident.Line {
		l.At, l.Approx = at, approx
		return l
	}
	command := func(text string, words ...string) incident.Line {
		return incident.Line{Kind: "command", Text: text, Words: words}
	}
	tests := []struct {
		typed string
		want  incident.Line
	}{
		// notes
		{"all quiet", note("all quiet")},
		{"  all quiet\n", note("all quiet")},
		{"one\ntwo", note("one\ntwo")},
		{"because it rained", note("because it rained")},
		{"2 of 3 are up", note("2 of 3 are up")},
		{"5m", note("5m")},
		{"a!b @c ?d +e /f", note("a!b @c ?d +e /f")},
		{"привет", note("привет")}, {"é", note("é")}, {"🔥 burning", note("🔥 burning")},
		// a lone prefix is a note
		{"!", note("!")}, {"@", note("@")}, {"?", note("?")}, {"+", note("+")}, {"/", note("/")}, {"\\", note("\\")}, {"! ", note("!")},
		// escapes
		{`\!text`, note("!text")}, {`\@ben do`, note("@ben do")}, {`\/phase`, note("/phase")}, {`\?`, note("?")}, {`\+1`, note("+1")},
		{`\-10m text`, note("-10m text")}, {`\14:02 text`, note("14:02 text")}, {`\\server\share`, note(`\server\share`)}, {`\text`, note("text")},
		// decisions
		{"!roll back", decision("roll back", "", "")},
		{"! roll back", decision("roll back", "", "")},
		{"!roll back because 5xx since 14:00 but coupons break", decision("roll back", "5xx since 14:00", "coupons break")},
		{"!roll back but coupons break because 5xx", decision("roll back", "5xx", "coupons break")},
		{"!roll back because 5xx", decision("roll back", "5xx", "")},
		{"!roll back but coupons break", decision("roll back", "", "coupons break")},
		{"!Roll back BECAUSE 5xx But coupons", decision("Roll back", "5xx", "coupons")},
		{"!x\nbecause y\nbut z", decision("x", "y", "z")},
		{"!x because y because z but v but w", decision("x", "y because z", "v but w")},
		{"!x because but z", decision("x", "but z", "")},
		{"!x but because z", decision("x", "", "because z")},
		{"!x because  but z", decision("x", "", "z")},
		{"!x because", decision("x because", "", "")},
		{"!because y", decision("because y", "", "")},
		{"!butter because becauseway", decision("butter", "becauseway", "")},
		{"!İİK stays whole because ж but ѝ", decision("İİK stays whole", "ж", "ѝ")},
		// actions
		{"@ben flush the cache 5m", action("Ben", "flush the cache", 5)},
		{"@Ben: flush the cache", action("Ben", "flush the cache", 10)},
		{"@ben, flush 90min", action("Ben", "flush", 90)},
		{"@ben flush 2h", action("Ben", "flush", 120)},
		{"@ben flush 0m", action("Ben", "flush", 0)},
		{"@ben flush 30s", action("Ben", "flush 30s", 10)},
		{"@ben wait 5m then flush", action("Ben", "wait 5m then flush", 10)},
		{"@ben 5m", action("Ben", "5m", 10)},
		{"@ben", action("Ben", "", 10)},
		{"@ ben flush", action("Ben", "flush", 10)},
		{"@ben\nflush\nthe cache 5m", action("Ben", "flush\nthe cache", 5)},
		{"@eve flush", action("eve", "flush", 10)},
		{"@ana maría restart 5m", action("Ana María", "restart", 5)},
		{"@ANA LOPEZ, restart", action("Ana Lopez", "restart", 10)},
		{"@Ana Lopez", action("Ana Lopez", "", 10)},
		{"@ana restart", action("ana", "restart", 10)}, // two are called Ana
		{"@анна каренина перезапусти 5m", action("Анна Каренина", "перезапусти", 5)},
		{"@АННА проверь", action("Анна Каренина", "проверь", 10)},
		{"@зоя проверь", action("Зоя", "проверь", 10)},
		{"@john look", action("john", "look", 10)}, // not Jo
		{"@jo look", action("Jo", "look", 10)},
		{"@o'brien look", action("O'Brien", "look", 10)},
		{"@dee, md look", action("Dee, MD", "look", 10)},
		{`@"Eve van Dyk" look 5m`, action("Eve van Dyk", "look", 5)},
		{`@"Eve van Dyk": look`, action("Eve van Dyk", "look", 10)},
		{`@"Eve look`, action(`"Eve`, "look", 10)},
		{`@"" look`, action(`""`, "look", 10)},
		{"@someone look", action("someone", "look", 10)},
		// questions, follow-ups, commands
		{"?is it DNS", incident.Line{Kind: "question", Text: "is it DNS"}},
		{"? is it DNS?", incident.Line{Kind: "question", Text: "is it DNS?"}},
		{"+alert on it", incident.Line{Kind: "followup", Text: "alert on it"}},
		{"/phase verify", command("phase verify", "phase", "verify")},
		{"/ phase   verify", command("phase   verify", "phase", "verify")},
		{"/sev 1 data is lost", command("sev 1 data is lost", "sev", "1", "data", "is", "lost")},
		// times
		{"-10m text", at(note("text"), noon-10*minute, false)},
		{"-90s text", at(note("text"), noon-90*second, false)},
		{"-1h30m text", at(note("text"), noon-90*minute, false)},
		{"-2d text", at(note("text"), noon-2*day, false)},
		{"-10m", note("-10m")},
		{"-10 text", note("-10 text")},
		{"-10mtext", note("-10mtext")},
		{"-m text", note("-m text")},
		{"-99999m text", note("-99999m text")},
		{"- a list", note("- a list")},
		{"11:30 text", at(note("text"), noon-30*minute, false)},
		{"9:05 text", at(note("text"), noon-175*minute, false)},
		{"11:59:30 text", at(note("text"), noon-30*second, false)},
		{"~11:30 text", at(note("text"), noon-30*minute, true)},
		{"11:30\ttext", at(note("text"), noon-30*minute, false)},
		{"11:30\u00a0text", note("11:30\u00a0text")},
		{"11:30 \u00a0!text", at(decision("text", "", ""), noon-30*minute, false)},
		{"11:30", note("11:30")}, {"11:30text", note("11:30text")}, {"24:00 text", note("24:00 text")}, {"11:60 text", note("11:60 text")}, {"111:30 text", note("111:30 text")},
		{"-10m 11:30 text", at(note("11:30 text"), noon-10*minute, false)},
		// a time in front of the rest of the grammar
		{"-10m !x because y but z", at(decision("x", "y", "z"), noon-10*minute, false)},
		{"11:02 @ben do 5m", at(action("Ben", "do", 5), noon-58*minute, false)},
		{"~11:02 ?why", at(incident.Line{Kind: "question", Text: "why"}, noon-58*minute, true)},
		{"-5m +alert", at(incident.Line{Kind: "followup", Text: "alert"}, noon-5*minute, false)},
		{"-5m /phase verify", at(command("phase verify", "phase", "verify"), noon-5*minute, false)},
		{`-5m \!text`, at(note("!text"), noon-5*minute, false)},
		{"-5m !", at(note("!"), noon-5*minute, false)},
	}
	for _, tt := range tests {
		t.Run(tt.typed, func(t *testing.T) {
			if got := incident.ParseLine(tt.typed, noon, time.UTC, people); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("\n got %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// A time of day is the last one that the clock on the wall has shown.
func TestTimesOfDay(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	kathmandu := time.FixedZone("+0545", (5*60+45)*60)
	tests := []struct{ name, now, typed, want string }{
		{"earlier today", "2026-03-02T15:00:00+01:00", "14:02", "2026-03-02T14:02:00+01:00"},
		{"now", "2026-03-02T14:02:00+01:00", "14:02", "2026-03-02T14:02:00+01:00"},
		{"rounded up", "2026-03-02T14:01:20+01:00", "14:02", "2026-03-02T14:02:00+01:00"},
		{"a minute ahead is yesterday", "2026-03-02T14:00:59+01:00", "14:02", "2026-03-01T14:02:00+01:00"},
		{"before midnight, typed after it", "2026-03-02T00:10:00+01:00", "23:55", "2026-03-01T23:55:00+01:00"},
		{"over New Year", "2026-01-01T00:01:00+01:00", "23:59", "2025-12-31T23:59:00+01:00"},
		{"midnight", "2026-03-02T00:10:00+01:00", "00:00", "2026-03-02T00:00:00+01:00"},
		{"on the day after the end of February", "2028-03-01T00:10:00+01:00", "23:00", "2028-02-29T23:00:00+01:00"},
		// on 2026-03-29 the clock leaps from 02:00 to 03:00
		{"before the leap", "2026-03-29T03:10:00+02:00", "01:50", "2026-03-29T01:50:00+01:00"},
		{"after the leap", "2026-03-29T03:10:00+02:00", "03:05", "2026-03-29T03:05:00+02:00"},
		{"yesterday, over the leap", "2026-03-29T03:10:00+02:00", "04:00", "2026-03-28T04:00:00+01:00"},
		{"leapt over", "2026-03-29T04:00:00+02:00", "02:30", "2026-03-29T03:30:00+02:00"},
		{"leapt over, hours ago", "2026-03-29T09:00:00+02:00", "02:30", "2026-03-29T03:30:00+02:00"},
		{"leapt over, a moment ago", "2026-03-29T03:10:00+02:00", "02:30", "2026-03-29T01:30:00+01:00"},
		// on 2026-10-25 it goes back from 03:00 to 02:00
		{"the first 02:30", "2026-10-25T02:40:00+02:00", "02:30", "2026-10-25T02:30:00+02:00"},
		{"the second 02:30", "2026-10-25T02:40:00+01:00", "02:30", "2026-10-25T02:30:00+01:00"},
		{"the first one, before the second has come", "2026-10-25T02:10:00+01:00", "02:30", "2026-10-25T02:30:00+02:00"},
		{"later that day the second one", "2026-10-25T09:00:00+01:00", "02:30", "2026-10-25T02:30:00+01:00"},
		{"before both", "2026-10-25T02:40:00+01:00", "01:30", "2026-10-25T01:30:00+02:00"},
		{"after both", "2026-10-25T03:20:00+01:00", "03:10", "2026-10-25T03:10:00+01:00"},
		{"yesterday, over the change", "2026-10-25T02:10:00+01:00", "23:00", "2026-10-24T23:00:00+02:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			l := incident.ParseLine(tt.typed+" text", now.UnixMilli(), berlin, nil)
			if got := time.UnixMilli(l.At).In(berlin).Format(time.RFC3339); got != tt.want || l.Text != "text" {
				t.Errorf("%s at %s is %s, want %s", tt.typed, tt.now, got, tt.want)
			}
		})
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for now, want := range map[string]string{ // on 2026-11-01 it goes back from 02:00 to 01:00, on 2026-03-08 it leaps over 02:00
		"2026-11-01T01:40:00-04:00": "2026-11-01T01:30:00-04:00", "2026-11-01T01:40:00-05:00": "2026-11-01T01:30:00-05:00",
		"2026-11-01T09:00:00-05:00": "2026-11-01T01:30:00-05:00", "2026-03-08T09:00:00-04:00": "2026-03-08T01:30:00-05:00",
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		l := incident.ParseLine("01:30 text", at.UnixMilli(), newYork, nil)
		if got := time.UnixMilli(l.At).In(newYork).Format(time.RFC3339); got != want {
			t.Errorf("01:30 at %s is %s, want %s", now, got, want)
		}
	}
	// 12:00 UTC is 17:45 there.
	if l := incident.ParseLine("17:40 text", noon, kathmandu, nil); l.At != noon-5*minute {
		t.Errorf("in another zone: %d", l.At-noon)
	}
}

// Far from now the clock may stand; reading a line ends all the same.
func TestTimesOfDayOnAWrongClock(t *testing.T) {
	for _, now := range []int64{0, -1, year9999, 1 << 55, -1 << 55} {
		l := incident.ParseLine("14:02 text", now, time.UTC, nil)
		if l.At > now+minute || now-l.At > day {
			t.Errorf("at %d: %d", now, l.At)
		}
	}
}

func TestCheckLine(t *testing.T) {
	long := repeat("x", incident.MaxText+1)
	tests := []struct{ typed, field string }{
		{"text", ""}, {"", ""}, {"/phase", ""}, {"!x because y", ""}, {"@ben look", ""},
		{long, "text"}, {"!" + long, "text"}, {"!x because " + long, "basis"}, {"!x but " + long, "tradeoff"},
		{"@ben " + long, "text"}, {"?" + long, "text"}, {"+" + long, "text"},
		{"@ben", "text"}, {"@someone look", "owner"}, {"@Everyone look", "owner"}, {"@team: look", "owner"}, {"@all, look", "owner"},
		{"@" + repeat("b", 81) + " look", "owner"}, {"@,: look", "owner"}, {"@ben look 9999h", "minutes"}, {"-5m \u200b", "text"},
	}
	for _, tt := range tests {
		err := incident.ParseLine(tt.typed, noon, time.UTC, people).Check()
		if tt.field == "" {
			if err != nil {
				t.Errorf("%.20q: %v", tt.typed, err)
			}
			continue
		}
		f := refusal(t, err, fault.Invalid, tt.field)
		if tt.field == "owner" && f.Hint == "" {
			t.Errorf("%.20q: no hint", tt.typed)
		}
	}
}

func TestCommandOfALine(t *testing.T) {
	for typed, want := range map[string]incident.Command{
		"~11:00 x":          &incident.AddNote{Text: "x", Approx: true},
		"!x because y":      &incident.MakeDecision{Text: "x", Basis: "y"},
		"~11:00 @ben x 5m":  &incident.OpenAction{Text: "x", Owner: ben, Minutes: 5, Approx: true},
		"?x":                &incident.AskQuestion{Text: "x"},
		"+x":                &incident.AddFollowUp{Text: "x"},
		"/phase verify":     nil,
		"":                  nil,
		"!x but y":          &incident.MakeDecision{Text: "x", Tradeoff: "y"},
		"~11:00 !x":         &incident.MakeDecision{Text: "x", Approx: true},
		"~11:00 ?x":         &incident.AskQuestion{Text: "x", Approx: true},
		"~11:00 +x":         &incident.AddFollowUp{Text: "x", Approx: true},
		"@ben look into it": &incident.OpenAction{Text: "look into it", Owner: ben, Minutes: incident.DefaultBox},
	} {
		if got := incident.ParseLine(typed, noon, time.UTC, people).Command(ben); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is the order %#v, want %#v", typed, got, want)
		}
	}
}
