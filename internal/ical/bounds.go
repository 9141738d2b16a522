package ical

// Bounds of what is read and expanded. They are far above what calendars of people hold and
// far below what hurts: a file at all of its bounds takes under a second and 256 MiB. They
// count work and not time, so that the same file gives the same answer on any machine.
const (
	maxBytes      = 32 << 20 // of a file, unless Options say otherwise
	maxLine       = 64 << 10 // of a logical line; the rest is cut
	maxDepth      = 8        // of components in each other
	maxComponents = 200_000
	maxProperties = 2_000_000
	maxPeople     = 200_000 // attendees and organizers of a file
	maxDates      = 200_000 // RDATE and EXDATE values of a file
	maxNotes      = 200     // kept; the rest are counted

	maxZones       = 500   // VTIMEZONEs of a file, and distinct TZIDs
	maxObservances = 500   // of a VTIMEZONE
	maxTransitions = 2_000 // of a VTIMEZONE

	maxRules       = 20    // of an event
	maxRuleText    = 4_096 // bytes of a rule
	maxTimesADay   = 1_440 // that a rule's BYHOUR, BYMINUTE and BYSECOND may make
	maxInterval    = 1_000_000_000
	maxRuleDates   = 50_000     // instances of one rule in a window
	maxRuleSteps   = 2_000_000  // days, hours … looked at for one rule
	maxSteps       = 20_000_000 // the same for a whole calendar
	maxOccurrences = 400_000    // of a calendar in a window
)
