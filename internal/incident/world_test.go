package incident_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

const year9999 = int64(253_402_300_799_000)

func repeat(s string, n int) string { return strings.Repeat(s, n) }

// everyCommand has one of each, empty; a new command belongs here.
func everyCommand() []incident.Command {
	return []incident.Command{
		&incident.Declare{}, &incident.AddNote{}, &incident.MakeDecision{}, &incident.OpenAction{}, &incident.ExtendAction{},
		&incident.CloseAction{}, &incident.AskQuestion{}, &incident.AnswerQuestion{}, &incident.StateHypothesis{},
		&incident.AddFollowUp{}, &incident.AttachFile{}, &incident.SetSituation{}, &incident.SetSeverity{}, &incident.MovePhase{}, &incident.SetMilestone{},
		&incident.AssignRole{}, &incident.ReleaseRole{}, &incident.AskRole{}, &incident.CoverRole{}, &incident.NameDeputy{}, &incident.CheckItem{}, &incident.JudgeExit{}, &incident.LeaveList{}, &incident.SendUpdate{},
		&incident.MovePromise{}, &incident.Snooze{}, &incident.ExplainSnooze{}, &incident.PlanRetro{}, &incident.Amend{},
		&incident.ChangeFollowUp{}, &incident.EndFollowUp{}, &incident.CancelRetro{}, &incident.ShareRetro{}, &incident.JudgeImpact{}, &incident.ResumeWork{}, &incident.WaiveCleanup{},
		&incident.Undo{}, &incident.Redact{}, &incident.NoteStep{}, &incident.RequestPosts{}, &incident.SettleDelivery{}, &incident.SwitchRoute{}, &incident.MarkMessage{},
		&incident.AnswerEffort{}, &incident.OfferCommand{}, &incident.AcceptCommand{}, &incident.DeclineCommand{}, &incident.ClaimCommand{},
		&incident.StartChange{}, &incident.EndChange{}, &incident.ExpectDecision{}, &incident.CheckDecision{}, &incident.JudgeHypothesis{},
		&incident.ReadBackAction{}, &incident.AnswerIntermission{}, &incident.JoinTeam{},
		&incident.Write{}, &incident.NameFactor{}, &incident.LinkFactor{}, &incident.MarkMoment{}, &incident.AskMoment{}, &incident.AnswerMoment{},
		&incident.LinkTo{}, &incident.StartPlaybook{}, &incident.StartSoak{}, &incident.NoteDip{}, &incident.TakeMeasure{}, &incident.ExtendMeasure{}, &incident.EndMeasure{},
	}
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// anyCommand is a command that may or may not be accepted: of every kind, with good
// and bad arguments.
func anyCommand(r *rand.Rand, d *desk) incident.Command {
	text := pick(r, []string{"", "it is slow", "<b>&amp;\x00\u202e", "ж", "because but"})
	people := []incident.Person{ana, ben, dee, {}, {Name: "Eve"}, {ID: number(0xff), Name: "team"}, {ID: ben.ID}}
	at := pick(r, []int64{0, d.now, d.now - hour, d.now + 10*minute, year9999, -1})
	minutes := pick(r, []int{-1, 0, 1, 5, 30, 1 << 40})
	var rec incident.Record
	if len(d.recs) > 0 {
		rec = pick(r, d.recs)
	}
	roles := []string{kit.Commander, "operations", "scribe", "mascot", ""}
	audiences := []string{"support", "customers", "leadership", "press", ""}
	if r.IntN(6) == 0 {
		return anyOfPlaybooks(r, d)
	}
	switch r.IntN(51) {
	case 0:
		return &incident.Declare{Declared: incident.Declared{Ref: "INC-1", Title: text, Severity: pick(r, []string{"", "SEV1", "SEV9"}), Started: at}, Commander: pick(r, people)}
	case 1:
		return &incident.AddNote{Text: text}
	case 2:
		return &incident.MakeDecision{Text: text, Basis: text}
	case 3, 4:
		return &incident.OpenAction{Text: "look", Owner: pick(r, people), Minutes: minutes}
	case 5:
		return &incident.ExtendAction{Action: rec.ID, Minutes: minutes}
	case 6:
		return &incident.CloseAction{Action: rec.ID, Result: text}
	case 7:
		return &incident.AskQuestion{Text: text}
	case 8:
		return &incident.AnswerQuestion{Question: rec.ID, Text: text}
	case 9:
		return &incident.StateHypothesis{Text: text}
	case 10:
		return &incident.AddFollowUp{Text: text}
	case 11:
		return &incident.SetSituation{Field: pick(r, []string{"impact", "goal", "x"}), Text: text}
	case 12:
		return &incident.SetSeverity{Severity: pick(r, []string{"SEV1", "SEV2", "SEV3", "SEV4", ""}), Reason: text}
	case 13, 14:
		return &incident.MovePhase{Phase: pick(r, append(incident.Phases, "limbo")), Reason: text}
	case 15:
		return &incident.SetMilestone{Milestone: pick(r, incident.Milestones), Time: at}
	case 16, 17:
		return &incident.AssignRole{Role: pick(r, roles), Person: pick(r, people)}
	case 18:
		return &incident.ReleaseRole{Role: pick(r, roles)}
	case 19:
		return &incident.CheckItem{Item: pick(r, []string{"declare.facts", "none"}), State: pick(r, []string{"done", "skipped", "open", ""}), Text: text}
	case 20:
		return &incident.JudgeExit{Criterion: pick(r, []string{"path", "normal", "owned"}), State: pick(r, []string{"met", "waived", "open"}), Text: text}
	case 21:
		return &incident.SendUpdate{Audience: pick(r, audiences), State: pick(r, incident.PublicStates), Text: text, Next: at}
	case 22:
		return &incident.MovePromise{Audience: pick(r, audiences), Next: at, Reason: text}
	case 23:
		return &incident.Snooze{Deadline: pick(r, []string{"a", "b", ""}), Minutes: minutes}
	case 24:
		return &incident.Amend{Record: rec, Text: pick(r, []*string{nil, &text}), Time: pick(r, []*int64{nil, &at})}
	case 25:
		return &incident.Undo{Record: rec}
	case 26:
		if rec.Kind == "person.named" { // whose name is redacted has none, which other tests count on
			return &incident.Redact{Reason: text}
		}
		return &incident.Redact{Record: rec, Reason: text}
	}
	terms := incident.Terms{Type: pick(r, []string{"", "", "detect"}), Owner: pick(r, people), Due: at, Link: text, Proof: text}
	outcome := pick(r, []string{"better", "same", "worse", "undone", ""})
	switch r.IntN(27) {
	case 4, 5:
		return &incident.StartChange{Thing: pick(r, []string{"gateway", "EU gateway", "", "--", "cache"}), Text: text, By: pick(r, people), Anyway: r.IntN(2) == 0}
	case 6:
		return &incident.EndChange{Change: ofKind(d, r, "change.started", rec), Outcome: outcome, Text: text}
	case 7:
		return &incident.ExpectDecision{Decision: ofKind(d, r, "decision.made", rec), Expectation: incident.Expectation{Expect: text, Minutes: minutes}}
	case 8:
		return &incident.CheckDecision{Decision: ofKind(d, r, "decision.made", rec), Outcome: outcome, Text: text}
	case 9, 10:
		return &incident.JudgeHypothesis{Hypothesis: ofKind(d, r, "hypothesis.stated", rec), State: pick(r, []string{"open", "ruled-out", "confirmed", ""}), Text: text, Sort: pick(r, []string{"", "log", "smell"})}
	case 11:
		return &incident.ReadBackAction{Action: ofKind(d, r, "action.opened", rec)}
	case 12:
		return &incident.AnswerIntermission{Needs: pick(r, [][]string{nil, {"what"}, {"cope", "how"}, {"tea"}}), Text: text}
	case 13, 14:
		return &incident.JoinTeam{Person: pick(r, people), Lead: pick(r, people)}
	case 15:
		return &incident.OfferCommand{To: pick(r, people), Handover: incident.Handover{Worry: text}}
	case 16:
		return &incident.AcceptCommand{Voice: r.IntN(2) == 0}
	case 17:
		return &incident.ClaimCommand{By: pick(r, people), Reason: text}
	case 18:
		return &incident.DeclineCommand{Reason: text}
	case 3, 19:
		return looksBack(r, d, rec, text)
	case 20:
		return &incident.AddFollowUp{Text: "alert", Terms: terms, Why: text}
	case 21:
		return &incident.ChangeFollowUp{FollowUp: rec.ID, Terms: terms}
	case 22:
		return &incident.EndFollowUp{FollowUp: rec.ID, State: pick(r, []string{"done", "dropped", "open", ""}), Text: text, Minutes: minutes}
	case 23:
		return pick(r, []incident.Command{&incident.CancelRetro{Reason: text}, &incident.ShareRetro{With: text}})
	case 24:
		return &incident.JudgeImpact{Who: text, What: text}
	case 25:
		return &incident.ResumeWork{Person: pick(r, people)}
	case 26:
		return &incident.WaiveCleanup{Item: pick(r, []string{"times", "back", "x"}), Reason: text}
	case 0:
		return &incident.AskRole{Role: pick(r, roles), Person: pick(r, people)}
	case 1:
		return &incident.CoverRole{Role: pick(r, roles), Minutes: minutes}
	case 2:
		return &incident.NameDeputy{Role: pick(r, roles), Person: pick(r, people)}
	}
	return &incident.PlanRetro{Owner: pick(r, people), Time: at}
}

// ofKind is a record of a kind by its id, or of whatever kind.
func ofKind(d *desk, r *rand.Rand, kind incident.Kind, rec incident.Record) incident.ID {
	var ids []incident.ID
	for i := range d.recs {
		if d.recs[i].Kind == kind {
			ids = append(ids, d.recs[i].ID)
		}
	}
	if len(ids) == 0 || r.IntN(4) == 0 {
		return rec.ID
	}
	return pick(r, ids)
}

// random is a source that answers the same for the same seed.
func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

// run is an incident on which somebody has tried n random commands.
func run(t *testing.T, seed uint64, n int) *desk {
	r, d := random(seed), declared(t)
	for range n {
		d.pass(r.Int64N(5 * minute))
		d.actor = pick(r, []incident.Person{ana, ben, dee})
		at := int64(0)
		if r.IntN(5) == 0 {
			at = d.now - r.Int64N(hour)
		}
		if _, err := d.at(at, anyCommand(r, d)); err != nil && fault.Is(err, fault.Internal) {
			t.Fatal(err)
		}
	}
	return d
}
