package desktop

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

// drills starts the cockpit of drills beside this one: a process of its own, on a folder of
// its own, that ends with this one.
type drills struct {
	dir     string // this one's data folder
	browser bool   // it is reached by a link as well
	ctx     context.Context
	stop    func()
	mu      sync.Mutex
	done    sync.WaitGroup
}

func newDrills(ctx context.Context, dir string, browser bool) *drills {
	d := &drills{dir: dir, browser: browser}
	d.ctx, d.stop = context.WithCancel(ctx)
	return d
}

// close ends it and waits until it is gone.
func (d *drills) close() {
	d.stop()
	d.done.Wait()
}

const (
	drillsStart = 15 * time.Second // for a cockpit to answer
	drillsLook  = 100 * time.Millisecond
)

// show brings the cockpit of drills up, and answers with a link that works once where it
// is reached by one.
func (d *drills) show() (link string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	dir, err := workspace.PrepareDrill(d.dir)
	if err != nil {
		return "", err
	}
	if !workspace.Held(dir) {
		cmd, err := d.command("--drill", "--data", d.dir)
		if err == nil {
			err = d.start(cmd)
		}
		if err != nil {
			return "", fault.New(fault.Unreachable, "the cockpit of drills does not start").WithHint("the drill is declared; start quarterdeck --drill yourself").WithCause(err)
		}
	}
	return d.ask(dir, wordShow)
}

// real brings the cockpit of incidents up, from that of drills, on an incident that was
// just declared. One that it starts outlives it: what is due there goes on ringing.
func (d *drills) real(id string) (link string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	dir := workspace.Home(d.dir)
	if !workspace.Held(dir) {
		cmd, err := d.command("--data", dir)
		if err != nil {
			return "", err
		}
		alone := exec.Command(cmd.Path, cmd.Args[1:]...)
		if err := alone.Start(); err != nil {
			return "", err
		}
		go reap(alone)
	}
	link, err = d.ask(dir, wordIncident+" "+id)
	if link != "" {
		link += "#" + id
	}
	return link, err
}

// ask says a word to the backend of a folder as soon as it answers.
func (d *drills) ask(dir, word string) (link string, err error) {
	clk, err := clock.Machine()
	if err != nil {
		return "", err
	}
	for range int(drillsStart / drillsLook) {
		line, err := workspace.Summon(dir, word)
		if err == nil {
			link, found := strings.CutPrefix(line, "open ")
			if !found {
				link = ""
			}
			return link, nil
		}
		if err := clk.Wait(d.ctx, drillsLook); err != nil {
			return "", err
		}
	}
	return "", fault.New(fault.Unreachable, "the other cockpit does not answer").WithHint("what you declared is there; start quarterdeck, or quarterdeck --drill, yourself")
}

// command is this program again, with the same face.
func (d *drills) command(args ...string) (*exec.Cmd, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	if d.browser {
		args = append(args, "--browser")
	}
	return exec.CommandContext(d.ctx, program, args...), nil
}

// start starts a process that ends with this one.
func (d *drills) start(cmd *exec.Cmd) error {
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		return err
	}
	d.done.Go(func() { reap(cmd) })
	return nil
}

// reap waits until a process has ended. How does not matter: the next one to need it
// starts another.
func reap(cmd *exec.Cmd) {
	if err := cmd.Wait(); err != nil {
		slog.Debug("the other cockpit has ended", "error", err)
	}
}
