//go:build unix

package secret

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"

	"quarterdeck/internal/clock"
)

// Another process opens and closes the file once, which takes a second; it may be stopped
// while it does.
const (
	lockWait  = 15 * time.Second
	lockPause = 50 * time.Millisecond
)

// hold waits until this process alone may change the file that path guards. It ends with
// the process, however that ends.
func hold(ctx context.Context, path string, clk clock.Clock) (release func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for waited := time.Duration(0); ; waited += lockPause {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) || waited >= lockWait {
			break
		}
		if err = clk.Wait(ctx, lockPause); err != nil {
			break
		}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { _ = f.Close() }, nil // closing gives the lock back
}
