package workspace

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// media are the media that a route may name, each with what it asks for besides the keys
// that all have. The rooms of the media say the same.
var media = map[string][]string{
	"slack":      {"team", channelKey, "broadcast", "document", "invite", "emojis", "groups"},
	"mail":       {"from", "user", "reply_to"},
	"teams":      nil,
	"discord":    nil,
	"mattermost": nil,
	"googlechat": nil,
	"webhook":    nil,
	"statuspage": {"notify", "name", "components"},
	byHand:       nil,
}

// Media are the names of the media that a route may name, sorted.
func Media() []string { return slices.Sorted(maps.Keys(media)) }

// channelKey is the key by which a route opens the channels of incidents.
const channelKey = "incident_channel"

// common are the keys of every route.
var common = []string{"drills", "medium", "api_url", "secret"}

// tokens are secrets that would pass for names: their kinds begin so.
var tokens = regexp.MustCompile(`(?i)^(xox[a-z]*-|xapp-|whsec_|gh[a-z]_|glpat-|sk[-_](live|test|proj)|AKIA[0-9A-Z]{8})`)

// fits checks a route by itself. A secret that stands in it is not repeated.
func (r *routeReader) fits(name string, node ast.Node, at map[string]ast.Node, out Route) {
	more, known := media[out.Medium]
	all := Media()
	switch {
	case out.Medium == "":
		r.wrong(node, "add medium: with one of "+strings.Join(all, ", "), "the route %s has no medium", name)
	case !known:
		r.wrong(at["medium"], likely(out.Medium, all), "the route %s has the medium %.40q, which is not known", name, out.Medium)
	}
	for _, key := range slices.Sorted(maps.Keys(at)) {
		if may := slices.Concat(common, targets, more); known && !slices.Contains(may, key) {
			r.wrong(at[key], likely(key, may), "the route %s has %.40q, which %s does not know", name, key, out.Medium)
		}
	}
	switch {
	case out.Secret == "":
	case tokens.MatchString(out.Secret):
		r.wrong(at["secret"], "keep it with qd secret set NAME, and write secret: NAME here; whoever has seen this file has seen the secret, so have it made anew", "the secret of the route %s seems to be the secret itself, and not the name of one", name)
	case !secretNames.MatchString(out.Secret):
		r.wrong(at["secret"], "keep it with qd secret set NAME and write that name here", "the secret of the route %s is not the name of one", name)
	}
}

// together checks what routes and ladders have to do with each other.
func (r *routeReader) together() {
	host := ""
	for _, name := range slices.Sorted(maps.Keys(r.out.Routes)) {
		out := r.out.Routes[name]
		if out.Also[channelKey] == "" {
			continue
		}
		if host != "" {
			r.problems = append(r.problems, routeProblem{out.Line, "the routes " + host + " and " + name + " both open the channels of incidents", "take " + channelKey + ": out of one of them"})
		}
		host = name
	}
	for _, audience := range slices.Sorted(maps.Keys(r.out.Audiences)) {
		for _, name := range r.out.Audiences[audience] {
			out := r.out.Routes[name]
			if out.Medium == "slack" && out.Target == "" && out.Also[channelKey] == "" {
				r.problems = append(r.problems, routeProblem{out.Line, "the route " + name + " of the audience " + audience + " does not say into which channel", `add channel: "#name"; with ` + channelKey + `: and no channel: it goes into the channel of the incident`})
			}
		}
	}
}

// likely is a hint that names what was probably meant, and what there is.
func likely(word string, list []string) string {
	best, least := "", 3
	for _, x := range list {
		if d := distance(word, x); d < least {
			best, least = x, d
		}
	}
	if best != "" {
		return "write " + best + "; or one of " + strings.Join(list, ", ")
	}
	return "write one of " + strings.Join(list, ", ")
}

// distance is how many signs have to be put in, taken out or changed (Levenshtein, 1965).
func distance(a, b string) int {
	if len(a) > 40 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}
