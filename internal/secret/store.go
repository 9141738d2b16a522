package secret

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret/token"
)

// Store is all places together. Its methods may be called from several goroutines.
type Store struct {
	clock  clock.Clock
	file   *file
	places map[Place]keeper

	mu    sync.Mutex // what follows
	order []Place
	last  map[string]token.Token // what a name gave last, for when its place fails
	rest  map[Place]pause
}

// pause is how a place that failed is left alone.
type pause struct {
	until time.Duration // since boot
	err   error
}

// alone is how long a place that did not answer is not asked again.
const alone = 30 * time.Second

// Longest is how long a secret may be, in bytes.
const Longest = 64 << 10

// Open makes the store of a data folder. It asks nobody yet. Nil is Places.
func Open(dir string, order []Place, clk clock.Clock) *Store {
	s := &Store{clock: clk, file: newFile(dir, clk), last: map[string]token.Token{}, rest: map[Place]pause{}}
	s.places = map[Place]keeper{Environment: environment{}, Keyring: newKeyring(), File: s.file, Memory: newMemory()}
	s.Use(order)
	return s
}

// Use changes which places are used, and in which order. Nil is Places.
func (s *Store) Use(order []Place) {
	if order == nil {
		order = Places
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.order = slices.Clone(order)
	clear(s.rest)
}

// Using are the places in use, in their order.
func (s *Store) Using() []Place {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.order)
}

