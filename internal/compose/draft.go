package compose

import (
	"strings"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Draft is the text that an update to one audience starts from: the kit's template of
// the moment, filled from the record. A sentence with a blank that the record cannot
// fill is left out, and so is whatever must not leave the company when the audience
// is outside; what is left is never empty. state empty means what the phase says;
// next is the time to promise, ms UTC, 0 for none.
func Draft(s *incident.State, k *kit.Kit, audience string, state incident.PublicState, next, now int64) string {
	if state == "" {
		state = s.Phase.PublicState()
	}
	d := draft{words{s, k}, audience, state, next, now}
	m := d.moment()
	text := ""
	if t := templateFor(k, audience, m); t != nil {
		text = d.late(t.Text, fill(t.Text, d.slot))
	}
	if text == "" {
		text = d.plain(m)
	}
	return s.Saying(text)
}

// draft is one update to be written.
type draft struct {
	words
	to    string
	state incident.PublicState
	next  int64
	now   int64
}

// The moments that a draft chooses by itself; a correction is written by a person.
const (
	first      = "first"
	scope      = "scope"
	progress   = "progress"
	nothingNew = "nothing-new"
	watching   = "watching"
	severity   = "severity"
	resolved   = "resolved"
)

// moment is the occasion on which the audience hears from us now.
func (d draft) moment() string {
	told := d.s.Audiences[d.to]
	switch {
	case d.state == incident.Resolved:
		return resolved
	case d.state == incident.Monitoring:
		return watching
	case told.Told == 0:
		return first
	case !d.outside(d.to) && d.s.Raised.At > told.At:
		return severity
	case told.Told == 1 && d.reach() > told.At:
		return scope
	case d.news() > told.At:
		return progress
	}
	return nothingNew
}

// reach is when it was last said who is hurt and how.
func (d draft) reach() int64 {
	_, who := d.value("who")
	_, what := d.value("what")
	return max(d.s.Situation["impact"].At, who, what)
}

// news is when the last thing happened that the audience can be told.
func (d draft) news() int64 {
	at := max(d.reach(), d.s.PhaseSince)
	if d.outside(d.to) {
		return at
	}
	at = max(at, d.s.SeveritySet.At, d.s.Situation["goal"].At, d.s.Situation["cause"].At)
	for _, a := range d.s.Actions {
		at = max(at, a.At, a.Closed)
	}
	for _, v := range d.s.Decisions {
		at = max(at, v.At)
	}
	return at
}

// templateFor is the kit's text for the moment, or for one that says less.
func templateFor(k *kit.Kit, audience, moment string) *kit.Template {
	t := k.Template(audience, moment)
	if t == nil && (moment == scope || moment == severity) {
		t = k.Template(audience, progress)
	}
	return t
}

// plain is what a kit without a template says.
func (d draft) plain(moment string) string {
	text := map[string]string{
		first:      "We know of a problem and are looking into it.",
		nothingNew: "We are still working on this.",
		watching:   "A measure is in place and we are watching it.",
		resolved:   "This is resolved.",
	}[moment]
	if text == "" {
		text = "We are working on the problem."
	}
	if title := d.s.Declared.Title; title != "" && !d.outside(d.to) {
		text = fill("{id} {sev}: {title}. ", d.slot) + " " + text
	}
	if d.next != 0 {
		text += " " + fill("Next update by {next}.", d.slot)
	}
	return d.late("", strings.TrimSpace(text))
}

// late adds what was promised and not kept, unless the template says so itself.
func (d draft) late(template, text string) string {
	promised := d.slot("promised")
	if text == "" || promised == "" || d.state == incident.Resolved || strings.Contains(template, "{promised}") {
		return text
	}
	sorry := "We said " + promised + "; this is late."
	if i := strings.LastIndex(text, "Next update"); i > 0 && d.next != 0 {
		return text[:i] + sorry + " " + text[i:]
	}
	return text + " " + sorry
}
