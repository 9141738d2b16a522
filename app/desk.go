package app

import (
	"bytes"
	"context"
	"fmt"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/exchange"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// Draft fills the template of an update, or looks a text over.
func (a *API) Draft(in DraftInput) (v DraftView, err error) {
	defer guard(&err)
	ctx, b, id, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	now := b.now()
	err = b.cockpit.View(ctx, id, func(l *cockpit.Live) error {
		if l.Kit.Audience(in.Audience) == nil {
			return fault.Input("audience", "the kit knows no audience %q", in.Audience)
		}
		v = DraftView{Audience: in.Audience, State: in.State, Text: in.Text, Next: in.Next}
		if v.State == "" {
			v.State = string(l.State.Phase.PublicState())
		}
		if every := l.Kit.Severity(l.State.Severity).Promise(in.Audience).Every; v.Next == 0 && v.Text == "" && every > 0 && !l.State.Phase.Over() {
			v.Next = roundUp(now + int64(every)*60_000)
		}
		state := incident.PublicState(v.State)
		if text, waits := b.merged(l, in.Audience, state, v.Next, now); v.Text == "" && waits {
			v.Text, v.Merges = text, true
		}
		if v.Text == "" {
			v.Text = compose.Draft(l.State, l.Kit, in.Audience, state, v.Next, now)
		}
		v.Gives = compose.Gives(v.Text, b.held())
		v.Stops = stops(v.Text, v.Gives, l.Kit.Audience(in.Audience).Outside)
		v.Hidden = append([]string{}, compose.Hidden(l.State, l.Kit, in.Audience)...)
		v.Checks = append([]string{}, compose.Advice(l.State, l.Kit, in.Audience, state, v.Text, v.Next, now)...)
		return nil
	})
	return v, err
}

// roundUp is the next whole minute: a promise is told in minutes.
func roundUp(ms int64) int64 { return (ms + 59_999) / 60_000 * 60_000 }

// Silence switches sounds off for some minutes; 0 switches them on again.
func (a *API) Silence(minutes int) (err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return err
	}
	if minutes < 0 || minutes > 60 {
		return fault.Input("minutes", "sounds can be off for at most an hour")
	}
	if minutes > silentWhileGrave {
		grave, err := b.grave(ctx)
		if err != nil {
			return err
		}
		if grave != "" {
			return fault.Input("minutes", "sounds can be off for %d minutes while %s is open", silentWhileGrave, grave).WithHint("they can be silenced again when they are back")
		}
	}
	b.mu.Lock()
	b.silent = 0
	if minutes > 0 {
		b.silent = b.now() + int64(minutes)*60_000
	}
	b.mu.Unlock()
	b.stream.station()
	b.stream.touchOpen()
	return nil
}

// silentWhileGrave is for how long sounds can be off while a SEV1 or SEV2 is open, in minutes.
const silentWhileGrave = 10

// grave names an open incident of the two worst severities; empty when there is none.
func (b *Backend) grave(ctx context.Context) (string, error) {
	rows, err := b.store.Open(ctx)
	for _, r := range rows {
		if r.Severity == "SEV1" || r.Severity == "SEV2" {
			return r.Ref, err
		}
	}
	return "", err
}

// Focused says whether the commander is looking at the page.
func (a *API) Focused(yes bool) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.focused = yes
	b.mu.Unlock()
	return nil
}

// ReadAway takes the while-away card away.
func (a *API) ReadAway() (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.away = nil
	b.mu.Unlock()
	b.stream.station()
	return nil
}

// Keep saves text that is being typed; empty text forgets the place.
func (a *API) Keep(in KeptView) (err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return err
	}
	if in.Place == "" || len(in.Place) > 200 {
		return fault.Input("place", "a draft needs a place")
	}
	if len(in.Text) > 4<<20 {
		return fault.Input("text", "a draft of over 4 MB is not kept").WithHint("keep it in a file")
	}
	return b.store.KeepDraft(ctx, in.Place, in.Text, b.now())
}

