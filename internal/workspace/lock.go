package workspace

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
)

// ErrHeld says that another backend has the folder.
var ErrHeld = errors.New("workspace: another backend has the folder")

// Lock is held by the one backend of a folder, from before the database is opened
// until the process ends.
type Lock struct {
	file   *os.File
	listen net.Listener
	path   string
}

const lockFile = "cockpit.lock"

// Acquire takes the folder, or answers ErrHeld. One that can only be read is taken as
// well, to be read: where its whole file system is so, there may be no lock to take.
func Acquire(dir string) (*Lock, error) {
	path := filepath.Join(dir, lockFile)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		if old, e := os.Open(path); e == nil {
			f, err = old, nil
		} else if errors.Is(err, syscall.EROFS) && errors.Is(e, os.ErrNotExist) {
			return &Lock{}, nil
		}
	}
	if err != nil {
		return nil, fault.New(fault.Unreachable, "%s cannot be written", dir).WithHint("give yourself the right to write there, or choose another folder with --data").WithCause(err)
	}
	if err := flock(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &Lock{file: f}, nil
}

// Answer lets other starts summon this backend. answer gets the one word that was
// said and gives one line back; it is called on goroutines of its own.
func (l *Lock) Answer(dir string, answer func(word string) string) error {
	paths, err := sockets(dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, path := range paths {
		if err = l.listenAt(path); err == nil {
			break
		}
		errs = append(errs, err)
	}
	if err != nil {
		return errors.Join(errs...)
	}
	go func() {
		for {
			c, err := l.listen.Accept()
			if err != nil {
				return // closed
			}
			go serve(c, answer)
		}
	}()
	return nil
}

func (l *Lock) listenAt(path string) (err error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) { // left by a dead backend: we hold the lock
		return fmt.Errorf("workspace: %w", err)
	}
	if l.listen, err = net.Listen("unix", path); err != nil {
		return fmt.Errorf("workspace: listen: %w", err)
	}
	l.path = path
	if err := os.Chmod(path, 0o600); err != nil {
		return fmt.Errorf("workspace: %w", err)
	}
	return nil
}

// patience is how long either side of a summons waits for the other.
const patience = 3 * time.Second

func serve(c net.Conn, answer func(string) string) {
	defer c.Close()
	if c.SetDeadline(deadline()) != nil {
		return // the connection is gone
	}
	word, err := line(c)
	if err != nil {
		return // nothing was asked
	}
	fmt.Fprintln(c, answer(strings.TrimSpace(word)))
}

// Summon says a word to the backend that has the folder and answers with its line.
func Summon(dir, word string) (string, error) {
	paths, err := sockets(dir)
	if err != nil {
		return "", err
	}
	c, err := dial(paths)
	if err != nil {
		return "", fault.New(fault.Unreachable, "another Quarterdeck has %s and does not answer", dir).WithHint("end it, or choose another folder with --data").WithCause(err)
	}
	defer c.Close()
	if err := c.SetDeadline(deadline()); err != nil {
		return "", fmt.Errorf("workspace: summon: %w", err)
	}
	fmt.Fprintln(c, word)
	said, err := line(c)
	if err != nil {
		return "", fault.New(fault.Unreachable, "another Quarterdeck has %s and does not answer", dir).WithHint("end it, or choose another folder with --data").WithCause(err)
	}
	return strings.TrimSpace(said), nil
}

// line reads one, of a bounded length.
func line(c net.Conn) (string, error) {
	return bufio.NewReader(io.LimitReader(c, 4096)).ReadString('\n')
}

// dial waits for a backend that has the folder and is still starting.
func dial(paths []string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		var c net.Conn
		var err error
		for _, path := range paths {
			if c, err = new(net.Dialer).DialContext(ctx, "unix", path); err == nil {
				return c, nil
			}
		}
		if clock.System().Wait(ctx, 20*time.Millisecond) != nil {
			return c, err
		}
	}
}

// glance is how long Held waits at most for a connection, which is made at once or never.
const glance = 200 * time.Millisecond

// Held reports whether a backend has the folder and can be spoken to. It takes no
// lock, so that it is in nobody's way, and says nothing; dir is a full path.
func Held(dir string) bool {
	paths, err := sockets(dir)
	if err != nil {
		return false
	}
	for _, path := range paths {
		if c, err := net.DialTimeout("unix", path, glance); err == nil {
			c.Close() //nolint:errcheck // nothing was said
			return true
		}
	}
	return false
}

// Release gives the folder back.
func (l *Lock) Release() error {
	var errs []error
	if l.listen != nil {
		errs = append(errs, l.listen.Close())
	}
	if l.file != nil {
		errs = append(errs, l.file.Close())
	}
	return errors.Join(errs...)
}

// sockets are where the backend may listen: in the folder, or, when that path is too long
// for the system or nothing can be made there, in a private folder whose name follows from it.
func sockets(dir string) ([]string, error) {
	sum := sha256.Sum256([]byte(dir))
	short := filepath.Join(os.TempDir(), fmt.Sprintf("quarterdeck-%d-%s", os.Getuid(), hex.EncodeToString(sum[:6])))
	other := filepath.Join(short, socketFile)
	path := filepath.Join(dir, socketFile)
	if len(path) >= 100 {
		_, err := Prepare(short)
		return []string{other}, err
	}
	if unwritable(dir) {
		_, err := Prepare(short)
		return []string{path, other}, err
	}
	return []string{path}, nil
}

const socketFile = "cockpit.sock"

// deadline is when a conversation over the socket is given up.
func deadline() time.Time { return clock.System().Now().Add(patience) }
