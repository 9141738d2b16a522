package app

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/exchange"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/store"
)

// FormatJSON is our own incident file among the formats that can be imported.
const FormatJSON = "json"

// ImportView is what a file holds, and what came, or would come, of importing it.
type ImportView struct {
	Format   string         `json:"format"`
	Incident string         `json:"incident"` // into which; empty when a channel has to be chosen first
	Ref      string         `json:"ref"`      // empty = it would be a new one
	Title    string         `json:"title"`
	Channels []string       `json:"channels"` // of a Slack archive
	Channel  string         `json:"channel"`  // the one that was read
	Columns  []ColumnView   `json:"columns"`  // of a table
	Fields   []string       `json:"fields"`   // what a column can hold
	People   []ImportPerson `json:"people"`
	Lines    []ImportLine   `json:"lines"`   // the first of them
	Records  int            `json:"records"` // entries in the file
	New      int            `json:"new"`     // of these, not here before
	From     int64          `json:"from"`
	To       int64          `json:"to"`
	Left     []LeftView     `json:"left"`     // what is not taken over
	Problems []string       `json:"problems"` // what could not be read
	Aside    string         `json:"aside"`    // the name of the file in which the fields that are not taken over are kept; empty = there are none
	Files    int            `json:"files"`    // attached, in the file
	Lacks    []string       `json:"lacks"`    // attached, and not in it
	Done     bool           `json:"done"`     // else nothing was written

	Needs *FaultView `json:"needs,omitempty"` // what has to be said before anything can be read
}

// ColumnView is a column, and what it is taken for.
type ColumnView struct {
	Name  string `json:"name"`
	Field string `json:"field"`
}

// ImportPerson is who wrote in a file, and for whom they are taken.
type ImportPerson struct {
	Name string `json:"name"`
	As   string `json:"as"`
}

// ImportLine is an entry as it would stand in the log.
type ImportLine struct {
	At     int64  `json:"at"`
	Approx bool   `json:"approx"`
	Actor  string `json:"actor"`
	Kind   string `json:"kind"`
	Text   string `json:"text"`
	Here   bool   `json:"here"` // it is there already
}

// LeftView is what is not taken over, and how often it is in the file.
type LeftView struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

// Import is one import: where to, by whom, and how the file is to be read.
type Import struct {
	Store   *store.Store
	Cockpit *cockpit.Cockpit
	Known   []oncall.Person // who is who here
	Actor   incident.Person // who imports: entries that name nobody are theirs
	Now     int64           // ms UTC
	Into    incident.ID     // zero = a new incident, entered after the fact
	Title   string          // of a new one; empty = as the file says
	Dry     bool            // write nothing
	exchange.Options
}

// previewed is how many entries a preview shows.
const previewed = 200

// Run imports a file, or says what importing it would bring. Nothing of it leaves or rings,
// and importing it once more brings only what has been added to it since.
func (m *Import) Run(ctx context.Context, data []byte) (ImportView, error) {
	if m.Format == FormatJSON || m.Format == "" && looksOurs(data) {
		return m.bundle(ctx, data)
	}
	src, err := exchange.Foreign(data, m.Options)
	if err != nil {
		return ImportView{}, err
	}
	return m.foreign(ctx, src)
}