// Get gives the secret of a name, from the first place that has it. NotFound: every place
// was asked and none has it. Unreachable or Refused: some place cannot tell. Where the
// place of a secret fails, what it gave last in this process is given.
func (s *Store) Get(ctx context.Context, name string) (token.Token, error) {
	key, err := Key(name)
	if err != nil {
		return token.Token{}, err
	}
	var trouble error
	for _, p := range s.Using() {
		var t token.Token
		err := s.ask(ctx, p, func(ctx context.Context, k keeper) (err error) {
			t, err = k.get(ctx, key)
			return err
		})
		switch {
		case err == nil:
			s.mu.Lock()
			s.last[key] = t
			s.mu.Unlock()
			return t, nil
		case errors.Is(err, ErrNone), fault.Is(err, fault.NotFound): // a place that is not there keeps nothing
		case trouble == nil:
			trouble = err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if trouble == nil {
		delete(s.last, key)
		return token.Token{}, none(key)
	}
	if t, ok := s.last[key]; ok {
		return t, nil
	}
	f := fault.Of(trouble)
	return token.Token{}, fault.New(f.Code, "the secret %s cannot be had: %s", key, f.Message).WithHint("%s", f.Hint).WithCause(trouble)
}

func none(key string) error {
	return fault.New(fault.NotFound, "no secret is kept under the name %s", key).
		WithHint("qd secret set %s takes it from standard input; or set %s", key, Variable(key))
}

// ask has do speak to a place, unless that did not answer a moment ago.
func (s *Store) ask(ctx context.Context, p Place, do func(context.Context, keeper) error) error {
	s.mu.Lock()
	rest, resting := s.rest[p]
	s.mu.Unlock()
	if resting && s.clock.Boot() < rest.until {
		return rest.err
	}
	err := do(ctx, s.places[p])
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rest, p)
	if p == Keyring && fault.Is(err, fault.Unreachable) && ctx.Err() == nil {
		s.rest[p] = pause{s.clock.Boot() + alone, err}
	}
	return err
}

// Kept says where a secret was put, and what its owner should know about that.
type Kept struct {
	Place Place
	Notes []string // sentences; none when all is as it should be
}

// Set keeps a secret in the first place that can be written, and says which that was.
func (s *Store) Set(ctx context.Context, name string, t token.Token) (Kept, error) {
	key, err := Key(name)
	if err != nil {
		return Kept{}, err
	}
	switch n := len(t.Reveal()); {
	case n == 0:
		return Kept{}, fault.Input("value", "the secret is empty").WithHint("give it on standard input; qd secret remove %s takes one away", key)
	case n > Longest:
		return Kept{}, fault.Input("value", "the secret has more than %d KiB", Longest>>10).WithHint("is this the right file?")
	case strings.ContainsRune(t.Reveal(), 0):
		return Kept{}, fault.Input("value", "the secret holds a zero byte").WithHint("is this the right file? A secret is text")
	}
	var notes []string
	var troubles []string
	for _, p := range s.Using() {
		if p == Environment {
			if _, err := s.places[p].get(ctx, key); err == nil {
				notes = append(notes, Variable(key)+" is set and comes first: what is kept is not used until it is taken out")
			}
			continue
		}
		if err := s.places[p].set(ctx, key, t); err != nil {
			f := fault.Of(err)
			if f.Code != fault.NotFound { // what is not there holds nothing old
				notes = append(notes, string(p)+": "+f.Message+"; an older value there would come first when it is back")
			}
			troubles = append(troubles, string(p)+": "+f.Message+": "+f.Hint)
			continue
		}
		s.mu.Lock()
		s.last[key] = t
		delete(s.rest, p)
		s.mu.Unlock()
		if p == Memory {
			notes = append(notes, "it is kept until this program ends")
		}
		return Kept{p, notes}, nil
	}
	if len(troubles) == 0 {
		return Kept{}, fault.New(fault.Refused, "no place in use can keep a secret").WithHint("name keyring or file in the setting secrets, or set %s", Variable(key))
	}
	return Kept{}, fault.New(fault.Unreachable, "the secret %s was not kept", key).WithHint("%s; or set %s", strings.Join(troubles, "; "), Variable(key))
}

// Remove takes a secret out of every place in use. NotFound: it was in none.
func (s *Store) Remove(ctx context.Context, name string) error {
	key, err := Key(name)
	if err != nil {
		return err
	}
	found := false
	var trouble error
	for _, p := range s.Using() {
		switch err := s.places[p].remove(ctx, key); {
		case err == nil:
			found = true
		case !errors.Is(err, ErrNone) && !fault.Is(err, fault.NotFound):
			trouble = errors.Join(trouble, err)
		}
	}
	s.mu.Lock()
	delete(s.last, key)
	s.mu.Unlock()
	switch {
	case trouble != nil && found:
		f := fault.Of(trouble)
		return fault.New(f.Code, "the secret %s is gone from one place, and may be left in another: %s", key, f.Message).WithHint("%s", f.Hint).WithCause(trouble)
	case trouble != nil:
		return trouble
	case !found:
		return fault.New(fault.NotFound, "no secret is kept under the name %s", key).WithHint("qd secret list names those there are")
	}
	return nil
}

// Entry is a secret that is kept: its name, and the place that gives it.
type Entry struct {
	Name  string
	Place Place
}

// Trouble is a place that cannot tell what it keeps.
type Trouble struct {
	Place Place
	Fault *fault.Error
}

// List names what is kept, by name, and the places that cannot tell.
func (s *Store) List(ctx context.Context) (entries []Entry, troubles []Trouble) {
	seen := map[string]bool{}
	for _, p := range s.Using() {
		var keys []string
		err := s.ask(ctx, p, func(ctx context.Context, k keeper) (err error) {
			keys, err = k.list(ctx)
			return err
		})
		if err != nil {
			troubles = append(troubles, Trouble{p, fault.Of(err)})
		}
		for _, key := range keys {
			if !seen[key] {
				seen[key] = true
				entries = append(entries, Entry{key, p})
			}
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return entries, troubles
}

// Unlock opens the encrypted file with its passphrase; where there is no file yet, the
// next secret makes one under it. The passphrase is kept in memory alone.
func (s *Store) Unlock(passphrase token.Token) error {
	if passphrase.IsZero() {
		return fault.Input("passphrase", "the passphrase is empty").WithHint("type it")
	}
	return s.file.unlock(passphrase)
}

// Held are the secrets that this process has seen, for finding them in texts that are
// about to leave. Order is by name.
func (s *Store) Held() []token.Token {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []token.Token
	for _, key := range slices.Sorted(maps.Keys(s.last)) {
		out = append(out, s.last[key])
	}
	return out
}
