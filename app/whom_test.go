package app_test

import (
	"slices"
	"strings"
	"testing"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// Whoever people.yaml knows is one person in the log, by whichever name they are called.
func TestTheLineKnowsPeopleByAnyOfTheirNames(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	for _, p := range []app.ContactInput{
		{Name: "Ben Ito", Email: "ben@example.com", Aliases: []string{"bito", "big ben"}},
		{Name: "Sam Roe", Email: "sam@example.com"},
		{Name: "Sam Tan", Email: "tan@example.com"},
	} {
		s.must(s.PutPerson(p))
	}
	for typed, owner := range map[string]string{
		"@bito flush the cache":            "Ben Ito",
		"@BEN@example.com, flush":          "Ben Ito",
		"@big ben: flush it 5m":            "Ben Ito",
		"@ben flush":                       "Ben Ito", // a first name that only one bears
		"@Ben Ito flush":                   "Ben Ito",
		"@tan@example.com look":            "Sam Tan",
		"@zoe call the bank":               "zoe",
		"@ana say so":                      "ana", // who sits here
		"@sam look":                        "sam", // either may be meant: as typed
		"@\"big ben of support\" look now": "big ben of support",
	} {
		v, err := s.ParseLine(app.LogInput{Incident: id, Text: typed})
		if err != nil || v.Fault != nil || v.Owner != owner {
			t.Errorf("%q is for %q: %v %+v", typed, v.Owner, err, v.Fault)
		}
	}
	for typed, says := range map[string]string{
		"@who@example.com look": "nobody in people.yaml",
	} {
		v, err := s.ParseLine(app.LogInput{Incident: id, Text: typed})
		if err != nil || v.Fault == nil || !strings.Contains(v.Fault.Message, says) {
			t.Errorf("%q: %v %+v", typed, err, v.Fault)
		}
		refused(t, s.Log(app.LogInput{Incident: id, ID: mint(t), Text: typed}), fault.Invalid, "person")
	}
	s.log(id, "@bito flush the cache")
	s.log(id, "@ben@example.com purge the queue")
	s.log(id, "/role scribe big ben")
	live := s.live(id)
	if live.Actions[0].Owner != "Ben Ito" || live.Actions[1].Owner != "Ben Ito" || len(live.People) != 2 {
		t.Errorf("%+v %q", live.Actions, live.People)
	}
	for _, r := range live.Roles {
		if r.ID == "scribe" && r.Person.Name != "Ben Ito" {
			t.Errorf("%+v", r)
		}
	}
	// A first name of the incident comes before one of the team.
	s.log(id, "/role comms Sam Oko")
	if v, err := s.ParseLine(app.LogInput{Incident: id, Text: "@sam look"}); err != nil || v.Owner != "Sam Oko" {
		t.Errorf("%v %+v", err, v)
	}
}

// Who was written down before people.yaml said who they are is not a second person, and
// keeps the name under which the record knows them; a name of two people is nobody's.
func TestWhoWasThereBeforeTheFileIsOnePerson(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.log(id, "@bob flush the cache")
	s.log(id, "@sam look")
	for _, p := range []app.ContactInput{
		{Name: "Bob Stone", Email: "bob@example.com", Aliases: []string{"bob"}},
		{Name: "Sam Roe", Email: "roe@example.com"},
		{Name: "Sam Tan", Email: "tan@example.com"},
	} {
		s.must(s.PutPerson(p))
	}
	s.log(id, "@bob purge the queue")
	s.log(id, "/role scribe Bob Stone")
	s.log(id, "@roe@example.com look again")
	live := s.live(id)
	owners := []string{}
	for _, a := range live.Actions {
		owners = append(owners, a.Owner)
	}
	slices.Sort(owners)
	if want := []string{"Sam Roe", "bob", "bob", "sam"}; !slices.Equal(owners, want) || len(live.People) != 4 {
		t.Errorf("owners %q, people %q", owners, live.People)
	}
	for _, r := range live.Roles {
		if r.ID == "scribe" && r.Person.Name != "bob" {
			t.Errorf("%+v", r)
		}
	}
}
