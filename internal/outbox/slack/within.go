package slack

import (
	"time"

	"quarterdeck/internal/outbox"
)

// OpenWithin is Open with another time-out for each call.
func OpenWithin(r outbox.Route, timeout time.Duration) (*Medium, error) { return open(r, timeout) }
