//go:build !linux

package notify

import "context"

func open(ctx context.Context) Notifier { return newPlain(ctx, popup) }
