package compose

import (
	"fmt"
	"html/template"
	"strings"

	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// Document is one incident to be written down whole, as Markdown or as HTML.
type Document struct {
	State   *incident.State
	Kit     *kit.Kit          // the incident's; may be empty
	Entries []*incident.Entry // all, in the order of the timeline
	Made    int64             // when the document is made, ms UTC
	Again   int               // seconds after which a page that is open asks for itself again; 0 = never

	// File gives what a page can show of an attached file; nil leaves them all out.
	File func(*incident.FileAttached) Shown
}

// Shown is an attached file on a page: as it is shown in place, or to be taken along, or
// why neither can be.
type Shown struct {
	Picture string // a media type that every browser draws and that holds no script; empty = it is no picture
	Data    []byte
	Lost    string // why it is not here, in a sentence
}

// page is what both forms of a document show.
type page struct {
	Title    string
	Lead     string
	Facts    []fact
	Sections []section
	Foot     string
	Again    int
	Files    []file
}

// file is an attached file on the page.
type file struct {
	Name, Type, When, Words, Lost string
	Link                          template.URL // the bytes, as a data: address
	Picture                       bool
}

type fact struct{ Name, Text string }

// section is a table with a heading.
type section struct {
	Title string
	Head  []string
	Rows  []row
	None  string // what to say when there are no rows
}

type row struct {
	Cells []string
	Mark  string // of the timeline's rows
	Gone  bool   // taken back
}

// page makes the page of a document.
func (d Document) page() page {
	w := writer{words{d.State, d.Kit}, d.Entries}
	s := d.State
	p := page{
		Title: strings.TrimSpace(s.Declared.Ref + " " + line(kept(s.Declared.Title))),
		Lead:  s.Declared.Summary,
		Facts: w.facts(d.Made),
		Foot:  fmt.Sprintf("%d records. Made at %s UTC. All times are UTC.", s.Entries, full(d.Made)),
		Again: d.Again,
	}
	p.Sections = []section{
		w.milestones(), w.roles(), w.decisions(), w.updates(), w.actions(), w.questions(), w.criteria(), w.followUps(), w.timeline(),
	}
	p.Files = w.files(d.File)
	return p
}

// writer makes the parts of a page.
type writer struct {
	words
	entries []*incident.Entry
}

// standing calls do for the entries of one kind of event that were not taken back.
func standing[E incident.Event](w writer, do func(*incident.Entry, E)) {
	for _, e := range w.entries {
		if v, ok := e.Event.(E); ok && e.Undone.IsZero() {
			do(e, v)
		}
	}
}

func (w writer) facts(made int64) []fact {
	d := w.s.Declared
	kind := d.Type
	if t := w.k.Type(d.Type); t != nil {
		kind = t.Name
	}
	source := map[string]string{"alert": "an alert", "user": "a user's report", "noticed": "we noticed it"}[d.Source]
	all := []fact{
		{"Severity", with(upper(w.severity()), w.s.SeveritySet.Text)},
		{"Type", kind},
		{"Phase", upper(string(w.s.Phase))},
		{"Commander", w.s.People[w.s.Command.Holder]},
		{"Duration", w.duration(made)},
		{"Impact", w.s.Situation["impact"].Text},
		{"Goal", w.s.Situation["goal"].Text},
		{"Believed cause", w.s.Situation["cause"].Text},
		{"Source", source},
		{"Reported by", d.Reporter},
		{"Thread", d.Thread},
		{"Call", d.Video},
		{"Environments", strings.Join(d.Environments, ", ")},
		{"Regions", strings.Join(d.Regions, ", ")},
		{"Services", strings.Join(d.Services, ", ")},
		{"Invited", strings.Join(d.Invited, ", ")},
		{"Kind", w.nature()},
	}
	if r := w.s.Retro; r != nil {
		all = append(all, fact{"Retrospective", fmt.Sprintf("%s, %s sees to it", full(r.Time), w.s.Name(r.Owner))})
	}
	var out []fact
	for _, f := range all {
		if f.Text != "" {
			out = append(out, f)
		}
	}
	return out
}

// nature is what sets the incident apart.
func (w writer) nature() string {
	var out []string
	for _, f := range []struct {
		is   bool
		word string
	}{
		{w.s.Declared.Drill, "a drill"},
		{w.s.Declared.Backfill, "entered after the fact"},
		{w.s.Declared.Security, "a security incident: keep this document inside"},
	} {
		if f.is {
			out = append(out, f.word)
		}
	}
	return upper(strings.Join(out, "; "))
}

func (w writer) duration(made int64) string {
	from, known := w.s.Times[incident.Started]
	if !known {
		from = w.s.Times[incident.DeclaredAt]
	}
	to, over := w.s.Times[incident.ResolvedAt]
	if from.Time == 0 {
		return ""
	}
	if !over {
		return span(made-from.Time) + " so far"
	}
	text := about(span(to.Time-from.Time), from.Approx || to.Approx)
	if !known {
		return text + " from the declaration; the start is not known"
	}
	return text
}

func (w writer) milestones() section {
	out := section{Title: "Milestones", Head: []string{"Milestone", "Time", "Note"}}
	for _, m := range incident.Milestones {
		t, ok := w.s.Times[m]
		time, note := "not known", ""
		if ok {
			time = about(full(t.Time), t.Approx)
		}
		if t.Corrected {
			note = "set by hand"
		}
		out.Rows = append(out.Rows, row{Cells: []string{upper(string(m)), time, note}})
	}
	return out
}

func (w writer) roles() section {
	out := section{Title: "Roles", Head: []string{"Role", "Person", "Since", "Until"}, None: "Nobody was named."}
	term := 0
	standing(w, func(e *incident.Entry, v *incident.CommandAccepted) {
		if v.Term <= term {
			return
		}
		term = v.Term
		if n := len(out.Rows); n > 0 {
			out.Rows[n-1].Cells[3] = full(e.At)
		}
		out.add(w.role(kit.Commander), w.s.Name(v.By), full(e.At), "")
	})
	for _, r := range w.s.RoleList(w.k) {
		if h := w.s.Roles[r.ID]; !h.Person.IsZero() {
			out.add(r.Name, w.s.Name(h.Person), full(h.Since), "")
		}
	}
	return out
}

func (s *section) add(cells ...string) { s.Rows = append(s.Rows, row{Cells: cells}) }
