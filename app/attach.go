package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/compose"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/store"
)

// FileView is an attached file of a row. Its bytes are had from FileServer.
type FileView struct {
	Name    string `json:"name"`
	Size    string `json:"size"` // in words
	Width   int    `json:"width"`
	Height  int    `json:"height"`
	Picture bool   `json:"picture"` // it is shown in place
	Text    bool   `json:"text"`    // it can be read in place
	Lost    string `json:"lost"`    // missing or changed: what is beside the database is not what was attached
}

func fileView(e *incident.Entry) *FileView {
	f, ok := e.Event.(*incident.FileAttached)
	if !ok || e.Redacted != "" || e.Body == nil {
		return nil
	}
	return &FileView{
		Name: f.Name, Size: incident.Size(f.Size), Width: f.Width, Height: f.Height,
		Picture: pictures[f.Type] && f.Width > 0 && f.Height > 0, Text: strings.HasPrefix(f.Type, "text/plain"),
	}
}

// lookFor says of each row's file whether it is where it should be.
func (b *Backend) lookFor(l *cockpit.Live, v *TimelineView) *TimelineView {
	for i := range v.Rows {
		if v.Rows[i].File == nil {
			continue
		}
		id, err := incident.ParseID(v.Rows[i].ID)
		if e := l.Timeline.Entry(id); err == nil && e != nil {
			if f, ok := e.Event.(*incident.FileAttached); ok {
				v.Rows[i].File.Lost = b.store.FileLost(f.Hash, f.Size)
			}
		}
	}
	return v
}

// Attachment keeps the bytes of a file, and makes the command that puts it into the log.
// Attached looks whether the bytes are still there once that is done.
func Attachment(ctx context.Context, st *store.Store, name, text string, r io.Reader) (*incident.AttachFile, []byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, incident.MaxFile+1))
	if err != nil {
		return nil, nil, fault.New(fault.Unreachable, "the file could not be read to its end").WithHint("nothing was attached; try again").WithCause(err)
	}
	hash, size, err := st.KeepFile(ctx, bytes.NewReader(data))
	if err != nil {
		return nil, nil, err
	}
	d := &incident.AttachFile{Name: name, Text: text, Size: size, Hash: hash}
	d.Type, d.Width, d.Height = looksLike(data)
	return d, data, nil
}

// Attached keeps the bytes once more if a redaction of the same file took them away while
// their record was being written.
func Attached(ctx context.Context, st *store.Store, d *incident.AttachFile, data []byte) error {
	if st.FileLost(d.Hash, d.Size) == "" {
		return nil
	}
	_, _, err := st.KeepFile(ctx, bytes.NewReader(data))
	return err
}

// fileOf finds the file that a record of an incident names.
func (b *Backend) fileOf(ctx context.Context, id incident.ID, record string) (*incident.FileAttached, error) {
	rec, err := incident.ParseID(record)
	if err != nil {
		return nil, err
	}
	var f incident.FileAttached
	err = b.cockpit.ViewTimeline(ctx, id, func(l *cockpit.Live) error {
		e := l.Timeline.Entry(rec)
		if e == nil {
			return fault.New(fault.NotFound, "there is no such record")
		}
		v, ok := e.Event.(*incident.FileAttached)
		switch {
		case !ok:
			return fault.New(fault.NotFound, "that record has no file")
		case e.Redacted != "" || e.Body == nil:
			return fault.New(fault.NotFound, "the file has been redacted: %s", cmp.Or(e.Redacted, "no reason given"))
		}
		f = *v
		return nil
	})
	return &f, err
}

// FileBytes are the name and the bytes of a file, for a face that saves it.
func (b *Backend) FileBytes(ctx context.Context, inc, record string) (name string, data []byte, err error) {
	id, err := chosen(inc)
	if err != nil {
		return "", nil, err
	}
	f, err := b.fileOf(ctx, id, record)
	if err != nil {
		return "", nil, err
	}
	data, err = b.store.File(f.Hash)
	return f.Name, data, err
}

// FilesPath is where FileServer answers.
const FilesPath = "/files/"

// FileServer takes files in and gives them out, in every face. Who may ask is the face's
// to judge.
//
//	POST /files/INCIDENT?id=RECORD&name=NAME&text=WORDS&as=PERSON   the bytes as the body
//	GET  /files/INCIDENT/RECORD                                     shown, when it is a picture
//	POST /imports?q=HOW                         the bytes of a file to import as the body
//	GET  /files/INCIDENT/RECORD?as=text | ?as=file                  the beginning of a text; to be saved
//
// A POST answers as a call does. What is given out holds no script that runs: only
// pictures whose bytes are such keep a type of their own.
func FileServer(a *API) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		if r.URL.Path == ImportPath && r.Method == http.MethodPost {
			v, err := a.takeImport(r)
			answer(w, v, err)
			return
		}
		inc, record, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, FilesPath), "/")
		switch {
		case r.Method == http.MethodPost && record == "":
			answer(w, nil, a.takeFile(r, inc))
		case r.Method == http.MethodGet && record != "":
			a.giveFile(w, r, inc, record)
		default:
			http.Error(w, "files are posted to an incident, or had from a record", http.StatusMethodNotAllowed)
		}
	})
}

