package app

import (
	"context"
	"log/slog"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/secret"
	"quarterdeck/internal/secret/token"
	"quarterdeck/internal/workspace"
)

// OpenSecrets opens the places of secrets of a folder, as its settings name them. Settings
// that cannot be read are said and stop nobody: then all places are used.
func OpenSecrets(dir string, clk clock.Clock) (*secret.Store, error) {
	set, err := workspace.ReadSettings(dir)
	var order []secret.Place
	if err == nil {
		order, err = secret.Order(set.Secrets)
	}
	return secret.Open(dir, order, clk), err
}

// learnPause is how often secrets that another process may have kept are learnt.
const learnPause = 5 * time.Minute

// learnSecrets keeps in mind what is kept, so that none of it leaves in a text.
func (b *Backend) learnSecrets(ctx context.Context) {
	for {
		entries, _ := b.secrets.List(ctx) // a place that cannot tell now is asked when it is needed
		for _, e := range entries {
			if _, err := b.secrets.Get(ctx, e.Name); err != nil && ctx.Err() == nil {
				slog.Warn("a secret cannot be had now", "name", e.Name, "error", err)
			}
		}
		if b.clock.Wait(ctx, learnPause) != nil {
			return
		}
	}
}

// held are the secrets that this process has seen, for keeping them out of what leaves.
func (b *Backend) held() []token.Token { return b.secrets.Held() }

// SecretsView says where secrets are looked for, and which there are. None is shown.
type SecretsView struct {
	Places []PlaceView  `json:"places"` // in use, in their order
	Kept   []SecretView `json:"kept"`   // by name
}

// PlaceView is a place for secrets. Why it cannot be used now is empty when it can.
type PlaceView struct {
	ID   string `json:"id"` // environment, keyring, file or memory
	Why  string `json:"why"`
	Hint string `json:"hint"`
}

// SecretView is a secret that is kept.
type SecretView struct {
	Name  string   `json:"name"`
	Place string   `json:"place"`
	Notes []string `json:"notes"` // what its owner should know; of one just kept
}

// SecretInput is a secret to be kept.
type SecretInput struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Secrets lists the names of what is kept, and the places.
func (a *API) Secrets() (v SecretsView, err error) {
	defer guard(&err)
	v = SecretsView{Places: []PlaceView{}, Kept: []SecretView{}}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	entries, troubles := b.secrets.List(ctx)
	for _, p := range b.secrets.Using() {
		place := PlaceView{ID: string(p)}
		for _, t := range troubles {
			if t.Place == p {
				place.Why, place.Hint = t.Fault.Message, t.Fault.Hint
			}
		}
		v.Places = append(v.Places, place)
	}
	for _, e := range entries {
		v.Kept = append(v.Kept, SecretView{Name: e.Name, Place: string(e.Place), Notes: []string{}})
	}
	return v, nil
}

// SetSecret keeps a secret in the first place that takes it. It is never given back.
func (a *API) SetSecret(in SecretInput) (v SecretView, err error) {
	defer guard(&err)
	v.Notes = []string{}
	ctx, b, err := a.ready()
	if err != nil {
		return v, err
	}
	key, err := secret.Key(in.Name)
	if err != nil {
		return v, err
	}
	kept, err := b.secrets.Set(ctx, key, token.New(in.Value))
	if err == nil {
		v.Name, v.Place, v.Notes = key, string(kept.Place), append(v.Notes, kept.Notes...)
	}
	return v, err
}

// RemoveSecret takes a secret out of every place.
func (a *API) RemoveSecret(name string) (err error) {
	defer guard(&err)
	ctx, b, err := a.ready()
	if err != nil {
		return err
	}
	return b.secrets.Remove(ctx, name)
}

// UnlockSecrets opens the encrypted file with its passphrase, or chooses the one of the
// file that the next secret makes. It is kept in memory until the program ends.
func (a *API) UnlockSecrets(passphrase string) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	return b.secrets.Unlock(token.New(passphrase))
}
