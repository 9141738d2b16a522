package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// transaction runs fn between BEGIN IMMEDIATE and COMMIT on the writer's connection;
// when fn fails, nothing of it stays. The caller holds mu. It does by statements what
// database/sql does with a goroutine for each transaction, whose waking costs
// as much as writing a record does.
func (s *Store) transaction(ctx context.Context, fn func() error) error {
	if _, err := s.stmts.begin.ExecContext(ctx); err != nil {
		return err
	}
	open, whole := true, context.WithoutCancel(ctx) // an end that is cancelled half way would leave it open
	defer func() {
		if open {
			_, _ = s.stmts.rollback.ExecContext(whole) // fails where SQLite has rolled back by itself, on a full disk for one
		}
	}()
	if err := fn(); err != nil {
		return err
	}
	if _, err := s.stmts.commit.ExecContext(whole); err != nil {
		return err
	}
	open = false
	return nil
}

// statements are those of the path from a key press to the disk.
type statements struct {
	begin, commit, rollback, head, cursor, record, body, search, count *sql.Stmt
}

func (st *statements) prepare(ctx context.Context, db *sql.Conn) (err error) {
	for _, p := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&st.begin, "BEGIN IMMEDIATE"},
		{&st.commit, "COMMIT"},
		{&st.rollback, "ROLLBACK"},
		{&st.head, `SELECT coalesce(r.n, 0), r.hash, i.row, coalesce(i.hlc, 0) FROM (SELECT 1)
			LEFT JOIN (SELECT n, hash FROM record WHERE incident = ?1 AND writer = ?2 ORDER BY n DESC LIMIT 1) r
			LEFT JOIN incident i ON i.id = ?1`},
		{&st.cursor, "SELECT coalesce(max(cursor), 0) FROM record WHERE incident = ?"},
		{&st.record, "INSERT INTO record (id, incident, writer, n, hlc, at, tz, recorded_at, actor, kind, v, prev, digest, hash, sig) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
		{&st.body, "INSERT INTO body (cursor, salt, json) VALUES (?, ?, ?)"},
		{&st.search, "INSERT INTO search (rowid, text) SELECT cursor, text FROM body WHERE cursor = ? AND text <> ''"},
		{&st.count, "UPDATE incident SET row = ?, hlc = ? WHERE id = ?"},
	} {
		if *p.to, err = db.PrepareContext(ctx, p.sql); err != nil {
			return fmt.Errorf("prepare %q: %w", p.sql, err)
		}
	}
	return nil
}

func (st *statements) close() error {
	var errs []error
	for _, p := range []*sql.Stmt{st.begin, st.commit, st.rollback, st.head, st.cursor, st.record, st.body, st.search, st.count} {
		if p != nil {
			errs = append(errs, p.Close())
		}
	}
	return errors.Join(errs...)
}
