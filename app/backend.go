package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"quarterdeck/internal/cadence"
	"quarterdeck/internal/clock"
	"quarterdeck/internal/cockpit"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/notify"
	"quarterdeck/internal/schedule"
	"quarterdeck/internal/secret"
	"quarterdeck/internal/store"
	"quarterdeck/internal/workspace"
)

// Version is set by the build.
var Version = "development"

// Backend is the one that has a data folder: it rings, follows what other processes
// write, and feeds every page of its face. Open makes it, Run starts its loops.
type Backend struct {
	Data string

	// ShowDrills, set before Run, shows the cockpit of drills, and answers with a link when
	// it is reached by one. Without it there is none to show.
	ShowDrills func() (link string, err error)

	// ShowReal, set before Run, shows the cockpit of incidents on one of them, by its id;
	// as ShowDrills.
	ShowReal func(id string) (link string, err error)

	secrets  *secret.Store
	store    *store.Store
	cockpit  *cockpit.Cockpit
	schedule *schedule.Schedule
	rota     *Rota
	notifier notify.Notifier
	clock    clock.Clock
	stream   *stream
	panel    *panel
	outgoing *Outgoing

	changing sync.Mutex         // held while settings are read, changed and written
	read     *workspace.Edition // of the settings in force; nil = never

	mu       sync.Mutex // what follows
	settings workspace.Settings
	faults   map[string]FaultView // standing troubles, by room
	silent   int64
	away     *AwayView
	focused  bool
	audible  bool  // a page can sound
	lost     int64 // since when the log could not be written, last
	mended   int64 // when it could again
	looks    map[string]cadence.Look
	kit      KitInForce

	gaps      []cadence.Deadline // when nobody will be on call; under mu
	onCall    *OnCallView        // who is on call now; under mu
	fetching  atomic.Bool        // calendars are being looked at
	rotaStale atomic.Bool        // they have been
	rotaAll   atomic.Bool        // they are to be, all of them

	kitSeen string // what the kit's folder was when it was last read; the loop's own

	ledgers Ledgers
	past    past
	over    over

	errands  errands
	searches searches
	stop     func()
	done     sync.WaitGroup
}

// Open opens the folder, which must be prepared and locked by the caller. A damaged
// database is set aside whole, and a new one made from the last backup and what can
// still be read: at night, somebody has to be able to declare. What cannot be written
// is opened to be read.
func Open(ctx context.Context, dir string, clk clock.Clock) (*Backend, error) {
	st, err := store.OpenOrRecover(ctx, dir, clk.Now())
	if err != nil {
		return nil, err
	}
	k, err := LastKit(ctx, st)
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	c, err := cockpit.New(st, clk, k.Kit, store.NewID)
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	b := &Backend{Data: dir, store: st, cockpit: c, kit: k, clock: clk, faults: map[string]FaultView{}, errands: errands{queue: map[string][]func(){}}, stop: func() {}}
	c.Drills = workspace.IsDrill(dir)
	b.secrets = secret.Open(workspace.Home(dir), nil, clk)
	b.stream, b.panel = newStream(b), newPanel(b)
	b.reread()
	b.lookAtKit(ctx)
	b.lookAside()
	b.fault("readonly", st.ReadOnly())
	if b.outgoing, err = NewOutgoing(dir, st, c, clk, b.secrets, func(id incident.ID) { b.stream.touch(id) }); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	b.lookAtRoutes()
	b.rota = OpenRota(workspace.Home(dir), clk, b.secrets)
	c.Called = func(name string) []string { return Called(b.rota.People(), name) }
	b.schedule = schedule.New(clk, standing{b}, st, &bell{Backend: b})
	return b, nil
}

// lookAside says that a damaged database lies beside the one in use, until somebody
// has taken it away.
func (b *Backend) lookAside() {
	files, err := store.Aside(b.Data)
	if err == nil && len(files) > 0 {
		aside := files[len(files)-1]
		words := store.Lost(aside)
		if words == "" {
			words = "The database was damaged; it lies untouched as " + filepath.Base(aside) + "."
		}
		err = fault.New(fault.Refused, "%s", words).
			WithHint("Write down again what matters of it, or bring it back with qd import from an export; move that file out of %s when it is dealt with", b.Data)
	}
	b.fault("damaged", err)
}

