package account

import "quarterdeck/internal/incident"

// Phase is a part of the work that an incident takes, for the whole company and not for
// the service: the 21 of the time-spent calculator, and rest as the 22nd.
type Phase struct {
	ID    string
	Name  string
	Asks  string // what to ask a person when the record cannot tell; empty = it can
	After bool   // it comes after the incident is resolved
}

// Phases are all of them, in their order; the ids are incident.Efforts.
var Phases = []Phase{
	{"reacting", "Reacting to the alert", "Minutes from the alert to taking it on?", false},
	{"leaving", "Leaving earlier work", "Minutes to put your work down?", false},
	{"classifying", "Classifying", "", false},
	{"gathering", "Gathering people", "", false},
	{"coordinating", "Coordinating", "", false},
	{"collecting", "Collecting information", "", false},
	{"diagnosing", "Diagnosing", "", false},
	{"informing", "Informing people", "", false},
	{"devising", "Devising the remedy", "", false},
	{"changing", "Making the change", "", false},
	{"testing", "Testing it", "Was it tested before release? Minutes?", false},
	{"releasing", "Releasing it", "Minutes to release it?", false},
	{"verifying", "Verifying", "", false},
	{"writing", "Writing it up", "Minutes spent on writing it up?", true},
	{"impact", "Judging the impact", "Minutes of analysis?", true},
	{"recording", "Recording the impact in metrics", "Minutes?", true},
	{"understanding", "Understanding conditions", "Minutes in the retrospective?", true},
	{"deciding", "Deciding changes", "Minutes in the follow-up meeting?", true},
	{"improving", "Making the changes", "Minutes spent on follow-ups?", true},
	{"sharing", "Sharing the retrospective", "Minutes of reading and answering?", true},
	{"refocusing", "Getting back into earlier work", "Minutes until you were back in it?", true},
	{"resting", "Rest and rota repair", "Time off granted, in minutes?", true},
}

// each are the phases that everybody who was there is asked about.
var each = []string{"leaving", "refocusing"}

// workOf is the phase of the work that an action belongs to, by the incident's phase in
// which it was opened.
func workOf(p incident.Phase) string {
	switch p {
	case incident.PhaseCommunicate:
		return "informing"
	case incident.PhaseStaff:
		return "gathering"
	case incident.PhaseInvestigate:
		return "diagnosing"
	case incident.PhaseMitigate:
		return "changing"
	case incident.PhaseVerify:
		return "verifying"
	}
	return "classifying"
}
