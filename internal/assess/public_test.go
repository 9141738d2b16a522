package assess_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"quarterdeck/internal/assess"
)

var update = flag.Bool("update", false, "write the page anew")

const casesPage = "../../docs/severities.md"

const casesHead = `# Public incidents through the default kit

What a commander could have answered from what the companies told afterwards, what the default kit makes of it, and what the
company called it where it said so. The answers are ours, and so is the judgement in them: users hurt, core function lost, data
or security, money and contract, spread and time, each 0 to 4; then how likely it gets worse within an hour, 1 to 5. A test
computes this page (` + "`" + `go test ./internal/assess -update` + "`" + ` writes it), so a change of the kit that changes a level is seen here.

| incident | answers | score | impact | the kit | theirs | why |
| --- | --- | --- | --- | --- | --- | --- |
`

// TestPublicIncidents runs incidents that companies have told about through the default
// kit: what a commander could have answered from what was known, what the kit makes of
// it, and what the company called it, where it said so. U users, F function, D data,
// M money, S spread, L likelihood; -1 and 0 are not known.
func TestPublicIncidents(t *testing.T) {
	k := builtIn(t)
	var table strings.Builder
	for _, c := range []struct {
		name             string
		u, f, d, m, s, l int
		want             string
		own              string // what the company called it
		why              string
	}{
		{"AWS S3, one region, 2017", 4, 4, 0, 3, 3, 4, "SEV1", "-", "core job lost for everyone in the region; it spread to other services"},
		{"Cloudflare firewall rule, 2019", 4, 4, 0, 3, 2, 4, "SEV1", "P0", "every location answered with errors"},
		{"Facebook backbone, 2021", 4, 4, 0, 3, 3, 5, "SEV1", "-", "all products unreachable"},
		{"Roblox, 2021", 4, 4, 0, 3, 2, 5, "SEV1", "-", "the platform was down for days"},
		{"Slack at first, 2021", 1, 2, 0, 1, 2, 4, "SEV4", "-", "99 % of messages were still sent"},
		{"Slack an hour later, 2021", 4, 4, 0, 2, 3, 4, "SEV1", "-", "unusable for all"},
		{"Google Cloud network, 2019", 3, 2, 0, 3, 3, 4, "SEV3", "major", "loss and congestion; without contracts at stake it stays below SEV2, which is where our answers differ from the company's word"},
		{"GitHub database failover, 2018", 3, 2, 3, 2, 2, 5, "SEV1", "red", "writes to reconcile: data at stake, certain to last"},
		{"Knight Capital, 2012", 2, 4, 0, 4, 4, 5, "SEV1", "-", "uncontrolled orders, hundreds of millions"},
		{"Atlassian site deletion, 2022", 1, 4, 4, 3, 0, 5, "SEV1", "-", "few customers, all of their data: the floor holds what an average would lose"},
		{"Fastly, 2021", 3, 4, 0, 3, 2, 4, "SEV1", "severe", "85 % of the network gave errors"},
		{"CrowdStrike file, 2024", 3, 4, 0, 4, 3, 5, "SEV1", "-", "machines down in every trade"},
		{"Datadog, 2023", 4, 4, 1, 3, 2, 5, "SEV1", "high", "no access, no alerts"},
		{"Cloudflare R2, 2025", 4, 4, 1, 2, 2, 3, "SEV1", "-", "100 % of operations"},
		{"GitHub Codespaces, one region, 2022", 2, 3, 0, 1, 1, 4, "SEV2", "yellow, then red", "core job lost for some"},
		{"GitHub DNS of one site, 2024", 2, 2, 0, 1, 2, 4, "SEV3", "-", "slower for some"},
		{"GitHub webhooks late, 2024", 2, 1, 1, 0, 1, 4, "SEV3", "-", "late, not lost"},
		{"Stack Overflow, 2016", 4, 4, 0, 1, 0, 3, "SEV1", "-", "the whole site"},
		{"GitHub SSH key public, 2023", 0, 0, 3, 2, 1, 2, "SEV2", "-", "nobody hurt, exposure suspected: the clamp holds it at SEV2"},
		{"PyPI token, near miss, 2024", 0, 0, 3, 1, 3, 1, "SEV2", "-", "no misuse found, and much in reach: the clamp"},
		{"CircleCI secrets, 2022", 4, 0, 4, 4, 2, 5, "SEV1", "-", "secrets taken"},
		{"Let's Encrypt recheck, 2020", 2, 2, 0, 3, 3, 4, "SEV3", "-", "a clock of the trade runs though the service is fine"},
		{"Wikimedia GitLab restore, 2023", 1, 2, 4, 0, 0, 2, "SEV2", "task", "an internal tool, but two hours of work were lost; the company let it pass as a task"},
		{"Wikimedia Gerrit, 2025", 1, 3, 0, 0, 0, 4, "SEV3", "-", "internal, core tool gone"},
		{"Wikimedia Beta Cluster, 2022", 1, 1, 0, 0, 0, 4, "SEV4", "-", "test sites; CI waits"},
		{"Wikimedia on one link, 2012", 0, 0, 0, 1, 3, 3, "SEV3", "-", "redundancy gone: one more fault is an outage"},
		{"Memset on batteries, 2016", 0, 0, 1, 2, 4, 5, "SEV2", "-", "no harm yet, certain to come"},
		{"PyPI account takeovers, 2024", 1, 0, 4, 1, 1, 3, "SEV1", "-", "accounts of others taken"},
		{"GitLab.com database, 2017", 4, 4, 4, 3, 1, 5, "SEV1", "-", "data lost and the service down"},
	} {
		p := assess.Judge(k, answers(c.u, c.f, c.d, c.m, c.s, c.l))
		said := ""
		for _, v := range []int{c.u, c.f, c.d, c.m, c.s} {
			said += fmt.Sprintf(" %d", v)
		}
		fmt.Fprintf(&table, "| %s |%s, %d | %d | I%d | **%s** | %s | %s |\n", c.name, strings.ReplaceAll(said, " -1", " ?"), c.l, p.Score, p.Impact, p.Severity, c.own, c.why)
		if p.Severity != c.want {
			t.Errorf("%s: %s, want %s (score %d, impact %d by %d, %s%s)", c.name, p.Severity, c.want, p.Score, p.Impact, p.ByScore, p.Floor, p.Clamp)
		}
	}
	page := casesHead + table.String()
	if *update {
		if err := os.WriteFile(casesPage, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if data, err := os.ReadFile(casesPage); err != nil || string(data) != page {
		t.Errorf("%s says something else (%v): go test ./internal/assess -update writes it", casesPage, err)
	}
}
