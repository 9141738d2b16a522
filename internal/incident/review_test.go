package incident_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// looksBack is a command of the retrospective that may or may not be accepted.
func looksBack(r *rand.Rand, d *desk, rec incident.Record, text string) incident.Command {
	section := pick(r, []string{"short", "hard", "gossip"})
	var factor incident.ID
	if fs := d.state.Review.Factors; len(fs) > 0 {
		factor = pick(r, fs).ID
	}
	switch r.IntN(6) {
	case 0:
		return &incident.Write{Section: section, Text: text, Base: pick(r, []incident.ID{d.state.Review.Sections[section].Record, rec.ID})}
	case 1:
		return &incident.NameFactor{Text: text}
	case 2:
		return &incident.LinkFactor{Factor: factor, To: rec.ID, Moment: pick(r, []*incident.Record{nil, &rec}), Gone: r.IntN(2) == 0}
	case 3:
		return &incident.MarkMoment{Record: rec, As: pick(r, []string{"helped", "", "nice"}), Text: text}
	case 4:
		return &incident.AskMoment{Record: rec, Text: text}
	}
	return &incident.AnswerMoment{Question: rec.ID, Text: text}
}

func TestTheLastTextOfASectionStands(t *testing.T) {
	d := declared(t)
	first := d.must(&incident.Write{Section: "short", Text: "one", Seconds: 30})
	d.refused(&incident.Write{Section: "short", Text: "over it"}, fault.Conflict, "") // it rests on nothing, but something stands there
	d.refused(&incident.Write{Section: "short", Text: "one", Base: first.ID}, fault.Conflict, "")
	d.actor = ben
	second := d.must(&incident.Write{Section: "short", Text: "two", Base: first.ID})
	now := d.state.Review.Sections["short"]
	if now.Text != "two" || now.By != ben.ID || now.Record != second.ID {
		t.Errorf("it says %+v", now)
	}
	d.must(&incident.Undo{Record: second})
	if now := d.state.Review.Sections["short"]; now.Text != "one" || now.By != ana.ID {
		t.Errorf("taken back, it says %+v", now)
	}
	d.must(&incident.Write{Section: "short", Base: first.ID})
	if now := d.state.Review.Sections["short"]; now.Text != "" {
		t.Errorf("emptied, it says %+v", now)
	}
	d.refused(&incident.Write{Section: "blame", Text: "x"}, fault.Invalid, "section")
	d.refused(&incident.Write{Section: "hard", Text: "x", Seconds: -1}, fault.Invalid, "seconds")
}

func TestItIsWrittenAfterClosingToo(t *testing.T) {
	d := declared(t)
	d.append(d.now, &incident.PhaseMoved{Phase: incident.PhaseResolved}, &incident.PhaseMoved{Phase: incident.PhaseClosed})
	d.must(&incident.Write{Section: "hard", Text: "the paging"})
	d.must(&incident.NameFactor{Text: "no alert"})
	if d.state.Phase != incident.PhaseClosed {
		t.Errorf("the phase is %s", d.state.Phase)
	}
}

func TestFactorsLeadToEachOther(t *testing.T) {
	d := declared(t)
	note := d.must(&incident.AddNote{Text: "the disk is full"})
	a := d.must(&incident.NameFactor{Text: "no alert"})
	b := d.must(&incident.NameFactor{Text: "nobody looked"})
	d.must(&incident.LinkFactor{Factor: a.ID, To: b.ID})
	d.must(&incident.LinkFactor{Factor: b.ID, To: a.ID}) // causes may feed each other
	d.must(&incident.LinkFactor{Factor: a.ID, Moment: &note})
	d.refused(&incident.LinkFactor{Factor: a.ID, To: b.ID}, fault.Conflict, "")
	d.refused(&incident.LinkFactor{Factor: a.ID, To: a.ID}, fault.Invalid, "to")
	d.refused(&incident.LinkFactor{Factor: a.ID, To: note.ID}, fault.NotFound, "")
	d.refused(&incident.LinkFactor{Factor: note.ID, To: a.ID}, fault.NotFound, "")
	v := &d.state.Review
	if !slices.Equal(v.Causes(a.ID), []incident.ID{b.ID}) || !slices.Equal(v.SeenAt(a.ID), []incident.ID{note.ID}) || len(v.SeenAt(b.ID)) != 0 {
		t.Errorf("links %+v", v.Links)
	}
	d.must(&incident.Undo{Record: b}) // a factor that is taken back takes its links along
	if v = &d.state.Review; len(v.Factors) != 1 || len(v.Causes(a.ID)) != 0 {
		t.Errorf("%+v", v)
	}
	d.must(&incident.LinkFactor{Factor: a.ID, Moment: &note, Gone: true})
	d.refused(&incident.LinkFactor{Factor: a.ID, Moment: &note, Gone: true}, fault.Conflict, "")
	if got := d.state.Review.SeenAt(a.ID); len(got) != 0 {
		t.Errorf("seen at %v", got)
	}
	text := "no alert was set up"
	d.must(&incident.Amend{Record: a, Text: &text})
	if got := d.state.Review.Factor(a.ID).Text; got != text {
		t.Errorf("reworded, it says %q", got)
	}
}

func TestMomentsAreMarkedAndAskedAbout(t *testing.T) {
	d := declared(t)
	note := d.must(&incident.AddNote{Text: "rolled back"})
	d.must(&incident.MarkMoment{Record: note, As: "helped", Text: "it was rehearsed"})
	d.must(&incident.MarkMoment{Record: note, As: "surprise"})
	if m := d.state.Review.Marks[note.ID]; m.As != "surprise" || m.Text != "" {
		t.Errorf("it is marked %+v", m)
	}
	d.refused(&incident.MarkMoment{Record: note, As: "blame"}, fault.Invalid, "mark")
	d.refused(&incident.MarkMoment{As: "helped"}, fault.NotFound, "")
	d.must(&incident.MarkMoment{Record: note})
	d.refused(&incident.MarkMoment{Record: note}, fault.Conflict, "")
	if len(d.state.Review.Marks) != 0 {
		t.Errorf("marks %v", d.state.Review.Marks)
	}
	q := d.must(&incident.AskMoment{Record: note, Text: "What did you see?"})
	d.refused(&incident.AskMoment{Record: note, Text: "What did you see?"}, fault.Conflict, "")
	d.refused(&incident.AnswerMoment{Question: note.ID, Text: "x"}, fault.NotFound, "")
	d.must(&incident.AnswerMoment{Question: q.ID, Text: "a flat line"})
	if a := d.state.Review.Asked[0]; a.Answer != "a flat line" || a.Moment != note.ID {
		t.Errorf("%+v", a)
	}
	d.must(&incident.Redact{Record: q, Reason: "a name"})
	if a := d.state.Review.Asked[0]; a.Text != incident.Gone || a.Answer != "a flat line" {
		t.Errorf("redacted: %+v", a)
	}
}
