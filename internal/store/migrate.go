package store

import (
	"context"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"quarterdeck/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// errOlder says that a file that can only be read would have to be brought up to date first.
var errOlder = errors.New("of an older version, and cannot be written")

func newer(path string, have, know int) error {
	return fault.New(fault.Refused, "%s was written by a newer Quarterdeck (format %d, this one knows %d)", path, have, know).
		WithHint("install the newer version; the file has not been touched")
}

// tooNew refuses a file of a newer version by its header alone: to open it as a
// database could already change it.
func tooNew(path string) error {
	header := make([]byte, 64)
	f, err := os.Open(path)
	if err != nil {
		return nil //nolint:nilerr // opening it will say what is wrong
	}
	defer f.Close()
	if _, err := io.ReadFull(f, header); err != nil || string(header[:16]) != "SQLite format 3\x00" {
		return nil //nolint:nilerr // nor is it anything that could be newer
	}
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if have := int(int32(binary.BigEndian.Uint32(header[60:]))); err == nil && have > len(files) { // user_version, by SQLite's file format
		return newer(path, have, len(files))
	}
	return err
}

// migrate brings the schema up to this version, one transaction a step, and sets a
// copy of an existing database aside first.
func (s *Store) migrate(ctx context.Context, write bool) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	var have int
	if err := s.wdb.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	switch {
	case have > len(files):
		return newer(s.path, have, len(files))
	case have == len(files):
		return nil
	case !write:
		return errOlder
	case have > 0:
		if err := s.backupBefore(ctx, have+1); err != nil {
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
