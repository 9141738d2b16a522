package incident

import (
	"cmp"
	"maps"
	"slices"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// Declare opens an incident. Title is all that is needed.
type Declare struct {
	Declared  // Ref and Kit are filled in by the caller; Severity may be empty
	Commander Person
	Responder Person // takes the role operations; may be nobody
}

// Begin fills what the declaration leaves open with what a draft says. Title is left to
// whoever declares: a draft only has its first words.
func (e *Declared) Begin(d *kit.Draft) {
	for _, f := range []struct {
		to   *string
		text string
	}{{&e.Type, d.Type}, {&e.Severity, d.Severity}, {&e.Summary, d.Summary}, {&e.Impact, d.Impact}, {&e.Source, d.Source}, {&e.Video, d.Video}} {
		*f.to = cmp.Or(*f.to, f.text)
	}
	for _, f := range []struct {
		to   *[]string
		list []string
	}{{&e.Environments, d.Environments}, {&e.Regions, d.Regions}, {&e.Services, d.Services}, {&e.Invited, d.Invited}} {
		if len(*f.to) == 0 {
			*f.to = slices.Clone(f.list)
		}
	}
}

// ProvisionalSeverity is in force until somebody has judged.
const ProvisionalSeverity = "SEV2"

func (d *Declare) decide(c *context) ([]Event, error) {
	if c.Phase != "" {
		return nil, fault.New(fault.Conflict, "%s is declared already", c.Declared.Ref)
	}
	e := d.Declared
	if err := d.check(c, &e); err != nil {
		return nil, err
	}
	if e.Severity == "" {
		e.Severity, e.Provisional = ProvisionalSeverity, true
	} else if c.kit.Severity(e.Severity) == nil {
		return nil, unknownSeverity(e.Severity)
	}
	if e.Type == "" {
		e.Type = "service"
		if e.Security {
			e.Type = "security"
		}
	}
	t := c.kit.Type(e.Type)
	if t == nil {
		return nil, fault.Input("type", "the kit knows no type %q", e.Type)
	}
	e.Security = e.Security || t.Private
	commander := d.Commander
	if commander == (Person{}) {
		commander = c.now.Actor
	}
	commander, err := c.person("commander", commander)
	if err != nil {
		return nil, err
	}
	out := append(c.named(commander), &e, &CommandAccepted{By: commander.ID, Term: 1})
	if d.Responder == (Person{}) {
		return out, nil
	}
	responder, err := c.person("responder", d.Responder)
	if err != nil {
		return nil, err
	}
	if responder.ID != commander.ID {
		out = append(out, c.named(responder)...)
	}
	return append(out, &RoleAssigned{Role: "operations", Person: responder.ID}), nil
}

// check cleans the texts of e and looks at its times.
func (d *Declare) check(c *context, e *Declared) (err error) {
	if e.Title, err = cleanLine("title", e.Title, maxTitle); err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		text *string
	}{{"summary", &e.Summary}, {"impact", &e.Impact}, {"reporter", &e.Reporter}, {"thread", &e.Thread}, {"video", &e.Video}} {
		if *f.text, err = cleanOptional(f.name, *f.text, maxWords); err != nil {
			return err
		}
	}
	for _, f := range []struct {
		name string
		list *[]string
	}{{"environments", &e.Environments}, {"regions", &e.Regions}, {"services", &e.Services}, {"invited", &e.Invited}, {"signs", &e.Signs}} {
		if *f.list, err = cleanList(f.name, *f.list); err != nil {
			return err
		}
	}
	if e.Source != "" && !slices.Contains(kit.Sources, e.Source) {
		return fault.Input("source", "%q is no source", e.Source).WithHint("one of alert, user, noticed")
	}
	declared := c.now.At
	for _, f := range []struct {
		name string
		at   int64
	}{{"started_at", e.Started}, {"detected_at", e.Detected}} {
		if f.at == 0 {
			continue
		}
		if err := plausible(f.name, f.at, c.now.Wall); err != nil {
			return err
		}
		if f.at > declared {
			return fault.Input(f.name, "it lies after the declaration").WithHint("give the time of the declaration too, or an earlier one here")
		}
	}
	if e.Started != 0 && e.Detected != 0 && e.Detected < e.Started {
		return fault.Input("detected_at", "it was detected before it started").WithHint("swap the two times, or leave one out")
	}
	return nil
}

