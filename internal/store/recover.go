package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Recovery is what became of a damaged database.
type Recovery struct {
	Aside      string    // where it lies, whole
	Backup     time.Time // when the backup was made that the new one rests on; zero = there was none
	Records    int       // in the new one
	Saved      int       // of them, from the damaged file
	Lost       []Loss
	Unreadable bool // nothing could be read from the damaged file, nor how much it held
}

// Loss is what is lost of an incident.
type Loss struct {
	Ref           string // empty when it is not known of which
	Count         int
	From, To      int64 // the first and the last of their numbers there; 0 = not known
	After, Before int64 // they were written between these, ms UTC; 0 = not known
}

// Recover makes a database anew from the last good backup of a folder and what can be
// read of its damaged database, which is set aside, whole. The caller holds the folder's
// lock. A file beside the one set aside says in words what was lost; Lost reads it.
func Recover(ctx context.Context, dir string, now time.Time) (r Recovery, err error) {
	path := filepath.Join(dir, FileName)
	fresh := path + ".new"
	for _, tail := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(fresh + tail); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return r, explain(path, fmt.Errorf("store: recover: %w", err))
		}
	}
	base, err := r.begin(ctx, dir, fresh) // as far as a backup goes
	if err != nil {
		return r, err
	}
	into, err := link(ctx, fresh, writing)
	if err != nil {
		return r, explain(path, fmt.Errorf("store: recover: %w", err))
	}
	w, err := salvage(ctx, path, into, base)
	switch {
	case isFull(err), isReadOnly(err):
		return r, explain(path, errors.Join(fmt.Errorf("store: recover: %w", err), into.Close()))
	case err != nil:
		r.Unreadable = true
	default:
		r.Saved = w.saved
		r.Lost = w.losses(into.refs(ctx))
	}
	err = into.rdb.QueryRowContext(ctx, "SELECT count(*) FROM record").Scan(&r.Records)
	if err = errors.Join(err, into.Close(), syncFile(fresh)); err != nil {
		return r, explain(path, fmt.Errorf("store: recover: %w", err))
	}
	if r.Aside, err = replace(dir, fresh, damagedAside, now); err != nil {
		return r, err
	}
	if err := os.WriteFile(r.Aside+".txt", []byte(r.Words()+"\n"), 0o600); err != nil {
		return r, explain(path, fmt.Errorf("store: say what was lost: %w", err))
	}
	return r, nil
}

// begin lays the ground: the last backup that is good, and what it holds.
func (r *Recovery) begin(ctx context.Context, dir, fresh string) (Content, error) {
	all, err := Backups(dir)
	if err != nil {
		return Content{}, err
	}
	for _, b := range all {
		c, err := clone(ctx, b.Path, fresh)
		if err == nil {
			r.Backup = b.At
			return c, nil
		}
		if f := fault.Of(err); f.Code == fault.Unreachable {
			return Content{}, err // there is no room for it, nor for an older one
		}
	}
	return Content{}, nil
}

// refs are the references of all incidents.
func (s *Store) refs(ctx context.Context) map[incident.ID]string {
	out := map[incident.ID]string{}
	rows, err := s.Rows(ctx, 1<<30)
	if err != nil {
		return out
	}
	for _, r := range rows {
		out[r.ID] = r.Ref
	}
	return out
}

// Words says in sentences what became of the database.
func (r Recovery) Words() string {
	var b strings.Builder
	fmt.Fprintf(&b, "The database was damaged; it lies untouched as %s. ", filepath.Base(r.Aside))
	switch {
	case !r.Backup.IsZero():
		fmt.Fprintf(&b, "What you see is the backup of %s", clockTime(r.Backup))
	default:
		b.WriteString("There was no backup. What you see is a new one")
	}
	switch {
	case r.Unreadable:
		b.WriteString("; nothing could be read from the damaged file: what was written since is lost here.")
	case r.Saved > 0:
		fmt.Fprintf(&b, " with %s saved from the damaged file.", counted(r.Saved))
	default:
		b.WriteString("; nothing newer was in the damaged file.")
	}
	if len(r.Lost) == 0 && !r.Unreadable {
		b.WriteString(" Nothing is lost.")
	}
	for _, l := range r.Lost {
		b.WriteString(" Lost: " + l.words() + ".")
	}
	return b.String()
}

func (l Loss) words() string {
	s := counted(l.Count)
	if l.Ref != "" {
		s += " of " + l.Ref
	}
	switch {
	case l.From > 0 && l.From == l.To:
		s += fmt.Sprintf(", number %d", l.From)
	case l.From > 0:
		s += fmt.Sprintf(", between number %d and %d", l.From, l.To)
	}
	switch after, before := clockTime(time.UnixMilli(l.After)), clockTime(time.UnixMilli(l.Before)); {
	case l.After > 0 && l.Before > 0 && after == before:
		s += ", written at " + after
	case l.After > 0 && l.Before > 0:
		s += ", written between " + after + " and " + before
	case l.After > 0:
		s += ", written after " + after
	case l.Before > 0:
		s += ", written before " + before
	}
	return s
}

func counted(n int) string {
	if n == 1 {
		return "1 record"
	}
	return fmt.Sprintf("%d records", n)
}

func clockTime(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05Z") }

// Lost reads what was said when a damaged database was set aside.
func Lost(aside string) string {
	text, err := os.ReadFile(aside + ".txt")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

// OpenOrRecover is Open for the backend, which holds the folder's lock: a damaged database is
// recovered from. Where that cannot be, because nothing can be written, the last good
// backup is opened to be read.
func OpenOrRecover(ctx context.Context, dir string, now time.Time) (*Store, error) {
	s, err := Open(ctx, dir)
	if err == nil {
		if err = s.begun(ctx); err != nil {
			err = errors.Join(err, s.Close())
		}
	}
	if !Damaged(err) {
		return s, err
	}
	_, err = Recover(ctx, dir, now)
	if err == nil {
		return Open(ctx, dir)
	}
	if isFull(err) && spend(dir) {
		return OpenOrRecover(ctx, dir, now)
	}
	return lastBackup(ctx, dir, fault.Of(err))
}

// begun reads what a cockpit begins with.
func (s *Store) begun(ctx context.Context) error {
	_, _, err := s.LastKit(ctx)
	if err != nil {
		return err
	}
	if _, err := s.Last(ctx); err != nil {
		return err
	}
	if _, err := s.Rows(ctx, 200); err != nil {
		return err
	}
	open, err := s.Open(ctx)
	if err != nil {
		return err
	}
	for _, r := range open {
		if _, _, err := s.State(ctx, r.ID); err != nil {
			return err
		}
	}
	_, err = s.Drafts(ctx)
	return err
}

// lastBackup opens the last good backup of a folder to be read; why is why no new
// database could be made.
func lastBackup(ctx context.Context, dir string, why *fault.Error) (*Store, error) {
	all, err := Backups(dir)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, FileName)
	for _, b := range all {
		if _, err := Inspect(ctx, b.Path); err != nil {
			continue
		}
		f := fault.New(fault.Unreachable, "the database is damaged, and no new one can be made: %s. This is the backup of %s, to be read only", why.Message, clockTime(b.At)).
			WithHint("%s; the cockpit then goes on by itself, with all that the damaged file still holds", why.Hint).WithCause(why)
		if s, err := toRead(ctx, b.Path, f); err == nil {
			s.path = path
			return s, nil
		}
	}
	return nil, why
}
