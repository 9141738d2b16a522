package clock

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // machines that test have none, some of them
)

func TestAMachineThatTravelsIsFollowed(t *testing.T) {
	zones := filepath.Join(t.TempDir(), "zoneinfo") // the names count; what the zones are is in the program as well
	for _, name := range []string{"Europe/Berlin", "Asia/Tokyo"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(zones, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(zones, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "localtime")
	z := &zoned{file: file, stale: time.Second}
	link := func(name string) {
		t.Helper()
		_ = os.Remove(file) // the first time there is none
		if err := os.Symlink(filepath.Join(zones, name), file); err != nil {
			t.Fatal(err)
		}
	}
	link("Europe/Berlin")
	if got := z.at(0); got != time.Local {
		t.Errorf("at its start a process has read the zone itself, not %v", got)
	}
	link("Asia/Tokyo")
	if got := z.at(500 * time.Millisecond); got != time.Local {
		t.Errorf("%v: looked at sooner than need be", got)
	}
	if got := z.at(time.Second); got.String() != "Asia/Tokyo" {
		t.Errorf("%v", got)
	}
	// No file, and one that is none, change nothing.
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if got := z.at(2 * time.Second); got.String() != "Asia/Tokyo" {
		t.Errorf("%v", got)
	}
	if err := os.WriteFile(file, []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := z.at(3 * time.Second); got.String() != "Asia/Tokyo" {
		t.Errorf("%v", got)
	}
	// A copy of a zone, as some systems have it.
	header := "TZif2" + strings.Repeat("\x00", 15+4*4) + "\x00\x00\x00\x01\x00\x00\x00\x04" // RFC 8536: one type, four letters
	kathmandu := header + "\x00\x00\x50\xdc\x00\x00NPT\x00"
	data := []byte(kathmandu + kathmandu + "\n<NPT>-5:45\n")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, time.Now(), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, east := time.Date(2026, 1, 1, 0, 0, 0, 0, z.at(4*time.Second)).Zone(); east != 5*3600+45*60 {
		t.Errorf("%d s east", east)
	}
}
