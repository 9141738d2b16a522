package oncall

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/ical"
)

func TestRotasAsTheyAreTyped(t *testing.T) {
	berlin := ical.Zone("Europe/Berlin")
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) // a Friday
	for name, c := range map[string]struct{ text, want string }{
		"starts alone":       {"2026-11-16 09:00 Ana Lee\n2026-11-18 9:00, Ben", "Ana Lee 16 09:00-18 09:00, Ben 18 09:00-20 09:00"},
		"out of order":       {"2026-11-18 09:00 Ben\n2026-11-16 09:00 Ana", "Ana 16 09:00-18 09:00, Ben 18 09:00-20 09:00"},
		"one alone":          {"2026-11-16 09:00 Ana", "Ana 16 09:00-23 09:00"},
		"with ends":          {"2026-11-16 09:00 - 2026-11-17 10:30 Ana\n\n2026-11-17 12:00 to 18:00 Ben", "Ana 16 09:00-17 10:30, Ben 17 12:00-17 18:00"},
		"over midnight":      {"2026-11-16 22:00-06:00 Ana", "Ana 16 22:00-17 06:00"},
		"days, the last too": {"2026-11-16 – 2026-11-17 Ana", "Ana 16 00:00-18 00:00"},
		"columns":            {"Ana;2026-11-16 09:00;2026-11-17 09:00", "Ana 16 09:00-17 09:00"},
		"name first, dash":   {"Ana\t2026-11-16 09:00 - 2026-11-17 09:00", "Ana 16 09:00-17 09:00"},
		"no day":             {"16.11. Ana", ""},
		"no such day":        {"2026-02-30 09:00 Ana", ""},
		"backwards":          {"2026-11-18 09:00 - 2026-11-17 09:00 Ana", ""},
		"nobody":             {" , ", ""},
	} {
		list, wrong := ReadList(c.text, berlin, now)
		var got []string
		for _, l := range list {
			got = append(got, l.Person+" "+l.Start.In(berlin).Format("2 15:04")+"-"+l.End.In(berlin).Format("2 15:04"))
		}
		if s := strings.Join(got, ", "); s != c.want || (c.want == "") != (len(wrong) > 0) {
			t.Errorf("%s: %q, %v; want %q", name, s, wrong, c.want)
		}
	}
}

// Two names are a rota: somebody is on now, for a week, over both changes of the clock.
func TestNamesTakeTurns(t *testing.T) {
	berlin := ical.Zone("Europe/Berlin")
	for _, now := range []time.Time{time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), time.Date(2026, 11, 16, 2, 0, 0, 0, time.UTC), time.Date(2026, 11, 15, 23, 30, 0, 0, berlin)} {
		list, wrong := ReadList("Ana, Ben", berlin, now)
		if len(wrong) > 0 || len(list) != 52 || !list[0].Has(now) || list[0].Person != "Ana" || list[1].Person != "Ben" {
			t.Fatalf("%v: %d, %v", now, len(list), wrong)
		}
		for i, l := range list {
			if at := l.Start.In(berlin); at.Weekday() != time.Monday || at.Hour() != 9 || i > 0 && !list[i-1].End.Equal(l.Start) {
				t.Errorf("%v begins at %v", l.Person, at)
			}
		}
		var buf bytes.Buffer
		if err := ical.Write(&buf, Written("Payments", list, now)); err != nil || strings.Count(buf.String(), "BEGIN:VEVENT") != 52 {
			t.Error(err, buf.Len())
		}
	}
}
