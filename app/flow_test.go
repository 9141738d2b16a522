package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

func TestTheFirstNameMakesThePerson(t *testing.T) {
	s := &seat{t: t, dir: t.TempDir(), clock: newClock()}
	s.open()
	t.Cleanup(s.close)
	if v := s.station(); v.Me != (app.PersonView{}) || v.Suggested == "" || v.Theme != "dark" {
		t.Errorf("before anybody sat down: %+v %q %q", v.Me, v.Suggested, v.Theme)
	}
	_, err := s.Declare(app.DeclareInput{Title: "checkout fails"})
	refused(t, err, fault.Invalid, "commander")
	page := s.listen()
	s.must(s.SetPrefs(app.PrefsInput{Name: "  ana  ", Theme: "light"}))
	n := page.next("the name", func(n app.Notify) bool { return n.Station != nil && n.Station.Me.Name != "" })
	me := n.Station.Me
	if me.ID == "" || me.Name != "ana" || n.Station.Theme != "light" {
		t.Fatalf("%+v", n.Station)
	}
	id := s.declare("checkout fails")
	s.must(s.SetPrefs(app.PrefsInput{Name: "ana b."})) // another name, the same person
	s.log(id, "under a new name")
	s.reopen()
	if v := s.station(); v.Me != (app.PersonView{ID: me.ID, Name: "ana b."}) || v.Theme != "light" {
		t.Errorf("after a restart %+v %q", v.Me, v.Theme)
	}
	if live := s.live(id); live.Commander.ID != me.ID || live.Commander.Name != "ana b." || len(live.People) != 1 {
		t.Errorf("%+v %q", live.Commander, live.People)
	}
	refused(t, s.SetPrefs(app.PrefsInput{Theme: "pink"}), fault.Invalid, "theme")
	refused(t, s.SetPrefs(app.PrefsInput{Name: strings.Repeat("x", 500)}), fault.Invalid, "name")
	if v := s.station(); v.Theme != "light" || v.Me.Name != "ana b." {
		t.Errorf("what was refused has changed %+v", v)
	}
}

func TestDeclareAnswersEverything(t *testing.T) {
	s := sit(t)
	id := mint(t)
	n, err := s.Declare(app.DeclareInput{ID: id, Title: "checkout fails", Detected: s.now() - minute})
	s.must(err)
	if n.Live.ID != id || n.Live.Ref != "INC-1" || !n.Live.Provisional || n.Live.Commander.Name != "ana" || !n.Live.Mine || n.Live.Next.Kind == "" {
		t.Errorf("%+v", n.Live)
	}
	if len(n.Timeline.Rows) == 0 || len(n.Station.Incidents) != 1 || n.Station.Incidents[0].ID != id {
		t.Errorf("%+v %+v", n.Timeline, n.Station.Incidents)
	}
	if again, err := s.Watch(id); err != nil || len(again.Timeline.Rows) != len(n.Timeline.Rows) || again.Seq <= n.Seq || again.Boot != n.Boot {
		t.Errorf("watched anew: %v %+v", err, again)
	}
	_, err = s.Declare(app.DeclareInput{ID: id, Title: "twice"})
	refused(t, err, fault.Conflict, "")
	for field, in := range map[string]app.DeclareInput{
		"title":      {Title: " \t"},
		"severity":   {Title: "x", Severity: "SEV9"},
		"type":       {Title: "x", Type: "weather"},
		"started_at": {Title: "x", Started: s.now() + 10*minute},
		"id":         {Title: "x", ID: "one"},
	} {
		_, err := s.Declare(in)
		refused(t, err, fault.Invalid, field)
	}
	_, err = s.Watch(mint(t))
	refused(t, err, fault.NotFound, "")
	if v := s.station(); len(v.Incidents) != 1 {
		t.Errorf("%d incidents", len(v.Incidents))
	}
}

