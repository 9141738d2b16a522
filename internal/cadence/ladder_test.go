package cadence_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

func TestRungsAndLooks(t *testing.T) {
	const due = 20 * minute
	promise := cadence.Deadline{Kind: cadence.Promise, From: noon, Early: noon + 16*minute, Due: noon + due}
	type step struct {
		at   int64 // after noon
		rung int
		look cadence.Look
	}
	tests := []struct {
		name  string
		d     cadence.Deadline
		steps []step
	}{
		{"a promise", promise, []step{
			{0, -1, "nominal"}, {16*minute - 1, -1, "nominal"}, {16 * minute, 0, "caution"}, {due - 1, 0, "caution"},
			{due, 1, "warning"}, {due + 2*minute - 1, 1, "warning"}, {due + 2*minute, 2, "warning"}, {due + 5*minute - 1, 2, "warning"},
			{due + 5*minute, 3, "warning"}, {due + 10*minute - 1, 3, "warning"}, {due + 10*minute, 4, "warning"}, {due + 15*minute, 5, "warning"},
			{due + 65*minute, 15, "warning"}, {-hour, -1, "nominal"},
		}},
		{"a short promise", cadence.Deadline{Kind: cadence.Promise, From: noon, Early: noon, Due: noon + minute}, []step{
			{-1, -1, "nominal"}, {0, 0, "caution"}, {minute - 1, 0, "caution"}, {minute, 1, "warning"},
		}},
		{"an offer of command", cadence.Deadline{Kind: cadence.Command, From: noon, Early: noon + due, Due: noon + due}, []step{
			{due - 1, -1, "nominal"}, {due, 1, "warning"}, {due + 2*minute, 2, "warning"}, {due + 5*minute, 3, "warning"}, {due + 10*minute, 4, "warning"},
		}},
		{"an action", cadence.Deadline{Kind: cadence.Action, Early: noon + due, Due: noon + due}, []step{
			{due - 1, -1, "nominal"}, {due, 1, "caution"}, {due + hour, 1, "caution"},
		}},
		{"long on duty", cadence.Deadline{Kind: cadence.Duty, Early: noon + due, Due: noon + hour + due}, []step{
			{due - 1, -1, "nominal"}, {due, -1, "advisory"}, {hour + due - 1, -1, "advisory"}, {hour + due, 1, "caution"}, {9 * hour, 1, "caution"},
		}},
		{"a role", cadence.Deadline{Kind: cadence.Role, Early: noon + due, Due: noon + due}, []step{{due - 1, -1, "nominal"}, {due, 1, "caution"}}},
		{"the assessment", cadence.Deadline{Kind: cadence.Assess, Early: noon + due, Due: noon + due}, []step{{due - 1, -1, "nominal"}, {due, 1, "caution"}}},
	}
	for _, tt := range tests {
		for _, s := range tt.steps {
			if got := tt.d.Rung(noon + s.at); got != s.rung {
				t.Errorf("%s: rung %d at %d, want %d", tt.name, got, s.at, s.rung)
			}
			if got := tt.d.Look(noon + s.at); got != s.look {
				t.Errorf("%s: %s at %d, want %s", tt.name, got, s.at, s.look)
			}
		}
	}
	if cadence.Silent != -1 || cadence.RungSoon != 0 || cadence.RungDue != 1 || cadence.RungTwo != 2 || cadence.RungFive != 3 {
		t.Error("rungs stand in a table that outlives the program")
	}
}

func TestLooksInOrder(t *testing.T) {
	looks := []cadence.Look{cadence.Nominal, cadence.Advisory, cadence.Caution, cadence.Warning}
	for i, l := range looks {
		if l.Level() != i {
			t.Errorf("%s is at %d", l, l.Level())
		}
	}
}

