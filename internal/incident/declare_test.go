package incident_test

import (
	"reflect"
	"slices"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

func TestATitleIsEnough(t *testing.T) {
	d := empty(t)
	recs, err := d.try(&incident.Declare{Declared: incident.Declared{Ref: "INC-1", Title: " checkout\n fails "}})
	if err != nil {
		t.Fatal(err)
	}
	var kinds []incident.Kind
	for _, r := range recs {
		kinds = append(kinds, r.Kind)
	}
	if want := []incident.Kind{"person.named", "incident.declared", "command.accepted"}; !slices.Equal(kinds, want) {
		t.Errorf("records %q, want %q", kinds, want)
	}
	s := d.state
	if s.Declared.Title != "checkout fails" || s.Severity != "SEV2" || !s.Provisional || s.Declared.Type != "service" {
		t.Errorf("declared as %s", asJSON(t, s))
	}
	if s.Command.Holder != ana.ID || s.Command.Term != 1 || s.Phase != incident.PhaseDeclare || !s.Open() {
		t.Errorf("command %+v in %s", s.Command, s.Phase)
	}
	if got := s.Times[incident.DeclaredAt].Time; got != noon {
		t.Errorf("declared at %d", got)
	}
	if _, ok := s.Times[incident.Assessed]; ok {
		t.Error("nobody has assessed it yet")
	}
}

// A template fills what was left open and nothing that was said.
func TestADeclarationBeginsWithATemplate(t *testing.T) {
	e := incident.Declared{Title: "checkout fails", Severity: "SEV3", Services: []string{"checkout"}}
	e.Begin(&kit.Draft{Title: "Since the release, ", Type: "security", Severity: "SEV1", Source: "alert", Services: []string{"payments"}, Regions: []string{"eu"}})
	want := incident.Declared{Title: "checkout fails", Severity: "SEV3", Type: "security", Source: "alert", Services: []string{"checkout"}, Regions: []string{"eu"}}
	if !reflect.DeepEqual(e, want) {
		t.Errorf("%+v, want %+v", e, want)
	}
}

func TestDeclare(t *testing.T) {
	base := func(change func(*incident.Declare)) *incident.Declare {
		c := &incident.Declare{Declared: incident.Declared{Ref: "INC-1", Title: "checkout fails"}}
		change(c)
		return c
	}
	many := make([]string, 101)
	for i := range many {
		many[i] = "eu"
	}
	tests := []struct {
		name  string
		cmd   *incident.Declare
		code  fault.Code
		field string
	}{
		{name: "all of it", cmd: base(func(c *incident.Declare) {
			c.Severity, c.Type, c.Source, c.Reporter = "SEV1", "people", "user", "a customer"
			c.Started, c.Detected = noon-hour, noon-minute
			c.Environments, c.Invited = []string{"live"}, []string{"ben@example.org"}
			c.Commander, c.Responder = ben, dee
		})},
		{name: "started when it was declared", cmd: base(func(c *incident.Declare) { c.Started, c.Detected = noon, noon })},
		{name: "without a title", cmd: base(func(c *incident.Declare) { c.Title = "" }), code: fault.Invalid, field: "title"},
		{name: "a title of blanks", cmd: base(func(c *incident.Declare) { c.Title = " \t\n\u200b" }), code: fault.Invalid, field: "title"},
		{name: "200 characters", cmd: base(func(c *incident.Declare) { c.Title = repeat("ж", 200) })},
		{name: "201 characters", cmd: base(func(c *incident.Declare) { c.Title = repeat("ж", 201) }), code: fault.Invalid, field: "title"},
		{name: "an essay", cmd: base(func(c *incident.Declare) { c.Summary = repeat("x", 2001) }), code: fault.Invalid, field: "summary"},
		{name: "an endless link", cmd: base(func(c *incident.Declare) { c.Thread = repeat("x", 2001) }), code: fault.Invalid, field: "thread"},
		{name: "a severity of no kit", cmd: base(func(c *incident.Declare) { c.Severity = "SEV0" }), code: fault.Invalid, field: "severity"},
		{name: "a type of no kit", cmd: base(func(c *incident.Declare) { c.Type = "weather" }), code: fault.Invalid, field: "type"},
		{name: "a source of nowhere", cmd: base(func(c *incident.Declare) { c.Source = "gossip" }), code: fault.Invalid, field: "source"},
		{name: "started tomorrow", cmd: base(func(c *incident.Declare) { c.Started = noon + day }), code: fault.Invalid, field: "started_at"},
		{name: "started after the declaration", cmd: base(func(c *incident.Declare) { c.Started = noon + second }), code: fault.Invalid, field: "started_at"},
		{name: "detected in the year 9999", cmd: base(func(c *incident.Declare) { c.Detected = year9999 }), code: fault.Invalid, field: "detected_at"},
		{name: "started in 1999", cmd: base(func(c *incident.Declare) { c.Started = 900_000_000_000 }), code: fault.Invalid, field: "started_at"},
		{name: "detected before it started", cmd: base(func(c *incident.Declare) { c.Started, c.Detected = noon-hour, noon-2*hour }), code: fault.Invalid, field: "detected_at"},
		{name: "commanded by everybody", cmd: base(func(c *incident.Declare) { c.Commander = incident.Person{ID: number(1), Name: "everybody"} }), code: fault.Invalid, field: "commander"},
		{name: "commanded by a name without an id", cmd: base(func(c *incident.Declare) { c.Commander = incident.Person{Name: "Eve"} }), code: fault.Invalid, field: "commander"},
		{name: "worked on by the team", cmd: base(func(c *incident.Declare) { c.Responder = incident.Person{ID: number(1), Name: "team"} }), code: fault.Invalid, field: "responder"},
		{name: "a hundred and one regions", cmd: base(func(c *incident.Declare) { c.Regions = many }), code: fault.Invalid, field: "regions"},
		{name: "an endless service", cmd: base(func(c *incident.Declare) { c.Services = []string{repeat("x", 201)} }), code: fault.Invalid, field: "services"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := empty(t)
			_, err := d.try(tt.cmd)
			if tt.code != "" {
				refusal(t, err, tt.code, tt.field)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			d.refused(tt.cmd, fault.Conflict, "")
		})
	}
}

func TestNobodyDeclaresAnIncidentThatNobodyCommands(t *testing.T) {
	d := empty(t)
	d.actor = incident.Person{}
	d.refused(&incident.Declare{Declared: incident.Declared{Title: "x"}}, fault.Invalid, "commander")
}

func TestWhatIsKeptOfADeclaration(t *testing.T) {
	d := empty(t)
	c := &incident.Declare{Responder: ben, Declared: incident.Declared{
		Ref: "INC-1", Title: "login is slow", Severity: "SEV1", Security: true, Impact: "some cannot log in",
		Started: noon - hour, Detected: noon - 10*minute,
		Environments: []string{" live ", "", "\u200b", "test\nbed"},
	}}
	d.must(c)
	s := d.state
	if got := s.Declared.Environments; !slices.Equal(got, []string{"live", "test bed"}) {
		t.Errorf("environments %q", got)
	}
	if !slices.Equal(c.Environments, []string{" live ", "", "\u200b", "test\nbed"}) {
		t.Error("the caller's list was changed")
	}
	if s.Declared.Type != "security" || s.Situation["impact"].Text != "some cannot log in" || s.Holder("operations").Person != ben.ID {
		t.Errorf("kept as %s", asJSON(t, s))
	}
	for m, want := range map[incident.Milestone]int64{
		incident.Started: noon - hour, incident.Detected: noon - 10*minute, incident.Acknowledged: noon,
		incident.DeclaredAt: noon, incident.Assessed: noon,
	} {
		if got := s.Times[m]; got.Time != want || got.Corrected {
			t.Errorf("%s %+v, want %d", m, got, want)
		}
	}
}

// A type that is private makes the incident a security one whatever the form said.
func TestAPrivateTypeIsSecurity(t *testing.T) {
	d := empty(t)
	d.must(&incident.Declare{Declared: incident.Declared{Title: "keys leaked", Type: "security"}})
	if !d.state.Declared.Security || !d.state.Row().Security {
		t.Error("it is not marked as security")
	}
}

func TestAnOldTimeAloneMakesNoBackfill(t *testing.T) {
	d := empty(t)
	if _, err := d.at(noon-30*day, &incident.Declare{Declared: incident.Declared{Title: "x", Started: noon - 31*day}}); err != nil {
		t.Fatal(err)
	}
	if d.state.Declared.Backfill || d.state.Times[incident.DeclaredAt].Time != noon-30*day {
		t.Errorf("%s", asJSON(t, d.state.Declared))
	}
	d = empty(t)
	if _, err := d.at(noon-30*day, &incident.Declare{Declared: incident.Declared{Title: "x", Started: noon}}); err == nil {
		t.Error("it started after it was declared")
	}
}
