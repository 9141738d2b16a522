package compose

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Advice is what a careful reader would say about an update before it is sent, the
// most serious first, each a plain sentence; empty when there is nothing to say. It
// judges the words and forbids nothing; whether a secret stops the update is for the
// caller, by Secret. state, next and now are as in Draft.
func Advice(s *incident.State, k *kit.Kit, audience string, state incident.PublicState, text string, next, now int64) []string {
	if strings.TrimSpace(text) == "" {
		return []string{"There is no text yet."}
	}
	if state == "" {
		state = s.Phase.PublicState()
	}
	d := draft{words{s, k}, audience, state, next, now}
	var out []string
	for _, check := range []func(string) []string{
		d.secrets, d.leaks, d.names, d.blanks, cause, estimate, d.backwards, d.promise, d.impact, d.same,
	} {
		out = append(out, check(text)...)
	}
	return out
}

func (d draft) secrets(text string) []string {
	if what := Secret(text); what != "" {
		return []string{"It holds what looks like " + what + ". Take it out."}
	}
	return nil
}

// leaks are details that only outsiders must not read.
func (d draft) leaks(text string) []string {
	if !d.outside(d.to) {
		return nil
	}
	var out []string
	if d.s.Declared.Security {
		out = append(out, "This is a security incident: let whoever answers for that read it first.")
	}
	for _, f := range internals(text) {
		out = append(out, fmt.Sprintf("“%s” looks like %s; people outside do not need it.", f.text, f.what))
	}
	return out
}

func (d draft) blanks(text string) []string {
	var out []string
	for _, m := range blank.FindAllStringSubmatch(text, -1) {
		if a := m[0] + " is still a blank."; slices.Contains(kit.Slots, m[1]) && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

var rootCause = regexp.MustCompile(`(?i)\broot[ -]?causes?\b`)

func cause(text string) []string {
	if m := rootCause.FindString(text); m != "" {
		return []string{fmt.Sprintf("It says “%s”. Say what is known; what led to it is looked into afterwards.", m)}
	}
	return nil
}

func (d draft) backwards(string) []string {
	was := d.s.Audiences[d.to]
	rank := func(p incident.PublicState) int { return slices.Index(incident.PublicStates, p) }
	if was.Told == 0 || rank(d.state) >= rank(was.State) {
		return nil
	}
	return []string{fmt.Sprintf("%s were told “%s”; this goes back to “%s”. Say why.", d.audience(d.to), was.State, d.state)}
}

var nextUpdate = regexp.MustCompile(`(?i)\b(?:next(?: (?:update|notice|news|message|one))?|update you)(?:[ :]+(?:is|comes|follows|due|by|at|around|about|before))*[ :]+(?:\d{1,2} [a-z]{3} (?:\d{4} )?)?([01]?\d|2[0-3]):([0-5]\d) ?(?:UTC|Z|GMT)\b`)

// promise looks whether the text and the time that is promised agree.
func (d draft) promise(text string) []string {
	m := nextUpdate.FindStringSubmatch(text)
	switch {
	case d.state == incident.Resolved:
		return nil
	case d.next == 0:
		return []string{"No next time is promised. Promise one, even if there will be no news."}
	case m != nil:
		due := said(d.next, d.next)
		if t := strings.Repeat("0", 2-len(m[1])) + m[1] + ":" + m[2] + " UTC"; t != due {
			return []string{fmt.Sprintf("The text says %s for the next update, and %s is promised.", t, due)}
		}
	}
	return nil
}

var (
	effects = regexp.MustCompile(`(?i)\b(?:can ?not|can[’']t|unable|impossible|fail\w*|errors?|slow\w*|down|offline|unavailable|unreachable|broken|degraded|delay\w*|missing|lost|affect\w*|interrupt\w*|disrupt\w*|outage|time[ -]?outs?|timing out|wrong|stale|stuck)\b`)
	noNews  = regexp.MustCompile(`(?i)\b(?:no change|no news|nothing new|nothing has changed|unchanged|still working)\b`)
	long    = regexp.MustCompile(`[\pL\d]{5,}`)
)

// impact looks whether the text says what people notice, in any words or in the record's.
func (d draft) impact(text string) []string {
	if d.state == incident.Monitoring || d.state == incident.Resolved || noNews.MatchString(text) || effects.MatchString(text) {
		return nil
	}
	low := strings.ToLower(text)
	what, _ := d.value("what")
	for _, w := range long.FindAllString(strings.ToLower(d.s.Situation["impact"].Text+" "+what+" "+d.s.Declared.Title), -1) {
		if strings.Contains(low, w) {
			return nil
		}
	}
	return []string{"It does not say who notices what."}
}

var clocks = regexp.MustCompile(`\b\d{1,2}:\d{2}(?: ?(?:UTC|Z))?\b`)

// same compares with the last update to the audience, times aside.
func (d draft) same(text string) []string {
	was := d.s.Audiences[d.to]
	bare := func(t string) string { return strings.ToLower(line(clocks.ReplaceAllString(t, ""))) }
	if was.Told == 0 || noNews.MatchString(text) || bare(was.Text) != bare(text) {
		return nil
	}
	return []string{"These are the same words as last time. Say what is new, or that nothing is."}
}
