package incident

import (
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// MaxSpan is how many people should report to one commander.
const MaxSpan = 7

// Item is a checklist item with what is known about it.
type Item struct {
	*kit.Item
	State string // done, skipped or open
	Text  string // the value, or why it was skipped
	At    int64
	By    ID
	Self  bool // the record proves it; nobody ticked it
}

// Items are the items of a list as they stand. An item that the record can prove
// follows the record, unless a person has skipped it.
func (s *State) Items(k *kit.Kit, list *kit.Checklist) []Item {
	if list == nil {
		return nil
	}
	out := make([]Item, len(list.Items))
	for i := range list.Items {
		it := &list.Items[i]
		c := s.Checks[it.ID]
		out[i] = Item{it, c.State, c.Text, c.At, c.By, false}
		if out[i].State == "" {
			out[i].State = ItemOpen
		}
		if it.Proof == "" || c.State == ItemSkipped {
			continue
		}
		if text, ok := s.proves(k, it.Proof); ok {
			out[i].State, out[i].Self = ItemDone, c.State != ItemDone
			if c.Text == "" {
				out[i].Text = text
			}
		} else if c.State != ItemDone {
			out[i].State = ItemOpen
		}
	}
	return out
}

// Interrupted are the lists of earlier phases that a person has begun and nobody has
// finished, in the order of the phases, and after them the playbooks that are worked through. They keep their place until each item is done, or
// skipped with a word.
func (s *State) Interrupted(k *kit.Kit) []*kit.Checklist {
	var out []*kit.Checklist
	if s.Phase.Over() {
		return nil
	}
	for _, p := range Phases[:max(s.Phase.Rank(), 0)] {
		list := k.Checklist(string(p))
		begun, open := false, false
		for _, it := range s.Items(k, list) {
			begun = begun || !it.Self && it.State != ItemOpen
			open = open || it.State == ItemOpen
		}
		if begun && open {
			out = append(out, list)
		}
	}
	return append(out, s.Running(k)...)
}

// LeaveList gives up what is open of a list, for a reason that every item is then marked
// with. Items that must not be missed are each left with a word of their own.
type LeaveList struct{ List, Reason string }

func (d *LeaveList) decide(c *context) ([]Event, error) {
	list := c.List(c.kit, d.List)
	if list == nil {
		return nil, fault.New(fault.NotFound, "there is no checklist %.60q", d.List)
	}
	reason, err := cleanOptional("reason", d.Reason, maxWords)
	if err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, fault.Input("reason", "leaving %s needs a reason", list.Name).WithHint("say in a line why the rest is not done")
	}
	var out []Event
	for _, it := range c.Items(c.kit, list) {
		switch {
		case it.State != ItemOpen:
		case it.Killer:
			return nil, fault.Input("reason", "%q must not be missed", it.Item.Text).WithHint("do it, or skip it by itself with its own word; then leave the rest")
		default:
			out = append(out, &ItemChecked{it.ID, ItemSkipped, reason})
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Conflict, "nothing of %s is open", list.Name)
	}
	return out, nil
}

// proves looks a proof up in the record. The text is the value that it found.
func (s *State) proves(k *kit.Kit, proof string) (text string, ok bool) {
	name, arg, _ := strings.Cut(proof, ":")
	args := strings.FieldsFunc(arg, func(r rune) bool { return r == ',' })
	switch name {
	case "title":
		return s.Declared.Title, s.Declared.Title != ""
	case "commander":
		return s.People[s.Command.Holder], !s.Command.Holder.IsZero()
	case "type":
		return s.Declared.Type, s.Declared.Type != ""
	case "severity", "reassess":
		return s.Severity, !s.Provisional
	case "answer":
		if q := k.Assessment.Criterion(arg); q != nil && s.Assessment != nil {
			if v := s.Assessment.Answer(arg); v >= 0 && v < len(q.Choices) {
				return q.Choices[v], true
			}
			return "not known, counts as worse", !s.Provisional
		}
		return "", false
	case "trend":
		if s.Assessment == nil {
			return "", false
		}
		return s.Assessment.Trend, s.Assessment.Trend != ""
	case "first-notice":
		return "", len(args) > 0 && !slices.ContainsFunc(args, func(a string) bool { return s.Audiences[a].Told == 0 })
	case "next-times":
		told := false
		for _, a := range s.Audiences {
			if a.Told > 0 && a.Promise.Due == 0 {
				return "", false
			}
			told = told || a.Told > 0
		}
		return "", told
	case "role":
		h := s.Holder(arg).Person
		return s.People[h], !h.IsZero()
	case "span":
		return "", s.Span() <= MaxSpan
	case "decision":
		n := len(s.Decisions)
		return "", n > 0 && s.Decisions[n-1].Basis && s.Decisions[n-1].At >= s.PhaseSince
	case "exit":
		return "", s.Gate(k).Open == 0
	case "last-notice":
		return "", len(s.Gate(k).Owed) == 0
	case "retro":
		if s.Retro == nil {
			return "", false
		}
		return s.People[s.Retro.Owner], true
	case "follow-up":
		return "", len(s.FollowUps) > 0
	case "accepted":
		return s.People[s.Command.Holder], s.Command.Term > 1
	}
	return "", false
}
