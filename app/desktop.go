package app

import (
	"context"
	"time"

	"quarterdeck/internal/clock"
	"quarterdeck/internal/notify"
)

// patience is how long the desktop may take to answer.
const patience = 2 * time.Second

// Desktop asks whether the desktop shows notifications; reason says why not, or what is
// missing. It takes as long as the desktop does, two seconds at most.
func Desktop(ctx context.Context) (works bool, reason string) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	n := notify.Open(ctx)
	defer n.Close()     //nolint:errcheck // nothing was shown
	first := n.Status() // not asked yet
	st := first
	for st == first && clock.System().Wait(ctx, 50*time.Millisecond) == nil {
		st = n.Status()
	}
	return st.Desktop, st.Reason
}
