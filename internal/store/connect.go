package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"

	"github.com/mattn/go-sqlite3"
)

// access is how a file is opened.
type access string

const (
	writing access = "&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=true&_recursive_triggers=true&_secure_delete=true"
	reading access = "&mode=ro"
	// frozen reads a file that nobody can write and beside which no log lies: it asks
	// for no shared memory, which a full disk or a read-only folder would refuse.
	frozen access = "&mode=ro&immutable=1"
)

// The driver is go-sqlite3 with the one pragma that its DSN cannot say: the cockpit
// checkpoints by itself, off the path of a key press.
var plain = &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
	_, err := c.Exec("PRAGMA wal_autocheckpoint = 0", nil)
	return err
}}

// cache is that of each connection, in KiB, negative as SQLite wants it.
const cache = -16000

// dsn carries every pragma, so that each pooled connection has them all.
func dsn(path string, as access, more string) string {
	u := url.URL{Scheme: "file", Path: path}
	return u.String() + fmt.Sprintf("?_busy_timeout=5000&_cache_size=%d", cache) + string(as) + more
}

// source is where a pool has its connections from. It can be pointed at another file:
// connections to the one before end with what they are doing.
type source struct {
	mu   sync.Mutex
	dsn  string
	turn atomic.Int64 // how often it was pointed elsewhere
}

// connected is a connection that knows for which turn it was made.
type connected struct {
	*sqlite3.SQLiteConn
	turn int64
	now  *atomic.Int64
}

// IsValid implements driver.Validator: a pool keeps no connection to a file of the past.
func (c *connected) IsValid() bool { return c.turn == c.now.Load() }

// ResetSession implements driver.SessionResetter, which is asked before a connection is used again.
func (c *connected) ResetSession(context.Context) error {
	if !c.IsValid() {
		return driver.ErrBadConn
	}
	return nil
}

// Connect implements driver.Connector.
func (c *source) Connect(context.Context) (driver.Conn, error) {
	c.mu.Lock()
	dsn, turn := c.dsn, c.turn.Load()
	c.mu.Unlock()
	conn, err := plain.Open(dsn)
	if err != nil {
		return nil, err
	}
	return &connected{conn.(*sqlite3.SQLiteConn), turn, &c.turn}, nil
}

// Driver implements driver.Connector.
func (c *source) Driver() driver.Driver { return plain }

// point makes every connection from now on one to another file.
func (c *source) point(dsn string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dsn = dsn
	c.turn.Add(1)
}

// pool opens a pool of at most n connections.
func pool(path string, as access, more string, n int) (*sql.DB, *source) {
	from := &source{dsn: dsn(path, as, more)}
	db := sql.OpenDB(from)
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, from
}
