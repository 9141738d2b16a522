package app

import (
	"math"
	"strings"

	"quarterdeck/internal/assess"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/kit/load"
)

// CompareInput is one person's answers to the pairs of questions, made alone.
type CompareInput struct {
	Name  string      `json:"name"` // of who answers; empty = whoever sits here
	Pairs []PairInput `json:"pairs"`
}

// PairInput says that one question weighs so many times what another does, on Saaty's scale.
type PairInput struct {
	More string `json:"more"`
	Than string `json:"than"`
	By   int    `json:"by"` // 1 to 9; 0 = not answered
}

// CompareView is what somebody's answers come to. What others answered is in it only once
// theirs have been kept, so that each answers alone.
type CompareView struct {
	Name     string      `json:"name"`
	Pairs    []PairInput `json:"pairs"`    // all there are to answer, in the kit's order
	Missing  int         `json:"missing"`  // not answered yet
	Weights  []int       `json:"weights"`  // in thousandths, by the kit's questions; none while one is missing
	Ratio    int         `json:"ratio"`    // of consistency, in thousandths; below 100 is wanted
	Contrary string      `json:"contrary"` // the pair that contradicts most, in words; empty while the ratio is low enough
	Worst    int         `json:"worst"`    // its place in Pairs, from 1; 0 = none
	Folder   string      `json:"folder"`   // the kit's, into which it is written; empty = it is the built-in one
	Kept     bool        `json:"kept"`
	Judges   []string    `json:"judges"` // whose answers count
	All      []int       `json:"all"`    // the weights of all together, in thousandths
	Together int         `json:"together"`
	Spread   []string    `json:"spread"` // on what they differ, the widest first
}

// Compare says what somebody's answers come to. Without pairs it begins with those that
// they gave before.
func (a *API) Compare(in CompareInput) (v CompareView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return v, err
	}
	k := b.inForce()
	v, _, err = compare(k, in, b.named())
	return v, err
}

// KeepComparison writes somebody's answers into the team's kit. The answers that came with
// the kit count no more from then on. Those that contradict each other are refused.
func (a *API) KeepComparison(in CompareInput) (v CompareView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return v, err
	}
	k := b.inForce()
	v, j, err := compare(k, in, b.named())
	switch {
	case err != nil:
		return v, err
	case v.Missing > 0:
		return v, fault.Input("pairs", "%d of %d pairs are not answered", v.Missing, len(v.Pairs)).WithHint("as much is an answer, too")
	case k.Folder == "":
		return v, fault.Input("folder", "the built-in kit cannot be changed").WithHint("qd kit init DIR writes it out; choose that folder in the settings, then answer here")
	}
	var built []string
	if d, err := load.Default(); err == nil {
		for _, o := range d.Assessment.Judges {
			built = append(built, o.Name)
		}
	}
	if err := load.PutJudge(k.Folder, j, built...); err != nil {
		return v, err
	}
	if k, err = ReadKit(k.Folder); err != nil { // it is in force within seconds
		return v, err
	}
	now := &k.Kit.Assessment
	w := assess.Weigh(assess.Criteria(now), now.Judges)
	v.Kept, v.All, v.Together = true, thousandths(w.Weights), thousandth(w.Ratio)
	for _, o := range now.Judges {
		v.Judges = append(v.Judges, o.Name)
	}
	for _, d := range w.Spread {
		v.Spread = append(v.Spread, d.String())
	}
	return v, nil
}

// compare completes somebody's answers and weighs them.
func compare(k KitInForce, in CompareInput, me string) (CompareView, kit.Judge, error) {
	a := &k.Kit.Assessment
	v := CompareView{Folder: k.Folder, Pairs: []PairInput{}, Weights: []int{}, Judges: []string{}, All: []int{}, Spread: []string{}}
	if a.None() {
		return v, kit.Judge{}, fault.New(fault.Conflict, "the kit asks no questions that could be weighed").WithHint("add an assessment.yaml to it")
	}
	if in.Name == "" {
		in.Name = me
	}
	name, err := incident.CleanName("name", in.Name)
	if err != nil {
		return v, kit.Judge{}, err
	}
	v.Name = name
	given := in.Pairs
	if given == nil {
		for _, j := range a.Judges {
			if strings.EqualFold(j.Name, name) {
				for _, p := range j.Pairs {
					given = append(given, PairInput(p))
				}
			}
		}
	}
	j := kit.Judge{Name: name}
	ids := assess.Criteria(a)
	for i, x := range ids {
		for _, y := range ids[i+1:] {
			p := PairInput{More: x, Than: y}
			for _, g := range given {
				if g.More == x && g.Than == y || g.More == y && g.Than == x {
					p = g
				}
			}
			if p.By < 0 || p.By > 9 {
				return v, j, fault.Input("pairs", "%d is none of 1 to 9", p.By)
			}
			if p.By == 0 {
				v.Missing++
			} else {
				j.Pairs = append(j.Pairs, kit.Pair(p))
			}
			v.Pairs = append(v.Pairs, p)
		}
	}
	if v.Missing > 0 {
		return v, j, nil
	}
	o := assess.Weigh(ids, []kit.Judge{j}).Judges[0]
	v.Weights, v.Ratio, v.Contrary = thousandths(o.Weights), thousandth(o.Ratio), o.Contrary
	if o.Contrary != "" {
		for i, p := range v.Pairs {
			if strings.HasPrefix(o.Contrary, p.More+" over "+p.Than+" ") || strings.HasPrefix(o.Contrary, p.Than+" over "+p.More+" ") {
				v.Worst = i + 1
			}
		}
	}
	return v, j, nil
}

func thousandth(f float64) int { return int(math.Round(f * 1000)) }

func thousandths(list []float64) []int {
	out := []int{}
	for _, f := range list {
		out = append(out, thousandth(f))
	}
	return out
}
