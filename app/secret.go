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
