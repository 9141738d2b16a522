package feed

import (
	"errors"
	"fmt"
	"io"
	"os"
)

var (
	errLong    = errors.New("it is too long")
	errSpecial = errors.New("it is no ordinary file")
)

// readFile reads an ordinary file up to a length.
func readFile(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular(): // opening a pipe would wait for its writer
		return nil, errSpecial
	case info.Size() > most:
		return nil, errLong
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fmt.Errorf("feed: read: %w", err)
	}
	if int64(len(data)) > most {
		return nil, errLong
	}
	return data, nil
}
