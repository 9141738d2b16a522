package kit

import (
	"fmt"
	"slices"
	"strings"
)

// FollowUpType is a kind of work for after an incident.
type FollowUpType struct {
	ID    string `json:"id" yaml:"id"`
	Name  string `json:"name" yaml:"name"`
	Ask   string `json:"ask" yaml:"ask"`     // the question that it answers
	Days  int    `json:"days" yaml:"days"`   // until it is due, unless another day is given
	Proof string `json:"proof" yaml:"proof"` // what would show that it helped
}

// Todo is a part of the clean-up: what must be true before an incident counts as closed.
type Todo struct {
	ID    string `json:"id" yaml:"id"` // one of Todos
	Text  string `json:"text" yaml:"text"`
	Why   string `json:"why" yaml:"why"`
	Hours int    `json:"hours" yaml:"hours"` // after resolved until it is due; of shared, after the retrospective
}

// Todos are what can stand on the clean-up board. What holds is read from the record.
//
//	told        every audience that was told something has had its last update
//	actions     no action is open
//	times       the milestones are known, and in order
//	measures    what was done for the time being has an owner and an end
//	follow-up   there is one
//	impact      it was judged who was hurt, and how badly
//	retro       the retrospective is booked, where the severity asks for one
//	shared      what was learnt was given on, where there is one
//	back        everybody is back at the work they had planned
var Todos = []string{"told", "actions", "times", "measures", "follow-up", "impact", "retro", "shared", "back"}

// usual is the board of a kit that has none of its own.
var usual = []Todo{
	{ID: "told", Text: "Everybody who was told of it has had a last update", Hours: 4},
	{ID: "actions", Text: "No action is open", Hours: 4},
	{ID: "times", Text: "The times are complete and in order", Hours: 24},
	{ID: "measures", Text: "Each temporary measure has an owner and an end date", Hours: 24},
	{ID: "follow-up", Text: "At least one follow-up exists", Hours: 24},
	{ID: "impact", Text: "The impact is judged", Hours: 48},
	{ID: "retro", Text: "The retrospective is booked", Hours: 24},
	{ID: "shared", Text: "What was learnt is shared", Hours: 72},
	{ID: "back", Text: "Everybody is back at the work they had planned", Hours: 48},
}

// Board is the kit's clean-up; a kit of before there was one has the usual one.
func (k *Kit) Board() []Todo {
	if len(k.Cleanup) == 0 {
		return usual
	}
	return k.Cleanup
}

// FollowUp finds a type of follow-up by id; nil when there is none.
func (k *Kit) FollowUp(id string) *FollowUpType {
	return find(k.FollowUps, func(t *FollowUpType) bool { return t.ID == id })
}

// FollowUpTypes are the ids of the types of follow-up.
func (k *Kit) FollowUpTypes() []string {
	out := make([]string, len(k.FollowUps))
	for i, t := range k.FollowUps {
		out[i] = t.ID
	}
	return out
}

const maxHours = MaxDays * 24

func (c *checker) after() {
	if len(c.kit.FollowUps) > maxEntries {
		c.size("follow_ups", len(c.kit.FollowUps), maxEntries)
	}
	seen := map[string]bool{}
	for i, t := range c.kit.FollowUps {
		at := fmt.Sprintf("follow_ups[%d]", i)
		c.id(at+".id", t.ID, seen)
		c.text(at+".name", t.Name, maxName, true)
		c.text(at+".ask", t.Ask, maxLine, true)
		c.text(at+".proof", t.Proof, maxLine, false)
		if t.Days < 1 || t.Days > MaxDays {
			c.add(at+".days", fmt.Sprintf("write 1 to %d", MaxDays), "a follow-up cannot be due after %d days", t.Days)
		}
	}
	seen = map[string]bool{}
	for i, t := range c.kit.Cleanup {
		at := fmt.Sprintf("cleanup[%d]", i)
		c.id(at+".id", t.ID, seen)
		if t.ID != "" && !slices.Contains(Todos, t.ID) {
			c.add(at+".id", "one of "+strings.Join(Todos, ", "), "%q is no part of the clean-up", t.ID)
		}
		c.text(at+".text", t.Text, maxLine, true)
		c.text(at+".why", t.Why, maxProse, false)
		if t.Hours < 1 || t.Hours > maxHours {
			c.add(at+".hours", fmt.Sprintf("write 1 to %d", maxHours), "it cannot be due after %d hours", t.Hours)
		}
	}
}
