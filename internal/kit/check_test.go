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
		"a route twice":      {func(k *Kit) { k.Audiences[0].Routes = []string{"mail", "mail"} }, "audiences[0].routes[1]"},
		"no route's name":    {func(k *Kit) { k.Audiences[0].Routes = []string{"The Mail"} }, "audiences[0].routes[0]"},
		"too many routes":    {func(k *Kit) { k.Audiences[0].Routes = strings.Fields("a b c d e f g h i") }, "audiences[0].routes"},
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

// assessment is the least one that proposes something.
func assessment() Assessment {
	words := []string{"a", "b", "c", "d", "e"}
	a := Assessment{
		Criteria:   []Criterion{{"users", "U", "Who?", words, 3}, {"data", "D", "Data?", words, 3}},
		Judges:     []Judge{{"one", []Pair{{"data", "users", 2}}}},
		Levels:     []int{8, 20, 40, 60},
		Floors:     []Floor{{[]Condition{{"data", 4}}, 5, "lost"}},
		Likelihood: Likelihood{"Worse?", words, 4},
		Clamps:     []Clamp{{[]Condition{{"data", 3}}, "SEV1", "at stake"}},
		Effects:    []string{"latency"},
		Again:      15,
	}
	for i := range Scale {
		a.Matrix = append(a.Matrix, Line{Scale - i, slices.Repeat([]string{"SEV2"}, Scale)})
	}
	a.Matrix[0].Levels = slices.Repeat([]string{"SEV1"}, Scale)
	return a
}

