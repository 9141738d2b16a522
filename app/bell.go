package app

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
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
type bell struct {
	*Backend
	worst   cadence.Look // of what rang in this tick and is to be heard
	of      incident.ID
	waiting []bubble // to be shown when the tick has rung
	many    bool     // one bubble stands for many cautions
}

// bubble is one that waits for the end of its tick, so that of several one sounds.
type bubble struct {
	look cadence.Look
	many bool // it stands for many
	mute bool
	show func(sound bool)
}

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
// commander looks at the window, and many at once need no more than one.
func (b *bell) Ring(ctx context.Context, d cadence.Deadline, rung int, before cadence.Ring, shown func(uint32, string)) {
	now := b.now()
	look := d.Look(now)
	if d.Kind == cadence.Away && len(b.panel.elsewhere(incident.ID{}, now)) > 0 {
		return // what came due meanwhile rings already, and the card says it all
	}
	seen := b.panel.seen(&d, now)
	mute := b.alerts().Silent != 0 || seen != 0 && now-seen < hold
	many := look == cadence.Caution && b.panel.flooded(&d)
	if many {
		mute = mute || b.many
	}
	if !mute && look.Level() > b.worst.Level() {
		b.worst, b.of = look, d.Incident
	}
	b.mu.Lock()
	watched := b.focused && look != cadence.Warning
	b.mu.Unlock()
	if watched {
		b.many = b.many || many
		return
	}
	if many {
		b.showMany(ctx, mute)
		return
	}
	m := b.message(ctx, d, now)
	ctx = context.WithoutCancel(ctx) // at the end, too, the book shall know what stands on the desktop
	b.waiting = append(b.waiting, bubble{look, false, mute, func(sound bool) {
		if sound {
			m.Sound = map[bool]string{true: soundWarning, false: soundCaution}[look == cadence.Warning]
		}
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
	}})
}

// Rang sounds once for everything that rang in a tick: in a page where one can sound,
// else with the most urgent bubble.
func (b *bell) Rang(context.Context) {
	b.mu.Lock()
	page := b.audible
	b.mu.Unlock()
	if b.worst.Level() > 0 {
		b.stream.say(Notify{Ring: &RingView{b.of.String(), string(b.worst)}})
	}
	loudest := -1
	for i, w := range b.waiting {
		if !page && !w.mute && (loudest < 0 || w.look.Level() > b.waiting[loudest].look.Level()) {
			loudest = i
		}
	}
	for i, w := range b.waiting {
		w.show(i == loudest)
	}
	b.worst, b.of, b.waiting = "", incident.ID{}, nil
}

// message words a bubble.
func (b *bell) message(ctx context.Context, d cadence.Deadline, now int64) notify.Message {
	m := notify.Message{Key: d.Topic(), Urgency: notify.Normal}
	if d.Look(now) == cadence.Warning {
		m.Urgency = notify.Critical
	}
	if d.Kind == cadence.Promise {
		m.Actions = []notify.Action{{ID: pressWrite, Label: "Write update"}}
		if d.Snoozes < incident.MaxSnoozes {
			m.Actions = append(m.Actions, notify.Action{ID: pressSnooze, Label: "Snooze 5 min"})
		}
	}
	switch d.Kind {
	case cadence.Log:
		m.Title, m.Body = "The log cannot be written", "Quarterdeck says why, and keeps what is typed until it can."
		return m
	case cadence.Away:
		m.Title, m.Body = "You were away", "Quarterdeck lists what came due meanwhile."
		return m
	}
	err := b.cockpit.View(ctx, d.Incident, func(l *cockpit.Live) error {
		m.Title, m.Body = compose.Alert(l.State, l.Kit, d, now)
		return nil
	})
	if err != nil { // it rings all the same
		slog.Error("the words of a notification", "deadline", d.Key, "error", err)
		m.Title, m.Body = "Something is due", "Quarterdeck says what."
	}
	return m
}

// manyKey names the bubble that stands for many cautions.
const manyKey = "flood"

// showMany shows, or brings up to date, the one bubble for many cautions.
func (b *bell) showMany(ctx context.Context, mute bool) {
	m := notify.Message{Key: manyKey, Urgency: notify.Normal, Title: fmt.Sprintf("%d things are due", b.panel.floods()), Body: "Quarterdeck lists them."}
	ctx = context.WithoutCancel(ctx)
	b.many = true
	b.waiting = slices.DeleteFunc(b.waiting, func(w bubble) bool {
		mute = mute && (!w.many || w.mute) // the first of this tick may sound
		return w.many
	})
	b.waiting = append(b.waiting, bubble{cadence.Caution, true, mute, func(sound bool) {
		if sound {
			m.Sound = soundCaution
		}
		b.errands.add(&b.done, m.Key, func() {
			if err := b.notifier.Show(ctx, m); err != nil {
				slog.Warn("no notification", "of", manyKey, "error", err)
			}
		})
	}})
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

// Changed takes in what is lit and refreshes the incidents that look different. With
// several under way each shows what is urgent in the others.
func (b *bell) Changed(ctx context.Context, ds []cadence.Deadline, wall int64) {
	b.panel.lit(ctx, ds, wall)
	if b.many && b.panel.floods() == 0 {
		b.many = false
		b.errands.add(&b.done, manyKey, func() {
			if err := b.notifier.Withdraw(context.WithoutCancel(ctx), manyKey); err != nil {
				slog.Warn("a notification stays on the desktop", "of", manyKey, "error", err)
			}
		})
	}
	looks, all := map[string]cadence.Look{}, map[string]bool{}
	for i := range ds {
		if look := ds[i].Look(wall); look != cadence.Nominal {
			looks[ds[i].Key] = look
		}
		if !ds[i].Incident.IsZero() {
			all[ds[i].Incident.String()] = true
		}
	}
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
	if len(touched) > 0 {
		maps.Copy(touched, all)
	}
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
			if d.Look(j.To).Level() < cadence.Caution.Level() {
				continue // nothing to be done about it
			}
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
