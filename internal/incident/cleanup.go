package incident

import (
	"fmt"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// Todo is a part of the clean-up as it stands.
type Todo struct {
	kit.Todo
	Done   bool
	Waived bool   // it is left undone, for a reason
	Word   string // what shows it, what is missing, or why it is left
	Due    int64  // ms UTC; 0 = the incident is not resolved
	By     ID     // who left it
}

// Open reports whether something is left to do.
func (t *Todo) Open() bool { return !t.Done && !t.Waived }

// Late reports whether it is open past its due time.
func (t *Todo) Late(now int64) bool { return t.Open() && t.Due != 0 && t.Due < now }

// Cleanup is the board: what must be true before the incident counts as closed, in the
// kit's order. What an incident is not asked for is done.
func (s *State) Cleanup(k *kit.Kit) []Todo {
	var out []Todo
	end := s.Times[ResolvedAt].Time
	for _, item := range k.Board() {
		t := Todo{Todo: item}
		if t.Word, t.Done = s.cleaned(k, item.ID); !t.Done {
			w := s.Waived[item.ID]
			if t.Waived = w.State != ""; t.Waived {
				t.Word, t.By = w.Text, w.By
			}
		}
		if end != 0 {
			t.Due = end + int64(item.Hours)*3600_000
			if item.ID == "shared" {
				t.Due = s.retroBy(k, end) + int64(item.Hours)*3600_000
			}
		}
		out = append(out, t)
	}
	return out
}

// retroBy is when the retrospective takes place, else when it should at the latest.
func (s *State) retroBy(k *kit.Kit, end int64) int64 {
	if s.Retro != nil {
		return s.Retro.Time + int64(s.Retro.Minutes)*60_000
	}
	if v := k.Severity(s.Severity); v != nil {
		return end + int64(v.RetroDue)*day
	}
	return end
}

// cleaned looks at a part of the clean-up. The word says what shows it, or what is missing.
func (s *State) cleaned(k *kit.Kit, item string) (word string, done bool) {
	switch item {
	case "told":
		owed := s.Gate(k).Owed
		return strings.Join(owed, ", "), len(owed) == 0
	case "actions":
		n := len(s.OpenActions())
		return some(n, "action is open", "actions are open"), n == 0
	case "times":
		return s.timed()
	case "measures":
		return s.owned()
	case "follow-up":
		kept := 0
		for _, f := range s.FollowUps {
			if f.State != FollowUpDropped {
				kept++
			}
		}
		return some(kept, "follow-up", "follow-ups"), kept > 0
	case "impact":
		if s.Impact == nil {
			return "", false
		}
		return s.Impact.Who, true
	case "retro":
		switch {
		case s.Retro != nil:
			return fmt.Sprintf("%s, %s", stamp(s.Retro.Time), s.Name(s.Retro.Owner)), true
		case !s.asksRetro(k):
			return "not asked for at " + s.Severity, true
		}
		return "", false
	case "shared":
		switch {
		case s.Shared != nil:
			return s.Shared.With, true
		case s.Retro == nil && (!s.asksRetro(k) || s.Waived["retro"].State != ""):
			return "there is no retrospective", true
		}
		return "", false
	case "back":
		var names []string
		for _, p := range s.Away() {
			names = append(names, s.Name(p))
		}
		return strings.Join(names, ", "), len(names) == 0
	}
	return "", true // of a kit to come: nobody can say
}

func (s *State) asksRetro(k *kit.Kit) bool {
	v := k.Severity(s.Severity)
	return v != nil && v.RetroDue > 0
}

// timed looks for milestones without a time, and for those that lie the wrong way round.
func (s *State) timed() (word string, ok bool) {
	var missing []Milestone
	var before Milestone
	for _, m := range Milestones {
		t, known := s.Times[m]
		switch {
		case m == ClosedAt && !known:
			continue
		case !known:
			missing = append(missing, m)
			continue
		case before != "" && t.Time < s.Times[before].Time:
			return fmt.Sprintf("%s lies before %s", m, before), false
		}
		before = m
	}
	if len(missing) > 0 {
		return "missing: " + names(missing), false
	}
	return "", true
}

// owned looks for temporary measures, and for follow-ups on such, that nobody has or that
// never end.
func (s *State) owned() (word string, ok bool) {
	n := 0
	for _, m := range s.Standing() {
		if m.Owner.IsZero() || m.Ends == 0 {
			n++
		}
	}
	for _, f := range s.FollowUps {
		if f.Type == "temporary" && f.State == FollowUpOpen && (f.Owner.IsZero() || f.Due == 0) {
			n++
		}
	}
	return some(n, "has no owner or no end date", "have no owner or no end date"), n == 0
}

func some(n int, one, many string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// WaiveCleanup leaves a part of the clean-up undone for a reason; without one it is asked
// for again.
type WaiveCleanup struct{ Item, Reason string }

func (d *WaiveCleanup) decide(c *context) ([]Event, error) {
	if !slices.ContainsFunc(c.kit.Board(), func(t kit.Todo) bool { return t.ID == d.Item }) {
		return nil, fault.New(fault.NotFound, "the clean-up has no part %.40q", d.Item).WithHint("one of %s", strings.Join(kit.Todos, ", "))
	}
	reason, err := cleanOptional("reason", d.Reason, maxWords)
	switch {
	case err != nil:
		return nil, err
	case reason == "" && c.Waived[d.Item].State == "":
		return nil, fault.Input("reason", "leaving it undone needs a reason").WithHint("say why the incident may be closed without it")
	case reason == c.Waived[d.Item].Text && reason != "":
		return nil, fault.New(fault.Conflict, "it is left for that reason already")
	}
	return []Event{&CleanupWaived{[]string{d.Item}, reason}}, nil
}

// JudgeImpact says who was hurt, and how badly.
type JudgeImpact struct{ Who, What string }

func (d *JudgeImpact) decide(c *context) ([]Event, error) {
	who, err := clean("who", d.Who, maxWords)
	if err != nil {
		return nil, err
	}
	what, err := cleanOptional("what", d.What, maxWords)
	if err == nil && c.Impact != nil && c.Impact.ImpactJudged == (ImpactJudged{who, what}) {
		return nil, fault.New(fault.Conflict, "it says so already")
	}
	return one(&ImpactJudged{who, what}, err)
}

// ResumeWork says that somebody is back at the work they had planned.
type ResumeWork struct{ Person Person }

func (d *ResumeWork) decide(c *context) ([]Event, error) {
	if !c.Phase.Over() {
		return nil, fault.New(fault.Conflict, "the incident is not resolved").WithHint("whoever leaves it now hands over what is theirs")
	}
	p, err := c.person("person", d.Person)
	if err != nil {
		return nil, err
	}
	at, was := c.Crew[p.ID]
	switch {
	case !was:
		return nil, fault.New(fault.Conflict, "%s took no part", p.Name)
	case at != 0:
		return nil, fault.New(fault.Conflict, "%s is back already", p.Name)
	}
	return []Event{&WorkResumed{p.ID}}, nil
}
