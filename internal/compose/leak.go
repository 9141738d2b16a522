package compose

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// found is a part of a text that means something only within the company.
type found struct{ text, what string }

// enough is how many finds are worth naming.
const enough = 5

// internals finds machines, addresses and builds. Ports, times, status codes and
// versions that people know a product by are none of them. It names a few at most.
func internals(text string) []found {
	var out []found
	add := func(t, what string) {
		if len(out) < enough && !slices.ContainsFunc(out, func(f found) bool { return strings.Contains(f.text, t) }) {
			out = append(out, found{t, what})
		}
	}
	before := ""
	for _, word := range strings.FieldsFunc(text, apart) {
		word = strings.Trim(word, ".:!?*_")
		host := hostOf(word)
		if address(host) && !version(before) {
			add(host, "an address of a machine")
		} else if machine(host) {
			add(host, "the name of a machine")
		}
		before = strings.ToLower(word)
	}
	for _, m := range builds.FindAllStringSubmatchIndex(text, -1) {
		if part := text[m[0]:m[1]]; numbered(text[m[2]:m[3]], text[m[1]:]) || strings.Contains(part, "#") {
			add(part, "a build or a change of ours")
		}
	}
	for _, h := range hashes.FindAllString(text, -1) {
		if count(h, unicode.IsDigit) >= 2 && count(h, unicode.IsLetter) >= 2 {
			add(h, "a build or a change of ours")
		}
	}
	return out
}

func apart(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("()[]{}<>\"'`,;|=“”‘’", r)
}

func version(word string) bool {
	return slices.Contains([]string{"version", "versions", "v", "release", "firmware"}, word)
}

// hostOf is the host in a word: an address with scheme, user, port or path around it.
func hostOf(word string) string {
	if strings.Contains(word, "://") {
		u, err := url.Parse(word)
		if err != nil {
			return ""
		}
		return u.Hostname()
	}
	word, _, _ = strings.Cut(word, "/")
	if i := strings.LastIndex(word, "@"); i >= 0 {
		word = word[i+1:]
	}
	if host, port, ok := strings.Cut(word, ":"); ok && !strings.Contains(port, ":") {
		return host
	}
	return word
}

// address reports whether a word is an IP address. An IPv6 address has at least four
// digits here: a::b is somebody's code.
func address(word string) bool {
	a, err := netip.ParseAddr(word)
	return err == nil && (a.Is4() || count(word, func(r rune) bool { return r != ':' }) >= 4)
}

var (
	pod    = regexp.MustCompile(`^[a-z][a-z0-9-]*-[0-9a-f]{8,10}-[a-z0-9]{5}$`)
	short  = regexp.MustCompile(`^(?:db|srv|host|server|vm|redis|kafka|pg|lb)\d{1,4}$`)
	builds = regexp.MustCompile(`(?i)\b(?:build|commit|revision|changeset|deploy|deployment|rollout|merge request|pull request|pr|mr)[ _-]?(?:no\.?|number|id)? ?#?([0-9a-f]{1,40})\b`)
	hashes = regexp.MustCompile(`\b[0-9a-f]{7,40}\b`)
	// within are ends of names that no one outside can look up.
	within = []string{".internal", ".local", ".localdomain", ".lan", ".corp", ".intra", ".intranet", ".private", ".svc", ".consul", ".home.arpa", ".compute.amazonaws.com", ".rds.amazonaws.com"}
	// duties are parts of machines' names that say what the machine is for.
	duties = []string{"db", "web", "app", "api", "cache", "redis", "kafka", "node", "host", "srv", "server", "vm", "pod", "lb", "proxy", "gw", "gateway", "mq", "es", "k8s", "pg", "postgres", "mysql", "mongo", "worker", "master", "replica", "primary", "secondary", "standby", "bastion", "jump", "ip"}
	stages = []string{"prod", "prd", "stage", "stg", "staging", "preprod", "dev", "qa"}
)

// machine reports whether a word is a machine's name: db-01, web-eu-3.example.com,
// anything.internal. A plain site (status.example.com) is none.
func machine(word string) bool {
	word = strings.ToLower(word)
	for _, end := range within {
		if strings.HasSuffix(word, end) && len(word) > len(end) {
			return true
		}
	}
	label, _, _ := strings.Cut(word, ".")
	if word == "localhost" || pod.MatchString(label) || short.MatchString(label) {
		return true
	}
	parts := strings.FieldsFunc(label, func(r rune) bool { return r == '-' || r == '_' })
	if len(parts) < 2 {
		return false
	}
	duty, number := false, false
	for _, p := range parts {
		name := strings.TrimRight(p, "0123456789")
		duty = duty || slices.Contains(duties, name) || slices.Contains(duties, p)
		number = number || name != p || slices.Contains(stages, p)
	}
	return duty && number
}

// numbered reports whether what follows the word "build" is a number of one, not a
// count or a date: it is long enough, and no unit comes after it.
func numbered(id, after string) bool {
	if len(id) < 4 || !strings.ContainsFunc(id, unicode.IsDigit) || strings.HasPrefix(after, "-") {
		return false
	}
	next, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	return !slices.Contains([]string{"s", "min", "minutes", "h", "hours", "days", "times", "users", "customers", "%", "UTC"}, strings.Trim(next, ".,;:"))
}

func count(s string, ok func(rune) bool) int {
	n := 0
	for _, r := range s {
		if ok(r) {
			n++
		}
	}
	return n
}
