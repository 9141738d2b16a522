package store

import (
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"quarterdeck/internal/incident"
)

// released is a folder with the database that a version of a format has left: two
// incidents, declared and written in with qd.
func released(t *testing.T, format int) string {
	t.Helper()
	f, err := os.Open(fmt.Sprintf("testdata/format-%d.db.gz", format))
	if err != nil {
		t.Fatalf("%v; make it with the qd of that version: two incidents, some notes, an action; then gzip -9n the database", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Whoever adds a migration adds a database of the format before it.
func TestADatabaseOfEveryReleasedFormatOpens(t *testing.T) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for format := 1; format < len(files); format++ { // the last one is what every other test opens
		dir := released(t, format)
		s := open(t, dir)
		ids, err := s.Incidents(t.Context())
		if err != nil || len(ids) != 2 {
			t.Fatalf("format %d: %d incidents %v", format, len(ids), err)
		}
		note(t, s, ids[0], "written by this version")
		recs, err := s.Records(t.Context(), ids[0], 0)
		if ok, bad, why := incident.Verify(recs); err != nil || !ok {
			t.Fatalf("format %d: %s %s %v", format, bad, why, err)
		}
		if hits, err := s.Search(t.Context(), incident.Query{Words: "cache cold", Limit: 10}); err != nil || len(hits) != 1 {
			t.Fatalf("format %d: %d hits %v", format, len(hits), err)
		}
		if err := s.Check(t.Context()); err != nil {
			t.Fatalf("format %d: %v", format, err)
		}
		made, err := Backups(dir)
		if err != nil || len(made) != min(1, len(files)-format) {
			t.Fatalf("format %d: backups %+v %v", format, made, err)
		}
		for _, b := range made { // the copy from before is as it was
			if c, err := Inspect(t.Context(), b.Path); err != nil || c.Format != format || c.Incidents != 2 {
				t.Fatalf("format %d: the copy from before holds %+v, %v", format, c, err)
			}
		}
	}
}

// A backup of an earlier version is restored and brought up to date.
func TestABackupOfAnEarlierFormatIsRestored(t *testing.T) {
	from := filepath.Join(released(t, 1), FileName)
	dir := t.TempDir()
	if r, err := Restore(t.Context(), dir, from, nightfall); err != nil || r.Incidents != 2 || r.Aside != "" {
		t.Fatalf("%+v %v", r, err)
	}
	if rows, err := open(t, dir).Rows(t.Context(), 10); err != nil || len(rows) != 2 {
		t.Fatalf("%v %v", rows, err)
	}
}
