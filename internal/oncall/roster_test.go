package oncall_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/ical"
	"quarterdeck/internal/oncall"
)

// monday is the begin of a week without a change of clocks, 00:00 UTC.
var monday = time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)

func hour(h int) time.Time { return monday.Add(time.Duration(h) * time.Hour) }

// rota is a calendar of shifts: "Ada 0-24" is on for the first day of the week.
func rota(t *testing.T, c oncall.Calendar, shifts ...string) oncall.Source {
	t.Helper()
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\n")
	for i, s := range shifts {
		at := strings.LastIndexByte(s, ' ')
		var from, to int
		if _, err := fmt.Sscanf(s[at+1:], "%d-%d", &from, &to); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:%s\r\nDTSTART:%s\r\nDTEND:%s\r\nEND:VEVENT\r\n", i, s[:at], hour(from).Format("20060102T150405Z"), hour(to).Format("20060102T150405Z"))
	}
	b.WriteString("END:VCALENDAR\r\n")
	cal, _, err := ical.Read(strings.NewReader(b.String()), ical.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if c.Name == "" {
		c.Name = "rota"
	}
	return oncall.Source{Calendar: c, Data: cal}
}

func roster(sources ...oncall.Source) *oncall.Roster {
	return oncall.New(sources, nil, nil, monday.AddDate(0, 0, -7), monday.AddDate(0, 0, 28))
}

// drawn are the turns of a lane: "Ada 0-24".
func drawn(l *oncall.Lane) []string {
	out := []string{}
	for _, t := range l.Turns {
		out = append(out, fmt.Sprintf("%s %d-%d", t.Who.Name, int(t.Start.Sub(monday).Hours()), int(t.End.Sub(monday).Hours())))
	}
	return out
}

func TestTurns(t *testing.T) {
	tests := []struct {
		name   string
		shifts []string
		want   []string
	}{
		{"one after the other", []string{"Ada 0-24", "Ben 24-48"}, []string{"Ada 0-24", "Ben 24-48"}},
		{"a higher level cuts", []string{"Ada 0-24", "[L1] Ben 8-12"}, []string{"Ada 0-8", "Ben 8-12", "Ada 12-24"}},
		{"and the highest counts", []string{"[L1] Ada 0-24", "[L2] Ben 8-12", "Cem 0-48"}, []string{"Ada 0-8", "Ben 8-12", "Ada 12-24", "Cem 24-48"}},
		{"of one level all are on", []string{"Ada 0-24", "Ben 12-36"}, []string{"Ada 0-24", "Ben 12-36"}},
		{"twins are one", []string{"Ada 0-24", "Ada 0-24"}, []string{"Ada 0-24"}},
		{"shifts of one that overlap are one turn", []string{"Ada 0-24", "ada 12-36"}, []string{"Ada 0-36"}},
		{"those that touch are two", []string{"Ada 0-24", "Ada 24-48"}, []string{"Ada 0-24", "Ada 24-48"}},
		{"what has no length is none", []string{"Ada 5-5"}, []string{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := roster(rota(t, oncall.Calendar{}, tt.shifts...))
			if len(r.Lanes) != 1 || !slices.Equal(drawn(&r.Lanes[0]), tt.want) {
				t.Errorf("%d lanes, %q, want %q", len(r.Lanes), drawn(&r.Lanes[0]), tt.want)
			}
		})
	}
}

func TestOverridesCut(t *testing.T) {
	base := rota(t, oncall.Calendar{Name: "base", Role: "commander"}, "Ada 0-48", "[L5] Ben 10-20")
	swaps := rota(t, oncall.Calendar{Name: "swaps", Override: true}, "Cem 12-14")
	here := []oncall.Override{{ID: "1", Schedule: "base", Person: "Dee", From: hour(13), To: hour(15)}}
	r := oncall.New([]oncall.Source{swaps, base}, here, nil, monday, hour(100))
	want := []string{"Ada 0-10", "Ben 10-12", "Cem 12-13", "Dee 13-15", "Ben 15-20", "Ada 20-48"}
	if len(r.Lanes) != 1 || !slices.Equal(drawn(&r.Lanes[0]), want) {
		t.Errorf("%d lanes, %q", len(r.Lanes), drawn(&r.Lanes[0]))
	}
	alone := oncall.New([]oncall.Source{swaps}, nil, nil, monday, hour(100))
	if len(alone.Lanes) != 1 || len(alone.Lanes[0].Turns) != 1 {
		t.Errorf("an override of nothing is lost: %+v", alone.Lanes)
	}
}

func TestTagsAreRoles(t *testing.T) {
	lanes := func(c oncall.Calendar, shifts ...string) []string {
		out := []string{}
		r := roster(rota(t, c, shifts...))
		for i := range r.Lanes {
			out = append(out, r.Lanes[i].Role+": "+strings.Join(drawn(&r.Lanes[i]), ", "))
		}
		return out
	}
	two := []string{"[Primary] Ada 0-24", "[Secondary] Ben 0-24"}
	for _, tt := range []struct {
		name string
		c    oncall.Calendar
		in   []string
		want []string
	}{
		{"by their own names", oncall.Calendar{}, two, []string{"primary: Ada 0-24", "secondary: Ben 0-24"}},
		{"the first is the calendar's role", oncall.Calendar{Role: "commander"}, two, []string{"commander: Ada 0-24", "secondary: Ben 0-24"}},
		{"as they are said to be", oncall.Calendar{Roles: map[string]string{"primary": "commander", "SECONDARY": "deputy"}}, two, []string{"commander: Ada 0-24", "deputy: Ben 0-24"}},
		{"levels that are roles do not cut", oncall.Calendar{Roles: map[string]string{"L1": "deputy"}, Role: "commander"}, []string{"Ada 0-24", "[L1] Ben 0-24"}, []string{"commander: Ada 0-24", "deputy: Ben 0-24"}},
		{"an escalation to the same person at the same time is none", oncall.Calendar{Role: "commander"}, []string{"ada - Pay 0-24", "ada - Pay (Escalation) 0-24", "ben - Pay (Escalation) 24-48"},
			[]string{"commander: ada 0-24", "escalation: ben 24-48"}},
		{"an only tag is no role of its own", oncall.Calendar{Role: "commander"}, []string{"Payments: Ada 0-24"}, []string{"commander: Ada 0-24"}},
	} {
		if got := lanes(tt.c, tt.in...); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestAnswers(t *testing.T) {
	r := roster(rota(t, oncall.Calendar{ByDesign: []string{"Wed 00:00-12:00"}}, "Ada 0-8", "Ada 8-16", "Ben 24-48", "Cem 60-72"))
	l := &r.Lanes[0]
	tests := []struct {
		at             int
		word           oncall.Word
		on, next, prev string
		until          int
	}{
		{-1, oncall.Nobody, "", "Ada", "", 0},
		{0, oncall.OnCall, "Ada", "Ben", "", 16},
		{8, oncall.OnCall, "Ada", "Ben", "", 16},
		{16, oncall.Nobody, "", "Ben", "Ada", 24},
		{47, oncall.OnCall, "Ben", "Cem", "", 48},
		{48, oncall.ByDesign, "", "Cem", "Ben", 60},
		{71, oncall.OnCall, "Cem", "", "", 72},
		{72, oncall.NoData, "", "", "Cem", -1},
	}
	name := func(turn *oncall.Turn) string {
		if turn == nil {
			return ""
		}
		return turn.Who.Name
	}
	for _, tt := range tests {
		a := l.At(hour(tt.at))
		who := ""
		for _, turn := range a.On {
			who += turn.Who.Name
		}
		until := -1
		if !a.Until.IsZero() {
			until = int(a.Until.Sub(monday).Hours())
		}
		if a.Word != tt.word || who != tt.on || name(a.Next) != tt.next || name(a.Previous) != tt.prev || until != tt.until {
			t.Errorf("at %d: %s, on %q, next %q, before %q, until %d", tt.at, a.Word, who, name(a.Next), name(a.Previous), until)
		}
	}
	spans := func(list []oncall.Span) (out string) {
		for _, s := range list {
			out += fmt.Sprintf("%d-%d ", int(s.Start.Sub(monday).Hours()), int(s.End.Sub(monday).Hours()))
		}
		return strings.TrimSpace(out)
	}
	if got := spans(l.Gaps(hour(-2), hour(200))); got != "-2-0 16-24" {
		t.Errorf("gaps %s", got)
	}
	if got := spans(l.Quiet(hour(-2), hour(200))); got != "48-60" {
		t.Errorf("by design %s", got)
	}
	if !l.Horizon.Equal(hour(72)) {
		t.Errorf("horizon %v", l.Horizon)
	}
	if roster(rota(t, oncall.Calendar{})).Lanes[0].At(monday).Word != oncall.NoData {
		t.Error("an empty calendar has a gap")
	}
}

func TestOverlapsAreOfDifferentPeople(t *testing.T) {
	r := roster(rota(t, oncall.Calendar{}, "Ada 0-24", "Ben 12-36", "ben 30-40"))
	if o := r.Lanes[0].Overlaps; len(o) != 1 || !o[0].Start.Equal(hour(12)) || !o[0].End.Equal(hour(24)) || len(o[0].Who) != 2 {
		t.Errorf("%+v", o)
	}
	if !r.Lanes[0].At(hour(13)).Contested || r.Lanes[0].At(hour(25)).Contested {
		t.Error("contested at the wrong time")
	}
	if r = roster(rota(t, oncall.Calendar{Shared: true}, "Ada 0-24", "Ben 12-36")); len(r.Lanes[0].Overlaps) != 0 {
		t.Error("several are meant")
	}
}

var team = []oncall.Person{
	{Name: "Ada Lovelace", Email: "ada@example.com", Aliases: []string{"ada", "al@example.org"}, Phone: "1", Zone: "Europe/London"},
	{Name: "Jürgen Müller", Email: "jm@example.com"},
	{Name: "Sam", Email: "sam1@example.com"}, {Name: "Sam", Email: "sam2@example.com"},
}

func TestPeopleAreFound(t *testing.T) {
	for word, want := range map[string]int{
		"ADA@example.com": 1, "ada": 1, "@ada": 1, "al@example.org": 1, "ada lovelace": 1, "Lovelace, Ada": 1, "Muller, Jurgen": 1, "Sam": 2, "sam1@example.com": 1, "Ad": 0, "": 0, "Ada L": 0,
	} {
		if got := oncall.Find(team, word); len(got) != want {
			t.Errorf("%q stands for %d, want %d", word, len(got), want)
		}
	}
	r := oncall.New([]oncall.Source{rota(t, oncall.Calendar{}, "Lovelace\\, Ada 0-8", "@ada 8-16", "Sam 16-24", "Nobody Known 24-32")}, nil, team, monday, hour(100))
	names := []string{}
	for _, turn := range r.Lanes[0].Turns {
		names = append(names, fmt.Sprintf("%s %v %s", turn.Who.Name, turn.Who.Known, turn.Who.Phone))
	}
	if want := []string{"Ada Lovelace true 1", "Ada Lovelace true 1", "Sam false ", "Nobody Known false "}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
}

func TestLoads(t *testing.T) {
	a := rota(t, oncall.Calendar{Name: "a"}, "Ada 9-33", "Ben 33-57")
	b := rota(t, oncall.Calendar{Name: "b"}, "Ada 20-40", "Cem 130-140")
	loads := roster(a, b).Loads(monday, hour(168))
	got := []string{}
	for _, l := range loads {
		got = append(got, fmt.Sprintf("%s %v %d %d %d", l.Who.Name, l.Hours, l.Nights, l.Days, l.Turns))
	}
	if want := []string{"Ada 31h0m0s 1 0 2", "Ben 24h0m0s 1 0 1", "Cem 10h0m0s 0 1 1"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReliefs(t *testing.T) {
	a := rota(t, oncall.Calendar{Name: "a", Role: "commander"}, "Ada 0-24", "Ben 24-48")
	b := rota(t, oncall.Calendar{Name: "b", Role: "operations"}, "Cem 0-24")
	r := oncall.New([]oncall.Source{a, b}, nil, []oncall.Person{{Name: "Dee", Zone: "Asia/Tokyo"}, {Name: "Eli", Zone: "UTC"}}, monday, hour(100))
	got := []string{}
	for _, x := range r.Reliefs("commander", "Ada", hour(15)) { // past midnight in Tokyo
		got = append(got, fmt.Sprintf("%s %s %v", x.Who.Name, x.Why, x.Night))
	}
	if want := []string{"Ben next false", "Cem on_call false", "Eli known false", "Dee known true"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestHandovers(t *testing.T) {
	r := roster(rota(t, oncall.Calendar{Role: "commander"}, "Ada 0-24", "Ben 24-48"))
	if h := r.Handovers(hour(22)); len(h) != 0 {
		t.Errorf("two hours before: %+v", h)
	}
	h := r.Handovers(hour(24).Add(-20 * time.Minute))
	if len(h) != 1 || !h[0].At.Equal(hour(24)) || h[0].From[0].Name != "Ada" || h[0].To == nil || h[0].To.Name != "Ben" {
		t.Errorf("%+v", h)
	}
	if !r.Changes(hour(1)).Equal(hour(24)) {
		t.Errorf("it changes at %v", r.Changes(hour(1)))
	}
}

func TestOverridesGoOut(t *testing.T) {
	var buf bytes.Buffer
	m := oncall.Message([]oncall.Override{{ID: "o1", Schedule: "base", Person: "ada", From: hour(1), To: hour(2), Note: "swap"}}, team, monday)
	if err := ical.Write(&buf, m); err != nil {
		t.Fatal(err)
	}
	cal, _, err := ical.Read(&buf, ical.Options{})
	if err != nil {
		t.Fatal(err)
	}
	occ, err := cal.Expand(monday, hour(24), nil)
	if err != nil || len(occ) != 1 || occ[0].Summary != "Ada Lovelace" || !occ[0].Start.Equal(hour(1)) || !occ[0].End.Equal(hour(2)) || occ[0].Attendees[0].Email != "ada@example.com" {
		t.Errorf("%v %+v", err, occ)
	}
}

func TestTheTeamIsInvited(t *testing.T) {
	text := "BEGIN:VCALENDAR\nPRODID:-//Atlassian Confluence//Calendar Plugin 1.0//EN\n" +
		"BEGIN:VEVENT\nUID:1\nSUMMARY:Platform rota\nDTSTART;VALUE=DATE:20261116\nDTEND;VALUE=DATE:20261123\nORGANIZER:mailto:boss@example.com\nATTENDEE;CN=Ada Lovelace:mailto:ada@example.com\nATTENDEE;CN=Boss:mailto:boss@example.com\nEND:VEVENT\nEND:VCALENDAR\n"
	cal, _, err := ical.Read(strings.NewReader(text), ical.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := on(roster(oncall.Source{Calendar: oncall.Calendar{Name: "c", Zone: "Europe/Berlin"}, Data: cal}), hour(1)); !slices.Equal(got, []string{"Ada Lovelace"}) {
		t.Errorf("%q", got)
	}
}

func TestAnInvitationOfNobodyIsSomebody(t *testing.T) {
	cal, _, err := ical.Read(strings.NewReader("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20261116\nDTEND;VALUE=DATE:20261123\nATTENDEE:\nEND:VEVENT\nEND:VCALENDAR\n"), ical.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := on(roster(oncall.Source{Calendar: oncall.Calendar{Name: "c"}, Data: cal}), hour(12)); !slices.Equal(got, []string{"somebody"}) {
		t.Errorf("%q", got)
	}
}

func TestMistakesAreNamed(t *testing.T) {
	s := oncall.Settings{
		Calendars: []oncall.Calendar{{Name: "a", File: "x", URL: "https://y"}, {Name: "A", URL: "gopher://s3cr3t"}, {Name: "b", File: "x", Preset: "nope", Title: "(", Zone: "Mars/Base", ByDesign: []string{"never"}, Refresh: time.Second}},
		Overrides: []oncall.Override{{Person: "", From: hour(2), To: hour(1)}},
	}
	paths := []string{}
	for _, p := range s.Check() {
		paths = append(paths, p.Path)
		if p.Hint == "" || strings.Contains(p.Message, "s3cr3t") {
			t.Errorf("%+v", p)
		}
	}
	want := []string{"calendars[0]", "calendars[1].name", "calendars[1].url", "calendars[2].preset", "calendars[2].title", "calendars[2].zone", "calendars[2].by_design[0]", "calendars[2].refresh",
		"overrides[0].person", "overrides[0].schedule", "overrides[0].to"}
	if !slices.Equal(paths, want) {
		t.Errorf("%q\nwant %q", paths, want)
	}
	if n := len(oncall.CheckPeople([]oncall.Person{{Name: "", Zone: "x"}, {Name: "a", Email: "b"}, {Name: "c", Aliases: []string{"d"}}, {Name: "e", Aliases: []string{"D"}}})); n != 4 {
		t.Errorf("%d mistakes", n)
	}
}
