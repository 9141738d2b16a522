package incident

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// Gate is what stands between the incident and its next end.
type Gate struct {
	Criteria []Criterion // the exit criteria, in the kit's order
	Open     int         // those neither met nor waived
	Owed     []string    // audiences that were told something and have not had their last update
	Missing  []Milestone // times that nobody has given
	Actions  int         // actions still open
	Retro    bool        // a retrospective is asked for and not planned
}

// Criterion is an exit criterion with what was said about it.
type Criterion struct {
	kit.Exit
	State string // met, waived or open
	Word  string // what shows it, or why it is waived
	At    int64
	By    ID
	Since int64 // since when it has held, where it must hold for a time; 0 = its time does not run
	Until int64 // when it will have held for long enough
	Dips  int   // how often its time had to start anew
}

// exits are the criteria of the severity in force.
func (s *State) exits(k *kit.Kit) []kit.Exit {
	if v := k.Severity(s.Severity); v != nil {
		return v.Exit
	}
	return nil
}

// Gate looks at what is open before the incident can count as resolved.
func (s *State) Gate(k *kit.Kit) Gate {
	g := Gate{Actions: len(s.OpenActions())}
	for _, e := range s.exits(k) {
		w := s.Exits[e.ID]
		k := s.Soaks[e.ID]
		c := Criterion{Exit: e, State: w.State, Word: w.Text, At: w.At, By: w.By, Since: k.Since, Until: k.until(e), Dips: k.Dips}
		if c.State == "" {
			c.State = ExitOpen
		}
		if c.State == ExitOpen {
			g.Open++
		}
		g.Criteria = append(g.Criteria, c)
	}
	for _, a := range k.Audiences {
		if t := s.Audiences[a.ID]; t.Told > 0 && t.State != Resolved {
			g.Owed = append(g.Owed, a.ID)
		}
	}
	for _, m := range []Milestone{Started, Detected, Acknowledged, Mitigated} {
		if _, ok := s.Times[m]; !ok {
			g.Missing = append(g.Missing, m)
		}
	}
	if v := k.Severity(s.Severity); v != nil {
		g.Retro = v.RetroDue > 0 && s.Retro == nil
	}
	return g
}

// MovePhase moves the incident to a phase, forwards or back. Going back needs a
// reason; resolving with criteria open, and closing with anything left, needs one
// too, and each open criterion is then recorded as waived: for the reason among Waivers
// that is its own, else for that one.
type MovePhase struct {
	Phase   Phase
	Reason  string
	Waivers []Waiver
}

// Waiver says why the incident goes on without a criterion.
type Waiver struct {
	Criterion string
	Reason    string
}

func (d *MovePhase) decide(c *context) ([]Event, error) {
	if d.Phase.Rank() < 0 {
		return nil, fault.Input("phase", "%q is no phase", d.Phase).WithHint("one of %s", names(Phases))
	}
	if d.Phase == c.Phase {
		return nil, fault.New(fault.Conflict, "it is in %s already", d.Phase)
	}
	reason, err := cleanOptional("reason", d.Reason, maxWords)
	if err != nil {
		return nil, err
	}
	var out []Event
	if len(d.Waivers) > 0 && !d.Phase.Over() {
		return nil, fault.Input("waivers", "%s has no exit criteria to waive", d.Phase).WithHint("they are asked for when it is resolved")
	}
	switch {
	case d.Phase.Rank() < c.Phase.Rank():
		if reason == "" {
			return nil, fault.Input("reason", "going back from %s to %s needs a reason", c.Phase, d.Phase).WithHint("say in a line what showed up")
		}
	case d.Phase.Over():
		if out, err = c.pass(d.Phase, reason, d.Waivers); err != nil {
			return nil, err
		}
	}
	if err := c.stampable(d.Phase); err != nil {
		return nil, err
	}
	return append(out, &PhaseMoved{d.Phase, reason}), nil
}

