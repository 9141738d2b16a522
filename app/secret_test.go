package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret"
)

// What goes in by the screen does not come out by it.
func TestSecretsAreWrittenAndNeverShown(t *testing.T) {
	t.Setenv(secret.PassphraseVariable, "")
	s := sit(t)
	const value = "xoxb-very-secret"
	kept, err := s.SetSecret(app.SecretInput{Name: "Slack", Value: value})
	s.must(err)
	if kept.Name != "slack" || kept.Place != "memory" || len(kept.Notes) == 0 {
		t.Errorf("%+v", kept)
	}
	refused(t, s.UnlockSecrets(""), fault.Invalid, "passphrase")
	s.must(s.UnlockSecrets("a long phrase"))
	kept, err = s.SetSecret(app.SecretInput{Name: "mail", Value: value})
	s.must(err)
	if kept.Place != "file" {
		t.Errorf("%+v", kept)
	}
	v, err := s.Secrets()
	s.must(err)
	if len(v.Places) != 4 || v.Places[1].ID != "keyring" || v.Places[1].Why == "" || len(v.Kept) != 2 || v.Kept[0].Name != "mail" {
		t.Errorf("%+v", v)
	}
	n, err := s.Watch("")
	s.must(err)
	for _, view := range []any{v, kept, n} {
		data, err := json.Marshal(view)
		s.must(err)
		if strings.Contains(string(data), "very-secret") {
			t.Errorf("it is shown: %s", data)
		}
	}
	_, err = s.SetSecret(app.SecretInput{Name: "xoxb/very-secret", Value: value})
	refused(t, err, fault.Invalid, "name")
	if strings.Contains(fault.Of(err).Error(), "very-secret") {
		t.Errorf("%v", err)
	}
	s.must(s.RemoveSecret("slack"))
	refused(t, s.RemoveSecret("slack"), fault.NotFound, "")
}
