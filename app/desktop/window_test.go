package desktop

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wailsapp/wails/v2/pkg/options"

	"quarterdeck/app"
	"quarterdeck/app/browser"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

func TestTheWindowBindsWhatThePageCalls(t *testing.T) {
	api := new(app.API)
	o := configure(&window{}, api, fstest.MapFS{})
	if len(o.Bind) != 2 || o.Bind[0] != api {
		t.Fatalf("%+v", o.Bind)
	}
	shell := reflect.TypeOf(o.Bind[1])
	var names []string
	for i := range shell.NumMethod() {
		names = append(names, shell.Method(i).Name)
	}
	if !reflect.DeepEqual(names, []string{"AtLogIn", "Quit", "Quitting", "Save", "SaveBytes", "SaveFile", "SetAtLogIn"}) {
		t.Errorf("the shell has %q", names)
	}
	for _, err := range []error{fault.Input("title", "no title"), errors.New("ours")} {
		text, ok := o.ErrorFormatter(err).(string)
		var f fault.Error
		if e := json.Unmarshal([]byte(text), &f); !ok || e != nil || f.Code != fault.Of(err).Code {
			t.Errorf("%v crosses as %q", err, text)
		}
	}
	if o.SingleInstanceLock != nil || o.StartHidden || o.HideWindowOnClose {
		t.Error("the lock and the hiding are ours")
	}
}

func TestTheShellBeforeTheWindowIsThere(t *testing.T) {
	w := &window{opened: &opening{}}
	s := &Shell{w}
	if got := s.Quitting(); got == nil || len(got) != 0 {
		t.Errorf("%#v", got)
	}
	if _, err := s.Save("x.md", "text"); !fault.Is(err, fault.Unreachable) || fault.Of(err).Hint == "" {
		t.Errorf("%v", err)
	}
	w.raise()
	s.Quit()
	if !w.quitting.Load() {
		t.Error("it would not quit")
	}
}

func TestTheWindowsPageHasThePolicy(t *testing.T) {
	h := policy(new(app.API))(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	r := httptest.NewRecorder()
	h.ServeHTTP(r, httptest.NewRequest(http.MethodGet, "/", nil))
	if r.Code != http.StatusTeapot || r.Header().Get("Content-Security-Policy") != browser.Policy {
		t.Errorf("%d %v", r.Code, r.Header())
	}
}

func TestTheWindowStandsWhereItStood(t *testing.T) {
	fresh := configure(&window{}, new(app.API), fstest.MapFS{})
	for _, c := range []struct {
		kept workspace.Window
		used bool
	}{{workspace.Window{}, false}, {workspace.Window{Width: 10, Height: 10}, false}, {workspace.Window{Width: 1234, Height: 777}, true}} {
		dir := t.TempDir()
		if err := workspace.WriteSettings(dir, workspace.Settings{Window: c.kept}); err != nil {
			t.Fatal(err)
		}
		w := &window{dir: dir}
		o := configure(w, new(app.API), fstest.MapFS{})
		w.place(o)
		if used := o.Width == c.kept.Width && o.Height == c.kept.Height; used != c.used || !used && (o.Width != fresh.Width || o.Height != fresh.Height) {
			t.Errorf("%+v: %d by %d", c.kept, o.Width, o.Height)
		}
	}
}

func TestWhatASecondStartAsksOfTheWindow(t *testing.T) {
	for _, c := range []struct {
		args arguments
		says string
		seen bool
	}{
		{arguments{}, "raised", true}, {arguments{note: true}, "log line", true}, {arguments{hidden: true}, "left as it is", false},
	} {
		w := &window{hidden: true, opened: refused()}
		if said := w.asked(c.args.word()); !strings.Contains(said, c.says) || w.seen.Load() != c.seen {
			t.Errorf("%+v: %q, seen: %v", c.args, said, w.seen.Load())
		}
	}
	w := &window{}
	if w.asked("a word of a later version"); !w.seen.Load() {
		t.Error("a word that it does not know does not raise it")
	}
}

// A window that never was on the screen has no place to remember.
func TestAnUnseenWindowKeepsNoPlace(t *testing.T) {
	o := refused()
	o.backend.Store(new(app.Backend))
	w := &window{opened: o}
	w.remember(t.Context()) // asking the frame, or writing, would end the test
}

func TestTheWindowHasTheColourOfThePageBeforeItIsPainted(t *testing.T) {
	tokens, err := os.ReadFile("../../frontend/src/style/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, theme := range []string{"dark", "light", "night"} {
		_, rest, _ := strings.Cut(string(tokens), "[data-theme='"+theme+"'] {")
		_, rest, _ = strings.Cut(rest, "--bg0: #")
		w := &window{dir: t.TempDir()}
		if err := workspace.WriteSettings(w.dir, workspace.Settings{Theme: theme}); err != nil {
			t.Fatal(err)
		}
		o := &options.App{}
		w.place(o)
		if c := o.BackgroundColour; c == nil || fmt.Sprintf("%02x%02x%02x", c.R, c.G, c.B) != rest[:6] {
			t.Errorf("%s: the window is %v, the page #%s", theme, c, rest[:6])
		}
	}
}

// refused is a folder that could not be opened.
func refused() *opening {
	o := &opening{done: make(chan struct{})}
	close(o.done)
	return o
}
