package app

import (
	"cmp"
	"context"
	"regexp"
	"strconv"
	"strings"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// HoldView is what has to hold, or to go again, before the incident is over, and where
// else it goes on.
type HoldView struct {
	Playbooks []PlaybookView `json:"playbooks"` // those for the incident's services first
	Measures  []MeasureView  `json:"measures"`  // temporary ones that still stand, the first to end first
	Ties      []TieView      `json:"ties"`      // to other incidents
	Aside     string         `json:"aside"`     // the incident in which this one goes on, by its reference; empty = it stands by itself
}

// PlaybookView is a playbook that can be started.
type PlaybookView struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Services []string `json:"services"` // none = any
	Owner    string   `json:"owner"`
	Steps    int      `json:"steps"`
	Warnings []string `json:"warnings"` // why it is to be read with care
	Fits     bool     `json:"fits"`     // for the incident's services, or for any
	Named    bool     `json:"named"`    // it names one of them
	Running  string   `json:"running"`  // the list that it was started as, while a step is open
}

// MeasureView is a temporary measure.
type MeasureView struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Owner string `json:"owner"`
	Ends  int64  `json:"ends"`
}

// TieView is a link to another incident.
type TieView struct {
	Other string `json:"other"` // its id
	Ref   string `json:"ref"`
	How   string `json:"how"`
	Text  string `json:"text"`
}

// LinkInput links the incident with another one.
type LinkInput struct {
	Incident string `json:"incident"`
	Other    string `json:"other"` // its id, or its reference
	How      string `json:"how"`   // related, duplicate or merged
}

// MeasureInput writes a temporary measure down, or changes one.
type MeasureInput struct {
	Incident string `json:"incident"`
	Measure  string `json:"measure"` // the one to be changed
	Text     string `json:"text"`    // what it is, why it stays for longer, or what stands in its place
	Owner    string `json:"owner"`
	Ends     int64  `json:"ends"`
}

func holdView(s *incident.State, k *kit.Kit, now int64) HoldView {
	v := HoldView{Playbooks: []PlaybookView{}, Measures: []MeasureView{}, Ties: []TieView{}}
	own, others := k.PlaybooksFor(s.Declared.Services)
	running := map[string]string{}
	for _, p := range s.Playbooks {
		for _, l := range s.Running(k) {
			if l.ID == p.ID.String() {
				running[p.Book] = l.ID
			}
		}
	}
	for i, p := range append(own, others...) {
		v.Playbooks = append(v.Playbooks, PlaybookView{p.ID, p.Name, append([]string{}, p.Services...), p.Owner, len(p.Steps), append([]string{}, p.Warnings(now)...),
			i < len(own), p.Named(s.Declared.Services), running[p.ID]})
	}
	for _, m := range s.Standing() {
		v.Measures = append(v.Measures, MeasureView{m.ID.String(), cmp.Or(m.Text, incident.Gone), s.Name(m.Owner), m.Ends})
	}
	for _, t := range s.Ties {
		v.Ties = append(v.Ties, TieView{t.Other.String(), t.Ref, t.How, compose.Tie(t)})
	}
	if t := s.Aside(); t != nil {
		v.Aside = t.Ref
	}
	return v
}

// StartPlaybook copies a playbook's steps into the incident.
func (a *API) StartPlaybook(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.StartPlaybook{Book: in.Subject}))
}

// StartSoak starts the time of an exit criterion; of every one that asks for a time when
// none is named.
func (a *API) StartSoak(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.StartSoak{Criterion: in.Subject}))
}

// NoteDip starts it anew.
func (a *API) NoteDip(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.NoteDip{Criterion: in.Subject, Text: in.Text}))
}

// TakeMeasure writes a temporary measure down; without an owner it is whoever sits here.
func (a *API) TakeMeasure(in MeasureInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		name, err := b.whom(cmp.Or(in.Owner, b.named()))
		if err != nil {
			return nil, err
		}
		p, err := b.cockpit.Person(ctx, id, name)
		return &incident.TakeMeasure{Text: in.Text, Owner: p, Ends: in.Ends}, err
	})
}

// ExtendMeasure gives a temporary measure another end, for a reason.
func (a *API) ExtendMeasure(in MeasureInput) error {
	return a.order(in.Incident, "", 0, of(in.Measure, func(id incident.ID) incident.Command {
		return &incident.ExtendMeasure{Measure: id, Ends: in.Ends, Reason: in.Text}
	}))
}

