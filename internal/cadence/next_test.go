package cadence_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/incident"
)

// acts are the kinds and subjects of what to do at some milliseconds after noon.
func (l *live) acts(after int64) []string {
	var out []string
	for _, a := range cadence.Acts(l.state(), l.kit, noon+after) {
		s := string(a.Kind)
		if a.Subject != "" && a.Kind != cadence.ActNothing {
			s += " " + a.Subject
		}
		out = append(out, s)
	}
	return out
}

func TestActsInTheirOrder(t *testing.T) {
	boxed := &incident.ActionOpened{Text: "look", Owner: ben, Minutes: 5}
	checked := func(items ...string) []incident.Event {
		var out []incident.Event
		for _, i := range items {
			out = append(out, &incident.ItemChecked{Item: i, State: incident.ItemDone})
		}
		return out
	}
	items := []string{"killer declare.killer", "item declare.plain", "item declare.second", "nothing"}
	phase := func(p incident.Phase) incident.Event { return &incident.PhaseMoved{Phase: p} }
	busy := begin(t, "").on(0, boxed)
	action := busy.last().String()
	busy.on(0, &incident.CommandOffered{To: ben}).told("support", 0, 12*minute).told("customers", 0, 14*minute)
	tests := []struct {
		name  string
		given *live
		after int64
		want  []string
	}{
		{"just declared", begin(t, "SEV2"), 0, items},
		{"everything at once", busy, 12 * minute, slices.Concat([]string{
			"command " + ben.String(), "promise-late support", "promise-soon customers", "action-up " + action, "assess-late", "killer declare.killer", "role operations",
		}, items[1:])},
		{"two promises late: the older first", begin(t, "SEV2").told("customers", 0, 5*minute).told("support", 0, 4*minute), 6 * minute, slices.Concat([]string{"promise-late support", "promise-late customers"}, items)},
		{"a promise a moment before its warning", begin(t, "SEV2").told("support", 0, 20*minute).told("customers", 0, 60*minute), 16*minute - 1, slices.Concat(items[:1], []string{"role operations"}, items[1:])},
		{"a promise when its warning begins", begin(t, "SEV2").told("support", 0, 20*minute).told("customers", 0, 60*minute), 16 * minute, slices.Concat([]string{"promise-soon support"}, items[:1], []string{"role operations"}, items[1:])},
		{"an offer a moment before it waits too long", begin(t, "SEV4").on(0, &incident.CommandOffered{To: ben}), 10*minute - 1, items},
		{"an action a moment before its time is up", begin(t, "SEV4").on(0, boxed), 5*minute - 1, items},
		{"not judged: at once", begin(t, ""), 0, slices.Concat([]string{"assess"}, items)},
		{"a role before its limit", begin(t, "SEV2"), 10*minute - 1, items},
		{"the killer is done", begin(t, "SEV4").on(0, checked("declare.killer")...), 0, items[1:]},
		{"an item skipped", begin(t, "SEV4").on(0, &incident.ItemChecked{Item: "declare.killer", State: incident.ItemSkipped, Text: "n.a."}), 0, items[1:]},
		{"the list is done", begin(t, "SEV4").on(0, checked("declare.killer", "declare.plain", "declare.second")...), 0, []string{"advance assess", "nothing"}},
		{"the record has done the list", begin(t, "SEV4").on(0, phase("assess")), 0, []string{"advance communicate", "nothing"}},
		{"the list is done and a promise is late", begin(t, "SEV4").on(0, phase("assess")).told("support", 0, minute), minute, []string{"promise-late support", "nothing"}},
		{"a phase without a list", begin(t, "SEV4").on(0, phase("verify")), 0, []string{"nothing"}},
		{"resolved, all of it left", begin(t, "SEV2").told("support", 0, minute).on(0, phase("resolved")), hour, []string{"last-word support", "clean-up times", "follow-up follow-up", "clean-up impact", "retro retro", "clean-up shared", "clean-up back", "close", "nothing"}},
		{"resolved, told", begin(t, "SEV2").told("support", 0, minute).on(0, phase("resolved"), &incident.RetroPlanned{Owner: ben, Time: noon}, &incident.FollowUpAdded{Text: "x"}), hour, []string{"last-word support", "clean-up times", "clean-up impact", "clean-up shared", "clean-up back", "close", "nothing"}},
		{"resolved, nothing left", begin(t, "SEV4").on(0, phase("resolved"), &incident.FollowUpAdded{Text: "x"}, &incident.CleanupWaived{Items: []string{"times", "impact", "back"}, Reason: "a test"}), hour, []string{"close", "nothing"}},
		{"closed", begin(t, "SEV4").on(0, phase("closed"), &incident.FollowUpAdded{Text: "x"}, &incident.CleanupWaived{Items: []string{"times", "impact", "back"}, Reason: "a test"}), hour, []string{"nothing"}},
		{"closed with something left", begin(t, "SEV2").on(0, phase("closed")), hour, []string{"clean-up times", "follow-up follow-up", "clean-up impact", "retro retro", "clean-up shared", "clean-up back", "nothing"}},
		{"not declared", &live{t: t, kit: process()}, 0, []string{"nothing"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.given.acts(tt.after); !slices.Equal(got, tt.want) {
				t.Errorf("\n got %s\nwant %s", strings.Join(got, ", "), strings.Join(tt.want, ", "))
			}
		})
	}
}

// What an act says is enough to do it: the words, and by when.
func TestActsSayWhatAndWhen(t *testing.T) {
	l := begin(t, "SEV4").on(0, &incident.ActionOpened{Text: "flush the cache", Owner: ben, Minutes: 5}).told("support", 0, hour)
	as := cadence.Acts(l.state(), l.kit, noon+6*minute)
	if a := as[0]; a.Kind != cadence.ActActionUp || a.Text != "Ben: flush the cache" || a.Due != noon+5*minute {
		t.Errorf("%+v", a)
	}
	if a := as[1]; a.Kind != cadence.ActKiller || a.Text != "one person commands" || a.Due != 0 {
		t.Errorf("%+v", a)
	}
	if a := as[len(as)-1]; a.Kind != cadence.ActNothing || a.Subject != "support" || a.Due != noon+hour {
		t.Errorf("with nothing to do, the next promise is %+v", a)
	}
}

func TestThereIsAlwaysAnAct(t *testing.T) {
	for _, severity := range []string{"", "SEV1", "SEV4", "P9"} {
		for _, p := range incident.Phases {
			for _, at := range []int64{-hour, 0, hour, year9999 - noon} {
				as := begin(t, severity).on(0, &incident.PhaseMoved{Phase: p}).acts(at)
				if len(as) == 0 || as[len(as)-1] != "nothing" {
					t.Errorf("%s %s: %s", severity, p, fmt.Sprint(as))
				}
			}
		}
	}
}
