package workspace_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"quarterdeck/internal/workspace"
)

// A folder that can only be read is taken, answered for and found all the same.
func TestAReadOnlyFolderIsTakenWhereMountingIsAllowed(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=1m,mode=0700"); err != nil {
		t.Skip("mounting is not allowed here:", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	remount := func(flags uintptr) {
		// The socket that was taken away is busy until the other end of the last visit has been closed as well.
		patience, done := context.WithTimeout(t.Context(), 10*time.Second)
		defer done()
		err := unix.Mount("", dir, "", unix.MS_REMOUNT|flags, "")
		for ; errors.Is(err, unix.EBUSY) && patience.Err() == nil; err = unix.Mount("", dir, "", unix.MS_REMOUNT|flags, "") {
			runtime.Gosched()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	take := func() {
		t.Helper()
		if _, err := workspace.Prepare(dir); err != nil {
			t.Fatal(err)
		}
		l, err := workspace.Acquire(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Answer(dir, func(word string) string { return "you said " + word }); err != nil {
			t.Fatal(err)
		}
		if said, err := workspace.Summon(dir, "show"); err != nil || said != "you said show" || !workspace.Held(dir) {
			t.Fatal(said, err)
		}
		if err := l.Release(); err != nil {
			t.Fatal(err)
		}
	}
	remount(unix.MS_RDONLY)
	take() // where there is no lock file yet
	remount(0)
	take()
	remount(unix.MS_RDONLY)
	take()
	l, err := workspace.Acquire(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.Acquire(dir); !errors.Is(err, workspace.ErrHeld) {
		t.Fatalf("a second one: %v", err)
	}
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
}
