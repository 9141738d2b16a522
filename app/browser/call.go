package browser

import (
	"encoding/json"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"reflect"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// calls are the API's methods by name.
type calls map[string]reflect.Value

func methods(api *app.API) calls {
	v := reflect.ValueOf(api)
	out := calls{}
	for i := range v.NumMethod() {
		out[v.Type().Method(i).Name] = v.Method(i)
	}
	return out
}

// longest is how much one call may send: a pasted text of several megabytes is
// answered with a sentence, not with a broken connection.
const longest = 8 << 20

// api answers a call or streams events.
func (s *Server) api(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path[len("/api/"):]
	origin, own := r.Header.Get("Origin"), "http://"+r.Host
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // what cannot be read is not ours
	site := r.Header.Get("Sec-Fetch-Site")                          // browsers say who asks even where they name no origin
	switch m, ok := s.calls[name]; {
	case site != "" && site != "same-origin":
		http.Error(w, "calls come from the cockpit's own page", http.StatusForbidden)
	case name == "events" && r.Method == http.MethodGet && (origin == "" || origin == own): // a page's own GET names no origin
		s.events(w, r)
	case name != "events" && r.Method != http.MethodPost:
		http.Error(w, "calls are posted", http.StatusMethodNotAllowed)
	case origin != own || kind != "application/json":
		http.Error(w, "calls come from the cockpit's own page", http.StatusForbidden)
	case !ok:
		http.Error(w, "no such call", http.StatusNotFound)
	default:
		reply(w, m, http.MaxBytesReader(w, r.Body, longest))
	}
}

// attached takes a file from the cockpit's own page, or gives it one. A file is as long as
// it says from the start, so that one without end is not even begun.
func (s *Server) attached(w http.ResponseWriter, r *http.Request) {
	site := r.Header.Get("Sec-Fetch-Site")
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case site != "" && site != "same-origin",
		r.Method == http.MethodPost && (r.Header.Get("Origin") != "http://"+r.Host || kind != "application/octet-stream"):
		http.Error(w, "files come from the cockpit's own page, and go there", http.StatusForbidden)
	case r.Method == http.MethodPost && r.ContentLength < 0:
		http.Error(w, "say how long the file is", http.StatusLengthRequired)
	default:
		most := int64(largest)
		if r.URL.Path == app.ImportPath {
			most = app.MaxImport + 1<<20
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		s.bytes.ServeHTTP(w, r)
	}
}

// largest is how much a file may send: a little more than fits, so that what is too large
// is answered with a sentence.
const largest = incident.MaxFile + 1<<20

func reply(w http.ResponseWriter, m reflect.Value, body io.Reader) {
	result, err := invoke(m, body)
	out := map[string]any{"result": result}
	if err != nil {
		out = map[string]any{"error": app.FaultJSON(err)}
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(out); err != nil {
		slog.Warn("an answer did not reach the page", "error", err)
	}
}

// invoke calls m with the arguments in body, a JSON list as long as m's parameters.
func invoke(m reflect.Value, body io.Reader) (any, error) {
	var raw []json.RawMessage
	if err := json.NewDecoder(body).Decode(&raw); err != nil {
		return nil, fault.New(fault.Invalid, "the call cannot be read, or is longer than 8 MB").WithHint("send less at once").WithCause(err)
	}
	t := m.Type()
	if len(raw) != t.NumIn() {
		return nil, fault.New(fault.Invalid, "the call takes %d arguments, not %d", t.NumIn(), len(raw))
	}
	args := make([]reflect.Value, len(raw))
	for i := range raw {
		p := reflect.New(t.In(i))
		if err := json.Unmarshal(raw[i], p.Interface()); err != nil {
			return nil, fault.New(fault.Invalid, "argument %d cannot be read", i+1).WithCause(err)
		}
		args[i] = p.Elem()
	}
	var result any
	for _, v := range m.Call(args) {
		if err, ok := v.Interface().(error); ok {
			return nil, err
		}
		if v.Kind() != reflect.Interface {
			result = v.Interface()
		}
	}
	return result, nil
}

// events streams every Notify until the page goes away or falls too far behind.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	select {
	case s.pages <- struct{}{}:
		defer func() { <-s.pages }()
	default:
		http.Error(w, "too many pages listen: close some", http.StatusServiceUnavailable)
		return
	}
	rc := http.NewResponseController(w)
	if rc.SetReadDeadline(time.Time{}) != nil || rc.SetWriteDeadline(time.Time{}) != nil { // it lasts for hours
		return // the page is gone
	}
	notes, cancel := s.backend.Subscribe()
	defer cancel()
	say := func(text string) error {
		return hurried(w, s.long, func() error {
			if _, err := io.WriteString(w, text); err != nil {
				return err
			}
			return rc.Flush()
		})
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if say(": here\n\n") != nil {
		return // the page is gone
	}
	for {
		select {
		case <-r.Context().Done():
			return
		case n, ok := <-notes:
			if !ok {
				return
			}
			data, err := json.Marshal(n)
			if err != nil {
				return // the page asks anew
			}
			if say("data: "+string(data)+"\n\n") != nil {
				return // the page is gone
			}
		}
	}
}
