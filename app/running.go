package app

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/notify"
	"quarterdeck/internal/workspace"
)

// Running names what rings only while the backend runs: the promises and time boxes of
// open incidents. It is empty when nothing is due.
func (b *Backend) Running() []string {
	out := []string{}
	ds, err := b.cockpit.Deadlines(context.Background())
	if err != nil {
		b.fault("alarms", err)
		return append(out, "what is due cannot be read just now") // who cannot tell does not quit by itself
	}
	for _, d := range ds {
		if d.Kind != cadence.Promise && d.Kind != cadence.Action && d.Kind != cadence.Measure && d.Kind != cadence.Command {
			continue
		}
		err := b.cockpit.View(context.Background(), d.Incident, func(l *cockpit.Live) error {
			out = append(out, fmt.Sprintf("%s %s, due %s", l.State.Declared.Ref, topic(l, &d), time.UnixMilli(d.Due).In(b.zone()).Format("15:04 MST")))
			return nil
		})
		if err != nil {
			slog.Warn("what is due", "error", err)
		}
	}
	return out
}

func topic(l *cockpit.Live, d *cadence.Deadline) string {
	switch d.Kind {
	case cadence.Promise:
		if a := l.Kit.Audience(d.Subject); a != nil {
			return "update to " + a.Name
		}
	case cadence.Measure:
		return "end of a temporary measure"
	case cadence.Action:
		for _, a := range l.State.Actions {
			if a.ID.String() == d.Subject {
				return "action of " + l.State.Name(a.Owner)
			}
		}
	}
	return string(d.Kind)
}

// ToLine asks the pages to put the keyboard into the log line, whatever lies over it,
// and the window to come to the front.
func (b *Backend) ToLine() { b.stream.say(Notify{Show: &ShowView{Sheet: "note"}}) }

// SayHidden tells the desktop that the window is hidden and goes on ringing.
func (b *Backend) SayHidden() {
	err := b.notifier.Show(context.Background(), notify.Message{
		Key: "hidden", Title: "Quarterdeck goes on ringing", Urgency: notify.Normal,
		Body: "The window is hidden because something is due. Start Quarterdeck again to bring it back; quit from within.",
	})
	if err != nil {
		slog.Warn("could not say that the window is hidden", "error", err)
	}
}

// KeepWindow keeps where the window stands.
func (b *Backend) KeepWindow(w workspace.Window) error {
	if b.cockpit.Drills {
		return nil // that of the incidents stays where it was
	}
	b.changing.Lock()
	defer b.changing.Unlock()
	b.mu.Lock()
	s := b.settings
	b.mu.Unlock()
	if s.Window == w {
		return nil
	}
	s.Window = w
	return b.keepSettings(s)
}
