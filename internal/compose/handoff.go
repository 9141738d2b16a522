package compose

import (
	"cmp"
	"fmt"
	"strings"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Handoff is the brief as it is handed over: with what only the one who offers command
// knows, and what is to be said back.
func Handoff(s *incident.State, k *kit.Kit, now int64) string {
	var out strings.Builder
	out.WriteString(Brief(s, k, now))
	fmt.Fprintf(&out, "\nOnly %s knows:\n\n", escape(s.Name(s.Command.Holder)))
	h := s.Command.Handover
	for _, part := range [][2]string{{"What worries most", h.Worry}, {"Decided not to do, and why", h.Undone}, {"Who is tired, difficult or waiting", h.Care}} {
		fmt.Fprintf(&out, "- **%s:** %s\n", part[0], escape(line(cmp.Or(part[1], NotStated))))
	}
	out.WriteString("\nSay back before you accept:\n\n")
	for _, said := range SayBack(s, k, now) {
		fmt.Fprintf(&out, "- **%s:** %s\n", said.Name, escape(line(said.Text)))
	}
	return out.String()
}

// Said is one of the things that whoever takes over says back.
type Said struct {
	ID   string // a word of incident.ReadBack
	Name string
	Text string // what it is, as the record has it
}

// SayBack is what is to be said back. Which action is the riskiest nobody has written
// down: the live ones stand there, those whose time is up first, for it to be chosen from.
func SayBack(s *incident.State, k *kit.Kit, now int64) []Said {
	b := brief{words{s, k}, now}
	return []Said{
		{"goal", "Goal", cmp.Or(s.Situation["goal"].Text, NotStated)},
		{"risk", "Riskiest live action", cmp.Or(strings.Join(b.risks(), " · "), "no action is open")},
		{"promise", "Next promise", cmp.Or(b.nextPromise(), "nothing is promised")},
	}
}

func (b brief) risks() []string {
	var late, live []string
	for _, c := range b.s.InFlight() { // hands on production first
		late = append(late, b.inFlight(c))
	}
	for _, a := range b.s.OpenActions() {
		text := b.s.Name(a.Owner) + ": " + kept(a.Text)
		if a.Due != 0 && a.Due <= b.now {
			late = append(late, text+" (time was up at "+said(a.Due, b.now)+")")
		} else {
			live = append(live, text)
		}
	}
	return append(late, live...)
}

// nextPromise is the one that is due first.
func (b brief) nextPromise() string {
	next := cadence.Deadline{}
	for _, d := range cadence.Deadlines(b.s, b.k) {
		if d.Kind == cadence.Promise && d.Due != 0 && (next.Due == 0 || d.Due < next.Due) {
			next = d
		}
	}
	if next.Due == 0 {
		return ""
	}
	name := next.Subject
	if a := b.k.Audience(next.Subject); a != nil {
		name = a.Name
	}
	return name + " at " + said(next.Due, b.now)
}

// Announcement is what everybody should hear once command has moved: until then, as it
// would be if it were accepted now.
func Announcement(s *incident.State, now int64) string {
	c, held := s.Command, s.Deputy(kit.Commander, now)
	deputy := held.Person
	by, at := c.Holder, c.Since
	if !c.Offered.IsZero() {
		by, at = c.Offered, now
		if deputy.IsZero() || deputy == by {
			deputy, held.Until = c.Holder, now+incident.StaysFor
		}
	}
	text := fmt.Sprintf("%s commands %s from %s.", s.Name(by), s.Declared.Ref, said(at, now))
	if !deputy.IsZero() && deputy != by {
		text += fmt.Sprintf(" %s stays", s.Name(deputy))
		if held.Until != 0 {
			text += " until " + said(held.Until, now)
		}
		text += " as deputy."
	}
	return text
}
