package outbox

import "time"

func utc(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// clockTime is a time of day with its zone, and its date where that is not the day of ref.
func clockTime(ms, ref int64) string {
	t := utc(ms)
	if ref != 0 && t.Format(time.DateOnly) == utc(ref).Format(time.DateOnly) {
		return t.Format("15:04 UTC")
	}
	return t.Format("15:04 UTC on 2 January 2006")
}
