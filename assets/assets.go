package assets

import (
	"embed"
	"io/fs"
)

//go:embed icon/quarterdeck.png
var icon []byte

// Icon is the application's icon for a window: a PNG of 256 by 256 pixels. The drawing
// it was made of stands beside it; make icon draws it again.
func Icon() []byte { return icon }

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

// SlackManifest is what an organisation makes its own Slack app from.
//
//go:embed slack/manifest.json
var SlackManifest []byte

// InterRegular and InterSemibold are the letters of printed documents: Inter with its
// Latin, Greek, Cyrillic and Vietnamese letters, as TrueType. Its licence, the SIL Open
// Font License, stands beside them.
var (
	//go:embed fonts/inter-regular.ttf
	InterRegular []byte
	//go:embed fonts/inter-semibold.ttf
	InterSemibold []byte
)
