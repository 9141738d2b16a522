package incident_test

import (
	"testing"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

func TestCommandMovesByOfferAndAcceptance(t *testing.T) {
	d := declared(t)
	d.pass(hour)
	recs, err := d.try(&incident.AssignRole{Role: kit.Commander, Person: ben})
	if err != nil {
		t.Fatal(err)
	}
	if len(recs) != 3 || recs[1].Kind != "command.offered" || recs[2].Kind != "command.accepted" {
		t.Fatalf("recorded %d records", len(recs))
	}
	if a := recs[2].Event().(*incident.CommandAccepted); a.By != ben.ID || a.Term != 2 || !a.Voice {
		t.Errorf("accepted %+v", a)
	}
	c := d.state.Command
	if c.Holder != ben.ID || c.Term != 2 || c.Since != noon+hour || !c.Offered.IsZero() {
		t.Errorf("command %+v", c)
	}
	if h := d.state.Holder(kit.Commander); h.Person != ben.ID || h.Since != c.Since || d.state.Row().Commander != "Ben" {
		t.Errorf("holder %+v", h)
	}
	if _, ok := d.state.Roles[kit.Commander]; ok {
		t.Error("command is kept twice")
	}
}

// While an offer is open the one who made it commands.
func TestAnOfferMovesNothing(t *testing.T) {
	d := declared(t)
	d.append(d.now, &incident.CommandOffered{To: ben.ID})
	if c := d.state.Command; c.Holder != ana.ID || c.Term != 1 || c.Offered != ben.ID || c.Asked != noon {
		t.Errorf("command %+v", c)
	}
}

// The highest term commands; of one term, the first in fold order.
func TestTerms(t *testing.T) {
	accept := func(by incident.Person, term int) incident.Event {
		return &incident.CommandAccepted{By: by.ID, Term: term}
	}
	tests := []struct {
		name string
		then []incident.Event
		want incident.Person
		term int
	}{
		{"the next one", []incident.Event{accept(ben, 2)}, ben, 2},
		{"a stale one", []incident.Event{accept(ben, 1)}, ana, 1},
		{"none at all", []incident.Event{accept(ben, 0), accept(ben, -3)}, ana, 1},
		{"two at once: the first", []incident.Event{accept(ben, 2), accept(dee, 2)}, ben, 2},
		{"the higher one, whichever comes first", []incident.Event{accept(ben, 3), accept(dee, 2)}, ben, 3},
		{"nobody takes it", []incident.Event{&incident.CommandAccepted{Term: 9}}, ana, 1},
		{"a role of that name is not command", []incident.Event{&incident.RoleAssigned{Role: kit.Commander, Person: ben.ID}, &incident.RoleReleased{Role: kit.Commander}}, ana, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := declared(t)
			d.append(d.now, tt.then...)
			if c := d.state.Command; c.Holder != tt.want.ID || c.Term != tt.term {
				t.Errorf("%s commands in term %d", d.state.Name(c.Holder), c.Term)
			}
			if len(d.state.Roles) != 0 {
				t.Errorf("roles %v", d.state.Roles)
			}
		})
	}
}

// From the declaration on somebody commands, after every record of whatever was
// ordered, and the term never falls.
func TestExactlyOneCommands(t *testing.T) {
	for seed := range uint64(40) {
		d := run(t, seed, 60)
		var s *incident.State
		term := 0
		for n := range d.recs {
			s = incident.Fold(d.id, d.recs[:n+1])
			if s.Phase == "" || d.recs[n].Kind == "incident.declared" {
				continue // command follows the declaration in the same transaction
			}
			if s.Command.Holder.IsZero() || s.Command.Term < 1 || s.Name(s.Command.Holder) == "someone" {
				t.Fatalf("seed %d: after %d records (%s) command is %+v", seed, n+1, d.recs[n].Kind, s.Command)
			}
			if s.Command.Term < term {
				t.Fatalf("seed %d: the term fell from %d to %d", seed, term, s.Command.Term)
			}
			term = s.Command.Term
		}
	}
}