// stampable refuses a time at which the milestones of a phase would be out of order.
func (c *context) stampable(p Phase) error {
	slack := int64(0)
	if c.now.At == c.now.Wall {
		slack = math.MaxInt64 - c.now.At // a time ahead of the clock was rounded up, or the clock was set: nobody waits for it
	}
	kept := *c.State
	kept.Times = maps.Clone(c.Times)
	for _, later := range Phases[p.Rank()+1:] { // going back takes their times away
		for _, m := range later.stamps() {
			if later.Rank() <= c.Phase.Rank() && !slices.Contains(p.stamps(), m) {
				delete(kept.Times, m)
			}
		}
	}
	after := &context{&kept, c.kit, c.now}
	for _, m := range p.stamps() {
		if _, stamped := kept.Times[m]; stamped {
			continue
		}
		if err := after.order("at", m, c.now.At, slack); err != nil {
			return err
		}
	}
	return nil
}

// pass goes through the gate, waiving what is open: each criterion for the reason of its
// own, or else for the common one.
func (c *context) pass(to Phase, common string, waivers []Waiver) ([]Event, error) {
	g, out := c.held()
	reasons, err := c.waived(g, waivers)
	if err != nil {
		return nil, err
	}
	var open []string
	for _, k := range g.Criteria {
		if k.State != ExitOpen {
			continue
		}
		reason := cmp.Or(reasons[k.ID], common)
		if reason == "" {
			open = append(open, fmt.Sprintf("%q", k.Text))
		}
		out = append(out, &ExitJudged{k.ID, ExitWaived, reason})
	}
	if to == PhaseClosed {
		left := &CleanupWaived{Reason: common}
		for _, t := range c.Cleanup(c.kit) {
			if !t.Open() {
				continue
			}
			if common == "" {
				open = append(open, fmt.Sprintf("%q", t.Text))
			}
			left.Items = append(left.Items, t.ID)
		}
		if len(left.Items) > 0 {
			out = append(out, left)
		}
	}
	if len(open) > 0 {
		return nil, fault.Input("reason", "still open: %s", strings.Join(open, ", ")).WithHint("see to them, or give a reason for going on without")
	}
	return out, nil
}

// waived are the reasons of the criteria that are waived one by one.
func (c *context) waived(g Gate, waivers []Waiver) (map[string]string, error) {
	reasons := map[string]string{}
	for _, w := range waivers {
		at := slices.IndexFunc(g.Criteria, func(k Criterion) bool { return k.ID == w.Criterion })
		if at < 0 {
			return nil, fault.Input("waivers", "there is no exit criterion %.60q", w.Criterion).WithHint("one of %s", criteria(g))
		}
		reason, err := cleanOptional("waivers", w.Reason, maxWords)
		if err != nil {
			return nil, err
		}
		if reason == "" {
			return nil, fault.Input("waivers", "waiving %q needs a reason", g.Criteria[at].Text).WithHint("say in a line why it can wait")
		}
		reasons[w.Criterion] = reason
	}
	return reasons, nil
}

func criteria(g Gate) string {
	ids := make([]string, len(g.Criteria))
	for i, k := range g.Criteria {
		ids[i] = k.ID
	}
	return strings.Join(ids, ", ")
}

// SetMilestone gives a milestone its time.
type SetMilestone struct {
	Milestone Milestone
	Time      int64
	Approx    bool
}

func (d *SetMilestone) decide(c *context) ([]Event, error) {
	if !slices.Contains(Milestones, d.Milestone) {
		return nil, fault.Input("milestone", "%q is no milestone", d.Milestone).WithHint("one of %s", names(Milestones))
	}
	if err := plausible("time", d.Time, c.now.Wall); err != nil {
		return nil, err
	}
	return one(&MilestoneSet{d.Milestone, d.Time, d.Approx}, c.order("time", d.Milestone, d.Time, 0))
}

// order refuses a time for a milestone that lies after a later one's, or by more than
// slack before an earlier one's.
func (c *context) order(field string, milestone Milestone, at, slack int64) error {
	place := slices.Index(Milestones, milestone)
	for i, m := range Milestones {
		t, ok := c.Times[m]
		if !ok || i == place {
			continue
		}
		if i < place && t.Time > at+slack || i > place && t.Time < at {
			return misplaced(field, milestone, at, m, t.Time)
		}
	}
	return nil
}

func misplaced(field string, m Milestone, at int64, other Milestone, there int64) error {
	return fault.Input(field, "%s at %s does not fit %s at %s", m, stamp(at), other, stamp(there)).
		WithHint("times lie in the order %s; correct the other one first if it is wrong", names(Milestones))
}
