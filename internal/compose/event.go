package compose

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

// work is what people found out, took on and finished.
func (w words) work(e incident.Event) string {
	switch v := e.(type) {
	case *incident.SituationSet:
		name := fields[v.Field]
		if name == "" {
			name = upper(v.Field)
		}
		if v.Text == "" {
			return name + " taken back"
		}
		return name + ": " + v.Text
	case *incident.ItemChecked:
		return judged(w.item(v.Item), v.State, v.Text)
	case *incident.ExitJudged:
		return judged(w.exit(v.Criterion), v.State, v.Text)
	case *incident.ActionOpened:
		text := w.s.Name(v.Owner) + ": " + v.Text
		if v.Minutes > 0 {
			text += " (" + minutes(v.Minutes) + ")"
		}
		return text
	case *incident.ActionExtended:
		if v.Minutes == 0 {
			return "No time box any more: " + w.action(v.Action)
		}
		return fmt.Sprintf("Another %s: %s", minutes(v.Minutes), w.action(v.Action))
	case *incident.ActionClosed:
		word := "Done: "
		if v.Dropped {
			word = "Dropped: "
		}
		return with(word+w.action(v.Action), v.Text)
	case *incident.QuestionAnswered:
		return fmt.Sprintf("Answer to “%s”: %s", w.question(v.Question), v.Text)
	}
	return ""
}

// judged is a person's word on a checklist item or an exit criterion.
func judged(what, state, text string) string {
	switch state {
	case incident.ItemDone, incident.ExitMet:
		if text == "" {
			return "✓ " + what
		}
		return "✓ " + what + ": " + text
	case incident.ItemSkipped:
		return with("Skipped: "+what, text)
	case incident.ExitWaived:
		return with("Waived: "+what, text)
	}
	return with("Open again: "+what, text)
}

// people is who does what.
func (w words) people(entry *incident.Entry, e incident.Event) string {
	switch v := e.(type) {
	case *incident.PersonNamed:
		return v.Name + " takes part"
	case *incident.RoleAssigned:
		return w.s.Name(v.Person) + " is " + w.role(v.Role) + onCall(v.Shift, entry.At)
	case *incident.RoleReleased:
		return w.role(v.Role) + " is held by nobody"
	case *incident.RoleAsked:
		return w.s.Name(v.Person) + " was asked to be " + w.role(v.Role)
	case *incident.RoleCovered:
		return fmt.Sprintf("The commander covers %s until %s", w.role(v.Role), w.at(v.Until))
	case *incident.DeputyNamed:
		if v.Person.IsZero() {
			return w.role(v.Role) + " has no deputy any more"
		}
		text := w.s.Name(v.Person) + " is deputy: " + w.role(v.Role)
		if v.Until != 0 {
			text += " until " + w.at(v.Until)
		}
		return text
	case *incident.CommandOffered:
		return "Command is offered to " + w.s.Name(v.To) + handover(v.Handover)
	case *incident.CommandDeclined:
		if v.Withdrawn {
			return with("The offer of command was withdrawn", v.Reason)
		}
		return with("Command was declined", v.Reason)
	case *incident.CommandAccepted:
		return w.accepted(entry, v) + onCall(v.Shift, entry.At)
	}
	return ""
}

// handover is what only the one who offers command knows.
func handover(h incident.Handover) string {
	text := ""
	for _, part := range [][2]string{{"worries", h.Worry}, {"left undone", h.Undone}, {"needs care", h.Care}} {
		if part[1] != "" {
			text += "\n" + part[0] + ": " + part[1]
		}
	}
	return text
}

// onCall is what a calendar said for an assignment.
func onCall(s *incident.Shift, day int64) string {
	if s == nil {
		return ""
	}
	text := ", on call by " + s.Schedule
	if s.End != 0 {
		text += " until " + at(s.End, day)
	}
	return text
}

// accepted is who commands from now on, and how that came about.
func (w words) accepted(entry *incident.Entry, v *incident.CommandAccepted) string {
	text := w.s.Name(v.By) + " takes command"
	if v.Claimed != "" {
		return with(w.s.Name(v.By)+" claims command", v.Claimed)
	}
	if v.Term <= 1 {
		return text
	}
	how := fmt.Sprintf("term %d", v.Term)
	if v.Voice {
		how += ", by voice"
	}
	if v.Voice && entry.Actor != v.By {
		how += "; " + w.s.Name(entry.Actor) + " vouches"
	}
	if v.Back == nil { // given by an order that asks for none
		return text + " (" + how + ")"
	}
	if n := len(incident.ReadBack) - len(v.Back); n > 0 {
		how += "; not said back:"
		for _, word := range incident.ReadBack {
			if !slices.Contains(v.Back, word) {
				how += " " + word
			}
		}
	}
	return text + " (" + how + ")"
}

// told is what an audience heard, and what was silenced.
func (w words) told(e incident.Event) string {
	switch v := e.(type) {
	case *incident.UpdateRequested:
		text := fmt.Sprintf("Update to %s (%s): %s", w.audience(v.Audience), v.State, v.Text)
		if v.Next != 0 {
			text = strings.TrimRight(text, ". \n") + "; next " + w.at(v.Next)
		}
		return text
	case *incident.PromiseMoved:
		return with(fmt.Sprintf("%s: next update promised for %s", w.audience(v.Audience), w.at(v.Next)), v.Text)
	case *incident.DeadlineSnoozed:
		return fmt.Sprintf("Silenced until %s: %s", w.at(v.Until), w.deadline(v.Deadline))
	case *incident.SnoozeExplained:
		return "Silenced because: " + v.Text
	}
	return ""
}

