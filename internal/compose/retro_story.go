package compose

import (
	"fmt"
	"strings"
	"time"

	"quarterdeck/internal/account"
	"quarterdeck/internal/incident"
)

// mostStory is how many rows of a timeline one reads; of a longer one the moments that
// matter are shown.
const mostStory = 120

// gaps are those that the kit asks for. Each is a begin and an end, ms UTC.
func (w looker) gaps() [][2]int64 {
	return Gaps(w.State, w.entries, w.Look.Gap)
}

// Gaps are the times of which nothing is written, longer than so many minutes, from the
// start of the impact, or else the declaration, until the incident was resolved, or until
// its last entry. No gap is longer than 0 minutes.
func Gaps(s *incident.State, entries []*incident.Entry, minutes int) [][2]int64 {
	if minutes <= 0 {
		return nil
	}
	begin, end := s.Times[incident.DeclaredAt].Time, s.Times[incident.ResolvedAt].Time
	if started := s.Times[incident.Started].Time; started != 0 {
		begin = started // what lies before belongs to the story, and nobody was writing yet
	}
	var out [][2]int64
	var last int64
	for _, e := range entries {
		if Silent(e) || !e.Undone.IsZero() {
			continue
		}
		if end != 0 && last >= end {
			break
		}
		if last != 0 && last >= begin && e.At-last > int64(minutes)*60_000 {
			out = append(out, [2]int64{last, e.At})
		}
		last = max(last, e.At)
	}
	return out
}

// Matters reports whether an entry is one of the moments by which a story is told.
func Matters(s *incident.State, e *incident.Entry) bool {
	if _, marked := s.Review.Marks[e.ID]; marked {
		return true
	}
	switch e.Event.(type) {
	case *incident.Declared, *incident.DecisionMade, *incident.SeveritySet, *incident.PhaseMoved, *incident.UpdateRequested,
		*incident.CommandAccepted, *incident.HypothesisJudged, *incident.ChangeStarted, *incident.ChangeEnded, *incident.SituationSet:
		return e.Undone.IsZero()
	}
	return false
}

// story is the timeline, with gaps.
func (w looker) story() []Block {
	shown := 0
	for _, e := range w.entries {
		if !Silent(e) {
			shown++
		}
	}
	for _, l := range w.s.Review.Links {
		w.linked[Anchor(l.Moment)] = true
	}
	for _, a := range w.s.Review.Asked {
		w.linked[Anchor(a.Moment)] = true
	}
	for _, text := range w.s.Review.Sections {
		for _, m := range cited.FindAllStringSubmatch(text.Text, -1) {
			w.linked[m[2]] = true
		}
	}
	t := Table{Head: []string{"Time", "Since", "What", "Who"}, Wide: []int{19, 11, 56, 14}}
	zero := w.s.Times[incident.DeclaredAt].Time
	if started := w.s.Times[incident.Started].Time; started != 0 {
		zero = started
	}
	gaps, day := w.gaps(), ""
	for _, e := range w.entries {
		if Silent(e) || shown > mostStory && !Matters(w.s, e) && !w.linked[Anchor(e.ID)] {
			continue
		}
		for len(gaps) > 0 && gaps[0][1] <= e.At {
			g := gaps[0]
			gaps = gaps[1:]
			t.Rows = append(t.Rows, TableRow{Mark: "gap", Cells: []string{clock(g[0], &day), offset(g[0] - zero), span(g[1]-g[0]) + " of which nothing is written", ""}})
		}
		t.Rows = append(t.Rows, w.beat(e, zero, &day))
	}
	var out []Block
	if shown > mostStory {
		out = append(out, aside(fmt.Sprintf("The moments that matter, %d of %d entries: decisions, severity, phases, command, updates and whatever is marked or linked. The whole timeline is in the incident's own document.", len(t.Rows), shown)))
	}
	if len(t.Rows) == 0 {
		return []Block{aside("Nothing was recorded.")}
	}
	return append(out, table(t))
}

// beat is an entry as a row of the story.
func (w looker) beat(e *incident.Entry, zero int64, day *string) TableRow {
	l := Line(e, w.s, w.k)
	text := called(e.Event) + l.Text
	if l.Basis != "" && l.Mark == "decision" {
		text += "\nbecause " + l.Basis
	}
	if l.Tradeoff != "" {
		text += "\nbut " + l.Tradeoff
	}
	if m, ok := w.s.Review.Marks[e.ID]; ok {
		text += "\n" + with(map[string]string{"helped": "+ helped", "hindered": "− hindered", "surprise": "! a surprise"}[m.As], m.Text)
	}
	for _, a := range w.s.Review.Asked {
		if a.Moment == e.ID {
			text += "\nAsked: " + a.Text
			if a.Answer != "" {
				text += "\nSaid: " + a.Answer
			}
		}
	}
	if n := notes(e); n != "" {
		text += "\n(" + n + ")"
	}
	return TableRow{Anchor: Anchor(e.ID), Mark: l.Mark, Gone: !e.Undone.IsZero(), Cells: []string{about(clock(e.At, day), l.Approx), offset(e.At - zero), text, w.s.Name(e.Actor)}}
}

