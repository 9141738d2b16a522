package story

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/incident"
)

// verb reads what comes after a word that begins an act.
type verb struct {
	form string // how it is written
	read func(r *reader, rest string) (deed, error)
}

// verbs by their word. A function, because refuse reads an act in turn.
func verbs() map[string]verb {
	return map[string]verb{
		"declare":    {"declare SEV2 TITLE", (*reader).declare},
		"note":       {"note TEXT", (*reader).note},
		"hypothesis": {"hypothesis TEXT", (*reader).hypothesis},
		"done":       {"done WORDS OF THE ACTION: RESULT", ending(false)},
		"drop":       {"drop WORDS OF THE ACTION: WHY", ending(true)},
		"extend":     {"extend WORDS OF THE ACTION: 20m", (*reader).extend},
		"answer":     {"answer WORDS OF THE QUESTION: TEXT", (*reader).answer},
		"impact":     {"impact TEXT", situation("impact")},
		"goal":       {"goal TEXT", situation("goal")},
		"cause":      {"cause TEXT", situation("cause")},
		"severity":   {"severity SEV1: REASON", (*reader).severity},
		"phase":      {"phase mitigate: REASON", (*reader).phase},
		"milestone":  {"milestone detected 2017-01-31 18:00 ~", (*reader).milestone},
		"role":       {"role operations: NAME", (*reader).role},
		"check":      {"check assess.who done: VALUE", (*reader).check},
		"exit":       {"exit user-path met: WHAT SHOWS IT", (*reader).exit},
		"update":     {`update customers identified next 30m by "status page": TEXT`, (*reader).update},
		"promise":    {"promise customers next 30m: TEXT", (*reader).promise},
		"retro":      {"retro NAME: 2017-02-10 10:00", (*reader).retro},
		"judged":     {"judged WHO WAS HURT: HOW BADLY", (*reader).judged},
		"shared":     {"shared WITH WHOM: WHERE", (*reader).shared},
		"cancel":     {"cancel WHY", (*reader).cancel},
		"waive":      {"waive times: WHY", (*reader).waive},
		"back":       {"back NAME", (*reader).back},
		"effort":     {"effort refocusing NAME: 25m", (*reader).effort},
		"followup":   {"followup detect NAME: TEXT", (*reader).followUp},
		"finished":   {"finished WORDS OF THE FOLLOW-UP: WHAT SHOWS IT", (*reader).finished},
		"advance":    {"advance 20m", (*reader).advance},
		"restart":    {"restart", (*reader).restart},
		"refuse":     {"refuse phase resolved", (*reader).refuse},
		"expect":     {"expect phase verify", (*reader).expect},
		"halfway":    {"halfway", (*reader).halfway},
	}
}

// dry are the verbs that write nothing.
var dry = []string{"advance", "restart", "refuse", "expect", "halfway"}

// marking are the verbs whose record says when its time is approximate.
var marking = []string{"note", "hypothesis", "followup"}

// act reads one.
func (r *reader) act(line string) (*act, error) {
	a := &act{line: r.line, text: line, actor: r.actor}
	var err error
	if strings.ContainsRune("!@?+", rune(line[0])) {
		a.marks, a.order = true, true
		a.do, err = r.typed(line)
		return a, err
	}
	word, rest, _ := strings.Cut(line, " ")
	v, ok := verbs()[word]
	if !ok {
		return nil, bad("%q is no act", word).WithHint("a time, as, between, earlier, a line beginning with ! @ ? +, or one of %s",
			strings.Join(slices.Sorted(maps.Keys(verbs())), ", "))
	}
	a.marks, a.order, a.half = slices.Contains(marking, word), !slices.Contains(dry, word), word == "halfway"
	if a.do, err = v.read(r, strings.TrimSpace(rest)); err != nil {
		return nil, err
	}
	if a.do == nil {
		return nil, bad("%q cannot be read", line).WithHint("it is written: %s", v.form)
	}
	if a.order && r.actor == "" {
		return nil, bad("nobody does it").WithHint("write a line such as \"as %s\" above it", strings.Join(r.People[:min(1, len(r.People))], ""))
	}
	return a, nil
}

// typed reads a line in the log line's own grammar.
func (r *reader) typed(line string) (deed, error) {
	l := incident.ParseLine(line, 0, time.UTC, r.People)
	if err := l.Check(); err != nil {
		return nil, err
	}
	if l.Kind == incident.LineAction {
		if err := r.known(l.Owner); err != nil {
			return nil, err
		}
	}
	return writes(func(p *player) (incident.Command, error) {
		l.Approx = p.moment.approx
		owner, err := p.person(l.Owner)
		return l.Command(owner), err
	}), nil
}