// Run starts following, ringing and tidying. It returns at once.
func (b *Backend) Run(ctx context.Context) error {
	b.notifier = notify.Open(context.WithoutCancel(ctx)) // until Close
	if b.cockpit.Drills {
		b.notifier = drilled{b.notifier}
	}
	ctx, b.stop = context.WithCancel(ctx)
	if err := b.cockpit.Watch(ctx, b.stream.told); err != nil {
		return err
	}
	for _, loop := range []func(context.Context){b.schedule.Run, b.follow, b.stream.run, b.presses, b.tidy, b.watchKit, b.care, b.watchRota, b.keepBrief, b.learnSecrets, b.post} {
		b.done.Go(func() { loop(ctx) })
	}
	return nil
}

// Close stops the loops and closes the folder.
func (b *Backend) Close() error {
	b.stop()
	b.done.Wait()
	b.panel.flush(context.Background())
	b.stream.close()
	var err error
	if b.notifier != nil {
		err = b.notifier.Close()
	}
	return errors.Join(err, b.store.Close())
}

// poll is how often other processes' writes are looked for.
const poll = 200 * time.Millisecond

func (b *Backend) follow(ctx context.Context) {
	behind, alerts, turn := false, b.alerts(), 0
	for b.clock.Wait(ctx, poll) == nil {
		b.reread()
		changed, err := b.store.Changed(ctx)
		behind = behind || changed
		if err == nil && behind {
			err = b.cockpit.Follow(ctx)
			behind = err != nil
		}
		if ctx.Err() == nil {
			b.fault("follow", err)
		}
		b.panel.flush(ctx)
		if turn++; turn%5 == 0 { // once a second
			b.stream.settle()
		}
		if now := b.alerts(); now != alerts { // a desktop came or went, or the sounds are back
			if alerts.Silent != 0 && now.Silent == 0 {
				b.resound()
			}
			alerts = now
			b.stream.station()
			b.stream.touchOpen()
		}
	}
}

const (
	idle   = 2 * time.Second       // so long nothing must have been written before the log is tidied
	breath = 30 * time.Millisecond // between slices of long work, in which others write
)

// tidy does what can wait. First what an older version made is taken in: the search index
// is filled, and lists are made anew.
func (b *Backend) tidy(ctx context.Context) {
	for more := true; more; {
		var err error
		if more, err = b.store.Freshen(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("lists that an older version made are taken in later", "error", err)
		}
	}
	b.slices(ctx, "filling the search index", b.store.Index)
	var tidied int64
	for b.clock.Wait(ctx, idle) == nil {
		last, err := b.store.Last(ctx)
		if err == nil && last == tidied {
			continue
		}
		if err == nil && b.store.ReadOnly() == nil {
			b.slices(ctx, "filling the search index", b.store.Index) // where that was not to be before
			b.slices(ctx, "merging the search index", b.store.Merge)
			tidied, err = last, b.store.Tidy(ctx)
		}
		if ctx.Err() == nil && err != nil {
			slog.Warn("tidying can wait", "error", err)
		}
	}
}

// slices does some long work in parts, until there is no more of it.
func (b *Backend) slices(ctx context.Context, what string, part func(context.Context) (more bool, err error)) {
	for {
		more, err := part(ctx)
		if err != nil && ctx.Err() == nil {
			slog.Warn(what+" can wait", "error", err)
		}
		if err != nil || !more || b.clock.Wait(ctx, breath) != nil {
			return
		}
	}
}

// fault puts a standing trouble on screen, or takes it away when err is nil.
func (b *Backend) fault(room string, err error) {
	b.mu.Lock()
	old, had := b.faults[room]
	if err == nil {
		delete(b.faults, room)
	} else {
		b.faults[room] = faultView(err)
	}
	changed := had != (err != nil) || err != nil && old != b.faults[room]
	if room == "log" && had != (err != nil) {
		b.writable(err == nil)
	}
	b.mu.Unlock()
	if !changed {
		return
	}
	if err != nil {
		slog.Error("standing trouble", "room", room, "error", err)
	}
	b.stream.station()
}

// me is who sits at this machine.
func (b *Backend) me() (incident.Person, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	id, err := incident.ParseID(b.settings.Person)
	return incident.Person{ID: id, Name: b.settings.Name}, err
}

func (b *Backend) now() int64 { return clock.Milli(b.clock.Now()) }

// LogTo sends the program's own log to a file in the data folder, which starts anew
// when it has grown past five megabytes.
func LogTo(dir string) (path string, err error) {
	path = filepath.Join(dir, "quarterdeck.log")
	if info, err := os.Stat(path); err == nil && info.Size() > 5<<20 {
		if err := os.Rename(path, path+".old"); err != nil {
			return path, fmt.Errorf("app: rotate the log: %w", err)
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return path, fmt.Errorf("app: open the log: %w", err)
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(f, nil)))
	slog.Info("start", "version", Version, "data", dir)
	return path, nil
}
