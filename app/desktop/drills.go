package desktop

import (
	"context"
	"errors"
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
		if err := d.start(); err != nil {
			return "", err
		}
	}
	clk, err := clock.Machine()
	if err != nil {
		return "", err
	}
	for range int(drillsStart / drillsLook) {
		line, err := workspace.Summon(dir, wordShow)
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
	return "", fault.New(fault.Unreachable, "the cockpit of drills does not answer").WithHint("the drill is declared; start quarterdeck --drill yourself")
}

// start starts the process.
func (d *drills) start() error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	args := []string{"--drill", "--data", d.dir}
	if d.browser {
		args = append(args, "--browser")
	}
	cmd := exec.CommandContext(d.ctx, program, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		return fault.New(fault.Unreachable, "the cockpit of drills does not start").WithHint("start quarterdeck --drill yourself").WithCause(err)
	}
	d.done.Go(func() {
		var ended *exec.ExitError
		if err := cmd.Wait(); err != nil && !errors.As(err, &ended) {
			_ = err // it is gone either way, and the next show starts another
		}
	})
	return nil
}
