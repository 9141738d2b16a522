package cadence

import (
	"cmp"
	"fmt"
	"slices"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

const minute = 60_000 // ms

// Limits that are the same for every kit, in milliseconds.
const (
	assessIn    = 5 * minute      // from declaration to a judged severity
	rolesIn     = 10 * minute     // from declaration to the required roles held
	acceptIn    = 10 * minute     // from an offer of command to its acceptance
	longOnDuty  = 4 * 60 * minute // after that a commander plans a handoff
	dutyWarning = 60 * minute     // before longOnDuty
	latestEarly = 3 * minute      // an early warning comes at least so long before
	quietAfter  = 15 * minute     // without an entry, somebody is asked for the state
	maxSpan     = 7               // people who report to the commander
)

// Kind is what a deadline is about.
type Kind string

// The kinds of deadline.
const (
	Promise  Kind = "promise"  // an audience was told, or is owed, a next update
	Action   Kind = "action"   // an action's time box
	Measure  Kind = "measure"  // the hard end of a temporary measure
	Assess   Kind = "assess"   // the severity is still provisional
	Reassess Kind = "reassess" // the severity was judged a while ago; it is named in NEXT and is no alarm
	Role     Kind = "role"     // a required role is not held
	Command  Kind = "command"  // an offer of command is not accepted
	Duty     Kind = "duty"     // the commander has been on for long
	Span     Kind = "span"     // too many people report to the commander
	Quiet    Kind = "quiet"    // nothing has been written for long
	Exits    Kind = "exits"    // all exit criteria are met
	Check    Kind = "check"    // a decision is to be looked at: did it have its effect?
	Help     Kind = "help"     // does the commander need help? The subject is why it is asked

	// Those of the station belong to no incident; whoever watches over it makes them.
	Log      Kind = "log"      // the log cannot be written
	Away     Kind = "away"     // the machine slept or its clock was set, and the card is not read
	Delivery Kind = "delivery" // a message could not be delivered
	Route    Kind = "route"    // a way out of the machine is down
	Gap      Kind = "gap"      // nobody is on call soon
)

// Deadline is a time by which the commander should have acted. Times are ms UTC.
type Deadline struct {
	Key      string // names this deadline for ever: another due time is another deadline
	Incident incident.ID
	Kind     Kind
	Subject  string // audience, action, role or person, by id
	From     int64  // when it began to run
	Early    int64  // when its warning begins
	Due      int64
	First    bool  // a promise: nobody of the audience has heard anything yet
	Silent   int64 // snoozed until then; it stays as due as it is
	Snoozes  int   // how often it has been snoozed
}

// Topic names what the deadline is about, whatever its time: a later deadline of the
// same topic takes the place of the earlier one on the desktop.
func (d *Deadline) Topic() string {
	return fmt.Sprintf("%s/%s/%s", d.Kind, d.Incident, d.Subject)
}

// Deadlines are all that run in an incident, the earliest due first. An incident
// that is over, or was entered after the fact, has none.
func Deadlines(s *incident.State, k *kit.Kit) []Deadline {
	if !s.Open() || s.Declared.Backfill {
		return nil
	}
	declared := s.Times[incident.DeclaredAt].Time
	var out []Deadline
	add := func(d Deadline) {
		d.Incident = s.ID
		d = d.named()
		z := s.Snoozes[d.Key]
		d.Silent, d.Snoozes = z.Until, z.Count
		out = append(out, d)
	}
	for _, a := range k.Audiences {
		if d, ok := promise(s, k, a.ID, declared); ok {
			add(d)
		}
	}
	for _, a := range s.OpenActions() {
		if a.Due != 0 {
			add(Deadline{Kind: Action, Subject: a.ID.String(), From: a.At, Due: a.Due})
		}
	}
	for _, m := range s.Standing() {
		add(Deadline{Kind: Measure, Subject: m.ID.String(), From: m.At, Due: m.Ends})
	}
	if s.Provisional {
		add(Deadline{Kind: Assess, From: declared, Due: declared + assessIn})
	} else if again := int64(k.Assessment.Again) * minute; again > 0 && s.Phase.Rank() < incident.PhaseVerify.Rank() {
		add(Deadline{Kind: Reassess, From: s.SeveritySet.At, Due: s.SeveritySet.At + again})
	}
	if v := k.Severity(s.Severity); v != nil {
		for _, r := range v.Required {
			if s.Holder(r).Person.IsZero() {
				add(Deadline{Kind: Role, Subject: r, From: declared, Due: max(declared+rolesIn, s.Covered[r])})
			}
		}
	}
	offered := !s.Command.Offered.IsZero()
	if offered {
		add(Deadline{Kind: Command, Subject: s.Command.Offered.String(), From: s.Command.Asked, Due: s.Command.Asked + acceptIn})
	} else if s.Command.Holder.IsZero() { // only a log from elsewhere can say so
		add(Deadline{Kind: Command, From: declared, Due: declared})
	}
	if since := s.Command.Since; since != 0 && !offered {
		add(Deadline{Kind: Duty, Subject: s.Command.Holder.String(), From: since, Early: since + longOnDuty - dutyWarning, Due: since + longOnDuty})
	}
	if s.Span() > maxSpan {
		add(Deadline{Kind: Span, From: declared, Due: declared})
	}
	if met := met(s, k); met != 0 {
		add(Deadline{Kind: Exits, From: met, Due: met})
	}
	for _, v := range s.Unchecked() {
		add(Deadline{Kind: Check, Subject: v.ID.String(), From: v.At, Due: v.Check})
	}
	if d, ok := help(s, k, out); ok {
		add(d)
	}
	add(Deadline{Kind: Quiet, From: s.LastAt, Due: s.LastAt + quietAfter})
	slices.SortStableFunc(out, func(a, b Deadline) int { return cmp.Compare(a.Due, b.Due) })
	return out
}

// Station makes a deadline that belongs to no incident, due since a time.
func Station(kind Kind, subject string, since int64) Deadline {
	return Deadline{Kind: kind, Subject: subject, From: since, Due: since}.named()
}

// Undelivered is a message of an incident that did not leave by itself, since a time.
func Undelivered(id incident.ID, subject string, since int64) Deadline {
	return Deadline{Incident: id, Kind: Delivery, Subject: subject, From: since, Due: since}.named()
}

// Down is a way out of this machine that has not worked since a time; it is told of when
// that has lasted a minute.
func Down(route string, since int64) Deadline {
	return Deadline{Kind: Route, Subject: route, From: since, Due: since + minute}.named()
}

// Uncovered is a stretch from a time on in which nobody is on call in a schedule; it is
// told of twelve hours before.
func Uncovered(schedule string, from int64) Deadline {
	return Deadline{Kind: Gap, Subject: schedule, From: from, Due: from - 12*60*minute}.named()
}

// named gives a deadline its key.
func (d Deadline) named() Deadline {
	d.Key = fmt.Sprintf("%s/%s/%s/%d", d.Kind, d.Incident, d.Subject, d.Due)
	if d.Early == 0 {
		d.Early = d.Due
	}
	return d
}

// met is since when every exit criterion of the severity holds, or when it will have held
// for long enough; 0 while one does not, or when there are none.
func met(s *incident.State, k *kit.Kit) int64 {
	var last int64
	for _, c := range s.Gate(k).Criteria {
		switch {
		case c.State == incident.ExitMet:
			last = max(last, c.At)
		case c.State == incident.ExitOpen && c.Until != 0: // having held meets it
			last = max(last, c.Until)
		default:
			return 0
		}
	}
	return last
}

// promise is the deadline of one audience: what it was told, or else the first
// notice that the severity owes it. What was told is shortened when the severity
// gets worse afterwards, and never made longer by itself.
func promise(s *incident.State, k *kit.Kit, audience string, declared int64) (Deadline, bool) {
	p := k.Severity(s.Severity).Promise(audience)
	d := Deadline{Kind: Promise, Subject: audience}
	switch t := s.Audiences[audience]; {
	case t.Promise.Due != 0:
		d.From, d.Due, d.First = t.Promise.From, t.Promise.Due, t.Told == 0
		if s.Raised.At > d.From && p.Every > 0 {
			d.Due = min(d.Due, max(s.Raised.At, d.From+int64(p.Every)*minute))
		}
	case t.Told > 0 && t.State == incident.Resolved && s.Reopened > t.At && p.First > 0:
		d.From, d.Due = s.Reopened, s.Reopened+int64(p.First)*minute // they think that it is over
	case t.Told > 0:
		return d, false // told without a next time
	default:
		if d.From, d.Due, d.First = firstNotice(s, k, audience, declared); !d.First {
			return d, false
		}
	}
	d.Early = early(d.From, d.Due)
	return d, true
}

// firstNotice follows what was owed through every severity in force. A level runs
// from the declaration, or from when it was set if it is worse than the one before:
// nobody waits longer because it got worse, and nothing is late for being found out
// late. ok is false when nothing is owed.
func firstNotice(s *incident.State, k *kit.Kit, audience string, declared int64) (from, due int64, ok bool) {
	for i, l := range s.Levels {
		first := int64(k.Severity(l.Severity).Promise(audience).First) * minute
		switch {
		case first == 0:
			due = 0
		case i > 0 && k.Rank(l.Severity) < k.Rank(s.Levels[i-1].Severity):
			if due == 0 || l.At+first < due {
				from, due = max(l.At, declared), max(l.At, declared)+first
			}
		default:
			from, due = declared, declared+first
		}
	}
	return from, due, due != 0
}

// early is at four fifths of the interval, and at least three minutes before due,
// but neither before the interval begins nor after it ends.
func early(from, due int64) int64 {
	if from >= due { // a record whose time was corrected to after what it promised
		return due
	}
	return max(from, min(from+(due-from)*4/5, due-latestEarly))
}
