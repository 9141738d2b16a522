package app_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

func TestEveryFormOfALine(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.pass(30 * time.Minute) // 14:29
	now := s.now()
	for _, c := range []struct {
		typed, mark, text string
		at                int64
		also              func(app.LineView) bool
	}{
		{"plain words", "note", "plain words", now, nil},
		{`\/not a command`, "note", "/not a command", now, nil},
		{"!roll back because it began at 13:50 but loses prices", "decision", "roll back", now,
			func(r app.LineView) bool { return r.Basis == "it began at 13:50" && r.Tradeoff == "loses prices" }},
		{"@ben flush the cache 5m", "action", "ben: flush the cache (5 min)", now, nil},
		{`@"dee of support" call the bank 1h`, "action", "dee of support: call the bank (1 h)", now, nil},
		{"?is the app hit", "question", "is the app hit", now, nil},
		{"+alert on order rate", "followup", "alert on order rate", now, nil},
		{"-10m phones rang", "note", "phones rang", now - 10*minute, func(r app.LineView) bool { return r.Late }},
		{"14:02 first graph", "note", "first graph", clockAt("14:02"), func(r app.LineView) bool { return r.Late && !r.Approx }},
		{"~14:03 !fail over", "decision", "fail over", clockAt("14:03"), func(r app.LineView) bool { return r.Approx }},
		{"/impact one in five orders", "note", "Impact: one in five orders", now, nil},
		{"/phase assess", "phase", "Phase Assess", now, nil},
		{"/sev 1", "phase", "Severity SEV2 → SEV1", now, nil},
		{"/role comms ben", "system", "ben is Comms lead", now, nil},
		{"/role comms -", "system", "Comms lead is held by nobody", now, nil},
	} {
		rec := mint(t)
		v, err := s.ParseLine(app.LogInput{Incident: id, ID: rec, Text: c.typed})
		if err != nil || v.Fault != nil {
			t.Errorf("%q: %v %+v", c.typed, err, v.Fault)
		}
		s.must(s.Log(app.LogInput{Incident: id, ID: rec, Text: c.typed}))
		r := s.row(id, c.text)
		if r.ID != rec || r.Mark != c.mark || r.At != c.at || r.RecordedAt != now || r.Actor != "ana" || c.also != nil && !c.also(r) {
			t.Errorf("%q became %+v", c.typed, r)
		}
	}
	live := s.live(id)
	if live.Phase != "assess" || live.Severity != "SEV1" || live.Situation.Impact != "one in five orders" || len(live.Actions) != 2 || len(live.Questions) != 1 {
		t.Errorf("%+v", live)
	}
}

func clockAt(hhmm string) int64 {
	t, err := time.Parse(time.DateTime, "2026-03-02 "+hhmm+":00")
	if err != nil {
		return 0
	}
	return t.UnixMilli()
}

func TestALineThatIsRefusedIsRefusedWhileItIsTyped(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	before := s.live(id).Entries
	for typed, field := range map[string]string{
		"@ben":                         "text",
		"@someone look":                "owner",
		"@ben look 9999h":              "minutes",
		"/phase":                       "text",
		"/sev":                         "text",
		"/role comms":                  "text",
		"/nonsense now":                "text",
		strings.Repeat("long ", 14000): "text",
	} {
		v, err := s.ParseLine(app.LogInput{Incident: id, Text: typed})
		if err != nil || v.Fault == nil || v.Fault.Field != field || v.Fault.Code != "invalid" {
			t.Errorf("%.20q is read as %v, fault %+v", typed, err, v.Fault)
		}
		refused(t, s.Log(app.LogInput{Incident: id, Text: typed}), fault.Invalid, field)
	}
	for typed, field := range map[string]string{ // what only the incident can tell
		"/sev 3":            "reason",
		"/sev 9":            "severity",
		"/phase nowhere":    "phase",
		"/role mascot ben":  "role",
		"":                  "text",
		"  \t ":             "text",
		"/role commander -": "role",
	} {
		refused(t, s.Log(app.LogInput{Incident: id, Text: typed}), fault.Invalid, field)
	}
	if n := s.live(id).Entries; n != before {
		t.Errorf("%d records of refused lines", n-before)
	}
}

func TestALineInSomebodysName(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.must(s.Log(app.LogInput{Incident: id, As: "Ben", Text: "phones are ringing"}))
	s.must(s.Log(app.LogInput{Incident: id, As: "ben", Text: "they stopped"}))
	s.must(s.Log(app.LogInput{Incident: id, As: "ANA", Text: "thanks"}))
	one, two, three := s.row(id, "phones are ringing"), s.row(id, "they stopped"), s.row(id, "thanks")
	if one.Actor != "Ben" || two.Actor != "Ben" || three.Actor != "ana" {
		t.Errorf("%q %q %q", one.Actor, two.Actor, three.Actor)
	}
	if people := s.live(id).People; len(people) != 2 {
		t.Errorf("people are %q", people)
	}
	refused(t, s.Log(app.LogInput{Incident: id, As: strings.Repeat("x", 500), Text: "hello"}), fault.Invalid, "person")
}

func TestALineSentTwiceIsWrittenOnce(t *testing.T) {
	s := sit(t)
	id, rec := s.declare("checkout fails"), mint(t)
	for range 3 {
		s.must(s.Log(app.LogInput{Incident: id, ID: rec, Text: "once"}))
	}
	if r := s.row(id, "once"); r.ID != rec {
		t.Errorf("%+v", r)
	}
}

func TestALineInTheZoneThatIsShown(t *testing.T) {
	s := sit(t)
	s.clock.SetZone(time.FixedZone("CET", 3600))
	yes := true
	s.must(s.SetPrefs(app.PrefsInput{Local: &yes}))
	if v := s.station(); !v.Local || v.Zone != "CET" || v.Shifts[0].East != 60 {
		t.Errorf("%+v", v)
	}
	v, err := s.ParseLine(app.LogInput{Text: "14:30 first graph"}) // 13:30Z
	if err != nil || v.At != clockAt("13:30") {
		t.Errorf("%v: read as %d", err, v.At)
	}
}

func TestLinesThatNobodyShouldWrite(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	for _, typed := range []string{
		"<img src=x onerror=alert(1)>", "a\u202eb", "null\x00byte", "\xff\xfe broken", "e\u0301 and \U0001f6a8", "{{.}} {} %s",
		"' OR 1=1; --", "line one\nline two", "/", "!", "@", "?", "+", `\`, "-", "~", "12:", "because but", "@@@ x", `@" x`, "! because but",
	} {
		v, err := s.ParseLine(app.LogInput{Incident: id, Text: typed})
		s.must(err)
		err = s.Log(app.LogInput{Incident: id, Text: typed})
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", typed, err)
		}
		if (err == nil) != (v.Fault == nil) {
			t.Errorf("%q: read as %+v, then %v", typed, v, err)
		}
	}
	for _, r := range s.rows(id) {
		if !utf8.ValidString(r.Text) || strings.Contains(r.Text, "\x00") {
			t.Errorf("%q is in the log", r.Text)
		}
	}
	if incident.MaxText > 64<<10 {
		t.Error("the long line above is too short for this test")
	}
}
