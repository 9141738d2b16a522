package app_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// picture is a PNG of so many pixels.
func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// drop posts a file as a page does.
func (s *seat) drop(id string, q url.Values, data []byte) error {
	s.t.Helper()
	w := httptest.NewRecorder()
	app.FileServer(s.API).ServeHTTP(w, httptest.NewRequest(http.MethodPost, app.FilesPath+id+"?"+q.Encode(), bytes.NewReader(data)))
	var answer struct {
		Error string `json:"error"`
	}
	s.must(json.Unmarshal(w.Body.Bytes(), &answer))
	if answer.Error == "" {
		return nil
	}
	var f fault.Error
	s.must(json.Unmarshal([]byte(answer.Error), &f))
	return &f
}

func (s *seat) get(path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	app.FileServer(s.API).ServeHTTP(w, httptest.NewRequest(http.MethodGet, app.FilesPath+path, nil))
	return w
}

func fileRow(t *testing.T, s *seat, id, name string) app.LineView {
	t.Helper()
	for _, r := range s.rows(id) {
		if r.File != nil && r.File.Name == name {
			return r
		}
	}
	t.Fatalf("no row has the file %s", name)
	return app.LineView{}
}

func TestAPictureIsShownInPlace(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	page := s.listen()
	shot, rec := picture(t, 64, 48), mint(t)
	s.must(s.drop(id, url.Values{"name": {"../shot.png"}, "text": {"errors since 14:02"}, "id": {rec}, "as": {"ben"}}, shot))
	page.next("the row", func(n app.Notify) bool {
		return n.Timeline != nil && len(n.Timeline.Rows) > 0 && n.Timeline.Rows[len(n.Timeline.Rows)-1].File != nil
	})
	r := fileRow(t, s, id, "shot.png")
	if f := r.File; r.ID != rec || r.Actor != "ben" || r.Mark != "file" || !f.Picture || f.Width != 64 || f.Height != 48 || f.Lost != "" || r.Words != "errors since 14:02" {
		t.Errorf("%+v %+v", r, f)
	}
	w := s.get(id + "/" + rec)
	if h := w.Header(); w.Code != 200 || h.Get("Content-Type") != "image/png" || h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("Cache-Control") != "no-store" || !bytes.Equal(w.Body.Bytes(), shot) {
		t.Errorf("%d %v", w.Code, h)
	}
	s.must(s.drop(id, url.Values{"name": {"../shot.png"}, "id": {rec}}, shot))
	if strings.Count(textOf(s.rows(id)), "shot.png, ") != 1 {
		t.Error("given twice it came twice")
	}
}

func textOf(rows []app.LineView) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(r.Text + "\n")
	}
	return b.String()
}

// Nothing that could hold a script is ever given out under a type of its own.
func TestWhatIsNoPictureIsOnlyToBeSaved(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	bomb := picture(t, 1, 1)
	copy(bomb[16:24], []byte{0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0}) // says that it is 100,000 by 100,000
	for name, data := range map[string][]byte{
		"x.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "x.html": []byte("<!doctype html><script>alert(1)</script>"),
		"x.png": []byte("<html><script>alert(1)</script>"), "x.pdf": []byte("%PDF-1.7 x"), "bomb.png": bomb, "x.xml": []byte("<?xml version='1.0'?><x/>"),
		"short.webp": []byte("RIFF\x00\x00\x00\x00WEBPVP"), "both.gif": []byte("GIF89a/*<script>*/=1"),
	} {
		rec := mint(t)
		s.must(s.drop(id, url.Values{"name": {name}, "id": {rec}}, data))
		if r := fileRow(t, s, id, name); r.File.Picture {
			t.Errorf("%s is shown in place", name)
		}
		for _, as := range []string{"", "?as=file", "?as=html"} {
			w := s.get(id + "/" + rec + as)
			if h := w.Header(); h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'; sandbox") {
				t.Errorf("%s%s: %v", name, as, h)
			}
		}
		if w := s.get(id + "/" + rec + "?as=text"); strings.Contains(w.Header().Get("Content-Type"), "html") || strings.Contains(w.Header().Get("Content-Type"), "svg") {
			t.Errorf("%s as text: %v", name, w.Header())
		}
	}
}

