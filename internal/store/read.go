package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"quarterdeck/internal/fault"
)

// isFull reports whether an error says that there is no room left.
func isFull(err error) bool {
	var e sqlite3.Error
	if errors.As(err, &e) {
		return e.Code == sqlite3.ErrFull || e.Code == sqlite3.ErrIoErr && (e.SystemErrno == syscall.ENOSPC || e.SystemErrno == syscall.EDQUOT || e.ExtendedCode == sqlite3.ErrIoErrSHMSize)
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// isReadOnly reports whether an error says that a file may be read but not written.
func isReadOnly(err error) bool {
	var e sqlite3.Error
	if errors.As(err, &e) {
		return e.Code == sqlite3.ErrReadonly || e.Code == sqlite3.ErrPerm || e.Code == sqlite3.ErrCantOpen
	}
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// toRead opens a file that cannot be written, in the first way that works. why is what
// every write answers.
func toRead(ctx context.Context, path string, why *fault.Error) (*Store, error) {
	var errs []error
	for _, way := range []func(context.Context, string) (*Store, error){
		func(ctx context.Context, path string) (*Store, error) { return link(ctx, path, reading) },
		thaw, inMemory,
	} {
		s, err := way(ctx, path)
		if err == nil {
			s.path = path
			s.why.Store(why)
			return s, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

// thaw opens a file beside which no log lies, so that nothing is overlooked in it.
func thaw(ctx context.Context, path string) (*Store, error) {
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return nil, errors.New("a log lies beside it")
	}
	return link(ctx, path, frozen)
}

// inMemory copies a database and its log to where there may be room, brings the copy up
// to date, and opens that: what a full disk or a read-only folder would not let happen
// beside the file itself.
func inMemory(ctx context.Context, path string) (s *Store, err error) {
	dir, err := os.MkdirTemp(memory(), "quarterdeck-read-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	to := filepath.Join(dir, FileName)
	for _, tail := range []string{"", "-wal"} {
		if err := copyFile(path+tail, to+tail); err != nil && (tail == "" || !errors.Is(err, fs.ErrNotExist)) {
			return nil, err
		}
	}
	mended, err := link(ctx, to, writing)
	if err != nil {
		return nil, err
	}
	if err := mended.Close(); err != nil { // takes the log in
		return nil, err
	}
	if s, err = link(ctx, to, frozen); err != nil {
		return nil, err
	}
	s.copied = dir
	return s, nil
}

// memory is a folder that lies in memory where there is one, else the system's own for temporary files.
func memory() string {
	for _, dir := range []string{os.Getenv("XDG_RUNTIME_DIR"), "/dev/shm"} {
		if info, err := os.Stat(dir); dir != "" && err == nil && info.IsDir() {
			return dir
		}
	}
	return os.TempDir()
}

// copyFile copies to a file that must not exist yet, for this account only.
func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
