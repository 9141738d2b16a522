package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"quarterdeck/internal/compose"
	"quarterdeck/internal/exchange"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/store"
)

// HandoffFileInput asks for the signed file of an incident.
type HandoffFileInput struct {
	Incident   string `json:"incident"`
	Passphrase string `json:"passphrase"` // empty: not locked
}

// HandoffFileView is the file, and the words of its key.
type HandoffFileView struct {
	Name  string   `json:"name"`
	Type  string   `json:"type"`
	Text  string   `json:"text"`
	Words []string `json:"words"` // six, to be read aloud
	Bits  int      `json:"bits"`  // that they say of the key
	Says  string   `json:"says"`  // what the file is: an offer, or who commands
	Lacks []string `json:"lacks"` // attached files that are not in it
}

// HandoffOpenInput is a file that came from elsewhere.
type HandoffOpenInput struct {
	Text       string `json:"text"`
	Passphrase string `json:"passphrase"`
	Words      string `json:"words"` // as they were read aloud; empty = compared by eye
}

// HandoffFileSays is what a handoff file says, and what became of it.
type HandoffFileSays struct {
	Incident  string   `json:"incident"`
	Ref       string   `json:"ref"`
	Title     string   `json:"title"`
	Severity  string   `json:"severity"`
	Phase     string   `json:"phase"`
	Made      int64    `json:"made"`
	Words     []string `json:"words"`
	Bits      int      `json:"bits"`
	Commander string   `json:"commander"` // by the file; after it was taken, by everything that is here
	Term      int      `json:"term"`
	Offered   string   `json:"offered"` // to whom command is offered; empty = to nobody
	Records   int      `json:"records"`
	New       int      `json:"new"` // of them, not here before
	Taken     bool     `json:"taken"`
	Says      string   `json:"says"`  // who commands, in a sentence
	Brief     string   `json:"brief"` // Markdown
}

// handoffFiles is room for attached files in a file for another machine.
const handoffFiles = 4 << 20

// ExportHandoff makes the signed file for another machine. While command is offered it
// carries the offer; afterwards it is the reply that says who commands.
func (a *API) ExportHandoff(in HandoffFileInput) (v HandoffFileView, err error) {
	defer guard(&err)
	v = HandoffFileView{Words: []string{}, Lacks: []string{}}
	ctx, b, id, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	return ExportHandoff(ctx, b.store, id, in.Passphrase, b.now(), handoffFiles)
}

// ExportHandoff is API.ExportHandoff with room for so many bytes of attached files.
func ExportHandoff(ctx context.Context, st *store.Store, id incident.ID, passphrase string, now, room int64) (v HandoffFileView, err error) {
	v = HandoffFileView{Words: []string{}, Lacks: []string{}, Bits: exchange.KeyBits}
	state, _, err := st.State(ctx, id)
	if err != nil {
		return v, err
	}
	if state.Command.Offered.IsZero() && state.Command.Term < 2 {
		return v, fault.New(fault.Conflict, "command of %s is offered to nobody", state.Declared.Ref).WithHint("offer it first: the file carries the offer to the one who takes over")
	}
	doc, bundle, err := bundleOf(ctx, st, state, now, room)
	if err != nil {
		return v, err
	}
	var buf bytes.Buffer
	key, err := exchange.WriteHandoff(&buf, bundle, passphrase, rand.Reader)
	if err != nil {
		return v, err
	}
	v.Name, v.Type, v.Text, v.Words, v.Lacks = bundle.Ref+".handoff", "application/octet-stream", buf.String(), exchange.KeyWords(key), doc
	v.Says = whoCommands(state)
	return v, nil
}

// bundleOf is an incident as it is exported, and the names of attached files for which
// there is no room.
func bundleOf(ctx context.Context, st *store.Store, state *incident.State, now, room int64) (lacks []string, b exchange.Bundle, err error) {
	lacks = []string{}
	b = exchange.Bundle{Incident: state.ID, Ref: state.Declared.Ref, ExportedAt: now}
	if b.Records, err = st.Records(ctx, state.ID, 0); err != nil {
		return lacks, b, err
	}
	if b.Kit, err = st.Kit(ctx, state.Declared.Kit); err != nil && !fault.Is(err, fault.NotFound) {
		return lacks, b, err
	}
	for _, f := range exchange.Attached(b.Records) {
		if f.Size > room {
			lacks = append(lacks, f.Name)
			continue
		}
		data, err := st.File(f.Hash)
		if err != nil {
			lacks = append(lacks, f.Name)
			continue
		}
		room -= int64(len(data))
		b.Files = append(b.Files, exchange.File{Hash: f.Hash, Data: data})
	}
	return lacks, b, nil
}

// OpenHandoff checks a file from elsewhere and says what is in it. Nothing is written.
func (a *API) OpenHandoff(in HandoffOpenInput) (v HandoffFileSays, err error) {
	defer guard(&err)
	v.Words = []string{}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	h, err := heard(in)
	if err != nil {
		return v, err
	}
	return PreviewHandoff(ctx, b.store, h)
}

// TakeHandoff checks a file and imports it. Whoever takes over accepts afterwards.
func (a *API) TakeHandoff(in HandoffOpenInput) (v HandoffFileSays, err error) {
	defer guard(&err)
	v.Words = []string{}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	h, err := heard(in)
	if err != nil {
		return v, err
	}
	v, err = TakeHandoff(ctx, b.store, h)
	b.written(err)
	if err != nil {
		return v, err
	}
	if err := b.cockpit.Follow(ctx); err != nil {
		return v, err
	}
	b.stream.station()
	return v, nil
}

