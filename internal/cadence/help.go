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

const (
	helpAgain  = 30 * minute     // what still holds asks again so long after an answer
	helpMissed = 5 * minute      // after a promise was due
	helpDuty   = 2 * 60 * minute // on duty; well before a handoff has to be planned
)

// stuck is after how long in a phase somebody may need help. Where it is only watched
// whether it holds, that takes longer.
func stuck(p incident.Phase) int64 {
	if p == incident.PhaseVerify {
		return 60 * minute
	}
	return 30 * minute
}

// help is the next time at which the commander is asked, and why: what began since the
// last answer asks when it begins, what still holds half an hour after that answer.
func help(s *incident.State, k *kit.Kit, promises []Deadline) (d Deadline, ok bool) {
	answered := s.Intermission.At
	ask := func(trigger string, since int64) {
		if since == 0 {
			return
		}
		due := since
		if since <= answered {
			due = answered + helpAgain
		}
		if !ok || due < d.Due {
			d, ok = Deadline{Kind: Help, Subject: trigger, From: since, Due: due}, true
		}
	}
	for _, p := range promises {
		if p.Kind == Promise {
			ask(TriggerPromise, p.Due+helpMissed)
		}
	}
	if s.PhaseSince != 0 {
		ask(TriggerPhase, s.PhaseSince+stuck(s.Phase))
	}
	ask(TriggerSpan, s.Crowded)
	if s.Command.Since != 0 {
		ask(TriggerDuty, s.Command.Since+helpDuty)
	}
	if s.Raised.At > answered && k.Rank(s.Severity) <= k.Rank("SEV2") {
		ask(TriggerRaised, s.Raised.At)
	}
	return d, ok
}
