package story_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/story"
)

const top = "story A try\nstart 2025-01-08 10:00\npeople ana, ben\nT+0:00\nas ana\n"

func TestScriptErrorsNameLineAndRemedy(t *testing.T) {
	for _, c := range []struct{ name, text, message, hint string }{
		{"no title", "people ana\n", "t:1: the story has no title", "begin with"},
		{"no moment", "story x\npeople ana\nas ana\nnote hello\n", "t:4: no moment", "a line with a time above it"},
		{"unknown act", top + "shout hello\n", `t:6: "shout" is no act`, "note, phase"},
		{"nothing said", top + "note\n", `t:6: "note" cannot be read`, "note TEXT"},
		{"update without text", top + "update customers identified\n", "t:6: ", "update customers identified next 30m"},
		{"unknown person", top + "as cal\n", `t:6: nobody is called "cal"`, "ana, ben"},
		{"unknown owner", top + "@cal look at it\n", `t:6: nobody is called "cal"`, "people"},
		{"owner is nobody", top + "@team look at it\n", `t:6: "team" is nobody in particular`, "one person"},
		{"nobody does it", "story x\npeople ana\n2025-01-08 10:00\nnote hello\n", "t:4: nobody does it", "as ana"},
		{"no start", "story x\nT+0:05\n", "t:2: ", "start 2025-01-08"},
		{"no such day", "story x\n2025-02-31 10:00\n", "t:2: ", "2017-01-31 19:00"},
		{"no such zone", "story x\nzone Mars\n", `t:2: "Mars" is no time zone`, "Europe/Berlin"},
		{"header below", top + "zone UTC\n", `t:6: "zone" belongs to the top`, "above the first moment"},
		{"no length", top + "advance soon\n", `t:6: "soon" is no length of time`, "1h30m"},
		{"half a minute", top + "advance 30s\n", `t:6: "30s" is no length of time`, "20m"},
		{"back in time", top + "T-0:05\n", "t:6: it lies before the moment at line 4", "earlier"},
		{"not earlier", top + "earlier T+0:05\nnote x\n", "t:6: it does not lie before", "leave \"earlier\" out"},
		{"earlier than nothing", "story x\nearlier 2025-01-08\n", "t:2: nothing is being written yet", "at which it was written down"},
		{"between nothing before", "story x\nbetween\n", "t:2: nothing dated stands before it", "begin with a moment"},
		{"between nothing after", top + "between\nnote x\n", "t:6: nothing dated comes after it", "it needs no acts"},
		{"approximate phase alone", top + "T+0:05 ~\nphase mitigate\n", `t:7: "phase mitigate" cannot say`, "put a note beside it"},
		{"between update alone", top + "between\nupdate customers identified: x\nT+1:00\n", "t:7: ", "put a note beside it"},
		{"nothing to expect", top + "expect rain\n", `t:6: "rain" cannot be expected`, "promise customers late"},
		{"wrong expectation of a time", top + "expect promise customers late soon\n", `t:6: "soon" is no length`, "20m"},
		{"goes on", top + "note one\n  two\nshout\n", "t:8: ", "note"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := story.Parse("t", c.text)
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("%v is no fault of code invalid", err)
			}
			if f := fault.Of(err); !strings.HasPrefix(f.Message, c.message) || !strings.Contains(f.Hint, c.hint) {
				t.Errorf("%q, hint %q\nwant %q, hint with %q", f.Message, f.Hint, c.message, c.hint)
			}
		})
	}
}

func TestUnknownStoryNamesThoseThereAre(t *testing.T) {
	_, err := story.Named("nonesuch")
	if !fault.Is(err, fault.NotFound) || !strings.Contains(fault.Of(err).Hint, "checkout, gitlab-2017, well-managed") {
		t.Errorf("%+v", fault.Of(err))
	}
}

func FuzzParse(f *testing.F) {
	f.Add(top + "declare SEV2 x\n@ana do it 5m\nbetween\nnote ~\nT+1:00\nexpect role operations: nobody\nrefuse phase resolved\n")
	f.Add("story x\n zone\n2016-02-29 ~\nearlier 2016-01-01\nas\n+\n! a because b but c\n")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := story.Parse("t", text); err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%v is no fault of code invalid", err)
		}
	})
}
