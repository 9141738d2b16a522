package workspace_test

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/workspace"
)

// plainly runs f without the rights of root, which no folder's mode would stop.
func plainly(t *testing.T, f func()) {
	t.Helper()
	if os.Getuid() != 0 {
		f()
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		const nobody = 65534
		if err := syscall.Setfsuid(nobody); err != nil {
			t.Error(err)
			return
		}
		f()
	}()
	<-done
}

func mode(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func TestPrepare(t *testing.T) {
	base := t.TempDir()
	dir, err := workspace.Prepare(filepath.Join(base, "a", "b"))
	if err != nil || dir != filepath.Join(base, "a", "b") || mode(t, dir) != 0o700 {
		t.Fatalf("%v %s", err, dir)
	}
	loose := filepath.Join(base, "loose")
	if err := os.Mkdir(loose, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(loose, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.Prepare(loose); err != nil || mode(t, loose) != 0o700 {
		t.Errorf("%v, mode %o", err, mode(t, loose))
	}
	t.Chdir(base)
	if got, err := workspace.Prepare("here"); err != nil || !filepath.IsAbs(got) || filepath.Base(got) != "here" {
		t.Errorf("%v %s", err, got)
	}
	link := filepath.Join(base, "link")
	if err := os.Symlink(loose, link); err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.Prepare(link); err != nil {
		t.Error(err)
	}
}

func TestPrepareWhereNothingCanBeMade(t *testing.T) {
	base := t.TempDir()
	file := filepath.Join(base, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	unreachable := func(dir string) {
		t.Helper()
		if _, err := workspace.Prepare(dir); !fault.Is(err, fault.Unreachable) || fault.Of(err).Hint == "" {
			t.Errorf("%s: %v", dir, err)
		}
	}
	unreachable(file)
	unreachable(filepath.Join(file, "below"))
	unreachable(filepath.Join(base, string(make([]byte, 300))))
	closed := filepath.Join(base, "closed")
	if err := os.Mkdir(closed, 0o500); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{base, filepath.Dir(base)} { // nobody may walk there
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(closed, 0o555); err != nil {
		t.Fatal(err)
	}
	plainly(t, func() {
		unreachable(filepath.Join(closed, "new"))
		if os.Getuid() != 0 {
			return // it is our own, and is mended
		}
		if _, err := workspace.Prepare(closed); !fault.Is(err, fault.Refused) || fault.Of(err).Hint == "" {
			t.Errorf("another account's folder: %v", err)
		}
		if _, err := workspace.Acquire(closed); !fault.Is(err, fault.Unreachable) || fault.Of(err).Hint == "" {
			t.Errorf("a folder to be read only: %v", err)
		}
	})
}

func TestDefault(t *testing.T) {
	t.Setenv("HOME", "/home/ana")
	for _, c := range []struct{ own, xdg, want string }{
		{"/x/y", "/data", "/x/y"}, {"", "/data", "/data/quarterdeck"}, {"", "", "/home/ana/.local/share/quarterdeck"}, {"", "not/absolute", "/home/ana/.local/share/quarterdeck"},
	} {
		t.Setenv("QUARTERDECK_DATA", c.own)
		t.Setenv("XDG_DATA_HOME", c.xdg)
		if got, err := workspace.Default(); err != nil || got != c.want {
			t.Errorf("%+v: %v %s", c, err, got)
		}
	}
	t.Setenv("HOME", "")
	if _, err := workspace.Default(); !fault.Is(err, fault.Invalid) || fault.Of(err).Hint == "" {
		t.Errorf("no home: %v", err)
	}
}
