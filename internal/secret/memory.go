package secret

import (
	"context"
	"maps"
	"slices"
	"sync"

	"quarterdeck/internal/secret/token"
)

// memory ends with the process.
type memory struct {
	mu   sync.Mutex
	kept map[string]token.Token
}

func newMemory() *memory { return &memory{kept: map[string]token.Token{}} }

func (m *memory) get(_ context.Context, key string) (token.Token, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if t, ok := m.kept[key]; ok {
		return t, nil
	}
	return token.Token{}, ErrNone
}

func (m *memory) set(_ context.Context, key string, t token.Token) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[key] = t
	return nil
}

func (m *memory) remove(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.kept[key]; !ok {
		return ErrNone
	}
	delete(m.kept, key)
	return nil
}

func (m *memory) list(context.Context) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Collect(maps.Keys(m.kept)), nil
}
