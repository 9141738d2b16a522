package cockpit_test

import (
	"fmt"
	"testing"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// night is an incident of ten hours: 40 people, three handoffs, 1,500 records and more.
type night struct {
	*desk
	id     incident.ID
	crew   []incident.Person
	at     time.Duration
	round  int
	terms  []int
	asked  int // how often somebody was asked whether they need help
	rang   int // how often a decision rang to be checked
	actors map[incident.ID]bool
}

const tenHours = 10 * time.Hour

// begin declares it.
func begin(d *desk) *night {
	n := &night{desk: d, actors: map[incident.ID]bool{}}
	n.id = d.declare("EU card payments fail")
	for i := range 40 {
		p, err := d.Person(d.t.Context(), n.id, fmt.Sprintf("person %02d", i))
		if err != nil {
			d.t.Fatal(err)
		}
		n.crew = append(n.crew, p)
	}
	n.do(n.id, &incident.SetSeverity{Severity: "SEV1"})
	for i, role := range []string{"operations", "communications", "scribe", "expert:payments"} {
		n.do(n.id, &incident.AssignRole{Role: role, Person: n.crew[i+1]})
	}
	n.do(n.id, &incident.SetSituation{Field: "goal", Text: "EU errors below 1 % for 30 min"})
	return n
}

// by gives an order in somebody's name.
func (n *night) by(p incident.Person, cmd incident.Command) []incident.Record {
	n.t.Helper()
	recs, err := n.Do(n.t.Context(), cockpit.Order{Incident: n.id, Actor: p, Command: cmd})
	if err != nil {
		n.t.Fatalf("after %v: %T: %v", n.at, cmd, err)
	}
	n.actors[p.ID] = true
	return recs
}

// hand gives command to somebody, who says it here.
func (n *night) hand(to incident.Person) {
	n.t.Helper()
	s := n.state(n.id)
	n.by(incident.Person{ID: s.Command.Holder, Name: s.Name(s.Command.Holder)}, &incident.OfferCommand{To: to, Handover: incident.Handover{Worry: "the vendor is silent"}})
	n.by(to, &incident.AcceptCommand{Back: incident.ReadBack})
}

// pass lets four minutes of work pass: an action that is read back and done, a note each
// by two, a change with its result; now and then a decision, an idea, a question, news.
func (n *night) pass() {
	n.t.Helper()
	i := n.round
	n.round++
	p, q := n.crew[5+i%35], n.crew[5+(i*7+3)%35]
	act := n.by(n.crew[1], &incident.OpenAction{Text: fmt.Sprint("look at shard ", i), Owner: p, Minutes: 3})
	action := act[len(act)-1].ID
	n.by(p, &incident.ReadBackAction{Action: action})
	n.by(q, &incident.AddNote{Text: fmt.Sprintf("errors at %d %%, queue at %d", 40-i%40, i*13%900)})
	n.by(n.crew[i%40], &incident.AddNote{Text: "as seen from here: unchanged"})
	n.by(n.crew[(i*11)%40], &incident.AddNote{Text: fmt.Sprint("vendor ticket, entry ", i)})
	change := n.by(p, &incident.StartChange{Thing: fmt.Sprint("shard ", i), Text: "drain and restart", Undo: "start it again"})
	n.clock.Advance(2 * time.Minute)
	n.by(p, &incident.EndChange{Change: change[len(change)-1].ID, Outcome: incident.Outcomes[i%3], Text: "as measured"})
	n.by(p, &incident.CloseAction{Action: action, Result: "done"})
	if i%4 == 0 {
		n.by(n.crew[1], &incident.MakeDecision{Text: fmt.Sprint("go on with shard ", i), Basis: "errors fall", Expectation: incident.Expectation{Expect: "errors fall", Minutes: 2}})
	}
	if i%5 == 0 {
		idea := n.by(q, &incident.StateHypothesis{Text: fmt.Sprint("pool ", i, " leaks")})
		n.by(q, &incident.JudgeHypothesis{Hypothesis: idea[len(idea)-1].ID, State: incident.HypothesisRuledOut, Sort: "metric", Text: "flat since noon"})
		ask := n.by(p, &incident.AskQuestion{Text: "are refunds affected?"})
		n.by(q, &incident.AnswerQuestion{Question: ask[len(ask)-1].ID, Text: "no"})
		n.by(n.crew[2], &incident.SendUpdate{Audience: "support", State: "identified", Text: fmt.Sprint("We drain shard ", i, "."), Next: clock.Milli(n.clock.Now()) + 30*60_000, How: "copied"})
	}
	n.clock.Advance(2 * time.Minute)
	n.at += 4 * time.Minute
	s := n.state(n.id)
	for _, d := range n.due() {
		switch d.Kind {
		case cadence.Check:
			n.rang++
			id, err := incident.ParseID(d.Subject)
			if err != nil {
				n.t.Fatal(err)
			}
			n.by(n.crew[1], &incident.CheckDecision{Decision: id, Outcome: "better"})
		case cadence.Help:
			n.asked++
			n.by(incident.Person{ID: s.Command.Holder, Name: s.Name(s.Command.Holder)}, &incident.AnswerIntermission{Needs: incident.Needs[i%5 : i%5+1]})
		}
	}
	n.terms = append(n.terms, s.Command.Term)
}

// due is what is lit now.
func (n *night) due() (out []cadence.Deadline) {
	n.t.Helper()
	now := clock.Milli(n.clock.Now())
	err := n.View(n.t.Context(), n.id, func(l *cockpit.Live) error {
		for _, d := range cadence.Deadlines(l.State, l.Kit) {
			if d.Look(now) != cadence.Nominal {
				out = append(out, d)
			}
		}
		return nil
	})
	if err != nil {
		n.t.Fatal(err)
	}
	return out
}

// Ten hours, three handoffs, 40 people, 1,500 records: at every step one person commands,
// every change and decision comes to its end, help is asked for, and the cockpit that is
// opened anew says the same.
func TestTenHours(t *testing.T) {
	dir := t.TempDir()
	n := begin(sit(t, dir))
	handoffs := map[int]incident.Person{40: n.crew[10], 80: n.crew[20], 115: n.crew[30]}
	for n.at < tenHours {
		if to, ok := handoffs[n.round]; ok {
			n.hand(to)
		}
		n.pass()
	}
	s := n.state(n.id)
	if s.Entries < 1500 || len(n.actors) < 39 || s.Command.Term != 4 || s.Command.Holder != n.crew[30].ID {
		t.Errorf("%d records by %d people; %s commands in term %d", s.Entries, len(n.actors), s.Name(s.Command.Holder), s.Command.Term)
	}
	for i := 1; i < len(n.terms); i++ {
		if n.terms[i] < n.terms[i-1] {
			t.Fatalf("the term fell in round %d", i)
		}
	}
	if len(s.InFlight()) != 0 || len(s.Unchecked()) != 0 || len(s.OpenActions()) != 0 || len(s.OpenQuestions()) != 0 {
		t.Errorf("left: %d changes, %d decisions, %d actions, %d questions", len(s.InFlight()), len(s.Unchecked()), len(s.OpenActions()), len(s.OpenQuestions()))
	}
	if n.rang != (n.round+3)/4 || n.asked < 10 || n.asked > 40 {
		t.Errorf("%d decisions rang of %d; help was asked for %d times", n.rang, (n.round+3)/4, n.asked)
	}
	if d := s.Deputy(kit.Commander, clock.Milli(n.clock.Now())); !d.Person.IsZero() {
		t.Errorf("two hours after the last handoff %s is still the deputy", s.Name(d.Person))
	}
	again := sit(t, dir)
	if got := again.state(n.id); got.Entries != s.Entries || got.Command != s.Command || got.Last != s.Last {
		t.Errorf("opened anew it has %d records and %+v", got.Entries, got.Command)
	}
	err := n.View(t.Context(), n.id, func(l *cockpit.Live) error {
		if parts := compose.Briefing(l.State, l.Kit, clock.Milli(n.clock.Now())); len(parts) != 10 || len(parts[2].Lines) == 0 {
			t.Errorf("the brief has %d parts: %+v", len(parts), parts)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
