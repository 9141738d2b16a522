package cadence

import (
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// ActKind is what the commander should do.
type ActKind string

// The acts in their order of precedence.
const (
	ActCommand     ActKind = "command" // an offer of command waits for too long
	ActPromiseLate ActKind = "promise-late"
	ActPromiseSoon ActKind = "promise-soon"
	ActActionUp    ActKind = "action-up"
	ActAssessLate  ActKind = "assess-late" // five minutes are over, and nobody has judged
	ActAssess      ActKind = "assess"
	ActKiller      ActKind = "killer"    // the next item that must not be missed
	ActCheck       ActKind = "check"     // a decision is to be looked at
	ActHelp        ActKind = "help"      // does the commander need help?
	ActRole        ActKind = "role"      // a required role is open past its limit
	ActReassess    ActKind = "reassess"  // the severity was judged a while ago: look again
	ActItem        ActKind = "item"      // the next plain item
	ActAdvance     ActKind = "advance"   // the list is done: move on
	ActLastWord    ActKind = "last-word" // resolved, and somebody has not been told
	ActRetro       ActKind = "retro"
	ActFollowUp    ActKind = "follow-up"
	ActCleanup     ActKind = "clean-up" // another part of the clean-up is open
	ActClose       ActKind = "close"
	ActNothing     ActKind = "nothing"
)

// Act is one thing to do.
type Act struct {
	Kind    ActKind
	Subject string // audience, action, role or item, by id
	Text    string // the item's or action's words
	Due     int64  // when it was or is due; 0 = no time
}

// Acts are what to do, the most useful first; never empty. The screen shows two.
func Acts(s *incident.State, k *kit.Kit, now int64) []Act {
	var out []Act
	if s.Phase.Over() {
		return after(s, k)
	}
	ds := Deadlines(s, k)
	pick := func(kind Kind, act ActKind, ok func(*Deadline) bool) {
		for i := range ds {
			if d := &ds[i]; d.Kind == kind && ok(d) {
				out = append(out, Act{Kind: act, Subject: d.Subject, Due: d.Due, Text: actionText(s, d)})
			}
		}
	}
	due := func(d *Deadline) bool { return now >= d.Due }
	pick(Command, ActCommand, due)
	pick(Promise, ActPromiseLate, due)
	pick(Promise, ActPromiseSoon, func(d *Deadline) bool { return now >= d.Early && now < d.Due })
	pick(Action, ActActionUp, due)
	pick(Check, ActCheck, due)
	pick(Assess, ActAssessLate, due)
	pick(Assess, ActAssess, func(d *Deadline) bool { return now < d.Due })
	items := s.Items(k, k.Checklist(string(s.Phase)))
	item := func(kind ActKind, killer bool) {
		for _, it := range items {
			if it.State == incident.ItemOpen && it.Killer == killer {
				out = append(out, Act{Kind: kind, Subject: it.ID, Text: it.Item.Text})
			}
		}
	}
	item(ActKiller, true)
	pick(Role, ActRole, due)
	pick(Reassess, ActReassess, due)
	before := len(out)
	pick(Help, ActHelp, due)
	asked := len(out) - before // a finished list is left also by somebody who may need help
	item(ActItem, false)
	done := len(out) == asked && len(items) > 0
	for _, list := range s.Interrupted(k) { // what must not be missed there is named before moving on
		items = s.Items(k, list)
		item(ActKiller, true)
	}
	if done {
		out = append(out, Act{Kind: ActAdvance, Subject: string(s.Phase.Next())})
	}
	nothing := Act{Kind: ActNothing}
	for i := range ds {
		if ds[i].Kind == Promise {
			nothing.Subject, nothing.Due = ds[i].Subject, ds[i].Due
			break
		}
	}
	return append(out, nothing)
}

// after is what is left when nothing rings any more: who has not heard the end, then the
// clean-up in the kit's order.
func after(s *incident.State, k *kit.Kit) []Act {
	var out []Act
	for _, a := range s.Gate(k).Owed {
		out = append(out, Act{Kind: ActLastWord, Subject: a})
	}
	for _, t := range s.Cleanup(k) {
		if !t.Open() {
			continue
		}
		act := Act{Kind: ActCleanup, Subject: t.ID, Text: t.Text, Due: t.Due}
		switch t.ID {
		case "told":
			continue // by audience, above
		case "retro":
			act.Kind = ActRetro
		case "follow-up":
			act.Kind = ActFollowUp
		}
		out = append(out, act)
	}
	if s.Phase == incident.PhaseResolved {
		out = append(out, Act{Kind: ActClose})
	}
	return append(out, Act{Kind: ActNothing})
}

func actionText(s *incident.State, d *Deadline) string {
	for _, a := range s.Actions {
		if d.Kind == Action && a.ID.String() == d.Subject {
			return s.Name(a.Owner) + ": " + a.Text
		}
	}
	for _, v := range s.Decisions {
		if d.Kind == Check && v.ID.String() == d.Subject {
			return v.Text
		}
	}
	return ""
}
