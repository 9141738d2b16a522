package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/mattn/go-sqlite3"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Content is what a database holds.
type Content struct {
	Format    int   // the number of its last migration
	Incidents int   //
	Records   int   //
	Last      int64 // the highest cursor; 0 = none
	Until     int64 // when the latest record was written, in ms UTC; 0 = none

	Files int      // attached files that it carries
	Lacks []string // the names of those that it should and does not
}

// Inspect reads a database file that nobody has open, changes nothing in it, and
// answers with what is in it when it is whole: its pages, and the chain of every
// incident. Faults: Invalid for a file that is no database of ours, Refused for one
// that is damaged, of a newer version, or not as it was written.
func Inspect(ctx context.Context, path string) (c Content, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return c, fault.New(fault.NotFound, "there is no file %s", path).WithHint("check its name; qd backup list shows the copies of the data folder")
	}
	if err := tooNew(path); err != nil {
		return c, err
	}
	as := reading
	if info, err := os.Stat(path + "-wal"); err != nil || info.Size() == 0 {
		as = frozen
	}
	db, _ := pool(path, as, "", 1)
	defer db.Close()
	c, err = inspect(ctx, db)
	var known *fault.Error
	switch {
	case err == nil, errors.As(err, &known):
		return c, err
	case errors.Is(err, errForeign), isForeign(err):
		return c, fault.Input("file", "%s is no database of Quarterdeck's, or no longer", path).WithHint("name a file that qd backup wrote, or one of the backups in the data folder")
	case Damaged(err):
		return c, fault.New(fault.Refused, "%s is damaged", path).WithHint("take another backup; qd backup list shows those of the data folder").WithCause(err)
	}
	return c, explain(path, fmt.Errorf("store: inspect %s: %w", path, err))
}

func isForeign(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code == sqlite3.ErrNotADB
}

var errForeign = errors.New("no database of ours")

func inspect(ctx context.Context, db *sql.DB) (c Content, err error) {
	var ours bool
	err = db.QueryRowContext(ctx, "SELECT count(*) = 3 FROM sqlite_schema WHERE type = 'table' AND name IN ('record', 'body', 'meta')").Scan(&ours)
	if err != nil {
		return c, err
	}
	if !ours {
		return c, errForeign
	}
	if err := soundPages(ctx, db, "quick_check"); err != nil {
		return c, err
	}
	err = db.QueryRowContext(ctx, `SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(DISTINCT incident) FROM record),
		count(*), coalesce(max(cursor), 0), coalesce(max(recorded_at), 0) FROM record`).Scan(&c.Format, &c.Incidents, &c.Records, &c.Last, &c.Until)
	if err != nil {
		return c, err
	}
	ids, err := incidents(ctx, db)
	if err != nil {
		return c, err
	}
	for _, id := range ids {
		recs, err := records(ctx, db, "WHERE r.incident = ?", id[:])
		if err != nil {
			return c, err
		}
		if ok, bad, why := incident.Verify(recs); !ok {
			return c, fault.New(fault.Refused, "the record is not as it was written: %s: %s", bad, why).WithHint("keep the file; compare with an export or another copy of it")
		}
	}
	c.Files, c.Lacks, err = carried(ctx, db)
	return c, err
}

// errUnsound says what a check of the pages has found.
type errUnsound struct{ found string }

// Error implements error.
func (e errUnsound) Error() string { return "damaged pages: " + e.found }

// soundPages has SQLite look at its pages, with quick_check or integrity_check.
func soundPages(ctx context.Context, q querier, check string) error {
	rows, err := q.QueryContext(ctx, "PRAGMA "+check+"(10)")
	if err != nil {
		return err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			found = append(found, line)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(found) > 0 {
		return errUnsound{strings.Join(found, "; ")}
	}
	return nil
}

// Check looks at everything that the database says of itself: the pages, the indices,
// the search index, and whether that has every record with words. It takes seconds for
// a million records. The fault is Refused when something does not fit.
func (s *Store) Check(ctx context.Context) error {
	return s.explain(s.check(ctx))
}

func (s *Store) check(ctx context.Context) error {
	if err := soundPages(ctx, s.rdb, "integrity_check"); err != nil {
		return err
	}
	var indexed, worded int
	left, err := markOf(ctx, s.rdb)
	if err != nil {
		return err
	}
	err = s.rdb.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM search_docsize WHERE id > ?1), (SELECT count(*) FROM body WHERE text <> '' AND cursor > ?1)", left).Scan(&indexed, &worded)
	if err != nil {
		return err
	}
	if indexed != worded {
		return fault.New(fault.Refused, "the search index has %d records of %d", indexed, worded).WithHint("qd rebuild makes it anew from the log")
	}
	if s.ReadOnly() != nil {
		return nil // SQLite takes the check of a search index for writing
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = s.wdb.ExecContext(ctx, "INSERT INTO search (search) VALUES ('integrity-check')")
	return err
}

// Sound has SQLite look at its pages, beside whoever writes: what it finds is
// remembered by Damaged.
func (s *Store) Sound(ctx context.Context) error {
	return s.explain(soundPages(ctx, s.rdb, "quick_check"))
}
