package assess

import (
	"math"
	"strings"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Proposal is what answers come to, with each step.
type Proposal struct {
	Score      int      // 0 to 100, rounded
	ByScore    int      // the impact that the score gives, 1 to 5
	Impact     int      // after the floors
	Floor      string   // why it was raised; empty = it was not
	Likelihood int      // 1 to 5
	Cell       string   // the severity in the matrix
	Severity   string   // after the clamps; empty when the kit proposes nothing
	Clamp      string   // why it was raised; empty = it was not
	Unknown    []string // criteria that count as worse because nobody knows; likelihood too
	Flips      []Flip   // single answers that would change the severity, in the order of the questions
}

// Flip is one answer that alone would change the severity: the nearest one to what was
// answered, once towards worse and once towards better at most.
type Flip struct {
	Criterion string // its id; Likelihood for the last question
	Answer    int
	Severity  string
}

// Likelihood names the question about getting worse beside the kit's criteria.
const Likelihood = "likelihood"

// Judge proposes a severity. Answers that are missing or out of range are unknown.
func Judge(k *kit.Kit, in *incident.Assessment) Proposal {
	a := &k.Assessment
	if a.None() || len(a.Matrix) != kit.Scale {
		return Proposal{}
	}
	w := weights(a)
	counts := map[string]int{}
	var p Proposal
	for _, q := range a.Criteria {
		v := in.Answer(q.ID)
		if v < 0 || v >= kit.Scale {
			v = q.Unknown
			p.Unknown = append(p.Unknown, q.ID)
		}
		counts[q.ID] = v
	}
	likely := in.Likelihood
	if likely < 1 || likely > kit.Scale {
		likely = a.Likelihood.Unknown
		p.Unknown = append(p.Unknown, Likelihood)
	}
	unknown := p.Unknown
	if p = propose(k, w, counts, likely); p.Severity == "" {
		return p
	}
	p.Unknown = unknown
	for _, q := range a.Criteria {
		was := counts[q.ID]
		p.Flips = append(p.Flips, flips(q.ID, was, 0, kit.Scale-1, p.Severity, func(v int) string {
			counts[q.ID] = v
			defer func() { counts[q.ID] = was }()
			return propose(k, w, counts, likely).Severity
		})...)
	}
	p.Flips = append(p.Flips, flips(Likelihood, likely, 1, kit.Scale, p.Severity, func(v int) string {
		return propose(k, w, counts, v).Severity
	})...)
	return p
}

// flips looks for the nearest answers, above and below, that change the severity.
func flips(id string, was, least, most int, severity string, try func(int) string) (out []Flip) {
	for v := was + 1; v <= most; v++ {
		if s := try(v); s != severity {
			out = append(out, Flip{id, v, s})
			break
		}
	}
	for v := was - 1; v >= least; v-- {
		if s := try(v); s != severity {
			out = append(out, Flip{id, v, s})
			break
		}
	}
	return out
}

// propose goes through score, floors, matrix and clamps.
func propose(k *kit.Kit, w map[string]float64, counts map[string]int, likely int) Proposal {
	a := &k.Assessment
	sum := 0.0
	for _, q := range a.Criteria { // in the kit's order: the same sum to the last bit, always
		sum += w[q.ID] * float64(counts[q.ID])
	}
	p := Proposal{Score: int(math.Round(100 * sum / (kit.Scale - 1))), ByScore: 1, Likelihood: likely}
	for _, least := range a.Levels {
		if p.Score >= least {
			p.ByScore++
		}
	}
	p.Impact = min(p.ByScore, kit.Scale)
	var why []string
	for _, f := range a.Floors {
		if f.Impact <= p.ByScore || f.Impact < p.Impact || !holds(f.All, counts) {
			continue
		}
		if f.Impact > p.Impact {
			why = nil
		}
		p.Impact = f.Impact
		why = append(why, f.Why)
	}
	p.Floor = strings.Join(why, "; ")
	row := a.Matrix[kit.Scale-p.Impact]
	if len(row.Levels) != kit.Scale {
		return Proposal{}
	}
	p.Cell = row.Levels[likely-1]
	p.Severity = p.Cell
	for _, c := range a.Clamps {
		if k.Rank(c.Severity) < k.Rank(p.Severity) && holds(c.All, counts) {
			p.Severity, p.Clamp = c.Severity, c.Why
		}
	}
	return p
}

func holds(all []kit.Condition, counts map[string]int) bool {
	for _, c := range all {
		if counts[c.Criterion] < c.Least {
			return false
		}
	}
	return len(all) > 0
}

func weights(a *kit.Assessment) map[string]float64 {
	ids := Criteria(a)
	out := map[string]float64{}
	for i, v := range Weigh(ids, a.Judges).Weights {
		out[ids[i]] = v
	}
	return out
}

// Criteria are the ids of the kit's questions, in their order.
func Criteria(a *kit.Assessment) []string {
	out := make([]string, len(a.Criteria))
	for i := range a.Criteria {
		out[i] = a.Criteria[i].ID
	}
	return out
}

// Answered is answers with what they come to, as they are recorded.
func Answered(k *kit.Kit, in *incident.Assessment) *incident.Assessment {
	out := *in
	p := Judge(k, in)
	out.Score, out.Impact, out.Proposed = p.Score, p.Impact, p.Severity
	return &out
}