func TestAnUpdateMovesThePromise(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	first := audience(s.live(id), "customers")
	if !first.First || first.Told != 0 || first.Due != s.now()+15*minute {
		t.Fatalf("%+v", first)
	}
	s.pass(3*time.Minute + 20*time.Second)
	d, err := s.Draft(app.DraftInput{Incident: id, Audience: "customers"})
	s.must(err)
	if d.Text == "" || d.State != "investigating" || d.Next%minute != 0 || d.Next < s.now()+30*minute || d.Next >= s.now()+31*minute {
		t.Fatalf("%+v", d)
	}
	checked, err := s.Draft(app.DraftInput{Incident: id, Audience: "customers", State: d.State, Text: "We look into db-7.internal; back in 5 minutes."})
	if err != nil || len(checked.Checks) == 0 || checked.Text != "We look into db-7.internal; back in 5 minutes." {
		t.Errorf("%v %+v", err, checked)
	}
	_, err = s.Draft(app.DraftInput{Incident: id, Audience: "the press"})
	refused(t, err, fault.Invalid, "audience")

	rec := mint(t)
	in := app.UpdateInput{Incident: id, ID: rec, Audience: "customers", State: d.State, Text: d.Text, Next: d.Next, How: "copied"}
	s.must(s.SendUpdate(in))
	s.must(s.SendUpdate(in)) // the answer was lost, the page sends it again
	got := audience(s.live(id), "customers")
	if got.Told != 1 || got.Due != d.Next || got.First || got.Text != d.Text || got.Look != "nominal" {
		t.Errorf("%+v", got)
	}
	s.must(s.MovePromise(app.TimeInput{Incident: id, Subject: "customers", Time: d.Next + 10*minute, Text: "still working"}))
	if got := audience(s.live(id), "customers"); got.Due != d.Next+10*minute || got.Told != 1 {
		t.Errorf("%+v", got)
	}
	refused(t, s.MovePromise(app.TimeInput{Incident: id, Subject: "customers", Time: s.now() - minute}), fault.Invalid, "next")
	in.ID, in.Next = mint(t), 1
	refused(t, s.SendUpdate(in), fault.Invalid, "next")
	in.ID, in.Next, in.Text = mint(t), 0, " "
	refused(t, s.SendUpdate(in), fault.Invalid, "text")
}

func TestSeverityAndPhaseAskForAReason(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	refused(t, s.SetSeverity(app.ChangeInput{Incident: id, To: "SEV3"}), fault.Invalid, "reason")
	s.must(s.SetSeverity(app.ChangeInput{Incident: id, To: "SEV3", Reason: "one region only"}))
	s.must(s.MovePhase(app.ChangeInput{Incident: id, To: "mitigate"}))
	refused(t, s.MovePhase(app.ChangeInput{Incident: id, To: "investigate"}), fault.Invalid, "reason")
	s.must(s.MovePhase(app.ChangeInput{Incident: id, To: "investigate", Reason: "it came back"}))
	refused(t, s.MovePhase(app.ChangeInput{Incident: id, To: "investigate"}), fault.Conflict, "")
	refused(t, s.MovePhase(app.ChangeInput{Incident: id, To: "resolved"}), fault.Invalid, "reason")
	s.over(id)
	live := s.live(id)
	if live.Phase != "resolved" || live.Gate.Open != 0 || len(s.backend.Running()) != 0 {
		t.Errorf("%+v %q", live.Gate, s.backend.Running())
	}
	s.must(s.PlanRetro(app.TimeInput{Incident: id, Text: "dee", Time: s.now() + 48*60*minute}))
	if live := s.live(id); live.Gate.Retro {
		t.Error("the retrospective is still asked for")
	}
	if v := s.station(); v.Incidents[0].Ended == 0 || v.Incidents[0].Look != "nominal" {
		t.Errorf("%+v", v.Incidents[0])
	}
}

