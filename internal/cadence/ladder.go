package cadence

// Look is how a deadline, or a cell, is shown.
type Look string

// The four looks; there are no others.
const (
	Nominal  Look = "nominal"  // nothing to do
	Advisory Look = "advisory" // know it
	Caution  Look = "caution"  // act within minutes: amber
	Warning  Look = "warning"  // act now: red
)

// Level orders looks: the higher, the more urgent.
func (l Look) Level() int {
	return map[Look]int{Nominal: 0, Advisory: 1, Caution: 2, Warning: 3}[l]
}

// Rungs before the ladder repeats itself.
const (
	Silent   = -1 // nothing to ring yet
	RungSoon = 0  // early warning
	RungDue  = 1
	RungTwo  = 2 // two minutes late
	RungFive = 3 // five minutes late; each further rung is five minutes more
)

// warns reports whether being late is a warning, and advises whether it is only to be
// known; for the others it is a caution.
func (d *Deadline) warns() bool { return d.Kind == Promise || d.Kind == Command || d.Kind == Log }

func (d *Deadline) advises() bool {
	return d.Kind == Span || d.Kind == Quiet || d.Kind == Exits || d.Kind == Route || d.Kind == Gap || d.Kind == Help
}

// Look is how the deadline is shown at now.
func (d *Deadline) Look(now int64) Look {
	switch {
	case d.Kind == Reassess && now >= d.Due:
		return Advisory
	case now >= d.Due && d.warns():
		return Warning
	case now >= d.Due && d.advises():
		return Advisory
	case now >= d.Due && d.Kind == Duty && now < d.Silent: // a relief is planned for later
		return Advisory
	case now >= d.Due:
		return Caution
	case now >= d.Early && d.Kind == Promise:
		return Caution
	case now >= d.Early:
		return Advisory
	}
	return Nominal
}

// Rung is the step of the ladder that the deadline stands on at now. Deadlines
// that only caution have one rung, when they are due; those that only advise have none.
func (d *Deadline) Rung(now int64) int {
	late := now - d.Due
	switch {
	case d.advises(), d.Kind == Reassess:
		return Silent
	case !d.warns() && late < 0:
		return Silent
	case !d.warns():
		return RungDue
	case now < d.Early || d.Kind != Promise && late < 0:
		return Silent
	case late < 0:
		return RungSoon
	case late < 2*minute:
		return RungDue
	case late < 5*minute:
		return RungTwo
	}
	return RungFive + int((late-5*minute)/(5*minute))
}

// Next is the next instant after now at which the deadline looks different or
// rings; 0 when nothing changes any more.
func (d *Deadline) Next(now int64) int64 {
	steps := []int64{d.Early, d.Due}
	if d.warns() {
		steps = append(steps, d.Due+2*minute, d.Due+5*minute)
	}
	for _, t := range steps {
		if t > now {
			return t
		}
	}
	if !d.warns() {
		return 0
	}
	n := (now - d.Due) / (5 * minute)
	if next := d.Due + (n+1)*5*minute; next > now {
		return next
	}
	return 0 // at the end of time
}

// Ring is how far a deadline has rung, and the bubble on the desktop that shows it.
type Ring struct {
	Deadline string // its key
	Rung     int
	At       int64
	Bubble   uint32 // the notification's id; 0 = none
	Server   string // the notification service that gave the id
}
