//go:build testclock

package clock

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

// Machine is, in a binary made for tests, the machine's clock moved on by whoever
// writes to the socket named in QUARTERDECK_CLOCK: a line of "advance 5m" (time
// passes), "suspend 20m" (the machine sleeps) or "step -1h" (the clock is set) is
// answered with "ok". A program that finds another one at the socket goes by its
// clock, as it stands when it starts. QUARTERDECK_AHEAD=2h starts it two hours on.
func Machine() (Clock, error) {
	s := &shifted{Clock: System(), moved: make(chan struct{})}
	if ahead := os.Getenv("QUARTERDECK_AHEAD"); ahead != "" {
		if said := s.obey("advance " + ahead); said != "ok" {
			return nil, errors.New("clock: " + said)
		}
	}
	path := os.Getenv("QUARTERDECK_CLOCK")
	if path == "" || s.join(path) {
		return s, nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("clock: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("clock: %w", err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			for lines := bufio.NewScanner(c); lines.Scan(); {
				fmt.Fprintln(c, s.obey(lines.Text()))
			}
			c.Close()
		}
	}()
	return s, nil
}

// join goes by the clock of the program that listens at path, if there is one.
func (s *shifted) join(path string) bool {
	c, err := net.Dial("unix", path)
	if err != nil {
		return false
	}
	defer c.Close()
	fmt.Fprintln(c, "where 0")
	var wall, boot, awake int64
	if _, err := fmt.Fscan(c, &wall, &boot, &awake); err != nil {
		return false
	}
	s.wall, s.boot, s.awake = time.Duration(wall), time.Duration(boot), time.Duration(awake)
	return true
}

// shifted is a clock that runs by itself and can be moved.
type shifted struct {
	Clock
	mu                sync.Mutex
	wall, boot, awake time.Duration
	moved             chan struct{} // closed at every move
}

func (s *shifted) obey(line string) string {
	verb, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
	d, err := time.ParseDuration(arg)
	if err != nil {
		return err.Error()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch verb {
	case "advance":
		s.wall, s.boot, s.awake = s.wall+d, s.boot+d, s.awake+d
	case "suspend":
		s.wall, s.boot = s.wall+d, s.boot+d
	case "step":
		s.wall += d
	case "where":
		return fmt.Sprint(int64(s.wall), int64(s.boot), int64(s.awake))
	default:
		return "unknown order " + verb
	}
	close(s.moved)
	s.moved = make(chan struct{})
	return "ok"
}

func (s *shifted) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Clock.Now().Add(s.wall)
}

func (s *shifted) Boot() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Clock.Boot() + s.boot
}

func (s *shifted) Awake() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Clock.Awake() + s.awake
}

// Wait ends early when the clock is moved: whoever waits looks again.
func (s *shifted) Wait(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	moved := s.moved
	s.mu.Unlock()
	wait, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-moved:
			cancel()
		case <-wait.Done():
		}
	}()
	if err := s.Clock.Wait(wait, d); err != nil && ctx.Err() != nil {
		return err
	}
	return nil
}
