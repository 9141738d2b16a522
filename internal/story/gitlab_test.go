package story_test

import (
	"testing"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/story"
)

// dated are the rows whose time the accounts give, or which follows from a link in
// them: some words of the row, and its time.
var dated = []struct{ words, at string }{
	{"The load graph that the notes link to", "2017-01-31 18:57:53"},
	{"The daily disk snapshot of production", "2017-01-31 01:00:00"},
	{"The second PostgreSQL process on the staging host", "2017-01-31 05:53:00"},
	{"The load of the database has jumped", "2017-01-31 21:09:40"},
	{"A status post about the load spike", "2017-01-31 21:34:16"},
	{"Alert: replication to the secondary", "2017-01-31 21:56:10"},
	{"The accounts that sent the spam", "2017-01-31 22:09:15"},
	{"about to sign off", "2017-01-31 22:12:45"},
	{"The removal is stopped", "2017-01-31 23:27:10"},
	{"GitLab.com is going offline", "2017-01-31 23:28:39"},
	{"engineer 2: back up the staging database", "2017-02-01 00:36:00"},
	{"Production data was deleted by accident", "2017-02-01 00:44:16"},
	{"The staging data is mounted", "2017-02-01 00:55:00"},
	{"A server of the NFS shares", "2017-02-01 01:05:00"},
	{"What remains of the production data", "2017-02-01 01:18:00"},
	{"engineer 2: copy the staging data", "2017-02-01 01:58:00"},
	{"The page now explains", "2017-02-01 02:00:00"},
	{"A PostgreSQL committer from outside", "2017-02-01 02:47:25"},
	{"About 50 % copied", "2017-02-01 03:00:00"},
	{"56.4 % copied", "2017-02-01 04:00:00"},
	{"An unsanitised copy is found", "2017-02-01 07:00:00"},
	{"42 % copied", "2017-02-01 08:07:00"},
	{"#hugops", "2017-02-01 15:45:07"},
	{"The copy of the data is complete", "2017-02-01 16:28:00"},
	{"A snapshot of the database server", "2017-02-01 16:36:00"},
	{"the restore checklist begins", "2017-02-01 16:45:00"},
	{"The database is started", "2017-02-01 16:53:00"},
	{"The database is restored, still", "2017-02-01 17:00:00"},
	{"Update to the summary: GitLab.com is online", "2017-02-01 18:14:00"},
	{"#1684", "2017-04-28 01:22:00"},
	{"The tracking issue is closed", "2018-01-22 08:55:00"},
}

// about are those that the accounts call approximate, or of which they give only the day.
var about = []struct{ words, at string }{
	{"max_connections of the primary is set to 8000", "2016-05-13 00:00:00"},
	{"An earlier outage of the database", "2016-11-28 00:00:00"},
	{"Several PostgreSQL servers are being built", "2017-01-31 16:00:00"},
	{"An extra disk snapshot", "2017-01-31 17:20:00"},
	{"Spam accounts create snippets", "2017-01-31 18:00:00"},
	{"Load on the database of GitLab.com is rising", "2017-01-31 19:00:00"},
	{"Writes to the database lock up", "2017-01-31 21:00:00"},
	{"Whoever is on call is paged", "2017-01-31 22:00:00"},
	{"The log segments that db2 needs are gone from the primary", "2017-01-31 23:00:00"},
	{"Restore db1 from the staging database", "2017-02-01 00:00:00"},
	{"The last steps and checks of the restore", "2017-02-01 18:00:00"},
	{"The postmortem is published", "2017-02-10 00:00:00"},
	{"how engineer 1 is doing", "2017-03-17 00:00:00"},
	{"All but four items", "2017-07-18 00:00:00"},
}

func instant(t *testing.T, text string) int64 {
	t.Helper()
	at, err := time.Parse(time.DateTime, text)
	if err != nil {
		t.Fatal(err)
	}
	return clock.Milli(at)
}

func TestGitLabTimesAreThoseOfTheAccounts(t *testing.T) {
	p := full(t, "gitlab-2017")
	if n := len(p.shown()); n < 60 {
		t.Errorf("%d timeline entries, want at least 60", n)
	}
	for _, d := range dated {
		e, l := p.row(t, d.words)
		if e.At != instant(t, d.at) || l.Approx {
			t.Errorf("%q stands at %s, approximate: %v; want %s exactly", d.words, time.UnixMilli(e.At).UTC(), l.Approx, d.at)
		}
	}
	for _, d := range about {
		e, l := p.row(t, d.words)
		if e.At != instant(t, d.at) || !l.Approx {
			t.Errorf("%q stands at %s, approximate: %v; want about %s", d.words, time.UnixMilli(e.At).UTC(), l.Approx, d.at)
		}
	}
}

// marks reports whether a record of the event can say that its time is a guess.
func marks(e incident.Event) bool {
	switch e.(type) {
	case *incident.NoteAdded, *incident.DecisionMade, *incident.ActionOpened, *incident.QuestionAsked, *incident.HypothesisStated, *incident.FollowUpAdded:
		return true
	}
	return false
}

