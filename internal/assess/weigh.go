package assess

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"quarterdeck/internal/kit"
)

// Limit is the consistency ratio from which comparisons are refused (Saaty 1980).
const Limit = 0.10

// random are Saaty's random indexes of 1980, by the number of criteria.
var random = []float64{0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49}

// Matrix compares each criterion with each: a[i][j] is how many times i weighs what j
// does, and a[j][i] is its reciprocal.
type Matrix [][]float64

// Eigen gives the weights of a matrix, which add up to 1, and its consistency ratio, 0
// for fewer than three criteria. The matrix has at most ten, all entries over zero.
func (a Matrix) Eigen() (weights []float64, ratio float64) {
	n := len(a)
	w := make([]float64, n)
	for i := range w {
		w[i] = 1 / float64(n)
	}
	for range 10_000 { // power iteration: converges, since every entry is over zero
		next := a.times(w)
		sum, moved := 0.0, 0.0
		for _, x := range next {
			sum += x
		}
		for i := range next {
			next[i] /= sum
			moved = max(moved, math.Abs(next[i]-w[i]))
		}
		if w = next; moved < 1e-15 {
			break
		}
	}
	if n < 3 || n >= len(random) {
		return w, 0
	}
	lambda := 0.0
	for _, x := range a.times(w) {
		lambda += x
	}
	return w, (lambda - float64(n)) / float64(n-1) / random[n]
}

func (a Matrix) times(w []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		for j := range a {
			out[i] += a[i][j] * w[j]
		}
	}
	return out
}

// Worst is the pair that contradicts the others most: whose entry lies furthest, as a
// ratio, from what the weights of all of them say.
func (a Matrix) Worst() (i, j int) {
	w, _ := a.Eigen()
	most := -1.0
	for x := range a {
		for y := x + 1; y < len(a); y++ {
			if off := math.Abs(math.Log(a[x][y] * w[y] / w[x])); off > most+1e-12 {
				most, i, j = off, x, y
			}
		}
	}
	return i, j
}

// Weighing is what people's comparisons come to.
type Weighing struct {
	Criteria []string
	Weights  []float64 // in the order of Criteria; they add up to 1
	Ratio    float64   // of the people's answers together
	Judges   []Opinion
	Spread   []Disagreement // the pairs on which they differ, the widest first
	Refused  string         // why the weights cannot be used, in a sentence; empty = they can
	Hint     string         // what mends it
}

// Opinion is one person's answers by themselves.
type Opinion struct {
	Name     string
	Weights  []float64
	Ratio    float64
	Contrary string // the pair that contradicts most, in words; empty while Ratio is below Limit
}

// Disagreement is a pair and how far apart the answers lie.
type Disagreement struct {
	More, Than string
	Least      float64 // the smallest answer of More over Than
	Most       float64
}

// String is the disagreement in words.
func (d Disagreement) String() string {
	return fmt.Sprintf("%s over %s: %s to %s", d.More, d.Than, times(d.Least), times(d.Most))
}

// times is an answer on Saaty's scale: 3, or 1/3.
func times(v float64) string {
	if v < 1 {
		return fmt.Sprintf("1/%.3g", 1/v)
	}
	return fmt.Sprintf("%.3g", v)
}

// Weigh makes weights of the comparisons. They have to be complete, as a kit without
// problems has them: what is missing counts as equal.
func Weigh(criteria []string, judges []kit.Judge) Weighing {
	out := Weighing{Criteria: criteria}
	all := even(len(criteria))
	var each []Matrix
	for _, j := range judges {
		m := matrixOf(criteria, j.Pairs)
		each = append(each, m)
		o := Opinion{Name: j.Name}
		if o.Weights, o.Ratio = m.Eigen(); o.Ratio >= Limit {
			x, y := m.Worst()
			o.Contrary = m.says(criteria, x, y)
			if out.Refused == "" {
				out.Refused = fmt.Sprintf("the comparisons of %s contradict each other: consistency ratio %.2f, below %.2f is wanted", j.Name, o.Ratio, Limit)
				out.Hint = "look again at " + o.Contrary + ", which contradicts the others most"
			}
		}
		out.Judges = append(out.Judges, o)
	}
	for x := range all {
		for y := range all {
			log := 0.0
			for _, m := range each {
				log += math.Log(m[x][y]) / float64(len(each))
			}
			all[x][y] = math.Exp(log)
		}
	}
	if out.Weights, out.Ratio = all.Eigen(); out.Ratio >= Limit && out.Refused == "" {
		x, y := all.Worst()
		out.Refused = fmt.Sprintf("together the comparisons contradict each other: consistency ratio %.2f, below %.2f is wanted", out.Ratio, Limit)
		out.Hint = "talk about " + all.says(criteria, x, y) + ", which contradicts the others most"
	}
	out.Spread = spread(criteria, each)
	return out
}

func even(n int) Matrix {
	m := make(Matrix, n)
	for i := range m {
		m[i] = slices.Repeat([]float64{1}, n)
	}
	return m
}

func matrixOf(criteria []string, pairs []kit.Pair) Matrix {
	m := even(len(criteria))
	for _, p := range pairs {
		x, y := slices.Index(criteria, p.More), slices.Index(criteria, p.Than)
		if x >= 0 && y >= 0 && x != y && p.By >= 1 {
			m[x][y], m[y][x] = float64(p.By), 1/float64(p.By)
		}
	}
	return m
}

// says is a pair as it was answered, the weightier first.
func (a Matrix) says(criteria []string, x, y int) string {
	if a[x][y] < 1 {
		x, y = y, x
	}
	return fmt.Sprintf("%s over %s by %.3g", criteria[x], criteria[y], a[x][y])
}

func spread(criteria []string, each []Matrix) []Disagreement {
	var out []Disagreement
	for x := range criteria {
		for y := x + 1; y < len(criteria); y++ {
			d := Disagreement{More: criteria[x], Than: criteria[y]}
			for i, m := range each {
				if v := m[x][y]; i == 0 {
					d.Least, d.Most = v, v
				} else {
					d.Least, d.Most = min(d.Least, v), max(d.Most, v)
				}
			}
			if d.Most > d.Least {
				out = append(out, d)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Disagreement) int { return cmp.Compare(b.Most/b.Least, a.Most/a.Least) })
	return out
}
