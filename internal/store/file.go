package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Files that were attached lie in a folder beside the database, each under the SHA-256 of
// its bytes, so that the record proves them and the same file is kept once.

// attached is that folder's name in the data folder.
const attached = "attachments"

const (
	half      = ".part"        // ends the name of a file that is still being written
	abandoned = 24 * time.Hour // from that age on nobody is still writing it
)

func (s *Store) folder() string { return filepath.Join(filepath.Dir(s.path), attached) }

// place is where the bytes of a hash lie. What is no hash has no place.
func (s *Store) place(hash string) (string, error) {
	if b, err := hex.DecodeString(hash); err != nil || len(b) != sha256.Size || strings.ToLower(hash) != hash {
		return "", fault.New(fault.NotFound, "there is no such file")
	}
	return filepath.Join(s.folder(), hash), nil
}

// KeepFile keeps bytes, at most incident.MaxFile of them, and answers with their hash and
// how many they are. They are on disk when it returns; the record that names them is
// written after that. Faults: Invalid when there are too many or none, Unreachable
// when they cannot be read or written.
func (s *Store) KeepFile(ctx context.Context, r io.Reader) (hash string, size int64, err error) {
	if err := s.ReadOnly(); err != nil {
		return "", 0, err
	}
	if err := os.Mkdir(s.folder(), 0o700); err == nil {
		err = syncFile(filepath.Dir(s.path))
		if err != nil {
			return "", 0, s.explain(fmt.Errorf("store: keep a file: %w", err))
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return "", 0, s.explain(fmt.Errorf("store: keep a file: %w", err))
	}
	f, err := os.CreateTemp(s.folder(), "*"+half) // 0600
	if err != nil {
		return "", 0, s.explain(fmt.Errorf("store: keep a file: %w", err))
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // what is wrong is being said
		}
	}()
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(f, sum), &interrupted{ctx, io.LimitReader(r, incident.MaxFile+1)})
	switch {
	case err != nil:
	case size > incident.MaxFile:
		err = incident.TooLarge(0)
	case size == 0:
		err = fault.Input("file", "the file is empty").WithHint("nothing was attached; is it still being written?")
	default:
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", 0, s.unkept(err)
	}
	hash = hex.EncodeToString(sum.Sum(nil))
	to, _ := s.place(hash)
	if err = os.Rename(f.Name(), to); err == nil { // over what is there: it is the same, or it was damaged
		err = syncFile(s.folder())
	}
	return hash, size, s.unkept(err)
}

// unkept explains why bytes were not kept.
func (s *Store) unkept(err error) error {
	var known *fault.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	if isFull(err) && spend(filepath.Dir(s.path)) {
		return fault.New(fault.Unreachable, "the disk was full; some space has been given up for it").WithHint("try again, and free some space").WithCause(err)
	}
	return s.explain(fmt.Errorf("store: keep a file: %w", err))
}

// interrupted stops reading when its context ends.
type interrupted struct {
	ctx context.Context
	r   io.Reader
}

