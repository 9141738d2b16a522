//go:build !unix

package secret

import (
	"context"

	"quarterdeck/internal/clock"
)

// hold lets everybody through: two processes that change the file within the same second
// may lose one of both changes, which the list of secrets shows.
func hold(context.Context, string, clock.Clock) (release func(), err error) { return func() {}, nil }
