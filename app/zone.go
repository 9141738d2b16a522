package app

import "time"

// ShiftView says how far a zone is from UTC from an instant on.
type ShiftView struct {
	From int64 `json:"from"` // ms UTC
	East int   `json:"east"` // minutes east of UTC
}

// How far from now the page knows the zone: what is older is shown by the first of its
// shifts, what lies further ahead by the last.
const (
	yearsBack  = 20
	yearsAhead = 2
)

// shifts are how far the zone of now is from UTC around now, the earliest first. An
// incident in the night of a clock change has times on both sides of it.
func shifts(now time.Time) []ShiftView {
	var out []ShiftView
	end := now.AddDate(yearsAhead, 0, 0)
	for t := now.AddDate(-yearsBack, 0, 0); ; {
		_, east := t.Zone()
		out = append(out, ShiftView{From: t.UnixMilli(), East: east / 60})
		_, next := t.ZoneBounds()
		if next.IsZero() || next.After(end) {
			out[0].From = 0 // it holds for all before it
			return out
		}
		t = next
	}
}
