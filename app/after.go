package app

import (
	"cmp"
	"context"
	"slices"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/oncall"
)

// BoardView is what is left to do after "resolved", and the follow-ups.
type BoardView struct {
	Open      int                `json:"open"` // parts of the clean-up that are neither done nor left
	Todos     []TodoView         `json:"todos"`
	FollowUps []FollowUpView     `json:"followUps"` // the open ones first, by when they are due
	Types     []FollowUpTypeView `json:"types"`
	Crew      []BackView         `json:"crew"` // who took part
	Retro     RetroView          `json:"retro"`
	Impact    ImpactView         `json:"impact"`
}

// TodoView is a part of the clean-up.
type TodoView struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Why    string `json:"why"`
	Done   bool   `json:"done"`
	Waived bool   `json:"waived"`
	Word   string `json:"word"` // what shows it, what is missing, or why it is left
	By     string `json:"by"`   // who left it
	Due    int64  `json:"due"`  // 0 = the incident is not resolved
	Late   bool   `json:"late"`
}

// FollowUpView is work for after the incident.
type FollowUpView struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Type    string `json:"type"`
	Kind    string `json:"kind"` // the type's name
	Owner   string `json:"owner"`
	Watcher string `json:"watcher"`
	Due     int64  `json:"due"`
	Late    bool   `json:"late"`
	Link    string `json:"link"` // not to be trusted to be an address
	Proof   string `json:"proof"`
	State   string `json:"state"` // open, done, dropped
	Word    string `json:"word"`
	Minutes int    `json:"minutes"`
}

// FollowUpTypeView is a type of follow-up of the kit.
type FollowUpTypeView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Ask   string `json:"ask"`
	Days  int    `json:"days"`
	Proof string `json:"proof"`
}

// BackView is somebody who took part, and since when they are back at the work they had planned.
type BackView struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	Back   int64  `json:"back"` // 0 = not yet
}

// RetroView is the retrospective as it is booked; time 0 = it is not.
type RetroView struct {
	Owner   string   `json:"owner"`
	Time    int64    `json:"time"`
	Minutes int      `json:"minutes"`
	Place   string   `json:"place"`
	Invited []string `json:"invited"`
	Shared  string   `json:"shared"` // with whom; empty = not yet
	Link    string   `json:"link"`
}

// ImpactView is who was hurt, and how badly.
type ImpactView struct {
	Who  string `json:"who"` // empty = nobody has judged it
	What string `json:"what"`
}

// FollowUpInput adds a follow-up, or gives one other terms: all of them.
type FollowUpInput struct {
	Incident string `json:"incident"`
	FollowUp string `json:"followUp"` // empty = a new one
	Text     string `json:"text"`     // of a new one
	Type     string `json:"type"`
	Owner    string `json:"owner"` // names; empty = nobody
	Watcher  string `json:"watcher"`
	Due      int64  `json:"due"` // 0 = for a new one as its type says, else none
	Link     string `json:"link"`
	Proof    string `json:"proof"`
	Why      string `json:"why"` // asked for from the eighth on
}

// FollowUpEnd says what became of a follow-up.
type FollowUpEnd struct {
	Incident string `json:"incident"`
	FollowUp string `json:"followUp"`
	State    string `json:"state"`
	Text     string `json:"text"`
	Minutes  int    `json:"minutes"`
}

// RetroInput books the retrospective, or moves it.
type RetroInput struct {
	Incident string   `json:"incident"`
	Owner    string   `json:"owner"`
	Time     int64    `json:"time"`
	Minutes  int      `json:"minutes"`
	Place    string   `json:"place"`
	Invited  []string `json:"invited"` // names, besides the owner
}

// InvitationView is a file for other people's calendars, and to whom to send it.
type InvitationView struct {
	Name   string   `json:"name"`
	Type   string   `json:"type"`
	Text   string   `json:"text"`
	Method string   `json:"method"` // REQUEST, CANCEL or PUBLISH
	To     []string `json:"to"`
	Lacks  []string `json:"lacks"` // who is invited and has no address
	Gone   string   `json:"gone"`  // a file that takes it out of the calendars of who is asked no longer; empty = nobody
	GoneTo []string `json:"goneTo"`
}

// UnfinishedView is something that is left to do about an incident that is over.
type UnfinishedView struct {
	Incident string `json:"incident"`
	Ref      string `json:"ref"`
	Title    string `json:"title"`
	What     string `json:"what"` // clean-up, follow-ups or cost
	Count    int    `json:"count"`
	Late     int    `json:"late"` // of them
	Due      int64  `json:"due"`  // of the first; 0 = no time
	Text     string `json:"text"` // the first
}

// Board is what is left to do after "resolved", and the follow-ups.
func (a *API) Board(id string) (v BoardView, err error) {
	defer guard(&err)
	ctx, b, inc, err := a.about(id)
	if err != nil {
		return v, err
	}
	err = b.cockpit.View(ctx, inc, func(l *cockpit.Live) error { v = boardView(l, b.now()); return nil })
	return v, err
}

