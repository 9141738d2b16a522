package app

import (
	"cmp"
	"slices"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/oncall"
)

// NeedsInput answers "do I need help?".
type NeedsInput struct {
	Incident string   `json:"incident"`
	Needs    []string `json:"needs"` // what, how, whether, cope, hands; none = we can cope
	Text     string   `json:"text"`
}

// IntermissionView is the question, why it is asked, and who could come.
type IntermissionView struct {
	Why      string     `json:"why"`      // promise, phase, span, duty, raised; empty = nobody asks
	Since    int64      `json:"since"`    // since when that is so
	Answered int64      `json:"answered"` // the last answer; 0 = none
	Said     []string   `json:"said"`     // the needs in it
	Needs    []NeedView `json:"needs"`    // the five
}

// NeedView is one of the five, and whom to call.
type NeedView struct {
	ID   string       `json:"id"`
	Text string       `json:"text"` // as a statement
	Call []HelperView `json:"call"` // the likeliest first; at most five
}

// HelperView is somebody to call.
type HelperView struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
	Email string `json:"email"`
	Why   string `json:"why"`  // on call for …, deputy, next on call …, known
	Busy  string `json:"busy"` // the role that they hold here; empty = none
}

// mostHelpers is how many are named for a need.
const mostHelpers = 5

// Intermission asks "do I need help?" with whom to call for each of the five answers. It
// needs no network: names and numbers are from the calendars' copies and people.yaml.
func (a *API) Intermission(id string) (v IntermissionView, err error) {
	defer guard(&err)
	v = IntermissionView{Said: []string{}, Needs: []NeedView{}}
	ctx, b, inc, err := a.about(id)
	if err != nil {
		return v, err
	}
	err = b.cockpit.View(ctx, inc, func(l *cockpit.Live) error {
		v = Intermission(l, b.rota, b.clock.Now())
		return nil
	})
	return v, err
}

// AnswerIntermission answers it.
func (a *API) AnswerIntermission(in NeedsInput) error {
	return a.order(in.Incident, "", 0, plainly(&incident.AnswerIntermission{Needs: in.Needs, Text: in.Text}))
}

// Intermission is API.Intermission for an incident and the calendars of a folder.
func Intermission(l *cockpit.Live, r *Rota, at time.Time) IntermissionView {
	now := milli(at)
	v := IntermissionView{Answered: l.State.Intermission.At, Said: append([]string{}, l.State.Intermission.Needs...), Needs: []NeedView{}}
	for _, d := range cadence.Deadlines(l.State, l.Kit) {
		if d.Kind == cadence.Help && now >= d.Due {
			v.Why, v.Since = d.Subject, d.From
		}
	}
	h := helpers{l: l, people: r.People(), rows: r.onCallView(l.Kit, at, at).Rows, at: now}
	for _, n := range incident.Needs {
		v.Needs = append(v.Needs, NeedView{n, compose.NeedText(n), h.call(n)})
	}
	return v
}

// helpers finds whom to call.
type helpers struct {
	l      *cockpit.Live
	people []oncall.Person
	rows   []OnCallRow
	at     int64
	out    []HelperView
}

// askFirst are the roles whose people are asked first for a need; then everybody else.
var askFirst = map[string][]string{
	"what": {"expert", "operations"}, "how": {"operations", "expert"}, "whether": {"expert", "operations", "deputy"}, "cope": {"deputy", kit.Commander},
}

func (h *helpers) call(need string) []HelperView {
	h.out = []HelperView{}
	s := h.l.State
	if need == "cope" {
		if d := s.Deputy(kit.Commander, h.at).Person; !d.IsZero() {
			h.add(s.Name(d), "deputy")
		}
	}
	roles := askFirst[need]
	if need == "hands" { // whoever is on call for what nobody does yet
		for _, r := range s.RoleList(h.l.Kit) {
			if s.Holder(r.ID).Person.IsZero() {
				roles = append(roles, r.ID)
			}
		}
	}
	for _, role := range roles {
		for i := range h.rows {
			if h.rows[i].Role == role {
				h.onCall(&h.rows[i])
			}
		}
	}
	for i := range h.rows {
		h.onCall(&h.rows[i])
	}
	for i := range h.rows { // who comes next is not asleep for long
		if n := h.rows[i].Next; n != nil {
			h.add(n.Name, "next on call: "+h.called(&h.rows[i]))
		}
	}
	for _, p := range h.people {
		if p.Phone != "" || p.Email != "" {
			h.add(p.Name, "known")
		}
	}
	free := func(v HelperView) int {
		if v.Busy == "" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(h.out, func(a, b HelperView) int { return cmp.Compare(free(a), free(b)) })
	return h.out[:min(len(h.out), mostHelpers)]
}

func (h *helpers) onCall(row *OnCallRow) {
	for _, on := range row.On {
		h.add(on.Name, "on call: "+h.called(row))
	}
}

// called is what a row of the calendars is about, for people.
func (h *helpers) called(row *OnCallRow) string {
	if r := h.l.Kit.Role(row.Role); r != nil {
		return r.Name
	}
	return cmp.Or(row.Lane, row.Schedule)
}

// add puts somebody on the list who is not on it, with how to reach them. The commander
// asks, and is not called.
func (h *helpers) add(name, why string) {
	s := h.l.State
	v := HelperView{Name: name, Why: why}
	if found := oncall.Find(h.people, name); len(found) == 1 {
		v.Name, v.Phone, v.Email = found[0].Name, found[0].Phone, found[0].Email
	}
	if v.Name == s.Name(s.Command.Holder) || slices.ContainsFunc(h.out, func(o HelperView) bool { return o.Name == v.Name }) {
		return
	}
	for _, r := range s.RoleList(h.l.Kit) {
		if p := s.Holder(r.ID).Person; !p.IsZero() && s.Name(p) == v.Name && v.Busy == "" {
			v.Busy = r.Name
		}
	}
	h.out = append(h.out, v)
}

// helpNeeded is the command of "/need": what is not known, or nothing for "no".
func helpNeeded(words []string) *incident.AnswerIntermission {
	if len(words) == 1 && (words[0] == "no" || words[0] == "none") {
		return &incident.AnswerIntermission{}
	}
	return &incident.AnswerIntermission{Needs: words}
}
