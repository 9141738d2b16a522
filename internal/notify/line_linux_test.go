package notify

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
)

// listen is a socket that does with each connection what the test says.
func listen(t *testing.T, each func(net.Conn)) (address string) {
	t.Helper()
	socket, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	go func() {
		for {
			conn, err := socket.Accept()
			if err != nil {
				return
			}
			each(conn)
		}
	}()
	return "unix:path=" + socket.Addr().String()
}

func TestDialEndsWithItsContext(t *testing.T) {
	address := listen(t, func(net.Conn) {})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if l, err := dial(ctx, address, clock.System()); err == nil {
		l.close()
		t.Error("a bus that never says anything was taken for one")
	}
}

func TestWriteHasALimit(t *testing.T) {
	here, there := net.Pipe()
	defer here.Close()
	defer there.Close()
	if _, err := (patient{here, clock.System()}).Write([]byte("x")); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error(err)
	}
}

func TestConnectionsThatComeToNothingAreNotRepeatedAtOnce(t *testing.T) {
	var tried atomic.Int32
	address := listen(t, func(c net.Conn) { tried.Add(1); c.Close() })
	clk := clock.NewFake(clock.System().Now())
	b := openBus(t.Context(), clk, func() (string, bool) { return address, false }, popup)
	defer b.Close()
	show := func() {
		t.Helper()
		if err := b.Show(t.Context(), Message{Key: "k"}); !fault.Is(err, fault.Unreachable) {
			t.Error(err)
		}
	}
	for range 10 {
		show()
	}
	if n := tried.Load(); n != 1 {
		t.Errorf("tried %d times without a pause", n)
	}
	clk.Advance(firstPause)
	show()
	if n := tried.Load(); n != 2 {
		t.Errorf("tried %d times after the first pause", n)
	}
	clk.Advance(firstPause)
	show()
	if n := tried.Load(); n != 2 {
		t.Errorf("the pause did not grow: tried %d times", n)
	}
	clk.Suspend(lastPause) // time asleep counts
	show()
	if n := tried.Load(); n != 3 {
		t.Errorf("tried %d times after a long pause", n)
	}
}
