package kit

import (
	"fmt"
	"slices"
)

// maxCriteria keeps the questions within five minutes, and their comparisons within reason.
const maxCriteria = 7

// assessment checks how a severity is proposed. A kit of an earlier version has none.
func (c *checker) assessment() {
	a := &c.kit.Assessment
	if a.None() && len(a.Matrix) == 0 && len(a.Floors) == 0 && len(a.Judges) == 0 {
		return
	}
	const at = "assessment"
	c.size(at+".criteria", len(a.Criteria), maxCriteria)
	ids := map[string]bool{}
	for i, q := range a.Criteria {
		at := fmt.Sprintf("%s.criteria[%d]", at, i)
		c.id(at+".id", q.ID, ids)
		c.text(at+".letter", q.Letter, 2, true)
		c.text(at+".ask", q.Ask, maxName, true)
		c.choices(at+".choices", q.Choices)
		c.between(at+".unknown", q.Unknown, 0, Scale-1)
	}
	c.judges(at + ".judges")
	c.thresholds(at + ".levels")
	for i, f := range a.Floors {
		at := fmt.Sprintf("%s.floors[%d]", at, i)
		c.conditions(at+".all", f.All)
		c.between(at+".impact", f.Impact, 1, Scale)
		c.text(at+".why", f.Why, maxLine, true)
	}
	for i, f := range a.Clamps {
		at := fmt.Sprintf("%s.clamps[%d]", at, i)
		c.conditions(at+".all", f.All)
		c.severity(at+".severity", f.Severity)
		c.text(at+".why", f.Why, maxLine, true)
	}
	c.text(at+".likelihood.ask", a.Likelihood.Ask, maxName, true)
	c.choices(at+".likelihood.choices", a.Likelihood.Choices)
	c.between(at+".likelihood.unknown", a.Likelihood.Unknown, 1, Scale)
	c.matrix(at + ".matrix")
	for i, e := range a.Effects {
		at := fmt.Sprintf("%s.effects[%d]", at, i)
		c.text(at, e, maxName, true)
		if slices.Index(a.Effects, e) < i {
			c.add(at, "name it once", "the effect %q stands twice", e)
		}
	}
	c.number(at+".again", a.Again, MaxMinutes, "minutes")
}

// between checks a number against its bounds.
func (c *checker) between(where string, n, least, most int) {
	if n < least || n > most {
		c.add(where, fmt.Sprintf("use %d to %d", least, most), "%d is out of range", n)
	}
}

// choices are the words of a scale.
func (c *checker) choices(where string, list []string) {
	if len(list) != Scale {
		c.add(where, fmt.Sprintf("give %d words, the least first", Scale), "the scale has %d words", len(list))
	}
	for i, w := range list {
		c.text(fmt.Sprintf("%s[%d]", where, i), w, maxName, true)
	}
}

func (c *checker) criterion(where, id string) {
	ref(c, where, "criterion", id, c.kit.Assessment.Criteria, func(q Criterion) string { return q.ID })
}

func (c *checker) severity(where, id string) {
	ref(c, where, "severity", id, c.kit.Severities, func(s Severity) string { return s.ID })
}

func (c *checker) conditions(where string, list []Condition) {
	c.size(where, len(list), maxCriteria)
	for i, k := range list {
		at := fmt.Sprintf("%s[%d]", where, i)
		c.criterion(at+".criterion", k.Criterion)
		c.between(at+".least", k.Least, 1, Scale-1)
	}
}

// judges checks that each of them has compared each two criteria once.
func (c *checker) judges(where string) {
	a := &c.kit.Assessment
	c.size(where, len(a.Judges), maxEntries)
	names := map[string]bool{}
	for i, j := range a.Judges {
		at := fmt.Sprintf("%s[%d]", where, i)
		c.text(at+".name", j.Name, maxName, true)
		if names[j.Name] {
			c.add(at+".name", "keep one of them", "%s has answered twice", j.Name)
		}
		names[j.Name] = true
		c.pairs(at+".pairs", j.Pairs)
	}
}

func (c *checker) pairs(where string, list []Pair) {
	seen := map[[2]string]bool{}
	for i, p := range list {
		at := fmt.Sprintf("%s[%d]", where, i)
		c.criterion(at+".more", p.More)
		c.criterion(at+".than", p.Than)
		c.between(at+".by", p.By, 1, 9)
		switch {
		case p.More == p.Than:
			c.add(at, "compare two different ones", "%s is compared with itself", p.More)
		case seen[[2]string{p.More, p.Than}]:
			c.add(at, "keep one of the two", "%s and %s are compared twice", p.More, p.Than)
		}
		seen[[2]string{p.More, p.Than}], seen[[2]string{p.Than, p.More}] = true, true
	}
	for i, a := range c.kit.Assessment.Criteria {
		for _, b := range c.kit.Assessment.Criteria[i+1:] {
			if !seen[[2]string{a.ID, b.ID}] {
				c.add(where, fmt.Sprintf("add {more: %s, than: %s, by: 1 to 9}", a.ID, b.ID), "%s and %s are not compared", a.ID, b.ID)
			}
		}
	}
}

func (c *checker) thresholds(where string) {
	list := c.kit.Assessment.Levels
	if len(list) != Scale-1 {
		c.add(where, "give the least scores of impact 2, 3, 4 and 5, such as [8, 20, 40, 60]", "there are %d scores", len(list))
		return
	}
	for i, n := range list {
		at := fmt.Sprintf("%s[%d]", where, i)
		c.between(at, n, 1, 100)
		if i > 0 && n <= list[i-1] {
			c.add(at, "let the scores grow", "%d does not lie above %d", n, list[i-1])
		}
	}
}

// matrix checks what Cox asks of one: worse by either axis is never less severe, and
// neighbours differ by one level at most, so that a small error of judgement stays small.
func (c *checker) matrix(where string) {
	k := c.kit
	rows := k.Assessment.Matrix
	if len(rows) != Scale {
		c.add(where, "give a row for each impact, 5 to 1", "the matrix has %d rows", len(rows))
		return
	}
	whole := true
	for i, r := range rows {
		at := fmt.Sprintf("%s[%d]", where, i)
		if r.Impact != Scale-i {
			c.add(at+".impact", "order the rows by impact, 5 first", "impact %d stands where %d belongs", r.Impact, Scale-i)
		}
		if len(r.Levels) != Scale {
			c.add(at+".levels", "give a severity for each likelihood, 1 to 5", "the row has %d severities", len(r.Levels))
			whole = false
			continue
		}
		for j, id := range r.Levels {
			c.severity(fmt.Sprintf("%s.levels[%d]", at, j), id)
			whole = whole && k.Severity(id) != nil
		}
	}
	if !whole {
		return
	}
	step := func(at, from, to, axis string) {
		switch d := k.Rank(to) - k.Rank(from); { // from is the graver neighbour
		case d < 0:
			c.add(at, "swap them, or make both the same", "%s stands beside %s: less %s must not be worse", to, from, axis)
		case d > 1:
			c.add(at, "let neighbours differ by one level at most", "%s stands beside %s: one step of %s is %d levels", to, from, axis, d)
		}
	}
	for i := range rows {
		for j := range Scale {
			at := fmt.Sprintf("%s[%d].levels[%d]", where, i, j)
			if i > 0 {
				step(at, rows[i-1].Levels[j], rows[i].Levels[j], "impact")
			}
			if j > 0 {
				step(at, rows[i].Levels[j], rows[i].Levels[j-1], "likelihood")
			}
		}
	}
}
