package assets

import (
	"embed"
	"io/fs"
)

//go:embed all:kit
var files embed.FS

// Kit is the folder of the default kit: kit.yaml stands at its root.
func Kit() fs.FS {
	sub, err := fs.Sub(files, "kit")
	if err != nil { // only for a name that is no valid path, which this constant is
		return files
	}
	return sub
}