// Kept is everything that was typed and not sent.
func (a *API) Kept() (out []KeptView, err error) {
	defer guard(&err)
	out = []KeptView{}
	ctx, b, err := a.ready()
	if err != nil {
		return out, err
	}
	drafts, err := b.store.Drafts(ctx)
	for _, d := range drafts {
		out = append(out, KeptView(d))
	}
	return out, err
}

// Brief is the state of an incident as Markdown, to copy.
func (a *API) Brief(id string) (text string, err error) {
	defer guard(&err)
	ctx, b, inc, err := a.about(id)
	if err != nil {
		return "", err
	}
	err = b.cockpit.View(ctx, inc, func(l *cockpit.Live) error {
		text = compose.Brief(l.State, l.Kit, b.now())
		return nil
	})
	return text, err
}

// Export makes a document of an incident.
func (a *API) Export(in ExportInput) (v ExportView, err error) {
	defer guard(&err)
	ctx, b, id, err := a.about(in.Incident)
	if err != nil {
		return v, err
	}
	return Export(ctx, b.store, b.cockpit, id, in.Format, b.now(), pageFiles)
}

// pageFiles is room for attached files in what a page exports: it crosses the bridge whole.
const pageFiles = 24 << 20

// AllFiles is room for every attached file that a document may hold.
const AllFiles = exchange.MaxFiles

// Export makes a document of an incident: md, html, json, csv, ics or pdf. json and html hold
// the attached files as far as so many bytes of room go, and name the others.
func Export(ctx context.Context, st *store.Store, c *cockpit.Cockpit, id incident.ID, format string, now, room int64) (v ExportView, err error) {
	if format == "json" {
		return exportJSON(ctx, st, id, now, room)
	}
	v.Lost = []string{}
	err = c.ViewTimeline(ctx, id, func(l *cockpit.Live) error {
		v.Name = l.State.Declared.Ref
		doc := compose.Document{State: l.State, Kit: l.Kit, Entries: l.Timeline.Entries(), Made: now, File: onPage(st, room, &v.Lost)}
		switch format {
		case "md":
			v.Name, v.Type = v.Name+".md", "text/markdown"
			v.Text = compose.Markdown(doc)
		case "html":
			v.Name, v.Type = v.Name+".html", "text/html"
			v.Text, err = compose.HTML(doc)
			return err
		case "csv":
			v.Name, v.Type = v.Name+".csv", "text/csv"
			v.Text, err = compose.CSV(doc)
			return err
		case "pdf":
			v, err = WritePaper(doc.Paper(), v.Name, format)
			return err
		case "ics":
			v.Name, v.Type = v.Name+".ics", "text/calendar"
			v.Text, err = compose.ICS(doc)
			return err
		default:
			return fault.Input("format", "%q is no format", format).WithHint("one of md, html, json, csv, ics, pdf")
		}
		return nil
	})
	return v, err
}

func exportJSON(ctx context.Context, st *store.Store, id incident.ID, now, room int64) (v ExportView, err error) {
	state, _, err := st.State(ctx, id)
	if err != nil {
		return v, err
	}
	bundle := exchange.Bundle{Incident: id, Ref: state.Declared.Ref, ExportedAt: now}
	if bundle.Records, err = st.Records(ctx, id, 0); err != nil {
		return v, err
	}
	bundle.Kit, err = st.Kit(ctx, state.Declared.Kit)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return v, err
	}
	lacks := []string{}
	for _, f := range exchange.Attached(bundle.Records) {
		data, err := []byte(nil), error(nil)
		if f.Size <= room {
			data, err = st.File(f.Hash)
		}
		if err != nil || data == nil {
			lacks = append(lacks, f.Name)
			continue
		}
		room -= int64(len(data))
		bundle.Files = append(bundle.Files, exchange.File{Hash: f.Hash, Data: data})
	}
	var buf bytes.Buffer
	if err := exchange.Write(&buf, bundle); err != nil {
		return v, fmt.Errorf("app: export %s: %w", bundle.Ref, err)
	}
	return ExportView{bundle.Ref + ".json", "application/json", buf.String(), lacks, false}, nil
}
