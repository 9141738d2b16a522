package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quarterdeck/internal/secret"
)

// alone keeps a test away from the keyring and the secrets of whoever runs it.
func alone(t *testing.T, passphrase string) *shell {
	sh := newShell(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv(secret.PassphraseVariable, passphrase)
	return sh
}

func TestSecretsGoInAndNeverOut(t *testing.T) {
	sh := alone(t, "a long phrase")
	if got := ask[[]secretView](sh, "secret", "list"); got == nil || len(got) != 0 {
		t.Errorf("none yet: %v", got)
	}
	const value = "xoxb-very-secret-value"
	status, out, stderr := sh.try(value+"\n", "secret", "set", "Slack")
	if status != done || !strings.Contains(out, "slack is kept in the encrypted file") {
		t.Fatalf("%d %s %s", status, out, stderr)
	}
	said := out + stderr
	t.Setenv("QUARTERDECK_SECRET_MAIL_PASSWORD", value)
	got := ask[[]secretView](sh, "secret", "list")
	if len(got) != 2 || got[0].Name != "mail_password" || got[0].Place != "environment" || got[1].Name != "slack" || got[1].Place != "file" {
		t.Errorf("%+v", got)
	}
	said += sh.qd("secret", "list") + sh.qd("secret", "remove", "slack")
	if f := sh.refuses(failed, "secret", "remove", "slack"); f.Code != "not_found" {
		t.Errorf("%+v", f)
	}
	if f := sh.refuses(failed, "secret", "remove", "mail-password"); f.Code != "refused" || !strings.Contains(f.Message, "QUARTERDECK_SECRET_MAIL_PASSWORD") {
		t.Errorf("%+v", f)
	}
	if strings.Contains(said, "very-secret") {
		t.Errorf("it was shown: %s", said)
	}
	err := filepath.Walk(sh.dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), "very-secret") {
			t.Errorf("it stands in %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestASecretIsNoArgument(t *testing.T) {
	sh := alone(t, "")
	for _, args := range [][]string{{"secret", "set", "slack", "xoxb-hidden"}, {"secret", "set"}, {"secret", "remove", "a", "xoxb-hidden"}, {"secret", "list", "x"}} {
		f := sh.refuses(misuse, args...)
		if strings.Contains(f.Message+f.Hint, "hidden") {
			t.Errorf("%q: %+v", args, f)
		}
	}
	for name, c := range map[string]struct{ stdin, name, field string }{
		"empty": {"\n", "slack", "value"}, "a file": {strings.Repeat("hidden", 20_000), "slack", "value"}, "no name": {"v", "xoxb/hidden", "name"},
	} {
		status, out, err := sh.try(c.stdin, "--json", "secret", "set", c.name)
		if status != failed || out != "" || !strings.Contains(err, `"field":"`+c.field+`"`) || strings.Contains(err, "hidden") {
			t.Errorf("%s: %d %s %.200s", name, status, out, err)
		}
	}
}

func TestNoPlaceForASecret(t *testing.T) {
	sh := alone(t, "")
	status, out, err := sh.try("a-hidden-value", "secret", "set", "slack")
	if status != failed || out != "" || !strings.Contains(err, secret.PassphraseVariable) || !strings.Contains(err, "QUARTERDECK_SECRET_SLACK") || strings.Contains(err, "hidden") {
		t.Errorf("%d %s %s", status, out, err)
	}
	sh.qd("config", "set", "secrets", "environment,file")
	if got := strings.TrimSpace(sh.qd("config", "get", "secrets")); got != "environment,file" {
		t.Errorf("%q", got)
	}
	if f := sh.refuses(failed, "config", "set", "secrets", "vault"); f.Field != "secrets" {
		t.Errorf("%+v", f)
	}
}

func TestTheBriefIsASetting(t *testing.T) {
	sh := named(t)
	folder := filepath.Join(t.TempDir(), "brief")
	sh.qd("config", "set", "brief", folder)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		t.Errorf("%v", err)
	}
	if got := strings.TrimSpace(sh.qd("config", "get", "brief")); got != folder {
		t.Errorf("%q", got)
	}
	if f := sh.refuses(failed, "config", "set", "brief", "/proc/nowhere"); f.Field != "brief" {
		t.Errorf("%+v", f)
	}
}
