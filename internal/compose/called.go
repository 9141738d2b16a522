package compose

import (
	"strings"

	"quarterdeck/internal/incident"
)

// calls are the kinds whose first word alone does not say what they are.
var calls = map[incident.Kind]string{
	"action.extended":      "action extended",
	"action.closed":        "action closed",
	"question.answered":    "answer",
	"followup.added":       "follow-up",
	"command.offered":      "command offered",
	"command.accepted":     "command accepted",
	"command.declined":     "command declined",
	"role.asked":           "role asked",
	"item.checked":         "checklist",
	"delivery.confirmed":   "delivery",
	"message.marked":       "chat",
	"snooze.explained":     "snooze",
	"exit.judged":          "exit criterion",
	"incident.declared":    "declared",
	"record.amended":       "correction",
	"record.redacted":      "redaction",
	"person.named":         "person",
	"retrospective.booked": "retrospective",
}

// Called is what people call a kind, and its mark in a timeline.
func Called(k incident.Kind) (name, mark string) {
	name = calls[k]
	if name == "" {
		name, _, _ = strings.Cut(string(k), ".")
	}
	r := incident.Record{Kind: k, V: 1}
	return name, marked(r.Event())
}
