package incident

import (
	"slices"

	"quarterdeck/internal/fault"
)

// PlanRetro books the retrospective, or moves it.
type PlanRetro struct {
	Owner   Person
	Time    int64    // ms UTC
	Minutes int      // how long it is; 0 = not said
	Place   string   // a room or an address
	Invited []Person // besides the owner
}

// UsualMeeting is how long a retrospective is of which nobody has said it, in minutes.
const UsualMeeting = 60

const (
	maxMeeting = 8 * 60
	maxInvited = 100
)

func (d *PlanRetro) decide(c *context) ([]Event, error) {
	p, err := c.person("owner", d.Owner)
	if err != nil {
		return nil, err
	}
	if d.Time < c.now.Wall || d.Time > c.now.Wall+366*day {
		return nil, fault.Input("time", "the retrospective lies in the past or more than a year ahead").WithHint("give a day within the next weeks")
	}
	if d.Minutes < 0 || d.Minutes > maxMeeting {
		return nil, fault.Input("minutes", "%d minutes are no meeting", d.Minutes).WithHint("give 1 to %d minutes; an hour is usual", maxMeeting)
	}
	if len(d.Invited) > maxInvited {
		return nil, fault.Input("invited", "%d people are too many; %d can be invited", len(d.Invited), maxInvited).WithHint("few learn from a crowd")
	}
	e := &RetroPlanned{Owner: p.ID, Time: d.Time, Minutes: d.Minutes}
	if e.Place, err = cleanLineOptional("place", d.Place, maxLink); err != nil {
		return nil, err
	}
	out := c.named(p)
	for _, who := range d.Invited {
		who, err := c.person("invited", who)
		if err != nil {
			return nil, err
		}
		if who.ID != p.ID && !slices.Contains(e.Invited, who.ID) {
			e.Invited = append(e.Invited, who.ID)
			out = append(out, c.named(who)...)
		}
	}
	return append(out, e), nil
}

// CancelRetro takes the retrospective out of the calendars again.
type CancelRetro struct{ Reason string }

func (d *CancelRetro) decide(c *context) ([]Event, error) {
	if c.Retro == nil {
		return nil, fault.New(fault.Conflict, "no retrospective is booked")
	}
	reason, err := clean("reason", d.Reason, maxWords)
	return one(&RetroCancelled{reason}, err)
}

// ShareRetro says to whom what was learnt has been given.
type ShareRetro struct{ With, Link string }

func (d *ShareRetro) decide(*context) ([]Event, error) {
	with, err := clean("with", d.With, maxWords)
	if err != nil {
		return nil, err
	}
	link, err := cleanLineOptional("link", d.Link, maxLink)
	return one(&RetroShared{with, link}, err)
}
