package exchange

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"quarterdeck/internal/fault"
)

// place names a record of the file, for people: counted from one.
func place(i int) string { return fmt.Sprintf("record %d of the file", i+1) }

// damaged turns what the decoder found into words: where, what, and what helps.
func damaged(err error, where string) error {
	in := ""
	if where != "" {
		in = " in " + where
	}
	var (
		syntax *json.SyntaxError
		kind   *json.UnmarshalTypeError
		digit  hex.InvalidByteError
		coded  *fault.Error
	)
	switch {
	case errors.Is(err, errTooLarge):
		return fault.New(fault.Invalid, "the file is larger than %d MiB", MaxSize>>20).WithHint("no incident is that large: choose the file of one incident")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fault.New(fault.Invalid, "the file ends too early%s", in).WithHint("it was cut off: copy or export it again").WithCause(err)
	case errors.As(err, &syntax):
		return fault.New(fault.Invalid, "the file is no valid JSON%s", in).WithHint(ours).WithCause(err)
	case errors.As(err, &kind):
		return fault.New(fault.Invalid, "the field %q is a %s%s, where something else belongs", kind.Field, kind.Value, in).WithHint("export the incident again").WithCause(err)
	case errors.As(err, &digit), errors.Is(err, hex.ErrLength):
		return fault.New(fault.Invalid, "a hash or salt%s is not hexadecimal", in).WithHint("export the incident again").WithCause(err)
	case errors.As(err, &coded):
		return fault.New(fault.Invalid, "%s%s", coded.Message, in).WithHint("export the incident again").WithCause(err)
	}
	return fault.New(fault.Unreachable, "the file could not be read to its end").WithHint("check the disk or the connection and try again").WithCause(err)
}
