package notify

import (
	"context"

	"quarterdeck/internal/clock"
)

// OpenAt is Open with the bus as an argument, for tests that run beside each other.
func OpenAt(ctx context.Context, address string) Notifier {
	return openBus(ctx, clock.System(), func() (string, bool) { return address, false }, popup)
}
