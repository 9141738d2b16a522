package workspace

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

func flock(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return ErrHeld
	}
	if err != nil {
		return fmt.Errorf("workspace: lock %s: %w", f.Name(), err)
	}
	return nil
}

// unwritable cannot tell on this system.
func unwritable(string) bool { return false }
