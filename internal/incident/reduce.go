package incident

import (
	"cmp"
	"slices"

	"quarterdeck/internal/kit"
)

// reduce folds one event. It refuses nothing and copes with any order and with
// names that it does not know; what makes no sense changes nothing.
// r is the record with At and Body as amended.
func (s *State) reduce(r *Record, e Event) {
	mark := func(text string) Mark { return Mark{text, r.At, r.Actor} }
	s.crew(r, e)
	switch e := e.(type) {
	case *Declared:
		if s.Phase != "" && s.Declared.Ref != "" {
			return // an incident is declared once: the first in fold order
		}
		s.declare(r, e)
	case *PersonNamed:
		if !e.Person.IsZero() {
			s.People[e.Person] = e.Name
		}
	case *DecisionMade:
		s.Decisions = append(s.Decisions, Decision{ID: r.ID, Text: e.Text, At: r.At, Basis: e.Basis != ""})
	case *DecisionExpected:
		s.decided(e.Decision, func(d *Decision) {
			d.Objections, d.Expect, d.Check = cmp.Or(e.Objections, d.Objections), cmp.Or(e.Expect, d.Expect), cmp.Or(e.Check, d.Check)
			if e.Check != 0 { // it is to be looked at again
				d.Checked, d.Outcome, d.Result = 0, "", ""
			}
		})
	case *DecisionChecked:
		s.decided(e.Decision, func(d *Decision) { d.Checked, d.Outcome, d.Result = r.At, e.Outcome, e.Text })
	case *ChangeStarted:
		s.Changes = append(s.Changes, Change{ID: r.ID, Thing: e.Thing, Text: e.Text, By: e.By, Undo: e.Undo, At: r.At})
	case *ChangeEnded:
		s.changed(e.Change, func(c *Change) {
			if c.Ended == 0 { // of two results the first holds
				c.Ended, c.Outcome, c.Result = r.At, e.Outcome, e.Text
			}
		})
	case *HypothesisStated:
		s.Hypotheses = append(s.Hypotheses, Hypothesis{ID: r.ID, Text: e.Text, At: r.At, By: r.Actor, State: HypothesisOpen})
	case *HypothesisJudged:
		s.judge(r, e)
	case *IntermissionAnswered:
		if r.At >= s.Intermission.At {
			s.Intermission = Intermission{r.At, r.Actor, e.Needs}
		}
	case *TeamJoined:
		if e.Person.IsZero() || e.Person == e.Lead {
			return
		}
		if s.Teams = put(s.Teams, e.Person, e.Lead); e.Lead.IsZero() {
			delete(s.Teams, e.Person)
		}
	case *ActionOpened:
		a := Action{ID: r.ID, Text: e.Text, Owner: e.Owner, At: r.At, Due: box(r.At, e.Minutes)}
		if e.Owner == r.Actor { // who takes it on has heard it
			a.ReadBack = r.At
		}
		s.Actions = append(s.Actions, a)
	case *ActionReadBack:
		s.action(e.Action, func(a *Action) { a.ReadBack = r.At })
	case *ActionExtended:
		s.action(e.Action, func(a *Action) { a.Due = box(r.At, e.Minutes) })
	case *ActionClosed:
		s.action(e.Action, func(a *Action) { a.Closed, a.Dropped, a.Result = r.At, e.Dropped, e.Text })
	case *QuestionAsked:
		s.Questions = append(s.Questions, Question{ID: r.ID, Text: e.Text, At: r.At})
	case *QuestionAnswered:
		if i := slices.IndexFunc(s.Questions, func(q Question) bool { return q.ID == e.Question }); i >= 0 {
			s.Questions[i].Answer = e.Text
		}
	case *SituationSet:
		s.Situation[e.Field] = mark(e.Text)
	case *SeveritySet:
		if e.Severity == "" {
			return
		}
		if s.worse(e.Severity) {
			s.Raised = mark("")
		}
		s.Severity, s.Provisional, s.SeveritySet = e.Severity, false, mark(e.Reason)
		s.Levels = append(s.Levels, Level{r.At, e.Severity})
		if e.Assessment != nil {
			s.Assessment = e.Assessment
		}
		s.stamp(Assessed, r.At, r.ID)
	case *PhaseMoved:
		s.move(r, e)
	case *MilestoneSet:
		if e.Time != 0 {
			s.Times[e.Milestone] = Stamp{Time: e.Time, Approx: e.Approx, Corrected: true}
		}
	case *RoleAssigned:
		if e.Role != kit.Commander && !e.Person.IsZero() && s.Roles[e.Role].Person != e.Person {
			s.Roles[e.Role] = Held{Person: e.Person, Since: r.At}
			delete(s.Asked, e.Role)
			delete(s.Covered, e.Role)
		}
	case *RoleReleased:
		delete(s.Roles, e.Role)
		delete(s.Asked, e.Role)
	case *RoleAsked:
		if e.Role != kit.Commander && !e.Person.IsZero() {
			s.Asked[e.Role] = Held{Person: e.Person, Since: r.At}
		}
	case *RoleCovered:
		s.Covered[e.Role] = e.Until
	case *DeputyNamed:
		if s.Deputies[e.Role] = (Held{e.Person, r.At, e.Until}); e.Person.IsZero() {
			delete(s.Deputies, e.Role)
		}
	case *CommandOffered:
		if !e.To.IsZero() {
			if e.To != s.Command.Offered { // completed, it runs on from when it was made
				s.Command.Asked = r.At
			}
			s.Command.Offered, s.Command.Handover = e.To, e.Handover
		}
	case *CommandDeclined:
		s.Command.Offered, s.Command.Asked, s.Command.Handover = ID{}, 0, Handover{}
	case *CommandAccepted:
		if e.Term > s.Command.Term && !e.By.IsZero() {
			s.Command = Tenure{Holder: e.By, Since: r.At, Term: e.Term}
		}
	case *ItemChecked:
		s.Checks[e.Item] = Check{e.State, e.Text, r.At, r.Actor}
	case *ExitJudged:
		s.Exits[e.Criterion] = Check{e.State, e.Text, r.At, r.Actor}
	case *UpdateRequested:
		if e.Audience != "" {
			s.Updates[r.ID] = Update{UpdateRequested: *e, At: r.At}
		}
	case *PostRequested:
		s.Posts = put(s.Posts, r.ID, Post{*e, r.At})
	case *DeliveryDropped:
		s.dropped(e)
	case *RouteSwitched:
		if e.Audience != "" {
			s.Rungs = put(s.Rungs, e.Audience, e.To)
		}
	case *MessageMarked:
		s.Marked = put(s.Marked, e.Remote, true)
	case *DeliveryConfirmed:
		s.delivered(e)
	case *PromiseMoved:
		if a := s.Audiences[e.Audience]; r.At >= a.Promise.From {
			a.Promise = Promise{Due: e.Next, From: r.At}
			s.Audiences[e.Audience] = a
		}
	case *DeadlineSnoozed:
		old := s.Snoozes[e.Deadline]
		s.Snoozes[e.Deadline] = Silence{ID: r.ID, Until: e.Until, Count: old.Count + 1}
	case *SnoozeExplained:
		for key, z := range s.Snoozes {
			if z.ID == e.Snooze {
				z.Why = true
				s.Snoozes[key] = z
			}
		}
	case *SectionWritten, *FactorNamed, *FactorLinked, *MomentMarked, *MomentAsked, *MomentAnswered:
		s.review(r, e)
	case *Linked, *PlaybookStarted, *SoakStarted, *SoakDipped, *MeasureTaken, *MeasureExtended, *MeasureEnded:
		s.hold(r, e)
	default:
		s.after(r, e)
	}
}

