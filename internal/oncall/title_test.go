package oncall

import "testing"

func TestTitlesAreRead(t *testing.T) {
	tests := []struct {
		preset              Preset
		text, own           string
		name, tag, schedule string
		level               int
	}{
		{PagerDuty, "On Call - Ada Lovelace - Payments Primary", "On Call Schedule for Payments Primary", "Ada Lovelace", "", "Payments Primary", 0},
		{PagerDuty, "On Call - Anne - Marie - Pay - EMEA", "On Call Schedule for Pay - EMEA", "Anne - Marie", "", "Pay - EMEA", 0},
		{PagerDuty, "On Call - Ada Lovelace - Commander - EMEA", "On Call Schedule for Ada Lovelace", "Ada Lovelace", "", "Commander - EMEA", 0},
		{PagerDuty, "On Call - Ada Lovelace - Commander - EMEA", "", "Ada Lovelace", "", "Commander - EMEA", 0},
		{PagerDuty, "On Call - Payments", "On Call Schedule for Ada", "Ada", "", "Payments", 0},
		{PagerDuty, "piet", "", "piet", "", "", 0},
		{Opsgenie, "john@example.com (Platform_schedule)", "Platform_schedule", "john@example.com", "", "Platform_schedule", 0},
		{Splunk, "alice - Platform : Primary (Escalation)", "", "alice", "Escalation", "Platform : Primary", 0},
		{Splunk, "On-Call: John Doe - Platform", "Platform", "John Doe", "", "Platform", 0},
		{Grafana, "[L2] Carol@Company.com", "", "Carol@Company.com", "", "", 2},
		{Grafana, "@Alex", "", "Alex", "", "", 0},
		{GoAlert, "Siobhán O&#39;Brien On-Call (GoAlert: Web &amp; API, EMEA)", "", "Siobhán O'Brien", "", "Web & API, EMEA", 0},
		{GoAlert, "Doe, John On-Call (GoAlert: Web) Begins*", "", "Doe, John", "", "Web", 0},
		{GoAlert, "Doe, John On-Call (GoAlert: Web) [Ends 2026-03-02 08:00]", "", "Doe, John", "", "Web", 0},
		{PagerDuty, "Bob - On Call - Payments", "", "Bob", "", "Payments", 0},
		{Plain, "Ada Lovelace – on-call – Web", "", "Ada Lovelace", "", "Web", 0},
		{IncidentIO, "Lisa Curtis on call for Payments", "", "Lisa Curtis", "", "Payments", 0},
		{Rootly, "Lisa Curtis - Payments", "", "Lisa Curtis", "", "Payments", 0},
		{Plain, "alice on-call", "", "alice", "", "", 0},
		{Plain, "Bob on call (late start)", "", "Bob", "", "", 0},
		{Plain, "Bob is on call", "", "Bob", "", "", 0},
		{Plain, "Bob (on call)", "", "Bob", "", "", 0},
		{Plain, "On-Call: Fernando Castro", "", "Fernando Castro", "", "", 0},
		{Plain, "On-Call: Maya (Secondary)", "", "Maya", "Secondary", "", 0},
		{Plain, "On-Call: Maya - Primary", "", "Maya", "Primary", "", 0},
		{Plain, "Bereitschaft: Müller, Jürgen", "", "Müller, Jürgen", "", "", 0},
		{Plain, "Bereitschaft US", "", "Bereitschaft US", "", "", 0},
		{Plain, "[Primary] Alice on call", "", "Alice", "Primary", "", 0},
		{Plain, "Primary: Ada", "", "Ada", "Primary", "", 0},
		{Plain, "Primary - Ada", "", "Ada", "Primary", "", 0},
		{Plain, "Ada (Primary)", "", "Ada", "Primary", "", 0},
		{Plain, "  Ada \t Lovelace ", "", "Ada Lovelace", "", "", 0},
		{Plain, "Jean-Luc - de la Tour", "", "Jean-Luc - de la Tour", "", "", 0},
		{Plain, "", "", "", "", "", 0},
		{Plain, "[L1]", "", "", "", "", 1},
		{Plain, "[x]", "", "[x]", "", "", 0},
	}
	for _, tt := range tests {
		got := tt.preset.read(tt.text, tt.own)
		if got.name != tt.name || got.tag != tt.tag || got.schedule != tt.schedule || got.level != tt.level {
			t.Errorf("%s %q in %q: name %q, tag %q, schedule %q, level %d", tt.preset, tt.text, tt.own, got.name, got.tag, got.schedule, got.level)
		}
	}
	if !GoAlert.read("Doe, John On-Call (GoAlert: Web) Begins*", "").open {
		t.Error("a shift without a known end is not marked")
	}
}

func TestFold(t *testing.T) {
	for a, b := range map[string]string{
		"Jürgen Müller": "JURGEN  MULLER", "Siobha\u0301n": "Siobhán", "Łukasz": "lukasz", "Straße": "strasse", " Ada\u200b ": "ada", "O’Brien": "O'Brien",
	} {
		if fold(a) != fold(b) {
			t.Errorf("%q is %q, and %q is %q", a, fold(a), b, fold(b))
		}
	}
	if fold("Ann") == fold("Anne") || turned("Doe, John") != "John Doe" || turned("a, b, c") != "a, b, c" || turned("Doe,") != "Doe," {
		t.Error("too much alike")
	}
}

func TestQuiet(t *testing.T) {
	for _, bad := range []string{"", "Someday", "Mon-Foo", "Mon 9-17", "Mon 25:00-26:00", "Mon-Fri 09:00", "2026-12-24 18:00 to 2026-12-24 09:00", "Mon,", "2026-12-24 to 2026-12-25"} {
		if _, err := parseQuiet(bad); err == nil {
			t.Errorf("%q is understood", bad)
		}
	}
	for _, good := range []string{"Sat-Sun", "sat,sun", "Saturday", "Fri-Mon 18:00-09:00", "daily 22:00-06:00", "22:00-06:00", "Sun 00:00-24:00", "2026-12-24 18:00 to 2026-12-27 09:00"} {
		if _, err := parseQuiet(good); err != nil {
			t.Error(err)
		}
	}
}
