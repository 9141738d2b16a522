package desktop

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"quarterdeck/app"
	"quarterdeck/app/browser"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

// arguments are the command line.
type arguments struct {
	data    string
	browser bool
	drill   bool
	port    int
	note    bool
	hidden  bool
	version bool
}

// Start runs the cockpit with command-line arguments (without the program's name) and
// answers with the exit status: 0 done, 1 failed, 2 wrong usage. dist is the built page.
func Start(args []string, dist fs.FS, stdout, stderr io.Writer) int {
	if generating {
		return bind(dist, stderr)
	}
	var o arguments
	flags := flag.NewFlagSet("quarterdeck", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.data, "data", "", "the data `folder` (default: $QUARTERDECK_DATA, else the account's own)")
	flags.BoolVar(&o.browser, "browser", false, "serve the cockpit to a browser on this machine instead of opening a window")
	flags.BoolVar(&o.drill, "drill", false, "open the cockpit of drills, which have a database of their own; nothing of them leaves")
	flags.IntVar(&o.port, "port", 0, "`port` of the browser face (default: a free one)")
	flags.BoolVar(&o.note, "note", false, "open the cockpit, or bring the running one to the front, with the keyboard in the log line")
	flags.BoolVar(&o.hidden, "hidden", false, "start without showing the window; it rings, and starting Quarterdeck again shows it")
	flags.BoolVar(&o.version, "version", false, "print the version and end")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "quarterdeck: %q is not understood; quarterdeck --help shows what is\n", flags.Arg(0))
		return 2
	}
	if o.port < 0 || o.port > 65535 {
		fmt.Fprintf(stderr, "quarterdeck: %d is no port; ports are 1 to 65535\n", o.port)
		return 2
	}
	if o.hidden && (o.note || o.browser) {
		fmt.Fprintln(stderr, "quarterdeck: --hidden keeps a window out of sight; it goes with neither --note nor --browser")
		return 2
	}
	if o.version {
		fmt.Fprintln(stdout, "quarterdeck", app.Version)
		return 0
	}
	if err := run(o, dist, stdout); err != nil {
		f := fault.Of(err)
		fmt.Fprintln(stderr, "quarterdeck:", f.Error())
		if f.Hint != "" {
			fmt.Fprintln(stderr, f.Hint)
		}
		return 1
	}
	return 0
}

func run(o arguments, dist fs.FS, stdout io.Writer) (err error) {
	if o.data == "" {
		if o.data, err = workspace.Default(); err != nil {
			return err
		}
	}
	prepare := workspace.Prepare
	if o.drill {
		prepare = workspace.PrepareDrill
	}
	dir, err := prepare(o.data)
	if err != nil {
		return err
	}
	lock, err := workspace.Acquire(dir)
	if errors.Is(err, workspace.ErrHeld) {
		return summon(dir, o.word(), stdout)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if _, err := app.LogTo(dir); err != nil {
		fmt.Fprintln(stdout, "quarterdeck: no log will be kept:", err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	window := !o.browser && display()
	if !o.browser && !window {
		fmt.Fprintln(stdout, "There is no display here, so the cockpit opens in a browser.")
	}
	api := new(app.API)
	opened := begin(ctx, dir, api, !window)
	defer func() { err = errors.Join(err, opened.close()) }()
	if window {
		return show(ctx, api, opened, lock, dir, dist, o.hidden && opened.wait() != nil) // a refusal must be seen
	}
	backend := opened.wait()
	if backend == nil {
		return opened.err
	}
	return serve(ctx, o.port, api, backend, lock, dir, dist, stdout)
}

// display reports whether a window could be opened.
func display() bool {
	return runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// What a second start may ask of the backend that has the folder. Any other word is
// taken as wordShow, so that versions side by side still find each other.
const (
	wordShow = "show"
	wordNote = "note" // and put the keyboard into the log line
	wordStay = "stay" // leave the window as it is

	wordIncident = "incident" // and go to the one whose id follows, which another cockpit has just declared
)

func (o *arguments) word() string {
	switch {
	case o.note:
		return wordNote
	case o.hidden:
		return wordStay
	}
	return wordShow
}

// summon says a word to the backend that has the folder.
func summon(dir, word string, stdout io.Writer) error {
	line, err := workspace.Summon(dir, word)
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout, "Quarterdeck is running already:", line)
	return nil
}

// serve is the browser face.
func serve(ctx context.Context, port int, api *app.API, b *app.Backend, lock *workspace.Lock, dir string, dist fs.FS, stdout io.Writer) error {
	srv, err := browser.Listen(port, api, b, dist)
	if err != nil {
		return err
	}
	err = lock.Answer(dir, func(word string) string {
		word, id, _ := strings.Cut(word, " ")
		switch word {
		case wordIncident:
			b.Arrived(ctx, id)
		case wordStay:
			return "it serves a browser"
		case wordNote:
			b.ToLine()
		}
		link, err := srv.Link()
		if err != nil {
			return err.Error()
		}
		return "open " + link
	})
	if err != nil {
		return err
	}
	link, err := srv.Link()
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "Open this link in a browser on this machine; it works once:\n\n    %s\n\nCtrl+C ends the cockpit. Start it again for another link.\n", link)
	err = srv.Serve(ctx)
	if late := b.Running(); len(late) > 0 {
		fmt.Fprintln(stdout, "Nothing is ringing any more for:", strings.Join(late, ", "))
	}
	return err
}
