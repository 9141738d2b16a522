package app

import (
	"context"
	"log/slog"
	"strings"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/notify"
	"quarterdeck/internal/schedule"
)

// bell makes the schedule heard: on the desktop, in the pages, on the station.
type bell struct{ *Backend }

// Actions on a notification.
const (
	pressWrite  = "write"
	pressSnooze = "snooze"
	pressOpen   = "default" // a click on the bubble itself
)

// snoozeFor is how long a press silences, in minutes.
const snoozeFor = 5

// sounds by urgency, from the XDG sound naming specification.
const (
	soundWarning = "dialog-warning"
	soundCaution = "message-new-instant"
)

// Ring shows a bubble and sounds in the pages. A caution needs no bubble while the
// commander looks at the window.
func (b *bell) Ring(ctx context.Context, d cadence.Deadline, rung int, before cadence.Ring, shown func(uint32, string)) {
	now := b.now()
	look := d.Look(now)
	silent := b.alerts().Silent != 0
	if !silent {
		b.stream.say(Notify{Ring: &RingView{d.Incident.String(), string(look)}})
	}
	b.mu.Lock()
	watched := b.focused && look != cadence.Warning
	b.mu.Unlock()
	if watched {
		return
	}
	m := notify.Message{Key: d.Topic(), Urgency: notify.Normal}
	if look == cadence.Warning {
		m.Urgency = notify.Critical
	}
	if !silent {
		m.Sound = map[bool]string{true: soundWarning, false: soundCaution}[look == cadence.Warning]
	}
	if d.Kind == cadence.Promise {
		m.Actions = []notify.Action{{ID: pressWrite, Label: "Write update"}}
		if d.Snoozes < incident.MaxSnoozes {
			m.Actions = append(m.Actions, notify.Action{ID: pressSnooze, Label: "Snooze 5 min"})
		}
	}
	err := b.cockpit.View(ctx, d.Incident, func(l *cockpit.Live) error {
		m.Title, m.Body = compose.Alert(l.State, l.Kit, d, now)
		return nil
	})
	if err != nil { // it rings all the same
		slog.Error("the words of a notification", "deadline", d.Key, "error", err)
		m.Title, m.Body = "Something is due", "Quarterdeck says what."
	}
	ctx = context.WithoutCancel(ctx) // at the end, too, the book shall know what stands on the desktop
	b.errands.add(&b.done, m.Key, func() {
		b.notifier.Adopt(m.Key, before.Bubble, before.Server)
		if err := b.notifier.Show(ctx, m); err != nil { // the banner, the title and the tone still carry it; the link cell says so
			slog.Warn("no notification", "deadline", d.Key, "rung", rung, "error", err)
		}
		if id, server, ok := b.notifier.Shown(m.Key); ok {
			shown(id, server)
		}
		b.stream.station()
	})
}

// Quiet takes the bubble of a topic away.
func (b *bell) Quiet(ctx context.Context, topic string, last cadence.Ring) {
	ctx = context.WithoutCancel(ctx)
	b.errands.add(&b.done, topic, func() {
		b.notifier.Adopt(topic, last.Bubble, last.Server)
		if err := b.notifier.Withdraw(ctx, topic); err != nil {
			slog.Warn("a notification stays on the desktop", "topic", topic, "error", err)
		}
	})
}

// Changed refreshes the incidents whose deadlines look different.
func (b *bell) Changed(_ context.Context, looks map[string]cadence.Look) {
	b.mu.Lock()
	old := b.looks
	b.looks = looks
	b.mu.Unlock()
	touched := map[string]bool{}
	differ := func(a, b map[string]cadence.Look) {
		for key, look := range a {
			if b[key] != look {
				touched[incidentOf(key)] = true
			}
		}
	}
	differ(looks, old)
	differ(old, looks)
	for text := range touched {
		if id, err := incident.ParseID(text); err == nil && !id.IsZero() {
			b.stream.touch(id)
		}
	}
	b.stream.station()
}

// incidentOf is the incident in a deadline's key: kind/incident/subject/due.
func incidentOf(key string) string {
	parts := strings.SplitN(key, "/", 3)
	if len(parts) < 3 {
		return ""
	}
	return parts[1]
}

