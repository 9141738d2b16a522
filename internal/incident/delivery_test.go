package incident_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

func TestTheStatesOfADeliveryAreFrozen(t *testing.T) {
	if got := fmt.Sprint(incident.DeliveryStates); got != "[queued sending unknown held failed sent superseded cancelled]" {
		t.Errorf("they are %s", got)
	}
}

// What is over stays over, and from what may have been posted nothing leads straight to
// being posted again but through a reading of the receiver's history or a person.
func TestWhatMayFollowWhat(t *testing.T) {
	for _, from := range incident.DeliveryStates {
		for _, to := range incident.DeliveryStates {
			switch {
			case from.Over() && from.Leads(to):
				t.Errorf("%s is over and leads to %s", from, to)
			case to == incident.DeliverySending && from.Leads(to) != (from == incident.DeliveryQueued):
				t.Errorf("%s leads to sending: %v", from, from.Leads(to))
			case from == incident.DeliverySending && (to == incident.DeliverySuperseded || to == incident.DeliveryCancelled) && from.Leads(to):
				t.Errorf("what is being sent cannot be %s", to)
			}
		}
		if !from.Over() && from != incident.DeliverySending && !from.Leads(incident.DeliveryCancelled) {
			t.Errorf("a person cannot drop what is %s", from)
		}
	}
}

func TestAnUpdateByARouteHasNotLeftWhenItIsWritten(t *testing.T) {
	d := declared(t)
	recs, err := d.try(&incident.SendUpdate{Audience: "support", State: "investigating", Text: "we look", Next: noon + hour, Route: "chat", Rows: 2})
	if err != nil {
		t.Fatal(err)
	}
	u := recs[len(recs)-1]
	if e, ok := u.Event().(*incident.UpdateRequested); !ok || e.Route != "chat" || d.state.Audiences["support"].Told != 0 {
		t.Fatalf("%#v, told %d", u.Event(), d.state.Audiences["support"].Told)
	}
	row := incident.Delivery{ID: number(70), Record: u.ID, Audience: "support", Route: "chat"}
	settle := func(s incident.DeliveryState, why string) {
		row.State, row.Why = s, why
		d.must(&incident.SettleDelivery{Delivery: row})
	}
	settle(incident.DeliveryHeld, "it may have been posted")
	settle(incident.DeliveryFailed, "no right to")
	settle(incident.DeliveryCancelled, "dropped")
	if _, open := d.state.Updates[u.ID]; !open {
		t.Error("one of its two messages can still leave")
	}
	settle(incident.DeliverySent, "")
	if a := d.state.Audiences["support"]; a.Told != 1 || a.Promise.Due != noon+hour {
		t.Errorf("it left: %+v", a)
	}
	settle(incident.DeliverySent, "")
	if a := d.state.Audiences["support"]; a.Told != 1 {
		t.Errorf("it was told once, not %d times", a.Told)
	}
}

func TestNothingOfABackfillOrADrillLeaves(t *testing.T) {
	for name, change := range map[string]func(*incident.Declared){
		"entered afterwards": func(e *incident.Declared) { e.Backfill = true },
		"drill":              func(e *incident.Declared) { e.Drill = true },
	} {
		d := declared(t)
		change(&d.state.Declared)
		for _, cmd := range []incident.Command{
			&incident.SendUpdate{Audience: "support", State: "investigating", Text: "x", Route: "chat"},
			&incident.RequestPosts{Posts: []incident.PostRequested{{Post: "channel", Route: "chat"}}},
		} {
			if f := d.refused(cmd, fault.Refused, ""); !strings.Contains(f.Message, name) || f.Hint == "" {
				t.Errorf("%T: %v", cmd, f)
			}
		}
		d.must(&incident.SendUpdate{Audience: "support", State: "investigating", Text: "x", How: "phone"})
	}
}

// A drill's messages leave by routes for drills alone, incidents' never by those, and
// every text of a drill says what it is, once.
func TestWhatADrillSaysIsMarked(t *testing.T) {
	d := declared(t)
	if d.state.Sendable(true) || !d.state.Sendable(false) {
		t.Error("an incident leaves by the routes for drills")
	}
	d.state.Declared.Drill = true
	if !d.state.Sendable(true) || d.state.Sendable(false) {
		t.Error("a drill leaves by the routes of incidents")
	}
	for _, text := range []string{"cards fail", "[DRILL] cards fail"} {
		d.must(&incident.SendUpdate{Audience: "support", State: "investigating", Text: text, Route: "chat", Drills: true})
		u := d.recs[len(d.recs)-1].Event().(*incident.UpdateRequested)
		if u.Text != "[DRILL] cards fail" {
			t.Errorf("%q leaves as %q", text, u.Text)
		}
	}
	d.must(&incident.RequestPosts{Posts: []incident.PostRequested{{Post: "channel", Route: "chat"}}, Drills: true})
}

func TestAMarkedMessageComesInOnce(t *testing.T) {
	d := declared(t)
	m := incident.MarkMessage{MessageMarked: incident.MessageMarked{Route: "chat", Remote: "C1/17.1", Author: "Ana", Text: "it is the cache", How: "pin"}}
	d.must(&m)
	d.refused(&m, fault.Conflict, "")
}

func TestAChannelIsKnownOnceItIsOpen(t *testing.T) {
	d := declared(t)
	r := d.must(&incident.RequestPosts{Posts: []incident.PostRequested{{Post: incident.PostChannel, Route: "chat", Text: "inc-1"}}})
	if d.state.Channel.Remote != "" || len(d.state.Posts) != 1 {
		t.Errorf("asked for: %+v", d.state.Channel)
	}
	row := incident.Delivery{ID: number(70), Record: r.ID, Route: "chat", State: incident.DeliverySent, Remote: "C1", Link: "https://chat.example/C1"}
	d.must(&incident.SettleDelivery{Delivery: row, How: "#inc-1"})
	want := incident.Channel{Route: "chat", Remote: "C1", Link: "https://chat.example/C1", Name: "#inc-1"}
	if d.state.Channel != want || len(d.state.Posts) != 0 {
		t.Errorf("it is %+v", d.state.Channel)
	}
}

func TestRowsBelongToTheRecordsThatAskForThem(t *testing.T) {
	d := declared(t)
	recs, err := d.try(&incident.RequestPosts{Posts: []incident.PostRequested{{Post: "a", Route: "chat"}, {Post: "b", Route: "chat"}}})
	if err != nil {
		t.Fatal(err)
	}
	recs = recs[len(recs)-2:]
	rows := incident.Attach(make([]incident.Delivery, 3), []int{1, 0, 1}, recs)
	got := []incident.ID{rows[0].Record, rows[1].Record, rows[2].Record}
	if !slices.Equal(got, []incident.ID{recs[1].ID, recs[0].ID, recs[1].ID}) {
		t.Errorf("they belong to %v", got)
	}
}