func TestALongTextIsReadInPlaceAsFarAsIsSensible(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	rec := mint(t)
	s.must(s.drop(id, url.Values{"name": {"log.txt"}, "id": {rec}}, []byte(strings.Repeat("ü", 600_000))))
	w := s.get(id + "/" + rec + "?as=text")
	if got := w.Body.String(); w.Header().Get("Content-Type") != "text/plain; charset=utf-8" || len(got) > 1<<20+100 || !strings.Contains(got, "more: save it") || strings.Contains(got, "\ufffd") {
		t.Errorf("%v, %d bytes", w.Header(), len(got))
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	s := sit(t)
	id, other := s.declare("checkout fails"), s.declare("mail is slow")
	rec := mint(t)
	s.must(s.drop(id, url.Values{"name": {"a.txt"}, "id": {rec}}, []byte("a")))
	refused(t, s.drop(id, nil, nil), fault.Invalid, "file")
	refused(t, s.drop(id, nil, make([]byte, 32<<20+1)), fault.Invalid, "file")
	refused(t, s.drop("x", nil, []byte("a")), fault.Invalid, "id")
	refused(t, s.drop(mint(t), nil, []byte("b")), fault.NotFound, "")
	refused(t, s.drop(id, url.Values{"id": {"x"}}, []byte("a")), fault.Invalid, "id")
	if found, err := filepath.Glob(filepath.Join(s.dir, "attachments", "*")); err != nil || len(found) != 1 {
		t.Errorf("what was refused is kept: %v %v", found, err)
	}
	for path, want := range map[string]int{id + "/" + mint(t): 404, other + "/" + rec: 404, id + "/x": 400, "x/y": 400, id + "/../../quarterdeck.db": 400, id + "/": 405} {
		if w := s.get(path); w.Code != want {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	w := httptest.NewRecorder()
	app.FileServer(s.API).ServeHTTP(w, httptest.NewRequest(http.MethodDelete, app.FilesPath+id+"/"+rec, nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Error(w.Code)
	}
}

func TestALostFileIsSaidInItsRow(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	rec := mint(t)
	s.must(s.drop(id, url.Values{"name": {"a.txt"}, "id": {rec}}, []byte("abc")))
	found, err := filepath.Glob(filepath.Join(s.dir, "attachments", "*"))
	s.must(err)
	s.must(os.WriteFile(found[0], []byte("xyz"), 0o600))
	if w := s.get(id + "/" + rec); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "not what was attached") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	s.must(os.Remove(found[0]))
	if r := fileRow(t, s, id, "a.txt"); r.File.Lost != "missing" {
		t.Errorf("%+v", r.File)
	}
	if w := s.get(id + "/" + rec); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "missing") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestARedactedFileIsGivenToNobody(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	rec := mint(t)
	s.must(s.drop(id, url.Values{"name": {"dump.txt"}, "text": {"swordfish"}, "id": {rec}}, []byte("swordfish")))
	_, err := s.Redact(app.TextInput{Incident: id, Subject: rec, Text: "a password"})
	s.must(err)
	if w := s.get(id + "/" + rec); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "swordfish") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	for _, r := range s.rows(id) {
		if r.File != nil || strings.Contains(r.Text+r.Words, "swordfish") || strings.Contains(r.Text, "dump.txt") {
			t.Errorf("%+v", r)
		}
	}
	if found, err := filepath.Glob(filepath.Join(s.dir, "attachments", "*")); err != nil || len(found) != 0 {
		t.Errorf("%v %v", found, err)
	}
}

func TestAnExportHoldsTheFiles(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	shot := picture(t, 8, 8)
	s.must(s.drop(id, url.Values{"name": {`"><script>alert(1)</script>.png`}}, shot))
	s.must(s.drop(id, url.Values{"name": {"x.html"}}, []byte("<script>alert(1)</script>")))
	for _, format := range []string{"html", "json"} {
		v, err := s.Export(app.ExportInput{Incident: id, Format: format})
		s.must(err)
		if !strings.Contains(v.Text, base64.StdEncoding.EncodeToString(shot)) || strings.Contains(v.Text, "<script>") || len(v.Lost) != 0 {
			t.Errorf("%s: %q", format, v.Lost)
		}
		if format == "html" && (strings.Contains(v.Text, "data:text/html") || strings.Count(v.Text, "<img ") != 1 || !strings.Contains(v.Text, "img-src data:")) {
			t.Error("the page shows more than the picture")
		}
	}
}

// The room that files take is what one page can take.
func TestWhatDoesNotFitAnExportIsNamed(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	s.must(s.drop(id, url.Values{"name": {"large.bin"}}, bytes.Repeat([]byte{0, 1, 2, 3}, 7<<20)))
	s.must(s.drop(id, url.Values{"name": {"small.txt"}}, []byte("small")))
	v, err := s.Export(app.ExportInput{Incident: id, Format: "json"})
	s.must(err)
	if len(v.Lost) != 1 || v.Lost[0] != "large.bin" || !strings.Contains(v.Text, base64.StdEncoding.EncodeToString([]byte("small"))) {
		t.Errorf("%q", v.Lost)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestAnEndlessFileIsGivenUp(t *testing.T) {
	s := sit(t)
	id := s.declare("checkout fails")
	w := httptest.NewRecorder()
	app.FileServer(s.API).ServeHTTP(w, httptest.NewRequest(http.MethodPost, app.FilesPath+id, io.NopCloser(endless{})))
	if !strings.Contains(w.Body.String(), "too large") {
		t.Error(w.Body)
	}
}