// anyDeadlines are the deadlines of a random incident.
func anyDeadlines(t *testing.T, r *rand.Rand) []cadence.Deadline {
	severity := []string{"", "SEV1", "SEV2", "SEV3"}[r.IntN(4)]
	l := begin(t, severity)
	for range r.IntN(6) {
		at := r.Int64N(2 * hour)
		switch r.IntN(5) {
		case 0:
			l.told("support", at, at+r.Int64N(hour)-minute)
		case 1:
			l.on(at, &incident.SeveritySet{Severity: []string{"SEV1", "SEV2", "SEV3"}[r.IntN(3)]})
		case 2:
			l.on(at, &incident.ActionOpened{Text: "x", Owner: ben, Minutes: r.IntN(90)})
		case 3:
			l.on(at, &incident.CommandOffered{To: ben})
		case 4:
			l.on(at, &incident.PromiseMoved{Audience: "customers", Next: noon + at + r.Int64N(hour)})
		}
	}
	return l.deadlines()
}

// From one Next to the next one nothing changes, and at each of them something does.
func TestNextIsWhenSomethingChanges(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	steps := 0
	for range 400 {
		for _, d := range anyDeadlines(t, r) {
			now := noon - hour
			for range 12 {
				next := d.Next(now)
				if next == 0 {
					break
				}
				steps++
				if next <= now {
					t.Fatalf("%+v: after %d comes %d", d, now, next)
				}
				for _, at := range []int64{now + 1, now + (next-now)/2, next - 1} {
					if at > now && at < next && (d.Look(at) != d.Look(now) || d.Rung(at) != d.Rung(now)) {
						t.Fatalf("%+v: it changed at %d, between %d and %d", d, at, now, next)
					}
				}
				if d.Look(next) == d.Look(next-1) && d.Rung(next) == d.Rung(next-1) {
					t.Fatalf("%+v: nothing changes at %d", d, next)
				}
				if d.Rung(next) < d.Rung(now) || d.Look(next).Level() < d.Look(now).Level() {
					t.Fatalf("%+v: it becomes less urgent by waiting", d)
				}
				now = next
			}
		}
	}
	if steps < 5000 {
		t.Errorf("only %d steps", steps)
	}
}

// A deadline that warns rings again for ever; one that only cautions rings once.
func TestNextEndsForCautions(t *testing.T) {
	for _, kind := range []cadence.Kind{cadence.Promise, cadence.Command, cadence.Action, cadence.Assess, cadence.Role, cadence.Duty} {
		d := cadence.Deadline{Kind: kind, From: noon, Early: noon + minute, Due: noon + 2*minute}
		next := d.Next(noon + 10*hour)
		if warns := kind == cadence.Promise || kind == cadence.Command; warns != (next != 0) {
			t.Errorf("%s: %d", kind, next)
		}
	}
}

// Clocks that are far off, and times from a foreign hand, neither loop nor panic.
func TestFarAway(t *testing.T) {
	d := begin(t, "SEV2").told("support", 0, 30*minute).find(cadence.Promise, "support")
	for _, now := range []int64{year9999, 1 << 55} {
		if d.Look(now) != cadence.Warning || d.Rung(now) < 1_000_000 {
			t.Errorf("at %d: %s, rung %d", now, d.Look(now), d.Rung(now))
		}
		if next := d.Next(now); next <= now || next > now+5*minute {
			t.Errorf("after %d comes %d", now, next)
		}
	}
	if next := d.Next(-year9999); next != d.Early {
		t.Errorf("long before, the next instant is %d", next)
	}
	extremes := []int64{math.MinInt64, -1, 0, 1, noon, year9999, math.MaxInt64 - 1, math.MaxInt64}
	for _, due := range extremes {
		l := begin(t, "SEV1").on(0, &incident.PromiseMoved{Audience: "support", Next: due}, &incident.ActionOpened{Owner: ben, Minutes: int(due)})
		for _, now := range extremes {
			cadence.Acts(l.state(), l.kit, now)
			for _, d := range l.deadlines() {
				d.Look(now)
				d.Rung(now)
				if next := d.Next(now); next != 0 && next <= now {
					t.Errorf("%s due %d: after %d comes %d", d.Kind, d.Due, now, next)
				}
			}
		}
	}
}
