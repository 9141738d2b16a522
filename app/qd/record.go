package main

import (
	"strings"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// recordView is a record for scripts. Text is in plain words, those of the person
// where the record has any.
type recordView struct {
	ID         string `json:"id"`
	At         string `json:"at"`
	RecordedAt string `json:"recorded_at"`
	Kind       string `json:"kind"`
	Actor      string `json:"actor"`
	Text       string `json:"text"`
	Mark       string `json:"mark"` // note, decision, action, question, followup, hypothesis, update, phase, check, system
	Basis      string `json:"basis,omitempty"`
	Tradeoff   string `json:"tradeoff,omitempty"`
	Approx     bool   `json:"approx,omitempty"`
	Amended    bool   `json:"amended,omitempty"`
	Undone     bool   `json:"undone,omitempty"`
	Redacted   string `json:"redacted,omitempty"` // why
	Silent     bool   `json:"silent,omitempty"`   // no row of a timeline for people
}

func recordOf(e *incident.Entry, l *cockpit.Live) recordView {
	line := compose.Line(e, l.State, l.Kit)
	return recordView{
		ID: e.ID.String(), At: stamp(e.At), RecordedAt: stamp(e.RecordedAt), Kind: string(e.Kind), Actor: l.State.Name(e.Actor),
		Text: line.Text, Mark: line.Mark, Basis: line.Basis, Tradeoff: line.Tradeoff, Approx: line.Approx,
		Amended: e.Amended, Undone: !e.Undone.IsZero(), Redacted: e.Redacted, Silent: compose.Silent(e),
	}
}

// said are the marks that are said before the text, where it alone does not show
// what it is.
var said = map[string]string{"decision": "decision: ", "action": "action: ", "question": "question: ", "followup": "follow-up: ", "hypothesis": "hypothesis: "}

// row puts a record out for people: when, who, what, and its handle.
func (s *session) row(r recordView) {
	text := flat(r.Actor) + ": " + said[r.Mark] + r.Text
	if r.Basis != "" {
		text += "\nbecause " + r.Basis
	}
	if r.Tradeoff != "" {
		text += "\nbut " + r.Tradeoff
	}
	if r.Amended {
		text += " (corrected)"
	}
	if r.Undone {
		text += " (taken back)"
	}
	at := wholeSecond(r.At)
	if r.Approx {
		at = "~" + at
	}
	s.block(at, 23, text+" ["+handle(r.ID)+"]")
}

// wholeSecond drops the milliseconds of a stamp.
func wholeSecond(at string) string {
	if head, _, cut := strings.Cut(at, "."); cut {
		return head + "Z"
	}
	return at
}

// handleLen is how many digits a handle has, and shortest how many must be given.
const handleLen, shortest = 8, 6

// handle is the end of an id, by which people name a record of one incident.
func handle(id string) string { return id[max(0, len(id)-handleLen):] }

// record finds a record by its id, or by its handle in the incident that ref means.
func (s *session) record(ref, text string) (incident.Record, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if id, err := incident.ParseID(text); err == nil && !id.IsZero() {
		return s.store.Record(s.ctx, id)
	}
	var none incident.Record
	if len(text) < shortest || len(text) > 12 || strings.Trim(text, "0123456789abcdef") != "" {
		return none, fault.Input("record", "%.60q names no record", text).WithHint("qd timeline shows each record's handle in brackets")
	}
	row, err := s.find(ref)
	if err != nil {
		return none, err
	}
	recs, err := s.store.Records(s.ctx, row.ID, 0)
	if err != nil {
		return none, err
	}
	var found []incident.Record
	for _, r := range recs {
		if strings.HasSuffix(r.ID.String(), text) {
			found = append(found, r)
		}
	}
	switch len(found) {
	case 0:
		return none, fault.New(fault.NotFound, "%s has no record %s", row.Ref, text).WithHint("qd timeline shows each record's handle in brackets; --incident names another incident")
	case 1:
		return found[0], nil
	}
	return none, fault.Input("record", "%d records of %s end in %s", len(found), row.Ref, text).WithHint("give the whole id; qd timeline --json shows it")
}
