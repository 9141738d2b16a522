package incident

import (
	"fmt"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// PlaybookStarted copies the steps of a playbook into the incident, where they are a
// checklist. What becomes of the playbook later changes nothing here.
type PlaybookStarted struct {
	Book     string   `json:"book"` // its id in the kit
	Name     string   `json:"name"`
	Owner    string   `json:"owner,omitempty"`
	Verified string   `json:"verified,omitempty"` // the day, 2026-11-21
	Approved string   `json:"approved,omitempty"` // by whom
	Expires  string   `json:"expires,omitempty"`
	Steps    []string `json:"steps"`
	Despite  []string `json:"despite,omitempty"` // what was warned of when it was started
}

// Kind implements Event.
func (*PlaybookStarted) Kind() Kind { return "playbook.started" }

// Playbook is one that was started.
type Playbook struct {
	ID ID `json:"id"` // the record that started it
	PlaybookStarted
	At int64 `json:"at"`
	By ID    `json:"by"`
}

// steps is how many of a playbook are kept; what a foreign hand adds is left out.
const steps = kit.MaxSteps

// List is the playbook as a checklist. The ids of its items are those of this start: the
// same playbook may be started twice.
func (p *Playbook) List() *kit.Checklist {
	l := &kit.Checklist{ID: p.ID.String(), Name: p.Name, Mode: kit.ReadDo, When: "Playbook " + p.Book}
	if p.Owner != "" {
		l.When += ", owned by " + p.Owner
	}
	for i, t := range p.Steps {
		text, more, _ := strings.Cut(t, "\n")
		l.Items = append(l.Items, kit.Item{ID: fmt.Sprintf("%s/%d", p.ID, i+1), Text: text, Why: strings.TrimSpace(more)})
	}
	return l
}

// List finds a checklist: of a phase or by its id in the kit, or that of a playbook that
// was started, by its record or, for the one started last, by the playbook's id; nil when
// there is none.
func (s *State) List(k *kit.Kit, id string) *kit.Checklist {
	for i := range s.Playbooks {
		if s.Playbooks[i].ID.String() == id {
			return s.Playbooks[i].List()
		}
	}
	if l := k.Checklist(id); l != nil {
		return l
	}
	for i := len(s.Playbooks) - 1; i >= 0; i-- {
		if s.Playbooks[i].Book == id {
			return s.Playbooks[i].List()
		}
	}
	return nil
}

// Item finds an item of the kit's checklists or of a playbook that was started, such as
// roll-back/2; nil when there is none.
func (s *State) Item(k *kit.Kit, id string) *kit.Item {
	if book, step, ok := strings.Cut(id, "/"); ok {
		if l := s.List(k, book); l != nil {
			if i := slices.IndexFunc(l.Items, func(it kit.Item) bool { return it.ID == l.ID+"/"+step }); i >= 0 {
				return &l.Items[i]
			}
		}
	}
	return k.Item(id)
}

// Running are the lists of playbooks with a step that is still open, the first started first.
func (s *State) Running(k *kit.Kit) []*kit.Checklist {
	var out []*kit.Checklist
	for i := range s.Playbooks {
		l := s.Playbooks[i].List()
		if slices.ContainsFunc(s.Items(k, l), func(it Item) bool { return it.State == ItemOpen }) {
			out = append(out, l)
		}
	}
	return out
}

func (s *State) play(r *Record, e *PlaybookStarted) {
	if len(e.Steps) == 0 {
		return
	}
	p := Playbook{r.ID, *e, r.At, r.Actor}
	p.Steps = p.Steps[:min(len(p.Steps), steps)]
	s.Playbooks = append(s.Playbooks, p)
}

// StartPlaybook copies a playbook's steps into the incident. One that is out of date, or
// that nobody but its owner has approved, is started all the same, and the record says so.
type StartPlaybook struct{ Book string }

func (d *StartPlaybook) decide(c *context) ([]Event, error) {
	p := c.kit.Playbook(d.Book)
	if p == nil {
		return nil, fault.New(fault.NotFound, "the kit that %s was declared under has no playbook %.60q", c.Declared.Ref, d.Book).WithHint("qd playbook list names them")
	}
	for i := range c.Playbooks {
		if c.Playbooks[i].Book != p.ID {
			continue
		}
		if slices.ContainsFunc(c.Items(c.kit, c.Playbooks[i].List()), func(it Item) bool { return it.State == ItemOpen }) {
			return nil, fault.New(fault.Conflict, "%s is being worked through already", p.Name).WithHint("finish it, or leave it with a reason; then it can be started anew")
		}
	}
	e := &PlaybookStarted{Book: p.ID, Name: p.Name, Owner: p.Owner, Verified: p.Verified, Approved: p.Approved, Expires: p.Expires, Despite: p.Warnings(c.now.At)}
	for _, s := range p.Steps {
		t := s.Text
		if s.More != "" {
			t += "\n" + s.More
		}
		e.Steps = append(e.Steps, t)
	}
	return []Event{e}, nil
}
