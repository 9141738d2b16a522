package assess_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"quarterdeck/internal/assess"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/kit/load"
)

func builtIn(t testing.TB) *kit.Kit {
	t.Helper()
	k, err := load.Default()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

const unknown = incident.NotKnown

// answers are to users, function, data, money and spread, and then how likely it gets worse.
func answers(u, f, d, m, s, likely int) *incident.Assessment {
	a := &incident.Assessment{Likelihood: likely}
	for i, id := range []string{"users", "function", "data", "money", "spread"} {
		a.Answers = append(a.Answers, incident.Answer{Criterion: id, Value: []int{u, f, d, m, s}[i]})
	}
	return a
}

func TestTheDefaultWeights(t *testing.T) {
	k := builtIn(t)
	w := assess.Weigh(assess.Criteria(&k.Assessment), k.Assessment.Judges)
	for i, want := range []float64{0.210, 0.120, 0.479, 0.120, 0.071} {
		if math.Abs(w.Weights[i]-want) > 0.0005 {
			t.Errorf("%s weighs %.4f, want %.3f", w.Criteria[i], w.Weights[i], want)
		}
	}
	if math.Abs(w.Ratio-0.012) > 0.0005 || w.Refused != "" {
		t.Errorf("ratio %.4f %s", w.Ratio, w.Refused)
	}
}

func TestWorkedCases(t *testing.T) {
	k := builtIn(t)
	for _, tt := range []struct {
		name                   string
		in                     *incident.Assessment
		score, byScore, impact int
		severity               string
	}{
		{"checkout impossible for everyone", answers(4, 4, 0, 4, 3, 4), 50, 4, 5, "SEV1"},
		{"sign-in fails for about 30 %", answers(2, 3, 0, 2, 2, 4), 29, 3, 4, "SEV2"},
		{"search slow for about 20 %", answers(2, 2, 0, 1, 1, 4), 21, 3, 3, "SEV3"},
		{"some saw others' records", answers(1, 0, 4, 3, 2, 4), 66, 5, 5, "SEV1"},
		{"CI down, 40 engineers blocked", answers(1, 1, 0, 0, 1, 4), 10, 2, 2, "SEV4"},
		{"one of two replicas lost", answers(0, 0, 1, 1, 3, 4), 20, 3, 3, "SEV3"},
		{"wrong colour on an invoice", answers(1, 0, 0, 0, 0, 4), 5, 1, 1, "SEV5"},
		{"nothing known counts as worse", answers(unknown, unknown, unknown, unknown, unknown, 0), 59, 4, 4, incident.ProvisionalSeverity},
		{"data suspected, certain not to grow", answers(0, 0, 3, 0, 0, 1), 36, 3, 4, "SEV2"},
		{"nobody knows about the data", answers(1, 0, unknown, 0, 0, 4), 41, 4, 4, "SEV2"},
		{"nothing at all, and it will not grow", answers(0, 0, 0, 0, 0, 1), 0, 1, 1, "SEV5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := assess.Judge(k, tt.in)
			if p.Score != tt.score || p.ByScore != tt.byScore || p.Impact != tt.impact || p.Severity != tt.severity {
				t.Errorf("score %d, impact %d raised to %d, %s", p.Score, p.ByScore, p.Impact, p.Severity)
			}
			if (p.Floor != "") != (p.Impact > p.ByScore) {
				t.Errorf("raised from %d to %d for %q", p.ByScore, p.Impact, p.Floor)
			}
			if (p.Clamp != "") != (p.Cell != p.Severity) {
				t.Errorf("%s became %s for %q", p.Cell, p.Severity, p.Clamp)
			}
		})
	}
}

func TestUnknownIsSaid(t *testing.T) {
	k := builtIn(t)
	p := assess.Judge(k, answers(1, 0, unknown, 0, 0, 0))
	if want := []string{"data", assess.Likelihood}; !slices.Equal(p.Unknown, want) || p.Likelihood != 4 {
		t.Errorf("%v, likelihood %d", p.Unknown, p.Likelihood)
	}
	known, not := assess.Judge(k, answers(1, 0, 3, 0, 0, 4)), assess.Judge(k, answers(1, 0, unknown, 0, 0, 4))
	if known.Score != not.Score || known.Severity != not.Severity {
		t.Errorf("unknown data counts %d, suspected %d", not.Score, known.Score)
	}
	if p := assess.Judge(k, &incident.Assessment{}); len(p.Unknown) != 6 || p.Severity != incident.ProvisionalSeverity {
		t.Errorf("%+v", p)
	}
}

