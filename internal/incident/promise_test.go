package incident_test

import (
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

func TestSendUpdate(t *testing.T) {
	in := noon + 30*minute
	base := incident.SendUpdate{Audience: "support", State: "investigating", Text: "we look", Next: in}
	with := func(change func(*incident.SendUpdate)) *incident.SendUpdate {
		c := base
		change(&c)
		return &c
	}
	tests := []struct {
		name  string
		phase incident.Phase
		cmd   *incident.SendUpdate
		field string // refused
	}{
		{name: "with a next time", cmd: &base},
		{name: "without", cmd: with(func(c *incident.SendUpdate) { c.Next = 0 })},
		{name: "to nobody", cmd: with(func(c *incident.SendUpdate) { c.Audience = "" }), field: "audience"},
		{name: "to whom the kit does not know", cmd: with(func(c *incident.SendUpdate) { c.Audience = "press" }), field: "audience"},
		{name: "in no state", cmd: with(func(c *incident.SendUpdate) { c.State = "fixed" }), field: "phase"},
		{name: "without words", cmd: with(func(c *incident.SendUpdate) { c.Text = "\u200b" }), field: "text"},
		{name: "a novel", cmd: with(func(c *incident.SendUpdate) { c.Text = repeat("x", incident.MaxText+1) }), field: "text"},
		{name: "a novel about how", cmd: with(func(c *incident.SendUpdate) { c.How = repeat("x", 201) }), field: "how"},
		{name: "promised for now", cmd: with(func(c *incident.SendUpdate) { c.Next = noon }), field: "next"},
		{name: "promised for the past", cmd: with(func(c *incident.SendUpdate) { c.Next = noon - hour }), field: "next"},
		{name: "promised for a month ahead", cmd: with(func(c *incident.SendUpdate) { c.Next = noon + 30*day })},
		{name: "promised for later", cmd: with(func(c *incident.SendUpdate) { c.Next = noon + 30*day + 1 }), field: "next"},
		{name: "promised for the year 9999", cmd: with(func(c *incident.SendUpdate) { c.Next = year9999 }), field: "next"},
		{name: "resolved, which it is not", cmd: with(func(c *incident.SendUpdate) { c.State, c.Next = "resolved", 0 }), field: "phase"},
		{name: "resolved", phase: "resolved", cmd: with(func(c *incident.SendUpdate) { c.State, c.Next = "resolved", 0 })},
		{name: "resolved, more to come", phase: "resolved", cmd: with(func(c *incident.SendUpdate) { c.State = "resolved" }), field: "next"},
		{name: "watching after the end", phase: "resolved", cmd: with(func(c *incident.SendUpdate) { c.State, c.Next = "monitoring", 0 })},
		{name: "a promise that nothing would remind of", phase: "resolved", cmd: with(func(c *incident.SendUpdate) { c.State = "monitoring" }), field: "next"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := declared(t)
			if tt.phase != "" {
				d.must(&incident.MovePhase{Phase: tt.phase, Reason: "so it is"})
			}
			if tt.field != "" {
				d.refused(tt.cmd, fault.Invalid, tt.field)
				return
			}
			recs, err := d.try(tt.cmd)
			if err != nil {
				t.Fatal(err)
			}
			if len(recs) != 2 || recs[1].Event().(*incident.DeliveryConfirmed).Update != recs[0].ID {
				t.Fatalf("%d records", len(recs))
			}
			want := incident.Audience{Told: 1, At: noon, Text: "we look", State: tt.cmd.State, Promise: incident.Promise{Due: tt.cmd.Next, From: noon}}
			if got := d.state.Audiences["support"]; got != want || len(d.state.Updates) != 0 {
				t.Errorf("kept %+v, want %+v", got, want)
			}
		})
	}
}

// A promise counts from when the update was said, also when it is entered later.
func TestAnUpdateEnteredLater(t *testing.T) {
	d := declared(t)
	d.pass(hour)
	if _, err := d.at(noon+minute, &incident.SendUpdate{Audience: "support", State: "investigating", Text: "x", Next: noon + 20*minute, How: "phone"}); err != nil {
		t.Fatal(err)
	}
	if got := d.state.Audiences["support"].Promise; got != (incident.Promise{Due: noon + 20*minute, From: noon + minute}) {
		t.Errorf("promised %+v", got)
	}
	// What was said before that is known now, but it is not the last word.
	if _, err := d.at(noon, &incident.SendUpdate{Audience: "support", State: "identified", Text: "first", Next: noon + 5*minute}); err != nil {
		t.Fatal(err)
	}
	a := d.state.Audiences["support"]
	if a.Told != 2 || a.Text != "x" || a.State != "investigating" || a.Promise.Due != noon+20*minute {
		t.Errorf("an older update took the place of a newer one: %+v", a)
	}
}

