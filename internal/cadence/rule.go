package cadence

import (
	"slices"

	"quarterdeck/internal/incident"
)

// Rule is an alarm of the rationalised list: it exists because the commander must act,
// can act, and loses something by not acting. Adding one takes the same answers.
type Rule struct {
	ID      string
	Look    Look
	When    string
	Act     string // what the commander does
	Ignored string // what happens if they do not
	Minutes int    // in which to act; 0 = no hurry
	Ends    string
}

// Rules is the whole list. There is no other alarm.
var Rules = []Rule{
	{"W1", Warning, "a promised update is past its time", "post, or promise another time", "people escalate around you", 1, "sent, or promised anew"},
	{"W2", Warning, "nobody commands, or an offer of command has waited for ten minutes", "take it back or chase", "nobody decides", 1, "accepted or withdrawn"},
	{"W3", Warning, "the log cannot be written", "make room, or find what holds the file", "the record is lost", 1, "a line is written"},
	{"C1", Caution, "a promise is past 80 % of its interval, or due within three minutes", "write the update", "it becomes late", 3, "sent, or promised anew"},
	{"C2", Caution, "the time of an action, or of a temporary measure, is up", "ask its owner", "work stalls unseen", 5, "answered, extended or closed"},
	{"C3", Caution, "five minutes are over and the severity is provisional", "judge it", "the wrong crowd at the wrong pace", 5, "judged"},
	{"C4", Caution, "a role that the severity asks for is open after ten minutes", "name somebody", "the commander does everything", 5, "held or covered"},
	{"C5", Caution, "a message could not be delivered", "retry, copy, or another way", "a promise is at risk", 5, "delivered or sent by hand"},
	{"C6", Caution, "the machine slept, or its clock was set", "read the card", "acting on a stale picture", 2, "the card is read"},
	{"C7", Caution, "the commander has been on for four hours", "plan a handoff", "tired decisions", 30, "a handoff is offered, or put off for half an hour"},
	{"C8", Caution, "a decision is to be looked at", "say whether it got better, stayed the same or got worse", "what does not work goes on", 5, "looked at, or put off"},
	{"A1", Advisory, "a way out of this machine has been down for a minute", "nothing: what is to leave waits", "", 0, "it works again"},
	{"A2", Advisory, "more than seven people report to the commander", "split a team", "", 0, "seven or fewer"},
	{"A3", Advisory, "nothing has been written for fifteen minutes", "ask how it stands", "", 0, "any entry"},
	{"A4", Advisory, "every exit criterion is met", "verify and resolve", "", 0, "resolved"},
	{"A5", Advisory, "nobody is on call within twelve hours", "fill the gap", "", 0, "filled"},
	{"A6", Advisory, "a promise was missed, a phase is stuck, many report to the commander, hours have passed, or it got worse", "ask yourself whether you need help", "", 0, "answered"},
}

var rules = map[Kind]string{
	Promise: "C1", Command: "W2", Log: "W3", Action: "C2", Measure: "C2", Assess: "C3", Role: "C4", Delivery: "C5", Away: "C6", Duty: "C7",
	Route: "A1", Span: "A2", Quiet: "A3", Exits: "A4", Gap: "A5", Check: "C8", Help: "A6",
}

// Rule is the alarm that the deadline is, or would be, at now, by its name in Rules;
// empty for what is only named in NEXT.
func (d *Deadline) Rule(now int64) string {
	if d.Kind == Promise && now >= d.Due {
		return "W1"
	}
	return rules[d.Kind]
}

// flood is how many cautions within how long are shown as one.
const (
	floodOf     = 4
	floodWithin = 2 * minute
)

// Flood are the cautions that began within two minutes of each other, four or more of
// them, by their keys. They are shown, and heard, as one.
func Flood(ds []Deadline, now int64) map[string]bool {
	var lit []*Deadline
	for i := range ds {
		if ds[i].Look(now) == Caution {
			lit = append(lit, &ds[i])
		}
	}
	if len(lit) < floodOf {
		return nil
	}
	slices.SortStableFunc(lit, func(a, b *Deadline) int { return int(min(max(a.began()-b.began(), -1), 1)) })
	out := map[string]bool{}
	for i := floodOf - 1; i < len(lit); i++ {
		if lit[i].began()-lit[i-floodOf+1].began() > floodWithin {
			continue
		}
		for _, d := range lit[i-floodOf+1 : i+1] {
			out[d.Key] = true
		}
	}
	return out
}

// began is when a caution began.
func (d *Deadline) began() int64 {
	if d.Kind == Promise {
		return d.Early
	}
	return d.Due
}

// Annunciation is that an alarm began: what a commander had to notice. It is kept on
// this machine and is no record. Times are ms UTC.
type Annunciation struct {
	Key      string // what it is about: a deadline's key or its topic
	Rule     string
	Look     Look
	Incident incident.ID // zero: the station's
	At       int64
	Cleared  int64 // when it ended last; 0 = it is lit
	Again    int   // how often it came back so soon that it counts as the same
	Seen     int64 // when it was acknowledged; 0 = it was not
}

// Chatter is how soon an alarm that ended must come back to count as the same one.
const Chatter = 10 * minute

// Annunciates gives a deadline that is lit at now its annunciation. What comes and goes,
// a link for one, is named by its topic, so that it does not count each time.
func (d *Deadline) Annunciates(now int64) Annunciation {
	a := Annunciation{Key: d.Key, Rule: d.Rule(now), Look: d.Look(now), Incident: d.Incident, At: now}
	if d.advises() || d.Kind == Log {
		a.Key = d.Topic()
	}
	return a
}

// Split is how the annunciations of a time are made up.
type Split struct {
	Minutes  int // how long it lasted, at least one
	Advisory int
	Caution  int
	Warning  int
}

// What a calm cockpit keeps to.
const (
	MostPerTen     = 1.0 // annunciations in ten minutes, on average
	LeastAdvisory  = 80  // % of them that are only to be known
	MostOfWarnings = 5   // % of them
)

// SplitOf counts annunciations over a time in ms.
func SplitOf(list []Annunciation, lasted int64) Split {
	s := Split{Minutes: int(max(1, (lasted+minute-1)/minute))}
	for _, a := range list {
		switch a.Look {
		case Warning:
			s.Warning++
		case Caution:
			s.Caution++
		default:
			s.Advisory++
		}
	}
	return s
}

// Total is all of them.
func (s Split) Total() int { return s.Advisory + s.Caution + s.Warning }

// PerTen is how many there were in ten minutes, on average.
func (s Split) PerTen() float64 { return float64(s.Total()) * 10 / float64(s.Minutes) }

// Percent is the share of n in all of them, rounded.
func (s Split) Percent(n int) int {
	if s.Total() == 0 {
		return 0
	}
	return (n*200 + s.Total()) / (2 * s.Total())
}