// looksOurs reports whether a file is an exported incident.
func looksOurs(data []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\uFEFF")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("{"))
}

// foreign brings what another program wrote.
func (m *Import) foreign(ctx context.Context, src exchange.Source) (v ImportView, err error) {
	v = viewOf(src)
	if src.Needs != nil {
		if !m.Dry {
			return v, src.Needs
		}
		needs := faultView(src.Needs)
		v.Needs = &needs
		return v, nil
	}
	if len(src.Channels) > 1 && src.Channel == "" {
		return v, nil // somebody has to choose
	}
	id := m.Into
	if id.IsZero() {
		id = namedID(src.Lines[0].At, "incident", src.Key)
		if m.Title != "" { // another incident is asked for
			id = namedID(src.Lines[0].At, "incident", src.Key, m.Title)
		}
	}
	v.Incident, v.Title = id.String(), cmp.Or(m.Title, src.Title, "Imported from "+src.Format)
	lines, orders, err := m.orders(ctx, id, src, &v)
	if err != nil {
		return v, err
	}
	known, err := m.Cockpit.There(ctx, id, orders)
	if err != nil {
		return v, err
	}
	for i := range lines {
		lines[i].Here = known[orders[i].ID]
		if !lines[i].Here {
			v.New++
		}
	}
	v.Records, v.Lines = len(lines), lines[:min(len(lines), previewed)]
	if len(orders) == 0 {
		return v, fault.New(fault.Invalid, "no entry of the file can be taken over: %s", strings.Join(v.Problems, "; ")).WithHint("mend the times in it")
	}
	v.From, v.To = orders[0].At, orders[len(orders)-1].At
	row, err := m.Cockpit.Find(ctx, id.String())
	if err == nil {
		v.Ref = row.Ref
	}
	if m.Dry {
		return v, nil
	}
	if v.Ref == "" {
		at := orders[0].At
		title := []rune(strings.Join(strings.Fields(v.Title), " "))
		if _, err := m.Cockpit.Declare(ctx, id, m.Actor, at, incident.Declare{Declared: incident.Declared{Title: string(title[:min(len(title), 200)]), Backfill: true}}); err != nil {
			return v, err
		}
	}
	if src.Aside != nil {
		if orders, err = m.asideOrder(ctx, id, src, orders, &v); err != nil {
			return v, err
		}
	}
	if _, err := m.Cockpit.Bring(ctx, id, orders); err != nil {
		return v, err
	}
	if row, err = m.Cockpit.Find(ctx, id.String()); err != nil {
		return v, err
	}
	v.Ref, v.Done = row.Ref, true
	return v, nil
}

func viewOf(src exchange.Source) ImportView {
	v := ImportView{
		Format: src.Format, Title: src.Title, Channels: append([]string{}, src.Channels...), Channel: src.Channel, Columns: []ColumnView{}, Fields: exchange.Fields,
		People: []ImportPerson{}, Lines: []ImportLine{}, Left: []LeftView{}, Problems: append([]string{}, src.Problems...), Lacks: []string{},
	}
	for _, c := range src.Columns {
		v.Columns = append(v.Columns, ColumnView(c))
	}
	for _, l := range src.Left {
		v.Left = append(v.Left, LeftView(l))
	}
	if src.Aside != nil {
		v.Aside = asideName(src)
	}
	return v
}

func asideName(src exchange.Source) string {
	return incident.FileName(cmp.Or(strings.TrimPrefix(src.Title, "#"), src.Format) + " not taken over.json")
}

// orders makes an order of every line, and the row that it would be.
func (m *Import) orders(ctx context.Context, id incident.ID, src exchange.Source, v *ImportView) ([]ImportLine, []cockpit.Brought, error) {
	known := id
	if _, err := m.Cockpit.Find(ctx, id.String()); err != nil {
		known = incident.ID{} // it is not there yet; people are looked for everywhere
	}
	people := map[string]incident.Person{"": m.Actor}
	for _, name := range src.People {
		p, err := m.who(ctx, known, name)
		if err != nil {
			return nil, nil, err
		}
		people[name] = p
		v.People = append(v.People, ImportPerson{name, p.Name})
	}
	var lines []ImportLine
	var orders []cockpit.Brought
	skipped := 0
	for _, l := range src.Lines {
		switch {
		case l.At > m.Now+60_000, l.At < 946_684_800_000:
			if skipped++; skipped <= 10 {
				v.Problems = append(v.Problems, "an entry of "+time.UnixMilli(l.At).UTC().Format("2006-01-02 15:04Z")+" lies in the future or before the year 2000")
			}
			continue
		case !strings.ContainsFunc(l.Text, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }):
			continue
		}
		l.Text = trimmed(l.Text, v)
		actor := people[l.Author]
		lines = append(lines, ImportLine{At: l.At, Approx: l.Approx, Actor: actor.Name, Kind: l.Kind, Text: firstOf(l.Text, 500)})
		orders = append(orders, cockpit.Brought{ID: namedID(l.At, id.String(), l.Key), At: l.At, Actor: actor, Command: commandOf(l)})
	}
	if skipped > 10 {
		v.Problems = append(v.Problems, fmt.Sprintf("and %d more with such a time", skipped-10))
	}
	return lines, orders, nil
}

// who is the person that a name in a file means here.
func (m *Import) who(ctx context.Context, id incident.ID, name string) (incident.Person, error) {
	if found := oncall.Find(m.Known, name); len(found) == 1 {
		name = found[0].Name
	}
	name = firstOf(strings.Join(strings.Fields(name), " "), 80)
	p, err := m.Cockpit.Person(ctx, id, name)
	if fault.Is(err, fault.Invalid) { // a name that is none, of invisible signs
		return m.Actor, nil
	}
	return oneself(m.Actor, p), err
}

func firstOf(text string, most int) string {
	if all := []rune(text); len(all) > most {
		return string(all[:most-1]) + "…"
	}
	return text
}

// trimmed cuts a text to what one record takes.
func trimmed(text string, v *ImportView) string {
	if len(text) <= incident.MaxText {
		return text
	}
	n := incident.MaxText - len("…")
	for n > 0 && text[n]&0xC0 == 0x80 {
		n--
	}
	v.Problems = append(v.Problems, fmt.Sprintf("an entry of %s is cut to what one record takes: %s", incident.Size(int64(len(text))), firstOf(text, 40)))
	return text[:n] + "…"
}