func (i *interrupted) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// File is the bytes that a record names by their hash. Faults: NotFound when they are not
// there, Refused when they are not what was attached any more.
func (s *Store) File(hash string) ([]byte, error) {
	path, err := s.place(hash)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.New(fault.NotFound, "the file is missing from the folder %s", attached).
			WithHint("bring it back from a backup that qd backup wrote, from an export, or attach it again")
	case err != nil:
		return nil, s.explain(fmt.Errorf("store: read a file: %w", err))
	}
	data, err := io.ReadAll(io.LimitReader(f, incident.MaxFile+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, s.explain(fmt.Errorf("store: read a file: %w", err))
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != hash {
		return nil, fault.New(fault.Refused, "the file is not what was attached: its bytes have been changed").
			WithHint("bring it back from a backup that qd backup wrote, from an export, or attach it again")
	}
	return data, nil
}

// FileLost says what is plainly wrong with a file, without reading it: "missing",
// "changed", or nothing.
func (s *Store) FileLost(hash string, size int64) string {
	path, err := s.place(hash)
	if err != nil {
		return "missing"
	}
	switch info, err := os.Stat(path); {
	case err != nil:
		return "missing"
	case info.Size() != size:
		return "changed"
	}
	return ""
}

// Filed is a file that a record names.
type Filed struct {
	Record, Incident incident.ID
	Name, Hash       string
	Size             int64
}

const filed = `SELECT r.id, r.incident, coalesce(b.json ->> '$.title', ''), coalesce(b.json ->> '$.hash', ''), coalesce(b.json ->> '$.size', 0)
	FROM record r JOIN body b ON b.cursor = r.cursor WHERE r.kind = 'file.attached' AND json_valid(b.json) `

// Files are all files that records of an incident name, of every incident for the zero
// id, in the order in which they were written down. Those that were redacted are gone.
func (s *Store) Files(ctx context.Context, id incident.ID) ([]Filed, error) {
	if id.IsZero() {
		out, err := files(ctx, s.rdb, "ORDER BY r.cursor")
		return out, s.explain(err)
	}
	out, err := files(ctx, s.rdb, "AND r.incident = ? ORDER BY r.cursor", id[:])
	return out, s.explain(err)
}

func files(ctx context.Context, q querier, tail string, args ...any) ([]Filed, error) {
	rows, err := q.QueryContext(ctx, filed+tail, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Filed
	for rows.Next() {
		var f Filed
		var record, inc []byte
		if err := rows.Scan(&record, &inc, &f.Name, &f.Hash, &f.Size); err != nil {
			return nil, err
		}
		copy(f.Record[:], record)
		copy(f.Incident[:], inc)
		out = append(out, f)
	}
	return out, rows.Err()
}

// unfiled begins the keys of the files that a redaction has yet to take away.
const unfiled = "unfile/"

// unfile takes away the bytes of files whose records have been redacted, unless another
// record names them too. What cannot be taken away now is, when the log is tidied next.
// The caller holds mu.
func (s *Store) unfile(ctx context.Context) error {
	rows, err := s.wdb.QueryContext(ctx, "SELECT substr(key, ?) FROM meta WHERE key >= ? AND key < ?", len(unfiled)+1, unfiled, unfiled+"~")
	if err != nil {
		return err
	}
	defer rows.Close()
	var due []string
	for rows.Next() {
		var hash string
		if err := rows.Scan(&hash); err != nil {
			return err
		}
		due = append(due, hash)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(due) == 0 {
		return err
	}
	var errs []error
	for _, hash := range due {
		named, err := files(ctx, s.wdb, "AND b.json ->> '$.hash' = ? LIMIT 1", hash)
		if err == nil && len(named) == 0 {
			err = s.shred(hash)
		}
		if err == nil {
			_, err = s.wdb.ExecContext(ctx, "DELETE FROM meta WHERE key = ?", unfiled+hash)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// shred overwrites the bytes of a file and removes it. Where a file system writes
// elsewhere instead, they stay in its free space until that is used again.
func (s *Store) shred(hash string) error {
	path, err := s.place(hash)
	if err != nil {
		return nil // it never had a place
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		if info, e := f.Stat(); e == nil {
			_, err = io.Copy(f, io.LimitReader(zeros{}, info.Size()))
		}
		err = errors.Join(err, f.Sync(), f.Close())
	}
	return errors.Join(err, os.Remove(path), syncFile(s.folder()))
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// DropFile takes the bytes of a file away that no record names: what was to be attached was
// refused after all.
func (s *Store) DropFile(ctx context.Context, hash string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	named, err := files(ctx, s.wdb, "AND b.json ->> '$.hash' = ? LIMIT 1", hash)
	if err == nil && len(named) == 0 {
		err = s.shred(hash)
	}
	return s.explain(err)
}

// SweepFiles takes away what was not written whole, from a day ago on. A whole file stays,
// even one that no record names: a database that was set aside may still name it.
func (s *Store) SweepFiles(now time.Time) error {
	found, err := os.ReadDir(s.folder())
	if errors.Is(err, fs.ErrNotExist) || s.ReadOnly() != nil {
		return nil
	}
	if err != nil {
		return s.explain(fmt.Errorf("store: look at the files: %w", err))
	}
	var errs []error
	for _, e := range found {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && strings.HasSuffix(e.Name(), half) && now.Sub(info.ModTime()) > abandoned {
			errs = append(errs, os.Remove(filepath.Join(s.folder(), e.Name())))
		}
	}
	return s.explain(errors.Join(errs...))
}

// A copy of the database for another disk carries the files in a table of its own. They
// are unpacked by whoever opens the copy in a data folder.

const carrying = "CREATE TABLE carried (hash TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT"

// CopyAll is Copy with every attached file in it. Content.Lacks names those that could
// not be read.
func (s *Store) CopyAll(ctx context.Context, to string) (Content, error) {
	return s.copyTo(ctx, to, s.load)
}

// load puts the files that a copy names into it.
func (s *Store) load(ctx context.Context, part string) error {
	db, _ := pool(part, "&_synchronous=FULL&_secure_delete=true", "", 1)
	defer db.Close()
	all, err := files(ctx, db, "ORDER BY r.cursor")
	if err != nil || len(all) == 0 {
		return err
	}
	if _, err := db.ExecContext(ctx, carrying); err != nil {
		return err
	}
	for _, f := range all {
		data, err := s.File(f.Hash)
		if err != nil {
			continue // the copy says by itself what it lacks
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO carried VALUES (?, ?) ON CONFLICT DO NOTHING", f.Hash, data); err != nil {
			return err
		}
	}
	return db.Close()
}

// carries reports whether a database has files in it.
func carries(ctx context.Context, q querier) (bool, error) {
	rows, err := q.QueryContext(ctx, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'carried'")
	if err != nil {
		return false, err
	}
	defer rows.Close()
	return rows.Next(), rows.Err()
}

// carried reads what a copy carries: how many files, and which of those that its records
// name are not in it or not what they were. A database that carries none lacks none.
func carried(ctx context.Context, q querier) (n int, lacks []string, err error) {
	if has, err := carries(ctx, q); err != nil || !has {
		return 0, nil, err
	}
	all, err := files(ctx, q, "ORDER BY r.cursor")
	if err != nil {
		return 0, nil, err
	}
	seen := map[string]bool{}
	for _, f := range all {
		if seen[f.Hash] {
			continue
		}
		seen[f.Hash] = true
		data, err := unpacked(ctx, q, f.Hash)
		if err != nil {
			return 0, nil, err
		}
		if data == nil {
			lacks = append(lacks, f.Name)
			continue
		}
		n++
	}
	return n, lacks, nil
}

// unpacked is a file that a copy carries; nil when it does not, or not as it was.
func unpacked(ctx context.Context, q querier, hash string) ([]byte, error) {
	rows, err := q.QueryContext(ctx, "SELECT data FROM carried WHERE hash = ?", hash)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var data []byte
	if !rows.Next() {
		return nil, rows.Err()
	}
	if err := rows.Scan(&data); err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != hash {
		return nil, nil
	}
	return data, rows.Err()
}

// unpack puts the files that a copy carries beside the database, and takes them out of it.
// The caller has the only connection that writes.
func (s *Store) unpack(ctx context.Context) error {
	if has, err := carries(ctx, s.wdb); err != nil || !has {
		return err
	}
	all, err := files(ctx, s.wdb, "ORDER BY r.cursor")
	if err != nil {
		return err
	}
	for _, f := range all {
		data, err := unpacked(ctx, s.wdb, f.Hash)
		if err == nil && data != nil && s.FileLost(f.Hash, f.Size) != "" {
			_, _, err = s.KeepFile(ctx, bytes.NewReader(data))
		}
		if err != nil {
			return err
		}
	}
	for _, q := range []string{"DROP TABLE carried", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := s.wdb.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	return nil
}
