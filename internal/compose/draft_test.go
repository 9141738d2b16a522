package compose_test

import (
	"regexp"
	"strings"
	"testing"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// known is an incident of which everything is known that a draft can use.
func known(t *testing.T) *desk {
	d := declared(t, func(e *incident.Declared) { e.Severity = "SEV2"; e.Started = noon - 16*minute })
	d.do(&incident.SetSituation{Field: "impact", Text: "customers in the EU cannot pay by card."})
	d.do(&incident.SetSituation{Field: "goal", Text: "errors under 1 % for 30 min"})
	d.do(&incident.CheckItem{Item: "assess.who", State: incident.ItemDone, Text: "some"})
	d.do(&incident.OpenAction{Text: "Roll back 8842 in EU.", Owner: ben, Minutes: 10})
	return d
}

func TestDraft(t *testing.T) {
	d := known(t)
	next := noon + 30*minute
	draft := func(audience string, state incident.PublicState) string {
		return compose.Draft(d.state, d.kit, audience, state, next, d.now)
	}
	check := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", what, got, want)
		}
	}
	check("first, outside", draft("customers", ""),
		"We know of a problem and are looking into it. Customers in the EU cannot pay by card. Next update by 12:30 UTC.")
	check("first, inside", draft("leadership", ""),
		"INC-7 SEV2: Checkout fails for EU customers. Affected: some users. Effect: customers in the EU cannot pay by card. Since 11:44 UTC. Commander: Ana. Next update by 12:30 UTC.")

	d.tell("customers", incident.Investigating, draft("customers", ""), next)
	d.tell("leadership", incident.Investigating, "first", next)
	d.pass(10 * minute)
	check("nothing new", draft("customers", ""),
		"We are still working on this. There is nothing new to report since 12:00 UTC. Next update by 12:30 UTC.")

	d.do(&incident.SetSituation{Field: "impact", Text: "About 38 % of EU customers cannot pay by card. Wallets work. Build 8842 is suspected. Ben saw it on db-01."})
	check("scope", draft("customers", ""),
		"We now know more about the problem. About 38 % of EU customers cannot pay by card. Wallets work. Affected: some users. Next update by 12:30 UTC.")

	d.tell("customers", incident.Investigating, "scope", next)
	d.pass(minute)
	d.do(&incident.MovePhase{Phase: incident.PhaseMitigate})
	check("progress", draft("customers", ""),
		"We are working on the problem. About 38 % of EU customers cannot pay by card. Wallets work. We are putting a measure in place. Next update by 12:30 UTC.")
	check("progress, inside", draft("responders", ""),
		"INC-7 SEV2: Checkout fails for EU customers. Impact: About 38 % of EU customers cannot pay by card. Wallets work. Build 8842 is suspected. Ben saw it on db-01. Since 11:44 UTC. Commander: Ana. Say what you see and change nothing unasked. Next update by 12:30 UTC.")

	d.pass(minute)
	d.do(&incident.SetSeverity{Severity: "SEV1", Reason: "growing"})
	if got := draft("leadership", ""); !strings.HasPrefix(got, "INC-7 is now SEV1.") {
		t.Error("inside, a worse severity is what to say:", got)
	}
	if got := draft("customers", ""); strings.Contains(got, "SEV1") {
		t.Error("outside, a severity is not said:", got)
	}

	d.pass(30 * minute) // 12:42: late
	next = noon + 60*minute
	check("late", draft("customers", incident.Monitoring),
		"A measure is in place and the service is recovering. We are watching it. We said 12:30 UTC; this is late. Next update by 13:00 UTC.")

	d.do(&incident.MovePhase{Phase: incident.PhaseVerify})
	if got := draft("leadership", ""); !strings.Contains(got, "Relief came at 12:42 UTC.") {
		t.Error("watching:", got)
	}
	d.do(&incident.JudgeExit{Criterion: "user-path", State: incident.ExitMet})
	d.do(&incident.MovePhase{Phase: incident.PhaseResolved, Reason: "agreed"})
	next = 0
	check("resolved", draft("customers", ""),
		"This is resolved. The problem lasted from 11:44 UTC to 12:42 UTC. If something still looks wrong, please tell us. We are sorry.")
	check("resolved, inside", draft("responders", ""),
		"INC-7 is resolved. Resolved at 12:42 UTC. It lasted 58 min. Exit criteria met: 1 of 6, 5 waived. Clean-up and retrospective follow. Thank you.")
}