func TestTheRestOfTheDesk(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.must(s.AssignRole(app.RoleInput{Incident: id, Role: "operations", Person: "ben"}))
	s.must(s.AssignRole(app.RoleInput{Incident: id, Role: "operations"}))
	refused(t, s.AssignRole(app.RoleInput{Incident: id, Role: "commander"}), fault.Invalid, "role")
	s.must(s.SetSituation(app.TextInput{Incident: id, Subject: "goal", Text: "orders work again"}))
	refused(t, s.SetSituation(app.TextInput{Incident: id, Subject: "mood", Text: "bad"}), fault.Invalid, "field")
	s.must(s.SetMilestone(app.TimeInput{Incident: id, Subject: "started", Time: s.now() - 5*minute, Approx: true}))
	item := s.live(id).Checklist.Items[len(s.live(id).Checklist.Items)-1].ID
	refused(t, s.Check(app.CheckInput{Incident: id, Subject: item, State: "skipped"}), fault.Invalid, "reason")
	s.must(s.Check(app.CheckInput{Incident: id, Subject: item, State: "done", Text: "seen by ben"}))
	s.log(id, "?is the app hit")
	s.log(id, "@ben look 5m")
	live := s.live(id)
	s.must(s.Answer(app.TextInput{Incident: id, Subject: live.Questions[0].ID, Text: "no"}))
	s.must(s.EndAction(app.ActionInput{Incident: id, Action: live.Actions[0].ID, Minutes: 15}))
	if a := s.live(id).Actions[0]; a.Due != s.now()+15*minute {
		t.Errorf("%+v", a)
	}
	s.must(s.EndAction(app.ActionInput{Incident: id, Action: live.Actions[0].ID, Dropped: true}))
	if live := s.live(id); len(live.Actions)+len(live.Questions) != 0 || live.Situation.Goal != "orders work again" {
		t.Errorf("%+v", live)
	}
	brief, err := s.Brief(id)
	if err != nil || !strings.Contains(brief, "checkout fails") {
		t.Errorf("%v %s", err, brief)
	}
	for _, format := range []string{"md", "html", "json", "csv"} {
		if doc, err := s.Export(app.ExportInput{Incident: id, Format: format}); err != nil || doc.Name != "INC-1."+format || !strings.Contains(doc.Text, "seen by ben") {
			t.Errorf("%s: %v %+v", format, err, doc)
		}
	}
	_, err = s.Export(app.ExportInput{Incident: id, Format: "docx"})
	refused(t, err, fault.Invalid, "format")
	for _, format := range []string{"md", "json"} {
		_, err = s.Export(app.ExportInput{Incident: mint(t), Format: format})
		refused(t, err, fault.NotFound, "")
	}
}

func TestSilenceEndsByItself(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	page := s.listen()
	s.must(s.Silence(10))
	until := s.now() + 10*minute
	page.next("the bell crossed out", func(n app.Notify) bool { return n.Live != nil && cell(n.Live, "link").Kind == "silent" })
	if a := s.station().Alerts; a.Silent != until {
		t.Errorf("%+v", a)
	}
	s.pass(10 * time.Minute)
	page.next("the bell again", func(n app.Notify) bool {
		return n.Live != nil && n.Live.ID == id && cell(n.Live, "link").Kind != "silent"
	})
	if a := s.station().Alerts; a.Silent != 0 {
		t.Errorf("%+v", a)
	}
	refused(t, s.Silence(11), fault.Invalid, "minutes") // not while it is a SEV2
	s.must(s.SetSeverity(app.ChangeInput{Incident: id, To: "SEV3", Reason: "one region"}))
	s.must(s.Silence(60))
	s.must(s.Silence(0))
	if a := s.station().Alerts; a.Silent != 0 {
		t.Errorf("%+v", a)
	}
	for _, bad := range []int{-1, 61, 1 << 40} {
		refused(t, s.Silence(bad), fault.Invalid, "minutes")
	}
}

