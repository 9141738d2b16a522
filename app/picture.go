package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/ical"
)

// PictureInput asks for the week or the month around an instant.
type PictureInput struct {
	At   int64  `json:"at"`   // 0 = now
	View string `json:"view"` // week or month
	Zone string `json:"zone"` // whose days; an IANA name, empty = the machine's
}

// PictureView is a week or a month of the calendars, as a zone has its days.
type PictureView struct {
	View     string       `json:"view"`
	Zone     string       `json:"zone"`  // as it is called
	Zones    []string     `json:"zones"` // the machine's, UTC, the schedules'
	Week     int          `json:"week"`  // by ISO 8601, of its first day
	Days     []DayView    `json:"days"`
	Calendar CalendarView `json:"calendar"`
	// NextGap is the first gap behind the picture, as far as the calendars reach.
	NextGap *GapView `json:"nextGap,omitempty"`
}

// DayView is a day in a zone; one on which the clock changes has 23 or 25 hours.
type DayView struct {
	Start   int64 `json:"start"`
	End     int64 `json:"end"`
	Offset  int   `json:"offset"`  // minutes east of UTC, as it begins
	Changes int64 `json:"changes"` // when the clock changes; 0 = it does not
	After   int   `json:"after"`   // the offset from then on
}

// GapView is a stretch in which nobody is on.
type GapView struct {
	Schedule string `json:"schedule"`
	Lane     string `json:"lane"`
	Start    int64  `json:"start"`
	End      int64  `json:"end"`
}

// Picture is the calendars as the page draws them.
func (a *API) Picture(in PictureInput) (v PictureView, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	now := b.clock.Now()
	at := now
	if in.At != 0 {
		if at, err = moment("at", in.At); err != nil {
			return v, err
		}
	}
	zone := b.clock.Zone()
	if in.Zone != "" {
		if zone = ical.Zone(in.Zone); zone == nil {
			return v, fault.Input("zone", "%.40q is no time zone", in.Zone).WithHint("use a name such as Europe/Berlin or UTC")
		}
	}
	days, err := daysOf(in.View, at.In(zone))
	if err != nil {
		return v, err
	}
	from, to := time.UnixMilli(days[0].Start).UTC(), time.UnixMilli(days[len(days)-1].End).UTC()
	_, week := from.In(zone).ISOWeek()
	v = PictureView{View: in.View, Zone: zoneName(zone), Week: week, Days: days, NextGap: b.rota.gapBehind(to)}
	v.Calendar = b.rota.calendarView(b.inForce().Kit, from, to, now)
	v.Calendar.Events, err = b.events(ctx, v.Calendar.From, v.Calendar.To)
	v.Zones = []string{zoneName(b.clock.Zone()), "UTC"}
	for i := range v.Calendar.Lanes {
		if z := v.Calendar.Lanes[i].Zone; ical.Zone(z) != nil { // a file may bring a zone of its own
			v.Zones = append(v.Zones, z)
		}
	}
	seen := map[string]bool{}
	v.Zones = slices.DeleteFunc(v.Zones, func(z string) bool {
		had := seen[z]
		seen[z] = true
		return had
	})
	return v, err
}

// daysOf are the days of a week, from Monday, or of a month.
func daysOf(view string, at time.Time) ([]DayView, error) {
	y, m, d := at.Date()
	count := 7
	switch view {
	case "week":
		d -= (int(at.Weekday()) + 6) % 7
	case "month":
		d, count = 1, time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
	default:
		return nil, fault.Input("view", "a picture shows a week or a month").WithHint("choose one of them")
	}
	out := make([]DayView, count)
	for i := range out {
		start, end := midnight(y, m, d+i, at.Location()), midnight(y, m, d+i+1, at.Location())
		v := DayView{Start: milli(start), End: milli(end)}
		_, east := start.Zone()
		_, after := end.Add(-time.Second).Zone()
		v.Offset, v.After = east/60, after/60
		if _, ends := start.ZoneBounds(); east != after && ends.Before(end) {
			v.Changes = milli(ends)
		}
		out[i] = v
	}
	return out, nil
}

// midnight is when a day begins: where the clock leaps over it, right after the leap.
func midnight(y int, m time.Month, d int, in *time.Location) time.Time {
	t := time.Date(y, m, d, 0, 0, 0, 0, in)
	if day := time.Date(y, m, d, 12, 0, 0, 0, in); t.Day() != day.Day() {
		_, t = t.ZoneBounds()
	}
	return t
}

// zoneName is the name of a zone; of the machine's own what its settings call it.
func zoneName(z *time.Location) string {
	if z.String() != "Local" {
		return z.String()
	}
	link, _ := filepath.EvalSymlinks("/etc/localtime") // absent where there is no such file
	_, linked, _ := strings.Cut(link, "/zoneinfo/")
	for _, name := range []string{strings.TrimPrefix(os.Getenv("TZ"), ":"), linked} {
		if ical.Zone(name) != nil {
			return name
		}
	}
	return "local time"
}

// gapBehind is the first gap that begins at t or later.
func (r *Rota) gapBehind(t time.Time) *GapView {
	roster := r.Around(t)
	var first *GapView
	for i := range roster.Lanes {
		l := &roster.Lanes[i]
		for _, g := range l.Gaps(t, roster.End) {
			if first == nil || milli(g.Start) < first.Start {
				first = &GapView{l.Schedule, l.Role, milli(g.Start), milli(g.End)}
			}
		}
	}
	return first
}
