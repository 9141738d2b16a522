package compose_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/incident"
)

// run is a small incident with one of nearly everything.
func run(t *testing.T) *desk {
	d := declared(t, func(e *incident.Declared) {
		e.Summary, e.Source, e.Reporter, e.Started = "Card payments\nfail in the EU.", "alert", "support desk", noon-16*minute
		e.Regions, e.Services, e.Thread = []string{"eu-west", "eu-north"}, []string{"checkout"}, "https://chat.example.com/t/1"
	})
	d.do(&incident.SetMilestone{Milestone: incident.Detected, Time: noon - 10*minute, Approx: true})
	d.pass(2 * minute)
	d.do(&incident.SetSeverity{Severity: "SEV1", Reason: "EU checkout, growing"})
	d.do(&incident.AssignRole{Role: "operations", Person: ben})
	d.do(&incident.AssignRole{Role: "scribe", Person: ben})
	d.do(&incident.ReleaseRole{Role: "scribe"})
	d.do(&incident.SetSituation{Field: "impact", Text: "EU customers cannot pay by card"})
	d.do(&incident.SetSituation{Field: "goal", Text: "errors under 1 % for 30 min"})
	d.do(&incident.SetSituation{Field: "cause", Text: "a change at 11:41"})
	d.tell("customers", incident.Identified, "Card payments in the EU fail.\nWallets work.", d.now+30*minute)
	d.pass(3 * minute)
	d.at(noon-16*minute, &incident.AddNote{Text: "First 504 in the gateway's log", Approx: true})
	d.do(&incident.StateHypothesis{Text: "The tax rule is slow"})
	rollback := d.do(&incident.OpenAction{Text: "Roll back 8842 in EU", Owner: ben, Minutes: 10})
	d.do(&incident.OpenAction{Text: "Hold the line for support", Owner: dee, Minutes: 60})
	dropped := d.do(&incident.OpenAction{Text: "Ask the vendor", Owner: dee})
	d.do(&incident.CloseAction{Action: dropped.ID, Dropped: true, Result: "not theirs"})
	d.do(&incident.MakeDecision{Text: "Roll back in EU only", Basis: "errors began 3 min after the change", Tradeoff: "loses the tax rule"})
	d.do(&incident.CheckItem{Item: "mitigate.one", State: incident.ItemDone, Text: "Ben"})
	d.do(&incident.CheckItem{Item: "investigate.plan-b", State: incident.ItemDone, Text: "route EU over US"})
	question := d.do(&incident.AskQuestion{Text: "Are refunds affected?"})
	d.do(&incident.AskQuestion{Text: "Who tells the bank?"})
	d.pass(5 * minute)
	d.do(&incident.AnswerQuestion{Question: question.ID, Text: "no"})
	typo := d.do(&incident.AddNote{Text: "Error rtae 12 %"})
	right := "Error rate 12 %"
	d.do(&incident.Amend{Record: typo, Text: &right})
	wrong := d.do(&incident.AddNote{Text: "wrong incident"})
	d.do(&incident.Undo{Record: wrong})
	leaked := d.do(&incident.AddNote{Text: "the password is swordfish"})
	d.append(d.now, &incident.RecordRedacted{Record: leaked.ID, Reason: "held a password"})
	d.do(&incident.CloseAction{Action: rollback.ID, Result: "errors at 0.3 %"})
	d.do(&incident.MovePromise{Audience: "support", Next: d.now + 20*minute, Reason: "still working"})
	d.do(&incident.AddFollowUp{Text: "Alert on the share of failed payments"})
	d.do(&incident.PlanRetro{Owner: dee, Time: noon + 48*hour})
	d.append(d.now, &incident.Unknown{Name: "later.kind", V: 7, Raw: []byte(`{"x":1}`)})
	d.pass(30 * minute)
	return d
}

// ended is run, brought to its end under another commander.
func ended(t *testing.T) *desk {
	d := run(t)
	d.do(&incident.AssignRole{Role: "commander", Person: dee})
	d.do(&incident.MovePhase{Phase: incident.PhaseVerify})
	d.pass(30 * minute)
	d.do(&incident.JudgeExit{Criterion: "user-path", State: incident.ExitMet, Text: "paid from outside"})
	d.do(&incident.MovePhase{Phase: incident.PhaseResolved, Reason: "queues are checked tomorrow"})
	d.tell("customers", incident.Resolved, "This is resolved.", 0)
	return d
}

