package app_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// told is an incident that was run, ended and closed.
func told(s *seat) (id, decision string) {
	id = s.declare("checkout fails")
	s.must(s.SetSituation(app.TextInput{Incident: id, Subject: "cause", Text: "the tax rule"}))
	s.pass(20 * time.Minute)
	s.must(s.Log(app.LogInput{Incident: id, Text: "!Roll back because errors began then"}))
	s.pass(10 * time.Minute)
	s.must(s.SetSituation(app.TextInput{Incident: id, Subject: "cause", Text: "a full disk"}))
	v, err := s.Retro(app.ReviewInput{Incident: id})
	s.must(err)
	for _, m := range v.Moments {
		if m.Mark == "decision" {
			decision = m.ID
		}
	}
	return id, decision
}

func TestLookingBack(t *testing.T) {
	s := sit(t)
	id, decision := told(s)
	s.must(s.WriteSection(app.SectionInput{Incident: id, Section: "hard", Text: "The root cause was Ben", Seconds: 90}))
	if err := s.WriteSection(app.SectionInput{Incident: id, Section: "hard", Text: "over it"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a text that rests on nothing took the place of another: %v", err)
	}
	s.must(s.MarkMoment(app.MarkInput{Incident: id, Subject: decision, As: "helped", Text: "rehearsed"}))
	s.must(s.AskMoment(app.TextInput{Incident: id, Subject: decision, Text: "What else was on the table?"}))
	s.must(s.NameFactor(app.TextInput{Incident: id, Text: "no alert"}))
	s.must(s.NameFactor(app.TextInput{Incident: id, Text: "nobody looked"}))
	v, err := s.Retro(app.ReviewInput{Incident: id})
	s.must(err)
	s.must(s.LinkFactor(app.FactorInput{Incident: id, Factor: v.Factors[0].ID, To: v.Factors[1].ID}))
	s.must(s.LinkFactor(app.FactorInput{Incident: id, Factor: v.Factors[1].ID, Moment: decision}))
	for _, m := range v.Moments {
		if m.ID == decision {
			s.must(s.AnswerMoment(app.TextInput{Incident: id, Subject: m.Asked[0].ID, Text: "to wait"}))
		}
	}
	v, err = s.Retro(app.ReviewInput{Incident: id})
	s.must(err)
	if len(v.Sections) != 11 || v.Sections[5].ID != "hard" || v.Sections[5].Text != "The root cause was Ben" || v.Sections[5].By != "ana" || v.Factors[0].LedTo[0] != v.Factors[1].ID || v.Factors[1].Seen[0] != decision {
		t.Errorf("%+v", v)
	}
	gaps := 0
	for _, m := range v.Moments {
		if m.Mark == "gap" {
			gaps++
		}
		if m.ID == decision && (m.As != "helped" || m.Why != "rehearsed" || m.Asked[0].Answer != "to wait" || !strings.Contains(m.Cite, m.Anchor)) {
			t.Errorf("the decision is %+v", m)
		}
	}
	if gaps != 1 {
		t.Errorf("%d gaps", gaps)
	}
	hints, err := s.Hints(v.Sections[5].Text)
	s.must(err)
	if len(hints) != 1 || hints[0].Words != "root cause" || hints[0].Ask == "" {
		t.Errorf("hints %+v", hints)
	}
	s.must(s.WriteSection(app.SectionInput{Incident: id, Section: "hard", Text: "Conditions came together", Base: v.Sections[5].Record}))
	old, err := s.SectionHistory(app.TextInput{Incident: id, Subject: "hard"})
	s.must(err)
	if len(old) != 2 || old[0].Text != "Conditions came together" || old[1].Text != "The root cause was Ben" {
		t.Errorf("history %+v", old)
	}
	for format, begins := range map[string]string{"md": "# Retrospective", "html": "<!doctype html>", "pdf": "%PDF-"} {
		d, err := s.RetroDocument(app.ExportInput{Incident: id, Format: format})
		s.must(err)
		text := d.Text
		if d.Base64 {
			raw, err := base64.StdEncoding.DecodeString(d.Text)
			s.must(err)
			text = string(raw)
		}
		if !strings.HasPrefix(text, begins) || d.Name != "INC-1-retrospective."+format {
			t.Errorf("%s begins with %.20q", d.Name, text)
		}
	}
	if _, err := s.RetroDocument(app.ExportInput{Incident: id, Format: "doc"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a format that there is not: %v", err)
	}
}

// What is shown of a time is what had been written by then, and looking changes nothing.
func TestTheCockpitAsItWas(t *testing.T) {
	s := sit(t)
	id, _ := told(s)
	way, err := s.Replay(id)
	s.must(err)
	var at int64
	for _, stop := range way.Stops {
		if stop.Mark == "decision" {
			at = stop.At
		}
	}
	before, err := s.Watch(id)
	s.must(err)
	then, err := s.Then(app.AtInput{Incident: id, At: at})
	s.must(err)
	if then.Situation.Cause != "the tax rule" || then.Rows[len(then.Rows)-1].Mark != "decision" || then.Entries >= then.Of {
		t.Errorf("%+v", then)
	}
	now, err := s.Then(app.AtInput{Incident: id, At: way.Last})
	s.must(err)
	if now.Situation.Cause != "a full disk" || now.Entries != now.Of {
		t.Errorf("%+v", now)
	}
	after, err := s.Watch(id)
	s.must(err)
	if after.Live.Entries != before.Live.Entries || after.Live.Situation.Cause != "a full disk" {
		t.Error("looking back changed the incident")
	}
	if _, err := s.Then(app.AtInput{Incident: id, At: way.First - 1}); !fault.Is(err, fault.NotFound) {
		t.Errorf("before anything was written: %v", err)
	}
}

// A page that has the moments is told of them again only when they are others; what was
// written since is there, and words that are gone meanwhile are gone here too.
func TestMomentsAreToldOnceAndKeptUpToDate(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.log(id, "the password is tulip")
	v, err := s.Retro(app.ReviewInput{Incident: id})
	s.must(err)
	all := len(v.Moments)
	if all == 0 || v.Key == "" {
		t.Fatalf("%+v", v)
	}
	s.must(s.WriteSection(app.SectionInput{Incident: id, Section: "well", Text: "it rang at once"}))
	same, err := s.Retro(app.ReviewInput{Incident: id, Key: v.Key})
	s.must(err)
	if same.Key != v.Key || len(same.Moments) != 0 {
		t.Errorf("told again: %d moments", len(same.Moments))
	}
	if i := slices.IndexFunc(same.Sections, func(x app.SectionView) bool { return x.ID == "well" }); same.Sections[i].Text != "it rang at once" {
		t.Errorf("%+v", same.Sections[i])
	}
	s.log(id, "drained eu-3")
	more, err := s.Retro(app.ReviewInput{Incident: id, Key: v.Key})
	s.must(err)
	if len(more.Moments) != all+1 || more.Key == v.Key {
		t.Errorf("%d moments, want %d", len(more.Moments), all+1)
	}
	_, err = s.Redact(app.TextInput{Incident: id, Subject: s.row(id, "the password is tulip").ID, Text: "a secret"})
	s.must(err)
	gone, err := s.Retro(app.ReviewInput{Incident: id, Key: more.Key})
	s.must(err)
	if data, err := json.Marshal(gone); err != nil || len(gone.Moments) == 0 || bytes.Contains(data, []byte("tulip")) {
		t.Errorf("%v %s", err, data)
	}
}
