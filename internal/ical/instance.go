package ical

// instances gives those of one event that repeats, or does not, with what replaces them.
type instances struct {
	x    *expansion
	m    *vevent
	r    *replacements
	seen map[int64]bool // instants given; nil where they come in order
	last int64          // the instant given last

	excluded    map[int64]bool // instants of EXDATE
	excludedDay map[int64]bool // days of EXDATE
}

func (i *instances) all() {
	m, x := i.m, i.x
	if !m.repeats() {
		i.give(m.start, nil)
		return
	}
	i.exclude()
	if len(m.rules) > 1 || len(m.dates) > 0 || len(m.rules) == 1 && m.rules[0].freq >= hourly {
		i.seen = map[int64]bool{}
	}
	for _, d := range m.dates { // periods first: they bring an end of their own, also for DTSTART
		if d.kind != 0 {
			i.date(d)
		}
	}
	low, high := i.window()
	until, bounded := i.until()
	if !bounded || m.start.wall <= until { // DTSTART is the first instance, whether the rule has it or not
		i.give(m.start, nil)
	}
	for k := range m.rules {
		if x.full {
			return
		}
		i.rule(m.rules[k], low, high)
	}
	for _, d := range m.dates {
		if d.kind == 0 {
			i.date(d)
		}
	}
}

// window is where starts may lie, in wall times of the event's clock, whose occurrences may
// reach into the window.
func (i *instances) window() (low, high int64) {
	m, x := i.m, i.x
	at := x.instant(m.start, m.object)
	end, _ := x.end(m, m.start, at)
	d := x.dial(x.zone(m.start, m.object))
	slack := 26*3600 + i.r.reach
	return d.wall(x.from) - max(0, end-at) - slack, d.wall(x.to) + max(0, at-end) + slack // what ends before it starts reaches back
}

// until is the last start that the rules allow; not bounded when one of them has no end.
func (i *instances) until() (last int64, bounded bool) {
	m := i.m
	last = -never
	for _, r := range m.rules {
		if !r.hasUntil {
			return 0, false
		}
		u := i.untilOf(r)
		if r.untilDate || m.start.date {
			u = dayStart(u) + daySeconds - 1
		}
		last = max(last, u)
	}
	return last, len(m.rules) > 0
}

// untilOf is a rule's UNTIL on the event's clock.
func (i *instances) untilOf(r *rule) int64 {
	m := i.m
	if r.untilUTC && !m.start.utc && !m.start.date {
		return i.x.dial(i.x.zone(m.start, m.object)).wall(r.until)
	}
	return r.until
}

func (i *instances) rule(r *rule, low, high int64) {
	m, x := i.m, i.x
	own := *r
	if own.hasUntil {
		own.until = i.untilOf(r)
	}
	allowed := min(maxRuleSteps, x.steps)
	w := walk{rule: &own, start: m.start.wall, allDay: m.start.date, low: low, high: high, steps: allowed}
	given := 0
	enough := w.each(func(wall int64) bool {
		if wall == m.start.wall && i.seen == nil { // it was given already
			return true
		}
		s := m.start
		s.wall = wall
		before := len(x.out)
		i.give(s, nil)
		if given += len(x.out) - before; given >= maxRuleDates {
			x.cut = true
			return false
		}
		return !x.full
	})
	x.steps -= allowed - max(w.steps, 0)
	if !enough {
		x.cut = true
	}
	if x.steps <= 0 {
		x.full = true
	}
}

// date gives an instance that RDATE names.
func (i *instances) date(d span) {
	m := i.m
	s := d.start
	if s.date && !m.start.date { // a day beside a time: at that time
		s = m.start
		s.wall = dayStart(d.start.wall) + mod(m.start.wall, daySeconds)
	}
	s = i.x.onClock(s, m.start, m.object)
	if d.kind == 0 {
		i.give(s, nil)
		return
	}
	i.give(s, &d)
}

func (i *instances) exclude() {
	m, x := i.m, i.x
	if len(m.excluded) == 0 {
		return
	}
	i.excluded, i.excludedDay = map[int64]bool{}, map[int64]bool{}
	for _, e := range m.excluded {
		switch {
		case e.date:
			i.excludedDay[e.wall] = true
		case m.start.date:
			i.excludedDay[x.day(e, m.object)] = true
		default:
			i.excluded[x.instant(e, m.object)] = true
		}
	}
}

// give puts the instance that starts at s, unless it is excluded, replaced or known.
func (i *instances) give(s stamp, period *span) {
	m, x := i.m, i.x
	at := x.instant(s, m.object)
	if i.excluded != nil && (i.excluded[at] || i.excludedDay[dayStart(s.wall)]) {
		return
	}
	if i.seen[at] || at == i.last { // also where a zone has left out a whole day
		return
	}
	i.last = at
	if i.seen != nil {
		i.seen[at] = true
	}
	if i.r.of(m, s, at) != nil { // it is shown where its replacement is
		return
	}
	v, start, startAt := m, s, at
	if f := i.r.from(at); f != nil && period == nil {
		v = f
		start = x.onClock(s, f.start, m.object)
		start.wall += f.start.wall - x.onClock(f.recurs, f.start, f.object).wall
		startAt = x.instant(start, f.object)
	}
	if period != nil {
		end, allDay := startAt, false
		if period.kind == 'e' {
			end = x.instant(period.end, m.object)
			allDay = s.date && period.end.date
		} else {
			end, allDay = x.after(period.length, s, m.object, startAt)
		}
		x.put(m, s, startAt, end, allDay, at, true)
		return
	}
	end, allDay := x.end(v, start, startAt)
	x.put(v, start, startAt, end, allDay, at, m.repeats())
}