func TestTheDocumentSaysWhatDidNotLeave(t *testing.T) {
	d := declared(t, func(e *incident.Declared) {})
	for _, text := range []string{"first", "second", "third"} {
		r := d.append(d.now, &incident.UpdateRequested{Audience: "support", State: incident.Investigating, Text: text, Route: "chat"})
		switch text {
		case "first":
			d.append(d.now, &incident.DeliveryRefused{Request: r.ID, Route: "chat"})
		case "second":
			d.append(d.now, &incident.DeliveryDropped{Request: r.ID, Route: "chat", How: "superseded"})
		}
	}
	md := compose.Markdown(document(d))
	for text, want := range map[string]string{"first": "refused by chat", "second": "not sent", "third": "not known to have left"} {
		if !slices.ContainsFunc(strings.Split(md, "\n"), func(line string) bool {
			return strings.Contains(line, "| "+text+" |") && strings.Contains(line, "| "+want+" |")
		}) {
			t.Errorf("%s is not %q in\n%s", text, want, md)
		}
	}
}

func document(d *desk) compose.Document {
	return compose.Document{State: d.state, Kit: d.kit, Entries: d.entries(), Made: d.now}
}

func page(t *testing.T, d *desk) string {
	t.Helper()
	html, err := compose.HTML(document(d))
	if err != nil {
		t.Fatal(err)
	}
	return html
}

func TestDocument(t *testing.T) {
	d := ended(t)
	golden(t, "incident.md", compose.Markdown(document(d)))
	golden(t, "incident.html", page(t, d))
}

func TestDocumentOfNothing(t *testing.T) {
	d := declared(t, nil)
	d.state = incident.NewState(d.state.ID)
	d.recs = nil
	golden(t, "nothing.md", compose.Markdown(document(d)))
	page(t, d)
}

func TestDocumentSaysWhatSetsTheIncidentApart(t *testing.T) {
	d := declared(t, func(e *incident.Declared) { e.Security, e.Backfill, e.Drill = true, true, true })
	for _, text := range []string{compose.Markdown(document(d)), page(t, d)} {
		for _, want := range []string{"A drill", "entered after the fact", "a security incident", "12:00"} {
			if !strings.Contains(text, want) {
				t.Errorf("lacks %q", want)
			}
		}
	}
}

// nasty are texts that would be something else in Markdown or HTML if they were let.
var nasty = []string{
	"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a | b || c", "ends with \\", "\\| and \\\\|", "# head", "- list", "1. list", "12) list", "+ list", "> quote",
	"```\ncode\n```", "    indented", "[a](javascript:alert(1))", "![a](https://example.com/x.png)", "*b* _i_ **b** ~~s~~ `c`", "---", "===", "| --- | --- |", "&lt;b&gt; &amp; &#60;",
	"https://example.com www.example.com a@example.com", "a\r\nb\n\nc\td", "line\u2028line\u0085line", "\u202egnp.exe\u202c \u2066x", "\x00\x1b[31mred\x7f", "[^1]: note", "[ref]: /x", "$x^2$ {: .class}",
	"<!-- c -->", "</td></table><h1>", "\"' onload=x", "{{.Title}} ${x}", "\xff\xfe", "نص عربي", "a<br>b", "]]>", "<details>", "\ufeffx", ":smile:", "= x", "a  \nb", "–", "%s %d %!",
}

