package main

import "testing"

// A second change on the same thing is refused before anybody hears of it, unless it is
// made anyway.
func TestChangesInFlight(t *testing.T) {
	sh := opened(t)
	sh.has(sh.qd("change", "start", "EU gateway", "roll", "back", "8842", "--by", "ben", "--undo", "deploy 8842"), "ben changes EU gateway: roll back 8842")
	before := len(ask[[]recordView](sh, "timeline"))
	if f := sh.refuses(failed, "change", "start", "gateway", "drain it"); f.Field != "anyway" || f.Hint == "" {
		t.Errorf("%+v", f)
	}
	sh.same(len(ask[[]recordView](sh, "timeline")), before, "records after the refusal")
	sh.qd("change", "start", "gateway", "drain it", "--anyway")
	list := ask[[]changeView](sh, "change", "list")
	sh.same([]any{len(list), list[0].Thing, list[0].By}, []any{2, "EU gateway", "ben"}, "in flight")
	sh.refuses(misuse, "change", "end", list[0].ID, "great")
	sh.has(sh.qd("change", "end", list[0].ID, "better", "--result", "errors at 1 %"), "Better: EU gateway: roll back 8842")
	sh.has(sh.qd("show"), "In flight", "drain it")
	sh.same(len(ask[incidentView](sh, "show").Changes), 1, "in flight afterwards")
	sh.has(sh.qd("log", "/changed gateway worse 12 % now"), "Worse: gateway")
	sh.refuses(failed, "log", "/changed gateway better")
	sh.has(sh.qd("log", "/change cache: flush it"), "changes cache: flush it")
}

func TestADecisionIsChecked(t *testing.T) {
	sh := opened(t)
	sh.qd("note", "--kind", "decision", "--basis", "errors since 8842", "--expect", "errors below 1 %", "--check", "5", "--objections", "none", "roll back")
	d := ask[incidentView](sh, "show").Decisions
	sh.same([]any{len(d), d[0].Text, d[0].Expect}, []any{1, "roll back", "errors below 1 %"}, "to be checked")
	sh.has(sh.qd("show"), "To check", "roll back")
	sh.has(sh.qd("decision", "check", d[0].ID, "better", "0.4", "%"), "Better: roll back", "0.4 %")
	sh.same(len(ask[incidentView](sh, "show").Decisions), 0, "to be checked afterwards")
	sh.qd("log", "!fail over to Frankfurt because the EU is down")
	sh.has(sh.qd("log", "/expect orders flow again 10m"), "orders flow")
	sh.same(len(ask[incidentView](sh, "show").Decisions), 1, "to be checked")
	sh.has(sh.qd("log", "/check same nothing moved"), "Same: fail over to Frankfurt")
	sh.refuses(misuse, "note", "--kind", "note", "--check", "5", "x")
}

func TestHypotheses(t *testing.T) {
	sh := opened(t)
	sh.qd("hypothesis", "add", "the", "new", "build")
	sh.qd("log", "/hypothesis the database")
	list := ask[[]hypothesisView](sh, "hypothesis", "list")
	sh.qd("hypothesis", "evidence", list[0].ID, "8842 at 13:41", "--sort", "change")
	sh.qd("hypothesis", "confirm", list[0].ID, "gone after the roll-back", "--sort", "metric")
	sh.has(sh.qd("hypothesis", "rule-out", list[1].ID, "no slow query"), "Ruled out: the database", "no slow query")
	sh.refuses(misuse, "hypothesis", "confirm", list[1].ID)
	list = ask[[]hypothesisView](sh, "hypothesis", "list")
	sh.same([]any{list[0].State, len(list[0].Evidence), list[1].State}, []any{"confirmed", 2, "ruled-out"}, "how they stand")
	sh.has(sh.qd("hypothesis", "list"), "confirmed", "change: 8842 at 13:41")
}

// Whom to call is known without a network, with numbers.
func TestDoINeedHelp(t *testing.T) {
	sh := opened(t)
	sh.qd("people", "add", "Eve Stone", "--phone", "+49 30 1234")
	sh.has(sh.qd("need"), "Not sure how to fix it", "Eve Stone · +49 30 1234")
	sh.has(sh.qd("need", "--yes", "how,hands"), "Help is needed: not sure how to fix it", "Eve Stone")
	sh.has(sh.qd("need", "--no"), "Do we need help? No")
	sh.refuses(misuse, "need", "--no", "--yes", "how")
	sh.refuses(failed, "need", "--yes", "tea")
	sh.has(sh.qd("log", "/need no"), "Do we need help? No")
}

func TestATeamReportsToItsLead(t *testing.T) {
	sh := opened(t)
	sh.qd("role", "assign", "operations", "ben")
	sh.qd("log", "@chi look at the cache 5m")
	sh.has(sh.qd("team", "chi", "ben"), "chi reports to ben")
	sh.refuses(failed, "team", "ben", "chi")
	sh.has(sh.qd("team", "chi", "-"), "chi reports to the commander")
	a := ask[incidentView](sh, "show").Actions[0]
	if a.Back != nil {
		t.Errorf("read back at %v", *a.Back)
	}
	sh.has(sh.qd("action", a.ID, "read-back"), "Read back: look at the cache")
	if ask[incidentView](sh, "show").Actions[0].Back == nil {
		t.Error("it was read back")
	}
}
