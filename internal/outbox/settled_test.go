package outbox

import (
	"strings"
	"testing"

	"quarterdeck/internal/incident"
)

// A message that its history does not show is sent again, unless its receiver refuses it
// for whatever reason, or something with the same words is there: then a person is asked.
func TestWhatIsNotThereIsNotAlwaysSentAgain(t *testing.T) {
	row := incident.Delivery{State: incident.DeliveryUnknown, Attempts: 1, Misses: Clean - 1, Settles: 1000, Created: 1}
	for _, c := range []struct {
		name  string
		found Finding
		now   int64
		want  incident.DeliveryState
		why   string
	}{
		{"not there", Finding{Clean: true}, 2000, incident.DeliveryQueued, "not posted"},
		{"not there, within the grace", Finding{Clean: true}, 500, incident.DeliveryUnknown, ""},
		{"refused for an unknown reason", Finding{Clean: true, Useless: true, Why: "refused (x)"}, 2000, incident.DeliveryHeld, "refused (x); its history shows that it was not posted"},
		{"refused, within the grace", Finding{Clean: true, Useless: true, Why: "refused (x)"}, 500, incident.DeliveryUnknown, ""},
		{"the same words are there", Finding{Clean: true, Like: true}, 2000, incident.DeliveryHeld, "without our mark"},
		{"the same words are there, within the grace", Finding{Clean: true, Like: true}, 500, incident.DeliveryHeld, "without our mark"},
		{"there", Finding{Clean: true, Found: true, Like: true, Remote: "C1/1"}, 500, incident.DeliverySent, ""},
		{"not to be read", Finding{Never: true, Why: "in a circle"}, 500, incident.DeliveryHeld, "in a circle"},
	} {
		got := settled(row, c.found, Capabilities{Reads: true}, c.now)
		if got.State != c.want || !strings.Contains(got.Why, c.why) {
			t.Errorf("%s: %s, %q", c.name, got.State, got.Why)
		}
	}
}
