package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// FileName is the database's name in the data folder.
const FileName = "quarterdeck.db"

// Store is an open database. Its methods are safe for concurrent use.
type Store struct {
	path string // where it belongs, and is unless it had to go on elsewhere

	rdb     *sql.DB // a few, query only
	readers *source

	why     atomic.Pointer[fault.Error] // why it is open to read only; nil when it can be written
	damaged atomic.Bool                 // SQLite has met a page that is none

	mu      sync.Mutex // held by whoever uses what follows once the store is open
	pool    *sql.DB    // of the one connection that writes
	wdb     *sql.Conn  // that one
	writer  incident.ID
	mark    string // tells the file from its copies
	stmts   statements
	last    parsed
	folds   folds
	version int64 // last PRAGMA data_version seen
	watch   *sql.Conn
	as      access // how the file is open
	copied  string // the folder in memory that a file was copied to, to be read
}

// parsed is the row that a note wrote last, as text and as read: the next note mostly
// finds just that text in the table, and reading it anew costs a tenth of a note.
type parsed struct {
	text []byte
	row  incident.Row
}

// readersMost is how many connections read at once.
const readersMost = 4

// Open opens the database in dir, creating and migrating it as needed. The folder
// must exist. Where it cannot be written, because the disk is full or to be read only,
// it is opened to be read, and ReadOnly says why. Faults: Refused for a newer database,
// a network file system and a damaged file, Unreachable when the file is locked or
// cannot even be read.
func Open(ctx context.Context, dir string) (*Store, error) {
	if err := Local(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, FileName)
	if err := tooNew(path); err != nil {
		return nil, err
	}
	s, err := link(ctx, path, writing)
	if isFull(err) && spend(dir) {
		s, err = link(ctx, path, writing)
	}
	if isFull(err) || isReadOnly(err) {
		r, none := toRead(ctx, path, fault.Of(explain(path, err)))
		if none == nil {
			return r, nil
		}
		if Damaged(none) {
			err = none
		}
	}
	return s, explain(path, err)
}

// link opens one file in one way; its errors are not explained.
func link(ctx context.Context, path string, as access) (*Store, error) {
	s := &Store{path: path, as: as, folds: folds{}}
	if err := s.open(ctx, as); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, as access) (err error) {
	if as == writing {
		if f, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
			return err
		} else if err := f.Close(); err != nil {
			return err
		}
	} else if _, err := os.Stat(s.path); err != nil {
		return err
	}
	s.pool, _ = pool(s.path, as, "&_txlock=immediate", 1)
	if s.wdb, err = s.pool.Conn(ctx); err != nil {
		return err
	}
	if err := s.migrate(ctx, as == writing); err != nil {
		return err
	}
	more := as + "&_stmt_cache_size=32" // to read a search's SQL costs as much as to look for a word
	if as == writing {
		more += "&mode=rw&_query_only=true" // a file that is gone is not made anew by looking for it
	}
	s.rdb, s.readers = pool(s.path, more, "", readersMost)
	if err := s.identify(ctx, as == writing); err != nil {
		return err
	}
	if s.watch, err = s.rdb.Conn(ctx); err != nil {
		return err
	}
	if s.version, err = s.dataVersion(ctx); err != nil {
		return err
	}
	if err := s.stmts.prepare(ctx, s.wdb); err != nil {
		return err
	}
	if err := s.refresh(ctx, as == writing); err != nil || as != writing {
		return err
	}
	if err := s.indexRest(ctx); err != nil {
		return err
	}
	if err := s.unpack(ctx); err != nil { // a cockpit without its files is still one; the next start tries again
		slog.Warn("store: the files that a copy carries are not unpacked", "error", err)
	}
	return nil
}

// refresh takes in caches that another version made. A log of a million records would
// take a minute to fold, in which nothing rings: only what is open and what heads the list
// is made anew at once. The rest is left without, and Freshen makes it when there is time;
// until then it is folded when it is asked for.
func (s *Store) refresh(ctx context.Context, write bool) error {
	var made string
	err := s.wdb.QueryRowContext(ctx, "SELECT coalesce((SELECT value FROM meta WHERE key = 'caches'), '')").Scan(&made)
	if err != nil {
		return fmt.Errorf("read the caches' version: %w", err)
	}
	if made == incident.CacheVersion {
		return nil
	}
	if !write {
		return errOlder
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err = s.transaction(ctx, func() error {
		for _, q := range []string{"DELETE FROM folded", "UPDATE incident SET row = ''"} {
			if _, err := s.wdb.ExecContext(ctx, q); err != nil {
				return fmt.Errorf("%.40q: %w", q, err)
			}
		}
		if _, err := s.refoldSome(ctx, "ORDER BY open DESC, declared DESC LIMIT max(20, (SELECT count(*) FROM incident WHERE open = 1))"); err != nil {
			return err
		}
		_, err := s.wdb.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES ('caches', ?)", incident.CacheVersion)
		return err
	})
	if err != nil {
		return s.explain(fmt.Errorf("store: take in older caches: %w", err))
	}
	return nil
}

// ReadOnly is why the database is open to be read only; nil when it can be written.
func (s *Store) ReadOnly() error {
	if f := s.why.Load(); f != nil {
		return f
	}
	return nil
}

// Damaged reports whether SQLite has met a damaged page since the store was opened.
func (s *Store) Damaged() bool { return s.damaged.Load() }

// Path is the database file.
func (s *Store) Path() string { return s.path }

// Close closes the database. It may be called on a store that failed to open.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.unlink()
	if s.rdb != nil {
		err = errors.Join(err, s.rdb.Close())
	}
	return err
}

// unlink closes everything but the pool of readers. The caller holds mu.
func (s *Store) unlink() error {
	errs := []error{s.stmts.close()}
	if s.watch != nil {
		errs = append(errs, hangUp(s.watch))
	}
	if s.wdb != nil {
		errs = append(errs, hangUp(s.wdb))
	}
	if s.pool != nil {
		errs = append(errs, s.pool.Close())
	}
	if s.copied != "" {
		errs = append(errs, os.RemoveAll(s.copied))
	}
	return errors.Join(errs...)
}

// hangUp closes a connection, which may be closed already.
func hangUp(c *sql.Conn) error {
	if err := c.Close(); !errors.Is(err, sql.ErrConnDone) {
		return err
	}
	return nil
}
