package app

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"quarterdeck/internal/exchange"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/ical"
	"quarterdeck/internal/incident"
)

// ChatInput is messages as they were pasted.
type ChatInput struct {
	Incident string `json:"incident"`
	Text     string `json:"text"`
	As       string `json:"as"`  // whose the messages are that name nobody
	Dry      bool   `json:"dry"` // only say what would come
}

// TakeChat takes pasted messages over as dated notes, each once. Times that name no day are
// of today, or of yesterday where today they would lie ahead.
func (a *API) TakeChat(in ChatInput) (v ImportView, err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	m := b.importing(in.Dry)
	if m.Into, err = chosen(in.Incident); err != nil {
		return v, err
	}
	if m.Actor, err = b.speaker(ctx, m.Into, in.As); err != nil {
		return v, err
	}
	m.Format, m.Zone, m.Day = exchange.Chat, b.zone(), b.clock.Now().In(b.zone())
	src, err := exchange.Foreign([]byte(in.Text), m.Options)
	if err == nil && len(src.Lines) > 0 && src.Lines[len(src.Lines)-1].At > m.Now+60_000 {
		m.Day = m.Day.AddDate(0, 0, -1)
	}
	if err != nil {
		return v, err
	}
	v, err = m.Run(ctx, []byte(in.Text))
	if !in.Dry {
		b.written(err)
	}
	return v, err
}

func (b *Backend) importing(dry bool) *Import {
	return &Import{Store: b.store, Cockpit: b.cockpit, Known: b.rota.People(), Now: b.now(), Dry: dry, Options: exchange.Options{Zone: b.zone()}}
}

// ImportPath is where FileServer takes files that are to be imported: posted, with how they
// are to be read as JSON in the parameter q. It answers as a call does.
const ImportPath = "/imports"

// importQuery is that parameter.
type importQuery struct {
	Incident string            `json:"incident"` // into which; empty = a new one
	Title    string            `json:"title"`
	Name     string            `json:"name"` // of the file
	Format   string            `json:"format"`
	Channel  string            `json:"channel"`
	Columns  map[string]string `json:"columns"` // what a column holds, to its name
	People   map[string]string `json:"people"`
	Days     string            `json:"days"`
	Zone     string            `json:"zone"`
	Day      string            `json:"day"`
	Dry      bool              `json:"dry"`
}

// MaxImport is how many bytes a file may have that is imported.
const MaxImport = exchange.MaxSize

func (a *API) takeImport(r *http.Request) (v ImportView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return v, err
	}
	var q importQuery
	if err := json.Unmarshal([]byte(r.URL.Query().Get("q")), &q); err != nil {
		return v, fault.New(fault.Invalid, "the import cannot be read").WithCause(err)
	}
	m := b.importing(q.Dry)
	if m.Into, err = incident.ParseID(q.Incident); err != nil {
		return v, err
	}
	if m.Actor, err = b.me(); err != nil {
		return v, err
	}
	m.Title, m.Name, m.Format, m.Channel, m.Columns, m.Options.People, m.Days = q.Title, q.Name, q.Format, q.Channel, q.Columns, q.People, q.Days
	if q.Zone != "" {
		if m.Zone = ical.Zone(q.Zone); m.Zone == nil {
			return v, fault.Input("zone", "%.40q is no time zone", q.Zone).WithHint("use a name such as Europe/Berlin or UTC")
		}
	}
	if q.Day != "" {
		if m.Day, err = time.ParseInLocation("2006-01-02", q.Day, m.Zone); err != nil {
			return v, fault.Input("day", "%.40q is no day", q.Day).WithHint("write it as 2026-03-02")
		}
	}
	data, err := io.ReadAll(io.LimitReader(r.Body, MaxImport+1))
	switch {
	case err != nil:
		return v, fault.New(fault.Unreachable, "the file could not be read to its end").WithHint("nothing was imported; try again").WithCause(err)
	case len(data) > MaxImport:
		return v, fault.New(fault.Invalid, "the file is larger than %s", incident.Size(MaxImport)).WithHint("export less at once")
	}
	if v, err = m.Run(context.WithoutCancel(r.Context()), data); !q.Dry {
		b.written(err)
	}
	return v, err
}
