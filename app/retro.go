package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"quarterdeck/internal/account"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/kit/load"
	"quarterdeck/internal/pdf"
	"quarterdeck/internal/store"
)

// LookingBack is how the team looks back: by the kit in force, whatever an incident was
// declared under, and by the built-in one where that says nothing about it.
func LookingBack(k *kit.Kit) (*kit.Retro, error) {
	if !k.Retro.None() {
		return &k.Retro, nil
	}
	built, err := load.Default()
	if err != nil {
		return nil, err
	}
	return &built.Retro, nil
}

// Retrospective gathers what a retrospective is written from. now is ms UTC.
func Retrospective(ctx context.Context, st *store.Store, c *cockpit.Cockpit, id incident.ID, now int64) (r compose.Retro, err error) {
	recs, err := st.Records(ctx, id, 0)
	if err != nil {
		return r, err
	}
	return retrospective(ctx, recs, c, id, now)
}

// retrospective of here keeps the records, of which few are new each time that it is asked for.
func (b *Backend) retrospective(ctx context.Context, id incident.ID) (r compose.Retro, err error) {
	recs, _, err := b.past.records(ctx, b, id)
	if err != nil {
		return r, err
	}
	return retrospective(ctx, recs, b.cockpit, id, b.now())
}

func retrospective(ctx context.Context, recs []incident.Record, c *cockpit.Cockpit, id incident.ID, now int64) (r compose.Retro, err error) {
	look, err := LookingBack(c.Kit())
	if err != nil {
		return r, err
	}
	err = c.View(ctx, id, func(l *cockpit.Live) error {
		t := incident.NewTimeline() // what is shown is kept beyond this look
		t.Add(recs...)
		r = compose.Retro{
			Document: compose.Document{State: incident.Fold(id, recs), Kit: l.Kit, Entries: t.Entries(), Made: now},
			Look:     look, Records: recs, Facts: account.FactsOf(id, recs, now), Ledger: account.LedgerOf(id, recs, l.Kit, now),
		}
		return nil
	})
	return r, err
}

// Retro is an incident to look back on. A page that has its moments already is not told
// them again: of a long night they are megabytes, and what is written about it changes few.
func (a *API) Retro(in ReviewInput) (v ReviewView, err error) {
	defer guard(&err)
	ctx, b, inc, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	r, err := b.retrospective(ctx, inc)
	if err != nil {
		return v, err
	}
	v = reviewView(r)
	if v.Key, err = keyOf(v.Moments); err == nil && v.Key == in.Key {
		v.Moments = []MomentView{}
	}
	return v, err
}

// keyOf names a list of moments; another list has another key.
func keyOf(list []MomentView) (string, error) {
	data, err := json.Marshal(list)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16]), err
}

// RetroDocument is the retrospective as a file: md, html or pdf.
func (a *API) RetroDocument(in ExportInput) (v ExportView, err error) {
	defer guard(&err)
	ctx, b, inc, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	r, err := b.retrospective(ctx, inc)
	if err != nil {
		return v, err
	}
	return WritePaper(r.Paper(), r.State.Declared.Ref+"-retrospective", in.Format)
}

// WritePaper is a paper as a file: md, html or pdf, whose bytes come in base64.
func WritePaper(p compose.Paper, name, format string) (v ExportView, err error) {
	v.Name, v.Lost = name+"."+format, []string{}
	switch format {
	case "md":
		v.Type, v.Text = "text/markdown", p.Markdown()
	case "html":
		v.Type = "text/html"
		v.Text, err = p.HTML()
	case "pdf":
		var b bytes.Buffer
		err = pdf.Write(&b, p)
		v.Type, v.Text, v.Base64 = "application/pdf", base64.StdEncoding.EncodeToString(b.Bytes()), true
	default:
		err = fault.Input("format", "%q is no format", format).WithHint("one of md, html, pdf")
	}
	return v, err
}

// WriteSection puts a text into a section of the retrospective.
func (a *API) WriteSection(in SectionInput) error {
	return a.order(in.Incident, "", 0, of(in.Base, func(base incident.ID) incident.Command {
		return &incident.Write{Section: in.Section, Text: in.Text, Base: base, Seconds: in.Seconds}
	}))
}

// SectionHistory is every text that stood in a section, the latest first.
func (a *API) SectionHistory(in TextInput) (v []WrittenView, err error) {
	defer guard(&err)
	v = []WrittenView{}
	ctx, b, inc, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	err = b.cockpit.ViewTimeline(ctx, inc, func(l *cockpit.Live) error {
		for _, e := range l.Timeline.Entries() {
			if w, ok := e.Event.(*incident.SectionWritten); ok && w.Section == in.Subject && e.Undone.IsZero() {
				text := w.Text
				if e.Redacted != "" {
					text = incident.Gone
				}
				v = append(v, WrittenView{e.ID.String(), e.At, l.State.Name(e.Actor), text})
			}
		}
		return nil
	})
	slices.Reverse(v)
	return v, err
}

// Hints are the words of a text that judge, each with a better question.
func (a *API) Hints(text string) (v []HintView, err error) {
	defer guard(&err)
	v = []HintView{}
	_, b, err := a.ready()
	if err != nil {
		return v, err
	}
	look, err := LookingBack(b.cockpit.Kit())
	if err != nil {
		return v, err
	}
	for _, h := range compose.Hints(text, look.Wording) {
		v = append(v, HintView{h.Words, h.Ask})
	}
	return v, nil
}

// NameFactor names a condition that contributed.
func (a *API) NameFactor(in TextInput) error {
	return a.order(in.Incident, in.Subject, 0, plainly(&incident.NameFactor{Text: in.Text}))
}

