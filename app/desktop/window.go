package desktop

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	frame "github.com/wailsapp/wails/v2/pkg/runtime"

	"quarterdeck/app"
	"quarterdeck/app/browser"
	"quarterdeck/assets"
	"quarterdeck/internal/workspace"
)

// window is the desktop face while it runs.
type window struct {
	opened   *opening // the backend; nil for the bindings' generator
	dir      string
	ctx      atomic.Pointer[context.Context] // Wails's own; nil before it has started
	quitting atomic.Bool
	hidden   bool        // it starts out of sight
	seen     atomic.Bool // it shall be on the screen, or has been
	cancel   func()
	stood    *workspace.Window // where it stood last; nil: it fills the screen
}

// configure is what the window and the generator of the page's bindings share.
func configure(w *window, api *app.API, dist fs.FS) *options.App {
	return &options.App{
		Title:            "Quarterdeck",
		Width:            1280,
		Height:           800,
		MinWidth:         640,
		MinHeight:        480,
		BackgroundColour: grounds["dark"],
		AssetServer:      &assetserver.Options{Assets: dist, Middleware: policy(api)},
		Menu:             menus(),
		OnStartup:        w.started,
		OnDomReady:       w.filled,
		OnBeforeClose:    w.closing,
		ErrorFormatter:   func(err error) any { return app.FaultJSON(err) },
		Bind:             []any{api, &Shell{w}},
		LogLevel:         logger.WARNING,
		Linux:            &linux.Options{Icon: assets.Icon(), ProgramName: "quarterdeck", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	}
}

// show opens the window, out of sight when it shall be hidden, and returns when it is gone.
func show(ctx context.Context, api *app.API, opened *opening, lock *workspace.Lock, dir string, dist fs.FS, hidden bool) error {
	w := &window{opened: opened, dir: dir, hidden: hidden, cancel: func() {}}
	w.seen.Store(!hidden)
	if err := lock.Answer(dir, w.asked); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, w.quit) // a signal ends it for good
	defer stop()
	o := configure(w, api, dist)
	w.place(o)
	o.StartHidden = hidden
	if workspace.IsDrill(dir) {
		o.Title = "DRILL " + o.Title
	}
	if err := wails.Run(o); err != nil {
		return fmt.Errorf("desktop: %w", err)
	}
	w.cancel()
	return nil
}

// bind lets Wails write the page's bindings: no folder is touched.
func bind(dist fs.FS, stderr io.Writer) int {
	if err := wails.Run(configure(&window{}, new(app.API), dist)); err != nil {
		fmt.Fprintln(stderr, "quarterdeck: bindings:", err)
		return 1
	}
	return 0
}

// policy sends the content security policy with every file of the page, and answers for
// attached files. Nobody but the window's own page can ask here.
func policy(api *app.API) assetserver.Middleware {
	attached := app.FileServer(api)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, app.FilesPath) || r.URL.Path == app.ImportPath {
				attached.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Security-Policy", browser.Policy)
			next.ServeHTTP(w, r)
		})
	}
}

// menus are what a Mac needs for copy and paste; elsewhere the page has everything.
func menus() *menu.Menu {
	if runtime.GOOS != "darwin" {
		return nil
	}
	m := menu.NewMenu()
	m.Append(menu.AppMenu())
	m.Append(menu.EditMenu())
	return m
}

func (w *window) started(ctx context.Context) {
	w.ctx.Store(&ctx)
	w.comeBack(ctx)
	pump, cancel := context.WithCancel(ctx)
	w.cancel = cancel
	go w.feed(pump)
}

// filled brings up a window that was asked for while it was still starting out of sight.
func (w *window) filled(context.Context) {
	if w.hidden && w.seen.Load() {
		w.raise()
	}
	w.hidden = false
}

// feed carries what happens to the page, and raises the window when somebody has
// pressed a notification. A page that could not follow is told to ask anew.
func (w *window) feed(ctx context.Context) {
	b := w.opened.wait()
	if b == nil {
		return
	}
	notes, cancel := w.opened.notes, w.opened.cancel
	for ctx.Err() == nil {
		for n := range notes {
			if n.Show != nil {
				w.raise()
			}
			frame.EventsEmit(ctx, "cockpit", n)
		}
		cancel()
		if ctx.Err() != nil || w.quitting.Load() {
			return
		}
		notes, cancel = b.Subscribe()
		frame.EventsEmit(ctx, "behind")
	}
}

