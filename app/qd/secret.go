package main

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
	"quarterdeck/internal/secret"
	"quarterdeck/internal/secret/token"
)

func secrets(s *session) *cobra.Command {
	set := &cobra.Command{Use: "set NAME", Short: "keep one; its value comes from standard input", Args: justName,
		Long: "The value is read from standard input, up to its end; one line break there is no\n" +
			"part of it. It goes to the first place in the setting secrets that takes it: the\n" +
			"account's keyring, else the encrypted file, whose passphrase is read from\n" +
			secret.PassphraseVariable + ". It is never shown again.\n\n" +
			"  qd secret set slack < token.txt\n" +
			"  read -rs S; printf %s \"$S\" | qd secret set mail-password"}
	return group("secret", "tokens and passwords: kept by name, used, and never shown",
		s.reads(set, s.secretSet),
		s.reads(&cobra.Command{Use: "list", Short: "the names of those that are kept, and where", Args: takes(0, 0)}, s.secretList),
		s.reads(&cobra.Command{Use: "remove NAME", Short: "take one out of every place", Args: justName}, s.secretRemove),
	)
}

// justName takes one argument, and repeats none: another one may be a secret.
func justName(c *cobra.Command, args []string) error {
	switch {
	case len(args) < 1:
		return wrong("name", c.UseLine(), "%s: a name is missing", c.CommandPath())
	case len(args) > 1:
		return wrong("name", c.UseLine()+"; a value comes from standard input, since everybody on this machine can see arguments", "%s takes a name and nothing else", c.CommandPath())
	}
	return nil
}

// secretView is one that is kept.
type secretView struct {
	Name  string   `json:"name"`
	Place string   `json:"place"`           // environment, keyring, file or memory
	Notes []string `json:"notes,omitempty"` // what its owner should know
}

// places opens the places of secrets. This process ends: its memory keeps nothing.
func (s *session) places() *secret.Store {
	places, err := app.OpenSecrets(s.data, s.clock)
	if err != nil {
		s.warn(err)
	}
	places.Use(slices.DeleteFunc(places.Using(), func(p secret.Place) bool { return p == secret.Memory }))
	return places
}

func (s *session) secretSet(args []string) error {
	key, err := secret.Key(args[0])
	if err != nil {
		return err
	}
	value, err := s.value()
	if err != nil {
		return err
	}
	if err := s.prepare(); err != nil {
		return err
	}
	kept, err := s.places().Set(s.ctx, key, value)
	if err != nil {
		return err
	}
	if s.json {
		return s.print(secretView{key, string(kept.Place), kept.Notes})
	}
	s.say("%s is kept in the %s", key, placeNames[kept.Place])
	for _, note := range kept.Notes {
		s.aside("%s", note)
	}
	return nil
}

var placeNames = map[secret.Place]string{secret.Environment: "environment", secret.Keyring: "keyring", secret.File: "encrypted file", secret.Memory: "memory"}

// value reads a secret from standard input.
func (s *session) value() (token.Token, error) {
	if f, ok := s.in.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return token.Token{}, wrong("value", `for example: read -rs S; printf %s "$S" | qd secret set NAME`, "the value comes from standard input, and would be seen on this terminal")
		}
	}
	data, err := io.ReadAll(io.LimitReader(s.in, secret.Longest+3))
	if err != nil {
		return token.Token{}, fault.New(fault.Unreachable, "standard input cannot be read").WithCause(err)
	}
	text := strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r")
	return token.New(text), nil
}

func (s *session) secretList([]string) error {
	if err := s.folder(); err != nil {
		return err
	}
	entries, troubles := s.places().List(s.ctx)
	views := make([]secretView, len(entries))
	for i, e := range entries {
		views[i] = secretView{Name: e.Name, Place: string(e.Place)}
	}
	silent := false
	for _, t := range troubles {
		if !fault.Is(t.Fault, fault.NotFound) { // a place that is not there keeps nothing
			s.warn(t.Fault)
			silent = true
		}
	}
	if s.json {
		return s.print(views)
	}
	for _, v := range views {
		s.say("%s %s", pad(v.Name, 24), placeNames[secret.Place(v.Place)])
	}
	if len(views) == 0 && !silent {
		s.say("no secrets are kept")
	}
	return nil
}

func (s *session) secretRemove(args []string) error {
	if err := s.folder(); err != nil {
		return err
	}
	if err := s.places().Remove(s.ctx, args[0]); err != nil {
		return err
	}
	key, err := secret.Key(args[0])
	if err != nil {
		return err
	}
	if s.json {
		return s.print(map[string]string{"name": key})
	}
	s.say("%s is gone", key)
	return nil
}
