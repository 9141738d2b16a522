package compose_test

import (
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
)

// The parts by which a table names an advice.
const (
	end    = "promises an end"
	cause  = "what led to it"
	inside = "people outside do not need it"
	names  = "It names"
	secret = "Take it out"
	effect = "who notices what"
	none   = "No next time"
	other  = "for the next update, and"
	again  = "same words"
	back   = "goes back to"
	hole   = "still a blank"
)

// room is an incident in which something was said.
func room(t *testing.T) *desk {
	d := declared(t, func(e *incident.Declared) { e.Severity, e.Impact = "SEV2", "card payments fail" })
	for _, name := range []string{"Mark", "payments", "ops", "Zoë Lund", "Li", "A", "An", "checkout"} {
		d.append(d.now, &incident.PersonNamed{Person: number(0x7000 + uint64(len(name))<<8 + uint64(name[0])), Name: name})
	}
	d.append(d.now, &incident.PersonNamed{Person: ben.ID, Name: "Ben Okoro"})
	d.tell("customers", incident.Identified, "Card payments fail in the EU. Next update by 12:30 UTC.", noon+30*minute)
	d.tell("leadership", incident.Identified, "Card payments fail in the EU.", noon+30*minute)
	d.pass(20 * minute)
	return d
}

// TestAdvice puts each text between an effect and a next time that are right, so that
// only what it is about is found.
func TestAdvice(t *testing.T) {
	d := room(t)
	for _, c := range []struct {
		text string
		want []string // nil: nothing to say
	}{
		// What is well said.
		{"We started to undo a change at 11:58 UTC and see fewer errors.", nil},
		{"Payments by wallet are not affected. Please retry in 10 minutes.", nil},
		{"The app shows error 503 or a time-out on port 443.", nil},
		{"Version 10.2.3.4 of the app and iOS 17.2 are both affected; so is v2.3.1.", nil},
		{"Since version 4.2.1 the import takes 14:33:02 instead of 00:10:00.", nil},
		{"Orders 2024120 to 2024199 are late, about 38 % of them (1,250,000 rows).", nil},
		{"See https://status.example.com/incidents/7 or write to help@example.com.", nil},
		{"Sign-in with a one-time code works again since 12:05; covid-19 tests and ISO-8601 dates too.", nil},
		{"The web shop and the API are slow; std::vector is not to blame, nor is web3.", nil},
		{"Ask support on the phone, 24/7, line 2-3.", nil},
		{"We hope to know more by 12:40 UTC.", nil},
		{"We will tell you more by 12:40 UTC, when the check is done.", nil},
		{"There is no ETA yet.", nil},
		{"It was fixed at 12:10 UTC and has been available since.", nil},
		{"We will keep watching for 30 minutes.", nil},
		{"You will see payments working again without doing anything.", nil},
		{"The cause is not known yet.", nil},
		{"It will benefit from a retry; mark the order and open the payments page in May.", nil},
		{"Will this affect you? Only in the EU. A checkout in the shop works. An error is shown. Ops?", nil},
		{"Our build of the index takes 120 minutes; 3 of 5 builds are done.", nil},
		{"The rollout 30 minutes ago is undone; deploy 2026-03-02 is not affected.", nil},
		{"Facade, decade and beef are words.", nil},
		{"Reset your password at https://example.com/reset?id=12345678 if you like.", nil},
		{"Your token is valid; the password: field is empty.", nil},
		// The end of it.
		{"It will be fixed by 15:00.", []string{end}},
		{"We expect to be back in 30 minutes.", []string{end}},
		{"Service should be restored within the next two to 3 hours. Sorry!", nil}, // a word where the number is: overlooked
		{"Payments should be working again in about half an hour.", []string{end}},
		{"By tomorrow morning this should be resolved.", []string{end}},
		{"We hope to have it solved shortly.", []string{end}},
		{"ETA 14:00 UTC.", []string{end}},
		{"Estimated time to repair: 2 h", []string{end}},
		{"Fixed soon!", []string{end}},
		{"We're on it, it'll be done within minutes, at around 15:00 UTC.", []string{end}},
		{"We expect it fixed by 15:00 and will update you then.", []string{end}},
		// Causes and people.
		{"The root cause is a change in the gateway.", []string{cause}},
		{"Root-causes are being looked at.", []string{cause}},
		{"Ben is on it.", []string{names}},
		{"Ben Okoro is on it.", []string{names}},
		{"Thanks to Zoë's work it is better.", []string{names}},
		{"Ana, our commander, leads.", []string{names}},
		{"The Benin and Banana regions are fine.", nil},
		{"Li-ion batteries are fine, and so is LibreSSL.", []string{names}}, // better one too many
		// Machines, builds and addresses.
		{"The host db-01 is down.", []string{inside}},
		{"db1.example.com answers slowly.", []string{inside}},
		{"See https://grafana.corp/d/7.", []string{inside}},
		{"10.0.3.7 does not answer; neither does 10.0.3.7:5432.", []string{inside}},
		{"Reach it at 2001:db8::1.", []string{inside}},
		{"http://10.1.2.3:8080/health fails.", []string{inside}},
		{"10.0.0.0/8 is cut off.", []string{inside}},
		{"payments-7d9f8b6c5d-x2x4z restarts.", []string{inside}},
		{"web-eu-3 and prod-db are affected.", []string{inside, inside}},
		{"root@db-02 is stuck.", []string{inside}},
		{"We undo build 8842.", []string{inside}},
		{"We undo PR #77 and commit 9fceb02d0ae5.", []string{inside, inside}},
		{"It began with 9fceb02.", []string{inside}},
		// Secrets and blanks.
		{"Log in with password: hunter2x9!", []string{secret}},
		{"Affected: {who}. Again: {who}.", []string{hole}},
		{"db-1 db-2 db-3 db-4 db-5 db-6 db-7", []string{inside, inside, inside, inside, inside}},
		{"Use {curly} braces.", nil},
	} {
		text := "Card payments fail. " + c.text + " Next update by 13:00 UTC."
		got := compose.Advice(d.state, d.kit, "customers", incident.Identified, text, noon+hour, d.now)
		if !alike(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestAdviceOnTheWhole(t *testing.T) {
	d := room(t)
	next := noon + hour
	for _, c := range []struct {
		name, audience string
		state          incident.PublicState
		text           string
		next           int64
		want           []string
	}{
		{"empty", "customers", "", "  \n", next, []string{"no text yet"}},
		{"no next time", "customers", incident.Identified, "Cards fail.", 0, []string{none}},
		{"next time not said, for the message says it below", "customers", incident.Identified, "Cards fail.", next, nil},
		{"another next time", "customers", incident.Identified, "Cards fail. Next update by 12:30 UTC.", next, []string{other}},
		{"another next time, short", "customers", incident.Identified, "Cards fail. Next update 9:30Z.", next, []string{other}},
		{"next time in a zone of theirs", "customers", incident.Identified, "Cards fail. Next update by 14:00 CET.", next, nil},
		{"another clock beside it", "customers", incident.Identified, "Cards fail. Next we restart at 12:40 UTC. Next update by 2 Mar 13:00 UTC.", next, nil},
		{"next time in words", "customers", incident.Identified, "Cards fail. We will update you within the hour.", next, nil},
		{"nothing about the effect", "customers", incident.Identified, "We are looking into it. Next update by 13:00 UTC.", next, []string{effect}},
		{"the record's words", "customers", incident.Identified, "Payments are hard. Next update by 13:00 UTC.", next, nil},
		{"nothing new needs no effect", "customers", incident.Identified, "Nothing new. Next update by 13:00 UTC.", next, nil},
		{"watching needs no effect", "customers", incident.Monitoring, "A measure is in place. Next update by 13:00 UTC.", next, nil},
		{"resolved promises nothing", "customers", incident.Resolved, "This is over. We are sorry.", 0, nil},
		{"back", "customers", incident.Investigating, "Cards fail again. Next update by 13:00 UTC.", next, []string{back}},
		{"same", "customers", incident.Identified, "card payments  fail in the EU. Next update by 13:00 UTC.", next, []string{again}},
		{"same but says so", "customers", incident.Identified, "No change: card payments fail in the EU. Next update by 13:00 UTC.", next, nil},
		{"first to an audience", "support", incident.Investigating, "Card payments fail in the EU. Next update by 13:00 UTC.", next, nil},
		{"inside may name machines, builds and people", "leadership", incident.Identified, "Ben undoes build 8842 on db-01; cards fail. Next update by 13:00 UTC.", next, nil},
		{"inside, a person beside a fault", "leadership", incident.Identified, "Cards fail. Ben deleted the wrong table. Next update by 13:00 UTC.", next, []string{names}},
		{"inside, a fault without a person", "leadership", incident.Identified, "Cards fail. Ben is on it. A table was deleted. Next update by 13:00 UTC.", next, nil},
		{"inside, a secret", "leadership", incident.Identified, "Cards fail. token=abcdef123456 Next update by 13:00 UTC.", next, []string{secret}},
		{"state left out follows the phase", "leadership", "", "Cards fail. Next update by 13:00 UTC.", next, []string{back}},
		{"the most serious first", "customers", incident.Investigating, "Ben fixes db-01, root cause found, fixed soon, password: hunter2x9!", 0,
			[]string{secret, inside, names, cause, end, back, none, effect}},
	} {
		got := compose.Advice(d.state, d.kit, c.audience, c.state, c.text, c.next, d.now)
		if !alike(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// A draft of ours gives nothing to complain about, as far as the record is filled.
func TestAdviceHasNothingToSayAboutDrafts(t *testing.T) {
	d := known(t)
	next := noon + 30*minute
	for round := range 3 {
		for _, a := range d.kit.Audiences {
			state := []incident.PublicState{incident.Investigating, incident.Identified, incident.Monitoring}[round]
			text := compose.Draft(d.state, d.kit, a.ID, state, next, d.now)
			got := compose.Advice(d.state, d.kit, a.ID, state, text, next, d.now)
			got = slices.DeleteFunc(got, func(s string) bool { // a partner's first notice says little on purpose
				return a.ID == "partners" && strings.Contains(s, effect)
			})
			if len(got) > 0 {
				t.Errorf("%s: %s\n%q", a.ID, text, got)
			}
			d.tell(a.ID, state, text, next)
		}
		d.pass(10 * minute)
		next += 10 * minute
		d.do(&incident.SetSituation{Field: "impact", Text: "customers cannot pay by card, " + []string{"few", "more", "most"}[round]})
	}
}

func TestAdviceOnASecurityIncident(t *testing.T) {
	d := declared(t, func(e *incident.Declared) { e.Security = true })
	for audience, want := range map[string][]string{"customers": {"security incident"}, "leadership": nil} {
		got := compose.Advice(d.state, d.kit, audience, "", "Checkout fails. Next update by 13:00 UTC.", noon+hour, noon)
		if !alike(got, want) {
			t.Errorf("%s: %q", audience, got)
		}
	}
}

// alike reports whether each advice holds the part that is expected at its place.
func alike(got, parts []string) bool {
	if len(got) != len(parts) {
		return false
	}
	for i := range got {
		if !strings.Contains(got[i], parts[i]) {
			return false
		}
	}
	return true
}
