package browser

import (
	"context"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

const (
	// patience is how long a client may take to send a call, or to take an event; for an
	// answer it has twenty times that. Who is slower loses the connection, not the cockpit
	// its memory.
	patience = 30 * time.Second
	// crowd is how many connections are open at once. A page needs a handful.
	crowd = 256
	// streams is how many pages listen at once.
	streams = 32
)

// guests are the open connections, the oldest first. Where there are too many, the oldest
// that has shown no session goes: another program of this machine that opens connections
// without end keeps no page out, and takes no file handle that the database needs.
type guests struct {
	mu   sync.Mutex
	open []*guest
}

type guest struct {
	net.Conn
	known bool // it has shown a session
}

type guestKey struct{}

// come has a connection's requests know which it is.
func (g *guests) come(ctx context.Context, c net.Conn) context.Context {
	in := &guest{Conn: c}
	g.mu.Lock()
	g.open = append(g.open, in)
	var out *guest
	if len(g.open) > crowd {
		out = g.open[max(0, slices.IndexFunc(g.open, func(x *guest) bool { return !x.known }))]
	}
	g.mu.Unlock()
	if out != nil {
		out.Close() // it is taken off the list when the server has seen so
	}
	return context.WithValue(ctx, guestKey{}, in)
}

// went takes the connections off that are over.
func (g *guests) went(c net.Conn, state http.ConnState) {
	if state != http.StateClosed && state != http.StateHijacked {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open = slices.DeleteFunc(g.open, func(x *guest) bool { return x.Conn == c })
}

// know marks the connection of a request that has shown a session.
func (g *guests) know(r *http.Request) {
	if in, ok := r.Context().Value(guestKey{}).(*guest); ok {
		g.mu.Lock()
		in.known = true
		g.mu.Unlock()
	}
}

// hurried lets a client take what write gives it for so long; then its connection breaks.
func hurried(w http.ResponseWriter, long time.Duration, write func() error) error {
	ctx, cancel := context.WithTimeout(context.Background(), long)
	defer cancel()
	late := context.AfterFunc(ctx, func() { _ = http.NewResponseController(w).SetWriteDeadline(time.Unix(1, 0)) }) // one that is gone takes no deadline
	defer late()
	return write()
}
