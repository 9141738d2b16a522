package incident

import (
	"fmt"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// SoakStarted says that what a criterion asks for holds from now on. A criterion with a
// soak is met once it has held for that long.
type SoakStarted struct {
	Criterion string `json:"criterion"`
}

// SoakDipped says that it did not hold for a moment: its time runs anew from then on.
type SoakDipped struct {
	Criterion string `json:"criterion"`
	Text      string `json:"text,omitempty"` // what was seen
}

// Kind implements Event.
func (*SoakStarted) Kind() Kind { return "soak.started" }

// Kind implements Event.
func (*SoakDipped) Kind() Kind { return "soak.dipped" }

// Soak is since when a criterion has held.
type Soak struct {
	Since int64 `json:"since"`
	Dips  int   `json:"dips,omitempty"`
}

// soak starts the time of a criterion anew.
func (s *State) soak(criterion string, at int64, dipped bool) {
	if criterion == "" {
		return
	}
	k := s.Soaks[criterion]
	if dipped {
		k.Dips++
		if x := s.Exits[criterion]; x.State == ExitMet && at >= x.At { // it holds no more
			delete(s.Exits, criterion)
		} else if k.Since == 0 { // nothing ran
			return
		}
		at = max(at, k.Since)
	}
	k.Since = at
	s.Soaks = put(s.Soaks, criterion, k)
}

// Held reports whether the criterion has soaked for as long as it asks for, by now.
func (c *Criterion) Held(now int64) bool { return c.Until != 0 && now >= c.Until }

// until is when a criterion will have soaked; 0 when nothing runs.
func (k Soak) until(e kit.Exit) int64 {
	if k.Since == 0 || e.Soak == 0 {
		return 0
	}
	return k.Since + int64(e.Soak)*60_000
}

// held are the judgements that having soaked makes by itself, and the gate after them.
func (c *context) held() (Gate, []Event) {
	g := c.Gate(c.kit)
	var out []Event
	for i := range g.Criteria {
		v := &g.Criteria[i]
		if v.State == ExitOpen && v.Held(c.now.At) {
			v.State, v.Word = ExitMet, c.lasted(v)
			g.Open--
			out = append(out, &ExitJudged{v.ID, ExitMet, v.Word})
		}
	}
	return g, out
}

// lasted says for how long a criterion has held.
func (c *context) lasted(v *Criterion) string {
	since := time.UnixMilli(v.Since).UTC().Add(time.Duration(c.TZ) * time.Minute)
	return fmt.Sprintf("held since %s, %d min", since.Format("15:04"), (c.now.At-v.Since)/60_000)
}

// soaking are the criteria of the severity in force that ask for a time, by id; only the
// one named when it is.
func (c *context) soaking(criterion string) ([]kit.Exit, error) {
	var out []kit.Exit
	for _, e := range c.exits(c.kit) {
		if e.Soak > 0 && (criterion == "" || e.ID == criterion) {
			out = append(out, e)
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	if criterion == "" {
		return nil, fault.New(fault.Conflict, "%s has no exit criterion that must hold for a time", c.Severity).WithHint("write down what shows it with the criterion itself")
	}
	return nil, fault.New(fault.NotFound, "%s has no exit criterion %.60q that must hold for a time", c.Severity, criterion)
}

// StartSoak starts the time of a criterion; of every one that asks for a time when none
// is named.
type StartSoak struct{ Criterion string }

func (d *StartSoak) decide(c *context) ([]Event, error) {
	list, err := c.soaking(d.Criterion)
	if err != nil {
		return nil, err
	}
	var out []Event
	for _, e := range list {
		if k := c.Soaks[e.ID]; c.Exits[e.ID].State == ExitMet || k.Since != 0 && d.Criterion == "" {
			continue
		}
		out = append(out, &SoakStarted{e.ID})
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Conflict, "its time is running already").WithHint("a dip starts it anew")
	}
	return out, nil
}

// NoteDip says that something did not hold for a moment: the time of a criterion, or of
// every one that runs when none is named, starts anew.
type NoteDip struct{ Criterion, Text string }

func (d *NoteDip) decide(c *context) ([]Event, error) {
	list, err := c.soaking(d.Criterion)
	if err != nil {
		return nil, err
	}
	t, err := cleanOptional("text", d.Text, maxWords)
	if err != nil {
		return nil, err
	}
	var out []Event
	for _, e := range list {
		if c.Soaks[e.ID].Since != 0 || c.Exits[e.ID].State == ExitMet {
			out = append(out, &SoakDipped{e.ID, t})
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Conflict, "no time is running that a dip would start anew").WithHint("start it when the measures are normal")
	}
	return out, nil
}

// soaked refuses to call a criterion met while its time runs; when it never ran, it takes
// a word on what shows that it has held.
func (c *context) soaked(criterion, word string) error {
	for _, v := range c.Gate(c.kit).Criteria {
		if v.ID == criterion && v.Soak > 0 && v.Since == 0 && word == "" {
			return fault.Input("text", "%q must hold for %d min, and nobody has started its time", v.Text, v.Soak).
				WithHint("start it, say what shows that it has held, or waive it with a reason")
		}
		if v.ID == criterion && v.Until > c.now.At {
			at := time.UnixMilli(v.Until).UTC().Add(time.Duration(c.TZ) * time.Minute)
			return fault.Input("state", "%q must hold for %d min, and does so at %s", v.Text, v.Soak, at.Format("15:04")).
				WithHint("wait, or waive it with a reason; a dip starts the time anew")
		}
	}
	return nil
}
