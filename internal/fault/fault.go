package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what kind of failure it was, and so what a face does with it.
type Code string

const (
	// Invalid: the input cannot be accepted. Field names which; the input is kept.
	Invalid Code = "invalid"
	// Conflict: the state moved on. Refresh, say what changed, keep the draft.
	Conflict Code = "conflict"
	// NotFound: there is no such thing.
	NotFound Code = "not_found"
	// Unreachable: network, file or lock busy; the same call may work later.
	Unreachable Code = "unreachable"
	// Refused: the other side said no; trying again is useless, the hint says what helps.
	Refused Code = "refused"
	// Internal: ours.
	Internal Code = "internal"
)

// Error is a failure with a code. Message is a sentence for people; Hint says
// what to do about it; Field names the input at fault, as the face calls it.
type Error struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Field   string `json:"field"`

	cause error
}

// Error gives the message, and the cause when there is one.
func (e *Error) Error() string {
	if e.cause != nil {
		return e.Message + ": " + e.cause.Error()
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// New makes an error with a code and a sentence for people.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: sentence(format, args...)}
}

// Input makes an Invalid error about one field.
func Input(field, format string, args ...any) *Error {
	return &Error{Code: Invalid, Field: field, Message: sentence(format, args...)}
}

// longest is how long a sentence for people may be, in bytes: it may quote what was
// typed, and that may be a megabyte.
const longest = 1000

func sentence(format string, args ...any) string {
	s := fmt.Sprintf(format, args...)
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + "…" // the cut may have gone through a character
}

// WithHint returns a copy that also says what to do.
func (e *Error) WithHint(format string, args ...any) *Error {
	c := *e
	c.Hint = sentence(format, args...)
	return &c
}

// WithCause returns a copy that keeps the error underneath for the log.
func (e *Error) WithCause(err error) *Error {
	c := *e
	c.cause = err
	return &c
}

// Of finds the coded error in err's chain. An error without a code becomes
// Internal, with err as its cause. Of(nil) is nil.
func Of(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return New(Internal, "something broke here").WithCause(err)
}

// Is reports whether err carries the code.
func Is(err error, code Code) bool { return err != nil && Of(err).Code == code }
