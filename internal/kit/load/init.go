package load

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"quarterdeck/assets"
	"quarterdeck/internal/fault"
)

// Init writes the files of the built-in kit into a folder, to be changed there, and
// says how many they are. The folder is made when it is missing; one that holds
// anything is refused as invalid. Files are 0644 and folders 0755, since a kit is
// shared and no secret. When something goes wrong, nothing of it stays.
func Init(dir string) (files int, err error) {
	names, err := listing(dir, 1)
	fresh := errors.Is(err, fs.ErrNotExist)
	switch {
	case errors.Is(err, errNoFolder):
		return 0, fault.Input("dir", "%s is not a folder", dir).WithHint("choose a new or an empty one")
	case err != nil && !fresh:
		return 0, unwritable(dir, err)
	case len(names) > 0:
		return 0, fault.Input("dir", "the folder %s is not empty", dir).WithHint("choose a new or an empty one; nothing was written")
	}
	var made []string
	defer func() {
		if err == nil {
			return
		}
		for _, path := range slices.Backward(made) {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	if fresh {
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
			return 0, unwritable(dir, err)
		}
	}
	err = fs.WalkDir(assets.Kit(), ".", func(name string, e fs.DirEntry, err error) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		switch {
		case err != nil || name == "." && !fresh:
			return err
		case e.IsDir():
			if err := os.Mkdir(path, 0o755); err != nil {
				return err
			}
			made = append(made, path)
			return os.Chmod(path, 0o755) // whatever the umask
		}
		data, err := fs.ReadFile(assets.Kit(), name)
		if err != nil {
			return err
		}
		files++
		return create(path, data, &made)
	})
	if err != nil {
		return 0, unwritable(dir, err)
	}
	return files, nil
}

// create writes a file that is not there yet.
func create(path string, data []byte, made *[]string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	*made = append(*made, path)
	_, err = f.Write(data)
	return errors.Join(err, f.Chmod(0o644), f.Close())
}

func unwritable(dir string, err error) error {
	return fault.New(fault.Unreachable, "the kit cannot be written into %s", dir).
		WithHint("check the folder, its rights and the disk").WithCause(fmt.Errorf("kit: write %s: %w", dir, err))
}