func TestDraftOfASecurityIncidentTellsOutsidersNothing(t *testing.T) {
	d := declared(t, func(e *incident.Declared) {
		e.Title, e.Impact, e.Type, e.Security = "Customer records were read", "names and addresses", "security", true
	})
	d.do(&incident.CheckItem{Item: "assess.who", State: incident.ItemDone, Text: "all of a certain bank"})
	d.do(&incident.SetSituation{Field: "goal", Text: "close the hole"})
	for _, state := range incident.PublicStates {
		for _, audience := range []string{"customers", "partners", "an audience that the kit does not know"} {
			got := compose.Draft(d.state, d.kit, audience, state, noon+hour, noon)
			for _, word := range []string{"records", "names", "bank", "hole", "Ana"} {
				if strings.Contains(got, word) {
					t.Errorf("%s, %s: says %q: %s", audience, state, word, got)
				}
			}
		}
	}
}

// Whatever is known or not, a draft is whole sentences without blanks.
func TestDraftAlwaysReadsWell(t *testing.T) {
	bare := regexp.MustCompile(`[{}]|\.\.|  | [.,;:]|: \.|someone|\n`)
	for name, d := range map[string]*desk{"known": known(t), "bare": declared(t, nil)} {
		for _, told := range []bool{false, true} {
			for _, a := range d.kit.Audiences {
				if told {
					d.tell(a.ID, incident.Investigating, "x", d.now+minute)
				}
				for _, state := range append(incident.PublicStates, "") {
					for _, next := range []int64{0, d.now + hour} {
						for _, now := range []int64{d.now, d.now + 2*minute} {
							got := compose.Draft(d.state, d.kit, a.ID, state, next, now)
							if got == "" || bare.MatchString(got) || !strings.HasSuffix(got, ".") {
								t.Errorf("%s, %s, %s: %q", name, a.ID, state, got)
							}
						}
					}
				}
			}
		}
	}
}

// A kit may lack templates, or have some that cannot be filled.
func TestDraftIsNeverEmpty(t *testing.T) {
	d := known(t)
	for _, text := range []string{"", "{workaround}.", "{nonsense}", "{id} {workaround}. {duration}!"} {
		k := &kit.Kit{Audiences: []kit.Audience{{ID: "customers", Outside: true}, {ID: "support"}}}
		if text != "" {
			for _, m := range kit.Moments {
				k.Templates = append(k.Templates, kit.Template{Audience: "customers", Moment: m, Text: text})
			}
		}
		for state, want := range map[incident.PublicState]string{
			incident.Investigating: "We know of a problem and are looking into it. Next update by 13:00 UTC.",
			incident.Monitoring:    "A measure is in place and we are watching it. Next update by 13:00 UTC.",
		} {
			if got := compose.Draft(d.state, k, "customers", state, noon+hour, noon); got != want {
				t.Errorf("%q, %s: %q", text, state, got)
			}
		}
		if got := compose.Draft(d.state, k, "support", incident.Resolved, 0, noon); got != "INC-7 SEV2: Checkout fails for EU customers. This is resolved." {
			t.Errorf("%q", got)
		}
	}
}

func TestDraftFillsATeamsOwnTemplates(t *testing.T) {
	d := known(t)
	k := *d.kit
	k.Checklists = append(k.Checklists, kit.Checklist{ID: "own", Items: []kit.Item{{ID: "own.workaround", Text: "Way round"}}})
	d.append(d.now, &incident.ItemChecked{Item: "own.workaround", State: incident.ItemDone, Text: "pay with a wallet. Really?"})
	for text, want := range map[string]string{
		"{impact}\n\n{workaround}. {goal}.":            "Customers in the EU cannot pay by card\n\nPay with a wallet. Really? Errors under 1 % for 30 min.",
		"  {who}, {since}.\n{duration}.\nSee {next}! ": "Some users, 11:44 UTC.\nSee 13:00 UTC!",
		"At 14.33 {id} e.g.5 v2.1. {met} {doing}":      "At 14.33 INC-7 e.g.5 v2.1. 0 of 6 Ben: Roll back 8842 in EU",
		"{promised}{prev}{time}{end}. Still here":      "Still here",
	} {
		k.Templates = []kit.Template{{Audience: "support", Moment: "first", Text: text}}
		if got := compose.Draft(d.state, &k, "support", "", noon+hour, noon); got != want {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
}

// What people type cannot fill blanks of the template or smuggle lines in.
func TestDraftTakesTextAsText(t *testing.T) {
	d := declared(t, func(e *incident.Declared) { e.Title = "{next} {ic}" })
	d.do(&incident.SetSituation{Field: "impact", Text: "a\nb {prev} <b>"})
	got := compose.Draft(d.state, d.kit, "support", "", 0, noon)
	if !strings.Contains(got, ": {next} {ic}.") || !strings.Contains(got, "What callers notice: a b {prev} <b>.") {
		t.Error(got)
	}
}

func TestDraftNamesTheDayOfATimeOnAnother(t *testing.T) {
	d := declared(t, func(e *incident.Declared) { e.Started = noon - 20*hour })
	got := compose.Draft(d.state, d.kit, "leadership", "", noon+14*hour, noon)
	for _, want := range []string{"Since 1 Mar 16:00 UTC.", "Next update by 3 Mar 02:00 UTC."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
}
