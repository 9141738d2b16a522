package incident

import (
	"encoding/hex"
	"path"
	"strconv"
	"strings"

	"quarterdeck/internal/fault"
)

// FileAttached is a file that belongs to the log. Its bytes lie beside the database under
// their hash; the record proves them.
type FileAttached struct {
	Name   string `json:"title"`            // as people call it, without a folder
	Text   string `json:"text,omitempty"`   // what it shows, in its writer's words
	Type   string `json:"type,omitempty"`   // media type, as its bytes look; not to be trusted
	Size   int64  `json:"size"`             // bytes
	Hash   string `json:"hash"`             // SHA-256 of the bytes, hexadecimal
	Width  int    `json:"width,omitempty"`  // of a picture, in pixels
	Height int    `json:"height,omitempty"` //
	Approx bool   `json:"approx,omitempty"` // its time is a guess
}

// Kind implements Event.
func (*FileAttached) Kind() Kind { return "file.attached" }

// MaxFile is how many bytes one file may have.
const MaxFile = 32 << 20

// AttachFile puts a file, whose bytes are kept already, into the log.
type AttachFile struct {
	Name          string
	Text          string
	Type          string
	Size          int64
	Hash          string
	Width, Height int
	Approx        bool
}

func (d *AttachFile) decide(*context) ([]Event, error) {
	if sum, err := hex.DecodeString(d.Hash); err != nil || len(sum) != 32 || strings.ToLower(d.Hash) != d.Hash {
		return nil, fault.Input("file", "%.80q is not the hash of a file", d.Hash)
	}
	switch {
	case d.Size <= 0:
		return nil, fault.Input("file", "the file is empty").WithHint("nothing was attached; is it still being written?")
	case d.Size > MaxFile:
		return nil, TooLarge(d.Size)
	}
	text, err := cleanOptional("text", d.Text, MaxText)
	if err != nil {
		return nil, err
	}
	kind, err := cleanLine("type", d.Type, maxName)
	if err != nil {
		kind = "" // what somebody else says of it is not worth a refusal
	}
	return []Event{&FileAttached{
		Name: FileName(d.Name), Text: text, Type: kind, Size: d.Size, Hash: d.Hash,
		Width: max(d.Width, 0), Height: max(d.Height, 0), Approx: d.Approx,
	}}, nil
}

// TooLarge is the refusal of a file of more bytes than fit; 0 when nobody counted them.
func TooLarge(size int64) error {
	what := "it has more than that"
	if size > 0 {
		what = "it has " + Size(size)
	}
	return fault.Input("file", "the file is too large: %s; at most %s fit", what, Size(MaxFile)).
		WithHint("nothing was attached: make it smaller, or keep it elsewhere and write down where it is")
}

// Size is a number of bytes in words.
func Size(n int64) string {
	switch {
	case n == 1:
		return "1 byte"
	case n < 1<<10:
		return strconv.FormatInt(n, 10) + " bytes"
	case n < 1<<20:
		return strconv.FormatInt((n+512)>>10, 10) + " KiB"
	case n%(1<<20) == 0:
		return strconv.FormatInt(n>>20, 10) + " MiB"
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MiB"
}

// FileName is the name under which a file is kept and shown: one line, no folder, at
// most 120 characters, of which the ending stays. It never begins with a dot.
func FileName(name string) string {
	name = strings.Join(strings.Fields(tidy(name)), " ")
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) || r >= '\u200B' && r <= '\u200F' || r == '\uFEFF' { // no name on some systems, or not seen
			return '_'
		}
		return r
	}, name)
	name = strings.TrimLeft(name, ". ")
	if name == "" || name == "/" {
		return "file"
	}
	if all := []rune(name); len(all) > maxFileName {
		end := []rune(path.Ext(name))
		if len(end) > 12 {
			end = nil
		}
		name = string(all[:maxFileName-len(end)]) + string(end)
	}
	return name
}

const maxFileName = 120
