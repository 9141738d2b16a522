package frontend

import (
	"embed"
	"io/fs"
)

// The all: prefix takes files whose names begin with a dot as well: in a checkout that was never built
// the placeholder is the only file there, and a pattern without a match would not compile.
//
//go:embed all:dist
var dist embed.FS

// Dist returns the built frontend with index.html at its root. It is read-only, safe for use by many
// goroutines, and has no index.html when the frontend was not built before the binary.
func Dist() fs.FS {
	root, err := fs.Sub(dist, "dist")
	if err != nil {
		return unreadable{err}
	}
	return root
}

// unreadable answers every request with the reason why there is no file system to ask.
type unreadable struct{ reason error }

// Open returns the reason.
func (u unreadable) Open(string) (fs.File, error) { return nil, u.reason }
