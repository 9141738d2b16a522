package cadence

import (
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Triggers ask a commander anew whether they need help. Each is the subject of a deadline
// of the kind Help.
const (
	TriggerPromise = "promise" // a promise was missed
	TriggerPhase   = "phase"   // the phase is stuck
	TriggerSpan    = "span"    // too many report to the commander
	TriggerDuty    = "duty"    // hours on duty
	TriggerRaised  = "raised"  // the severity became worse
)

// help is the next time at which the commander is asked, and why: what began since the
// last answer asks when it begins, what still holds some time after that answer. The kit
// says after how long each asks.
func help(s *incident.State, k *kit.Kit, promises []Deadline) (d Deadline, ok bool) {
	limits, answered := k.Needs(), s.Intermission.At
	ask := func(trigger string, since int64) {
		if since == 0 {
			return
		}
		due := since
		if since <= answered {
			due = answered + int64(limits.Again)*minute
		}
		if !ok || due < d.Due {
			d, ok = Deadline{Kind: Help, Subject: trigger, From: since, Due: due}, true
		}
	}
	for _, p := range promises {
		if p.Kind == Promise {
			ask(TriggerPromise, p.Due+int64(limits.Promise)*minute)
		}
	}
	if s.PhaseSince != 0 {
		ask(TriggerPhase, s.PhaseSince+int64(limits.Stuck(string(s.Phase)))*minute)
	}
	ask(TriggerSpan, s.Crowded)
	if s.Command.Since != 0 {
		ask(TriggerDuty, s.Command.Since+int64(limits.Duty)*minute)
	}
	if s.Raised.At > answered && k.Rank(s.Severity) <= k.Rank("SEV2") {
		ask(TriggerRaised, s.Raised.At)
	}
	return d, ok
}
