package load

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// Folder is Load for a folder on disk. The fault is not_found when there is none.
func Folder(dir string) (*kit.Kit, []kit.Problem, error) {
	const hint = "choose the folder in which kit.yaml stands"
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, fault.New(fault.NotFound, "there is no folder %s", dir).WithHint(hint)
	case err != nil:
		return nil, nil, fault.New(fault.Unreachable, "the folder %s cannot be read", dir).WithHint("see that it may be read, and try again").WithCause(err)
	case !info.IsDir():
		return nil, nil, fault.New(fault.NotFound, "%s is not a folder", dir).WithHint(hint)
	}
	k, problems, err := Load(os.DirFS(dir))
	if err != nil {
		f := fault.Of(err)
		err = fault.New(f.Code, "the folder %s cannot be read", dir).WithHint("%s", f.Hint).WithCause(err)
	}
	return k, problems, err
}

// Stamp tells one state of a kit's folder from another without reading its files, by
// their names, sizes, modes and times of change. It never fails: what cannot be looked
// at is a state as well. Nor does it look at more than Load would.
func Stamp(dir string) string {
	h := sha256.New()
	stamp(h, dir, maxEntries)
	stamp(h, filepath.Join(dir, listFolder), maxFiles)
	stamp(h, filepath.Join(dir, bookFolder), maxEntries)
	return hex.EncodeToString(h.Sum(nil))
}

func stamp(w io.Writer, dir string, most int) {
	names, err := listing(dir, most+1)
	fmt.Fprintf(w, "%q %v %t\n", dir, err, len(names) > most)
	slices.Sort(names)
	for _, name := range names {
		if ext := filepath.Ext(name); strings.HasPrefix(name, ".") || ext != ".yaml" && ext != ".yml" && (ext != ".md" || filepath.Base(dir) != bookFolder) {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, name)) // of what a link leads to
		if err != nil {
			fmt.Fprintf(w, "%q %v\n", name, err)
			continue
		}
		fmt.Fprintf(w, "%q %d %v %d\n", name, info.Size(), info.Mode(), info.ModTime().UnixNano())
	}
}

// listing reads up to so many names of a folder.
func listing(dir string, most int) ([]string, error) {
	info, err := os.Stat(dir) // before opening: a pipe would wait for its other end
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, errNoFolder
	}
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := f.Readdirnames(most)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return names, err
}