// LinkFactor says what a factor led to, or where it is seen.
func (a *API) LinkFactor(in FactorInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		c := &incident.LinkFactor{Gone: in.Gone}
		var err error
		if c.Factor, err = incident.ParseID(in.Factor); err != nil {
			return nil, err
		}
		if in.Moment == "" {
			c.To, err = incident.ParseID(in.To)
			return c, err
		}
		r, err := b.record(ctx, id, in.Moment)
		c.Moment = &r
		return c, err
	})
}

// MarkMoment says of a record that it helped, hindered or surprised.
func (a *API) MarkMoment(in MarkInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		r, err := b.record(ctx, id, in.Subject)
		return &incident.MarkMoment{Record: r, As: in.As, Text: in.Text}, err
	})
}

// AskMoment attaches a question to a record.
func (a *API) AskMoment(in TextInput) error {
	return a.order(in.Incident, "", 0, func(ctx context.Context, b *Backend, id incident.ID) (incident.Command, error) {
		r, err := b.record(ctx, id, in.Subject)
		return &incident.AskMoment{Record: r, Text: in.Text}, err
	})
}

// AnswerMoment writes down what was said to a question about a moment.
func (a *API) AnswerMoment(in TextInput) error {
	return a.order(in.Incident, "", 0, of(in.Subject, func(q incident.ID) incident.Command {
		return &incident.AnswerMoment{Question: q, Text: in.Text}
	}))
}

func reviewView(r compose.Retro) ReviewView {
	s := r.State
	p := r.Paper()
	v := ReviewView{
		ID: s.ID.String(), Ref: s.Declared.Ref, Title: s.Declared.Title, Facts: []PairView{}, Sections: []SectionView{},
		Moments: momentViews(r), Factors: []FactorView{}, Askings: []AskedOfView{}, Closing: append([]string{}, r.Look.Closing...),
	}
	if s.Retro != nil {
		v.Owner, v.Time = s.Name(s.Retro.Owner), s.Retro.Time
	}
	for _, f := range p.Facts {
		v.Facts = append(v.Facts, PairView(f))
	}
	for _, part := range p.Parts {
		w := s.Review.Sections[part.ID]
		x := SectionView{ID: part.ID, Name: part.Title, Ask: part.Ask, Text: w.Text, Record: w.Record.String(), At: w.At, Blocks: []BlockView{}}
		if !w.Record.IsZero() {
			x.By = s.Name(w.By)
		}
		if part.ID != "story" { // the moments are it
			x.Blocks = blockViews(part.Own)
		}
		if part.ID == "conditions" { // so are the factors
			x.Blocks = slices.DeleteFunc(x.Blocks, func(k BlockView) bool { return k.Kind == compose.Item })
		}
		v.Sections = append(v.Sections, x)
	}
	for _, f := range s.Review.Factors {
		x := FactorView{f.ID.String(), f.Text, []string{}, []string{}}
		for _, to := range s.Review.Causes(f.ID) {
			x.LedTo = append(x.LedTo, to.String())
		}
		for _, at := range s.Review.SeenAt(f.ID) {
			x.Seen = append(x.Seen, at.String())
		}
		v.Factors = append(v.Factors, x)
	}
	for _, m := range r.Look.Moments {
		v.Askings = append(v.Askings, AskedOfView{m.ID, append([]string{}, m.Of...), append([]string{}, m.Ask...)})
	}
	return v
}

func blockViews(list []compose.Block) []BlockView {
	out := []BlockView{}
	for _, k := range list {
		v := BlockView{Kind: k.Kind, Runs: []RunView{}}
		for _, run := range k.Runs {
			v.Runs = append(v.Runs, RunView(run))
		}
		if k.Table != nil {
			v.Table = &TabularView{Head: k.Table.Head, Rows: [][]string{}, Nums: append([]int{}, k.Table.Nums...)}
			for _, row := range k.Table.Rows {
				v.Table.Rows = append(v.Table.Rows, row.Cells)
			}
		}
		out = append(out, v)
	}
	return out
}

// momentViews are the entries, with the times of which nothing is written among them.
func momentViews(r compose.Retro) []MomentView {
	s, out := r.State, []MomentView{}
	asked := map[incident.ID][]AskedView{}
	for _, q := range s.Review.Asked {
		asked[q.Moment] = append(asked[q.Moment], AskedView{q.ID.String(), q.Text, q.Answer})
	}
	gaps := compose.Gaps(s, r.Entries, r.Look.Gap)
	for _, e := range r.Entries {
		if compose.Silent(e) {
			continue
		}
		for len(gaps) > 0 && gaps[0][1] <= e.At {
			g := gaps[0]
			gaps = gaps[1:]
			out = append(out, MomentView{ID: fmt.Sprintf("gap/%d", g[0]), At: g[0], Until: g[1], Mark: "gap", Matters: true, Asked: []AskedView{}})
		}
		l := compose.Line(e, s, r.Kit)
		m := s.Review.Marks[e.ID]
		v := MomentView{
			ID: e.ID.String(), Anchor: compose.Anchor(e.ID), Cite: compose.Cite(compose.Moment(e, s, r.Kit), e.ID), At: e.At, RecordedAt: e.RecordedAt, Mark: l.Mark, Text: l.Text, Who: s.Name(e.Actor),
			Late: e.RecordedAt-e.At > 60_000, Undone: !e.Undone.IsZero(), Matters: compose.Matters(s, e), As: m.As, Why: m.Text, Asked: asked[e.ID],
		}
		if v.Asked == nil {
			v.Asked = []AskedView{}
		}
		out = append(out, v)
	}
	return out
}