// Two updates are under way; the older one leaves last.
func TestAnOlderUpdateThatLeavesLater(t *testing.T) {
	d := declared(t)
	first := d.append(noon, &incident.UpdateRequested{Audience: "support", State: "investigating", Text: "one", Next: noon + 10*minute, Route: "chat"})[0]
	d.pass(minute)
	second := d.append(d.now, &incident.UpdateRequested{Audience: "support", State: "identified", Text: "two", Next: noon + 20*minute, Route: "chat"})[0]
	if len(d.state.Updates) != 2 || d.state.Audiences["support"].Told != 0 {
		t.Errorf("nothing has left yet: %s", asJSON(t, d.state.Audiences))
	}
	d.append(d.now, &incident.DeliveryConfirmed{Update: second.ID, Route: "chat"})
	d.append(d.now, &incident.DeliveryConfirmed{Update: first.ID, Route: "chat"})
	d.append(d.now, &incident.DeliveryConfirmed{Update: first.ID, Route: "chat"}, &incident.DeliveryConfirmed{Update: number(3), Route: "chat"})
	a := d.state.Audiences["support"]
	if a.Told != 2 || a.Text != "two" || a.Promise.Due != noon+20*minute || len(d.state.Updates) != 0 {
		t.Errorf("%+v", a)
	}
}

func TestMovePromise(t *testing.T) {
	d := declared(t)
	d.must(&incident.SendUpdate{Audience: "support", State: "investigating", Text: "x", Next: noon + 10*minute})
	d.pass(9 * minute)
	d.must(&incident.MovePromise{Audience: "support", Next: noon + 30*minute, Reason: "still working"})
	a := d.state.Audiences["support"]
	if a.Promise != (incident.Promise{Due: noon + 30*minute, From: noon + 9*minute}) || a.Told != 1 || a.Text != "x" {
		t.Errorf("%+v", a)
	}
	d.must(&incident.MovePromise{Audience: "customers", Next: noon + 30*minute})
	if a := d.state.Audiences["customers"]; a.Told != 0 || a.Promise.Due != noon+30*minute {
		t.Errorf("who was not told yet: %+v", a)
	}
	d.refused(&incident.MovePromise{Audience: "press", Next: noon + 30*minute}, fault.Invalid, "audience")
	d.refused(&incident.MovePromise{Audience: "support"}, fault.Invalid, "next")
	d.refused(&incident.MovePromise{Audience: "support", Next: noon}, fault.Invalid, "next")
	d.refused(&incident.MovePromise{Audience: "support", Next: year9999}, fault.Invalid, "next")
	d.refused(&incident.MovePromise{Audience: "support", Next: noon + hour, Reason: repeat("x", 2001)}, fault.Invalid, "reason")
	// A promise moved in the past does not undo what was said since.
	if _, err := d.at(noon+minute, &incident.MovePromise{Audience: "support", Next: noon + 15*minute}); err != nil {
		t.Fatal(err)
	}
	if got := d.state.Audiences["support"].Promise.Due; got != noon+30*minute {
		t.Errorf("due %d", got)
	}
	d.must(&incident.MovePhase{Phase: "resolved", Reason: "it is"})
	d.refused(&incident.MovePromise{Audience: "support", Next: noon + hour}, fault.Conflict, "")
}

func TestSnoozeAtMostTwice(t *testing.T) {
	d := declared(t)
	d.must(&incident.Snooze{Deadline: "promise/a", Minutes: 5})
	first := d.state.Snoozes["promise/a"]
	if first.Until != noon+5*minute || first.Count != 1 || first.Why {
		t.Errorf("%+v", first)
	}
	d.pass(5 * minute)
	second := d.must(&incident.Snooze{Deadline: "promise/a", Minutes: 5})
	f := d.refused(&incident.Snooze{Deadline: "promise/a", Minutes: 5}, fault.Refused, "")
	if f.Hint == "" {
		t.Error("it does not say what to do instead")
	}
	d.must(&incident.Snooze{Deadline: "promise/b", Minutes: 30}) // another deadline
	d.must(&incident.ExplainSnooze{Deadline: "promise/a", Text: "on the phone"})
	if z := d.state.Snoozes["promise/a"]; !z.Why || z.Count != 2 || z.ID != second.ID {
		t.Errorf("%+v", z)
	}
	if z := d.state.Snoozes["promise/b"]; z.Why {
		t.Error("the reason counts for another deadline")
	}
	d.must(&incident.Undo{Record: second})
	d.must(&incident.Snooze{Deadline: "promise/a", Minutes: 1})
	for _, tt := range []struct {
		cmd   incident.Command
		code  fault.Code
		field string
	}{
		{&incident.Snooze{Minutes: 5}, fault.Invalid, "deadline"},
		{&incident.Snooze{Deadline: repeat("x", 301), Minutes: 5}, fault.Invalid, "deadline"},
		{&incident.Snooze{Deadline: "c"}, fault.Invalid, "minutes"},
		{&incident.Snooze{Deadline: "c", Minutes: 31}, fault.Invalid, "minutes"},
		{&incident.Snooze{Deadline: "c", Minutes: -5}, fault.Invalid, "minutes"},
		{&incident.ExplainSnooze{Deadline: "c", Text: "x"}, fault.NotFound, ""},
		{&incident.ExplainSnooze{Deadline: "promise/b"}, fault.Invalid, "reason"},
	} {
		d.refused(tt.cmd, tt.code, tt.field)
	}
}

// A snooze silences from now on, whatever time the order is about.
func TestASnoozeRunsFromNow(t *testing.T) {
	d := declared(t)
	d.pass(hour)
	if _, err := d.at(noon, &incident.Snooze{Deadline: "a", Minutes: 5}); err != nil {
		t.Fatal(err)
	}
	if got := d.state.Snoozes["a"].Until; got != noon+hour+5*minute {
		t.Errorf("until %d", got)
	}
}
