package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"quarterdeck/internal/fault"
)

// Drills have a folder of their own inside the data folder, with a database, a lock and
// backups of their own. People, calendars, routes, secrets and settings are those of the
// data folder around it.
const (
	drillFolder = "drill"
	drillMark   = "DRILLS"
)

const drillWords = "This folder holds drills: exercises, apart from the incidents of the folder around it.\n"

// DrillFolder is where the drills of a data folder lie, which may not be there yet; a
// folder of drills answers itself.
func DrillFolder(dir string) string {
	if IsDrill(dir) {
		return dir
	}
	return filepath.Join(dir, drillFolder)
}

// PrepareDrill makes the folder of a data folder's drills, and that around it, and
// answers with its full path.
func PrepareDrill(dir string) (string, error) {
	if !IsDrill(dir) {
		if _, err := Prepare(dir); err != nil {
			return "", err
		}
	}
	dir, err := Prepare(DrillFolder(dir))
	if err != nil || IsDrill(dir) {
		return dir, err
	}
	if err := write(filepath.Join(dir, drillMark), []byte(drillWords)); err != nil {
		return "", fault.New(fault.Unreachable, "%s cannot be written", dir).WithHint("check the disk and the folder's rights").WithCause(err)
	}
	return dir, nil
}

// IsDrill reports whether a folder holds drills. One whose mark cannot be looked at does:
// nothing leaves for real while that is in doubt.
func IsDrill(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, drillMark))
	return err == nil || !errors.Is(err, fs.ErrNotExist)
}

// Home is the folder that holds a folder's people, calendars, routes, secrets and settings:
// itself, or for drills the one around it.
func Home(dir string) string {
	if IsDrill(dir) {
		return filepath.Dir(dir)
	}
	return dir
}
