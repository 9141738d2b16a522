package compose

import (
	"fmt"
	"strings"

	"quarterdeck/internal/account"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Retro is an incident to look back on.
type Retro struct {
	Document
	Look    *kit.Retro        // how the team looks back
	Records []incident.Record // all, in any order
	Facts   account.Facts
	Ledger  *account.Ledger
}

// looker writes the parts of a retrospective.
type looker struct {
	writer
	Retro
	linked map[string]bool // anchors that something leads to
}

// sectionNames are the sections as they are called where a kit does not say.
var sectionNames = map[string]string{
	"short": "In short", "impact": "Who was hurt, how, how long", "story": "How it unfolded", "sense": "What made sense at the time",
	"well": "What went well, luck included", "hard": "What was hard, surprising, missing", "conditions": "Conditions that let it happen",
	"changes": "What we change, what we leave and why", "cost": "Cost", "process": "How our way of working did", "open": "Open questions",
}

// SectionName is what a section of the retrospective is called.
func SectionName(look *kit.Retro, id string) string {
	if h := look.Heading(id); h.Name != "" {
		return h.Name
	}
	return sectionNames[id]
}

// Paper is the retrospective as a paper: in each section what people wrote, then what the
// record has for it.
func (r Retro) Paper() Paper {
	w := looker{writer: writer{words{r.State, r.Kit}, r.Entries}, Retro: r, linked: map[string]bool{}}
	s := r.State
	p := Paper{
		Title: strings.TrimSpace("Retrospective: " + s.Declared.Ref + " " + line(kept(s.Declared.Title))),
		Lead:  line(s.Declared.Summary),
		Facts: w.short(),
		Foot:  fmt.Sprintf("Written from %d records. Made at %s UTC. All times are UTC.", s.Entries, full(r.Made)),
		Inner: s.Declared.Security, Made: r.Made,
	}
	own := map[string]func() []Block{
		"impact": w.impact, "story": w.story, "sense": w.sense, "well": w.well, "hard": w.hard,
		"conditions": w.conditions, "changes": w.changes, "cost": w.cost, "process": w.process, "open": w.open,
	}
	for i, id := range incident.Sections {
		part := Part{ID: id, Title: fmt.Sprintf("%d  %s", i+1, SectionName(r.Look, id)), Ask: r.Look.Heading(id).Ask, Written: Prose(s.Review.Sections[id].Text)}
		if do := own[id]; do != nil {
			part.Own = do()
		}
		p.Parts = append(p.Parts, part)
	}
	return p
}

// short is the incident in facts.
func (w looker) short() []Pair {
	s, out := w.State, []Pair{}
	add := func(name, text string) {
		if text != "" {
			out = append(out, Pair{name, text})
		}
	}
	add("Severity", with(upper(w.severity()), s.SeveritySet.Text))
	var times []string
	for _, m := range incident.Milestones {
		if t, ok := s.Times[m]; ok {
			times = append(times, string(m)+" "+about(full(t.Time), t.Approx))
		}
	}
	add("Times", strings.Join(times, "\n"))
	add("It lasted", w.duration(w.Made))
	add("Commander", s.People[s.Command.Holder])
	add("People", strings.Join(s.Names(), ", "))
	add("Services", strings.Join(s.Declared.Services, ", "))
	add("Kind", w.nature())
	if r := s.Retro; r != nil {
		add("Retrospective", fmt.Sprintf("%s, %s sees to it", full(r.Time), s.Name(r.Owner)))
	}
	return out
}

// impact is who was hurt and for how long.
func (w looker) impact() []Block {
	var out []Block
	if t := w.s.Situation["impact"].Text; t != "" {
		out = append(out, para("As it was last described: "+t))
	}
	from, to, guessed, ok := w.Facts.Hurt()
	switch {
	case ok:
		text := fmt.Sprintf("It hurt for %s, from %s to %s.", about(span(to-from), guessed), full(from), full(to))
		if w.Facts.Open && w.s.Times[incident.Mitigated].Time == 0 {
			text = fmt.Sprintf("It has hurt for %s so far, since %s.", about(span(to-from), guessed), full(from))
		}
		out = append(out, para(text))
	default:
		out = append(out, aside("How long it hurt is not known: nobody has given the time at which the impact began, or its times lie the wrong way round."))
	}
	for _, a := range account.AvailabilityOf([]account.Facts{w.Facts}, 0, 0, w.Made) {
		for _, m := range a.Months {
			if m.Down > 0 {
				name := a.Service
				if name == "" {
					name = "The service, whose name nobody gave,"
				}
				out = append(out, item(fmt.Sprintf("%s was available for %s of %s (it was down for %s; this incident alone).", name, share(m.Share()), month(m.Begin), span(m.Down))))
			}
		}
	}
	if len(w.s.Levels) > 1 {
		t := Table{Head: []string{"Since", "Severity"}, Wide: []int{20, 80}}
		for _, l := range w.s.Levels {
			t.Rows = append(t.Rows, TableRow{Cells: []string{full(l.At), l.Severity}})
		}
		out = append(out, table(t))
	}
	return out
}

// share is millionths in per cent.
func share(millionths int64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%04d", millionths/10_000, millionths%10_000), "0"), ".") + " %"
}

// well is what helped.
func (w looker) well() []Block {
	out := w.marks("helped")
	if w.Facts.Kept > 0 {
		out = append(out, item(fmt.Sprintf("Updates that went out by the time that was promised: %d.", w.Facts.Kept)))
	}
	return w.or(out, "Nothing is marked as helping. Mark entries of the timeline as helped, and they stand here.")
}

// hard is what was in the way.
func (w looker) hard() []Block {
	out := append(w.marks("hindered"), w.marks("surprise")...)
	for _, l := range w.Facts.Late {
		out = append(out, item(fmt.Sprintf("The update to %s, promised for %s, was %s late.", w.audience(l.Audience), full(l.Due), span(l.By))))
	}
	if gaps := w.gaps(); len(gaps) > 0 {
		out = append(out, subhead("Times of which nothing is written"))
		for _, g := range gaps {
			out = append(out, item(fmt.Sprintf("%s to %s: %s without an entry.", full(g[0]), full(g[1]), span(g[1]-g[0]))))
		}
	}
	return w.or(out, "Nothing is marked as hindering or as a surprise. Mark entries of the timeline, and they stand here.")
}

// or is blocks, or a word instead of none.
func (w looker) or(blocks []Block, none string) []Block {
	if len(blocks) == 0 {
		return []Block{aside(none)}
	}
	return blocks
}

// marks are the entries that people marked so, in the order in which they happened.
func (w looker) marks(as string) []Block {
	var out []Block
	for _, e := range w.entries {
		m, ok := w.s.Review.Marks[e.ID]
		if !ok || m.As != as || !e.Undone.IsZero() {
			continue
		}
		b := Block{Kind: Item, Runs: []Run{{Text: w.moment(e), To: w.lead(e.ID)}}}
		if as == "surprise" {
			b.Runs = append([]Run{{Text: "A surprise: "}}, b.Runs...)
		}
		if m.Text != "" {
			b.Runs = append(b.Runs, Run{Text: ": " + m.Text})
		}
		out = append(out, b)
	}
	return out
}

// Moment is an entry in a few words: its time, UTC, and what it says.
func Moment(e *incident.Entry, s *incident.State, k *kit.Kit) string { return words{s, k}.moment(e) }

// moment is an entry in a few words.
func (w words) moment(e *incident.Entry) string {
	return full(e.At)[11:] + " " + Short(Line(e, w.s, w.k).Text)
}

// Short is a text in one line of at most 80 characters.
func Short(text string) string {
	r := []rune(line(text))
	if len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return string(r)
}

func (w looker) lead(id incident.ID) string {
	a := Anchor(id)
	w.linked[a] = true
	return a
}

// entry finds one by its record.
func (w writer) entry(id incident.ID) *incident.Entry {
	for _, e := range w.entries {
		if e.ID == id {
			return e
		}
	}
	return nil
}

// conditions are the factors, with what each led to and where it is seen.
func (w looker) conditions() []Block {
	var out []Block
	v := &w.s.Review
	for i, f := range v.Factors {
		out = append(out, Block{Kind: Item, Runs: []Run{{Text: fmt.Sprintf("%d: %s", i+1, f.Text)}}})
		var parts []string
		for _, to := range v.Causes(f.ID) {
			for j, g := range v.Factors {
				if g.ID == to {
					parts = append(parts, fmt.Sprintf("%d (%s)", j+1, Short(g.Text)))
				}
			}
		}
		last := &out[len(out)-1]
		if len(parts) > 0 {
			last.Runs = append(last.Runs, Run{Text: ". It led to " + strings.Join(parts, " and to ")})
		}
		for j, id := range v.SeenAt(f.ID) {
			if e := w.entry(id); e != nil {
				before := ". It is seen at "
				if j > 0 {
					before = ", "
				}
				last.Runs = append(last.Runs, Run{Text: before}, Run{Text: w.moment(e), To: w.lead(id)})
			}
		}
	}
	if t := w.s.Situation["cause"].Text; t != "" {
		out = append(out, para("While it ran, the belief was: "+t))
	}
	return w.or(out, "No contributing factor is named. Several conditions come together; none of them alone is the cause.")
}

// changes are the follow-ups.
func (w looker) changes() []Block {
	return w.followUps().blocks()
}

// open is what nobody knows yet.
func (w looker) open() []Block {
	var out []Block
	for _, q := range w.s.OpenQuestions() {
		out = append(out, item("Asked while it ran and not answered: "+kept(q.Text)))
	}
	for _, a := range w.s.Review.Asked {
		if a.Answer == "" {
			b := item("Asked about a moment and not answered: " + a.Text)
			if e := w.entry(a.Moment); e != nil {
				b.Runs = append(b.Runs, Run{Text: " ("}, Run{Text: w.moment(e), To: w.lead(a.Moment)}, Run{Text: ")"})
			}
			out = append(out, b)
		}
	}
	for _, h := range w.s.Hypotheses {
		if h.State == incident.HypothesisOpen {
			out = append(out, item("An idea that nobody ruled out or confirmed: "+h.Text))
		}
	}
	for _, q := range w.Look.Closing {
		out = append(out, item("For everybody who was there: "+q))
	}
	return w.or(out, "None is on record.")
}
