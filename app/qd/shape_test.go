package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// shape lists every path of a JSON document with the kind of its value, so that a
// renamed or vanished field is seen whatever the values are.
func shape(t *testing.T, doc string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(doc), &v); err != nil {
		t.Fatalf("%v: %s", err, doc)
	}
	seen := map[string]bool{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, sub := range v {
				walk(path+"."+k, sub)
			}
		case []any:
			seen[path+"[]"] = seen[path+"[]"] || len(v) == 0
			for _, sub := range v {
				walk(path+"[]", sub)
			}
		case string:
			kind := "text"
			if _, err := parseTime(v); err == nil {
				kind = "time"
				if !strings.HasSuffix(v, "Z") {
					kind = "time not in UTC"
				}
			}
			seen[path+" "+kind] = true
		case nil:
			seen[path+" null"] = true
		default:
			seen[fmt.Sprintf("%s %T", path, v)] = true
		}
	}
	walk("", v)
	maps.DeleteFunc(seen, func(_ string, keep bool) bool { return !keep })
	return strings.Join(slices.Sorted(maps.Keys(seen)), "\n")
}

func TestShapesThatScriptsRelyOn(t *testing.T) {
	sh := opened(t)
	sh.qd("milestone", "started", "2026-11-20T08:50:00.250Z", "--approx")
	sh.qd("role", "assign", "scribe", "dee")
	sh.qd("log", "@dee look at the replica 5m")
	sh.qd("log", "?since when")
	sh.qd("update", "--audience", "support", "--text", "We look into it.", "--next", "30m")
	sh.qd("retro", "dee", "48h")
	for _, c := range []struct{ name, got, want string }{
		{"show", sh.qd("show", "--json"), `
.actions[].due time
.actions[].id text
.actions[].owner text
.actions[].read_back null
.actions[].text text
.alarms.advisory float64
.alarms.caution float64
.alarms.minutes float64
.alarms.per_ten_minutes float64
.alarms.targets.advisory_percent_at_least float64
.alarms.targets.per_ten_minutes_at_most float64
.alarms.targets.warning_percent_at_most float64
.alarms.total float64
.alarms.warning float64
.approximate[] text
.audiences[].at time
.audiences[].audience text
.audiences[].state text
.audiences[].text text
.audiences[].told float64
.backfill bool
.cause text
.changes[]
.checklist[].id text
.checklist[].state text
.checklist[].text text
.checklist[].word text
.commander text
.criteria[].id text
.criteria[].state text
.criteria[].text text
.criteria[].word text
.decisions[]
.details.environments[]
.details.invited[]
.details.regions[]
.details.reporter text
.details.services[]
.details.source text
.details.summary text
.details.thread text
.details.video text
.drill bool
.follow_ups float64
.goal text
.hypotheses[]
.id text
.impact text
.into text
.links[]
.measures[]
.milestones.acknowledged time
.milestones.assessed time
.milestones.closed null
.milestones.declared time
.milestones.detected null
.milestones.mitigated null
.milestones.resolved null
.milestones.started time
.phase text
.phase_since time
.playbooks[]
.promises[].audience text
.promises[].due time
.promises[].first bool
.provisional bool
.questions[].at time
.questions[].id text
.questions[].text text
.records float64
.ref text
.retrospective.owner text
.retrospective.time time
.ringing bool
.roles[].holder text
.roles[].name text
.roles[].role text
.roles[].since time
.security bool
.severity text
.term float64
.title text
.type text
.unfilled[] text
.url text`},
		{"timeline", sh.qd("timeline", "--json"), `
[].actor text
[].at time
[].id text
[].kind text
[].mark text
[].recorded_at time
[].silent bool
[].text text`},
		{"list", sh.qd("list", "--json"), `
[].backfill bool
[].commander text
[].declared time
[].id text
[].open bool
[].phase text
[].provisional bool
[].records float64
[].ref text
[].resolved null
[].ringing bool
[].security bool
[].severity text
[].title text
[].type text`},
		{"search", sh.qd("search", "replica", "--json"), `
[].actor text
[].at time
[].incident text
[].kind text
[].record text
[].ref text
[].snippet text`},
		{"verify", sh.qd("verify", "--json"), `
.first_bad null
.incidents float64
.ok bool
.records float64`},
		{"note", sh.qd("note", "hello", "--json"), `
.actor text
.at time
.id text
.incident text
.kind text
.mark text
.phase text
.recorded_at time
.records[].actor text
.records[].at time
.records[].id text
.records[].kind text
.records[].mark text
.records[].recorded_at time
.records[].text text
.ref text
.ringing bool
.severity text
.text text`},
	} {
		if got, want := shape(t, c.got), strings.TrimSpace(c.want); got != want {
			t.Errorf("%s has the shape\n%s\nwant\n%s", c.name, got, want)
		}
	}
	declared, shown := ask[map[string]any](sh, "declare", "--title", "Another"), ask[map[string]any](sh, "show", "INC-1")
	sh.same(slices.Sorted(maps.Keys(declared)), slices.Sorted(maps.Keys(shown)), "fields of declare, as of show")
}