// TestWhatProposesASeverityIsChecked: every mistake in the assessment, the declaration
// rules and the types' additions is named where it stands.
func TestWhatProposesASeverityIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Kit)
		where  string
	}{
		"no question":        {func(k *Kit) { k.Assessment.Criteria = nil }, "assessment.criteria"},
		"question twice":     {func(k *Kit) { k.Assessment.Criteria[1].ID = "users" }, "assessment.criteria[1].id"},
		"four answers":       {func(k *Kit) { k.Assessment.Criteria[0].Choices = []string{"a", "b", "c", "d"} }, "assessment.criteria[0].choices"},
		"empty answer":       {func(k *Kit) { k.Assessment.Criteria[0].Choices = []string{"a", "b", "c", "d", ""} }, "assessment.criteria[0].choices[4]"},
		"unknown as five":    {func(k *Kit) { k.Assessment.Criteria[0].Unknown = 5 }, "assessment.criteria[0].unknown"},
		"likely unknown 0":   {func(k *Kit) { k.Assessment.Likelihood.Unknown = 0 }, "assessment.likelihood.unknown"},
		"no judge":           {func(k *Kit) { k.Assessment.Judges = nil }, "assessment.judges"},
		"judge twice":        {func(k *Kit) { k.Assessment.Judges = slices.Repeat(k.Assessment.Judges, 2) }, "assessment.judges[1].name"},
		"pair left out":      {func(k *Kit) { k.Assessment.Judges[0].Pairs = nil }, "assessment.judges[0].pairs"},
		"pair both ways":     {func(k *Kit) { k.Assessment.Judges[0].Pairs = []Pair{{"data", "users", 2}, {"users", "data", 2}} }, "assessment.judges[0].pairs[1]"},
		"pair with itself":   {func(k *Kit) { k.Assessment.Judges[0].Pairs[0].Than = "data" }, "assessment.judges[0].pairs[0]"},
		"pair of a ghost":    {func(k *Kit) { k.Assessment.Judges[0].Pairs[0].Than = "ghost" }, "assessment.judges[0].pairs[0].than"},
		"ten times":          {func(k *Kit) { k.Assessment.Judges[0].Pairs[0].By = 10 }, "assessment.judges[0].pairs[0].by"},
		"three levels":       {func(k *Kit) { k.Assessment.Levels = []int{8, 20, 40} }, "assessment.levels"},
		"levels fall":        {func(k *Kit) { k.Assessment.Levels[2] = 20 }, "assessment.levels[2]"},
		"level over 100":     {func(k *Kit) { k.Assessment.Levels[3] = 101 }, "assessment.levels[3]"},
		"floor of nothing":   {func(k *Kit) { k.Assessment.Floors[0].All = nil }, "assessment.floors[0].all"},
		"floor at zero":      {func(k *Kit) { k.Assessment.Floors[0].All[0].Least = 0 }, "assessment.floors[0].all[0].least"},
		"floor of six":       {func(k *Kit) { k.Assessment.Floors[0].Impact = 6 }, "assessment.floors[0].impact"},
		"floor of a ghost":   {func(k *Kit) { k.Assessment.Floors[0].All[0].Criterion = "ghost" }, "assessment.floors[0].all[0].criterion"},
		"clamp to nowhere":   {func(k *Kit) { k.Assessment.Clamps[0].Severity = "SEV9" }, "assessment.clamps[0].severity"},
		"effect twice":       {func(k *Kit) { k.Assessment.Effects = []string{"latency", "latency"} }, "assessment.effects[1]"},
		"again in a year":    {func(k *Kit) { k.Assessment.Again = MaxMinutes + 1 }, "assessment.again"},
		"four rows":          {func(k *Kit) { k.Assessment.Matrix = k.Assessment.Matrix[1:] }, "assessment.matrix"},
		"rows upside down":   {func(k *Kit) { slices.Reverse(k.Assessment.Matrix) }, "assessment.matrix[0].impact"},
		"four cells":         {func(k *Kit) { k.Assessment.Matrix[2].Levels = k.Assessment.Matrix[2].Levels[1:] }, "assessment.matrix[2].levels"},
		"cell of no level":   {func(k *Kit) { k.Assessment.Matrix[2].Levels[3] = "SEV7" }, "assessment.matrix[2].levels[3]"},
		"likelier, better":   {func(k *Kit) { k.Assessment.Matrix[0].Levels[4] = "SEV2" }, "assessment.matrix[0].levels[4]"},
		"less hurt, worse":   {func(k *Kit) { k.Assessment.Matrix[3].Levels[4] = "SEV1" }, "assessment.matrix[3].levels[4]"},
		"proof of no one":    {func(k *Kit) { k.Checklists[0].Items[0].Proof = "answer:ghost" }, "checklists[0].items[0].proof"},
		"sign twice":         {func(k *Kit) { k.Declaring.Signs = []Sign{{"a", "A", false}, {"a", "B", false}} }, "declaring.signs[1].id"},
		"rule of nothing":    {func(k *Kit) { k.Declaring.Rules = []Rule{{ID: "a", Name: "A"}} }, "declaring.rules[0]"},
		"draft twice":        {func(k *Kit) { k.Declaring.Drafts = []Draft{{ID: "a", Name: "A"}, {ID: "a", Name: "B"}} }, "declaring.templates[1].id"},
		"draft of no type":   {func(k *Kit) { k.Declaring.Drafts = []Draft{{ID: "a", Name: "A", Type: "x"}} }, "declaring.templates[0].type"},
		"draft no severity":  {func(k *Kit) { k.Declaring.Drafts = []Draft{{ID: "a", Name: "A", Severity: "x"}} }, "declaring.templates[0].severity"},
		"draft of nowhere":   {func(k *Kit) { k.Declaring.Drafts = []Draft{{ID: "a", Name: "A", Source: "x"}} }, "declaring.templates[0].source"},
		"draft of no name":   {func(k *Kit) { k.Declaring.Drafts = []Draft{{ID: "a", Name: "A", Services: []string{""}}} }, "declaring.templates[0].services[0]"},
		"rule of no sign":    {func(k *Kit) { k.Declaring.Rules = []Rule{{ID: "a", Name: "A", Any: []string{"x"}}} }, "declaring.rules[0].any[0]"},
		"adds to no list":    {func(k *Kit) { k.Types[0].Add = []Addition{{"x", []Item{{ID: "a", Text: "A"}}}} }, "types[0].add[0].list"},
		"adds an item twice": {func(k *Kit) { k.Types[0].Add = []Addition{{"declare", []Item{{ID: "declare.title", Text: "A"}}}} }, "types[0].add[0].items[0].id"},
		"adds too many":      {func(k *Kit) { k.Types[0].Add = []Addition{{"declare", nine()}} }, "types[0].add[0].items"},
		"exit twice":         {func(k *Kit) { k.Types[0].Exit = []Exit{{"a", "A", 0}, {"a", "A", 0}} }, "types[0].exit[1].id"},
	} {
		t.Run(name, func(t *testing.T) {
			k := small()
			k.Assessment = assessment()
			for _, p := range k.Check() {
				t.Fatal(p)
			}
			c.change(k)
			got := k.Check()
			if !slices.ContainsFunc(got, func(p Problem) bool { return p.Where == c.where && p.Message != "" && p.Hint != "" }) {
				t.Errorf("nothing about %s in %v", c.where, got)
			}
		})
	}
}

