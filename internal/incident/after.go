package incident

import (
	"cmp"
	"slices"
)

// FollowUp is work for after the incident.
type FollowUp struct {
	ID   ID     `json:"id"`
	Text string `json:"text"`
	At   int64  `json:"at"`
	FollowUpTerms
	State   string `json:"state"`             // open, done or dropped
	Word    string `json:"word,omitempty"`    // what shows that it helped, or why it was dropped
	Ended   int64  `json:"ended,omitempty"`   // ms UTC
	Minutes int    `json:"minutes,omitempty"` // that its owner spent on it
}

// Late reports whether a follow-up is open past its due time.
func (f *FollowUp) Late(now int64) bool {
	return f.State == FollowUpOpen && f.Due != 0 && f.Due < now
}

// OpenFollowUps are those neither done nor dropped, the earliest due first, those without a time last.
func (s *State) OpenFollowUps() []FollowUp {
	open := slices.DeleteFunc(slices.Clone(s.FollowUps), func(f FollowUp) bool { return f.State != FollowUpOpen })
	slices.SortStableFunc(open, func(a, b FollowUp) int {
		return cmp.Or(cmp.Compare(boolInt(a.Due == 0), boolInt(b.Due == 0)), cmp.Compare(a.Due, b.Due))
	})
	return open
}

// Shared is to whom what was learnt was given last.
type Shared struct {
	With string `json:"with"`
	Link string `json:"link,omitempty"`
	At   int64  `json:"at"`
	By   ID     `json:"by"`
}

// Impact is who was hurt, and how badly.
type Impact struct {
	ImpactJudged
	At int64 `json:"at"`
	By ID    `json:"by"`
}

// after folds what is recorded after "resolved".
func (s *State) after(r *Record, e Event) {
	switch e := e.(type) {
	case *FollowUpAdded:
		s.FollowUps = append(s.FollowUps, FollowUp{ID: r.ID, Text: e.Text, At: r.At, FollowUpTerms: e.FollowUpTerms, State: FollowUpOpen})
	case *FollowUpChanged:
		s.followUp(e.FollowUp, func(f *FollowUp) { f.FollowUpTerms = e.FollowUpTerms })
	case *FollowUpEnded:
		s.followUp(e.FollowUp, func(f *FollowUp) {
			f.State, f.Word, f.Minutes, f.Ended = e.State, e.Text, e.Minutes, r.At
			if e.State != FollowUpDone && e.State != FollowUpDropped {
				f.State, f.Ended = FollowUpOpen, 0
			}
		})
	case *RetroPlanned:
		if !e.Owner.IsZero() {
			s.Retro = &Retro{e.Owner, e.Time, e.Minutes, e.Place, e.Invited}
		}
	case *RetroCancelled:
		s.Retro = nil
	case *RetroShared:
		s.Shared = &Shared{e.With, e.Link, r.At, r.Actor}
	case *ImpactJudged:
		s.Impact = &Impact{*e, r.At, r.Actor}
	case *EffortAnswered:
		if e.Phase == "refocusing" { // who says how long it took to get back is back
			s.back(e.Person, r.At)
		}
	case *WorkResumed:
		s.back(e.Person, r.At)
	case *CleanupWaived:
		for _, item := range e.Items {
			if s.Waived = put(s.Waived, item, Check{ExitWaived, e.Reason, r.At, r.Actor}); e.Reason == "" {
				delete(s.Waived, item)
			}
		}
	}
}

func (s *State) followUp(id ID, change func(*FollowUp)) {
	if i := slices.IndexFunc(s.FollowUps, func(f FollowUp) bool { return f.ID == id }); i >= 0 {
		change(&s.FollowUps[i])
	}
}

func (s *State) back(p ID, at int64) {
	if !p.IsZero() && s.Phase.Over() {
		s.Crew = put(s.Crew, p, at)
	}
}

// crew notes who takes part while the incident is not over: whoever writes something,
// holds a role or owns an action. Whoever takes part again is not back at other work.
func (s *State) crew(r *Record, e Event) {
	if s.Phase.Over() {
		return
	}
	in := func(p ID) {
		if !p.IsZero() {
			s.Crew = put(s.Crew, p, 0)
		}
	}
	in(r.Actor)
	switch e := e.(type) {
	case *RoleAssigned:
		in(e.Person)
	case *CommandAccepted:
		in(e.By)
	case *ActionOpened:
		in(e.Owner)
	}
}

// Away are the people who took part and have not said that they are back at the work
// they had planned, by name.
func (s *State) Away() []ID {
	var out []ID
	for p, at := range s.Crew {
		if at == 0 {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b ID) int { return cmp.Or(cmp.Compare(s.Name(a), s.Name(b)), a.Compare(b)) })
	return out
}
