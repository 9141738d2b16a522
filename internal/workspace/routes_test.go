package workspace_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

func routes(t *testing.T, text string, mode os.FileMode) (workspace.Routes, string, error) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, workspace.RoutesFile)
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	r, err := workspace.ReadRoutes(dir)
	return r, path, err
}

const some = `# where we speak
routes:
  support:
    medium: slack
    channel: "#support"
    secret: slack
    team: T1
  support-mail:
    medium: Mail
    api_url: smtps://mail.company.example:465
    from: Incidents <incidents@company.example>
    user: incidents
    secret: mail-password
    recipients:
      - ana@company.example
      - Ben <ben@company.example>
  page: {medium: statuspage, channel: 4711, secret: page, notify: no, components: [a, b]}
audiences:
  support: [support, support-mail]
  customers: page
  partners: []
  leadership: hand
`

func TestRoutesComeFromTheFile(t *testing.T) {
	r, path, err := routes(t, some, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	want := workspace.Routes{Routes: map[string]workspace.Route{
		"support":      {Medium: "slack", Target: "#support", Secret: "slack", Also: map[string]string{"team": "T1"}, Line: 4},
		"support-mail": {Medium: "mail", Target: "ana@company.example, Ben <ben@company.example>", APIURL: "smtps://mail.company.example:465", Secret: "mail-password", Also: map[string]string{"from": "Incidents <incidents@company.example>", "user": "incidents"}, Line: 9},
		"page":         {Medium: "statuspage", Target: "4711", Secret: "page", Also: map[string]string{"notify": "no", "components": "a, b"}, Line: 17},
	}, Audiences: map[string][]string{"support": {"support", "support-mail"}, "customers": {"page"}, "partners": nil, "leadership": {"hand"}}}
	if !reflect.DeepEqual(r, want) {
		t.Errorf("%+v", r)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read it: %v %v", info.Mode(), err)
	}
}

func TestNoRoutes(t *testing.T) {
	if r, err := workspace.ReadRoutes(t.TempDir()); err != nil || len(r.Routes) != 0 {
		t.Errorf("%+v %v", r, err)
	}
	for _, text := range []string{"", "# nothing yet\n", "routes:\n", "routes: {}\naudiences:\n", "---\n"} {
		if r, _, err := routes(t, text, 0o600); err != nil || len(r.Routes) != 0 {
			t.Errorf("%q: %+v %v", text, r, err)
		}
	}
}

func TestMistakesInRoutesAreNamed(t *testing.T) {
	const slack = "xoxb-123456789012-abcdefghijkl"
	for name, c := range map[string]struct{ text, says, hint string }{
		"not YAML":        {"routes:\n  a: [\n", "line ", "indent"},
		"a list":          {"- a\n", "line 1", "routes:"},
		"unknown part":    {"routes: {}\nroutings: {}\n", "line 2", "routes:"},
		"no medium":       {"routes:\n  a:\n    channel: x\n", "line 3: the route a has no medium", "mail"},
		"nothing":         {"routes:\n  a:\n", "has no medium", "medium:"},
		"a text":          {"routes:\n  a: slack\n", "line 2", "medium:"},
		"name":            {"routes:\n  A b:\n    medium: hand\n", "line 3", "small letters"},
		"twice":           {"routes:\n  a:\n    medium: hand\n  a:\n    medium: hand\n", "line 4", "take one"},
		"key twice":       {"routes:\n  a:\n    medium: hand\n    medium: mail\n", "line 4", "take one"},
		"nested":          {"routes:\n  a:\n    medium: hand\n    team: {x: y}\n", "line 4", "one value"},
		"alias":           {"routes:\n  a: &x\n    medium: hand\n  b: *x\n", "line 2", "medium:"},
		"unknown rung":    {"routes:\n  a:\n    medium: hand\naudiences:\n  support: [a, b]\n", `a route "b"`, "name some of: a, hand"},
		"two targets":     {"routes:\n  a:\n    medium: mail\n    to: a@b.example\n    channel: x\n", "line 5", "keep one"},
		"rung twice":      {"routes:\n  a:\n    medium: hand\naudiences:\n  support: [a, a]\n", "line 5", "take one"},
		"a token":         {"routes:\n  a:\n    medium: slack\n    secret: " + slack + "\n", "line 4: this looks like a Slack token", "qd secret set"},
		"a webhook":       {"routes:\n  a:\n    medium: discord\n    address: https://discord.com/api/webhooks/12345/" + slack + "\n", "line 4", "qd secret set"},
		"a medium typo":   {"routes:\n  a:\n    medium: slak\n    channel: C1\n", `line 3: the route a has the medium "slak"`, "write slack; or one of"},
		"a key typo":      {"routes:\n  a:\n    medium: slack\n    chanel: C1\n", `line 4: the route a has "chanel", which slack does not know`, "write channel; or one of"},
		"another's key":   {"routes:\n  a:\n    medium: mail\n    to: a@b.example\n    broadcast: C1\n", `line 5: the route a has "broadcast"`, "reply_to"},
		"a short token":   {"routes:\n  a:\n    medium: slack\n    channel: C1\n    secret: xoxb-1\n", "line 5: the secret of the route a seems to be the secret itself", "qd secret set NAME"},
		"two hosts":       {"routes:\n  a:\n    medium: slack\n    incident_channel: x\n  b:\n    medium: slack\n    incident_channel: y\n", "line 6: the routes a and b both open", "take incident_channel"},
		"no channel":      {"routes:\n  a:\n    medium: slack\naudiences:\n  support: [a]\n", "line 3: the route a of the audience support does not say", "add channel"},
		"not a name":      {"routes:\n  a:\n    medium: slack\n    secret: two words\n", "not the name", "qd secret set"},
		"binary":          {"\x00\x01", "not text", "UTF-8"},
		"not UTF-8":       {"routes: \xff\n", "not text", "UTF-8"},
		"too long":        {"# " + strings.Repeat("a", 300<<10), "too long", "few lines"},
		"too much":        {"routes:\n" + strings.Repeat("  a: [[[[[[\n", 5000), "too long", "few lines"},
		"several lines":   {"routes:\n  a:\n    medium: hand\n    channel: |\n      a\n      b\n", "line 4", "one value"},
		"51 of a mailing": {"routes:\n  a:\n    medium: mail\n    recipients: [" + strings.Repeat("a@b.example1, ", 1) + many(51) + "]\n", "52 recipients", "mailing list"},
	} {
		r, path, err := routes(t, c.text, 0o600)
		f := fault.Of(err)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(f.Message, path) || !strings.Contains(f.Message, c.says) || !strings.Contains(f.Hint, c.hint) || len(r.Routes) != 0 {
			t.Errorf("%s: %v (%s)", name, err, fault.Of(err).Hint)
		}
		if strings.Contains(f.Message+f.Hint, slack) {
			t.Errorf("%s: the secret is repeated: %v", name, err)
		}
	}
}

func many(n int) string {
	var out []string
	for i := range n {
		out = append(out, strings.Repeat("p", i+1)+"@b.example")
	}
	return strings.Join(out, ", ")
}