func (r *reader) note(text string) (deed, error) {
	return given(text, writes(func(p *player) (incident.Command, error) {
		return &incident.AddNote{Text: text, Approx: p.moment.approx}, nil
	})), nil
}

func (r *reader) hypothesis(text string) (deed, error) {
	return given(text, writes(func(p *player) (incident.Command, error) {
		return &incident.StateHypothesis{Text: text, Approx: p.moment.approx}, nil
	})), nil
}

func situation(field string) func(*reader, string) (deed, error) {
	return func(_ *reader, text string) (deed, error) {
		return given(text, always(&incident.SetSituation{Field: field, Text: text})), nil
	}
}

func (r *reader) severity(text string) (deed, error) {
	level, reason := colon(text)
	return given(level, always(&incident.SetSeverity{Severity: level, Reason: reason})), nil
}

func (r *reader) phase(text string) (deed, error) {
	phase, reason := colon(text)
	return given(phase, always(&incident.MovePhase{Phase: incident.Phase(phase), Reason: reason})), nil
}

func (r *reader) check(text string) (deed, error) {
	head, words := colon(text)
	item, state, ok := strings.Cut(head, " ")
	return when(ok, always(&incident.CheckItem{Item: item, State: state, Text: words})), nil
}

func (r *reader) exit(text string) (deed, error) {
	head, words := colon(text)
	criterion, state, ok := strings.Cut(head, " ")
	return when(ok, always(&incident.JudgeExit{Criterion: criterion, State: state, Text: words})), nil
}

func (r *reader) milestone(text string) (deed, error) {
	name, then, _ := strings.Cut(text, " ")
	at, approx, err := r.time(then)
	return writes(func(p *player) (incident.Command, error) {
		return &incident.SetMilestone{Milestone: incident.Milestone(name), Time: p.shifted(at), Approx: approx}, nil
	}), err
}

func (r *reader) role(text string) (deed, error) {
	role, name := colon(text)
	if name == "-" {
		return always(&incident.ReleaseRole{Role: role}), nil
	}
	if err := r.known(name); err != nil {
		return nil, err
	}
	return writes(func(p *player) (incident.Command, error) {
		who, err := p.person(name)
		return &incident.AssignRole{Role: role, Person: who}, err
	}), nil
}

func (r *reader) retro(text string) (deed, error) {
	name, then := colon(text)
	if err := r.known(name); err != nil {
		return nil, err
	}
	at, _, err := r.time(then)
	return writes(func(p *player) (incident.Command, error) {
		who, err := p.person(name)
		return &incident.PlanRetro{Owner: who, Time: p.shifted(at)}, err
	}), err
}

var updated = regexp.MustCompile(`^(\S+) (\S+)(?: next (\S+))?(?: by "([^"]+)")?$`)

func (r *reader) update(text string) (deed, error) {
	head, words := colon(text)
	m := updated.FindStringSubmatch(head)
	if m == nil || words == "" {
		return nil, nil
	}
	next, err := optional(m[3])
	return writes(func(p *player) (incident.Command, error) {
		return &incident.SendUpdate{Audience: m[1], State: incident.PublicState(m[2]), Text: words, Next: p.ahead(next), How: m[4]}, nil
	}), err
}

var promised = regexp.MustCompile(`^(\S+) next (\S+)$`)

func (r *reader) promise(text string) (deed, error) {
	head, words := colon(text)
	m := promised.FindStringSubmatch(head)
	if m == nil {
		return nil, nil
	}
	next, err := length(m[2])
	return writes(func(p *player) (incident.Command, error) {
		return &incident.MovePromise{Audience: m[1], Next: p.ahead(next), Reason: words}, nil
	}), err
}

// colon splits at the first colon that a space follows.
func colon(text string) (head, words string) {
	head, words, _ = strings.Cut(text, ": ")
	return strings.TrimSpace(head), strings.TrimSpace(words)
}

// optional is length for what may be left out.
func optional(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	return length(text)
}

// given is d when there is text; nil says that the act cannot be read.
func given(text string, d deed) deed { return when(text != "", d) }

func when(ok bool, d deed) deed {
	if !ok {
		return nil
	}
	return d
}
