package cadence

import (
	"slices"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Replan is what changes when the severity does: the plan that the kit has for the one
// against its plan for the other. People are no part of it: nobody is moved.
type Replan struct {
	From, To           string
	Promises           []PromiseChange // audiences whose next time or interval changes, in the kit's order
	Required, Released []string        // roles that must be held from now on, and those that need not any more
	More, Less         []kit.Exit      // exit criteria
	Effort, EffortWas  string          // as agreed; equal = it stays
	Command            string          // who is called, and when
	Retro, RetroWas    string
}

// PromiseChange is what one audience hears differently. Times are ms UTC, 0 = nothing is due.
type PromiseChange struct {
	Audience        string
	Was, Due        int64
	EveryWas, Every int // minutes
}

// Replanned compares the plan in force with that of another severity, set at now.
func Replanned(s *incident.State, k *kit.Kit, to string, now int64) Replan {
	then := s.Judged(to, now)
	was, is := k.Severity(s.Severity), k.Severity(to)
	out := Replan{From: s.Severity, To: to}
	if was == nil {
		was = &kit.Severity{}
	}
	if is == nil {
		return out
	}
	before, after := promised(Deadlines(s, k)), promised(Deadlines(then, k))
	for _, a := range k.Audiences {
		c := PromiseChange{a.ID, before[a.ID], after[a.ID], was.Promise(a.ID).Every, is.Promise(a.ID).Every}
		if c.Was != c.Due || c.EveryWas != c.Every {
			out.Promises = append(out.Promises, c)
		}
	}
	out.Required, out.Released = missing(is.Required, was.Required), missing(was.Required, is.Required)
	out.More, out.Less = lacking(is.Exit, was.Exit), lacking(was.Exit, is.Exit)
	out.Effort, out.EffortWas, out.Command = is.Effort, was.Effort, is.Command
	out.Retro, out.RetroWas = is.Retro, was.Retro
	return out
}

func promised(ds []Deadline) map[string]int64 {
	out := map[string]int64{}
	for _, d := range ds {
		if d.Kind == Promise {
			out[d.Subject] = d.Due
		}
	}
	return out
}

// missing are those of list that are not in from.
func missing(list, from []string) (out []string) {
	for _, v := range list {
		if !slices.Contains(from, v) {
			out = append(out, v)
		}
	}
	return out
}

// lacking is missing for criteria: one whose words or whose time differ is another.
func lacking(list, from []kit.Exit) (out []kit.Exit) {
	for _, v := range list {
		if !slices.Contains(from, v) {
			out = append(out, v)
		}
	}
	return out
}