// answer is what a call answers with.
func answer(w http.ResponseWriter, result any, err error) {
	out := map[string]any{"result": result}
	if err != nil {
		out = map[string]any{"error": FaultJSON(err)}
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(out); err != nil {
		slog.Warn("an answer did not reach the page", "error", err)
	}
}

func (a *API) takeFile(r *http.Request, inc string) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	q := r.URL.Query()
	o := cockpit.Order{}
	if o.Incident, err = chosen(inc); err != nil {
		return err
	}
	if o.ID, err = incident.ParseID(q.Get("id")); err != nil {
		return err
	}
	if r.ContentLength > incident.MaxFile {
		return incident.TooLarge(r.ContentLength)
	}
	if o.Actor, err = b.speaker(r.Context(), o.Incident, q.Get("as")); err != nil {
		return err
	}
	return b.attach(r.Context(), o, q.Get("name"), q.Get("text"), r.Body)
}

// speaker is who says it: the one named, else who sits at this machine.
func (b *Backend) speaker(ctx context.Context, id incident.ID, name string) (incident.Person, error) {
	me, err := b.me()
	if err != nil || name == "" {
		return me, err
	}
	p, err := b.cockpit.Person(ctx, id, name)
	return oneself(me, p), err
}

func (b *Backend) attach(ctx context.Context, o cockpit.Order, name, text string, r io.Reader) error {
	d, data, err := Attachment(ctx, b.store, name, text, r)
	b.written(err)
	if err != nil {
		return err
	}
	o.Command = d
	if err := b.do(context.WithoutCancel(ctx), o); err != nil {
		return errors.Join(err, b.store.DropFile(context.WithoutCancel(ctx), d.Hash))
	}
	return Attached(ctx, b.store, d, data)
}

func (a *API) giveFile(w http.ResponseWriter, r *http.Request, inc, record string) {
	_, b, err := a.ready()
	if err != nil {
		http.Error(w, fault.Of(err).Message, http.StatusServiceUnavailable)
		return
	}
	name, data, err := b.FileBytes(r.Context(), inc, record)
	if err != nil {
		status := map[fault.Code]int{fault.NotFound: http.StatusNotFound, fault.Refused: http.StatusConflict, fault.Invalid: http.StatusBadRequest}[fault.Of(err).Code]
		http.Error(w, fault.Of(err).Message, cmp.Or(status, http.StatusInternalServerError))
		return
	}
	kind, width, height := looksLike(data)
	h := w.Header()
	switch as := r.URL.Query().Get("as"); {
	case as == "text" && strings.HasPrefix(kind, "text/plain"):
		h.Set("Content-Type", "text/plain; charset=utf-8")
		data = beginning(data)
	case as == "" && pictures[kind] && width > 0 && height > 0:
		h.Set("Content-Type", kind)
	default:
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	}
	if _, err := w.Write(data); err != nil && !errors.Is(err, context.Canceled) {
		slog.Warn("a file did not reach the page", "error", err)
	}
}

// readable is how much of a text is shown in place, in bytes.
const readable = 1 << 20

// beginning is what is shown of a text.
func beginning(data []byte) []byte {
	if len(data) <= readable {
		return data
	}
	n := readable
	for n > 0 && !utf8.RuneStart(data[n]) {
		n--
	}
	return fmt.Appendf(data[:n:n], "\n… and %s more: save it to see them\n", incident.Size(int64(len(data)-n)))
}

// onPage is what a document shows of a file, as far as the room goes. What is not in it is
// named in lost.
func onPage(st *store.Store, room int64, lost *[]string) func(*incident.FileAttached) compose.Shown {
	return func(f *incident.FileAttached) compose.Shown {
		if f.Size > room {
			*lost = append(*lost, f.Name)
			return compose.Shown{Lost: "left out, because the page would be too large"}
		}
		data, err := st.File(f.Hash)
		if err != nil {
			*lost = append(*lost, f.Name)
			return compose.Shown{Lost: fault.Of(err).Message}
		}
		room -= int64(len(data))
		s := compose.Shown{Data: data}
		if kind, width, height := looksLike(data); pictures[kind] && width > 0 && height > 0 {
			s.Picture = kind
		}
		return s
	}
}