// TestEveryAnswerIsMonotone: no worse answer ever gives a less severe proposal, and no
// single step of the likelihood changes it by more than one level.
func TestEveryAnswerIsMonotone(t *testing.T) {
	k := builtIn(t)
	worst := func(a *incident.Assessment) int { return k.Rank(assess.Judge(k, a).Severity) }
	step := []int{0, 1, 2, 3, 4}
	for _, u := range step {
		for _, f := range step {
			for _, d := range step {
				for _, s := range step {
					for l := 1; l <= 5; l++ {
						here := worst(answers(u, f, d, 2, s, l))
						for i, more := range []*incident.Assessment{
							answers(min(4, u+1), f, d, 2, s, l), answers(u, min(4, f+1), d, 2, s, l), answers(u, f, min(4, d+1), 2, s, l),
							answers(u, f, d, 3, s, l), answers(u, f, d, 2, min(4, s+1), l), answers(u, f, d, 2, s, min(5, l+1)),
						} {
							if there := worst(more); there > here || i == 5 && here-there > 1 {
								t.Fatalf("U%d F%d D%d S%d L%d is rank %d; answer %d worse is rank %d", u, f, d, s, l, here, i, there)
							}
						}
					}
				}
			}
		}
	}
}

func TestFlips(t *testing.T) {
	k := builtIn(t)
	in := answers(2, 3, 0, 2, 2, 4) // SEV2
	p := assess.Judge(k, in)
	if len(p.Flips) == 0 {
		t.Fatal("no answer would change it")
	}
	for _, f := range p.Flips {
		was := map[string]int{"users": 2, "function": 3, "data": 0, "money": 2, "spread": 2, assess.Likelihood: 4}
		was[f.Criterion] = f.Answer
		got := assess.Judge(k, answers(was["users"], was["function"], was["data"], was["money"], was["spread"], was[assess.Likelihood]))
		if got.Severity != f.Severity || f.Severity == p.Severity {
			t.Errorf("%+v gives %s", f, got.Severity)
		}
	}
	if !slices.ContainsFunc(p.Flips, func(f assess.Flip) bool { return f == assess.Flip{Criterion: "users", Answer: 1, Severity: "SEV3"} }) {
		t.Errorf("with few hurt it would be SEV3: %+v", p.Flips)
	}
}

// TestAKitWithoutQuestionsProposesNothing: as kits of an earlier version.
func TestAKitWithoutQuestionsProposesNothing(t *testing.T) {
	if p := assess.Judge(&kit.Kit{}, answers(4, 4, 4, 4, 4, 5)); !reflect.DeepEqual(p, assess.Proposal{}) {
		t.Errorf("%+v", p)
	}
}

func TestDeclaring(t *testing.T) {
	k := builtIn(t)
	for _, tt := range []struct {
		name   string
		signs  []string
		rules  []string
		enough bool
	}{
		{"nothing seen", nil, nil, false},
		{"the word of who is on call", []string{"on-call"}, nil, true},
		{"customers notice", []string{"customers"}, []string{"beyond-one-team", "disruption"}, false},
		{"all of a set", []string{"customers", "unplanned", "lasting"}, []string{"beyond-one-team", "lasting-harm", "disruption", "any-environment"}, false},
		{"all but one of a set", []string{"unplanned", "lasting"}, nil, false},
		{"a risk, and the word", []string{"risk", "on-call"}, []string{"disruption"}, true},
		{"a sign of another kit", []string{"ghosts"}, nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			matched, enough := assess.Declaring(k, tt.signs)
			var ids []string
			for _, r := range matched {
				ids = append(ids, r.ID)
			}
			if !slices.Equal(ids, tt.rules) || (enough != "") != tt.enough {
				t.Errorf("%v, %q", ids, enough)
			}
		})
	}
}

// TestTheRulesContradictEachOther: each of the five calls something an incident that another
// one does not, so what matched has to be said; the word of who is on call needs none of them.
func TestTheRulesContradictEachOther(t *testing.T) {
	k := builtIn(t)
	matches := func(signs ...string) map[string]bool {
		out := map[string]bool{}
		matched, _ := assess.Declaring(k, signs)
		for _, r := range matched {
			out[r.ID] = true
		}
		return out
	}
	for _, tt := range []struct {
		what  string
		signs []string
		is    []string
	}{
		{"other teams are needed for planned work", []string{"teams"}, []string{"beyond-one-team"}},
		{"it will reach customers if nobody acts", []string{"risk"}, []string{"disruption"}},
		{"a broken build that nobody planned", []string{"insiders", "unplanned"}, []string{"any-environment"}},
		{"a colleague's question", []string{"unplanned", "pulled"}, []string{"interruption"}},
		{"a planned migration hurts customers", []string{"customers"}, []string{"beyond-one-team", "disruption"}},
		{"the whole of it", []string{"customers", "unplanned", "lasting", "pulled"}, []string{"beyond-one-team", "lasting-harm", "disruption", "any-environment", "interruption"}},
	} {
		got := matches(tt.signs...)
		if len(got) != len(tt.is) {
			t.Errorf("%s: %v, want %v", tt.what, got, tt.is)
		}
		for _, id := range tt.is {
			if !got[id] {
				t.Errorf("%s: %s does not match", tt.what, id)
			}
		}
	}
	if len(k.Declaring.Rules) != 5 {
		t.Errorf("%d rules", len(k.Declaring.Rules))
	}
	if matched, enough := assess.Declaring(k, []string{"on-call"}); len(matched) != 0 || enough == "" {
		t.Errorf("the word of who is on call: %v %q", matched, enough)
	}
}