// left is what became of what was to leave.
func (w words) left(e incident.Event) string {
	switch v := e.(type) {
	case *incident.DeliveryConfirmed:
		return w.confirmed(v)
	case *incident.DeliveryRefused:
		return with(w.leaving(v.Audience, v.Post)+" was refused by "+v.Route, v.Reason)
	case *incident.DeliveryOnHold:
		return with(w.leaving(v.Audience, v.Post)+" by "+v.Route+" is held", v.Reason)
	case *incident.DeliveryDropped:
		not := " was not sent by "
		if v.Audience == "" {
			not = " was not done by "
		}
		if v.How == string(incident.DeliverySuperseded) {
			return w.leaving(v.Audience, v.Post) + not + v.Route + ": a newer one took its place"
		}
		return with(w.leaving(v.Audience, v.Post)+not+v.Route, v.Reason)
	case *incident.PostRequested:
		return with(w.leaving("", v.Post)+" is to be done by "+v.Route, v.Text)
	case *incident.RouteSwitched:
		return with(fmt.Sprintf("%s: by %s instead of %s from now on", w.audience(v.Audience), v.To, v.From), v.Reason)
	case *incident.MessageMarked:
		return fmt.Sprintf("%s wrote in the channel: %s", cmp.Or(v.Author, "Somebody"), v.Text)
	}
	return ""
}

// posts are what is no update, in words: being done, and done.
var posts = map[string][2]string{
	incident.PostChannel: {"Opening the channel", "Channel opened"},
	"topic":              {"Setting the channel's topic", "Topic of the channel set"},
	"purpose":            {"Setting the channel's purpose", "Purpose of the channel set"},
	"invite":             {"Inviting people into the channel", "People invited into the channel"},
	"status":             {"Posting the status into the channel", "Status posted into the channel"},
	"edit":               {"Changing the status in the channel", "Status changed in the channel"},
	"pin":                {"Pinning the status in the channel", "Status pinned in the channel"},
	"document":           {"Bookmarking the incident document", "Incident document bookmarked"},
	"pointer":            {"Pointing to the incident document in the channel", "Channel pointed to the incident document"},
	"video":              {"Bookmarking the video call", "Video call bookmarked"},
	"broadcast":          {"Announcing the incident", "Incident announced"},
	"reminder":           {"Reminding the commander in the channel", "Commander reminded in the channel"},
	"command":            {"Telling the channel who commands", "Channel told who commands"},
	"resolved":           {"Telling the channel that it is resolved", "Channel told that it is resolved"},
	"resolved-broadcast": {"Announcing that it is resolved", "Announced that it is resolved"},
	"archive":            {"Archiving the channel", "Channel archived"},
}

// leaving is what is to leave, by whom it is for or by what it does.
func (w words) leaving(audience, post string) string {
	if audience != "" {
		return "Update to " + w.audience(audience)
	}
	if said, known := posts[post]; known {
		return said[0]
	}
	return "A message in the channel"
}

// Post is a step of an incident's channel in words, by its name in the record: Pinning the
// status in the channel.
func Post(post string) string { return words{}.leaving("", post) }

// confirmed is what has left.
func (w words) confirmed(v *incident.DeliveryConfirmed) string {
	done, known := posts[v.Post]
	text := ""
	switch {
	case v.Audience != "":
		text = "Update to " + w.audience(v.Audience) + " delivered " + by(v)
	case strings.HasPrefix(v.How, "#"):
		text = "Channel " + v.How + " opened by " + v.Route
	case known:
		text = done[1] + " " + by(v)
	default:
		text = "Message posted " + by(v)
	}
	if v.Found {
		text += ", as its history shows"
	}
	return text
}

// by is how an update left.
func by(v *incident.DeliveryConfirmed) string {
	text := "by " + v.Route
	if v.Route == incident.RouteHand {
		text = "by hand"
	}
	switch {
	case v.How == "":
	case v.Audience == "" && v.Route != incident.RouteHand: // what the other side remarked
		text += ", " + v.How
	default:
		text += " (" + v.How + ")"
	}
	return text
}

// deadline is what a deadline's key is about. The key is kind/incident/subject/due.
func (w words) deadline(key string) string {
	part := strings.Split(key, "/")
	if len(part) != 4 {
		return "a deadline"
	}
	id, err := incident.ParseID(part[2])
	switch kind := cadence.Kind(part[0]); {
	case kind == cadence.Promise:
		return "the update to " + w.audience(part[2])
	case kind == cadence.Action && err == nil:
		return w.action(id)
	case kind == cadence.Measure && err == nil:
		return w.measure(id)
	case kind == cadence.Assess:
		return "the severity to be judged"
	case kind == cadence.Reassess:
		return "the severity to be looked at again"
	case kind == cadence.Role:
		return "the open role " + w.role(part[2])
	case kind == cadence.Command:
		return "the offer of command"
	case kind == cadence.Check && err == nil:
		return w.decision(id)
	case kind == cadence.Help:
		return "whether help is needed"
	case kind == cadence.Duty:
		return "the commander's time on duty"
	}
	return "a deadline"
}
