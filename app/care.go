package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/notify"
	"quarterdeck/internal/store"
)

// How often the database is looked after.
const (
	glance    = time.Second      // whether it can be written, and whether a damaged page was met
	round     = 10 * time.Second // the disk's room, and whether a backup is due
	soundness = time.Hour        // all of its pages
)

// care looks after the database: it writes again as soon as that works, goes on from a
// backup when a page is damaged, keeps room on the disk, and makes backups.
func (b *Backend) care(ctx context.Context) {
	looked, rounded := time.Time{}, b.clock.Now() // not while the window is still being painted
	for b.clock.Wait(ctx, glance) == nil {
		b.mend(ctx)
		now := b.clock.Now()
		if now.Sub(rounded).Abs() < round {
			continue
		}
		rounded = now
		b.keepRoom()
		b.fault("backup", b.backUp(ctx, now))
		if now.Sub(looked).Abs() >= soundness {
			looked = now
			if err := b.store.Sound(ctx); err != nil && ctx.Err() == nil {
				slog.Error("the database's pages", "error", err)
			}
			if err := b.store.SweepFiles(now); err != nil {
				slog.Warn("what was left of files is taken away later", "error", err)
			}
		}
	}
}

// mend goes on with a database that can be written, when the one in use cannot or is damaged.
func (b *Backend) mend(ctx context.Context) {
	switch {
	case b.store.Damaged():
		slog.Error("the database is damaged; going on from the last backup")
		err := b.store.Recover(ctx, b.clock.Now())
		b.fault("recovery", err)
		if err == nil {
			b.renewed(ctx)
		}
	case b.store.ReadOnly() != nil:
		err := b.store.Retry(ctx, b.clock.Now())
		b.fault("readonly", err)
		if err == nil {
			b.renewed(ctx)
		}
	case b.hasFault("log"):
		if err := b.store.Probe(ctx); err == nil {
			b.written(nil)
		}
	}
}

// renewed takes in that the database is another one now.
func (b *Backend) renewed(ctx context.Context) {
	if err := b.cockpit.Forget(ctx); err != nil {
		slog.Error("look at the new database", "error", err)
	}
	b.over.forget()
	b.past.forget()
	b.lookAside()
	b.fault("readonly", b.store.ReadOnly())
	if b.store.ReadOnly() == nil {
		b.written(nil)
	}
	b.stream.dismiss()
}

// keepRoom says when the disk is so full that only the reserve is left, and puts the
// reserve back when there is room again.
func (b *Backend) keepRoom() {
	if b.store.ReadOnly() != nil {
		return // which is said already
	}
	if b.hasFault("log") {
		b.fault("space", nil) // as is this
		return
	}
	err := store.Load(b.Data)
	if err == nil && store.Spent(b.Data) {
		if free, e := store.Free(b.Data); e == nil {
			err = fault.New(fault.Unreachable, "the disk that holds %s is almost full: %d MB are left", b.Data, free>>20).
				WithHint("free some space now; when it is full, nothing more can be saved there")
		}
	}
	b.fault("space", err)
}

// How far apart backups are. While an incident is open, only a database is copied that
// takes no time anybody would notice.
const (
	backupEvery = time.Hour
	backupSoon  = 10 * time.Minute // after the last incident has ended
	backupSmall = 64 << 20         // bytes
)

// backUp makes a backup when one is due.
func (b *Backend) backUp(ctx context.Context, now time.Time) error {
	if b.store.ReadOnly() != nil || b.store.Damaged() {
		return nil
	}
	all, err := store.Backups(b.Data)
	if err != nil {
		return err
	}
	var last time.Time
	for _, old := range all {
		if old.Before == 0 {
			last = old.At
			break
		}
	}
	at, err := b.store.LastAt(ctx)
	if err != nil || at <= last.UnixMilli() {
		return nil //nolint:nilerr // what cannot be read is said elsewhere
	}
	open, err := b.store.Open(ctx)
	if err != nil {
		return nil //nolint:nilerr // as above
	}
	apart := backupEvery
	if len(open) == 0 {
		apart = backupSoon
	} else if b.store.Size() > backupSmall {
		return nil
	}
	if gone := now.Sub(last); gone >= 0 && gone < apart {
		return nil
	}
	made, err := b.store.BackUp(ctx, now)
	if err == nil {
		slog.Info("backup", "file", filepath.Base(made.Path), "bytes", made.Size)
		return nil
	}
	if b.store.Damaged() {
		return nil // it is about to be mended
	}
	f := fault.Of(err)
	return fault.New(f.Code, "no backup could be made: %s", f.Message).WithHint("%s", f.Hint).WithCause(err)
}

func (b *Backend) hasFault(room string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, ok := b.faults[room]
	return ok
}

// sayUnwritten tells the desktop that the log cannot be written: the window may not be
// in front.
func (b *Backend) sayUnwritten(err error) {
	if b.notifier == nil {
		return
	}
	f := fault.Of(err)
	b.errands.add(&b.done, "log", func() {
		err := b.notifier.Show(context.Background(), notify.Message{Key: "log", Title: "Not saved", Body: f.Message + ". " + f.Hint + ".", Urgency: notify.Critical})
		if err != nil {
			slog.Warn("could not say that the log cannot be written", "error", err)
		}
	})
}