// clock is a time of day, with its date where that is another than the row's before.
func clock(ms int64, day *string) string {
	text := full(ms)
	if text[:10] == *day {
		return text[11:]
	}
	*day = text[:10]
	return text
}

// sense is what was decided, on what, and what was known then.
func (w looker) sense() []Block {
	t := Table{Head: []string{"Time", "Decision", "Basis and trade-off", "Known then"}, Wide: []int{17, 29, 25, 29}}
	known := w.known(w.Records)
	standing(w.writer, func(e *incident.Entry, v *incident.DecisionMade) {
		why := v.Basis
		if v.Tradeoff != "" {
			why = strings.TrimSpace(why + "\nbut " + v.Tradeoff)
		}
		t.Rows = append(t.Rows, TableRow{Cells: []string{about(full(e.At), v.Approx), w.spoken(e, v.Text), why, known[e.ID]}})
	})
	var out []Block
	if len(t.Rows) > 0 {
		out = append(out, table(t))
	}
	ideas := Table{Head: []string{"Time", "Idea", "How it stands", "Evidence"}, Wide: []int{17, 38, 12, 33}}
	for _, h := range w.s.Hypotheses {
		var evidence []string
		for _, v := range h.Evidence {
			if v.Text != "" {
				evidence = append(evidence, v.Text)
			}
		}
		ideas.Rows = append(ideas.Rows, TableRow{Cells: []string{full(h.At), kept(h.Text), strings.ReplaceAll(h.State, "-", " "), strings.Join(evidence, "\n")}})
	}
	if len(ideas.Rows) > 0 {
		out = append(out, subhead("Ideas of what was going on"), table(ideas))
	}
	return w.or(out, "No decision was recorded.")
}

// cost is what it took.
func (w looker) cost() []Block {
	l := w.Ledger
	if l == nil || l.Minutes == 0 {
		return []Block{aside("Nothing is booked.")}
	}
	out := []Block{para(fmt.Sprintf("%s: %d person-minutes, %d of them until it was resolved and %d after.", Money(l.Amount, l.Currency), l.Minutes, l.Before, l.Minutes-l.Before))}
	out = append(out, ledger(l)...)
	if n := len(l.Blanks); n > 0 {
		out = append(out, aside(fmt.Sprintf("%d questions about it are not answered yet.", n)))
	}
	return out
}

// Money is an amount in minor units, such as 8,140.00 EUR.
func Money(minor int64, currency string) string {
	sign := ""
	if minor < 0 {
		sign, minor = "−", -minor
	}
	whole := fmt.Sprint(minor / 100)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return strings.TrimSpace(fmt.Sprintf("%s%s.%02d %s", sign, whole, minor%100, currency))
}

// process is how the way of working did, in figures.
func (w looker) process() []Block {
	t := Table{Head: []string{"What", "This incident", "How it is counted"}, Wide: []int{26, 24, 50}}
	for _, m := range account.FiguresOf([]account.Facts{w.Facts}).Spans {
		if m.ID == "mtbf" {
			continue
		}
		text := "not known"
		if m.Spread.N > 0 {
			text = about(span(m.Spread.Median), m.Guessed > 0)
		} else if len(m.Missing) > 0 {
			text = "not known: " + string(m.Missing[0].Lacks) + " is missing or lies the wrong way round"
		}
		t.Rows = append(t.Rows, TableRow{Cells: []string{m.Name, text, m.Definition}})
	}
	if n := w.Facts.Kept + len(w.Facts.Late); n > 0 {
		t.Rows = append(t.Rows, TableRow{Cells: []string{"Promises kept", fmt.Sprintf("%d of %d", w.Facts.Kept, n), "updates that left, or times told anew, before the time that was promised"}})
	}
	if a, d := w.Facts.Assessed, w.Facts.Declared; a != 0 && d != 0 && a >= d {
		t.Rows = append(t.Rows, TableRow{Cells: []string{"Assessed", span(a - d), "from the declaration to the first severity that somebody judged"}})
	}
	out := []Block{table(t)}
	handed, skipped, waived := -1, 0, 0
	standing(w.writer, func(*incident.Entry, *incident.CommandAccepted) { handed++ })
	for _, c := range w.s.Checks {
		if c.State == incident.ItemSkipped {
			skipped++
		}
	}
	for _, c := range w.s.Exits {
		if c.State == incident.ExitWaived {
			waived++
		}
	}
	if handed > 0 {
		out = append(out, item(fmt.Sprintf("Command changed hands %s.", times(handed))))
	}
	if skipped > 0 {
		out = append(out, item(fmt.Sprintf("Items of checklists skipped, each with a reason: %d.", skipped)))
	}
	if waived > 0 {
		out = append(out, item(fmt.Sprintf("Exit criteria waived, each with a reason: %d.", waived)))
	}
	return out
}

// times is how often something happened.
func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

func month(ms int64) string { return time.UnixMilli(ms).UTC().Format("January 2006") }
