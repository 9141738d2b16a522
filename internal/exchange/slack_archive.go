package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
)

// Bounds of an archive. A file in it says how large it is, and may lie.
const (
	maxEntries = 200_000
	maxDay     = 64 << 20  // bytes of one file in it, unpacked
	maxOpened  = 512 << 20 // bytes of all that are read
)

// archive is a Slack export: channels.json, users.json, integration_logs.json and one
// folder a channel, with one file of messages a day.
type archive struct {
	files map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

func openArchive(data []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fault.New(fault.Invalid, "the file is no archive that can be read").WithHint("choose the .zip as Slack gave it; it may have been cut off on its way").WithCause(err)
	}
	if len(z.File) > maxEntries {
		return nil, fault.New(fault.Invalid, "the archive holds %d files; %d are the most", len(z.File), maxEntries).WithHint("export fewer days")
	}
	a := &archive{files: map[string]*zip.File{}, left: maxOpened}
	root := ""
	for _, f := range z.File {
		if err := harmlessName(f); err != nil {
			return nil, err
		}
		if f.FileInfo().IsDir() {
			continue
		}
		if path.Base(f.Name) == "channels.json" && strings.Count(f.Name, "/") == 1 {
			root = path.Dir(f.Name) + "/" // packed with the folder around it
		}
		if _, twice := a.files[f.Name]; twice {
			return nil, fault.New(fault.Invalid, "the archive holds %.80q twice", f.Name).WithHint("it is not as Slack wrote it: export it again")
		}
		a.files[f.Name] = f
	}
	if root != "" && a.files["channels.json"] == nil {
		inner := map[string]*zip.File{}
		for name, f := range a.files {
			if rest, ok := strings.CutPrefix(name, root); ok {
				inner[rest] = f
			}
		}
		a.files = inner
	}
	return a, nil
}

// harmlessName refuses names that would lead out of a folder. Nothing is unpacked to disk;
// an archive with such a name is no export but somebody's trick.
func harmlessName(f *zip.File) error {
	name := f.Name
	why := ""
	switch {
	case f.Flags&1 != 0:
		return fault.New(fault.Invalid, "the archive is encrypted").WithHint("unpack it with its password and pack it again without one")
	case f.Mode()&fs.ModeSymlink != 0, !f.Mode().IsRegular() && !f.Mode().IsDir():
		why = "is no plain file"
	case strings.ContainsAny(name, "\\\x00") || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }), !utf8.ValidString(name):
		why = "has characters that no name has"
	case path.IsAbs(name), len(name) > 1 && name[1] == ':', !fs.ValidPath(strings.TrimSuffix(name, "/")):
		why = "leads out of the archive"
	}
	if why == "" {
		return nil
	}
	return fault.New(fault.Refused, "the archive is not as Slack writes it: the name %.80q %s", name, why).WithHint("nothing was read; get the archive anew from Slack")
}

// read is a file of the archive as JSON. ok is false when it is not there.
func (a *archive) read(name string, into any) (ok bool, err error) {
	f := a.files[name]
	if f == nil {
		return false, nil
	}
	in, err := f.Open()
	if err != nil {
		return false, fault.New(fault.Invalid, "%s in the archive cannot be opened", name).WithHint("get the archive anew from Slack").WithCause(err)
	}
	defer in.Close()
	data, more, err := bounds(in, min(maxDay, a.left))
	switch {
	case err != nil:
		return false, fault.New(fault.Invalid, "%s in the archive is damaged", name).WithHint("get the archive anew from Slack").WithCause(err)
	case more:
		return false, fault.New(fault.Refused, "%s in the archive unpacks to more than fits: %s for one file, %s for all", name, incident.Size(maxDay), incident.Size(maxOpened)).
			WithHint("nothing was imported; export fewer days")
	}
	a.left -= int64(len(data))
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		return false, fault.New(fault.Invalid, "%s in the archive is not in UTF-8", name).WithHint("it is not as Slack wrote it: export it again")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(into); err != nil {
		return false, fault.New(fault.Invalid, "%s in the archive is not the JSON that Slack writes", name).WithHint("it is not as Slack wrote it: export it again").WithCause(err)
	}
	if _, err := dec.Token(); err != io.EOF { //nolint:errorlint // the decoder answers with it bare
		return false, fault.New(fault.Invalid, "something stands behind the end of %s in the archive", name).WithHint("it is not as Slack wrote it: export it again")
	}
	return true, nil
}
