package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"quarterdeck/internal/fault"
)

// Kit reads a kit that an incident was declared under, by its hash; the fault is NotFound.
func (s *Store) Kit(ctx context.Context, hash string) ([]byte, error) {
	var data []byte
	err := s.rdb.QueryRowContext(ctx, "SELECT data FROM kit WHERE hash = ?", hash).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "the kit %.12s is not here", hash)
	}
	return data, s.explain(err)
}

// LastKit reads the kit that KeepKit kept, and the folder it came from; both are empty
// when there is none.
func (s *Store) LastKit(ctx context.Context) (data []byte, folder string, err error) {
	var text string
	err = s.rdb.QueryRowContext(ctx, `SELECT coalesce((SELECT value FROM meta WHERE key = 'kit'), ''),
		coalesce((SELECT value FROM meta WHERE key = 'kit_folder'), '')`).Scan(&text, &folder)
	if err != nil {
		return nil, "", s.explain(fmt.Errorf("store: read the last kit: %w", err))
	}
	return []byte(text), folder, nil
}

// KeepKit keeps the last good kit of a folder, in the place of the one before; no data
// forgets it. It stands apart from the kits of incidents, which are kept for good: a
// kit that nobody declared under leaves nothing behind. What is there already costs no write.
func (s *Store) KeepKit(ctx context.Context, data []byte, folder string) error {
	kept, from, err := s.LastKit(ctx)
	if err != nil || string(kept) == string(data) && from == folder {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	query, args := "INSERT OR REPLACE INTO meta VALUES ('kit', ?), ('kit_folder', ?)", []any{string(data), folder}
	if len(data) == 0 {
		query, args = "DELETE FROM meta WHERE key IN ('kit', 'kit_folder')", nil
	}
	if _, err := s.wdb.ExecContext(ctx, query, args...); err != nil {
		return s.explain(fmt.Errorf("store: keep the kit: %w", err))
	}
	return nil
}
