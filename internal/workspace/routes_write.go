package workspace

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"

	"quarterdeck/internal/fault"
)

// RoutesText is routes.yaml as it stands; empty when there is none.
func RoutesText(dir string) (string, error) {
	path := filepath.Join(Home(dir), RoutesFile)
	data, err := readUpTo(path, longRoutes+1)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", fault.New(fault.Unreachable, "%s cannot be read", path).WithHint("give yourself the right to read it").WithCause(err)
	case len(data) > longRoutes:
		return "", fault.New(fault.Invalid, "%s is too long to be a list of routes", path).WithHint("a route takes a few lines")
	}
	return string(data), nil
}

// WriteRoutes puts a text in the place of routes.yaml, readable to this account alone.
// was is what it is to replace: when another hand has changed the file since, nothing is
// written. A text that ReadRoutes would refuse is refused in the same words.
func WriteRoutes(dir, text, was string) error {
	if len(text) > longRoutes {
		return fault.Input("text", "it is too long to be a list of routes").WithHint("a route takes a few lines")
	}
	if _, err := parseRoutes(RoutesFile, []byte(text)); err != nil {
		return err
	}
	now, err := RoutesText(dir)
	if err != nil {
		return err
	}
	if !bytes.Equal([]byte(now), []byte(was)) {
		return fault.New(fault.Conflict, "%s has been changed elsewhere", RoutesFile).WithHint("copy your text, open it again and put it in once more")
	}
	return write(filepath.Join(Home(dir), RoutesFile), []byte(text))
}
