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

// Retry looks whether a database that can only be read just now can be written, and
// goes on with it if so, recovering from damage as OpenOrRecover does. The answer is
// why not. Only the backend calls it.
func (s *Store) Retry(ctx context.Context, now time.Time) error {
	if s.why.Load() == nil {
		return nil
	}
	if _, err := os.Stat(s.path); errors.Is(err, fs.ErrNotExist) {
		if err := s.rewrite(ctx); err != nil {
			return s.explain(err)
		}
	}
	dir := filepath.Dir(s.path)
	if err := writable(dir); err != nil {
		return s.ReadOnly() // what it said before is still true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.as == reading {
		// What a process has mapped of a file is shared by its connections: as long as one
		// can only read, none can write.
		if err := s.unlink(); err != nil {
			return err
		}
		s.rdb.SetMaxIdleConns(0)
		s.rdb.SetMaxIdleConns(readersMost)
	}
	fresh, err := OpenOrRecover(ctx, dir, now)
	if err != nil {
		s.why.Store(fault.Of(err))
		return err
	}
	return errors.Join(s.adopt(fresh), s.ReadOnly())
}

// writable finds out whether a folder takes as much as a note needs.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".probe-")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, 256<<10))
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

// rewrite puts a database in its place again that somebody took away: it is still
// open here.
func (s *Store) rewrite(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := vacuum(ctx, s.wdb, s.path)
	return err
}

// Recover goes on with a database made anew, once a page has been found damaged; see
// the function Recover. What cannot be written anew is read from the last good backup.
// Only the backend calls it.
func (s *Store) Recover(ctx context.Context, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.stmts.begin.ExecContext(ctx) // keeps other processes from writing what nobody would read; a damaged file may refuse even this
	dir := filepath.Dir(s.path)
	_, err := Recover(ctx, dir, now)
	if isFull(err) && spend(dir) {
		_, err = Recover(ctx, dir, now)
	}
	var fresh *Store
	if err == nil {
		fresh, err = Open(ctx, dir)
	} else {
		fresh, err = lastBackup(ctx, dir, fault.Of(err))
	}
	if err != nil {
		_, _ = s.stmts.rollback.ExecContext(ctx) // of what began above, if it did
		s.damaged.Store(false)                   // until another page is met
		return err
	}
	return s.adopt(fresh)
}

// adopt goes on with the files that another store has open. Readers end with what they
// are doing on the old ones. The caller holds mu.
func (s *Store) adopt(fresh *Store) error {
	err := s.unlink()
	s.pool, s.wdb, s.stmts, s.writer, s.mark, s.as, s.copied = fresh.pool, fresh.wdb, fresh.stmts, fresh.writer, fresh.mark, fresh.as, fresh.copied
	s.last = parsed{}
	s.readers.point(fresh.readers.dsn)
	s.why.Store(fresh.why.Load())
	s.damaged.Store(false)
	err = errors.Join(err, fresh.watch.Close(), fresh.rdb.Close())
	ctx := context.Background()
	var again error
	if s.watch, again = s.rdb.Conn(ctx); again == nil {
		s.version, again = s.dataVersion(ctx)
	}
	return errors.Join(err, again)
}

// there finds out whether the file that was just written is still the folder's
// database: what went into one that was taken away or replaced meanwhile is not kept.
func (s *Store) there() error {
	mark, err := fileMark(s.path)
	if err == nil && mark == s.mark {
		return nil
	}
	f := fault.New(fault.Unreachable, "%s was taken away or replaced while it was open", s.path).WithHint("try once more").WithCause(err)
	s.why.Store(f)
	return f
}

// Probe writes something durably that changes nothing, as large as a long note with all
// that comes with it: whether the log can be written.
func (s *Store) Probe(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.wdb.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES ('probe', hex(randomblob(32768)))")
	if err == nil {
		err = s.there()
	}
	return s.explain(err)
}
