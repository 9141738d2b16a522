package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// small is the least kit that one can declare under.
func small() *Kit {
	return &Kit{
		Name: "small",
		Severities: []Severity{
			{ID: "SEV1", Name: "critical", Meaning: "bad", Exit: []Exit{{ID: "well", Text: "It works"}}},
			{ID: "SEV2", Name: "major", Meaning: "less bad", Exit: []Exit{{ID: "well", Text: "It works"}}},
		},
		Types:      []Type{{ID: "service", Name: "Service"}, {ID: "security", Name: "Security", Private: true}},
		Roles:      []Role{{ID: "commander", Name: "Commander", Short: "Commander"}, {ID: "operations", Name: "Ops lead", Short: "Ops"}},
		Audiences:  []Audience{{ID: "support", Name: "Support"}},
		Checklists: []Checklist{{ID: "declare", Name: "Declare", Phase: "declare", Mode: ReadDo, Items: []Item{{ID: "declare.title", Text: "A title"}}}},
		Templates:  []Template{{Audience: "support", Moment: "first", Text: "We know."}},
	}
}

func TestTheLeastKitHasNoProblems(t *testing.T) {
	for _, p := range small().Check() {
		t.Error(p)
	}
}

func TestCheckNamesThePlace(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Kit)
		where  string
	}{
		"no name":            {func(k *Kit) { k.Name = " " }, "name"},
		"one severity":       {func(k *Kit) { k.Severities = k.Severities[:1] }, "severities"},
		"six severities":     {func(k *Kit) { k.Severities = slices.Repeat(k.Severities, 3) }, "severities"},
		"best first":         {func(k *Kit) { slices.Reverse(k.Severities) }, "severities[0].id"},
		"no exit":            {func(k *Kit) { k.Severities[1].Exit = nil }, "severities[1].exit"},
		"long ago":           {func(k *Kit) { k.Severities[0].RetroDue = 366 }, "severities[0].retro_days"},
		"required twice":     {func(k *Kit) { k.Severities[0].Required = []string{"operations", "operations"} }, "severities[0].required[1]"},
		"interval":           {func(k *Kit) { k.Severities[0].Promises = []Promise{{"support", 1, MaxMinutes + 1}} }, "severities[0].promises[0].every"},
		"no types":           {func(k *Kit) { k.Types = nil }, "types"},
		"no roles":           {func(k *Kit) { k.Roles = nil }, "roles"},
		"no operations":      {func(k *Kit) { k.Roles = k.Roles[:1] }, "roles"},
		"alias of two":       {func(k *Kit) { k.Roles[0].Aliases, k.Roles[1].Aliases = []string{"x"}, []string{"x"} }, "roles[1].aliases[0]"},
		"alias of itself":    {func(k *Kit) { k.Roles[1].Aliases = []string{"operations"} }, "roles[1].aliases[0]"},
		"no audiences":       {func(k *Kit) { k.Audiences = nil }, "audiences"},
		"too many audiences": {func(k *Kit) { k.Audiences = many() }, "audiences"},
		"audience twice":     {func(k *Kit) { k.Audiences = slices.Repeat(k.Audiences, 2) }, "audiences[1].id"},
		"no lists":           {func(k *Kit) { k.Checklists = nil }, "checklists"},
		"no templates":       {func(k *Kit) { k.Templates = nil }, "templates"},
		"empty list":         {func(k *Kit) { k.Checklists[0].Items = nil }, "checklists[0].items"},
		"no id":              {func(k *Kit) { k.Audiences = append(k.Audiences, Audience{Name: "x"}) }, "audiences[1].id"},
		"shouting id":        {func(k *Kit) { k.Checklists[0].Items[0].ID = "Title" }, "checklists[0].items[0].id"},
		"digit first":        {func(k *Kit) { k.Checklists[0].Items[0].ID = "1st" }, "checklists[0].items[0].id"},
		"long id":            {func(k *Kit) { k.Checklists[0].Items[0].ID = strings.Repeat("a", maxID+1) }, "checklists[0].items[0].id"},
		"long text":          {func(k *Kit) { k.Checklists[0].Items[0].Text = strings.Repeat("ä", maxLine+1) }, "checklists[0].items[0].text"},
		"broken text":        {func(k *Kit) { k.Checklists[0].Items[0].Why = "a\xff" }, "checklists[0].items[0].why"},
		"escape":             {func(k *Kit) { k.Templates[0].Text = "\x1b[31m" }, "templates[0].text"},
		"brace left open":    {func(k *Kit) { k.Templates[0].Text = "a {who" }, "templates[0].text"},
		"brace closed":       {func(k *Kit) { k.Templates[0].Text = "a who}" }, "templates[0].text"},
		"brace in brace":     {func(k *Kit) { k.Templates[0].Text = "{{who}}" }, "templates[0].text"},
		"slot without name":  {func(k *Kit) { k.Templates[0].Text = "{}" }, "templates[0].text"},
		"last notice of":     {func(k *Kit) { k.Checklists[0].Items[0].Proof = "last-notice:support" }, "checklists[0].items[0].proof"},
		"first of nobody":    {func(k *Kit) { k.Checklists[0].Items[0].Proof = "first-notice:" }, "checklists[0].items[0].proof"},
	} {
		t.Run(name, func(t *testing.T) {
			k := small()
			c.change(k)
			got := k.Check()
			if !slices.ContainsFunc(got, func(p Problem) bool { return p.Where == c.where && p.Message != "" && p.Hint != "" }) {
				t.Errorf("nothing about %s in %v", c.where, got)
			}
		})
	}
}

func many() []Audience {
	out := []Audience{{ID: "support", Name: "Support"}}
	for i := range maxEntries {
		out = append(out, Audience{ID: fmt.Sprintf("a%d", i), Name: "A"})
	}
	return out
}

func TestAnEmptyKitIsAllProblems(t *testing.T) {
	where := map[string]bool{}
	for _, p := range new(Kit).Check() {
		where[p.Where] = true
	}
	for _, part := range []string{"name", "severities", "types", "roles", "audiences", "checklists", "templates"} {
		if !where[part] {
			t.Errorf("nothing about %s", part)
		}
	}
}

func TestEveryWordOfTheListsIsAccepted(t *testing.T) {
	k := small()
	k.Templates = nil
	for _, m := range Moments {
		k.Templates = append(k.Templates, Template{"support", m, "{" + strings.Join(Slots, "} {") + "}."})
	}
	k.Checklists = nil
	for i, phase := range Phases {
		it := Item{ID: fmt.Sprintf("item%d", i), Text: "x", Act: Acts[i%len(Acts)]}
		k.Checklists = append(k.Checklists, Checklist{ID: phase, Name: phase, Phase: phase, Mode: DoConfirm, Items: []Item{it}})
	}
	for i, proof := range Proofs {
		switch proof {
		case "role":
			proof += ":operations"
		case "first-notice":
			proof += ":support"
		}
		k.Checklists = append(k.Checklists, Checklist{ID: fmt.Sprintf("list%d", i), Name: "x", Mode: ReadDo, Items: []Item{{ID: fmt.Sprintf("proof%d", i), Text: "x", Proof: proof}}})
	}
	for _, p := range k.Check() {
		t.Error(p)
	}
}