func TestNoMinuteIsMadeUp(t *testing.T) {
	p := full(t, "gitlab-2017")
	exact, guess := map[int64]bool{}, map[int64]bool{}
	for _, d := range dated {
		exact[instant(t, d.at)] = true
	}
	order := 0
	for _, e := range p.shown() {
		if approx := compose.Line(e, p.state, p.kit).Approx; marks(e.Event) && approx == exact[e.At] {
			t.Errorf("at %s, approximate %v: %s", time.UnixMilli(e.At).UTC(), approx, compose.Line(e, p.state, p.kit).Text)
		} else if approx {
			guess[e.At] = true
			order++
		}
	}
	if order < 60 {
		t.Errorf("%d rows are marked approximate; most of the accounts give only an order", order)
	}
	for _, e := range p.shown() {
		if !exact[e.At] && !guess[e.At] {
			t.Errorf("a minute of nobody's: %s: %s", time.UnixMilli(e.At).UTC(), compose.Line(e, p.state, p.kit).Text)
		}
	}
}

func TestGitLabAsItWas(t *testing.T) {
	p := full(t, "gitlab-2017")
	for m, want := range map[incident.Milestone]incident.Stamp{
		incident.Started:      {Time: instant(t, "2017-01-31 18:00:00"), Approx: true, Corrected: true},
		incident.Detected:     {Time: instant(t, "2017-01-31 18:00:00"), Approx: true, Corrected: true},
		incident.Acknowledged: {Time: instant(t, "2017-01-31 18:00:00"), Approx: true, Corrected: true},
		incident.DeclaredAt:   {Time: instant(t, "2017-01-31 19:00:00"), Approx: true, Corrected: true},
		incident.Mitigated:    {Time: instant(t, "2017-02-01 18:14:00"), Approx: true, Corrected: true},
		incident.ResolvedAt:   {Time: instant(t, "2017-02-01 18:14:00")},
		incident.ClosedAt:     {Time: instant(t, "2018-01-22 08:55:00")},
	} {
		got := p.state.Times[m]
		got.By = incident.ID{} // which record says so is another matter
		if got != want {
			t.Errorf("%s is %+v, want %+v", m, got, want)
		}
	}
	if p.state.Command.Term != 1 || p.state.Command.Holder != p.Commander.ID || p.Commander.Name != "engineer 1" {
		t.Errorf("command went to %s in term %d; no handover of it is on record", p.Commander.Name, p.state.Command.Term)
	}
	if got := p.state.Name(p.state.Roles["operations"].Person); got != "engineer 2" {
		t.Errorf("the restore ends with %s, want engineer 2", got)
	}
	for audience, told := range map[string]int{"customers": 10, "responders": 6, "support": 2, "leadership": 0, "partners": 0} {
		if got := p.state.Audiences[audience].Told; got != told {
			t.Errorf("%s told %d times, want %d", audience, got, told)
		}
	}
	for _, e := range p.entries {
		if u, ok := e.Event.(*incident.UpdateRequested); ok && u.Next != 0 {
			t.Errorf("a next update is promised, which is on record nowhere: %s", u.Text)
		}
	}
	based := 0
	for _, d := range p.state.Decisions {
		if d.Basis {
			based++
		}
	}
	if len(p.state.Decisions) != 9 || based != len(p.state.Decisions) {
		t.Errorf("%d decisions, %d of them with their basis", len(p.state.Decisions), based)
	}
	waived := 0
	for _, c := range p.state.Gate(p.kit).Criteria {
		if c.Word == "" {
			t.Errorf("the criterion %q is %s without a word", c.Text, c.State)
		}
		if c.State == incident.ExitWaived {
			waived++
		}
	}
	if waived != 4 {
		t.Errorf("%d criteria are waived, want the 4 of which nothing is on record", waived)
	}
}

// What a demonstration shows: the restore has just been decided and everything runs.
func TestGitLabHalfway(t *testing.T) {
	p := play(t, "gitlab-2017", story.Options{Half: true})
	s := p.state
	if at := clock.Milli(p.Now); at != instant(t, "2017-02-01 00:36:00") || at != p.records[len(p.records)-1].RecordedAt {
		t.Errorf("it stops at %s", p.Now)
	}
	if s.Phase != incident.PhaseMitigate || s.Severity != "SEV1" || len(s.OpenActions()) != 2 || len(s.OpenQuestions()) != 1 {
		t.Errorf("phase %s, %s, %d actions, %d questions", s.Phase, s.Severity, len(s.OpenActions()), len(s.OpenQuestions()))
	}
	looks := map[string]cadence.Look{}
	for _, d := range cadence.Deadlines(s, p.kit) {
		subject := d.Subject
		if d.Kind == cadence.Action || d.Kind == cadence.Duty || d.Kind == cadence.Help {
			subject = ""
		}
		looks[string(d.Kind)+" "+subject] = d.Look(clock.Milli(p.Now))
	}
	want := map[string]cadence.Look{
		"promise leadership": cadence.Warning, "role communications": cadence.Caution, "duty ": cadence.Caution, "action ": cadence.Nominal, "reassess ": cadence.Advisory, "quiet ": cadence.Nominal, "help ": cadence.Advisory,
	}
	for key, look := range want {
		if looks[key] != look {
			t.Errorf("%s looks %q, want %q", key, looks[key], look)
		}
	}
	if len(looks) != len(want) {
		t.Errorf("deadlines: %v", looks)
	}
	if s.Holder(kit.Commander).Person != p.Commander.ID {
		t.Error("somebody else commands")
	}
}
