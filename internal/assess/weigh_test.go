package assess_test

import (
	"math"
	"strings"
	"testing"

	"quarterdeck/internal/assess"
	"quarterdeck/internal/kit"
)

// upper makes a matrix of its upper half, row by row.
func upper(n int, half ...float64) assess.Matrix {
	m := make(assess.Matrix, n)
	for i := range m {
		m[i] = make([]float64, n)
		m[i][i] = 1
	}
	k := 0
	for i := range n {
		for j := i + 1; j < n; j++ {
			m[i][j], m[j][i] = half[k], 1/half[k]
			k++
		}
	}
	return m
}

// TestPublishedExamples: weights and consistency ratios of examples in print, recomputed
// to six decimals; the ratios are with the random indexes of 1980.
func TestPublishedExamples(t *testing.T) {
	for _, tt := range []struct {
		name    string
		m       assess.Matrix
		weights []float64
		ratio   float64
	}{
		{"house, criteria (Saaty 1990)", upper(8, 5, 3, 7, 6, 6, 1./3, 1./4, 1./3, 5, 3, 3, 1./5, 1./7, 6, 3, 4, 6, 1./5, 1./3, 1./4, 1./7, 1./8, 1./2, 1./5, 1./6, 1./5, 1./6, 1./2),
			[]float64{0.173017, 0.053976, 0.188110, 0.017508, 0.031044, 0.036322, 0.166834, 0.333189}, 0.169087},
		{"house, financing", upper(3, 1./7, 1./5, 3), []float64{0.071927, 0.649118, 0.278955}, 0.055938},
		{"house, transportation", upper(3, 7, 1./5, 1./8), []float64{0.233059, 0.054454, 0.712487}, 0.212892},
		{"drinks (Saaty 2008)", upper(7, 9, 5, 2, 1, 1, 1./2, 1./3, 1./9, 1./9, 1./9, 1./9, 1./3, 1./4, 1./3, 1./9, 1./2, 1, 1./3, 2, 1./2, 1./3),
			[]float64{0.177457, 0.019149, 0.041831, 0.116417, 0.189572, 0.128781, 0.326793}, 0.022302},
		{"leader, criteria", upper(4, 4, 3, 7, 1./3, 3, 5), []float64{0.547569, 0.126555, 0.269950, 0.055926}, 0.043859},
		{"car, criteria", upper(4, 3, 7, 3, 9, 1, 1./7), []float64{0.510075, 0.234352, 0.040519, 0.215054}, 0.073791},
		{"car, price of six", upper(6, 9, 9, 1, 1./2, 5, 1, 1./9, 1./9, 1./7, 1./9, 1./9, 1./7, 1./2, 5, 6), []float64{0.246175, 0.024554, 0.024554, 0.246175, 0.365751, 0.092790}, 0.068205},
		{"city, criteria (Saaty 2005)", upper(5, 1./5, 3, 1./2, 5, 7, 1, 7, 1./4, 3, 7), []float64{0.152167, 0.433454, 0.071556, 0.305006, 0.037816}, 0.050276},
		{"learning", upper(3, 1./3, 1./2, 3), []float64{0.157056, 0.593634, 0.249311}, 0.046225},
		{"location", upper(3, 1./2, 1./3, 1./2), []float64{0.163424, 0.296961, 0.539615}, 0.007933},
		{"supplier", upper(5, 1./5, 3, 1./3, 3, 7, 3, 7, 1./5, 1, 5), []float64{0.122336, 0.513955, 0.052867, 0.257975, 0.052867}, 0.030371},
		{"school, six criteria", upper(6, 4, 3, 1, 3, 4, 7, 3, 1./5, 1, 1./5, 1./5, 1./6, 1, 1./3, 3), []float64{0.320770, 0.139503, 0.034768, 0.128486, 0.237390, 0.139083}, 0.229011},
		{"holiday", upper(5, 1./2, 4, 3, 3, 7, 5, 5, 1./2, 1./3, 1), []float64{0.263603, 0.475835, 0.053815, 0.098068, 0.108678}, 0.016090},
		{"style, reliability, fuel", upper(3, 1./2, 3, 4), []float64{0.319618, 0.558425, 0.121957}, 0.015771},
		{"leader, experience", upper(3, 1./4, 4, 9), []float64{0.217166, 0.717065, 0.065769}, 0.031807},
		{"car, parts of cost", upper(4, 2, 5, 3, 2, 2, 1./2), []float64{0.488054, 0.251536, 0.099863, 0.160548}, 0.015076},
		{"incomplete, completed (2010)", upper(4, 1, 5, 2, 3, 4, 0.730297), []float64{0.373787, 0.391993, 0.098484, 0.135736}, 0.034210},
		{"the same with three quarters", upper(4, 1, 5, 2, 3, 4, 0.75), []float64{0.374226, 0.391709, 0.099146, 0.134920}, 0.034244},
		{"vocational", upper(3, 9, 7, 1./5), []float64{0.772017, 0.054548, 0.173435}, 0.179715},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, ratio := tt.m.Eigen()
			sum := 0.0
			for i := range w {
				sum += w[i]
				if math.Abs(w[i]-tt.weights[i]) > 6e-7 {
					t.Errorf("weight %d: %f, want %f", i, w[i], tt.weights[i])
				}
			}
			if math.Abs(sum-1) > 1e-12 {
				t.Errorf("the weights add up to %v", sum)
			}
			if math.Abs(ratio-tt.ratio) > 1e-5 {
				t.Errorf("ratio %f, want %f", ratio, tt.ratio)
			}
		})
	}
}

