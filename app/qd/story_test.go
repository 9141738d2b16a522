package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestWellManagedIncident walks through a long outage that goes as it should, with
// the commands that people would type: command is taken over early so that whoever
// repairs can repair, the same list of people hears from one voice, what was tried is
// written down, tired people are relieved with a briefing, and the half that comes
// after "resolved" is done as well. People are called by what they do.
func TestWellManagedIncident(t *testing.T) {
	sh := newShell(t)
	const engineer, commander, developer = "on-call engineer", "commander", "database developer"
	const relief, night = "relief commander", "night engineer"
	say := func(who string, line string) { t.Helper(); sh.qd("log", "--as", who, "--", line) }
	tell := func(who, next, text string, more ...string) {
		t.Helper()
		for _, audience := range []string{"leadership", "support"} { // the list that was agreed in calm
			sh.qd(slices.Concat([]string{"update", "INC-1", "--as", who, "--audience", audience, "--how", "mail", "--text", text}, more, nextFlag(next))...)
		}
	}

	// A quiet morning. One data centre stops answering; the pager finds the engineer.
	v := ask[incidentView](sh, "declare", "--as", engineer, "--title", "A data centre does not answer", "--severity", "SEV3", "--source", "alert",
		"--started-at", "2026-11-20T08:52:00Z", "--detected-at", "2026-11-20T08:55:00Z", "--service", "storage")
	sh.same([]any{v.Commander, v.Phase, *v.Milestones["detected"]}, []any{engineer, "declare", "2026-11-20T08:55:00Z"}, "at the start")
	sh.clock.Advance(4 * time.Minute)
	say(engineer, "-1m second alert: another data centre does not answer either")
	say(engineer, "!ask a colleague to command because two at once need both hands")

	// A second person commands; the first goes on looking.
	sh.qd("role", "assign", "--as", commander, "commander", commander)
	sh.qd("role", "assign", "--as", commander, "operations", engineer)
	v = ask[incidentView](sh, "show")
	sh.same([]any{v.Commander, v.Term, v.Roles[1].Holder}, []any{commander, 2, engineer}, "who does what")

	// Run through it together, judge it, write it down, tell the list.
	sh.qd("phase", "assess", "--as", commander)
	say(commander, "/impact Nobody notices yet: the others carry the load. With a third one gone, users would")
	say(commander, "/goal Two data centres back, and the third one kept")
	sh.qd("severity", "2", "--as", commander, "--reason", "one more fault hurts everybody")
	sh.qd("check", "assess.trend", "done", "--as", commander, "--reason", "since 08:52, getting worse")
	sh.qd("phase", "communicate", "--as", commander)
	tell(commander, "30m", "Two data centres are down. Nobody outside notices yet; they would if a third one fails.")
	sh.same(len(ask[incidentView](sh, "show").Audiences), 2, "audiences that were told")

	// The third alert: it is what they had said it would be.
	sh.clock.Advance(11 * time.Minute)
	say(engineer, "third alert: a third data centre is gone")
	sh.qd("severity", "1", "--as", commander)
	say(commander, "/impact Users cannot read or save")
	tell(commander, "30m", "A third data centre is down and users cannot read or save. A database developer joins.")
	sh.qd("phase", "staff", "--as", commander)
	sh.qd("role", "assign", "--as", commander, "expert", developer)
	sh.qd("role", "assign", "--as", commander, "communications", "support lead")
	if v = ask[incidentView](sh, "show"); len(v.Unfilled) != 0 {
		t.Errorf("nobody does %v", v.Unfilled)
	}

	// The expert reads the log, sets the order, and works. Three fixes do not help.
	sh.qd("phase", "investigate", "--as", commander)
	sh.qd("note", "--as", developer, "--kind", "hypothesis", "the storage layer waits for a lock that nobody gives back")
	for i, fix := range []string{"restart the lock service", "move the traffic away", "raise the limits of the pool"} {
		w := ask[written](sh, "log", "--as", commander, `@"`+developer+`" `+fix+" 20m")
		sh.clock.Advance(25 * time.Minute)
		sh.has(sh.qd("show"), "5 min late")
		sh.qd("action", w.ID, "done", "--as", developer, "--result", "did not help")
		tell(commander, "2h", "Fix number "+string(rune('1'+i))+" did not help. We go on.")
	}
	sh.same(len(ask[incidentView](sh, "show").Actions), 0, "open actions")

	// Evening. Fresh people are found, briefed on a call, and take over; the old ones go home.
	sh.clock.Advance(7 * time.Hour)
	say(commander, "!hand over to the night team because these people have worked all day")
	say(commander, "video call with the night team: state, what was tried, who does what, when the next update is due")
	sh.qd("role", "assign", "--as", relief, "commander", relief)
	sh.qd("role", "assign", "--as", relief, "operations", night)
	sh.qd("role", "release", "--as", relief, "expert")
	v = ask[incidentView](sh, "show")
	sh.same([]any{v.Commander, v.Term}, []any{relief, 3}, "after the handoff")
	tell(relief, "4h", "The night team has taken over. Users still cannot save everywhere.")

	// Night: a way is found. Nothing counts as resolved before it is shown to be.
	sh.qd("phase", "mitigate", "--as", relief)
	say(night, "!start the lock service from the last good copy because its log ends in the middle but the last minute of locks is lost")
	sh.clock.Advance(2 * time.Hour)
	sh.qd("phase", "verify", "--as", relief)
	if f := sh.refuses(failed, "phase", "resolved", "--as", relief); f.Field != "reason" || !strings.Contains(f.Message, "still open") {
		t.Errorf("the exit is guarded: %+v", f)
	}
	sh.clock.Advance(time.Hour)
	for _, c := range ask[incidentView](sh, "show").Criteria {
		sh.qd("exit", c.ID, "met", "--as", night, "--reason", "looked at by the night engineer")
	}
	sh.qd("phase", "resolved", "--as", relief)
	tell(relief, "", "Everything works again since the night.", "--phase", "resolved")
	if v = ask[incidentView](sh, "show", "INC-1"); len(v.Promises) != 0 || v.Ringing != nil {
		t.Errorf("nothing is due any more: %+v", v.Promises)
	}

	// The next morning the first engineer finds it resolved, and looks after the rest.
	sh.clock.Advance(9 * time.Hour)
	if f := sh.refuses(failed, "phase", "INC-1", "closed", "--as", engineer); !strings.Contains(f.Message, "follow-up") || !strings.Contains(f.Message, "retrospective") {
		t.Errorf("it is not closed before it is cleaned up: %+v", f)
	}
	sh.qd("retro", "INC-1", engineer, "2026-11-23T10:00:00Z", "--as", commander)
	for _, text := range []string{"alert when the lock service falls behind", "write down how to start it from a copy"} {
		sh.qd("note", "--incident", "INC-1", "--kind", "followup", "--as", engineer, text)
	}
	sh.qd("phase", "INC-1", "closed", "--as", engineer, "--reason", "the rest comes after the retrospective")

	v = ask[incidentView](sh, "show", "INC-1")
	sh.same([]any{v.Phase, v.FollowUps, v.Retro.Owner, v.Retro.Time}, []any{"closed", 2, engineer, "2026-11-23T10:00:00Z"}, "at the end")
	last := ""
	for _, m := range []string{"started", "detected", "declared", "mitigated", "resolved", "closed"} {
		at := ask[struct{ Milestones map[string]*string }](sh, "show", "INC-1").Milestones[m]
		if at == nil || *at < last {
			t.Fatalf("%s lies wrong: %v after %s", m, at, last)
		}
		last = *at
	}
	sh.same(ask[[]rowView](sh, "list", "--open"), []rowView{}, "open incidents")
	sh.has(flat(sh.qd("timeline", "INC-1")), engineer+": second alert", "decision: hand over to the night team", "because these people have worked all day",
		"Done: restart the lock service – did not help", relief+" takes command")

	// What was lived through can be read, and taken along whole.
	for _, format := range []string{"md", "html"} {
		doc := sh.qd("export", "INC-1", "--format", format)
		sh.has(doc, "A data centre does not answer", "restart the lock service", "did not help", "start the lock service from the last good copy", "alert when the lock service falls behind")
	}
	file := filepath.Join(t.TempDir(), "INC-1.json")
	sh.qd("export", "INC-1", "--format", "json", "-o", file)
	other := sh.elsewhere()
	in := ask[imported](other, "import", file)
	sh.same([]any{in.New, in.Ref}, []any{v.Records, "INC-1"}, "what came in")
	for _, args := range [][]string{{"show", "INC-1"}, {"timeline", "INC-1"}, {"verify"}, {"export", "INC-1"}} {
		args = append(args, "--json")
		sh.same(other.qd(args...), sh.qd(args...), strings.Join(args, " "))
	}
	if v := ask[verdict](other, "verify"); !v.OK || v.Records != in.Records {
		t.Errorf("%+v", v)
	}
	if info, err := os.Stat(file); err != nil || info.Size() == 0 {
		t.Error(err)
	}
}

func nextFlag(next string) []string {
	if next == "" {
		return nil
	}
	return []string{"--next", next}
}