// heard reads a file, and compares the words where somebody typed them.
func heard(in HandoffOpenInput) (exchange.Handoff, error) {
	h, err := exchange.ReadHandoff(strings.NewReader(in.Text), in.Passphrase)
	if err == nil && strings.TrimSpace(in.Words) != "" && !exchange.SameWords(in.Words, h.Key) {
		err = OtherWords(h)
	}
	return h, err
}

// OtherWords refuses a file whose words are not those that were read aloud.
func OtherWords(h exchange.Handoff) error {
	return fault.Input("words", "the words of this file are %s", strings.Join(h.Words(), " ")).
		WithHint("if others were read to you, this is not the file that was made: nothing was imported")
}

// PreviewHandoff says what a file would bring. It refuses one that does not continue what
// is here.
func PreviewHandoff(ctx context.Context, st *store.Store, h exchange.Handoff) (v HandoffFileSays, err error) {
	all, fresh, err := fitting(ctx, st, h.Bundle)
	if err != nil {
		return v, err
	}
	v = handoffSays(incident.Fold(h.Incident, h.Records), h)
	v.New = fresh
	if len(all) > len(h.Records) { // what is here already counts as well
		v.Says = whoCommands(incident.Fold(h.Incident, all)) + bothAccepted(h.Incident, all)
	}
	return v, nil
}

// TakeHandoff imports a file that was checked.
func TakeHandoff(ctx context.Context, st *store.Store, h exchange.Handoff) (v HandoffFileSays, err error) {
	if _, _, err = fitting(ctx, st, h.Bundle); err != nil {
		return v, err
	}
	kits := map[string][]byte{}
	if h.Kit != nil {
		sum := sha256.Sum256(h.Kit)
		kits[hex.EncodeToString(sum[:])] = h.Kit
	}
	fresh, err := st.Import(ctx, h.Incident, h.Records, kits)
	if err != nil {
		return v, err
	}
	h.Lacks() // what no record names does not come in
	if err := bringFiles(ctx, st, h.Bundle); err != nil {
		return v, err
	}
	all, err := st.Records(ctx, h.Incident, 0)
	if err != nil {
		return v, err
	}
	s := incident.Fold(h.Incident, all)
	v = handoffSays(s, h)
	v.New, v.Taken = fresh, true
	v.Says += bothAccepted(h.Incident, all)
	return v, nil
}

func handoffSays(s *incident.State, h exchange.Handoff) HandoffFileSays {
	v := HandoffFileSays{
		Incident: s.ID.String(), Ref: s.Declared.Ref, Title: s.Declared.Title, Severity: s.Severity, Phase: string(s.Phase), Made: h.ExportedAt,
		Words: h.Words(), Bits: exchange.KeyBits, Commander: s.Name(s.Command.Holder), Term: s.Command.Term, Records: len(h.Records), Says: whoCommands(s),
	}
	if to := s.Command.Offered; !to.IsZero() {
		v.Offered = s.Name(to)
	}
	k := &kit.Kit{}
	if h.Kit != nil {
		if own, err := kit.Decode(h.Kit); err == nil {
			k = own
		}
	}
	v.Brief = compose.Handoff(s, k, h.ExportedAt)
	return v
}

// whoCommands says it in a sentence.
func whoCommands(s *incident.State) string {
	text := fmt.Sprintf("%s commands %s, term %d", s.Name(s.Command.Holder), s.Declared.Ref, s.Command.Term)
	if to := s.Command.Offered; !to.IsZero() {
		text += fmt.Sprintf(", until %s accepts", s.Name(to))
	}
	return text + "."
}

// bothAccepted says who else has taken command in the same term, and does not command.
func bothAccepted(id incident.ID, recs []incident.Record) string {
	s := incident.Fold(id, recs)
	others := []string{}
	for i := range recs {
		if e, ok := recs[i].Event().(*incident.CommandAccepted); ok && e.Term == s.Command.Term && e.By != s.Command.Holder && !e.By.IsZero() {
			others = append(others, s.Name(e.By))
		}
	}
	if len(others) == 0 {
		return ""
	}
	return fmt.Sprintf(" %s took command in the same term on another machine: the first acceptance holds. Tell them.", strings.Join(others, " and "))
}

// fitting are the records that are here together with those of a bundle, and how many of
// them are new. Records that do not continue the chains that are here are refused.
func fitting(ctx context.Context, st *store.Store, b exchange.Bundle) (all []incident.Record, fresh int, err error) {
	if all, err = st.Records(ctx, b.Incident, 0); err != nil {
		return nil, 0, err
	}
	known := map[incident.ID]bool{}
	for i := range all {
		known[all[i].ID] = true
	}
	for i := range b.Records {
		if !known[b.Records[i].ID] {
			all = append(all, b.Records[i])
			fresh++
		}
	}
	if ok, bad, why := incident.Verify(all); !ok {
		return nil, 0, fault.New(fault.Refused, "the file does not fit what is here: record %s: %s", bad, why).WithHint("nothing was imported; open it with an empty data folder")
	}
	return all, fresh, nil
}
