package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"quarterdeck/internal/fault"
)

// Default is the data folder of this account: $QUARTERDECK_DATA, else
// $XDG_DATA_HOME/quarterdeck or what stands for it on the system.
func Default() (string, error) {
	if d := os.Getenv("QUARTERDECK_DATA"); d != "" {
		return filepath.Abs(d)
	}
	if d := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(d) {
		return filepath.Join(d, "quarterdeck"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fault.New(fault.Invalid, "this account has no home folder").WithHint("name a data folder with --data").WithCause(err)
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "quarterdeck"), nil
	case "windows":
		if d := os.Getenv("LOCALAPPDATA"); d != "" {
			return filepath.Join(d, "quarterdeck"), nil
		}
	}
	return filepath.Join(home, ".local", "share", "quarterdeck"), nil
}

// Prepare makes the folder, for this account only, and answers with its full path.
func Prepare(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("workspace: %w", err)
	}
	err = os.MkdirAll(dir, 0o700)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "", fault.New(fault.Unreachable, "%s cannot be made", dir).WithHint("choose another folder with --data").WithCause(err)
	case err != nil:
		return "", fault.New(fault.Unreachable, "%s cannot be used as a data folder", dir).WithHint("choose another folder with --data").WithCause(err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return "", fmt.Errorf("workspace: look at %s: %w", dir, err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(dir, 0o700); err != nil {
			return "", fault.New(fault.Refused, "%s can be read by other accounts", dir).WithHint("chmod 700 it, or choose another folder with --data").WithCause(err)
		}
	}
	return dir, nil
}

// Publish puts a file in its place whole, readable to everybody who may look into its
// folder: written aside, synced, renamed.
func Publish(path string, data []byte) error { return place(path, data, 0o644) }

// write puts a file in its place whole: written aside, synced, renamed.
func write(path string, data []byte) error { return place(path, data, 0o600) }

func place(path string, data []byte, mode fs.FileMode) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if _, err = f.Write(data); err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