func (s *State) declare(r *Record, e *Declared) {
	s.Declared, s.TZ = *e, r.TZ
	s.Levels = slices.Insert(s.Levels, 0, Level{r.At, e.Severity})
	if s.Severity == "" { // a judgement may have been folded before the declaration
		s.Severity, s.Provisional = e.Severity, e.Provisional
		s.SeveritySet = Mark{"", r.At, r.Actor}
	}
	if s.Phase == "" {
		s.Phase, s.PhaseSince = PhaseDeclare, r.At
	}
	if e.Impact != "" && s.Situation["impact"].Text == "" {
		s.Situation["impact"] = Mark{e.Impact, r.At, r.Actor}
	}
	s.stamp(DeclaredAt, r.At, r.ID)
	s.stamp(Acknowledged, r.At, r.ID) // until it is corrected: who declares has taken it on
	s.stamp(Started, e.Started, ID{})
	s.stamp(Detected, e.Detected, ID{})
	if !e.Provisional {
		s.stamp(Assessed, r.At, r.ID)
	}
}

func (s *State) move(r *Record, e *PhaseMoved) {
	if e.Phase.Rank() < 0 {
		return
	}
	if s.Phase.Over() && !e.Phase.Over() {
		s.Reopened = r.At
		clear(s.Exits) // what held, or was waived, for that end has to be shown anew for the next
		clear(s.Soaks)
		clear(s.Waived)
	}
	before := s.Phase
	s.Phase, s.PhaseSince = e.Phase, r.At
	for _, m := range e.Phase.stamps() {
		s.stamp(m, r.At, r.ID)
	}
	// What was reached counts only while it holds: going back takes the later times
	// away, corrected or not. What a person said of a phase to come stays.
	for _, p := range Phases[e.Phase.Rank()+1:] {
		for _, m := range p.stamps() {
			if (!s.Times[m].Corrected || p.Rank() <= before.Rank()) && !slices.Contains(e.Phase.stamps(), m) {
				delete(s.Times, m)
			}
		}
	}
}

