package load

import (
	"strings"
	"testing"
)

// TestFiftyMistakesAreAllNamed: in one kit, at once, whatever else is wrong with it.
func TestFiftyMistakesAreAllNamed(t *testing.T) {
	const mitigate, verify, staff = "checklists/mitigate.yaml", "checklists/verify.yaml", "checklists/staff.yaml"
	mistakes := []struct{ file, old, new, says string }{
		{"kit.yaml", "name: Default kit", "name: Default kit\nversion: 2", `no key "version"`},
		{"severities.yaml", "meaning: No one is hindered.", "meaning:", "text is missing"},
		{"severities.yaml", "name: critical", "name: 404", "text is wanted"},
		{"severities.yaml", "name: cosmetic", "name: [cosmetic]", "text is wanted"},
		{"severities.yaml", "soak: 30}", "soak: 30m}", "whole number"},
		{"severities.yaml", "audience: leadership, first: 15", "audience: board, first: 15", `no audience "board"`},
		{"severities.yaml", "first: 10, every: 30", "first: -1, every: 30", "out of range"},
		{"severities.yaml", "{audience: leadership, first: 30, every: 60}", "{audience: leadership, first: 30, every: 20000}", "out of range"},
		{"severities.yaml", "id: way-round", "id: measures", "stands twice"},
		{"severities.yaml", "retro_days: 7", "retro_days: 400", "out of range"},
		{"severities.yaml", "effort: Backlog.", "efort: Backlog.", `no key "efort"`},
		{"severities.yaml", "first: 60, every: 120", "first: 60, every: yearly", "whole number"},
		{"types.yaml", "private: true", "private: yes", "true or false"},
		{"types.yaml", "list: mitigate", "list: mend", `no checklist "mend"`},
		{"types.yaml", "id: declare.everybody", "id: declare.title", "stands twice"},
		{"types.yaml", "id: duties", "id: way-in", "stands twice"},
		{"roles.yaml", "duty: What happened", "dutty: What happened", `no key "dutty"`},
		{"roles.yaml", "aliases: [dep]", "aliases: [ops]", "stands twice"},
		{"roles.yaml", "- id: liaison", "- id: Liaison", "cannot be used"},
		{"roles.yaml", "aliases: [privacy]", "aliases: [second one]", "cannot be used"},
		{"roles.yaml", "  short: Ops\n", "  short: Ops\n  name: Hands\n", `"name" stands twice`},
		{"roles.yaml", "many: true", "many: 3", "true or false"},
		{"audiences.yaml", "- id: partners", "- id: customers", "stands twice"},
		{"audiences.yaml", "outside: true", "outside: maybe", "true or false"},
		{"templates.yaml", "moment: watching", "moment: later", `no moment "later"`},
		{"templates.yaml", "audience: leadership\n  moment: first", "audience: bosses\n  moment: first", `no audience "bosses"`},
		{"assessment.yaml", "unknown: 2", "unknown: 5", "out of range"},
		{"assessment.yaml", "choices: [none, few, some, many, all]", "choices: [none, few, many, all]", "4 words"},
		{"assessment.yaml", "levels: [8, 20, 40, 60]", "levels: [8, 40, 20, 60]", "does not lie above"},
		{"assessment.yaml", "{more: data, than: money, by: 4}", "{more: data, than: money, by: 14}", "out of range"},
		{"assessment.yaml", "{more: money, than: spread, by: 2}", "{more: money, than: ghosts, by: 2}", `no criterion "ghosts"`},
		{"assessment.yaml", "all: [{criterion: data, least: 4}]", "all: [{criterion: data, least: 9}]", "out of range"},
		{"assessment.yaml", "why: many are hurt", "why:", "text is missing"},
		{"assessment.yaml", "severity: SEV2\n", "severity: SEV7\n", `no severity "SEV7"`},
		{"assessment.yaml", "effects: [latency, availability", "effects: [latency, latency, availability", "stands twice"},
		{"assessment.yaml", "levels: [SEV4, SEV4, SEV3, SEV3, SEV2]", "levels: [SEV4, SEV4, SEV1, SEV3, SEV2]", "stands beside"},
		{"assessment.yaml", "again: 15", "again: 15 min", "whole number"},
		{"declaring.yaml", "any: [teams, customers, hour]", "any: [teams, clients, hour]", `no sign "clients"`},
		{"declaring.yaml", "all: [unplanned, pulled]", "all: []", "asks for nothing"},
		{"declaring.yaml", "id: pulled, text", "id: hour, text", "stands twice"},
		{"declaring.yaml", "type: people, source", "type: persons, source", `no type "persons"`},
		{"declaring.yaml", "source: alert", "source: alarm", "alarm"},
		{"declaring.yaml", "severity: SEV1", "severity: SEV0", `no severity "SEV0"`},
		{"declaring.yaml", "id: site, name", "id: outage, name", "stands twice"},
		{"declaring.yaml", "always: true", "always: often", "true or false"},
		{mitigate, "proof: decision", "proof: decided", `no proof "decided"`},
		{mitigate, "act: decision", "act: decide", `no act "decide"`},
		{mitigate, "mode: read-do", "mode: read", `no mode "read"`},
		{mitigate, "- id: mitigate.undo", "- id: declare.facts", "stands twice"},
		{verify, "phase: verify", "phase: check", `no phase "check"`},
		{verify, "killer: true", "killer: very", "true or false"},
		{staff, "proof: role:scribe", "proof: role", "which role"},
		{staff, "proof: role:operations", "proof: role:ghost", `no role "ghost"`},
		{"checklists/assess.yaml", "proof: answer:users", "proof: answer:nobody", `no criterion "nobody"`},
		{"checklists/communicate.yaml", "first-notice:responders,support", "first-notice", "whose first notice"},
		{"checklists/handoff.yaml", "id: handoff\n", "id: closed\n", "name of a phase"},
	}
	if len(mistakes) < 50 {
		t.Fatalf("only %d", len(mistakes))
	}
	f := folder(t)
	for _, m := range mistakes {
		text := string(f[m.file].Data)
		if !strings.Contains(text, m.old) {
			t.Fatalf("%s does not hold %q", m.file, m.old)
		}
		f[m.file].Data = []byte(strings.Replace(text, m.old, m.new, 1))
	}
	k, problems, err := Load(f)
	if err != nil || k != nil {
		t.Fatalf("%v %v", k, err)
	}
	for _, m := range mistakes {
		named := false
		for _, p := range problems {
			named = named || strings.HasPrefix(p.Where, m.file+":") && strings.Contains(p.Message, m.says) && p.Hint != ""
		}
		if !named {
			t.Errorf("not named: %s, %q instead of %q", m.file, m.new, m.old)
		}
	}
	if len(problems) > 2*len(mistakes) {
		t.Errorf("%d problems for %d mistakes", len(problems), len(mistakes))
	}
	if t.Failed() {
		for _, p := range problems {
			t.Log(p)
		}
	}
}

// TestAFileThatCannotBeReadBlamesNoOther: what only seems wrong because of it is not said.
func TestAFileThatCannotBeReadBlamesNoOther(t *testing.T) {
	f := folder(t)
	f["roles.yaml"].Data = []byte("- id: commander\n name: [\n")
	f["types.yaml"].Data = []byte(strings.Replace(string(f["types.yaml"].Data), "id: duties", "id: way-in", 1))
	_, problems, err := Load(f)
	if err != nil || len(problems) != 2 {
		t.Fatalf("%v %v", problems, err)
	}
	if !strings.HasPrefix(problems[0].Where, "roles.yaml:") || !strings.HasPrefix(problems[1].Where, "types.yaml:") {
		t.Errorf("%v", problems)
	}
}
