package story_test

import (
	"testing"

	"quarterdeck/internal/account"
	"quarterdeck/internal/incident"
)

// Each story is carried to the day on which it is closed, with nothing left, and every
// minute of it is booked once: what people were there is what the phases until resolved
// come to, but for reacting to the alert, which comes before anybody was.
func TestStoriesAreCarriedThroughCleanupCostAndMetrics(t *testing.T) {
	for _, name := range []string{"gitlab-2017", "well-managed", "checkout"} {
		t.Run(name, func(t *testing.T) {
			p := full(t, name)
			if p.state.Phase != incident.PhaseClosed {
				t.Fatalf("it ends in %s", p.state.Phase)
			}
			for _, todo := range p.state.Cleanup(p.kit) {
				if todo.Open() {
					t.Errorf("%q is open: %s", todo.Text, todo.Word)
				}
			}
			now := p.records[len(p.records)-1].RecordedAt
			l := account.LedgerOf(p.Incident, p.records, p.kit, now)
			var minutes, amount, before, reacting int64
			for _, line := range l.Lines {
				minutes, amount = minutes+line.Minutes, amount+line.Amount
				if line.Minutes < 0 || line.Amount < 0 {
					t.Errorf("%s took %d minutes", line.Phase.ID, line.Minutes)
				}
				if !line.Phase.After {
					before += line.Minutes
				}
				if line.Phase.ID == "reacting" || line.Phase.ID == "leaving" {
					reacting += line.Minutes
				}
			}
			if minutes != l.Minutes || amount != l.Amount || before != l.Before {
				t.Errorf("the lines come to %d minutes and %d, the whole to %d and %d", minutes, amount, l.Minutes, l.Amount)
			}
			if present := (l.Present + 30_000) / 60_000; before-reacting < present-1 || before-reacting > present+1 { // the whole is rounded once
				t.Errorf("%d minutes until it was resolved, and people were there for %d", before-reacting, present)
			}
			f := account.FactsOf(p.Incident, p.records, now)
			for _, span := range [][2]incident.Milestone{{incident.Started, incident.Mitigated}, {incident.Acknowledged, incident.ResolvedAt}} {
				if ms, _, ok := f.Span(span[0], span[1]); !ok || ms <= 0 {
					t.Errorf("from %s to %s it took %d ms", span[0], span[1], ms)
				}
			}
		})
	}
}