func nine() (out []Item) {
	for i := range MaxItems {
		out = append(out, Item{ID: fmt.Sprintf("more%d", i), Text: "x"})
	}
	return out
}

func TestAMatrixMayNotJump(t *testing.T) {
	k := small()
	k.Severities = append(k.Severities, Severity{ID: "SEV3", Name: "c", Meaning: "c", Exit: []Exit{{ID: "well", Text: "x"}}})
	k.Assessment = assessment()
	for i := 1; i < Scale; i++ {
		k.Assessment.Matrix[i].Levels = slices.Repeat([]string{"SEV3"}, Scale)
	}
	if got := k.Check(); len(got) != Scale || got[0].Where != "assessment.matrix[1].levels[0]" {
		t.Errorf("%v", got)
	}
}

// TestATypeAddsToListsAndCriteria: and leaves the kit as it is.
func TestATypeAddsToListsAndCriteria(t *testing.T) {
	k := small()
	k.Types[1].Add = []Addition{{"declare", []Item{{ID: "declare.room", Text: "A private room"}}}}
	k.Types[1].Exit = []Exit{{ID: "way-in", Text: "Closed"}, {ID: "well", Text: "said by the severity already"}}
	mine := k.For("security")
	if l := mine.Checklist("declare"); len(l.Items) != 2 || mine.Item("declare.room") == nil {
		t.Errorf("%v", l)
	}
	for _, s := range mine.Severities {
		if len(s.Exit) != 2 || s.Exit[0].Text != "It works" {
			t.Errorf("%s %v", s.ID, s.Exit)
		}
	}
	if len(k.Checklists[0].Items) != 1 || len(k.Severities[0].Exit) != 1 || k.For("service") != k || k.For("nothing") != k {
		t.Error("the kit itself has changed")
	}
}

func TestARoleOfManyHasParts(t *testing.T) {
	k := small()
	k.Roles = append(k.Roles, Role{ID: "expert", Name: "Expert", Short: "Expert", Many: true})
	if r := k.Role("expert:payments"); r == nil || r.ID != "expert" {
		t.Errorf("%v", r)
	}
	for _, id := range []string{"operations:payments", "expert:", "expert:Pay ments", "ghost:payments"} {
		if k.Role(id) != nil {
			t.Errorf("%s is a role", id)
		}
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
		case "answer":
			k.Assessment = assessment()
			proof += ":users"
		}
		k.Checklists = append(k.Checklists, Checklist{ID: fmt.Sprintf("list%d", i), Name: "x", Mode: ReadDo, Items: []Item{{ID: fmt.Sprintf("proof%d", i), Text: "x", Proof: proof}}})
	}
	for _, p := range k.Check() {
		t.Error(p)
	}
}