func commandOf(l exchange.Line) incident.Command {
	switch l.Kind {
	case "decision":
		return &incident.MakeDecision{Text: l.Text, Basis: firstOf(l.Basis, 10_000), Tradeoff: firstOf(l.Tradeoff, 10_000), Approx: l.Approx}
	case "question":
		return &incident.AskQuestion{Text: l.Text, Approx: l.Approx}
	case "hypothesis":
		return &incident.StateHypothesis{Text: l.Text, Approx: l.Approx}
	case "followup":
		return &incident.AddFollowUp{Text: l.Text, Approx: l.Approx}
	}
	return &incident.AddNote{Text: l.Text, Approx: l.Approx}
}

// asideOrder keeps what is not taken over as a file of the incident.
func (m *Import) asideOrder(ctx context.Context, id incident.ID, src exchange.Source, orders []cockpit.Brought, v *ImportView) ([]cockpit.Brought, error) {
	if len(src.Aside) > incident.MaxFile {
		v.Problems = append(v.Problems, "what is not taken over is larger than a file may be, and is not kept aside")
		v.Aside = ""
		return orders, nil
	}
	d, _, err := Attachment(ctx, m.Store, v.Aside, "What the import did not take over, by entry", bytes.NewReader(src.Aside))
	if err != nil {
		return nil, err
	}
	at := orders[len(orders)-1].At
	return append(orders, cockpit.Brought{ID: namedID(at, id.String(), "aside", d.Hash), At: at, Actor: m.Actor, Command: d}), nil
}

// namedID is the id that something from elsewhere has each time it comes: a UUIDv7 of its
// own time whose random part is made of what names it there.
func namedID(at int64, names ...string) (id incident.ID) {
	h := sha256.New()
	for _, n := range names {
		fmt.Fprintf(h, "%d:%s", len(n), n)
	}
	copy(id[:], h.Sum(nil))
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(max(at, 0)))
	copy(id[:6], ms[2:])
	id[6] = id[6]&0x0F | 0x70
	id[8] = id[8]&0x3F | 0x80
	return id
}

// bundle brings an incident that was exported as JSON, as it is.
func (m *Import) bundle(ctx context.Context, data []byte) (ImportView, error) {
	b, err := exchange.Read(bytes.NewReader(data))
	if err != nil {
		return ImportView{}, err
	}
	return m.Bundle(ctx, b)
}

// Bundle imports an incident that was exported, or says what importing it would bring. The
// records come in as they are, once they have been proved.
func (m *Import) Bundle(ctx context.Context, b exchange.Bundle) (v ImportView, err error) {
	if ok, bad, why := incident.Verify(b.Records); !ok {
		return v, fault.New(fault.Refused, "the file has been changed: record %s: %s", bad, why).WithHint("nothing was imported; get the file anew from where it was exported")
	}
	if !m.Into.IsZero() {
		return v, fault.Input("incident", "an exported incident comes in as itself").WithHint("leave out into which it is to go")
	}
	v = viewOf(exchange.Source{Format: FormatJSON, Title: b.Ref})
	v.Incident, v.Ref, v.Records, v.Lacks = b.Incident.String(), b.Ref, len(b.Records), append(v.Lacks, b.Lacks()...)
	v.Files = len(b.Files)
	if _, v.New, err = fitting(ctx, m.Store, b); err != nil {
		return v, err
	}
	for i := range b.Records[:min(len(b.Records), previewed)] {
		r := &b.Records[i]
		text, _ := incident.Words(r.Event())
		v.Lines = append(v.Lines, ImportLine{At: r.At, Kind: string(r.Kind), Text: firstOf(text, 500)})
	}
	if at := slices.Collect(times(b.Records)); len(at) > 0 {
		v.From, v.To = slices.Min(at), slices.Max(at)
	}
	if m.Dry {
		return v, nil
	}
	kits := map[string][]byte{}
	if b.Kit != nil {
		sum := sha256.Sum256(b.Kit)
		kits[hex.EncodeToString(sum[:])] = b.Kit
	}
	if v.New, err = m.Store.Import(ctx, b.Incident, b.Records, kits); err != nil {
		return v, err
	}
	v.Done = true
	return v, bringFiles(ctx, m.Store, b)
}

func times(recs []incident.Record) func(yield func(int64) bool) {
	return func(yield func(int64) bool) {
		for i := range recs {
			if !yield(recs[i].At) {
				return
			}
		}
	}
}

// bringFiles keeps the files of an imported incident, unless they have been redacted here.
// Importing once more brings those that are missing or changed.
func bringFiles(ctx context.Context, st *store.Store, b exchange.Bundle) error {
	if len(b.Files) == 0 {
		return nil
	}
	named, err := st.Files(ctx, b.Incident)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, f := range named {
		_, err := st.File(f.Hash)
		wanted[f.Hash] = err != nil
	}
	for _, f := range b.Files {
		if !wanted[f.Hash] {
			continue
		}
		if _, _, err := st.KeepFile(ctx, bytes.NewReader(f.Data)); err != nil {
			return err
		}
	}
	return nil
}
