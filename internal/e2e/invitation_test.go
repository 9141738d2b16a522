//go:build e2e

package e2e

import (
	"os/exec"
	"strings"
	"testing"
)

// reads prints what Debian's python3-icalendar finds in a calendar, one line a file.
const reads = `
import icalendar, sys
for path in sys.argv[1:]:
    calendar = icalendar.Calendar.from_ical(open(path, "rb").read())
    for event in calendar.walk("VEVENT"):
        people = event.get("ATTENDEE", [])
        people = people if isinstance(people, list) else [people]
        print("|".join(str(x) for x in [calendar["METHOD"], event["SEQUENCE"], event["STATUS"], event["DTSTART"].dt.isoformat(), event["DTEND"].dt.isoformat(),
            event["ORGANIZER"], ",".join(str(p) + "=" + p.params["PARTSTAT"] for p in people), event["UID"].split("-retrospective")[1], len(event.errors)]))
`

// A reader that shares no code with ours takes each message of a retrospective as it is meant.
func TestInvitationsAreReadByOthers(t *testing.T) {
	args := []string{"-c", reads}
	for _, name := range []string{"invite", "update", "cancel", "again"} {
		args = append(args, "../compose/testdata/"+name+".ics")
	}
	out, err := exec.Command("/usr/bin/python3", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const others = "mailto:ana@example.com=ACCEPTED,mailto:ben@example.com=NEEDS-ACTION,mailto:unal@example.com=NEEDS-ACTION"
	want := []string{
		"REQUEST|0|CONFIRMED|2026-03-04T12:00:00+00:00|2026-03-04T13:30:00+00:00|mailto:ana@example.com|" + others + "|@quarterdeck|0",
		"REQUEST|1|CONFIRMED|2026-03-05T12:00:00+00:00|2026-03-05T13:00:00+00:00|mailto:ana@example.com|" + others + "|@quarterdeck|0",
		"CANCEL|2|CANCELLED|2026-03-05T12:00:00+00:00|2026-03-05T13:00:00+00:00|mailto:ana@example.com|" + others + "|@quarterdeck|0",
		"REQUEST|3|CONFIRMED|2026-03-06T12:00:00+00:00|2026-03-06T13:00:00+00:00|mailto:ben@example.com|mailto:ben@example.com=ACCEPTED|-2@quarterdeck|0",
	}
	if got := strings.TrimSpace(string(out)); got != strings.Join(want, "\n") {
		t.Errorf("read as\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}
