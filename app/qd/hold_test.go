package main

import (
	"strings"
	"testing"
)

func TestPlaybooksInAShell(t *testing.T) {
	sh := opened(t)
	list := ask[[]playbookView](sh, "playbook", "list")
	if len(list) < 2 || list[0].ID != "certificate" || !list[0].Fits || len(list[0].Warnings) != 2 || len(list[0].Steps) < 5 {
		t.Fatalf("%+v", list)
	}
	sh.has(sh.qd("playbook", "list"), "roll-back", "careful: nobody has worked through it yet", "for any service")
	sh.has(sh.qd("playbook", "start", "roll-back"), "Playbook started: Roll back the last change, 8 steps")
	if f := sh.refuses(failed, "playbook", "start", "roll-back"); f.Code != "conflict" {
		t.Errorf("started twice: %+v", f)
	}
	if f := sh.refuses(failed, "playbook", "start", "nothing"); f.Code != "not_found" || f.Hint == "" {
		t.Errorf("one that is not there: %+v", f)
	}
	sh.qd("check", "roll-back/1", "done", "--reason", "build 8842, 13:40")
	v := ask[incidentView](sh, "show", "INC-1")
	if len(v.Playbooks) != 1 || v.Playbooks[0].Steps[0].State != "done" || v.Playbooks[0].Steps[0].Word != "build 8842, 13:40" || v.Playbooks[0].Steps[1].State != "open" {
		t.Fatalf("%+v", v.Playbooks)
	}
	sh.has(sh.qd("show", "INC-1"), "Playbook", "1 of 8", "roll-back/2")
	sh.qd("check", "roll-back", "skip", "--reason", "it was the network")
	if v := ask[incidentView](sh, "show", "INC-1"); len(v.Playbooks) != 0 {
		t.Errorf("left, it still runs: %+v", v.Playbooks)
	}
}

func TestLinksInAShell(t *testing.T) {
	sh := opened(t)
	sh.qd("declare", "--title", "Nobody can pay")
	sh.qd("declare", "--title", "Odd log-ins", "--security")
	sh.has(sh.qd("merge", "INC-1", "INC-2"), "Merged into INC-2, where it goes on: Nobody can pay")
	one, two := ask[incidentView](sh, "show", "INC-1"), ask[incidentView](sh, "show", "INC-2")
	if one.Into != "INC-2" || len(one.Promises) != 0 || len(two.Links) != 1 || two.Links[0].How != "home" || len(two.Promises) == 0 {
		t.Fatalf("%+v\n%+v", one, two)
	}
	for _, row := range ask[[]rowView](sh, "list", "--open") {
		if row.Ref == "INC-1" {
			t.Error("merged, it is listed as open")
		}
	}
	if f := sh.refuses(failed, "merge", "INC-2", "INC-1"); f.Code != "conflict" || f.Hint == "" {
		t.Errorf("each goes on in the other: %+v", f)
	}
	sh.qd("merge", "INC-1", "INC-2", "--undo")
	one = ask[incidentView](sh, "show", "INC-1")
	if one.Into != "" || len(one.Promises) == 0 || len(ask[incidentView](sh, "show", "INC-2").Links) != 0 {
		t.Errorf("taken back: %+v", one)
	}
	sh.qd("link", "INC-1", "INC-3")
	if out := sh.qd("timeline", "INC-1"); strings.Contains(out, "Odd log-ins") || !strings.Contains(out, "Related to INC-3") {
		t.Errorf("what is private is told: %s", out)
	}
	sh.qd("duplicate", "INC-1", "INC-2")
	if v := ask[incidentView](sh, "show", "INC-1"); v.Into != "INC-2" || len(v.Links) != 2 {
		t.Errorf("%+v", v.Links)
	}
	if f := sh.refuses(failed, "link", "INC-1", "INC-9"); f.Code != "not_found" {
		t.Errorf("%+v", f)
	}
}

func TestSoaksAndMeasuresInAShell(t *testing.T) {
	sh := opened(t)
	sh.has(sh.qd("soak", "start"), "Holds from now on: Measures normal for 15 minutes")
	if f := sh.refuses(failed, "exit", "measures", "met"); f.Field != "state" || !strings.Contains(f.Message, "15 min") {
		t.Errorf("met before its time: %+v", f)
	}
	sh.has(sh.qd("soak", "dip", "5xx at 3 %"), "It dipped, and its time runs anew", "5xx at 3 %")
	sh.has(sh.qd("log", "/dip a second one"), "a second one")
	sh.has(sh.qd("show", "INC-1"), "measures: holds, until")
	sh.qd("exit", "measures", "waive", "--reason", "seen on another graph")
	sh.qd("measure", "take", "writes to search are off", "--owner", "ben", "--until", "48h")
	sh.qd("log", "/temp @dee 7d two more nodes")
	list := ask[[]measureView](sh, "measure", "list")
	if len(list) != 2 || list[0].Owner != "ben" || list[1].Owner != "dee" || list[1].Text != "two more nodes" || list[0].Ended != nil {
		t.Fatalf("%+v", list)
	}
	if f := sh.refuses(failed, "measure", "extend", list[0].ID, "--until", "72h"); f.Field != "reason" {
		t.Errorf("another end without a reason: %+v", f)
	}
	sh.qd("measure", "end", list[0].ID, "--result", "writes are on")
	sh.has(sh.qd("show", "INC-1"), "Temporary", "two more nodes")
	if list := ask[[]measureView](sh, "measure", "list"); list[1].Ended == nil || list[1].Result != "writes are on" {
		t.Errorf("%+v", list)
	}
	if f := sh.refuses(failed, "measure", "take", "x", "--until", "-1h"); f.Field != "ends" {
		t.Errorf("an end in the past: %+v", f)
	}
	for _, line := range []string{"/temp two more nodes", "/temp @dee soon x", "/playbook"} {
		if f := sh.refuses(failed, "log", line); f.Field != "text" || f.Hint == "" {
			t.Errorf("%s: %+v", line, f)
		}
	}
}