func boardView(l *cockpit.Live, now int64) BoardView {
	s, k := l.State, l.Kit
	v := BoardView{Todos: []TodoView{}, FollowUps: []FollowUpView{}, Types: []FollowUpTypeView{}, Crew: []BackView{}, Retro: RetroView{Invited: []string{}}}
	for _, t := range s.Cleanup(k) {
		if t.Open() {
			v.Open++
		}
		tv := TodoView{ID: t.ID, Text: t.Text, Why: t.Why, Done: t.Done, Waived: t.Waived, Word: t.Word, Due: t.Due, Late: t.Late(now)}
		if t.Waived {
			tv.By = s.Name(t.By)
		}
		if t.ID == "retro" && s.Retro != nil {
			tv.Word = s.Name(s.Retro.Owner)
		}
		v.Todos = append(v.Todos, tv)
	}
	ended := slices.DeleteFunc(slices.Clone(s.FollowUps), func(f incident.FollowUp) bool { return f.State == incident.FollowUpOpen })
	for _, f := range slices.Concat(s.OpenFollowUps(), ended) {
		fv := FollowUpView{ID: f.ID.String(), Text: cmp.Or(f.Text, incident.Gone), Type: f.Type, Kind: f.Type, Due: f.Due, Late: f.Late(now),
			Link: f.Link, Proof: f.Proof, State: f.State, Word: f.Word, Minutes: f.Minutes}
		if t := k.FollowUp(f.Type); t != nil {
			fv.Kind = t.Name
		}
		if !f.Owner.IsZero() {
			fv.Owner = s.Name(f.Owner)
		}
		if !f.Watcher.IsZero() {
			fv.Watcher = s.Name(f.Watcher)
		}
		v.FollowUps = append(v.FollowUps, fv)
	}
	for _, t := range k.FollowUps {
		v.Types = append(v.Types, FollowUpTypeView(t))
	}
	for p, at := range s.Crew {
		v.Crew = append(v.Crew, BackView{p.String(), s.Name(p), at})
	}
	slices.SortFunc(v.Crew, func(a, b BackView) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Person, b.Person)) })
	if r := s.Retro; r != nil {
		v.Retro.Owner, v.Retro.Time, v.Retro.Minutes, v.Retro.Place = s.Name(r.Owner), r.Time, r.Minutes, r.Place
		for _, p := range r.Invited {
			v.Retro.Invited = append(v.Retro.Invited, s.Name(p))
		}
	}
	if s.Shared != nil {
		v.Retro.Shared, v.Retro.Link = s.Shared.With, s.Shared.Link
	}
	if s.Impact != nil {
		v.Impact = ImpactView{s.Impact.Who, s.Impact.What}
	}
	return v
}

// FollowUp adds a follow-up, or gives one other terms.
func (a *API) FollowUp(in FollowUpInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		owner, err := b.person(ctx, id, in.Owner)
		if err != nil {
			return nil, err
		}
		watcher, err := b.person(ctx, id, in.Watcher)
		if err != nil {
			return nil, err
		}
		terms := incident.Terms{Type: in.Type, Owner: owner, Due: in.Due, Link: in.Link, Watcher: watcher, Proof: in.Proof}
		if in.FollowUp == "" {
			return &incident.AddFollowUp{Text: in.Text, Terms: terms, Why: in.Why}, nil
		}
		of, err := incident.ParseID(in.FollowUp)
		return &incident.ChangeFollowUp{FollowUp: of, Terms: terms}, err
	})
}

// EndFollowUp says that a follow-up is done, dropped for a reason, or open after all.
func (a *API) EndFollowUp(in FollowUpEnd) error {
	of, err := incident.ParseID(in.FollowUp)
	if err != nil {
		return err
	}
	return a.order(in.Incident, "", 0, plainly(&incident.EndFollowUp{FollowUp: of, State: in.State, Text: in.Text, Minutes: in.Minutes}))
}

// JudgeImpact says who was hurt (Subject), and how badly (Text).
func (a *API) JudgeImpact(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.JudgeImpact{Who: in.Subject, What: in.Text}))
}

// BookRetro books the retrospective, or moves it.
func (a *API) BookRetro(in RetroInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		owner, err := b.person(ctx, id, in.Owner)
		if err != nil {
			return nil, err
		}
		c := &incident.PlanRetro{Owner: owner, Time: in.Time, Minutes: in.Minutes, Place: in.Place}
		for _, name := range in.Invited {
			p, err := b.person(ctx, id, name)
			if err != nil {
				return nil, err
			}
			c.Invited = append(c.Invited, p)
		}
		return c, nil
	})
}

