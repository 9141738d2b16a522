package secret

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"filippo.io/age"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret/token"
)

const phrase = "correct horse battery staple"

func fileIn(t *testing.T, dir string) *file {
	t.Helper()
	t.Setenv(PassphraseVariable, "")
	f := newFile(dir, clock.System())
	f.work = 12 // the cost is age's business
	if err := f.unlock(token.New(phrase)); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTheFileKeepsSecrets(t *testing.T) {
	dir := t.TempDir()
	f, ctx := fileIn(t, dir), t.Context()
	if _, err := f.get(ctx, "slack"); err != ErrNone {
		t.Errorf("nothing yet: %v", err)
	}
	if err := f.remove(ctx, "slack"); err != ErrNone {
		t.Errorf("nothing to remove: %v", err)
	}
	if err := errors.Join(f.set(ctx, "slack", token.New("xoxb-1\n")), f.set(ctx, "mail", token.New("päss"))); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(f.path)
	if err != nil || bytes.Contains(data, []byte("xoxb")) || bytes.Contains(data, []byte("slack")) {
		t.Errorf("readable: %v", err)
	}
	if info, err := os.Stat(f.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if got, err := fileIn(t, dir).get(ctx, "slack"); err != nil || got.Reveal() != "xoxb-1\n" {
		t.Errorf("another process: %v", err)
	}
	if err := f.remove(ctx, "slack"); err != nil {
		t.Error(err)
	}
	if keys, err := f.list(ctx); err != nil || len(keys) != 1 || keys[0] != "mail" {
		t.Errorf("%q %v", keys, err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, FileName+".*")); err != nil || len(left) != 1 || !strings.HasSuffix(left[0], ".lock") {
		t.Errorf("left are %q: %v", left, err)
	}
}

func TestTheFileWithoutItsPassphrase(t *testing.T) {
	dir := t.TempDir()
	ctx := t.Context()
	if err := fileIn(t, dir).set(ctx, "slack", token.New("xoxb-1")); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	locked := newFile(dir, clock.System())
	if _, err := locked.get(ctx, "slack"); !fault.Is(err, fault.Refused) || !strings.Contains(fault.Of(err).Hint, PassphraseVariable) {
		t.Errorf("none: %v", err)
	}
	if err := locked.set(ctx, "slack", token.New("a")); !fault.Is(err, fault.Refused) {
		t.Errorf("none: %v", err)
	}
	t.Setenv(PassphraseVariable, "wrong-phrase")
	wrong := newFile(dir, clock.System())
	for name, err := range map[string]error{"set": wrong.set(ctx, "slack", token.New("a-value")), "remove": wrong.remove(ctx, "slack"), "unlock": locked.unlock(token.New("wrong-phrase"))} {
		if f := fault.Of(err); !fault.Is(err, fault.Invalid) || f.Field != "passphrase" || strings.Contains(err.Error(), "wrong-phrase") || strings.Contains(err.Error(), "a-value") {
			t.Errorf("%s: %v", name, err)
		}
	}
	after, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("it was written: %v", err)
	}
	t.Setenv(PassphraseVariable, phrase)
	if got, err := newFile(dir, clock.System()).get(ctx, "slack"); err != nil || got.Reveal() != "xoxb-1" {
		t.Errorf("by the environment: %v", err)
	}
}

func TestADamagedFileOfSecrets(t *testing.T) {
	dir := t.TempDir()
	f, ctx := fileIn(t, dir), t.Context()
	if err := f.set(ctx, "slack", token.New("xoxb-1")); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(f.path)
	if err != nil {
		t.Fatal(err)
	}
	tampered := bytes.Clone(whole)
	tampered[len(tampered)-1] ^= 1
	for name, data := range map[string][]byte{
		"empty": {}, "cut": whole[:len(whole)/2], "tampered": tampered, "text": []byte("slack: xoxb-1\n"),
		"not ours": sealed(t, "not json: a-value", 10), "too hard": bytes.Replace(whole, []byte(" 12\n"), []byte(" 30\n"), 1),
	} {
		if err := os.WriteFile(f.path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		for call, err := range map[string]error{"get": second(f.get(ctx, "slack")), "set": f.set(ctx, "mail", token.New("b"))} {
			if !fault.Is(err, fault.Invalid) || fault.Of(err).Hint == "" || strings.Contains(err.Error(), "a-value") {
				t.Errorf("%s: %s: %v", name, call, err)
			}
		}
		if now, err := os.ReadFile(f.path); err != nil || !bytes.Equal(now, data) {
			t.Errorf("%s: it was written over: %v", name, err)
		}
	}
}

func second(_ token.Token, err error) error { return err }

func sealed(t *testing.T, text string, work int) []byte {
	t.Helper()
	to, err := age.NewScryptRecipient(phrase)
	if err != nil {
		t.Fatal(err)
	}
	to.SetWorkFactor(work)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTwoProcessesLoseNothing(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for i := range 3 {
		f := fileIn(t, dir)
		all.Go(func() {
			if err := f.set(t.Context(), fmt.Sprintf("key%d", i), token.New("v")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if keys, err := fileIn(t, dir).list(t.Context()); err != nil || len(keys) != 3 {
		t.Errorf("%q %v", keys, err)
	}
}

func TestAFolderThatCannotBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gone")
	if err := fileIn(t, dir).set(t.Context(), "slack", token.New("a-value")); !fault.Is(err, fault.Unreachable) || !errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), "a-value") {
		t.Errorf("%v", err)
	}
}