// awayFrom is how long a jump must be before the commander is shown a card.
const awayFrom = 60_000 // ms

// stepFrom is how far the clock must have been set before it is a record.
const stepFrom = 5 * 60_000 // ms

// Jumped shows what was missed, and records that the clock was set.
func (b *bell) Jumped(ctx context.Context, j schedule.Jump) {
	slog.Info("the clock jumped", "slept", j.Slept, "ms", j.By)
	if !j.Slept && (j.By >= stepFrom || j.By <= -stepFrom) {
		b.recordStep(ctx, j.By)
	}
	if j.By >= awayFrom || j.By <= -awayFrom {
		v := &AwayView{From: j.From, To: j.To, Slept: j.Slept, Came: []AwayItem{}}
		for _, d := range j.Passed {
			v.Came = append(v.Came, b.awayItem(ctx, d, j.To))
		}
		b.mu.Lock()
		if old := b.away; old != nil { // not read yet: one card for both
			v.From, v.Came, v.Slept = old.From, append(old.Came, v.Came...), old.Slept || v.Slept
		}
		b.away = v
		b.mu.Unlock()
	}
	b.stream.station()
}

func (b *bell) awayItem(ctx context.Context, d cadence.Deadline, now int64) AwayItem {
	item := AwayItem{Incident: d.Incident.String(), Kind: string(d.Kind), Subject: d.Subject, Due: d.Due, Look: string(d.Look(now))}
	err := b.cockpit.View(ctx, d.Incident, func(l *cockpit.Live) error {
		item.Ref = l.State.Declared.Ref
		for _, a := range l.State.Actions {
			if a.ID.String() == d.Subject {
				item.Text = l.State.Name(a.Owner) + ": " + a.Text
			}
		}
		return nil
	})
	if err != nil {
		slog.Warn("while-away card", "error", err)
	}
	return item
}

func (b *bell) recordStep(ctx context.Context, by int64) {
	me, err := b.me()
	if err != nil {
		slog.Warn("clock step not recorded", "error", err)
		return
	}
	open, err := b.store.Open(ctx)
	for _, r := range open {
		if mine, e := b.store.Mine(ctx, r.ID); e == nil && mine {
			_, err = b.cockpit.Do(ctx, cockpit.Order{Incident: r.ID, Actor: me, Command: &incident.NoteStep{By: by}})
		}
	}
	b.fault("clock", err)
}

// Failed puts a tick that could not do its work on screen.
func (b *bell) Failed(_ context.Context, err error) { b.fault("alarms", err) }

// presses carries out what is pressed on notifications.
func (b *Backend) presses(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case p, ok := <-b.notifier.Presses():
			if !ok {
				return
			}
			b.pressed(ctx, p)
		}
	}
}

// pressed opens what a bubble is about, or silences it.
func (b *Backend) pressed(ctx context.Context, p notify.Press) {
	parts := strings.SplitN(p.Key, "/", 3)
	if len(parts) < 3 { // the bubble says that the window is hidden: bring it back
		parts = []string{"", "", ""}
	}
	show := &ShowView{Incident: parts[1]}
	var trouble error
	switch {
	case p.Action == pressSnooze:
		trouble = b.snoozeTopic(ctx, p.Key)
	case parts[0] == string(cadence.Promise) && (p.Action == pressWrite || p.Action == pressOpen):
		show.Sheet, show.Audience = "update", parts[2]
	}
	b.fault("snooze", trouble) // of this press: an older one is history
	if p.Action == pressSnooze && trouble == nil {
		return
	}
	b.stream.say(Notify{Show: show})
}

func (b *Backend) snoozeTopic(ctx context.Context, topic string) error {
	ds, err := b.cockpit.Deadlines(ctx)
	if err != nil {
		return err
	}
	me, err := b.me()
	if err != nil {
		return err
	}
	for _, d := range ds {
		if d.Topic() == topic {
			_, err := b.cockpit.Do(ctx, cockpit.Order{Incident: d.Incident, Actor: me, Command: &incident.Snooze{Deadline: d.Key, Minutes: snoozeFor}})
			return err
		}
	}
	return fault.New(fault.NotFound, "nothing is due there any more")
}