// maxList is how many environments, regions, services or guests an incident has at most.
const maxList = 100

// cleanList gives a list of names as it is kept: each on one line, none empty.
func cleanList(field string, list []string) ([]string, error) {
	var out []string
	for _, text := range list {
		if tidy(text) == "" {
			continue
		}
		t, err := cleanLine(field, text, maxTitle)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	if len(out) > maxList {
		return nil, fault.Input(field, "%d entries are too many; %d fit", len(out), maxList).WithHint("keep the ones that matter")
	}
	return out, nil
}

func unknownSeverity(id string) error {
	return fault.Input("severity", "the kit knows no severity %q", id).WithHint("SEV1 is the worst, SEV5 the least")
}

// SetSeverity judges how bad it is. Lowering it needs a reason, unless answers are the
// reason and nobody had judged before. With answers, the same one may be said again.
type SetSeverity struct {
	Severity, Reason string
	Assessment       *Assessment // the answers behind it; nil = none
}

func (d *SetSeverity) decide(c *context) ([]Event, error) {
	if c.kit.Severity(d.Severity) == nil {
		return nil, unknownSeverity(d.Severity)
	}
	if d.Severity == c.Severity && !c.Provisional && d.Assessment == nil {
		return nil, fault.New(fault.Conflict, "it is %s already", d.Severity)
	}
	reason, err := cleanOptional("reason", d.Reason, maxWords)
	if err != nil {
		return nil, err
	}
	if err := c.answered(d.Assessment); err != nil {
		return nil, err
	}
	first := c.Provisional && d.Assessment != nil
	if c.kit.Rank(d.Severity) > c.kit.Rank(c.Severity) && reason == "" && !first {
		return nil, fault.Input("reason", "lowering %s to %s needs a reason", c.Severity, d.Severity).WithHint("say in a line what got better, or what was judged too high")
	}
	return []Event{&SeveritySet{d.Severity, reason, c.Severity, d.Assessment}}, nil
}

// answered refuses answers that the kit's questions do not have.
func (c *context) answered(a *Assessment) error {
	if a == nil {
		return nil
	}
	for _, v := range a.Answers {
		q := c.kit.Assessment.Criterion(v.Criterion)
		if q == nil {
			return fault.Input("answers", "the kit asks nothing about %q", v.Criterion)
		}
		if v.Value != NotKnown && (v.Value < 0 || v.Value >= kit.Scale) {
			return fault.Input("answers", "%d is no answer to %q", v.Value, q.Ask).WithHint("0 to %d, or not known", kit.Scale-1)
		}
	}
	if a.Likelihood < 0 || a.Likelihood > kit.Scale {
		return fault.Input("likelihood", "%d is no likelihood", a.Likelihood).WithHint("1 to %d, or 0 for not known", kit.Scale)
	}
	if a.Trend != "" && !slices.Contains(Trends, a.Trend) {
		return fault.Input("trend", "%q is no trend", a.Trend).WithHint("one of worse, same, better")
	}
	if a.Effect != "" && !slices.Contains(c.kit.Assessment.Effects, a.Effect) {
		return fault.Input("effect", "the kit knows no effect %q", a.Effect)
	}
	return nil
}

// Judged is the state as it would be with another severity from now on. It shares what
// does not change by that: look at it only.
func (s *State) Judged(severity string, now int64) *State {
	out := *s
	out.Levels = slices.Clone(s.Levels)
	out.Times = maps.Clone(s.Times)
	out.reduce(&Record{At: now}, &SeveritySet{Severity: severity})
	return &out
}
