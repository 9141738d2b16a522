package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"quarterdeck/internal/fault"
)

// Backup is one copy of the database in the folder's list.
type Backup struct {
	Path   string
	At     time.Time // when it was made, UTC, to the second; for one made before a migration, when its file was written
	Size   int64     // bytes
	Before int       // the format whose migration it was made before; 0 = made by the schedule
}

// backups is the list's place in the data folder.
const (
	backups    = "backups"
	madeOn     = "quarterdeck-"
	madeBefore = "before-format-"
	stampForm  = "20060102T150405Z"
)

// Backups are the copies in a data folder's list, the latest first.
func Backups(dir string) ([]Backup, error) {
	found, err := os.ReadDir(filepath.Join(dir, backups))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, explain(dir, fmt.Errorf("store: list backups: %w", err))
	}
	var out []Backup
	for _, e := range found {
		name, isDB := strings.CutSuffix(e.Name(), ".db")
		info, err := e.Info()
		if !isDB || err != nil {
			continue // taken away meanwhile
		}
		b := Backup{Path: filepath.Join(dir, backups, e.Name()), Size: info.Size()}
		if stamp, ok := strings.CutPrefix(name, madeOn); ok {
			b.At, err = time.Parse(stampForm, stamp)
		} else if format, ok := strings.CutPrefix(name, madeBefore); ok {
			b.Before, err = strconv.Atoi(format)
			b.At = info.ModTime().UTC().Truncate(time.Second)
		} else {
			continue
		}
		if err == nil {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b Backup) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.Path, a.Path)) })
	return out, nil
}

// kept is how many copies the schedule leaves in the list.
const kept = 10

// BackUp adds a copy to the folder's list, and takes the oldest off when there are more
// than ten. One made before a migration stays.
func (s *Store) BackUp(ctx context.Context, now time.Time) (Backup, error) {
	dir := filepath.Dir(s.path)
	b := Backup{Path: filepath.Join(dir, backups, madeOn+now.UTC().Format(stampForm)+".db"), At: now.UTC().Truncate(time.Second)}
	if err := os.Mkdir(filepath.Dir(b.Path), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return b, explain(s.path, fmt.Errorf("store: make the folder for backups: %w", err))
	}
	if _, err := s.Copy(ctx, b.Path); err != nil {
		return b, err
	}
	if info, err := os.Stat(b.Path); err == nil {
		b.Size = info.Size()
	}
	all, err := Backups(dir)
	n := 0
	for _, old := range all {
		if old.Before != 0 {
			continue
		}
		if n++; n > kept {
			err = errors.Join(err, os.Remove(old.Path))
		}
	}
	return b, explain(s.path, err)
}

// Copy writes a copy of the database to a file that must not exist yet, and answers
// with what is in it once it has been read back and found whole. A copy has no writer:
// whoever opens it gets one of their own. Nothing that was redacted is in its pages.
// Faults: Unreachable when it cannot be written there, Refused when the database is
// not sound.
func (s *Store) Copy(ctx context.Context, to string) (Content, error) {
	return s.copyTo(ctx, to)
}

func (s *Store) copyTo(ctx context.Context, to string, more ...func(ctx context.Context, part string) error) (Content, error) {
	if _, err := os.Lstat(to); err == nil {
		return Content{}, fault.Input("file", "%s is there already", to).WithHint("name a new file")
	}
	conn, err := s.rdb.Conn(ctx)
	if err != nil {
		return Content{}, s.explain(fmt.Errorf("store: back up: %w", err))
	}
	// A copy changes nothing here, but SQLite takes writing one for writing.
	_, err = conn.ExecContext(ctx, "PRAGMA query_only = 0")
	var c Content
	if err == nil {
		c, err = vacuum(ctx, conn, to, more...)
	}
	_, back := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only = 1")
	err = errors.Join(err, back, conn.Close())
	switch {
	case isFull(err):
		return c, fault.New(fault.Unreachable, "there is no room for a backup at %s", to).WithHint("free some space, or name a file on another disk").WithCause(err)
	case isReadOnly(err), errors.Is(err, fs.ErrNotExist):
		return c, fault.New(fault.Unreachable, "%s cannot be written", to).WithHint("name a file in a folder that you may write to").WithCause(err)
	}
	if err != nil {
		return c, s.explain(fmt.Errorf("store: back up to %s: %w", to, err))
	}
	return c, nil
}

// vacuum is Copy over one connection: written aside, read back, synced and renamed.
// more is done to the copy before it is read back.
func vacuum(ctx context.Context, conn *sql.Conn, to string, more ...func(ctx context.Context, part string) error) (c Content, err error) {
	part := to + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // SQLite takes an empty file
	if err != nil {
		return c, err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(part) // what is wrong has been said
		}
	}()
	if err := f.Close(); err != nil {
		return c, err
	}
	if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return c, err
	}
	if err := change(ctx, part, "DELETE FROM meta WHERE key IN ('writer', 'file')"); err != nil {
		return c, err
	}
	for _, do := range more {
		if err := do(ctx, part); err != nil {
			return c, err
		}
	}
	if c, err = Inspect(ctx, part); err != nil {
		return c, err
	}
	if err := syncFile(part); err != nil {
		return c, err
	}
	if err := os.Rename(part, to); err != nil {
		return c, err
	}
	return c, syncFile(filepath.Dir(to))
}

// change opens a file that is nobody's database yet, and carries out statements on it.
func change(ctx context.Context, path string, statements ...string) error {
	db, _ := pool(path, "&_synchronous=FULL&_secure_delete=true", "", 1)
	var errs []error
	for _, q := range statements {
		_, err := db.ExecContext(ctx, q)
		errs = append(errs, err)
	}
	return errors.Join(append(errs, db.Close())...)
}

// syncFile waits until a file or a folder is on disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// backupBefore sets a copy aside before a migration; the writer's connection is all
// that there is by then. One that an earlier try has left is made anew.
func (s *Store) backupBefore(ctx context.Context, format int) error {
	dir := filepath.Join(filepath.Dir(s.path), backups)
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	_, err := vacuum(ctx, s.wdb, filepath.Join(dir, fmt.Sprintf("%s%d.db", madeBefore, format)))
	return err
}