// stamp sets a milestone unless a person has given its time, or it has one already.
func (s *State) stamp(m Milestone, at int64, by ID) {
	if _, ok := s.Times[m]; !ok && at != 0 {
		s.Times[m] = Stamp{Time: at, By: by}
	}
}

func (s *State) action(id ID, change func(*Action)) {
	if i := slices.IndexFunc(s.Actions, func(a Action) bool { return a.ID == id }); i >= 0 {
		change(&s.Actions[i])
	}
}

func (s *State) delivered(e *DeliveryConfirmed) {
	if p, ok := s.Posts[e.Update]; ok {
		delete(s.Posts, e.Update)
		if p.Post == PostChannel && e.Remote != "" {
			s.Channel = Channel{p.Route, e.Remote, e.Link, cmp.Or(e.How, p.Text)}
		}
	}
	u, ok := s.Updates[e.Update]
	if !ok {
		return
	}
	delete(s.Updates, e.Update)
	a := s.Audiences[u.Audience]
	a.Told++
	if u.At >= a.At { // an older one may leave later
		a.At, a.Text, a.State = u.At, u.Text, u.State
	}
	if u.At >= a.Promise.From {
		a.Promise = Promise{Due: u.Next, From: u.At}
	}
	s.Audiences[u.Audience] = a
}

// dropped takes an update off once none of its messages can leave any more.
func (s *State) dropped(e *DeliveryDropped) {
	delete(s.Posts, e.Request)
	u, ok := s.Updates[e.Request]
	if !ok {
		return
	}
	if u.Gone++; u.Gone >= max(u.Rows, 1) {
		delete(s.Updates, e.Request)
		return
	}
	s.Updates[e.Request] = u
}

// put sets a key of a map that a cache may have left out.
func put[K comparable, V any](m map[K]V, k K, v V) map[K]V {
	if m == nil {
		m = map[K]V{}
	}
	m[k] = v
	return m
}

// worse compares level names, which end in their number: SEV1 is worse than SEV2.
func (s *State) worse(severity string) bool { return severity < s.Severity }

// box is the end of a time box; none for zero minutes.
func box(at int64, minutes int) int64 {
	if minutes == 0 {
		return 0
	}
	return at + int64(minutes)*60_000
}
