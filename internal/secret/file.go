package secret

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"filippo.io/age"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret/token"
)

// FileName is the encrypted file in the data folder.
const FileName = "secrets.age"

// PassphraseVariable holds the passphrase of the file for a program that nobody types to.
const PassphraseVariable = "QUARTERDECK_PASSPHRASE"

// work is scrypt's cost as a power of two: opening the file takes about half a second and
// 128 MiB. A file that asks for more than hardest is somebody else's.
const (
	work     = 17
	hardest  = 20
	longFile = 4 << 20 // bytes
)

// file is a JSON object of keys and values, encrypted under a passphrase.
type file struct {
	path  string
	clock clock.Clock
	work  int // of scrypt

	mu         sync.Mutex
	passphrase token.Token
	read       fs.FileInfo // what opened was read from; nil = nothing yet
	opened     map[string]token.Token
}

func newFile(dir string, clk clock.Clock) *file {
	return &file{path: filepath.Join(dir, FileName), clock: clk, work: work, passphrase: token.New(os.Getenv(PassphraseVariable))}
}

// unlock tries a passphrase, and keeps it when it fits or when there is no file yet.
func (f *file) unlock(t token.Token) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	old := f.passphrase
	f.passphrase, f.read = t, nil
	if _, err := f.open(); err != nil {
		f.passphrase, f.read = old, nil
		return err
	}
	return nil
}

func (f *file) get(_ context.Context, key string) (token.Token, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	kept, err := f.open()
	if err != nil {
		return token.Token{}, err
	}
	if t, ok := kept[key]; ok {
		return t, nil
	}
	return token.Token{}, ErrNone
}

func (f *file) set(ctx context.Context, key string, t token.Token) error {
	return f.change(ctx, func(kept map[string]token.Token) error {
		kept[key] = t
		return nil
	})
}

func (f *file) remove(ctx context.Context, key string) error {
	if _, err := os.Stat(f.path); errors.Is(err, fs.ErrNotExist) {
		return ErrNone
	}
	return f.change(ctx, func(kept map[string]token.Token) error {
		if _, ok := kept[key]; !ok {
			return ErrNone
		}
		delete(kept, key)
		return nil
	})
}

func (f *file) list(context.Context) ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	kept, err := f.open()
	return slices.Collect(maps.Keys(kept)), err
}

// open reads the file, unless it is the one that was read last. The caller holds mu.
func (f *file) open() (map[string]token.Token, error) {
	src, err := os.Open(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.read, f.opened = nil, nil
		return nil, nil
	case err != nil:
		return nil, fault.New(fault.Unreachable, "%s cannot be read", f.path).WithHint("give yourself the right to read it").WithCause(err)
	}
	defer src.Close()
	info, err := src.Stat()
	if err != nil {
		return nil, fmt.Errorf("secret: look at %s: %w", f.path, err)
	}
	if f.read != nil && os.SameFile(f.read, info) && f.read.ModTime().Equal(info.ModTime()) && f.read.Size() == info.Size() {
		return f.opened, nil
	}
	if f.passphrase.IsZero() {
		return nil, fault.New(fault.Refused, "the file of secrets is locked").
			WithHint("give its passphrase in the settings, or in %s", PassphraseVariable)
	}
	kept, err := f.decrypt(src)
	if err != nil {
		return nil, err
	}
	f.read, f.opened = info, kept
	return kept, nil
}

func (f *file) decrypt(src io.Reader) (map[string]token.Token, error) {
	id, err := age.NewScryptIdentity(f.passphrase.Reveal())
	if err != nil {
		return nil, fmt.Errorf("secret: passphrase: %w", err)
	}
	id.SetMaxWorkFactor(hardest)
	broken := fault.New(fault.Invalid, "%s is damaged, or not a file of secrets", f.path).
		WithHint("bring it back from a copy, or move it away and set the secrets anew")
	plain, err := age.Decrypt(io.LimitReader(src, longFile), id)
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &wrong):
		return nil, fault.Input("passphrase", "the passphrase does not open the file of secrets").WithHint("type it once more; nothing was changed")
	case err != nil:
		return nil, broken.WithCause(err)
	}
	data, err := io.ReadAll(plain)
	if err != nil {
		return nil, broken.WithCause(err)
	}
	var values map[string]string
	if json.Unmarshal(data, &values) != nil { // its error may quote what it read
		return nil, broken
	}
	kept := make(map[string]token.Token, len(values))
	for key, value := range values {
		kept[key] = token.New(value)
	}
	return kept, nil
}

// change reads, changes and writes the file while no other process does.
func (f *file) change(ctx context.Context, do func(map[string]token.Token) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.passphrase.IsZero() {
		return fault.New(fault.Refused, "the file of secrets has no passphrase").
			WithHint("give one in the settings, or in %s", PassphraseVariable)
	}
	unlock, err := hold(ctx, f.path+".lock", f.clock)
	if err != nil {
		return fault.New(fault.Unreachable, "%s cannot be written", f.path).WithHint("check the disk and the folder's rights").WithCause(err)
	}
	defer unlock()
	kept, err := f.open()
	if err != nil {
		return err
	}
	next := maps.Clone(kept)
	if next == nil {
		next = map[string]token.Token{}
	}
	if err := do(next); err != nil {
		return err
	}
	data, err := f.encrypt(next)
	if err != nil {
		return err
	}
	f.read = nil
	if err := replace(f.path, data); err != nil {
		return fault.New(fault.Unreachable, "%s cannot be written", f.path).WithHint("check the disk and the folder's rights").WithCause(err)
	}
	return nil
}

func (f *file) encrypt(kept map[string]token.Token) ([]byte, error) {
	values := make(map[string]string, len(kept))
	for key, t := range kept {
		values[key] = t.Reveal()
	}
	data, err := json.Marshal(values)
	if err != nil {
		return nil, fmt.Errorf("secret: encode: %w", err)
	}
	to, err := age.NewScryptRecipient(f.passphrase.Reveal())
	if err != nil {
		return nil, fmt.Errorf("secret: passphrase: %w", err)
	}
	to.SetWorkFactor(f.work)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, fmt.Errorf("secret: encrypt: %w", err)
	}
	if _, err := w.Write(data); err != nil {
		return nil, fmt.Errorf("secret: encrypt: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("secret: encrypt: %w", err)
	}
	return out.Bytes(), nil
}

// replace puts a file in its place whole: written aside, synced, renamed.
func replace(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err = f.Write(data); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
