package app

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
	"quarterdeck/internal/outbox"
	"quarterdeck/internal/secret"
	"quarterdeck/internal/secret/token"
	"quarterdeck/internal/workspace"
)

// Ways are the routes of a data folder. They are read anew when the file changes.
type Ways struct {
	dir     string
	secrets *secret.Store
	drills  bool // only routes that are marked for drills

	mu     sync.Mutex // what follows
	seen   *workspace.Edition
	in     workspace.Routes
	bad    error
	opened map[string]way
}

// way is a medium that was opened, with the secret that it was opened with.
type way struct {
	outbox.Medium
	secret token.Token
}

// NewWays makes the routes of a folder.
func NewWays(dir string, secrets *secret.Store) *Ways {
	return &Ways{dir: dir, secrets: secrets, drills: workspace.IsDrill(dir), opened: map[string]way{}}
}

// Read takes in what stands in the folder now; changed says that it was another edition.
// What cannot be read changes nothing that was in force.
func (w *Ways) Read() (changed bool, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := workspace.RoutesEdition(w.dir)
	if w.seen != nil && w.seen.Same(now) {
		return false, w.bad
	}
	w.seen = &now
	in, err := workspace.ReadRoutes(w.dir)
	if w.drills {
		maps.DeleteFunc(in.Routes, func(_ string, r workspace.Route) bool { return !r.Drills })
	}
	if w.bad = err; err == nil {
		w.in, w.opened = in, map[string]way{}
	}
	return true, err
}

// Trouble is why routes.yaml cannot be read as it stands; nil when it can.
func (w *Ways) Trouble() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.bad
}

// Names are those of all routes, sorted.
func (w *Ways) Names() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Sorted(maps.Keys(w.in.Routes))
}

// Route is a route as it stands in the file.
func (w *Ways) Route(name string) (workspace.Route, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r, ok := w.in.Routes[name]
	return r, ok
}

// Ladder is by which routes an audience can be reached, the usual one first: as
// routes.yaml says, else as the kit does. Routes that nobody has set up are left out.
func (w *Ways) Ladder(k *kit.Kit, audience string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	names := w.in.Audiences[audience]
	if a := k.Audience(audience); names == nil && a != nil {
		names = a.Routes
	}
	var out []string
	for _, name := range names {
		if _, known := w.in.Routes[name]; known || name == incident.RouteHand {
			out = append(out, name)
		}
	}
	return out
}

// Sends reports whether anything of an incident may leave by these routes.
func (w *Ways) Sends(s *incident.State) bool { return s.Sendable(w.drills) }

// Rung is the route that an audience stands on in an incident; empty = by hand.
func (w *Ways) Rung(s *incident.State, k *kit.Kit, audience string) string {
	ladder := w.Ladder(k, audience)
	if to := s.Rungs[audience]; to == incident.RouteHand || slices.Contains(ladder, to) {
		return to
	}
	if len(ladder) == 0 {
		return ""
	}
	return ladder[0]
}

// Medium implements outbox.Routes.
func (w *Ways) Medium(ctx context.Context, name string) (outbox.Medium, error) {
	r, known := w.Route(name)
	if !known {
		return nil, fault.New(fault.NotFound, "there is no route %s any more", name).WithHint("set it up in routes.yaml, or switch to another one")
	}
	open := media[r.Medium]
	if open == nil {
		return nil, fault.New(fault.Invalid, "the route %s goes by %s, which is not known", name, r.Medium).WithHint("one of %s", strings.Join(slices.Sorted(maps.Keys(media)), ", "))
	}
	var t token.Token
	if r.Secret != "" {
		var err error
		if t, err = w.secrets.Get(ctx, r.Secret); err != nil {
			return nil, err
		}
	}
	w.mu.Lock()
	kept, ok := w.opened[name]
	w.mu.Unlock()
	if ok && kept.secret.Equal(t) {
		return kept.Medium, nil
	}
	m, err := open(outbox.Route{Name: name, Medium: r.Medium, Target: r.Target, APIURL: r.APIURL, Secret: t, Also: r.Also})
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.opened[name] = way{m, t}
	return m, nil
}

// Blot implements outbox.Routes.
func (w *Ways) Blot(text string) string { return token.Blot(text, w.secrets.Held()) }

// plain opens a route without its secret, for what needs none: rendering.
func (w *Ways) plain(name string) (outbox.Medium, error) {
	r, known := w.Route(name)
	open := media[r.Medium]
	if !known || open == nil {
		return nil, fault.New(fault.NotFound, "there is no route %s that can be used", name).WithHint("set it up in routes.yaml, or switch to another one")
	}
	return open(outbox.Route{Name: name, Medium: r.Medium, Target: r.Target, APIURL: r.APIURL, Secret: token.New("not needed to render"), Also: r.Also})
}
