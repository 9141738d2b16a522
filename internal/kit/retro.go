package kit

import "fmt"

// Retro is how a team looks back: what stands above each section, what to ask about a
// moment, which words to think about twice. It asks how and what, never who is at fault.
type Retro struct {
	Gap      int       `json:"gap" yaml:"gap"`           // minutes without an entry that are pointed out; 0 = none are
	Sections []Heading `json:"sections" yaml:"sections"` // of the document; those left out keep their names
	Moments  []Asking  `json:"moments" yaml:"moments"`
	Closing  []string  `json:"closing" yaml:"closing"` // what everybody who was there is asked at the end
	Wording  []Wording `json:"wording" yaml:"wording"`
}

// Heading is a section of the retrospective by its frozen id, its name and what to write there.
type Heading struct {
	ID   string `json:"id" yaml:"id"`
	Name string `json:"name" yaml:"name"`
	Ask  string `json:"ask" yaml:"ask"`
}

// Asking is the questions for one sort of moment.
type Asking struct {
	ID  string   `json:"id" yaml:"id"`
	Of  []string `json:"of" yaml:"of"` // the marks of the entries that it is offered for first
	Ask []string `json:"ask" yaml:"ask"`
}

// Wording is words that judge, and what to ask or to write instead.
type Wording struct {
	Words []string `json:"words" yaml:"words"`
	Ask   string   `json:"ask" yaml:"ask"`
}

// RetroSections are the ids that a heading may have. They are frozen, and the same as the
// incident's.
var RetroSections = []string{"short", "impact", "story", "sense", "well", "hard", "conditions", "changes", "cost", "process", "open"}

// None reports whether the kit says nothing about looking back.
func (r *Retro) None() bool {
	return r.Gap == 0 && len(r.Sections) == 0 && len(r.Moments) == 0 && len(r.Closing) == 0 && len(r.Wording) == 0
}

// Heading is a section's; the zero value when the kit has none.
func (r *Retro) Heading(id string) Heading {
	if h := find(r.Sections, func(h *Heading) bool { return h.ID == id }); h != nil {
		return *h
	}
	return Heading{ID: id}
}

func (c *checker) retro() {
	r := &c.kit.Retro
	if r.None() {
		return
	}
	c.number("retrospective.gap", r.Gap, MaxMinutes, "minutes")
	seen := map[string]bool{}
	c.most("retrospective.sections", len(r.Sections))
	for i, h := range r.Sections {
		at := fmt.Sprintf("retrospective.sections[%d]", i)
		c.oneOf(at+".id", "section", h.ID, RetroSections)
		if seen[h.ID] {
			c.add(at+".id", "keep one of the two", "the id %q stands twice", h.ID)
		}
		seen[h.ID] = true
		c.text(at+".name", h.Name, maxName, true)
		c.text(at+".ask", h.Ask, maxProse, false)
	}
	seen = map[string]bool{}
	c.most("retrospective.moments", len(r.Moments))
	for i, m := range r.Moments {
		at := fmt.Sprintf("retrospective.moments[%d]", i)
		c.id(at+".id", m.ID, seen)
		c.lines(at+".ask", m.Ask)
	}
	c.most("retrospective.closing", len(r.Closing))
	for i, q := range r.Closing {
		c.text(fmt.Sprintf("retrospective.closing[%d]", i), q, maxLine, true)
	}
	c.most("retrospective.wording", len(r.Wording))
	for i, w := range r.Wording {
		at := fmt.Sprintf("retrospective.wording[%d]", i)
		c.lines(at+".words", w.Words)
		c.text(at+".ask", w.Ask, maxLine, true)
	}
}

// lines checks a list of short texts that may not be empty.
func (c *checker) lines(where string, list []string) {
	c.size(where, len(list), maxEntries)
	for i, text := range list {
		c.text(fmt.Sprintf("%s[%d]", where, i), text, maxLine, true)
	}
}

// most refuses lists without end.
func (c *checker) most(where string, n int) {
	if n > maxEntries {
		c.size(where, n, maxEntries)
	}
}
