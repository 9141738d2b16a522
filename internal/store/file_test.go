package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// attach keeps bytes and writes the record that names them.
func attach(t *testing.T, s *Store, inc incident.ID, name string, data []byte) (incident.Record, string) {
	t.Helper()
	hash, size, err := s.KeepFile(t.Context(), bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return write(t, s, inc, rec(t, noon+1000, &incident.FileAttached{Name: name, Size: size, Hash: hash}))[0], hash
}

// anywhere names the files below a folder that hold a text.
func anywhere(t *testing.T, dir, text string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(text)) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAFileIsKeptOnceForThisAccountOnly(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	data := []byte("a screenshot")
	hash, size, err := s.KeepFile(t.Context(), bytes.NewReader(data))
	if err != nil || size != int64(len(data)) {
		t.Fatalf("%d %v", size, err)
	}
	if again, _, err := s.KeepFile(t.Context(), bytes.NewReader(data)); err != nil || again != hash {
		t.Errorf("%s %v", again, err)
	}
	found, err := os.ReadDir(filepath.Join(dir, attached))
	if err != nil || len(found) != 1 || found[0].Name() != hash {
		t.Errorf("%v %v", found, err)
	}
	for path, want := range map[string]fs.FileMode{filepath.Join(dir, attached): 0o700, filepath.Join(dir, attached, hash): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
	if got, err := s.File(hash); err != nil || !bytes.Equal(got, data) {
		t.Errorf("%q %v", got, err)
	}
}

func TestWhatIsTooLargeOrEmptyLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	broken := errors.New("the cable was pulled")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, tt := range map[string]struct {
		ctx  context.Context
		r    io.Reader
		code fault.Code
	}{
		"too large":   {t.Context(), io.LimitReader(zeros{}, incident.MaxFile+1), fault.Invalid},
		"without end": {t.Context(), zeros{}, fault.Invalid},
		"empty":       {t.Context(), strings.NewReader(""), fault.Invalid},
		"broken off":  {t.Context(), io.MultiReader(strings.NewReader("half"), iotestErr{broken}), ""},
		"given up":    {ended, zeros{}, ""},
	} {
		_, _, err := s.KeepFile(tt.ctx, tt.r)
		if err == nil || tt.code != "" && !fault.Is(err, tt.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if found, err := os.ReadDir(filepath.Join(dir, attached)); err != nil || len(found) != 0 {
		t.Errorf("left behind: %v %v", found, err)
	}
	if _, size, err := s.KeepFile(t.Context(), io.LimitReader(zeros{}, incident.MaxFile)); err != nil || size != incident.MaxFile {
		t.Errorf("the largest that fits: %d %v", size, err)
	}
}

type iotestErr struct{ err error }

func (e iotestErr) Read([]byte) (int, error) { return 0, e.err }

func TestALostFileIsSaidPlainly(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	_, gone := attach(t, s, inc, "gone.png", []byte("gone"))
	_, changed := attach(t, s, inc, "changed.png", []byte("as it was"))
	_, longer := attach(t, s, inc, "longer.png", []byte("short"))
	at := func(hash string) string { return filepath.Join(dir, attached, hash) }
	if err := errors.Join(os.Remove(at(gone)), os.WriteFile(at(changed), []byte("as it is!"), 0o600), os.WriteFile(at(longer), []byte("shorter"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		hash string
		size int64
		code fault.Code
		lost string
	}{{gone, 4, fault.NotFound, "missing"}, {changed, 9, fault.Refused, ""}, {longer, 5, fault.Refused, "changed"}, {"../quarterdeck.db", 1, fault.NotFound, "missing"}, {"", 1, fault.NotFound, "missing"}} {
		if _, err := s.File(tt.hash); !fault.Is(err, tt.code) {
			t.Errorf("%q: %v", tt.hash, err)
		}
		if got := s.FileLost(tt.hash, tt.size); got != tt.lost {
			t.Errorf("%q: %q", tt.hash, got)
		}
	}
	if all, err := s.Files(t.Context(), inc); err != nil || len(all) != 3 || all[0].Name != "gone.png" || all[0].Size != 4 {
		t.Errorf("%+v %v", all, err)
	}
}

func TestARedactedFileIsGoneWithItsBytes(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	leak, hash := attach(t, s, inc, "dump-of-"+secret+".txt", []byte("here it is: "+secret))
	twice, shared := attach(t, s, inc, "logo.png", []byte("the logo"))
	attach(t, s, inc, "logo again.png", []byte("the logo"))
	open, err := os.Open(filepath.Join(dir, attached, hash)) // somebody has it open: the bytes go all the same
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	for _, r := range []incident.Record{leak, twice} {
		write(t, s, inc, rec(t, noon+4000, &incident.RecordRedacted{Record: r.ID, Reason: "a password"}))
	}
	if err := s.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := anywhere(t, dir, secret); len(left) > 0 {
		t.Errorf("still in %v", left)
	}
	if left, err := io.ReadAll(open); err != nil || bytes.Contains(left, []byte(secret)) {
		t.Errorf("%q %v", left, err)
	}
	if left := anywhere(t, dir, hash); len(left) > 0 {
		t.Errorf("its hash is still in %v", left)
	}
	if _, err := s.File(shared); err != nil {
		t.Errorf("what another record names: %v", err)
	}
}

// A folder that cannot be written now is tried again.
func TestARedactedFileIsTriedAgain(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	inc, _ := declared(t, s, "INC-1")
	leak, hash := attach(t, s, inc, "dump.txt", []byte(secret))
	path := filepath.Join(dir, attached, hash)
	if err := errors.Join(os.Rename(path, path+".away"), os.Mkdir(path, 0o700), os.WriteFile(filepath.Join(path, "x"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	write(t, s, inc, rec(t, noon+4000, &incident.RecordRedacted{Record: leak.ID, Reason: "a password"}))
	if err := errors.Join(os.RemoveAll(path), os.Rename(path+".away", path)); err != nil {
		t.Fatal(err)
	}
	if err := s.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := anywhere(t, dir, secret); len(left) > 0 {
		t.Errorf("still in %v", left)
	}
}

func TestACopyForAnotherDiskCarriesTheFiles(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	_, hash := attach(t, s, inc, "shot.png", []byte("a screenshot"))
	_, lost := attach(t, s, inc, "lost.png", []byte("lost"))
	if err := os.Remove(filepath.Join(s.folder(), lost)); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	c, err := s.CopyAll(t.Context(), to)
	if err != nil || c.Files != 1 || len(c.Lacks) != 1 || c.Lacks[0] != "lost.png" {
		t.Fatalf("%+v %v", c, err)
	}
	dir := t.TempDir()
	r, err := Restore(t.Context(), dir, to, time.UnixMilli(noon))
	if err != nil || r.Files != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	back := open(t, dir)
	if data, err := back.File(hash); err != nil || string(data) != "a screenshot" {
		t.Errorf("%q %v", data, err)
	}
	if has, err := carries(t.Context(), back.wdb); err != nil || has {
		t.Errorf("the database still carries files: %v %v", has, err)
	}
	if left := holdsText(t, filepath.Join(dir, FileName), "a screenshot"); left {
		t.Error("the bytes are still in the database")
	}
	plain, err := s.Copy(t.Context(), filepath.Join(t.TempDir(), "plain.db"))
	if err != nil || plain.Files != 0 || plain.Lacks != nil {
		t.Errorf("the copies of the schedule carry none: %+v %v", plain, err)
	}
}

func holdsText(t *testing.T, file, text string) bool {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(data, []byte(text))
}

func TestWhatBelongsToNothingIsTakenAway(t *testing.T) {
	s := open(t, t.TempDir())
	inc, _ := declared(t, s, "INC-1")
	_, named := attach(t, s, inc, "named.png", []byte("named"))
	refused, _, err := s.KeepFile(t.Context(), strings.NewReader("its record was refused"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.UnixMilli(noon)
	for name, age := range map[string]time.Duration{"old" + half: 2 * abandoned, "young" + half: abandoned / 2, "somebody's own.txt": 2 * abandoned} {
		path := filepath.Join(s.folder(), name)
		if err := errors.Join(os.WriteFile(path, []byte("x"), 0o600), os.Chtimes(path, now, now.Add(-age))); err != nil {
			t.Fatal(err)
		}
	}
	for _, hash := range []string{named, refused, "../quarterdeck.db"} {
		if err := s.DropFile(t.Context(), hash); err != nil {
			t.Error(err)
		}
	}
	if err := s.SweepFiles(now); err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	found, err := os.ReadDir(s.folder())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		left[f.Name()] = true
	}
	if len(left) != 3 || !left[named] || !left["young"+half] || !left["somebody's own.txt"] {
		t.Errorf("left are %v", left)
	}
}
