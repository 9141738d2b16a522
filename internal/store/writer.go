package store

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/google/uuid"

	"quarterdeck/internal/incident"
)

// Writer is the id under which this database writes.
func (s *Store) Writer() incident.ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.writer
}

// identify reads the writer's id, minting it for a new file and for one that was
// copied: two files that write under one id would make chains that contradict. What
// the other writer left unfinished is not ours to finish. A file that can only be
// read keeps the id that it has.
func (s *Store) identify(ctx context.Context, write bool) error {
	file, err := fileMark(s.path)
	if err != nil {
		return err
	}
	s.mark = file
	var writer, mark string
	err = s.wdb.QueryRowContext(ctx, `SELECT coalesce((SELECT value FROM meta WHERE key = 'writer'), ''), coalesce((SELECT value FROM meta WHERE key = 'file'), '')`).Scan(&writer, &mark)
	if err != nil {
		return fmt.Errorf("read writer: %w", err)
	}
	if s.writer, err = incident.ParseID(writer); err != nil {
		return err
	}
	if !write || writer != "" && mark == file {
		return nil
	}
	return s.mint(ctx, file)
}

// mint gives the database a new writer, unless another process was quicker.
func (s *Store) mint(ctx context.Context, file string) error {
	fresh, err := NewID()
	if err != nil {
		return err
	}
	tx, err := s.wdb.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	var writer string
	err = tx.QueryRowContext(ctx, `SELECT coalesce((SELECT w.value FROM meta w JOIN meta f ON f.key = 'file' AND f.value = ? WHERE w.key = 'writer'), '')`, file).Scan(&writer)
	if err != nil {
		return fmt.Errorf("read writer: %w", err)
	}
	if writer != "" {
		s.writer, err = incident.ParseID(writer)
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta VALUES ('writer', ?), ('file', ?)", fresh.String(), file); err != nil {
		return fmt.Errorf("mint writer: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.writer = fresh
	return nil
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
