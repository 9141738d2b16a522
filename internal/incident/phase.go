package incident

import "slices"

// Phase is where the incident stands. The names are frozen.
type Phase string

// The phases in their order. Investigate and mitigate may be worked side by side.
const (
	PhaseDeclare     Phase = "declare"
	PhaseAssess      Phase = "assess"
	PhaseCommunicate Phase = "communicate"
	PhaseStaff       Phase = "staff"
	PhaseInvestigate Phase = "investigate"
	PhaseMitigate    Phase = "mitigate"
	PhaseVerify      Phase = "verify"
	PhaseResolved    Phase = "resolved"
	PhaseClosed      Phase = "closed"
)

// Phases in order.
var Phases = []Phase{PhaseDeclare, PhaseAssess, PhaseCommunicate, PhaseStaff, PhaseInvestigate, PhaseMitigate, PhaseVerify, PhaseResolved, PhaseClosed}

// Rank is the phase's place in the order, from 0; -1 when it is none.
func (p Phase) Rank() int { return slices.Index(Phases, p) }

// Over reports whether the incident needs nobody's attention any more: nothing is due.
func (p Phase) Over() bool { return p == PhaseResolved || p == PhaseClosed }

// Next is the phase after p; closed has none and answers itself.
func (p Phase) Next() Phase {
	if i := p.Rank(); i >= 0 && i+1 < len(Phases) {
		return Phases[i+1]
	}
	return p
}

// Milestone is a point in an incident's life whose time matters afterwards.
type Milestone string

// The milestones in the order in which they must lie.
const (
	Started      Milestone = "started"
	Detected     Milestone = "detected"
	Acknowledged Milestone = "acknowledged"
	DeclaredAt   Milestone = "declared"
	Assessed     Milestone = "assessed"
	Mitigated    Milestone = "mitigated"
	ResolvedAt   Milestone = "resolved"
	ClosedAt     Milestone = "closed"
)

// Milestones in order.
var Milestones = []Milestone{Started, Detected, Acknowledged, DeclaredAt, Assessed, Mitigated, ResolvedAt, ClosedAt}

// stamps are the milestones that entering p stamps, unless they have a time; its own
// is the last one.
func (p Phase) stamps() []Milestone {
	switch p {
	case PhaseVerify:
		return []Milestone{Mitigated}
	case PhaseResolved:
		return []Milestone{ResolvedAt}
	case PhaseClosed:
		return []Milestone{ResolvedAt, ClosedAt} // it may not have been resolved before
	}
	return nil
}

// PublicState is what an update says about the incident, which is not its phase.
type PublicState string

// The public states in order.
const (
	Investigating PublicState = "investigating"
	Identified    PublicState = "identified"
	Monitoring    PublicState = "monitoring"
	Resolved      PublicState = "resolved"
)

// PublicStates in order.
var PublicStates = []PublicState{Investigating, Identified, Monitoring, Resolved}

// PublicState is what an update written in phase p would say by default.
func (p Phase) PublicState() PublicState {
	switch {
	case p.Over():
		return Resolved
	case p == PhaseVerify:
		return Monitoring
	case p == PhaseMitigate:
		return Identified
	}
	return Investigating
}
