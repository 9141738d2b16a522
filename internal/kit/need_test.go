package kit_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/kit"
)

// A kit says when somebody may need help; where it says nothing it is as usual.
func TestAKitSaysWhenSomebodyMayNeedHelp(t *testing.T) {
	var k kit.Kit
	n := k.Needs()
	if n.Stuck("mitigate") != 30 || n.Stuck("verify") != 60 || n.Promise != 5 || n.Duty != 120 || n.Again != 30 {
		t.Errorf("as usual: %+v", n)
	}
	k.Need = kit.Need{Phase: 20, Phases: []kit.Stuck{{Phase: "mitigate", Minutes: 90}}, Again: 15}
	if n = k.Needs(); n.Stuck("mitigate") != 90 || n.Stuck("verify") != 20 || n.Duty != 120 || n.Again != 15 {
		t.Errorf("its own: %+v", n)
	}
}

func TestMistakesInWhenSomebodyMayNeedHelp(t *testing.T) {
	for where, n := range map[string]kit.Need{
		"need.phase:":             {Phase: -1},
		"need.duty:":              {Duty: kit.MaxMinutes + 1},
		"need.again:":             {Again: 1},
		"need.phases[0].phase:":   {Phases: []kit.Stuck{{Phase: "resolved", Minutes: 5}}},
		"need.phases[1].phase:":   {Phases: []kit.Stuck{{Phase: "assess", Minutes: 5}, {Phase: "assess", Minutes: 6}}},
		"need.phases[0].minutes:": {Phases: []kit.Stuck{{Phase: "assess"}}},
	} {
		k := kit.Kit{Need: n}
		found := false
		for _, p := range k.Check() {
			found = found || strings.HasPrefix(p.String(), where) && p.Hint != ""
		}
		if !found {
			t.Errorf("nobody names %s in %+v", where, n)
		}
	}
}