// CancelRetro takes the retrospective off, for the reason in Text.
func (a *API) CancelRetro(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.CancelRetro{Reason: in.Text}))
}

// ShareRetro says with whom (Text) what was learnt is shared, and where it stands (Subject).
func (a *API) ShareRetro(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.ShareRetro{With: in.Text, Link: in.Subject}))
}

// ResumeWork says that the person of the id in Subject is back at the work they had planned.
func (a *API) ResumeWork(in TextInput) error {
	return a.order(in.Incident, "", 0, of(in.Subject, func(p incident.ID) incident.Command {
		return &incident.ResumeWork{Person: incident.Person{ID: p}}
	}))
}

// WaiveCleanup leaves a part of the clean-up undone for the reason in Text; without one it
// is asked for again.
func (a *API) WaiveCleanup(in TextInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.WaiveCleanup{Item: in.Subject, Reason: in.Text}))
}

// Invitation is the retrospective for other people's calendars, as it stands.
func (a *API) Invitation(id string) (v InvitationView, err error) {
	defer guard(&err)
	ctx, b, inc, err := a.about(id)
	if err != nil {
		return v, err
	}
	return Invite(ctx, b.cockpit, inc, b.rota.People(), b.now())
}

// Invite makes the invitation to an incident's retrospective. people say which addresses are known.
func Invite(ctx context.Context, c *cockpit.Cockpit, id incident.ID, people []oncall.Person, now int64) (v InvitationView, err error) {
	address := func(name string) string {
		if p, err := Whom(people, name); err == nil {
			name = p
		}
		i := slices.IndexFunc(people, func(p oncall.Person) bool { return p.Name == name })
		if i < 0 {
			return ""
		}
		return people[i].Email
	}
	err = c.ViewTimeline(ctx, id, func(l *cockpit.Live) error {
		m, err := compose.Invite(compose.Document{State: l.State, Kit: l.Kit, Entries: l.Timeline.Entries(), Made: now}, address)
		v = InvitationView{l.State.Declared.Ref + "-retrospective.ics", "text/calendar", m.Text, m.Method, append([]string{}, m.To...), append([]string{}, m.Lacks...), m.Gone, append([]string{}, m.GoneTo...)}
		return err
	})
	return v, err
}

// oldest is how many incidents that are over are looked through for what is left to do,
// the latest first: the first page asks for it at each change.
const oldest = 40

// soon is how long before a follow-up is due it is named.
const soon = 3 * 24 * 3600_000 // ms

// Unfinished is what is left to do about incidents that are over: what is late first.
func (a *API) Unfinished() (out []UnfinishedView, err error) {
	defer guard(&err)
	out = []UnfinishedView{}
	ctx, b, err := a.ready()
	if err != nil {
		return out, err
	}
	rows, err := b.over.left(ctx, b.store)
	if err != nil {
		return out, err
	}
	now, looked := b.now(), 0
	for _, r := range rows {
		cleaning := r.Phase == incident.PhaseResolved
		if !cleaning && r.Due > now+soon {
			continue
		}
		if looked++; looked > oldest {
			break
		}
		err := b.cockpit.View(ctx, r.ID, func(l *cockpit.Live) error {
			out = append(out, unfinished(l, cleaning, now)...)
			return nil
		})
		if fault.Is(err, fault.NotFound) {
			continue // it went meanwhile
		}
		if err != nil {
			return out, err
		}
	}
	slices.SortStableFunc(out, func(a, b UnfinishedView) int {
		return cmp.Or(boolFirst(a.Late > 0, b.Late > 0), boolFirst(a.Due != 0, b.Due != 0), cmp.Compare(a.Due, b.Due))
	})
	return out, nil
}

// boolFirst orders what is true before what is not.
func boolFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func unfinished(l *cockpit.Live, cleaning bool, now int64) []UnfinishedView {
	s := l.State
	of := func(what string) UnfinishedView {
		return UnfinishedView{Incident: s.ID.String(), Ref: s.Declared.Ref, Title: s.Declared.Title, What: what}
	}
	var out []UnfinishedView
	v := of("clean-up")
	if cleaning {
		for _, t := range s.Cleanup(l.Kit) {
			if !t.Open() {
				continue
			}
			if v.Count++; v.Count == 1 || t.Due < v.Due {
				v.Text, v.Due = t.Text, t.Due
			}
			if t.Late(now) {
				v.Late++
			}
		}
		if v.Count == 0 {
			v.Text = "Nothing is left: close it"
		}
		out = append(out, v)
	}
	v = of("follow-ups")
	for _, f := range s.OpenFollowUps() {
		if f.Due == 0 || f.Due > now+soon {
			continue
		}
		if v.Count++; v.Count == 1 {
			v.Text, v.Due = f.Text, f.Due
		}
		if f.Late(now) {
			v.Late++
		}
	}
	if v.Count > 0 {
		out = append(out, v)
	}
	return out
}