func TestTooFewToContradict(t *testing.T) {
	for _, m := range []assess.Matrix{upper(1), upper(2, 9)} {
		if w, ratio := m.Eigen(); ratio != 0 || len(w) != len(m) {
			t.Errorf("%v %v", w, ratio)
		}
	}
}

func pairs(list ...kit.Pair) []kit.Pair { return list }

// TestSeveralPeople: the geometric mean counts, and on what they differ is shown.
func TestSeveralPeople(t *testing.T) {
	ids := []string{"a", "b", "c"}
	one := kit.Judge{Name: "one", Pairs: pairs(kit.Pair{More: "a", Than: "b", By: 4}, kit.Pair{More: "a", Than: "c", By: 4}, kit.Pair{More: "b", Than: "c", By: 1})}
	two := kit.Judge{Name: "two", Pairs: pairs(kit.Pair{More: "b", Than: "a", By: 4}, kit.Pair{More: "c", Than: "a", By: 4}, kit.Pair{More: "c", Than: "b", By: 1})}
	w := assess.Weigh(ids, []kit.Judge{one, two})
	for i, v := range w.Weights {
		if math.Abs(v-1./3) > 1e-12 {
			t.Errorf("opposite answers must cancel: weight %d is %v", i, v)
		}
	}
	if w.Refused != "" || w.Ratio > 1e-9 || len(w.Judges) != 2 || math.Abs(w.Judges[0].Weights[0]-2./3) > 1e-9 {
		t.Errorf("%+v", w)
	}
	if len(w.Spread) != 2 || w.Spread[0] != (assess.Disagreement{More: "a", Than: "b", Least: 0.25, Most: 4}) {
		t.Errorf("%+v", w.Spread)
	}
}

// TestContradictionsAreRefused: with the pair that contradicts most, whoever gave it.
func TestContradictionsAreRefused(t *testing.T) {
	ids := []string{"a", "b", "c"}
	good := kit.Judge{Name: "good", Pairs: pairs(kit.Pair{More: "a", Than: "b", By: 2}, kit.Pair{More: "a", Than: "c", By: 4}, kit.Pair{More: "b", Than: "c", By: 2})}
	circle := kit.Judge{Name: "round", Pairs: pairs(kit.Pair{More: "a", Than: "b", By: 3}, kit.Pair{More: "c", Than: "a", By: 3}, kit.Pair{More: "b", Than: "c", By: 9})}
	w := assess.Weigh(ids, []kit.Judge{good, circle})
	if !strings.Contains(w.Refused, "round") || !strings.Contains(w.Refused, "0.10") || w.Hint == "" {
		t.Errorf("%q %q", w.Refused, w.Hint)
	}
	if w.Judges[0].Contrary != "" || w.Judges[1].Contrary == "" {
		t.Errorf("%+v", w.Judges)
	}
	if w := assess.Weigh(ids, []kit.Judge{good}); w.Refused != "" || w.Ratio > 1e-9 {
		t.Errorf("%+v", w)
	}
}

// TestTheWorstPairOfTheHouse: it is the judgement that its author repaired later.
func TestTheWorstPairOfTheHouse(t *testing.T) {
	m := upper(8, 5, 3, 7, 6, 6, 1./3, 1./4, 1./3, 5, 3, 3, 1./5, 1./7, 6, 3, 4, 6, 1./5, 1./3, 1./4, 1./7, 1./8, 1./2, 1./5, 1./6, 1./5, 1./6, 1./2)
	if i, j := m.Worst(); i != 2 || j != 6 {
		t.Errorf("%d %d, want neighbourhood against condition", i, j)
	}
}
