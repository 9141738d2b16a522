package browser

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// Policy is the content security policy of both faces. Styles may stand in the page
// because a virtual list places its rows by style attributes; scripts may not.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; media-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Server is the face. Make one with Listen, then Serve.
type Server struct {
	backend *app.Backend
	calls   calls
	dist    fs.FS
	files   http.Handler // of the page
	bytes   http.Handler // that were attached
	listen  net.Listener
	host    string // 127.0.0.1:port
	guests  guests
	pages   chan struct{} // a place for each page that listens
	long    time.Duration // how long a client may take

	mu       sync.Mutex
	keys     map[string]bool // of links that have not been used
	sessions map[string]bool
}

// Listen opens the port on loopback; 0 takes a free one.
func Listen(port int, api *app.API, backend *app.Backend, dist fs.FS) (*Server, error) {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return nil, fault.New(fault.Unreachable, "port %d cannot be opened", port).WithHint("choose another one with --port, or leave it out").WithCause(err)
	}
	return &Server{
		backend: backend, calls: methods(api), dist: dist, files: http.FileServerFS(dist), bytes: app.FileServer(api), listen: l, host: l.Addr().String(),
		pages: make(chan struct{}, streams), long: patience, keys: map[string]bool{}, sessions: map[string]bool{},
	}, nil
}

// Link is a new one-time link into the cockpit.
func (s *Server) Link() (string, error) {
	key, err := secret()
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	s.keys[key] = true
	s.mu.Unlock()
	return "http://" + s.host + "/?key=" + key, nil
}

func secret() (string, error) {
	b := make([]byte, 24)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("browser: make a key: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// Serve answers until ctx ends.
func (s *Server) Serve(ctx context.Context) error {
	srv := &http.Server{Handler: s, ReadHeaderTimeout: min(5*time.Second, s.long), ReadTimeout: s.long, WriteTimeout: 20 * s.long, // a call may ask the network
		IdleTimeout: time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx }, ConnContext: s.guests.come, ConnState: s.guests.went}
	stop := context.AfterFunc(ctx, func() { srv.Close() })
	defer stop()
	if err := srv.Serve(s.listen); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("browser: serve: %w", err)
	}
	return nil
}

// ServeHTTP lets in who may come in.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	switch {
	case !s.ours(r.Host):
		http.Error(w, "this server is reached as "+s.host, http.StatusMisdirectedRequest)
	case r.URL.Path == "/" && r.URL.Query().Get("key") != "":
		s.enter(w, r)
	case !s.known(r):
		h.Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, closed)
	case strings.HasPrefix(r.URL.Path, "/api/"):
		s.api(w, r)
	case strings.HasPrefix(r.URL.Path, app.FilesPath), r.URL.Path == app.ImportPath:
		s.attached(w, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		http.Error(w, "only to be read", http.StatusMethodNotAllowed)
	case !s.has(r.URL.Path):
		http.Error(w, "there is nothing here", http.StatusNotFound)
	default:
		s.files.ServeHTTP(w, r)
	}
}

// has reports whether the page has such a file. Folders are not listed.
func (s *Server) has(name string) bool {
	name = strings.TrimPrefix(path.Clean(name), "/")
	if name == "" {
		name = "index.html"
	}
	info, err := fs.Stat(s.dist, name)
	return err == nil && !info.IsDir()
}

const closed = `<!doctype html><meta charset="utf-8"><title>Quarterdeck</title>
<p>This link has been used, or belongs to an earlier start.</p><p>Start <code>quarterdeck --browser</code> once more: it prints a new one.</p>`

// ours reports whether a Host header names this server. Another name that leads here
// is somebody's rebinding trick.
func (s *Server) ours(host string) bool {
	_, port, err := net.SplitHostPort(s.host)
	return err == nil && (host == s.host || host == "localhost:"+port)
}

// enter trades a link's key for a session.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	key := r.URL.Query().Get("key")
	s.mu.Lock()
	good := false
	for k := range s.keys {
		if subtle.ConstantTimeCompare([]byte(k), []byte(key)) == 1 {
			good = true
			delete(s.keys, k)
		}
	}
	s.mu.Unlock()
	if !good && !s.known(r) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, closed)
		return
	}
	if good {
		session, err := secret()
		if err != nil {
			http.Error(w, "no randomness to be had", http.StatusInternalServerError)
			return
		}
		s.mu.Lock()
		s.sessions[session] = true
		s.mu.Unlock()
		http.SetCookie(w, &http.Cookie{Name: s.cookie(), Value: session, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	}
	http.Redirect(w, r, "/", http.StatusSeeOther) // the key does not stay in the address bar
}

// cookie is the session's name: cookies do not tell ports apart, several cockpits do.
func (s *Server) cookie() string {
	_, port, _ := strings.Cut(s.host, ":")
	return "quarterdeck_" + port
}

func (s *Server) known(r *http.Request) bool {
	c, err := r.Cookie(s.cookie())
	if err != nil {
		return false
	}
	s.mu.Lock()
	known := s.sessions[c.Value]
	s.mu.Unlock()
	if known {
		s.guests.know(r)
	}
	return known
}
