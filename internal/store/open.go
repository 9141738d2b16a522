package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"github.com/google/uuid"
	"github.com/mattn/go-sqlite3"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

//go:embed migrations/*.sql
var migrations embed.FS

// FileName is the database's name in the data folder.
const FileName = "quarterdeck.db"

// driver is go-sqlite3 with the one pragma that its DSN cannot say: the cockpit
// checkpoints by itself, off the path of a key press.
const driver = "sqlite3_quarterdeck"

var register = sync.OnceFunc(func() {
	sql.Register(driver, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec("PRAGMA wal_autocheckpoint = 0", nil)
		return err
	}})
})

// Store is an open database. Its methods are safe for concurrent use.
type Store struct {
	path    string
	pool    *sql.DB    // of the one connection that writes
	wdb     *sql.Conn  // that one
	mu      sync.Mutex // held by whoever uses it once the store is open
	rdb     *sql.DB    // a few, query only
	writer  incident.ID
	stmts   statements
	last    parsed
	version int64 // last PRAGMA data_version seen
	watch   *sql.Conn
}

// parsed is the row that a note wrote last, as text and as read: the next note mostly
// finds just that text in the table, and reading it anew costs a tenth of a note.
type parsed struct {
	text []byte
	row  incident.Row
}

// Open opens the database in dir, creating and migrating it as needed. The folder
// must exist. Faults: Refused for a newer database or a network file system,
// Unreachable when the file is locked, read-only or damaged.
func Open(ctx context.Context, dir string) (*Store, error) {
	register()
	if err := local(dir); err != nil {
		return nil, err
	}
	s := &Store{path: filepath.Join(dir, FileName)}
	if err := s.open(ctx); err != nil {
		s.Close()
		return nil, explain(s.path, err)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) (err error) {
	if f, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return err
	} else if err := f.Close(); err != nil {
		return err
	}
	if s.pool, err = sql.Open(driver, dsn(s.path, "_txlock=immediate")); err != nil {
		return err
	}
	s.pool.SetMaxOpenConns(1)
	if s.wdb, err = s.pool.Conn(ctx); err != nil {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if s.rdb, err = sql.Open(driver, dsn(s.path, "_query_only=true")); err != nil {
		return err
	}
	s.rdb.SetMaxOpenConns(4)
	s.rdb.SetMaxIdleConns(4)
	if err := s.identify(ctx); err != nil {
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
	return s.refresh(ctx)
}

// cache is that of each connection, in KiB, negative as SQLite wants it.
const cache = -16000

// dsn carries every pragma, so that each pooled connection has them all.
func dsn(path, more string) string {
	u := url.URL{Scheme: "file", Path: path}
	return u.String() + "?_journal_mode=WAL&_synchronous=FULL&_foreign_keys=true&_busy_timeout=5000" +
		"&_recursive_triggers=true&_secure_delete=true" + fmt.Sprintf("&_cache_size=%d&", cache) + more
}

// identify reads the writer's id, minting it for a new file and for one that was
// copied: two files that write under one id would make chains that contradict.
func (s *Store) identify(ctx context.Context) error {
	file, err := fileMark(s.path)
	if err != nil {
		return err
	}
	tx, err := s.wdb.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	var writer, mark string
	err = tx.QueryRowContext(ctx, `SELECT coalesce((SELECT value FROM meta WHERE key = 'writer'), ''), coalesce((SELECT value FROM meta WHERE key = 'file'), '')`).Scan(&writer, &mark)
	if err != nil {
		return fmt.Errorf("read writer: %w", err)
	}
	if s.writer, err = incident.ParseID(writer); err != nil {
		return err
	}
	if writer != "" && mark == file {
		return nil
	}
	if s.writer, err = NewID(); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES ('writer', ?), ('file', ?)", s.writer.String(), file); err != nil {
		return fmt.Errorf("mint writer: %w", err)
	}
	return tx.Commit()
}

// refresh makes the caches anew when another version made them.
func (s *Store) refresh(ctx context.Context) error {
	var made string
	err := s.wdb.QueryRowContext(ctx, "SELECT coalesce((SELECT value FROM meta WHERE key = 'caches'), '')").Scan(&made)
	if err != nil {
		return fmt.Errorf("read the caches' version: %w", err)
	}
	if made == incident.CacheVersion {
		return nil
	}
	if err := s.Rebuild(ctx); err != nil {
		return err
	}
	if _, err := s.wdb.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES ('caches', ?)", incident.CacheVersion); err != nil {
		return fmt.Errorf("write the caches' version: %w", err)
	}
	return nil
}

// Writer is the id under which this database writes.
func (s *Store) Writer() incident.ID { return s.writer }

// Path is the database file.
func (s *Store) Path() string { return s.path }

// Close closes the database. It may be called on a store that failed to open.
func (s *Store) Close() error {
	var errs []error
	errs = append(errs, s.stmts.close())
	if s.watch != nil {
		errs = append(errs, s.watch.Close())
	}
	if s.rdb != nil {
		errs = append(errs, s.rdb.Close())
	}
	if s.wdb != nil {
		errs = append(errs, s.wdb.Close())
	}
	if s.pool != nil {
		errs = append(errs, s.pool.Close())
	}
	return errors.Join(errs...)
}

// migrate brings the schema up to this version, one transaction a step, and sets a
// copy of an existing database aside first.
func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var have int
	if err := s.wdb.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have > len(files) {
		return fault.New(fault.Refused, "%s was written by a newer Quarterdeck (format %d, this one knows %d)", s.path, have, len(files)).
			WithHint("install the newer version; the file has not been touched")
	}
	if have > 0 && have < len(files) {
		aside := fmt.Sprintf("%s.before-%d", s.path, have+1)
		if _, err := s.wdb.ExecContext(ctx, "VACUUM INTO ?", aside); err != nil {
			return fmt.Errorf("set a copy aside: %w", err)
		}
	}
	for i := have; i < len(files); i++ {
		if err := s.step(ctx, files[i], i+1); err != nil {
			return fmt.Errorf("migrate to %d: %w", i+1, err)
		}
	}
	return nil
}

func (s *Store) step(ctx context.Context, file string, to int) error {
	script, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	tx, err := s.wdb.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	var have int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have >= to {
		return nil // another process was quicker
	}
	if _, err := tx.ExecContext(ctx, string(script)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", to)); err != nil {
		return err
	}
	return tx.Commit()
}

// NewID mints an id: a UUIDv7.
func NewID() (incident.ID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return incident.ID{}, fmt.Errorf("store: mint an id: %w", err)
	}
	return incident.ID(id), nil
}

// newSalt is what makes the digest of a short text unguessable.
func newSalt() ([]byte, error) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return nil, fmt.Errorf("salt: %w", err)
	}
	return salt, nil
}