// asked does what a second start asks for, and says what that was.
func (w *window) asked(word string) string {
	word, id, _ := strings.Cut(word, " ")
	switch word {
	case wordIncident:
		w.raise()
		if b := w.opened.wait(); b != nil {
			b.Arrived(context.Background(), id)
		}
		return "its window has been raised, on the incident"
	case wordStay:
		return "its window is left as it is"
	case wordNote:
		w.raise()
		if b := w.opened.wait(); b != nil {
			b.ToLine()
		}
		return "its window has been raised, with the keyboard in the log line"
	}
	w.raise()
	return "its window has been raised"
}

// raise brings the window to the front.
func (w *window) raise() {
	w.seen.Store(true)
	if ctx := w.ctx.Load(); ctx != nil {
		frame.WindowShow(*ctx)
		frame.WindowUnminimise(*ctx)
	}
}

// closing is asked when somebody closes the window. While anything is due it hides
// instead, and says so on the desktop.
func (w *window) closing(ctx context.Context) (stay bool) {
	w.remember(ctx)
	b := w.opened.now()
	if w.quitting.Load() || b == nil || len(b.Running()) == 0 {
		return false
	}
	frame.WindowHide(ctx)
	b.SayHidden()
	return true
}

// quit ends the cockpit whatever is due.
func (w *window) quit() {
	w.quitting.Store(true)
	if ctx := w.ctx.Load(); ctx != nil {
		frame.Quit(*ctx)
	}
}

// grounds are the colours of the page's canvas by theme, so that the window does not
// flash up in another one before the page is painted.
var grounds = map[string]*options.RGBA{
	"dark":  options.NewRGB(0x0E, 0x12, 0x17),
	"light": options.NewRGB(0xF6, 0xF7, 0xF9),
	"night": options.NewRGB(0x00, 0x00, 0x00),
}

// place puts the window where it stood last; the first time it fills the screen.
func (w *window) place(o *options.App) {
	s, err := workspace.ReadSettings(w.dir)
	if c := grounds[s.Theme]; c != nil {
		o.BackgroundColour = c
	}
	known := err == nil && s.Window.Width >= o.MinWidth && s.Window.Height >= o.MinHeight
	if known {
		o.Width, o.Height = s.Window.Width, s.Window.Height
	}
	if !known || s.Window.Maximised {
		o.WindowStartState = options.Maximised
		return
	}
	w.stood = &s.Window
}

// comeBack moves the window to where it stood, when there is still a screen that shows its corner.
func (w *window) comeBack(ctx context.Context) {
	if w.stood == nil || w.stood.X < 0 || w.stood.Y < 0 {
		return
	}
	screens, err := frame.ScreenGetAll(ctx)
	if err != nil {
		return // it stands where the desktop puts it
	}
	for _, s := range screens {
		if w.stood.X < s.Size.Width-cornerSeen && w.stood.Y < s.Size.Height-cornerSeen {
			frame.WindowSetPosition(ctx, w.stood.X, w.stood.Y)
			return
		}
	}
}

// cornerSeen is how much of a window must be seen at least to find it, px.
const cornerSeen = 80

// remember keeps where the window stands; one that was never shown stands nowhere.
func (w *window) remember(ctx context.Context) {
	b := w.opened.now()
	if b == nil || !w.seen.Load() {
		return
	}
	var now workspace.Window
	if s, err := workspace.ReadSettings(w.dir); err == nil && frame.WindowIsMaximised(ctx) {
		now = s.Window // its place when it no longer fills the screen
	}
	if now.Maximised = frame.WindowIsMaximised(ctx); !now.Maximised || now.Width == 0 {
		now.X, now.Y = frame.WindowGetPosition(ctx)
		now.Width, now.Height = frame.WindowGetSize(ctx)
	}
	if err := b.KeepWindow(now); err != nil {
		slog.Warn("the window's place is not kept", "error", err)
	}
}
