package compose_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
)

func TestAlert(t *testing.T) {
	d := declared(t, func(e *incident.Declared) { e.Severity = "SEV2" })
	d.tell("customers", incident.Investigating, "x", noon+25*minute)
	d.do(&incident.OpenAction{Text: "Roll back\n8842.", Owner: ben, Minutes: 10})
	d.append(d.now, &incident.CommandOffered{To: dee.ID})
	want := map[string][2]string{
		"promise/customers": {"INC-7 · Customers: update due", "Promised for 12:25 UTC. SEV2 Checkout fails for EU customers"},
		"promise/support":   {"INC-7 · Support: first notice due", "Due at 12:30 UTC. SEV2 Checkout fails for EU customers"},
		"action/":           {"INC-7 · Ben: time is up", "Roll back 8842. SEV2 Checkout fails for EU customers"},
		"role/operations":   {"INC-7 · Ops lead: role not held", "Due at 12:10 UTC. SEV2 Checkout fails for EU customers"},
		"command/":          {"INC-7 · command offered and not accepted", "Offered to someone at 12:00 UTC. SEV2 Checkout fails for EU customers"},
	}
	seen := map[string]bool{}
	for _, dl := range cadence.Deadlines(d.state, d.kit) {
		title, body := compose.Alert(d.state, d.kit, dl, noon+4*hour)
		for key, w := range want {
			kind, subject, _ := strings.Cut(key, "/")
			if string(dl.Kind) != kind || subject != "" && dl.Subject != subject {
				continue
			}
			seen[key] = true
			if title != w[0] || body != w[1] {
				t.Errorf("%s: %q, %q", key, title, body)
			}
		}
	}
	if len(seen) != len(want) {
		t.Errorf("only %v came due", seen)
	}
	d = declared(t, nil)
	title, body := compose.Alert(d.state, d.kit, cadence.Deadline{Kind: cadence.Duty, Subject: ana.ID.String(), From: noon, Due: noon + 4*hour}, noon+4*hour)
	if title != "INC-7 · plan a handoff" || !strings.HasPrefix(body, "Ana has commanded for 4 h. ") {
		t.Errorf("%q, %q", title, body)
	}
	title, body = compose.Alert(d.state, d.kit, cadence.Deadline{Kind: cadence.Assess, Due: noon + 5*minute}, noon)
	if title != "INC-7 · severity still provisional" || body != "Due at 12:05 UTC. Provisional SEV2 Checkout fails for EU customers" {
		t.Errorf("%q, %q", title, body)
	}
}

// A worse severity makes an update due before the time that was promised.
func TestAlertPromisesOnlyWhatWasPromised(t *testing.T) {
	d := declared(t, func(e *incident.Declared) { e.Severity = "SEV3" })
	d.tell("customers", incident.Investigating, "x", noon+2*hour)
	d.pass(minute)
	d.do(&incident.SetSeverity{Severity: "SEV1"})
	for _, dl := range cadence.Deadlines(d.state, d.kit) {
		if dl.Kind == cadence.Promise && dl.Subject == "customers" {
			if _, body := compose.Alert(d.state, d.kit, dl, d.now); !strings.HasPrefix(body, "Due at 12:30 UTC.") {
				t.Error(body)
			}
		}
	}
}

// Of a security incident a bystander who sees the screen learns that something is due.
func TestAlertOfASecurityIncidentSaysNothing(t *testing.T) {
	d := declared(t, func(e *incident.Declared) { e.Title, e.Impact, e.Security = "Records were read", "all records", true })
	d.do(&incident.OpenAction{Text: "Close the hole", Owner: ben, Minutes: 10})
	d.append(d.now, &incident.CommandOffered{To: ben.ID})
	deadlines := cadence.Deadlines(d.state, d.kit)
	if len(deadlines) < 6 {
		t.Fatalf("%d deadlines", len(deadlines))
	}
	for _, dl := range deadlines {
		title, body := compose.Alert(d.state, d.kit, dl, noon+5*hour)
		for _, word := range []string{"ecords", "hole", "Ben", "Ana", "SEV", "ustomers", "Ops", "eadership"} {
			if strings.Contains(title+body, word) {
				t.Errorf("%s: %q, %q says %q", dl.Kind, title, body, word)
			}
		}
		if !strings.HasPrefix(title, "INC-7 · ") || body == "" {
			t.Errorf("%q, %q", title, body)
		}
	}
}
