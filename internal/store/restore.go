package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"quarterdeck/internal/fault"
)

// Restored is what Restore has done.
type Restored struct {
	Content
	Aside string // where the database that was there lies now, whole; empty when there was none
}

// Restore puts a copy in the place of a folder's database. The caller holds the
// folder's lock. The copy is read whole first, and is not changed. Whoever opens the
// folder next writes under another name, so that what was unfinished in the copy is
// held. Faults: Invalid for a file that is no database of ours, Refused for one that
// is not sound or newer, Unreachable when the folder cannot be written.
func Restore(ctx context.Context, dir, from string, now time.Time) (Restored, error) {
	path := filepath.Join(dir, FileName)
	if same(path, from) {
		return Restored{}, fault.Input("file", "%s is the database itself", from).WithHint("name a copy of it")
	}
	if _, err := Inspect(ctx, from); err != nil {
		return Restored{}, err
	}
	fresh := path + ".new"
	c, err := clone(ctx, from, fresh)
	if err != nil {
		return Restored{}, err
	}
	aside, err := replace(dir, fresh, replacedAside, now)
	return Restored{c, aside}, err
}

func same(a, b string) bool {
	ia, erra := os.Stat(a)
	ib, errb := os.Stat(b)
	return erra == nil && errb == nil && os.SameFile(ia, ib)
}

// clone copies a database that nobody has open, log and all, in the way of a backup.
func clone(ctx context.Context, from, to string) (c Content, err error) {
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, explain(to, err)
	}
	as := reading
	if info, err := os.Stat(from + "-wal"); err != nil || info.Size() == 0 {
		as = frozen
	}
	db, _ := pool(from, as, "", 1)
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return c, explain(from, err)
	}
	c, err = vacuum(ctx, conn, to)
	return c, explain(to, errors.Join(err, conn.Close()))
}