func TestDraftsSurviveARestart(t *testing.T) {
	s := sit(t)
	long := strings.Repeat("words ", 600_000) // 3.6 MB
	for _, k := range []app.KeptView{{Place: "log/1", Text: "half a li"}, {Place: "log/1", Text: "half a line"}, {Place: "declare", Text: long}, {Place: "update/1/customers", Text: "x"}, {Place: "update/1/customers"}} {
		s.must(s.Keep(k))
	}
	refused(t, s.Keep(app.KeptView{Text: "nowhere"}), fault.Invalid, "place")
	refused(t, s.Keep(app.KeptView{Place: strings.Repeat("x", 201), Text: "far"}), fault.Invalid, "place")
	refused(t, s.Keep(app.KeptView{Place: "log/1", Text: strings.Repeat("x", 4<<20+1)}), fault.Invalid, "text")
	s.reopen()
	kept, err := s.Kept()
	s.must(err)
	got := map[string]string{}
	for _, k := range kept {
		got[k.Place] = k.Text
	}
	if len(got) != 2 || got["log/1"] != "half a line" || got["declare"] != long {
		t.Errorf("%d kept, log %q", len(got), got["log/1"])
	}
}

func TestBrokenSettingsAreSaidAndSetAside(t *testing.T) {
	s := &seat{t: t, dir: t.TempDir(), clock: newClock()}
	path := filepath.Join(s.dir, "settings.yaml")
	s.must(os.WriteFile(path, []byte("name: ana\nperson: nobody knows\n"), 0o600))
	s.open()
	t.Cleanup(s.close)
	for _, broken := range []string{"", "name: ana\ntheme: [\n"} {
		if broken != "" {
			s.must(os.WriteFile(path, []byte(broken), 0o600))
			s.reopen()
		}
		v := s.station()
		if len(v.Faults) != 1 || v.Faults[0].Code != "invalid" || !strings.Contains(v.Faults[0].Message, "settings.yaml") || v.Faults[0].Hint == "" {
			t.Fatalf("%+v", v.Faults)
		}
		if v.Me != (app.PersonView{}) {
			t.Errorf("seated %+v", v.Me)
		}
		s.must(s.SetPrefs(app.PrefsInput{Name: "ana"}))
		if v := s.station(); len(v.Faults) != 0 || v.Me.ID == "" {
			t.Errorf("%+v", v)
		}
		s.declare("checkout fails")
		if broken == "" {
			continue
		}
		if aside, err := os.ReadFile(path + ".unreadable"); err != nil || string(aside) != broken {
			t.Errorf("%v %q", err, aside)
		}
	}
}

func TestSettingsChangedAtOnceAreAllKept(t *testing.T) {
	s := sit(t)
	yes := true
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() { s.must(s.SetPrefs(app.PrefsInput{Theme: "light"})) })
		wg.Go(func() { s.must(s.SetPrefs(app.PrefsInput{Local: &yes})) })
		wg.Go(func() { s.must(s.backend.KeepWindow(workspace.Window{Width: 1000 + i, Height: 800})) })
	}
	wg.Wait()
	got, err := workspace.ReadSettings(s.dir)
	if err != nil || got.Theme != "light" || !got.Local || got.Window.Width < 1000 || got.Name != "ana" {
		t.Errorf("%v %+v", err, got)
	}
}

func TestSettingsThatAnotherProcessWroteAreTakenIn(t *testing.T) {
	s := sit(t)
	page := s.listen()
	other, err := workspace.ReadSettings(s.dir)
	s.must(err)
	other.Theme = "light"
	s.must(workspace.WriteSettings(s.dir, other))
	s.pass(200 * time.Millisecond)
	page.next("the other theme", func(n app.Notify) bool {
		return n.Station != nil && n.Station.Theme == "light" && n.Station.Me.Name == "ana"
	})
	s.must(os.WriteFile(filepath.Join(s.dir, "settings.yaml"), []byte("theme: [\n"), 0o600))
	s.pass(200 * time.Millisecond)
	n := page.next("what is wrong with it", func(n app.Notify) bool { return n.Station != nil && len(n.Station.Faults) == 1 })
	if n.Station.Theme != "light" || n.Station.Me.Name != "ana" {
		t.Errorf("what was in force is gone: %+v", n.Station)
	}
	s.declare("checkout fails")
}