func hostile(t *testing.T, text string) *desk {
	d := declared(t, func(e *incident.Declared) {
		e.Title = "x"
		e.Summary, e.Reporter, e.Thread, e.Video, e.Impact = text, text, text, text, text
		e.Environments, e.Regions, e.Services, e.Invited = []string{text}, []string{text}, []string{text, text}, []string{text}
	})
	title, who := "T"+text, number(77)
	d.append(d.now, &incident.RecordAmended{Record: d.recs[1].ID, Text: &title}, &incident.PersonNamed{Person: ana.ID, Name: text}, &incident.PersonNamed{Person: who, Name: text},
		&incident.NoteAdded{Text: text}, &incident.DecisionMade{Text: text, Basis: text, Tradeoff: text}, &incident.ActionOpened{Text: text, Owner: who},
		&incident.QuestionAsked{Text: text}, &incident.FollowUpAdded{Text: text}, &incident.SituationSet{Field: "goal", Text: text}, &incident.SituationSet{Field: text, Text: text},
		&incident.SeveritySet{Severity: "SEV1", Reason: text}, &incident.RoleAssigned{Role: "operations", Person: who}, &incident.RoleAssigned{Role: text, Person: who},
		&incident.UpdateRequested{Audience: text, State: incident.PublicState(text), Text: text, Route: text}, &incident.DeliveryConfirmed{Route: text, How: text},
		&incident.ExitJudged{Criterion: "backlog", State: text, Text: text}, &incident.RecordRedacted{Record: number(0x1004), Reason: text}, &incident.Unknown{Name: incident.Kind("x" + text), V: 1},
		&incident.UpdateRequested{Audience: "customers", Text: text, Next: d.now + 1}, &incident.DeliveryConfirmed{Route: "hand"}, &incident.PhaseMoved{Phase: incident.Phase(text), Reason: text})
	d.state.Declared.Ref, d.state.Severity = "INC-7", "SEV1"
	return d
}

// Texts never change the shape of the document: the same tags and the same cells come
// out as with plain words.
func TestTextIsNeverMarkup(t *testing.T) {
	plain := hostile(t, "plain")
	tags := regexp.MustCompile(`<[^>]*>`)
	html := tags.FindAllString(page(t, plain), -1)
	html[indexOf(html, "<title>")] = "<title>"
	lines := strings.Split(compose.Markdown(document(plain)), "\n")
	brief := strings.Split(compose.Brief(plain.state, plain.kit, plain.now), "\n")
	for _, text := range nasty {
		d := hostile(t, text)
		if got := tags.FindAllString(page(t, d), -1); strings.Join(got, "") != strings.Join(html, "") {
			t.Errorf("HTML: %q changed the tags of the page", text)
		}
		got := strings.Split(compose.Markdown(document(d)), "\n")
		if len(got) != len(lines) {
			t.Errorf("Markdown: %q made %d lines of %d", text, len(got), len(lines))
			continue
		}
		for i, l := range got {
			if cells(l) != cells(lines[i]) {
				t.Errorf("Markdown: %q made %d cells of %d: %s", text, cells(l), cells(lines[i]), l)
			}
			if bad := live(l); bad != "" {
				t.Errorf("Markdown: %q: %q is left in %s", text, bad, l)
			}
		}
		if got := strings.Split(compose.Brief(d.state, d.kit, d.now), "\n"); len(got) != len(brief) {
			t.Errorf("brief: %q made %d lines of %d", text, len(got), len(brief))
		}
	}
}

func indexOf(list []string, s string) int {
	for i, v := range list {
		if v == s {
			return i
		}
	}
	return 0
}

// cells counts the bars of a line that no backslash stands before.
func cells(line string) int { return strings.Count(unescaped(line), "|") }

// unescaped is a line without its escaped characters.
func unescaped(line string) string {
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		if line[i] == '\\' {
			i++
			continue
		}
		b.WriteByte(line[i])
	}
	return b.String()
}

// live is what a line of ours still holds that Markdown would read: nothing but the
// bars and breaks of a table.
func live(line string) string {
	line = strings.ReplaceAll(unescaped(line), "<br>", "")
	return regexp.MustCompile("[`*_\\[\\]<>~&$\\x00-\\x08\\x1b\u202e]|://|www\\.").FindString(line)
}

func TestHTMLStandsAlone(t *testing.T) {
	html := page(t, ended(t))
	for _, bad := range []string{"<script", "src=", "href=", "url(", "@import", "<link", "<img", "<iframe"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	for _, want := range []string{"prefers-color-scheme: dark", "@media print", `lang="en"`, "default-src 'none'", `<th scope="col">`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
