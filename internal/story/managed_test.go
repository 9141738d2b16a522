package story_test

import (
	"testing"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

func TestPromisesAreKeptInGoodOrder(t *testing.T) {
	for _, name := range []string{"well-managed", "checkout"} {
		t.Run(name, func(t *testing.T) {
			p := full(t, name)
			kept := 0
			for i := range p.records { // what stood just before each record was written
				s := incident.Fold(p.Incident, p.records[:i])
				for _, d := range cadence.Deadlines(s, p.kit) {
					if d.Kind != cadence.Promise {
						continue
					}
					kept++
					if now := p.records[i].RecordedAt; d.Due < now {
						t.Errorf("%s was promised a word %d min before %s", d.Subject, (now-d.Due)/60_000, p.records[i].Kind)
					}
				}
			}
			if kept == 0 {
				t.Error("nothing was promised")
			}
		})
	}
}

func TestWellManagedHandsCommandOver(t *testing.T) {
	p := full(t, "well-managed")
	if p.state.Command.Term != 2 || p.Commander.Name != "next commander" {
		t.Errorf("term %d, %s commands", p.state.Command.Term, p.Commander.Name)
	}
	if p.state.Roles["operations"].Person == p.state.Command.Holder {
		t.Error("who commands works on the cause as well")
	}
	for _, c := range p.state.Gate(p.kit).Criteria {
		if c.State != incident.ExitMet {
			t.Errorf("%q is %s", c.Text, c.State)
		}
	}
	if owed := p.state.Gate(p.kit).Owed; len(owed) != 0 {
		t.Errorf("no last word to %v", owed)
	}
}
