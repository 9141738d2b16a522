package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// The words of a record go into the index in the transaction that writes it. An index that
// was emptied, by a migration or a rebuild, is filled from the newest record backwards, in
// slices between which others write: a million records take a minute or two, in which
// everything goes on but for what is not found yet. Up to which cursor nothing is in it
// stands in meta and changes with each slice: whoever was killed goes on where it was.
//
// A migration that makes the index anew fills nothing. It sets the mark:
//
//	INSERT OR REPLACE INTO meta SELECT 'unindexed', max(cursor) FROM record HAVING max(cursor) > 0;

const (
	unindexed   = "unindexed"    // the mark's key in meta; without a row everything is in the index
	indexSlice  = 1000           // records that one slice looks at
	indexAtOnce = 8 * indexSlice // so few are not left for later when the store is opened
)

// Unindexed is how many of the log's records are still to be put into the index, the
// oldest ones; 0 = it is whole.
func (s *Store) Unindexed(ctx context.Context) (int64, error) {
	n, err := markOf(ctx, s.rdb)
	return n, s.explain(err)
}

// rower is the database or its one connection.
type rower interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func markOf(ctx context.Context, q rower) (n int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?", unindexed).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}

// Index puts the words of one more slice of the log into the index, if any are missing,
// and reports whether there are more. Whoever calls it again waits a little in between,
// or other processes would not get a turn.
func (s *Store) Index(ctx context.Context) (more bool, err error) {
	if s.ReadOnly() != nil {
		return false, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	more, err = s.index(ctx, indexSlice)
	if err != nil {
		return false, s.explain(fmt.Errorf("store: fill the index: %w", err))
	}
	return more, nil
}

// index is Index for a slice of so many records. The caller holds mu.
func (s *Store) index(ctx context.Context, size int64) (more bool, err error) {
	if to, err := markOf(ctx, s.wdb); err != nil || to == 0 {
		return false, err // mostly: without a transaction
	}
	err = s.transaction(ctx, func() error {
		to, err := markOf(ctx, s.wdb) // another process may have been at it
		if err != nil || to == 0 {
			return err
		}
		from := max(0, to-size)
		// In one transaction the index wants ascending numbers.
		if _, err := s.wdb.ExecContext(ctx, "INSERT INTO search (rowid, text) SELECT cursor, text FROM body WHERE cursor > ? AND cursor <= ? AND text <> '' ORDER BY cursor", from, to); err != nil {
			return err
		}
		more = from > 0
		return s.setMark(ctx, from)
	})
	if err != nil || !more {
		return false, err
	}
	// A slice leaves a part of the index behind, and a search looks into every part.
	_, err = s.merge(ctx, mergePages)
	return true, errors.Join(err, s.checkpoint(ctx))
}

// indexRest puts what is missing into the index while the store is opened, when that takes
// no time worth speaking of.
func (s *Store) indexRest(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	left, err := markOf(ctx, s.wdb)
	if err == nil && left > 0 && left <= indexAtOnce {
		_, err = s.index(ctx, indexAtOnce)
	}
	return err
}

// setMark says up to which cursor nothing is in the index; 0 = everything is.
func (s *Store) setMark(ctx context.Context, to int64) (err error) {
	if to == 0 {
		_, err = s.wdb.ExecContext(ctx, "DELETE FROM meta WHERE key = ?", unindexed)
	} else {
		_, err = s.wdb.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES (?, ?)", unindexed, fmt.Sprint(to))
	}
	return err
}

const (
	mergePages = 100    // of the index that one slice of merging writes, about: 10 to 25 ms
	mergeLeast = 10_000 // records more than at the last time, and a fourth of all, are worth making one part of the index
)

// Merge goes on with making fewer parts of the search index, of which every record brings
// one, and reports whether there is more to do. From time to time all become one. Only the
// backend calls it, when nobody types, and waits a little in between.
func (s *Store) Merge(ctx context.Context) (more bool, err error) {
	if s.ReadOnly() != nil {
		return false, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	more, err = s.merge(ctx, mergePages)
	if err == nil && !more {
		more, err = s.mergeAll(ctx)
	}
	if err == nil && more {
		err = s.checkpoint(ctx)
	}
	if err != nil {
		return false, s.explain(fmt.Errorf("store: merge search: %w", err))
	}
	return more, nil
}

// merge does as much as some pages of what merging there is to do: parts of about the same
// size, four or more, become one, and what was begun is ended.
func (s *Store) merge(ctx context.Context, pages int) (more bool, err error) {
	err = s.transaction(ctx, func() error {
		var before, after int
		if err := s.wdb.QueryRowContext(ctx, "SELECT total_changes()").Scan(&before); err != nil {
			return err
		}
		if _, err := s.wdb.ExecContext(ctx, "INSERT INTO search (search, rank) VALUES ('merge', ?)", pages); err != nil {
			return err
		}
		err := s.wdb.QueryRowContext(ctx, "SELECT total_changes()").Scan(&after)
		more = after-before > 1 // so FTS5 says that there was something to do
		return err
	})
	return more, err
}

// mergeAll begins to make one part of all, when many records came since it was done last.
func (s *Store) mergeAll(ctx context.Context) (begun bool, err error) {
	var last, merged int64
	err = s.wdb.QueryRowContext(ctx, "SELECT coalesce(max(cursor), 0), coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'merged'), 0) FROM record").Scan(&last, &merged)
	if err != nil || last-merged < max(mergeLeast, last/4) {
		return false, err
	}
	err = s.transaction(ctx, func() error {
		// A number below zero begins with all parts, whatever their sizes.
		if _, err := s.wdb.ExecContext(ctx, "INSERT INTO search (search, rank) VALUES ('merge', ?)", -mergePages); err != nil {
			return err
		}
		_, err := s.wdb.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES ('merged', ?)", fmt.Sprint(last))
		return err
	})
	return err == nil, err
}

// checkpoint writes what is in the write-ahead log to the file, as far as readers let it.
func (s *Store) checkpoint(ctx context.Context) error {
	var busy, frames, done int
	return s.wdb.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &frames, &done)
}
