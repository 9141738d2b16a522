package load

import (
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"quarterdeck/assets"
)

// folder is a copy of the built-in kit's files.
func folder(t testing.TB) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(assets.Kit(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.Kit(), name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// lineOf is file:line of the first line that holds the text.
func lineOf(t *testing.T, f fstest.MapFS, name, text string) string {
	t.Helper()
	before, _, ok := strings.Cut(string(f[name].Data), text)
	if !ok {
		t.Fatalf("%s does not hold %q", name, text)
	}
	return name + ":" + strconv.Itoa(strings.Count(before, "\n")+1)
}

func TestEachMistakeNamesFileLineAndRemedy(t *testing.T) {
	const mitigate = "checklists/mitigate.yaml"
	for name, c := range map[string]struct {
		file, old, new string // old is replaced once; empty = all of the file
		at             string // the text in whose line it is; empty = where old stood
		says, hint     string
	}{
		"tab":               {"types.yaml", "  name: Service", "\tname: Service", "", "cannot be read", "indentation"},
		"open quote":        {mitigate, "value: owner", `value: "owner`, "", "cannot be read", "quote"},
		"open bracket":      {"severities.yaml", "required: [operations, communications]", "required: [operations, communications", "  exit:", "cannot be read", "mend"},
		"unknown key":       {"roles.yaml", "duty: What happened", "dutty: What happened", "", `no key "dutty"`, "hand_over"},
		"key twice":         {"roles.yaml", "  short: Ops\n", "  short: Ops\n  name: Hands\n", "name: Hands", `"name" stands twice`, "keep one"},
		"anchor":            {"types.yaml", "name: Service", "name: &n Service", "", "anchors", "write the value out"},
		"tag":               {"types.yaml", "name: Service", "name: !!str Service", "", "tags", "write the value out"},
		"merge key":         {"types.yaml", "  name: Security", "  <<: {name: Security}", "", "not a key", "use one of"},
		"second document":   {"types.yaml", "- id: people", "---\n- id: people", "- id: people", "second document", "---"},
		"text for number":   {"severities.yaml", "soak: 30}", "soak: 30m}", "", "whole number", "digits"},
		"half a minute":     {"severities.yaml", "soak: 30}", "soak: 0.5}", "", "whole number", "digits"},
		"huge number":       {"severities.yaml", "soak: 30}", "soak: 99999999999999999999}", "", "whole number", "digits"},
		"number for text":   {"severities.yaml", "name: critical", "name: 404", "", "text is wanted", "quotes"},
		"yes for a flag":    {"types.yaml", "private: true", "private: yes", "", "true or false", "true or false"},
		"list for text":     {"types.yaml", "name: Security", "name: [a]", "", "text is wanted", "quotes"},
		"text for a list":   {"severities.yaml", "required: [operations, communications]", "required: operations", "", "a list is wanted", "hyphen"},
		"text for entry":    {"audiences.yaml", "- id: support\n  name: Support\n  routes: [support, support-backup]", "- support", "", "keys and values", "id, name, outside, routes"},
		"not UTF-8":         {"types.yaml", "name: People", "name: Peo\xffple", "", "UTF-8", "UTF-8"},
		"unknown role":      {"severities.yaml", "required: [operations, communications]", "required: [operations, cooks]", "", `no role "cooks"`, "communications"},
		"unknown audience":  {"severities.yaml", "audience: leadership, first: 15", "audience: board, first: 15", "", `no audience "board"`, "leadership"},
		"promise twice":     {"severities.yaml", "audience: leadership, first: 15", "audience: support, first: 15", "", "stands twice", "keep one"},
		"week and more":     {"severities.yaml", "soak: 30}", "soak: 10081}", "", "out of range", "10080"},
		"past promise":      {"severities.yaml", "first: 10, every: 30", "first: -1, every: 30", "", "out of range", "0 to 10080"},
		"severity id":       {"severities.yaml", "- id: SEV4", "- id: P4", "", "SEV4 belongs", "worst first"},
		"exit twice":        {"severities.yaml", "id: backlog", "id: measures", "", "stands twice", "another id"},
		"no commander":      {"roles.yaml", "- id: commander", "- id: captain", "# `shown`", `no role "commander"`, "commander"},
		"role id twice":     {"roles.yaml", "- id: deputy", "- id: scribe", "", "stands twice", "another id"},
		"alias taken":       {"roles.yaml", "aliases: [dep]", "aliases: [ops]", "", "stands twice", "another id"},
		"alias with space":  {"roles.yaml", "aliases: [dep]", "aliases: [second one]", "", "cannot be used", "lower-case"},
		"no service type":   {"types.yaml", "- id: service", "- id: outage", "# The first type", `no type "service"`, "service"},
		"name missing":      {"types.yaml", "- id: people\n  name: People", "- id: people", "", "text is missing", "write it"},
		"control mark":      {"types.yaml", "name: People", `name: "a\x07"`, "", "cannot be shown", "anew"},
		"unknown proof":     {mitigate, "proof: decision", "proof: decided", "", `no proof "decided"`, "decision"},
		"proof of nobody":   {"checklists/staff.yaml", "proof: role:scribe", "proof: role", "", "which role", "role:operations"},
		"proof of a ghost":  {"checklists/staff.yaml", "proof: role:scribe", "proof: role:ghost", "", `no role "ghost"`, "scribe"},
		"empty notice":      {"checklists/communicate.yaml", "first-notice:responders,support", "first-notice", "", "whose first notice", "colon"},
		"notice, spaced":    {"checklists/communicate.yaml", "first-notice:responders,support", "first-notice:responders, support", "", `no audience " support"`, "support"},
		"proof too long":    {mitigate, "proof: decision", "proof: decision:2", "", "nothing after a colon", "leave out"},
		"unknown act":       {mitigate, "act: decision", "act: decide", "", `no act "decide"`, "decision"},
		"unknown phase":     {mitigate, "phase: mitigate", "phase: repair", "", `no phase "repair"`, "investigate"},
		"phase twice":       {"checklists/verify.yaml", "phase: verify", "phase: mitigate", "", `"mitigate" has two lists`, "keep one"},
		"phase as id":       {"checklists/handoff.yaml", "id: handoff\n", "id: closed\n", "id: closed", "name of a phase", "closed"},
		"unknown mode":      {mitigate, "mode: read-do", "mode: read", "", `no mode "read"`, "do-confirm"},
		"ten items":         {mitigate, "items:\n", "items:\n  - {id: a, text: A}\n  - {id: b, text: B}\n", "items:", "10 entries", "leave out 1"},
		"unknown slot":      {"templates.yaml", "{who}", "{whom}", "text: >-\n    {id} {sev}: the scope", `no slot "whom"`, "workaround"},
		"lone brace":        {"templates.yaml", "{who}", "{who", "text: >-\n    {id} {sev}: the scope", "no partner", "{next}"},
		"unknown moment":    {"templates.yaml", "moment: watching", "moment: later", "", `no moment "later"`, "watching"},
		"text twice":        {"templates.yaml", "moment: watching", "moment: first", "", "already have a text", "keep one"},
		"no kit name":       {"kit.yaml", "name: Default kit", "name:", "", "text is missing", "write it"},
		"says nothing":      {"kit.yaml", "name: Default kit", "", "# A kit", "says nothing", "qd kit init"},
		"alias":             {"types.yaml", "name: Security", "name: *n", "", "", "write the value out"},
		"item of two lists": {mitigate, "- id: mitigate.undo", "- id: declare.title", "", "stands twice", "another id"},
		"contradiction":     {"assessment.yaml", "{more: data, than: users, by: 3}", "{more: users, than: data, by: 9}", "pairs:", "consistency ratio", "look again at"},
		"pair left out":     {"assessment.yaml", "      - {more: data, than: users, by: 3}\n", "", "pairs:", "users and data are not compared", "add {more: users, than: data"},
		"matrix jumps":      {"assessment.yaml", "levels: [SEV3, SEV2, SEV1, SEV1, SEV1]", "levels: [SEV5, SEV2, SEV1, SEV1, SEV1]", "", "stands beside", ""},
		"floor of a ghost":  {"assessment.yaml", "criterion: function, least: 4}", "criterion: ghost, least: 4}", "", `no criterion "ghost"`, "users"},
		"rule of no sign":   {"declaring.yaml", "any: [teams, customers, hour]", "any: [teams, clients, hour]", "", `no sign "clients"`, "customers"},
		"adds to no list":   {"types.yaml", "list: declare", "list: begin", "", `no checklist "begin"`, "declare"},
		"no items":          {"checklists/handoff.yaml", "", "id: handoff\nname: Handoff\nmode: read-do\nitems: []\n", "items:", "the list is empty", "at least one"},
	} {
		t.Run(name, func(t *testing.T) {
			f := folder(t)
			text := string(f[c.file].Data)
			if !strings.Contains(text, c.old) {
				t.Fatalf("%s does not hold %q", c.file, c.old)
			}
			want := lineOf(t, f, c.file, c.old)
			if c.old == "" {
				text = ""
			}
			f[c.file].Data = []byte(strings.Replace(text, c.old, c.new, 1))
			if c.at != "" {
				want = lineOf(t, f, c.file, c.at)
			}
			k, problems, err := Load(f)
			if err != nil || k != nil || len(problems) == 0 {
				t.Fatalf("kit %v, problems %v, error %v", k, problems, err)
			}
			p := problems[0]
			if !strings.Contains(p.Message, c.says) || !strings.Contains(p.Hint, c.hint) {
				t.Errorf("got %v", p)
			}
			if p.Where != want {
				t.Errorf("got %s, want %s (%v)", p.Where, want, p)
			}
		})
	}
}
