package secret_test

import (
	"strings"
	"testing"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret"
	"quarterdeck/internal/secret/token"
)

// apart opens a store that no keyring and no passphrase of the machine reaches.
func apart(t *testing.T, order ...secret.Place) *secret.Store {
	t.Helper()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv(secret.PassphraseVariable, "")
	return secret.Open(t.TempDir(), order, clock.System())
}

func TestPlacesAreAskedInTheirOrder(t *testing.T) {
	s := apart(t)
	ctx := t.Context()
	if _, err := s.Get(ctx, "slack"); !fault.Is(err, fault.NotFound) || !strings.Contains(fault.Of(err).Hint, "QUARTERDECK_SECRET_SLACK") {
		t.Errorf("nothing yet: %v", err)
	}
	kept, err := s.Set(ctx, "Slack", token.New("from memory"))
	if err != nil || kept.Place != secret.Memory {
		t.Fatalf("%+v %v", kept, err)
	}
	if got, err := s.Get(ctx, "SLACK"); err != nil || got.Reveal() != "from memory" {
		t.Errorf("%v", err)
	}
	if err := s.Unlock(token.New("a phrase")); err != nil {
		t.Fatal(err)
	}
	if kept, err = s.Set(ctx, "slack", token.New("from the file")); err != nil || kept.Place != secret.File {
		t.Fatalf("%+v %v", kept, err)
	}
	if got, err := s.Get(ctx, "slack"); err != nil || got.Reveal() != "from the file" {
		t.Errorf("%v", err)
	}
	t.Setenv("QUARTERDECK_SECRET_SLACK", "from outside")
	if got, err := s.Get(ctx, "slack"); err != nil || got.Reveal() != "from outside" {
		t.Errorf("%v", err)
	}
	if kept, err = s.Set(ctx, "slack", token.New("again")); err != nil || len(kept.Notes) == 0 || !strings.Contains(kept.Notes[0], "QUARTERDECK_SECRET_SLACK is set") {
		t.Errorf("%+v %v", kept, err)
	}
	s.Use([]secret.Place{secret.Memory, secret.Environment})
	if got, err := s.Get(ctx, "slack"); err != nil || got.Reveal() != "from memory" {
		t.Errorf("another order: %v", err)
	}
}

func TestNamesOfSecrets(t *testing.T) {
	s := apart(t)
	t.Setenv("QUARTERDECK_SECRET_MAIL_PASSWORD", "one")
	t.Setenv("QUARTERDECK_SECRET_small", "two")
	for name, want := range map[string]string{"mail-password": "one", "Mail.Password": "one", "mail_password": "one", "small": "two", "SMALL": "two"} {
		if got, err := s.Get(t.Context(), name); err != nil || got.Reveal() != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"", "1a", "a b", "xoxb-1/hidden", "-a", "a\n", strings.Repeat("a", 65), "ä", "https://hidden"} {
		_, err := s.Get(t.Context(), name)
		if _, e := s.Set(t.Context(), name, token.New("v")); !fault.Is(e, fault.Invalid) || !fault.Is(err, fault.Invalid) || !fault.Is(s.Remove(t.Context(), name), fault.Invalid) {
			t.Errorf("%q: %v %v", name, err, e)
		}
		if err != nil && strings.Contains(err.Error(), "hidden") {
			t.Errorf("what may be a secret is repeated: %v", err)
		}
	}
}

func TestValuesThatAreNone(t *testing.T) {
	s := apart(t)
	for name, value := range map[string]string{"empty": "", "a zero": "a\x00b", "a file": strings.Repeat("hidden ", 10_000)} {
		if _, err := s.Set(t.Context(), "slack", token.New(value)); !fault.Is(err, fault.Invalid) || fault.Of(err).Hint == "" || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNoPlaceToKeepASecret(t *testing.T) {
	s := apart(t, secret.Environment, secret.Keyring, secret.File)
	_, err := s.Set(t.Context(), "slack", token.New("a-value"))
	f := fault.Of(err)
	if !fault.Is(err, fault.Unreachable) || strings.Contains(err.Error(), "a-value") || !strings.Contains(f.Hint, "keyring") || !strings.Contains(f.Hint, secret.PassphraseVariable) || !strings.Contains(f.Hint, "QUARTERDECK_SECRET_SLACK") {
		t.Errorf("%v, %s", err, f.Hint)
	}
	s.Use([]secret.Place{secret.Environment})
	if _, err := s.Set(t.Context(), "slack", token.New("a-value")); !fault.Is(err, fault.Refused) || fault.Of(err).Hint == "" {
		t.Errorf("%v", err)
	}
}

func TestListRemoveAndHeld(t *testing.T) {
	s := apart(t, secret.Environment, secret.Memory)
	ctx := t.Context()
	t.Setenv("QUARTERDECK_SECRET_B", "one")
	for _, name := range []string{"c", "a", "b"} {
		if _, err := s.Set(ctx, name, token.New("value of "+name)); err != nil {
			t.Fatal(err)
		}
	}
	entries, troubles := s.List(ctx)
	if len(troubles) != 0 || len(entries) != 3 || entries[0] != (secret.Entry{Name: "a", Place: secret.Memory}) || entries[1] != (secret.Entry{Name: "b", Place: secret.Environment}) {
		t.Errorf("%v %v", entries, troubles)
	}
	if held := s.Held(); len(held) != 3 || held[0].Reveal() != "value of a" {
		t.Errorf("%d are held", len(held))
	}
	if err := s.Remove(ctx, "a"); err != nil {
		t.Error(err)
	}
	if err := s.Remove(ctx, "a"); !fault.Is(err, fault.NotFound) {
		t.Errorf("twice: %v", err)
	}
	if err := s.Remove(ctx, "b"); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "QUARTERDECK_SECRET_B") {
		t.Errorf("set outside: %v", err)
	}
	if held := s.Held(); len(held) != 1 {
		t.Errorf("%d are held", len(held))
	}
}

func TestTheOrderOfPlaces(t *testing.T) {
	for list, want := range map[string]int{"": 4, "file": 1, " Keyring , memory": 2, "environment,keyring,file,memory": 4} {
		if got, err := secret.Order(list); err != nil || len(got) != want {
			t.Errorf("%q: %v %v", list, got, err)
		}
	}
	for _, list := range []string{"vault", "file,file", "file;memory"} {
		if _, err := secret.Order(list); !fault.Is(err, fault.Invalid) || fault.Of(err).Hint == "" {
			t.Errorf("%q: %v", list, err)
		}
	}
}