// EndMeasure says that a temporary measure is gone.
func (a *API) EndMeasure(in MeasureInput) error {
	return a.order(in.Incident, "", 0, of(in.Measure, func(id incident.ID) incident.Command {
		return &incident.EndMeasure{Measure: id, Result: in.Text}
	}))
}

// Link links the incident with another one, and that one with it.
func (a *API) Link(in LinkInput) error {
	return a.tie(in, func(ctx context.Context, b *Backend, o cockpit.Order, other incident.ID) error {
		_, err := b.cockpit.Join(ctx, o, other, in.How)
		return err
	})
}

// Unlink takes the link between the two back.
func (a *API) Unlink(in LinkInput) error {
	return a.tie(in, func(ctx context.Context, b *Backend, o cockpit.Order, other incident.ID) error {
		_, err := b.cockpit.Part(ctx, o, other)
		return err
	})
}

func (a *API) tie(in LinkInput, act func(context.Context, *Backend, cockpit.Order, incident.ID) error) (err error) {
	defer guard(&err)
	ctx, b, id, err := a.about(in.Incident)
	if err != nil {
		return err
	}
	other, err := b.meant(ctx, in.Other)
	if err != nil {
		return err
	}
	me, err := b.me()
	if err != nil {
		return err
	}
	err = act(ctx, b, cockpit.Order{Incident: id, Actor: me}, other)
	b.written(err)
	return err
}

// meant is the incident that an id or a reference names.
func (b *Backend) meant(ctx context.Context, word string) (incident.ID, error) {
	word = strings.TrimSpace(word)
	if id, err := incident.ParseID(word); err == nil && !id.IsZero() {
		return id, nil
	}
	rows, err := b.store.ByRef(ctx, strings.ToUpper(word))
	switch {
	case err != nil:
		return incident.ID{}, err
	case word == "" || len(rows) == 0:
		return incident.ID{}, fault.Input("other", "there is no incident %.60q", word).WithHint("give its reference, such as INC-7")
	case len(rows) > 1:
		return incident.ID{}, fault.Input("other", "%d incidents are called %s", len(rows), rows[0].Ref).WithHint("choose one from the list")
	}
	return rows[0].ID, nil
}

// spokenHold finds the command about playbooks, soaks and temporary measures that a line's
// words mean; none when verb is another one.
func spokenHold(ctx context.Context, c *cockpit.Cockpit, whom func(word string) (string, error), id incident.ID, verb string, rest []string) (incident.Command, error) {
	text := strings.Join(rest, " ")
	switch verb {
	case "playbook":
		if text == "" {
			return nil, fault.Input("text", "which playbook?").WithHint("/playbook roll-back; Ctrl+K lists them")
		}
		return &incident.StartPlaybook{Book: strings.ToLower(text)}, nil
	case "soak":
		return &incident.StartSoak{Criterion: text}, nil
	case "dip":
		return &incident.NoteDip{Text: text}, nil
	case "temp", "temporary":
		return spokenMeasure(ctx, c, whom, id, rest)
	}
	return nil, nil
}

var lasting = regexp.MustCompile(`^(\d{1,3})([hd])$`)

// spokenMeasure reads "@owner 48h text", as people say who keeps what for how long.
func spokenMeasure(ctx context.Context, c *cockpit.Cockpit, whom func(word string) (string, error), id incident.ID, rest []string) (incident.Command, error) {
	const how = "/temp @name 48h what it is; d is for days"
	if len(rest) < 3 || !strings.HasPrefix(rest[0], "@") {
		return nil, fault.Input("text", "a temporary measure has an owner, a hard end and a text").WithHint(how)
	}
	m := lasting.FindStringSubmatch(strings.ToLower(rest[1]))
	if m == nil {
		return nil, fault.Input("text", "%.20q is no time that it may stay", rest[1]).WithHint(how)
	}
	hours, _ := strconv.ParseInt(m[1], 10, 64) // three digits
	if m[2] == "d" {
		hours *= 24
	}
	name, err := whom(strings.TrimPrefix(rest[0], "@"))
	if err != nil {
		return nil, err
	}
	p, err := c.Person(ctx, id, name)
	return &incident.TakeMeasure{Text: strings.Join(rest[2:], " "), Owner: p, Ends: c.Now() + hours*3600_000}, err
}
