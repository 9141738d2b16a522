package load

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"quarterdeck/internal/kit"
)

func builtInKit(t *testing.T) *kit.Kit {
	t.Helper()
	k, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestDefaultChecksCleanAndIsReadOnce(t *testing.T) {
	k := builtInKit(t)
	for _, p := range k.Check() {
		t.Error(p)
	}
	if again := builtInKit(t); again != k {
		t.Error("the built-in kit was read twice")
	}
}

func TestDefaultKeepsItsHashThroughTheRecord(t *testing.T) {
	k := builtInKit(t)
	data, hash, err := k.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := kit.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, got, err := back.Encode(); err != nil || got != hash {
		t.Errorf("hash %s became %s (%v)", hash, got, err)
	}
	if len(back.Check()) > 0 {
		t.Error("the kit that came back has problems")
	}
}

func TestDefaultListsFitOneScreen(t *testing.T) {
	want := map[string]int{
		"declare": 6, "assess": 6, "communicate": 6, "staff": 8, "investigate": 8, "mitigate": 8, "verify": 6,
		"resolve": 7, "handoff": 6, "clean-up": 6, "retrospective": 7,
	}
	k := builtInKit(t)
	if len(k.Checklists) != len(want) {
		t.Errorf("%d lists, want %d", len(k.Checklists), len(want))
	}
	for _, l := range k.Checklists {
		if len(l.Items) != want[l.ID] {
			t.Errorf("%s: %d items, want %d", l.ID, len(l.Items), want[l.ID])
		}
		if !slices.ContainsFunc(l.Items, func(it kit.Item) bool { return it.Killer }) {
			t.Errorf("%s: no killer item", l.ID)
		}
		if l.When == "" {
			t.Errorf("%s: nobody knows when to open it", l.ID)
		}
		for _, it := range l.Items {
			if n := utf8.RuneCountInString(it.Text); n > 70 {
				t.Errorf("%s: %d characters do not fit two lines of the pane", it.ID, n)
			}
			if it.Why == "" || it.Value == "" {
				t.Errorf("%s: reason and value belong to each item", it.ID)
			}
			if !strings.HasPrefix(it.ID, l.ID+".") {
				t.Errorf("%s: the id does not say that it is of %s", it.ID, l.ID)
			}
		}
	}
}

func TestDefaultHasAListForEachPhaseButTheLast(t *testing.T) {
	k := builtInKit(t)
	for i, phase := range kit.Phases {
		l := k.Checklist(phase)
		switch {
		case phase == "closed":
			if l != nil {
				t.Errorf("closed has the list %s", l.ID)
			}
		case l == nil || l.Phase != phase:
			t.Errorf("%s has no list", phase)
		case k.Checklists[i].ID != l.ID:
			t.Errorf("%s does not stand at its place", l.ID)
		}
	}
	for _, id := range []string{"handoff", "clean-up", "retrospective"} {
		if l := k.Checklist(id); l == nil || l.Phase != "" {
			t.Errorf("%s is to be a list without a phase", id)
		}
	}
}

func TestDefaultPromises(t *testing.T) {
	k := builtInKit(t)
	for _, c := range []struct {
		severity, audience string
		first, every       int
	}{
		{"SEV1", "responders", 15, 15}, {"SEV1", "support", 15, 15}, {"SEV1", "leadership", 15, 30}, {"SEV1", "customers", 10, 30},
		{"SEV2", "responders", 30, 30}, {"SEV2", "support", 30, 30}, {"SEV2", "leadership", 30, 60}, {"SEV2", "customers", 15, 30},
		{"SEV3", "responders", 60, 60}, {"SEV3", "support", 60, 60}, {"SEV3", "leadership", 0, 0}, {"SEV3", "customers", 60, 120},
		{"SEV4", "responders", 0, 0}, {"SEV5", "customers", 0, 0}, {"SEV1", "partners", 0, 0},
	} {
		got := k.Severity(c.severity).Promise(c.audience)
		if got.First != c.first || got.Every != c.every {
			t.Errorf("%s %s: %d/%d, want %d/%d", c.severity, c.audience, got.First, got.Every, c.first, c.every)
		}
	}
}

func TestDefaultRoles(t *testing.T) {
	var shown []string
	for _, r := range builtInKit(t).Roles {
		if r.Shown {
			shown = append(shown, r.ID)
		}
		if r.Duty == "" || r.First == "" || r.Not == "" || r.HandOver == "" {
			t.Errorf("%s: the card has a blank", r.ID)
		}
	}
	if want := []string{"commander", "communications", "operations", "scribe", "deputy"}; !slices.Equal(shown, want) {
		t.Errorf("shown are %v, want %v", shown, want)
	}
}

// An update is drafted from what is known; sentences whose slots are empty are left out.
func TestDefaultTemplatesReadWellWithHolesInThem(t *testing.T) {
	slot := regexp.MustCompile(`\{[^}]*\}`)
	always := regexp.MustCompile(`\{(id|sev|title)\}`)
	inside := regexp.MustCompile(`\{(id|sev|title|symptom|ic|goal|met)\}`)
	banned := regexp.MustCompile(`(?i)\b(just|root cause|fixed by|blame|fault|eta|soon|shortly)\b`)
	k := builtInKit(t)
	for _, a := range k.Audiences {
		for _, moment := range kit.Moments {
			tpl := k.Template(a.ID, moment)
			if tpl == nil {
				t.Errorf("%s have no text for %s", a.ID, moment)
				continue
			}
			if m := banned.FindString(tpl.Text); m != "" {
				t.Errorf("%s %s says %q", a.ID, moment, m)
			}
			if m := inside.FindString(tpl.Text); a.Outside && m != "" {
				t.Errorf("%s %s tells outsiders %s", a.ID, moment, m)
			}
			if !strings.HasSuffix(tpl.Text, ".") {
				t.Errorf("%s %s does not end in a full stop", a.ID, moment)
			}
			left := 0
			for _, s := range strings.Split(tpl.Text, ". ") {
				if !slot.MatchString(always.ReplaceAllString(s, "")) {
					left++
				}
				if n := len(slot.FindAllString(always.ReplaceAllString(s, ""), -1)); n > 1 && !strings.Contains(s, "from {start} to {end}") {
					t.Errorf("%s %s: two things hang on each other in %q", a.ID, moment, s)
				}
			}
			if left == 0 {
				t.Errorf("%s %s says nothing while nothing is known", a.ID, moment)
			}
		}
	}
}
