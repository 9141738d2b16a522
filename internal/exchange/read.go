package exchange

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/incident"
	"quarterdeck/internal/kit"
)

// MaxSize is how many bytes Read takes at most: about half a million records, or half of
// that and MaxFiles.
const MaxSize = 512 << 20

// MaxFiles is how many bytes of attached files one file holds at most, so that whatever
// was written can be read.
const MaxFiles = 192 << 20

// Read reads what Write wrote, of this version or an earlier one. The error is a fault:
// Invalid with what is wrong with the file, Refused when it is not what its seal was put
// on, or Unreachable when r fails. Nothing is half read.
func Read(r io.Reader) (Bundle, error) {
	return read(r, MaxSize)
}

func read(r io.Reader, most int64) (Bundle, error) {
	in := bufio.NewReader(&bounded{r: r, left: most})
	if mark, err := in.Peek(3); err == nil && string(mark) == "\uFEFF" {
		if _, err := in.Discard(3); err != nil { // a mark that editors put in front
			return Bundle{}, damaged(err, "")
		}
	}
	f := file{dec: json.NewDecoder(in)}
	if err := f.read(); err != nil {
		return Bundle{}, err
	}
	return f.bundle()
}

// bounded fails when more is read than may be.
type bounded struct {
	r    io.Reader
	left int64
}

var errTooLarge = errors.New("too large")

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p[:min(int64(len(p)), b.left+1)])
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// file is a file as far as it has been read.
type file struct {
	dec     *json.Decoder
	format  string
	version int
	kit     kitForm
	seal    *sealForm
	out     Bundle
}

func (f *file) read() error {
	if err := f.open('{', "the file"); err != nil {
		return err
	}
	for f.dec.More() {
		key, err := f.dec.Token()
		if err != nil {
			return damaged(err, "")
		}
		if err := f.field(key); err != nil {
			return err
		}
	}
	if _, err := f.dec.Token(); err != nil { // the closing brace
		return damaged(err, "")
	}
	if _, err := f.dec.Token(); !errors.Is(err, io.EOF) {
		return fault.New(fault.Invalid, "something stands after the end of the incident").WithHint("one file holds one incident: export it again")
	}
	return nil
}

// open takes the bracket with which a value begins.
func (f *file) open(bracket json.Delim, what string) error {
	t, err := f.dec.Token()
	if err != nil {
		return damaged(err, "")
	}
	if t != bracket {
		return fault.New(fault.Invalid, "%s does not begin with %s", what, bracket).WithHint(ours)
	}
	return nil
}

const ours = "choose a file that was exported as JSON from Quarterdeck"

// field reads one field of the file; unknown ones are passed over.
func (f *file) field(key json.Token) error {
	var target any
	switch key {
	case "format":
		target = &f.format
	case "version":
		target = &f.version
	case "exported_at":
		target = &f.out.ExportedAt
	case "incident":
		target = &f.out.Incident
	case "ref":
		target = &f.out.Ref
	case "kit":
		target = &f.kit
	case "seal":
		target = &f.seal
	case "records":
		return f.records()
	case "files":
		return f.files()
	default:
		target = &json.RawMessage{}
	}
	if err := f.dec.Decode(target); err != nil {
		return damaged(err, "")
	}
	switch {
	case key == "format" && f.format != Format:
		return fault.New(fault.Invalid, "the file is of the format %.40q, not %q", f.format, Format).WithHint(ours)
	case key == "version" && f.version > Version:
		return fault.New(fault.Invalid, "the file is of version %d; this Quarterdeck reads up to %d", f.version, Version).WithHint("open it with a newer Quarterdeck")
	}
	return nil
}

func (f *file) records() error {
	if err := f.open('[', "the list of records"); err != nil {
		return err
	}
	f.out.Records = nil
	for f.dec.More() {
		var r recordForm
		if err := f.dec.Decode(&r); err != nil {
			return damaged(err, place(len(f.out.Records)))
		}
		f.out.Records = append(f.out.Records, r.record())
	}
	if _, err := f.dec.Token(); err != nil { // the closing bracket
		return damaged(err, "")
	}
	return nil
}

// bundle checks what was read as a whole.
func (f *file) bundle() (Bundle, error) {
	switch {
	case f.format == "":
		return Bundle{}, fault.New(fault.Invalid, "the file does not say that it is of the format %q", Format).WithHint(ours)
	case f.version < 1:
		return Bundle{}, fault.New(fault.Invalid, "the file names no version").WithHint(ours)
	case f.out.Incident.IsZero():
		return Bundle{}, fault.New(fault.Invalid, "the file names no incident").WithHint(ours)
	case len(f.out.Records) == 0:
		return Bundle{}, fault.New(fault.Invalid, "the file holds no records").WithHint("export the incident again")
	}
	for i := range f.out.Records {
		if err := f.fits(&f.out.Records[i], i); err != nil {
			return Bundle{}, err
		}
	}
	if err := f.tools(); err != nil {
		return Bundle{}, err
	}
	if err := f.holds(); err != nil {
		return Bundle{}, err
	}
	return f.out, nil
}

// tools checks the kit, where the file has one.
func (f *file) tools() error {
	if f.kit == (kitForm{}) {
		return nil
	}
	f.out.Kit = []byte(f.kit.JSON)
	if hashOf(f.out.Kit) != f.kit.Hash {
		return fault.New(fault.Invalid, "the kit in the file is not the one that it names").WithHint("export the incident again; this file was changed on its way")
	}
	if _, err := kit.Decode(f.out.Kit); err != nil {
		return fault.New(fault.Invalid, "the kit in the file cannot be read").WithHint("export the incident again").WithCause(err)
	}
	return nil
}

func (f *file) fits(r *incident.Record, i int) error {
	what := ""
	switch {
	case r.ID.IsZero():
		what = "has no id"
	case r.Writer.IsZero():
		what = "has no writer"
	case r.Kind == "":
		what = "has no kind"
	case r.Incident != f.out.Incident:
		what = "belongs to another incident"
	default:
		return nil
	}
	return fault.New(fault.Invalid, "%s %s", place(i), what).WithHint("export the incident again; this file was changed on its way")
}
